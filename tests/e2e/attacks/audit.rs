//! The audit of a page that is full of hostile names: it shows each as text, and is not stopped by any.

use doui_tests::{Engine, Setting, built};
use serde_json::{Value, json};

use super::{MARKUP, page, poison, ran};

/// How the test finds the panel, though the document's names are taken, and what is copied from it.
const BEFORE: &str = "
    window.panel = () => Document.prototype.querySelector.call(document, 'doui-audit')?.shadowRoot;
    window.copied = [];
    navigator.clipboard.writeText = (text) => Promise.resolve(copied.push(JSON.parse(text)));";

/// What a form's fields and other elements are called.
const TAKEN: [&str; 18] = [
    "addEventListener",
    "append",
    "body",
    "closest",
    "content",
    "cookie",
    "createElement",
    "dataset",
    "doui",
    "getAttribute",
    "hasAttribute",
    "hidden",
    "localName",
    "matches",
    "nodeType",
    "querySelector",
    "querySelectorAll",
    "textContent",
];

/// Conditions that name nothing, beside what would be found on any object or filled into a text.
const CONDITION: &str =
    "!__proto__ constructor/__proto__ ads/ necessary/ ! !!ads {standing} $& toString necessary";

/// Cookies, keys, an element of no known kind, and a request to a stranger.
const LEAVE: &str = "
    const ofDocument = (name, ...given) => Document.prototype[name].apply(document, given);
    const jar = (text) => Reflect.set(Document.prototype, 'cookie', text, document);
    for (const name of ['__proto__', 'constructor', '<b>evil<b>']) jar(name + '=secret');
    jar('nameless');
    for (const name of ['getItem', 'key', 'length', '__proto__', '<b>evil</b>']) localStorage.setItem(name, 'secret');
    const alien = ofDocument('createElementNS', 'urn:alien', 'alien');
    alien.setAttribute('data-doui', 'ads');
    ofDocument('querySelector', 'main').append(alien);
    new Image().src = 'http://evil.example/dot.svg';";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_full_of_hostile_names_stopped_the_audit() {
    let dist = built::stamped_with(|shop| {
        shop["services"] = json!([{
            "id": "counter", "purpose": "traffic", "label": { "ja": "計測", "en": "Counter" }, "cookies": ["constructor"],
        }]);
        poison(shop);
    });

    let fields = TAKEN.map(|name| format!("<input name={name} aria-label=x>"));
    let others = TAKEN.map(|name| format!("<img name={name} alt=''>"));
    let quoted = MARKUP.replace('"', "&quot;");
    let shown = MARKUP.replace('<', "&lt;");
    let body = format!(
        "<form data-doui=ads>{}<img data-doui=\"{CONDITION}\" data-src=\"{quoted}\" alt=''></form>
        <div data-doui-off><img data-doui=below data-src=/dot.svg alt=''></div>
        <svg><template data-doui=ads></template><script src=\"{quoted}\"></script></svg>
        <math><mi data-doui=ads>{shown}</mi></math><meta data-doui=\"{quoted}\" content=x>
        {}<a id=douiOnReady>x</a>",
        fields.concat(),
        others.concat(),
    );
    let page = page(&body).replace("<head>", "<head><script src=\"/before.js\"></script>");
    Setting::fixtures()
        .dist(dist.path())
        .without_policy()
        .before(BEFORE)
        .file("hostile.html", page)
        .play(async |stage| {
            stage.open("/hostile.html?doui-audit").await;
            stage.until("window.panel?.()").await;
            stage.call(LEAVE).await;
            stage
                .until("['getItem', 'evil.example', 'alien'].every(text => panel().textContent.includes(text))")
                .await;
            stage
                .call("[...panel().querySelectorAll('.tools button')].find(it => it.innerText == 'JSONをコピー').click()")
                .await;
            stage.until("copied[0]").await;
            let told: Value = stage.value("copied[0]").await;

            let tags = told["tags"].as_array().unwrap();
            let elements: Vec<_> = tags.iter().map(|tag| &tag["element"]).collect();
            assert_eq!(elements, ["img", "template", "mi", "meta", "alien"]);
            assert_eq!((&tags[0]["condition"], &tags[0]["subject"]), (&json!(CONDITION), &json!(MARKUP)));
            let reasons = tags[0]["reasons"].as_array().unwrap();
            assert_eq!(reasons.len(), 10);
            for reason in reasons {
                let is_known = *reason == json!({
                    "purpose": "necessary", "service": null, "negated": false, "standing": "necessary",
                });
                assert!(is_known || reason["standing"] == "unknown", "{reason}");
            }
            assert_eq!(reasons[0], json!({
                "purpose": "__proto__", "service": null, "negated": true, "standing": "unknown",
            }));
            assert_eq!(reasons[2], json!({
                "purpose": "ads", "service": "", "negated": false, "standing": "unknown",
            }));
            assert_eq!(tags[2]["subject"], MARKUP);
            assert_eq!(tags[3]["condition"], MARKUP);

            let kept = |place: &str| {
                let stored = told["stored"].as_array().unwrap().iter();
                let mut names: Vec<_> = stored
                    .filter(|it| it["place"] == place)
                    .map(|it| it["name"].as_str().unwrap().to_owned())
                    .collect();
                names.sort();
                names
            };
            // Firefox takes a value without a name for a name.
            let nameless = Engine::of_this_run().nameless_cookie().split_once('=');
            let mut cookies = ["<b>evil<b>", "__proto__", "constructor", nameless.map_or("", |(name, _)| name)];
            cookies.sort();
            assert_eq!(kept("cookie"), cookies);
            assert_eq!(kept("local"), ["<b>evil</b>", "__proto__", "getItem", "key", "length"]);
            assert!(!told.to_string().contains("secret"), "{told}");

            // All of it is text in the panel, the shop's own words too.
            let text: String = stage.value("panel().textContent").await;
            for part in [CONDITION, MARKUP, &format!("ja {MARKUP}"), "<b>evil<b>"] {
                assert!(text.contains(part), "{part} is missing in {text}");
            }
            let made: Vec<String> = stage
                .value(
                    "[...panel().querySelectorAll('*')].map(it => it.localName).filter(name =>
                        !/^(section|div|h[2-4]|p|button|table|caption|thead|tbody|tr|th|td|code|span|ul|li)$/.test(name))",
                )
                .await;
            assert_eq!(made, [""; 0]);
            assert_eq!(ran(stage).await, [""; 0]);
        })
        .await;
}
