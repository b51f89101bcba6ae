//! Loading the page again after a withdrawal, on the answer to an order: the order is not sent twice.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, response::Html, routing::get};
use doui_tests::{Setting, Stage, built};
use serde_json::json;
use tokio::net::TcpListener;

/// A cart's own server: it counts orders, and its pages load `doui.js` from the stage.
struct Cart {
    address: String,
    orders: Arc<AtomicUsize>,
    pages: Arc<AtomicUsize>,
}

impl Cart {
    async fn open(stage: &Stage) -> Cart {
        let orders = Arc::new(AtomicUsize::new(0));
        let pages = Arc::new(AtomicUsize::new(0));
        let page = |what: &str| {
            Html(format!(
                r#"<!doctype html><html lang="ja" data-what="{what}"><head><meta charset="utf-8"><title>注文</title>
                <link rel="icon" href="data:,"><script>var ran = []</script><script src="{script}"></script></head>
                <body><form method="post" action="/order?cart=1#thanks"><button>注文する</button></form>
                <script type="text/plain" data-doui="ads">ran.push("ads")</script></body></html>"#,
                script = stage.url("/doui/doui.js"),
            ))
        };
        let (ordered, looked_at) = (page("order"), page("page"));
        let (counted, seen) = (orders.clone(), pages.clone());
        let order = get(async move || {
            seen.fetch_add(1, Ordering::SeqCst);
            looked_at
        })
        .post(async move || {
            counted.fetch_add(1, Ordering::SeqCst);
            ordered
        });
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port of 127.0.0.1");
        let address = listener.local_addr().expect("it is bound");
        let router = Router::new().route("/order", order);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Cart {
            address: format!("http://{address}/order?cart=1"),
            orders,
            pages,
        }
    }

    fn count(&self) -> (usize, usize) {
        (
            self.orders.load(Ordering::SeqCst),
            self.pages.load(Ordering::SeqCst),
        )
    }

    /// Sends an order, and looks at its answer, where everything is allowed.
    async fn order(&self, stage: &Stage, fragment: &str) {
        let went = stage.driver().goto(&self.address).await;
        went.expect("the cart opens");
        stage
            .run::<()>(
                "const form = document.querySelector('form');
                 form.action = form.action.replace(/#.*/, arguments[0]); form.submit()",
                vec![json!(fragment)],
            )
            .await;
        stage
            .until("document.documentElement.dataset.what == 'order' && window.doui")
            .await;
        stage.call("doui.acceptAll()").await;
        stage.until("ran.includes('ads')").await;
    }
}

const IS_BACK: &str =
    "document.documentElement.dataset.what == 'page' && window.doui && !doui.allows('ads')
    && location.search == '?cart=1'";

#[tokio::test(flavor = "multi_thread")]
async fn the_offer_to_load_again_sent_an_order_twice() {
    Setting::fixtures()
        .play(async |stage| {
            for fragment in ["", "#thanks"] {
                let cart = Cart::open(stage).await;
                cart.order(stage, fragment).await;
                assert_eq!(cart.count(), (1, 1), "{fragment}");
                stage.call("doui.rejectAll()").await;
                let button = "document.querySelector('doui-offer')?.shadowRoot.querySelector('[data-doui-act=reload]')";
                stage.click_on(button).await;
                stage.until(&format!("{IS_BACK} && location.hash == '{fragment}'")).await;
                stage.until_quiet().await;
                assert_eq!(cart.count(), (1, 2), "{fragment}");
                assert_eq!(stage.value::<Vec<String>>("ran").await, [""; 0]);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_loads_again_at_once_sent_an_order_twice() {
    Setting::fixtures()
        .doui(built::stamped_with(|shop| shop["on_withdraw"] = json!("reload")))
        .play(async |stage| {
            for fragment in ["", "#thanks"] {
                let cart = Cart::open(stage).await;
                cart.order(stage, fragment).await;
                // A router of the page's hears of no other address.
                stage
                    .call("history.replaceState = () => { throw Error('the page wrapped it') }; doui.rejectAll()")
                    .await;
                stage.until(&format!("{IS_BACK} && location.hash == '{fragment}'")).await;
                stage.until_quiet().await;
                assert_eq!(cart.count(), (1, 2), "{fragment}");
            }
        })
        .await;
}
