//! The Rust types of schemas.

use super::{Checked, Docs, Place};
use serde::Serialize;

/// A defined type, by its number in [`super::Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TypeId(pub usize);

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// `bool`.
    Bool,
    /// An integer.
    Int(IntKind),
    /// A float.
    Float(FloatKind),
    /// `String`.
    String,
    /// A date and time (RFC 3339): the runtime's `DateTime`, which also keeps the text as it came.
    DateTime,
    /// A date: `chrono::NaiveDate`.
    Date,
    /// A UUID: the runtime's `Uuid`, which also remembers how it was written.
    Uuid,
    /// Any JSON: `serde_json::Value`.
    Json,
    /// Only `null`: `()`.
    Null,
    /// Raw bytes that are a whole body.
    Bytes,
    /// A part of a multipart form that is a file: the runtime's `Part`. Never inside JSON.
    File,
    /// `Vec<T>`.
    Array(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// A tuple of two or more.
    Tuple(Vec<Type>),
    /// A type of [`super::Api::types`].
    Named(TypeId),
    /// `Box<T>`, where a type would otherwise contain itself.
    Boxed(Box<Type>),
    /// `Option<T>`: a value or `null`.
    Nullable(Box<Type>),
}

impl Type {
    /// This type and every type inside it, outermost first. The definitions of named types are not entered.
    pub fn walk(&self) -> impl Iterator<Item = &Type> {
        let mut pending = vec![self];
        std::iter::from_fn(move || {
            let ty = pending.pop()?;
            match ty {
                Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Nullable(inner) => {
                    pending.push(inner);
                }
                Type::Tuple(items) => pending.extend(items.iter().rev()),
                _ => {}
            }
            Some(ty)
        })
    }

    /// The definitions that this type mentions.
    pub fn definitions(&self) -> impl Iterator<Item = TypeId> {
        self.walk().filter_map(|ty| match ty {
            Type::Named(id) => Some(*id),
            _ => None,
        })
    }

    /// Replaces the number of each definition that this type mentions.
    pub fn renumber(&mut self, new: &impl Fn(TypeId) -> TypeId) {
        match self {
            Type::Named(id) => *id = new(*id),
            Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Nullable(inner) => {
                inner.renumber(new);
            }
            Type::Tuple(items) => items.iter_mut().for_each(|item| item.renumber(new)),
            _ => {}
        }
    }

    /// The type that an alias in `definitions` resolves to; any other type is returned unchanged.
    #[must_use]
    pub fn resolve_aliases<'t>(&'t self, definitions: &'t [TypeDef]) -> &'t Type {
        let mut ty = self;
        // Aliases form no cycle; the limit ends the loop for an invalid model.
        for _ in 0..=definitions.len() {
            match ty {
                Type::Named(id) => match definitions.get(id.0).map(|def| &def.kind) {
                    Some(TypeKind::Alias(target)) => ty = target,
                    _ => break,
                },
                _ => break,
            }
        }
        ty
    }
}

/// Integer types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are Rust's own")]
pub enum IntKind {
    I32,
    I64,
    U32,
    U64,
    I128,
    /// More than 128 bits: the runtime's `Integer`, which keeps the digits.
    Digits,
}

/// Float types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are Rust's own")]
pub enum FloatKind {
    F32,
    F64,
}

/// A type that is defined in the output.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    /// Its name, in upper camel case.
    pub name: String,
    /// Its place in the document.
    pub place: Place,
    /// Its documentation.
    pub docs: Docs,
    /// Which impls it needs.
    pub usage: Usage,
    /// The type of the same schema in responses, if this type is for requests only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_as: Option<TypeId>,
    /// Its kind and parts.
    pub kind: TypeKind,
}

/// Whether values of a type are serialized, deserialized, or both. A type that no operation mentions is both,
/// since the caller may use it for either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Usage {
    /// Serialized: in parameters and request bodies, or to compare the items of a set.
    pub sent: bool,
    /// Deserialized: in responses.
    pub received: bool,
}

impl Usage {
    /// Serialized and deserialized.
    pub const BOTH: Self = Self {
        sent: true,
        received: true,
    };

    /// Everything that either usage requires.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            sent: self.sent || other.sent,
            received: self.received || other.received,
        }
    }
}

/// The kind of a defined type, with its parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeKind {
    /// An object.
    Struct(Struct),
    /// A closed or open list of values.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// A tuple struct around another type: needed if an array or map contains itself.
    Newtype(Type),
    /// The values of another type that satisfy some limits.
    Checked(Checked),
    /// A name for another type, as `type X = ...`: a component schema that is an array, a map or a scalar.
    Alias(Type),
}

impl TypeKind {
    /// The types that the definition is made of: those of its fields, variants, items.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            TypeKind::Struct(object) => {
                let fields = object.fields.iter().map(|field| &field.ty);
                fields.chain(object.additional.iter().map(|(_, ty)| ty)).collect()
            }
            TypeKind::Enum(list) => vec![&list.repr],
            TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            TypeKind::Newtype(ty) | TypeKind::Alias(ty) => vec![ty],
            TypeKind::Checked(checked) => vec![&checked.inner],
        }
    }

    /// Like [`TypeKind::types`], but mutable.
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            TypeKind::Struct(object) => {
                let fields = object.fields.iter_mut().map(|field| &mut field.ty);
                let additional = object.additional.iter_mut().map(|(_, ty)| ty);
                fields.chain(additional).collect()
            }
            TypeKind::Enum(list) => vec![&mut list.repr],
            TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            TypeKind::Newtype(ty) | TypeKind::Alias(ty) => vec![ty],
            TypeKind::Checked(checked) => vec![&mut checked.inner],
        }
    }
}

/// An object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Struct {
    /// Its properties, in document order.
    pub fields: Vec<Field>,
    /// The name and value type of the map that holds members without a field; `None` if such members are ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional: Option<(String, Type)>,
    /// The order of [`Struct::arguments`] if it is not that of the document: indices into the list in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub argument_order: Vec<usize>,
}

impl Struct {
    /// The required fields, in the order of the arguments of the constructor.
    #[must_use]
    pub fn arguments(&self) -> Vec<&Field> {
        let fields = self.fields.iter();
        let required = fields.filter(|field| field.presence == Presence::Required);
        in_order(required.collect(), &self.argument_order)
    }
}

/// The items in an order that is given by indices; as they are if there is none.
pub(super) fn in_order<T: Copy>(items: Vec<T>, order: &[usize]) -> Vec<T> {
    if order.is_empty() {
        return items;
    }
    order
        .iter()
        .filter_map(|&index| items.get(index).copied())
        .collect()
}

/// A property.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// The Rust name, raw (`r#type`) where it must be.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Its type, without what `presence` adds. `Nullable` here means that `null` is a value.
    pub ty: Type,
    /// Whether it can be missing.
    pub presence: Presence,
    /// Its documentation.
    pub docs: Docs,
}

impl Field {
    /// Whether every value has the property.
    #[must_use]
    pub fn is_always_there(&self) -> bool {
        match self.presence {
            Presence::Required | Presence::Tag(_) => true,
            Presence::Optional => false,
        }
    }
}

/// Whether a property can be missing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Always there.
    Required,
    /// Always there: a discriminator. Constructors set it to this value, which is a string or the value of an enum.
    Tag(serde_json::Value),
    /// `Option<T>`, left out when `None`; with a `Nullable` type the runtime's `Maybe<T>`, which distinguishes
    /// missing from `null`.
    Optional,
}

/// A list of values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Enum {
    /// `String`, `Int`, `Bool`, `Float` (as text on the wire: a JSON number) or, for mixed values, `Json`.
    pub repr: Type,
    /// The values, in document order, each once.
    pub variants: Vec<EnumVariant>,
    /// Whether the document allows other values of the same type, too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_open: bool,
    /// The variant that keeps a value which the document does not list; `None` if the type is only ever sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<String>,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EnumVariant {
    /// The variant's name.
    pub name: String,
    /// The value on the wire.
    pub value: serde_json::Value,
    /// Its documentation.
    pub docs: Docs,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Union {
    /// The branches. Of those whose tests a value all passes, it is decoded as one that lists all values within
    /// it, if there is one; then as the one by which the fewest of its members are lost, and the first of several such. Where a property names a branch, no branch without
    /// such a test is looked at.
    pub variants: Vec<UnionVariant>,
    /// The property whose value names the branch, if the document declares a discriminator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<String>,
    /// The variant that keeps, as JSON, a value which no branch takes; `None` if the type is only ever sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<String>,
}

/// One branch of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionVariant {
    /// The variant's name.
    pub name: String,
    /// The type of its value.
    pub ty: Type,
    /// The tests that a value of this branch passes, all of them. Without tests, any value may be of this branch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<UnionTest>,
    /// When it is sent, this property is set to this value first, should the type itself have no such field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<(String, String)>,
    /// Its documentation.
    pub docs: Docs,
}

/// A test that distinguishes the branches of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnionTest {
    /// The property is one of these values (a discriminator, a constant).
    Property {
        /// Its name.
        name: String,
        /// The values.
        values: Vec<serde_json::Value>,
        /// It may also be missing.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        optional: bool,
    },
    /// The value is an object that has all these members.
    Has(Vec<String>),
    /// The value is of one of these JSON types: `null`, `boolean`, `integer`, `number`, `string`, `array`,
    /// `object`.
    JsonType(Vec<String>),
}

/// Whether values of a schema are sent or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// In a parameter or a request body: without `readOnly` properties.
    Sent,
    /// In a response: without `writeOnly` properties.
    Received,
}
