use super::context::Context;
use super::enum_def::{Repr, repr};
use super::type_tokens::{Scope, type_tokens, write_type};
use super::{needs, type_items};
use crate::emit::Layout;
use crate::emit::file::RustFile;
use crate::emit::runtime::Part;
use crate::model::{
    Api, Bound, Checked, Conversions, Decimal, Docs, Enum, EnumVariant, Errors, Field, FloatKind, Limit,
    Place, Presence, Struct, TestValues, Type, TypeDef, TypeId, TypeKind, Union, UnionTest, UnionVariant,
    Usage,
};
use crate::pointer::Pointer;
use insta::assert_snapshot;
use quote::ToTokens as _;
use serde_json::json;
use std::collections::BTreeSet;

const SENT: Usage = Usage {
    sent: true,
    received: false,
};
const RECEIVED: Usage = Usage {
    sent: false,
    received: true,
};

fn api(types: Vec<(&str, Usage, TypeKind)>) -> Api {
    let def = |(name, usage, kind): (&str, Usage, TypeKind)| TypeDef {
        name: name.into(),
        place: Place {
            pointer: Pointer::default(),
            span: None,
        },
        docs: Docs::default(),
        usage,
        received_as: None,
        kind,
    };
    Api {
        name: "x".into(),
        title: "X".into(),
        version: None,
        description: None,
        external_docs: None,
        servers: Vec::new(),
        credentials: Vec::new(),
        client_parameters: Vec::new(),
        pace: None,
        types: types.into_iter().map(def).collect(),
        groups: Vec::new(),
        operations: Vec::new(),
        headers: Vec::new(),
        errors: Errors::default(),
    }
}

fn context(api: &Api) -> Context<'_> {
    Context::new(
        api,
        &TestValues::default(),
        Layout::Module(Conversions::default()),
    )
}

fn needed_parts(api: &Api) -> BTreeSet<Part> {
    needs(api, &TestValues::default()).parts
}

/// The first items of the first type, formatted.
fn first_items(api: &Api, count: usize) -> String {
    let mut items = type_items(&context(api), 0, &api.types[0]);
    items.truncate(count);
    let mut file = RustFile::new("");
    file.add_all(items);
    let files = crate::render::render(vec![file.into_output("x.rs")]).expect("Rust");
    let (_, text) = files[0].text.split_once('\n').expect("a first line");
    text.trim().to_owned()
}

fn field(name: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: name.into(),
        wire: name.trim_start_matches("r#").into(),
        ty,
        presence,
        docs: Docs::default(),
    }
}

fn object(fields: Vec<Field>) -> TypeKind {
    TypeKind::Struct(Struct {
        fields,
        additional: None,
        argument_order: Vec::new(),
    })
}

#[test]
fn a_received_struct_is_only_deserialized() {
    let fields = vec![field("a", Type::String, Presence::Optional)];
    assert_snapshot!(first_items(&api(vec![("A", RECEIVED, object(fields))]), 9), @r#"
    #[derive(Debug, Clone, PartialEq)]
    pub struct A {
        pub a: Option<String>,
    }

    impl<'de> serde::Deserialize<'de> for A {
        fn deserialize<D: serde::Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Self, D::Error> {
            runtime::members::object(deserializer)
        }
    }

    impl<'de> runtime::members::FromMembers<'de> for A {
        const NAME: &'static str = "A";

        fn from_members<A: serde::de::MapAccess<'de>>(
            mut members: runtime::members::Members<'de, A>,
        ) -> Result<Self, A::Error> {
            let mut a = None;
            while let Some(member) = members.next()? {
                match member {
                    "a" => members.read(&mut a),
                    _ => members.skip(),
                }
            }
            Ok(Self { a })
        }
    }
    "#);
}

#[test]
fn a_sent_struct_has_a_constructor_with_its_required_fields() {
    let optional = field("b", Type::Nullable(Box::new(Type::Bool)), Presence::Optional);
    let fields = vec![field("r#type", Type::String, Presence::Required), optional];
    assert_snapshot!(first_items(&api(vec![("A", SENT, object(fields))]), 9), @r#"
    #[derive(Debug, Clone, PartialEq)]
    pub struct A {
        pub r#type: String,
        pub b: runtime::Maybe<bool>,
    }

    impl A {
        /// Creates a value from its required fields.
        #[must_use]
        pub fn new(r#type: impl Into<String>) -> Self {
            Self {
                r#type: Into::into(r#type),
                b: runtime::Maybe::Absent,
            }
        }
    }

    impl serde::Serialize for A {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut object = runtime::Object::new(serializer);
            object.put("type", &self.r#type);
            object.put_some("b", &self.b);
            object.end()
        }
    }
    "#);
}

#[test]
fn a_shadowed_name_of_the_prelude_is_written_with_its_path() {
    let fields = vec![field(
        "a",
        Type::Nullable(Box::new(Type::Named(TypeId(0)))),
        Presence::Required,
    )];
    let api = api(vec![("Option", RECEIVED, object(fields))]);
    let TypeKind::Struct(Struct { fields, .. }) = &api.types[0].kind else {
        unreachable!("a struct")
    };
    assert_eq!(
        write_type(&api, &fields[0].ty, Scope::Models)
            .to_string()
            .replace(' ', ""),
        "::std::option::Option<Option>"
    );
}

#[test]
fn other_files_write_types_with_their_module() {
    let api = api(vec![("A", RECEIVED, object(Vec::new()))]);
    let ty = Type::Array(Box::new(Type::Named(TypeId(0))));
    assert_eq!(
        type_tokens(&api, &ty, Scope::OtherFile)
            .to_token_stream()
            .to_string()
            .replace(' ', ""),
        "::std::vec::Vec<models::A>"
    );
}

#[test]
fn long_tuples_become_lists() {
    let api = api(Vec::new());
    let ty = Type::Tuple(vec![Type::Bool; 13]);
    assert_eq!(
        write_type(&api, &ty, Scope::Models).to_string().replace(' ', ""),
        "::std::vec::Vec<::serde_json::Value>"
    );
}

#[test]
fn a_sent_enum_is_closed() {
    let variant = EnumVariant {
        name: "A".into(),
        value: json!("a"),
        docs: Docs::default(),
    };
    let list = Enum {
        repr: Type::String,
        variants: vec![variant],
        is_open: false,
        unlisted: None,
    };
    let api = api(vec![("Kind", SENT, TypeKind::Enum(list))]);
    assert_snapshot!(first_items(&api, 2), @r#"
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Kind {
        A,
    }

    impl Kind {
        /// All documented values.
        pub const ALL: &'static [Self] = &[Self::A];

        /// The value as it is sent and received.
        #[must_use]
        pub fn as_str(self) -> &'static str {
            match self {
                Self::A => "a",
            }
        }
    }
    "#);
    assert!(needed_parts(&api).contains(&Part::Listed));
}

#[test]
fn an_enum_with_a_value_of_another_type_is_json() {
    let variant = EnumVariant {
        name: "A".into(),
        value: json!(1),
        docs: Docs::default(),
    };
    let list = Enum {
        repr: Type::String,
        variants: vec![variant],
        is_open: false,
        unlisted: None,
    };
    assert_eq!(repr(&list), Repr::Json);
}

#[test]
fn a_union_tests_the_property_that_names_the_branch() {
    let variant = |name: &str| UnionVariant {
        name: name.into(),
        ty: Type::Named(TypeId(1)),
        tests: vec![UnionTest::Property {
            name: "kind".into(),
            values: vec![json!(name)],
            optional: false,
        }],
        tag: None,
        docs: Docs::default(),
    };
    let union = Union {
        variants: vec![variant("A"), variant("B")],
        discriminator: None,
        unlisted: None,
    };
    let api = api(vec![
        ("U", RECEIVED, TypeKind::Union(union)),
        ("C", RECEIVED, object(Vec::new())),
    ]);
    assert_snapshot!(first_items(&api, 9), @r#"
    #[derive(Debug, Clone, PartialEq)]
    pub enum U {
        A(C),
        B(C),
    }

    impl<'de> serde::Deserialize<'de> for U {
        fn deserialize<D: serde::Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Self, D::Error> {
            let mut choice = runtime::union::Choice::read("U", deserializer)?;
            choice.attempt("A", &[runtime::union::Test::Text("kind", &["A"])], Self::A);
            choice.attempt("B", &[runtime::union::Test::Text("kind", &["B"])], Self::B);
            choice.end()
        }
    }
    "#);
}

#[test]
fn a_type_of_two_branches_has_no_from_impl() {
    let variant = |name: &str| UnionVariant {
        name: name.into(),
        ty: Type::String,
        tests: Vec::new(),
        tag: None,
        docs: Docs::default(),
    };
    let union = Union {
        variants: vec![variant("A"), variant("B")],
        discriminator: None,
        unlisted: None,
    };
    let api = api(vec![("U", SENT, TypeKind::Union(union))]);
    assert!(!first_items(&api, 9).contains("From"));
}

#[test]
fn a_checked_type_has_a_table_of_limits() {
    let checked = Checked {
        inner: Type::Float(FloatKind::F64),
        limits: vec![
            Limit::Minimum(Bound::Integer(0)),
            Limit::MultipleOf(Decimal {
                digits: 1,
                exponent: -2,
            }),
        ],
        default: Some(json!(1.5)),
        example: Some(json!(1)),
    };
    let api = api(vec![("Price", SENT, TypeKind::Checked(checked))]);
    let text = first_items(&api, 9);
    let (limits, impls) = text
        .split_once("/// The documented default.\n")
        .expect("the type has a default");
    assert_snapshot!(limits, @"
    /// ```ignore
    /// use x::models::Price;
    ///
    /// let value = Price::try_from(1.0)?;
    /// # Ok::<(), x::ConstraintError>(())
    /// ```
    #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
    pub struct Price(f64);

    impl Price {
        /// The limits of every value.
        #[must_use]
        pub fn limits() -> &'static [runtime::Limit] {
            static LIMITS: &[runtime::Limit] = &[
                runtime::Limit::Minimum(runtime::Bound::Float(0.0)),
                runtime::Limit::MultipleOf(runtime::Decimal::new(1, -2)),
            ];
            LIMITS
        }
    }

    runtime::checked::checked!(number Price(f64));
    ");
    assert_snapshot!(impls, @"
    impl Default for Price {
        fn default() -> Self {
            Self(1.5)
        }
    }

    impl serde::Serialize for Price {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serde::Serialize::serialize(&self.0, serializer)
        }
    }
    ");
    assert_eq!(needed_parts(&api), BTreeSet::from([Part::Checked]));
}

#[test]
fn patterns_are_statics_and_sets_are_compared_as_received() {
    let checked = |inner, limit| {
        TypeKind::Checked(Checked {
            inner,
            limits: vec![limit],
            default: None,
            example: None,
        })
    };
    let items = Type::Array(Box::new(Type::Named(TypeId(1))));
    let api = api(vec![
        ("Codes", RECEIVED, checked(items, Limit::UniqueItems)),
        (
            "Code",
            RECEIVED,
            checked(Type::String, Limit::Pattern("^a".into())),
        ),
    ]);
    let text = first_items(&api, 9);
    assert!(
        text.contains("runtime::unique::read(\"Codes\", Self::limits(), deserializer).map(Self)"),
        "{text}"
    );
    assert_eq!(
        needed_parts(&api),
        BTreeSet::from([Part::Checked, Part::Pattern, Part::Unique])
    );
    let code = type_items(&context(&api), 1, &api.types[1]);
    let text = code[1].to_string().replace(' ', "");
    assert!(
        text.contains(r#"staticPATTERN:runtime::Pattern=runtime::Pattern::new("^a");"#),
        "{text}"
    );
}
