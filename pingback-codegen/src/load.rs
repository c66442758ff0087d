//! Reads the files that a configuration or a command line names. One of the edges: it touches the disk, and
//! knows nothing of what the files mean.

use crate::config::{self, CatalogueFile, Config, OutputConfig};
use crate::diagnostic::Diagnostics;
use crate::generate::{CatalogueText, Input, Inputs, OtherFile};
use crate::names::Lock;
use crate::read::files::referred;
use crate::source::Sources;
use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

/// A file that cannot be read or written, and why.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {error}", path.display())]
pub struct FileError {
    /// What was tried, such as `read`.
    pub action: &'static str,
    /// On which file or folder.
    pub path: PathBuf,
    /// What the system says.
    #[source]
    pub error: std::io::Error,
}

impl FileError {
    /// Makes an error's place and purpose known.
    pub(crate) fn new(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self { action, path, error }
    }
}

/// A configuration file, read.
#[derive(Debug, Clone)]
pub struct LoadedConfig {
    /// What it says.
    pub config: Config,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    /// Its text, and that of the lock file.
    pub sources: Sources,
    /// The names that error codes have already, which every output knows as well.
    pub lock: Lock,
}

/// The file beside a configuration that keeps the names of error codes: `codegen.lock` for `codegen.toml`.
#[must_use]
pub fn lock_path(config: &Path) -> PathBuf {
    config.with_extension("lock")
}

/// Reads a lock file; one that isn't there has no names yet.
///
/// # Errors
/// If there is one and it cannot be read; what is wrong inside it are diagnostics.
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
    let source = sources.add(shown(path), String::from_utf8_lossy(&bytes));
    Ok(Lock::read(source, sources, diagnostics))
}

/// The name to show for a file: relative to the current folder where it lies below that.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

/// Reads a `codegen.toml` and the lock file beside it.
///
/// # Errors
/// If the file cannot be read; what is wrong inside it are diagnostics.
pub fn load_config(path: &Path) -> Result<LoadedConfig, FileError> {
    let bytes = std::fs::read(path).map_err(FileError::new("read", path))?;
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add(shown(path), String::from_utf8_lossy(&bytes));
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut config = config::read(source, folder, &sources, &mut diagnostics);
    let lock = load_lock(&lock_path(path), &mut sources, &mut diagnostics)?;
    for output in &mut config.outputs {
        output.config = Some(path.to_owned());
        output.options.lock = lock.clone();
    }
    Ok(LoadedConfig {
        config,
        diagnostics,
        sources,
        lock,
    })
}

/// Reads what one output is made from.
///
/// # Errors
/// One for each file that cannot be read.
pub fn load_inputs(output: &OutputConfig) -> Result<Inputs, Vec<FileError>> {
    let mut errors = Vec::new();
    let mut load = |path: &Path| match std::fs::read(path) {
        Ok(bytes) => Some(Input {
            name: shown(path),
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

/// More files than any document is split over.
const MAX_FILES: usize = 10_000;

/// Reads the files that a document refers to, and those that these refer to. They have to lie in the document's
/// folder or below: a document from somewhere else must not show what else is on this disk.
fn other_files(path: &Path, spec: &Input, overlays: &[Input], allow_outside: bool) -> Vec<OtherFile> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let own = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut queue: VecDeque<String> = VecDeque::new();
    for input in std::iter::once(spec).chain(overlays) {
        queue.extend(referred(&String::from_utf8_lossy(&input.bytes), &own));
    }
    let mut seen = HashSet::from([own]);
    let mut files = Vec::new();
    while let Some(path) = queue.pop_front() {
        if files.len() >= MAX_FILES || !seen.insert(path.clone()) {
            continue;
        }
        let input = other_file(folder, &path, allow_outside);
        if let Ok(input) = &input {
            queue.extend(referred(&String::from_utf8_lossy(&input.bytes), &path));
        }
        files.push(OtherFile { path, input });
    }
    files
}

fn other_file(folder: &Path, path: &str, allow_outside: bool) -> Result<Input, String> {
    const OUTSIDE: &str =
        "the file lies outside of the document's folder, which `allow-outside` would have to permit";
    let outside = path == ".." || path.starts_with("../") || path.starts_with('/');
    if outside && !allow_outside {
        return Err(OUTSIDE.to_owned());
    }
    let full = folder.join(path);
    let why = |error: std::io::Error| format!("{}: {error}", full.display());
    if !allow_outside {
        // A link may lead outside as well.
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
        name: shown(&full),
        bytes: std::fs::read(&full).map_err(why)?,
    })
}

/// The files that one output is known to be made from before they are read.
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
