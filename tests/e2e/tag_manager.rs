//! Google Tag Manager beside Doui, as docs/tag-manager.md and the template's own page say, with stand-ins for the container.

use std::{fs, process::Command};

use doui_tests::{Door, Setting, built, page};
use serde_json::{Value, json};

/// A container of which only the beginning counts: it notes what the data layer holds when it starts.
const CONTAINER: &str = "<script>
    window.atStart = JSON.stringify([...dataLayer].map(one => one.event ? one : [...one]));
    dataLayer.push({ 'gtm.start': 1, event: 'gtm.js' });
</script>";

/// The lines for the console, as one function that returns what the last line says.
fn console(page: &str) -> String {
    let [lines] = &built::blocks(page, "js")[..] else {
        panic!("{page} has not one block of js");
    };
    lines.replacen("dataLayer", "return dataLayer", 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_on_tag_managers_says_what_happens() {
    let [head] = &built::blocks("docs/tag-manager.md", "html")[..] else {
        panic!("the page has one block of HTML");
    };
    let head = head.replace("<!-- the snippet of Google Tag Manager -->", CONTAINER);
    assert!(head.contains("atStart"));
    let [signals] = &built::blocks("docs/tag-manager.md", "json")[..] else {
        panic!("the page has one block of JSON");
    };
    let said: Value = serde_json::from_str(&format!("{{{signals}}}")).expect("a part of shop.json");
    let page = format!("<!doctype html><html lang=\"ja\">{head}<body><p>店</p></body></html>");
    Setting::fixtures()
        .without_policy()
        .doui(built::stamped_with(|shop| {
            shop["signals"] = said["signals"].clone()
        }))
        .file(
            "tag-manager.html",
            page.replace("<meta", "<link rel=icon href=data:,><meta"),
        )
        .play(async |stage| {
            stage.open_until_asked("/tag-manager.html").await;
            let at_start: String = stage.value("atStart").await;
            let at_start: Value = serde_json::from_str(&at_start).expect("JSON");
            assert_eq!(at_start[0][1], "default", "{at_start}");
            assert_eq!(at_start[0][2]["ad_storage"], "denied", "{at_start}");
            assert_eq!(at_start[1], json!(["set", "ads_data_redaction", true]));
            let answer: Value = stage.run(&console("docs/tag-manager.md"), vec![]).await;
            assert_eq!(
                answer,
                json!({ "auth": true, "ads": true, "traffic": true, "affiliate": true })
            );
            // On the next page the update is there before the container.
            stage.reload().await;
            let at_start: String = stage.value("atStart").await;
            let at_start: Value = serde_json::from_str(&at_start).expect("JSON");
            assert_eq!(
                (&at_start[2][1], &at_start[2][2]["ad_storage"]),
                (&json!("update"), &json!("granted"))
            );
        })
        .await;
}

/// What the template's code and permissions are, by the test's own reader.
fn template() -> Value {
    let script = "const [module, file] = process.argv.slice(1);
        import(module).then(({ readTemplate }) => console.log(JSON.stringify(readTemplate(file))));";
    let output = Command::new("node")
        .args(["--eval", script])
        .arg(built::tests().join("bridges/tag-manager/template.mjs"))
        .arg(built::root().join("integrations/google-tag-manager/template.tpl"))
        .output()
        .expect("node starts");
    serde_json::from_slice(&output.stdout).expect("the template has its sections")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_loads_doui_and_passes_its_choices_on() {
    let template = template();
    let sandbox = fs::read_to_string(built::tests().join("bridges/tag-manager/sandbox.js"))
        .expect("the stand-in is there");
    let run = format!(
        "window.ends = [];
        window.calls = [];
        const require = makeSandbox(window, {permissions}, {{}}, calls);
        const data = {{ url: location.origin + '/doui/doui.js', waitForUpdate: 700, pushesEvent: true, redactsAds: true,
            gtmOnSuccess: () => ends.push('success'), gtmOnFailure: () => ends.push('failure') }};
        window.fire = () => runTemplate({code}, data, require);
        fire();",
        permissions = template["WEB_PERMISSIONS"].as_str().expect("text"),
        code = template["SANDBOXED_JS_FOR_WEB_TEMPLATE"],
    );
    // As for the sandbox, loopback is a host like others; its port is not in the permission.
    let sandbox = sandbox.replace(
        "const isUrl = (url) =>",
        "const isUrl = (url) => (url = url.replace(/:\\d+\\//, \"/\")) &&",
    );
    let page = page(
        &format!("<script>{sandbox}</script><script>{run}</script>"),
        "<p>店</p>",
    );
    Setting::fixtures()
        .without_policy()
        .secure()
        .doui(built::stamped_with(|shop| shop["signals"] = json!({})))
        .file("container.html", page)
        .play(async |stage| {
            let calls = async || stage.value::<Value>("consentCalls").await;
            stage.open("/container.html").await;
            stage.until("ends.length").await;
            assert_eq!(stage.value::<Value>("ends").await, json!(["success"]));
            let first = calls().await;
            assert_eq!(first[0][0], "default");
            assert_eq!(first[0][1]["wait_for_update"], 700);
            assert_eq!(first[0][1]["ad_storage"], "denied");
            assert_eq!(first[1][1]["ad_storage"], "denied", "{first}");
            assert_eq!(stage.value::<Value>("gtagSettings").await, json!([{ "ads_data_redaction": true, "url_passthrough": false }]));
            stage.until_banner_shows().await;
            let answer: Value = stage
                .run(&console("integrations/google-tag-manager/README.md"), vec![])
                .await;
            assert_eq!(answer, json!({ "auth": true, "ads": true, "traffic": true, "affiliate": true }));
            let last: Value = stage.value("consentCalls.at(-1)").await;
            assert_eq!(last, json!(["update", {
                "ad_storage": "granted", "ad_user_data": "granted", "ad_personalization": "granted", "analytics_storage": "granted",
                "functionality_storage": "granted", "personalization_storage": "granted", "security_storage": "granted",
            }]));
            // A refusal by the visitor, and a tag that fires twice.
            stage.call("fire(); doui.open()").await;
            stage.press(Door::Banner, "reject").await;
            stage.until("consentCalls.at(-1)[1].ad_storage == 'denied'").await;
            let events: u32 = stage.value("dataLayer.filter(one => one.event == 'doui_change').length").await;
            assert_eq!(events, 2);
            // The next page knows it once doui.js is there.
            stage.reload().await;
            stage.until("ends.length").await;
            let events: Value = stage.value("dataLayer.map(one => one.doui.ads)").await;
            assert_eq!(events, json!([false]));
        })
        .await;
}
