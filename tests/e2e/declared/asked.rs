//! The tags of a shop, played by stand-ins: a tag manager, a film, a pixel, a chat. What one page does that asks for another.

use doui_tests::{Engine, Setting, built};
use serde_json::{Value, json};

use super::{asked, dist, nothing_is_asked, page, setting, settle, shop};

/// A shop's own script that inserts each of its tags, as a platform would.
const PLATFORM: &str = "
const insert = (src) => { const it = document.createElement('script'); it.async = true; it.src = src; document.head.appendChild(it) };
insert('//tags.example/manager.js');
insert('//chat.example/chat.js');
document.querySelector('main').innerHTML += '<iframe src=\"//films.example/frame.html?film\" title=\"film\" width=\"400\" height=\"300\"></iframe>';
new Image().src = 'http://a.pixel.example/dot.svg?visit=1';";

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_visit_reaches_no_service_and_an_allowed_one_each() {
    let dist = dist();
    setting(&dist, "", "<script src=\"/platform.js\"></script>")
        .file("platform.js", PLATFORM)
        .play(async |stage| {
            stage.open("/declared.html").await;
            nothing_is_asked(stage).await;
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.reload().await;
            nothing_is_asked(stage).await;
            stage.run::<()>("doui.save({ ads: true })", vec![]).await;
            stage
                .until_requested("//b.pixel.example/dot.svg?second")
                .await;
            stage
                .until_requested("//a.pixel.example/dot.svg?visit=1")
                .await;
            settle(stage).await;
            assert!(
                !asked(stage)
                    .iter()
                    .any(|path| path.contains("films") || path.contains("chat")),
                "{:?}",
                asked(stage)
            );
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage
                .until_requested("//films.example/frame.html?film")
                .await;
            stage
                .until_requested("//chat.example/frame.html?chat")
                .await;
            let ran: Vec<String> = stage.value("ran").await;
            assert_eq!(ran, ["manager", "second", "chat"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unmarked_frame_has_a_placeholder_that_allows_it() {
    let dist = dist();
    setting(&dist, "", "<script src=\"/platform.js\"></script>")
        .file("platform.js", PLATFORM)
        .play(async |stage| {
            stage.open("/declared.html").await;
            stage.until("document.querySelector('doui-placeholder')").await;
            let button = stage
                .element("document.querySelector('doui-placeholder').shadowRoot.querySelector('[data-doui-act=allow]')")
                .await;
            stage.until_quiet().await;
            button.click().await.expect("it can be pressed");
            stage.until_requested("//films.example/frame.html?film").await;
            stage.until("doui.allows('traffic') && !doui.allows('ads')").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_tells_neither_load_nor_error_and_whoever_waits_goes_on_waiting() {
    let dist = dist();
    setting(&dist, "", "")
        .file("none.js", "ran.push('none')")
        .play(async |stage| {
            stage.open("/declared.html").await;
            stage
                .run::<()>(
                    "const listen = (it, name) => { it.onload = it.onerror = ({ type }) => told.push(name + ' ' + type); return it };
                     const make = (kind, name) => listen(document.createElement(kind), name);
                     const image = listen(new Image(), 'image');
                     image.src = '//a.pixel.example/dot.svg?told';
                     window.image = image;
                     window.complete = image.complete;
                     window.readBack = image.src;
                     image.decode().then(() => told.push('decoded'), () => told.push('not decoded'));
                     const script = make('script', 'script');
                     script.src = '//a.pixel.example/none.js';
                     const frame = make('iframe', 'frame');
                     frame.src = '//films.example/frame.html';
                     window.frame = frame;
                     const link = make('link', 'link');
                     link.rel = 'stylesheet';
                     link.href = '//a.pixel.example/tag.css';
                     document.body.append(script, frame, link);
                     window.later = new Promise(done => script.addEventListener('load', done));
                     const box = document.body.appendChild(document.createElement('div'));
                     box.innerHTML = '<iframe src=\"//films.example/frame.html?inner\" onload=\"told.push(`inner ` + event.type)\"></iframe>';
                     const root = document.body.appendChild(document.createElement('x-a')).attachShadow({ mode: 'open' });
                     root.innerHTML = '<iframe src=\"//films.example/frame.html?shadow\" onload=\"told.push(`shadow ` + event.type)\"></iframe>';",
                    vec![],
                )
                .await;
            nothing_is_asked(stage).await;
            let told: Value = stage.value("[told, complete, readBack, frame.src, frame.getAttribute('data-doui')]").await;
            assert_eq!(
                told,
                json!([[], false, "http://a.pixel.example/dot.svg?told", "http://films.example/frame.html", "traffic"])
            );
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            nothing_is_asked(stage).await;
            assert_eq!(stage.value::<Vec<String>>("told").await, [""; 0]);
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage.until("told.length == 7").await;
            stage.run::<()>("return later.then(() => {})", vec![]).await;
            settle(stage).await;
            let mut told: Vec<String> = stage.value("told").await;
            told.sort();
            assert_eq!(told, ["decoded", "frame load", "image load", "inner load", "link load", "script load", "shadow load"]);
            assert!(stage.value::<bool>("image.complete && ran.join() == 'none'").await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_gives_instead_is_loaded_at_once_and_what_was_held_is_forgotten() {
    let dist = dist();
    setting(&dist, "", "")
        .play(async |stage| {
            stage.open("/declared.html").await;
            stage
                .run::<()>(
                    "window.image = document.body.appendChild(new Image());
                     image.onload = () => told.push('own');
                     image.src = '//a.pixel.example/dot.svg?forgotten'; image.src = '/dot.svg?own';
                     window.none = document.body.appendChild(new Image());
                     none.src = '//a.pixel.example/dot.svg?forgotten'; none.removeAttribute('src');
                     window.frame = document.body.appendChild(document.createElement('iframe'));
                     frame.src = '//films.example/frame.html?forgotten'; frame.src = '/frame.html?own';",
                    vec![],
                )
                .await;
            stage.until_requested("/dot.svg?own").await;
            stage.until_requested("/frame.html?own").await;
            stage.until("told.join() == 'own' && image.complete && none.complete && !none.src").await;
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            nothing_is_asked(stage).await;
            let addresses: Vec<String> = stage.value("[image.src, frame.src].map(src => new URL(src).pathname)").await;
            assert_eq!(addresses, ["/dot.svg", "/frame.html"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_it_was_allowed_closes_with_a_refusal_and_the_page_offers_to_be_loaded_again()
 {
    let dist = dist();
    setting(&dist, "", "<script src=\"/platform.js\"></script>")
        .file("platform.js", PLATFORM)
        .play(async |stage| {
            stage.open("/declared.html").await;
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage.reload().await;
            stage.until("ran.length == 3 && document.querySelectorAll('iframe').length == 2").await;
            let is_untouched: bool = stage.value("!document.querySelector('[data-doui]:not(html)')").await;
            assert!(is_untouched, "what was allowed from the start was marked");
            stage.run::<()>("doui.rejectAll()", vec![]).await;
            stage.until("[...document.querySelectorAll('iframe')].every(frame => !frame.hasAttribute('src'))").await;
            stage.until("document.querySelector('doui-offer')").await;
            stage.forget_requests();
            stage.run::<()>("new Image().src = '//a.pixel.example/dot.svg?after'", vec![]).await;
            nothing_is_asked(stage).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_may_switch_it_off_and_the_audit_says_so() {
    let dist = dist();
    let setting = Setting::fixtures().dist(dist.path()).without_policy();
    page(
        setting,
        "<script src=\"/doui/doui.js\" data-hold=\"marked\"></script>",
        "",
        "<script src=\"//tags.example/manager.js\"></script>",
    )
    .play(async |stage| {
        stage.open("/declared.html?doui-audit").await;
        stage.until("ran.includes('second')").await;
        stage
            .until_requested("//b.pixel.example/dot.svg?second")
            .await;
        stage.until(&finding("hold-off", "/doui/doui.js")).await;
    })
    .await;
}

/// Whether the audit's panel has a finding of a kind that names something.
fn finding(kind: &str, subject: &str) -> String {
    format!(
        "document.querySelector('doui-audit')?.shadowRoot.querySelector('[data-kind={kind}]')?.textContent.includes({subject:?})"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_names_what_is_held_and_not_marked_and_what_is_told_and_not_held() {
    let dist = dist();
    let told = "fetch('//a.pixel.example/now.js?fetch', { mode: 'no-cors' });
        const xhr = new XMLHttpRequest(); xhr.open('GET', '//b.pixel.example/now.js?xhr'); xhr.onerror = () => {}; xhr.send();
        document.body.style.backgroundImage = 'url(//c.pixel.example/dot.svg?css)';
        import('//d.pixel.example/now.js?import').catch(() => {});
        navigator.sendBeacon('//e.pixel.example/now.js?beacon');";
    setting(
        &dist,
        "",
        "<script src=\"/told.js\"></script><script src=\"//tags.example/manager.js\"></script>",
    )
    .file("told.js", told)
    .play(async |stage| {
        stage.expect_complaint("CORS");
        stage.expect_complaint("Failed to load resource");
        stage.expect_complaint("Cross-Origin");
        stage.open("/declared.html?doui-audit").await;
        stage
            .until(&finding("unmarked-tag", "//tags.example/manager.js"))
            .await;
        let mut told = vec!["a.pixel.example (fetch)", "c.pixel.example (css)"];
        if Engine::of_this_run().tells_of_unreadable_answers() {
            told.extend(["b.pixel.example (xmlhttprequest)", "d.pixel.example ("]);
        }
        if Engine::of_this_run().tells_of_beacons() {
            told.push("e.pixel.example (beacon)");
        }
        for request in told {
            stage.until(&finding("told-not-held", request)).await;
        }
        assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_wrote_is_left_alone() {
    let dist = dist();
    setting(&dist, "", "<div data-doui-off id=\"others\"><img src=\"//a.pixel.example/dot.svg?review\" alt=\"\"></div>")
        .play(async |stage| {
            stage.open("/declared.html").await;
            stage.until_requested("//a.pixel.example/dot.svg?review").await;
            stage
                .run::<()>(
                    "const it = new Image(); it.src = '//a.pixel.example/dot.svg?moved'; others.append(it);
                     others.insertAdjacentHTML('beforeend', '<img src=\"//a.pixel.example/dot.svg?inner\">')",
                    vec![],
                )
                .await;
            stage.until_requested("//a.pixel.example/dot.svg?moved").await;
            stage.until_requested("//a.pixel.example/dot.svg?inner").await;
        })
        .await;
}

/// A page of nonces that trusts what its scripts insert, and takes no markup and no address that no policy made.
const STRICT: &str = "default-src 'self'; script-src 'nonce-r4nd0m' 'strict-dynamic'; img-src *; frame-src *; style-src 'self' http://*.example; \
    connect-src 'self'; require-trusted-types-for 'script'; trusted-types doui shop";

#[tokio::test(flavor = "multi_thread")]
async fn it_works_under_a_policy_of_nonces_and_trusted_types() {
    let dist = dist();
    let shops = "const policy = window.trustedTypes ? trustedTypes.createPolicy('shop', { createHTML: (text) => text, createScriptURL: (text) => text })
            : { createHTML: (text) => text, createScriptURL: (text) => text };
        const script = document.createElement('script');
        script.src = policy.createScriptURL('//tags.example/none.js?inserted');
        document.head.append(script);
        const box = document.body.appendChild(document.createElement('div'));
        box.innerHTML = policy.createHTML('<img src=\"//a.pixel.example/dot.svg?strict\"><iframe src=\"//films.example/frame.html?strict\"></iframe>');
        const frame = document.createElement('iframe');
        frame.srcdoc = policy.createHTML('<img src=\"//a.pixel.example/dot.svg?srcdoc\">');
        document.body.append(frame);
        try { box.innerHTML = '<img src=\"//a.pixel.example/dot.svg?untrusted\">'; ran.push('markup') } catch (error) { ran.push(error.name) }";
    let setting = Setting::fixtures().dist(dist.path()).policy(STRICT);
    page(
        setting,
        "<script nonce=\"r4nd0m\" src=\"/begin.js\"></script><script nonce=\"r4nd0m\" src=\"/doui/doui.js\"></script>",
        "<script src=\"//tags.example/none.js?parsed\" nonce=\"r4nd0m\"></script><script src=\"//tags.example/none.js?without\"></script>",
        "<script nonce=\"r4nd0m\" src=\"/shops.js\"></script>",
    )
    .file("begin.js", "window.ran = [];")
    .file("shops.js", shops)
    .file("none.js", "ran.push(document.currentScript.src.split('?')[1])")
    .play(async |stage| {
        // The page's first inline script has no nonce, and one of its tags has none either.
        stage.expect_complaint("Content Security Policy");
        stage.expect_complaint("Content-Security-Policy");
        stage.expect_complaint("TrustedHTML");
        stage.open("/declared.html").await;
        settle(stage).await;
        let ran: Vec<String> = stage.value("ran").await;
        assert!(ran == ["TypeError"] || ran == ["markup"], "{ran:?}");
        assert!(!asked(stage).iter().any(|path| path.contains("inserted") || path.contains("strict") || path.contains("srcdoc")), "{:?}", asked(stage));
        stage.run::<()>("doui.acceptAll()", vec![]).await;
        stage.until("ran.includes('parsed') && ran.includes('inserted')").await;
        for path in ["//a.pixel.example/dot.svg?strict", "//films.example/frame.html?strict", "//a.pixel.example/dot.svg?srcdoc"] {
            stage.until_requested(path).await;
        }
        settle(stage).await;
        assert!(!stage.value::<bool>("ran.includes('without')").await, "a script without a nonce ran");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_is_told_of_consent_is_told_and_held() {
    let mut shop = shop();
    shop["signals"] = json!({ "meta": true });
    let dist = built::stamped(&shop);
    let snippet = "!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)};
        if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;
        s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script','http://a.pixel.example/none.js?fbevents');
        fbq('init', '1'); fbq('track', 'PageView');";
    setting(&dist, "", "<script src=\"/snippet.js\"></script>")
        .file("snippet.js", snippet)
        .file("none.js", "ran.push('fbevents')")
        .play(async |stage| {
            stage.open("/declared.html").await;
            nothing_is_asked(stage).await;
            let told: Value = stage
                .value("[...fbq.queue].map(call => [...call].slice(0, 2))")
                .await;
            assert_eq!(
                told,
                json!([["consent", "revoke"], ["init", "1"], ["track", "PageView"]])
            );
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage.until("ran.includes('fbevents')").await;
            let told: Value = stage.value("[...[...fbq.queue].at(-1)]").await;
            assert_eq!(told, json!(["consent", "grant"]));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_without_it_has_none_of_it() {
    let mut shop = shop();
    shop["hold"] = json!("marked");
    let dist = built::stamped(&shop);
    let script = std::fs::read_to_string(dist.path().join("doui.js")).expect("it was stamped");
    for word in [
        "films.example",
        "doui-unmarked",
        "createContextualFragment",
        "new Proxy(e,",
    ] {
        assert!(!script.contains(word), "{word}");
    }
    setting(
        &dist,
        "",
        "<script src=\"//tags.example/manager.js\"></script>",
    )
    .play(async |stage| {
        stage.open("/declared.html").await;
        stage
            .until_requested("//b.pixel.example/dot.svg?second")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_by_inner_html_stays_dead() {
    let dist = dist();
    setting(&dist, "", "<main id=\"box\"></main>")
        .file("none.js", "ran.push(document.currentScript?.src)")
        .play(async |stage| {
            stage.open("/declared.html").await;
            let insert = "const insert = () => {
                    box.insertAdjacentHTML('beforeend', '<p><script src=\"//tags.example/none.js?inner\"></script></p>');
                    const apart = document.createElement('div');
                    apart.innerHTML = '<script src=\"//tags.example/none.js?apart\"></script>';
                    box.append(apart, apart.firstChild.cloneNode(true));
                }; insert()";
            stage.run::<()>(insert, vec![]).await;
            nothing_is_asked(stage).await;
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            nothing_is_asked(stage).await;
            stage.run::<()>(insert, vec![]).await;
            nothing_is_asked(stage).await;
            assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_browsers_without_scripts_stays_a_text() {
    let dist = dist();
    setting(&dist, "", "<main id=\"box\"></main>")
        .play(async |stage| {
            stage.open("/declared.html").await;
            let insert = "const markup = '<iframe src=\"//films.example/frame.html\"></iframe><noscript><img src=\"//a.pixel.example/dot.svg?none\"></noscript>';
                box.innerHTML = markup; box.append(document.createRange().createContextualFragment(markup)); doui.acceptAll()";
            stage.run::<()>(insert, vec![]).await;
            stage.until_requested("//films.example/frame.html").await;
            settle(stage).await;
            assert!(!asked(stage).iter().any(|path| path.contains("none")), "{:?}", asked(stage));
            assert_eq!(stage.value::<u32>("box.querySelectorAll('noscript *').length").await, 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_in_an_attribute_is_not_read() {
    let dist = dist();
    let frame = "<iframe data-doui=\"necessary\" data-doui-unmarked data-doui-srcdoc=\"<script>parent.ran.push('srcdoc')</script>\" data-srcdoc=\"a\"></iframe>";
    setting(&dist, "", frame)
        .play(async |stage| {
            stage.open("/declared.html").await;
            stage
                .run::<()>(
                    "doui.acceptAll(); document.body.insertAdjacentHTML('beforeend', arguments[0])",
                    vec![frame.into()],
                )
                .await;
            settle(stage).await;
            assert_eq!(
                stage
                    .value::<u32>("document.querySelectorAll('iframe[srcdoc]').length")
                    .await,
                0
            );
            assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
        })
        .await;
}
