//! Converts a deserialized `codegen.toml` to [`Config`].

use super::file::{Accept, Catalogue, File, Level, Output};
use super::{CatalogueFile, Config, OutputConfig, snake, valid_name};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, rules};
use crate::model::Pace;
use crate::options::{self, FindingOptions, Options, TypeOptions};
use crate::read::catalogue::Form;
use crate::source::{SourceId, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Converts a [`File`] to [`Config`] and reports every mistake.
pub(super) struct Reader<'a> {
    pub(super) source: SourceId,
    pub(super) folder: &'a Path,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span {
            source: self.source,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        }
    }

    /// Deserializes the file. Serde stops at its first error, so each entry with an error is reported, removed from
    /// the table, and the rest is deserialized again.
    pub(super) fn deserialize_file(&mut self, text: &str) -> File {
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
                self.report_wrong_value(error.message(), written, range.clone());
            }
            removed.extend(range.clone());
            if !range.is_some_and(|range| remove_entry(table.get_mut(), &range)) {
                return File::default();
            }
        }
    }

    /// Reports an error of serde. `written` is the text at fault, if known.
    fn report_wrong_value(&mut self, message: &str, written: &str, range: Option<Range<usize>>) {
        // Serde lists the expected words in backticks after "expected".
        let known = message
            .split_once("expected")
            .map(|(_, list)| list.split('`').skip(1).step_by(2))
            .into_iter()
            .flatten();
        let span = range.map(|range| self.span(&range));
        let mut diagnostic = Diagnostic::new(rules::CONFIG_VALUE, span, &[&one_line(message)]);
        if let Some(similar) = closest(written, known) {
            diagnostic = diagnostic.hint(format!("did you mean `{similar}`?"));
        }
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn convert(&mut self, file: File) -> Config {
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        let mut folders: BTreeMap<PathBuf, Span> = BTreeMap::new();
        let mut outputs = Vec::new();
        for output in file.output {
            let place = self.span(&output.span());
            let output = output.into_inner();
            let name = self.validate_name(output.name.as_ref(), place);
            if let (Some(name), Some(written)) = (&name, &output.name) {
                let span = self.span(&written.span());
                self.check_unique(&mut names, name.clone(), ("name", name), span);
            }
            if let Some(out) = &output.out {
                let span = self.span(&out.span());
                let folder = self.folder.join(out.get_ref());
                self.check_unique(&mut folders, folder, ("folder", out.get_ref()), span);
            }
            self.check_output(&output, place);
            outputs.push(self.convert_output(output, name));
        }
        Config { outputs }
    }

    fn check_output(&mut self, output: &Output, place: Span) {
        let is_zero = |pace: Pace| pace.per_second == 0 || pace.burst == 0;
        if output.client.pace.is_some_and(is_zero) {
            self.diagnostics.report(
                rules::CONFIG_VALUE,
                place,
                &[&"`per_second` and `burst` of `pace` must be at least 1"],
            );
        }
        if output.spec.is_none() && output.errors.is_empty() {
            self.diagnostics
                .report(rules::CONFIG_MISSING, place, &[&"spec` or `errors"]);
        }
    }

    fn convert_output(&mut self, output: Output, name: Option<String>) -> OutputConfig {
        let severity = self.convert_severities(output.severity);
        let accept = output.accept.into_iter();
        let accept = accept.filter_map(|accept| self.convert_accept(accept)).collect();
        let errors = output.errors.into_iter();
        let errors = errors
            .map(|catalogue| self.convert_catalogue(catalogue))
            .collect();
        let path = |path: &str| self.folder.join(path);
        OutputConfig {
            config: None,
            spec: output.spec.as_deref().map(path),
            overlays: output.overlays.iter().map(|overlay| path(overlay)).collect(),
            allow_outside: output.allow_outside,
            errors,
            out: output.out.map(|out| path(out.get_ref())),
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
                findings: FindingOptions { severity, accept },
                select: output.select,
                ..Options::default()
            },
        }
    }

    fn validate_name(&mut self, name: Option<&Spanned<String>>, place: Span) -> Option<String> {
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

    fn convert_severities(
        &mut self,
        levels: BTreeMap<Spanned<String>, Level>,
    ) -> BTreeMap<String, Option<Severity>> {
        let mut severity = BTreeMap::new();
        for (name, level) in levels {
            let Some(rule) = self.find_rule(&name) else {
                continue;
            };
            let level = level.severity();
            // No correct output exists for such a document, so the error cannot be lowered.
            if rule.severity == Severity::Error && level != Some(Severity::Error) {
                let message = format!(
                    "`{}` is always an error, since no output can be generated",
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

    fn convert_accept(&mut self, accept: Spanned<Accept>) -> Option<options::Accept> {
        let accept = accept.into_inner();
        let span = self.span(&accept.rule.span());
        let rule = self.find_rule(&accept.rule)?;
        let mut report = |span, message: &str| {
            self.diagnostics.report(rules::CONFIG_VALUE, span, &[&message]);
        };
        if rule.severity == Severity::Error {
            report(
                span,
                "an error cannot be accepted, since no output can be generated",
            );
            return None;
        }
        for text in [&accept.at, &accept.reason] {
            if text.get_ref().trim().is_empty() {
                report(span, "`at` and `reason` must not be empty");
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

    /// The rule with this name; reports one that does not exist.
    fn find_rule(&mut self, name: &Spanned<String>) -> Option<&'static Rule> {
        let written = name.get_ref().as_str();
        let rule = rules::ALL.iter().find(|rule| rule.name == written);
        if rule.is_none() {
            let span = self.span(&name.span());
            let message = format!("there is no rule `{written}`");
            let mut finding = Diagnostic::new(rules::CONFIG_VALUE, span, &[&message]);
            if let Some(similar) = closest(written, rules::ALL.iter().map(|rule| rule.name)) {
                finding = finding.hint(format!("did you mean `{similar}`?"));
            }
            self.diagnostics.push(finding);
        }
        rule.copied()
    }

    /// Reports a value that another output already has; `written` is the kind of value and its text.
    fn check_unique<K: Ord>(
        &mut self,
        seen: &mut BTreeMap<K, Span>,
        key: K,
        (kind, written): (&str, &str),
        span: Span,
    ) {
        if let Some(&first) = seen.get(&key) {
            self.diagnostics.push(
                Diagnostic::new(rules::CONFIG_TWICE, span, &[&kind, &written])
                    .related(first, "the other output"),
            );
        } else {
            seen.insert(key, span);
        }
    }

    fn convert_catalogue(&mut self, catalogue: Catalogue) -> CatalogueFile {
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
                self.report_wrong_value(&message, written.get_ref(), Some(written.span()));
            }
            form.copied()
        });
        CatalogueFile {
            path: self.folder.join(catalogue.path),
            form,
        }
    }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The known word most similar to `written`, if one is similar enough to be a suggestion.
fn closest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (strsim::damerau_levenshtein(written, word), word))
        .filter(|(distance, word)| *distance <= word.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Removes the entry at `range`: the one whose key it is, or else the innermost one whose value contains it. All
/// tables are searched, since the span of a `[table]` is only that of its header. The recursion is bounded: the
/// parser accepts at most 80 levels.
fn remove_entry(table: &mut DeTable<'_>, range: &Range<usize>) -> bool {
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
        DeValue::Table(table) => remove_entry(table, range),
        DeValue::Array(array) => array
            .iter_mut()
            .any(|element| remove_inside(element.get_mut(), range)),
        _ => false,
    }
}
