//! Reads the files that a configuration or a command line names. One of the edges: it touches the disk, and
//! knows nothing of what the files mean.

use crate::config::{self, CatalogueFile, Config, OutputConfig};
use crate::diagnostic::Diagnostics;
use crate::generate::{CatalogueText, Input, Inputs};
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
    /// Its text.
    pub sources: Sources,
}

/// Reads a `codegen.toml`.
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
    for output in &mut config.outputs {
        output.config = Some(path.to_owned());
    }
    Ok(LoadedConfig {
        config,
        diagnostics,
        sources,
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
        config: output.config.as_deref().and_then(&mut load),
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
