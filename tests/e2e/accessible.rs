//! axe-core, the accessibility checker, finds nothing in any state of either door, in both languages.

use std::fs;

use doui_tests::{Ability, Door, Setting, Stage, built};
use serde_json::{Value, json};

use crate::routes::{ROUTES, devtools, open};

/// Runs axe-core over the page as it stands and fails with what it finds. It must not preload style sheets, which it
/// does with an inline style that the page's policy rightly refuses.
pub async fn axe_finds_nothing(stage: &Stage, what: &str) {
    let axe = fs::read_to_string(built::npm("axe-core/axe.min.js")).expect("axe-core is text");
    stage.call(&axe).await;
    let found: Vec<Value> = stage
        .run(
            "const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
             const roots = [document, document.querySelector('#doui-banner')?.shadowRoot].filter(Boolean);
             return Promise.all(roots.flatMap(root => root.getAnimations()).map(moving => moving.finished))
                 .then(() => axe.run(document, { runOnly: { type: 'tag', values: tags }, preload: false }))
                 .then(({ passes, violations }) => [{ passed: passes.length }, ...violations.map(rule => ({
                     rule: rule.id, help: rule.help,
                     at: rule.nodes.map(node => `${node.target.flat().join(' ')}: ${node.failureSummary}`) }))])",
            vec![],
        )
        .await;
    let (passed, violations) = found
        .split_first()
        .expect("the first says how much was checked");
    assert!(
        passed["passed"].as_u64() > Some(10),
        "axe-core checked next to nothing: {passed}"
    );
    assert!(violations.is_empty(), "{what}: {violations:#?}");
}

async fn banner_and_settings(storefront: Setting, path: &str, lang: &str) {
    storefront
        .play(async |stage| {
            stage.open_until_asked(path).await;
            let page: String = stage.value("document.documentElement.lang").await;
            let banner: String = stage
                .value("document.querySelector('#doui-banner').lang")
                .await;
            assert_eq!((page.as_str(), banner.as_str()), (lang, lang));
            axe_finds_nothing(stage, &format!("the banner, {lang}")).await;
            stage.press(Door::Banner, "settings").await;
            stage.find(Door::Banner, "[data-doui-act=save]").await;
            axe_finds_nothing(stage, &format!("its settings, {lang}")).await;
            stage.press(Door::Banner, "accept").await;
            stage.until_banner_is_gone().await;
            axe_finds_nothing(stage, &format!("the page without it, {lang}")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_the_japanese_storefront() {
    banner_and_settings(Setting::demo(), "/", "ja").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_an_english_storefront() {
    banner_and_settings(Setting::fixtures(), "/english.html", "en").await;
}

/// Every route, before and after a decision, with something to tell on each.
async fn centre(lang: &str, scheme: &str) {
    let setting = Setting::demo();
    let setting = match scheme {
        "dark" => setting.in_the_dark(),
        _ => setting,
    };
    setting
        .play(async |stage| {
            stage.expect_complaint("/doui/nowhere");
            for state in ["undecided", "decided"] {
                for path in ROUTES.into_iter().chain(["nowhere"]) {
                    open(stage, &format!("/doui/{path}?lang={lang}")).await;
                    let (page, is_dark): (String, bool) = stage
                        .value("[document.documentElement.lang, matchMedia('(prefers-color-scheme: dark)').matches]")
                        .await;
                    assert_eq!((page.as_str(), is_dark), (lang, scheme == "dark"));
                    let what = format!("/doui/{path}, {state}, {lang}, {scheme}");
                    axe_finds_nothing(stage, &what).await;
                    if path == "cookies" {
                        // With a value shown.
                        stage.call("document.querySelector('main [aria-expanded]')?.click()").await;
                        axe_finds_nothing(stage, &format!("{what}, a value")).await;
                    }
                }
                if state == "undecided" {
                    open(stage, &format!("/doui/opt-out?lang={lang}")).await;
                    stage.press(Door::Banner, "settings").await;
                    axe_finds_nothing(stage, &format!("the centre's banner, {lang}, {scheme}")).await;
                    stage.open(&format!("/doui/?lang={lang}")).await;
                    stage.press(Door::Centre, "accept").await;
                    stage.until_banner_is_gone().await;
                    axe_finds_nothing(stage, &format!("what can be undone, {lang}, {scheme}")).await;
                    stage
                        .call("document.cookie = 'theme=dark; Path=/'; document.cookie = '_ga=1; Path=/'")
                        .await;
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_the_japanese_centre() {
    centre("ja", "light").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_the_english_centre() {
    centre("en", "light").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_the_dark_centre() {
    centre("ja", "dark").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_placeholders_and_in_the_offer_to_load_again() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/item.html").await;
            stage
                .until("document.querySelector('doui-placeholder')")
                .await;
            axe_finds_nothing(stage, "a placeholder").await;
            stage.press(Door::Banner, "accept").await;
            stage
                .until(
                    "document.querySelector('.film').contentDocument?.title && demoRan.length > 4",
                )
                .await;
            stage.call("doui.rejectAll()").await;
            stage.until("document.querySelector('doui-offer')").await;
            axe_finds_nothing(stage, "the offer").await;
        })
        .await;
}

/// Words in another language than the one they are said to be in. Japanese is told by its own letters; a company's name
/// is the same in every language.
const MISLABELLED: &str = "(() => {
    const wrong = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const at = words.currentNode.parentElement;
        const text = words.currentNode.data.replace(/\\S+株式会社/g, '');
        if (!at.closest('script') && /[\\u3040-\\u30ff]/.test(text) && at.closest('[lang]').lang != 'ja') wrong.push(text);
    }
    return wrong;
})()";

#[tokio::test(flavor = "multi_thread")]
async fn the_choices_in_further_languages_say_what_is_in_another_one() {
    Setting::demo()
        .play(async |stage| {
            for lang in ["zh", "zh-Hant", "ko", "vi"] {
                open(stage, &format!("/doui/{lang}/")).await;
                let wrong: Vec<String> = stage.value(MISLABELLED).await;
                assert!(wrong.is_empty(), "{lang}: {wrong:#?}");
                axe_finds_nothing(stage, &format!("the choices, {lang}")).await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn large_text_in_the_banner_keeps_clear_of_the_button_that_closes_it() {
    Setting::demo()
        .needs(Ability::DevTools)
        .play(async |stage| {
            stage.resize(390, 844).await;
            stage.open("/").await;
            let twice = json!({ "fontSizes": { "standard": 32 } });
            devtools(stage, "Page.setFontSizes", twice).await;
            stage.until_banner_shows().await;
            stage
                .until("getComputedStyle(document.querySelector('#doui-banner')).fontSize == '32px'")
                .await;
            let [title, close]: [[f64; 4]; 2] = stage
                .value(
                    "['h2', '[data-doui-act=close]'].map(part => {
                         const words = document.createRange();
                         words.selectNodeContents(document.querySelector('#doui-banner').shadowRoot.querySelector(part));
                         const { left, top, right, bottom } = words.getBoundingClientRect();
                         return [left, top, right, bottom];
                     })",
                )
                .await;
            let is_beside = title[2] <= close[0] || close[3] <= title[1];
            assert!(is_beside, "{title:?} lies under {close:?}");
        })
        .await;
}

/// What can be pressed and is too small for a thumb: less than 44 CSS pixels high, or wide. A link within a sentence is as
/// high as its line, which WCAG 2.5.8 and 2.5.5 allow; a switch is pressed with its label.
const SMALL: &str = "[document, document.querySelector('#doui-banner')?.shadowRoot].filter(Boolean)
    .flatMap(root => [...root.querySelectorAll('a, button, input, select, summary, [tabindex=\"0\"]:not(pre)')])
    .map(it => it.closest('label') ?? it)
    .filter(it => it.checkVisibility({ visibilityProperty: true }) && !(it.localName == 'a' && getComputedStyle(it).display == 'inline'))
    .filter(it => !it.matches('.skip'))
    .map(it => [it, it.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 24)
    .map(([it, box]) => `${it.outerHTML.slice(0, 90)}: ${box.width} x ${box.height}`)";

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_pressed_is_large_enough_for_a_thumb() {
    Setting::demo()
        .needs(Ability::NarrowWindows)
        .play(async |stage| {
            stage.resize(390, 844).await;
            stage.open("/").await;
            stage.press(Door::Banner, "settings").await;
            let mut small: Vec<String> = stage.value(SMALL).await;
            stage.press(Door::Banner, "reject").await;
            stage.call("document.cookie = '_ga=1; Path=/'").await;
            for route in ROUTES {
                open(stage, &format!("/doui/{route}")).await;
                small.extend(stage.value::<Vec<String>>(SMALL).await);
            }
            assert!(small.is_empty(), "{small:#?}");
        })
        .await;
}
