//! The centre at other paths than `/doui/`, none at all, and `doui.js` on another origin.

use doui_tests::{Door, Setting, built};
use serde_json::{Value, json};

use crate::routes::open;

/// A page of the shop whose `doui.js` lies at an address.
fn page(script: &str) -> String {
    doui_tests::page(
        &format!("<script src=\"/witness.js\"></script>{script}"),
        "<p>店</p><script type=\"text/plain\" data-doui=\"ads\" data-doui-src=\"/tag.js?held\"></script>",
    )
}

/// The demo's shop, at a path.
fn shop(path: &str) -> Value {
    let mut shop = built::shop();
    shop["path"] = path.into();
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_lives_where_the_shop_file_says() {
    for path in ["/shop/doui/", "/wp-content/uploads/doui/"] {
        let folder = built::whole(&shop(path));
        Setting::fixtures()
            .dist(folder.path().join("dist"))
            .path(path)
            .file("mounted.html", page(&format!("<script src=\"{path}doui.js\"></script>")))
            .play(async |stage| {
                // From the banner to the centre, in the visitor's language.
                stage.open_until_asked("/mounted.html").await;
                let href: String = stage
                    .value("document.querySelector('#doui-banner').shadowRoot.querySelector('a[href*=lang]').getAttribute('href')")
                    .await;
                assert_eq!(href, format!("{path}?lang=ja"));
                open(stage, path).await;
                stage.press(Door::Centre, "accept").await;
                stage.until("document.cookie.includes('.ads1')").await;
                // From one page to the next without loading, and on to the other language.
                stage.call("window.stays = 1; document.querySelector('nav a[href$=services]').click()").await;
                stage.until(&format!("location.pathname == '{path}services' && document.querySelector('h1')?.textContent.length && window.stays")).await;
                open(stage, &format!("{path}en/opt-out")).await;
                assert_eq!(stage.value::<String>("document.documentElement.lang").await, "en");
                stage.open("/mounted.html").await;
                stage.until("ran.length == 1").await;
                stage.expect_complaint("404");
                let status: u16 = stage.value(&format!("fetch('{path}nothing').then(it => it.status)")).await;
                assert_eq!(status, 404);
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_lives_at_the_root() {
    let folder = built::whole(&shop("/"));
    Setting::fixtures()
        .dist(folder.path().join("dist"))
        .path("/")
        .play(async |stage| {
            open(stage, "/").await;
            stage.press(Door::Centre, "reject").await;
            stage.until("document.cookie.includes('.ads0')").await;
            stage.call("window.stays = 1; document.querySelector('nav a[href=\"/history\"]').click()").await;
            stage.until("location.pathname == '/history' && window.stays && document.querySelector('h1')?.textContent.length").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_centre_the_banner_leads_to_the_shops_policy_and_holds_every_choice() {
    let mut shop = built::shop();
    shop["centre"] = false.into();
    let services = shop["services"].as_array_mut().expect("a list");
    let chosen = services
        .iter_mut()
        .find(|service| service["id"] == "yahoo-ads");
    chosen.expect("the shop has it")["choosable"] = true.into();
    shop["contact"]["policy"] = json!("https://shop.example/policy");
    let folder = built::whole(&shop);
    Setting::fixtures()
        .dist(folder.path().join("dist"))
        .file("mounted.html", page("<script src=\"/doui/doui.js\"></script>"))
        .play(async |stage| {
            stage.open_until_asked("/mounted.html").await;
            let links: Vec<String> = stage
                .value("[...document.querySelector('#doui-banner').shadowRoot.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(href => !href.includes('opt') || href.includes('shop'))")
                .await;
            assert!(links.contains(&"https://shop.example/policy".to_owned()), "{links:?}");
            assert!(links.iter().all(|link| !link.starts_with("/doui/")), "{links:?}");
            stage.call("doui.open()").await;
            let switch = |name: &str| format!("document.querySelector('#doui-banner').shadowRoot.querySelector('input[name=\"{name}\"]')");
            // A service can be refused alone within its purpose.
            for name in ["ads", "ads/yahoo-ads"] {
                stage.click_on(&switch(name)).await;
            }
            stage.press(Door::Banner, "save").await;
            stage.until("document.cookie.includes('.ads1') && document.cookie.includes('.yahoo-ads0')").await;
            assert!(!stage.value::<bool>("doui.allows('ads/yahoo-ads')").await);
            stage.call("doui.open()").await;
            let stand: (bool, bool) = stage
                .value(&format!("[{}.checked, {}.checked]", switch("ads"), switch("ads/yahoo-ads")))
                .await;
            assert_eq!(stand, (true, false));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_may_lie_on_another_origin_with_its_integrity() {
    let manifest = std::fs::read(built::dist().join("manifest.json")).expect("it is built");
    let manifest: Value = serde_json::from_slice(&manifest).expect("it is JSON");
    let integrity = manifest["files"]["doui.js"]["integrity"]
        .as_str()
        .expect("it has one");
    let script = format!(
        "<script src=\"http://cdn.example/doui/doui.js\" integrity=\"{integrity}\" crossorigin></script>"
    );
    Setting::fixtures()
        .without_policy()
        .file("mounted.html", page(&script))
        .play(async |stage| {
            stage.open_until_asked("/mounted.html").await;
            stage.call("doui.acceptAll()").await;
            stage.until("ran.length == 1").await;
        })
        .await;
}
