//! What an operator may change of the banner: some of its texts, and its looks.

use doui_tests::{Setting, built};
use serde_json::{Value, json};

/// What the banner's parts look like and where it is.
const LOOKS: &str = "(() => {
    const host = document.querySelector('#doui-banner'), root = host.shadowRoot;
    const [banner, accept] = ['.banner', '[data-doui-act=accept]'].map(selector => root.querySelector(selector));
    const { top, bottom, left, right } = banner.getBoundingClientRect();
    return {
        title: root.querySelector('h2').textContent,
        buttons: [...root.querySelectorAll('[data-doui-act]')].map(button => button.textContent),
        accent: getComputedStyle(accept).backgroundColor,
        radius: getComputedStyle(accept).borderRadius,
        // Firefox writes no quotes around a name that needs none.
        font: getComputedStyle(banner).fontFamily.replaceAll('\"', ''),
        above: top < innerHeight - bottom,
        beside: Math.sign(Math.round(left - (document.documentElement.clientWidth - right))),
    };
})()";

async fn looks(changes: &Value, page: &str) -> Value {
    let dist = built::stamped_with(|shop| {
        for (key, value) in changes.as_object().expect("changes by key") {
            shop[key] = value.clone();
        }
    });
    let mut looks = Value::Null;
    Setting::fixtures()
        .dist(dist.path())
        .play(async |stage| {
            stage.open_until_asked(page).await;
            looks = stage.value(LOOKS).await;
        })
        .await;
    looks
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_says_what_the_operator_wrote_in_the_languages_that_have_it() {
    let texts = json!({ "texts": { "ja": { "banner_title": "当店のクッキー", "accept": "許可する", "reject": "拒否する" } } });
    let japanese = looks(&texts, "/shop.html").await;
    assert_eq!(japanese["title"], "当店のクッキー");
    assert_eq!(japanese["buttons"][0], "許可する");
    assert_eq!(japanese["buttons"][1], "拒否する");
    assert_eq!(
        looks(&texts, "/english.html").await,
        looks(&json!({}), "/english.html").await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_looks_as_the_operator_says() {
    let usual = looks(&json!({}), "/shop.html").await;
    assert_eq!(
        (&usual["above"], &usual["beside"]),
        (&json!(false), &json!(0))
    );
    let theme = |position: &str| {
        json!({ "theme": {
            "accent": { "light": "#00457c", "dark": "#9ecbff" },
            "radius": 3,
            "font": "\"Noto Serif JP\", serif",
            "position": position,
            "scheme": "dark",
        } })
    };
    for (position, above, beside) in [
        ("bottom", false, 0),
        ("top", true, 0),
        ("bottom-start", false, -1),
        ("bottom-end", false, 1),
    ] {
        let mut expected = usual.clone();
        expected["accent"] = json!("rgb(158, 203, 255)");
        expected["radius"] = json!("3px");
        expected["font"] = json!("Noto Serif JP, serif");
        expected["above"] = json!(above);
        expected["beside"] = json!(beside);
        assert_eq!(
            looks(&theme(position), "/shop.html").await,
            expected,
            "{position}"
        );
    }
}
