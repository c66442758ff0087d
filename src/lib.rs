//! The first consumer of `pingback-codegen`. Its examples and tests call Pingback's client in both forms, the
//! committed crate `pingback-generated` and the module [`built`], and use the errors of two APIs that have only an
//! error page. `build.rs` generates all modules.

/// Pingback's client as a module: the same code as the crate `pingback-generated`.
pub mod built {
    include!(concat!(env!("OUT_DIR"), "/pingback_generated.rs"));
}

include!(concat!(env!("OUT_DIR"), "/zingle.rs"));
include!(concat!(env!("OUT_DIR"), "/pipedrive.rs"));

/// The Rust code of the guide, compiled as documentation tests.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../docs/getting-started.md")]
    mod getting_started {}
    #[doc = include_str!("../docs/errors.md")]
    mod errors {}
    #[doc = include_str!("../docs/types.md")]
    mod types {}
    #[doc = include_str!("../docs/calls.md")]
    mod calls {}
    #[doc = include_str!("../docs/credentials.md")]
    mod credentials {}
    #[doc = include_str!("../docs/retry-and-pacing.md")]
    mod retry_and_pacing {}
}
