//! Held scripts run in their own elements, where they stand: with their text, their attributes, their listeners, and a
//! place for what they write. Held elements keep who they are.

use doui_tests::{Setting, Stage};
use serde_json::{Value, json};

/// Scripts by nonce alone, with Trusted Types.
const STRICT: &str = "default-src 'self'; img-src 'self' data:; script-src 'nonce-doui'; style-src 'self' 'unsafe-inline'; \
    require-trusted-types-for 'script'; trusted-types doui";

/// Each page has its scripts with the nonce, so that it runs under that policy and without any.
fn page(body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>その場で</title><link rel="icon" href="data:,">
        <script nonce="doui" src="/witness.js"></script><script nonce="doui" src="/doui/doui.js"></script></head><body><main>
        <h1>その場で</h1>{body}</main></body></html>"#
    )
    .replace("<script type", "<script nonce=\"doui\" type")
}

async fn accept(stage: &Stage) {
    stage.run::<()>("doui.acceptAll()", vec![]).await;
}

/// Plays a page under no policy and under the strict one; on each, with the answer after the page was parsed, and before.
async fn play(body: &str, look: impl AsyncFn(&Stage)) {
    for policy in [None, Some(STRICT)] {
        let setting = Setting::fixtures()
            .file("page.html", page(body))
            .file("own.js", OWN)
            .file("writes.js", WRITES);
        let setting = match policy {
            Some(policy) => setting.policy(policy),
            None => setting.without_policy(),
        };
        setting
            .play(async |stage| {
                stage.open("/page.html").await;
                stage.until_quiet().await;
                assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
                accept(stage).await;
                look(stage).await;
                stage.open("/page.html").await;
                look(stage).await;
                let violations: Vec<String> = stage.value("witness.violations").await;
                assert_eq!(violations, [""; 0], "{policy:?}");
            })
            .await;
    }
}

/// Reads its settings from its own element, as widgets do.
const OWN: &str = "const own = document.currentScript;
ran.push(`${own.id} ${JSON.parse(own.text).shop} ${own.dataset.more} ${own === document.querySelector('#own')}`);";

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_that_reads_the_text_of_its_own_tag_found_none() {
    let body = r#"<script type="text/plain" data-doui="ads" data-doui-src="/own.js" data-more="1" id="own">{"shop": 7}</script>"#;
    play(body, async |stage| {
        stage.until("ran.length").await;
        assert_eq!(stage.value::<Vec<String>>("ran").await, ["own 7 1 true"]);
        // Once its handlers were called, it reads as it was sent.
        stage.until("!own.hasAttribute('src')").await;
        let sent: String = stage.value("own.type").await;
        assert_eq!(sent, "text/plain");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_handlers_of_a_held_script_were_not_called() {
    let body = r#"<script type="text/plain" data-doui="ads" data-doui-src="/tag.js?one" id="one"></script>
        <script type="text/plain" data-doui="ads" data-doui-src="/no-such.js" id="none"></script>
        <script type="text/javascript">
            one.onload = () => ran.push("loaded"); none.addEventListener("error", () => ran.push("failed"));
            one.extra = 1;
        </script>"#;
    play(body, async |stage| {
        stage.expect_complaint("no-such.js");
        stage.until("ran.length == 3").await;
        let mut ran: Vec<String> = stage.value("ran").await;
        ran.sort();
        assert_eq!(ran, ["failed", "loaded", "one"]);
        assert_eq!(
            stage
                .value::<u32>("document.querySelector('#one').extra")
                .await,
            1
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inline_tag_is_the_current_script() {
    let body = r#"<script type="text/plain" data-doui="ads" id="own">ran.push(String(document.currentScript === own))</script>
        <script type="text/plain" data-doui="ads" data-type="module">ran.push("module")</script>"#;
    play(body, async |stage| {
        stage.until("ran.length == 2").await;
        assert_eq!(stage.value::<Vec<String>>("ran").await, ["true", "module"]);
    })
    .await;
}

const WRITES: &str = "document.write('<p class=written>from a file</p>')";

/// The texts of a page's paragraphs, in order.
const PARAGRAPHS: &str = "[...document.querySelectorAll('p')].map(p => p.textContent.trim())";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_tag_wrote_wiped_the_page_or_was_lost() {
    let body = r##"<p>before</p>
        <script type="text/plain" data-doui="ads">
            document.write("<p id=first>wri"); document.write("tten</p>");
            ran.push(String(!!document.querySelector("#first")));
            document.writeln("<script nonce=doui>document.write('<p>by a written one</p>')<\/script>");
            document.write("<script nonce=doui src='/writes.js'><\/script>");
            document.write("<p>last");
        </script>
        <p>after</p>
        <script type="text/plain" data-doui="ads" data-doui-src="/writes.js"></script>
        <p>end</p>"##;
    play(body, async |stage| {
        stage
            .until("document.querySelectorAll('.written').length == 2")
            .await;
        assert_eq!(
            stage.value::<Vec<String>>(PARAGRAPHS).await,
            [
                "before",
                "written",
                "by a written one",
                "from a file",
                "last",
                "after",
                "from a file",
                "end"
            ]
        );
        assert_eq!(stage.value::<Vec<String>>("ran").await, ["true"]);
        assert!(
            stage
                .value::<bool>("document.querySelector('h1') && true")
                .await
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_leaves_the_page_as_it_is() {
    let body = r#"<p>before</p><script type="text/plain" data-doui="ads" data-doui-src="/writes.js"></script><p>end</p>"#;
    Setting::fixtures()
        .file("page.html", page(body))
        .file("writes.js", WRITES)
        .policy("script-src 'self' 'nonce-doui'; require-trusted-types-for 'script'; trusted-types other")
        .play(async |stage| {
            for part in ["TrustedScriptURL", "trusted-types", "TrustedTypePolicy", "doui"] {
                stage.expect_complaint(part);
            }
            stage.open("/page.html").await;
            accept(stage).await;
            stage.until("witness.warnings.length").await;
            assert_eq!(
                stage.value::<Vec<String>>(PARAGRAPHS).await,
                ["before", "end"]
            );
        })
        .await;
}

/// Adds scripts to a page that was parsed, in the way that each name says. What ran says who.
const LATE: &str = r#"
    const text = (name) => `<script type="text/plain" data-doui="ads">ran.push("${name}")<\/script>`;
    const add = {
        markup: () => { main.insertAdjacentHTML("beforeend", text("markup")); main.insertAdjacentHTML("beforeend", text("markup")) },
        element: () => {
            const script = document.createElement("script");
            script.type = "text/plain"; script.dataset.doui = "ads";
            script.text = "ran.push('element ' + (document.currentScript === window.made))";
            main.append(window.made = script);
        },
        fragment: () => main.append(document.createRange().createContextualFragment(text("fragment"))),
        template: () => {
            const template = document.createElement("template");
            template.innerHTML = text("template");
            main.append(document.importNode(template.content, true), document.importNode(template.content, true));
        },
        copy: () => main.append(made.cloneNode(true), made.cloneNode(true)),
        return: () => { const script = made; script.remove(); main.append(script) },
    };
    const main = document.querySelector("main");
    add[arguments[0]]();
"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_late_runs_once_for_each_element_that_the_page_adds() {
    Setting::fixtures()
        .without_policy()
        .file("page.html", page("").replace(" nonce=\"doui\"", ""))
        .play(async |stage| {
            stage.open("/page.html").await;
            accept(stage).await;
            for (way, expected) in [
                ("markup", vec!["markup", "markup"]),
                ("element", vec!["element true"]),
                ("fragment", vec!["fragment"]),
                ("template", vec!["template", "template"]),
                // The browser runs no copy of a script that ran, and none that comes back.
                ("copy", vec![]),
                ("return", vec![]),
            ] {
                stage.run::<()>("ran.length = 0", vec![]).await;
                stage.run::<()>(LATE, vec![json!(way)]).await;
                // What comes after all of them.
                stage
                    .run::<()>(
                        "const script = document.createElement('script'); script.type = 'text/plain';
                         script.dataset.doui = 'ads'; script.text = `ran.push('end ${arguments[0]}')`;
                         document.body.append(script)",
                        vec![json!(way)],
                    )
                    .await;
                stage.until(&format!("ran.includes('end {way}')")).await;
                let mut ran: Vec<String> = stage.value("ran").await;
                ran.pop();
                assert_eq!(ran, expected, "{way}");
            }
        })
        .await;
}

/// Each library's word that it is about to copy the page.
const COPIES: [&str; 5] = [
    "turbo:before-cache",
    "turbolinks:before-cache",
    "htmx:beforeHistorySave",
    "livewire:navigating",
    "alpine:navigating",
];

const OPEN: &str = r#"<iframe title="枠" id="frame" data-doui="ads" data-doui-src="/frame.html"></iframe>
    <img alt="" id="image" data-doui="ads" data-doui-src="/dot.svg?1">
    <template data-doui="ads" id="template"><p class="shown">ひな型</p></template>"#;

/// Whether all of `OPEN` is open, and nothing twice.
const IS_OPEN: &str = "frame.hasAttribute('src') && image.hasAttribute('src') && document.querySelectorAll('.shown').length == 1";
/// Whether nothing of it is.
const IS_SHUT: &str =
    "!frame.hasAttribute('src') && !image.hasAttribute('src') && !document.querySelector('.shown')";

/// Opens the page of `OPEN`, and allows all of it.
async fn open_allowed(stage: &Stage) {
    stage.open("/page.html").await;
    accept(stage).await;
    stage.until(IS_OPEN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_open_lived_on_in_a_librarys_copy_of_the_page() {
    Setting::fixtures()
        .without_policy()
        .file("page.html", page(OPEN))
        .play(async |stage| {
            open_allowed(stage).await;
            for name in COPIES {
                stage
                    .run::<()>(
                        &format!(
                            "document.dispatchEvent(new Event('{name}', {{ bubbles: true }}));
                             window.copy = document.querySelector('main').cloneNode(true);
                             window.wasShut = {IS_SHUT}"
                        ),
                        vec![],
                    )
                    .await;
                assert!(stage.value::<bool>("wasShut").await, "{name}");
                // The page stays, so it is open again.
                stage.until(IS_OPEN).await;
            }
            // The copy, on a page of a visitor who refused meanwhile.
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until(IS_SHUT).await;
            stage.forget_requests();
            stage
                .run::<()>("document.querySelector('main').replaceWith(copy)", vec![])
                .await;
            stage.until_quiet().await;
            let asked: Vec<_> = stage.requests();
            assert!(
                !asked
                    .iter()
                    .any(|path| path.contains("frame.html") || path.contains("dot.svg")),
                "{asked:?}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_what_is_open_is_emptied_where_no_library_tells_of_it() {
    Setting::fixtures()
        .without_policy()
        .file("page.html", page(OPEN))
        .play(async |stage| {
            open_allowed(stage).await;
            let copy = "window.copy = document.querySelector('main').cloneNode(true)";
            let show = "document.querySelector('main').replaceWith(copy)";
            stage.run::<()>(copy, vec![]).await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until(IS_SHUT).await;
            stage.run::<()>(show, vec![]).await;
            stage.until(IS_SHUT).await;
            accept(stage).await;
            stage.until(IS_OPEN).await;
            // A copy of what is allowed stands as it is, and nothing of it twice.
            stage.run::<()>(copy, vec![]).await;
            stage.run::<()>(show, vec![]).await;
            stage.until_quiet().await;
            assert!(stage.value::<bool>(IS_OPEN).await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allowed_element_lost_its_address_to_a_morph() {
    Setting::fixtures()
        .without_policy()
        .file("page.html", page(OPEN))
        .play(async |stage| {
            open_allowed(stage).await;
            stage
                .run::<()>("for (const node of [frame, image]) node.removeAttribute('src')", vec![])
                .await;
            stage.until(IS_OPEN).await;
            // Turbo asks before it changes an attribute.
            let asked = "const ask = (attributeName) => frame.dispatchEvent(new CustomEvent('turbo:before-morph-attribute',
                { bubbles: true, cancelable: true, detail: { attributeName, mutationType: 'removed' } }));
                return [ask('src'), ask('title')]";
            assert_eq!(stage.run::<Value>(asked, vec![]).await, json!([false, true]));
            // What is held for it changed, as a component's property does.
            stage
                .run::<()>("image.setAttribute('data-doui-src', '/dot.svg?2')", vec![])
                .await;
            stage.until("image.getAttribute('src') == '/dot.svg?2'").await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until(IS_SHUT).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_template_shows_moves_and_leaves_with_it() {
    Setting::fixtures()
        .without_policy()
        .file("page.html", page(OPEN))
        .play(async |stage| {
            open_allowed(stage).await;
            stage
                .run::<()>(
                    "window.held = template; document.body.append(document.createElement('footer'));
                     document.querySelector('footer').append(held)",
                    vec![],
                )
                .await;
            stage
                .until("document.querySelector('footer > .shown')")
                .await;
            assert!(stage.value::<bool>(IS_OPEN).await);
            stage.run::<()>("held.remove()", vec![]).await;
            stage.until("!document.querySelector('.shown')").await;
            stage
                .run::<()>("document.querySelector('footer').append(held)", vec![])
                .await;
            stage
                .until("document.querySelector('footer > .shown')")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_source_of_media_never_played_or_showed() {
    let body = r#"<video id="video"><source data-doui="ads" data-doui-src="/film.webm" type="video/webm"></video>
        <audio id="audio"><source data-doui="ads" data-doui-src="/sound.ogg"></audio>
        <audio id="own" data-doui="ads" data-doui-src="/own.ogg"></audio>
        <picture><source data-doui="ads" data-doui-srcset="/dot.svg?wide"><img id="image" alt="" src="/dot.svg?plain"></picture>"#;
    Setting::fixtures()
        .without_policy()
        .file("page.html", page(body))
        .play(async |stage| {
            for part in ["film.webm", "sound.ogg", "own.ogg", "404"] {
                stage.expect_complaint(part);
            }
            stage.open("/page.html").await;
            stage.until_quiet().await;
            accept(stage).await;
            stage.until("image.currentSrc.endsWith('?wide')").await;
            stage
                .until("video.networkState == 3 && own.networkState == 3")
                .await;
            stage.until_quiet().await;
            let asked = stage.requests();
            for path in ["/film.webm", "/sound.ogg", "/dot.svg?wide"] {
                assert!(
                    asked.iter().any(|asked| asked == path),
                    "{path} in {asked:?}"
                );
            }
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until("image.currentSrc.endsWith('?plain')").await;
            // What played would have stopped: the browser let go of its source.
            stage.until("own.networkState == 0").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn held_frames_inside_a_shadow_root_were_never_seen() {
    let body = r#"<shop-early></shop-early><script type="text/javascript">
        window.frameOf = (name) => `<iframe title="枠" data-doui="ads" data-doui-src="/frame.html?${name}"></iframe>`;
        for (const name of ["early", "late"]) customElements.define(`shop-${name}`, class extends HTMLElement {
            constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = frameOf(name) }
        });</script>"#;
    Setting::fixtures()
        .without_policy()
        .file("page.html", page(body))
        .play(async |stage| {
            stage.open("/page.html").await;
            stage
                .run::<()>(
                    "document.querySelector('main').append(document.createElement('shop-late'));
                     const host = document.createElement('div');
                     window.inner = host.attachShadow({ mode: 'closed' });
                     document.body.append(host);
                     inner.innerHTML = frameOf('closed');
                     doui.watch(inner);
                     inner.firstChild.insertAdjacentHTML('afterend', frameOf('later'));",
                    vec![],
                )
                .await;
            stage.until_quiet().await;
            assert!(!stage.requests().iter().any(|path| path.contains("frame.html")));
            accept(stage).await;
            for name in ["early", "late", "closed", "later"] {
                let path = format!("/frame.html?{name}");
                stage.until(&format!(
                    "[...document.querySelectorAll('*')].map(node => node.shadowRoot).concat(inner).some(root =>
                        [...root?.querySelectorAll('iframe') ?? []].some(frame => frame.getAttribute('src') == '{path}'))"
                ))
                .await;
            }
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until("![...inner.querySelectorAll('iframe')].some(frame => frame.hasAttribute('src'))").await;
            // What is no root is no reason to fail.
            stage.run::<()>("doui.watch(null); doui.watch(document.body)", vec![]).await;
        })
        .await;
}
