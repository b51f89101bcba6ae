//! What the demo storefront's stand-ins for tags leave behind. They write their names into `demoRan`, as
//! `purposes:tag`.

use std::collections::BTreeSet;

use doui_tests::{Choices, Stage};

/// Every tag of the home page.
pub const TAGS: [&str; 6] = [
    "auth:greeting",
    "traffic:analytics",
    "ads:tag",
    "ads:frame",
    "affiliate:tag",
    "ads affiliate:partner",
];

/// The tags of the home page that `choices` let run.
pub fn allowed_tags(choices: &Choices) -> BTreeSet<String> {
    let allowed = |tag: &&str| {
        let (purposes, _) = tag.split_once(':').expect("purposes:tag");
        purposes.split(' ').all(|purpose| choices[purpose])
    };
    TAGS.into_iter()
        .filter(allowed)
        .map(str::to_owned)
        .collect()
}

/// The tags that ran on this page, in the order they did.
pub async fn ran(stage: &Stage) -> Vec<String> {
    stage.value("window.demoRan ?? []").await
}

/// Awaits that `count` tags ran on this page, and that no other is under way.
pub async fn until_ran(stage: &Stage, count: usize) {
    stage
        .until(&format!("(window.demoRan ?? []).length >= {count}"))
        .await;
    stage.until_quiet().await;
}
