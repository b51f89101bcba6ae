//! The routes of the preference centre: each is a file with every word in it, that becomes live without anything moving,
//! and leads to the others without loading. And the choices, which are the first route.

use std::{fs, io, path::Path, sync::Arc};

use doui_tests::{Ability, Choices, Door, PURPOSES, Setting, Stage, built};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{
    Key,
    common::command::{Command, ExtensionCommand},
};

/// The last part of each route's address; of the choices that is empty.
pub const ROUTES: [&str; 7] = [
    "",
    "services",
    "opt-out",
    "cookies",
    "history",
    "policy",
    "developers",
];

/// Each language, and where its routes are.
pub const LANGUAGES: [(&str, &str); 2] = [("ja", "/doui/"), ("en", "/doui/en/")];

/// What Chromium alone can be told, by a command of its
/// [DevTools protocol](https://chromedevtools.github.io/devtools-protocol/).
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl ExtensionCommand for DevTools {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "cmd": self.0, "params": self.1 }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/goog/cdp/execute".into()
    }
}

/// Tells Chromium a command of the DevTools protocol.
pub async fn devtools(stage: &Stage, command: &'static str, parameters: Value) {
    let told = Command::ExtensionCommand(Box::new(DevTools(command, parameters)));
    let told = stage.driver().cmd(told).await;
    told.unwrap_or_else(|e| panic!("{command}: {e}"));
}

pub async fn open(stage: &Stage, path: &str) {
    stage.open(path).await;
    stage.until_alive().await;
}

/// Decides on a page of the shop, so that the preference centre has not been seen.
pub async fn decide(stage: &Stage, act: &str) {
    stage.open("/").await;
    stage.answer(act).await;
}

/// The file at a path as a document, whatever the page's policy says of strings that become markup.
const FILE: &str = "const file = (path) => new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('GET', path);
    request.responseType = 'document';
    request.onload = () => request.status == 200 ? done(request.response) : fail(path + ': ' + request.status);
    request.onerror = () => fail(path);
    request.send();
});";

/// The words of a document's <main>. What is said to those without scripts is left out, for a page with scripts has it as
/// text and a file as elements.
const WORDS: &str = "const words = (page, left_out) => {
    const main = page.querySelector('main').cloneNode(true);
    main.querySelectorAll('noscript' + left_out).forEach(part => part.remove());
    return main.textContent.replace(/\\s+/g, '');
};";

/// The words of the file at `path` and of the page that is shown, without what `left_out` selects.
async fn words(stage: &Stage, path: &str, left_out: &str) -> (String, String) {
    stage
        .run(
            &format!("{FILE} {WORDS} return file(arguments[0]).then(page => [words(page, arguments[1]), words(document, arguments[1])])"),
            vec![json!(path), json!(left_out)],
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_has_a_file_with_every_word_in_it() {
    Setting::demo()
        .play(async |stage| {
            for (lang, folder) in LANGUAGES {
                for route in ROUTES {
                    let path = format!("{folder}{route}");
                    let file = format!("{path}/index.html").replace("//", "/");
                    assert!(built::dist().join(&file["/doui/".len()..]).is_file(), "{file}");
                    open(stage, &path).await;
                    stage.until_quiet().await;
                    // What is a visitor's own is not in a file; a visitor who has not decided finds the choices there.
                    let left_out = if route.is_empty() { "" } else { ", [data-doui-live]" };
                    let (in_file, on_page) = words(stage, &file, left_out).await;
                    assert!(in_file.chars().count() > 20, "{path}: {in_file}");
                    assert_eq!(in_file, on_page, "{path}");

                    let (in_lang, title, heading, current): (String, String, String, Vec<String>) = stage
                        .value("[document.documentElement.lang, document.title, document.querySelector('h1').textContent,
                            [...document.querySelectorAll('[aria-current=page]')].map(link => new URL(link.href).pathname)]")
                        .await;
                    assert_eq!(in_lang, lang, "{path}");
                    assert!(title.starts_with(heading.trim()), "{path}: {title}, {heading}");
                    assert_eq!(current, [path], "{title}");
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_scripts_can_show_is_said_to_those_without() {
    Setting::demo()
        .play(async |stage| {
            stage.open("/doui/").await;
            for (_, folder) in LANGUAGES {
                for route in ["", "cookies", "history", "developers"] {
                    let said: String = stage
                        .run(
                            &format!("{FILE} return file(arguments[0]).then(page => page.querySelector('main noscript').textContent)"),
                            vec![json!(format!("{folder}{route}"))],
                        )
                        .await;
                    assert!(said.contains("JavaScript"), "{folder}{route}: {said}");
                }
            }
        })
        .await;
}

/// Awaits the page at `path`: its words, its title, its language, and the focus on its heading.
async fn until_at(stage: &Stage, path: &str, lang: &str) {
    stage
        .until(&format!(
            "location.pathname == {path:?} && document.activeElement.id == 'heading'
                && new URL(document.querySelector('[aria-current=page]').href).pathname == {path:?}"
        ))
        .await;
    let (in_file, on_page) = words(stage, path, ", [data-doui-live]").await;
    assert_eq!(in_file, on_page, "{path}");
    let (in_lang, is_same, is_titled, top): (String, Option<bool>, bool, f64) = stage
        .value(
            "[document.documentElement.lang, window.samePage,
                document.title.startsWith(document.querySelector('h1').textContent),
                document.querySelector('h1').getBoundingClientRect().top]",
        )
        .await;
    assert_eq!(in_lang, lang, "{path}");
    assert_eq!(is_same, Some(true), "{path} was loaded");
    assert!(is_titled, "{path}");
    assert!(
        (0.0..900.0).contains(&top),
        "{path}: the heading is at {top}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_leads_to_the_next_without_loading_and_back_again() {
    Setting::demo()
        .without_motion()
        .play(async |stage| {
            for (lang, folder) in LANGUAGES {
                open(stage, folder).await;
                stage.call("window.samePage = true").await;
                for route in &ROUTES[1..] {
                    // From wherever on the page, with the keyboard. WebKit does not go back to where a script went.
                    stage
                        .run::<()>(
                            "scrollTo(0, 1e6); document.querySelector(`nav a[href$='/${arguments[0]}']`).focus({ preventScroll: true })",
                            vec![json!(route)],
                        )
                        .await;
                    stage.keys(&char::from(Key::Enter).to_string()).await;
                    until_at(stage, &format!("{folder}{route}"), lang).await;
                }
                for route in ROUTES.iter().rev().skip(1) {
                    stage.driver().back().await.expect("there is a page before");
                    until_at(stage, &format!("{folder}{route}"), lang).await;
                }
                for route in &ROUTES[1..] {
                    stage.driver().forward().await.expect("there is a page after");
                    until_at(stage, &format!("{folder}{route}"), lang).await;
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_chosen_is_shown_on_the_route_that_is_gone_to_and_back() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.call("window.samePage = true").await;
            stage.press(Door::Centre, "accept").await;
            stage.until_banner_is_gone().await;
            stage
                .click_on("document.querySelector('nav a[href$=history]')")
                .await;
            stage
                .until("document.querySelectorAll('main li.card').length == 1")
                .await;
            stage.driver().back().await.expect("there is a page before");
            let all = PURPOSES.map(|id| (id.to_owned(), true)).into();
            stage
                .until("document.querySelector('main [name=ads]')")
                .await;
            stage.until_shown(Door::Centre, &all).await;
            assert!(stage.value::<bool>("window.samePage").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_that_cannot_be_fetched_is_loaded() {
    Setting::demo()
        .before("XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new ProgressEvent('loadend')) }")
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.call("window.samePage = true").await;
            stage.click_on("document.querySelector('nav a[href$=policy]')").await;
            stage.until("!window.samePage && location.pathname == '/doui/policy'").await;
            stage.until_alive().await;
            stage.driver().back().await.expect("there is a page before");
            stage.until("location.pathname == '/doui/' && document.querySelector('main [name=ads]')").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_that_cannot_be_fetched_is_loaded_in_the_language_that_was_asked_for() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/services?lang=en").await;
            stage
                .call(
                    "window.samePage = true;
                     XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new ProgressEvent('loadend')) }",
                )
                .await;
            stage.click_on("document.querySelector('nav a[href*=policy]')").await;
            stage
                .until("!window.samePage && location.pathname.endsWith('policy')")
                .await;
            stage.until_alive().await;
            let asked: (String, String) = stage
                .value("[location.search, document.documentElement.lang]")
                .await;
            assert_eq!(asked, ("?lang=en".to_owned(), "en".to_owned()));
        })
        .await;
}

/// A copy of `dist/` whose pages of one route are changed.
fn changed(route: &str, from: &str, to: &str) -> TempDir {
    let copy = TempDir::new().unwrap();
    copy_folder(&built::dist(), copy.path()).unwrap();
    let folder = copy.path().join(route);
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains(from), "{from} is not in {}", page.display());
    fs::write(&page, html.replace(from, to)).unwrap();
    for copy in ["index.html.br", "index.html.gz"] {
        fs::remove_file(folder.join(copy)).unwrap();
    }
    copy
}

/// A page of a newer build was put in the place of the one that was shown. Its words were read by their places: a button
/// that deleted a cookie said "Hide the value".
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_build_was_shown_by_the_program_of_this_one() {
    for (from, to) in [
        (
            "<script type=\"module\" src=\"/doui/centre-",
            "<script type=\"module\" src=\"/doui/./centre-",
        ),
        ("\"valid_days\":180", "\"valid_days\":90"),
    ] {
        Setting::demo()
            .doui(changed("cookies", from, to))
            .play(async |stage| {
                open(stage, "/doui/").await;
                stage.call("window.samePage = true").await;
                let link = stage
                    .element("document.querySelector('nav a[href$=policy]')")
                    .await;
                stage.click(&link).await;
                until_at(stage, "/doui/policy", "ja").await;
                assert!(stage.value::<bool>("window.samePage").await);
                stage
                    .click_on("document.querySelector('nav a[href$=cookies]')")
                    .await;
                stage
                    .until("!window.samePage && location.pathname.endsWith('/cookies')")
                    .await;
                stage.until_alive().await;
            })
            .await;
    }
}

/// A link did nothing at all while the server was silent.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_never_came_was_waited_for_without_a_word() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.forget_requests();
            stage.hold("/doui/policy");
            stage
                .call(
                    "window.samePage = true; document.querySelector('nav a[href$=policy]').click()",
                )
                .await;
            stage.until_requested("/doui/policy").await;
            stage
                .until("document.querySelector('#app').getAttribute('aria-busy') == 'true'")
                .await;
            // After the limit the browser asks for it, and shows that.
            stage.forget_requests();
            stage.until_requested("/doui/policy").await;
            stage.release("/doui/policy");
            stage
                .until("!window.samePage && location.pathname == '/doui/policy'")
                .await;
            stage.until_alive().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_route_that_was_asked_for_last_is_shown_though_another_comes_later() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.forget_requests();
            stage.hold("/doui/services");
            let go = "document.querySelector(`nav a[href$='/${arguments[0]}']`).click()";
            stage.run::<()>(go, vec![json!("services")]).await;
            stage.until_requested("/doui/services").await;
            stage.run::<()>(go, vec![json!("policy")]).await;
            stage.call("window.samePage = true").await;
            until_at(stage, "/doui/policy", "ja").await;
            stage.release("/doui/services");
            stage
                .until("performance.getEntriesByType('resource').some(it => it.name.endsWith('/doui/services') && it.responseEnd)")
                .await;
            stage.until_quiet().await;
            until_at(stage, "/doui/policy", "ja").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_with_a_slash_at_its_end_is_the_same_route() {
    // Many hosts send a visitor there, since each route is a folder with an index.
    Setting::demo()
        .play(async |stage| {
            for path in ["/doui/services/", "/doui/en/services/", "/doui/en"] {
                open(stage, path).await;
                stage.call("window.samePage = true").await;
                stage.click_on("document.querySelector('nav a[href*=policy]')").await;
                let policy = if path.contains("en") {
                    ("/doui/en/policy", "en")
                } else {
                    ("/doui/policy", "ja")
                };
                until_at(stage, policy.0, policy.1).await;
                stage.driver().back().await.expect("there is a page before");
                stage
                    .until(&format!(
                        "location.pathname == {path:?} && document.activeElement.id == 'heading'
                            && !document.querySelector('[aria-current=page]').href.includes('policy')"
                    ))
                    .await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_address_names_its_language_stays_in_it() {
    Setting::demo()
        .play(async |stage| {
            for route in ROUTES {
                open(stage, &format!("/doui/en/{route}")).await;
                stage.until_quiet().await;
                let (lang, links): (String, Vec<String>) = stage
                    .value("[document.documentElement.lang, [...document.querySelectorAll('nav a')].map(link => new URL(link.href).pathname)]")
                    .await;
                assert_eq!(lang, "en", "{route}");
                let english = ROUTES.map(|route| format!("/doui/en/{route}"));
                assert_eq!(links, english, "{route}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_has_only_the_choices_leads_to_them() {
    Setting::demo()
        .play(async |stage| {
            for route in ROUTES {
                open(stage, &format!("/doui/{route}?lang=ko")).await;
                let (lang, address): (String, String) = stage
                    .value("[document.documentElement.lang, new URL([...document.querySelectorAll('.languages a')].find(link => link.hreflang != 'en' && !link.hreflang.startsWith('zh') && link.hreflang != 'vi').href).pathname]")
                    .await;
                let expected = if route.is_empty() {
                    ("ko", "/doui/")
                } else {
                    ("ja", "/doui/ko/")
                };
                assert_eq!((lang.as_str(), address.as_str()), expected, "{route}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_the_address_asks_for_is_shown_and_goes_along() {
    Setting::demo()
        .play(async |stage| {
            for route in ROUTES {
                open(stage, &format!("/doui/{route}?lang=en")).await;
                let (lang, links): (String, Vec<String>) = stage
                    .value("[document.documentElement.lang, [...document.querySelectorAll('nav a')].map(link => new URL(link.href).search)]")
                    .await;
                assert_eq!(lang, "en", "{route}");
                assert_eq!(links, ["?lang=en"; 7], "{route}");
            }
            open(stage, "/doui/services?lang=en").await;
            let heading = "document.querySelector('h1').textContent";
            let here: String = stage.value(heading).await;
            stage.call("window.samePage = true").await;
            stage.click_on("document.querySelector('nav a[href*=policy]')").await;
            stage.until(&format!("{heading} != {here:?}")).await;
            let there: Value = stage
                .value("[document.documentElement.lang, location.search, window.samePage,
                    [...document.querySelectorAll('nav a')].every(link => new URL(link.href).search == '?lang=en')]")
                .await;
            assert_eq!(there, json!(["en", "?lang=en", true, true]));
        })
        .await;
}

/// A page shown in a language that its path does not name is in that language when the visitor comes back to it.
async fn comes_back(setting: Setting, path: &str) {
    setting
        .play(async |stage| {
            open(stage, path).await;
            let heading = "document.querySelector('h1').textContent";
            let here: String = stage.value(heading).await;
            stage
                .click_on("document.querySelector('nav a[href*=policy]')")
                .await;
            stage.until(&format!("{heading} != {here:?}")).await;
            let there: String = stage.value(heading).await;
            stage.driver().back().await.expect("there is a page before");
            stage
                .until(&format!(
                    "{heading} != {there:?} && document.activeElement.id == 'heading'"
                ))
                .await;
            let back: (String, String) = stage
                .value(&format!("[document.documentElement.lang, {heading}]"))
                .await;
            assert_eq!(back, ("en".to_owned(), here), "{path}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_visitor_comes_back_to_an_english_page() {
    comes_back(Setting::demo().language("en"), "/doui/").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_for_english_comes_back_to_an_english_page() {
    comes_back(Setting::demo(), "/doui/services?lang=en").await;
}

/// The path of the WebAssembly.
fn wasm() -> String {
    let files = fs::read_dir(built::dist()).expect("dist/ is a folder");
    let names = files.map(|file| file.expect("it is there").file_name());
    let name = names
        .map(|name| name.to_string_lossy().into_owned())
        .find(|name| name.ends_with(".wasm"));
    format!("/doui/{}", name.expect("dist/ has the WebAssembly"))
}

/// Everything that moved on the page since it was released. None is forgiven for coming right after a click.
const SHIFTS: &str = "return new Promise(done => {
    const shifts = [];
    new PerformanceObserver(list => list.getEntries().filter(it => it.startTime > window.released).forEach(({ value, sources }) => shifts.push(
        `${value}: ${sources.map(({ node, previousRect: from, currentRect: to }) =>
            `${node?.outerHTML?.slice(0, 120) ?? node?.textContent ?? 'in the banner'} from ${[from.x, from.y, from.height]} to ${[to.x, to.y, to.height]}`)}`
    ))).observe({ type: 'layout-shift', buffered: true });
    // What was seen before is told in a task of its own.
    setTimeout(() => done(shifts), 100);
})";

/// What a visitor sees of the page as it was left: the focus, the switches, and how far it was scrolled.
const LEFT: &str = "(() => {
    const at = document.activeElement;
    return {
        focus: at.name || at.getAttribute('href') || at.localName,
        is_at: Math.round(at.getBoundingClientRect().top),
        on: [...document.querySelectorAll('main [role=switch]')].filter(it => it.checked).map(it => it.name),
        scrolled: scrollY,
    };
})()";

/// Lets the browser forget what it fetched for one route and would not ask for again on another.
async fn forget_files(stage: &Stage) {
    devtools(stage, "Network.clearBrowserCache", json!({})).await;
}

/// Opens a route, with its WebAssembly held back.
async fn open_without_wasm(stage: &Stage, path: &str, wasm: &str) {
    stage.forget_requests();
    stage.hold(wasm);
    stage.open(path).await;
    stage.until_requested(wasm).await;
    stage
        .until(
            "document.readyState != 'loading' && !document.querySelector('#doui-banner')
            && getComputedStyle(document.querySelector('main')).maxWidth != 'none'",
        )
        .await;
}

async fn make_live(stage: &Stage, wasm: &str) {
    stage.call("window.released = performance.now()").await;
    stage.release(wasm);
    stage.until_alive().await;
    stage.until_quiet().await;
}

/// Every route, while the visitor does nothing, in a wide window and in a narrow one.
async fn nothing_moves(act: Option<&str>) {
    Setting::demo()
        .needs(Ability::DevTools)
        .needs(Ability::LayoutShifts)
        .without_waiting_for_load()
        .play(async |stage| {
            if let Some(act) = act {
                decide(stage, act).await;
            }
            let wasm = wasm();
            let mut moved = Vec::new();
            for width in [1280, 390] {
                stage.resize(width, 900).await;
                for route in ROUTES {
                    forget_files(stage).await;
                    open_without_wasm(stage, &format!("/doui/{route}"), &wasm).await;
                    make_live(stage, &wasm).await;
                    let shifts: Vec<String> = stage.run(SHIFTS, vec![]).await;
                    moved.extend(
                        shifts
                            .into_iter()
                            .map(|shift| format!("/doui/{route} at {width}: {shift}")),
                    );
                }
            }
            assert!(moved.is_empty(), "{moved:#?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_when_a_route_becomes_live_before_a_decision() {
    nothing_moves(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_when_a_route_becomes_live_after_a_refusal() {
    nothing_moves(Some("reject")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_when_a_route_becomes_live_after_a_grant() {
    nothing_moves(Some("accept")).await;
}

/// Every route, where the visitor was quicker than the WebAssembly: has scrolled, has turned a switch where there is one,
/// and has the focus on something.
async fn what_was_done_before_stays(act: Option<&str>) {
    Setting::demo()
        .needs(Ability::DevTools)
        .needs(Ability::LayoutShifts)
        .without_motion()
        .without_waiting_for_load()
        .play(async |stage| {
            if let Some(act) = act {
                decide(stage, act).await;
            }
            let wasm = wasm();
            let mut wrong = Vec::new();
            for route in ROUTES {
                forget_files(stage).await;
                open_without_wasm(stage, &format!("/doui/{route}"), &wasm).await;
                let place = match route {
                    "" => "main [name=traffic]",
                    // How long these will be is known to the browser alone, so only what is above has its place.
                    "cookies" | "history" => "nav a",
                    _ => "main a, footer a",
                };
                let place = stage
                    .element(&format!(
                        "(all => all.findLast(it => scrollY + it.getBoundingClientRect().top
                             < document.body.scrollHeight - innerHeight) ?? all[0])([...document.querySelectorAll({place:?})])"
                    ))
                    .await;
                if route.is_empty() {
                    stage.click(&place).await;
                } else {
                    place.focus().await.expect("a link takes the focus");
                    // Where the banner comes up over it, the page has to move.
                    stage
                        .call("document.activeElement.scrollIntoView({ block: 'center' })")
                        .await;
                }
                let before: Value = stage.value(LEFT).await;
                make_live(stage, &wasm).await;
                let after: Value = stage.value(LEFT).await;
                if route.is_empty() {
                    assert_eq!(before["on"], json!(["traffic"]));
                }
                if before != after {
                    wrong.push(format!("/doui/{route}: {before} became {after}"));
                }
                let shifts: Vec<String> = stage.run(SHIFTS, vec![]).await;
                wrong.extend(
                    shifts
                        .into_iter()
                        .map(|shift| format!("/doui/{route}: {shift}")),
                );
            }
            assert!(wrong.is_empty(), "{wrong:#?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_before_a_route_is_live_stays_before_a_decision() {
    what_was_done_before_stays(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_before_a_route_is_live_stays_after_a_refusal() {
    what_was_done_before_stays(Some("reject")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_among_the_choices_keeps_the_focus_when_the_page_becomes_live() {
    Setting::demo()
        .without_motion()
        .without_waiting_for_load()
        .play(async |stage| {
            let wasm = wasm();
            open_without_wasm(stage, "/doui/", &wasm).await;
            let link = stage
                .element("document.querySelector('main a[href$=\"#yahoo-ads\"]')")
                .await;
            link.focus().await.expect("a link takes the focus");
            let before: Value = stage.value(LEFT).await;
            make_live(stage, &wasm).await;
            let after: Value = stage.value(LEFT).await;
            assert_eq!(before, after);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_that_was_turned_before_the_page_is_live_is_saved_with_the_others() {
    Setting::demo()
        .without_waiting_for_load()
        .play(async |stage| {
            let wasm = wasm();
            open_without_wasm(stage, "/doui/", &wasm).await;
            let ads = stage.find(Door::Centre, "[name=ads]").await;
            stage.click(&ads).await;
            make_live(stage, &wasm).await;
            stage.press(Door::Centre, "save").await;
            stage
                .until("document.cookie.includes('.auth0.ads1.traffic0.affiliate0')")
                .await;
        })
        .await;
}

/// The words at the foot of the choices.
const NEWS: &str = "document.querySelector('.news [role=status]').textContent.trim()";

async fn until_told(stage: &Stage, news: &str) {
    stage.until(&format!("{NEWS} == {news:?}")).await;
}

fn some(allowed: &[&str]) -> Choices {
    PURPOSES
        .map(|id| (id.to_owned(), allowed.contains(&id)))
        .into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_choice_can_be_undone_and_then_nothing_is_decided() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            let can_undo = "document.querySelector('[data-doui-act=undo]').checkVisibility()";
            assert!(
                !stage.value::<bool>(can_undo).await,
                "there is nothing to undo"
            );
            stage.set(Door::Centre, &some(&["ads"])).await;
            until_told(
                stage,
                "変更はまだ保存されていません。「この内容で保存」を押してください。",
            )
            .await;
            assert!(!stage.value::<bool>(can_undo).await, "nothing is saved");
            stage.press(Door::Centre, "save").await;
            until_told(stage, "保存しました。").await;
            stage.until_banner_is_gone().await;
            stage.press(Door::Centre, "undo").await;
            until_told(
                stage,
                "直前の設定に戻しました。削除されたクッキーは元に戻りません。",
            )
            .await;
            stage.until_banner_shows().await;
            assert_eq!(stage.kept().await, (None, None));
            assert_eq!(stage.shown(Door::Centre).await, some(&[]));
            assert!(
                !stage.value::<bool>(can_undo).await,
                "an undo is not undone"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_can_be_undone_and_the_history_tells_of_both() {
    Setting::demo()
        .play(async |stage| {
            let first = some(&["auth", "traffic"]);
            for (act, changed) in [
                ("save", ".auth1.ads1.traffic1.affiliate0"),
                ("accept", ".auth1.ads1.traffic1.affiliate1"),
                ("withdraw", ".auth0.ads0.traffic0.affiliate0"),
            ] {
                open(stage, "/doui/").await;
                stage.set(Door::Centre, &first).await;
                stage.press(Door::Centre, "save").await;
                stage.until("document.cookie.includes('.auth1.ads0.traffic1.affiliate0')").await;
                if act == "save" {
                    stage.set(Door::Centre, &some(&["auth", "ads", "traffic"])).await;
                }
                stage.press(Door::Centre, act).await;
                stage.until(&format!("document.cookie.includes({changed:?})")).await;
                let told = if act == "withdraw" { "許可をすべて取り消しました。開いているページで動いている機能は、再読み込みすると止まります。" } else { "保存しました。" };
                until_told(stage, told).await;
                stage.press(Door::Centre, "undo").await;
                stage.until("document.cookie.includes('.auth1.ads0.traffic1.affiliate0')").await;
                until_told(stage, "直前の設定に戻しました。削除されたクッキーは元に戻りません。").await;
                stage.until_shown(Door::Centre, &first).await;
                let record: Value = stage.value("JSON.parse(localStorage.doui)").await;
                assert_eq!(record["choices"], json!(first));
                let told: Vec<Value> = stage
                    .value("JSON.parse(localStorage.doui).history.map(entry => '.' + Object.entries(entry.choices).map(([id, on]) => id + Number(on)).join('.'))")
                    .await;
                assert_eq!(told, [".auth1.ads0.traffic1.affiliate0", changed, ".auth1.ads0.traffic1.affiliate0"]);
                open(stage, "/doui/history").await;
                stage.until("document.querySelectorAll('main li.card').length == 3").await;
                stage.clear().await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_tab_decided_since_is_not_undone() {
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            until_told(stage, "保存しました。").await;
            let (here, _) = stage.new_tab().await;
            stage.open("/").await;
            stage.until("window.doui").await;
            stage.call("doui.save({ ads: false })").await;
            stage.turn_to(&here).await;
            stage
                .until("!document.querySelector('main [name=ads]').checked")
                .await;
            stage
                .until("!document.querySelector('[data-doui-act=undo]').checkVisibility()")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_over_can_be_undone_and_everything_is_as_it_was() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "reject").await;
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            stage.until("document.cookie.includes('.ads1')").await;
            let before = stage.kept().await;
            stage.press(Door::Centre, "reset").await;
            stage.until_banner_shows().await;
            assert_eq!(stage.kept().await, (None, None));
            stage.press(Door::Centre, "undo").await;
            stage.until_banner_is_gone().await;
            assert_eq!(stage.kept().await, before);
            let all = PURPOSES.map(|id| (id.to_owned(), true)).into();
            stage.until_shown(Door::Centre, &all).await;
        })
        .await;
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let from = entry?.path();
        let to = to.join(from.file_name().unwrap_or_default());
        if from.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            fs::copy(&from, to)?;
        }
    }
    Ok(())
}

/// A copy of `dist/` in whose Japanese choices some services can be chosen alone.
fn choosable(services: &[&str]) -> TempDir {
    let copy = TempDir::new().expect("a temporary folder");
    copy_folder(&built::dist(), copy.path()).expect("the temporary folder takes files");
    for packed in ["index.html.br", "index.html.gz"] {
        fs::remove_file(copy.path().join(packed)).expect("pages are compressed");
    }
    let page = copy.path().join("index.html");
    let text = fs::read_to_string(&page).expect("the choices are a file");
    let start = text
        .find("id=\"doui-data\"")
        .expect("the page has its data");
    let start = start + text[start..].find(">{").expect("its data is an object") + 1;
    let (before, rest) = text.split_at(start);
    let (data, after) = rest.split_once("</script>").expect("the data ends");
    let mut data: Value = serde_json::from_str(data).expect("the data is JSON");
    let all = data["terms"]["services"].as_array_mut().expect("a list");
    for service in services {
        let service = all.iter_mut().find(|known| known["id"] == *service);
        service.expect("the shop has it")["choosable"] = json!(true);
    }
    fs::write(&page, format!("{before}{data}</script>{after}"))
        .expect("the temporary folder takes files");
    copy
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_can_be_refused_alone() {
    Setting::demo()
        .doui(choosable(&["google-ads", "yahoo-ads"]))
        .play(async |stage| {
            let switch = |id: &str| format!("document.querySelector('main [name=\"{id}\"]')");
            let yahoo = switch("ads/yahoo-ads");
            let google = switch("ads/google-ads");
            let stands = format!("[{google}, {yahoo}].map(it => [it.checked, it.disabled])");
            open(stage, "/doui/").await;
            let names: Vec<String> = stage
                .value("[...document.querySelectorAll('main [role=switch]')].map(it => it.name)")
                .await;
            assert_eq!(
                names,
                [
                    "auth",
                    "ads",
                    "ads/google-ads",
                    "ads/yahoo-ads",
                    "traffic",
                    "affiliate"
                ]
            );
            assert_eq!(
                stage.value::<Value>(&stands).await,
                json!([[false, true], [false, true]])
            );

            let ads = stage.find(Door::Centre, "[name=ads]").await;
            stage.click(&ads).await;
            assert_eq!(
                stage.value::<Value>(&stands).await,
                json!([[true, false], [true, false]])
            );
            stage.click_on(&yahoo).await;
            stage.press(Door::Centre, "save").await;
            stage.until("document.cookie.includes('doui=')").await;
            stage
                .assert_cookie_ends_with(".auth0.ads1.traffic0.affiliate0.yahoo-ads0")
                .await;
            let cookie = stage.cookie().await;
            let record: Value = stage.value("JSON.parse(localStorage.doui).choices").await;
            assert_eq!(record["yahoo-ads"], false, "{record}");
            assert_eq!(record["google-ads"], Value::Null, "{record}");

            stage.reload().await;
            stage.until_alive().await;
            stage
                .until(&format!(
                    "JSON.stringify({stands}) == '[[true,false],[false,false]]'"
                ))
                .await;
            assert_eq!(stage.cookie().await, cookie);

            // Off with its purpose; what was refused alone stays so when the purpose comes back.
            let ads = stage.find(Door::Centre, "[name=ads]").await;
            stage.click(&ads).await;
            assert_eq!(
                stage.value::<Value>(&stands).await,
                json!([[false, true], [false, true]])
            );
            stage.click(&ads).await;
            assert_eq!(
                stage.value::<Value>(&stands).await,
                json!([[true, false], [false, false]])
            );

            stage.press(Door::Centre, "accept").await;
            stage
                .until(
                    "document.cookie.includes('.affiliate1') && !document.cookie.includes('yahoo')",
                )
                .await;
            assert_eq!(
                stage.value::<Value>(&stands).await,
                json!([[true, false], [true, false]])
            );
            stage.press(Door::Centre, "undo").await;
            stage
                .until("document.cookie.includes('.ads1.traffic0.affiliate0.yahoo-ads0')")
                .await;
            stage
                .until(&format!(
                    "JSON.stringify({stands}) == '[[true,false],[false,false]]'"
                ))
                .await;

            // Saving with the purpose off keeps no word of its services.
            let ads = stage.find(Door::Centre, "[name=ads]").await;
            stage.click(&ads).await;
            stage.press(Door::Centre, "save").await;
            stage.until("document.cookie.includes('.ads0')").await;
            assert_eq!(
                stage.value::<Value>(&stands).await,
                json!([[false, true], [false, true]])
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_service_refused_alone_left_is_deleted_and_that_of_its_neighbour_stays() {
    Setting::demo()
        .doui(choosable(&["google-ads", "yahoo-ads"]))
        .play(async |stage| {
            open(stage, "/doui/").await;
            stage.press(Door::Centre, "accept").await;
            stage.until("document.cookie.includes('.ads1')").await;
            stage
                .call("document.cookie = '_gcl_au=1; Path=/'; document.cookie = '_ycl_yjad=1; Path=/'")
                .await;
            let yahoo = stage.find(Door::Centre, "[name='ads/yahoo-ads']").await;
            stage.click(&yahoo).await;
            stage.press(Door::Centre, "save").await;
            stage.until("document.cookie.includes('.yahoo-ads0')").await;
            stage.until("!document.cookie.includes('_ycl_yjad')").await;
            assert!(stage.value::<bool>("document.cookie.includes('_gcl_au')").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_choice_says_what_changes_without_it_and_which_services_send_what_to_whom() {
    Setting::demo()
        .play(async |stage| {
            let shop = built::shop();
            for (lang, folder) in LANGUAGES {
                open(stage, folder).await;
                for purpose in shop["purposes"].as_array().expect("a list") {
                    let id = purpose["id"].as_str().expect("an id");
                    let (said, links): (String, Vec<String>) = stage
                        .value(&format!(
                            "(row => [row.innerText, [...row.querySelectorAll('.services a')].map(link => link.getAttribute('href'))])
                                (document.querySelector('main [name={id}]').closest('li.row'))"
                        ))
                        .await;
                    let example = purpose["example"][lang].as_str().expect("each has one");
                    assert!(said.contains(example), "{id}: {said}");
                    let services = shop["services"].as_array().expect("a list").iter();
                    let services: Vec<_> = services
                        .filter(|service| service["purpose"] == id)
                        .map(|service| format!("{folder}services#{}", service["id"].as_str().expect("an id")))
                        .collect();
                    assert_eq!(links, services, "{id}");
                }
                let said: String = stage
                    .value("document.querySelector('main [name=ads]').closest('li.row').innerText")
                    .await;
                assert!(said.contains("Google LLC"), "{said}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_opt_out_says_the_seven_things_what_it_needs_and_where_it_is() {
    const OWED: [&str; 7] = [
        "オプトアウトの有無",
        "停止されるもの",
        "手続きの方法",
        "停止後に変わること",
        "送信される情報",
        "送信先",
        "利用目的",
    ];
    Setting::demo()
        .play(async |stage| {
            open(stage, "/doui/opt-out").await;
            let cards: Vec<(Vec<(String, String)>, String)> = stage
                .value(
                    "[...document.querySelectorAll('main li.card')].map(card => [[...card.querySelectorAll('tr')].map(row =>
                        [row.querySelector('th').textContent, row.querySelector('td').textContent.trim()]), card.innerText])",
                )
                .await;
            let shop = built::shop();
            let opt_outs = shop["opt_outs"].as_array().expect("a list");
            assert_eq!(cards.len(), opt_outs.len());
            for ((rows, said), opt_out) in cards.iter().zip(opt_outs) {
                let names: Vec<_> = rows.iter().map(|(name, _)| name.as_str()).collect();
                assert_eq!(names, OWED);
                for (name, value) in rows {
                    assert!(!value.is_empty(), "{name}: {said}");
                }
                assert!(rows[1].1.contains("「利用」"), "{said}");
                for (at, key) in [(2, "how"), (3, "limits"), (4, "sends"), (5, "operator"), (6, "why")] {
                    // Who receives the data is who runs the page, unless the shop says otherwise.
                    let key = if key == "operator" && opt_out["recipient"].is_object() { "recipient" } else { key };
                    let told = opt_out[key]["ja"].as_str().unwrap_or("未確認");
                    assert_eq!(rows[at].1, told, "{key}");
                }
                for address in ["url", "policy_url"] {
                    assert!(said.contains(opt_out[address].as_str().expect("an address")), "{said}");
                }
            }
            // Those of this shop's services are among them, and stand once.
            let links: Vec<String> = stage
                .value("[...document.querySelectorAll('main h3 a')].map(it => it.href)")
                .await;
            for link in &links {
                let times = links.iter().filter(|other| *other == link).count();
                assert_eq!(times, 1, "{link}");
            }
            // What NAI's page needs.
            for need in ["2025年9月15日", "Global Privacy Control", "英語"] {
                assert!(cards[1].1.contains(need), "{}", cards[1].1);
            }
            let said: String = stage.value("document.querySelector('main').innerText").await;
            for refusal in ["クッキーを受け取らない", "クッキーを削除", "カート", "ログイン"] {
                assert!(said.contains(refusal), "{refusal}: {said}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_is_made_from_the_shops_file() {
    Setting::demo()
        .play(async |stage| {
            let shop = built::shop();
            for (lang, folder) in LANGUAGES {
                open(stage, &format!("{folder}policy")).await;
                let said: String = stage.value("document.body.innerText").await;
                let text = |value: &Value| value[lang].as_str().expect("a text").to_owned();
                let mut owed = vec![
                    text(&shop["necessary"]["summary"]),
                    text(&shop["contact"]["operator"]),
                    text(&shop["contact"]["desk"]),
                    "0120-39-0202".to_owned(),
                    "180".to_owned(),
                    "Global Privacy Control".to_owned(),
                ];
                for purpose in shop["purposes"].as_array().expect("a list") {
                    owed.extend([text(&purpose["label"]), text(&purpose["detail"])]);
                }
                for revision in shop["revisions"].as_array().expect("a list") {
                    let (year, _) = revision["date"]
                        .as_str()
                        .expect("a date")
                        .split_once('-')
                        .expect("a year");
                    owed.extend([year.to_owned(), text(&revision["note"])]);
                }
                owed.extend(
                    shop["opt_outs"]
                        .as_array()
                        .expect("a list")
                        .iter()
                        .map(|it| text(&it["label"])),
                );
                for owed in owed {
                    assert!(said.contains(&owed), "{owed}: {said}");
                }
                let notice = if lang == "ja" {
                    "アフィリエイト広告"
                } else {
                    "affiliate ads"
                };
                assert!(said.contains(notice), "{said}");
            }
        })
        .await;
}
