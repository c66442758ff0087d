//! The API's types in, `src/models.rs` out: structs, enums, unions and names for other types. Nothing here
//! knows how values travel over HTTP.

mod alias;
mod checked_def;
mod context;
mod enum_def;
mod origin;
mod struct_def;
mod union_def;

use super::{Content, Items, Output};
use crate::model::{Api, Docs, FloatKind, IntKind, TestValues, Type, TypeDef, TypeKind};
pub(super) use checked_def::example_value;
use context::Context;
use proc_macro2::TokenStream;
use quote::quote;

/// Where a type is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In `models.rs`, where the API's own types are in scope, and may hide names of the prelude.
    Models,
    /// Anywhere else, with `models` and `runtime` in scope.
    Outside,
}

/// What the emitted types take from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a file or a crate of its own"
)]
pub struct Needs {
    /// `runtime/datetime.rs`, and chrono.
    pub datetime: bool,
    /// `runtime/maybe.rs`.
    pub maybe: bool,
    /// `runtime/members.rs`.
    pub members: bool,
    /// `runtime/object.rs`.
    pub object: bool,
    /// `runtime/listed.rs`.
    pub listed: bool,
    /// `runtime/json.rs`.
    pub json: bool,
    /// `runtime/union.rs`, which takes in `runtime/json.rs`.
    pub union: bool,
    /// The crate chrono, with its feature `serde`.
    pub chrono: bool,
    /// `runtime/uuid.rs`, and the crate uuid.
    pub uuid: bool,
    /// `runtime/checked.rs`.
    pub checked: bool,
    /// `runtime/pattern.rs`, and the crate regress.
    pub pattern: bool,
    /// `runtime/unique.rs`, which takes in `runtime/tracked.rs`.
    pub unique: bool,
    /// `runtime/multipart.rs`, which is there with a form.
    pub file: bool,
    /// There are integers of more than 64 bits.
    pub wide: bool,
    /// `runtime/integer.rs`: there are integers of more than 128 bits.
    pub digits: bool,
}

/// Emits `src/models.rs`; `examples_run` if examples know what the crate is called.
#[must_use]
pub fn models(api: &Api, tests: &TestValues, examples_run: bool) -> Output {
    let mut context = Context::new(api, tests);
    context.examples_run = examples_run;
    let header = super::docs::inner(&format!("The types of {}.", api.title.replace(['\n', '\r'], " ")));
    let runtime = needs(api, tests).runtime().then(|| {
        quote!(
            use super::runtime;
        )
    });
    let mut items: Items = runtime.into_iter().collect();
    items.append(Items::of_all(&api.types, |id, def| type_def(&context, id, def)));
    Output {
        path: "src/models.rs".to_owned(),
        content: Content::Rust { header, items },
    }
}

/// The items of one type.
fn type_def(context: &Context, id: usize, def: &TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        TypeKind::Struct(object) => struct_def::items(context, def, object),
        TypeKind::Enum(list) => enum_def::items(context, def, list),
        TypeKind::Union(union) => union_def::items(context, id, def, union),
        TypeKind::Newtype(ty) => alias::newtype(context, def, ty),
        TypeKind::Checked(checked) => checked_def::items(context, def, checked),
        TypeKind::Alias(ty) => alias::alias(context, def, ty),
    }
}

/// A type as it is written in `scope`.
#[must_use]
pub fn type_tokens(api: &Api, ty: &Type, scope: Scope) -> TokenStream {
    match scope {
        Scope::Models => Context::new(api, &TestValues::default()).ty(ty),
        Scope::Outside => write_type(api, ty, &|name| context::full(name), true),
    }
}

/// Writes a type; `std` gives the path of a name of the standard library.
fn write_type(api: &Api, ty: &Type, std: &dyn Fn(&str) -> TokenStream, outside: bool) -> TokenStream {
    let inner = |ty: &Type| write_type(api, ty, std, outside);
    match ty {
        Type::Bool => quote!(bool),
        Type::Int(kind) => int(*kind),
        Type::Float(FloatKind::F32) => quote!(f32),
        Type::Float(FloatKind::F64) => quote!(f64),
        Type::String => std("String"),
        Type::DateTime => quote!(runtime::DateTime),
        Type::Date => quote!(::chrono::NaiveDate),
        Type::Uuid => quote!(runtime::Uuid),
        Type::Json => quote!(::serde_json::Value),
        Type::Null => quote!(()),
        Type::Bytes => quote!(::bytes::Bytes),
        Type::File => quote!(runtime::Part),
        Type::Array(ty) => {
            let (vec, ty) = (std("Vec"), inner(ty));
            quote!(#vec<#ty>)
        }
        Type::Map(ty) => {
            let (string, ty) = (std("String"), inner(ty));
            quote!(::std::collections::BTreeMap<#string, #ty>)
        }
        // The standard library has no traits for longer ones.
        Type::Tuple(types) if types.len() > 12 => {
            let vec = std("Vec");
            quote!(#vec<::serde_json::Value>)
        }
        Type::Tuple(types) => {
            let types = types.iter().map(inner);
            quote!((#(#types,)*))
        }
        Type::Named(id) => {
            let Some(def) = api.types.get(id.0) else {
                return quote!(::serde_json::Value);
            };
            let name = super::names::ident(&def.name);
            if outside {
                quote!(models::#name)
            } else {
                quote!(#name)
            }
        }
        Type::Boxed(ty) => {
            let (boxed, ty) = (std("Box"), inner(ty));
            quote!(#boxed<#ty>)
        }
        Type::Nullable(ty) => {
            let (option, ty) = (std("Option"), inner(ty));
            quote!(#option<#ty>)
        }
    }
}

fn int(kind: IntKind) -> TokenStream {
    match kind {
        IntKind::I32 => quote!(i32),
        IntKind::I64 => quote!(i64),
        IntKind::U32 => quote!(u32),
        IntKind::U64 => quote!(u64),
        IntKind::I128 => quote!(i128),
        IntKind::Digits => quote!(runtime::Integer),
    }
}

impl Needs {
    /// Does `models.rs` mention the runtime?
    fn runtime(self) -> bool {
        self.datetime
            || self.uuid
            || self.maybe
            || self.members
            || self.object
            || self.listed
            || self.json
            || self.union
            || self.file
            || self.checked
            || self.digits
    }

    pub(super) fn int(&mut self, kind: IntKind) {
        self.wide |= matches!(kind, IntKind::I128 | IntKind::Digits);
        self.digits |= kind == IntKind::Digits;
    }

    /// Adds what the type and the types inside it need.
    pub(super) fn ty(&mut self, ty: &Type) {
        for ty in ty.walk() {
            match ty {
                Type::DateTime => (self.datetime, self.chrono) = (true, true),
                Type::Date => self.chrono = true,
                Type::Uuid => self.uuid = true,
                Type::File => self.file = true,
                Type::Int(kind) => self.int(*kind),
                _ => {}
            }
        }
    }
}

/// What `src/models.rs` takes from the runtime and from other crates. (Parameters of operations may hold
/// dates of their own.)
#[must_use]
pub fn needs(api: &Api, tests: &TestValues) -> Needs {
    let context = Context::new(api, tests);
    let mut needs = Needs::default();
    for def in &api.types {
        let mut usage = def.usage;
        usage.received |= context.has_tests;
        usage.sent |= context.has_tests;
        match &def.kind {
            TypeKind::Struct(object) => {
                for field in &object.fields {
                    needs.ty(&field.ty);
                    let shape = struct_def::shape(&context, field);
                    needs.maybe |= matches!(shape, struct_def::Shape::Maybe(_));
                }
                object.additional.iter().for_each(|(_, ty)| needs.ty(ty));
                needs.members |= usage.received;
                needs.object |= usage.sent;
            }
            TypeKind::Enum(list) => {
                needs.json |= enum_def::repr(list) == enum_def::Repr::Json;
                needs.listed |= list.unlisted.is_none();
            }
            TypeKind::Union(union) => {
                union.variants.iter().for_each(|variant| needs.ty(&variant.ty));
                needs.union |= usage.received || union.variants.iter().any(|variant| variant.tag.is_some());
            }
            TypeKind::Checked(checked) => {
                needs.ty(&checked.inner);
                needs.checked = true;
                needs.pattern |= checked_def::has_pattern(checked);
                needs.unique |= checked_def::is_set(checked);
            }
            TypeKind::Newtype(ty) | TypeKind::Alias(ty) => needs.ty(ty),
        }
    }
    needs.json |= needs.union;
    needs
}

/// The docs of an item, or a sentence in their place: no public item goes without.
fn docs_or(docs: &Docs, instead: &str) -> TokenStream {
    let attrs = super::docs::attrs(docs);
    if docs.summary.is_none() && docs.description.is_none() {
        let line = format!(" {instead}");
        let blank = (!docs.constraints.is_empty() || docs.example.is_some()).then(|| quote!(#[doc = ""]));
        return quote!(#[doc = #line] #blank #attrs);
    }
    attrs
}

/// Text for a code span: a backtick would end it.
fn code(text: &str) -> String {
    super::docs::spelled(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Bound, Checked, Decimal, Enum, EnumVariant, Errors, Field, Limit, Place, Presence, Struct, TypeId,
        Union, UnionTest, UnionVariant, Usage,
    };
    use crate::pointer::Pointer;
    use insta::assert_snapshot;
    use serde_json::json;

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

    /// The items of the first type, up to the end of item number `count`.
    fn first(api: &Api, count: usize) -> String {
        let mut items = type_def(&Context::new(api, &TestValues::default()), 0, &api.types[0]);
        items.truncate(count);
        let content = Content::Rust {
            header: TokenStream::new(),
            items: items.into(),
        };
        let files = crate::render::render(vec![Output {
            path: "x.rs".into(),
            content,
        }])
        .expect("Rust");
        files[0]
            .text
            .split_once('\n')
            .expect("a first line")
            .1
            .trim()
            .to_owned()
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
        })
    }

    #[test]
    fn a_struct_that_is_received_is_only_decoded() {
        let fields = vec![field("a", Type::String, Presence::Optional)];
        assert_snapshot!(first(&api(vec![("A", RECEIVED, object(fields))]), 9), @r#"
        /// `A`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct A {
            /// `a`.
            pub a: Option<String>,
        }

        impl<'de> ::serde::Deserialize<'de> for A {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                runtime::members::object(deserializer)
            }
        }

        impl<'de> runtime::members::FromMembers<'de> for A {
            const NAME: &'static str = "A";

            fn from_members<A: ::serde::de::MapAccess<'de>>(
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
    fn a_struct_that_is_sent_is_made_from_what_is_required() {
        let optional = field("b", Type::Nullable(Box::new(Type::Bool)), Presence::Optional);
        let fields = vec![field("r#type", Type::String, Presence::Required), optional];
        assert_snapshot!(first(&api(vec![("A", SENT, object(fields))]), 9), @r#"
        /// `A`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct A {
            /// `type`.
            pub r#type: String,
            /// `b`.
            pub b: runtime::Maybe<bool>,
        }

        impl A {
            /// With what is required; the rest is left out.
            #[must_use]
            pub fn new(r#type: impl Into<String>) -> Self {
                Self {
                    r#type: Into::into(r#type),
                    b: runtime::Maybe::Absent,
                }
            }
        }

        impl ::serde::Serialize for A {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let mut object = runtime::Object::new(serializer);
                object.put("type", &self.r#type);
                object.put_some("b", &self.b);
                object.end()
            }
        }
        "#);
    }

    #[test]
    fn a_type_that_hides_a_name_of_the_prelude_has_it_written_in_full() {
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
            type_tokens(&api, &fields[0].ty, Scope::Models)
                .to_string()
                .replace(' ', ""),
            "::std::option::Option<Option>"
        );
    }

    #[test]
    fn outside_of_models_types_are_written_with_their_module() {
        let api = api(vec![("A", RECEIVED, object(Vec::new()))]);
        let ty = Type::Array(Box::new(Type::Named(TypeId(0))));
        assert_eq!(
            type_tokens(&api, &ty, Scope::Outside)
                .to_string()
                .replace(' ', ""),
            "::std::vec::Vec<models::A>"
        );
    }

    #[test]
    fn tuples_too_long_for_rust_are_lists() {
        let api = api(Vec::new());
        let ty = Type::Tuple(vec![Type::Bool; 13]);
        assert_eq!(
            type_tokens(&api, &ty, Scope::Models).to_string().replace(' ', ""),
            "Vec<::serde_json::Value>"
        );
    }

    #[test]
    fn an_enum_that_is_only_sent_is_closed_and_small() {
        let variant = EnumVariant {
            name: "A".into(),
            value: json!("a"),
            docs: Docs::default(),
        };
        let list = Enum {
            repr: Type::String,
            variants: vec![variant],
            unlisted: None,
        };
        let api = api(vec![("Kind", SENT, TypeKind::Enum(list))]);
        assert_snapshot!(first(&api, 2), @r#"
        /// `Kind`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind {
            /// `a`.
            A,
        }

        impl Kind {
            /// The values that are listed.
            pub const ALL: &'static [Self] = &[Self::A];

            /// The value on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::A => "a",
                }
            }
        }
        "#);
        assert!(needs(&api, &TestValues::default()).listed);
    }

    #[test]
    fn values_that_are_not_of_the_declared_type_make_an_enum_of_json() {
        let variant = EnumVariant {
            name: "A".into(),
            value: json!(1),
            docs: Docs::default(),
        };
        let list = Enum {
            repr: Type::String,
            variants: vec![variant],
            unlisted: None,
        };
        assert_eq!(enum_def::repr(&list), enum_def::Repr::Json);
    }

    #[test]
    fn a_union_with_a_discriminator_looks_at_nothing_else() {
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
        assert_snapshot!(first(&api, 9), @r#"
        /// `U`.
        #[derive(Debug, Clone, PartialEq)]
        pub enum U {
            /// `A`.
            A(C),
            /// `B`.
            B(C),
        }

        impl<'de> ::serde::Deserialize<'de> for U {
            fn deserialize<D: ::serde::Deserializer<'de>>(
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
    fn two_branches_of_one_type_are_not_made_from_it() {
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
        assert!(!first(&api, 9).contains("From"));
    }

    #[test]
    fn a_type_whose_values_keep_limits_is_a_table() {
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
        assert_snapshot!(first(&api, 9), @r#"
        /// `Price`.
        ///
        /// ```ignore
        /// use x::models::Price;
        ///
        /// let value = Price::try_from(1.0)?;
        /// # Ok::<(), x::ConstraintError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct Price(f64);

        impl Price {
            /// What holds of every value.
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

        /// The value that is meant where none is given.
        impl ::std::default::Default for Price {
            fn default() -> Self {
                Self(1.5)
            }
        }

        impl ::serde::Serialize for Price {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.0, serializer)
            }
        }
        "#);
        let needs = needs(&api, &TestValues::default());
        assert!(needs.checked && !needs.pattern && !needs.unique);
    }

    #[test]
    fn a_pattern_is_a_static_and_a_set_is_read_as_it_came() {
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
        let text = first(&api, 9);
        assert!(
            text.contains("runtime::unique::read(\"Codes\", Self::limits(), deserializer).map(Self)"),
            "{text}"
        );
        let needs = needs(&api, &TestValues::default());
        assert!(needs.pattern && needs.unique);
        let code = type_def(&Context::new(&api, &TestValues::default()), 1, &api.types[1]);
        let text = code[1].to_string().replace(' ', "");
        assert!(
            text.contains(r#"staticPATTERN:runtime::Pattern=runtime::Pattern::new("^a");"#),
            "{text}"
        );
    }
}
