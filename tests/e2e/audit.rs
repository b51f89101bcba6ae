//! The audit of a shop page: what it says of tags, requests, cookies and storage, what it exports, and that nothing
//! comes of it but a panel.

use doui_tests::{Ability, Setting, Stage, built, page_in};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Cookie, Key};

use crate::{accessible::axe_finds_nothing, hosts::sharing, names::hidden_names, routes::decide};

const PAGE: &str = "/audited.html?doui-audit";
const PANEL: &str = "document.querySelector('doui-audit').shadowRoot";

/// As strict as the demo's, but for the hosts that stand in for others.
const POLICY: &str = "default-src 'none'; script-src 'self' http://*.example; style-src 'self'; connect-src 'self'; \
    img-src 'self' data: http://*.example; frame-src 'self'; require-trusted-types-for 'script'";

/// Something left from before, and the download caught before it reaches the disk.
const BEFORE: &str = "
    if (!document.cookie.includes('doui=')) document.cookie = '_ga=secret-value; path=/';
    document.cookie = 'basket=secret-value; path=/';
    localStorage.setItem('visits-2', 'secret-value');
    sessionStorage.setItem('draft', 'secret-value');
    window.saved = [];
    URL.createObjectURL = (blob) => (blob.text().then((text) => saved.push([blob.type, text])), '#');
    HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };
    window.copied = [];
    navigator.clipboard.writeText = (text) => Promise.resolve(copied.push(text));";

/// The first shop with services whose hosts are the stand-ins.
fn shop() -> TempDir {
    let hosts = |host| json!({ "value": [host], "source": "見本", "checked": "2026-01-05" });
    built::stamped_with(|shop| {
        shop["services"] = json!([
            { "id": "counter", "purpose": "traffic", "label": { "ja": "計測", "en": "Counter" },
              "cookies": ["_ga", "_ga_*"], "storage": ["visits-*"] },
            { "id": "banners", "purpose": "ads", "label": { "ja": "広告配信", "en": "Banners" },
              "hosts": hosts("*.ads.example") },
            { "id": "partner", "purpose": "affiliate", "label": { "ja": "提携先", "en": "Partner" },
              "hosts": hosts("img.partner.example") },
        ])
    })
}

/// Plays before the fixture with the panel open.
async fn audited(test: impl AsyncFnOnce(&Stage)) {
    audited_in(Setting::fixtures(), test).await;
}

async fn audited_in(setting: Setting, test: impl AsyncFnOnce(&Stage)) {
    setting
        .doui(shop())
        .policy(POLICY)
        .before(BEFORE)
        .play(async |stage| {
            stage.open(PAGE).await;
            until_all_is_seen(stage).await;
            test(stage).await;
        })
        .await;
}

/// Plays before a page in order with the panel open.
async fn in_order(lang: &str, test: impl AsyncFnOnce(&Stage)) {
    Setting::fixtures()
        .file("ordered.html", ordered_page(lang))
        .play(async |stage| {
            stage.open("/ordered.html?doui-audit").await;
            stage.until(&format!("{}.length", rows_of("tags"))).await;
            test(stage).await;
        })
        .await;
}

async fn until_all_is_seen(stage: &Stage) {
    stage
        .until(&format!(
            "document.readyState == 'complete' && {PANEL}.textContent.includes('img.partner.example')"
        ))
        .await;
}

/// The rows of one part's table, each a list of what its cells say.
async fn rows(stage: &Stage, part: &str) -> Vec<Vec<String>> {
    stage.value(&rows_of(part)).await
}

fn rows_of(part: &str) -> String {
    format!(
        "[...{PANEL}.querySelectorAll('[data-part={part}] tbody tr')]
            .map(row => [...row.cells].map(cell => cell.innerText.trim().replace(/\\s+/g, ' ')))"
    )
}

/// The findings of one kind, by what they are about.
fn findings_of(kind: &str) -> String {
    format!(
        "[...{PANEL}.querySelectorAll('[data-kind={kind}] li')].map(item => item.innerText.trim())"
    )
}

async fn findings(stage: &Stage, kind: &str) -> Vec<String> {
    stage.value(&findings_of(kind)).await
}

async fn press(stage: &Stage, label: &str) {
    let button = stage
        .element(&format!(
            "[...{PANEL}.querySelectorAll('button')].find(button => button.innerText == {label:?})"
        ))
        .await;
    button.click().await.expect("the button can be pressed");
}

/// What the panel saves.
async fn export(stage: &Stage) -> Value {
    press(stage, "JSONで保存").await;
    stage.until("saved.length").await;
    let [kind, text]: [String; 2] = stage.value("saved.pop()").await;
    assert_eq!(kind, "application/json");
    serde_json::from_str(&text).expect("it is JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tag_is_held_or_runs_and_the_panel_says_why() {
    audited(async |stage| {
        let undecided = |label: &str| format!("{label}：まだ選択されていません");
        let [auth, ads, traffic, affiliate] = [
            "入力の省略とお客様向けの表示",
            "お客様に合わせた広告",
            "アクセス解析とサービス改善",
            "アフィリエイト広告",
        ]
        .map(undecided);
        assert_eq!(
            rows(stage, "tags").await,
            [
                [
                    "<script> /tag.js?loose",
                    "traffic",
                    "動作",
                    &format!("{traffic} 初めから動いています。")
                ],
                [
                    "<script> http://tag.ads.example/tag.js?held",
                    "ads",
                    "保留",
                    &ads
                ],
                [
                    "<script> ran.push(\"unknown\")",
                    "adz",
                    "保留",
                    "adz：shop.jsonにない目的です"
                ],
                ["<a> /frame.html?tracked", "affiliate", "保留", &affiliate],
                [
                    "<iframe> /frame.html?ad",
                    "ads affiliate",
                    "保留",
                    &format!("{ads} {affiliate}")
                ],
                [
                    "<template> 広告のかわり。",
                    "!ads",
                    "動作",
                    &format!("{ads}（許可されていないあいだに動く条件です）")
                ],
                ["<img> /dot.svg?auth", "auth", "保留", &auth],
            ]
        );

        stage
            .call("doui.save({ ads: true, affiliate: false })")
            .await;
        stage.until("ran.includes('held')").await;
        let state = |at: usize| format!("{}[{at}].slice(2).join()", rows_of("tags"));
        for (at, said) in [
            (1, "動作,お客様に合わせた広告：許可されています"),
            (3, "保留,アフィリエイト広告：拒否されています"),
            (
                4,
                "保留,お客様に合わせた広告：許可されています アフィリエイト広告：拒否されています",
            ),
            (
                5,
                "保留,お客様に合わせた広告：許可されています（許可されていないあいだに動く条件です）",
            ),
        ] {
            stage.until(&format!("{} == {said:?}", state(at))).await;
        }

        // A script that has run is not unrun.
        stage.call("doui.rejectAll()").await;
        let outlived = "動作,お客様に合わせた広告：拒否されています \
            動いたあとで条件から外れました。スクリプトは、ページを再読み込みすると止まります。";
        stage.until(&format!("{} == {outlived:?}", state(1))).await;

        stage
            .call(
                "const late = document.createElement('img');
                 late.dataset.doui = 'necessary';
                 late.dataset.src = '/dot.svg?late';
                 document.querySelector('main').append(late)",
            )
            .await;
        let arrived = "<img> /dot.svg?late,necessary,動作,necessary：常にオンです";
        stage
            .until(&format!("{}[7]?.join() == {arrived:?}", rows_of("tags")))
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_waits_for_its_turn_says_so() {
    let second = r#"<script type="text/plain" data-doui="ads">ran.push("second")</script></main>"#;
    Setting::fixtures()
        .file(
            "waiting.html",
            ordered_page("ja").replace("</main>", second),
        )
        .without_policy()
        .play(async |stage| {
            stage.hold("/tag.js?ads");
            stage.open("/waiting.html?doui-audit").await;
            stage.until("window.doui").await;
            stage.call("doui.acceptAll()").await;
            let said = format!("{}[1]?.slice(2).join()", rows_of("tags"));
            let waits =
                "保留,お客様に合わせた広告：許可されています 条件は満たされています。順番を待っています。";
            stage.until(&format!("{said} == {waits:?}")).await;
            stage.release("/tag.js?ads");
            stage
                .until(&format!("{said} == '動作,お客様に合わせた広告：許可されています'"))
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_is_listed_with_the_service_that_declares_its_host() {
    audited(async |stage| {
        let undeclared = "shop.jsonに記載なし";
        // They are listed in the order of arrival, which is the browser's to choose.
        let mut listed = rows(stage, "requests").await;
        listed.sort();
        assert_eq!(
            listed,
            [
                ["cdn.example/tag.js", "script", "1", undeclared],
                ["img.partner.example/dot.svg", "img", "1", "提携先"],
            ]
        );
        let own = format!("{PANEL}.querySelector('[data-part=requests] p').innerText");
        let text: String = stage.value(&own).await;
        assert!(
            text.starts_with("当サイトへの通信は") && text.contains("script"),
            "{text}"
        );

        stage.call("doui.acceptAll()").await;
        stage
            .call("for (const query of ['again', 'and-again']) new Image().src = 'http://img.partner.example/dot.svg?' + query")
            .await;
        let shown = json!([
            ["cdn.example/tag.js", "script", "1", undeclared],
            ["img.partner.example/dot.svg", "img", "3", "提携先"],
            ["tag.ads.example/tag.js", "script", "1", "広告配信"],
        ]);
        stage
            .until(&format!("JSON.stringify({}.sort()) == JSON.stringify({shown})", rows_of("requests")))
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_under_the_shops_own_domain_are_the_shops() {
    Setting::fixtures()
        .doui(sharing())
        .without_policy()
        .play(async |stage| {
            stage
                .open("//www.yotsuyu.co.jp/audited.html?doui-audit")
                .await;
            until_all_is_seen(stage).await;
            stage
                .call("new Image().src = 'http://art.yotsuyu.co.jp/dot.svg'")
                .await;
            stage
                .until("performance.getEntriesByName('http://art.yotsuyu.co.jp/dot.svg')[0]")
                .await;
            stage
                .call("new Image().src = 'http://notyotsuyu.co.jp/dot.svg'")
                .await;
            stage
                .until(&format!(
                    "{}.some(([host]) => host.startsWith('notyotsuyu'))",
                    rows_of("requests")
                ))
                .await;
            let rows = rows(stage, "requests").await;
            assert_eq!(rows.len(), 3, "{rows:?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_cookie_and_key_is_listed_with_its_service_and_without_its_value() {
    audited(async |stage| {
        let undeclared = "shop.jsonに記載なし";
        let traffic = "アクセス解析とサービス改善：まだ選択されていません";
        assert_eq!(
            rows(stage, "stored").await,
            [
                ["_ga", "クッキー", "計測", traffic],
                ["basket", "クッキー", undeclared, "–"],
                ["visits-2", "ローカルストレージ", "計測", traffic],
                ["draft", "セッションストレージ", undeclared, "–"],
            ]
        );
        stage.call("doui.acceptAll()").await;
        let allowed = "アクセス解析とサービス改善：許可されています";
        let own = "Doui（設定の記録）";
        let shown = json!([
            ["_ga", "クッキー", "計測", allowed],
            ["basket", "クッキー", undeclared, "–"],
            ["doui", "クッキー", own, "常にオンです"],
            ["doui", "ローカルストレージ", own, "常にオンです"],
            ["draft", "セッションストレージ", undeclared, "–"],
            ["visits-2", "ローカルストレージ", "計測", allowed],
        ]);
        stage
            .until(&format!(
                "JSON.stringify({}.sort()) == JSON.stringify({shown})",
                rows_of("stored")
            ))
            .await;
        let told = export(stage).await.to_string();
        let panel: String = stage.value(&format!("{PANEL}.textContent")).await;
        assert!(told.contains("visits-2") && panel.contains("visits-2"));
        assert!(!told.contains("secret-value") && !panel.contains("secret-value"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_a_template_does_not_hold_is_amiss() {
    audited(async |stage| {
        // Firefox would fetch it ahead, were it in the page's file.
        let insert = "const template = document.createElement('template');
            template.dataset.doui = 'ads';
            const image = document.createElement('img');
            image.setAttribute(arguments[0], '/dot.svg?' + arguments[0]);
            template.content.append(image);
            document.querySelector('main').append(template)";
        for name in ["data-src", "src"] {
            stage.run::<()>(insert, vec![json!(name)]).await;
        }
        stage
            .until(&format!("{PANEL}.textContent.includes('/dot.svg?src')"))
            .await;
        assert_eq!(
            findings(stage, "ungated-tag").await,
            ["/tag.js?loose", "/dot.svg?src"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_amiss_is_on_top() {
    audited(async |stage| {
        for (kind, subjects) in [
            ("ungated-script", &["cdn.example/tag.js"][..]),
            ("ungated-tag", &["/tag.js?loose"]),
            ("unknown-purpose", &["adz"]),
            ("undeclared-request", &["cdn.example"]),
            ("request-not-allowed", &["img.partner.example"]),
            ("undeclared-storage", &["basket", "draft"]),
            ("storage-not-allowed", &["_ga", "visits-2"]),
        ] {
            assert_eq!(findings(stage, kind).await, subjects, "{kind}");
        }
        let summary = format!("{PANEL}.querySelector('.summary').innerText");
        assert_eq!(stage.value::<String>(&summary).await, "確認が必要な点：9件");

        stage.call("doui.acceptAll()").await;
        stage
            .until(&format!("!{}.length", findings_of("storage-not-allowed")))
            .await;
        // What was sent while it was not allowed was not allowed.
        assert_eq!(
            findings(stage, "request-not-allowed").await,
            ["img.partner.example"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_of_a_refused_purpose_that_no_script_can_delete_is_a_finding() {
    audited_in(
        Setting::fixtures().needs(Ability::ServersCookies),
        async |stage| {
            let mut cookie = Cookie::new("_ga", "1");
            cookie.set_http_only(true);
            stage
                .driver()
                .add_cookie(cookie)
                .await
                .expect("a cookie can be added");
            stage.call("doui.rejectAll()").await;
            stage
                .until(&format!(
                    "{}.join() == '_ga'",
                    findings_of("storage-not-allowed")
                ))
                .await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_order_has_no_findings() {
    in_order("ja", async |stage| {
        stage.until_quiet().await;
        let summary: String = stage
            .value(&format!("{PANEL}.querySelector('.summary').innerText"))
            .await;
        assert_eq!(
            summary,
            "確認が必要な点は見つかりませんでした（このページから見える範囲）"
        );
        assert_eq!(rows(stage, "requests").await.len(), 0);
    })
    .await;
}

/// A page with one tag, which is held, under the demo's own policy.
fn ordered_page(lang: &str) -> String {
    page_in(
        lang,
        r#"<meta name="viewport" content="width=device-width, initial-scale=1">
        <script src="/witness.js"></script><script src="/doui/doui.js"></script>"#,
        r#"<main><h1>Shop</h1><button id="before">A</button>
        <script type="text/plain" data-doui="ads" src="/tag.js?ads"></script></main>"#,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_holds_all_of_it() {
    audited(async |stage| {
        let told = export(stage).await;
        let name: String = stage.value("savedAs").await;
        assert!(name.starts_with("doui-audit-127.0.0.1-") && name.ends_with(".json"), "{name}");
        assert_eq!(told["format"], 1);
        assert_eq!(told["doui"], env!("CARGO_PKG_VERSION"));
        assert_eq!(told["revision"], "2023-12-01");
        assert_eq!(told["page"], stage.url(PAGE));
        let agent: String = stage.value("navigator.userAgent").await;
            assert_eq!(told["user_agent"], agent);
            // A time of the last minute, as ISO 8601 writes it.
            let at = &told["at"];
            let is_fresh = format!(
                "/^[0-9-]{{10}}T[0-9:.]{{12}}Z$/.test({at}) && Math.abs(Date.now() - Date.parse({at})) < 60000"
            );
            assert!(stage.value::<bool>(&is_fresh).await, "{at}");
            let state: Value = stage.value("doui.state").await;
        assert_eq!(told["state"], state);
        assert_eq!(told["findings"][0], json!({ "kind": "ungated-script", "subject": "cdn.example/tag.js" }));
        assert_eq!(told["findings"].as_array().unwrap().len(), 9);
        assert_eq!(
            told["tags"][5],
            json!({
                "element": "template", "subject": "広告のかわり。", "condition": "!ads", "state": "running",
                "reasons": [{ "purpose": "ads", "service": null, "negated": true, "standing": "undecided" }],
                "note": null,
            })
        );
        let requests = &told["requests"];
        assert_eq!(requests["complete"], true);
        // In the order of arrival, which is the browser's to choose.
        let foreign = requests["third_party"].as_array().unwrap();
        let pictures: Vec<_> = foreign.iter().filter(|request| request["type"] == "img").collect();
        assert_eq!(
            pictures,
            [&json!({
                "host": "img.partner.example", "path": "/dot.svg", "type": "img", "count": 1, "unallowed": 1,
                "services": [{ "id": "partner", "purpose": "affiliate" }],
            })]
        );
        let own = &requests["first_party"];
        assert!(own["count"].as_u64() >= own["types"]["script"].as_u64(), "{own}");
        assert!(own["types"]["script"].as_u64() >= Some(4), "{own}");
        assert_eq!(
            told["stored"][0],
            json!({
                "place": "cookie", "name": "_ga", "services": [{ "id": "counter", "purpose": "traffic" }],
                "standing": "undecided", "own": false,
            })
        );

        press(stage, "JSONをコピー").await;
        stage.until(&format!("{PANEL}.querySelector('[role=status]').innerText == 'コピーしました。'")).await;
        let copied: String = stage.value("copied[0]").await;
        let copied: Value = serde_json::from_str(&copied).expect("it is JSON");
        assert_eq!(copied["tags"], told["tags"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_downloads_it_unasked() {
    Setting::demo()
        .play(async |stage| {
            decide(stage, "accept").await;
            stage.until_quiet().await;
            assert!(stage.times_requested("/doui/doui.js") > 0);
            assert_eq!(stage.requests_with("audit"), [""; 0]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_comes_of_it_but_a_panel() {
    audited(async |stage| {
        let kept = "[document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]";
        let before: Value = stage.value(kept).await;
        stage.forget_requests();
        export(stage).await;
        press(stage, "下へ移す").await;
        press(stage, "たたむ").await;
        stage.until_quiet().await;
        assert_eq!(stage.requests(), [""; 0]);
        assert_eq!(stage.value::<Value>(kept).await, before);
        let violations: Vec<String> = stage.value("witness.violations").await;
        assert_eq!(violations, [""; 0]);
        let wrapped: Vec<String> = stage
            .value(
                "[fetch, XMLHttpRequest.prototype.open, navigator.sendBeacon, Node.prototype.appendChild,
                  Storage.prototype.setItem, Element.prototype.setAttribute]
                    .map(String).filter(text => !text.includes('[native code]'))",
            )
            .await;
        assert_eq!(wrapped, [""; 0]);
        press(stage, "閉じる").await;
        assert!(stage.value::<bool>("!document.querySelector('doui-audit')").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_one_panel_though_the_page_includes_it_too() {
    let again = r#"<script src="/doui/audit.js" defer></script></head>"#;
    let page = ordered_page("ja").replace("</head>", again);
    Setting::fixtures()
        .file("twice.html", page)
        .play(async |stage| {
            stage.open("/twice.html?doui-audit").await;
            stage.until("document.querySelector('doui-audit')").await;
            stage.until_quiet().await;
            assert_eq!(stage.count("doui-audit").await, 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_speaks_english_on_a_page_that_is_not_japanese() {
    in_order("en-GB", async |stage| {
        assert_eq!(
            rows(stage, "tags").await,
            [[
                "<script> /tag.js?ads",
                "ads",
                "held",
                "Personalised ads: not yet decided"
            ]]
        );
        axe_finds_nothing(stage, "the audit, en").await;
    })
    .await;
}

/// Shows the page on another screen, and in the dark.
async fn show(stage: &Stage, width: u32, height: u32, scheme: &str) {
    let tools = stage.driver().cdp();
    let screen =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    let sized = tools
        .send_raw("Emulation.setDeviceMetricsOverride", screen)
        .await;
    sized.expect("Chromium takes another size");
    let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    let lit = tools.send_raw("Emulation.setEmulatedMedia", scheme).await;
    lit.expect("Chromium takes another scheme");
    stage.until(&format!("innerWidth == {width}")).await;
    stage.until_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_the_audit() {
    audited_in(
        Setting::fixtures().needs(Ability::DevTools),
        async |stage| {
            for (width, height) in [(1280, 900), (390, 844)] {
                for scheme in ["light", "dark"] {
                    show(stage, width, height, scheme).await;
                    axe_finds_nothing(stage, &format!("the audit, {width}, {scheme}")).await;
                }
            }
            let names = hidden_names(stage).await;
            assert!(names.is_empty(), "{names:?}");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_fits_every_screen_and_leaves_the_banner_free() {
    audited_in(Setting::fixtures().needs(Ability::DevTools), async |stage| {
        for (width, height) in [(1280, 900), (390, 844), (320, 700)] {
            show(stage, width, height, "light").await;
            for label in ["下へ移す", "上へ移す"] {
                let free: Value = stage
                    .value(&format!(
                        "(() => {{
                            const boxOf = (host, part) =>
                                document.querySelector(host).shadowRoot.querySelector(part).getBoundingClientRect();
                            const box = boxOf('doui-audit', '.panel');
                            const banner = boxOf('#doui-banner', '.banner');
                            const content = ({PANEL}).querySelector('.content');
                            return [box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.height > 120,
                                box.bottom <= banner.top || box.top >= banner.bottom,
                                content.scrollWidth <= content.clientWidth,
                                [...({PANEL}).querySelectorAll('button')].every(button => button.offsetHeight >= 44)];
                        }})()"
                    ))
                    .await;
                assert_eq!(free, json!([true, true, true, true]), "{width}, before {label}");
                press(stage, label).await;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_keyboard_it_folds_and_closes_and_keeps_the_focus() {
    const FOCUS: &str = "(() => {
        let at = document.activeElement;
        while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at.getAttribute('aria-label') ?? at.innerText;
    })()";
    in_order("ja", async |stage| {
        assert_eq!(
            stage
                .value::<String>("document.activeElement.localName")
                .await,
            "body"
        );
        stage
            .call("document.querySelector('#before').focus()")
            .await;
        for stop in ["下へ移す", "たたむ", "閉じる", "監査の内容"] {
            stage.tab(false).await;
            assert_eq!(stage.value::<String>(FOCUS).await, stop);
        }
        // News does not take the focus away.
        stage.call("doui.acceptAll()").await;
        stage
            .until(&format!("{}[0][2] == '動作'", rows_of("tags")))
            .await;
        assert_eq!(stage.value::<String>(FOCUS).await, "監査の内容");

        stage.keys(&char::from(Key::Escape).to_string()).await;
        assert_eq!(stage.value::<String>(FOCUS).await, "ひらく");
        assert!(
            stage
                .value::<bool>(&format!("{PANEL}.querySelector('.content').hidden"))
                .await
        );
        stage.keys(&char::from(Key::Enter).to_string()).await;
        assert!(
            !stage
                .value::<bool>(&format!("{PANEL}.querySelector('.content').hidden"))
                .await
        );
        assert_eq!(stage.value::<String>(FOCUS).await, "たたむ");
        stage.tab(false).await;
        stage.keys(&char::from(Key::Enter).to_string()).await;
        stage.until("!document.querySelector('doui-audit')").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purpose_that_the_browsers_signal_keeps_off_or_the_shop_has_on_says_so() {
    // The signal's stand-in is first on every fixture; this page must name it.
    let page = ordered_page("en")
        .replace("<head>", r#"<head><script src="/before.js"></script>"#)
        .replace(
            "</main>",
            r#"<script type="text/plain" data-doui="traffic" src="/tag.js?traffic"></script></main>"#,
        );
    Setting::fixtures()
        .doui(built::stamped_with(|shop| {
            shop["purposes"][2]["before"] = json!("granted")
        }))
        .file("signal.html", page)
        .sending_gpc()
        .play(async |stage| {
            stage.open("/signal.html?doui-audit").await;
            let why = format!("{}.map(row => row.slice(2))", rows_of("tags"));
            let said = json!([
                [
                    "held",
                    "Personalised ads: not yet decided, kept off by Global Privacy Control"
                ],
                [
                    "running",
                    "Traffic analysis: allowed before the visitor chose"
                ],
            ]);
            stage
                .until(&format!("JSON.stringify({why}) == JSON.stringify({said})"))
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_requests_that_was_full_is_said_to_be() {
    Setting::fixtures()
        .file("busy.html", ordered_page("ja"))
        .without_policy()
        .play(async |stage| {
            stage.open("/busy.html").await;
            stage
                .call("for (let at = 0; at < 260; at++) fetch('/dot.svg?' + at).then((it) => it.text())")
                .await;
            stage
                .until("performance.getEntriesByType('resource').length == 250")
                .await;
            stage
                .call("document.head.append(Object.assign(document.createElement('script'), { src: '/doui/audit.js' }))")
                .await;
            let text = format!("{PANEL}.querySelector('[data-part=requests]').innerText");
            stage.until(&format!("{text}.includes('上限に達していた')")).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_asked_its_own_host_for_ever_new_addresses_grew_the_audit() {
    // What any map takes in.
    let before = "window.taken = [];
        const set = Map.prototype.set;
        Map.prototype.set = function (key, value) { taken.push(String(key)); return set.call(this, key, value); };";
    let page = ordered_page("ja").replace("<head>", r#"<head><script src="/before.js"></script>"#);
    Setting::fixtures()
        .before(before)
        .file("polling.html", page)
        .play(async |stage| {
            stage.open("/polling.html?doui-audit").await;
            let text = format!("({PANEL}?.querySelector('[data-part=requests]').innerText ?? '')");
            stage.until(&format!("document.querySelector('doui-audit') && {text}.includes('script')")).await;
            stage
                .call("for (const path of ['/tag.js', '/tag.css', '/dot.svg', '/frame.html']) fetch(path).then((it) => it.text())")
                .await;
            stage.until(&format!("{text}.includes('fetch 4')")).await;
            let kept: Vec<String> = stage.value("taken.filter(key => /tag|dot|frame/.test(key))").await;
            assert_eq!(kept, [""; 0]);
            let types: Vec<String> = stage.value("taken.filter(key => key == 'fetch')").await;
            assert_eq!(types.len(), 4);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_refused_alone_says_so() {
    let dist = built::stamped_with(|shop| {
        shop["services"] = json!([
            { "id": "banners", "purpose": "ads", "label": { "ja": "広告配信", "en": "Banners" },
              "choosable": true, "cookies": ["banner-id"] },
            { "id": "films", "purpose": "ads", "label": { "ja": "動画広告", "en": "Films" }, "cookies": ["film-id"] },
        ])
    });
    let tags = ["ads/banners", "ads/films", "ads/other"].map(|need| {
        format!(r#"<script type="text/plain" data-doui="{need}" src="/tag.js?{need}"></script>"#)
    });
    Setting::fixtures()
        .dist(dist.path())
        .file(
            "services.html",
            ordered_page("en").replace("</main>", &(tags.concat() + "</main>")),
        )
        .play(async |stage| {
            stage.open("/services.html?doui-audit").await;
            stage.until("window.doui").await;
            stage
                .call(
                    "document.cookie = 'film-id=1'; doui.save({ ads: true, 'ads/banners': false })",
                )
                .await;
            let why = format!("{}.map(row => row.slice(1))", rows_of("tags"));
            let said = json!([
                ["ads", "running", "Personalised ads: allowed"],
                ["ads/banners", "held", "Banners: rejected"],
                ["ads/films", "running", "Films: allowed"],
                ["ads/other", "held", "ads/other: not a purpose of shop.json"],
            ]);
            stage
                .until(&format!("JSON.stringify({why}) == JSON.stringify({said})"))
                .await;
            let stored = format!(
                "{}.find(([name]) => name == 'film-id')?.join()",
                rows_of("stored")
            );
            stage
                .until(&format!(
                    "{stored} == 'film-id,cookie,Films,Personalised ads: allowed'"
                ))
                .await;
        })
        .await;
}
