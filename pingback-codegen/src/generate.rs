//! The program: texts in, files out. Reads and writes nothing itself.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::emit::Output;
use crate::model::{Api, TestValues};
use crate::names::LockedNames;
use crate::options::Options;
use crate::read::catalogue::{CatalogueInput, Form};
use crate::read::document::Texts;
use crate::read::files::OtherText;
use crate::read::{Parsed, catalogue, document};
use crate::render::{OutputFile, render};
use crate::severity::apply_severities;
use crate::source::{SourceId, Sources, Span};
use crate::{audit, check, emit, lower};

/// All that one output is made from.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The OpenAPI document; without one the catalogue alone is generated from.
    pub spec: Option<Input>,
    /// The files that the document's `$ref`s name; `read::files` tells which.
    pub files: Vec<OtherFile>,
    /// The OpenAPI overlays to change the document by, in their order.
    pub overlays: Vec<Input>,
    /// The error catalogues; what the first says of a code goes before what later ones say.
    pub errors: Vec<CatalogueText>,
    /// The choices that no document states.
    pub options: Options,
    /// The file that they come from, for findings about them.
    pub config: Option<Input>,
}

/// One input as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The name to show, as a rule the path as the user gave it.
    pub name: String,
    /// What it holds, whatever its encoding turns out to be.
    pub bytes: Vec<u8>,
}

/// A file that the document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFile {
    /// Its path from the document's folder, with `/` between the parts.
    pub path: String,
    /// What it holds, or why it is not read.
    pub input: Result<Input, String>,
}

/// An error catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueText {
    /// The text.
    pub input: Input,
    /// The form it has; found by itself by default.
    pub form: Option<Form>,
}

/// What a run gives.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The files of the crate, sorted by path; none if something stopped the run.
    pub files: Vec<OutputFile>,
    /// The intermediate form; `None` if reading failed.
    pub api: Option<Api>,
    /// The names that the lock file has from now on.
    pub locked_names: LockedNames,
    /// What the output's own tests send through its types; empty unless tests are requested.
    pub test_values: TestValues,
    /// All that was found on the way.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

/// Generates a crate. A stage that follows a gate may rely on there being no errors so far.
#[must_use]
pub fn generate(inputs: &Inputs) -> Generated {
    finish(lowered(inputs), emit::emit)
}

/// Generates the same code as a module of another crate: `src/` alone, with examples that are not run since they
/// cannot know what the other crate is called.
#[must_use]
pub fn generate_module(inputs: &Inputs) -> Generated {
    let conversions = inputs.options.conversions;
    finish(lowered(inputs), |api, tests| {
        emit::emit_module(api, tests, conversions)
    })
}

fn finish(mut run: Generated, emit: impl FnOnce(&Api, &TestValues) -> Vec<Output>) -> Generated {
    if let Some(api) = run.api.as_ref().filter(|_| !run.diagnostics.has_errors()) {
        match render(emit(api, &run.test_values)) {
            Ok(files) => run.files = files,
            Err(error) => run.diagnostics.report(rules::INTERNAL, None, &[&error]),
        }
    }
    run
}

/// Goes as far as the intermediate form, which is there unless reading failed.
#[must_use]
pub fn lowered(inputs: &Inputs) -> Generated {
    analysed(inputs, false)
}

/// Goes as far as [`lowered`] and compares the document with the catalogue.
#[must_use]
pub fn audited(inputs: &Inputs) -> Generated {
    analysed(inputs, true)
}

fn analysed(inputs: &Inputs, with_audit: bool) -> Generated {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();

    let mut parsed = read(inputs, &mut sources, &mut diagnostics);
    // Last, so that the document comes first.
    let config = inputs.config.as_ref();
    parsed.config = config.map(|config| decode_source(config, &mut sources, &mut diagnostics));
    let lowered = (!diagnostics.has_errors()).then(|| {
        let lowered = lower::lower(&parsed, &inputs.options, &mut diagnostics);
        check::check(&lowered.api, &mut diagnostics);
        if with_audit {
            let documented = &lowered.documented_errors;
            audit::audit(&parsed, &lowered.api, documented, &sources, &mut diagnostics);
        }
        lowered
    });
    let findings = &inputs.options.findings;
    let unused = apply_severities(findings, parsed.document.as_ref(), &sources, &mut diagnostics);
    // Before the audit nobody can say that a finding of its rules isn't there.
    if with_audit && lowered.is_some() {
        for accept in unused {
            let span = parsed
                .config
                .zip(accept.place)
                .map(|(source, (start, end))| Span { source, start, end });
            diagnostics.push(
                Diagnostic::new(rules::ACCEPTED_NOT_FOUND, span, &[&accept.rule, &accept.at])
                    .about(accept.at.clone()),
            );
        }
    }

    let (api, locked_names, test_values) = match lowered {
        Some(lowered) => (Some(lowered.api), lowered.locked_names, lowered.test_values),
        None => Default::default(),
    };
    Generated {
        files: Vec::new(),
        api,
        locked_names,
        test_values,
        diagnostics,
        sources,
    }
}

/// Reads the document and the catalogues. Reports the errors of both.
pub fn read(inputs: &Inputs, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Parsed {
    if inputs.spec.is_none() && inputs.errors.is_empty() {
        diagnostics.report(rules::NO_INPUT, None, &[]);
        return Parsed::default();
    }
    let texts = inputs.spec.as_ref().map(|spec| Texts {
        root: decode_source(spec, sources, diagnostics),
        others: inputs
            .files
            .iter()
            .map(|file| OtherText {
                path: file.path.clone(),
                text: match &file.input {
                    Ok(input) => Ok(decode_source(input, sources, diagnostics)),
                    Err(why) => Err(why.clone()),
                },
            })
            .collect(),
        overlays: inputs
            .overlays
            .iter()
            .map(|overlay| decode_source(overlay, sources, diagnostics))
            .collect(),
    });
    let catalogues: Vec<CatalogueInput> = inputs
        .errors
        .iter()
        .map(|catalogue| CatalogueInput {
            source: decode_source(&catalogue.input, sources, diagnostics),
            form: catalogue.form,
        })
        .collect();
    let parsed = Parsed {
        document: texts.and_then(|texts| document::read_texts(&texts, sources, diagnostics)),
        catalogue: catalogue::read(&catalogues, sources, diagnostics),
        config: None,
    };
    if inputs.spec.is_none() && parsed.catalogue.entries.is_empty() && !diagnostics.has_errors() {
        let first = parsed.catalogue.statuses.values().next().map(|said| said.span);
        let what = "codes beside the HTTP statuses, since without an OpenAPI document there is nothing else to generate";
        diagnostics.report(rules::CATALOGUE_EMPTY, first, &[&what]);
    }
    parsed
}

/// Decodes a text. Bytes that are no UTF-8 become U+FFFD, which is reported: what they stood in for may have
/// been part of a name.
fn decode_source(input: &Input, sources: &mut Sources, diagnostics: &mut Diagnostics) -> SourceId {
    if let Some(text) = utf16(&input.bytes) {
        return sources.add(&input.name, text);
    }
    let bytes = input.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&input.bytes);
    let source = sources.add(&input.name, String::from_utf8_lossy(bytes));
    if let Err(error) = std::str::from_utf8(bytes) {
        let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        let span = Span {
            source,
            start: at,
            end: at.saturating_add(3),
        };
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        diagnostics.push(Diagnostic::new(
            rules::NOT_UTF8,
            span,
            &[&format_args!("{byte:02X}")],
        ));
    }
    source
}

/// The text of bytes that are UTF-16: they begin with its byte order mark, or with an ASCII character in it.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (big, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (false, rest),
        [0xFE, 0xFF, rest @ ..] => (true, rest),
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => (false, bytes),
        [0, 1..=0x7F, 0, 1..=0x7F, ..] => (true, bytes),
        _ => return None,
    };
    let units: Vec<u16> = rest
        .chunks_exact(2)
        .map(|pair| {
            let pair = [pair[0], pair[1]];
            if big {
                u16::from_be_bytes(pair)
            } else {
                u16::from_le_bytes(pair)
            }
        })
        .collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_utf8_is_replaced_and_reported_with_its_place() {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let input = Input {
            name: "a.yaml".to_owned(),
            bytes: b"\xEF\xBB\xBFone\ntw\xFFo".to_vec(),
        };
        let source = decode_source(&input, &mut sources, &mut diagnostics);
        assert_eq!(
            sources.get(source).map(crate::source::Source::text),
            Some("one\ntw\u{FFFD}o")
        );
        let found = diagnostics.iter().next().expect("one finding");
        assert_eq!(found.rule.name, "not-utf8");
        assert_eq!(
            found.message,
            "the text is not UTF-8: found the byte FF; each invalid sequence is replaced by U+FFFD"
        );
        let span = found.span.expect("a place");
        assert_eq!(sources.locate(span).expect("inside").to_string(), "a.yaml:2:3");
        assert_eq!(sources.text(span), "\u{FFFD}");
    }

    #[test]
    fn nothing_to_read_is_an_error() {
        let run = lowered(&Inputs::default());
        assert!(run.diagnostics.has_errors());
        assert!(run.api.is_none());
    }
}
