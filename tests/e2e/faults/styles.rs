//! A shop's styles that reach for everything.

use doui_tests::Stage;

use super::{
    shop::{self, PAGE, Wrong, ran},
    table,
};

const FAULTS: [(&str, &str, &str); 6] = [
    (
        "styles: * { all: unset !important }",
        "* { all: unset !important }",
        "",
    ),
    (
        "styles: html { font-size: 5px }",
        "html { font-size: 5px }",
        "",
    ),
    (
        "styles: everything is large and on top",
        "* { position: relative !important; z-index: 2147483646 !important; font-size: 60px !important }",
        "",
    ),
    (
        "styles: a sheet of the highest z-index but one over the page",
        "main::after { content: ''; position: fixed; inset: 0; z-index: 2147483646; background: #fff }",
        "",
    ),
    (
        "styles: right to left",
        "body { direction: rtl }",
        "document.documentElement.dir = 'rtl'",
    ),
    (
        "styles: everything is hidden but the shop's own",
        "body > :not(main) { display: none !important; visibility: hidden !important; opacity: 0 !important }",
        "",
    ),
];

/// Whether the banner is as a visitor needs it: within the window, its text as large as it is to be, and its buttons
/// where a pointer meets them.
async fn is_readable(stage: &Stage) {
    let wrong: Vec<String> = stage
        .value(
            "(() => {
                const host = document.querySelector('#doui-banner');
                return ['accept', 'reject', 'settings'].flatMap(act => {
                    const button = host.shadowRoot.querySelector(`[data-doui-act=${act}]`);
                    const box = button.getBoundingClientRect();
                    const size = getComputedStyle(button).fontSize;
                    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                    return [
                        box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight ? `${act} is outside` : '',
                        size != '16px' ? `${act} has text of ${size}` : '',
                        hit != host ? `${act} is under ${hit?.localName}` : '',
                    ];
                }).filter(Boolean);
            })()",
        )
        .await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn styles_that_reach_for_everything() {
    for (fault, style, after) in FAULTS {
        let wrong = Wrong {
            style,
            after,
            ..Wrong::default()
        };
        wrong
            .setting()
            .play(async |stage| {
                stage.open_until_asked(PAGE).await;
                is_readable(stage).await;
                let happened = shop::answer_twice(stage).await;
                table::tell(fault, "shop page", &format!("readable, {happened}"));
            })
            .await;
    }
}

/// Hides the banner as a filter list does, whose rules no page can overrule.
const HIDE: &str = "
    new MutationObserver(() => {
        const root = document.querySelector('#doui-banner')?.shadowRoot;
        if (!root || root.isHidden) return;
        root.isHidden = true;
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(':host(#doui-banner:not(nav)) { display: none !important }');
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }).observe(document, { childList: true, subtree: true });";

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_list_that_hides_the_banner() {
    let wrong = Wrong {
        after: HIDE,
        ..Wrong::default()
    };
    wrong
        .setting()
        .play(async |stage| {
            stage.open(PAGE).await;
            stage
                .until("document.querySelector('#doui-banner')?.shadowRoot.isHidden")
                .await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await);
            assert_eq!(ran(stage).await, ["shop"]);
            // The page is the visitor's: nothing is inert, nothing is scroll-locked, links lead on.
            stage.tab(false).await;
            stage
                .click_on("document.activeElement?.closest('main a')")
                .await;
            stage.until("location.pathname == '/frame.html'").await;
            assert_eq!(stage.cookie().await, None);
            table::tell(
                "banner: hidden by a filter list",
                "shop page",
                "no banner, nothing runs, the page works",
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_list_that_takes_the_banner_away() {
    let remove = "
        new MutationObserver(() => document.querySelector('#doui-banner')?.remove())
            .observe(document, { childList: true, subtree: true });";
    let wrong = Wrong {
        after: remove,
        ..Wrong::default()
    };
    wrong
        .setting()
        .play(async |stage| {
            stage.open(PAGE).await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["shop"]);
            stage
                .click_on("document.querySelector('[data-doui-open]')")
                .await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await);
            assert_eq!(ran(stage).await, ["shop"]);
            assert_eq!(stage.cookie().await, None);
            table::tell(
                "banner: removed by a filter list",
                "shop page",
                "no banner, nothing runs, the page works",
            );
        })
        .await;
}
