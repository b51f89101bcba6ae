//! The block of `npx doui build --inline`, pasted into pages of hosted carts: nothing is loaded, and their encodings are old.

use doui_tests::{Door, Setting, built};

/// Around the block, a page in an encoding, whose title is ソ店: in Shift_JIS it holds the byte of a backslash.
fn page(encoding: &str, title: &[u8], block: &str) -> Vec<u8> {
    [
        b"<!doctype html><html lang=\"ja\"><head>",
        format!("<meta charset=\"{encoding}\">{block}<link rel=\"icon\" href=\"data:,\"><script src=\"/witness.js\"></script><title>")
            .as_bytes(),
        title,
        b"</title></head><body><p>shop</p><script type=\"text/plain\" data-doui=\"ads\" data-doui-src=\"/tag.js?held\"></script></body></html>",
    ]
    .concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_block_reads_and_works_in_shift_jis_and_euc_jp() {
    let mut shop = built::shop();
    shop["centre"] = false.into();
    shop["contact"]["policy"] = "https://shop.example/policy".into();
    let block = built::inline(&shop, &[]);
    let folder = built::whole(&shop);
    // The lines that the page on carts gives for the console.
    let console = built::blocks("docs/platforms.md", "js").concat();
    let console = console.replacen("\ndocument", "\nreturn document", 1);
    let file = "<script src=\"/doui/doui.js\"></script>";
    Setting::fixtures()
        .without_policy()
        .dist(folder.path().join("dist"))
        .file("sjis.html", page("shift_jis", b"\x83\x5c\x93\x58", &block))
        .file("euc.html", page("euc-jp", b"\xa5\xbd\xc5\xb9", &block))
        .file("utf.html", page("utf-8", "ソ店".as_bytes(), file))
        .play(async |stage| {
            stage.open_until_asked("/utf.html").await;
            let expected = stage.banner_text().await;
            stage.forget_requests();
            for (path, encoding) in [("/sjis.html", "Shift_JIS"), ("/euc.html", "EUC-JP")] {
                stage.open(path).await;
                let read: (String, String) =
                    stage.value("[document.characterSet, document.title]").await;
                assert_eq!(read, (encoding.to_owned(), "ソ店".to_owned()));
                stage.until_banner_shows().await;
                assert_eq!(stage.banner_text().await, expected);
                let answer: String = stage.run(&console, vec![]).await;
                assert_eq!(answer, encoding);
                stage.clear().await;
                stage.reload().await;
                stage.until_banner_shows().await;
                stage.press(Door::Banner, "reject").await;
                stage.until("document.cookie.includes('.ads0')").await;
                assert!(stage.value::<bool>("ran.length == 0").await);
                stage.call("doui.acceptAll()").await;
                stage.until("ran.length == 1").await;
                stage.clear().await;
            }
            assert_eq!(stage.requests_for("/doui/"), [""; 0]);
        })
        .await;
}
