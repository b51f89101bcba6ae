use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use doui_core::{Terms, from_cookie_header};

/// Sends a decision that holds back with the page, so that the browser keeps it for as long.
pub async fn renew_doui(State(terms): State<Arc<Terms>>, request: Request, next: Next) -> Response {
    let cookie = renewed(request.headers(), &terms);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();

    // Only pages, and only such as no shared cache keeps.
    let is_page = joined(headers, header::CONTENT_TYPE, ",").starts_with("text/html");
    let caching = joined(headers, header::CACHE_CONTROL, ",").to_ascii_lowercase();
    let is_unshared = caching
        .split(',')
        .any(|directive| matches!(directive.trim(), "private" | "no-store"));
    if let Some(cookie) = cookie
        && is_page
        && (caching.is_empty() || is_unshared)
    {
        headers.append(header::SET_COOKIE, cookie);
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private"));
    }
    response
}

/// The cookie of the decision in force, for the days that are left.
fn renewed(headers: &HeaderMap, terms: &Terms) -> Option<HeaderValue> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let decision = from_cookie_header(&joined(headers, header::COOKIE, ";"), terms, now).decision?;
    let left = decision.holds_until(terms.valid_days).checked_sub(now)?;
    // A clock that goes ahead by up to a day is forgiven, but adds nothing.
    let seconds = left.min(u64::from(terms.valid_days) * 86_400);
    let domain = terms.cookie.domain.as_ref();
    let domain = domain.map_or(String::new(), |domain| format!("; Domain={domain}"));
    let is_https = joined(headers, HeaderName::from_static("x-forwarded-proto"), ",") == "https";
    let secure = if is_https { "; Secure" } else { "" };
    let value = decision.to_cookie();
    let name = &terms.cookie.name;
    let cookie = format!("{name}={value}; Path=/{domain}; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::try_from(cookie).ok().filter(|_| seconds > 0)
}

/// A header that may come in several lines, as one.
fn joined(headers: &HeaderMap, name: HeaderName, separator: &str) -> String {
    let lines = headers.get_all(name).into_iter();
    lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect::<Vec<_>>()
        .join(separator)
}
