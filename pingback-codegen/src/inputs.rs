//! The inputs of one output: their texts, and reading them into [`Parsed`].

use crate::diagnostic::{Diagnostics, rules};
use crate::options::Options;
use crate::read::Parsed;
use crate::read::catalogue::{self, CatalogueInput, Form};
use crate::read::document::{self, Texts};
use crate::read::location::ReferencedText;
use crate::source::{InvalidByte, SourceId, Sources, Span, decode};

/// The length of U+FFFD in UTF-8.
const REPLACEMENT_LENGTH: u32 = 3;

/// The inputs of one output.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The OpenAPI document. Without one, only the error codes of the catalogue are generated.
    pub spec: Option<Input>,
    /// The files that the document's `$ref`s name, as `read::files::referenced_files` finds them.
    pub files: Vec<ReferencedFile>,
    /// The OpenAPI overlays to apply to the document, in their order.
    pub overlays: Vec<Input>,
    /// The error catalogues. If several describe a code, earlier ones take precedence.
    pub errors: Vec<CatalogueText>,
    /// The options of the output.
    pub options: Options,
    /// The configuration file that contains the options, for diagnostics about them.
    pub config: Option<Input>,
}

/// The content of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The name to show, usually the path as the user gave it.
    pub name: String,
    /// The content, in UTF-8 or UTF-16.
    pub bytes: Vec<u8>,
}

/// A file that the document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferencedFile {
    /// Its path relative to the folder of the document, with `/` as separator.
    pub path: String,
    /// Its content, or the reason why it could not be read.
    pub input: Result<Input, String>,
}

/// An error catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueText {
    /// The content.
    pub input: Input,
    /// Its form; detected if absent.
    pub form: Option<Form>,
}

/// Reads the document and the catalogues. Both are read even if one has errors.
pub fn read(inputs: &Inputs, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Parsed {
    if inputs.spec.is_none() && inputs.errors.is_empty() {
        diagnostics.report(rules::NO_INPUT, None, &[]);
    }
    let texts = inputs.spec.as_ref().map(|spec| Texts {
        root: add_source(spec, sources, diagnostics),
        others: referenced_texts(&inputs.files, sources, diagnostics),
        overlays: inputs
            .overlays
            .iter()
            .map(|overlay| add_source(overlay, sources, diagnostics))
            .collect(),
    });
    let catalogues: Vec<CatalogueInput> = inputs
        .errors
        .iter()
        .map(|catalogue| CatalogueInput {
            source: add_source(&catalogue.input, sources, diagnostics),
            form: catalogue.form,
        })
        .collect();
    let parsed = Parsed {
        document: texts.and_then(|texts| document::read_texts(&texts, sources, diagnostics)),
        catalogue: catalogue::read(&catalogues, sources, diagnostics),
        // The last source, so that findings in the document are shown first.
        config: inputs
            .config
            .as_ref()
            .map(|config| add_source(config, sources, diagnostics)),
    };
    if inputs.spec.is_none() && !diagnostics.has_errors() {
        require_codes(&parsed, diagnostics);
    }
    parsed
}

fn referenced_texts(
    files: &[ReferencedFile],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<ReferencedText> {
    let texts = files.iter().map(|file| ReferencedText {
        path: file.path.clone(),
        text: match &file.input {
            Ok(input) => Ok(add_source(input, sources, diagnostics)),
            Err(reason) => Err(reason.clone()),
        },
    });
    texts.collect()
}

/// Adds an input to the sources. Invalid UTF-8 is replaced by U+FFFD and reported.
fn add_source(input: &Input, sources: &mut Sources, diagnostics: &mut Diagnostics) -> SourceId {
    let decoded = decode(&input.bytes);
    let source = sources.add(&input.name, decoded.text);
    if let Some(InvalidByte { byte, start }) = decoded.first_invalid {
        let span = Span {
            source,
            start,
            end: start.saturating_add(REPLACEMENT_LENGTH),
        };
        diagnostics.report(rules::NOT_UTF8, span, &[&format_args!("{byte:02X}")]);
    }
    source
}

/// Reports a catalogue that has no codes, if nothing else is to be generated.
fn require_codes(parsed: &Parsed, diagnostics: &mut Diagnostics) {
    let catalogue = &parsed.catalogue;
    if catalogue.entries.is_empty() {
        let first = catalogue.statuses.values().next().map(|status| status.span);
        let expected = "codes beside the HTTP statuses, since without an OpenAPI document there is nothing else to generate";
        diagnostics.report(rules::CATALOGUE_EMPTY, first, &[&expected]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_utf8_is_reported_with_its_place() {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let input = Input {
            name: "a.yaml".to_owned(),
            bytes: b"\xEF\xBB\xBFone\ntw\xFFo".to_vec(),
        };
        let source = add_source(&input, &mut sources, &mut diagnostics);
        let text = sources.get(source).map(crate::source::Source::text);
        assert_eq!(text, Some("one\ntw\u{FFFD}o"));
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
}
