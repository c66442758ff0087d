//! Parses the text of the lock file (`codegen.lock`) into the names of each output, and writes them as text. Reads and
//! writes no files.
//!
//! ```toml
//! version = 2
//!
//! [names.pets.arguments]
//! "create_pet.body application/json" = { name = "body", position = 10 }
//! "list_pets.query page" = "page"
//!
//! [names.pets.types]
//! Pet = "Pet"
//! "POST /pets requestBody application/json" = "CreatePetBody"
//! ```
//!
//! There is a table for each output and kind of name, and in it a line for each name, sorted by key. A position orders
//! the required arguments of a method or of a type's constructor. Two changes that each add a name merge without a
//! conflict if their lines are not neighbours; with `codegen.lock merge=union` in `.gitattributes` also if they are.
//!
//! Files of version 1 have no line `version`, and no line for a name that followed from the item alone. They are read
//! as well; an unchanged document gets the same names from them as before.

use super::key::from_version_1;
use super::locked::LockedName;
use super::{LockedNames, NameKind};
use crate::diagnostic::{Diagnostics, rules};
use crate::source::{Source, SourceId, Sources, Span};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write as _};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const HEADER: &str = "\
# The Rust names of all generated items, so that no change of the input renames one. The generator writes this file.
# Commit it. To rename an item, change its name here; to let the generator name it again, delete its line.
version = 2
";

/// The version of the format that is written.
const VERSION: &str = "2";

/// Tables of version 1 that are no longer used.
const RETIRED_TABLES: [&str; 1] = ["spellings"];

/// The names of all outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    outputs: BTreeMap<String, LockedNames>,
}

impl Lock {
    /// Reads a lock file. Each mistake in it is an error: if a line were ignored, an item could be renamed.
    #[must_use]
    pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let text = sources.get(source).map(Source::text).unwrap_or_default();
        let span = |range: Range<usize>| Span {
            source,
            start: u32::try_from(range.start).unwrap_or(u32::MAX),
            end: u32::try_from(range.end).unwrap_or(u32::MAX),
        };
        let markers = conflict_markers(text);
        if !markers.is_empty() {
            // Conflict markers cause the other errors, which are therefore not reported.
            for marker in markers {
                diagnostics.report(rules::LOCK_CONFLICT, span(marker), &[]);
            }
            return Self::default();
        }
        let text = with_toml_escapes(text);
        let (table, errors) = DeTable::parse_recoverable(&text);
        for error in &errors {
            let place = error.span().map(span);
            diagnostics.report(rules::LOCK_SYNTAX, place, &[&error.message()]);
        }
        let (lines, errors) = lines(table.get_ref());
        for (range, message) in errors {
            diagnostics.report(rules::LOCK_SYNTAX, span(range), &[&message]);
        }
        let mut lock = Self::default();
        let mut keys: HashMap<(&str, NameKind, String), String> = HashMap::new();
        for line in lines {
            let name = &line.entry.name;
            let unique = (line.output, line.kind, name.clone());
            let same_name = keys.get(&unique).filter(|_| line.kind.is_unique_in_api());
            let reason = match (invalid_name(line.kind, name), same_name) {
                (Some(reason), _) => Some(reason.to_owned()),
                (None, Some(other)) => Some(format!("it is the name of `{other}`")),
                (None, None) => None,
            };
            if let Some(reason) = reason {
                let place = span(line.span);
                diagnostics.report(rules::LOCK_NAME, place, &[name, &line.key, &reason]);
            } else {
                keys.insert(unique, line.key.clone());
                let names = lock.outputs.entry(line.output.to_owned()).or_default();
                names.insert_entry(line.kind, &line.key, line.entry);
            }
        }
        lock
    }

    /// The names of an output.
    #[must_use]
    pub fn of(&self, output: &str) -> &LockedNames {
        self.outputs.get(output).unwrap_or(LockedNames::NONE)
    }

    /// Replaces the names of an output by its current ones. The names of removed error codes stay.
    pub fn record(&mut self, output: &str, now: &LockedNames) {
        let names = self.outputs.entry(output.to_owned()).or_default();
        names.update(now);
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
                let mut entries = names.entries(kind).peekable();
                if entries.peek().is_some() {
                    writeln!(f, "\n[names.{}.{}]", TomlKey(output), kind.table())?;
                }
                for (key, LockedName { name, position }) in entries {
                    let key = TomlKey(&key);
                    match position {
                        Some(position) => {
                            writeln!(
                                f,
                                "{key} = {{ name = {}, position = {position} }}",
                                TomlString(name)
                            )?;
                        }
                        None => writeln!(f, "{key} = {}", TomlString(name))?,
                    }
                }
            }
        }
        Ok(())
    }
}

/// One line of the file.
struct Line<'t> {
    output: &'t str,
    kind: NameKind,
    key: String,
    entry: LockedName,
    /// The place of the name.
    span: Range<usize>,
}

/// Places in the text, each with an error message.
type Errors = Vec<(Range<usize>, String)>;

/// All lines of a file of any version.
fn lines<'t>(file: &'t DeTable<'_>) -> (Vec<Line<'t>>, Errors) {
    let mut errors = Errors::new();
    let version = file.get("version").and_then(|version| match version.get_ref() {
        DeValue::Integer(number) => Some((version.span(), number.to_string())),
        _ => None,
    });
    let outputs = match version {
        None => file,
        Some((_, number)) if number == VERSION => match file.get("names").map(Spanned::get_ref) {
            Some(DeValue::Table(outputs)) => outputs,
            _ => return (Vec::new(), errors),
        },
        Some((range, number)) => {
            errors.push((
                range,
                format!("version {number} is not supported; the latest is {VERSION}"),
            ));
            return (Vec::new(), errors);
        }
    };
    let is_version_1 = std::ptr::eq(outputs, file);
    let mut lines = Vec::new();
    for (output, kinds) in outputs {
        let DeValue::Table(kinds) = kinds.get_ref() else {
            errors.push((kinds.span(), "expected a table for each output".to_owned()));
            continue;
        };
        for (table, names) in kinds {
            if is_version_1 && RETIRED_TABLES.contains(&table.get_ref().as_ref()) {
                continue;
            }
            let kind = NameKind::ALL
                .into_iter()
                .find(|kind| kind.table() == table.get_ref());
            let (Some(kind), DeValue::Table(names)) = (kind, names.get_ref()) else {
                let tables = NameKind::ALL.map(NameKind::table).join("`, `");
                errors.push((table.span(), format!("expected one of the tables `{tables}`")));
                continue;
            };
            for (key, value) in names {
                let key = match key.get_ref() {
                    key if is_version_1 => from_version_1(kind, key),
                    key => key.to_string(),
                };
                let line = entry(value).map(|(entry, span)| Line {
                    output: output.get_ref(),
                    kind,
                    key,
                    entry,
                    span,
                });
                line.map_or_else(|error| errors.push(error), |line| lines.push(line));
            }
        }
    }
    (lines, errors)
}

/// A name with its place: `"body"` or `{ name = "body", position = 10 }`.
fn entry(value: &Spanned<DeValue<'_>>) -> Result<(LockedName, Range<usize>), (Range<usize>, String)> {
    let error = |message: &str| (value.span(), message.to_owned());
    let (name, position) = match value.get_ref() {
        DeValue::Table(members) => {
            let name = members
                .get("name")
                .ok_or_else(|| error("expected a member `name`"))?;
            let position = members.get("position").map(|position| match position.get_ref() {
                DeValue::Integer(number) => number.to_string().parse().ok(),
                _ => None,
            });
            let position = match position {
                Some(None) => return Err(error("expected a positive integer as `position`")),
                Some(position) => position,
                None => None,
            };
            (name, position)
        }
        _ => (value, None),
    };
    match name.get_ref() {
        DeValue::String(text) => {
            let entry = LockedName {
                name: text.to_string(),
                position,
            };
            Ok((entry, name.span()))
        }
        _ => Err(error("expected a name")),
    }
}

/// A TOML key: bare (without quotes) where TOML allows that, else in quotes.
struct TomlKey<'t>(&'t str);

impl fmt::Display for TomlKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !self.0.is_empty() && self.0.bytes().all(allowed) {
            return f.write_str(self.0);
        }
        TomlString(self.0).fmt(f)
    }
}

/// A string in TOML, always on one line.
struct TomlString<'t>(&'t str);

impl fmt::Display for TomlString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

/// Replaces escapes such as `\u{307}`, which files of version 1 have for combining characters, by those of TOML.
fn with_toml_escapes(text: &str) -> Cow<'_, str> {
    let mut parts = text.split("\\u{");
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((digits, rest))
                if digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
            {
                let _ = write!(replaced, "\\U{digits:0>8}{rest}");
            }
            _ => {
                replaced.push_str("\\u{");
                replaced.push_str(part);
            }
        }
    }
    if replaced == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(replaced)
    }
}

/// The conflict markers that git leaves in a file.
fn conflict_markers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let line_text = line.trim_end();
        if line_text.starts_with("<<<<<<< ") || line_text == "=======" || line_text.starts_with(">>>>>>> ") {
            found.push(start..start + line_text.len());
        }
        start += line.len();
    }
    found
}

/// Why a name cannot be used for this kind of item; `None` if it can.
fn invalid_name(kind: NameKind, name: &str) -> Option<&'static str> {
    let is_identifier = syn::parse_str::<syn::Ident>(name).is_ok() && name != "_";
    match kind {
        NameKind::Codes | NameKind::Errors | NameKind::Variants
            if !is_identifier || !name.starts_with(char::is_uppercase) || name == "Self" =>
        {
            Some("it is not a valid name of a variant")
        }
        // Some scripts have no capitals.
        NameKind::Headers | NameKind::Types
            if !is_identifier
                || name.starts_with(|c: char| !c.is_alphabetic() || c.is_lowercase())
                || name == "Self" =>
        {
            Some("it is not a valid name of a type")
        }
        NameKind::Members if !is_identifier => Some("it is not a valid name of a field or a variant"),
        NameKind::Arguments | NameKind::Client | NameKind::Operations | NameKind::Servers
            if !is_identifier || name.contains(char::is_uppercase) =>
        {
            Some("it is not a valid name of a method")
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
    fn names_with_combining_characters_are_written_and_read() {
        // The old way of writing them, in a file of version 1.
        let (old, findings) = read("[a.members]\n\"File.x\" = \"i\\u{307}stanbul\"\n");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(
            old.of("a").get(NameKind::Members, "File.x"),
            Some("i\u{307}stanbul")
        );
        let (new, findings) = read(&old.to_string());
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(new, old);
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let lines = r#"
[names.a.codes]
9 = "Nine"
10 = "Ten"
A-B = "AB"
"a.b\u0009" = "Dotted"

[names.a.members]
"Pet.id" = { name = "id", position = 10 }
"Pet.name" = "name"

[names.version.types]
"Pet (sent)" = "NewPet"
"#;
        let text = format!("{HEADER}{lines}");
        let (lock, findings) = read(&text);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(lock.to_string(), text);
        assert_eq!(lock.of("a").get(NameKind::Codes, "a.b\t"), Some("Dotted"));
        assert_eq!(lock.of("version").get(NameKind::Codes, "a.b\t"), None);
        assert_eq!(
            lock.of("version").get(NameKind::Types, "Pet (sent)"),
            Some("NewPet")
        );
    }

    #[test]
    fn version_1_is_read() {
        let (lock, findings) = read(
            "[a.operations]\n\"/paths/~1pets/get\" = \"list_pets\"\n[a.spellings]\nfields = \"foo_bar\"\n[a.types]\n\"/components/schemas/Pets/items (sent)\" = \"NewPet\"\n",
        );
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(
            lock.of("a").get(NameKind::Operations, "GET /pets"),
            Some("list_pets")
        );
        assert_eq!(lock.of("a").get(NameKind::Types, "Pets[] (sent)"), Some("NewPet"));
    }

    #[test]
    fn a_line_that_cannot_be_used_is_an_error() {
        let text = r#"version = 2
[names.a.codes]
1 = "one"
2 = "Two"
3 = "Two"
4 = 5
5 = { position = 1 }
6 = { name = "Six", position = -1 }
[names.a.operations]
"GET /a" = "getA"
[names.a.types]
A = "Two"
B = "two"
[names.a.spellings]
[names]
b = 1
"#;
        insta::assert_snapshot!(read(text).1.join("\n"), @r"
        codegen.lock:6:5: the lock file cannot be read: expected a name
        codegen.lock:7:5: the lock file cannot be read: expected a member `name`
        codegen.lock:8:5: the lock file cannot be read: expected a positive integer as `position`
        codegen.lock:14:10: the lock file cannot be read: expected one of the tables `arguments`, `client`, `codes`, `errors`, `headers`, `members`, `operations`, `servers`, `types`, `variants`
        codegen.lock:16:5: the lock file cannot be read: expected a table for each output
        codegen.lock:3:5: `one` cannot be the name of `1`: it is not a valid name of a variant
        codegen.lock:5:5: `Two` cannot be the name of `3`: it is the name of `2`
        codegen.lock:10:12: `getA` cannot be the name of `GET /a`: it is not a valid name of a method
        codegen.lock:13:5: `two` cannot be the name of `B`: it is not a valid name of a type
        ");
        assert_eq!(
            read("version = 3\n[a.codes]\n1 = \"One\"\n").1,
            ["codegen.lock:1:11: the lock file cannot be read: version 3 is not supported; the latest is 2"]
        );
        assert_eq!(read("a = 1\n[").1.len(), 2);
    }

    #[test]
    fn conflict_markers_are_the_only_findings() {
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
