//! Reads security requirements and security schemes.

use super::super::tree::Node;
use super::reader::{DocumentReader, Located, member_or_object};
use crate::diagnostic::rules;
use indexmap::IndexMap;
use openapiv3 as oa;

/// Reads `security` of an object. `None` if it is absent, which differs from an empty list.
pub(super) fn security_requirements<'a>(
    reader: &mut DocumentReader<'a>,
    parent: &Located<'a>,
) -> Option<Vec<oa::SecurityRequirement>> {
    let security = parent.member("security")?;
    if security.node.as_array().is_none() {
        reader
            .members
            .report_wrong_type("security", "a list", security.node);
        return None;
    }
    let mut requirements = Vec::new();
    for alternative in reader.list(parent, "security") {
        let members = &mut reader.members;
        let Some(schemes) = members.object(alternative.node, "security") else {
            continue;
        };
        let requirement = schemes
            .keys()
            .map(|name| (name.clone(), members.strings(alternative.node, name)));
        requirements.push(requirement.collect());
    }
    Some(requirements)
}

/// The members of all kinds of security schemes.
const SCHEME_MEMBERS: [&str; 10] = [
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
];

pub(super) fn security_scheme<'a>(
    reader: &mut DocumentReader<'a>,
    object: &Located<'a>,
) -> Option<oa::SecurityScheme> {
    let node = object.node;
    let members = &mut reader.members;
    let kind = members.required_string(node, "a security scheme", "type")?;
    members.report_unknown_members(node, "a security scheme", &SCHEME_MEMBERS);
    let description = members.string(node, "description");
    let extensions = object.extensions();
    match kind.as_str() {
        "apiKey" => {
            let location = api_key_location(reader, object)?;
            let name = reader.members.required_string(node, "an API key", "name")?;
            is_given(reader, node, "name", &name).then_some(oa::SecurityScheme::APIKey {
                location,
                name,
                description,
                extensions,
            })
        }
        "http" => {
            let scheme = members.required_string(node, "an HTTP security scheme", "scheme")?;
            let bearer_format = members.string(node, "bearerFormat");
            is_given(reader, node, "scheme", &scheme).then_some(oa::SecurityScheme::HTTP {
                scheme,
                bearer_format,
                description,
                extensions,
            })
        }
        "oauth2" => Some(oa::SecurityScheme::OAuth2 {
            flows: flows(reader, object),
            description,
            extensions,
        }),
        "openIdConnect" => {
            let url = members.required_string(node, "an OpenID Connect scheme", "openIdConnectUrl");
            Some(oa::SecurityScheme::OpenIDConnect {
                open_id_connect_url: url.unwrap_or_default(),
                description,
                extensions,
            })
        }
        other => {
            let place = member_or_object(node, "type");
            members.report(rules::SECURITY_SCHEME, place, &[&other]);
            None
        }
    }
}

/// Whether the text of a member is not empty; reports an empty one.
fn is_given(reader: &mut DocumentReader<'_>, scheme: &Node, key: &str, text: &str) -> bool {
    if text.is_empty() {
        let what = format!("`{key}` of a security scheme");
        let place = member_or_object(scheme, key);
        reader
            .members
            .report(rules::EMPTY_NAME, place, &[&what, &"security scheme"]);
    }
    !text.is_empty()
}

fn api_key_location<'a>(reader: &mut DocumentReader<'a>, object: &Located<'a>) -> Option<oa::APIKeyLocation> {
    let members = &mut reader.members;
    let location = members.required_string(object.node, "an API key", "in")?;
    match location.as_str() {
        "query" => Some(oa::APIKeyLocation::Query),
        "header" => Some(oa::APIKeyLocation::Header),
        "cookie" => Some(oa::APIKeyLocation::Cookie),
        other => {
            members.report(
                rules::UNKNOWN_VALUE,
                member_or_object(object.node, "in"),
                &[&other, &"place for an API key"],
            );
            None
        }
    }
}

/// The members that the flows of OAuth 2 have in common.
struct Flow {
    authorization_url: String,
    token_url: String,
    refresh_url: Option<String>,
    scopes: IndexMap<String, String>,
    extensions: IndexMap<String, serde_json::Value>,
}

fn flows<'a>(reader: &mut DocumentReader<'a>, scheme: &Located<'a>) -> oa::OAuth2Flows {
    const MEMBERS: [&str; 5] = [
        "implicit",
        "password",
        "clientCredentials",
        "authorizationCode",
        "deviceAuthorization",
    ];
    let Some(flows) = reader.required_object(scheme, "an OAuth 2 scheme", "flows") else {
        return oa::OAuth2Flows::default();
    };
    reader
        .members
        .report_unknown_members(flows.node, "the flows", &MEMBERS);
    oa::OAuth2Flows {
        implicit: flow(reader, &flows, "implicit").map(|flow| oa::ImplicitOAuth2Flow {
            authorization_url: flow.authorization_url,
            refresh_url: flow.refresh_url,
            scopes: flow.scopes,
            extensions: flow.extensions,
        }),
        password: flow(reader, &flows, "password").map(|flow| oa::PasswordOAuth2Flow {
            refresh_url: flow.refresh_url,
            token_url: flow.token_url,
            scopes: flow.scopes,
            extensions: flow.extensions,
        }),
        client_credentials: flow(reader, &flows, "clientCredentials").map(|flow| {
            oa::ClientCredentialsOAuth2Flow {
                refresh_url: flow.refresh_url,
                token_url: flow.token_url,
                scopes: flow.scopes,
                extensions: flow.extensions,
            }
        }),
        authorization_code: flow(reader, &flows, "authorizationCode").map(|flow| {
            oa::AuthorizationCodeOAuth2Flow {
                authorization_url: flow.authorization_url,
                token_url: flow.token_url,
                refresh_url: flow.refresh_url,
                scopes: flow.scopes,
                extensions: flow.extensions,
            }
        }),
        extensions: flows.extensions(),
    }
}

fn flow<'a>(reader: &mut DocumentReader<'a>, flows: &Located<'a>, key: &str) -> Option<Flow> {
    const MEMBERS: [&str; 5] = [
        "authorizationUrl",
        "deviceAuthorizationUrl",
        "tokenUrl",
        "refreshUrl",
        "scopes",
    ];
    let flow = reader.object(flows, key)?;
    let members = &mut reader.members;
    members.report_unknown_members(flow.node, "a flow", &MEMBERS);
    let authorization_url = members.string(flow.node, "authorizationUrl");
    let token_url = members.string(flow.node, "tokenUrl");
    let refresh_url = members.string(flow.node, "refreshUrl");
    // Many documents give scopes no description.
    let scopes = members.map(flow.node, "scopes").map(|(name, scope)| {
        let description = scope.node.as_str().unwrap_or_default();
        (name.clone(), description.to_owned())
    });
    Some(Flow {
        authorization_url: authorization_url.unwrap_or_default(),
        token_url: token_url.unwrap_or_default(),
        refresh_url,
        scopes: scopes.collect(),
        extensions: flow.extensions(),
    })
}
