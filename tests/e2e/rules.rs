//! The rules besides the decision, on the joined script: which gate opens, what goes after a refusal, and for which domain the
//! cookie is written. All are held to `tests/vectors.json`, as the core is, and as the modules are without a browser.

use std::{collections::BTreeMap, fs};

use doui_tests::{Engine, Setting, Stage, built};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

#[derive(Deserialize)]
struct Vectors {
    conditions: Vec<Conditions>,
    names: Vec<Names>,
    #[serde(rename = "cookie domains")]
    domains: Vec<Domain>,
}

/// How gates stand while a visitor has this cookie.
#[derive(Deserialize)]
struct Conditions {
    name: String,
    shop: String,
    /// Unix seconds.
    now: u64,
    cookie: Option<String>,
    cases: Vec<Condition>,
}

#[derive(Deserialize)]
struct Condition {
    condition: String,
    opens: bool,
    unknown: Vec<String>,
}

/// What goes and what stays of services that are refused.
#[derive(Deserialize)]
struct Names {
    name: String,
    declared: Vec<Declared>,
    refused: Vec<String>,
    goes: Vec<String>,
    stays: Vec<String>,
}

#[derive(Deserialize, PartialEq)]
struct Declared {
    name: String,
    condition: String,
}

/// At which domain a host's cookie is written; without one, at the host.
#[derive(Deserialize)]
struct Domain {
    host: String,
    domain: Option<String>,
    written: Option<String>,
}

fn vectors() -> Vectors {
    let file = fs::read_to_string(built::tests().join("vectors.json")).expect("tests/vectors.json");
    serde_json::from_str(&file).expect("tests/vectors.json")
}

fn shop(name: &str) -> Value {
    let file = built::tests().join(format!("shops/{name}.json"));
    let text = fs::read_to_string(&file).expect("tests/shops");
    serde_json::from_str(&text).expect("tests/shops")
}

/// Gives the page the clock of a vector, which waits in session storage.
const CLOCK: &str = "
    const now = sessionStorage.getItem('now');
    if (now) Date.now = () => now * 1000;";

/// Puts links with these conditions into the page, and says of each whether it got its address, once the last one is
/// open, which needs nothing that is not allowed.
const OPENED: &str = "
    const main = document.querySelector('main');
    const links = [...arguments[0], 'necessary'].map(condition => {
        const link = document.createElement('a');
        link.setAttribute('data-doui', condition);
        link.dataset.href = '/frame.html';
        main.append(link);
        return link;
    });
    return new Promise(done => (function look() {
        if (!links[links.length - 1].hasAttribute('href')) return setTimeout(look, 10);
        done(links.slice(0, -1).map(link => link.hasAttribute('href')));
    })())";

/// The names that the page was warned of.
const WARNED: &str =
    "witness.warnings.map(line => line.match(/unknown purpose (.*); known: /s)?.[1])
    .filter(name => name !== undefined)";

/// How many things are warned of in a page (`src/embed/safely.js`).
const MOST: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn the_script_opens_what_the_conditions_of_the_vectors_say() {
    let mut shops: BTreeMap<String, Vec<Conditions>> = BTreeMap::new();
    for group in vectors().conditions {
        shops.entry(group.shop.clone()).or_default().push(group);
    }
    let (mut played, mut wrong) = (0, Vec::new());
    for (name, groups) in shops {
        Setting::fixtures()
            .doui(built::stamped(&shop(&name)))
            .before(CLOCK)
            .play(async |stage| {
                stage.open("/frame.html").await;
                for group in groups {
                    stage.clear().await;
                    stage
                        .run::<()>(
                            "const [now, cookie] = arguments;
                             sessionStorage.setItem('now', now);
                             if (cookie) document.cookie = `doui=${cookie};path=/`",
                            vec![json!(group.now), json!(group.cookie)],
                        )
                        .await;
                    stage.open("/shop.html").await;
                    let conditions: Vec<&str> =
                        (group.cases.iter().map(|case| &*case.condition)).collect();
                    let opened: Vec<bool> = stage.run(OPENED, vec![json!(conditions)]).await;
                    for (case, opened) in group.cases.iter().zip(opened) {
                        played += 1;
                        if case.opens != opened {
                            let Condition { condition, .. } = case;
                            wrong.push(format!("{}: {condition:?} opens: {opened}", group.name));
                        }
                    }
                    let warned: Vec<String> = stage.value(WARNED).await;
                    // Of a condition with one part, that part is always looked at.
                    let alone = |case: &&Condition| case.condition.split_whitespace().count() < 2;
                    let must = group
                        .cases
                        .iter()
                        .filter(alone)
                        .flat_map(|case| &case.unknown);
                    let must: Vec<_> = must.filter(|name| !warned.contains(name)).collect();
                    if warned.len() < MOST && !must.is_empty() {
                        wrong.push(format!("{}: not warned of {must:?}", group.name));
                    }
                    let unknown: Vec<_> =
                        (group.cases.iter().flat_map(|case| &case.unknown)).collect();
                    for name in warned.iter().filter(|name| !unknown.contains(name)) {
                        wrong.push(format!("{}: warned of {name:?}", group.name));
                    }
                }
            })
            .await;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(played >= 240, "only {played} conditions");
}

/// A shop whose services declare these names, for cookies and for storage.
fn declaring(declared: &[Declared]) -> Value {
    let mut shop = shop("four");
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Declared { name, condition } in declared {
        services.entry(condition).or_default().push(name);
    }
    let services = services.into_iter().map(|(condition, names)| {
        let (purpose, id) = condition.split_once('/').unwrap_or((condition, condition));
        json!({
            "id": if id == condition { format!("all-{id}") } else { id.to_owned() },
            "purpose": purpose,
            "choosable": id != condition,
            "label": { "ja": condition, "en": condition },
            "cookies": names,
            "storage": names,
        })
    });
    shop["services"] = services.collect();
    shop
}

/// Puts a cookie, and a key into each storage, for every name: returns the names of the cookies that the browser took.
const LEAVE: &str = "
    for (const name of arguments[0]) {
        document.cookie = `${name}=1;path=/`;
        if (name == 'doui') continue;
        localStorage.setItem(name, '1');
        sessionStorage.setItem(name, '1');
    }
    return document.cookie.split('; ').filter(pair => pair.includes('=')).map(pair => pair.split('=')[0])";

/// What is left: the names of cookies, then the keys of each storage, also those that are named as what each has by itself.
const LEFT: &str = "[
    document.cookie.split('; ').filter(pair => pair.includes('=')).map(pair => pair.split('=')[0]),
    ...[localStorage, sessionStorage].map(store => Array.from({ length: store.length }, (_, at) => store.key(at)))]";

#[tokio::test(flavor = "multi_thread")]
async fn the_script_deletes_the_names_of_the_vectors_and_no_others() {
    let mut names = vectors().names;
    // No shop file can declare every name: the check refuses it.
    names.retain(|vector| vector.declared.iter().all(|it| it.name != "*"));
    let mut shops: Vec<(&[Declared], Vec<&Names>)> = Vec::new();
    for vector in &names {
        match shops.iter_mut().find(|(it, _)| *it == vector.declared) {
            Some((_, vectors)) => vectors.push(vector),
            None => shops.push((&vector.declared, vec![vector])),
        }
    }
    for (declared, vectors) in shops {
        Setting::fixtures()
            .doui(built::stamped(&declaring(declared)))
            .play(async |stage| {
                for vector in vectors {
                    plays(stage, vector).await;
                }
            })
            .await;
    }
}

async fn plays(stage: &Stage, vector: &Names) {
    stage.open("/shop.html").await;
    // Nothing is left from before, and what is refused was allowed until now.
    stage
        .call("doui.acceptAll(); localStorage.clear(); sessionStorage.clear(); doui.acceptAll()")
        .await;
    let all: Vec<_> = vector.goes.iter().chain(&vector.stays).collect();
    let taken: Vec<String> = stage.run(LEAVE, vec![json!(all)]).await;
    let choices: BTreeMap<_, _> = vector.refused.iter().map(|name| (name, false)).collect();
    stage
        .run::<()>("doui.save(arguments[0])", vec![json!(choices)])
        .await;
    // WebKit shows a cookie for a moment after it was deleted.
    let goes = json!(vector.goes);
    stage
        .until(&format!("!{LEFT}[0].some(name => {goes}.includes(name))"))
        .await;
    let [cookies, local, session]: [Vec<String>; 3] = stage.value(LEFT).await;
    let what = &vector.name;
    // With one of that name Doui finds out which domains take cookies.
    for name in taken.iter().filter(|name| *name != "doui-probe") {
        // Of itself Doui keeps the cookie, whatever a service declares.
        let stays = !vector.goes.contains(name);
        assert_eq!(cookies.contains(name), stays, "{what}: cookie {name:?}");
    }
    for name in all.into_iter().filter(|name| *name != "doui") {
        let stays = !vector.goes.contains(name);
        assert_eq!(local.contains(name), stays, "{what}: local {name:?}");
        assert_eq!(session.contains(name), stays, "{what}: session {name:?}");
    }
    assert!(taken.len() > 5, "{what}: the jar took only {taken:?}");
    stage.clear().await;
}

/// A page of the shop with this domain: its script lies in a folder of its own.
fn page(folder: &str) -> String {
    doui_tests::page(
        &format!(r#"<script src="/{folder}/doui.js"></script>"#),
        "<main><h1>店</h1></main>",
    )
}

/// The hosts that the tests' server answers for, and that a browser goes to: none that begins with a dot, and none whose
/// `xn--` says no name.
fn is_reached(host: &str) -> bool {
    let is_ours = host.ends_with(".example") || host.ends_with(".co.jp");
    is_ours && !host.starts_with('.') && !host.starts_with("xn--")
}

/// The folders of the scripts, by the order in which the vectors name the domains.
const FOLDERS: [(&str, &str, &str); 6] = [
    ("d0", "d0/doui.js", "d0.html"),
    ("d1", "d1/doui.js", "d1.html"),
    ("d2", "d2/doui.js", "d2.html"),
    ("d3", "d3/doui.js", "d3.html"),
    ("d4", "d4/doui.js", "d4.html"),
    ("d5", "d5/doui.js", "d5.html"),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_script_writes_its_cookie_at_the_domain_of_the_vectors() {
    let vectors: Vec<_> = (vectors().domains.into_iter())
        .filter(|vector| is_reached(&vector.host))
        .collect();
    let mut domains: Vec<&Option<String>> = vectors.iter().map(|vector| &vector.domain).collect();
    domains.sort();
    domains.dedup();
    let mut setting = Setting::fixtures();
    for (domain, (folder, script, html)) in domains.iter().zip(FOLDERS) {
        let mut shop = shop("four");
        if let Some(domain) = domain {
            shop["cookie"] = json!({ "domain": domain });
        }
        let dist: TempDir = built::stamped(&shop);
        let text = fs::read_to_string(dist.path().join("doui.js")).expect("it is stamped");
        setting = setting.file(script, text).file(html, page(folder));
    }
    assert!(domains.len() <= FOLDERS.len(), "{domains:?}");
    setting
        .play(async |stage| {
            for vector in &vectors {
                let at = domains.iter().position(|domain| **domain == vector.domain);
                let (_, _, html) = FOLDERS[at.expect("it is one of them")];
                stage.open(&format!("//{}/{html}", vector.host)).await;
                stage.call("doui.acceptAll()").await;
                stage.until("document.cookie.includes('doui=')").await;
                let jar = stage.driver().get_all_cookies().await;
                let jar = serde_json::to_value(jar.expect("the jar")).unwrap();
                let written: Vec<&str> = (jar.as_array().into_iter().flatten())
                    .filter(|cookie| cookie["name"] == "doui")
                    .filter_map(|cookie| cookie["domain"].as_str())
                    .collect();
                let expected = match &vector.written {
                    Some(domain) => format!(".{domain}"),
                    None => vector.host.clone(),
                };
                assert_eq!(
                    written,
                    [expected],
                    "{:?} on {} in {:?}",
                    vector.domain,
                    vector.host,
                    Engine::of_this_run()
                );
                stage.clear().await;
            }
        })
        .await;
}
