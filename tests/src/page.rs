//! The pages that tests write themselves.

/// What the head of such a page has of scripts: the witness, and after it `doui.js`.
pub const SCRIPTS: &str =
    r#"<script src="/witness.js"></script><script src="/doui/doui.js"></script>"#;

/// A page in Japanese with this in its head and that in its body.
pub fn page(head: &str, body: &str) -> String {
    page_in("ja", head, body)
}

/// The same in another language.
pub fn page_in(lang: &str, head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>お店</title><link rel="icon" href="data:,">
{head}</head>
<body>{body}</body></html>"#
    )
}
