//! Writes output files to a folder. Either the whole folder is updated, or it stays unchanged.
//!
//! A list inside the folder ([`LIST`]) names the files that this tool wrote. A file that is not on the list is
//! never deleted, and it is replaced only with [`Foreign::Overwrite`]. The generator owns all of `src/`: another
//! file there is reported.

mod compare;
mod state;

pub use compare::{Difference, Differences, check};

use crate::load::FileError;
use crate::render::OutputFile;
use state::FolderState;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

/// The file that lists the files written into a folder, one path per line.
pub const LIST: &str = ".pingback-codegen";

const LIST_HEAD: &str = "# The files that pingback-codegen wrote here. It deletes and replaces no others.\n";

/// How many paths an error message lists before "and ... more".
const MAX_PATHS_SHOWN: usize = 20;

/// How to treat an existing file at the path of an output file that is not on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Write nothing and return [`WriteError::Foreign`].
    Refuse,
    /// Replace it.
    Overwrite,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file could not be read, written or moved.
    #[error(transparent)]
    File(#[from] FileError),
    /// There are files that the tool did not write at the paths of output files, or in `src/`.
    #[error("{}", foreign_message(folder, paths))]
    Foreign {
        /// The output's folder.
        folder: PathBuf,
        /// The files, relative to it.
        paths: Vec<String>,
    },
    /// A path of the output is outside of the folder.
    #[error("the output names the file {0:?}, which is not inside its folder")]
    Outside(String),
}

fn foreign_message(folder: &Path, paths: &[String]) -> String {
    let mut text = format!(
        "{} holds files that pingback-codegen did not write:\n",
        folder.display()
    );
    for path in paths.iter().take(MAX_PATHS_SHOWN) {
        let _ = writeln!(text, "  {path}");
    }
    if paths.len() > MAX_PATHS_SHOWN {
        let _ = writeln!(text, "  and {} more", paths.len() - MAX_PATHS_SHOWN);
    }
    text.push_str(
        "move them elsewhere, choose another folder, or give --force to replace output files among them",
    );
    text
}

/// What [`write()`] changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed, without [`LIST`].
    pub changed: Vec<String>,
    /// Files that were deleted, since the output no longer has them.
    pub removed: Vec<String>,
    /// The number of files that already had the generated text.
    pub unchanged: usize,
}

/// Writes `files` to `folder` and deletes the files that the output no longer has. If a step fails, the folder stays as it was. A file whose text does not change
/// keeps its modification time, so that Cargo rebuilds nothing for it.
///
/// # Errors
/// If there are foreign files at the paths of output files or in `src/`, or a file cannot be read, written or moved.
pub fn write(folder: &Path, files: &[OutputFile], foreign: Foreign) -> Result<Written, WriteError> {
    let files = with_list(files)?;
    let state = FolderState::read(folder, &files)?;
    if foreign == Foreign::Refuse && !(state.unlisted.is_empty() && state.foreign.is_empty()) {
        return Err(WriteError::Foreign {
            folder: folder.to_owned(),
            paths: state.unlisted.into_iter().chain(state.foreign).collect(),
        });
    }
    let changed = state.stale.iter().map(|file| file.path.clone());
    let changed: Vec<String> = changed.filter(|path| path != LIST).collect();
    let written = Written {
        // The list itself is not counted.
        unchanged: files.len() - 1 - changed.len(),
        changed,
        removed: state.orphaned.clone(),
    };
    if !(state.stale.is_empty() && state.orphaned.is_empty()) {
        replace(folder, &state)?;
    }
    Ok(written)
}

/// Writes the stale files into a folder beside `folder`, then moves old files out and new files in. The only
/// steps that change `folder` are renames within one file system, and they are undone if one of them fails.
fn replace(folder: &Path, state: &FolderState<'_>) -> Result<(), FileError> {
    let parent = match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => folder,
    };
    std::fs::create_dir_all(parent).map_err(FileError::new("create", parent))?;
    // The temporary folder is private; the folders and files created inside it have the usual mode.
    let temporary = tempfile::Builder::new()
        .prefix(".pingback-codegen-")
        .tempdir_in(parent)
        .map_err(FileError::new("create a folder in", parent))?;
    let (new, old) = (temporary.path().join("new"), temporary.path().join("old"));
    for file in &state.stale {
        let path = new.join(&file.path);
        create_parent(&path)?;
        std::fs::write(&path, &file.text).map_err(FileError::new("write", &path))?;
    }
    if !folder.exists() {
        return std::fs::rename(&new, folder).map_err(FileError::new("create", folder));
    }
    let mut moves = Moves::default();
    if let Err(error) = moves.swap(folder, &new, &old, state) {
        moves.undo();
        return Err(error);
    }
    remove_empty_folders(folder, &state.orphaned);
    Ok(())
}

/// The files, and [`LIST`] with their paths.
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

/// Is the path relative, without `..`?
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

/// The renames made so far, as (from, to).
#[derive(Default)]
struct Moves(Vec<(PathBuf, PathBuf)>);

impl Moves {
    /// Moves stale and orphaned files from `folder` to `old`, and stale files from `new` to `folder`. A replaced
    /// file keeps its permissions.
    fn swap(
        &mut self,
        folder: &Path,
        new: &Path,
        old: &Path,
        state: &FolderState<'_>,
    ) -> Result<(), FileError> {
        let stale_paths = state.stale.iter().map(|file| file.path.as_str());
        for path in stale_paths
            .clone()
            .chain(state.orphaned.iter().map(String::as_str))
        {
            let present = folder.join(path);
            let Ok(metadata) = std::fs::metadata(&present) else {
                continue;
            };
            let replacement = new.join(path);
            if replacement.exists() {
                std::fs::set_permissions(&replacement, metadata.permissions())
                    .map_err(FileError::new("set the mode of", &replacement))?;
            }
            self.rename(&present, &old.join(path))?;
        }
        for path in stale_paths {
            self.rename(&new.join(path), &folder.join(path))?;
        }
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), FileError> {
        create_parent(to)?;
        std::fs::rename(from, to).map_err(FileError::new("replace", to))?;
        self.0.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Undoes the renames, last first. An error here is ignored: the caller reports the first one.
    fn undo(&self) {
        for (from, to) in self.0.iter().rev() {
            let _ = std::fs::rename(to, from);
        }
    }
}

/// Removes the folders that only held orphaned files. `remove_dir` refuses a folder that is not empty.
fn remove_empty_folders(folder: &Path, orphaned: &[String]) {
    for path in orphaned {
        for parent in Path::new(path).ancestors().skip(1) {
            if parent.as_os_str().is_empty() || std::fs::remove_dir(folder.join(parent)).is_err() {
                break;
            }
        }
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
    fn unchanged_files_are_not_touched_and_orphaned_ones_are_deleted() {
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
    fn paths_outside_of_the_folder_are_never_deleted() {
        let (scratch, out) = folder();
        write(&out, &files(&[("src/a.rs", "a")]), Foreign::Refuse).expect("written");
        let precious = scratch.path().join("deep/precious");
        fs::write(&precious, "").expect("written");
        fs::write(out.join(LIST), format!("../precious\n{}\n", precious.display())).expect("written");
        write(&out, &files(&[("src/b.rs", "b")]), Foreign::Overwrite).expect("written");
        assert!(precious.exists());
    }

    /// Writes `a.rs` and `b.rs`, then expects `second` to fail and both files to be as before.
    fn fails_and_keeps_the_old_output(prepare: impl FnOnce(&Path), second: &[(&str, &str)]) {
        let (scratch, out) = folder();
        write(
            &out,
            &files(&[("src/a.rs", "a"), ("src/b.rs", "b")]),
            Foreign::Refuse,
        )
        .expect("written");
        prepare(&out);
        let error = write(&out, &files(second), Foreign::Overwrite);
        assert!(matches!(error, Err(WriteError::File(_))), "{error:?}");
        assert_eq!(fs::read_to_string(out.join("src/a.rs")).expect("there"), "a");
        assert_eq!(fs::read_to_string(out.join("src/b.rs")).expect("there"), "b");
        let beside = fs::read_dir(scratch.path().join("deep")).expect("there").count();
        assert_eq!(beside, 1, "the temporary folder is gone");
    }

    #[test]
    fn a_failing_write_keeps_the_old_output() {
        // `x` cannot be both a file and a folder.
        fails_and_keeps_the_old_output(|_| (), &[("src/a.rs", "new"), ("x", ""), ("x/y", "")]);
    }

    #[test]
    fn a_failing_rename_keeps_the_old_output() {
        // There is a folder with content at the path of an output file.
        fails_and_keeps_the_old_output(
            |out| fs::create_dir_all(out.join("z/full")).expect("made"),
            &[("src/a.rs", "new"), ("z", "z")],
        );
    }

    #[test]
    fn a_rename_that_fails_after_a_removal_keeps_the_old_output() {
        // `src/b.rs` is no longer part of the output and is moved away before the last rename fails.
        fails_and_keeps_the_old_output(
            |out| fs::create_dir_all(out.join("src/z/full")).expect("made"),
            &[("src/a.rs", "a"), ("src/z", "z")],
        );
    }

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        let (_scratch, out) = folder();
        for path in ["../x", "/x", "a/../../x", ""] {
            assert!(write(&out, &files(&[(path, "")]), Foreign::Overwrite).is_err());
        }
        assert!(!out.exists());
    }
}
