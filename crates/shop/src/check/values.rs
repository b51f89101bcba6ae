//! The grammars of single values. Each says what is wrong and what to do.

use std::net::IpAddr;

use fluent_uri::Uri;

use super::schema::{File, Length, Range};
use super::short::usual_purposes;
use super::text::quoted;
use crate::shop::Colour;
use doui_core::sweep::{PROBE, Place};
use doui_core::{Date, Id};

/// The most characters of an address: what browsers and search engines are known to take.
const MAX_LINK: usize = 2_048;

/// The most characters of the name of Doui's own cookie.
const MAX_COOKIE_NAME: usize = 32;

/// The most characters of the name of a cookie or of a key in storage.
const MAX_NAME: usize = 256;

/// What is wrong, and the remedy.
pub(super) type Fault = (String, String);

fn fault<T>(problem: impl Into<String>, remedy: impl Into<String>) -> Result<T, Fault> {
    Err((problem.into(), remedy.into()))
}

pub(super) fn line(text: &str, length: Length) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return fault("the text is blank", "Write it");
    }
    characters(text, length.has_lines())?;
    short(text, length.most())
}

fn short(text: &str, most: usize) -> Result<(), Fault> {
    let found = text.chars().count();
    if found <= most {
        return Ok(());
    }
    fault(
        format!("it is {found} characters long"),
        format!("Shorten it to {most} characters at most"),
    )
}

/// Refuses characters that nobody sees and that change what is read. Directional marks (U+200E, U+200F, U+061C) pass:
/// texts in Arabic and Hebrew need them, and they turn nothing around but the punctuation beside them.
fn characters(text: &str, has_lines: bool) -> Result<(), Fault> {
    for (place, c) in text.chars().enumerate() {
        let (what, remedy) = match c {
            '\n' | '\t' if has_lines => continue,
            '\n' => ("is a line break", "Write it in one line"),
            '\r' => (
                "is a carriage return",
                "Remove it; a line break is `\\n` alone",
            ),
            // Unicode calls these bidirectional formatting: embedding, override, isolate (UAX #9, 2.1 to 2.5).
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => (
                "turns text around",
                "Remove it: what follows, Doui's own words too, would read otherwise than it is",
            ),
            '\u{FEFF}' => (
                "is a byte order mark",
                "Remove it: nobody sees it, and what looks the same would differ",
            ),
            c if c.is_control() => ("is a control character", "Remove it"),
            _ => continue,
        };
        return fault(
            format!(
                "U+{:04X}, character {} of it, {what}",
                u32::from(c),
                place + 1
            ),
            remedy,
        );
    }
    Ok(())
}

pub(super) fn date(text: &str) -> Result<Date, Fault> {
    match Date::from_iso(text).filter(|date| date.is_real()) {
        Some(date) => Ok(date),
        None => fault(
            format!("{} is no date", quoted(text)),
            "Write a day of the calendar as year-month-day, such as 2023-12-01",
        ),
    }
}

pub(super) fn number(number: &str, range: &Range) -> Result<(), Fault> {
    let Range {
        unit,
        from,
        to,
        why,
    } = range;
    match number.parse::<u32>() {
        Ok(n) if (*from..=*to).contains(&n) => Ok(()),
        _ => fault(
            format!("{number} is out of range"),
            format!("Write a whole number of {unit} from {from} to {to}{why}"),
        ),
    }
}

pub(super) fn colour(text: &str) -> Result<Colour, Fault> {
    match Colour::from_hex(text) {
        Some(colour) => Ok(colour),
        None => fault(
            format!("{} is no colour", quoted(text)),
            "Write red, green and blue as `#rrggbb`, such as `#1d5a49`",
        ),
    }
}

/// The value of CSS `font-family`, and nothing that could end it: it goes into a style sheet as it is.
pub(super) fn font(text: &str) -> Result<(), Fault> {
    let is_named = |family: &str| {
        let family = family.trim();
        let quoted = ['"', '\'']
            .iter()
            .find_map(|quote| family.strip_prefix(*quote)?.strip_suffix(*quote));
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let name = quoted.unwrap_or(family);
        !name.trim().is_empty() && name.chars().all(is_plain)
    };
    if text.len() <= 400 && text.split(',').all(is_named) {
        return Ok(());
    }
    fault(
        format!("{} is no list of fonts", quoted(text)),
        "Write names of fonts with commas between, such as `\"Noto Sans JP\", sans-serif`",
    )
}

/// A host that a service is reached at; `*.` before it stands for all below it.
pub(super) fn host(text: &str) -> Result<(), Fault> {
    if is_host(text.strip_prefix("*.").unwrap_or(text)) && text.contains('.') {
        return Ok(());
    }
    fault(
        format!("{} is no host name", quoted(text)),
        "Write the host name alone, such as `www.example.com`, or `*.example.com` for all below it",
    )
}

/// Who says so. What the shop itself knows it may say in words; what is in the catalogue has an address.
pub(super) fn source(text: &str, file: File) -> Result<(), Fault> {
    if file == File::Catalog || text.contains("://") {
        return link(text, &["https"]);
    }
    line(text, Length::Sentence)
}

/// A country of ISO 3166-1, or a part of one of ISO 3166-2.
pub(super) fn region(text: &str) -> Result<(), Fault> {
    let (country, part) = text.split_once('-').unwrap_or((text, "1"));
    let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let is_part = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    if is_country && matches!(part.len(), 1..=3) && part.bytes().all(is_part) {
        return Ok(());
    }
    fault(
        format!("{} is no region", quoted(text)),
        "Write a country or a part of one by ISO 3166-2, such as `JP` or `US-CA`",
    )
}

/// The name of Doui's own cookie.
pub(super) fn cookie_name(text: &str) -> Result<(), Fault> {
    let is_name = text.len() <= MAX_COOKIE_NAME
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    if !is_name {
        return fault(
            format!("{} is no name for the cookie", quoted(text)),
            "Write a lowercase letter, then at most 31 lowercase letters, digits, `_` and `-`: [a-z][a-z0-9_-]{0,31}",
        );
    }
    if text == PROBE {
        return fault(
            format!("the name {} is taken", quoted(text)),
            "Choose another: Doui sets and deletes a cookie of this name to see which domains take any",
        );
    }
    Ok(())
}

/// A name that a service leaves behind, or the beginning of several with a `*` after it.
pub(super) fn name(text: &str, place: Place) -> Result<(), Fault> {
    let bare = text.strip_suffix('*').unwrap_or(text);
    if bare.trim().is_empty() {
        return fault(
            format!("{} stands for everything", quoted(text)),
            "Write a name such as `_ga`, or the beginning of names such as `_ga_*`",
        );
    }
    // RFC 9110, 5.6.2: a cookie's name is a token.
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if place == Place::Cookies && !bare.bytes().all(is_token) {
        return fault(
            format!("{} is no cookie's name", quoted(text)),
            "Write the name alone, without its value, spaces, `=` or `;`",
        );
    }
    characters(text, false)?;
    short(text, MAX_NAME)
}

pub(super) fn word(text: &str, words: &[&str]) -> Result<(), Fault> {
    if words.contains(&text) {
        return Ok(());
    }
    let choices: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    fault(
        format!("{} means nothing here", quoted(text)),
        format!("Write {}", choices.join(" or ")),
    )
}

pub(super) fn id(text: &str, reserved: &[&str]) -> Result<(), Fault> {
    if Id::new(text).is_err() {
        return fault(
            format!("{} is no id", quoted(text)),
            "Write a lowercase letter, then at most 23 lowercase letters, digits and hyphens: [a-z][a-z0-9-]{0,23}",
        );
    }
    if reserved.contains(&text) {
        return fault(
            format!("the id {} is reserved", quoted(text)),
            "Choose another: cookies and pages already mean something by it",
        );
    }
    Ok(())
}

/// A language tag, by the part of BCP 47 that pages use, such as `ja`, `en-GB` or `zh-Hant`.
pub(super) fn language(tag: &str) -> Result<(), Fault> {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let keeps_grammar = tag.len() <= 35
        && matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && subtags.all(|subtag| {
            matches!(subtag.len(), 1..=8) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if keeps_grammar {
        return Ok(());
    }
    fault(
        format!("{} is no language tag", quoted(tag)),
        "Write a tag such as `ja`, `en` or `zh-Hant`",
    )
}

pub(super) fn link(address: &str, schemes: &[&str]) -> Result<(), Fault> {
    short(address, MAX_LINK)?;
    let parsed = Uri::parse(address);
    let has_host = |uri: &Uri<&str>| uri.authority().is_some_and(|to| !to.host().is_empty());
    let Some(uri) = parsed.ok().filter(has_host) else {
        return fault(
            format!("{} is no absolute address", quoted(address)),
            format!("Write the whole address, from `{}://`", schemes[0]),
        );
    };
    if schemes.contains(&uri.scheme().as_str()) {
        return Ok(());
    }
    fault(
        format!("{} is not {}", quoted(address), schemes.join(" or ")),
        format!("Give the address that begins with `{}://`", schemes[0]),
    )
}

/// A purpose that Doui has texts for is written out before; this is any other.
pub(super) fn usual_purpose(id: &str) -> Result<(), Fault> {
    let usual: Vec<_> = usual_purposes().collect();
    fault(
        format!("{} is no purpose that Doui has texts for", quoted(id)),
        format!(
            "Write one of {}, or an object with `id`, `label`, `summary` and `detail`",
            usual.join(", ")
        ),
    )
}

/// The most characters of a path: it stands in every link of the centre.
const MAX_PATH: usize = 256;

/// Where `dist/` is served, on the shop's own origin.
pub(super) fn path(text: &str) -> Result<(), Fault> {
    short(text, MAX_PATH)?;
    let is_part = |part: &str| {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
        !part.is_empty() && part != "." && part != ".." && part.bytes().all(is_plain)
    };
    let within = text.strip_prefix('/').and_then(|rest| match rest {
        "" => Some(""),
        _ => rest.strip_suffix('/'),
    });
    let is_path = within.is_some_and(|parts| parts.is_empty() || parts.split('/').all(is_part));
    if is_path {
        return Ok(());
    }
    fault(
        format!("{} is no path that files can be served at", quoted(text)),
        "Begin and end it with `/`, with letters, digits and `.`, `_`, `~`, `-` between, as in `/shop/doui/`",
    )
}

/// The path of the shop's own endpoint. What is sent there is not to leave the shop's origin, so nothing is taken that a
/// browser could read as another host; and no query, since Doui writes that.
pub(super) fn own_address(text: &str) -> Result<(), Fault> {
    short(text, MAX_PATH)?;
    let is_part = |part: &str| {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
        !part.is_empty() && part != "." && part != ".." && part.bytes().all(is_plain)
    };
    let path = text.strip_prefix('/');
    let path = path.map(|path| path.strip_suffix('/').unwrap_or(path));
    if path.is_some_and(|path| path.split('/').all(is_part)) {
        return Ok(());
    }
    if text.contains("://") || text.starts_with("//") {
        return fault(
            format!("{} is on another origin, or names one", quoted(text)),
            "Write a path of the shop's own origin, such as `/doui-count`: counts are sent nowhere else",
        );
    }
    fault(
        format!("{} is no path of the shop's own origin", quoted(text)),
        "Begin it with `/`, with letters, digits and `.`, `_`, `~`, `-` between slashes, without `?` and `#`, as in `/doui-count`",
    )
}

/// An e-mail address as people print it: by no more than what a link to it needs
/// ([RFC 6068](https://www.rfc-editor.org/rfc/rfc6068)).
pub(super) fn email(address: &str) -> Result<(), Fault> {
    short(address, MAX_LINK)?;
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || "!#$&'*+-/=^_`{|}~.".contains(c);
    let parts = address.split_once('@');
    let is_address = parts.is_some_and(|(name, host)| {
        !name.is_empty() && name.chars().all(is_of_name) && host.contains('.') && is_host(host)
    });
    if is_address {
        return Ok(());
    }
    fault(
        format!("{} is no e-mail address", quoted(address)),
        "Write it plainly, as in `desk@example.co.jp`",
    )
}

/// A host name of DNS in lower case, by RFC 1123, 2.1.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        matches!(label.len(), 1..=63)
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// The value of a cookie's `Domain`: a host name below a public suffix, and nothing around it.
pub(super) fn domain(text: &str) -> Result<(), Fault> {
    let bare = "Write the host name alone, such as `example.co.jp`";
    if text.is_empty() {
        return fault(
            "the domain is empty",
            "Write a host name such as `example.co.jp`, or remove `domain` to keep the cookie to one host",
        );
    }
    let host = text.trim_matches(['[', ']']);
    if host.parse::<IpAddr>().is_ok() {
        return fault(
            format!("{} is an IP address", quoted(text)),
            "Remove `domain`: a cookie of an address belongs to that address anyway",
        );
    }
    let intruders = [
        ("://", "a scheme"),
        ("/", "a path"),
        (":", "a port"),
        ("*", "a wildcard"),
    ];
    if let Some((_, what)) = intruders.iter().find(|(sign, _)| text.contains(sign)) {
        return fault(format!("{} has {what}", quoted(text)), bare);
    }
    if text.starts_with('.') {
        return fault(
            format!("{} begins with a dot", quoted(text)),
            "Remove the dot: a cookie's domain covers its subdomains anyway",
        );
    }
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return fault(
            format!("{} has upper case", quoted(text)),
            format!("Write {}", quoted(&text.to_ascii_lowercase())),
        );
    }
    if !is_host(text) {
        return fault(
            format!("{} is no host name", quoted(text)),
            format!("{bare}; a name beyond a-z goes in its `xn--` form"),
        );
    }
    if psl::domain(text.as_bytes()).is_none() {
        return fault(
            format!(
                "{} is a public suffix, which many owners share",
                quoted(text)
            ),
            format!(
                "Write the shop's own domain, such as {}: browsers refuse the cookie otherwise",
                quoted(&format!("example.{text}"))
            ),
        );
    }
    Ok(())
}
