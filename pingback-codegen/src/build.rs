//! The entry point for build scripts: generates a module into `OUT_DIR`, and prints Cargo's instructions.

use crate::config::{CatalogueFile, OutputConfig, snake, valid_name};
use crate::diagnostic::{Diagnostic, Severity, show};
use crate::generate::{Generated, generate_module};
use crate::load::{FileError, input_paths, load_config, load_inputs, lock_path};
use crate::options::{Checks, Options};
use crate::render::OutputFile;
use crate::write::{Foreign, WriteError, write};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Generates a module at build time.
///
/// In `build.rs`:
/// ```no_run
/// fn main() -> Result<(), pingback_codegen::BuildError> {
///     pingback_codegen::Build::new()
///         .spec("specs/openapi.yaml")
///         .errors("specs/errors.md")
///         .name("pingback")
///         .generate()
/// }
/// ```
/// and in the program, with the dependencies of the generated code:
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/pingback.rs"));
/// use pingback::Client;
/// ```
/// Cargo runs the script again when an input changes. Warnings about the inputs become warnings of Cargo; errors fail
/// the build with a text that shows their places.
#[derive(Debug, Clone, Default)]
#[must_use = "nothing is generated before `generate` is called"]
pub struct Build {
    spec: Option<PathBuf>,
    overlays: Vec<PathBuf>,
    allow_outside: bool,
    errors: Vec<CatalogueFile>,
    checked: Vec<String>,
    name: Option<String>,
    options: Option<Options>,
    config: Option<(PathBuf, String)>,
    out_dir: Option<PathBuf>,
}

impl Build {
    /// Creates a builder without inputs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a builder from the output `name` of a `codegen.toml`. Later calls override the file.
    pub fn from_config(path: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        Self {
            config: Some((path.into(), name.into())),
            ..Self::default()
        }
    }

    /// Sets the OpenAPI document. Relative paths start at the package's folder.
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.spec = Some(path.into());
        self
    }

    /// Adds an OpenAPI overlay; overlays are applied to the document in order.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// Permits references to files outside the document's folder.
    pub fn allow_outside(mut self, allow: bool) -> Self {
        self.allow_outside = allow;
        self
    }

    /// Adds a page or list of error codes; call it with the most trusted source first.
    pub fn errors(mut self, path: impl Into<PathBuf>) -> Self {
        self.errors.push(CatalogueFile::new(path));
        self
    }

    /// Makes a schema a checked type, whose values satisfy keywords such as `maxLength`: the name of a component schema,
    /// the JSON pointer of any schema, or `all`.
    pub fn checked(mut self, schema: impl Into<String>) -> Self {
        self.checked.push(schema.into());
        self
    }

    /// Sets the name of the module and of the file in `OUT_DIR`; derived from the document's title by default.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets all other choices.
    pub fn options(mut self, options: Options) -> Self {
        self.options = Some(options);
        self
    }

    /// Sets the folder to write to, in place of `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Writes the folder `NAME/`, and `NAME.rs` for `include!`.
    ///
    /// # Errors
    /// If an input cannot be read or has errors, or the output cannot be written. Return the error from `main`: Cargo
    /// then shows every finding with its place.
    pub fn generate(self) -> Result<(), BuildError> {
        let out_dir = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or(BuildError {
                text: "OUT_DIR is not set: call this from a build script, or choose a folder with `out_dir`"
                    .to_owned(),
            })?,
        };
        let output = self.output()?;
        for path in input_paths(&output) {
            rerun_if_changed(path);
        }
        if let Some(name) = &output.options.name
            && let Err(reason) = valid_name(name)
        {
            return Err(BuildError {
                text: format!("`{name}` is not a valid module name: {reason}"),
            });
        }
        let inputs = load_inputs(&output)?;
        let folder = output.spec.as_deref().and_then(Path::parent);
        for file in &inputs.files {
            rerun_if_changed(&folder.unwrap_or(Path::new("")).join(&file.path));
        }
        let run = generate_module(&inputs);
        report(&run)?;
        let name = run.api.as_ref().map_or("", |api| api.name.as_str());
        let folder = out_dir.join(name);
        let files: Vec<OutputFile> = run.files.iter().filter_map(source_file).collect();
        // Only Cargo and this script write to the folder.
        write(&folder, &files, Foreign::Overwrite)?;
        let entry = out_dir.join(format!("{name}.rs"));
        let text = include_file(&folder.join("lib.rs"), name)?;
        if std::fs::read_to_string(&entry).ok().as_deref() != Some(&text) {
            std::fs::write(&entry, text).map_err(FileError::new("write", &entry))?;
        }
        Ok(())
    }

    /// The output of the configuration file, if there is one, with the overrides of this builder.
    fn output(&self) -> Result<OutputConfig, BuildError> {
        let mut output = match &self.config {
            Some((path, name)) => configured(path, name)?,
            None => OutputConfig::default(),
        };
        if self.spec.is_some() {
            output.spec.clone_from(&self.spec);
        }
        if !self.overlays.is_empty() {
            output.overlays.clone_from(&self.overlays);
        }
        output.allow_outside |= self.allow_outside;
        if !self.errors.is_empty() {
            output.errors.clone_from(&self.errors);
        }
        let name = self.name.clone().or(output.options.name.take());
        if let Some(options) = &self.options {
            let lock = output.options.lock.take();
            output.options = options.clone();
            output.options.lock = output.options.lock.or(lock);
        }
        if !self.checked.is_empty() {
            output.options.types.checked = Checks::of(self.checked.iter().map(String::as_str));
        }
        output.options.name = name.or(output.options.name.take());
        output.options.name = output.options.name.as_deref().map(snake);
        Ok(output)
    }
}

fn configured(path: &Path, name: &str) -> Result<OutputConfig, BuildError> {
    rerun_if_changed(path);
    let lock = lock_path(path);
    // Cargo would run the script on every build if the file does not exist.
    let is_locked = lock.exists();
    if is_locked {
        rerun_if_changed(&lock);
    }
    let loaded = load_config(path)?;
    if loaded.diagnostics.has_errors() {
        return Err(BuildError {
            text: show::text(&loaded.diagnostics, &loaded.sources, show::Style::Plain),
        });
    }
    let output = loaded.config.output(name).cloned();
    let mut output = output.ok_or_else(|| BuildError {
        text: format!(
            "{} has no output `{name}`; it has: {}",
            path.display(),
            loaded.config.names().join(", ")
        ),
    })?;
    if !is_locked {
        // A build script does not write one.
        output.options.lock = None;
    }
    Ok(output)
}

#[expect(
    clippy::print_stdout,
    reason = "Cargo reads the instructions of a build script from standard output"
)]
fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Prints warnings as Cargo's and returns errors to the caller. Notes are not shown.
#[expect(
    clippy::print_stdout,
    reason = "Cargo reads the instructions of a build script from standard output"
)]
fn report(run: &Generated) -> Result<(), BuildError> {
    let of = |severity| {
        let list = run.diagnostics.iter();
        list.filter(move |found: &&Diagnostic| found.severity == severity)
    };
    for warning in of(Severity::Warning) {
        let line = show::line(warning, &run.sources);
        println!("cargo::warning={}", line.replace(['\r', '\n'], " "));
    }
    if !run.diagnostics.has_errors() {
        return Ok(());
    }
    let mut errors = crate::diagnostic::Diagnostics::default();
    for error in of(Severity::Error) {
        errors.push(error.clone());
    }
    Err(BuildError {
        text: show::text(&errors, &run.sources, show::Style::Plain),
    })
}

/// The file of the module that corresponds to a file of the crate: `src/lib.rs` becomes `lib.rs`; other files than code
/// have none.
fn source_file(file: &OutputFile) -> Option<OutputFile> {
    Some(OutputFile {
        path: file.path.strip_prefix("src/")?.to_owned(),
        text: file.text.clone(),
    })
}

/// The text of the file that the user includes. It turns off the user's lints for the generated code.
fn include_file(lib: &Path, name: &str) -> Result<String, BuildError> {
    let Some(path) = lib.to_str() else {
        return Err(BuildError {
            text: format!(
                "the path {} is not UTF-8, so Rust code cannot contain it",
                lib.display()
            ),
        });
    };
    let mut text = String::from("// Generated by pingback-codegen.\n");
    let _ = writeln!(
        text,
        "#[allow(dead_code, unreachable_pub, unused_imports, clippy::all, clippy::pedantic)]\n#[path = {path:?}]\npub mod {name};"
    );
    Ok(text)
}

/// Why nothing was generated. `Debug` prints the same text as `Display`, since Cargo shows the `Debug` form of an error
/// that a build script returns.
#[derive(thiserror::Error)]
#[error("{text}")]
pub struct BuildError {
    text: String,
}

impl std::fmt::Debug for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<FileError> for BuildError {
    fn from(error: FileError) -> Self {
        Self {
            text: error.to_string(),
        }
    }
}

impl From<Vec<FileError>> for BuildError {
    fn from(errors: Vec<FileError>) -> Self {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Self {
            text: lines.join("\n"),
        }
    }
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self {
            text: error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_included_file_declares_the_module_with_its_path() {
        let text = include_file(Path::new("/out/a \"b\"/pets/lib.rs"), "pets").expect("UTF-8");
        insta::assert_snapshot!(text, @r#"
        // Generated by pingback-codegen.
        #[allow(dead_code, unreachable_pub, unused_imports, clippy::all, clippy::pedantic)]
        #[path = "/out/a \"b\"/pets/lib.rs"]
        pub mod pets;
        "#);
    }

    #[test]
    fn a_missing_input_is_named() {
        let error = Build::new()
            .spec("no/such.yaml")
            .out_dir("unused")
            .generate()
            .expect_err("no such file");
        assert!(
            format!("{error:?}").starts_with("cannot read no/such.yaml: "),
            "{error:?}"
        );
    }

    #[test]
    fn the_builder_overrides_the_file() {
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let file = scratch.path().join("codegen.toml");
        std::fs::write(
            &file,
            "[[output]]\nname = \"pet-store\"\nspec = \"a.yaml\"\nerrors = [\"e.md\"]\n",
        )
        .expect("written");
        let output = Build::from_config(&file, "pet-store")
            .spec("b.yaml")
            .name("pets")
            .output()
            .expect("sound");
        assert_eq!(output.spec.as_deref(), Some(Path::new("b.yaml")));
        assert_eq!(output.errors[0].path, scratch.path().join("e.md"));
        assert_eq!(output.options.name.as_deref(), Some("pets"));
    }
}
