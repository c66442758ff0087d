//! The text of a `codegen.toml` in, [`Config`] out. Every key and value that is wrong is reported with its
//! place; no file is touched.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, rules};
use crate::model::Conversions;
use crate::names::Lock;
use crate::options::{
    self, CheckedSchema, Checks, ClientOptions, ErrorOptions, FindingOptions, Options, Select, TypeOptions,
};
use crate::read::catalogue::Form;
use crate::source::{SourceId, Sources, Span};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is made from what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// One for each `[[output]]`, in file order.
    pub outputs: Vec<OutputConfig>,
}

/// One output. Its paths are already relative to where the configuration's folder was said to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutputConfig {
    /// The file that says so, if one does.
    pub config: Option<PathBuf>,
    /// The OpenAPI document.
    pub spec: Option<PathBuf>,
    /// The overlays that change it, in their order.
    pub overlays: Vec<PathBuf>,
    /// Whether the document may refer to files outside of its folder.
    pub allow_outside: bool,
    /// The error catalogues, the most trusted first.
    pub errors: Vec<CatalogueFile>,
    /// The folder of the crate; a build script does without it.
    pub out: Option<PathBuf>,
    /// The rest.
    pub options: Options,
}

/// A file that lists error codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFile {
    /// The file.
    pub path: PathBuf,
    /// The form it has; found by itself by default.
    pub form: Option<Form>,
}

impl CatalogueFile {
    /// A file whose form is found by itself.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            form: None,
        }
    }
}

impl Config {
    /// The output of that name; `-` and `_` are the same in a name.
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

/// Reads a configuration. `folder` is where its relative paths start.
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
    let file = reader.file(text);
    reader.outputs(file)
}

/// Says why `name` cannot be the name of a crate and its module.
///
/// # Errors
/// The reason, to be put after a colon.
pub fn valid_name(name: &str) -> Result<(), &'static str> {
    let Some(first) = name.chars().next() else {
        return Err("it is empty");
    };
    if !first.is_ascii_lowercase() {
        return Err("it does not start with a lower-case ASCII letter");
    }
    if !name
        .chars()
        .all(|char| matches!(char, 'a'..='z' | '0'..='9' | '-' | '_'))
    {
        return Err("only lower-case ASCII letters, digits, `-` and `_` may stand in it");
    }
    if name.len() > 64 {
        return Err("it is longer than the 64 characters that crates.io allows");
    }
    if matches!(
        name,
        "core"
            | "std"
            | "alloc"
            | "test"
            | "proc_macro"
            | "proc-macro"
            | "build"
            | "deps"
            | "examples"
            | "incremental"
    ) {
        return Err("Rust or Cargo needs the name for itself");
    }
    if syn::parse_str::<syn::Ident>(&snake(name)).is_err() {
        return Err("it is a keyword of Rust");
    }
    Ok(())
}

/// The name as it stands in Rust code.
#[must_use]
pub fn snake(name: &str) -> String {
    name.replace('-', "_")
}

/// The file as `toml` reads it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    output: Vec<Spanned<Output>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Output {
    name: Option<Spanned<String>>,
    title: Option<String>,
    spec: Option<String>,
    overlays: Vec<String>,
    allow_outside: bool,
    errors: Vec<Catalogue>,
    out: Option<Spanned<String>>,
    names: BTreeMap<String, String>,
    client: ClientOptions,
    error_model: ErrorOptions,
    conversions: Conversions,
    types: Types,
    select: Select,
    severity: BTreeMap<Spanned<String>, Level>,
    accept: Vec<Spanned<Accept>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Types {
    checked: Checked,
}

/// `"all"` or a list of schemas.
#[derive(Debug, Default)]
struct Checked(Checks);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllOrList;
        impl<'de> Visitor<'de> for AllOrList {
            type Value = Checked;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`all`, or a list of schemas: names of components, or JSON pointers")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Checked, E> {
                if text == "all" {
                    return Ok(Checked(Checks::All));
                }
                Err(E::invalid_value(Unexpected::Str(text), &self))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Checked, A::Error> {
                let mut schemas = Vec::new();
                while let Some(at) = list.next_element::<Spanned<String>>()? {
                    let place = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
                    schemas.push(CheckedSchema {
                        place: Some((place(at.span().start), place(at.span().end))),
                        at: at.into_inner(),
                    });
                }
                Ok(Checked(if schemas.is_empty() {
                    Checks::Nothing
                } else {
                    Checks::Only(schemas)
                }))
            }
        }
        deserializer.deserialize_any(AllOrList)
    }
}

/// How bad the findings of a rule are.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    Off,
    Note,
    Warning,
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accept {
    rule: Spanned<String>,
    at: Spanned<String>,
    reason: Spanned<String>,
}

/// `"errors.md"` or `{ path = "errors.md", form = "page" }`.
#[derive(Debug)]
struct Catalogue {
    path: String,
    form: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            path: String,
            form: Option<Spanned<String>>,
        }
        struct StringOrTable;
        impl<'de> Visitor<'de> for StringOrTable {
            type Value = Catalogue;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path or a table with `path` and `form`")
            }

            fn visit_str<E: serde::de::Error>(self, path: &str) -> Result<Catalogue, E> {
                Ok(Catalogue {
                    path: path.to_owned(),
                    form: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Catalogue, A::Error> {
                let Table { path, form } = Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Catalogue { path, form })
            }
        }
        deserializer.deserialize_any(StringOrTable)
    }
}

struct Reader<'a> {
    source: SourceId,
    folder: &'a Path,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span {
            source: self.source,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        }
    }

    /// Reads all that can be read: serde stops at its first complaint, so what it complains of is taken out
    /// of the table and the rest is read again.
    fn file(&mut self, text: &str) -> File {
        let (mut table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let span = error.span().map(|range| self.span(&range));
            self.diagnostics
                .report(rules::CONFIG_SYNTAX, span, &[&one_line(error.message())]);
        }
        if !errors.is_empty() {
            return File::default();
        }
        let mut removed: Vec<Range<usize>> = Vec::new();
        loop {
            let error = match File::deserialize(toml::de::Deserializer::from(table.clone())) {
                Ok(file) => return file,
                Err(error) => error,
            };
            let range = error.span();
            let written = range.clone().and_then(|range| text.get(range));
            let written = written.unwrap_or_default().trim_matches(['"', '\'']);
            let is_missing = error.message().starts_with("missing field");
            let was_removed = range.as_ref().is_some_and(|range| {
                removed
                    .iter()
                    .any(|removed| range.start <= removed.start && removed.end <= range.end)
            });
            if !(is_missing && was_removed) {
                self.wrong_value(error.message(), written, range.clone());
            }
            removed.extend(range.clone());
            if !range.is_some_and(|range| remove(table.get_mut(), &range)) {
                return File::default();
            }
        }
    }

    /// Reports what serde complains of; `written` is the text it is about, if that is known.
    fn wrong_value(&mut self, message: &str, written: &str, range: Option<Range<usize>>) {
        // Serde lists what it knows in backticks after the word "expected".
        let known = message
            .split_once("expected")
            .map(|(_, list)| list.split('`').skip(1).step_by(2))
            .into_iter()
            .flatten();
        let span = range.map(|range| self.span(&range));
        let mut diagnostic = Diagnostic::new(rules::CONFIG_VALUE, span, &[&one_line(message)]);
        if let Some(nearest) = nearest(written, known) {
            diagnostic = diagnostic.hint(format!("did you mean `{nearest}`?"));
        }
        self.diagnostics.push(diagnostic);
    }

    fn outputs(&mut self, file: File) -> Config {
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        let mut folders: BTreeMap<PathBuf, Span> = BTreeMap::new();
        let mut outputs = Vec::new();
        for output in file.output {
            let place = self.span(&output.span());
            let output = output.into_inner();
            let name = self.name(output.name.as_ref(), place);
            if let (Some(name), Some(written)) = (&name, &output.name) {
                let span = self.span(&written.span());
                self.only_once(&mut names, name.clone(), "name", name, span);
            }
            let out = output.out.map(|out| {
                let span = self.span(&out.span());
                let folder = self.folder.join(out.get_ref());
                self.only_once(&mut folders, folder.clone(), "folder", out.get_ref(), span);
                folder
            });
            if output
                .client
                .pace
                .is_some_and(|pace| pace.per_second == 0 || pace.burst == 0)
            {
                self.diagnostics.report(
                    rules::CONFIG_VALUE,
                    place,
                    &[&"the pace of this output has a 0, expected at least 1 for `per_second` and `burst`"],
                );
            }
            if output.spec.is_none() && output.errors.is_empty() {
                self.diagnostics
                    .report(rules::CONFIG_MISSING, place, &[&"spec` or `errors"]);
            }
            let severity = self.severity(output.severity);
            let accept = output
                .accept
                .into_iter()
                .filter_map(|accept| self.accept(accept))
                .collect();
            outputs.push(OutputConfig {
                config: None,
                spec: output.spec.map(|path| self.folder.join(path)),
                overlays: output
                    .overlays
                    .into_iter()
                    .map(|path| self.folder.join(path))
                    .collect(),
                allow_outside: output.allow_outside,
                errors: output
                    .errors
                    .into_iter()
                    .map(|catalogue| self.catalogue(catalogue))
                    .collect(),
                out,
                options: Options {
                    name,
                    title: output.title,
                    names: output.names,
                    client: output.client,
                    types: TypeOptions {
                        checked: output.types.checked.0,
                    },
                    errors: output.error_model,
                    conversions: output.conversions,
                    lock: Lock::default(),
                    findings: FindingOptions { severity, accept },
                    select: output.select,
                    #[cfg(feature = "tests")]
                    tests: false,
                    #[cfg(feature = "tests")]
                    instances: crate::options::InstanceOptions::default(),
                },
            });
        }
        Config { outputs }
    }

    fn name(&mut self, name: Option<&Spanned<String>>, place: Span) -> Option<String> {
        let Some(name) = name else {
            self.diagnostics.report(rules::CONFIG_MISSING, place, &[&"name"]);
            return None;
        };
        if let Err(reason) = valid_name(name.get_ref()) {
            let span = self.span(&name.span());
            self.diagnostics
                .report(rules::CONFIG_NAME, span, &[name.get_ref(), &reason]);
            return None;
        }
        Some(snake(name.get_ref()))
    }

    fn severity(&mut self, levels: BTreeMap<Spanned<String>, Level>) -> BTreeMap<String, Option<Severity>> {
        let mut severity = BTreeMap::new();
        for (name, level) in levels {
            let Some(rule) = self.rule(&name) else { continue };
            let level = level.severity();
            // What stops the generation does so because nothing sound could be made.
            if rule.severity == Severity::Error && level != Some(Severity::Error) {
                let message = format!(
                    "`{}` stops the generation and cannot be less than an error",
                    rule.name
                );
                let span = self.span(&name.span());
                self.diagnostics.report(rules::CONFIG_VALUE, span, &[&message]);
                continue;
            }
            severity.insert(rule.name.to_owned(), level);
        }
        severity
    }

    fn accept(&mut self, accept: Spanned<Accept>) -> Option<options::Accept> {
        let accept = accept.into_inner();
        let span = self.span(&accept.rule.span());
        let rule = self.rule(&accept.rule)?;
        let mut complain = |span, message: &str| {
            self.diagnostics.report(rules::CONFIG_VALUE, span, &[&message]);
        };
        if rule.severity == Severity::Error {
            complain(
                span,
                "what stops the generation cannot be accepted: nothing sound could be made",
            );
            return None;
        }
        for text in [&accept.at, &accept.reason] {
            if text.get_ref().trim().is_empty() {
                complain(span, "an accepted finding needs a place in `at` and a `reason`");
                return None;
            }
        }
        Some(options::Accept {
            rule: rule.name.to_owned(),
            at: accept.at.into_inner(),
            reason: accept.reason.into_inner(),
            place: Some((span.start, span.end)),
        })
    }

    /// The rule of that name.
    fn rule(&mut self, name: &Spanned<String>) -> Option<&'static Rule> {
        let written = name.get_ref().as_str();
        let rule = rules::ALL.iter().find(|rule| rule.name == written);
        if rule.is_none() {
            let span = self.span(&name.span());
            let message = format!("there is no rule `{written}`");
            let mut finding = Diagnostic::new(rules::CONFIG_VALUE, span, &[&message]);
            if let Some(nearest) = nearest(written, rules::ALL.iter().map(|rule| rule.name)) {
                finding = finding.hint(format!("did you mean `{nearest}`?"));
            }
            self.diagnostics.push(finding);
        }
        rule.copied()
    }

    fn only_once<K: Ord>(
        &mut self,
        seen: &mut BTreeMap<K, Span>,
        key: K,
        what: &str,
        written: &str,
        span: Span,
    ) {
        if let Some(&first) = seen.get(&key) {
            self.diagnostics.push(
                Diagnostic::new(rules::CONFIG_TWICE, span, &[&what, &written])
                    .related(first, "the other output"),
            );
        } else {
            seen.insert(key, span);
        }
    }

    fn catalogue(&mut self, catalogue: Catalogue) -> CatalogueFile {
        let form = catalogue.form.and_then(|written| {
            let form = Form::ALL
                .iter()
                .find(|form| form.as_str() == written.get_ref().as_str());
            if form.is_none() {
                let known: Vec<_> = Form::ALL
                    .iter()
                    .map(|form| format!("`{}`", form.as_str()))
                    .collect();
                let message = format!(
                    "unknown form `{}`, expected one of {}",
                    written.get_ref(),
                    known.join(", ")
                );
                self.wrong_value(&message, written.get_ref(), Some(written.span()));
            }
            form.copied()
        });
        CatalogueFile {
            path: self.folder.join(catalogue.path),
            form,
        }
    }
}

pub(crate) fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The known word that `written` is most likely meant to be.
pub(crate) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (strsim::damerau_levenshtein(written, word), word))
        .filter(|(distance, word)| *distance <= word.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Takes out the entry that a complaint about `range` is about: the one whose key it is, or else the innermost
/// one whose value holds it. The span of a `[table]` is that of its header, so the search goes through all.
/// How deep it goes is bounded by the parser, which reads no deeper than 80 levels.
fn remove(table: &mut DeTable<'_>, range: &Range<usize>) -> bool {
    let mut hit = None;
    for (key, value) in table.iter_mut() {
        let span = value.span();
        if key.span() != *range && remove_inside(value.get_mut(), range) {
            return true;
        }
        if key.span() == *range || (span.start <= range.start && range.end <= span.end) {
            hit = Some(key.clone());
            break;
        }
    }
    hit.is_some_and(|key| table.remove(&key).is_some())
}

fn remove_inside(value: &mut DeValue<'_>, range: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove(table, range),
        DeValue::Array(array) => array
            .iter_mut()
            .any(|element| remove_inside(element.get_mut(), range)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        codegen.toml:5:56: `ref-missing` stops the generation and cannot be less than an error (see the reference of `codegen.toml` for all keys and their values)
        codegen.toml:5:78: there is no rule `same-rout` (did you mean `same-route`?)
        codegen.toml:13:8: what stops the generation cannot be accepted: nothing sound could be made (see the reference of `codegen.toml` for all keys and their values)
        ");
        let findings = &config.outputs[0].options.findings;
        assert_eq!(findings.severity["code-place"], None);
        assert_eq!(findings.severity["same-route"], Some(Severity::Error));
        assert_eq!(findings.severity.len(), 2);
        assert_eq!(findings.accept.len(), 1);
        assert_eq!(findings.accept[0].reason, "both are served");
    }

    #[test]
    fn a_file_that_is_no_toml_is_reported_with_its_place() {
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
    fn an_unknown_form_is_reported_with_those_there_are() {
        let (_, problems) = config("[[output]]\nname = 'a'\nerrors = [{ path = 'e', form = 'bogus' }]\n");
        assert!(
            problems.starts_with("codegen.toml:3:32: unknown form `bogus`, expected one of `"),
            "{problems}"
        );
    }

    #[test]
    fn names_of_crates_are_judged_as_cargo_would() {
        for good in ["a", "pet-store", "pet_store2"] {
            assert_eq!(valid_name(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "2a",
            "Pets",
            "type",
            "a b",
            "é",
            "std",
            "-a",
            "self",
            &"a".repeat(65),
        ] {
            assert!(valid_name(bad).is_err(), "{bad}");
        }
    }
}
