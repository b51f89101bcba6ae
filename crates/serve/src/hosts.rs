//! For whom the server answers.
//!
//! A page of somebody else's can have its own host name resolved to this machine (DNS rebinding), and would then read
//! what is served here as its own. Its requests name that host, so they are told apart.

use axum::http::{HeaderMap, Uri, header, uri::Authority};

/// The host names of this machine itself.
pub const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Whether a request is for this machine, or for a host of one of these domains: a domain stands for itself and for
/// all that end in it after a dot. A request that names no host, or two, is for neither.
pub fn are_answered(uri: &Uri, headers: &HeaderMap, domains: &[String]) -> bool {
    let mut named = headers.get_all(header::HOST).into_iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        return false;
    };
    let host = host.to_str().ok().and_then(|host| host.parse().ok());
    host.is_some_and(|host| is_answered(&host, domains))
        && uri
            .authority()
            .is_none_or(|host| is_answered(host, domains))
}

fn is_answered(authority: &Authority, domains: &[String]) -> bool {
    let host = authority.host().to_ascii_lowercase();
    let is_below = |domain: &String| {
        let before = host.strip_suffix(domain.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    !authority.as_str().contains('@')
        && (LOOPBACK.contains(&host.as_str()) || domains.iter().any(is_below))
}
