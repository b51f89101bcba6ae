//! Pages that give something to every object and every array: what Doui reads and writes is its own alone.

use doui_tests::{Setting, Stage};
use serde_json::{Value, json};

/// Takes away again what a change gave.
const CLEAN: &str = "
    const kinds = [Object, Array].map(({ prototype }) => [prototype, new Set(Reflect.ownKeys(prototype))]), keys = Object.keys;
    const clean = () => {
        for (const [kind, before] of kinds) for (const key of Reflect.ownKeys(kind)) if (!before.has(key)) delete kind[key];
        Object.keys = keys;
    }";

/// Runs an act while every object has what `change` gives it. The driver makes objects of its own, so the page is put right
/// again at once.
async fn act(stage: &Stage, change: &str, act: &str) {
    let body = format!("{CLEAN}; {change}; try {{ {act} }} finally {{ clean() }} return null");
    stage.run::<Value>(&body, vec![]).await;
}

/// What a page may give to all objects. None of it is an answer.
const CHANGES: [(&str, &str); 7] = [
    (
        "helpers that loops find",
        "Object.prototype.each = () => {}; Array.prototype.each = () => {}; Object.prototype.extend = () => {}",
    ),
    (
        "names of purposes",
        "for (const name of ['auth', 'ads', 'traffic', 'affiliate', 'necessary']) Object.prototype[name] = true",
    ),
    (
        "names of purposes that nobody can set",
        "for (const name of ['ads', 'traffic']) Object.defineProperty(Object.prototype, name,
            { configurable: true, get: () => true, set() { throw Error('set') } })",
    ),
    (
        "names of a decision's parts",
        "Object.assign(Object.prototype, { at: 9999999999, revision: '20990101', by: 'api', lang: 'fr', gpc: () => {}, v: 2,
            choices: { ads: true }, history: [], from: 1 })",
    ),
    (
        "texts of their own",
        "Object.prototype.toJSON = () => 'all'; Array.prototype.toJSON = () => { throw Error('none') }",
    ),
    (
        "keys that a loop finds, as Prototype 1.6 has them",
        "Array.prototype.inspect = () => ''; Object.keys = (all) => { const found = []; for (const key in all) found.push(key); return found }",
    ),
    (
        "parts of what describes a property",
        "Object.prototype.writable = true; Object.prototype.enumerable = true",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_gives_to_all_objects_was_taken_for_the_visitors_answer() {
    for (what, change) in CHANGES {
        Setting::fixtures()
            .play(async |stage| {
                stage.open("/shop.html").await;
                let ask = "return [doui.state.decided, doui.allows('ads'), JSON.parse(record()).history.length]";
                let record = "const record = () => localStorage.getItem('doui') ?? '{\"history\":[]}'";
                // The page looks again, as it does once a second, with nothing decided.
                act(stage, change, "dispatchEvent(new Event('storage')); doui.save({})").await;
                stage.call("dispatchEvent(new Event('storage'))").await;
                let here: Value = stage.run(&format!("{record}; {ask}"), vec![]).await;
                assert_eq!(here, json!([false, false, 0]), "{what}");
                act(stage, change, "doui.save({ auth: true, ads: false, traffic: false })").await;
                let kept: Value = stage
                    .run("return [document.cookie.replace(/.*doui=1\\.\\d+\\.\\d+/, ''), doui.state.undecided]", vec![])
                    .await;
                assert_eq!(kept, json!([".auth1.ads0.traffic0", ["affiliate"]]), "{what}");
                act(stage, change, "doui.rejectAll(); dispatchEvent(new Event('storage'))").await;
                act(stage, change, "doui.acceptAll(); dispatchEvent(new Event('storage'))").await;
                act(stage, change, "doui.rejectAll(); dispatchEvent(new Event('storage'))").await;
                let here: Value = stage.run(&format!("{record}; {ask}"), vec![]).await;
                assert_eq!(here, json!([true, false, 4]), "{what}");
                let record: Value =
                    serde_json::from_str(&stage.record().await.expect("it is kept")).expect("it is JSON");
                let all = json!({ "auth": false, "ads": false, "traffic": false, "affiliate": false });
                assert_eq!((&record["v"], &record["choices"], &record["by"]), (&json!(1), &all, &json!("api")), "{what}");
                assert_eq!(stage.value::<Value>("doui.state.choices").await, all, "{what}");
                stage.reload().await;
                assert!(stage.value::<bool>("doui.state.decided && !doui.allows('ads')").await, "{what}");
            })
            .await;
    }
}

/// A page that changes them before `doui.js` runs, as one that does not have it first.
#[tokio::test(flavor = "multi_thread")]
async fn what_all_objects_have_already_is_no_answer_either() {
    for (what, change) in CHANGES {
        Setting::fixtures()
            .before(format!(
                "{{ {CLEAN}; {change};
                 addEventListener('load', () => setTimeout(() => {{
                     const shown = document.querySelector('#doui-banner')?.shadowRoot.querySelector('button');
                     window.found = String([doui.state.decided, doui.allows('ads'), doui.allows('traffic'), !!shown]);
                     clean();
                 }}, 300)) }}"
            ))
            .play(async |stage| {
                stage.open("/shop.html").await;
                stage.until("window.found").await;
                assert_eq!(stage.value::<String>("found").await, "false,false,false,true", "{what}");
            })
            .await;
    }
}
