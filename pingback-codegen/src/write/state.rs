//! Compares a folder on disk with the files that it should hold.

use super::{LIST, is_inside};
use crate::load::FileError;
use crate::render::OutputFile;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

/// The difference between a folder and the files that it should hold.
pub(super) struct FolderState<'f> {
    /// Output files that are missing or have another text.
    pub(super) stale: Vec<&'f OutputFile>,
    /// Listed files that are no longer part of the output.
    pub(super) orphaned: Vec<String>,
    /// Files that would be replaced, but are not listed.
    pub(super) unlisted: Vec<String>,
    /// Files under `src/` that are neither listed nor part of the output.
    pub(super) foreign: Vec<String>,
}

impl<'f> FolderState<'f> {
    pub(super) fn read(folder: &Path, files: &'f [OutputFile]) -> Result<Self, FileError> {
        let expected: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let list = text_of(&folder.join(LIST))?.unwrap_or_default();
        let listed: BTreeSet<&str> = list
            .lines()
            .filter(|line| !line.starts_with('#') && is_inside(line))
            .chain([LIST])
            .collect();
        let mut stale = Vec::new();
        let mut unlisted = Vec::new();
        for file in files {
            let present = bytes_of(&folder.join(&file.path))?;
            if present.as_deref() == Some(file.text.as_bytes()) {
                continue;
            }
            if present.is_some() && !listed.contains(file.path.as_str()) {
                unlisted.push(file.path.clone());
            }
            stale.push(file);
        }
        let mut orphaned = Vec::new();
        for path in listed.difference(&expected) {
            if bytes_of(&folder.join(path))?.is_some() {
                orphaned.push((*path).to_owned());
            }
        }
        let mut foreign = Vec::new();
        files_below(folder, "src", &mut |path| {
            if !expected.contains(path.as_str()) && !listed.contains(path.as_str()) {
                foreign.push(path);
            }
        })?;
        Ok(Self {
            stale,
            orphaned,
            unlisted,
            foreign,
        })
    }
}

/// The bytes of a file; `None` if it does not exist.
fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(FileError::new("read", path)(error)),
    }
}

pub(super) fn text_of(path: &Path) -> Result<Option<String>, FileError> {
    Ok(bytes_of(path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Calls `visit` with each file below a folder, in the order of their paths, which have `/` between their parts. Links
/// are not followed.
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
