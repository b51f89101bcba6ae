//! Parts that pages of the storefront share: `<!--#include virtual="/parts/footer.inc" -->`, as
//! [Apache](https://httpd.apache.org/docs/2.4/mod/mod_include.html) and nginx have it.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::folder::Folder;

const START: &str = "<!--#include virtual=\"/";
const END: &str = "\" -->";

/// Answers with the page that was asked for, with its parts in their places.
pub async fn put_in(State(storefront): State<Folder>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page || answer.headers().contains_key(header::CONTENT_RANGE) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    let page = match to_bytes(body, usize::MAX).await {
        Ok(page) => page,
        Err(error) => return error.to_string().into_response(),
    };
    let Some(filled) = filled(&storefront, &page).await else {
        return Response::from_parts(head, Body::from(page));
    };
    // They are of the page alone: it has another length now, and may have changed with a part.
    for name in [
        header::CONTENT_LENGTH,
        header::LAST_MODIFIED,
        header::ACCEPT_RANGES,
    ] {
        head.headers.remove(name);
    }
    Response::from_parts(head, Body::from(filled))
}

/// A page with its parts; `None` where it names none.
async fn filled(storefront: &Folder, page: &[u8]) -> Option<String> {
    let mut rest = std::str::from_utf8(page).ok()?;
    let mut filled = String::new();
    while let Some((before, after)) = rest.split_once(START) {
        let Some((name, after)) = after.split_once(END) else {
            break;
        };
        filled += before;
        match storefront.read(name).await {
            Ok(part) => filled += &String::from_utf8_lossy(&part),
            Err(error) => filled += &format!("<!-- /{name}: {error} -->"),
        }
        rest = after;
    }
    (!filled.is_empty()).then(|| filled + rest)
}
