//! The text of a `codegen.toml` in, [`Config`] out. Every key and value with a mistake is reported with its place.
//! Reads no files.

mod file;
mod name;
mod reader;

pub use name::{snake, valid_name};

use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::read::catalogue::Form;
use crate::source::{SourceId, Sources};
use reader::Reader;
use std::path::{Path, PathBuf};

/// A configuration file: the outputs and their inputs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The `[[output]]` tables, in file order.
    pub outputs: Vec<OutputConfig>,
}

/// One `[[output]]`. Its paths include the folder of the configuration file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutputConfig {
    /// The configuration file; `None` if the output comes from the command line or a build script.
    pub config: Option<PathBuf>,
    /// The OpenAPI document.
    pub spec: Option<PathBuf>,
    /// The overlays to apply to the document, in order.
    pub overlays: Vec<PathBuf>,
    /// May the document refer to files outside its folder?
    pub allow_outside: bool,
    /// The error catalogues, the most trusted first.
    pub errors: Vec<CatalogueFile>,
    /// The folder of the crate; not needed for a build script.
    pub out: Option<PathBuf>,
    /// The remaining choices.
    pub options: Options,
}

/// A file that lists error codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The form of the list; detected from the content by default.
    pub form: Option<Form>,
}

impl CatalogueFile {
    /// A file whose form is detected from its content.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            form: None,
        }
    }
}

impl Config {
    /// The output with this name; `-` and `_` are equivalent.
    #[must_use]
    pub fn output(&self, name: &str) -> Option<&OutputConfig> {
        let name = snake(name);
        self.outputs
            .iter()
            .find(|output| output.options.name.as_deref() == Some(name.as_str()))
    }

    /// The names of the outputs, for messages.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.outputs
            .iter()
            .filter_map(|output| output.options.name.as_deref())
            .collect()
    }
}

/// Reads a configuration. Relative paths start at `folder`.
#[must_use]
pub fn read(source: SourceId, folder: &Path, sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let text = sources
        .get(source)
        .map(crate::source::Source::text)
        .unwrap_or_default();
    let mut reader = Reader {
        source,
        folder,
        diagnostics,
    };
    let file = reader.deserialize_file(text);
    reader.convert(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use std::fmt::Write as _;

    fn config(text: &str) -> (Config, String) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let source = sources.add("codegen.toml", text);
        let config = read(source, Path::new("sub"), &sources, &mut diagnostics);
        let mut lines = String::new();
        for found in &diagnostics {
            let place = found.span.and_then(|span| sources.locate(span)).expect("a place");
            let _ = writeln!(lines, "{place}: {} ({})", found.message, found.hint);
        }
        (config, lines)
    }

    #[test]
    fn paths_are_relative_to_the_folder_of_the_file() {
        let (config, problems) = config(
            r#"
            [[output]]
            name = "pet-store"
            spec = "pets.yaml"
            errors = ["errors.md", { path = "/abs/more.txt" }]
            out = "generated"
            client.pace = { per_second = 5, burst = 2 }
            client.headers = { x-key = "secret" }
            error-model.everywhere = []
            "#,
        );
        assert_eq!(problems, "");
        let output = config.output("pet-store").expect("the output");
        assert_eq!(output.options.name.as_deref(), Some("pet_store"));
        assert_eq!(output.spec.as_deref(), Some(Path::new("sub/pets.yaml")));
        assert_eq!(output.errors[0].path, Path::new("sub/errors.md"));
        assert_eq!(output.errors[1].path, Path::new("/abs/more.txt"));
        assert_eq!(output.out.as_deref(), Some(Path::new("sub/generated")));
        assert_eq!(output.options.client.pace.map(|pace| pace.burst), Some(2));
        assert_eq!(output.options.errors.everywhere, Some(vec![]));
    }

    #[test]
    fn every_wrong_key_and_value_of_a_file_is_reported() {
        let (config, problems) = config(
            r#"
[[output]]
name = "a"
specs = "pets.yaml"
errors = ["e.txt", { path = "f.txt", from = 1 }]

[output.client]
headers = { x-key = "secrets" }
pace = { per_second = -5, burst = 2 }

[[outputs]]
"#,
        );
        assert_eq!(config.outputs.len(), 1);
        insta::assert_snapshot!(problems, @"
        codegen.toml:8:21: unknown variant `secrets`, expected one of `secret`, `client`, `call` (did you mean `secret`?)
        codegen.toml:9:23: invalid value: integer `-5`, expected u32 (see the reference of `codegen.toml` for all keys and their values)
        codegen.toml:5:38: unknown field `from`, expected `path` or `form` (did you mean `form`?)
        codegen.toml:4:1: unknown field `specs`, expected one of `name`, `title`, `spec`, `overlays`, `allow-outside`, `errors`, `out`, `names`, `client`, `error-model`, `conversions`, `types`, `select`, `severity`, `accept` (did you mean `spec`?)
        codegen.toml:11:3: unknown field `outputs`, expected `output` (did you mean `output`?)
        ");
    }

    #[test]
    fn severities_and_accepted_findings_name_rules() {
        let (config, problems) = config(
            r#"
[[output]]
name = "a"
spec = "a.yaml"
severity = { code-place = "off", same-route = "error", ref-missing = "note", same-rout = "note" }

[[output.accept]]
rule = "same-route"
at = "/paths/~1a"
reason = "both are served"

[[output.accept]]
rule = "syntax"
at = "a.yaml"
reason = "we like it"
"#,
        );
        insta::assert_snapshot!(problems, @"
        codegen.toml:5:56: `ref-missing` is always an error, since no output can be generated (see the reference of `codegen.toml` for all keys and their values)
        codegen.toml:5:78: there is no rule `same-rout` (did you mean `same-route`?)
        codegen.toml:13:8: an error cannot be accepted, since no output can be generated (see the reference of `codegen.toml` for all keys and their values)
        ");
        let findings = &config.outputs[0].options.findings;
        assert_eq!(findings.severity["code-place"], None);
        assert_eq!(findings.severity["same-route"], Some(Severity::Error));
        assert_eq!(findings.severity.len(), 2);
        assert_eq!(findings.accept.len(), 1);
        assert_eq!(findings.accept[0].reason, "both are served");
    }

    #[test]
    fn invalid_toml_is_reported_with_its_place() {
        let (_, problems) = config("[[output]\nname = \n");
        insta::assert_snapshot!(problems, @"codegen.toml:1:10: the file is not well-formed TOML: unclosed array table, expected `]` (correct the file at this place (https://toml.io/en/v1.0.0))");
    }

    #[test]
    fn outputs_need_a_name_of_their_own() {
        let (_, problems) = config(
            r#"
[[output]]
name = "a-b"
spec = "a.yaml"
out = "x"
[[output]]
name = "a_b"
spec = "a.yaml"
out = "x"
[[output]]
name = "Pets"
[[output]]
spec = "a.yaml"
"#,
        );
        insta::assert_snapshot!(problems, @"
        codegen.toml:7:8: another output already has the name `a_b` (give each output its own name and folder)
        codegen.toml:9:7: another output already has the folder `x` (give each output its own name and folder)
        codegen.toml:11:8: `Pets` is not a valid crate name: it does not start with a lower-case ASCII letter (use lower-case ASCII letters, digits, `-` and `_`, and start with a letter)
        codegen.toml:10:1: this output has no `spec` or `errors` (add the key to its `[[output]]` table)
        codegen.toml:12:1: this output has no `name` (add the key to its `[[output]]` table)
        ");
    }

    #[test]
    fn an_unknown_form_is_reported_with_the_known_forms() {
        let (_, problems) = config("[[output]]\nname = 'a'\nerrors = [{ path = 'e', form = 'bogus' }]\n");
        assert!(
            problems.starts_with("codegen.toml:3:32: unknown form `bogus`, expected one of `"),
            "{problems}"
        );
    }
}
