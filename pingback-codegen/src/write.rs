//! Files in, a folder out, whole or not at all. Knows nothing of what the files hold.
//!
//! Which files are its own stands in a list inside the folder ([`LIST`]). A file that is not on the list is
//! never deleted, and overwritten only by [`Foreign::Overwrite`]. `src/` belongs to the generator as a whole:
//! a file there that is not part of the output is a mistake that is reported.

use crate::load::FileError;
use crate::render::OutputFile;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The file that lists what was written into a folder, one path a line.
pub const LIST: &str = ".pingback-codegen";

const LIST_HEAD: &str = "# The files that pingback-codegen wrote here. It deletes and replaces no others.\n";

/// What to do with a file that stands where one of the output belongs and that this tool did not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Leave everything as it is, and say so.
    Refuse,
    /// Replace it.
    Overwrite,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk or its permissions.
    #[error(transparent)]
    File(#[from] FileError),
    /// Files that the tool did not write are in the way.
    #[error("{}", foreign_message(folder, paths))]
    Foreign {
        /// The output's folder.
        folder: PathBuf,
        /// The files, relative to it.
        paths: Vec<String>,
    },
    /// A path of the output leads out of the folder.
    #[error("the output names the file {0:?}, which is not inside its folder")]
    Outside(String),
}

fn foreign_message(folder: &Path, paths: &[String]) -> String {
    let mut text = format!(
        "{} holds files that pingback-codegen did not write:\n",
        folder.display()
    );
    for path in paths.iter().take(SHOWN) {
        let _ = writeln!(text, "  {path}");
    }
    if paths.len() > SHOWN {
        let _ = writeln!(text, "  and {} more", paths.len() - SHOWN);
    }
    text.push_str("move them elsewhere or choose another folder; --force replaces those that are in the way");
    text
}

/// How many paths or lines of a difference are shown before "and ... more".
const SHOWN: usize = 20;

/// What [`write()`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed; the list of files is not counted here.
    pub changed: Vec<String>,
    /// Files that were deleted since the output no longer has them.
    pub removed: Vec<String>,
    /// How many were left alone since they already held the right text.
    pub unchanged: usize,
}

/// Makes `folder` hold `files`. If anything goes wrong, what was there before is there afterwards; files whose
/// text does not change keep their time of change, so that nothing is rebuilt for them.
///
/// # Errors
/// If files that are not the tool's own are in the way, or the disk refuses.
pub fn write(folder: &Path, files: &[OutputFile], foreign: Foreign) -> Result<Written, WriteError> {
    let files = with_list(files)?;
    let found = Found::read(folder, &files)?;
    if foreign == Foreign::Refuse && !(found.in_the_way.is_empty() && found.strangers.is_empty()) {
        let paths = found.in_the_way.iter().chain(&found.strangers).cloned();
        return Err(WriteError::Foreign {
            folder: folder.to_owned(),
            paths: paths.collect(),
        });
    }
    let changed = found.stale.iter().map(|file| file.path.clone());
    let changed: Vec<String> = changed.filter(|path| path != LIST).collect();
    let written = Written {
        // One of the files is the list.
        unchanged: files.len() - 1 - changed.len(),
        changed,
        removed: found.orphans.clone(),
    };
    if found.stale.is_empty() && found.orphans.is_empty() {
        return Ok(written);
    }

    let parent = match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => folder,
    };
    std::fs::create_dir_all(parent).map_err(FileError::new("create", parent))?;
    // Beside the folder, so that what is in it can be renamed into place. It is for its owner's eyes only,
    // as temporary folders are; what is made inside it has the usual mode.
    let stage = tempfile::Builder::new()
        .prefix(".pingback-codegen-")
        .tempdir_in(parent)
        .map_err(FileError::new("create a folder in", parent))?;
    let (new, old) = (stage.path().join("new"), stage.path().join("old"));
    for file in &found.stale {
        let path = new.join(&file.path);
        create_parent(&path)?;
        std::fs::write(&path, &file.text).map_err(FileError::new("write", &path))?;
    }

    if !folder.exists() {
        std::fs::rename(&new, folder).map_err(FileError::new("create", folder))?;
        return Ok(written);
    }
    let mut done = Moves::default();
    let moved = done.all(folder, &new, &old, &found);
    if let Err(error) = moved {
        done.undo();
        return Err(error.into());
    }
    remove_empty_folders(folder, &found.orphans);
    Ok(written)
}

/// The files and the list of them.
fn with_list(files: &[OutputFile]) -> Result<Vec<OutputFile>, WriteError> {
    let mut list = LIST_HEAD.to_owned();
    for file in files {
        if !is_inside(&file.path) {
            return Err(WriteError::Outside(file.path.clone()));
        }
        list.push_str(&file.path);
        list.push('\n');
    }
    let mut files = files.to_vec();
    files.push(OutputFile {
        path: LIST.to_owned(),
        text: list,
    });
    Ok(files)
}

/// A relative path that goes downwards only.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
}

fn create_parent(path: &Path) -> Result<(), FileError> {
    path.parent().map_or(Ok(()), |parent| {
        std::fs::create_dir_all(parent).map_err(FileError::new("create", parent))
    })
}

/// How a folder compares with what it should hold.
struct Found<'f> {
    /// Files whose text is missing or another.
    stale: Vec<&'f OutputFile>,
    /// Listed files that are no longer part of the output.
    orphans: Vec<String>,
    /// Files that would be overwritten and are not listed.
    in_the_way: Vec<String>,
    /// Files under `src/` that are neither listed nor part of the output.
    strangers: Vec<String>,
}

impl<'f> Found<'f> {
    fn read(folder: &Path, files: &'f [OutputFile]) -> Result<Self, FileError> {
        let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let list = text_of(&folder.join(LIST))?.unwrap_or_default();
        let listed: BTreeSet<&str> = list
            .lines()
            .filter(|line| !line.starts_with('#') && is_inside(line))
            .chain([LIST])
            .collect();
        let mut stale = Vec::new();
        let mut in_the_way = Vec::new();
        for file in files {
            let present = bytes_of(&folder.join(&file.path))?;
            if present.as_deref() == Some(file.text.as_bytes()) {
                continue;
            }
            if present.is_some() && !listed.contains(file.path.as_str()) {
                in_the_way.push(file.path.clone());
            }
            stale.push(file);
        }
        let mut orphans = Vec::new();
        for path in listed.difference(&wanted) {
            if bytes_of(&folder.join(path))?.is_some() {
                orphans.push((*path).to_owned());
            }
        }
        let mut strangers = Vec::new();
        files_below(folder, "src", &mut |path| {
            if !wanted.contains(path.as_str()) && !listed.contains(path.as_str()) {
                strangers.push(path);
            }
        })?;
        Ok(Self {
            stale,
            orphans,
            in_the_way,
            strangers,
        })
    }
}

/// What a file holds; `None` if there is none.
fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(FileError::new("read", path)(error)),
    }
}

fn text_of(path: &Path) -> Result<Option<String>, FileError> {
    Ok(bytes_of(path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Gives all files below a folder, links not followed, with `/` in their paths, sorted.
fn files_below(root: &Path, start: &str, visit: &mut dyn FnMut(String)) -> Result<(), FileError> {
    let mut folders = vec![start.to_owned()];
    while let Some(folder) = folders.pop() {
        let path = root.join(&folder);
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            Err(error) => return Err(FileError::new("read", &path)(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(FileError::new("read", &path))?;
            let kind = entry.file_type().map_err(FileError::new("read", &entry.path()))?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            names.push((name, kind.is_dir()));
        }
        names.sort();
        for (name, is_folder) in names {
            if is_folder {
                folders.push(name);
            } else {
                visit(name);
            }
        }
    }
    Ok(())
}

/// The renames that were made, so that they can be taken back.
#[derive(Default)]
struct Moves {
    list: Vec<(PathBuf, PathBuf)>,
}

impl Moves {
    fn all(&mut self, folder: &Path, new: &Path, old: &Path, found: &Found<'_>) -> Result<(), FileError> {
        let stale = found.stale.iter().map(|file| file.path.as_str());
        for path in stale.clone().chain(found.orphans.iter().map(String::as_str)) {
            let present = folder.join(path);
            let Ok(metadata) = std::fs::metadata(&present) else {
                continue;
            };
            let kept = new.join(path);
            if kept.exists() {
                std::fs::set_permissions(&kept, metadata.permissions())
                    .map_err(FileError::new("set the mode of", &kept))?;
            }
            self.one(&present, &old.join(path))?;
        }
        for path in stale {
            self.one(&new.join(path), &folder.join(path))?;
        }
        Ok(())
    }

    fn one(&mut self, from: &Path, to: &Path) -> Result<(), FileError> {
        create_parent(to)?;
        std::fs::rename(from, to).map_err(FileError::new("replace", to))?;
        self.list.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Takes back what was done, the last first. What the system refuses here cannot be mended.
    fn undo(&self) {
        for (from, to) in self.list.iter().rev() {
            let _ = std::fs::rename(to, from);
        }
    }
}

/// Folders that held only orphans go with them; `remove_dir` refuses those that are not empty.
fn remove_empty_folders(folder: &Path, orphans: &[String]) {
    for orphan in orphans {
        for parent in Path::new(orphan).ancestors().skip(1) {
            if parent.as_os_str().is_empty() || std::fs::remove_dir(folder.join(parent)).is_err() {
                break;
            }
        }
    }
}

/// One way in which a folder is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A file that is not there.
    Missing(String),
    /// A file with another text.
    Stale {
        /// Its path.
        path: String,
        /// A unified diff from what is there to what should be.
        diff: String,
    },
    /// A file that was written once and is no longer part of the output.
    Orphaned(String),
    /// A file under `src/` that the tool did not write.
    Foreign(String),
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// By kind and path.
    pub list: Vec<Difference>,
}

impl Differences {
    /// Is everything as it should be?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Compares a folder with what it should hold. Changes nothing.
///
/// # Errors
/// If the folder cannot be read.
pub fn check(folder: &Path, files: &[OutputFile]) -> Result<Differences, WriteError> {
    let files = with_list(files)?;
    let found = Found::read(folder, &files)?;
    let mut list = Vec::new();
    // The list of files differs whenever a file is missing or orphaned, so it is looked at last.
    let (lists, files): (Vec<_>, Vec<_>) = found.stale.iter().partition(|file| file.path == LIST);
    for file in files {
        list.push(difference(folder, file)?);
    }
    list.extend(found.orphans.into_iter().map(Difference::Orphaned));
    list.extend(found.strangers.into_iter().map(Difference::Foreign));
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

/// How many lines of one file's diff are shown.
const DIFF_LINES: usize = 60;

fn diff(path: &str, present: &str, wanted: &str) -> String {
    let diff = similar::TextDiff::configure()
        .timeout(std::time::Duration::from_secs(2))
        .diff_lines(present, wanted);
    let text = diff
        .unified_diff()
        .context_radius(3)
        .header(&format!("{path} (as it is)"), &format!("{path} (as generated)"))
        .to_string();
    let lines = text.lines().count();
    if lines <= DIFF_LINES {
        return text;
    }
    let mut short: String = text
        .lines()
        .take(DIFF_LINES)
        .flat_map(|line| [line, "\n"])
        .collect();
    let _ = writeln!(short, "... and {} lines more", lines - DIFF_LINES);
    short
}

impl std::fmt::Display for Differences {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for difference in self.list.iter().take(SHOWN) {
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
        if self.list.len() > SHOWN {
            writeln!(f, "and {} more files", self.list.len() - SHOWN)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn files(list: &[(&str, &str)]) -> Vec<OutputFile> {
        list.iter()
            .map(|(path, text)| OutputFile {
                path: (*path).to_owned(),
                text: (*text).to_owned(),
            })
            .collect()
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let folder = scratch.path().join("deep/out");
        (scratch, folder)
    }

    #[test]
    fn a_new_folder_holds_the_files_with_the_usual_mode() {
        let (scratch, out) = folder();
        let written = write(
            &out,
            &files(&[("Cargo.toml", "a"), ("src/lib.rs", "b")]),
            Foreign::Refuse,
        )
        .expect("written");
        assert_eq!(written.changed, ["Cargo.toml", "src/lib.rs"]);
        assert_eq!(fs::read_to_string(out.join("src/lib.rs")).expect("there"), "b");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let plain = scratch.path().join("plain");
            fs::write(&plain, "").expect("written");
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
            assert_eq!(mode(&out.join("src/lib.rs")), mode(&plain));
            assert_eq!(mode(&out), mode(&scratch.path().join("deep")));
        }
        assert_eq!(
            fs::read_dir(scratch.path().join("deep")).expect("there").count(),
            1
        );
    }

    #[test]
    fn unchanged_files_are_not_touched_and_old_ones_go() {
        let (_scratch, out) = folder();
        write(
            &out,
            &files(&[("src/a.rs", "a"), ("src/old/b.rs", "b")]),
            Foreign::Refuse,
        )
        .expect("written");
        fs::create_dir(out.join("target")).expect("made");
        fs::write(out.join("target/mine"), "").expect("written");
        let time = |path: &str| {
            fs::metadata(out.join(path))
                .expect("there")
                .modified()
                .expect("known")
        };
        let before = time("src/a.rs");
        let written = write(
            &out,
            &files(&[("src/a.rs", "a"), ("src/c.rs", "c")]),
            Foreign::Refuse,
        )
        .expect("written");
        assert_eq!(written.removed, ["src/old/b.rs"]);
        assert_eq!(written.unchanged, 1);
        assert_eq!(time("src/a.rs"), before);
        assert!(!out.join("src/old").exists());
        assert!(out.join("target/mine").exists());
    }

    #[test]
    fn files_of_others_are_neither_overwritten_nor_deleted() {
        let (_scratch, out) = folder();
        fs::create_dir_all(out.join("src")).expect("made");
        fs::write(out.join("src/lib.rs"), "mine").expect("written");
        fs::write(out.join("src/main.rs"), "mine").expect("written");
        let new = files(&[("src/lib.rs", "generated")]);
        let error = write(&out, &new, Foreign::Refuse).expect_err("in the way");
        assert!(
            matches!(&error, WriteError::Foreign { paths, .. } if *paths == ["src/lib.rs", "src/main.rs"]),
            "{error}"
        );
        assert_eq!(fs::read_to_string(out.join("src/lib.rs")).expect("there"), "mine");
        write(&out, &new, Foreign::Overwrite).expect("forced");
        assert_eq!(
            fs::read_to_string(out.join("src/lib.rs")).expect("there"),
            "generated"
        );
        assert!(out.join("src/main.rs").exists());
    }

    #[test]
    fn a_list_that_leads_out_of_the_folder_deletes_nothing() {
        let (scratch, out) = folder();
        write(&out, &files(&[("src/a.rs", "a")]), Foreign::Refuse).expect("written");
        let precious = scratch.path().join("deep/precious");
        fs::write(&precious, "").expect("written");
        fs::write(out.join(LIST), format!("../precious\n{}\n", precious.display())).expect("written");
        write(&out, &files(&[("src/b.rs", "b")]), Foreign::Overwrite).expect("written");
        assert!(precious.exists());
    }

    #[test]
    fn an_output_that_cannot_be_completed_leaves_the_old_one() {
        let (_scratch, out) = folder();
        write(
            &out,
            &files(&[("src/a.rs", "a"), ("src/b.rs", "b")]),
            Foreign::Refuse,
        )
        .expect("written");
        // A folder with something in it stands where a file belongs.
        fs::create_dir_all(out.join("z/full")).expect("made");
        let error = write(
            &out,
            &files(&[("src/a.rs", "new"), ("z", "z")]),
            Foreign::Overwrite,
        );
        assert!(error.is_err());
        assert_eq!(fs::read_to_string(out.join("src/a.rs")).expect("there"), "a");
        assert_eq!(fs::read_to_string(out.join("src/b.rs")).expect("there"), "b");
    }

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        let (_scratch, out) = folder();
        for path in ["../x", "/x", "a/../../x", ""] {
            assert!(write(&out, &files(&[(path, "")]), Foreign::Overwrite).is_err());
        }
        assert!(!out.exists());
    }

    #[test]
    fn a_check_names_what_is_missing_stale_orphaned_and_foreign() {
        let (_scratch, out) = folder();
        write(
            &out,
            &files(&[("src/a.rs", "one\ntwo\nthree\n"), ("src/b.rs", "")]),
            Foreign::Refuse,
        )
        .expect("written");
        fs::write(out.join("src/d.rs"), "").expect("written");
        let wanted = files(&[("src/a.rs", "one\n2\nthree\n"), ("src/c.rs", "")]);
        let differences = check(&out, &wanted).expect("readable");
        insta::assert_snapshot!(differences, @"
        stale: src/a.rs
          --- src/a.rs (as it is)
          +++ src/a.rs (as generated)
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
