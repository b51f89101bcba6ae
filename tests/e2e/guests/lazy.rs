//! lazysizes takes `data-src` for its own.

use doui_tests::Setting;

use super::{page, until_frame_shows, until_placeholders};

#[tokio::test(flavor = "multi_thread")]
async fn a_lazy_loader_fetched_before_the_answer() {
    const HELD: &str = "<iframe class=\"lazyload\" title=\"lazy\" width=\"300\" height=\"150\" data-doui=\"ads\" \
         data-doui-src=\"/frame.html?lazy\"></iframe>
        <img class=\"lazyload\" alt=\"\" width=\"40\" height=\"40\" data-doui=\"ads\" data-doui-src=\"/dot.svg?src\">
        <img class=\"lazyload\" alt=\"\" width=\"40\" height=\"40\" data-doui=\"ads\" data-doui-srcset=\"/dot.svg?set 2x\" data-doui-src=\"/dot.svg?one\">
        <img class=\"lazyload\" alt=\"\" width=\"40\" height=\"40\" data-src=\"/dot.svg?theirs\">";
    Setting::guests()
        .file("a.html", page("lazysizes", HELD))
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.until_requested("/dot.svg?theirs").await;
            until_placeholders(stage, &["lazy"]).await;
            let asked = async || {
                stage.until_quiet().await;
                ["/frame.html?lazy", "/dot.svg?src"].map(|path| stage.times_requested(path))
            };
            assert_eq!(asked().await, [0, 0]);
            assert_eq!(
                stage.times_requested("/dot.svg?set") + stage.times_requested("/dot.svg?one"),
                0
            );
            stage.call("doui.rejectAll()").await;
            assert_eq!(asked().await, [0, 0]);
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "lazy").await;
            stage.until_requested("/dot.svg?src").await;
            assert_eq!(asked().await, [1, 1]);
            assert_eq!(
                stage.times_requested("/dot.svg?set") + stage.times_requested("/dot.svg?one"),
                1
            );
            stage.call("doui.rejectAll()").await;
            until_placeholders(stage, &["lazy"]).await;
            assert_eq!(
                stage
                    .value::<u32>(
                        "document.querySelectorAll('[data-doui][src], [data-doui][srcset]').length"
                    )
                    .await,
                0
            );
        })
        .await;
}
