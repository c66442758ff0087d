//! The build-time route, used for real: what `codegen.toml` lists is generated into `OUT_DIR`, Pingback's client
//! too, which is also committed.

use pingback_codegen::{Build, BuildError};

fn main() -> Result<(), BuildError> {
    for output in ["pingback-generated", "zingle", "pipedrive"] {
        Build::from_config("codegen.toml", output).generate()?;
    }
    Ok(())
}
