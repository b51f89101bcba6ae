//! An endpoint of the shop's own, which keeps what it is asked to the byte.

use std::{
    collections::BTreeMap,
    future::pending,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::StatusCode,
    response::Response,
    routing::{MethodRouter, any},
};

/// What was asked, in order.
pub(crate) type Asked = Arc<Mutex<Vec<OwnRequest>>>;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct OwnRequest {
    /// The method.
    pub method: String,
    /// The path with its query.
    pub target: String,
    /// The headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The bytes after them.
    pub body: Vec<u8>,
}

/// The most bytes of a body that are kept.
const KEPT: usize = 1 << 20;

/// An endpoint that gives the answer's status and headers, or none for ever; and where it writes down what it is asked.
pub(crate) fn own_endpoint(answer: Option<Response<Body>>) -> (MethodRouter, Asked) {
    let asked = Asked::default();
    let book = asked.clone();
    let answer = answer.map(|answer| answer.into_parts().0);
    let endpoint = any(move |request: Request| {
        let (book, answer) = (book.clone(), answer.clone());
        async move {
            let (head, body) = request.into_parts();
            let headers = head.headers.iter().map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            });
            let asked = OwnRequest {
                method: head.method.to_string(),
                target: head.uri.to_string(),
                headers: headers.collect(),
                body: to_bytes(body, KEPT).await.unwrap_or_default().into(),
            };
            book.lock().unwrap().push(asked);
            match answer {
                Some(answer) => Response::from_parts(answer, Body::empty()),
                None => pending().await,
            }
        }
    });
    (endpoint, asked)
}

/// The answer of a log that counts: nothing.
pub fn no_content() -> Option<Response<Body>> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    Some(answer)
}
