//! The text of a `codegen.lock` in, the names of error codes out, and back. Touches no file.
//!
//! A number is named by what is said of it, and what is said of it changes. So the names that were given once
//! are kept in a file that is committed and reviewed: a name in it goes before the one that would be made now.
//! A code that an API drops keeps its line, so that no other code is given its name, and so that it has it
//! again when it comes back; to free the name, delete the line.

use crate::diagnostic::{Diagnostics, rules};
use crate::model::Code;
use crate::source::{Source, SourceId, Sources, Span};
use std::collections::BTreeMap;
use std::fmt;
use toml::de::{DeTable, DeValue};

const HEADER: &str = "\
# The names of error codes, kept so that a change of an error catalogue never renames one. Commit this file.
# `cargo xtask regenerate` and `pingback-codegen generate` add new codes. To rename a code, change its name here.
";

/// The names that error codes have, by output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    outputs: BTreeMap<String, BTreeMap<Key, String>>,
}

/// A code, in the order in which codes are listed: numbers by what they count, before all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Text(String),
}

impl Key {
    fn new(code: &str) -> Self {
        match code.parse::<u64>() {
            Ok(number) if number.to_string() == code => Self::Number(number),
            _ => Self::Text(code.to_owned()),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) if is_bare(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{}", toml::Value::String(text.clone())),
        }
    }
}

/// May this stand as a key of TOML without quotes?
fn is_bare(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(allowed)
}

impl Lock {
    /// Reads a lock file. What is wrong in it is an error: to go on without a name would rename a variant.
    #[must_use]
    pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let text = sources.get(source).map(Source::text).unwrap_or_default();
        let span = |range: std::ops::Range<usize>| Span {
            source,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        };
        let mut lock = Self::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let place = error.span().map(span);
            diagnostics.report(rules::LOCK_SYNTAX, place, &[&error.message()]);
        }
        for (output, names) in table.get_ref() {
            let DeValue::Table(names) = names.get_ref() else {
                let place = span(names.span());
                diagnostics.report(
                    rules::LOCK_SYNTAX,
                    place,
                    &[&"a table was expected for each output"],
                );
                continue;
            };
            let of_output = lock.outputs.entry(output.get_ref().to_string()).or_default();
            for (code, name) in names {
                let place = span(name.span());
                let DeValue::String(name) = name.get_ref() else {
                    diagnostics.report(rules::LOCK_SYNTAX, place, &[&"a name was expected"]);
                    continue;
                };
                let reason = if !is_variant(name) {
                    "it is no name of a variant"
                } else if of_output.values().any(|other| other == name) {
                    "another code has it"
                } else {
                    of_output.insert(Key::new(code.get_ref()), name.to_string());
                    continue;
                };
                diagnostics.report(rules::LOCK_NAME, place, &[name, code.get_ref(), &reason]);
            }
        }
        lock
    }

    /// The name that a code of an output has already.
    #[must_use]
    pub fn name(&self, output: &str, code: &str) -> Option<&str> {
        Some(self.outputs.get(output)?.get(&Key::new(code))?.as_str())
    }

    /// All names that are taken in an output.
    pub fn names(&self, output: &str) -> impl Iterator<Item = &str> {
        let names = self.outputs.get(output).into_iter().flat_map(BTreeMap::values);
        names.map(String::as_str)
    }

    /// Adds the codes of an output. What is there already stays.
    pub fn record(&mut self, output: &str, codes: &[Code]) {
        if codes.is_empty() {
            return;
        }
        let names = self.outputs.entry(output.to_owned()).or_default();
        for code in codes {
            names
                .entry(Key::new(&code.code))
                .or_insert_with(|| code.variant.clone());
        }
    }
}

/// The text of the file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        for (output, names) in &self.outputs {
            writeln!(f, "\n[{}]", Key::Text(output.clone()))?;
            for (code, name) in names {
                writeln!(f, "{code} = {name:?}")?;
            }
        }
        Ok(())
    }
}

fn is_variant(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name != "Self" && syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Lock, Vec<String>) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let source = sources.add("codegen.lock", text);
        let lock = Lock::read(source, &sources, &mut diagnostics);
        (
            lock,
            diagnostics.iter().map(|found| found.message.clone()).collect(),
        )
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let text = format!(
            "{HEADER}\n[a]\n9 = \"Nine\"\n10 = \"Ten\"\nA-B = \"AB\"\n\"a.b\" = \"Dotted\"\n\n[b]\nX = \"Y\"\n"
        );
        let (lock, findings) = read(&text);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(lock.to_string(), text);
        assert_eq!(lock.name("a", "a.b"), Some("Dotted"));
        assert_eq!(lock.name("b", "a.b"), None);
    }

    #[test]
    fn a_name_that_cannot_be_is_an_error() {
        let (_, findings) = read("[a]\n1 = \"one\"\n2 = \"Two\"\n3 = \"Two\"\n4 = 5\n");
        insta::assert_snapshot!(findings.join("\n"), @r"
        `one` cannot be the name of the code `1`: it is no name of a variant
        `Two` cannot be the name of the code `3`: another code has it
        the lock file cannot be read: a name was expected
        ");
        assert_eq!(read("a = 1\n[").1.len(), 2);
    }
}
