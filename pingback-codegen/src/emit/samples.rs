//! The API's samples in, `src/tests.rs` out: each value goes through its type and back. Data and one generic
//! helper, so that many of them cost little to compile.

use super::types::{Scope, type_tokens};
use super::{Content, Output};
use crate::model::{Api, Struct, Type, TypeKind};
use crate::pointer::Pointer;
use quote::quote;
use serde_json::Value;

/// How deep types are followed into a value. Aliases within one another take steps of their own.
const DEPTH: usize = 128;

/// `src/tests.rs`, if there is anything to test.
pub(super) fn tests(api: &Api) -> Option<Output> {
    if api.samples.is_empty() {
        return None;
    }
    let samples = api.samples.iter().map(|sample| {
        let (schema, json) = (&sample.schema.0, sample.value.to_string());
        let mut dropped = Vec::new();
        drops(
            api,
            &sample.ty,
            &sample.value,
            &Pointer::default(),
            DEPTH,
            &mut dropped,
        );
        let ty = type_tokens(api, &sample.ty, Scope::Outside);
        quote! {
            Sample {
                schema: #schema,
                json: #json,
                dropped: &[#(#dropped),*],
                travel: travel::<#ty>,
            }
        }
    });
    let list = quote!(const SAMPLES: &[Sample] = &[#(#samples),*];);
    let text = list.to_string();
    let models = text.contains("models ::").then(|| {
        quote!(
            use super::models;
        )
    });
    let runtime = text.contains("runtime ::").then(|| {
        quote!(
            use super::runtime;
        )
    });
    let items = vec![
        quote!(#models),
        quote!(#runtime),
        quote!(
            use super::runtime::sample::{Sample, run, travel};
        ),
        list,
        quote! {
            #[test]
            fn examples_come_back_as_they_went() {
                run(SAMPLES);
            }
        },
    ];
    Some(Output {
        path: "src/tests.rs".to_owned(),
        content: Content::Rust {
            header: quote!(#![doc = " The examples of the API's own document, sent through the types they are examples of."]),
            items: items.into_iter().filter(|item| !item.is_empty()).collect(),
        },
    })
}

/// Adds the members of `value` that the type has no place for.
fn drops(api: &Api, ty: &Type, value: &Value, at: &Pointer, depth: usize, out: &mut Vec<String>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match (ty, value) {
        (Type::Nullable(inner) | Type::Boxed(inner), _) => drops(api, inner, value, at, depth, out),
        (Type::Array(inner), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                drops(api, inner, item, &at.child(index), depth, out);
            }
        }
        (Type::Tuple(types), Value::Array(items)) => {
            for (index, (ty, item)) in types.iter().zip(items).enumerate() {
                drops(api, ty, item, &at.child(index), depth, out);
            }
        }
        (Type::Map(inner), Value::Object(members)) => {
            for (name, member) in members {
                drops(api, inner, member, &at.child(name), depth, out);
            }
        }
        (Type::Named(id), _) => {
            let Some(def) = api.types.get(id.0) else { return };
            match &def.kind {
                TypeKind::Struct(object) => drops_of_struct(api, object, value, at, depth, out),
                TypeKind::Alias(inner) | TypeKind::Newtype(inner) => drops(api, inner, value, at, depth, out),
                // Whichever it is: what none of the branches drops must be there.
                TypeKind::Union(union) => {
                    for variant in &union.variants {
                        drops(api, &variant.ty, value, at, depth, out);
                    }
                }
                TypeKind::Enum(_) => {}
            }
        }
        _ => {}
    }
}

fn drops_of_struct(
    api: &Api,
    object: &Struct,
    value: &Value,
    at: &Pointer,
    depth: usize,
    out: &mut Vec<String>,
) {
    let Value::Object(members) = value else { return };
    for (name, member) in members {
        let at = at.child(name);
        let field = object.fields.iter().find(|field| field.wire == *name);
        match (field, &object.additional) {
            (Some(field), _) => drops(api, &field.ty, member, &at, depth, out),
            (None, Some((_, ty))) => drops(api, ty, member, &at, depth, out),
            (None, None) if !out.contains(&at.0) => out.push(at.0),
            (None, None) => {}
        }
    }
}
