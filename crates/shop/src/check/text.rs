//! Text of the file within a message.

/// The path of a member.
pub(super) fn below(path: &str, name: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{}", brief(name).escape_debug())
}

/// Text of the file within a message: on one line, however it is written, and not without end.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", brief(text).escape_debug())
}

/// The beginning of a text that may be long.
fn brief(text: &str) -> String {
    let mut shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
