//! Several hosts of one shop under a public suffix of two labels, `co.jp`: what is shared, and what is swept.

use std::fs;

use doui_tests::{Ability, Door, SCRIPTS, Setting, Stage, built, page};
use serde_json::{Value, json};
use thirtyfour::Cookie;

const WWW: &str = "//www.yotsuyu.co.jp";
const SHOP: &str = "//shop.yotsuyu.co.jp";

/// The first shop, sharing its cookie among the hosts of its domain.
pub fn sharing() -> tempfile::TempDir {
    built::stamped_with(|shop| shop["cookie"] = json!({ "domain": "yotsuyu.co.jp" }))
}

async fn open(stage: &Stage, host: &str, path: &str) {
    stage.open(&format!("{host}{path}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_on_one_host_holds_on_the_other() {
    Setting::fixtures()
        .doui(sharing())
        .play(async |stage| {
            open(stage, WWW, "/shop.html").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 1").await;
            open(stage, SHOP, "/shop.html").await;
            stage.until("ran.length == 1").await;
            stage.until_quiet().await;
            assert!(!stage.banner_shows().await, "asked again on the other host");
            // Local storage is each host's own: the record was made anew from the cookie.
            let record = stage.record().await.expect("a record");
            assert!(record.contains("\"ads\":true"), "{record}");

            stage.call("doui.rejectAll()").await;
            open(stage, WWW, "/shop.html").await;
            stage.until_quiet().await;
            let state: Value = stage.value("[doui.state.choices.ads, ran]").await;
            assert_eq!(state, json!([false, []]), "the later decision did not win");
            // Only one cookie, not one for each host.
            let jar: String = stage.value("document.cookie").await;
            assert_eq!(jar.matches("doui=").count(), 1, "{jar}");

            stage.call("doui.reset()").await;
            open(stage, SHOP, "/frame.html").await;
            assert_eq!(stage.cookie().await, None);
        })
        .await;
}

/// The centre's first page for a shop that shares its cookie among the hosts of its domain: the build's page with that
/// added to its data.
fn sharing_centre() -> String {
    let page = fs::read_to_string(built::dist().join("index.html")).expect("a build has it");
    let (before, data) = page
        .split_once("id=\"doui-data\"")
        .expect("the page has data");
    let (words, data) = data.split_once('>').expect("a tag ends");
    let (data, after) = data.split_once("</script>").expect("an element ends");
    let mut data: Value = serde_json::from_str(data).expect("the data is JSON");
    data["terms"]["cookie"]["domain"] = json!("yotsuyu.co.jp");
    format!("{before}id=\"doui-data\"{words}>{data}</script>{after}")
}

/// Keeps a grant for this host alone.
const KEEP_FOR_HOST: &str = "const at = Math.floor(Date.now() / 1000) - 1000;
    document.cookie = `doui=1.20231201.${at}.auth1.ads1.traffic1.affiliate1;Path=/`";

/// The values of Doui's cookies that the page sees.
const DOUI: &str = "document.cookie.split('; ').filter(pair => pair.startsWith('doui='))";

/// Awaits a decision with these tokens in the cookie. A server receives what the browser has for this host: one cookie,
/// the domain's.
async fn one_cookie_of_the_domain(stage: &Stage, tokens: &str) {
    let is_there = format!("{DOUI}.some(pair => pair.includes('{tokens}'))");
    stage.until(&is_there).await;
    // WebKit shows what was written a moment later.
    stage.until(&format!("{DOUI}.length == 1")).await;
    let jar = stage.driver().get_all_cookies().await;
    let jar = serde_json::to_value(jar.expect("the jar")).unwrap();
    let kept: Vec<_> = (jar.as_array().into_iter().flatten())
        .filter(|cookie| cookie["name"] == "doui")
        .map(|cookie| (&cookie["domain"], &cookie["value"]))
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let domain = kept[0].0.as_str().expect("a cookie has a domain");
    assert_eq!(domain.trim_start_matches('.'), "yotsuyu.co.jp");
    assert!(
        kept[0].1.as_str().is_some_and(|it| it.contains(tokens)),
        "{kept:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_host_only_cookie_beside_that_of_the_domain() {
    Setting::fixtures()
        .without_policy()
        .file("centre.html", sharing_centre())
        .play(async |stage| {
            // An earlier page kept a grant for this host alone.
            open(stage, WWW, "/frame.html").await;
            stage.call(KEEP_FOR_HOST).await;
            open(stage, WWW, "/centre.html").await;
            stage.press(Door::Centre, "withdraw").await;
            one_cookie_of_the_domain(stage, ".ads0.").await;
            let shown: Vec<String> = stage.value(DOUI).await;
            open(stage, SHOP, "/frame.html").await;
            assert_eq!(stage.value::<Vec<String>>(DOUI).await, shown);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_page_left_a_stale_host_only_cookie_beside_that_of_the_domain() {
    Setting::fixtures()
        .doui(sharing())
        .play(async |stage| {
            // An earlier page kept a grant for this host alone.
            open(stage, WWW, "/frame.html").await;
            stage.call(KEEP_FOR_HOST).await;
            open(stage, WWW, "/shop.html").await;
            stage.call("doui.rejectAll()").await;
            one_cookie_of_the_domain(stage, ".auth0.ads0.").await;
            // Nor does any later answer leave one.
            stage.call("doui.acceptAll()").await;
            one_cookie_of_the_domain(stage, ".auth1.ads1.").await;
            stage.call(KEEP_FOR_HOST).await;
            stage.call("doui.reset()").await;
            stage.until("!document.cookie.includes('doui=')").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_domain_each_host_asks_for_itself() {
    Setting::fixtures()
        .play(async |stage| {
            open(stage, WWW, "/shop.html").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 1").await;
            open(stage, SHOP, "/shop.html").await;
            stage.until_banner_shows().await;
            assert_eq!(stage.cookie().await, None);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_host_outside_the_domain_the_choice_is_kept_for_that_host() {
    Setting::fixtures()
        .doui(sharing())
        .play(async |stage| {
            open(stage, "//staging.example", "/shop.html").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.length == 1").await;
            assert!(stage.cookie().await.is_some());
            stage.reload().await;
            stage.until("ran.length == 1").await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_sweeps_every_level_of_the_domain() {
    Setting::fixtures()
        .play(async |stage| {
            open(stage, "//m.shop.yotsuyu.co.jp", "/withdrawal.html").await;
            stage.press(Door::Banner, "accept").await;
            stage.until("ran.includes('counter')").await;
            // The stand-in took the widest domain there is; add the levels between.
            let levels = "for (const domain of ['', ';Domain=m.shop.yotsuyu.co.jp', ';Domain=shop.yotsuyu.co.jp'])
                document.cookie = `_ga=1;Path=/${domain}`;
                return document.cookie.split('; ').filter(pair => pair.startsWith('_ga=')).length";
            assert_eq!(stage.run::<u32>(levels, vec![]).await, 4);
            let left: Value = stage
                .value("(doui.rejectAll(), [document.cookie.match(/_ga|probe/), doui.state.leftovers])")
                .await;
            assert_eq!(left, json!([null, []]));
            // Seen from the registrable domain, nothing is left either.
            open(stage, "//yotsuyu.co.jp", "/frame.html").await;
            assert_eq!(stage.value::<String>("document.cookie").await, "");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_for_servers_alone_is_found_at_the_domain_above() {
    Setting::fixtures()
        .needs(Ability::ServersCookies)
        .play(async |stage| {
            open(stage, SHOP, "/frame.html").await;
            let mut cookie = Cookie::new("_ga", "server");
            cookie.set_path("/");
            cookie.set_domain(".yotsuyu.co.jp");
            cookie.set_http_only(true);
            let added = stage.driver().add_cookie(cookie).await;
            added.expect("the jar takes it");
            open(stage, SHOP, "/withdrawal.html").await;
            let named: Value = stage.value("doui.rejectAll().leftovers").await;
            assert_eq!(named, json!(["_ga"]));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_visit_reaches_no_vendor() {
    let vendors = r#"
        <script type="text/plain" data-doui="traffic" src="http://analytics.example/tag.js?a"></script>
        <script type="text/plain" data-doui="ads" async data-src="http://ads.example/tag.js?b"></script>
        <script type="text/plain" data-doui="ads affiliate" data-type="module" src="http://affiliate.example/module.js?c"></script>
        <iframe title="動画" width="300" height="200" data-doui="ads" data-src="http://video.example/frame.html"></iframe>
        <embed title="地図" type="text/html" width="300" height="200" data-doui="auth" data-src="http://map.example/frame.html">
        <img alt="" width="8" height="8" data-doui="traffic" data-src="http://pixel.example/dot.svg" data-srcset="http://pixel.example/dot.svg?2 2x">
        <link rel="stylesheet" data-doui="ads" data-href="http://style.example/tag.css">
        <template data-doui="affiliate"><img alt="" data-doui="affiliate" data-src="http://banner.example/dot.svg"></template>
        <a data-doui-link="affiliate" href="/frame.html?plain" data-href="http://link.example/frame.html">提携先</a>"#;
    let page = page(SCRIPTS, &format!("<main><h1>他社</h1>{vendors}</main>"));
    let reached = |stage: &Stage| {
        let mut reached = stage.requests_for("//");
        reached.sort();
        reached
    };
    Setting::fixtures()
        .without_policy()
        .file("vendors.html", page)
        .play(async |stage| {
            // A module of another host needs that host's leave, which the stand-in does not give.
            stage.expect_complaint("affiliate.example");
            for visit in ["reject", "nothing"] {
                stage.open("/vendors.html").await;
                if visit == "reject" {
                    stage.answer("reject").await;
                }
                stage
                    .until("document.querySelectorAll('doui-placeholder').length == 2")
                    .await;
                stage.until_quiet().await;
                stage.click_on("document.querySelector('a')").await;
                stage.until_requested("/frame.html?plain").await;
                assert_eq!(reached(stage), [""; 0], "{visit}");
                stage.clear().await;
            }
            // The stand-ins would have noticed: allowed, each is reached.
            stage.open("/vendors.html").await;
            stage.press(Door::Banner, "accept").await;
            for path in [
                "//ads.example/tag.js?b",
                "//affiliate.example/module.js?c",
                "//analytics.example/tag.js?a",
                "//banner.example/dot.svg",
                "//map.example/frame.html",
                "//pixel.example/dot.svg",
                "//style.example/tag.css",
                "//video.example/frame.html",
            ] {
                stage.until_requested(path).await;
            }
            stage
                .until("document.querySelector('a').host == 'link.example'")
                .await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_tab_of_another_host_follows_within_its_next_second() {
    Setting::fixtures()
        .doui(sharing())
        .play(async |stage| {
            open(stage, WWW, "/withdrawal.html").await;
            stage.answer("reject").await;
            let (first, _) = stage.new_tab().await;
            open(stage, SHOP, "/withdrawal.html").await;
            stage.call("doui.acceptAll()").await;
            stage.until("document.cookie.includes('_ga=')").await;
            stage.turn_to(&first).await;
            stage
                .until("doui.allows('traffic') && ran.includes('counter')")
                .await;
            stage.until_quiet().await;
            assert!(
                stage
                    .value::<bool>("document.cookie.includes('_ga=')")
                    .await
            );
        })
        .await;
}
