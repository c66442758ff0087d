//! The fuzz target: runs all readers, the whole pipeline and the audit on arbitrary bytes. Nothing may panic, and
//! generated code has to be valid Rust.

use pingback_codegen::diagnostic::{rules, show};
use pingback_codegen::generate::{CatalogueText, Input, Inputs, audited, generate, generate_module};
use pingback_codegen::options::Checks;
use pingback_codegen::read::catalogue::Form;
use pingback_codegen::report::{self, Audited};

fn input(bytes: &[u8]) -> Input {
    Input {
        name: "fuzzed".to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// The first byte of an input that is read as a catalogue of the detected form.
#[allow(dead_code, reason = "only the smoke test uses it")]
pub(crate) const DETECTED_FORM: u8 = 1;

/// Runs one input. Its first byte selects how it is read: as an OpenAPI document, as a catalogue of some form, or as
/// both.
pub(crate) fn run(bytes: &[u8]) {
    let Some((&choice, text)) = bytes.split_first() else {
        return;
    };
    let forms = Form::ALL.len();
    let choice = usize::from(choice) % (forms + 3);
    let catalogue = |form| CatalogueText {
        input: input(text),
        form,
    };
    let mut inputs = Inputs::default();
    match choice {
        0 => inputs.spec = Some(input(text)),
        1 => inputs.errors.push(catalogue(None)),
        2 => {
            // A document whose limits are checked and a catalogue, separated by a NUL.
            let mut halves = text.splitn(2, |byte| *byte == 0);
            inputs.spec = halves.next().map(input);
            let errors = halves.next().unwrap_or_default();
            inputs.errors.push(CatalogueText {
                input: input(errors),
                form: None,
            });
            inputs.options.types.checked = Checks::All;
        }
        form => inputs.errors.push(catalogue(Some(Form::ALL[form - 3]))),
    }
    let run = generate(&inputs);
    let findings = show::text(&run.diagnostics, &run.sources, show::Style::Plain);
    let is_rust = run
        .diagnostics
        .iter()
        .all(|finding| finding.rule != rules::INTERNAL);
    assert!(is_rust, "the generated code is not Rust: {findings}");
    let audit = audited(&inputs);
    let all = [Audited::from(&audit)];
    let _reports = [
        report::sarif(&all),
        report::json(&all),
        report::markdown(&all),
        report::text(&all, show::Style::Plain),
    ];
    if choice == usize::from(DETECTED_FORM) {
        let _module = generate_module(&inputs);
    }
}
