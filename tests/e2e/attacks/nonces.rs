//! Markup on a page whose policy knows its scripts by a nonce: Doui runs nothing there that the policy alone would not.

use doui_tests::{Setting, Stage};

use super::{asked_elsewhere, on_page, page, ran, with_tag};

/// What a policy of nonces may look like. The first trusts what a trusted script inserts.
const POLICIES: [&str; 3] = [
    "script-src 'nonce-abc' 'strict-dynamic'",
    "script-src 'nonce-abc'",
    "script-src 'nonce-abc' 'strict-dynamic'; require-trusted-types-for 'script'",
];

/// What engines say of scripts that a policy stops.
const COMPLAINTS: [&str; 4] = [
    "Content Security Policy",
    "Content-Security-Policy",
    "TrustedScript",
    "injection sink",
];

/// Plays with a page under each policy, everything allowed.
async fn under_each_policy(html: &str, test: impl AsyncFn(&Stage)) {
    for policy in POLICIES {
        println!("under {policy}");
        Setting::fixtures()
            .policy(policy)
            .file("page.html", html)
            .play(async |stage| {
                for part in COMPLAINTS {
                    stage.expect_complaint(part);
                }
                stage.open("/page.html").await;
                stage.call("doui.acceptAll()").await;
                stage.until_quiet().await;
                test(stage).await;
            })
            .await;
    }
}

/// How often the console was told that a nonce is missing.
const TOLD: &str = "witness.warnings.filter(line => line.includes('nonce=')).length";

#[tokio::test(flavor = "multi_thread")]
async fn markup_left_open_swallowed_the_nonce_of_the_pages_next_script_and_ran() {
    let next = "\n<script nonce=abc src=/tag.js?app></script>";
    let held = "\n<script type=text/plain nonce=abc data-doui=necessary src=/tag.js?app></script>";
    let evil = "//evil.example/tag.js?evil";
    for (left_open, swallowed) in [
        (
            format!("<script type=text/plain data-doui=necessary data-src={evil} x x="),
            next,
        ),
        (
            format!("<script type=text/plain data-doui=necessary src={evil} x="),
            next,
        ),
        (
            format!("<script type=text/plain data-doui=necessary data-src={evil} "),
            next,
        ),
        (
            format!("<script type=text/plain data-doui=necessary data-src={evil} x='"),
            next,
        ),
        // An attribute twice: the parser drops the second, and what it held.
        (
            format!("<template data-doui=necessary><script src={evil} x x="),
            next,
        ),
        (
            format!("<script type=text/plain data-src={evil} x x="),
            held,
        ),
        (format!("<script type=text/plain src={evil} x x="), held),
        // The page's next script is itself a held one: its nonce stands before its data-doui.
        (format!("<script type=text/plain data-src={evil} x="), held),
        (format!("<script type=text/plain data-src={evil} "), held),
        (
            format!("<script type=text/plain data-src={evil} src=/tag.js?app x="),
            held,
        ),
        // Within a template.
        (
            format!("<template data-doui=necessary><script src={evil} x="),
            next,
        ),
        (
            format!("<template data-doui=necessary><script src={evil} "),
            next,
        ),
        // Another door to the same scripts.
        (
            format!("<script type=text/plain data-doui-link=necessary data-src={evil} x="),
            next,
        ),
    ] {
        println!("{left_open}");
        under_each_policy(
            &page(&format!("{left_open}{swallowed}<p>'</p>")),
            async |stage| {
                let ran = ran(stage).await;
                assert!(!ran.contains(&"evil".to_owned()), "{ran:?}");
                assert_eq!(asked_elsewhere(stage), [""; 0]);
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn held_tags_ran_without_the_nonce_that_the_policy_asks_for() {
    let evil = "//evil.example/tag.js?evil";
    let tags = [
        format!("data-doui=necessary src={evil}></script>"),
        format!("data-doui=necessary data-src={evil}></script>"),
        format!("data-doui=necessary data-src={evil} async></script>"),
        format!("data-doui=necessary data-type=module data-src={evil}></script>"),
        "data-doui=necessary>ran.push('inline')</script>".to_owned(),
        "data-doui=necessary data-type=module>ran.push('inline module')</script>".to_owned(),
        format!(
            "data-doui=necessary data-type=importmap>{{\"imports\":{{\"/module.js\":\"{evil}\"}}}}</script>"
        ),
    ];
    let mut body = String::new();
    for tag in &tags {
        // None, another, and the right one after `data-doui`.
        body += &format!("<script type=text/plain {tag}<script type=text/plain nonce=xyz {tag}");
        body += &format!(
            "<script type=text/plain {}",
            tag.replacen("necessary", "necessary nonce=abc", 1)
        );
        body += &format!("<svg><script type=text/plain {tag}</svg>");
    }
    for tag in &tags {
        let ungated = tag
            .replacen("data-doui=necessary", "", 1)
            .replace("data-src", "src");
        body += &format!("<template data-doui=necessary><p><script {ungated}</p></template>");
        body += &format!("<template data-doui=necessary><svg><script {ungated}</svg></template>");
        body += &format!(
            "<template data-doui=necessary><script data-doui=necessary {ungated}</template>"
        );
        body += &format!("<template data-doui=necessary><script type=text/plain {tag}</template>");
    }
    body += "<script nonce=abc type=module>import('/module.js?ours').catch(() => {})</script>";
    under_each_policy(&page(&body), async |stage| {
        stage.until("ran.length").await;
        assert_eq!(ran(stage).await, ["ours"]);
        assert_eq!(asked_elsewhere(stage), [""; 0]);
        assert_eq!(
            stage.value::<u32>(TOLD).await,
            1,
            "once, whatever their number"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_in_a_shadow_root_of_a_template_ran_without_a_nonce() {
    let evil = "//evil.example/tag.js?evil";
    let mut body = String::new();
    for mode in ["open", "closed"] {
        for script in [
            format!("<script src={evil}></script>"),
            "<script>ran.push('evil')</script>".to_owned(),
            format!("<svg><script href={evil}></script></svg>"),
            format!(
                "<div><template shadowrootmode={mode} shadowrootclonable><script src={evil}></script></template></div>"
            ),
        ] {
            body += &format!(
                "<template data-doui=necessary><div><template shadowrootmode={mode} shadowrootclonable>{script}</template>
                 </div></template>"
            );
        }
    }
    body += "<template data-doui=necessary><script nonce=abc src=/tag.js?ours></script></template>";
    under_each_policy(&page(&body), async |stage| {
        stage.until("ran.length").await;
        stage.until_quiet().await;
        assert_eq!(ran(stage).await, ["ours"]);
        assert_eq!(asked_elsewhere(stage), [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn held_tags_with_the_nonce_of_doui_js_run() {
    let body = "
        <script type=text/plain nonce=abc data-doui=ads src=/tag.js?external></script>
        <script type=text/plain nonce=abc data-doui=ads data-src=/tag.js?held></script>
        <script type=text/plain nonce=abc data-doui=ads>ran.push('inline')</script>
        <script type=text/plain nonce=abc data-doui=ads data-type=module src=/module.js?module></script>
        <script type=text/plain nonce=abc data-doui=ads data-type=module>ran.push('inline module')</script>
        <template data-doui=ads><script nonce=abc src=/tag.js?template></script><script type=application/json id=data>{}</script></template>
        <script nonce=abc>
            const made = document.createElement('script');
            made.type = 'text/plain';
            made.dataset.doui = 'ads';
            made.nonce = 'abc';
            made.src = '/tag.js?made';
            document.currentScript.after(made);
        </script>";
    // Under Trusted Types the page's own script would need a policy for the address that it sets.
    let body = body.replace(
        "made.src = '/tag.js?made'",
        "made.setAttribute('data-src', '/tag.js?made')",
    );
    under_each_policy(&page(&body), async |stage| {
        stage.until("ran.length == 7").await;
        let mut ran = ran(stage).await;
        ran.sort();
        assert_eq!(
            ran,
            [
                "external",
                "held",
                "inline",
                "inline module",
                "made",
                "module",
                "template"
            ]
        );
        assert!(
            stage
                .value::<bool>("document.querySelector('#data') != null")
                .await
        );
        assert_eq!(stage.value::<u32>(TOLD).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_cannot_write_nonces_may_do_without_the_check() {
    let body = "<script type=text/plain data-doui=necessary data-src=/tag.js?old></script>";
    for (attributes, expected) in [("", &[][..]), (" data-nonce-check=\"off\"", &["old"])] {
        Setting::fixtures()
            .policy(POLICIES[0])
            .file("page.html", with_tag(attributes, body))
            .play(async |stage| {
                stage.open("/page.html").await;
                stage.until_quiet().await;
                if let [first] = expected {
                    stage.until(&format!("ran.includes('{first}')")).await;
                }
                assert_eq!(ran(stage).await, expected);
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_map_or_another_kind_of_data_was_set_free() {
    let mut body = String::new();
    for kind in [
        "importmap",
        "speculationrules",
        "application/json",
        "text/babel",
        "TEXT/x-template",
    ] {
        body += &format!(
            "<script type=text/plain nonce=abc data-doui=necessary data-type={kind} class=data>{{\"imports\":{{\"/module.js?ours\":\"/module.js?theirs\"}}}}</script>"
        );
    }
    for kind in [
        "text/javascript",
        "Application/JavaScript",
        "text/x-ecmascript",
        "",
    ] {
        body += &format!(
            "<script type=text/plain nonce=abc data-doui=necessary data-type=\"{kind}\">ran.push('{kind}')</script>"
        );
    }
    body += "<script type=text/plain nonce=abc data-doui=necessary data-type=MODULE>import('/module.js?ours')</script>";
    on_page(page(&body), async |stage| {
        stage.until("ran.includes('ours')").await;
        let mut ran = ran(stage).await;
        ran.sort();
        assert_eq!(
            ran,
            [
                "",
                "Application/JavaScript",
                "ours",
                "text/javascript",
                "text/x-ecmascript"
            ]
        );
        let types: Vec<String> = stage
            .value("[...document.querySelectorAll('.data')].map(script => script.type)")
            .await;
        assert_eq!(types, ["text/plain"; 5]);
    })
    .await;
}
