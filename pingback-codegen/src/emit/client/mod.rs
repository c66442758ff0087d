//! Emits `src/client.rs`: the client, its builder, and the constant that describes the API to the runtime.

mod builder;
mod servers;

pub(super) use servers::default_url;

use super::docs::doc_attributes;
use super::file::{Output, RustFile};
use super::markdown;
use super::names::without_raw_prefix;
use super::operation;
use super::paths::option;
use crate::model::{Api, ClientParameter, Credential, CredentialKind, KeyLocation};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits `src/client.rs`.
pub(super) fn file(api: &Api) -> Output {
    let mut file = RustFile::new("The client and its builder.");
    file.declare(["Client", "ClientBuilder"]);
    file.add(description(api));
    file.add_all(operation::infallible_impls(api));
    file.add_all(client_items(api));
    file.add_all(builder::items(api));
    file.import("super", &["runtime"]);
    if file.names_models() {
        file.import("super", &["models"]);
    }
    file.into_output("src/client.rs")
}

/// The constant that describes the API to the runtime.
fn description(api: &Api) -> TokenStream {
    let user_agent = user_agent(api);
    let base_url = api.servers.first().map(default_url);
    let base_url = option(base_url.filter(|url| is_absolute(url)));
    let credentials = api.credentials.iter().map(credential);
    let parameters = api.client_parameters.iter().map(client_parameter);
    let (errors, further) = (&api.errors, &api.errors.other_pointers);
    let codes = pointers(errors.code_pointer.as_ref(), &further.codes);
    let messages = pointers(errors.message_pointer.as_ref(), &further.messages);
    let request_ids = pointers(errors.request_id_pointer.as_ref(), &further.request_ids);
    let pace = option(api.pace.map(|pace| {
        let per_second = Literal::u32_unsuffixed(pace.per_second);
        let burst = Literal::u32_unsuffixed(pace.burst);
        quote!(runtime::Pace::new(#per_second, #burst))
    }));
    quote! {
        pub(super) static API: runtime::Api = runtime::Api {
            user_agent: #user_agent,
            base_url: #base_url,
            credentials: &[#(#credentials),*],
            client_parameters: &[#(#parameters),*],
            code_pointers: #codes,
            message_pointers: #messages,
            request_id_pointers: #request_ids,
            pace: #pace,
        };
    }
}

/// The `User-Agent`, of visible ASCII characters only.
fn user_agent(api: &Api) -> String {
    let version = api.version.as_deref().unwrap_or("0");
    format!("{}/{version}", api.name)
        .chars()
        .map(|c| if c.is_ascii_graphic() { c } else { '-' })
        .collect()
}

fn is_absolute(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}

fn credential(credential: &Credential) -> TokenStream {
    let (name, required) = (without_raw_prefix(&credential.name), credential.required);
    let kind = match &credential.kind {
        CredentialKind::ApiKey { location, name } => match location {
            KeyLocation::Header => {
                let name = name.to_ascii_lowercase();
                quote!(Header(#name))
            }
            KeyLocation::Query => quote!(Query(#name)),
            KeyLocation::Cookie => quote!(Cookie(#name)),
        },
        CredentialKind::Basic => quote!(Basic),
        CredentialKind::Bearer => quote!(Bearer),
    };
    quote!((#name, runtime::CredentialKind::#kind, #required))
}

fn client_parameter(parameter: &ClientParameter) -> TokenStream {
    let (name, required) = (without_raw_prefix(&parameter.name), parameter.required);
    let header = parameter.header.to_ascii_lowercase();
    quote!(runtime::ClientParameter { name: #name, header: #header, required: #required })
}

/// JSON pointers in the order in which they are tried.
fn pointers(first: Option<&String>, further: &[String]) -> TokenStream {
    let all = first.into_iter().chain(further);
    quote!(&[#(#all),*])
}

fn client_items(api: &Api) -> Vec<TokenStream> {
    let docs = doc_attributes(&format!(
        "A client for {}.\n\nEach operation is a method that returns a request; await the request to send it. Cloning a client is cheap: \
         clones share connections, request rate and retry budget.",
        markdown::sanitize(&api.title).trim()
    ));
    let servers = servers::constants_and_functions(api);
    vec![
        quote! {
            #docs
            #[derive(Clone)]
            pub struct Client {
                pub(super) core: ::std::sync::Arc<runtime::Core>,
            }
        },
        quote! {
            impl Client {
                #servers

                /// Creates a builder.
                pub fn builder() -> ClientBuilder {
                    ClientBuilder { core: runtime::CoreBuilder::new(&API) }
                }
            }
        },
        // A derived impl would show the credentials.
        quote! {
            impl ::std::fmt::Debug for Client {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_struct("Client").field("base_url", &self.core.base_url()).finish_non_exhaustive()
                }
            }
        },
    ]
}
