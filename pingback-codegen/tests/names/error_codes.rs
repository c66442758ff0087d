//! A change of a list of error codes renames no variant of the other codes.

use pingback_codegen::generate::{CatalogueText, Input, Inputs, lowered};
use pingback_codegen::model::{Api, Code};
use pingback_codegen::names::{Lock, LockedNames};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The codes of a list of numbers and descriptions.
fn list(rows: &[(u32, &str)], lock: &Lock) -> (Api, LockedNames) {
    let mut page = "| Code | Description |\n| --- | --- |\n".to_owned();
    for (number, description) in rows {
        let _ = writeln!(page, "| {number} | {description} |");
    }
    let mut inputs = Inputs {
        errors: vec![CatalogueText {
            input: Input {
                name: "errors.md".to_owned(),
                bytes: page.into_bytes(),
            },
            form: None,
        }],
        ..Inputs::default()
    };
    inputs.options.name = Some("list".to_owned());
    inputs.options.lock = Some(lock.clone());
    let run = lowered(&inputs);
    (run.api.expect("a valid list"), run.locked_names)
}

fn codes(rows: &[(u32, &str)], lock: &Lock) -> Vec<Code> {
    list(rows, lock).0.errors.codes
}

fn names(codes: &[Code]) -> BTreeMap<&str, &str> {
    codes
        .iter()
        .map(|code| (code.code.as_str(), code.variant.as_str()))
        .collect()
}

const ROWS: [(u32, &str); 5] = [
    (2600, "Server error"),
    (2700, "Account not found"),
    (2701, "Value missing"),
    (2702, "Value missing"),
    (2703, "Invalid label '{id}'"),
];

#[test]
fn names_do_not_depend_on_the_order() {
    let forwards = codes(&ROWS, &Lock::default());
    let mut rows = ROWS;
    rows.reverse();
    let backwards = codes(&rows, &Lock::default());
    assert_eq!(names(&forwards), names(&backwards));
    assert_eq!(
        names(&forwards),
        BTreeMap::from([
            ("2600", "ServerError"),
            ("2700", "AccountNotFound"),
            ("2701", "ValueMissing2701"),
            ("2702", "ValueMissing2702"),
            ("2703", "InvalidLabel"),
        ])
    );
}

#[test]
fn a_locked_name_survives_all_changes() {
    let mut lock = Lock::default();
    let (before, locked_names) = list(&ROWS, &lock);
    lock.record(&before.name, &locked_names);
    // The description of a code changes, another code gets the old one, one code is removed, two are added.
    let rows = [
        (2599, "Server error"),
        (2702, "Value missing"),
        (2600, "Something broke"),
        (2703, "Account not found"),
        (2700, "No such account"),
        (2704, "Value missing"),
    ];
    let after = codes(&rows, &lock);
    let (before, after) = (names(&before.errors.codes), names(&after));
    for (code, name) in &before {
        assert!(after.get(code).is_none_or(|now| now == name), "{code} was {name}");
    }
    assert_eq!(after["2599"], "ServerError2599");
    assert_eq!(after["2704"], "ValueMissing2704");
}

#[test]
fn a_removed_code_keeps_its_name() {
    let mut lock = Lock::default();
    let (before, locked_names) = list(&ROWS[..2], &lock);
    lock.record(&before.name, &locked_names);
    let (without, locked_names) = list(&[(2600, "Server error"), (2800, "Account not found")], &lock);
    assert_eq!(names(&without.errors.codes)["2800"], "AccountNotFound2800");
    lock.record(&without.name, &locked_names);
    let again = codes(&[(2700, "It came back")], &lock);
    assert_eq!(names(&again)["2700"], "AccountNotFound");
}
