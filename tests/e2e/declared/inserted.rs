//! What scripts insert is held before it is fetched, whichever way it is inserted, and comes once it is allowed.

use doui_tests::Stage;

use super::{asked, dist, nothing_is_asked, setting, settle};

/// Each way in: its name, and what a script of the shop's does. `U` is an address of a declared host that ends in the name;
/// `F` is one of a frame.
const WAYS: &[(&str, &str)] = &[
    ("image-src", "new Image().src = U"),
    (
        "image-created",
        "const it = document.createElement('img'); it.src = U; document.body.append(it)",
    ),
    (
        "image-srcset",
        "const it = new Image(); it.srcset = U + ' 2x, ' + U + ' 1x'; document.body.append(it)",
    ),
    ("image-set-attribute", "new Image().setAttribute('src', U)"),
    (
        "image-set-attribute-ns",
        "new Image().setAttributeNS(null, 'src', U)",
    ),
    (
        "image-in-the-page",
        "const it = new Image(); document.body.append(it); it.src = U",
    ),
    (
        "source",
        "const it = document.createElement('picture'), source = document.createElement('source'); \
        it.append(source, new Image()); document.body.append(it); source.srcset = U",
    ),
    (
        "script",
        "const it = document.createElement('script'); it.src = U; document.head.appendChild(it)",
    ),
    (
        "script-set-attribute",
        "const it = document.createElement('script'); it.setAttribute('src', U); document.head.append(it)",
    ),
    (
        "script-after",
        "const it = document.createElement('script'); document.head.append(it); it.src = U",
    ),
    (
        "script-typed-last",
        "const it = document.createElement('script'); it.src = U; it.type = 'text/javascript'; document.head.prepend(it)",
    ),
    (
        "script-ordered",
        "const it = document.createElement('script'); it.async = false; it.src = U; document.body.after(it)",
    ),
    (
        "script-module",
        "const it = document.createElement('script'); it.type = 'module'; it.src = U; document.head.append(it)",
    ),
    (
        "script-deep",
        "const it = document.createElement('div'), script = document.createElement('script'); \
        script.src = U; it.append(document.createElement('p')); it.firstChild.append(script); document.body.append(it)",
    ),
    (
        "insert-before",
        "const it = document.createElement('script'); it.src = U; document.body.insertBefore(it, document.body.firstChild)",
    ),
    (
        "replace-child",
        "const it = document.createElement('script'), old = document.body.appendChild(document.createElement('p')); \
        it.src = U; document.body.replaceChild(it, old)",
    ),
    (
        "replace-with",
        "const it = document.createElement('script'), old = document.body.appendChild(document.createElement('p')); \
        it.src = U; old.replaceWith(it)",
    ),
    (
        "before-a-text",
        "const it = document.createElement('script'), text = document.body.appendChild(new Text('.')); it.src = U; text.before(it)",
    ),
    (
        "replace-children",
        "const it = document.createElement('script'), box = document.body.appendChild(document.createElement('p')); \
        it.src = U; box.replaceChildren(it)",
    ),
    (
        "insert-adjacent-element",
        "const it = document.createElement('script'); it.src = U; document.body.insertAdjacentElement('afterbegin', it)",
    ),
    (
        "insert-node",
        "const it = document.createElement('script'), range = document.createRange(); it.src = U; \
        range.selectNodeContents(document.querySelector('main')); range.insertNode(it)",
    ),
    (
        "fragment",
        "const it = new DocumentFragment(), script = document.createElement('script'); script.src = U; it.append(script); document.body.append(it)",
    ),
    (
        "frame",
        "const it = document.createElement('iframe'); it.src = F; document.body.append(it)",
    ),
    (
        "frame-after",
        "const it = document.createElement('iframe'); document.body.append(it); it.src = F",
    ),
    (
        "frame-set-attribute",
        "const it = document.createElement('iframe'); document.body.append(it); it.setAttribute('SRC', F)",
    ),
    (
        "frame-srcdoc",
        "const it = document.createElement('iframe'); it.srcdoc = `<img src=\"${U}\">`; document.body.append(it)",
    ),
    (
        "frame-srcdoc-after",
        "const it = document.createElement('iframe'); document.body.append(it); it.srcdoc = `<img src=\"${U}\">`",
    ),
    (
        "embed",
        "const it = document.createElement('embed'); it.src = F; document.body.append(it)",
    ),
    (
        "link",
        "const it = document.createElement('link'); it.rel = 'stylesheet'; it.href = U; document.head.append(it)",
    ),
    (
        "link-after",
        "const it = document.createElement('link'); document.head.append(it); it.rel = 'stylesheet'; it.href = U",
    ),
    (
        "link-last",
        "const it = document.createElement('link'); it.href = U; document.head.append(it); it.rel = 'stylesheet'",
    ),
    (
        "inner-image",
        "document.createElement('div').innerHTML = `<img src=\"${U}\">`",
    ),
    (
        "inner-frame",
        "const it = document.createElement('div'); document.body.append(it); it.innerHTML = `<p>a<iframe src=\"${F}\"></iframe>`",
    ),
    (
        "inner-link",
        "const it = document.createElement('div'); document.body.append(it); it.innerHTML = `<link rel=stylesheet href='${U}'>`",
    ),
    (
        "inner-srcdoc",
        "const it = document.createElement('div'); document.body.append(it); \
        it.innerHTML = `<iframe srcdoc='<img src=\"${U}\">'></iframe>`",
    ),
    (
        "outer",
        "const it = document.createElement('div'); document.body.append(it); it.outerHTML = `<img src=\"${U}\">`",
    ),
    (
        "adjacent",
        "document.body.insertAdjacentHTML('afterBegin', `<img src=\"${U}\">`)",
    ),
    (
        "adjacent-after",
        "document.querySelector('h1').insertAdjacentHTML('afterend', `<iframe src=\"${F}\"></iframe>`)",
    ),
    (
        "unsafe",
        "const it = document.createElement('div'); document.body.append(it); \
        it.setHTMLUnsafe ? it.setHTMLUnsafe(`<img src=\"${U}\">`) : it.innerHTML = `<img src=\"${U}\">`",
    ),
    (
        "contextual-image",
        "document.createRange().createContextualFragment(`<img src=\"${U}\">`)",
    ),
    (
        "contextual-script",
        "document.head.append(document.createRange().createContextualFragment(`<script src=\"${U}\"></script>`))",
    ),
    (
        "parsed-elsewhere",
        "document.body.append(new DOMParser().parseFromString(`<img src=\"${U}\">`, 'text/html').body.firstChild)",
    ),
    (
        "template",
        "const it = document.createElement('template'); it.innerHTML = `<img src=\"${U}\"><p></p>`; \
        document.body.append(it.content.cloneNode(true))",
    ),
    (
        "shadow",
        "const it = document.createElement('x-a'); const root = it.attachShadow({ mode: 'open' }); \
        document.body.append(it); root.innerHTML = `<img src=\"${U}\">`",
    ),
    (
        "shadow-script",
        "const it = document.createElement('x-b'), script = document.createElement('script'); script.src = U; \
        it.attachShadow({ mode: 'open' }).append(script); document.body.append(it)",
    ),
    (
        "script-old-type",
        "const it = document.createElement('script'); it.src = U; it.type = ' text/jscript '; document.head.append(it)",
    ),
    (
        "image-attribute-node",
        "const node = document.createAttribute('src'); node.value = U; new Image().setAttributeNode(node)",
    ),
    ("image-tab", "new Image().src = U.replace('//', ' /\\t/')"),
    (
        "inner-entity",
        "document.createElement('div').innerHTML = `<img src='&#x2f;&sol;${U.slice(2)}'>`",
    ),
    (
        "inner-slashes",
        "document.createElement('div').innerHTML = `<img alt src='\\\\\\\\${U.slice(2)}'>`",
    ),
    (
        "frame-srcdoc-entity",
        "const it = document.createElement('iframe'); it.srcdoc = `<img src='&#47;&#47;${U.slice(2)}'>`; document.body.append(it)",
    ),
    (
        "outer-in-a-fragment",
        "const it = document.createElement('p'); new DocumentFragment().append(it); it.outerHTML = `<img src=\"${U}\">`",
    ),
    (
        "outer-in-a-shadow",
        "const it = document.createElement('p'); document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' }).append(it); \
        it.outerHTML = `<img src=\"${U}\">`",
    ),
    (
        "adjacent-in-a-shadow",
        "const it = document.createElement('p'); document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' }).append(it); \
        it.insertAdjacentHTML('afterend', `<img src=\"${U}\">`)",
    ),
    (
        "unsafe-shadow",
        "const it = document.body.appendChild(document.createElement('div')); const markup = `<div><template shadowrootmode=open><img src=\"${U}\"></template></div>`; \
        it.setHTMLUnsafe ? it.setHTMLUnsafe(markup) : it.innerHTML = `<img src=\"${U}\">`",
    ),
    (
        "adopted-shadow",
        "const apart = document.implementation.createHTMLDocument(''), it = apart.createElement('div'); \
        it.attachShadow({ mode: 'open' }).innerHTML = `<img src=\"${U}\">`; document.body.append(it)",
    ),
    (
        "closed-shadow",
        "const host = document.createElement('x-c'), it = document.createElement('iframe'); host.attachShadow({ mode: 'closed' }).append(it); \
        it.src = F; document.body.append(host)",
    ),
    (
        "closed-shadow-script",
        "const it = document.createElement('script'); it.src = U; \
        document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' }).append(it)",
    ),
    (
        "object",
        "const it = document.createElement('object'); it.data = F; document.body.append(it)",
    ),
    (
        "input",
        "const it = document.createElement('input'); it.type = 'image'; it.src = U; document.body.append(it)",
    ),
    (
        "poster",
        "const it = document.createElement('video'); it.poster = U; document.body.append(it)",
    ),
];

/// The pictures that nobody puts into the page; the fragment's is lost as it would be without Doui.
async fn run(stage: &Stage, name: &str, code: &str) {
    let file = if name.contains("script")
        || [
            "insert-before",
            "replace-child",
            "replace-with",
            "before-a-text",
            "replace-children",
            "insert-adjacent-element",
            "insert-node",
            "fragment",
        ]
        .contains(&name)
    {
        "none.js"
    } else if name.contains("link") {
        "tag.css"
    } else {
        "dot.svg"
    };
    let code = format!(
        "const U = '//a.pixel.example/{file}?{name}', F = '//films.example/frame.html?{name}'; {code}"
    );
    stage.run::<()>(&code, vec![]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_way_a_script_inserts_nothing_is_fetched_until_it_is_allowed() {
    let dist = dist();
    setting(&dist, "", "")
        .file("none.js", "")
        .play(async |stage| {
            // A module of another host asks for its leave.
            stage.expect_complaint("CORS");
            stage.expect_complaint("Failed to load resource");
            stage.open("/declared.html").await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            for (name, code) in WAYS {
                run(stage, name, code).await;
            }
            nothing_is_asked(stage).await;
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            for (name, _) in WAYS {
                let is_asked = || {
                    asked(stage)
                        .iter()
                        .any(|path| path.ends_with(&format!("?{name}")))
                };
                for _ in 0..50 {
                    if is_asked() {
                        break;
                    }
                    settle(stage).await;
                }
                assert!(is_asked(), "{name} never came: {:?}", asked(stage));
            }
            settle(stage).await;
            for (name, _) in WAYS {
                let times = asked(stage)
                    .iter()
                    .filter(|path| path.ends_with(&format!("?{name}")))
                    .count();
                assert_eq!(times, 1, "{name}");
            }
        })
        .await;
}
