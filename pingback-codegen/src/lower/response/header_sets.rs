//! Joins the headers of an operation's responses into sets of typed headers, each shape once.

use super::header_form::form;
use super::headers::{Declared, Header, bare, same};
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Api, ErrorCaseOrigin, HeaderForm, HeaderSet, ResponseHeader, Type, TypeDef};
use crate::names::{self, LockedNames, NameKind, UniqueNames};
use std::collections::HashMap;

/// The name of a set of more headers than these, which have nothing in common, says for which operation it is.
const NAMED_BY_ALL: usize = 3;

/// Makes the sets, now that all types are known.
pub(in crate::lower) fn settle(
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
