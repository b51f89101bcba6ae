//! What this browser keeps: each cookie and key under its purpose, with its service, its value when asked for, and ways
//! to delete it.

use std::collections::BTreeMap;

use doui_tests::{Door, Engine, Setting, Stage};
use serde_json::{Value, json};

use crate::{
    demo::{TAGS, until_ran},
    routes::open,
};

/// A host whose domain can be set cookies for.
const WWW: &str = "//www.yotsuyu.co.jp";

/// By heading, what is listed: each name with its kind and service.
type Listed = BTreeMap<String, Vec<(String, String)>>;

async fn listed(stage: &Stage) -> Listed {
    stage
        .value(
            "Object.fromEntries([...document.querySelectorAll('[data-doui-live=cookies] section')].map(section =>
                [section.querySelector('h2').textContent, [...section.querySelectorAll('li.card')].map(card =>
                    [card.querySelector('h3').textContent, card.querySelector('p').textContent]).sort()]))",
        )
        .await
}

/// What has these names and texts, under this heading.
fn group(heading: &str, items: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    let items = items
        .iter()
        .map(|(name, about)| ((*name).to_owned(), (*about).to_owned()));
    (heading.to_owned(), items.collect())
}

/// Leaves what the shop's services would, and what nobody declares, with everything allowed.
async fn leave(stage: &Stage) {
    open(stage, &format!("{WWW}/doui/")).await;
    stage.press(Door::Centre, "accept").await;
    stage.until("document.cookie.includes('doui=')").await;
    stage
        .call(
            "for (const [cookie, where] of Object.entries({
                 '_ga=GA1.1.42': 'Path=/', '_ga_SHOP=GS1': 'Path=/doui', '_gcl_au=1.1': 'Path=/; Domain=yotsuyu.co.jp',
                 '_ycl_yjad=y': 'Path=/', 'theme=dark': 'Path=/', 'empty=': 'Path=/',
             })) document.cookie = `${cookie}; ${where}`;
             localStorage.basket = '3 books';
             sessionStorage.step = '2'",
        )
        .await;
    open(stage, &format!("{WWW}/doui/cookies")).await;
    stage
        .until("document.querySelectorAll('li.card').length == 10")
        .await;
}

/// The button of a card, by its place.
async fn press_of(stage: &Stage, name: &str, place: usize) {
    stage.click_on(&format!(
            "[...document.querySelectorAll('li.card')].find(card => card.querySelector('h3').textContent == {name:?}).querySelectorAll('button')[{place}]"
        )).await;
}

async fn delete(stage: &Stage, name: &str) {
    press_of(stage, name, 1).await;
    stage
        .until(&format!("document.querySelector('.news [role=status]').textContent.startsWith('削除しました：{name}')"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_any_it_says_so() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/cookies").await;
            stage
                .until("document.querySelector('main').innerText.includes('この画面から見えるクッキーや保存データはありません')")
                .await;
            assert_eq!(listed(stage).await, Listed::new());
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_under_its_purpose_with_its_service_or_flagged_as_not_declared() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let expected = Listed::from([
                group("アクセス解析とサービス改善", &[("_ga", "閲覧数の集計（見本）、クッキー"), ("_ga_SHOP", "閲覧数の集計（見本）、クッキー")]),
                group("お客様に合わせた広告", &[("_gcl_au", "Google 広告、クッキー"), ("_ycl_yjad", "LINEヤフー広告（旧 Yahoo!広告）、クッキー")]),
                group("設定の保存", &[("doui", "この設定の記録、クッキー"), ("doui", "この設定の記録、ブラウザーの保存領域（ローカルストレージ）")]),
                group(
                    "その他（用途の登録なし）",
                    &[
                        ("basket", "ブラウザーの保存領域（ローカルストレージ）"),
                        ("empty", "クッキー"),
                        ("step", "ブラウザーの保存領域（タブを閉じると消えます）"),
                        ("theme", "クッキー"),
                    ],
                ),
            ]);
            assert_eq!(listed(stage).await, expected);
            // In the order of the shop, what nobody declared last.
            let headings: Vec<String> = stage
                .value("[...document.querySelectorAll('[data-doui-live=cookies] h2')].map(it => it.textContent)")
                .await;
            assert_eq!(headings, ["お客様に合わせた広告", "アクセス解析とサービス改善", "設定の保存", "その他（用途の登録なし）"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_without_a_name_is_listed_and_deleted_too() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/doui/cookies").await;
            stage.call("document.cookie = 'nameless; Path=/'").await;
            let expected = Engine::of_this_run().nameless_cookie();
            assert_eq!(stage.value::<String>("document.cookie").await, expected);
            stage.reload().await;
            stage.until_alive().await;
            stage
                .click_on("document.querySelectorAll('li.card button')[1]")
                .await;
            stage.until("document.cookie == ''").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_hidden_until_it_is_asked_for() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let seen: Vec<bool> = stage
                .value("[...document.querySelectorAll('li.card .value')].map(it => it.checkVisibility())")
                .await;
            assert_eq!(seen, [false; 10]);
            let text = "document.querySelector('main').innerText";
            assert!(!stage.value::<String>(text).await.contains("GA1.1.42"));
            press_of(stage, "_ga", 0).await;
            stage.until(&format!("{text}.includes('GA1.1.42')")).await;
            assert!(!stage.value::<String>(text).await.contains("3 books"));
            let toggle = "[...document.querySelectorAll('li.card')].find(card => card.querySelector('h3').textContent == '_ga').querySelector('button')";
            let says: Value = stage
                .value(&format!("[{toggle}.getAttribute('aria-label'), {toggle}.textContent]"))
                .await;
            assert_eq!(says, json!(["値を隠す _ga", "値を隠す"]));
            press_of(stage, "_ga", 0).await;
            stage.until(&format!("!{text}.includes('GA1.1.42')")).await;
            press_of(stage, "basket", 0).await;
            stage.until(&format!("{text}.includes('3 books')")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_was_asked_for_stays_shown_when_another_one_is_deleted() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            press_of(stage, "_ga", 0).await;
            let text = "document.querySelector('main').innerText";
            stage.until(&format!("{text}.includes('GA1.1.42')")).await;
            delete(stage, "theme").await;
            stage.until("!document.cookie.includes('theme=')").await;
            stage.until_quiet().await;
            assert!(stage.value::<String>(text).await.contains("GA1.1.42"));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_deleted_wherever_it_was_set_for_and_nothing_else() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let mut names = ["_gcl_au", "_ga_SHOP", "theme", "basket", "step"].to_vec();
            while let Some(name) = names.pop() {
                let before = stage.count("li.card").await;
                delete(stage, name).await;
                stage
                    .until(&format!("document.querySelectorAll('li.card').length == {}", before - 1))
                    .await;
            }
            let left: Value = stage
                .value("[document.cookie.split('; ').map(pair => pair.split('=')[0]).sort(), Object.keys(localStorage), Object.keys(sessionStorage)]")
                .await;
            assert_eq!(left, json!([["_ga", "_ycl_yjad", "doui", "empty"], ["doui"], []]));
            // It is gone from the whole domain, not hidden from this page.
            stage.open("//shop.yotsuyu.co.jp/").await;
            let elsewhere: String = stage.value("document.cookie").await;
            assert!(!elsewhere.contains("_gcl_au"), "{elsewhere}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_purpose_are_deleted_at_once() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let button = stage
                .element("[...document.querySelectorAll('[data-doui-live=cookies] section')].find(it => it.querySelector('h2').textContent == 'お客様に合わせた広告').querySelector(':scope > .acts button')")
                .await;
            assert_eq!(button.text().await.expect("it has text"), "「お客様に合わせた広告」をすべて削除");
            stage.click(&button).await;
            stage.until("!document.cookie.includes('_gcl_au') && !document.cookie.includes('_ycl_yjad')").await;
            stage.until("!document.querySelector('[data-doui-live=cookies]').innerText.includes('お客様に合わせた広告')").await;
            let said: String = stage.value("document.querySelector('.news [role=status]').textContent").await;
            assert!(said.contains("_gcl_au") && said.contains("_ycl_yjad"), "{said}");
            assert_eq!(listed(stage).await.len(), 3);
            // The choice stands: only what the services left is gone.
            assert!(stage.cookie().await.expect("a cookie").contains(".ads1"));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn douis_own_goes_wholly_and_the_visitor_is_asked_again() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            press_of(stage, "doui", 1).await;
            stage.until_banner_shows().await;
            assert_eq!(stage.kept().await, (None, None));
            stage.until("!document.querySelector('[data-doui-live=cookies]').innerText.includes('設定の保存')").await;
            let said: String = stage.value("document.querySelector('.news [role=status]').textContent").await;
            assert!(said.starts_with("設定と履歴を削除しました。"), "{said}");
            stage.reload().await;
            stage.until_alive().await;
            assert_eq!(stage.kept().await, (None, None));
        })
        .await;
}

/// Who pressed once more, since nothing was said, deleted the next one.
#[tokio::test(flavor = "multi_thread")]
async fn deleting_put_the_focus_on_the_next_ones_delete_button() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let names = "[...document.querySelectorAll('li.card h3')].map(it => it.textContent)";
            let before: Vec<String> = stage.value(names).await;
            let button = stage
                .element("document.querySelector('li.card button[aria-label^=削除]')")
                .await;
            button.focus().await.expect("it takes the focus");
            stage.keys("\u{e007}").await;
            let next = &before[1];
            stage
                .until(&format!("document.activeElement.localName == 'h3' && document.activeElement.textContent == {next:?}"))
                .await;
            stage.keys("\u{e007}").await;
            stage.until_quiet().await;
            assert_eq!(stage.value::<Vec<String>>(names).await, before[1..]);
        })
        .await;
}

/// A region that came together with its words was not spoken.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_message_came_together_with_its_region() {
    Setting::demo()
        .play(async |stage| {
            for page in ["", "cookies", "history"] {
                open(stage, &format!("{WWW}/doui/{page}")).await;
                stage.until_alive().await;
                let stands: bool = stage
                    .value(
                        "(() => { const status = document.querySelector('main .news [role=status]');
                         return status.textContent == '' && status.checkVisibility() })()",
                    )
                    .await;
                assert!(stands, "{page}");
            }
        })
        .await;
}

/// The same words again were not spoken either.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_message_twice_was_said_once() {
    Setting::demo()
        .play(async |stage| {
            open(stage, &format!("{WWW}/doui/")).await;
            let said = "document.querySelector('main .news [role=status]').textContent";
            stage.press(Door::Centre, "accept").await;
            stage.until(&format!("{said} != ''")).await;
            let first: String = stage.value(said).await;
            stage.press(Door::Centre, "accept").await;
            stage.until(&format!("{said} != {first:?}")).await;
            assert_eq!(stage.value::<String>(said).await.trim(), first);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_is_not_lost_with_what_is_deleted() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            // The last of a group goes with its heading.
            for name in ["theme", "_ga", "_ga_SHOP"] {
                delete(stage, name).await;
                // It goes on with the next frame.
                stage.until("document.activeElement != document.body").await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_in_another_tab_shows_what_it_swept() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let (here, _) = stage.new_tab().await;
            stage.open(&format!("{WWW}/")).await;
            // A tag still on its way would write its cookie after the refusal, and a tab out of sight does not sweep again.
            until_ran(stage, TAGS.len()).await;
            stage.call("doui.rejectAll()").await;
            stage.turn_to(&here).await;
            stage
                .until(
                    "!document.querySelector('[data-doui-live=cookies]').innerText.includes('_ga')",
                )
                .await;
            assert_eq!(
                listed(stage).await.into_keys().collect::<Vec<_>>(),
                ["その他（用途の登録なし）", "設定の保存"]
            );
        })
        .await;
}

/// Each tab tries which domains take a cookie, with one of the same name: one tab's deleting it was taken for a domain that
/// takes none, so that what lay there stayed.
#[tokio::test(flavor = "multi_thread")]
async fn tabs_that_sweep_at_once_deleted_each_others_probes() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let (centre, shop) = stage.new_tab().await;
            for _ in 0..8 {
                stage.open(&format!("{WWW}/")).await;
                until_ran(stage, TAGS.len()).await;
                // Only the centre is under this path.
                stage
                    .call("document.cookie = '_ga_SHOP=1;Path=/doui'; doui.rejectAll()")
                    .await;
                stage.turn_to(&centre).await;
                stage
                    .until("!document.querySelector('[data-doui-live=cookies]').innerText.includes('_ga')")
                    .await;
                stage.turn_to(&shop).await;
                let named: Vec<String> = stage.value("doui.state.leftovers").await;
                assert!(named.is_empty(), "{named:?}");
                stage.call("doui.acceptAll()").await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_tab_keeps_meanwhile_is_listed_too() {
    Setting::demo()
        .play(async |stage| {
            leave(stage).await;
            let (here, shop) = stage.new_tab().await;
            stage.open(&format!("{WWW}/")).await;
            until_ran(stage, TAGS.len()).await;
            stage
                .call("document.cookie = 'afterwards=1;Path=/'")
                .await;
            // WebKit gives a cookie to other tabs a moment later, and of it alone no event tells.
            stage.turn_to(&here).await;
            stage
                .until("document.cookie.includes('afterwards')")
                .await;
            stage.turn_to(&shop).await;
            stage
                .call("localStorage.setItem('later', '1')")
                .await;
            stage.turn_to(&here).await;
            for name in ["afterwards", "later"] {
                stage
                    .until(&format!(
                        "document.querySelector('[data-doui-live=cookies]').innerText.includes('{name}')"
                    ))
                    .await;
            }
        })
        .await;
}
