//! What is wrapped looks and fails as it did, and is put back once everything is allowed.

use serde_json::{Value, json};

use doui_tests::{Setting, built};

use super::{dist, page, setting, shop};

/// What is wrapped, as `docs/declared.md` lists it.
const WRAPPED: &str = "[
    ['Function', 'toString'],
    ...['src'].map(name => ['HTMLScriptElement', name]), ...['src', 'srcset', 'complete', 'decode'].map(name => ['HTMLImageElement', name]),
    ...['src', 'srcdoc'].map(name => ['HTMLIFrameElement', name]), ['HTMLEmbedElement', 'src'], ['HTMLObjectElement', 'data'],
    ['HTMLLinkElement', 'href'], ['HTMLLinkElement', 'imageSrcset'], ['HTMLMediaElement', 'src'], ['HTMLVideoElement', 'poster'],
    ['HTMLTrackElement', 'src'], ['HTMLInputElement', 'src'],
    ...['src', 'srcset'].map(name => ['HTMLSourceElement', name]),
    ...['setAttribute', 'setAttributeNS', 'setAttributeNode', 'setAttributeNodeNS', 'removeAttribute', 'append', 'prepend', 'replaceChildren', 'before', 'after', 'replaceWith', 'insertAdjacentElement',
        'innerHTML', 'outerHTML', 'setHTML', 'setHTMLUnsafe', 'insertAdjacentHTML'].map(name => ['Element', name]),
    ...['appendChild', 'insertBefore', 'replaceChild'].map(name => ['Node', name]),
    ...['body', 'append', 'prepend', 'replaceChildren', 'importNode', 'adoptNode', 'write', 'writeln'].map(name => ['Document', name]),
    ...['append', 'prepend', 'replaceChildren'].map(name => ['DocumentFragment', name]),
    ...['innerHTML', 'setHTML', 'setHTMLUnsafe'].map(name => ['ShadowRoot', name]),
    ...['before', 'after', 'replaceWith'].map(name => ['CharacterData', name]),
    ...['insertNode', 'surroundContents', 'createContextualFragment'].map(name => ['Range', name]),
]";

/// All that anybody can learn of each of them, and what they do when they are called wrongly.
const LOOKS: &str = "(() => {
    const trial = (action) => { try { return typeof action() } catch (error) { return error.name + ': ' + error.message } };
    const looks = (fn) => fn && [
        fn.name, fn.length, String(fn), Function.prototype.toString.call(fn), fn + '', Object.getOwnPropertyNames(fn).sort().join(),
        typeof fn, 'prototype' in fn, Object.getPrototypeOf(fn) == Function.prototype,
        trial(() => fn.call({})), trial(() => fn.call(null)), trial(() => fn.call(document.createElement('p'))), trial(() => new fn()),
        trial(() => fn.call(document.createElement('p'), Symbol())), trial(() => fn.apply(new Image(), [{ toString() { throw new Error('own') } }, 1])),
    ];
    return WRAPPED.map(([owner, name]) => {
        const found = Object.getOwnPropertyDescriptor(window[owner].prototype, name) || {};
        const { value, get, set, ...flags } = found;
        return [owner, name, flags, looks(value), looks(get), looks(set)];
    });
})()";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrapped_reads_and_fails_as_it_did() {
    let looks = LOOKS.replace("WRAPPED", WRAPPED);
    let mut plain = shop();
    plain["hold"] = json!("marked");
    let mut seen: Vec<Value> = Vec::new();
    for shop in [plain, shop()] {
        let dist = built::stamped(&shop);
        // The page looks itself: Firefox has a test's scripts run with functions of their own.
        let look = format!("<script>window.look = () => {looks};</script>");
        let seen = &mut seen;
        setting(&dist, "", &look)
            .play(async |stage| {
                // A picture without an address, and what is none.
                stage.expect_complaint("decode");
                stage.expect_complaint("EncodingError");
                stage.open("/declared.html").await;
                seen.push(stage.value("look()").await);
            })
            .await;
    }
    if let [plain, wrapped] = &seen[..] {
        let (plain, wrapped) = (plain.as_array().unwrap(), wrapped.as_array().unwrap());
        for (plain, wrapped) in plain.iter().zip(wrapped) {
            assert_eq!(wrapped, plain);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_they_return_and_do_is_as_it_was() {
    let dist = dist();
    setting(&dist, "", "")
        .play(async |stage| {
            stage.open("/declared.html").await;
            let results: Value = stage
                .run(
                    "const it = document.createElement('script'), other = document.createElement('p'), body = document.body;
                     it.src = '//a.pixel.example/none.js';
                     return [
                         body.appendChild(it) == it, body.insertBefore(other, it) == other, body.replaceChild(new Text('a'), it) == it,
                         body.append(it), other.replaceWith(it), it.setAttribute('src', '//b.pixel.example/none.js'), it.src,
                         body.insertAdjacentElement('beforeend', other) == other, other.innerHTML = '<b>1</b>', other.innerHTML,
                         document.importNode(other, true).isEqualNode(other), new Image().src, new Image(1, 2).width,
                         Object.keys(it), JSON.stringify(it.attributes.length > 0),
                         (() => {
                             const apart = document.implementation.createHTMLDocument(''), script = apart.createElement('script');
                             script.src = '//a.pixel.example/none.js';
                             apart.body.append(script);
                             return apart.body.innerHTML;
                         })(),
                     ]",
                    vec![],
                )
                .await;
            assert_eq!(
                results,
                json!([true, true, true, null, null, null, "http://b.pixel.example/none.js", true, "<b>1</b>", "<b>1</b>", true, "", 1, [], "true",
                    "<script src=\"//a.pixel.example/none.js\"></script>"])
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrapped_is_put_back_once_everything_is_allowed_and_wrapped_again_after_a_refusal()
{
    let dist = dist();
    let now = format!(
        "{WRAPPED}.flatMap(([owner, name]) => {{
            const {{ value, get, set }} = Object.getOwnPropertyDescriptor(window[owner].prototype, name) || {{}};
            return [value, get, set];
        }})"
    );
    let tags =
        format!("<script>window.natives = {now};</script><script src=\"/doui/doui.js\"></script>");
    let setting = Setting::fixtures().dist(dist.path()).without_policy();
    page(setting, &tags, "", "")
        .play(async |stage| {
            stage.open("/declared.html").await;
            let changed = format!("{now}.filter((fn, at) => fn != natives[at]).length");
            let held: u32 = stage.value(&changed).await;
            assert!(held > 30, "{held}");
            stage.run::<()>("doui.save({ ads: true })", vec![]).await;
            assert_eq!(stage.value::<u32>(&changed).await, held);
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            assert_eq!(stage.value::<u32>(&changed).await, 0);
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            assert_eq!(stage.value::<u32>(&changed).await, held);
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage.reload().await;
            assert_eq!(
                stage.value::<u32>(&changed).await,
                0,
                "an allowed page was wrapped"
            );
        })
        .await;
}
