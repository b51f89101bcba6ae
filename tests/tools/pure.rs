//! The rules of `doui.js`, on the vectors, as its modules have them: without a browser and a build, in a second. The same
//! vectors are played on the joined script in each browser.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use doui_tests::built;
use serde_json::Value;
use tempfile::TempDir;

#[test]
fn the_modules_of_the_rules_hold_every_vector() {
    let file = built::tests().join("vectors.json");
    let text = fs::read_to_string(&file).expect("tests/vectors.json");
    let groups: BTreeMap<String, Vec<Value>> = serde_json::from_str(&text).expect("groups");
    let all = groups.values().flatten();
    let shops: BTreeSet<&str> = all.filter_map(|vector| vector["shop"].as_str()).collect();
    let mut held = BTreeMap::<String, usize>::new();
    let mut said = String::new();
    // A module reads its stamp once, so each shop has a process of its own.
    for shop in &shops {
        let folder = TempDir::new().expect("a temporary folder");
        let mut stamp = built::xtask();
        stamp.args(["stamp", "--data", "--shop"]);
        stamp.arg(built::tests().join(format!("shops/{shop}.json")));
        let stamped = stamp.arg("--out").arg(folder.path()).status();
        assert!(
            stamped.expect("xtask starts").success(),
            "no stamp for {shop}"
        );
        let node = Command::new("node")
            .arg(built::tests().join("pure/vectors.mjs"))
            .arg(built::root().join("src/embed"))
            .arg(&file)
            .arg(folder.path().join("stamp.json"))
            .arg(shop)
            .output()
            .expect("node could not be started: install Node.js 18 or newer");
        said += &String::from_utf8_lossy(&node.stderr);
        let counts = serde_json::from_slice::<BTreeMap<String, usize>>(&node.stdout);
        let counts = counts.unwrap_or_else(|_| panic!("{shop}: {said}"));
        for (group, count) in counts {
            *held.entry(group).or_default() += count;
        }
        assert!(
            node.status.success() || !said.is_empty(),
            "{shop}: node failed without a word"
        );
    }
    assert!(said.is_empty(), "{said}");
    for (group, vectors) in &groups {
        assert!(held[group] >= vectors.len(), "{group}: {held:?}");
    }
}
