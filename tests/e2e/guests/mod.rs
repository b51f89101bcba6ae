//! Doui beside the libraries that own the page: the real ones, from npm, each fault with a test named after it.

mod components;
mod dialogs;
mod htmx;
mod jquery;
mod lazy;
mod morphs;
mod react;
mod routers;
mod turbo;

use doui_tests::{SCRIPTS, Stage};

/// A page with a library of `tests/guests/` in its head, or without any.
fn page(library: &str, body: &str) -> String {
    let library = match library {
        "" => String::new(),
        library => format!("<script src=\"/{library}.js\" defer></script>"),
    };
    doui_tests::page(&format!("{SCRIPTS}{library}"), body)
}

/// One held tag of each kind, whose addresses end in `name`.
fn tags(name: &str) -> String {
    format!(
        "<iframe title=\"{name}\" width=\"300\" height=\"150\" data-doui=\"ads\" data-doui-src=\"/frame.html?{name}\"></iframe>
<script type=\"text/plain\" data-doui=\"ads\" src=\"/tag.js?{name}\"></script>
<img alt=\"\" data-doui=\"ads\" data-doui-src=\"/dot.svg?{name}\">
<link rel=\"stylesheet\" data-doui=\"ads\" data-doui-href=\"/tag.css?{name}\">
<template data-doui=\"ads\"><b class=\"ad\">{name}</b></template>"
    )
}

/// What a page of [`tags`] asks for once they are allowed.
const KINDS: [&str; 4] = ["/frame.html?", "/tag.js?", "/dot.svg?", "/tag.css?"];

/// The requests for what is held.
fn of_tags(stage: &Stage) -> Vec<String> {
    let mut asked = stage.requests();
    asked.retain(|path| KINDS.iter().any(|kind| path.starts_with(kind)));
    asked
}

/// Awaits that a library is done with the page of this name.
async fn until_on(stage: &Stage, name: &str) {
    // Turbo shows a preview of the cached page until the new one comes.
    stage
        .until(&format!(
            "document.querySelector('h1')?.textContent == '{name}'
             && !document.documentElement.matches('[data-turbo-preview], [aria-busy]')
             && !document.querySelector('.htmx-request')"
        ))
        .await;
    stage.until_quiet().await;
}

/// Follows the page's link to the other one.
async fn go(stage: &Stage, to: &str) {
    stage.call("document.querySelector('#go').click()").await;
    until_on(stage, to).await;
}

/// Takes the browser's way back.
async fn back(stage: &Stage, to: &str) {
    stage.call("history.back()").await;
    until_on(stage, to).await;
}

/// What ran so far, by the tags' own word.
async fn ran(stage: &Stage) -> Vec<String> {
    stage.value("ran").await
}

/// Awaits that the frame whose title is `name` shows what it is for.
async fn until_frame_shows(stage: &Stage, name: &str) {
    stage
        .until(&format!(
            "document.querySelector('iframe[title={name}]')?.contentDocument?.title == '枠の中'"
        ))
        .await;
}

/// Awaits that the tags of this name are open, and finds each of them there once.
async fn until_open_once(stage: &Stage, name: &str) {
    until_frame_shows(stage, name).await;
    stage.until("document.querySelector('.ad')").await;
    stage.until_quiet().await;
    assert_eq!(stage.count(".ad").await, 1);
    assert_eq!(stage.times_requested(&format!("/frame.html?{name}")), 1);
}

/// The placeholders that can be seen, by the frames they stand for, from top to bottom.
async fn placeholders(stage: &Stage) -> Vec<String> {
    stage.value(PLACEHOLDERS).await
}

const PLACEHOLDERS: &str = "[...document.querySelectorAll('doui-placeholder')]
    .map(box => [box.getBoundingClientRect(), box.shadowRoot?.querySelector('section')?.innerText ?? ''])
    .filter(([{ height }]) => height)
    .sort(([a], [b]) => a.top - b.top || a.left - b.left)
    .map(([, text]) => text.trim().split(/\\s/)[0])";

/// Awaits that [`placeholders`] are these, and asserts that nothing else changes that.
async fn until_placeholders(stage: &Stage, expected: &[&str]) {
    let wanted = serde_json::json!(expected);
    stage
        .until(&format!("({PLACEHOLDERS}).join() == {wanted}.join()"))
        .await;
    stage.until_quiet().await;
    assert_eq!(placeholders(stage).await, expected);
}

/// The page has one banner that can be seen, it stands in the window and not in the flow of the page.
async fn banner_is_one_and_in_view(stage: &Stage) {
    stage.until_banner_shows().await;
    stage.until_quiet().await;
    let found: serde_json::Value = stage
        .value(
            "(() => {
                const hosts = [...document.querySelectorAll('#doui-banner')];
                const section = hosts.at(-1).shadowRoot?.querySelector('section');
                const { top, bottom } = section.getBoundingClientRect();
                return [hosts.length, top >= 0, bottom <= innerHeight, bottom > innerHeight - 60];
            })()",
        )
        .await;
    assert_eq!(
        found,
        serde_json::json!([1, true, true, true]),
        "one, below the top, above the bottom, near the bottom"
    );
}

/// Runs `body` as an asynchronous function in the page, and awaits it.
async fn act(stage: &Stage, body: &str) {
    stage
        .call(&format!("return (async () => {{ {body} }})()"))
        .await;
}

/// The app that a framework made answers to its visitor.
async fn is_alive(stage: &Stage) {
    let before: u32 = stage
        .value("+document.querySelector('#count').textContent")
        .await;
    stage.call("document.querySelector('#count').click()").await;
    stage
        .until(&format!(
            "document.querySelector('#count')?.textContent == {}",
            before + 1
        ))
        .await;
}
