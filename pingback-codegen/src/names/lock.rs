//! The text of a `codegen.lock` in, the names that outputs keep out, and back. Touches no file.
//!
//! A name that depends on more than the thing it belongs to changes with its surroundings: a number is named by
//! what is said of it, an inline type by all places that have its shape, and of two things that want one name the
//! second gets another. So the names that were given once are kept in a file that is committed and reviewed, and a
//! name in it goes before the one that would be made now. A code that an API drops keeps its line, so that no other
//! code is given its name, and so that it has it again when it comes back; to free the name, delete the line. The
//! line of any other thing goes with the thing.

use crate::diagnostic::{Diagnostics, rules};
use crate::names::{LockedNames, NameKind};
use crate::source::{Source, SourceId, Sources, Span};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use toml::de::{DeTable, DeValue};

const HEADER: &str = "\
# The names that were given once, kept so that no change elsewhere ever renames anything. Commit this file.
# `cargo xtask regenerate` and `pingback-codegen generate` write it. To rename something, change its name here.
";

/// The names that are kept, by output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    outputs: BTreeMap<String, LockedNames>,
}

impl Lock {
    /// Reads a lock file. What is wrong in it is an error: to go on without a name would rename something.
    #[must_use]
    pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let text = sources.get(source).map(Source::text).unwrap_or_default();
        let span = |range: std::ops::Range<usize>| Span {
            source,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        };
        let mut lock = Self::default();
        let markers = conflict_markers(text);
        if !markers.is_empty() {
            // Whatever else is wrong with it is wrong because of them.
            for marker in markers {
                diagnostics.report(rules::LOCK_CONFLICT, span(marker), &[]);
            }
            return lock;
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let place = error.span().map(span);
            diagnostics.report(rules::LOCK_SYNTAX, place, &[&error.message()]);
        }
        let mut syntax = |range, expected: &str| {
            diagnostics.report(rules::LOCK_SYNTAX, span(range), &[&expected]);
        };
        // What is wrong with single names comes after what is wrong with the file.
        let mut found: Vec<(&str, NameKind, String, String, std::ops::Range<usize>)> = Vec::new();
        for (output, kinds) in table.get_ref() {
            let DeValue::Table(kinds) = kinds.get_ref() else {
                syntax(kinds.span(), "a table was expected for each output");
                continue;
            };
            for (word, names) in kinds {
                let kind = NameKind::ALL
                    .into_iter()
                    .find(|kind| kind.word() == word.get_ref());
                let (Some(kind), DeValue::Table(names)) = (kind, names.get_ref()) else {
                    let words = NameKind::ALL.map(NameKind::word).join("`, `");
                    syntax(word.span(), &format!("here a table is called one of `{words}`"));
                    continue;
                };
                for (key, name) in names {
                    let DeValue::String(text) = name.get_ref() else {
                        syntax(name.span(), "a name was expected");
                        continue;
                    };
                    found.push((
                        output.get_ref(),
                        kind,
                        key.get_ref().to_string(),
                        text.to_string(),
                        name.span(),
                    ));
                }
            }
        }
        let mut taken: HashMap<(&str, NameKind, String), String> = HashMap::new();
        for (output, kind, key, name, range) in found {
            let other = taken.get(&(output, kind, name.clone()));
            let reason = match (unfit(kind, &name), other) {
                (Some(reason), _) => reason.to_owned(),
                // Members have their names in a type of their own.
                (None, Some(other)) if kind.is_unique() => {
                    format!("`{other}` has it")
                }
                (None, _) => {
                    taken.insert((output, kind, name.clone()), key.clone());
                    let names = lock.outputs.entry(output.to_owned()).or_default();
                    names.insert(kind, &key, name);
                    continue;
                }
            };
            diagnostics.report(rules::LOCK_NAME, span(range), &[&name, &key, &reason]);
        }
        lock
    }

    /// The names that an output keeps.
    #[must_use]
    pub fn of(&self, output: &str) -> &LockedNames {
        self.outputs.get(output).unwrap_or(LockedNames::NONE)
    }

    /// Replaces the names of an output by those that it has now. The names of codes that it no longer has stay.
    pub fn record(&mut self, output: &str, now: &LockedNames) {
        let names = self.outputs.entry(output.to_owned()).or_default();
        names.replace(now);
        if names.is_empty() {
            self.outputs.remove(output);
        }
    }
}

/// The text of the file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        for (output, names) in &self.outputs {
            for kind in NameKind::ALL {
                let mut names = names.of(kind).peekable();
                if names.peek().is_some() {
                    writeln!(f, "\n[{}.{}]", Bare(output), kind.word())?;
                }
                for (key, name) in names {
                    writeln!(f, "{} = {name:?}", Bare(&key))?;
                }
            }
        }
        Ok(())
    }
}

/// A key of TOML, in quotes where it needs them.
struct Bare<'t>(&'t str);

impl fmt::Display for Bare<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !self.0.is_empty() && self.0.bytes().all(allowed) {
            return f.write_str(self.0);
        }
        // Always on one line, so that lines can be sorted and merged.
        f.write_str("\"")?;
        for char in self.0.chars() {
            match char {
                '"' | '\\' => write!(f, "\\{char}")?,
                char if char.is_control() => write!(f, "\\u{:04X}", u32::from(char))?,
                char => write!(f, "{char}")?,
            }
        }
        f.write_str("\"")
    }
}

/// The lines that version control puts into a file where two changes do not go together.
fn conflict_markers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.starts_with("<<<<<<< ") || bare == "=======" || bare.starts_with(">>>>>>> ") {
            found.push(start..start + bare.len());
        }
        start += line.len();
    }
    found
}

/// Why something cannot have a name; `None` if it can.
fn unfit(kind: NameKind, name: &str) -> Option<&'static str> {
    let is_name = syn::parse_str::<syn::Ident>(name).is_ok() && name != "_";
    match kind {
        NameKind::Codes | NameKind::Errors | NameKind::Variants
            if !is_name || !name.starts_with(char::is_uppercase) || name == "Self" =>
        {
            Some("it is no name of a variant")
        }
        // A script may have no capitals.
        NameKind::Headers | NameKind::Types
            if !is_name
                || name.starts_with(|c: char| !c.is_alphabetic() || c.is_lowercase())
                || name == "Self" =>
        {
            Some("it is no name of a type")
        }
        NameKind::Members if !is_name => Some("it is no name of a field or a variant"),
        NameKind::Arguments | NameKind::Client | NameKind::Operations
            if !is_name || name.contains(char::is_uppercase) =>
        {
            Some("it is no name of a method")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Lock, Vec<String>) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let source = sources.add("codegen.lock", text);
        let lock = Lock::read(source, &sources, &mut diagnostics);
        let line = |span| {
            sources
                .locate(span)
                .map_or_else(String::new, |place| place.to_string())
        };
        let findings = diagnostics.iter().map(|found| {
            let place = found.span.map_or_else(String::new, line);
            format!("{place}: {}", found.message)
        });
        (lock, findings.collect())
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let text = format!(
            "{HEADER}\n[a.codes]\n9 = \"Nine\"\n10 = \"Ten\"\nA-B = \"AB\"\n\"a.b\\u0009\" = \"Dotted\"\n\n[b.codes]\nX = \"Y\"\n\n[b.types]\n\"/a/b (sent)\" = \"NewB\"\n"
        );
        let (lock, findings) = read(&text);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(lock.to_string(), text);
        assert_eq!(lock.of("a").get(NameKind::Codes, "a.b\t"), Some("Dotted"));
        assert_eq!(lock.of("b").get(NameKind::Codes, "a.b\t"), None);
        assert_eq!(lock.of("b").get(NameKind::Types, "/a/b (sent)"), Some("NewB"));
    }

    #[test]
    fn a_name_that_cannot_be_is_an_error() {
        let (_, findings) = read(
            "[a.codes]\n1 = \"one\"\n2 = \"Two\"\n3 = \"Two\"\n4 = 5\n[a.operations]\n\"/a/get\" = \"getA\"\n[a.types]\n\"/a\" = \"Two\"\n\"/b\" = \"two\"\n",
        );
        insta::assert_snapshot!(findings.join("\n"), @r"
        codegen.lock:5:5: the lock file cannot be read: a name was expected
        codegen.lock:2:5: `one` cannot be the name of `1`: it is no name of a variant
        codegen.lock:4:5: `Two` cannot be the name of `3`: `2` has it
        codegen.lock:7:12: `getA` cannot be the name of `/a/get`: it is no name of a method
        codegen.lock:10:8: `two` cannot be the name of `/b`: it is no name of a type
        ");
        assert_eq!(read("a = 1\n[").1.len(), 2);
    }

    #[test]
    fn the_markers_of_a_conflict_are_all_that_is_said() {
        let (lock, findings) =
            read("[a.codes]\n<<<<<<< HEAD\nX = \"Y\"\n=======\nX = \"Z\"\n>>>>>>> other\n");
        assert_eq!(lock, Lock::default());
        insta::assert_snapshot!(findings.join("\n"), @"
        codegen.lock:2:1: the lock file contains the conflict markers of an unfinished merge
        codegen.lock:4:1: the lock file contains the conflict markers of an unfinished merge
        codegen.lock:6:1: the lock file contains the conflict markers of an unfinished merge
        ");
    }
}
