//! The cases of an operation's error enum.

use super::body_types::Bodies;
use super::code_names;
use super::evidence::{Branch, ErrorResponse, Evidence};
use crate::diagnostic::{Diagnostics, rules};
use crate::lower::endpoints::Endpoint;
use crate::lower::response::contents::{Content, Format};
use crate::lower::response::response_docs;
use crate::lower::{Lowering, statuses};
use crate::model::{
    Api, Code, Docs, ErrorCase, ErrorCaseOrigin, Operation, Payload, PayloadKind, Status, Type,
};
use crate::names::{self};
use crate::options::Options;
use crate::read::catalogue::Catalogue;
use crate::read::media_types::content_word;
use std::collections::HashMap;

/// The cases of one operation in the making.
pub(super) struct Cases<'c> {
    pub(super) variants: &'c Variants,
    /// Where the code stands in the bodies of the response at hand, if not where it stands in most.
    pub(super) code_pointer: Option<String>,
    pub(super) list: Vec<ErrorCase>,
}

impl Cases<'_> {
    /// Adds the cases of one response: one for each code that is tied to its status, and one for the status
    /// itself if that doesn't take care of everything.
    pub(super) fn document(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        response: &ErrorResponse<'_>,
        branches: &[Branch],
        bodies: &mut Bodies,
    ) {
        let status = response.documented.status;
        let media_type = response.content.map(|content| content.media_type.to_owned());
        let docs = response_docs(response.documented.response);
        let Some(whole) = response.schema() else {
            let kind = match response.content.map(|content| content.format) {
                None => PayloadKind::Empty,
                Some(Format::Json) => PayloadKind::Json(Type::Json),
                Some(Format::Text) => PayloadKind::Text,
                Some(Format::Bytes) => PayloadKind::Bytes,
            };
            self.add(status, None, Payload { kind, media_type }, None, docs);
            return;
        };
        let same_shape = {
            let mut shapes = branches
                .iter()
                .map(|branch| lowering.types.shape_of(branch.schema));
            let first = shapes.next();
            shapes.all(|shape| Some(shape) == first)
        };
        // A range or `default` has no codes of its own: which status came is only known then.
        let by_code = matches!(status, Status::Exact(_));
        let mut coded: Vec<(&Evidence, Vec<&Branch>)> = Vec::new();
        let mut open: Vec<&Branch> = Vec::new();
        for branch in branches {
            if by_code {
                for evidence in &branch.tied {
                    match coded.iter_mut().find(|(known, _)| known.code == evidence.code) {
                        Some((_, of)) if of.iter().any(|known| known.schema == branch.schema) => {}
                        Some((_, of)) => of.push(branch),
                        None => coded.push((evidence, vec![branch])),
                    }
                }
            }
            if branch.open || !by_code {
                open.push(branch);
            }
        }
        let mut payload = |lowering: &mut Lowering<'_>, of: &[&Branch]| {
            let schema = match of {
                [one] => one.schema,
                [first, ..] if same_shape => first.schema,
                _ => whole,
            };
            let kind = PayloadKind::Json(bodies.of(lowering, endpoint, status, schema));
            Payload {
                kind,
                media_type: media_type.clone(),
            }
        };
        for (evidence, of) in &coded {
            let payload = payload(lowering, of);
            let docs = Docs {
                summary: of.first().and_then(|branch| branch.title.clone()),
                ..docs.clone()
            };
            self.add(
                status,
                Some(&evidence.code),
                payload,
                evidence.message.clone(),
                docs,
            );
        }
        if !open.is_empty() {
            let payload = payload(lowering, &open);
            self.add(status, None, payload, None, docs);
        }
    }

    /// Adds the case of another media type.
    pub(super) fn other(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        response: &ErrorResponse<'_>,
        content: &Content<'_>,
        bodies: &mut Bodies,
    ) {
        let status = response.documented.status;
        let kind = match (content.format, content.schema) {
            (Format::Json, Some(schema)) => PayloadKind::Json(bodies.of(lowering, endpoint, status, schema)),
            (Format::Json, None) => PayloadKind::Json(Type::Json),
            (Format::Text, _) => PayloadKind::Text,
            (Format::Bytes, _) => PayloadKind::Bytes,
        };
        let word = content_word(content.media_type);
        let wanted = names::variant_name(&format!("{} {word}", statuses::variant(status)));
        self.list.push(ErrorCase {
            variant: wanted,
            status,
            code: None,
            code_pointer: None,
            payload: Payload {
                kind,
                media_type: Some(content.media_type.to_owned()),
            },
            message: None,
            docs: response_docs(response.documented.response),
            by_media_type: true,
            origin: ErrorCaseOrigin::Document,
        });
    }

    /// Adds a case under the name that it would have by itself.
    fn add(
        &mut self,
        status: Status,
        code: Option<&str>,
        payload: Payload,
        message: Option<String>,
        docs: Docs,
    ) {
        let variant = match code {
            Some(code) => variant_of(self.variants, code),
            None => statuses::variant(status),
        };
        let origin = ErrorCaseOrigin::Document;
        self.list.push(ErrorCase {
            variant,
            status,
            code: code.map(str::to_owned),
            code_pointer: code.and(self.code_pointer.clone()),
            payload,
            message,
            docs,
            by_media_type: false,
            origin,
        });
    }
}

pub(super) fn variants(codes: &[Code]) -> Variants {
    codes
        .iter()
        .map(|code| (code.code.clone(), code.variant.clone()))
        .collect()
}

/// The variants of all codes.
type Variants = HashMap<String, String>;

fn variant_of(variants: &Variants, code: &str) -> String {
    variants
        .get(code)
        .cloned()
        .unwrap_or_else(|| code_names::variant(code, None))
}

/// Adds to each operation the codes of the catalogue that hold everywhere: those the options name, or else
/// those whose status has nothing to do with what an operation is for.
pub(super) fn everywhere(
    options: &Options,
    catalogue: &Catalogue,
    api: &mut Api,
    diagnostics: &mut Diagnostics,
) {
    let Some(body) = api.errors.body.clone() else {
        return;
    };
    if let Some(chosen) = &options.errors.everywhere {
        for code in chosen
            .iter()
            .filter(|code| !catalogue.entries.contains_key(*code))
        {
            diagnostics.report(rules::UNKNOWN_EVERYWHERE_CODE, None, &[code]);
        }
    }
    let variants = variants(&api.errors.codes);
    for operation in &mut api.operations {
        // The answer to a HEAD request never has a body, and so never a code.
        if operation.method == "HEAD" {
            continue;
        }
        for entry in catalogue.entries.values() {
            let code = &entry.code.value;
            for status in &entry.statuses {
                let holds = match &options.errors.everywhere {
                    Some(chosen) => chosen.contains(code),
                    None => matches!(status.value, 401 | 403 | 429 | 500..=599),
                };
                let status = Status::Exact(status.value);
                if holds && !is_documented(operation, status, code) {
                    let case = ErrorCase {
                        by_media_type: false,
                        variant: variant_of(&variants, code),
                        status,
                        code: Some(code.clone()),
                        code_pointer: None,
                        payload: Payload {
                            kind: PayloadKind::Json(body.clone()),
                            media_type: Some("application/json".to_owned()),
                        },
                        message: entry.messages.first().map(|message| message.value.clone()),
                        docs: Docs {
                            summary: entry.title.as_ref().map(|title| title.value.clone()),
                            ..Docs::default()
                        },
                        origin: ErrorCaseOrigin::Catalogue,
                    };
                    operation.errors.push(case);
                }
            }
        }
    }
}

/// Whether the operation's own responses take care of a code: by itself, or since everything of its status
/// goes to one case.
fn is_documented(operation: &Operation, status: Status, code: &str) -> bool {
    operation.errors.iter().any(|case| {
        case.status == status
            && !case.by_media_type
            && case.code.as_deref().is_none_or(|documented| documented == code)
    })
}
