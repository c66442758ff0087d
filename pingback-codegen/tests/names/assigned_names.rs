//! Lists all names of a lowered document with the items that they belong to, and compares two such lists.

use super::Lowered;
use pingback_codegen::model::{Api, Operation, Success, Type, TypeKind};
use pingback_codegen::names::NameKind;
use std::collections::{BTreeMap, BTreeSet};

/// Each name, by a text that identifies its item.
fn names(lowered: &Lowered) -> BTreeMap<String, String> {
    let Lowered { api, locked_names } = lowered;
    let mut names = BTreeMap::new();
    let locked: BTreeMap<&str, String> = locked_names
        .of(NameKind::Types)
        .map(|(key, name)| (name, key))
        .collect();
    for def in &api.types {
        // The two types of one schema, for sent and for received values, have different keys.
        let key = locked.get(def.name.as_str()).cloned();
        let key = key.unwrap_or_else(|| def.place.pointer.0.clone());
        let known = names.insert(format!("type {key}"), def.name.clone());
        assert!(known.is_none(), "{key} is {known:?} and {}", def.name);
    }
    for def in &api.types {
        let mut put = |member: &str, name: &str| {
            let known = names.insert(format!("{} {member:?}", def.name), name.to_owned());
            assert!(known.is_none(), "{} {member} is {known:?} and {name}", def.name);
        };
        let kind = match &def.kind {
            TypeKind::Alias(Type::Named(of)) => &api.types[of.0].kind,
            kind => kind,
        };
        match kind {
            TypeKind::Struct(object) => {
                object
                    .fields
                    .iter()
                    .for_each(|field| put(&field.wire, &field.name));
                object
                    .additional
                    .iter()
                    .for_each(|(name, _)| put("additional *", name));
                let names: BTreeSet<&String> = object.fields.iter().map(|field| &field.name).collect();
                assert_eq!(names.len(), object.fields.len(), "{}", def.name);
            }
            TypeKind::Enum(list) => {
                list.variants
                    .iter()
                    .for_each(|one| put(&one.value.to_string(), &one.name));
                list.unlisted.iter().for_each(|name| put("unlisted *", name));
            }
            _ => {}
        }
    }
    for def in &api.types {
        let TypeKind::Union(union) = &def.kind else {
            continue;
        };
        let mut seen = BTreeSet::new();
        for variant in &union.variants {
            assert!(seen.insert(&variant.name), "{} of {}", variant.name, def.name);
            names.insert(
                format!(
                    "{} {CAN_DISAPPEAR} branch {}",
                    def.name,
                    type_text(api, &variant.ty)
                ),
                variant.name.clone(),
            );
        }
        if let Some(unlisted) = &union.unlisted {
            assert!(seen.insert(unlisted), "{unlisted} of {}", def.name);
            names.insert(format!("{} {CAN_DISAPPEAR} unlisted", def.name), unlisted.clone());
        }
    }
    for operation in &api.operations {
        let place = &operation.place.pointer;
        names.insert(format!("{place} method"), operation.method_name.clone());
        names.insert(format!("{place} type"), operation.type_name.clone());
        names.insert(format!("{place} error"), operation.error_name.clone());
        add_operation_names(api, operation, &mut names);
    }
    let mut seen = BTreeSet::new();
    for credential in &api.credentials {
        assert!(seen.insert(&credential.name), "{}", credential.name);
        names.insert(
            format!("credential {}", credential.scheme),
            credential.name.clone(),
        );
    }
    for parameter in &api.client_parameters {
        assert!(seen.insert(&parameter.name), "{}", parameter.name);
        names.insert(
            format!("client header {}", parameter.header.to_lowercase()),
            parameter.name.clone(),
        );
    }
    let sets: BTreeSet<&String> = api.headers.iter().map(|set| &set.name).collect();
    assert_eq!(sets.len(), api.headers.len());
    names
}

/// Marks an item that an addition to the document can remove: a branch may become part of another one, a code may become
/// one of several, a set of headers may get another header.
const CAN_DISAPPEAR: &str = "(may go)";

/// A type as text, with the names in it.
fn type_text(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => api.types[id.0].name.clone(),
        Type::Boxed(inner) | Type::Nullable(inner) => type_text(api, inner),
        Type::Array(item) => format!("[{}]", type_text(api, item)),
        Type::Map(value) => format!("{{{}}}", type_text(api, value)),
        other => format!("{other:?}"),
    }
}

/// Adds the names within an operation.
fn add_operation_names(api: &Api, operation: &Operation, names: &mut BTreeMap<String, String>) {
    let place = &operation.place.pointer;
    let mut seen = BTreeSet::new();
    let mut put = |key: String, name: &str| {
        let known = names.insert(format!("{place} {key}"), name.to_owned());
        assert!(known.is_none(), "{key} is {known:?} and {name}");
    };
    for parameter in &operation.parameters {
        assert!(seen.insert(parameter.name.clone()), "{}", parameter.name);
        put(
            format!("{:?} {}", parameter.location, parameter.wire),
            &parameter.name,
        );
    }
    if let Some(body) = &operation.body {
        assert_eq!(body.name, body.contents[0].method);
        for content in &body.contents {
            assert!(seen.insert(content.method.clone()), "{}", content.method);
            put(format!("body {}", content.media_type), &content.method);
        }
    }
    for &index in &operation.client_parameters {
        let parameter = &api.client_parameters[index];
        let header = parameter.header.to_lowercase();
        put(format!("on the client: {header}"), &parameter.name);
    }
    let mut seen = BTreeSet::new();
    for case in &operation.errors {
        assert!(seen.insert(&case.variant), "{}", case.variant);
        put(
            format!("{CAN_DISAPPEAR} {:?} {:?}", case.status, case.code),
            &case.variant,
        );
    }
    if let Success::Choice { responses, .. } = &operation.success {
        for response in responses {
            put(format!("success {:?}", response.status), &response.variant);
        }
    }
    for (what, index) in [
        ("headers", operation.headers),
        ("error headers", operation.error_headers),
    ] {
        let Some(set) = index.map(|index| &api.headers[index]) else {
            continue;
        };
        let mut all: Vec<String> = set
            .headers
            .iter()
            .map(|header| {
                format!(
                    "{} {} {}",
                    header.wire.to_lowercase(),
                    type_text(api, &header.ty),
                    header.required
                )
            })
            .collect();
        all.sort();
        let mut fields = BTreeSet::new();
        for header in &set.headers {
            assert!(fields.insert(&header.name), "{}", header.name);
            put(
                format!(
                    "{CAN_DISAPPEAR} {what} {} in {}",
                    header.wire.to_lowercase(),
                    all.join(", ")
                ),
                &header.name,
            );
        }
        put(format!("{CAN_DISAPPEAR} {what} {}", all.join(", ")), &set.name);
    }
}

/// The items whose name has changed. With `readOnly` in the document one type can become two, or two one, so that
/// a type can disappear; no other place gets its name.
pub(crate) fn renamed(before: &Lowered, after: &Lowered, read_only: bool) -> Vec<String> {
    let (old, new) = (names(before), names(after));
    let kinds = |api: &Api| -> BTreeMap<String, std::mem::Discriminant<TypeKind>> {
        let kinds = api
            .types
            .iter()
            .map(|def| (def.name.clone(), std::mem::discriminant(&def.kind)));
        kinds.collect()
    };
    let (old_kinds, new_kinds) = (kinds(&before.api), kinds(&after.api));
    let is_unchanged = |place: &str, name: &str| {
        // A union whose branches could not be distinguished was an object.
        let of = place.split(' ').next().unwrap_or_default();
        let has_other_kind = old_kinds
            .get(of)
            .is_some_and(|old| new_kinds.get(of) != Some(old));
        if has_other_kind {
            return true;
        }
        let endings = [" (sent)", " (form)", ""];
        let without_ending = endings.iter().find_map(|ending| place.strip_suffix(ending));
        let without_ending = without_ending.unwrap_or(place);
        let now: Vec<&String> = endings
            .iter()
            .filter_map(|ending| new.get(&format!("{without_ending}{ending}")))
            .collect();
        // Only received values can be unlisted.
        let can_disappear = place.ends_with("\"unlisted *\"")
            || place.contains(CAN_DISAPPEAR)
            // If a branch allows any value, the union does as well.
            || place.contains("(oneOf ");
        let is_open = place.ends_with("\"unlisted *\"") && now.iter().all(|now| *now == "Other");
        let is_unneeded = can_disappear && now.is_empty() || is_open;
        let is_gone =
            is_unneeded || read_only && (now.is_empty() || now.iter().all(|now| now.starts_with("New")));
        is_gone || now.iter().any(|now| *now == name)
    };
    old.iter()
        .filter(|(place, name)| !is_unchanged(place, name))
        .map(|(place, name)| format!("{place} was {name} and is {:?}", new.get(place)))
        .collect()
}
