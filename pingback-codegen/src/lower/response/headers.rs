//! Lowers the headers that responses declare, for each operation those of its successes and of its errors.

use crate::diagnostic::rules;
use crate::lower::Lowering;
use crate::lower::header_names::{is_header_name, without_x_prefix};
use crate::lower::reader::text;
use crate::lower::response::Documented;
use crate::lower::response::outcomes::Outcomes;
use crate::lower::types::{Direction, NameHint};
use crate::model::{Docs, Type};
use crate::names;
use crate::read::media_types::{essence, is_json};
use crate::read::schema::SchemaId;
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr};
use std::collections::HashMap;

/// The headers that one operation declares, by response.
pub(in crate::lower) struct DeclaredHeaders {
    pub(super) successes: Vec<Vec<Header>>,
    pub(super) errors: Vec<Vec<Header>>,
}

/// A header of a response, before all types have their names.
#[derive(Clone)]
pub(super) struct Header {
    pub(super) wire: String,
    pub(super) ty: Type,
    pub(super) json: bool,
    pub(super) explode: bool,
    pub(super) required: bool,
    pub(super) docs: Docs,
    pub(super) span: Option<Span>,
}

/// Lowers the headers of all responses.
pub(in crate::lower) fn declared(
    lowering: &mut Lowering<'_>,
    outcomes: &[Outcomes<'_>],
) -> Vec<DeclaredHeaders> {
    let mut known = HashMap::new();
    let mut of_one = |documented: &Documented<'_>| of_response(lowering, documented, &mut known);
    outcomes
        .iter()
        .map(|outcomes| DeclaredHeaders {
            successes: outcomes.all_successes().map(&mut of_one).collect(),
            errors: outcomes.all_errors().map(&mut of_one).collect(),
        })
        .collect()
}

/// The lowered definitions of headers, by pointer and name; `None` for an ignored header.
type LoweredHeaders = HashMap<(Pointer, String), Option<Header>>;

/// The headers of one response, each once.
fn of_response(
    lowering: &mut Lowering<'_>,
    documented: &Documented<'_>,
    known: &mut LoweredHeaders,
) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for (wire, header) in &documented.response.headers {
        let ReferenceOr::Item(header) = header else {
            continue;
        };
        let pointer = documented.pointer.child("headers").child(wire);
        let resolved = lowering.reader.resolve(&pointer);
        let (place, node) = resolved.map_or((pointer, None), |(place, node)| (place, Some(node)));
        let key = (place, wire.clone());
        let lowered = if let Some(lowered) = known.get(&key) {
            lowered.clone()
        } else {
            let lowered = lower_header(lowering, wire, header, &key.0, node);
            known.insert(key, lowered.clone());
            lowered
        };
        let Some(lowered) = lowered else { continue };
        match headers.iter().find(|other| same(&other.wire, wire)) {
            Some(other) => {
                lowering
                    .diagnostics
                    .report(rules::REPEATED_HEADER, lowered.span, &[&other.wire, wire]);
            }
            None => headers.push(lowered),
        }
    }
    headers
}

/// Lowers the definition of a header; `None` if it is ignored.
fn lower_header(
    lowering: &mut Lowering<'_>,
    wire: &str,
    header: &openapiv3::Header,
    place: &Pointer,
    node: Option<&Node>,
) -> Option<Header> {
    let span = lowering.reader.key_span(place);
    // "If a response header is defined with the name Content-Type, it SHALL be ignored."
    if same(wire, "content-type") {
        lowering
            .diagnostics
            .report(rules::IGNORED_RESPONSE_HEADER, span, &[&wire]);
        return None;
    }
    if !is_header_name(wire) {
        lowering.diagnostics.report(rules::HEADER_NAME, span, &[&wire]);
        return None;
    }
    let (schema, json) = header_schema(lowering, wire, &header.format, span);
    let hint = NameHint::new(&names::type_name(&format!("{} Header", without_x_prefix(wire))));
    let ty = match schema {
        Some(schema) => lowering
            .types
            .type_of(schema, Direction::Received, &hint, lowering.diagnostics),
        None if json => Type::Json,
        None => Type::String,
    };
    // `openapiv3` has no member for it.
    let explode = node
        .and_then(|node| node.get("explode"))
        .and_then(Node::as_bool)
        .unwrap_or_default();
    Some(Header {
        wire: wire.to_owned(),
        // A header cannot be `null`, only absent.
        ty: match ty {
            Type::Nullable(inner) => *inner,
            ty => ty,
        },
        json,
        explode,
        required: header.required,
        docs: Docs {
            description: text(header.description.as_ref()),
            deprecated: header.deprecated.unwrap_or_default(),
            ..Docs::default()
        },
        span,
    })
}

/// The schema of a header, and whether its value is JSON. A header of another media type is text.
fn header_schema(
    lowering: &mut Lowering<'_>,
    wire: &str,
    format: &ParameterSchemaOrContent,
    span: Option<Span>,
) -> (Option<SchemaId>, bool) {
    let content = match format {
        ParameterSchemaOrContent::Schema(schema) => return (lowering.reader.schema_id(schema), false),
        ParameterSchemaOrContent::Content(content) => content,
    };
    match content.first() {
        Some((media_type, media)) if is_json(media_type) => {
            let schema = media.schema.as_ref();
            let schema = schema.and_then(|schema| lowering.reader.schema_id(schema));
            (schema, true)
        }
        Some((media_type, _)) => {
            if essence(media_type) != "text/plain" {
                let why = format!("its media type is `{media_type}`");
                lowering
                    .diagnostics
                    .report(rules::HEADER_AS_TEXT, span, &[&wire, &why]);
            }
            (None, false)
        }
        None => (None, false),
    }
}

/// Whether two names are of the same header.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
