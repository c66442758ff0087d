//! Measures the time of reading and generating: `cargo bench -p pingback-codegen`.

#![allow(missing_docs, reason = "the macros of criterion define undocumented items")]

use criterion::{Criterion, criterion_group, criterion_main};
use pingback_codegen::generate::{CatalogueText, Input, Inputs, audited, generate, lowered};
use std::hint::black_box;
use std::path::Path;

fn input(path: &str) -> Input {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    Input {
        name: path.to_owned(),
        bytes: std::fs::read(file).expect("the specs are in the repository"),
    }
}

fn inputs(spec: Option<&str>, errors: &[&str]) -> Inputs {
    Inputs {
        spec: spec.map(input),
        errors: errors
            .iter()
            .map(|path| CatalogueText {
                input: input(path),
                form: None,
            })
            .collect(),
        ..Inputs::default()
    }
}

fn pipeline(criterion: &mut Criterion) {
    let zingle = inputs(None, &["specs/zingle/error-codes.md"]);
    let pipedrive = inputs(None, &["specs/pipedrive/errors.txt"]);
    let pingback = inputs(
        Some("specs/pingback/openapi.yaml"),
        &["specs/pingback/errors.txt", "specs/pingback/errors-capture-2.txt"],
    );
    let cases = [
        ("zingle, 201 rows", zingle),
        ("pipedrive", pipedrive),
        ("pingback", pingback),
    ];
    let mut read = criterion.benchmark_group("read and lower");
    for (name, inputs) in &cases {
        read.bench_function(*name, |bencher| bencher.iter(|| lowered(black_box(inputs))));
    }
    read.finish();
    let mut audit = criterion.benchmark_group("audit");
    for (name, inputs) in &cases {
        audit.bench_function(*name, |bencher| bencher.iter(|| audited(black_box(inputs))));
    }
    audit.finish();
    let mut whole = criterion.benchmark_group("generate");
    for (name, inputs) in &cases {
        whole.bench_function(*name, |bencher| bencher.iter(|| generate(black_box(inputs))));
    }
    whole.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = pipeline
}
criterion_main!(benches);
