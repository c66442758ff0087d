//! The build-time route, used for real: Pingback's client is also generated into `OUT_DIR`.

fn main() -> Result<(), pingback_codegen::BuildError> {
    pingback_codegen::Build::from_config("codegen.toml", "pingback-generated").generate()
}
