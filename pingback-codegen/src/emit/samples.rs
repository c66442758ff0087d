//! The API's samples and instances in, `src/tests.rs` out: each value goes through its type and back. Data and
//! one generic helper, so that many of them cost little to compile.

use super::types::{Scope, type_tokens};
use super::{Content, Output};
use crate::model::{Api, Sample, Struct, Type, TypeKind};
use crate::pointer::Pointer;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;

/// How deep types are followed into a value. Aliases within one another take steps of their own.
const DEPTH: usize = 128;

/// `src/tests.rs`, and the values that it reads, if there is anything to test.
pub(super) fn tests(api: &Api) -> Vec<Output> {
    if api.samples.is_empty() && api.instances.is_empty() {
        return Vec::new();
    }
    let mut types = Types::default();
    let mut items = Vec::new();
    if !api.samples.is_empty() {
        items.extend(examples(api, &mut types));
    }
    let mut outputs = Vec::new();
    if !api.instances.is_empty() {
        let (tests, file) = instances(api, &mut types);
        items.extend(tests);
        outputs.push(file);
    }
    let text = types.tokens.iter().map(ToString::to_string).collect::<String>();
    let models = text.contains("models ::").then(|| {
        quote!(
            use super::models;
        )
    });
    let runtime = quote!(
        use super::runtime;
    );
    items.splice(0..0, models.into_iter().chain([runtime]));
    outputs.insert(
        0,
        Output {
            path: "src/tests.rs".to_owned(),
            content: Content::Rust {
                header: quote!(#![doc = " Values that the API's own document allows, sent through the types that are to hold them."]),
                items,
            },
        },
    );
    outputs
}

/// The types that values travel through, each once.
#[derive(Default)]
struct Types {
    tokens: Vec<TokenStream>,
}

/// The document's own examples, as part of the code: a reader may want to see them.
fn examples(api: &Api, types: &mut Types) -> Vec<TokenStream> {
    let samples = api.samples.iter().map(|sample| {
        let (schema, json) = (&sample.schema.0, sample.value.to_string());
        let dropped = dropped(api, sample);
        let ty = type_tokens(api, &sample.ty, Scope::Outside);
        types.tokens.push(ty.clone());
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
    vec![
        quote!(
            use runtime::sample::{Sample, travel};
        ),
        list,
        quote! {
            #[test]
            fn examples_come_back_as_they_went() {
                runtime::sample::run(SAMPLES);
            }
        },
    ]
}

/// Values made up, as a file of their own: there are many, and nothing of them has to be compiled but the types.
fn instances(api: &Api, types: &mut Types) -> (Vec<TokenStream>, Output) {
    let mut ways: Vec<&Type> = Vec::new();
    let mut numbers: HashMap<&Type, usize> = HashMap::new();
    let mut text = String::from("[");
    for (index, sample) in api.instances.list.iter().enumerate() {
        let number = *numbers.entry(&sample.ty).or_insert_with(|| {
            ways.push(&sample.ty);
            ways.len() - 1
        });
        let dropped = dropped(api, sample);
        let line = json!([number, sample.schema.0, sample.value, dropped]);
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(text, "{comma}\n{line}");
    }
    text.push_str("\n]\n");
    let before = types.tokens.len();
    types
        .tokens
        .extend(ways.into_iter().map(|ty| type_tokens(api, ty, Scope::Outside)));
    let ways = &types.tokens[before..];
    let items = vec![quote! {
        #[test]
        fn instances_come_back_as_they_went() {
            let ways: &[runtime::sample::Travel] = &[#(runtime::sample::travel::<#ways>),*];
            runtime::sample::run_instances(ways, include_str!("instances.json"));
        }
    }];
    let file = Output {
        path: "src/instances.json".to_owned(),
        content: Content::Text(text),
    };
    (items, file)
}

/// The places of what the type of a sample has no place for.
fn dropped(api: &Api, sample: &Sample) -> Vec<String> {
    let mut dropped = Vec::new();
    drops(
        api,
        &sample.ty,
        &sample.value,
        &Pointer::default(),
        DEPTH,
        &mut dropped,
    );
    dropped
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
