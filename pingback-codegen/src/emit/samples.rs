//! The API's samples and instances in, `src/tests.rs` out: each value goes through its type and back. Data and
//! one generic helper, so that many of them cost little to compile.

use super::types::{Scope, type_tokens};
use super::{Content, Output};
use crate::model::{Api, Instances, Patterns, Presence, Sample, Struct, TestValues, Type, TypeKind, Union};
use crate::pointer::Pointer;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;

/// How deep types are followed into a value. Aliases within one another take steps of their own.
const DEPTH: usize = 128;

/// `src/tests.rs`, and the values that it reads, if there is anything to test.
pub(super) fn tests(api: &Api, tests: &TestValues) -> Vec<Output> {
    if tests.is_empty() {
        return Vec::new();
    }
    let mut types = Types::default();
    let mut items = Vec::new();
    if !tests.examples.is_empty() {
        items.extend(examples(api, &tests.examples, &mut types));
    }
    let mut outputs = Vec::new();
    if !tests.instances.is_empty() {
        let (instance_tests, file) = instances(api, &tests.instances, &mut types);
        items.extend(instance_tests);
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
                items: items.into(),
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
fn examples(api: &Api, examples: &[Sample], types: &mut Types) -> Vec<TokenStream> {
    let samples = examples.iter().map(|sample| {
        let schema = &sample.schema.0;
        let json = sample.exact.clone().unwrap_or_else(|| sample.value.to_string());
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
fn instances(api: &Api, instances: &Instances, types: &mut Types) -> (Vec<TokenStream>, Output) {
    let mut ways: Vec<&Type> = Vec::new();
    let mut numbers: HashMap<&Type, usize> = HashMap::new();
    let mut text = String::from("[");
    for (index, sample) in instances.list.iter().enumerate() {
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
    let fit = Fit {
        api,
        patterns: Patterns::default(),
    };
    let mut dropped = fit
        .lost(&sample.ty, &sample.value, &Pointer::default(), DEPTH)
        .unwrap_or_default()
        .places;
    dropped.sort_unstable();
    dropped.dedup();
    dropped
}

/// What decoding leaves out of a value.
#[derive(Debug, Default)]
struct Lost {
    /// How many members.
    count: usize,
    /// Where they may be. These are more where branches keep equally much, any of which may be taken.
    places: Vec<String>,
}

impl Lost {
    fn at(at: Pointer) -> Self {
        Self {
            count: 1,
            places: vec![at.0],
        }
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.places.extend(other.places);
    }
}

/// Follows values into types as decoding does.
struct Fit<'a> {
    api: &'a Api,
    patterns: Patterns,
}

impl Fit<'_> {
    /// The members of `value` that the type has no place for; `None` if the value is not of the type at all.
    fn lost(&self, ty: &Type, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        let depth = depth.checked_sub(1)?;
        let all = |parts: &mut dyn Iterator<Item = (&Type, &Value, Pointer)>| {
            let mut lost = Lost::default();
            for (ty, value, at) in parts {
                lost.add(self.lost(ty, value, &at, depth)?);
            }
            Some(lost)
        };
        let fits = |fits: bool| fits.then(Lost::default);
        match (ty, value) {
            (Type::Json, _) | (Type::Null | Type::Nullable(_), Value::Null) => fits(true),
            (Type::Nullable(inner) | Type::Boxed(inner), _) => self.lost(inner, value, at, depth),
            (Type::Array(inner), Value::Array(items)) => all(&mut items
                .iter()
                .enumerate()
                .map(|(index, item)| (&**inner, item, at.child(index)))),
            (Type::Tuple(types), Value::Array(items)) => {
                let parts = types.iter().zip(items).enumerate();
                fits(types.len() == items.len())?;
                all(&mut parts.map(|(index, (ty, item))| (ty, item, at.child(index))))
            }
            (Type::Map(inner), Value::Object(members)) => all(&mut members
                .iter()
                .map(|(name, member)| (&**inner, member, at.child(name)))),
            (Type::Named(id), _) => match &self.api.types.get(id.0)?.kind {
                TypeKind::Struct(object) => self.lost_of_struct(object, value, at, depth),
                TypeKind::Alias(inner) | TypeKind::Newtype(inner) => self.lost(inner, value, at, depth),
                TypeKind::Checked(checked) => {
                    let lost = self.lost(&checked.inner, value, at, depth)?;
                    // The value is valid, if not of this branch.
                    (checked.holds(value, &self.patterns) != Some(false)).then_some(lost)
                }
                TypeKind::Union(union) => self.lost_of_union(union, value, at, depth),
                TypeKind::Enum(list) => {
                    let listed = list.variants.iter().any(|variant| variant.value == *value);
                    fits(listed || (list.unlisted.is_some() && is_of(&list.repr, value)))
                }
            },
            _ => fits(is_of(ty, value)),
        }
    }

    fn lost_of_struct(&self, object: &Struct, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        let members = value.as_object()?;
        let mut lost = Lost::default();
        for field in &object.fields {
            let missing = !members.contains_key(&field.wire);
            if missing && field.presence == Presence::Required && !matches!(field.ty, Type::Nullable(_)) {
                return None;
            }
        }
        for (name, member) in members {
            let at = at.child(name);
            let field = object.fields.iter().find(|field| field.wire == *name);
            match (field, &object.additional) {
                // Where no `null` is documented it counts as missing.
                (Some(field), _) if field.presence == Presence::Optional && member.is_null() => {
                    match self.lost(&field.ty, member, &at, depth) {
                        Some(below) => lost.add(below),
                        None => lost.add(Lost::at(at)),
                    }
                }
                (Some(field), _) => lost.add(self.lost(&field.ty, member, &at, depth)?),
                (None, Some((_, ty))) => lost.add(self.lost(ty, member, &at, depth)?),
                (None, None) => lost.add(Lost::at(at)),
            }
        }
        Some(lost)
    }

    /// The branch that keeps most of the value is the one that takes it. What tests say of branches is left out
    /// of this, so that a test which says too much shows as a loss.
    fn lost_of_union(&self, union: &Union, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        let mut best: Option<Lost> = None;
        for variant in &union.variants {
            let Some(mut lost) = self.lost(&variant.ty, value, at, depth) else {
                continue;
            };
            // The tag is written again, whatever the type knows of it.
            if let Some((property, _)) = &variant.tag {
                let tag = at.child(property).0;
                if lost.places.contains(&tag) {
                    lost.places.retain(|lost| *lost != tag);
                    lost.count -= 1;
                }
            }
            match &mut best {
                Some(best) if best.count < lost.count => {}
                Some(best) if best.count == lost.count => best.places.extend(lost.places),
                _ => best = Some(lost),
            }
        }
        if best.is_none() && union.unlisted.is_some() {
            return Some(Lost::default());
        }
        best
    }
}

/// Is a value of a type that holds no others?
fn is_of(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Bool => value.is_boolean(),
        // `1.0` is an integer too, and one of more than 64 bits is near a float.
        Type::Int(_) => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Type::Float(_) => value.is_number(),
        Type::String | Type::DateTime | Type::Date | Type::Uuid => value.is_string(),
        Type::Json => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixture;
    use crate::model::{
        Docs, Enum, EnumVariant, Field, Instances, Place, TypeDef, TypeId, UnionTest, UnionVariant, Usage,
    };

    fn def(name: &str, kind: TypeKind) -> TypeDef {
        TypeDef {
            name: name.into(),
            place: Place {
                pointer: Pointer::default(),
                span: None,
            },
            docs: Docs::default(),
            usage: Usage::BOTH,
            received_as: None,
            kind,
        }
    }

    fn object(fields: &[(&str, Type, Presence)], additional: Option<Type>) -> TypeKind {
        let fields = fields.iter().map(|(name, ty, presence)| Field {
            name: (*name).into(),
            wire: (*name).into(),
            ty: ty.clone(),
            presence: presence.clone(),
            docs: Docs::default(),
        });
        TypeKind::Struct(Struct {
            fields: fields.collect(),
            additional: additional.map(|ty| ("rest".into(), ty)),
        })
    }

    fn union(types: &[Type], unlisted: bool) -> TypeKind {
        let variants = types.iter().zip('A'..).map(|(ty, name)| UnionVariant {
            name: name.into(),
            ty: ty.clone(),
            tests: vec![UnionTest::Has(vec!["nothing has this".into()])],
            tag: None,
            docs: Docs::default(),
        });
        TypeKind::Union(Union {
            variants: variants.collect(),
            discriminator: None,
            unlisted: unlisted.then(|| "Unlisted".into()),
        })
    }

    /// A cat, a dog, either, and a colour.
    fn api() -> Api {
        let mut api = fixture::api();
        let colour = TypeKind::Enum(Enum {
            repr: Type::String,
            variants: vec![EnumVariant {
                name: "Red".into(),
                value: json!("red"),
                docs: Docs::default(),
            }],
            unlisted: None,
        });
        api.types = vec![
            def(
                "Cat",
                object(
                    &[
                        ("id", Type::Int(crate::model::IntKind::I64), Presence::Required),
                        ("lives", Type::String, Presence::Optional),
                    ],
                    None,
                ),
            ),
            def(
                "Dog",
                object(
                    &[
                        ("id", Type::Int(crate::model::IntKind::I64), Presence::Required),
                        ("bark/~", Type::Bool, Presence::Optional),
                    ],
                    None,
                ),
            ),
            def(
                "Pet",
                union(&[Type::Named(TypeId(0)), Type::Named(TypeId(1))], false),
            ),
            def("Colour", colour),
            def("Open", object(&[], Some(Type::Named(TypeId(0))))),
        ];
        api
    }

    fn lost(ty: &Type, value: &Value) -> Option<Vec<String>> {
        let api = api();
        let fit = Fit {
            api: &api,
            patterns: Patterns::default(),
        };
        let mut places = fit.lost(ty, value, &Pointer::default(), DEPTH)?.places;
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    fn named(id: usize) -> Type {
        Type::Named(TypeId(id))
    }

    #[test]
    fn members_without_a_field_are_dropped() {
        let value = json!([{ "id": 1, "x/y": 2 }]);
        let list = Type::Array(Box::new(named(0)));
        assert_eq!(lost(&list, &value), Some(vec!["/0/x~1y".into()]));
        assert_eq!(
            lost(&named(4), &json!({ "a": { "id": 1, "b": 2 } })),
            Some(vec!["/a/b".into()])
        );
    }

    #[test]
    fn a_null_that_is_not_documented_is_dropped() {
        assert_eq!(
            lost(&named(0), &json!({ "id": 1, "lives": null })),
            Some(vec!["/lives".into()])
        );
    }

    #[test]
    fn a_union_drops_what_its_best_branch_drops() {
        assert_eq!(lost(&named(2), &json!({ "id": 1, "bark/~": true })), Some(vec![]));
        assert_eq!(
            lost(&named(2), &json!({ "id": 1, "bark/~": true, "x": 2 })),
            Some(vec!["/x".into()])
        );
        // The dog's bark is a flag, so that this is a cat.
        assert_eq!(
            lost(&named(2), &json!({ "id": 1, "bark/~": "x" })),
            Some(vec!["/bark~1~0".into()])
        );
        // Either will do, and loses one member, not two.
        let both = json!({ "id": 1, "bark/~": true, "lives": "9" });
        assert_eq!(
            lost(&named(2), &both),
            Some(vec!["/bark~1~0".into(), "/lives".into()])
        );
        let api = api();
        let counted = Fit {
            api: &api,
            patterns: Patterns::default(),
        }
        .lost(&named(2), &both, &Pointer::default(), DEPTH);
        assert_eq!(counted.map(|lost| lost.count), Some(1));
    }

    #[test]
    fn what_is_not_of_the_type_is_nothing_at_all() {
        for (ty, value) in [
            (named(0), json!({ "lives": "9" })),
            (named(2), json!({ "id": "1" })),
            (named(3), json!("blue")),
            (Type::Tuple(vec![Type::Bool, Type::Bool]), json!([true])),
            (Type::Int(crate::model::IntKind::I64), json!(1.5)),
        ] {
            assert_eq!(lost(&ty, &value), None, "{value}");
        }
    }

    fn sample(ty: Type, value: Value) -> Sample {
        Sample {
            ty,
            value,
            exact: None,
            schema: Pointer("/components/schemas/Cat".into()),
        }
    }

    fn texts(values: &TestValues) -> Vec<(String, String)> {
        let files = crate::render::render(tests(&api(), values)).expect("what is emitted is Rust");
        files.into_iter().map(|file| (file.path, file.text)).collect()
    }

    #[test]
    fn nothing_to_test_is_no_file() {
        assert_eq!(texts(&TestValues::default()), []);
    }

    #[test]
    fn examples_are_part_of_the_code() {
        let texts = texts(&TestValues {
            examples: vec![sample(named(0), json!({ "id": 1, "x": 2 }))],
            ..TestValues::default()
        });
        assert_eq!(texts.len(), 1);
        let (_, list) = texts[0].1.split_once("const SAMPLES").expect("a list");
        insta::assert_snapshot!(list, @r#"
        : &[Sample] = &[
            Sample {
                schema: "/components/schemas/Cat",
                json: "{\"id\":1,\"x\":2}",
                dropped: &["/x"],
                travel: travel::<models::Cat>,
            },
        ];

        #[test]
        fn examples_come_back_as_they_went() {
            runtime::sample::run(SAMPLES);
        }
        "#);
    }

    #[test]
    fn instances_are_a_file_of_their_own() {
        let instances = Instances {
            list: vec![
                sample(named(0), json!({ "id": 1 })),
                sample(Type::Array(Box::new(named(0))), json!([])),
                sample(named(0), json!({ "id": 2, "x": null })),
            ],
            ..Instances::default()
        };
        let texts = texts(&TestValues {
            instances,
            ..TestValues::default()
        });
        insta::assert_snapshot!(texts[0].1, @r#"
        [
        [0,"/components/schemas/Cat",{"id":1},[]],
        [1,"/components/schemas/Cat",[],[]],
        [0,"/components/schemas/Cat",{"id":2,"x":null},["/x"]]
        ]
        "#);
        let (_, test) = texts[1].1.split_once("#[test]\n").expect("a test");
        insta::assert_snapshot!(test, @r#"
        fn instances_come_back_as_they_went() {
            let ways: &[runtime::sample::Travel] = &[
                runtime::sample::travel::<models::Cat>,
                runtime::sample::travel::<::std::vec::Vec<models::Cat>>,
            ];
            runtime::sample::run_instances(ways, include_str!("instances.json"));
        }
        "#);
    }
}
