//! Random sequences of visits, choices at both doors, revisions, expiries, tabs, switches of Global Privacy Control, and
//! places that are lost, spoilt, newer or old: after each step the page and what the browser keeps are where the model is,
//! the same model that the core is held to.
//!
//! The two tabs are frames of one page, which share cookies, local storage and events as tabs of a browser do, and each
//! visit loads a document. What a page notices by itself, by events and once a second, it notices here when the sequence
//! says so; that it does by itself is the subject of `tabs.rs`.

use std::{env, fs};

use doui_core::{Record, record::HISTORY};
use doui_tests::{Engine, Setting, Stage, built};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use model::{Model, PURPOSES, Place, SERVICES, Step};

#[path = "../../crates/core/tests/model/mod.rs"]
mod model;

/// How many sequences there are, and how many steps each has at most.
const SEQUENCES: u64 = 300;
const STEPS: usize = 30;

/// Runs first in each tab. The clock and the signal are the sequence's. So is a cookie's life: the browser would end it by
/// its own clock.
const FIRST: &str = "
    Date.now = () => parent.world.now * 1000;
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => parent.world.gpc });
    const jar = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(Document.prototype, 'cookie',
        { ...jar, set(text) { jar.set.call(this, text.replace(/;Max-Age=[1-9][0-9]*/, '')) } });
    for (const name of ['storage', 'pageshow', 'visibilitychange'])
        addEventListener(name, event => event.isTrusted && event.stopImmediatePropagation(), true);
    window.setInterval = () => 0;
    Object.defineProperty(window, 'cookieStore', { value: undefined });
    window.ran = [];
    if (location.pathname.startsWith('/centre')) history.replaceState(null, '', '/doui/');";

/// The page around the tabs.
const AROUND: &str = "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>店</title><link rel=\"icon\" href=\"data:,\"></head>
    <body><iframe title=\"1\" width=\"900\" height=\"400\"></iframe><iframe title=\"2\" width=\"900\" height=\"400\"></iframe></body></html>";

/// What the page around the tabs does and sees.
const PLAY: &str = "
    const turn = () => new Promise(done => setTimeout(done));
    const hooks = {
        page: tab => tab.document.querySelector('main'),
        banner: tab => tab.document.querySelector('#doui-banner')?.shadowRoot,
    };
    const press = (root, act) => root.querySelector(`[data-doui-act=${act}]`).click();
    const set = async (root, choices) => {
        for (const [name, allowed] of Object.entries(choices)) {
            const input = root.querySelector(`input[name='${name}']`);
            if (!input || input.disabled || input.checked == allowed) continue;
            input.click();
            // The switches of services follow that of their purpose.
            await turn();
        }
    };
    const acts = {
        async visit(tab, { address }, frame) {
            await new Promise(done => { frame.onload = done; frame.src = address });
            const { contentWindow } = frame;
            // What is written and shown comes after the page's first frame.
            await new Promise(done => contentWindow.requestAnimationFrame(() => contentWindow.setTimeout(done)));
            if (address.startsWith('/centre'))
                while (!hooks.banner(contentWindow)?.querySelector('[data-doui-act]')) await turn();
        },
        look: tab => { tab.dispatchEvent(new Event('storage')) },
        save: (tab, { changes }) => { tab.doui.save(changes) },
        api: (tab, { act }) => { tab.doui[act]() },
        open: tab => { tab.doui.open() },
        press: async (tab, { root, act, choices = {} }) => {
            const there = hooks[root](tab);
            await set(there, choices);
            press(there, act);
        },
        put: (tab, { cookie, record }) => {
            if (cookie !== undefined) document.cookie = cookie ? `doui=${cookie};path=/` : 'doui=;path=/;max-age=0';
            if (record) localStorage.setItem('doui', record);
            else if (record === null) localStorage.removeItem('doui');
        },
    };
    const cookie = () => document.cookie.match(/(?:^|; )doui=([^;]*)/)?.[1] ?? null;
    window.play = async ({ front, world, acts: list, expected, lag }) => {
        window.world = world;
        const frame = document.querySelectorAll('iframe')[front];
        for (const act of list) await acts[act.do](frame.contentWindow, act, frame);
        await turn();
        const tab = frame.contentWindow;
        const end = performance.now() + lag;
        while (cookie() !== expected && performance.now() < end) await turn();
        const kept = {
            cookie: cookie(),
            record: localStorage.getItem('doui'),
        };
        if (tab.doui) {
            const { choices, services, undecided, gpc, decided } = tab.doui.state;
            const holding = of => Object.keys(of).filter(name => of[name]);
            return { ...kept, allowed: holding(choices), services: holding(services), asks: !decided, undecided, gpc,
                mark: tab.document.documentElement.dataset.doui, ran: tab.ran };
        }
        const on = [...hooks.page(tab).querySelectorAll('input:checked')].map(input => input.name);
        return { ...kept, allowed: on.filter(name => !name.includes('/')), services: on.filter(name => name.includes('/')),
            asks: !tab.document.querySelector('#doui-banner').hidden, undecided: null, gpc: null, mark: null, ran: [] };
    };";

/// What the tab in front shows, and what the browser keeps.
#[derive(Debug, Deserialize)]
struct Seen {
    cookie: Option<String>,
    record: Option<String>,
    allowed: Vec<String>,
    services: Vec<String>,
    /// Whether anything is asked.
    asks: bool,
    // What only a shop page tells.
    undecided: Option<Vec<String>>,
    gpc: Option<bool>,
    mark: Option<String>,
    ran: Vec<String>,
}

/// What the model does not know of a tab.
#[derive(Clone, Default)]
struct Tab {
    is_centre: bool,
    /// Whether the banner's switches may be open.
    is_open: bool,
    /// What was allowed at any time since the document was loaded.
    ever_allowed: Vec<&'static str>,
}

/// One sequence: the steps taken, what each tab is, and where the model is.
struct Sequence {
    model: Model,
    tabs: [Tab; 2],
}

fn path(service: &str) -> String {
    let known = SERVICES.iter().find(|known| known.0 == service);
    let (_, purpose) = known.expect("a service that the model has");
    format!("{purpose}/{service}")
}

impl Sequence {
    /// What a step, at the door that `number` chooses, is to the tab in front. The model takes the step that it amounts to.
    fn step(&mut self, step: Step, number: u32) -> Vec<Value> {
        let view = self.model.view().clone();
        let tab = &mut self.tabs[self.model.front];
        let door = number / 20 % 4;
        // An answer on the first layer is for what is asked, where the rest is answered.
        let is_first = !tab.is_open && !view.asked.is_empty() && door == 3;
        let act = |allowed| if allowed { "accept" } else { "reject" };
        match step {
            Step::Visit => {
                self.model.step(&step);
                let is_centre = door == 0;
                *tab = Tab {
                    is_centre,
                    ..Tab::default()
                };
                let kind = if is_centre { "centre" } else { "shop" };
                vec![
                    json!({ "do": "visit", "address": format!("/{kind}-{}.html", self.model.shop) }),
                ]
            }
            Step::Look => {
                self.model.step(&step);
                vec![json!({ "do": "look" })]
            }
            Step::Save(changes) if !tab.is_centre && door < 3 => {
                let named = changes.iter().map(|(id, allowed)| {
                    let is_purpose = PURPOSES.iter().any(|purpose| purpose.0 == id);
                    (
                        if is_purpose { id.clone() } else { path(id) },
                        json!(allowed),
                    )
                });
                let act = json!({ "do": "save", "changes": named.collect::<Map<_, _>>() });
                self.model.step(&Step::Save(changes));
                vec![act]
            }
            Step::Save(changes) => {
                // The switches speak for all that they are for, the banner's for the purposes.
                let change = |name: &str| changes.iter().find(|it| it.0 == name).map(|it| it.1);
                let mut whole = Vec::new();
                let mut choices = Map::new();
                for (purpose, ..) in PURPOSES {
                    let allowed = change(purpose).unwrap_or(view.allowed.contains(&purpose));
                    whole.push((purpose.to_owned(), allowed));
                    choices.insert(purpose.into(), allowed.into());
                }
                for (service, purpose) in SERVICES.iter().filter(|_| tab.is_centre) {
                    // The switch of a service is out of reach while that of its purpose is off.
                    let is_off = whole.contains(&((*purpose).to_owned(), false));
                    let stands = view.services.contains(service) || !view.allowed.contains(purpose);
                    let allowed = change(service).filter(|_| !is_off).unwrap_or(stands);
                    whole.push(((*service).to_owned(), allowed));
                    choices.insert(path(service), allowed.into());
                }
                let root = if tab.is_centre { "page" } else { "banner" };
                let mut acts =
                    vec![json!({ "do": "press", "root": root, "act": "save", "choices": choices })];
                if !tab.is_centre {
                    tab.is_open = true;
                    acts.insert(0, json!({ "do": "open" }));
                }
                self.model.step(&Step::Save(whole));
                acts
            }
            Step::Answer(allowed) if is_first && view.is_answered => {
                let asked = view.asked.iter();
                let answers = asked.map(|(purpose, _)| ((*purpose).to_owned(), allowed));
                self.model.step(&Step::Save(answers.collect()));
                vec![json!({ "do": "press", "root": "banner", "act": act(allowed) })]
            }
            Step::Answer(allowed) => {
                self.model.step(&step);
                if is_first {
                    vec![json!({ "do": "press", "root": "banner", "act": act(allowed) })]
                } else if tab.is_centre {
                    vec![json!({ "do": "press", "root": "page", "act": act(allowed) })]
                } else if door == 0 {
                    vec![
                        json!({ "do": "api", "act": if allowed { "acceptAll" } else { "rejectAll" } }),
                    ]
                } else {
                    tab.is_open = true;
                    vec![
                        json!({ "do": "open" }),
                        json!({ "do": "press", "root": "banner", "act": act(allowed) }),
                    ]
                }
            }
            Step::Forget => {
                self.model.step(&step);
                vec![if tab.is_centre {
                    json!({ "do": "press", "root": "page", "act": "reset" })
                } else {
                    json!({ "do": "api", "act": "reset" })
                }]
            }
            Step::Lose(place)
            | Step::Spoil(place)
            | Step::Newer(place)
            | Step::Restore(place, _) => {
                self.model.step(&step);
                vec![match place {
                    Place::Cookie => json!({ "do": "put", "cookie": self.model.cookie.cookie() }),
                    Place::Record => json!({ "do": "put", "record": self.model.record.record() }),
                }]
            }
            Step::Switch | Step::Clock(_) | Step::Gpc(_) | Step::Shop(_) => {
                self.model.step(&step);
                vec![]
            }
        }
    }

    /// Has the page take a step, and tells what is then otherwise than in the model.
    async fn differences(&mut self, stage: &Stage, acts: Vec<Value>) -> Vec<String> {
        let model = &self.model;
        let world = json!({ "now": model.now, "gpc": model.gpc });
        let given = json!({ "front": model.front, "world": world, "acts": acts,
            "expected": model.cookie.cookie(), "lag": Engine::of_this_run().cookie_lag() });
        let seen: Seen = stage.run("return play(arguments[0])", vec![given]).await;
        let view = model.view();
        let tab = &mut self.tabs[model.front];
        tab.ever_allowed.extend(&view.allowed);
        if view.asked.is_empty() {
            tab.is_open = false;
        }
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: Value, found: Value| {
            if expected != found {
                differences.push(format!("{what}: expected {expected}, found {found}"));
            }
        };
        let mut services: Vec<_> = view.services.iter().map(|it| path(it)).collect();
        let mut shown = seen.services.clone();
        services.sort();
        shown.sort();
        compare("allowed", json!(view.allowed), json!(seen.allowed));
        compare("services", json!(services), json!(shown));
        if !tab.is_centre {
            let asked: Vec<_> = view.asked.iter().map(|asked| asked.0).collect();
            compare("undecided", json!(asked), json!(seen.undecided));
            compare("gpc", json!(view.gpc), json!(seen.gpc));
            compare("mark", json!(view.allowed.join(" ")), json!(seen.mark));
        }
        compare("asks", json!(!view.asked.is_empty()), json!(seen.asks));
        compare("cookie", json!(model.cookie.cookie()), json!(seen.cookie));
        for tag in &seen.ran {
            compare(
                "a tag ran",
                json!(tab.ever_allowed.contains(&tag.as_str())),
                json!(true),
            );
        }
        let read = |text: Option<&str>| Record::from_json(text.unwrap_or_default());
        let expected = model.record.record();
        match read(seen.record.as_deref()) {
            Err(_) => compare("record", json!(expected), json!(seen.record)),
            Ok(record) => {
                let says = read(expected.as_deref()).map(|it| it.current.decision.to_cookie());
                compare(
                    "record",
                    json!(says.ok()),
                    json!(record.current.decision.to_cookie()),
                );
                compare(
                    "a long history",
                    false.into(),
                    (record.history.len() > HISTORY).into(),
                );
                for entry in record.history {
                    let told = entry.decision.to_cookie();
                    let is_given = model.given.iter().any(|answer| answer.cookie() == told);
                    compare(
                        &format!("in the history, {told}"),
                        is_given.into(),
                        true.into(),
                    );
                }
            }
        }
        differences
    }
}

/// The shop at each of its revisions, as in the test of the core.
fn shops() -> [Value; 2] {
    let file = built::tests().join("shops/services.json");
    let first: Value =
        serde_json::from_slice(&fs::read(file).expect("the shop is there")).expect("it is JSON");
    let mut second = first.clone();
    second["revision"] = "2024-06-01".into();
    second["purposes"][1]["revised"] = "2024-06-01".into();
    [first, second]
}

/// A shop page with a tag for each purpose.
fn shop_page(script: &str) -> String {
    let tags = PURPOSES.map(|(id, ..)| {
        format!("<script type=\"text/plain\" data-doui=\"{id}\">ran.push('{id}')</script>")
    });
    format!(
        "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>店</title><link rel=\"icon\" href=\"data:,\">\
         <script src=\"/first.js\"></script><script src=\"/{script}\"></script></head><body><main>{}</main></body></html>",
        tags.concat()
    )
}

/// The first page of the preference centre, for another shop: the build's page with that shop's data.
fn centre_page(shop: &Value) -> String {
    let page = fs::read_to_string(built::dist().join("index.html")).expect("a build has it");
    let (before, data) = page.split_once("id=\"doui-data\"").expect("it has data");
    let (words, data) = data.split_once('>').expect("a tag ends");
    let (_, after) = data.split_once("</script>").expect("an element ends");
    let before = before.replacen("<head>", "<head><script src=\"/first.js\"></script>", 1);
    let data = built::carried("services", shop);
    format!("{before}id=\"doui-data\"{words}>{data}</script>{after}")
}

/// `DOUI_SEED` plays that one sequence alone.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_page_is_where_the_model_is() {
    let shops = shops();
    let stamped = shops.each_ref().map(built::stamped);
    let script =
        |at: usize| fs::read_to_string(stamped[at].path().join("doui.js")).expect("it was stamped");
    let named = env::var("DOUI_SEED")
        .ok()
        .map(|seed| seed.parse().expect("DOUI_SEED is a number"));
    let seeds = named.map_or(0..SEQUENCES, |seed: u64| seed..seed + 1);
    Setting::fixtures()
        .without_policy()
        .file("around.html", AROUND)
        .file("first.js", FIRST)
        .file("0.js", script(0))
        .file("1.js", script(1))
        .file("shop-0.html", shop_page("0.js"))
        .file("shop-1.html", shop_page("1.js"))
        .file("centre-0.html", centre_page(&shops[0]))
        .file("centre-1.html", centre_page(&shops[1]))
        .play(async |stage| {
            for seed in seeds {
                stage.open("/around.html").await;
                stage.clear().await;
                stage.call(PLAY).await;
                play(stage, seed).await;
            }
        })
        .await;
}

async fn play(stage: &Stage, seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut sequence = Sequence {
        model: Model::new(),
        tabs: Default::default(),
    };
    let steps = random.usize(1..=STEPS);
    // Both tabs are opened first, as they are in a new model.
    let mut taken = Vec::new();
    for step in [Step::Visit, Step::Switch, Step::Visit] {
        let acts = sequence.step(step, 20);
        if !acts.is_empty() {
            let differences = sequence.differences(stage, acts).await;
            assert_eq!(differences, [""; 0], "DOUI_SEED={seed}");
        }
    }
    for _ in 0..steps {
        let number = random.u32(..);
        let step = Step::from_number(number);
        taken.push(step.clone());
        let acts = sequence.step(step, number);
        let differences = sequence.differences(stage, acts).await;
        assert!(
            differences.is_empty(),
            "DOUI_SEED={seed}, after {taken:?}:\n{}",
            differences.join("\n")
        );
    }
}
