//! Tests that changes of the inputs rename no generated item.

mod argument_order;
mod assigned_names;
mod error_codes;
mod growing_documents;
mod lock_files;
mod random_document;

use pingback_codegen::generate::{Generated, Input, Inputs, lowered};
use pingback_codegen::model::Api;
use pingback_codegen::names::{Lock, LockedNames};
use serde_json::Value;

/// The intermediate form of a document, and the names for its lock file.
#[derive(Debug, PartialEq)]
struct Lowered {
    api: Api,
    locked_names: LockedNames,
}

/// Lowers a document with the names that are locked so far.
fn lower(document: &Value, lock: &Lock) -> Lowered {
    let run = run(document, lock);
    Lowered {
        api: run.api.expect("a sound document"),
        locked_names: run.locked_names,
    }
}

fn run(document: &Value, lock: &Lock) -> Generated {
    let mut inputs = Inputs {
        spec: Some(Input {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    inputs.options.lock = Some(lock.clone());
    let run = lowered(&inputs);
    assert!(!run.diagnostics.has_errors(), "{document:#}");
    run
}

/// A lock file with the names of a lowered document.
fn locked(lowered: &Lowered) -> Lock {
    let mut lock = Lock::default();
    lock.record(&lowered.api.name, &lowered.locked_names);
    lock
}
