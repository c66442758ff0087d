//! Joins the headers of an operation's responses into sets of typed headers, each shape once.

use super::former_header_sets::former_keys;
use super::header_form::form;
use super::headers::{DeclaredHeaders, Header, same};
use crate::diagnostic::{Diagnostics, rules};
use crate::lower::endpoints::Endpoint;
use crate::lower::header_names::without_x_prefix;
use crate::model::{ErrorCase, ErrorCaseOrigin, HeaderForm, HeaderSet, ResponseHeader, Type, TypeDef};
use crate::names::{self, LockedNames, NameKind, NameRequest, Scope, UniqueNames};
use indexmap::IndexSet;

/// A set of more headers that have no word in common is named by its operation.
const NAMED_BY_ALL: usize = 3;

/// The sets of headers of an API.
pub(in crate::lower) struct HeaderSets {
    pub(in crate::lower) list: Vec<HeaderSet>,
    /// The sets of each operation.
    pub(in crate::lower) of_endpoint: Vec<OperationHeaders>,
    /// The names for the lock file.
    pub(in crate::lower) locked_names: LockedNames,
}

/// The sets of one operation: indices into [`HeaderSets::list`].
pub(in crate::lower) struct OperationHeaders {
    pub(in crate::lower) success: Option<usize>,
    pub(in crate::lower) errors: Option<usize>,
}

/// One operation, for joining its headers.
pub(in crate::lower) struct Declaration<'a> {
    /// The type of its request.
    type_name: &'a str,
    headers: &'a DeclaredHeaders,
    errors: &'a [ErrorCase],
}

/// What each operation declares.
pub(in crate::lower) fn declarations<'a>(
    endpoints: &'a [Endpoint<'_>],
    headers: &'a [DeclaredHeaders],
    errors: &'a [Vec<ErrorCase>],
) -> impl Iterator<Item = Declaration<'a>> {
    let operations = endpoints.iter().zip(headers).zip(errors);
    operations.map(|((endpoint, headers), errors)| Declaration {
        type_name: &endpoint.names.type_name,
        headers,
        errors,
    })
}

/// Joins the headers of each operation's successful responses, and those of its errors. All types must have their names.
pub(in crate::lower) fn join<'a>(
    types: &[TypeDef],
    operations: impl Iterator<Item = Declaration<'a>>,
    locked: &LockedNames,
    diagnostics: &mut Diagnostics,
) -> HeaderSets {
    let mut sets = Sets {
        types,
        diagnostics,
        keys: IndexSet::new(),
        requests: Vec::new(),
        list: Vec::new(),
    };
    let of_endpoint = operations
        .map(|operation| {
            let name = operation.type_name;
            // A case from the catalogue has no headers.
            let are_all_documented = operation
                .errors
                .iter()
                .all(|case| case.origin == ErrorCaseOrigin::Document);
            let declared = operation.headers;
            OperationHeaders {
                success: sets.add(&declared.successes, true, &format!("{name} Headers")),
                errors: sets.add(
                    &declared.errors,
                    are_all_documented,
                    &format!("{name} Error Headers"),
                ),
            }
        })
        .collect();
    let Sets {
        keys, requests, list, ..
    } = sets;
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let former = former_keys(&keys, locked);
    let requests = requests.into_iter().zip(former);
    let requests: Vec<NameRequest> = requests
        .map(|(request, former)| request.formerly(former))
        .collect();
    let mut scope = Scope::api(NameKind::Headers);
    let set_names = scope.assign(&requests, locked);
    let mut locked_names = LockedNames::default();
    locked_names.record(&scope, &requests, &set_names);
    let named = list.into_iter().zip(set_names);
    HeaderSets {
        list: named.map(|(headers, name)| HeaderSet { name, headers }).collect(),
        of_endpoint,
        locked_names,
    }
}

/// A header of one or more responses.
struct MergedHeader<'h> {
    header: &'h Header,
    form: HeaderForm,
    ty: Type,
    /// How many responses require it.
    required_by: usize,
}

/// The sets so far.
struct Sets<'a> {
    types: &'a [TypeDef],
    diagnostics: &'a mut Diagnostics,
    /// The key of each set. Headers with the same names and types are one set, even if their docs differ.
    keys: IndexSet<String>,
    /// The requests for the names of the sets.
    requests: Vec<NameRequest>,
    list: Vec<Vec<ResponseHeader>>,
}

impl Sets<'_> {
    /// The index of the set of all headers of these responses; `None` if they declare none. A header is required if
    /// every response requires it and `are_all` is true: these are all responses of the operation.
    fn add(&mut self, responses: &[Vec<Header>], are_all: bool, own_name: &str) -> Option<usize> {
        let merged = self.merge(responses);
        if merged.is_empty() {
            return None;
        }
        let mut headers: Vec<ResponseHeader> = merged
            .into_iter()
            .map(|merged| ResponseHeader {
                name: names::field_name(&merged.header.wire),
                wire: merged.header.wire.clone(),
                ty: merged.ty,
                required: are_all && merged.required_by == responses.len(),
                form: merged.form,
                docs: merged.header.docs.clone(),
            })
            .collect();
        let key = self.key(&headers);
        if let Some(index) = self.keys.get_index_of(&key) {
            return Some(index);
        }
        // Fields are named in an order that does not depend on which operation has the set.
        let mut fields = UniqueNames::default();
        let mut order: Vec<usize> = (0..headers.len()).collect();
        order.sort_by_key(|&at| headers[at].wire.to_ascii_lowercase());
        for at in order {
            headers[at].name = fields.make_unique(&headers[at].name);
        }
        let request = NameRequest::new(&key, set_name(&headers, own_name));
        self.requests.push(request.or(names::type_name(own_name)));
        self.keys.insert(key);
        self.list.push(headers);
        Some(self.list.len() - 1)
    }

    /// The headers of all responses, each once. A header that differs between responses is text.
    fn merge<'h>(&mut self, responses: &'h [Vec<Header>]) -> Vec<MergedHeader<'h>> {
        let mut merged: Vec<MergedHeader<'_>> = Vec::new();
        for header in responses.iter().flatten() {
            let (form, ty) = self.form(header);
            let required = usize::from(header.required);
            let mut known = merged.iter_mut();
            let Some(known) = known.find(|known| same(&known.header.wire, &header.wire)) else {
                merged.push(MergedHeader {
                    header,
                    form,
                    ty,
                    required_by: required,
                });
                continue;
            };
            known.required_by += required;
            if (&known.form, &known.ty) != (&form, &ty) {
                (known.form, known.ty) = (HeaderForm::Text, Type::String);
                self.diagnostics
                    .report(rules::HEADER_DIFFERS, header.span, &[&header.wire]);
            }
        }
        merged
    }

    /// The key of a set in the lock file: its headers and their types, with `?` for headers that can be missing.
    fn key(&self, headers: &[ResponseHeader]) -> String {
        let mut parts: Vec<String> = headers
            .iter()
            .map(|header| {
                let wire = header.wire.to_ascii_lowercase();
                let mark = if header.required { "" } else { "?" };
                format!("{wire}{mark}: {}", self.describe(&header.ty, &header.form))
            })
            .collect();
        parts.sort();
        parts.join(", ")
    }

    /// Describes a type and how it is read.
    fn describe(&self, ty: &Type, form: &HeaderForm) -> String {
        let ty = match ty {
            Type::Named(id) => self.types.get(id.0).map_or("", |def| &def.name).to_owned(),
            Type::Array(item) => format!("[{}]", self.describe(item, &HeaderForm::Text)),
            Type::Map(value) => format!("{{{}}}", self.describe(value, &HeaderForm::Text)),
            Type::Nullable(inner) => format!("{} or null", self.describe(inner, &HeaderForm::Text)),
            Type::Boxed(inner) => self.describe(inner, &HeaderForm::Text),
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.describe(item, &HeaderForm::Text));
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

    /// How a header is decoded, and its type. If its schema cannot be encoded in a header, it is text.
    fn form(&mut self, header: &Header) -> (HeaderForm, Type) {
        // Each cookie has a separate header line (RFC 6265, section 3).
        if same(&header.wire, "set-cookie") {
            return (HeaderForm::Lines, Type::Array(Box::new(Type::String)));
        }
        if header.json {
            return (HeaderForm::Json, header.ty.clone());
        }
        match form(self.types, &header.ty, header.explode) {
            // Without a type, a header is text.
            Some(HeaderForm::Text) if header.ty == Type::Json => (HeaderForm::Text, Type::String),
            Some(form) => (form, header.ty.clone()),
            None => {
                let why = "it is neither a scalar nor an array or object of scalars";
                self.diagnostics
                    .report(rules::HEADER_AS_TEXT, header.span, &[&header.wire, &why]);
                (HeaderForm::Text, Type::String)
            }
        }
    }
}

/// The name of a set: from its headers, or from the first operation if there are too many headers.
fn set_name(headers: &[ResponseHeader], own_name: &str) -> String {
    let parts: Vec<Vec<&str>> = headers
        .iter()
        .map(|header| without_x_prefix(&header.wire).split(['-', '_']).collect())
        .collect();
    let first = parts.first().map(Vec::as_slice).unwrap_or_default();
    let mut common = 0;
    while first.get(common).is_some_and(|part| {
        let is_same = |other: &Vec<&str>| other.get(common).is_some_and(|other| same(other, part));
        parts.iter().all(is_same)
    }) {
        common += 1;
    }
    names::type_name(&if common > 0 {
        format!("{} Headers", first[..common].join(" "))
    } else if parts.len() <= NAMED_BY_ALL {
        format!("{} Headers", parts.concat().join(" "))
    } else {
        own_name.to_owned()
    })
}
