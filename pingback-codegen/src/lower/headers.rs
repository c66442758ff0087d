//! The headers that responses declare in; sets of typed headers out, each shape once, and for each operation those
//! of its successes and of its errors. Knows nothing of how a header is read.

use super::Lowering;
use super::bodies::{essence, is_json};
use super::endpoints::Endpoint;
use super::reader::text;
use super::responses::{Documented, outcomes};
use super::types::{Direction, NameHint};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{
    Api, Docs, ErrorCaseOrigin, HeaderForm, HeaderSet, ResponseHeader, Type, TypeDef, TypeKind,
};
use crate::names::{self, LockedNames, NameKind, UniqueNames};
use crate::read::tree::{Node, Pointer};
use crate::source::Span;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr};
use std::collections::HashMap;

/// How many newtypes in a row are followed.
const DEPTH: usize = 32;

/// The name of a set of more headers than these, which have nothing in common, says for which operation it is.
const NAMED_BY_ALL: usize = 3;

/// The headers that one operation declares, by response.
pub(super) struct Declared {
    successes: Vec<Vec<Header>>,
    errors: Vec<Vec<Header>>,
}

/// A header of a response, before all types are known.
#[derive(Clone)]
struct Header {
    wire: String,
    ty: Type,
    json: bool,
    explode: bool,
    required: bool,
    docs: Docs,
    span: Option<Span>,
}

/// Lowers the headers of all responses.
pub(super) fn declared(lowering: &mut Lowering<'_>, endpoints: &[Endpoint<'_>]) -> Vec<Declared> {
    let mut known = HashMap::new();
    let mut of_all = |lowering: &mut Lowering<'_>, responses: &[Documented<'_>]| {
        let of_one = |documented| of_response(lowering, documented, &mut known);
        responses.iter().map(of_one).collect()
    };
    endpoints
        .iter()
        .map(|endpoint| {
            let outcomes = outcomes(lowering, endpoint);
            Declared {
                successes: of_all(lowering, &outcomes.successes),
                errors: of_all(lowering, &outcomes.errors),
            }
        })
        .collect()
}

/// What each definition of a header is, by its place and its name; `None` if nothing can be made of it.
type Known = HashMap<(Pointer, String), Option<Header>>;

fn of_response(lowering: &mut Lowering<'_>, documented: &Documented<'_>, known: &mut Known) -> Vec<Header> {
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
            let lowered = one(lowering, wire, header, &key.0, node);
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

fn one(
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
    let hint = NameHint::new(&names::type_name(&format!("{} Header", bare(wire))));
    let (schema, json) = match &header.format {
        ParameterSchemaOrContent::Schema(schema) => (lowering.reader.schema_id(schema), false),
        ParameterSchemaOrContent::Content(content) => match content.first() {
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
        },
    };
    let ty = match schema {
        Some(schema) => lowering
            .types
            .type_of(schema, Direction::Received, &hint, lowering.diagnostics),
        None if json => Type::Json,
        None => Type::String,
    };
    // `openapiv3` has no place for it.
    let explode = node
        .and_then(|node| node.get("explode"))
        .and_then(Node::as_bool)
        .unwrap_or_default();
    Some(Header {
        wire: wire.to_owned(),
        // A header is there or it is not.
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

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The name without what says that it is nobody's standard.
pub(super) fn bare(wire: &str) -> &str {
    let bare = wire.strip_prefix("x-").or_else(|| wire.strip_prefix("X-"));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(wire)
}

/// A token (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// Makes the sets, now that all types are known.
pub(super) fn settle(
    api: &mut Api,
    new: &mut LockedNames,
    declared: &[Declared],
    kept: &LockedNames,
    diagnostics: &mut Diagnostics,
) {
    let mut sets = Sets {
        types: &api.types,
        diagnostics,
        kept,
        names: UniqueNames::default(),
        known: HashMap::new(),
        list: Vec::new(),
    };
    for (_, name) in kept.of(NameKind::Headers) {
        sets.names.reserve(name);
    }
    for (operation, declared) in api.operations.iter_mut().zip(declared) {
        let name = &operation.type_name;
        operation.headers = sets.set(&declared.successes, true, &format!("{name} Headers"));
        // What the catalogue adds declares no headers.
        let all = operation
            .errors
            .iter()
            .all(|case| case.origin == ErrorCaseOrigin::Document);
        operation.error_headers = sets.set(&declared.errors, all, &format!("{name} Error Headers"));
    }
    let (list, known) = (sets.list, sets.known);
    for (key, index) in known {
        new.insert(NameKind::Headers, &key, &list[index].name);
    }
    api.headers = list;
}

struct Sets<'a> {
    types: &'a [TypeDef],
    diagnostics: &'a mut Diagnostics,
    kept: &'a LockedNames,
    names: UniqueNames,
    /// The number of each set, by what is read in it and how. Sets are equal if that is the same, whatever is said
    /// of it.
    known: HashMap<String, usize>,
    list: Vec<HeaderSet>,
}

impl Sets<'_> {
    /// The number of the set of all headers of these responses. A header is only sure to be there if each of them
    /// requires it, and they are all there are.
    fn set(&mut self, responses: &[Vec<Header>], all: bool, own_name: &str) -> Option<usize> {
        let mut merged: Vec<(&Header, HeaderForm, Type, usize)> = Vec::new();
        for header in responses.iter().flatten() {
            let (form, ty) = self.form(header);
            let required = usize::from(header.required);
            let Some(known) = merged.iter_mut().find(|known| same(&known.0.wire, &header.wire)) else {
                merged.push((header, form, ty, required));
                continue;
            };
            known.3 += required;
            if (&known.1, &known.2) != (&form, &ty) {
                (known.1, known.2) = (HeaderForm::Text, Type::String);
                self.diagnostics
                    .report(rules::HEADER_DIFFERS, header.span, &[&header.wire]);
            }
        }
        if merged.is_empty() {
            return None;
        }
        let mut headers: Vec<ResponseHeader> = merged
            .into_iter()
            .map(|(header, form, ty, required)| ResponseHeader {
                name: names::field_name(&header.wire),
                wire: header.wire.clone(),
                ty,
                required: all && required == responses.len(),
                form,
                docs: header.docs.clone(),
            })
            .collect();
        let key = self.key(&headers);
        if let Some(&known) = self.known.get(&key) {
            return Some(known);
        }
        // In an order that does not depend on which operation has the set.
        let mut fields = UniqueNames::default();
        let mut order: Vec<usize> = (0..headers.len()).collect();
        order.sort_by_key(|&at| headers[at].wire.to_ascii_lowercase());
        for at in order {
            headers[at].name = fields.make_unique(&headers[at].name);
        }
        let name = match self.kept.get(NameKind::Headers, &key) {
            Some(kept) => kept.to_owned(),
            None => self.name(&headers, own_name),
        };
        self.known.insert(key, self.list.len());
        self.list.push(HeaderSet { name, headers });
        Some(self.list.len() - 1)
    }

    /// What a set is known by: its headers with their types, those that may be missing with a question mark.
    fn key(&self, headers: &[ResponseHeader]) -> String {
        let mut parts: Vec<String> = headers
            .iter()
            .map(|header| {
                let wire = header.wire.to_ascii_lowercase();
                let mark = if header.required { "" } else { "?" };
                format!("{wire}{mark}: {}", self.said(&header.ty, &header.form))
            })
            .collect();
        parts.sort();
        parts.join(", ")
    }

    /// A type in a few words, and how it is read where that is not plain.
    fn said(&self, ty: &Type, form: &HeaderForm) -> String {
        let ty = match ty {
            Type::Named(id) => self.types.get(id.0).map_or("", |def| &def.name).to_owned(),
            Type::Array(item) => format!("[{}]", self.said(item, &HeaderForm::Text)),
            Type::Map(value) => format!("{{{}}}", self.said(value, &HeaderForm::Text)),
            Type::Nullable(inner) => format!("{} or null", self.said(inner, &HeaderForm::Text)),
            Type::Boxed(inner) => self.said(inner, &HeaderForm::Text),
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.said(item, &HeaderForm::Text));
                format!("({})", items.collect::<Vec<_>>().join(", "))
            }
            Type::Int(kind) => format!("{kind:?}").to_lowercase(),
            Type::Float(kind) => format!("{kind:?}").to_lowercase(),
            other => format!("{other:?}").to_lowercase(),
        };
        match form {
            HeaderForm::Json => format!("{ty} as JSON"),
            HeaderForm::Object { explode: true, .. } => format!("{ty} exploded"),
            _ => ty,
        }
    }

    /// How a header is read, and as what: as text, if it is more than a header can hold.
    fn form(&mut self, header: &Header) -> (HeaderForm, Type) {
        // Each cookie is a line of its own (RFC 6265, section 3).
        if same(&header.wire, "set-cookie") {
            return (HeaderForm::Lines, Type::Array(Box::new(Type::String)));
        }
        if header.json {
            return (HeaderForm::Json, header.ty.clone());
        }
        match form(self.types, &header.ty, header.explode) {
            // Nothing is said of what it is: it is text, as all headers are.
            Some(HeaderForm::Text) if header.ty == Type::Json => (HeaderForm::Text, Type::String),
            Some(form) => (form, header.ty.clone()),
            None => {
                let why = "it is no scalar, and no list or object of scalars";
                self.diagnostics
                    .report(rules::HEADER_AS_TEXT, header.span, &[&header.wire, &why]);
                (HeaderForm::Text, Type::String)
            }
        }
    }

    /// A set is named by its headers, so that its name does not depend on which operation comes first.
    fn name(&mut self, headers: &[ResponseHeader], own_name: &str) -> String {
        let parts: Vec<Vec<&str>> = headers
            .iter()
            .map(|header| bare(&header.wire).split(['-', '_']).collect())
            .collect();
        let first = parts.first().map(Vec::as_slice).unwrap_or_default();
        let mut common = 0;
        while first.get(common).is_some_and(|part| {
            let is_same = |other: &Vec<&str>| other.get(common).is_some_and(|other| same(other, part));
            parts.iter().all(is_same)
        }) {
            common += 1;
        }
        let wanted = if common > 0 {
            format!("{} Headers", first[..common].join(" "))
        } else if parts.len() <= NAMED_BY_ALL {
            format!("{} Headers", parts.concat().join(" "))
        } else {
            own_name.to_owned()
        };
        let wanted = names::type_name(&wanted);
        if self.names.reserve(&wanted) {
            return wanted;
        }
        self.names.make_unique(&names::type_name(own_name))
    }
}

/// How values of a type stand in a header (OpenAPI 3.0.3, style `simple`); `None` if they cannot.
fn form(types: &[TypeDef], ty: &Type, explode: bool) -> Option<HeaderForm> {
    let ty = underlying(types, ty)?;
    match ty {
        Type::Array(item) => Some(HeaderForm::List(Box::new(scalar(types, item)?))),
        Type::Map(value) => Some(HeaderForm::Object {
            explode,
            members: Vec::new(),
            others: Some(Box::new(scalar(types, value)?)),
        }),
        Type::Named(id) => match &types.get(id.0)?.kind {
            TypeKind::Struct(object) => {
                let members = object
                    .fields
                    .iter()
                    .map(|field| Some((field.wire.clone(), scalar(types, &field.ty)?)));
                let others = match &object.additional {
                    Some((_, ty)) => Some(Box::new(scalar(types, ty)?)),
                    None => None,
                };
                Some(HeaderForm::Object {
                    explode,
                    members: members.collect::<Option<_>>()?,
                    others,
                })
            }
            _ => scalar(types, ty),
        },
        _ => scalar(types, ty),
    }
}

fn scalar(types: &[TypeDef], ty: &Type) -> Option<HeaderForm> {
    match underlying(types, ty)? {
        Type::Bool => Some(HeaderForm::Boolean),
        Type::Int(_) | Type::Float(_) => Some(HeaderForm::Number),
        Type::String | Type::DateTime | Type::Date | Type::Uuid | Type::Json => Some(HeaderForm::Text),
        Type::Named(id) => match &types.get(id.0)?.kind {
            TypeKind::Enum(list) => match list.repr {
                Type::String => Some(HeaderForm::Text),
                Type::Bool => Some(HeaderForm::Boolean),
                Type::Int(_) | Type::Float(_) => Some(HeaderForm::Number),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The type without aliases, newtypes, limits, boxes and `null`.
fn underlying<'t>(types: &'t [TypeDef], ty: &'t Type) -> Option<&'t Type> {
    let mut ty = ty;
    // Each step leaves a definition or a layer behind; the bound keeps a newtype of itself from looping.
    for _ in 0..DEPTH {
        ty = match ty.resolve_aliases(types) {
            Type::Nullable(inner) | Type::Boxed(inner) => inner,
            Type::Named(id) => match &types.get(id.0)?.kind {
                TypeKind::Newtype(inner) => inner,
                TypeKind::Checked(checked) => &checked.inner,
                _ => return Some(ty.resolve_aliases(types)),
            },
            other => return Some(other),
        };
    }
    None
}
