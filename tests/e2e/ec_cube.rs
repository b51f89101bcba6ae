//! The page that EC-CUBE's template and the plugin make, in a browser.

use std::path::Path;

use doui_tests::{Setting, built};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn doui_is_the_first_script_of_an_ec_cube_page() {
    let Some(page) = built::ec_cube_page(Path::new("php")) else {
        eprintln!("skipped: there is no Twig (Debian: `apt-get install php-twig`)");
        return;
    };
    let mut shop = built::shop();
    shop["path"] = "/html/user_data/doui/".into();
    let folder = built::whole(&shop);
    let line = built::blocks("integrations/ec-cube/README.md", "js").concat();
    Setting::fixtures()
        .without_policy()
        .dist(folder.path().join("dist"))
        .path("/html/user_data/doui/")
        .file("ec-cube.html", page)
        .play(async |stage| {
            stage.open_until_asked("/ec-cube.html").await;
            let before: Value = stage
                .value("[window.meta, window.bundle, window.setup]")
                .await;
            assert_eq!(before, json!([true, true, true]));
            let answer: Value = stage.run(&format!("return {line}"), vec![]).await;
            assert_eq!(answer, "granted");
        })
        .await;
}
