//! The preference centre: its pages, its languages, what it tells, the way back, and small windows.

use std::fs;

use doui_tests::{Ability, Door, PURPOSES, Setting, Stage, built};
use serde_json::{Value, json};

use crate::routes::open;

/// The three opt-out pages: where they are, and who runs them as the page must say it.
const OPT_OUTS: [(&str, &str); 3] = [
    ("https://myadcenter.google.com/", "Google LLC"),
    (
        "https://thenai.org/how-to-opt-out/",
        "Network Advertising Initiative",
    ),
    (
        "https://btoptout.yahoo.co.jp/optout/index.html",
        "LINEヤフー株式会社",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_page_has_its_address_title_and_way_to_the_others() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            let choices: String = stage.value("document.title").await;
            stage
                .element("document.querySelector('a[href$=\"/doui/opt-out\"]')")
                .await
                .click()
                .await
                .unwrap();
            stage.until("location.pathname == '/doui/opt-out'").await;
            stage.until(&format!("document.title != {choices:?}")).await;
            let opt_out: String = stage.value("document.title").await;
            stage
                .until("document.querySelectorAll('main a[target=_blank]').length >= 3")
                .await;
            stage.driver().back().await.unwrap();
            stage.until(&format!("document.title == {choices:?}")).await;
            stage
                .until("document.querySelector('main [name=auth]')")
                .await;
            open(stage, "/doui/opt-out").await;
            assert_eq!(stage.value::<String>("document.title").await, opt_out);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_not_found_and_helps() {
    Setting::demo()
        .play(async |stage| {
            stage.expect_complaint("/doui/nope");
            open(stage, "/doui/nope").await;
            let status = "fetch(location.href).then(got => got.status)";
            assert_eq!(stage.value::<u16>(status).await, 404);
            let links: Vec<String> =
                stage.value("[...document.querySelectorAll('main a[href]')].map(link => new URL(link.href).pathname)").await;
            for path in ["/doui/", "/doui/opt-out", "/"] {
                assert!(links.iter().any(|link| link == path), "{links:?}");
            }
            let title: String = stage.value("document.title").await;
            open(stage, "/doui/").await;
            assert_ne!(stage.value::<String>("document.title").await, title);
        })
        .await;
}

/// The page's language, and whether its title is written in Japanese.
async fn language(stage: &Stage) -> (String, bool) {
    stage.value("[document.documentElement.lang, /[ぁ-んァ-ン一-龥]/.test(document.title.split(/[|｜]/)[0])]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_follows_the_address_then_the_choice_then_the_browser() {
    let (japanese, english) = (("ja".to_owned(), true), ("en".to_owned(), false));
    Setting::demo()
        .language("en")
        .play(async |stage| {
            for path in ["/doui/", "/doui/opt-out"] {
                open(stage, path).await;
                assert_eq!(language(stage).await, english, "{path}: the browser's");
                open(stage, &format!("{path}?lang=ja")).await;
                assert_eq!(language(stage).await, japanese, "{path}: the address's");
                open(stage, &format!("{path}?lang=xx")).await;
                assert_eq!(
                    language(stage).await,
                    english,
                    "{path}: the browser's, for there is no xx"
                );
            }
            open(stage, "/doui/?lang=ja").await;
            stage.press(Door::Centre, "accept").await;
            stage.until_banner_is_gone().await;
            for path in ["/doui/", "/doui/opt-out"] {
                open(stage, path).await;
                assert_eq!(language(stage).await, japanese, "{path}: the choice's");
                open(stage, &format!("{path}?lang=en")).await;
                assert_eq!(language(stage).await, english, "{path}: the address's");
            }
        })
        .await;
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            assert_eq!(language(stage).await, japanese, "the browser's");
        })
        .await;
    Setting::demo()
        .language("fr")
        .play(async |stage| {
            open(stage, "/doui/").await;
            assert_eq!(language(stage).await, japanese, "the shop's first");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_opt_out_links_say_who_runs_them_what_they_stop_and_that_they_open_a_tab() {
    Setting::demo()
        .play(async |stage| {
            for (lang, stops, tab) in [
                ("ja", ["利用", "送信"], "新しいタブ"),
                ("en", ["your data for ads", "sen"], "new tab"),
            ] {
                for path in ["/doui/", "/doui/opt-out"] {
                    open(stage, &format!("{path}?lang={lang}")).await;
                    let links: Vec<(String, String, String)> = stage
                        .value(
                            "[...document.querySelectorAll('main a[target=_blank]')].map(link =>
                            [link.href, link.rel, link.closest('li').textContent])",
                        )
                        .await;
                    for (address, operator) in OPT_OUTS {
                        let link = links.iter().find(|(href, ..)| href.starts_with(address));
                        let (_, rel, card) =
                            link.unwrap_or_else(|| panic!("{path}: no {address} in {links:?}"));
                        assert!(
                            rel.contains("noopener") && rel.contains("noreferrer"),
                            "{path} {address}: {rel}"
                        );
                        assert!(
                            lang == "en" || card.contains(operator),
                            "{path} {address}: {card}"
                        );
                        // On the choices' page it is said once for all of them.
                        let section: String = stage
                            .value("document.querySelector('main #opt-outs').closest('section').textContent")
                            .await;
                        let told = [card.as_str(), &section].concat().to_lowercase();
                        assert!(stops.iter().all(|word| told.contains(word)), "{path} {address}: {told}");
                        assert!(card.contains(tab), "{path} {address}: {card}");
                    }
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banners_opt_out_links_are_the_same_three() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/").await;
            stage.press(Door::Banner, "settings").await;
            stage.find(Door::Banner, "a[target=_blank]").await;
            let links: Vec<(String, String, String)> = stage
                .value("[...document.querySelector('#doui-banner').shadowRoot.querySelectorAll('a[target=_blank]')].map(link =>
                    [link.href, link.rel, link.textContent])")
                .await;
            assert_eq!(links.len(), OPT_OUTS.len());
            for ((href, rel, text), (address, _)) in links.iter().zip(OPT_OUTS) {
                assert!(href.starts_with(address), "{href}");
                assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{rel}");
                assert!(text.contains("新しいタブ"), "{text}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_tells_when_the_choice_was_made_and_until_when_it_holds() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            // A day as the page writes it: year, month and day, with whatever words between them.
            let shown = "(at => {
                const day = new Date(at * 1000);
                const [y, m, d] = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
                return new RegExp(`${y}\\\\D+0?${m}\\\\D+0?${d}\\\\D`).test(document.querySelector('main').innerText);
            })";
            let now = "Math.floor(Date.now() / 1000)";
            assert!(!stage.value::<bool>(&format!("{shown}({now})")).await, "a date before any choice");
            stage.press(Door::Centre, "save").await;
            stage.until_banner_is_gone().await;
            let at = "JSON.parse(localStorage.doui).at";
            stage.until(&format!("{shown}({at})")).await;
            stage.until(&format!("{shown}({at} + 180 * 86400)")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_refuses_everything_and_starting_over_forgets_and_asks_again() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            stage.until_banner_is_gone().await;
            stage.press(Door::Centre, "withdraw").await;
            let refused = PURPOSES.map(|id| (id.to_owned(), false)).into();
            stage.until_shown(Door::Centre, &refused).await;
            stage
                .assert_cookie_ends_with(".auth0.ads0.traffic0.affiliate0")
                .await;

            stage.press(Door::Centre, "accept").await;
            stage.until("document.cookie.includes('.ads1')").await;
            stage.press(Door::Centre, "reset").await;
            stage.until_banner_shows().await;
            stage.until_shown(Door::Centre, &refused).await;
            assert_eq!(stage.kept().await, (None, None));
            stage.open_until_asked("/").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_the_sites_lax_and_lasts_as_long_as_the_choice() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            for path in ["/doui/", "/"] {
                stage.open(path).await;
                let door = if path == "/" {
                    Door::Banner
                } else {
                    Door::Centre
                };
                stage.press(door, "accept").await;
                stage.until("document.cookie.includes('doui=')").await;
                let cookie = stage
                    .driver()
                    .get_named_cookie("doui")
                    .await
                    .expect("there is a cookie");
                let cookie = serde_json::to_value(cookie).unwrap();
                let part = |name: &str| cookie[name].clone();
                assert_eq!(
                    json!([part("path"), part("sameSite"), part("secure")]),
                    json!(["/", "Lax", false])
                );
                assert_eq!(part("domain"), "127.0.0.1");
                // Rounded up, as Firefox rounds the expiry.
                let now: u64 = stage.value("Math.ceil(Date.now() / 1000)").await;
                let left = part("expiry")
                    .as_u64()
                    .expect("a cookie that outlives the session")
                    - now;
                let days = 180 * 86400;
                assert!((days - 60..=days).contains(&left), "{path}: {left} s");
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_needs_scrolling_sideways_in_a_window_of_320_pixels() {
    Setting::demo()
        .needs(Ability::NarrowWindows)
        .play(async |stage| {
            stage.expect_complaint("/doui/nope");
            stage.driver().set_window_rect(0, 0, 320, 640).await.unwrap();
            for path in ["/", "/item.html", "/doui/", "/doui/opt-out", "/doui/nope", "/doui/?lang=en", "/doui/opt-out?lang=en"] {
                stage.open_until_asked(path).await;
                // Where the choices are, the page is the question.
                if !path.starts_with("/doui/?") && path != "/doui/" {
                    stage.press(Door::Banner, "settings").await;
                    stage.find(Door::Banner, "[data-doui-act=save]").await;
                }
                let widths: (u32, u32, Value) = stage
                    .value(
                        "[innerWidth, document.documentElement.scrollWidth,
                          [...document.querySelectorAll('body *'), ...document.querySelector('#doui-banner').shadowRoot.querySelectorAll('*')]
                            .filter(it => it.getBoundingClientRect().right > innerWidth + 1).map(it => it.outerHTML.slice(0, 80))]",
                    )
                    .await;
                assert_eq!(widths.0, 320);
                assert!(widths.1 <= 320, "{path}: {widths:?}");
                let overflows: Value = stage
                    .value("[...document.querySelector('#doui-banner').shadowRoot.querySelectorAll('*')]
                        .filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX != 'visible'
                            && it.clientWidth > 1).map(it => it.outerHTML.slice(0, 80))")
                    .await;
                assert_eq!(overflows, json!([]), "{path}");
            }
        })
        .await;
}

#[test]
fn without_scripts_every_purpose_and_opt_out_can_be_read() {
    let shop = fs::read_to_string(built::root().join("shop.json")).unwrap();
    let shop: Value = serde_json::from_str(&shop).unwrap();
    let page = fs::read_to_string(built::dist().join("index.html")).unwrap();
    // The shop's data lies in the page as well; only what is drawn counts.
    let drawn = page.split("<body").nth(1).expect("a body");
    let (drawn, _) = drawn.split_once("<script").unwrap_or((drawn, ""));
    let purposes = shop["purposes"].as_array().unwrap();
    assert_eq!(purposes.len(), PURPOSES.len());
    for purpose in purposes.iter().chain([&shop["necessary"]]) {
        let label = purpose["label"]["ja"].as_str().unwrap();
        assert!(drawn.contains(label), "{label}");
        assert!(
            drawn.contains(purpose["summary"]["ja"].as_str().unwrap()),
            "{label}"
        );
    }
    let opt_out = fs::read_to_string(built::dist().join("opt-out/index.html")).unwrap();
    for page in [drawn, &opt_out] {
        for (address, _) in OPT_OUTS {
            assert!(page.contains(&format!("href=\"{address}")), "{address}");
        }
    }
}

/// Where the choices are, the banner put every button and switch there twice, under the same names.
#[tokio::test(flavor = "multi_thread")]
async fn in_the_undecided_centre_everything_was_there_twice() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.until_quiet().await;
            let is_shown = "document.querySelector('#doui-banner').getClientRects().length > 0";
            assert!(!stage.value::<bool>(is_shown).await, "there is a banner");
            let above: bool = stage
                .value(
                    "(main => ['accept', 'reject'].every(act => main.querySelector(`[data-doui-act=${act}]`)
                        .compareDocumentPosition(main.querySelector('[role=switch]')) & Node.DOCUMENT_POSITION_FOLLOWING))(document.querySelector('main'))",
                )
                .await;
            assert!(above, "allow and refuse come after the switches");
            open(stage, "/doui/opt-out").await;
            stage.until_banner_shows().await;
        })
        .await;
}

/// The purposes looked like headings and were none; three headings had the same name.
#[tokio::test(flavor = "multi_thread")]
async fn the_purposes_were_no_headings() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            let (levels, names): (Vec<String>, Vec<String>) = stage
                .value(
                    "(found => [found.map(it => it.localName), found.map(it => it.innerText.trim())])(
                        [...document.querySelectorAll('main h2, main h3, main h4')])",
                )
                .await;
            assert!(names.iter().any(|name| name == "お客様に合わせた広告"), "{names:?}");
            assert!(levels.contains(&"h4".to_owned()), "{levels:?}");
            let mut once = names.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), names.len(), "two headings have one name: {names:?}");
        })
        .await;
}
