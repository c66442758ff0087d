//! Reads the files that a configuration or a command line names. One of the edges: it touches the disk, and
//! knows nothing of what the files mean.

use crate::config::{self, CatalogueFile, Config, OutputConfig};
use crate::diagnostic::Diagnostics;
use crate::generate::{CatalogueText, Input, Inputs};
use crate::lock::Lock;
use crate::source::Sources;
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
    let source = sources.add(path.display().to_string(), String::from_utf8_lossy(&bytes));
    Ok(Lock::read(source, sources, diagnostics))
}

/// Reads a `codegen.toml` and the lock file beside it.
///
/// # Errors
/// If the file cannot be read; what is wrong inside it are diagnostics.
pub fn load_config(path: &Path) -> Result<LoadedConfig, FileError> {
    let bytes = std::fs::read(path).map_err(FileError::new("read", path))?;
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add(path.display().to_string(), String::from_utf8_lossy(&bytes));
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut config = config::read(source, folder, &sources, &mut diagnostics);
    let lock = load_lock(&lock_path(path), &mut sources, &mut diagnostics)?;
    for output in &mut config.outputs {
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
            name: path.display().to_string(),
            bytes,
        }),
        Err(error) => {
            errors.push(FileError::new("read", path)(error));
            None
        }
    };
    let inputs = Inputs {
        spec: output.spec.as_deref().and_then(&mut load),
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

/// The files that one output is made from.
pub fn input_paths(output: &OutputConfig) -> impl Iterator<Item = &Path> {
    let catalogues = output.errors.iter().map(|catalogue| catalogue.path.as_path());
    output.spec.as_deref().into_iter().chain(catalogues)
}
