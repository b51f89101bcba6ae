//! The pages of the preference centre: `index.html` as the template, filled for each.

use std::{cell::RefCell, collections::BTreeMap};

use anyhow::{Result, anyhow, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use doui_pages::Page;
use lol_html::{
    HandlerResult, RewriteStrSettings, doc_comments, element,
    html_content::{ContentType, Element},
    rewrite_str,
};
use sha2::{Digest, Sha384};

/// Where the WebAssembly is on its way before the page is painted. A narrow window is a phone's, whose line it takes most of a
/// second; elsewhere it comes at once when asked for, and what is fetched sooner only delays the first paint.
const PHONES: &str = "(max-width: 40em)";

/// What browsers show beside a page's title.
const ICON: &str = "icons/icon.svg";

const DESCRIPTION: &str = r#"meta[name="description"]"#;

/// The built files a page starts with, each a name and its content, and the path that they lie at.
pub struct Assets<'a> {
    pub path: &'a str,
    pub style: (&'a str, &'a [u8]),
    pub script: (&'a str, &'a [u8]),
    pub wasm: &'a str,
}

/// The template without what Trunk needed in it, and with the finished files in its head.
pub fn template(built: &str, assets: &Assets) -> Result<String> {
    let (path, style, script) = (assets.path, assets.style, assets.script);
    // On a phone the script and the WebAssembly that it will ask for are loaded side by side.
    let head = format!(
        r#"<link rel="preload" href="{path}{}" media="{PHONES}" as="fetch" type="application/wasm" crossorigin><link rel="stylesheet" href="{path}{}" integrity="{}"><script type="module" src="{path}{}" integrity="{}"></script>"#,
        assets.wasm,
        style.0,
        integrity(style.1),
        script.0,
        integrity(script.1),
    );
    let remove = |element: &mut Element| -> HandlerResult {
        element.remove();
        Ok(())
    };
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(r#"link[rel="stylesheet"]"#, remove))
        .append_element_content_handler(element!(r#"link[rel="icon"]"#, |element| {
            Ok(element.set_attribute("href", &format!("{path}{ICON}"))?)
        }))
        .append_element_content_handler(element!("link[data-trunk]", remove))
        .append_element_content_handler(element!("head", |element| {
            element.append(&head, ContentType::Html);
            Ok(())
        }));
    let html = rewrite(built, settings)?;
    Ok(html
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n"))
}

/// Fills the template for one page.
pub fn fill(template: &str, page: &Page) -> Result<String> {
    // A script element ends at "</script", whatever stands around it, so no "<" may stand in it.
    let data = format!(
        r#"<script type="application/json" id="doui-data" data-doui-words="{}">{}</script>"#,
        page.words.replace('&', "&amp;").replace('"', "&quot;"),
        page.data.replace('<', "\\u003c")
    );
    let found = RefCell::new(BTreeMap::from(
        ["html", "title", DESCRIPTION, "#app"].map(|it| (it, 0)),
    ));
    let find = |selector| *found.borrow_mut().entry(selector).or_insert(0) += 1;
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("html", |element| {
            find("html");
            Ok(element.set_attribute("lang", &page.lang)?)
        }))
        .append_element_content_handler(element!("title", |element| {
            find("title");
            element.set_inner_content(&page.title, ContentType::Text);
            Ok(())
        }))
        .append_element_content_handler(element!(DESCRIPTION, |element| {
            find(DESCRIPTION);
            Ok(element.set_attribute("content", &page.description.replace('&', "&amp;"))?)
        }))
        .append_element_content_handler(element!("#app", |element| {
            find("#app");
            // It is the first stop of the keyboard, and stands before the banner, which comes before the page.
            element.before(
                r##"<div role="navigation"><a class="skip" href="#heading" rel="external">"##,
                ContentType::Html,
            );
            element.before(&page.skip, ContentType::Text);
            element.before("</a></div>", ContentType::Html);
            element.set_inner_content(&page.body, ContentType::Html);
            element.after(&data, ContentType::Html);
            Ok(())
        }));
    let filled = rewrite(template, settings)?;
    for (selector, times) in found.into_inner() {
        if times != 1 {
            bail!("index.html must have exactly one element {selector}; it has {times}");
        }
    }
    // What is live is built anew, so Leptos' markers are of no use here.
    rewrite(
        &filled,
        RewriteStrSettings::new().append_document_content_handler(doc_comments!(|comment| {
            comment.remove();
            Ok(())
        })),
    )
}

/// The value of an `integrity` attribute. Source: <https://www.w3.org/TR/SRI/>.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

fn rewrite(html: &str, settings: RewriteStrSettings) -> Result<String> {
    rewrite_str(html, settings).map_err(|error| anyhow!("index.html: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::tests::own;

    const BUILT: &str = r#"<!doctype html>
<html lang="ja">
  <head>
    <title>Doui</title>
    <meta name="description" content="" />
    <link rel="icon" href="/doui/icons/icon.svg">
    <link rel="stylesheet" href="/doui/tokens-1.css" integrity="sha384-a"/>
    <link rel="stylesheet" href="/doui/base-2.css" integrity="sha384-b"/>
    <link data-trunk rel="rust" data-trunk-id="0" />
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>"#;

    fn page() -> Page {
        Page {
            path: "404.html".to_owned(),
            lang: "en".to_owned(),
            title: "<None> & nothing".to_owned(),
            description: "A \"quoted\" & marked".to_owned(),
            skip: "Skip".to_owned(),
            body: "<h1>Text<!> here<!----></h1>".to_owned(),
            words: r#"["a & b"]"#.to_owned(),
            data: r#"{"name":"</script><b>"}"#.to_owned(),
        }
    }

    fn finished() -> String {
        let assets = Assets {
            path: "/doui/",
            style: ("centre-3.css", b"a{}"),
            script: ("centre-4.js", b"a()"),
            wasm: "centre-5.wasm",
        };
        template(BUILT, &assets).unwrap()
    }

    /// `trunk serve` shows the same styles as a build.
    #[test]
    fn the_page_asks_trunk_for_the_sheets_of_the_centre() {
        let own = own();
        let index = own.text("index.html").unwrap();
        let mut sheets = Vec::new();
        let handler = element!("link[data-trunk][rel=css]", |link| {
            sheets.push(link.get_attribute("href").unwrap_or_default());
            Ok(())
        });
        let settings = RewriteStrSettings::new().append_element_content_handler(handler);
        rewrite(index, settings).unwrap();
        assert_eq!(sheets, crate::STYLES);
    }

    #[test]
    fn the_page_is_the_same_whether_trunk_was_at_it_or_not() {
        let assets = Assets {
            path: "/doui/",
            style: ("centre-3.css", b"a{}"),
            script: ("centre-4.js", b"a()"),
            wasm: "centre-5.wasm",
        };
        let own = BUILT
            .replace(
                "<link rel=\"stylesheet\" href=\"/doui/",
                "<link data-trunk rel=\"css\" href=\"style/",
            )
            .replace(" integrity=\"sha384-a\"", "");
        assert_ne!(own, BUILT);
        assert_eq!(template(&own, &assets).unwrap(), finished());
    }

    #[test]
    fn the_template_has_the_finished_files_and_nothing_of_trunk() {
        let html = finished();
        assert!(
            !html.contains("data-trunk") && !html.contains("tokens"),
            "{html}"
        );
        for part in [
            r#"<link rel="preload" href="/doui/centre-5.wasm" media="(max-width: 40em)" as="fetch" type="application/wasm" crossorigin>"#,
            r#"<link rel="stylesheet" href="/doui/centre-3.css" integrity="sha384-"#,
            r#"<script type="module" src="/doui/centre-4.js" integrity="sha384-"#,
        ] {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
    }

    #[test]
    fn a_page_that_lies_elsewhere_asks_for_its_files_there() {
        let assets = Assets {
            path: "/shop/doui/",
            style: ("centre-3.css", b"a{}"),
            script: ("centre-4.js", b"a()"),
            wasm: "centre-5.wasm",
        };
        let html = template(BUILT, &assets).unwrap();
        assert!(!html.contains("\"/doui/"), "{html}");
        for name in [
            "icons/icon.svg",
            "centre-3.css",
            "centre-4.js",
            "centre-5.wasm",
        ] {
            assert!(html.contains(&format!("\"/shop/doui/{name}\"")), "{name}");
        }
    }

    #[test]
    fn a_page_is_filled() {
        let html = fill(&finished(), &page()).unwrap();
        for part in [
            r#"<html lang="en">"#,
            "<title>&lt;None&gt; &amp; nothing</title>",
            r#"content="A &quot;quoted&quot; &amp; marked""#,
            r#"<div id="app"><h1>Text here</h1></div>"#,
            r#"<script type="application/json" id="doui-data" data-doui-words="[&quot;a &amp; b&quot;]">{"name":"\u003c/script>\u003cb>"}</script>"#,
        ] {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
    }

    #[test]
    fn a_template_without_its_places_is_an_error() {
        let error = fill(&finished().replace(r#"id="app""#, ""), &page())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "index.html must have exactly one element #app; it has 0"
        );
    }

    #[test]
    fn integrity_is_what_browsers_compute() {
        // From the Subresource Integrity specification, section 3.1: the digest of "alert('Hello, world.');".
        let value = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(integrity(b"alert('Hello, world.');"), value);
    }
}
