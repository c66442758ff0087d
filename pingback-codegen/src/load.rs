//! Reads the files that a configuration or a command line names. Does not interpret OpenAPI documents or error pages.

use crate::config::{self, CatalogueFile, Config, OutputConfig};
use crate::diagnostic::Diagnostics;
use crate::generate::{CatalogueText, Input, Inputs, ReferencedFile};
use crate::names::Lock;
use crate::read::files::referenced_files;
use crate::source::Sources;
use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

/// A file that cannot be read or written, and why.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {error}", path.display())]
pub struct FileError {
    /// The action that failed, such as `read`.
    pub action: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// The error of the operating system.
    #[source]
    pub error: std::io::Error,
}

impl FileError {
    /// Returns a function that adds the action and the path to an I/O error.
    pub(crate) fn new(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self { action, path, error }
    }
}

/// A configuration file and its lock file.
#[derive(Debug, Clone)]
pub struct LoadedConfig {
    /// The configuration.
    pub config: Config,
    /// Mistakes in both files.
    pub diagnostics: Diagnostics,
    /// The texts of both files.
    pub sources: Sources,
    /// The names that earlier runs assigned, for all outputs.
    pub lock: Lock,
}

/// The lock file of a configuration: `codegen.lock` beside `codegen.toml`.
#[must_use]
pub fn lock_path(config: &Path) -> PathBuf {
    config.with_extension("lock")
}

/// Reads a lock file. A file that does not exist is an empty lock.
///
/// # Errors
/// If the file exists but cannot be read. Mistakes in its text are reported as diagnostics.
pub fn load_lock(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Lock, FileError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Lock::default()),
        Err(error) => return Err(FileError::new("read", path)(error)),
    };
    let source = sources.add(display_name(path), String::from_utf8_lossy(&bytes));
    Ok(Lock::read(source, sources, diagnostics))
}

/// The name of a file in messages: relative to the current folder if it is inside.
fn display_name(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

/// Reads a `codegen.toml` and the lock file beside it.
///
/// # Errors
/// If the file cannot be read. Mistakes in its text are reported as diagnostics.
pub fn load_config(path: &Path) -> Result<LoadedConfig, FileError> {
    let bytes = std::fs::read(path).map_err(FileError::new("read", path))?;
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add(display_name(path), String::from_utf8_lossy(&bytes));
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut config = config::read(source, folder, &sources, &mut diagnostics);
    let lock = load_lock(&lock_path(path), &mut sources, &mut diagnostics)?;
    for output in &mut config.outputs {
        output.config = Some(path.to_owned());
        output.options.lock = Some(lock.clone());
    }
    Ok(LoadedConfig {
        config,
        diagnostics,
        sources,
        lock,
    })
}

/// Reads the inputs of one output.
///
/// # Errors
/// One for each file that cannot be read.
pub fn load_inputs(output: &OutputConfig) -> Result<Inputs, Vec<FileError>> {
    let mut errors = Vec::new();
    let mut load = |path: &Path| match std::fs::read(path) {
        Ok(bytes) => Some(Input {
            name: display_name(path),
            bytes,
        }),
        Err(error) => {
            errors.push(FileError::new("read", path)(error));
            None
        }
    };
    let spec = output.spec.as_deref().and_then(&mut load);
    let overlays: Vec<Input> = output.overlays.iter().filter_map(|path| load(path)).collect();
    let files = match (&output.spec, &spec) {
        (Some(path), Some(spec)) => other_files(path, spec, &overlays, output.allow_outside),
        _ => Vec::new(),
    };
    let inputs = Inputs {
        config: output.config.as_deref().and_then(&mut load),
        spec,
        files,
        overlays,
        errors: output
            .errors
            .iter()
            .filter_map(|CatalogueFile { path, form }| {
                Some(CatalogueText {
                    input: load(path)?,
                    form: *form,
                })
            })
            .collect(),
        options: output.options.clone(),
    };
    if errors.is_empty() {
        Ok(inputs)
    } else {
        Err(errors)
    }
}

/// The most files that are read for one document; a bound against endless references.
const MAX_FILES: usize = 10_000;

/// Reads the files that a document refers to, and those that they refer to. Without `allow_outside` they must be
/// inside the document's folder: a document from an untrusted source must not reveal other files of this disk.
fn other_files(path: &Path, spec: &Input, overlays: &[Input], allow_outside: bool) -> Vec<ReferencedFile> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let own = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut queue: VecDeque<String> = VecDeque::new();
    for input in std::iter::once(spec).chain(overlays) {
        queue.extend(referenced_files(&String::from_utf8_lossy(&input.bytes), &own));
    }
    let mut seen = HashSet::from([own]);
    let mut files = Vec::new();
    while let Some(path) = queue.pop_front() {
        if files.len() >= MAX_FILES || !seen.insert(path.clone()) {
            continue;
        }
        let input = other_file(folder, &path, allow_outside);
        if let Ok(input) = &input {
            queue.extend(referenced_files(&String::from_utf8_lossy(&input.bytes), &path));
        }
        files.push(ReferencedFile { path, input });
    }
    files
}

fn other_file(folder: &Path, path: &str, allow_outside: bool) -> Result<Input, String> {
    const OUTSIDE: &str = "the file is outside the document's folder; `allow-outside` permits that";
    let outside = path == ".." || path.starts_with("../") || path.starts_with('/');
    if outside && !allow_outside {
        return Err(OUTSIDE.to_owned());
    }
    let full = folder.join(path);
    let why = |error: std::io::Error| format!("{}: {error}", full.display());
    if !allow_outside {
        // A symbolic link can lead outside as well.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let folder = folder.canonicalize().map_err(why)?;
        if !full.canonicalize().map_err(why)?.starts_with(folder) {
            return Err(OUTSIDE.to_owned());
        }
    }
    Ok(Input {
        name: display_name(&full),
        bytes: std::fs::read(&full).map_err(why)?,
    })
}

/// The input files of an output, without the files that they refer to.
pub fn input_paths(output: &OutputConfig) -> impl Iterator<Item = &Path> {
    let catalogues = output.errors.iter().map(|catalogue| catalogue.path.as_path());
    let overlays = output.overlays.iter().map(PathBuf::as_path);
    output
        .spec
        .as_deref()
        .into_iter()
        .chain(overlays)
        .chain(catalogues)
}
