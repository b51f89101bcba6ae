//! The terms of the tests' shops, `tests/terms`, which the rules are tested with.

use std::{env, fs, path::Path};

use doui_shop::Shop;

/// With `DOUI_WRITE=1` they are written anew.
#[test]
fn the_terms_of_each_shop_are_those_that_the_rules_are_tested_with() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut count = 0;
    for file in fs::read_dir(tests.join("shops")).unwrap() {
        let file = file.unwrap();
        let shop = Shop::from_json(&fs::read_to_string(file.path()).unwrap()).unwrap();
        let path = tests.join("terms").join(file.file_name());
        let json = shop.terms().to_json() + "\n";
        if env::var_os("DOUI_WRITE").is_some() {
            fs::write(&path, &json).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            json,
            "{}",
            path.display()
        );
        count += 1;
    }
    assert_eq!(fs::read_dir(tests.join("terms")).unwrap().count(), count);
}
