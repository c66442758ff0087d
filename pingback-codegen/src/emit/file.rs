//! Builds a Rust file of the output from its documentation, imports and items.

use super::docs::inner_doc_attributes;
use super::paths::{Imports, Paths};
use super::tokens::TypeTokens;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rayon::prelude::*;

/// A file of the output before it is formatted.
#[derive(Debug, Clone)]
pub struct Output {
    /// Relative path with `/`, such as `src/models.rs`.
    pub path: String,
    /// The content of the file.
    pub content: Content,
}

/// The content of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// Rust code that is to be formatted. All of it is the text of tokens.
    Rust {
        /// Inner doc comments and attributes.
        header: String,
        /// The items in order. Each is formatted on its own.
        items: Vec<String>,
    },
    /// Text that is written as it is.
    Text(String),
}

/// A Rust file that is being put together.
#[derive(Debug, Default)]
pub(super) struct RustFile {
    header: TokenStream,
    paths: Paths,
    imports: Vec<TokenStream>,
    items: Items,
}

impl RustFile {
    /// Starts a file with its documentation, which is safe Markdown.
    pub(super) fn new(docs: &str) -> Self {
        Self {
            header: inner_doc_attributes(docs),
            ..Self::default()
        }
    }

    /// Adds inner attributes after the documentation.
    pub(super) fn add_inner_attributes(&mut self, attributes: &TokenStream) {
        self.header.extend(attributes.clone());
    }

    /// Declares names that the items to be added define. A path that would be written as one of them is written in full.
    pub(super) fn declare<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        for name in names {
            self.paths.add_name(name);
        }
    }

    /// Adds `use {path}::{names};`. The path is relative, such as `super::runtime`.
    pub(super) fn import(&mut self, path: &str, names: &[&str]) {
        self.declare(names.iter().copied());
        let path = path.split("::").map(|segment| format_ident!("{segment}"));
        let names = names.iter().map(|name| format_ident!("{name}"));
        self.imports.push(quote!(use #(#path)::*::{#(#names),*};));
    }

    /// Adds an import of `Client`, `runtime` and, if an item names it, of `models` from the crate root `root`.
    pub(super) fn import_from_root(&mut self, root: &str) {
        if self.items.names_models {
            self.import(root, &["Client", "models", "runtime"]);
        } else {
            self.import(root, &["Client", "runtime"]);
        }
    }

    /// Adds an item at the end.
    pub(super) fn add(&mut self, item: impl Into<Item>) {
        self.items.push(item.into(), &self.paths);
    }

    /// Adds items at the end.
    pub(super) fn add_all<I: Into<Item>>(&mut self, items: impl IntoIterator<Item = I>) {
        for item in items {
            self.add(item);
        }
    }

    /// Adds the items of each element, which are made in parallel. `items` also gets the index of the element.
    pub(super) fn add_each<T: Sync>(
        &mut self,
        elements: &[T],
        items: impl Fn(usize, &T) -> Vec<Item> + Sync,
    ) {
        let paths = &self.paths;
        let parts: Vec<Items> = elements
            .par_iter()
            .enumerate()
            .map(|(index, element)| {
                let mut part = Items::default();
                for item in items(index, element) {
                    part.push(item, paths);
                }
                part
            })
            .collect();
        for part in parts {
            self.items.append(part);
        }
    }

    /// Whether an item names the module `models`.
    pub(super) fn names_models(&self) -> bool {
        self.items.names_models
    }

    pub(super) fn into_output(self, path: impl Into<String>) -> Output {
        let items = self.items.imports.iter().map(|path| format!("use {path};"));
        let imports = items.chain(self.imports.iter().map(ToString::to_string));
        Output {
            path: path.into(),
            content: Content::Rust {
                header: self.header.to_string(),
                items: imports.chain(self.items.texts).collect(),
            },
        }
    }
}

/// An item, and what it needs its file to import.
#[derive(Debug)]
pub(super) struct Item {
    tokens: TokenStream,
    names_models: bool,
}

impl Item {
    /// An item in whose tokens these types are written.
    pub(super) fn with_types<'t>(
        tokens: TokenStream,
        types: impl IntoIterator<Item = &'t TypeTokens>,
    ) -> Self {
        Self {
            tokens,
            names_models: types.into_iter().any(TypeTokens::names_models),
        }
    }

    /// One item that contains these parts: `wrap` gets the tokens of each.
    pub(super) fn containing(parts: Vec<Self>, wrap: impl FnOnce(Vec<TokenStream>) -> TokenStream) -> Self {
        Self {
            names_models: parts.iter().any(|part| part.names_models),
            tokens: wrap(parts.into_iter().map(|part| part.tokens).collect()),
        }
    }
}

impl From<TokenStream> for Item {
    /// An item that names no type of the API.
    fn from(tokens: TokenStream) -> Self {
        Self {
            tokens,
            names_models: false,
        }
    }
}

/// Items in the order of their file.
///
/// They are kept as text because tokens cannot be sent to another thread and take many times the memory.
#[derive(Debug, Default)]
struct Items {
    texts: Vec<String>,
    imports: Imports,
    names_models: bool,
}

impl Items {
    fn push(&mut self, item: Item, paths: &Paths) {
        let tokens = paths.shorten(item.tokens, &mut self.imports);
        self.texts.push(tokens.to_string());
        self.names_models |= item.names_models;
    }

    fn append(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.imports.extend(other.imports);
        self.names_models |= other.names_models;
    }
}
