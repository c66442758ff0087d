//! An API with every kind of type, written by hand.

use pingback_codegen::model::{
    Api, Docs, Enum, EnumVariant, Errors, Field, FloatKind, IntKind, Place, Presence, Struct, Type, TypeDef,
    TypeId, TypeKind, Union, UnionTest, UnionVariant, Usage,
};
use pingback_codegen::read::tree::Pointer;
use serde_json::{Value, json};

const BOTH: Usage = Usage::BOTH;

/// The names of the types, in their order: a type may refer to one that is added later.
const NAMES: &[&str] = &[
    "Scalars",
    "Presences",
    "Empty",
    "Node",
    "Labels",
    "Mixed",
    "Colour",
    "Unit",
    "Priority",
    "Level",
    "Odd",
    "Strict",
    "Cat",
    "Dog",
    "Pet",
    "Shape",
    "Circle",
    "Square",
    "Loose",
    "Tree",
    "Tags",
    "Nothing",
    "Option",
    "String",
    "Ok",
];

/// The types that were added so far.
#[derive(Default)]
struct Sample {
    types: Vec<TypeDef>,
}

/// The type of that name.
fn named(name: &str) -> Type {
    let position = NAMES.iter().position(|known| *known == name);
    Type::Named(TypeId(position.expect("a known name")))
}

impl Sample {
    fn add(&mut self, name: &'static str, usage: Usage, kind: TypeKind) {
        assert_eq!(
            NAMES[self.types.len()],
            name,
            "types are added in the order of `NAMES`"
        );
        self.types.push(TypeDef {
            name: name.to_owned(),
            place: Place {
                pointer: Pointer::default(),
                span: None,
            },
            docs: docs(&format!("What {name} stands for.")),
            usage,
            received_as: None,
            kind,
        });
    }

    fn object(&mut self, name: &'static str, usage: Usage, fields: Vec<Field>) {
        self.add(
            name,
            usage,
            TypeKind::Struct(Struct {
                fields,
                additional: None,
                argument_order: Vec::new(),
            }),
        );
    }

    fn list(&mut self, name: &'static str, usage: Usage, repr: Type, values: &[(&str, Value)], open: bool) {
        let variant = |(name, value): &(&str, Value)| EnumVariant {
            name: (*name).to_owned(),
            value: value.clone(),
            docs: Docs::default(),
        };
        let variants = values.iter().map(variant).collect();
        self.add(
            name,
            usage,
            TypeKind::Enum(Enum {
                repr,
                variants,
                is_open: false,
                unlisted: open.then(|| "Unlisted".into()),
            }),
        );
    }

    fn union(&mut self, name: &'static str, usage: Usage, variants: Vec<UnionVariant>, open: bool) {
        let unlisted = open.then(|| "Unlisted".to_owned());
        self.add(
            name,
            usage,
            TypeKind::Union(Union {
                variants,
                discriminator: None,
                unlisted,
            }),
        );
    }
}

fn docs(text: &str) -> Docs {
    Docs {
        description: Some(text.to_owned()),
        ..Docs::default()
    }
}

fn field(name: &str, wire: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: name.to_owned(),
        wire: wire.to_owned(),
        ty,
        presence,
        docs: Docs::default(),
    }
}

fn required(name: &str, ty: Type) -> Field {
    field(name, name, ty, Presence::Required)
}

fn optional(name: &str, ty: Type) -> Field {
    field(name, name, ty, Presence::Optional)
}

fn branch(name: &str, ty: Type, tests: Vec<UnionTest>, tag: Option<(&str, &str)>) -> UnionVariant {
    let tag = tag.map(|(name, value)| (name.to_owned(), value.to_owned()));
    UnionVariant {
        name: name.to_owned(),
        ty,
        tests,
        tag,
        docs: Docs::default(),
    }
}

fn property(name: &str, value: Value) -> Vec<UnionTest> {
    vec![UnionTest::Property {
        name: name.to_owned(),
        values: vec![value],
        optional: false,
    }]
}

fn has(names: &[&str]) -> Vec<UnionTest> {
    vec![UnionTest::Has(
        names.iter().map(|&name| name.to_owned()).collect(),
    )]
}

fn json_type(name: &str) -> Vec<UnionTest> {
    vec![UnionTest::JsonType(vec![name.to_owned()])]
}

fn nullable(ty: Type) -> Type {
    Type::Nullable(Box::new(ty))
}

/// The sample.
pub(crate) fn api() -> Api {
    let mut sample = Sample::default();
    add_structs(&mut sample);
    add_enums(&mut sample);
    add_unions(&mut sample);
    add_other_types(&mut sample);
    Api {
        name: "sample".into(),
        title: "Sample".into(),
        version: None,
        description: None,
        external_docs: None,
        servers: vec![],
        credentials: vec![],
        client_parameters: vec![],
        pace: None,
        types: sample.types,
        groups: vec![],
        operations: vec![],
        headers: Vec::new(),
        errors: Errors::default(),
    }
}

/// Objects with every kind of field.
fn add_structs(sample: &mut Sample) {
    sample.object(
        "Scalars",
        BOTH,
        vec![
            required("flag", Type::Bool),
            required("small", Type::Int(IntKind::I32)),
            required("big", Type::Int(IntKind::U64)),
            required("huge", Type::Int(IntKind::I128)),
            required("ratio", Type::Float(FloatKind::F64)),
            field("r#type", "type", Type::String, Presence::Required),
            field("created_at", "createdAt", Type::DateTime, Presence::Required),
            required("day", Type::Date),
            required("anything", Type::Json),
            required("list", Type::Array(Box::new(Type::String))),
            required("map", Type::Map(Box::new(Type::Int(IntKind::I64)))),
            required("pair", Type::Tuple(vec![Type::String, Type::Bool])),
        ],
    );
    sample.object(
        "Presences",
        BOTH,
        vec![
            required("required_nullable", nullable(Type::String)),
            optional("optional", Type::String),
            optional("optional_nullable", nullable(Type::String)),
            optional("optional_json", Type::Json),
            optional("optional_alias", named("Nothing")),
        ],
    );
    sample.object("Empty", BOTH, vec![]);
    sample.object(
        "Node",
        BOTH,
        vec![
            required("name", Type::String),
            optional("next", Type::Boxed(Box::new(named("Node")))),
        ],
    );
    sample.add(
        "Labels",
        BOTH,
        TypeKind::Struct(Struct {
            fields: vec![],
            additional: Some(("rest".into(), Type::String)),
            argument_order: Vec::new(),
        }),
    );
    sample.add(
        "Mixed",
        BOTH,
        TypeKind::Struct(Struct {
            fields: vec![
                field("user_id", "userId", Type::Int(IntKind::U64), Presence::Required),
                required("note", nullable(Type::String)),
                optional("score", Type::Float(FloatKind::F64)),
                optional("limit", nullable(Type::Int(IntKind::I32))),
                optional("extra", Type::Json),
            ],
            additional: Some(("rest".into(), Type::Json)),
            argument_order: Vec::new(),
        }),
    );
    let empty = sample.types.iter_mut().find(|def| def.name == "Empty");
    empty.expect("it was added").docs.deprecated = true;
}

/// Lists of values of every kind.
fn add_enums(sample: &mut Sample) {
    sample.list(
        "Colour",
        BOTH,
        Type::String,
        &[("Red", json!("red")), ("LightBlue", json!("light blue"))],
        true,
    );
    sample.list(
        "Unit",
        BOTH,
        Type::String,
        &[("Metre", json!("m")), ("Second", json!("s"))],
        false,
    );
    sample.list(
        "Priority",
        BOTH,
        Type::Int(IntKind::I64),
        &[("Low", json!(-1)), ("High", json!(1_000_000))],
        true,
    );
    sample.list(
        "Level",
        BOTH,
        Type::Int(IntKind::I32),
        &[("One", json!(1)), ("Two", json!(2))],
        false,
    );
    sample.list(
        "Odd",
        BOTH,
        Type::Json,
        &[
            ("Half", json!(0.5)),
            ("One", json!(1)),
            ("Yes", json!(true)),
            ("Null", json!(null)),
        ],
        true,
    );
    sample.list("Strict", BOTH, Type::Bool, &[("True", json!(true))], false);
}

/// Unions with every kind of test.
fn add_unions(sample: &mut Sample) {
    sample.object(
        "Cat",
        BOTH,
        vec![
            required("kind", Type::String),
            required("lives", Type::Int(IntKind::I32)),
        ],
    );
    sample.object("Dog", BOTH, vec![optional("name", Type::String)]);
    sample.union(
        "Pet",
        BOTH,
        vec![
            branch(
                "Cat",
                named("Cat"),
                property("kind", json!("cat")),
                Some(("kind", "cat")),
            ),
            branch(
                "Dog",
                Type::Boxed(Box::new(named("Dog"))),
                property("kind", json!("dog")),
                Some(("kind", "dog")),
            ),
        ],
        true,
    );
    sample.union(
        "Shape",
        BOTH,
        vec![
            branch("Circle", named("Circle"), has(&["radius"]), None),
            branch("Square", named("Square"), has(&["side"]), None),
            branch(
                "Sides",
                Type::Array(Box::new(Type::Int(IntKind::I32))),
                json_type("array"),
                None,
            ),
            branch("Name", Type::String, json_type("string"), None),
            branch("Nothing", Type::Null, json_type("null"), None),
        ],
        false,
    );
    sample.object(
        "Circle",
        BOTH,
        vec![required("radius", Type::Float(FloatKind::F64))],
    );
    sample.object(
        "Square",
        BOTH,
        vec![required("side", Type::Float(FloatKind::F64))],
    );
    sample.union(
        "Loose",
        BOTH,
        vec![
            branch("Number", Type::Int(IntKind::I64), vec![], None),
            branch("Cat", named("Cat"), vec![], None),
        ],
        true,
    );
}

/// Newtypes, aliases, and types that shadow names of the prelude.
fn add_other_types(sample: &mut Sample) {
    sample.add(
        "Tree",
        BOTH,
        TypeKind::Newtype(Type::Array(Box::new(named("Tree")))),
    );
    sample.add("Tags", BOTH, TypeKind::Alias(Type::Array(Box::new(Type::String))));
    sample.add("Nothing", BOTH, TypeKind::Alias(nullable(Type::Bool)));
    sample.object("Option", BOTH, vec![optional("some", named("String"))]);
    sample.add("String", BOTH, TypeKind::Newtype(Type::String));
    sample.list("Ok", BOTH, Type::String, &[("Err", json!("err"))], true);
}
