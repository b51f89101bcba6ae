//! Which of the languages that there are a visitor is shown.

/// The first of the wanted languages that there is, as [RFC 4647, 3.4](https://www.rfc-editor.org/rfc/rfc4647#section-3.4)
/// looks it up: a tag, then the same without its last subtag, and so on. `None` where there is none of them.
///
/// Chinese is told by its script. That of Taiwan, Hong Kong and Macao is Traditional (`zh-Hant`), any other `zh` is
/// Simplified, and neither stands in for the other. Browsers add a `zh` of their own to a list that asks for Traditional:
/// that is no wish for Simplified.
///
/// ```
/// use doui_core::language::lookup;
///
/// assert_eq!(lookup(&["ja", "zh", "zh-Hant"], &["zh-TW"]), Some("zh-Hant"));
/// assert_eq!(lookup(&["ja", "zh", "en"], &["zh-TW", "zh", "en-GB"]), Some("en"));
/// assert_eq!(lookup(&["ja"], &["fr"]), None);
/// ```
pub fn lookup<'t>(there: &[&'t str], wanted: &[impl AsRef<str>]) -> Option<&'t str> {
    let mut wants_traditional = false;
    for wanted in wanted {
        let wanted = wanted.as_ref();
        if wants_traditional && wanted.eq_ignore_ascii_case("zh") {
            continue;
        }
        let mut tag = plain(wanted);
        wants_traditional |= tag.starts_with(TRADITIONAL);
        while !tag.is_empty() {
            if let Some(found) = there.iter().find(|known| plain(known) == tag) {
                return Some(found);
            }
            let shorter = if tag == TRADITIONAL {
                None
            } else {
                tag.rfind('-')
            };
            tag.truncate(shorter.unwrap_or(0));
        }
    }
    None
}

const TRADITIONAL: &str = "zh-hant";

/// The tag in lower case, with the script of Chinese where it is Traditional, and without it where it is not.
fn plain(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase();
    let rest = |end: usize| {
        let rest = tag.get(end..).unwrap_or_default();
        (rest.is_empty() || rest.starts_with('-')).then_some(rest)
    };
    match (tag.get(..5), rest(5), rest(7)) {
        (Some("zh-tw" | "zh-hk" | "zh-mo"), Some(_), _) => {
            [TRADITIONAL, tag.get(2..).unwrap_or_default()].concat()
        }
        (Some("zh-ha"), _, Some(rest)) if tag.starts_with("zh-hans") => ["zh", rest].concat(),
        _ => tag,
    }
}
