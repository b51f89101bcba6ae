//! A browser that keeps nothing: the choice holds for the page, and the visitor is told.

use doui_tests::{Door, Setting, Stage};

use crate::routes::open;

/// Local storage is full and cookies vanish without a word.
pub const QUIETLY: &str = "
    for (const name of ['getItem', 'setItem', 'removeItem'])
        Storage.prototype[name] = () => { throw new DOMException('refused', 'QuotaExceededError') };
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });";

/// The very mention of storage is an error, as in a sandboxed frame.
const LOUDLY: &str = "
    const refuse = () => { throw new DOMException('refused', 'SecurityError') };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });";

/// What the elements for news say that a visitor can see.
pub async fn news(stage: &Stage, door: Door) -> String {
    stage
        .value(&format!(
            "[...{}.querySelectorAll('[role=status], [data-doui-when=unkept]')].filter(news => news.getClientRects().length)
                .map(news => news.innerText.trim()).join(' ')",
            door.root()
        ))
        .await
}

async fn the_choice_holds_for_the_page(refusal: &str) {
    Setting::fixtures()
        .before(refusal)
        .play(async |stage| {
            stage.open_until_asked("/shop.html").await;
            assert_eq!(
                news(stage, Door::Banner).await,
                "",
                "news before there is any"
            );
            stage.press(Door::Banner, "accept").await;
            stage.until("doui.state.decided && ran.length == 1").await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, ["ads"]);
            assert!(
                !news(stage, Door::Banner).await.is_empty(),
                "the visitor is not told"
            );
            stage.press(Door::Banner, "reject").await;
            stage.until("!doui.allows('ads')").await;
            assert!(stage.value::<bool>("doui.state.decided").await);
            stage.press(Door::Banner, "close").await;
            stage.until_banner_is_gone().await;
            stage.reload().await;
            stage.until_banner_shows().await;
            assert!(
                !stage.value::<bool>("doui.state.decided").await,
                "where was it kept?"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_page_whose_storage_is_full_obeys_and_tells() {
    the_choice_holds_for_the_page(QUIETLY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_page_whose_storage_is_forbidden_obeys_and_tells() {
    the_choice_holds_for_the_page(LOUDLY).await;
}

/// Accepts in the centre, and returns what it then tells.
async fn accept_in_the_centre(before: &str) -> String {
    let mut told = String::new();
    Setting::fixtures()
        .before(before)
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            let accepted = ["auth", "ads", "traffic", "affiliate"].map(|id| (id.to_owned(), true));
            stage.until_shown(Door::Centre, &accepted.into()).await;
            // What is told comes with the next frame.
            stage
                .until("document.querySelector('main .news [role=status]').innerText.trim()")
                .await;
            told = news(stage, Door::Centre).await;
        })
        .await;
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_tells_that_it_cannot_keep_the_choice() {
    let kept = accept_in_the_centre("").await;
    for refusal in [QUIETLY, LOUDLY] {
        let told = accept_in_the_centre(refusal).await;
        assert!(
            !told.is_empty() && told != kept,
            "{told:?} where keeping says {kept:?}"
        );
    }
}
