//! An API made by hand that holds every kind of type once.

use pingback_codegen::model::{
    Api, Docs, Enum, EnumVariant, Errors, Field, FloatKind, IntKind, Place, Presence, Struct, Type, TypeDef,
    TypeId, TypeKind, Union, UnionTest, UnionVariant, Usage,
};
use pingback_codegen::read::tree::Pointer;
use serde_json::{Value, json};

const BOTH: Usage = Usage::BOTH;

/// Types are found by name while the sample is put together.
#[derive(Default)]
struct Sample {
    names: Vec<&'static str>,
    types: Vec<TypeDef>,
}

impl Sample {
    /// The type of that name, which must be in [`NAMES`].
    fn named(&self, name: &str) -> Type {
        Type::Named(TypeId(
            self.names
                .iter()
                .position(|known| *known == name)
                .expect("a known name"),
        ))
    }

    fn add(&mut self, name: &'static str, usage: Usage, kind: TypeKind) {
        assert_eq!(self.names[self.types.len()], name, "in the order of the names");
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
    let names = vec![
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
    let mut s = Sample {
        names,
        types: Vec::new(),
    };
    s.object(
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
    s.object(
        "Presences",
        BOTH,
        vec![
            required("required_nullable", nullable(Type::String)),
            optional("optional", Type::String),
            optional("optional_nullable", nullable(Type::String)),
            optional("optional_json", Type::Json),
            optional("optional_alias", s.named("Nothing")),
        ],
    );
    s.object("Empty", BOTH, vec![]);
    s.object(
        "Node",
        BOTH,
        vec![
            required("name", Type::String),
            optional("next", Type::Boxed(Box::new(s.named("Node")))),
        ],
    );
    s.add(
        "Labels",
        BOTH,
        TypeKind::Struct(Struct {
            fields: vec![],
            additional: Some(("rest".into(), Type::String)),
        }),
    );
    s.add(
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
        }),
    );
    s.list(
        "Colour",
        BOTH,
        Type::String,
        &[("Red", json!("red")), ("LightBlue", json!("light blue"))],
        true,
    );
    s.list(
        "Unit",
        BOTH,
        Type::String,
        &[("Metre", json!("m")), ("Second", json!("s"))],
        false,
    );
    s.list(
        "Priority",
        BOTH,
        Type::Int(IntKind::I64),
        &[("Low", json!(-1)), ("High", json!(1_000_000))],
        true,
    );
    s.list(
        "Level",
        BOTH,
        Type::Int(IntKind::I32),
        &[("One", json!(1)), ("Two", json!(2))],
        false,
    );
    s.list(
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
    s.list("Strict", BOTH, Type::Bool, &[("True", json!(true))], false);
    s.object(
        "Cat",
        BOTH,
        vec![
            required("kind", Type::String),
            required("lives", Type::Int(IntKind::I32)),
        ],
    );
    s.object("Dog", BOTH, vec![optional("name", Type::String)]);
    s.union(
        "Pet",
        BOTH,
        vec![
            branch(
                "Cat",
                s.named("Cat"),
                property("kind", json!("cat")),
                Some(("kind", "cat")),
            ),
            branch(
                "Dog",
                Type::Boxed(Box::new(s.named("Dog"))),
                property("kind", json!("dog")),
                Some(("kind", "dog")),
            ),
        ],
        true,
    );
    s.union(
        "Shape",
        BOTH,
        vec![
            branch("Circle", s.named("Circle"), has(&["radius"]), None),
            branch("Square", s.named("Square"), has(&["side"]), None),
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
    s.object(
        "Circle",
        BOTH,
        vec![required("radius", Type::Float(FloatKind::F64))],
    );
    s.object(
        "Square",
        BOTH,
        vec![required("side", Type::Float(FloatKind::F64))],
    );
    s.union(
        "Loose",
        BOTH,
        vec![
            branch("Number", Type::Int(IntKind::I64), vec![], None),
            branch("Cat", s.named("Cat"), vec![], None),
        ],
        true,
    );
    s.add(
        "Tree",
        BOTH,
        TypeKind::Newtype(Type::Array(Box::new(s.named("Tree")))),
    );
    s.add("Tags", BOTH, TypeKind::Alias(Type::Array(Box::new(Type::String))));
    s.add("Nothing", BOTH, TypeKind::Alias(nullable(Type::Bool)));
    s.object("Option", BOTH, vec![optional("some", s.named("String"))]);
    s.add("String", BOTH, TypeKind::Newtype(Type::String));
    s.list("Ok", BOTH, Type::String, &[("Err", json!("err"))], true);
    let mut deprecated = s.types.remove(2);
    deprecated.docs.deprecated = true;
    s.types.insert(2, deprecated);
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
        types: s.types,
        groups: vec![],
        operations: vec![],
        headers: Vec::new(),
        errors: Errors::default(),
    }
}
