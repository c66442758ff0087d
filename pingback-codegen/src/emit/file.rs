//! Builds a Rust file of the output from its documentation, imports and items.

use super::docs::inner_doc_attributes;
use super::types::TypeTokens;
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

    /// Adds `use {path}::{names};`. The path is relative, such as `super::runtime`.
    pub(super) fn import(&mut self, path: &str, names: &[&str]) {
        let path = path.split("::").map(|segment| format_ident!("{segment}"));
        let names = names.iter().map(|name| format_ident!("{name}"));
        self.imports.push(quote!(use #(#path)::*::{#(#names),*};));
    }

    /// Adds an import of `runtime` and, if an item names it, of `models` from the module `parent`.
    pub(super) fn import_modules(&mut self, parent: &str) {
        if self.items.names_models {
            self.import(parent, &["models", "runtime"]);
        } else {
            self.import(parent, &["runtime"]);
        }
    }

    /// Adds items at the end.
    pub(super) fn add(&mut self, items: impl Into<Items>) {
        let Items { texts, names_models } = items.into();
        self.items.texts.extend(texts);
        self.items.names_models |= names_models;
    }

    /// Whether an item names the module `models`.
    pub(super) fn names_models(&self) -> bool {
        self.items.names_models
    }

    pub(super) fn into_output(self, path: impl Into<String>) -> Output {
        let imports = self.imports.iter().map(ToString::to_string);
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
pub(super) struct Items {
    texts: Vec<String>,
    names_models: bool,
}

impl Items {
    /// Makes the items of each element in parallel. `items` also gets the index of the element.
    pub(super) fn from_each<T: Sync>(elements: &[T], items: impl Fn(usize, &T) -> Vec<Item> + Sync) -> Self {
        let parts: Vec<Self> = elements
            .par_iter()
            .enumerate()
            .map(|(index, element)| items(index, element).into_iter().collect())
            .collect();
        Self {
            names_models: parts.iter().any(|part| part.names_models),
            texts: parts.into_iter().flat_map(|part| part.texts).collect(),
        }
    }
}

impl<I: Into<Item>> FromIterator<I> for Items {
    fn from_iter<T: IntoIterator<Item = I>>(items: T) -> Self {
        let mut all = Self::default();
        for item in items {
            let Item { tokens, names_models } = item.into();
            all.texts.push(tokens.to_string());
            all.names_models |= names_models;
        }
        all
    }
}

impl<I: Into<Item>> From<Vec<I>> for Items {
    fn from(items: Vec<I>) -> Self {
        items.into_iter().collect()
    }
}

impl From<TokenStream> for Items {
    fn from(item: TokenStream) -> Self {
        std::iter::once(item).collect()
    }
}
