//! Generates the outputs of `codegen.toml` as modules in `OUT_DIR`. Pingback's client is among them, although it is also
//! committed as a crate.

use pingback_codegen::{Build, BuildError};

fn main() -> Result<(), BuildError> {
    for output in ["pingback-generated", "zingle", "pipedrive"] {
        Build::from_config("codegen.toml", output).generate()?;
    }
    Ok(())
}
