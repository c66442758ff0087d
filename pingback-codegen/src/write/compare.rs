//! Compares a folder with the output without changing it, for `--check`.

use super::state::{FolderState, text_of};
use super::{LIST, MAX_PATHS_SHOWN, WriteError, with_list};
use crate::load::FileError;
use crate::render::OutputFile;
use std::fmt::Write as _;
use std::path::Path;

/// A difference between a folder and the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// An output file that does not exist.
    Missing(String),
    /// An output file with another text.
    Stale {
        /// Its path.
        path: String,
        /// A unified diff from the present text to the generated one.
        diff: String,
    },
    /// A file that this tool wrote and that is no longer part of the output.
    Orphaned(String),
    /// A file under `src/` that the tool did not write.
    Foreign(String),
}

/// All differences between a folder and the output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Sorted by kind and path.
    pub list: Vec<Difference>,
}

impl Differences {
    /// Whether the folder contains exactly the output.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Compares a folder with the output. Changes nothing.
///
/// # Errors
/// If the folder cannot be read.
pub fn check(folder: &Path, files: &[OutputFile]) -> Result<Differences, WriteError> {
    let files = with_list(files)?;
    let state = FolderState::read(folder, &files)?;
    let mut list = Vec::new();
    // The list differs whenever a file is missing or orphaned. It is reported only if nothing else is.
    let (lists, files): (Vec<_>, Vec<_>) = state.stale.iter().partition(|file| file.path == LIST);
    for file in files {
        list.push(difference(folder, file)?);
    }
    list.extend(state.orphaned.into_iter().map(Difference::Orphaned));
    list.extend(state.foreign.into_iter().map(Difference::Foreign));
    if list.is_empty() {
        for file in lists {
            list.push(difference(folder, file)?);
        }
    }
    Ok(Differences { list })
}

fn difference(folder: &Path, file: &OutputFile) -> Result<Difference, FileError> {
    let path = file.path.clone();
    Ok(match text_of(&folder.join(&path))? {
        Some(present) => Difference::Stale {
            diff: diff(&path, &present, &file.text),
            path,
        },
        None => Difference::Missing(path),
    })
}

/// How many lines of a diff are shown for one file.
const MAX_DIFF_LINES: usize = 60;

fn diff(path: &str, present: &str, generated: &str) -> String {
    let diff = similar::TextDiff::configure()
        .timeout(std::time::Duration::from_secs(2))
        .diff_lines(present, generated);
    let text = diff
        .unified_diff()
        .context_radius(3)
        .header(&format!("{path} (current)"), &format!("{path} (generated)"))
        .to_string();
    let lines = text.lines().count();
    if lines <= MAX_DIFF_LINES {
        return text;
    }
    let mut short: String = text
        .lines()
        .take(MAX_DIFF_LINES)
        .flat_map(|line| [line, "\n"])
        .collect();
    let _ = writeln!(short, "... and {} more lines", lines - MAX_DIFF_LINES);
    short
}

impl std::fmt::Display for Differences {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for difference in self.list.iter().take(MAX_PATHS_SHOWN) {
            match difference {
                Difference::Missing(path) => writeln!(f, "missing: {path}")?,
                Difference::Orphaned(path) => writeln!(f, "no longer generated: {path}")?,
                Difference::Foreign(path) => {
                    writeln!(f, "not generated: {path} (move it elsewhere or delete it)")?;
                }
                Difference::Stale { path, diff } => {
                    writeln!(f, "stale: {path}")?;
                    for line in diff.lines() {
                        writeln!(f, "  {line}")?;
                    }
                }
            }
        }
        if self.list.len() > MAX_PATHS_SHOWN {
            writeln!(f, "and {} more files", self.list.len() - MAX_PATHS_SHOWN)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{Foreign, write};
    use std::fs;

    fn file(path: &str, text: &str) -> OutputFile {
        OutputFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_check_names_what_is_missing_stale_orphaned_and_foreign() {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let out = scratch.path().join("out");
        write(
            &out,
            &[file("src/a.rs", "one\ntwo\nthree\n"), file("src/b.rs", "")],
            Foreign::Refuse,
        )
        .expect("written");
        fs::write(out.join("src/d.rs"), "").expect("written");
        let wanted = [file("src/a.rs", "one\n2\nthree\n"), file("src/c.rs", "")];
        let differences = check(&out, &wanted).expect("readable");
        insta::assert_snapshot!(differences, @"
        stale: src/a.rs
          --- src/a.rs (current)
          +++ src/a.rs (generated)
          @@ -1,3 +1,3 @@
           one
          -two
          +2
           three
        missing: src/c.rs
        no longer generated: src/b.rs
        not generated: src/d.rs (move it elsewhere or delete it)
        ");
        write(&out, &wanted, Foreign::Overwrite).expect("written");
        fs::remove_file(out.join("src/d.rs")).expect("there");
        assert_eq!(check(&out, &wanted).expect("readable"), Differences::default());
    }
}
