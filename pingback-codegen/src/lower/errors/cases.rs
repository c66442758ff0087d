//! Lists the cases of each operation's error enum.

use super::body_types::BodyTypes;
use super::code_names;
use super::error_response::ErrorResponse;
use super::evidence::Evidence;
use super::layouts::Layouts;
use super::status_specific::Branch;
use crate::lower::endpoints::Endpoint;
use crate::lower::response::contents::{Content, Format};
use crate::lower::response::response_docs;
use crate::lower::{Lowering, statuses};
use crate::model::{Code, Docs, ErrorCase, ErrorCaseOrigin, Payload, PayloadKind, Status, Type};
use crate::names;
use crate::read::catalogue::CatalogueEntry;
use crate::read::media_types::content_word;
use std::collections::HashMap;

/// Lists cases. Each has the name that it gets unless another case of its operation has the same name.
pub(super) struct CaseList<'c> {
    /// The variant of each code.
    variants: HashMap<&'c str, &'c str>,
}

/// An error response with the codes that it documents.
pub(super) struct DocumentedResponse<'r, 'd> {
    pub(super) endpoint: &'r Endpoint<'d>,
    pub(super) response: &'r ErrorResponse<'d>,
    pub(super) branches: &'r [Branch],
    /// The pointer of the code in its bodies, if it differs from that of most bodies.
    pub(super) code_pointer: Option<&'r String>,
}

/// The error responses of each operation.
pub(super) fn documented_responses<'r, 'd>(
    endpoints: &'r [Endpoint<'d>],
    responses: &'r [ErrorResponse<'d>],
    branches: &'r [Vec<Branch>],
    layouts: &'r Layouts,
) -> Vec<Vec<DocumentedResponse<'r, 'd>>> {
    let mut of_operation: Vec<Vec<DocumentedResponse<'_, '_>>> = Vec::new();
    of_operation.resize_with(endpoints.len(), Vec::new);
    let main = layouts.main.code.as_ref();
    for ((response, branches), pointers) in responses.iter().zip(branches).zip(&layouts.of_response) {
        let code_pointer = pointers.code.as_ref();
        of_operation[response.operation].push(DocumentedResponse {
            endpoint: &endpoints[response.operation],
            response,
            branches,
            code_pointer: code_pointer.filter(|pointer| Some(*pointer) != main),
        });
    }
    of_operation
}

/// The codes of one response, and the branches without a specific code.
struct CodeGroups<'b> {
    /// Each status-specific code with the branches that have it.
    coded: Vec<(&'b Evidence, Vec<&'b Branch>)>,
    /// The branches that may have another code, or none.
    open: Vec<&'b Branch>,
}

impl<'c> CaseList<'c> {
    pub(super) fn new(codes: &'c [Code]) -> Self {
        let variants = codes
            .iter()
            .map(|code| (code.code.as_str(), code.variant.as_str()));
        Self {
            variants: variants.collect(),
        }
    }

    /// The cases of an operation that the document has.
    pub(super) fn of_operation(
        &self,
        lowering: &mut Lowering<'_>,
        responses: &[DocumentedResponse<'_, '_>],
        bodies: &mut BodyTypes,
    ) -> Vec<ErrorCase> {
        let mut cases = Vec::new();
        for response in responses {
            cases.extend(self.of_response(lowering, response, bodies));
        }
        for response in responses {
            for content in &response.response.other_contents {
                cases.push(of_content(lowering, response, content, bodies));
            }
        }
        cases
    }

    /// The cases of one response: one for each code that is specific to its status, and one for the status itself
    /// unless only those codes can occur.
    fn of_response(
        &self,
        lowering: &mut Lowering<'_>,
        error: &DocumentedResponse<'_, '_>,
        bodies: &mut BodyTypes,
    ) -> Vec<ErrorCase> {
        let response = error.response;
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
            return vec![status_case(status, Payload { kind, media_type }, docs)];
        };
        let mut shapes = error
            .branches
            .iter()
            .map(|branch| lowering.types.shape_of(branch.body.schema));
        let first_shape = shapes.next();
        let is_one_shape = shapes.all(|shape| Some(shape) == first_shape);
        let mut payload = |lowering: &mut Lowering<'_>, branches: &[&Branch]| {
            let schema = match branches {
                [one] => one.body.schema,
                [first, ..] if is_one_shape => first.body.schema,
                _ => whole,
            };
            Payload {
                kind: PayloadKind::Json(bodies.type_of(lowering, error.endpoint, status, schema)),
                media_type: media_type.clone(),
            }
        };
        let CodeGroups { coded, open } = code_groups(status, error.branches);
        let mut cases = Vec::new();
        for (evidence, branches) in &coded {
            cases.push(ErrorCase {
                variant: self.variant(&evidence.code),
                status,
                code: Some(evidence.code.clone()),
                code_pointer: error.code_pointer.cloned(),
                payload: payload(lowering, branches),
                message: evidence.message.clone(),
                docs: Docs {
                    summary: branches.first().and_then(|branch| branch.body.title.clone()),
                    ..docs.clone()
                },
                by_media_type: false,
                origin: ErrorCaseOrigin::Document,
            });
        }
        if !open.is_empty() {
            cases.push(status_case(status, payload(lowering, &open), docs));
        }
        cases
    }

    fn variant(&self, code: &str) -> String {
        match self.variants.get(code) {
            Some(variant) => (*variant).to_owned(),
            None => code_names::variant(code, None),
        }
    }

    /// The cases of the catalogue for the codes that any operation may return, unless the operation documents them.
    pub(super) fn of_catalogue(
        &self,
        endpoint: &Endpoint<'_>,
        documented: &[ErrorCase],
        everywhere: &[(&CatalogueEntry, Status)],
        body: &Type,
    ) -> Vec<ErrorCase> {
        // The response to a HEAD request has no body, and so no code.
        if endpoint.route.method == "HEAD" {
            return Vec::new();
        }
        let cases = everywhere
            .iter()
            .filter(|(entry, status)| !is_documented(documented, *status, &entry.code.value));
        cases
            .map(|(entry, status)| self.catalogue_case(entry, *status, body))
            .collect()
    }

    fn catalogue_case(&self, entry: &CatalogueEntry, status: Status, body: &Type) -> ErrorCase {
        ErrorCase {
            variant: self.variant(&entry.code.value),
            status,
            code: Some(entry.code.value.clone()),
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
            by_media_type: false,
            origin: ErrorCaseOrigin::Catalogue,
        }
    }
}

/// The case of a further media type of a response.
fn of_content(
    lowering: &mut Lowering<'_>,
    error: &DocumentedResponse<'_, '_>,
    content: &Content<'_>,
    bodies: &mut BodyTypes,
) -> ErrorCase {
    let documented = &error.response.documented;
    let status = documented.status;
    let kind = match (content.format, content.schema) {
        (Format::Json, Some(schema)) => {
            PayloadKind::Json(bodies.type_of(lowering, error.endpoint, status, schema))
        }
        (Format::Json, None) => PayloadKind::Json(Type::Json),
        (Format::Text, _) => PayloadKind::Text,
        (Format::Bytes, _) => PayloadKind::Bytes,
    };
    let word = content_word(content.media_type);
    let payload = Payload {
        kind,
        media_type: Some(content.media_type.to_owned()),
    };
    ErrorCase {
        variant: names::variant_name(&format!("{} {word}", statuses::variant(status))),
        by_media_type: true,
        ..status_case(status, payload, response_docs(documented.response))
    }
}

/// The case of all errors of a status that no case of a code matches.
pub(super) fn status_case(status: Status, payload: Payload, docs: Docs) -> ErrorCase {
    ErrorCase {
        variant: statuses::variant(status),
        status,
        code: None,
        code_pointer: None,
        payload,
        message: None,
        docs,
        by_media_type: false,
        origin: ErrorCaseOrigin::Document,
    }
}

/// Groups the branches of a response by code. A range of statuses and `default` have no codes of their own, since only
/// the response shows its status.
fn code_groups(status: Status, branches: &[Branch]) -> CodeGroups<'_> {
    let has_codes = matches!(status, Status::Exact(_));
    let mut coded: Vec<(&Evidence, Vec<&Branch>)> = Vec::new();
    let mut open: Vec<&Branch> = Vec::new();
    for branch in branches {
        for evidence in branch.status_specific.iter().filter(|_| has_codes) {
            match coded.iter_mut().find(|(known, _)| known.code == evidence.code) {
                Some((_, of_code)) => {
                    if of_code
                        .iter()
                        .all(|known| known.body.schema != branch.body.schema)
                    {
                        of_code.push(branch);
                    }
                }
                None => coded.push((evidence, vec![branch])),
            }
        }
        if branch.open || !has_codes {
            open.push(branch);
        }
    }
    CodeGroups { coded, open }
}

/// Whether the operation's own responses include a code: by itself, or since one case matches its whole status.
fn is_documented(cases: &[ErrorCase], status: Status, code: &str) -> bool {
    cases.iter().any(|case| {
        case.status == status
            && !case.by_media_type
            && case.code.as_deref().is_none_or(|documented| documented == code)
    })
}
