//! What somebody meets in the centre, and by the banner's settings, who does not see or does not point: the faults that a
//! screen reader and a keyboard found there, each with a test named after it.

use doui_tests::{Ability, Door, Setting, Stage};
use serde_json::{Value, json};

use crate::routes::{decide, open};

/// The status region of a page of the centre.
const SAID: &str = "document.querySelector('.news [role=status]').textContent";

/// The banner's shadow root on a shop's page.
const BANNER: &str = "document.querySelector('#doui-banner').shadowRoot";

async fn until_said(stage: &Stage, text: &str) {
    stage.until(&format!("{SAID}.startsWith({text:?})")).await;
}

async fn texts(stage: &Stage, list: &str) -> Vec<String> {
    stage.value(list).await
}

/// Opened again, the banner promised that nothing is used before a choice, while it was used.
#[tokio::test(flavor = "multi_thread")]
async fn the_reopened_banner_said_that_nothing_is_used() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "accept").await;
            stage.call("doui.open()").await;
            stage.until_banner_shows().await;
            let said: String = stage
                .value(&format!(
                    "{BANNER}.querySelector('section, [role=region]').innerText"
                ))
                .await;
            assert!(!said.contains("選ぶまで使いません"), "{said}");
            assert!(said.contains("現在の設定"), "{said}");
        })
        .await;
}

/// The button that takes the last act back took the focus along.
#[tokio::test(flavor = "multi_thread")]
async fn undo_took_itself_away_with_the_focus() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            until_said(stage, "保存しました").await;
            let undo = stage
                .element("document.querySelector('[data-doui-act=undo]')")
                .await;
            undo.focus().await.expect("it takes the focus");
            stage.keys("\u{e007}").await;
            until_said(stage, "直前の設定に戻しました").await;
            stage.until("document.activeElement.matches('h1')").await;
        })
        .await;
}

/// Who deleted everything on one page found the way back on another one.
#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_was_on_another_page() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            stage.until("document.cookie.includes('.ads1')").await;
            for (path, button) in [
                ("/doui/history", "document.querySelector('[data-doui-act=reset]')"),
                (
                    "/doui/cookies",
                    "[...document.querySelectorAll('li.card button')].find(it => it.getAttribute('aria-label') == '削除 doui')",
                ),
            ] {
                open(stage, path).await;
                stage.until(&format!("!!{button}")).await;
                stage.click_on(button).await;
                stage.until("!document.cookie.includes('.ads1')").await;
                stage.press(Door::Centre, "undo").await;
                stage.until("document.cookie.includes('.ads1')").await;
                until_said(stage, "直前の設定に戻しました").await;
                stage.until("document.activeElement.matches('h1')").await;
            }
        })
        .await;
}

/// Without scripts the centre showed switches and buttons that did nothing, and a state that was none.
#[tokio::test(flavor = "multi_thread")]
async fn controls_that_did_nothing_were_shown_without_scripts() {
    Setting::demo()
        .needs(Ability::DevTools)
        .play(async |stage| {
            let tools = stage.driver().cdp();
            let off = json!({ "value": true });
            tools
                .send_raw("Emulation.setScriptExecutionDisabled", off)
                .await
                .expect("scripts are switched off");
            for path in ["/doui/", "/doui/cookies", "/doui/history", "/doui/services", "/doui/developers"] {
                stage.open(path).await;
                // The DevTools protocol and WebDriver ask all the same.
                let shown = texts(
                    stage,
                    "[...document.querySelectorAll('main :is(button, input, select, textarea, [role=switch])')]
                        .filter(it => it.checkVisibility()).map(it => it.outerHTML.slice(0, 80))",
                )
                .await;
                assert!(shown.is_empty(), "{path}: {shown:?}");
            }
            let on = json!({ "value": false });
            tools
                .send_raw("Emulation.setScriptExecutionDisabled", on)
                .await
                .expect("scripts are switched on");
        })
        .await;
}

/// An empty region was a stop of the reading cursor, between the purposes and the buttons.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_region_stood_amid_the_banner() {
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            let regions = texts(
                stage,
                &format!("[...{BANNER}.querySelectorAll('[role=status], [role=alert], [aria-live]')].map(it => it.outerHTML)"),
            )
            .await;
            assert!(regions.is_empty(), "{regions:?}");
            open(stage, "/doui/services").await;
            let follows: bool = stage
                .value(
                    "(() => { const region = document.querySelector('main [role=status]');
                        return [...document.querySelectorAll('main :is(h1, h2, h3, p, td, a, input)')]
                            .filter(it => !region.contains(it) && it.checkVisibility())
                            .every(it => region.textContent || region.compareDocumentPosition(it) & 2) })()",
                )
                .await;
            assert!(follows, "an empty region has something after it");
        })
        .await;
}

/// Japanese names stood in pages of other languages as if they were of these.
#[tokio::test(flavor = "multi_thread")]
async fn japanese_stood_unmarked_in_other_languages() {
    Setting::demo()
        .play(async |stage| {
            for path in ["", "services", "opt-out", "policy", "cookies", "history", "developers"] {
                open(stage, &format!("/doui/en/{path}")).await;
                let unmarked = texts(
                    stage,
                    "(() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
                        while (walk.nextNode()) {
                            const at = walk.currentNode, of = at.parentElement;
                            if (/[\\u3041-\\u30ff\\u4e00-\\u9fff]/.test(at.data) && !/^(ja|zh|ko)/.test(of.closest('[lang]').lang)
                                && !of.closest('script, style, code, pre') && of.checkVisibility()) found.push(at.data);
                        }
                        return found })()",
                )
                .await;
                assert!(unmarked.is_empty(), "{path}: {unmarked:?}");
            }
        })
        .await;
}

/// By voice and by ear all these buttons were one, and copying was silent.
#[tokio::test(flavor = "multi_thread")]
async fn six_buttons_were_called_copy() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/developers").await;
            let names = texts(
                stage,
                "[...document.querySelectorAll('figure.snippet button')].map(it => it.getAttribute('aria-label'))",
            )
            .await;
            let mut different = names.clone();
            different.sort();
            different.dedup();
            assert!(names.len() > 5 && different.len() == names.len(), "{names:?}");
            assert!(names.iter().all(|name| name.starts_with("コピー ")), "{names:?}");
            let regions = texts(
                stage,
                "[...document.querySelectorAll('figure.snippet [role=status]')].filter(it => it.checkVisibility()).map(it => it.textContent)",
            )
            .await;
            assert_eq!(regions, vec![String::new(); names.len()]);
        })
        .await;
}

/// A button said by its name and by its state, at once, that it is open: "hide the value, expanded".
#[tokio::test(flavor = "multi_thread")]
async fn a_button_changed_its_name_and_its_state_at_once() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            open(stage, "/doui/cookies").await;
            let states: Value = stage
                .value(
                    "document.querySelectorAll('main [aria-expanded], main [aria-pressed]').length",
                )
                .await;
            assert_eq!(states, 0);
        })
        .await;
}

/// The link to the explanation was the last one in the list of the ad companies' opt-outs, and said nothing of where it leads.
#[tokio::test(flavor = "multi_thread")]
async fn the_link_to_the_explanation_stood_among_the_opt_outs() {
    Setting::demo()
        .play(async |stage| {
            stage.open_until_asked("/").await;
            stage.press(Door::Banner, "settings").await;
            let lists: Vec<Vec<String>> = stage
                .value(&format!(
                    "[...{BANNER}.querySelectorAll('ul')].map(list => [...list.querySelectorAll('a')].map(it => it.getAttribute('href'))).filter(it => it.length)"
                ))
                .await;
            assert!(!lists.is_empty());
            for list in &lists {
                let is_away = list.iter().map(|it| it.starts_with("https:"));
                assert!(is_away.clone().all(|it| it) || is_away.clone().all(|it| !it), "{lists:?}");
            }
            let own = texts(
                stage,
                &format!("[...{BANNER}.querySelectorAll('a[href^=\"/doui/\"]')].map(it => it.textContent)"),
            )
            .await;
            assert!(!own.is_empty() && own.iter().all(|it| !it.contains("くわしい説明")), "{own:?}");
        })
        .await;
}

/// An arrow was part of the links' names: "Google arrow up right".
#[tokio::test(flavor = "multi_thread")]
async fn the_arrow_was_part_of_the_name() {
    Setting::demo()
        .play(async |stage| {
            for path in ["/doui/", "/doui/services", "/doui/opt-out", "/doui/policy"] {
                open(stage, path).await;
                let names = texts(
                    stage,
                    "[...document.querySelectorAll('a')].map(it => it.textContent).filter(it => it.includes('↗'))",
                )
                .await;
                assert!(names.is_empty(), "{path}: {names:?}");
            }
        })
        .await;
}

/// Seventeen links were called "source": each says whose word it is.
#[tokio::test(flavor = "multi_thread")]
async fn every_source_was_called_source() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/services").await;
            let links: Vec<(String, String)> = stage
                .value("[...document.querySelectorAll('.source a')].map(it => [it.textContent, it.host])")
                .await;
            assert!(links.len() > 5, "{links:?}");
            for (name, host) in &links {
                assert!(name.contains(host), "{name} does not say that it is of {host}");
            }
        })
        .await;
}

/// The link that skips to the heading came fifth, with the settings open fourteenth.
#[tokio::test(flavor = "multi_thread")]
async fn the_link_that_skips_came_after_the_banner() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            for path in ["/doui/", "/doui/opt-out"] {
                open(stage, path).await;
                stage.keys("\u{e004}").await;
                stage
                    .until("document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0")
                    .await;
                stage.keys("\u{e007}").await;
                stage.until("document.activeElement.matches('h1')").await;
            }
            // It is there, once, on the next page too.
            stage
                .call("document.querySelector('nav a[href$=services]').click()")
                .await;
            stage.until("location.pathname == '/doui/services'").await;
            stage.until("document.querySelectorAll('.skip').length == 1").await;
        })
        .await;
}

/// In forced colours the button that closes was text without a border, beside buttons with one.
#[tokio::test(flavor = "multi_thread")]
async fn the_button_that_closes_had_no_border_in_forced_colours() {
    Setting::demo()
        .needs(Ability::DevTools)
        .play(async |stage| {
            let tools = stage.driver().cdp();
            let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
            tools
                .send_raw("Emulation.setEmulatedMedia", forced)
                .await
                .expect("colours are forced");
            stage.open_until_asked("/").await;
            let borders = texts(
                stage,
                &format!(
                    "[...{BANNER}.querySelectorAll('button')].filter(it => it.checkVisibility())
                        .map(it => getComputedStyle(it)).map(it => `${{it.borderTopStyle}} ${{parseFloat(it.borderTopWidth) > 0}}`)"
                ),
            )
            .await;
            assert!(
                borders.len() > 3 && borders.iter().all(|it| it == "solid true"),
                "{borders:?}"
            );
        })
        .await;
}
