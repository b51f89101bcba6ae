//! The demo: one shop, that of `shop.json`, on the storefront as in the centre, and plainly a demonstration.

use doui_tests::{Setting, built};

/// The storefront was of one shop and the centre of another.
#[tokio::test(flavor = "multi_thread")]
async fn the_storefront_was_of_another_shop_than_the_centre() {
    let shop = built::shop();
    let of = |path: &str| {
        let text = shop.pointer(path).and_then(serde_json::Value::as_str);
        text.expect("the shop file says so").to_owned()
    };
    let name = of("/name/ja");
    let contact = ["/contact/operator/ja", "/contact/desk/ja", "/contact/phone"].map(of);
    Setting::demo()
        .play(async |stage| {
            for page in ["/", "/item.html", "/cart.html"] {
                stage.open(page).await;
                let (title, brand, top, footer): (String, String, String, String) = stage
                    .value(
                        "[document.title, ...['.brand', 'header', 'footer'].map(it => document.querySelector(it).innerText)]",
                    )
                    .await;
                assert!(title.contains(&name) && brand.contains(&name), "{page}: {title}, {brand}");
                for part in &contact {
                    assert!(footer.contains(part), "{page}: no {part} in {footer}");
                }
                assert!(top.contains("見本") && footer.contains("見本"), "{page} passes for a shop");
            }
            stage.open("/doui/").await;
            let brand: String = stage.value("document.querySelector('.shop-name').innerText").await;
            assert_eq!(brand, name);
        })
        .await;
}

/// A held film, a held map, a login and a link of a partner's are where a visitor would meet them.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shows_each_thing_that_doui_does() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            let map: bool = stage
                .value("document.querySelector('iframe.map[data-doui]:not([src])') != null")
                .await;
            assert!(map, "no held map");
            stage.open("/item.html").await;
            let (film, link): (bool, bool) = stage
                .value(
                    "[document.querySelector('iframe.film[data-doui]:not([src])') != null,
                      document.querySelector('a[data-doui-link]') != null]",
                )
                .await;
            assert!(film && link, "no held film, or no tracked link");
            stage.call("doui.acceptAll()").await;
            stage
                .until("document.querySelector('[data-greeting]').textContent.includes('おかえりなさい')")
                .await;
        })
        .await;
}
