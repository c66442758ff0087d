//! The tokens of a type, and the import that they need.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// A type as it is written in a file other than `models.rs`.
#[derive(Debug, Clone)]
pub(super) struct TypeTokens {
    tokens: TokenStream,
    names_models: bool,
}

impl TypeTokens {
    /// A type, and whether it names the module `models`.
    pub(super) fn new(tokens: TokenStream, names_models: bool) -> Self {
        Self { tokens, names_models }
    }

    /// Whether the file has to import the module `models`.
    pub(super) fn names_models(&self) -> bool {
        self.names_models
    }

    /// A type that contains this one.
    pub(super) fn map(self, wrap: impl FnOnce(TokenStream) -> TokenStream) -> Self {
        Self {
            tokens: wrap(self.tokens),
            names_models: self.names_models,
        }
    }
}

impl From<TokenStream> for TypeTokens {
    /// A type that names no type of the API.
    fn from(tokens: TokenStream) -> Self {
        Self {
            tokens,
            names_models: false,
        }
    }
}

impl ToTokens for TypeTokens {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}
