//! `doui.js`: its modules joined, the shop stamped in, minified.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use doui_core::{
    Condition, Terms,
    condition::NECESSARY,
    signals::ConsentType,
    sweep::Place,
    terms::{BeforeAnswer, Service},
};
use doui_shop::{
    Shop,
    shop::{ConsentMode, Hold, OnWithdraw, RegionalDefault, Signals},
};
use serde::{Serialize, Serializer};

use crate::{
    Files, audit, css, embed, inline::inlinable, join, kit, script, sources::Sources, tree,
};

/// The file that pages name.
pub const NAME: &str = "doui.js";

const STYLES: &[&str] = &["style/tokens.css", "style/parts.css", "style/banner.css"];

/// The sheet of the button that leads back, where there is one.
const BUTTON_STYLE: &str = "style/button.css";

/// The name in the source that the stamp replaces.
const PLACE: &str = "DOUI_STAMP";

/// The names in the source that stand for what some shops use and others do without. The minifier drops what is false.
pub fn parts(shop: &Shop) -> [(&'static str, bool); 25] {
    let signals = &shop.signals;
    let terms = shop.terms();
    let stores = |service: &Service| !service.storage.is_empty();
    let mut languages = shop.languages.iter().chain(&shop.more_languages);
    let leaves = |service: &Service| !service.cookies.is_empty() || stores(service);
    [
        ("WITH_SIGNALS", *signals != Signals::default()),
        ("WITH_GOOGLE", signals.google.is_some()),
        (
            "WITH_REGIONS",
            signals
                .google
                .as_ref()
                .is_some_and(|google| !google.regions.is_empty()),
        ),
        (
            "WITH_WAIT",
            (signals.google.as_ref()).is_some_and(|google| google.wait_for_update.is_some()),
        ),
        ("WITH_UET", signals.uet),
        ("WITH_CLARITY", signals.clarity),
        ("WITH_META", signals.meta),
        ("WITH_TIKTOK", signals.tiktok),
        ("WITH_PINTEREST", signals.pinterest),
        ("WITH_MATOMO", signals.matomo),
        ("WITH_HUBSPOT", signals.hubspot),
        ("WITH_UNIVERSAL", signals.microsoft_universal),
        ("WITH_SHOPIFY", signals.shopify),
        (
            "WITH_GRANTED",
            (terms.purposes.iter()).any(|purpose| purpose.before == BeforeAnswer::Granted),
        ),
        ("WITH_LANGUAGES", !shop.more_languages.is_empty()),
        ("WITH_CHINESE", languages.any(|lang| lang.starts_with("zh"))),
        ("WITH_SERVICES", terms.has_choosable()),
        ("WITH_SWEEP", terms.services.iter().any(leaves)),
        ("WITH_STORES", terms.services.iter().any(stores)),
        ("WITH_PLACEHOLDERS", shop.placeholders),
        ("WITH_RENEWAL", !shop.cookie.renewed_by_server),
        ("WITH_RELOAD", shop.on_withdraw == OnWithdraw::Reload),
        ("WITH_BUTTON", shop.button.is_some()),
        ("WITH_REPORT", shop.report.is_some()),
        ("WITH_DECLARED", !hosts(shop, &terms).is_empty()),
    ]
}

/// A mark that says "UTF-8" to a page in another encoding: shops in Shift_JIS and EUC-JP are still about, and not
/// every server names the encoding of a script. Source: the byte order mark goes first in
/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script>.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Has Chromium compile all of the script in one go. A first visit calls every second function, and to compile each as it is
/// first called takes longer (`cargo xtask bench --floor`, script time). Other engines read a comment.
/// Source: <https://v8.dev/blog/explicit-compile-hints>.
pub const COMPILE_HINT: &str = "//# allFunctionsCalledOnLoad\n";

/// What `doui.js` knows of its shop: `Stamp` of `src/embed/stamp.d.ts`. The names begin with `_`, so that the minifier
/// shortens them ([`script::PRIVATE`]).
#[derive(Serialize)]
struct Stamp<'a> {
    #[serde(rename = "_purposes")]
    purposes: Vec<Purpose<'a>>,
    /// If any service can be refused alone, each service.
    #[serde(rename = "_services", skip_serializing_if = "Vec::is_empty")]
    services: Vec<Member<'a>>,
    /// yyyymmdd.
    #[serde(rename = "_revision")]
    revision: String,
    /// How many seconds a decision holds.
    #[serde(rename = "_life")]
    life: u64,
    /// The cookie's name.
    #[serde(rename = "_cookie")]
    cookie: &'a str,
    /// The cookie's `Domain`, or empty.
    #[serde(rename = "_domain")]
    domain: &'a str,
    /// Per consent type, the condition that grants it.
    #[serde(rename = "_types")]
    types: BTreeMap<&'static str, String>,
    #[serde(rename = "_google", skip_serializing_if = "Option::is_none")]
    google: Option<Google<'a>>,
    #[serde(rename = "_report", skip_serializing_if = "Option::is_none")]
    report: Option<Report<'a>>,
    /// Declared names of cookies.
    #[serde(rename = "_cookies")]
    cookies: Vec<Declared<'a>>,
    /// Declared keys of storage.
    #[serde(rename = "_stores", skip_serializing_if = "Vec::is_empty")]
    stores: Vec<Declared<'a>>,
    /// Where the shop holds what nobody marked, the hosts that services declare.
    #[serde(rename = "_hosts", skip_serializing_if = "Vec::is_empty")]
    hosts: Vec<Declared<'a>>,
    /// The banner's style sheet.
    #[serde(rename = "_css")]
    css: String,
    /// The banner, as [`tree`] writes it.
    #[serde(rename = "_tree")]
    tree: String,
    /// Per language, in the shop's order, its words; empty for those that lie in a file of their own.
    #[serde(rename = "_words", serialize_with = "as_map")]
    words: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Purpose<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    /// yyyymmdd.
    #[serde(rename = "_revised")]
    revised: String,
    /// Whether it is granted before the first answer.
    #[serde(rename = "_granted", skip_serializing_if = "is_not")]
    granted: bool,
    /// Whether Global Privacy Control keeps it off.
    #[serde(rename = "_heeds")]
    heeds: bool,
}

#[derive(Serialize)]
struct Member<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    /// The purpose that it serves.
    #[serde(rename = "_purpose")]
    purpose: &'a str,
    /// Whether it can be refused alone.
    #[serde(rename = "_choosable")]
    choosable: bool,
}

/// Where counts go.
#[derive(Serialize)]
struct Report<'a> {
    /// A path on the page's origin.
    #[serde(rename = "_url")]
    url: &'a str,
    /// Whether Global Privacy Control keeps it off.
    #[serde(rename = "_heeds")]
    heeds: bool,
}

/// A name that a service declares.
#[derive(Serialize)]
struct Declared<'a> {
    #[serde(rename = "_name")]
    name: &'a str,
    /// What keeps it: the service's purpose, or the service where that can be refused alone.
    #[serde(rename = "_keeps")]
    keeps: String,
}

fn is_not(flag: &bool) -> bool {
    !flag
}

/// What only Google Consent Mode has.
#[derive(Serialize)]
struct Google<'a> {
    /// What the default says besides the types.
    #[serde(rename = "_more", skip_serializing_if = "Wait::is_none")]
    more: Wait,
    /// The defaults of regions, as they are sent.
    #[serde(rename = "_regions", skip_serializing_if = "Vec::is_empty")]
    regions: Vec<Regional<'a>>,
    /// The settings that are on.
    #[serde(rename = "_settings")]
    settings: Vec<&'static str>,
}

#[derive(Clone, Copy, Serialize)]
struct Wait {
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_for_update: Option<u32>,
}

impl Wait {
    fn is_none(&self) -> bool {
        self.wait_for_update.is_none()
    }
}

#[derive(Serialize)]
struct Regional<'a> {
    #[serde(flatten)]
    types: BTreeMap<&'static str, &'static str>,
    region: &'a [String],
    #[serde(flatten)]
    more: Wait,
}

impl<'a> Google<'a> {
    fn new(terms: &Terms, mode: &'a ConsentMode) -> Self {
        let more = Wait {
            wait_for_update: mode.wait_for_update,
        };
        let regional = |default: &'a RegionalDefault| Regional {
            types: conditions(terms)
                .map(|(kind, condition)| {
                    let is_granted = Condition::parse(&condition).holds_where(&|name| {
                        name == NECESSARY || default.granted.iter().any(|id| *id == *name)
                    });
                    (kind, if is_granted { "granted" } else { "denied" })
                })
                .collect(),
            region: &default.region,
            more,
        };
        let settings = [
            ("ads_data_redaction", mode.ads_data_redaction),
            ("url_passthrough", mode.url_passthrough),
        ];
        Google {
            more,
            regions: mode.regions.iter().map(regional).collect(),
            settings: settings
                .into_iter()
                .filter_map(|(name, is_on)| is_on.then_some(name))
                .collect(),
        }
    }
}

/// Each consent type, with the condition that grants it.
fn conditions(terms: &Terms) -> impl Iterator<Item = (&'static str, String)> {
    let types = ConsentType::ALL.into_iter();
    types.map(|kind| (kind.as_str(), kind.condition(terms)))
}

/// What the services declare at a place, each with the condition that keeps it.
fn declared(terms: &Terms, place: Place) -> Vec<Declared<'_>> {
    let services = terms.services.iter().flat_map(|service| {
        let keeps = service.condition();
        let names = service.names(place);
        names.map(move |name| Declared {
            name,
            keeps: keeps.clone(),
        })
    });
    services.collect()
}

/// The hosts of services, each with the condition that keeps what is loaded from it; none where only marked tags wait.
fn hosts<'a>(shop: &'a Shop, terms: &Terms) -> Vec<Declared<'a>> {
    if shop.hold == Hold::Marked {
        return Vec::new();
    }
    let services = shop.services.iter().zip(&terms.services);
    let hosts = services.flat_map(|(service, kept)| {
        let hosts = service.hosts.as_ref().map_or(&[][..], |hosts| &hosts.value);
        hosts.iter().map(|name| Declared {
            name,
            keeps: kept.condition(),
        })
    });
    hosts.collect()
}

/// Each service; none where no service can be refused alone.
fn members(terms: &Terms) -> Vec<Member<'_>> {
    let services = terms.services.iter().filter(|_| terms.has_choosable());
    let services = services.map(|service| Member {
        id: service.id.as_str(),
        purpose: service.purpose.as_str(),
        choosable: service.choosable,
    });
    services.collect()
}

fn as_map<S: Serializer>(words: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(words.iter().map(|(lang, words)| (lang, words)))
}

/// `doui.js` for a shop, stamped and minified, and what it loads from beside it: the audit, and a file for each language
/// that it does not carry.
pub fn scripts(shop: &Shop, sources: &Sources) -> Result<Files> {
    let switches = parts(shop).map(|(name, _)| name);
    let modules = sources.modules()?;
    let source = join::join(&modules, embed::ENTRY, &embed::rules(&switches))?;
    kit::check(&kit::whole(shop), &source)?;
    let button = shop.button.map(|_| BUTTON_STYLE);
    let styles: Vec<_> = STYLES.iter().copied().chain(button).collect();
    let css = css::bundle(&sources.sheets(&styles)?, &shop.theme)?;
    // In a shadow root each element has the colours itself: what the page says of the host, or of the properties' names
    // (`@property`), changes none of them.
    let css = css.replace(":root,:host", "*");
    let languages = shop.languages.iter().chain(&shop.more_languages);
    let kits = languages.map(|lang| (lang.clone(), doui_pages::kit(shop, lang)));
    let files = fill(&source, shop, css, &kits.collect::<Vec<_>>());
    let mut files = files.context("the joined modules of src/embed")?;
    let audit = audit::audit_js(shop, sources)?;
    files.insert("audit.js".to_owned(), audit.into_bytes());
    Ok(files)
}

/// `kits` are in the shop's languages, then in those that get a file of their own.
fn fill(source: &str, shop: &Shop, css: String, kits: &[(String, String)]) -> Result<Files> {
    let tree::Packed { tree, mut words } = tree::pack(kits)?;
    let mut files = Files::new();
    for (lang, words) in words.iter_mut().skip(shop.languages.len()) {
        // `doui.js` reads it off the element that loads the file.
        let words = serde_json::to_string(&std::mem::take(words))?;
        // A picture of the page's may have the name.
        let script = format!(
            "Reflect.get(Document.prototype,\"currentScript\",document).douiWords={words};"
        );
        let script = inlinable(&script)?;
        let script = format!("{BYTE_ORDER_MARK}{script}");
        files.insert(format!("doui.{lang}.js"), script.into_bytes());
    }
    let names = values(shop, css, tree, words)?;
    let stamped = script::stamp(source, &names)?;
    let script = script::minify_script(&stamped, Some(script::PRIVATE))?;
    let script = format!("{BYTE_ORDER_MARK}{COMPILE_HINT}{script}");
    files.insert(NAME.to_owned(), script.into_bytes());
    Ok(files)
}

/// What stands in the place of each name that the source asks for, as JSON.
fn values(
    shop: &Shop,
    css: String,
    tree: String,
    words: Vec<(String, String)>,
) -> Result<Vec<(&'static str, String)>> {
    let terms = &shop.terms();
    let purposes = terms.purposes.iter().map(|purpose| Purpose {
        id: purpose.id.as_str(),
        revised: purpose.revised.to_string(),
        granted: purpose.before == BeforeAnswer::Granted,
        heeds: purpose.gpc,
    });
    let stamp = Stamp {
        purposes: purposes.collect(),
        services: members(terms),
        revision: terms.revision.to_string(),
        life: u64::from(terms.valid_days) * 86_400,
        cookie: &terms.cookie.name,
        domain: terms.cookie.domain.as_deref().unwrap_or_default(),
        css,
        tree,
        words,
        types: conditions(terms).collect(),
        google: shop
            .signals
            .google
            .as_ref()
            .map(|mode| Google::new(terms, mode)),
        report: shop.report.as_ref().map(|report| Report {
            url: &report.url,
            heeds: report.gpc,
        }),
        cookies: declared(terms, Place::Cookies),
        stores: declared(terms, Place::Storage),
        hosts: hosts(shop, terms),
    };
    let stamp = serde_json::to_string(&stamp)?;
    let parts = parts(shop).map(|(name, is_used)| (name, is_used.to_string()));
    let mut names = vec![(PLACE, stamp)];
    names.extend(parts);
    Ok(names)
}

/// What is stamped into `doui.js` but for what it shows, as `stamp.json`: for tests of its modules without a browser.
pub fn data(shop: &Shop) -> Result<Files> {
    let values = values(shop, String::new(), String::new(), Vec::new())?;
    let values = values
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"));
    let json = format!("{{{}}}", values.collect::<Vec<_>>().join(","));
    Ok(Files::from([("stamp.json".to_owned(), json.into_bytes())]))
}

#[cfg(test)]
mod tests {
    use oxc_allocator::Allocator;
    use oxc_ast::AstKind;
    use oxc_semantic::SemanticBuilder;
    use oxc_span::SourceType;
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;
    use crate::sources::tests::own;

    const SHOP: &str = include_str!("../../../tests/shops/four.json");

    fn shop() -> Shop {
        Shop::from_json(SHOP).unwrap()
    }

    /// The least script that has a place for everything.
    fn source() -> String {
        let parts = parts(&shop()).map(|(name, _)| name).join(", ");
        format!("(() => {{ window.s = {PLACE}; window.w = [{parts}]; }})()")
    }

    /// `doui.js` alone, as text.
    fn script(mut files: Files) -> String {
        String::from_utf8(files.remove(NAME).unwrap()).unwrap()
    }

    fn banners(texts: [&str; 2]) -> Vec<(String, String)> {
        [("ja", texts[0]), ("en", texts[1])]
            .map(|(lang, html)| (lang.to_owned(), html.to_owned()))
            .into()
    }

    #[test]
    fn the_stamp_holds_what_the_shop_says() {
        let banners = banners(["<p class=a>同意</p>", "<p class=a>Consent</p>"]);
        let js = script(fill(&source(), &shop(), "p{top:0}".to_owned(), &banners).unwrap());
        assert!(js.starts_with('\u{feff}'), "{js}");
        for part in [
            "p{top:0}",
            "<p^class=a~$>",
            "|同意",
            "|Consent",
            "20231201",
            ":15552e3",
        ] {
            assert!(js.contains(part), "{part} is missing in {js}");
        }
        assert!(
            js.find("同意") < js.find("Consent"),
            "the shop's first language comes first: {js}"
        );
    }

    #[test]
    fn what_a_shop_does_not_use_is_left_out() {
        let full = Shop::from_json(include_str!("../../../shop.json")).unwrap();
        let all = script(scripts(&full, &own()).unwrap());
        let mut bare = shop();
        bare.placeholders = false;
        let none = script(scripts(&bare, &own()).unwrap());
        for part in [
            "dataLayer",
            "uetq",
            "clarity",
            "fbq",
            "ttq",
            "doui-probe",
            "IntersectionObserver",
        ] {
            assert!(all.contains(part), "the first shop uses {part}");
            assert!(!none.contains(part), "{part} is left in");
        }
    }

    #[test]
    fn a_further_language_is_a_file_of_its_own() {
        let mut shop = shop();
        shop.more_languages = vec!["ko".to_owned()];
        let mut kits = banners(["<p>a<b>x</b></p>", "<p>b<b>x</b></p>"]);
        kits.push(("ko".to_owned(), "<p>c<b>y</b></p>".to_owned()));
        let mut files = fill(&source(), &shop, String::new(), &kits).unwrap();
        let ko = String::from_utf8(files.remove("doui.ko.js").unwrap()).unwrap();
        assert_eq!(
            ko,
            "\u{feff}Reflect.get(Document.prototype,\"currentScript\",document).douiWords=\"|c|y\";"
        );
        let js = script(files);
        assert!(
            js.contains("|a|x") && js.contains("|b|x") && !js.contains("|c|y"),
            "{js}"
        );
    }

    /// What would end the script, or the section, that a script is pasted into.
    const ENDS: [&str; 6] = ["</script", "<script", "<!--", "]]>", "\u{2028}", "\u{2029}"];

    fn is_pasteable(js: &str) -> bool {
        let js = js.to_lowercase();
        ENDS.iter().all(|end| !js.contains(end))
    }

    /// Texts of everything that could end something, and of what must be told from it.
    fn text() -> impl Strategy<Value = String> {
        let whole = ENDS.map(str::to_owned).to_vec();
        let parts = [
            "<",
            ">",
            "!",
            "-",
            "/",
            "]",
            "script",
            "SCRIPT",
            "\\",
            "\"",
            "'",
            "`",
            "$",
            "{",
            "}",
            "\n",
            "\r",
            "\0",
            "\u{2028}",
            "\u{7f}",
            "\u{feff}",
            "a",
            "|",
            "^",
            "~",
            "=",
            "\\x3C",
            "\\u2028",
            "あ",
            "\u{1f36a}",
        ];
        let part = prop_oneof![
            select(whole),
            select(vec!["</ScRiPt>", "<!--<script>", "<!--", "<SCRIPT ", "]]>"])
                .prop_map(str::to_owned),
            select(parts.to_vec()).prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        vec(part, 1..12).prop_map(|parts| parts.concat())
    }

    /// The texts of a script's strings and templates, by the parser.
    fn texts(js: &str) -> Vec<String> {
        let allocator = Allocator::default();
        let kind = SourceType::cjs().with_script(true);
        let program =
            script::parse(&allocator, js.trim_start_matches(BYTE_ORDER_MARK), kind).unwrap();
        let built = SemanticBuilder::new()
            .with_build_nodes(true)
            .build(&program);
        let texts = built
            .semantic
            .nodes()
            .iter()
            .filter_map(|node| match node.kind() {
                AstKind::StringLiteral(text) => Some(text.value.to_string()),
                AstKind::TemplateElement(text) => text.value.cooked.map(|text| text.to_string()),
                _ => None,
            });
        texts.collect()
    }

    proptest! {
        /// `<!--<script>` in a text stood in `doui.js` as it was, and `</script>` in `doui.ko.js`: pasted into a page,
        /// they ended it.
        #[test]
        fn a_text_could_end_the_script_that_it_was_pasted_in(text in text(), css in text()) {
            let mut shop = shop();
            shop.more_languages = vec!["ko".to_owned()];
            let kit = |text: &str| format!("<p title=\"{}\"></p>", text.replace('&', "&amp;").replace('"', "&quot;"));
            let kits = ["ja", "en", "ko"].map(|lang| (lang.to_owned(), kit(&format!("{lang}{text}"))));
            let mut files = fill(&source(), &shop, css.clone(), &kits).unwrap();
            let ko = String::from_utf8(files.remove("doui.ko.js").unwrap()).unwrap();
            let js = script(files);
            prop_assert!(is_pasteable(&js), "{js}");
            prop_assert!(is_pasteable(&ko), "{ko}");
            // HTML has no carriage return and no null.
            let read = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
            let has = |js: &str, lang: &str| texts(js).iter().any(|found| found.get(1..) == Some(&format!("{lang}{read}")));
            prop_assert!(has(&js, "ja") && has(&js, "en"), "{js}");
            prop_assert!(has(&ko, "ko"), "{ko}");
            prop_assert!(css.is_empty() || texts(&js).contains(&css), "{js}");
        }
    }

    /// The shop of the demo, and the scripts as they are.
    #[test]
    fn the_scripts_may_stand_in_a_page() {
        let shop = Shop::from_json(include_str!("../../../shop.json")).unwrap();
        for (name, script) in scripts(&shop, &own()).unwrap() {
            assert!(is_pasteable(&String::from_utf8(script).unwrap()), "{name}");
        }
    }

    #[test]
    fn the_data_are_each_name_with_its_value() {
        let files = data(&shop()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&files["stamp.json"]).unwrap();
        assert_eq!(json[PLACE]["_revision"], "20231201");
        assert_eq!(json["WITH_PLACEHOLDERS"], true);
        assert_eq!(json.as_object().unwrap().len(), parts(&shop()).len() + 1);
    }

    #[test]
    fn the_same_shop_gives_the_same_bytes() {
        let build = || {
            let banners = banners(["<p>a</p>", "<p>b</p>"]);
            fill(&source(), &shop(), String::new(), &banners).unwrap()
        };
        assert_eq!(build(), build());
    }
}
