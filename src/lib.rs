//! The first consumer of `pingback-codegen`: its examples and tests call Pingback's client by both routes, the
//! committed crate `pingback-generated` and the module [`built`], which `build.rs` generates.

/// What `build.rs` generated: the same code as the crate `pingback-generated`.
pub mod built {
    include!(concat!(env!("OUT_DIR"), "/pingback_generated.rs"));
}
