//! What is set once, in; `src/client.rs` out: the client and its builder.

use super::names::ident;
use super::operation::{Argument, argument, doc_lines, markdown_cell};
use super::types::{Scope, type_tokens};
use super::{Content, Output, docs};
use crate::model::{Api, Credential, CredentialKind, KeyLocation, Server};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use std::fmt::Write as _;

/// Emits `src/client.rs`.
pub(super) fn client(api: &Api) -> Output {
    let mut items = vec![quote!(
        use super::runtime;
    )];
    let parameters = api
        .client_parameters
        .iter()
        .map(|parameter| type_tokens(api, &parameter.ty, Scope::Outside));
    let parameters: TokenStream = parameters.collect();
    if parameters.to_string().contains("models ::") {
        items.push(quote!(
            use super::models;
        ));
    }
    items.push(table(api));
    items.extend(client_items(api));
    items.extend(builder_items(api));
    let header = doc_lines_inner("The client: what is set once, and what all operations share.");
    Output {
        path: "src/client.rs".to_owned(),
        content: Content::Rust {
            header,
            items: items.into(),
        },
    }
}

fn doc_lines_inner(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#![doc = #text])
}

/// The constant that tells the runtime about this API.
fn table(api: &Api) -> TokenStream {
    let version = api.version.as_deref().unwrap_or("0");
    let name = format!("{}/{version}", api.name);
    // A header carries visible ASCII.
    let user_agent: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() { c } else { '-' })
        .collect();
    let base_url = option(
        api.servers
            .first()
            .map(default_url)
            .filter(|url| is_absolute(url))
            .as_deref(),
    );
    let credentials = api.credentials.iter().map(|credential| {
        let (name, required) = (plain(&credential.name), credential.required);
        let kind = match &credential.kind {
            CredentialKind::ApiKey { location, name } => {
                let name = match location {
                    KeyLocation::Header => name.to_ascii_lowercase(),
                    KeyLocation::Query | KeyLocation::Cookie => name.clone(),
                };
                match location {
                    KeyLocation::Header => quote!(Header(#name)),
                    KeyLocation::Query => quote!(Query(#name)),
                    KeyLocation::Cookie => quote!(Cookie(#name)),
                }
            }
            CredentialKind::Basic => quote!(Basic),
            CredentialKind::Bearer => quote!(Bearer),
        };
        quote!((#name, runtime::CredentialKind::#kind, #required))
    });
    let parameters = api.client_parameters.iter().map(|parameter| {
        let (name, required) = (plain(&parameter.name), parameter.required);
        let header = parameter.header.to_ascii_lowercase();
        quote!(runtime::ClientParameter { name: #name, header: #header, required: #required })
    });
    let code = option(api.errors.code_pointer.as_deref());
    let message = option(api.errors.message_pointer.as_deref());
    let request_id = option(api.errors.request_id_pointer.as_deref());
    let pace = api.pace.map(|pace| {
        let per_second = Literal::u32_unsuffixed(pace.per_second);
        let burst = Literal::u32_unsuffixed(pace.burst);
        quote!(::std::option::Option::Some(runtime::Pace::new(#per_second, #burst)))
    });
    let pace = pace.unwrap_or_else(|| quote!(::std::option::Option::None));
    quote! {
        static API: runtime::Api = runtime::Api {
            user_agent: #user_agent,
            base_url: #base_url,
            credentials: &[#(#credentials),*],
            client_parameters: &[#(#parameters),*],
            code_pointer: #code,
            message_pointer: #message,
            request_id_pointer: #request_id,
            pace: #pace,
        };
    }
}

/// `Some("text")` or `None`.
pub(super) fn option(text: Option<&str>) -> TokenStream {
    text.map_or_else(
        || quote!(::std::option::Option::None),
        |text| quote!(::std::option::Option::Some(#text)),
    )
}

/// A name without `r#`, for people.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn is_absolute(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}

/// A server's URL with the defaults of its variables.
pub(super) fn default_url(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    url
}

fn client_items(api: &Api) -> Vec<TokenStream> {
    let about = format!(
        "A client of {}.\n\nCloning it is cheap: clones share connections, pace and retry budget.",
        docs::safe(&api.title).trim()
    );
    let about = doc_lines(&about);
    let servers = servers(api);
    vec![
        quote! {
            #about
            #[derive(Clone)]
            pub struct Client {
                pub(super) core: ::std::sync::Arc<runtime::Core>,
            }
        },
        quote! {
            impl Client {
                #servers

                /// Starts to build a client.
                pub fn builder() -> ClientBuilder {
                    ClientBuilder { core: runtime::CoreBuilder::new(&API) }
                }
            }
        },
        quote! {
            impl ::std::fmt::Debug for Client {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    // Not the credentials.
                    f.debug_struct("Client").field("base_url", &self.core.base_url()).finish_non_exhaustive()
                }
            }
        },
    ]
}

/// The documented base URLs, and a function for each that has variables.
fn servers(api: &Api) -> TokenStream {
    if api.servers.is_empty() {
        return TokenStream::new();
    }
    let urls = api.servers.iter().map(default_url);
    let mut list = String::from("The documented base URLs; the first is the default.\n");
    for server in &api.servers {
        let description = markdown_cell(server.description.as_deref().unwrap_or_default());
        let colon = if description.is_empty() { "" } else { ": " };
        let _ = write!(
            list,
            "\n- `{}`{colon}{description}",
            crate::emit::docs::spelled(&server.url)
        );
    }
    let list = doc_lines(&list);
    let functions = api
        .servers
        .iter()
        .enumerate()
        .filter(|(_, server)| !server.variables.is_empty());
    let functions = functions.map(|(index, server)| {
        let name = if api.servers.len() == 1 {
            format_ident!("server_url")
        } else {
            format_ident!("server_url_{}", index + 1)
        };
        let mut about = format!(
            "The base URL `{}` with its variables.\n",
            crate::emit::docs::spelled(&server.url)
        );
        for variable in &server.variables {
            let description = markdown_cell(variable.description.as_deref().unwrap_or_default());
            let mut facts = vec![format!(
                "by default `{}`",
                crate::emit::docs::spelled(&variable.default)
            )];
            if !variable.allowed.is_empty() {
                let allowed: Vec<_> = variable
                    .allowed
                    .iter()
                    .map(|v| format!("`{}`", crate::emit::docs::spelled(v)))
                    .collect();
                facts.push(format!("one of {}", allowed.join(", ")));
            }
            let stop = if description.is_empty() || description.ends_with('.') {
                ""
            } else {
                "."
            };
            let _ = write!(
                about,
                "\n- `{}`: {description}{stop} ({})",
                variable.field,
                facts.join("; ")
            );
        }
        let about = doc_lines(&about);
        let arguments = server.variables.iter().map(|variable| {
            let name = ident(&variable.field);
            quote!(#name: &str)
        });
        let url = &server.url;
        let replaced = server.variables.iter().map(|variable| {
            let (place, name) = (format!("{{{}}}", variable.name), ident(&variable.field));
            quote!(.replace(#place, #name))
        });
        quote! {
            #about
            #[must_use]
            pub fn #name(#(#arguments),*) -> ::std::string::String {
                #url #(#replaced)*
            }
        }
    });
    quote! {
        #list
        pub const SERVERS: &'static [&'static str] = &[#(#urls),*];
        #(#functions)*
    }
}

fn builder_items(api: &Api) -> Vec<TokenStream> {
    let credentials = api
        .credentials
        .iter()
        .enumerate()
        .map(|(index, credential)| credential_methods(index, credential));
    let parameters = api
        .client_parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| {
            let index = Literal::usize_unsuffixed(index);
            let name = ident(&parameter.name);
            let about = format!(
                "Sets the header `{}`, which goes out with each operation that takes it.",
                parameter.header
            );
            let required = if parameter.required {
                "\n\nA client cannot be built without it."
            } else {
                ""
            };
            let said = said(&parameter.docs);
            let about = doc_lines(&format!("{about}{required}{said}"));
            let Argument { ty, value, .. } = argument(api, &parameter.ty, &quote!(value));
            quote! {
                #about
                pub fn #name(mut self, value: #ty) -> Self {
                    self.core.client_parameter(#index, #value);
                    self
                }
            }
        });
    vec![
        quote! {
            /// Sets what is set once, and makes a [`Client`].
            #[derive(Debug)]
            #[must_use = "a builder does nothing until it is built"]
            pub struct ClientBuilder {
                core: runtime::CoreBuilder,
            }
        },
        quote! {
            impl ClientBuilder {
                #(#credentials)*
                #(#parameters)*
            }
        },
        quote! {
            impl ClientBuilder {
                /// Sets the base URL, for all operations.
                pub fn base_url(mut self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
                    self.core.base_url(url);
                    self
                }

                /// Sends a further header with each request; it goes to the API's own origin only.
                pub fn header(mut self, name: &str, value: &str) -> Self {
                    self.core.header(name, value);
                    self
                }

                /// Sets the `User-Agent`.
                pub fn user_agent(mut self, name: impl ::std::convert::Into<::std::string::String>) -> Self {
                    self.core.user_agent(name);
                    self
                }

                /// Sets how long an attempt may take, to the last byte; 30 seconds by default, `None` for no
                /// limit.
                pub fn timeout(mut self, limit: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>) -> Self {
                    self.core.timeout(limit.into());
                    self
                }

                /// Sets how long making a connection may take; 10 seconds by default, `None` for no limit.
                pub fn connect_timeout(mut self, limit: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>) -> Self {
                    self.core.connect_timeout(limit.into());
                    self
                }

                /// Repeats requests that failed and can be repeated; off by default.
                pub fn retry(mut self, retry: runtime::Retry) -> Self {
                    self.core.retry(retry);
                    self
                }

                /// Sets the request rate to keep to; `None` for none. By default it is the documented one, if
                /// there is one.
                pub fn pace(mut self, pace: impl ::std::convert::Into<::std::option::Option<runtime::Pace>>) -> Self {
                    self.core.pace(pace.into());
                    self
                }

                /// Changes the HTTP client: proxies, certificates, pools. Redirects and timeouts stay with the
                /// client of this crate. A default header that is set here would follow a redirect to another
                /// host: use [`ClientBuilder::header`].
                pub fn http(mut self, change: impl ::std::ops::FnOnce(::reqwest::ClientBuilder) -> ::reqwest::ClientBuilder) -> Self {
                    self.core.http(change);
                    self
                }

                /// Makes the client.
                ///
                /// # Errors
                /// Something that every request needs is not set, or something that is set cannot be used.
                pub fn build(self) -> ::std::result::Result<Client, runtime::BuildError> {
                    ::std::result::Result::Ok(Client { core: ::std::sync::Arc::new(self.core.build()?) })
                }
            }
        },
    ]
}

/// What the document says, as a paragraph of its own.
fn said(about: &crate::model::Docs) -> String {
    let parts = [&about.summary, &about.description].into_iter().flatten();
    parts.fold(String::new(), |text, part| {
        format!("{text}\n\n{}", docs::safe(part))
    })
}

fn credential_methods(index: usize, credential: &Credential) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    let name = ident(&credential.name);
    let scheme = crate::emit::docs::spelled(&credential.scheme);
    let what = match &credential.kind {
        CredentialKind::ApiKey { location, name } => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query parameter",
                KeyLocation::Cookie => "cookie",
            };
            format!(
                "Sets the key that is sent in the {place} `{}`.",
                crate::emit::docs::spelled(name)
            )
        }
        CredentialKind::Basic => format!("Sets user name and password (`{scheme}`, HTTP Basic)."),
        CredentialKind::Bearer => {
            format!("Sets the token (`{scheme}`) that is sent as `Authorization: Bearer`.")
        }
    };
    let required = if credential.required {
        "\n\nA client cannot be built without it."
    } else {
        ""
    };
    let about = doc_lines(&format!(
        "{what} It never shows in `Debug` or in errors.{required}{}",
        said(&credential.docs)
    ));
    let string = quote!(impl ::std::convert::Into<::std::string::String>);
    if credential.kind == CredentialKind::Basic {
        return quote! {
            #about
            pub fn #name(mut self, user: #string, password: #string) -> Self {
                self.core.credential(#index, runtime::Credential::basic(user, password));
                self
            }
        };
    }
    let fixed = quote! {
        #about
        pub fn #name(mut self, secret: #string) -> Self {
            self.core.credential(#index, runtime::Credential::fixed(secret));
            self
        }
    };
    if credential.kind != CredentialKind::Bearer {
        return fixed;
    }
    let provider = format_ident!("{}_provider", plain(&credential.name));
    let about = doc_lines(&format!(
        "Sets where the token (`{scheme}`) comes from, for tokens that expire."
    ));
    quote! {
        #fixed

        #about
        pub fn #provider(mut self, provider: impl runtime::ProvideToken + 'static) -> Self {
            self.core.credential(#index, runtime::Credential::provided(provider));
            self
        }
    }
}
