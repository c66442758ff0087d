//! Writes the builder of the client.

use crate::emit::docs::{description_paragraphs, doc_attributes};
use crate::emit::file::Item;
use crate::emit::markdown::code_span_text;
use crate::emit::names::{ident, without_raw_prefix};
use crate::emit::operation::{argument_type, argument_value};
use crate::emit::types::Scope;
use crate::model::{Api, ClientParameter, Credential, CredentialKind, KeyLocation};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// The builder, with the methods that this API needs and those that every client has.
pub(super) fn items(api: &Api) -> Vec<Item> {
    let credentials = api
        .credentials
        .iter()
        .enumerate()
        .map(|(index, credential)| credential_methods(index, credential).into());
    let parameters = api
        .client_parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| parameter_method(api, index, parameter));
    let methods: Vec<Item> = credentials.chain(parameters).collect();
    vec![
        Item::from(quote! {
            /// Configures and builds a [`Client`].
            #[derive(Debug)]
            #[must_use = "a builder does nothing until it is built"]
            pub struct ClientBuilder {
                core: runtime::CoreBuilder,
            }
        }),
        Item::containing(methods, |methods| quote!(impl ClientBuilder { #(#methods)* })),
        common_methods(api).into(),
    ]
}

/// The methods that do not depend on the parts of the API, and `build`.
fn common_methods(api: &Api) -> TokenStream {
    let redirects = redirects(api);
    let missing_credentials = (!api.credentials.is_empty()).then(|| missing_credentials(api));
    let (request_settings, connection_settings) = (request_settings(), connection_settings());
    quote! {
        impl ClientBuilder {
            #request_settings
            #connection_settings
            #redirects
            #missing_credentials

            /// Builds the client.
            ///
            /// # Errors
            /// A required setting is missing, or a setting is invalid.
            pub fn build(self) -> ::std::result::Result<Client, runtime::BuildError> {
                ::std::result::Result::Ok(Client { core: ::std::sync::Arc::new(self.core.build()?) })
            }
        }
    }
}

fn request_settings() -> TokenStream {
    quote! {
        /// Sets the base URL of all operations.
        pub fn base_url(mut self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
            self.core.base_url(url);
            self
        }

        /// Adds a header to every request. It is sent to the API's own origin only, and `Debug` never shows its value.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.core.header(name, value);
            self
        }

        /// Sets the `User-Agent`.
        pub fn user_agent(mut self, name: impl ::std::convert::Into<::std::string::String>) -> Self {
            self.core.user_agent(name);
            self
        }

        /// Sets the timeout of each attempt; 30 seconds by default, `None` for no limit. It applies until the
        /// last byte of the response, or until the headers of a response that is read as a stream.
        pub fn timeout(mut self, limit: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>) -> Self {
            self.core.timeout(limit.into());
            self
        }
    }
}

fn connection_settings() -> TokenStream {
    quote! {
        /// Sets the timeout for connecting; 10 seconds by default, `None` for no limit.
        pub fn connect_timeout(mut self, limit: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>) -> Self {
            self.core.connect_timeout(limit.into());
            self
        }

        /// Repeats failed requests if that is safe; by default, no request is repeated.
        pub fn retry(mut self, retry: runtime::Retry) -> Self {
            self.core.retry(retry);
            self
        }

        /// Sets the maximum request rate; `None` for no limit. The default is the documented rate, if there is
        /// one.
        pub fn pace(mut self, pace: impl ::std::convert::Into<::std::option::Option<runtime::Pace>>) -> Self {
            self.core.pace(pace.into());
            self
        }

        /// Configures the HTTP client, for example its proxies, certificates or connection pools. Redirects and
        /// timeouts are not configured here. Use [`ClientBuilder::header`] for headers: a default header of the
        /// HTTP client would be sent to another host after a redirect.
        pub fn http(mut self, change: impl ::std::ops::FnOnce(::reqwest::ClientBuilder) -> ::reqwest::ClientBuilder) -> Self {
            self.core.http(change);
            self
        }
    }
}

/// A name for a method that no method of the API has: `name`, or else `name_`. A lock file of an earlier version may
/// have such a method.
fn unused_name(api: &Api, name: &str) -> Ident {
    let credentials = api.credentials.iter().map(|credential| &credential.name);
    let parameters = api.client_parameters.iter().map(|parameter| &parameter.name);
    let is_used = credentials.chain(parameters).any(|used| used == name);
    if is_used {
        format_ident!("{name}_")
    } else {
        format_ident!("{name}")
    }
}

fn redirects(api: &Api) -> TokenStream {
    let name = unused_name(api, "redirects");
    quote! {
        /// Sets which redirects are followed; by default those within the origin, and those of GET and HEAD to any
        /// origin.
        pub fn #name(mut self, redirects: runtime::Redirects) -> Self {
            self.core.redirects(redirects);
            self
        }
    }
}

fn missing_credentials(api: &Api) -> TokenStream {
    let name = unused_name(api, "allow_missing_credentials");
    quote! {
        /// Also sends requests whose credentials are missing. By default such a request is `Error::Request`, unless
        /// its operation allows anonymous use. For one request, `customize` allows it.
        pub fn #name(mut self) -> Self {
            self.core.allow_missing_credentials();
            self
        }
    }
}

/// The method that sets a header which every operation takes.
fn parameter_method(api: &Api, index: usize, parameter: &ClientParameter) -> Item {
    let index = Literal::usize_unsuffixed(index);
    let name = ident(&parameter.name);
    let docs = doc_attributes(&format!(
        "Sets the header `{}` of all operations that have it.{}{}",
        parameter.header,
        required_note(parameter.required),
        description_paragraphs(&parameter.docs)
    ));
    let ty = argument_type(api, &parameter.ty, Scope::OtherFile);
    let value = argument_value(api, &parameter.ty, &quote!(value));
    let tokens = quote! {
        #docs
        pub fn #name(mut self, value: #ty) -> Self {
            self.core.client_parameter(#index, #value);
            self
        }
    };
    Item::with_types(tokens, [&ty])
}

/// The methods that set a credential.
fn credential_methods(index: usize, credential: &Credential) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    let name = ident(&credential.name);
    let docs = doc_attributes(&format!(
        "{} `Debug` and errors never show it.{}{}",
        credential_sentence(credential),
        required_note(credential.required),
        description_paragraphs(&credential.docs)
    ));
    let string = quote!(impl ::std::convert::Into<::std::string::String>);
    let fixed = quote! {
        #docs
        pub fn #name(mut self, secret: #string) -> Self {
            self.core.credential(#index, runtime::Credential::fixed(secret));
            self
        }
    };
    match credential.kind {
        CredentialKind::ApiKey { .. } => fixed,
        CredentialKind::Basic => quote! {
            #docs
            pub fn #name(mut self, user: #string, password: #string) -> Self {
                self.core.credential(#index, runtime::Credential::basic(user, password));
                self
            }
        },
        CredentialKind::Bearer => {
            let provider = provider_method(&index, credential);
            quote!(#fixed #provider)
        }
    }
}

/// The method that sets a provider of tokens.
fn provider_method(index: &Literal, credential: &Credential) -> TokenStream {
    let name = format_ident!("{}_provider", without_raw_prefix(&credential.name));
    let scheme = code_span_text(&credential.scheme);
    let docs = format!(" Sets a provider of the token (security scheme `{scheme}`), for tokens that expire.");
    quote! {
        #[doc = #docs]
        pub fn #name(mut self, provider: impl runtime::ProvideToken + 'static) -> Self {
            self.core.credential(#index, runtime::Credential::provided(provider));
            self
        }
    }
}

fn credential_sentence(credential: &Credential) -> String {
    let scheme = code_span_text(&credential.scheme);
    match &credential.kind {
        CredentialKind::ApiKey { location, name } => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query parameter",
                KeyLocation::Cookie => "cookie",
            };
            let name = code_span_text(name);
            format!("Sets the key that is sent in the {place} `{name}`.")
        }
        CredentialKind::Basic => format!(
            "Sets the user name and password for HTTP Basic authentication (security scheme `{scheme}`)."
        ),
        CredentialKind::Bearer => {
            format!("Sets the token that is sent as `Authorization: Bearer` (security scheme `{scheme}`).")
        }
    }
}

/// A paragraph on what the builder requires.
fn required_note(required: bool) -> &'static str {
    if required {
        "\n\nA client cannot be built without it."
    } else {
        ""
    }
}
