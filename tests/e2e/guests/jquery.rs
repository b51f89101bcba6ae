//! jQuery 3: what it inserts, copies and stops.

use doui_tests::{Door, Setting};

use super::{of_tags, page, ran, tags, until_frame_shows, until_placeholders};

fn shop(body: &str) -> Setting {
    Setting::guests().file("a.html", page("jquery", body))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_jquery_inserts_ran_twice_or_not_at_all() {
    shop("<div id=\"html\"></div><div id=\"append\"></div>")
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.until("!!window.$").await;
            stage
                .run::<()>(
                    "$('#html').html(arguments[0]); $('#append').append(arguments[1])",
                    vec![tags("html").into(), tags("append").into()],
                )
                .await;
            until_placeholders(stage, &["html", "append"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "html").await;
            until_frame_shows(stage, "append").await;
            stage
                .until("ran.length == 2 && document.querySelectorAll('.ad').length == 2")
                .await;
            stage
                .run::<()>("$('#html').html(arguments[0])", vec![tags("again").into()])
                .await;
            until_frame_shows(stage, "again").await;
            stage.until("ran.includes('again')").await;
            stage
                .call("$('#append').empty(); $('#html').remove()")
                .await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["html", "append", "again"]);
            assert_eq!(stage.count(".ad").await, 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_jquery_copies_was_not_held_or_ran_again() {
    shop(&format!("<div id=\"from\">{}</div><div id=\"to\"></div>", tags("a")))
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.until("!!window.$").await;
            stage.call("doui.acceptAll()").await;
            until_frame_shows(stage, "a").await;
            stage.until("ran.length == 1 && document.querySelector('.ad')").await;
            // As sliders do for a loop without an end.
            stage
                .call("$('#from').find('iframe').on('click', () => {}); $('#to').append($('#from').clone(true))")
                .await;
            stage
                .until("[...document.querySelectorAll('iframe')].every(it => it.contentDocument?.title == '枠の中')")
                .await;
            stage.until_quiet().await;
            assert_eq!(ran(stage).await, ["a"]);
            stage.call("doui.rejectAll()").await;
            until_placeholders(stage, &["a", "a"]).await;
            let left: Vec<String> = stage
                .value("[...document.querySelectorAll('iframe[src], img[src], link[data-doui][href]')].map(it => it.outerHTML)")
                .await;
            assert_eq!(left, [""; 0]);
            stage.forget_requests();
            stage.call("$('#to').html($('#from').clone(true))").await;
            until_placeholders(stage, &["a", "a"]).await;
            assert_eq!(of_tags(stage), [""; 0]);
            assert_eq!(stage.times_requested("/tag.js?a"), 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_that_returns_false_left_the_settings_button_dead() {
    shop("<nav><a href=\"#\" data-doui-open id=\"on\">on it</a></nav><p><span data-doui-open id=\"above\"><b>above it</b></span></p>")
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.until("!!window.$").await;
            stage.call("doui.rejectAll()").await;
            stage.until_banner_is_gone().await;
            stage
                .call(
                    "$('nav a').on('click', () => false);
                     $('b').on('click', event => event.stopImmediatePropagation());
                     document.addEventListener('click', event => event.stopImmediatePropagation(), true)",
                )
                .await;
            for id in ["on", "above"] {
                stage.click_on(&format!("document.querySelector('#{id}')")).await;
                stage.until_banner_shows().await;
                stage.press(Door::Banner, "reject").await;
                stage.until_banner_is_gone().await;
            }
        })
        .await;
}
