//! The banner as `doui.js` carries it: one tree for all languages, and each language's words.
//!
//! The tree is a string of marked parts, which compresses better than nested arrays and needs no markup sink:
//!
//! | mark | what follows | meaning |
//! | --- | --- | --- |
//! | `<` | a tag's name | opens an element |
//! | `^` | a name, then `=` and a value unless that is empty | sets an attribute of the open element |
//! | `~` | a text | adds a text |
//! | `>` | nothing | closes the open element |
//! | `!` | nothing | begins what is built by itself, once it is needed: each element of the kit, and the settings within the banner |
//!
//! A text or value that is `$` stands for the language's next words. Words are joined by a separator that none of
//! them contains, and begin with it, so that the reader knows it: `|同意|設定`.

use anyhow::{Context, Result, bail, ensure};
use scraper::{Html, Node};

/// The characters that the tree gives a meaning. A text with one of them goes among the words.
const MARKS: &[char] = &['<', '>', '^', '~', '!', '=', '$'];

/// What may separate words, most likely first.
const SEPARATORS: &[char] = &['|', '~', '^', '`', '\\', '\u{1}', '\u{2}', '\u{3}'];

/// One banner for all languages.
#[derive(Debug, PartialEq)]
pub struct Packed {
    /// The marked parts.
    pub tree: String,
    /// Each language with its words, in the order given.
    pub words: Vec<(String, String)>,
}

/// Packs one fragment of HTML a language, which must differ in texts and attribute values only.
pub fn pack(languages: &[(String, String)]) -> Result<Packed> {
    let mut parsed = Vec::new();
    for (lang, html) in languages {
        parsed
            .push(parse(html).with_context(|| format!("the banner in {lang:?} cannot be packed"))?);
    }
    let first = parsed
        .first()
        .context("a banner needs at least one language")?;
    for ((lang, _), parts) in languages.iter().zip(&parsed) {
        if let Some((one, other)) = difference(first, parts) {
            bail!(
                "the banner is not built alike in every language: where {:?} has {one}, {lang:?} has {other}. \
                 Give every text in shop.json and in the message tables for each language, and vary texts only",
                languages[0].0
            );
        }
    }

    let mut tree = String::new();
    let mut words = vec![Vec::new(); parsed.len()];
    for (at, part) in first.iter().enumerate() {
        tree.push_str(&part.mark());
        let Some(text) = part.text() else { continue };
        let is_same = parsed.iter().all(|parts| parts[at].text() == Some(text));
        let is_word = !is_same || text.contains(MARKS);
        let written = if is_word { "$" } else { text };
        if matches!(part, Part::Attribute(..)) && !written.is_empty() {
            tree.push('=');
        }
        tree.push_str(written);
        if is_word {
            for (words, parts) in words.iter_mut().zip(&parsed) {
                words.push(parts[at].text().unwrap_or_default());
            }
        }
    }

    let words = languages
        .iter()
        .zip(words)
        .map(|((lang, _), words)| Ok((lang.clone(), join(&words)?)));
    Ok(Packed {
        tree,
        words: words.collect::<Result<_>>()?,
    })
}

fn join(words: &[&str]) -> Result<String> {
    let is_free = |separator: &char| words.iter().all(|word| !word.contains(*separator));
    let separator = SEPARATORS.iter().copied().find(is_free);
    let separator =
        separator.context("the banner's texts use every character that could separate them")?;
    Ok(words
        .iter()
        .flat_map(|word| [separator.to_string(), (*word).to_owned()])
        .collect())
}

/// What is taken out of the element around it, to be built by itself.
const LATER: (&str, &str) = ("data-doui-part", "settings");

/// One step of building a tree.
#[derive(Debug, PartialEq)]
enum Part {
    Begin,
    Open(String),
    Attribute(String, String),
    Text(String),
    Close,
}

impl Part {
    /// What is the same in every language.
    fn mark(&self) -> String {
        match self {
            Part::Begin => "!".to_owned(),
            Part::Open(tag) => format!("<{tag}"),
            Part::Attribute(name, _) => format!("^{name}"),
            Part::Text(_) => "~".to_owned(),
            Part::Close => ">".to_owned(),
        }
    }

    /// What may differ between languages.
    fn text(&self) -> Option<&str> {
        match self {
            Part::Attribute(_, text) | Part::Text(text) => Some(text),
            Part::Begin | Part::Open(_) | Part::Close => None,
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Part::Begin => f.write_str("the begin of a part"),
            Part::Open(tag) => write!(f, "<{tag}>"),
            Part::Attribute(name, value) => write!(f, "the attribute {name}={value:?}"),
            Part::Text(text) => write!(f, "the text {text:?}"),
            Part::Close => f.write_str("the end of an element"),
        }
    }
}

/// The first place where two banners are not built alike.
fn difference(one: &[Part], other: &[Part]) -> Option<(String, String)> {
    let at = (0..one.len().max(other.len()))
        .find(|&at| one.get(at).map(Part::mark) != other.get(at).map(Part::mark))?;
    let name = |parts: &[Part]| {
        parts
            .get(at)
            .map_or_else(|| "nothing more".to_owned(), Part::to_string)
    };
    Some((name(one), name(other)))
}

/// The steps that build a fragment of HTML. Comments are dropped, and so is white space alone between elements.
fn parse(html: &str) -> Result<Vec<Part>> {
    let fragment = Html::parse_fragment(html);
    let mut parts = Vec::new();
    for child in fragment.root_element().children() {
        let mut later = Vec::new();
        if child.value().is_element() {
            parts.push(Part::Begin);
        }
        add(&mut parts, &mut later, child)?;
        parts.append(&mut later);
    }
    // White space around a comment or an element is the markup's, not the text's.
    parts.retain(|part| !matches!(part, Part::Text(text) if text.trim().is_empty()));
    Ok(parts)
}

/// Adds the steps that build a node; those of what is built by itself come `later`.
fn add(
    parts: &mut Vec<Part>,
    later: &mut Vec<Part>,
    node: ego_tree::NodeRef<'_, Node>,
) -> Result<()> {
    match node.value() {
        Node::Element(element) => {
            parts.push(Part::Open(element.name().to_owned()));
            let is_conditional = element.attr("data-doui-when").is_some();
            for (name, value) in element.attrs() {
                // `doui.js` sets it as often as it shows the banner.
                if name == "hidden" && is_conditional {
                    continue;
                }
                ensure!(
                    name != "style",
                    "<{}> has a style attribute, which strict pages refuse",
                    element.name()
                );
                parts.push(Part::Attribute(name.to_owned(), value.to_owned()));
            }
            for child in node.children() {
                let is_later = child
                    .value()
                    .as_element()
                    .is_some_and(|it| it.attr(LATER.0) == Some(LATER.1));
                if is_later {
                    let mut own = vec![Part::Begin];
                    add(&mut own, later, child)?;
                    later.append(&mut own);
                } else {
                    add(parts, later, child)?;
                }
            }
            parts.push(Part::Close);
        }
        // Leptos ends each text with a marker, so one text of the page may come in several nodes.
        Node::Text(text) => match parts.last_mut() {
            Some(Part::Text(before)) => before.push_str(text),
            _ => parts.push(Part::Text(text.to_string())),
        },
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(texts: &[(&str, &str)]) -> Vec<(String, String)> {
        texts
            .iter()
            .map(|(lang, html)| ((*lang).to_owned(), (*html).to_owned()))
            .collect()
    }

    /// Reads a packed banner back, as `doui.js` does.
    fn unpack(packed: &Packed, lang: &str) -> Vec<Part> {
        let words = &packed
            .words
            .iter()
            .find(|(known, _)| known == lang)
            .unwrap()
            .1;
        let mut words = words
            .chars()
            .next()
            .map_or_else(|| "".split('|'), |separator| words.split(separator))
            .skip(1);
        let mut next = |text: &str| {
            if text == "$" {
                words.next().unwrap().to_owned()
            } else {
                text.to_owned()
            }
        };
        let is_mark = |c: char| matches!(c, '<' | '>' | '^' | '~' | '!');
        let starts: Vec<_> = packed
            .tree
            .match_indices(is_mark)
            .map(|(at, _)| at)
            .chain([packed.tree.len()])
            .collect();
        let parts = starts.windows(2).map(|range| {
            let part = &packed.tree[range[0]..range[1]];
            let (name, value) = part[1..].split_once('=').unwrap_or((&part[1..], ""));
            match &part[..1] {
                "!" => Part::Begin,
                "<" => Part::Open(name.to_owned()),
                "^" => Part::Attribute(name.to_owned(), next(value)),
                "~" => Part::Text(next(name)),
                _ => Part::Close,
            }
        });
        parts.collect()
    }

    #[test]
    fn what_is_packed_unpacks_in_every_language() {
        let languages = languages(&[
            (
                "ja",
                r#"<section class="banner" aria-label="同意"><h2 id="t">許可<!> と拒否</h2> <input type="checkbox" checked>
                   <svg viewBox="0 0 8 8"><path d="M1 1"></path></svg><p>Google &amp; <b>1 &lt; 2</b></p></section>"#,
            ),
            (
                "en",
                r#"<section class="banner" aria-label="Consent|~"><h2 id="t">Allow<!> or refuse</h2> <input type="checkbox" checked>
                   <svg viewBox="0 0 8 8"><path d="M1 1"></path></svg><p>Google &amp; <b>1 &lt; 2</b></p></section>"#,
            ),
        ]);
        let packed = pack(&languages).unwrap();
        for (lang, html) in &languages {
            assert_eq!(unpack(&packed, lang), parse(html).unwrap(), "{packed:?}");
        }
        assert_eq!(
            packed.tree,
            "!<section^aria-label=$^class=banner<h2^id=t~$><input^checked^type=checkbox><svg^viewBox=0 0 8 8\
             <path^d=M1 1>><p~Google & <b~$>>>"
        );
        assert_eq!(
            packed.words[0],
            ("ja".to_owned(), "|同意|許可 と拒否|1 < 2".to_owned())
        );
        assert_eq!(
            packed.words[1],
            (
                "en".to_owned(),
                "^Consent|~^Allow or refuse^1 < 2".to_owned()
            )
        );
    }

    #[test]
    fn a_text_that_looks_like_a_mark_goes_among_the_words() {
        let languages = languages(&[("ja", "<p title='a=b'>$</p>")]);
        let packed = pack(&languages).unwrap();
        assert_eq!(
            (packed.tree.as_str(), packed.words[0].1.as_str()),
            ("!<p^title=$~$>", "|a=b|$")
        );
        assert_eq!(
            unpack(&packed, "ja"),
            parse("<p title='a=b'>$</p>").unwrap()
        );
    }

    #[test]
    fn what_is_hidden_by_a_condition_is_left_to_it() {
        let html = "<p hidden data-doui-when=open>a</p><p hidden>b</p>";
        let packed = pack(&languages(&[("ja", html)])).unwrap();
        assert_eq!(packed.tree, "!<p^data-doui-when=open~a>!<p^hidden~b>");
    }

    #[test]
    fn the_settings_are_built_by_themselves() {
        let html = "<section><p>a</p><div data-doui-part=settings><b>c</b></div><i>b</i></section><p>d</p>";
        let packed = pack(&languages(&[("ja", html), ("en", html)])).unwrap();
        assert_eq!(
            packed.tree,
            "!<section<p~a><i~b>>!<div^data-doui-part=settings<b~c>>!<p~d>"
        );
    }

    #[test]
    fn banners_that_are_not_built_alike_are_an_error() {
        for (ja, en, said) in [
            (
                "<p>a</p>",
                "<b>a</b>",
                "where \"ja\" has <p>, \"en\" has <b>",
            ),
            (
                "<p>a</p>",
                "<p></p>",
                "where \"ja\" has the text \"a\", \"en\" has the end of an element",
            ),
            (
                "<p>a</p>",
                "<p>a</p><p></p>",
                "where \"ja\" has nothing more, \"en\" has the begin of a part",
            ),
            (
                "<p id=a></p>",
                "<p class=a></p>",
                "where \"ja\" has the attribute id=\"a\", \"en\" has the attribute class",
            ),
        ] {
            let error = pack(&languages(&[("ja", ja), ("en", en)]))
                .unwrap_err()
                .to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_style_attribute_is_an_error() {
        let error = pack(&languages(&[("ja", "<p style='top: 0'></p>")])).unwrap_err();
        assert!(
            format!("{error:#}").contains("style attribute"),
            "{error:#}"
        );
    }

    #[test]
    fn words_without_a_free_separator_are_an_error() {
        let every: String = SEPARATORS.iter().collect();
        assert!(join(&["a", &every]).is_err());
        assert_eq!(join(&[]).unwrap(), "");
    }
}
