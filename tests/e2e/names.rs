//! Names that the cookie filter lists hide or block on every site are nowhere in what Doui and its demo serve.

use doui_tests::{Setting, Stage};

use crate::routes::{LANGUAGES, ROUTES};

const AVOIDED: [&str; 5] = ["consent", "cookie-banner", "privacy", "gdpr", "cmp"];

/// The names on a page as it stands that filter lists hide.
pub async fn hidden_names(stage: &Stage) -> Vec<String> {
    let is_hidden = |name: &String| {
        let name = name.to_lowercase();
        AVOIDED.iter().any(|avoided| name.contains(avoided))
    };
    names(stage).await.into_iter().filter(is_hidden).collect()
}

/// Ids, classes, element and attribute names, and the addresses of what is loaded, the banner's included.
async fn names(stage: &Stage) -> Vec<String> {
    stage
        .value(
            "(() => {
                const names = new Set();
                (function look(root) {
                    for (const element of root.querySelectorAll('*')) {
                        [element.localName, element.id, ...element.classList].forEach(name => names.add(name));
                        for (const { name, value } of element.attributes) {
                            names.add(name);
                            if (/^(data-)?(src|srcset|href)$/.test(name) && value.startsWith('/')) names.add(value);
                        }
                        if (element.shadowRoot) look(element.shadowRoot);
                    }
                })(document);
                return [...names];
            })()",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_is_one_that_filter_lists_hide() {
    Setting::demo()
        .play(async |stage| {
            stage.expect_complaint("/doui/nowhere");
            let centre = LANGUAGES.iter().flat_map(|(_, folder)| {
                let routes = ROUTES.into_iter().chain(["nowhere"]);
                routes.map(move |route| format!("{folder}{route}"))
            });
            let shop = ["/", "/item.html", "/cart.html"].map(str::to_owned);
            stage.expect_complaint("/doui/en/nowhere");
            for path in shop.into_iter().chain(centre) {
                stage.open_until_asked(&path).await;
                let names = names(stage).await;
                assert!(
                    names.iter().any(|name| name == "data-doui-act"),
                    "{path}: the banner was not looked into"
                );
                let hidden = hidden_names(stage).await;
                assert!(hidden.is_empty(), "{path}: {hidden:?}");
            }
            let requests = stage.requests();
            let blocked: Vec<_> = requests
                .iter()
                .filter(|path| AVOIDED.iter().any(|name| path.contains(name)))
                .collect();
            assert!(blocked.is_empty(), "{blocked:?}");
        })
        .await;
}
