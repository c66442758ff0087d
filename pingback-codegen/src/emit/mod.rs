//! The [`Api`] in, items as token streams out; one module for each kind of item. Infallible, since all names
//! were made valid before.

pub mod docs;
pub mod names;
pub mod types;

use crate::model::Api;
use proc_macro2::TokenStream;

/// One file of the output, before it is text.
#[derive(Debug, Clone)]
pub struct Output {
    /// Relative path with `/`, such as `src/models.rs`.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Items, each formatted on its own; `header` is the file's `//!` documentation and inner attributes.
    Rust {
        /// `//!` and `#![...]`.
        header: TokenStream,
        /// The items in order.
        items: Vec<TokenStream>,
    },
    /// Text as it is: the runtime, `Cargo.toml`, a README.
    Text(String),
}

/// Emits a whole crate.
#[must_use]
pub fn emit(api: &Api) -> Vec<Output> {
    let _ = api;
    todo!()
}
