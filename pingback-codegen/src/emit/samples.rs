//! Emits the generated crate's own tests, `src/tests.rs`: each sample is decoded into its type and encoded again. The
//! samples are data for one generic function, so that many samples take little time to compile.

use super::file::{Content, Item, Output, RustFile};
use super::tokens::TypeTokens;
use super::types::{Scope, type_tokens};
use crate::model::{Api, Permitted, Sample, TestValues, Type};
use indexmap::IndexSet;
use quote::quote;
use serde_json::{Value, json};

/// `src/tests.rs` and `src/instances.json`, if there are values for them.
pub(super) fn tests(api: &Api, values: &TestValues) -> Vec<Output> {
    if values.is_empty() {
        return Vec::new();
    }
    let mut file = RustFile::new(
        "Values that the API's own document allows, sent through the types that are to hold them.",
    );
    let mut instance_file = None;
    if !values.examples.is_empty() {
        file.add_all(example_test(api, &values.examples));
    }
    if !values.instances.is_empty() {
        let types: IndexSet<&Type> = values.instances.iter().map(|sample| &sample.ty).collect();
        file.add(instance_test(api, &types));
        instance_file = Some(instances(&values.instances, &types));
    }
    if file.names_models() {
        file.import("super", &["models"]);
    }
    file.import("super", &["runtime"]);
    if !values.examples.is_empty() {
        file.import("runtime::sample", &["Sample", "round_trip"]);
    }
    let tests = file.into_output("src/tests.rs");
    std::iter::once(tests).chain(instance_file).collect()
}

/// The examples of the document, as a constant: a reader may want to see them.
fn example_test(api: &Api, examples: &[Sample]) -> Vec<Item> {
    let types: Vec<TypeTokens> = examples
        .iter()
        .map(|sample| type_tokens(api, &sample.ty, Scope::OtherFile))
        .collect();
    let samples = examples.iter().zip(&types).map(|(sample, ty)| {
        let schema = &sample.schema.0;
        let json = sample.exact.clone().unwrap_or_else(|| sample.value.to_string());
        let Permitted { left_out, rounded } = &sample.permitted;
        quote! {
            Sample {
                schema: #schema,
                json: #json,
                left_out: &[#(#left_out),*],
                rounded: &[#(#rounded),*],
                round_trip: round_trip::<#ty>,
            }
        }
    });
    let list = quote!(const SAMPLES: &[Sample] = &[#(#samples),*];);
    let test = quote! {
        #[test]
        fn examples_come_back_as_they_went() {
            runtime::sample::run(SAMPLES);
        }
    };
    vec![Item::with_types(list, &types), test.into()]
}

/// The test of the samples in `src/instances.json`. Only their types are code, which has to be compiled.
fn instance_test(api: &Api, types: &IndexSet<&Type>) -> Item {
    let types: Vec<TypeTokens> = types
        .iter()
        .map(|ty| type_tokens(api, ty, Scope::OtherFile))
        .collect();
    let test = quote! {
        #[test]
        fn instances_come_back_as_they_went() {
            let round_trips: &[runtime::sample::RoundTrip] = &[#(runtime::sample::round_trip::<#types>),*];
            runtime::sample::run_instances(round_trips, include_str!("instances.json"));
        }
    };
    Item::with_types(test, &types)
}

/// One line for each sample: the index of its type, its schema, the value, the members that may be left out, and the
/// numbers that may be rounded.
fn instances(instances: &[Sample], types: &IndexSet<&Type>) -> Output {
    let line = |sample: &Sample| -> Value {
        let Permitted { left_out, rounded } = &sample.permitted;
        json!([
            types.get_index_of(&sample.ty),
            sample.schema.0,
            sample.value,
            left_out,
            rounded
        ])
    };
    let lines: Vec<String> = instances.iter().map(|sample| line(sample).to_string()).collect();
    Output {
        path: "src/instances.json".to_owned(),
        content: Content::Text(format!("[\n{}\n]\n", lines.join(",\n"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixture;
    use crate::model::{Docs, Field, IntKind, Place, Presence, Struct, TypeDef, TypeId, TypeKind, Usage};
    use crate::pointer::Pointer;

    fn api() -> Api {
        let mut api = fixture::api();
        let field = Field {
            name: "id".into(),
            wire: "id".into(),
            ty: Type::Int(IntKind::I64),
            presence: Presence::Required,
            docs: Docs::default(),
        };
        api.types = vec![TypeDef {
            name: "Cat".into(),
            place: Place {
                pointer: Pointer::default(),
                span: None,
            },
            docs: Docs::default(),
            usage: Usage::BOTH,
            received_as: None,
            kind: TypeKind::Struct(Struct {
                fields: vec![field],
                additional: None,
                argument_order: Vec::new(),
            }),
        }];
        api
    }

    fn cat() -> Type {
        Type::Named(TypeId(0))
    }

    fn sample(ty: Type, value: Value) -> Sample {
        Sample {
            ty,
            value,
            exact: None,
            schema: Pointer("/components/schemas/Cat".into()),
            permitted: Permitted::default(),
        }
    }

    fn texts(values: &TestValues) -> Vec<(String, String)> {
        let files = crate::render::render(tests(&api(), values)).expect("what is emitted is Rust");
        files.into_iter().map(|file| (file.path, file.text)).collect()
    }

    #[test]
    fn without_samples_there_is_no_file() {
        assert_eq!(texts(&TestValues::default()), []);
    }

    #[test]
    fn examples_are_rust_code() {
        let with_undescribed_member = Sample {
            permitted: Permitted {
                left_out: vec!["/x".into()],
                rounded: Vec::new(),
            },
            ..sample(cat(), json!({ "id": 1, "x": 2 }))
        };
        let texts = texts(&TestValues {
            examples: vec![with_undescribed_member],
            instances: Vec::new(),
        });
        assert_eq!(texts.len(), 1);
        let (_, list) = texts[0].1.split_once("const SAMPLES").expect("a list");
        insta::assert_snapshot!(list, @r#"
        : &[Sample] = &[
            Sample {
                schema: "/components/schemas/Cat",
                json: "{\"id\":1,\"x\":2}",
                left_out: &["/x"],
                rounded: &[],
                round_trip: round_trip::<models::Cat>,
            },
        ];

        #[test]
        fn examples_come_back_as_they_went() {
            runtime::sample::run(SAMPLES);
        }
        "#);
    }

    #[test]
    fn instances_are_a_json_file() {
        let instances = vec![
            sample(cat(), json!({ "id": 1 })),
            sample(Type::Array(Box::new(cat())), json!([])),
            sample(cat(), json!({ "id": 2, "x": null })),
        ];
        let texts = texts(&TestValues {
            examples: Vec::new(),
            instances,
        });
        insta::assert_snapshot!(texts[0].1, @r#"
        [
        [0,"/components/schemas/Cat",{"id":1},[],[]],
        [1,"/components/schemas/Cat",[],[],[]],
        [0,"/components/schemas/Cat",{"id":2,"x":null},[],[]]
        ]
        "#);
        let (_, test) = texts[1].1.split_once("#[test]\n").expect("a test");
        insta::assert_snapshot!(test, @r#"
        fn instances_come_back_as_they_went() {
            let round_trips: &[runtime::sample::RoundTrip] = &[
                runtime::sample::round_trip::<models::Cat>,
                runtime::sample::round_trip::<Vec<models::Cat>>,
            ];
            runtime::sample::run_instances(round_trips, include_str!("instances.json"));
        }
        "#);
    }
}
