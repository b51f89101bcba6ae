//! `doui.js` reads and writes as the core does: both are held to `tests/vectors.json`.

use std::{
    collections::BTreeMap,
    fs,
    io::{Write, stderr},
};

use doui_tests::{Engine, Setting, Stage, built};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json, value::RawValue};
use tempfile::TempDir;

/// What is played here of the file.
#[derive(Deserialize)]
struct Vectors {
    decisions: Vec<Case>,
}

/// One case: what the browser holds, what that means, and what a choice then writes.
#[derive(Deserialize)]
struct Case {
    name: String,
    shop: String,
    /// Unix seconds.
    now: u64,
    gpc: bool,
    cookie: Option<String>,
    record: Option<String>,
    expect: Expect,
    /// What the browser holds after the page has settled.
    kept: Kept,
    save: Option<Save>,
    /// What it holds after the save.
    saved: Option<Kept>,
}

#[derive(Deserialize)]
struct Expect {
    allowed: Vec<String>,
    /// Each service that can be refused alone, and whether it may run.
    #[serde(default)]
    services: Map<String, Value>,
    /// Per purpose that is asked, why.
    ask: Map<String, Value>,
    #[serde(rename = "decidedAt")]
    decided_at: Option<u64>,
    revision: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    cookie: Option<String>,
    record: Option<String>,
}

#[derive(Deserialize)]
struct Save {
    /// As it is written, for a page sees the order of its keys.
    changes: Box<RawValue>,
    by: String,
    lang: String,
}

/// Gives the page the clock and the signal of a case, which waits in session storage.
const CLOCK_AND_SIGNAL: &str = "
    const given = JSON.parse(sessionStorage.getItem('given'));
    if (given) {
        Date.now = () => given.now * 1000;
        Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => given.gpc });
    }";

/// Empties the browser, puts in what the case has, and says what the jar made of the cookie.
const PUT: &str = "
    const [given, cookie, record] = arguments;
    document.cookie = 'doui=;path=/;max-age=0';
    localStorage.clear();
    sessionStorage.setItem('given', JSON.stringify(given));
    if (cookie != null) document.cookie = `doui=${cookie};path=/`;
    if (record != null) localStorage.setItem('doui', record);
    return document.cookie";

/// Makes a choice: on the banner, if that is where it was made and it names every purpose, or else with `doui.save`.
/// Returns whether the banner was used.
const CHOOSE: &str = "(text, byBanner) => {
    const changes = JSON.parse(text);
    if (!byBanner || Object.keys(changes).length < Object.keys(doui.state.choices).length) {
        doui.save(changes);
        return false;
    }
    doui.open();
    const root = document.querySelector('#doui-banner').shadowRoot;
    for (const input of root.querySelectorAll('input[name]')) if (input.checked != changes[input.name]) input.click();
    root.querySelector('[data-doui-act=save]').click();
    return true;
}";

const SEEN: &str = "
    const { choices, services = {}, undecided, decidedAt, revision } = doui.state;
    return {
        kept: {
            cookie: document.cookie.match(/(?:^|; )doui=([^;]*)/)?.[1] ?? null,
            record: localStorage.getItem('doui'),
        },
        state: { allowed: Object.keys(choices).filter(id => choices[id]), services, undecided, decidedAt, revision },
    }";

#[derive(Deserialize)]
struct Seen {
    kept: Kept,
    state: Value,
}

/// Plays one case and returns how it differs from what the file says.
async fn differences(stage: &Stage, case: &Case) -> Vec<String> {
    let given = json!({ "now": case.now, "gpc": case.gpc });
    let jar: String = stage
        .run(PUT, vec![given, json!(case.cookie), json!(case.record)])
        .await;
    let put = case
        .cookie
        .as_ref()
        .map_or(String::new(), |cookie| format!("doui={cookie}"));
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: Value, found: Value| {
        if expected != found {
            differences.push(format!(
                "{}: {what}: expected {expected}, found {found}",
                case.name
            ));
        }
    };
    compare("put into the browser", put.into(), jar.into());
    let page = if page_language(case) == "en" {
        "/english.html"
    } else {
        "/shop.html"
    };
    stage.open(page).await;
    // What is written comes after the page's first frame.
    stage.until_quiet().await;
    let seen: Seen = stage.run(SEEN, vec![]).await;
    let expect = &case.expect;
    let state = json!({
        "allowed": expect.allowed,
        "services": expect.services,
        "undecided": expect.ask.keys().collect::<Vec<_>>(),
        "decidedAt": expect.decided_at,
        "revision": expect.revision,
    });
    compare("state", sorted(state), sorted(seen.state));
    compare("kept", json!(case.kept), json!(seen.kept));
    if let (Some(save), Some(saved)) = (&case.save, &case.saved) {
        let is_by_banner: bool = stage
            .run(
                &format!("return ({CHOOSE})(...arguments)"),
                vec![json!(save.changes.get()), json!(save.by == "banner")],
            )
            .await;
        let seen: Seen = stage.run(SEEN, vec![]).await;
        let by = if is_by_banner { "banner" } else { "api" };
        let saved = Kept {
            cookie: saved.cookie.clone(),
            record: saved
                .record
                .as_ref()
                .map(|record| signed(record, save, by, page_language(case))),
        };
        compare("saved", json!(saved), json!(seen.kept));
    }
    differences
}

/// The language of the page that plays a case: a choice is written down in it.
fn page_language(case: &Case) -> &'static str {
    match &case.save {
        Some(save) if save.lang == "en" => "en",
        _ => "ja",
    }
}

/// The record as it reads when the decision was made at another door or in another language, which the newest
/// decision says twice: first at the top, and last in the history.
fn signed(record: &str, save: &Save, by: &str, lang: &str) -> String {
    let signature = |by: &str, lang: &str| format!("\"by\":{by:?},\"lang\":{lang:?}");
    let (given, real) = (signature(&save.by, &save.lang), signature(by, lang));
    let (before, last) = record
        .rsplit_once(&given)
        .expect("the history ends with the save");
    format!("{}{real}{last}", before.replacen(&given, &real, 1))
}

/// Sorts the lists: the file may name purposes in another order than the shop has them.
fn sorted(mut state: Value) -> Value {
    for list in state
        .as_object_mut()
        .expect("it is written above")
        .values_mut()
    {
        if let Value::Array(list) = list {
            list.sort_by_key(Value::to_string);
        }
    }
    state
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_reads_and_writes_every_vector_as_the_core_does() {
    let file = fs::read_to_string(built::tests().join("vectors.json")).expect("tests/vectors.json");
    let Vectors { decisions: cases } = serde_json::from_str(&file).expect("tests/vectors.json");
    let mut shops: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    // A cookie that cannot be is read by nobody.
    let engine = Engine::of_this_run();
    for case in cases
        .iter()
        .filter(|case| case.cookie.iter().all(|it| engine.takes_cookie(it)))
    {
        shops.entry(&case.shop).or_default().push(case);
    }
    let (mut ran, mut wrote, mut wrong) = (0, 0, Vec::new());
    for (shop, cases) in shops {
        let dist = TempDir::new().unwrap();
        let mut stamp = built::xtask();
        stamp
            .arg("stamp")
            .arg("--shop")
            .arg(built::tests().join(format!("shops/{shop}.json")));
        let stamped = stamp
            .arg("--out")
            .arg(dist.path())
            .status()
            .expect("xtask starts");
        assert!(stamped.success(), "xtask stamp failed for {shop}");
        Setting::fixtures()
            .dist(dist.path())
            .before(CLOCK_AND_SIGNAL)
            .play(async |stage| {
                stage.open("/frame.html").await;
                for case in cases {
                    wrong.extend(differences(stage, case).await);
                    ran += 1;
                    wrote += usize::from(case.save.is_some());
                }
            })
            .await;
    }
    // Past the test runner's capture: a reader of the log sees how many there were.
    writeln!(
        stderr(),
        "{ran} vectors read by doui.js, {wrote} of them written too"
    )
    .unwrap();
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(ran >= 140, "only {ran} vectors");
}
