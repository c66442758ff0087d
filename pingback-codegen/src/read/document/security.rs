//! Security requirements and schemes, from the tree into `openapiv3`'s types.

use super::objects::{Build, Here};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

impl<'a> Build<'a> {
    /// `security`; `None` if the document does not say, which is not the same as an empty list.
    pub(super) fn security(&mut self, here: &Here<'a>) -> Option<Vec<oa::SecurityRequirement>> {
        here.member("security").filter(|security| {
            let list = security.node.as_array().is_some();
            if !list {
                self.expect.wrong("security", "a list", security.node);
            }
            list
        })?;
        let mut requirements = Vec::new();
        for alternative in self.list(here, "security") {
            let Some(schemes) = self.expect.object(alternative.node, "security") else {
                continue;
            };
            let requirement = schemes
                .keys()
                .map(|name| (name.clone(), self.expect.texts(alternative.node, name)));
            requirements.push(requirement.collect());
        }
        Some(requirements)
    }

    pub(super) fn security_scheme(&mut self, here: &Here<'a>) -> Option<oa::SecurityScheme> {
        let node = here.node;
        let Some(kind) = self.expect.text(node, "type") else {
            self.expect
                .report(rules::MISSING_MEMBER, node, &[&"a security scheme", &"type"]);
            return None;
        };
        self.expect.only(
            node,
            "a security scheme",
            &[
                "type",
                "description",
                "name",
                "in",
                "scheme",
                "bearerFormat",
                "flows",
                "openIdConnectUrl",
                "oauth2MetadataUrl",
                "deprecated",
            ],
        );
        let description = self.expect.text(node, "description");
        let extensions = Self::extensions(here);
        match kind.as_str() {
            "apiKey" => {
                let location = match self.expect.text(node, "in").as_deref() {
                    Some("query") => oa::APIKeyLocation::Query,
                    Some("header") => oa::APIKeyLocation::Header,
                    Some("cookie") => oa::APIKeyLocation::Cookie,
                    Some(other) => {
                        let place = node.get("in").unwrap_or(node);
                        self.expect
                            .report(rules::UNKNOWN_VALUE, place, &[&other, &"place for an API key"]);
                        return None;
                    }
                    None => {
                        self.expect
                            .report(rules::MISSING_MEMBER, node, &[&"an API key", &"in"]);
                        return None;
                    }
                };
                let name = self.required_text(here, "an API key", "name");
                (!name.is_empty()).then_some(oa::SecurityScheme::APIKey {
                    location,
                    name,
                    description,
                    extensions,
                })
            }
            "http" => {
                let scheme = self.required_text(here, "an HTTP security scheme", "scheme");
                (!scheme.is_empty()).then(|| oa::SecurityScheme::HTTP {
                    scheme,
                    bearer_format: self.expect.text(node, "bearerFormat"),
                    description,
                    extensions,
                })
            }
            "oauth2" => Some(oa::SecurityScheme::OAuth2 {
                flows: self.flows(here),
                description,
                extensions,
            }),
            "openIdConnect" => Some(oa::SecurityScheme::OpenIDConnect {
                open_id_connect_url: self.required_text(here, "an OpenID Connect scheme", "openIdConnectUrl"),
                description,
                extensions,
            }),
            other => {
                let place = node.get("type").unwrap_or(node);
                self.expect.report(rules::SECURITY_SCHEME, place, &[&other]);
                None
            }
        }
    }

    fn flows(&mut self, here: &Here<'a>) -> oa::OAuth2Flows {
        let Some(flows) = here
            .member("flows")
            .filter(|it| self.expect.object(it.node, "flows").is_some())
        else {
            if here.member("flows").is_none() {
                self.expect.report(
                    rules::MISSING_MEMBER,
                    here.node,
                    &[&"an OAuth 2 scheme", &"flows"],
                );
            }
            return oa::OAuth2Flows::default();
        };
        self.expect.only(
            flows.node,
            "the flows",
            &[
                "implicit",
                "password",
                "clientCredentials",
                "authorizationCode",
                "deviceAuthorization",
            ],
        );
        let mut flow = |key: &str| {
            let flow = flows.member(key)?;
            self.expect.object(flow.node, key)?;
            self.expect.only(
                flow.node,
                "a flow",
                &[
                    "authorizationUrl",
                    "deviceAuthorizationUrl",
                    "tokenUrl",
                    "refreshUrl",
                    "scopes",
                ],
            );
            let mut url = |name: &str| self.expect.text(flow.node, name);
            let (authorization, token, refresh) =
                (url("authorizationUrl"), url("tokenUrl"), url("refreshUrl"));
            let mut scopes = IndexMap::new();
            for (name, scope) in self.map(&flow, "scopes") {
                // A scope without a text is common, and harmless.
                scopes.insert(name.clone(), scope.node.as_str().unwrap_or_default().to_owned());
            }
            Some((
                authorization.unwrap_or_default(),
                token.unwrap_or_default(),
                refresh,
                scopes,
                flow,
            ))
        };
        let (implicit, password) = (flow("implicit"), flow("password"));
        let (client, code) = (flow("clientCredentials"), flow("authorizationCode"));
        oa::OAuth2Flows {
            implicit: implicit.map(|(authorization_url, _, refresh_url, scopes, here)| {
                oa::ImplicitOAuth2Flow {
                    authorization_url,
                    refresh_url,
                    scopes,
                    extensions: Self::extensions(&here),
                }
            }),
            password: password.map(
                |(_, token_url, refresh_url, scopes, here)| oa::PasswordOAuth2Flow {
                    refresh_url,
                    token_url,
                    scopes,
                    extensions: Self::extensions(&here),
                },
            ),
            client_credentials: client.map(|(_, token_url, refresh_url, scopes, here)| {
                oa::ClientCredentialsOAuth2Flow {
                    refresh_url,
                    token_url,
                    scopes,
                    extensions: Self::extensions(&here),
                }
            }),
            authorization_code: code.map(|(authorization_url, token_url, refresh_url, scopes, here)| {
                oa::AuthorizationCodeOAuth2Flow {
                    authorization_url,
                    token_url,
                    refresh_url,
                    scopes,
                    extensions: Self::extensions(&here),
                }
            }),
            extensions: Self::extensions(&flows),
        }
    }
}
