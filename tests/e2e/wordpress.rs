//! The script that keeps the WP Consent API in step, beside a stand-in of the API that behaves as described.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use doui_tests::{Door, Setting, Stage, built};
use serde_json::{Value, json};
use thirtyfour::By;
use tokio::io::{AsyncBufReadExt, BufReader};

fn read(path: &str) -> String {
    fs::read_to_string(built::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A page as the plugin has WordPress print it.
fn page() -> String {
    let data = json!({ "type": "optin", "categories": {
        "functional": ["necessary"], "preferences": ["auth"], "statistics": ["traffic"], "statistics-anonymous": ["traffic"],
        "marketing": ["ads", "affiliate"],
    } });
    doui_tests::page(
        "<script src=\"/doui/doui.js\" data-cfasync=\"false\"></script>
        <script>
            window.heard = [];
            for (const name of ['wp_listen_for_consent_change', 'wp_consent_type_defined'])
                document.addEventListener(name, event => heard.push(event.detail || name));
        </script>",
        &format!(
            "<p>店</p>
        <script src=\"/wp-consent-api.js\"></script>
        <script>window.douiWordPress = {data};</script><script src=\"/bridge.js\"></script>"
        ),
    )
}

/// The lines for the console of the plugin's own page, as one function that returns what the last line says.
fn console() -> String {
    let lines = built::blocks("integrations/wordpress/README.md", "js").concat();
    lines.replacen("\n[", "\nreturn [", 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wp_consent_api_follows_doui_and_may_only_refuse() {
    Setting::fixtures()
        .without_policy()
        .file("wordpress.html", page())
        .file("bridge.js", read("integrations/wordpress/doui/bridge.js"))
        .file("wp-consent-api.js", read("tests/bridges/wordpress/wp-consent-api.js"))
        .play(async |stage| {
            let consent = async || {
                stage.value::<Value>("['functional', 'preferences', 'statistics', 'marketing'].map(one => wp_has_consent(one))").await
            };
            stage.open_until_asked("/wordpress.html").await;
            assert_eq!(stage.value::<Value>("heard[0]").await, "wp_consent_type_defined");
            assert_eq!(stage.value::<String>("wp_consent_type").await, "optin");
            assert_eq!(consent().await, json!([true, false, false, false]));
            stage.press(Door::Banner, "accept").await;
            stage.until("wp_has_consent('marketing')").await;
            assert_eq!(consent().await, json!([true, true, true, true]));
            // A refusal from outside is taken over, and calls nobody again.
            stage.call("consentCalls = 0; wp_set_consent('marketing', 'deny')").await;
            let state: Value = stage.value("doui.state.choices").await;
            assert_eq!(state, json!({ "auth": true, "ads": false, "traffic": true, "affiliate": false }));
            assert!(stage.cookie().await.is_some_and(|it| it.contains(".ads0") && it.contains(".traffic1")));
            assert!(stage.value::<u32>("consentCalls").await < 20);
            // A grant from outside is taken back.
            stage.call("wp_set_consent('marketing', 'allow')").await;
            assert_eq!(consent().await, json!([true, true, true, false]));
            assert!(!stage.value::<bool>("doui.allows('ads')").await);
            // So is a refusal of what is necessary.
            stage.call("wp_set_consent('functional', 'deny')").await;
            assert_eq!(consent().await, json!([true, true, true, false]));
            let answer: Value = stage.run(&console(), vec![]).await;
            assert_eq!(answer, json!([true, true]));
            stage.call("doui.save({ ads: false, affiliate: false })").await;
            // The next page agrees without a word.
            stage.reload().await;
            stage.until("window.doui && window.consentCalls").await;
            assert_eq!(consent().await, json!([true, true, true, false]));
            assert_eq!(stage.value::<u32>("heard.length").await, 1);
        })
        .await;
}

/// What has a real WordPress: PHP and WordPress as npm has them, in versions that run on Node.js 20. They are large, so they are
/// kept from one run to the next.
const PACKAGES: [&str; 3] = [
    "@php-wasm/node@1.0.20",
    "@wp-playground/wordpress@1.0.20",
    "@wp-playground/wordpress-builds@0.9.19",
];

fn fetched() -> PathBuf {
    let home = built::root().join("target/wordpress");
    fs::create_dir_all(&home).expect("target/ is writable");
    fs::write(home.join("package.json"), r#"{ "private": true }"#).expect("it is writable");
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
    ]);
    let output = npm.args(PACKAGES).current_dir(&home).output();
    let output = output.expect("npm starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    home
}

/// A zip file of a folder, with another file in it if there is one.
fn zipped(folder: &Path, to: &Path, more: &str) {
    let script = "require $argv[1]; $entries = entries_of($argv[2], 'dist/');
        if ($argv[4]) $entries[] = [$argv[4], '<?php'];
        file_put_contents($argv[3], zip_of($entries));";
    let mut php = Command::new("php");
    php.args(["-r", script, "--"])
        .arg(built::tests().join("bridges/wordpress/zip.php"));
    let made = php.arg(folder).arg(to).arg(more).status();
    assert!(
        made.expect("the test needs PHP (Debian: `apt-get install php-cli`)")
            .success()
    );
}

/// Uploads a file on the plugin's page. Returns what it says then.
async fn upload(stage: &Stage, address: &str, file: &Path) -> String {
    let driver = stage.driver();
    let page = format!("{address}/wp-admin/options-general.php?page=doui");
    driver.goto(page).await.expect("the page opens");
    let input = driver
        .find(By::Name("doui_zip"))
        .await
        .expect("the plugin has a page");
    input
        .send_keys(file.to_str().expect("a name"))
        .await
        .expect("it takes a file");
    let button = driver.find(By::Css("form[enctype] [type=submit]")).await;
    button
        .expect("it has a button")
        .click()
        .await
        .expect("it is sent");
    let notice = stage
        .element("document.querySelector('.notice-error, .notice-success')")
        .await;
    notice.text().await.expect("it has words")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it fetches WordPress; `cargo xtask test --everywhere` runs it"]
async fn a_shop_in_a_real_wordpress_gets_its_banner() {
    let home = fetched();
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let [good, bad] = ["dist.zip", "bad.zip"].map(|name| folder.path().join(name));
    zipped(&built::dist(), &good, "");
    zipped(&built::dist(), &bad, "dist/../../evil.php");
    for (php, wordpress) in [("7.4", "6.2"), ("8.3", "6.5")] {
        let mut server = tokio::process::Command::new("node")
            .arg(built::tests().join("bridges/wordpress/real.mjs"))
            .arg(&home)
            .args([php, wordpress])
            .arg(built::root().join("integrations/wordpress/doui"))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");
        let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
        let first = lines
            .next_line()
            .await
            .expect("it is text")
            .expect("it says where it listens");
        println!("{first}");
        let address = first.split(' ').next().expect("an address").to_owned();
        assert!(
            first.contains(&format!(" {php}.")) && first.contains(&format!(" {wordpress}")),
            "{first}"
        );
        Setting::fixtures()
            .without_policy()
            .play(async |stage| {
                in_wordpress(stage, &address, &good, &bad).await;
            })
            .await;
    }
}

async fn in_wordpress(stage: &Stage, address: &str, good: &Path, bad: &Path) {
    let driver = stage.driver();
    let open = async |path: &str| {
        driver
            .goto(format!("{address}{path}"))
            .await
            .expect("it opens")
    };
    let text = async |id: &str| -> String {
        stage
            .value(&format!("document.getElementById('{id}').textContent"))
            .await
    };
    // Without a build a page is as it was.
    open("/").await;
    assert!(!stage.value::<bool>("first || !!window.doui").await);
    open("/?log-in").await;
    let said = upload(stage, address, bad).await;
    assert!(said.contains("evil.php is not of a build"), "{said}");
    open("/").await;
    assert!(!stage.value::<bool>("!!window.doui").await);
    let said = upload(stage, address, good).await;
    assert!(said.contains("The build is in its place"), "{said}");
    driver.delete_all_cookies().await.expect("the cookies go");
    // First in the head, whatever else there is.
    open("/").await;
    assert!(stage.value::<bool>("first").await);
    assert!(
        stage
            .value::<bool>(
                "document.head.querySelector('script').src.includes('/uploads/doui/doui.js')"
            )
            .await
    );
    stage.until_banner_shows().await;
    assert_eq!(
        (text("marketing").await, text("cached").await),
        ("none".into(), "may be cached".into())
    );
    assert!(text("cookies").await.contains("\"doui\":\"functional\""));
    stage.press(Door::Banner, "accept").await;
    stage
        .until("window.ran && wp_has_consent('marketing')")
        .await;
    // PHP knows it on the next page, which is kept out of caches.
    open("/").await;
    assert_eq!(
        (text("marketing").await, text("cached").await),
        ("marketing".into(), "not to be cached".into())
    );
    let answer: Value = stage.run(&console(), vec![]).await;
    assert_eq!(answer, json!([true, true]));
    // A withdrawal is not outlived by the API's own cookies.
    stage
        .call("doui.rejectAll(); document.cookie = 'wp_consent_marketing=allow; path=/'")
        .await;
    open("/").await;
    assert_eq!(text("marketing").await, "none");
    // The centre, in its own place.
    open("/doui/").await;
    stage.until_alive().await;
    stage.press(Door::Centre, "accept").await;
    stage.until("document.cookie.includes('.ads1')").await;
    open("/doui/services").await;
    stage
        .until("document.querySelector('h1')?.textContent.length")
        .await;
    driver.delete_all_cookies().await.expect("the cookies go");
}
