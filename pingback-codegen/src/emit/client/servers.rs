//! Writes the documented servers: a list of base URLs, and a function for each URL that has variables.

use crate::emit::docs::doc_attributes;
use crate::emit::markdown::{code_span_text, one_line};
use crate::emit::names::ident;
use crate::model::{Api, Server, ServerVariable};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The URL of a server, with the default value of each variable.
pub(in crate::emit) fn default_url(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&placeholder(variable), &variable.default);
    }
    url
}

/// The constant `SERVERS`, and a function for each server with variables; nothing if no server is documented.
pub(super) fn constants_and_functions(api: &Api) -> TokenStream {
    if api.servers.is_empty() {
        return TokenStream::new();
    }
    let urls = api.servers.iter().map(default_url);
    let lines: Vec<String> = api.servers.iter().map(server_line).collect();
    let docs = doc_attributes(&format!(
        "The documented base URLs; the first is the default.\n\n{}",
        lines.join("\n")
    ));
    let functions = api.servers.iter().filter_map(|server| {
        let name = ident(server.function.as_ref()?);
        Some(url_function(&name, server))
    });
    quote! {
        #docs
        pub const SERVERS: &'static [&'static str] = &[#(#urls),*];
        #(#functions)*
    }
}

fn server_line(server: &Server) -> String {
    let url = code_span_text(&server.url);
    match one_line(server.description.as_deref().unwrap_or_default()) {
        description if description.is_empty() => format!("- `{url}`"),
        description => format!("- `{url}`: {description}"),
    }
}

/// The function that gives the URL with values for its variables.
fn url_function(name: &Ident, server: &Server) -> TokenStream {
    let lines: Vec<String> = server.variables.iter().map(variable_line).collect();
    let docs = doc_attributes(&format!(
        "The base URL `{}` with these values for its variables.\n\n{}",
        code_span_text(&server.url),
        lines.join("\n")
    ));
    let arguments: Vec<Ident> = server
        .variables
        .iter()
        .map(|variable| ident(&variable.field))
        .collect();
    let placeholders = server.variables.iter().map(placeholder);
    let url = &server.url;
    quote! {
        #docs
        #[must_use]
        pub fn #name(#(#arguments: &str),*) -> ::std::string::String {
            #url #(.replace(#placeholders, #arguments))*
        }
    }
}

fn variable_line(variable: &ServerVariable) -> String {
    let description = one_line(variable.description.as_deref().unwrap_or_default());
    let mut facts = vec![format!("by default `{}`", code_span_text(&variable.default))];
    if !variable.allowed.is_empty() {
        let allowed: Vec<String> = variable
            .allowed
            .iter()
            .map(|value| format!("`{}`", code_span_text(value)))
            .collect();
        facts.push(format!("one of {}", allowed.join(", ")));
    }
    let full_stop = if description.is_empty() || description.ends_with('.') {
        ""
    } else {
        "."
    };
    format!(
        "- `{}`: {description}{full_stop} ({})",
        variable.field,
        facts.join("; ")
    )
}

/// The variable as it is written in the URL.
fn placeholder(variable: &ServerVariable) -> String {
    format!("{{{}}}", variable.name)
}
