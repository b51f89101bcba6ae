//! Who gets what: every service with its facts, found by search, by purpose and by address, and readable as it stands.

use doui_tests::{Ability, Setting, Stage, built};
use serde_json::{Value, json};

use crate::routes::{LANGUAGES, ROUTES, devtools, open};

/// The ids of the services that can be seen.
const SHOWN: &str = "[...document.querySelectorAll('main [data-purpose]')].filter(card => card.checkVisibility()).map(card => card.id)";

/// What is told of the search.
const TOLD: &str = "document.querySelector('[data-doui-live=search] [role=status]').textContent";

/// The ids of the shop's services, of a purpose or all.
fn services(purpose: Option<&str>) -> Vec<String> {
    let shop = built::shop();
    let services = shop["services"].as_array().expect("a list").iter();
    let services = services.filter(|it| purpose.is_none_or(|purpose| it["purpose"] == purpose));
    services
        .map(|it| it["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// Types into the field of the search, and awaits what is found.
async fn search(stage: &Stage, words: &str, found: &[&str]) {
    let field = stage
        .element("document.querySelector('main [type=search]')")
        .await;
    field.clear().await.expect("a field can be emptied");
    field.send_keys(words).await.expect("a field takes words");
    stage
        .until(&format!(
            "JSON.stringify({SHOWN}) == {:?}",
            json!(found).to_string()
        ))
        .await;
    let told: String = stage.value(TOLD).await;
    if found.is_empty() {
        assert_eq!(told, "該当するサービスはありません。", "{words}");
    } else {
        assert_eq!(told, format!("{}件あります。", found.len()), "{words}");
    }
}

/// Chooses a purpose, as a visitor does with the list of them.
async fn filter(stage: &Stage, purpose: &str) {
    let option = stage
        .element(&format!(
            "document.querySelector('main select option[value={purpose:?}]')"
        ))
        .await;
    option.click().await.expect("a purpose can be chosen");
}

#[tokio::test(flavor = "multi_thread")]
async fn services_are_found_by_company_by_name_and_by_cookie() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/services").await;
            search(stage, "LINEヤフー", &["yahoo-ads"]).await;
            search(stage, "lineﾔﾌｰ", &["yahoo-ads"]).await;
            search(stage, "_gcl", &["google-ads"]).await;
            search(stage, "＿ＧＣＬ", &["google-ads"]).await;
            search(stage, "ＡＭＡＺＯＮ", &["amazon-associates"]).await;
            search(stage, "_ga_", &["analytics"]).await;
            search(stage, "  demo_aff ", &["referral"]).await;
            search(stage, "そのような会社はない", &[]).await;
            let all = services(None);
            let all: Vec<_> = all.iter().map(String::as_str).collect();
            // Nothing but a space is nothing to look for.
            search(stage, " ", &all).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn services_are_filtered_by_purpose_alone_and_with_words() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/services").await;
            for purpose in ["ads", "traffic", "affiliate", "auth"] {
                filter(stage, purpose).await;
                let expected = services(Some(purpose));
                stage
                    .until(&format!(
                        "JSON.stringify({SHOWN}) == {:?}",
                        json!(expected).to_string()
                    ))
                    .await;
            }
            filter(stage, "ads").await;
            search(stage, "yahoo", &["yahoo-ads"]).await;
            filter(stage, "traffic").await;
            search(stage, "yahoo", &[]).await;
            filter(stage, "").await;
            search(stage, "yahoo", &["yahoo-ads"]).await;
        })
        .await;
}

/// Whether what a selector names begins in the window's upper half.
fn in_view(selector: &str) -> String {
    format!(
        "(top => top >= 0 && top < innerHeight / 2)(document.querySelector({selector:?}).getBoundingClientRect().top)"
    )
}

/// Whether the service is where the address leads: in sight, below nothing, and marked.
async fn until_shown(stage: &Stage, id: &str) {
    stage
        .until(&format!(
            "location.hash == '#{id}' && document.querySelector('main :target')?.id == {id:?}
                && {}",
            in_view("main :target")
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_leads_to_a_service() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            stage.resize(1280, 600).await;
            open(stage, "/doui/services#google-ads").await;
            stage.until_quiet().await;
            until_shown(stage, "google-ads").await;
            open(stage, "/doui/en/services#google-ads").await;
            stage.until_quiet().await;
            until_shown(stage, "google-ads").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_leads_to_a_service_in_the_visitors_language() {
    Setting::demo()
        .language("en")
        .without_motion()
        .play(async |stage| {
            stage.resize(1280, 600).await;
            open(stage, "/doui/services#google-ads").await;
            stage.until("document.documentElement.lang == 'en'").await;
            stage.until_quiet().await;
            stage.until(&in_view("#google-ads")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_services_name_is_a_link_to_itself() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            stage.resize(1280, 600).await;
            open(stage, "/doui/services").await;
            stage.call("window.samePage = true").await;
            stage
                .click_on("document.querySelector('main a[href=\"#google-ads\"]')")
                .await;
            until_shown(stage, "google-ads").await;
            assert!(stage.value::<bool>("window.samePage").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_choices_lead_to_the_service_itself() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            stage.resize(1280, 600).await;
            open(stage, "/doui/").await;
            stage.call("window.samePage = true").await;
            stage
                .click_on("document.querySelector('main a[href$=\"#yahoo-ads\"]')")
                .await;
            stage.until("location.pathname == '/doui/services'").await;
            stage.until(&in_view("#yahoo-ads")).await;
            assert!(stage.value::<bool>("window.samePage").await);
            stage.until_quiet().await;
            stage.until(&in_view("#yahoo-ads")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_has_every_row_and_what_is_unknown_says_so() {
    Setting::demo()
        .play(async |stage| {
            for (lang, folder) in LANGUAGES {
                open(stage, &format!("{folder}services")).await;
                let shown: Vec<String> = stage.value(SHOWN).await;
                assert_eq!(shown, services(None));
                let rows: Vec<Vec<(String, String, Option<String>)>> = stage
                    .value(
                        "[...document.querySelectorAll('main [data-purpose]')].map(card => [...card.querySelectorAll('tr')].map(row =>
                            [row.querySelector('th').textContent, row.querySelector('td').textContent.trim(),
                             row.querySelector('.unknown')?.textContent ?? null]))",
                    )
                    .await;
                let place = |id: &str| shown.iter().position(|known| known == id).expect("the shop has it");
                let google = place("google-ads");
                let names: Vec<_> = rows[google].iter().map(|(name, ..)| name.as_str()).collect();
                assert_eq!(names.len(), 11, "{names:?}");
                if lang == "ja" {
                    assert_eq!(names[..3], ["送信先（正式名称）", "送信先の所在国（本社）", "情報が保存される国"]);
                }
                for (service, id) in rows.iter().zip(&shown) {
                    // The demo's own services send nothing to anybody: of them there are no strangers' facts.
                    let is_own = ["analytics", "referral"].contains(&id.as_str());
                    let said: Vec<_> = service.iter().map(|(name, ..)| name.as_str()).collect();
                    if is_own {
                        assert!(said.len() == 3 && said.iter().all(|name| names.contains(name)), "{id}: {said:?}");
                    } else {
                        assert!(said.starts_with(&names), "{id}: {said:?}");
                    }
                    for (name, value, unknown) in service {
                        assert!(!value.is_empty(), "{id}: {name} is empty");
                        let word = if lang == "ja" { "未確認" } else { "not confirmed" };
                        assert!(unknown.as_ref().is_none_or(|unknown| unknown == word), "{id}: {name}: {unknown:?}");
                        assert!(!is_own || unknown.is_none(), "{id}: {name}");
                    }
                }
                // What the terms of LINEヤフー oblige a shop to say is said.
                let (_, statement, _) = rows[place("yahoo-ads")].last().expect("it has rows");
                assert!(statement.contains(if lang == "ja" { "LINEヤフー株式会社をはじめとする第三者" } else { "LY Corporation and other third parties" }), "{statement}");
                // What the catalogue knows has its source and the day on which it was read.
                let (_, recipient, unknown) = &rows[google][0];
                assert!(unknown.is_none() && recipient.contains("Google LLC"), "{recipient}");
                let sources: Vec<(String, String)> = stage
                    .value("[...document.querySelectorAll('#google-ads .source')].map(source => [source.querySelector('a')?.href ?? '', source.textContent])")
                    .await;
                assert!(!sources.is_empty());
                for (address, text) in sources {
                    assert!(address.starts_with("https://"), "{text}");
                    assert!(text.contains("2026"), "{text}");
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_that_it_needs_no_law_and_is_large_enough_to_read() {
    Setting::demo()
        .play(async |stage| {
            for (path, law) in [("/doui/services", "公表義務の有無にかかわらず"), ("/doui/en/services", "whether or not the law requires it")] {
                open(stage, path).await;
                let said: String = stage.value("document.querySelector('main').innerText").await;
                assert!(said.contains(law), "{path}: {said}");
                let small: Vec<(f64, String)> = stage
                    .value(
                        "(() => {
                            const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), small = [];
                            while (texts.nextNode()) {
                                const element = texts.currentNode.parentElement, size = parseFloat(getComputedStyle(element).fontSize);
                                // Beside a fact: who says so, and that a link opens a new tab.
                                if (texts.currentNode.data.trim() && element.checkVisibility() && !element.closest('.source, a .quiet') && size < 16)
                                    small.push([size, texts.currentNode.data.slice(0, 40)]);
                            }
                            return small;
                        })()",
                    )
                    .await;
                assert!(small.is_empty(), "{path}: {small:?}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_needs_scrolling_sideways_in_a_window_of_320_pixels() {
    Setting::demo()
        .needs(Ability::NarrowWindows)
        .play(async |stage| {
            stage.resize(320, 640).await;
            // Something to show in the cookies and in the history, as long as such names are.
            stage.open("/").await;
            stage.until("window.doui").await;
            stage
                .call("doui.acceptAll(); document.cookie = `_${'long'.repeat(20)}=${'v'.repeat(300)}; Path=/`; localStorage['k'.repeat(80)] = 'v'.repeat(300)")
                .await;
            let mut wide = Vec::new();
            for (_, folder) in LANGUAGES {
                for route in ROUTES {
                    let path = format!("{folder}{route}");
                    open(stage, &path).await;
                    stage
                        .call("document.querySelectorAll('main [aria-expanded=false]').forEach(button => button.click())")
                        .await;
                    stage.until_quiet().await;
                    // Code is scrolled within its own box.
                    let (window, page, beyond): (u32, u32, Vec<String>) = stage
                        .value(
                            "[innerWidth, document.documentElement.scrollWidth, [...document.querySelectorAll('body *')]
                                .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest('pre')).map(it => it.outerHTML.slice(0, 80))]",
                        )
                        .await;
                    assert_eq!(window, 320);
                    if page > 320 || !beyond.is_empty() {
                        wide.push(format!("{path}: {page} {beyond:?}"));
                    }
                }
            }
            assert!(wide.is_empty(), "{wide:#?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_paper_the_list_is_there_without_what_cannot_be_pressed() {
    Setting::demo()
        .needs(Ability::DevTools)
        .play(async |stage| {
            open(stage, "/doui/services").await;
            devtools(stage, "Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
            let seen: Value = stage
                .value(
                    "[['nav', '.search', '#doui-banner', '.languages'].map(part => document.querySelector(part).checkVisibility()),
                      [...document.querySelectorAll('main table')].every(table => table.checkVisibility())]",
                )
                .await;
            assert_eq!(seen, json!([[false, false, false, false], true]));
        })
        .await;
}
