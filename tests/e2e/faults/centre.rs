//! A visit to the preference centre in which something is wrong.

use doui_tests::{Choices, Door, PURPOSES, Setting, Stage};

use crate::routes::open;

use super::{KEEPS, TELLS, table};

/// What the centre says of the last act.
const NEWS: &str = "document.querySelector('main .news [role=status]').textContent";

/// A visitor allows everything, comes back, refuses everything, and comes back again.
pub async fn visit(fault: &str, before: &str) {
    Setting::fixtures()
        .before(before)
        .play(async |stage| {
            open(stage, "/doui/").await;
            assert_eq!(
                stage.shown(Door::Centre).await,
                all(false),
                "nobody has decided"
            );
            stage.press(Door::Centre, "accept").await;
            stage.until_shown(Door::Centre, &all(true)).await;
            stage
                .until(&format!("/保存しました|保存できない/.test({NEWS})"))
                .await;
            let news: String = stage.value(NEWS).await;
            let is_told = news.contains("保存できない");
            let is_kept = comes_back_to(stage, true).await;
            assert_ne!(
                is_kept, is_told,
                "{fault}: an answer is kept, or the visitor is told: {news}"
            );
            stage.press(Door::Centre, "reject").await;
            stage.until_shown(Door::Centre, &all(false)).await;
            assert_eq!(comes_back_to(stage, false).await, is_kept);
            table::tell(fault, "centre", if is_kept { KEEPS } else { TELLS });
        })
        .await;
}

/// Whether the answer is there when the visitor comes back. If not, nothing is allowed.
async fn comes_back_to(stage: &Stage, allowed: bool) -> bool {
    stage.reload().await;
    stage.until_alive().await;
    stage.until_quiet().await;
    let is_kept = !stage.banner_shows().await;
    assert_eq!(stage.shown(Door::Centre).await, all(is_kept && allowed));
    is_kept
}

fn all(allowed: bool) -> Choices {
    PURPOSES.map(|id| (id.to_owned(), allowed)).into()
}
