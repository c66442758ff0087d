//! Predicts which members of a value are lost when the generated code decodes and encodes it.

use super::limits::LimitValidator;
use crate::model::{Presence, Struct, Type, TypeDef, TypeKind, Union};
use crate::pointer::Pointer;
use serde_json::Value;

/// The deepest nesting of types within a value, aliases included.
const MAX_DEPTH: usize = 128;

/// The JSON pointers of all members of `value` that a value of `ty` may lose, sorted. `types` are the definitions that
/// `ty` refers to.
#[must_use]
pub fn lost_members(types: &[TypeDef], ty: &Type, value: &Value) -> Vec<String> {
    let mut pointers = Decoder::new(types)
        .decode(ty, value, &Pointer::default(), MAX_DEPTH)
        .unwrap_or_default()
        .pointers;
    pointers.sort_unstable();
    pointers.dedup();
    pointers
}

/// Members that are lost.
#[derive(Debug, Default)]
struct Lost {
    /// How many members are lost.
    count: usize,
    /// Which members may be lost. There are more of these than `count` if several branches of a union lose equally
    /// many, since each of these branches may be the one that is decoded.
    pointers: Vec<String>,
}

impl Lost {
    fn member(at: Pointer) -> Self {
        Self {
            count: 1,
            pointers: vec![at.0],
        }
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.pointers.extend(other.pointers);
    }
}

/// Follows types into values as the generated code does.
struct Decoder<'a> {
    types: &'a [TypeDef],
    limits: LimitValidator,
}

impl<'a> Decoder<'a> {
    fn new(types: &'a [TypeDef]) -> Self {
        Self {
            types,
            limits: LimitValidator::default(),
        }
    }

    /// The members of `value` that a value of `ty` loses; `None` if the value cannot be decoded.
    fn decode(&self, ty: &Type, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        let depth = depth.checked_sub(1)?;
        match (ty, value) {
            (Type::Json, _) | (Type::Null | Type::Nullable(_), Value::Null) => Some(Lost::default()),
            (Type::Nullable(inner) | Type::Boxed(inner), _) => self.decode(inner, value, at, depth),
            (Type::Array(inner), Value::Array(items)) => {
                let items = items.iter().enumerate();
                self.decode_all(
                    items.map(|(index, item)| (&**inner, item, at.child(index))),
                    depth,
                )
            }
            (Type::Tuple(types), Value::Array(items)) if types.len() == items.len() => {
                let items = types.iter().zip(items).enumerate();
                self.decode_all(
                    items.map(|(index, (ty, item))| (ty, item, at.child(index))),
                    depth,
                )
            }
            (Type::Map(inner), Value::Object(members)) => {
                let members = members.iter();
                self.decode_all(
                    members.map(|(name, member)| (&**inner, member, at.child(name))),
                    depth,
                )
            }
            (Type::Named(id), _) => {
                let kind = &self.types.get(id.0)?.kind;
                self.decode_definition(kind, value, at, depth)
            }
            _ => is_scalar(ty, value).then(Lost::default),
        }
    }

    fn decode_all<'v>(
        &self,
        parts: impl Iterator<Item = (&'v Type, &'v Value, Pointer)>,
        depth: usize,
    ) -> Option<Lost> {
        let mut lost = Lost::default();
        for (ty, value, at) in parts {
            lost.add(self.decode(ty, value, &at, depth)?);
        }
        Some(lost)
    }

    fn decode_definition(&self, kind: &TypeKind, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        match kind {
            TypeKind::Struct(object) => self.decode_struct(object, value, at, depth),
            TypeKind::Alias(inner) | TypeKind::Newtype(inner) => self.decode(inner, value, at, depth),
            TypeKind::Checked(checked) => {
                let lost = self.decode(&checked.inner, value, at, depth)?;
                (self.limits.is_valid(checked, value) != Some(false)).then_some(lost)
            }
            TypeKind::Union(union) => self.decode_union(union, value, at, depth),
            TypeKind::Enum(definition) => {
                let is_listed = definition.variants.iter().any(|variant| variant.value == *value);
                let is_unlisted = definition.unlisted.is_some() && is_scalar(&definition.repr, value);
                (is_listed || is_unlisted).then(Lost::default)
            }
        }
    }

    fn decode_struct(&self, object: &Struct, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        let members = value.as_object()?;
        for field in &object.fields {
            let is_missing = !members.contains_key(&field.wire);
            if is_missing && field.presence == Presence::Required && !matches!(field.ty, Type::Nullable(_)) {
                return None;
            }
        }
        let mut lost = Lost::default();
        for (name, member) in members {
            let at = at.child(name);
            let field = object.fields.iter().find(|field| field.wire == *name);
            match (field, &object.additional) {
                // A `null` that the document does not allow is read as a missing member.
                (Some(field), _) if field.presence == Presence::Optional && member.is_null() => {
                    let below = self.decode(&field.ty, member, &at, depth);
                    lost.add(below.unwrap_or_else(|| Lost::member(at)));
                }
                (Some(field), _) => lost.add(self.decode(&field.ty, member, &at, depth)?),
                (None, Some((_, ty))) => lost.add(self.decode(ty, member, &at, depth)?),
                (None, None) => lost.add(Lost::member(at)),
            }
        }
        Some(lost)
    }

    /// The generated code decodes the branch that loses the fewest members. The tests of branches are ignored here, so
    /// that a test that excludes too much makes the generated tests fail.
    fn decode_union(&self, union: &Union, value: &Value, at: &Pointer, depth: usize) -> Option<Lost> {
        let mut best: Option<Lost> = None;
        for variant in &union.variants {
            let Some(mut lost) = self.decode(&variant.ty, value, at, depth) else {
                continue;
            };
            // The discriminator is encoded even if the branch has no field for it.
            if let Some((property, _)) = &variant.tag {
                let tag = at.child(property).0;
                if lost.pointers.contains(&tag) {
                    lost.pointers.retain(|pointer| *pointer != tag);
                    lost.count -= 1;
                }
            }
            match &mut best {
                Some(best) if best.count < lost.count => {}
                Some(best) if best.count == lost.count => best.pointers.extend(lost.pointers),
                _ => best = Some(lost),
            }
        }
        best.or_else(|| union.unlisted.is_some().then(Lost::default))
    }
}

/// Whether a value can be decoded into a type that holds no other values.
fn is_scalar(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Bool => value.is_boolean(),
        // `1.0` is an integer, and `value` holds the nearest float of an integer that exceeds 64 bits.
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
    use crate::model::{
        Docs, Enum, EnumVariant, Field, IntKind, Place, TypeDef, TypeId, UnionTest, UnionVariant, Usage,
    };
    use serde_json::json;

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
            argument_order: Vec::new(),
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
    fn types() -> Vec<TypeDef> {
        let colour = TypeKind::Enum(Enum {
            repr: Type::String,
            variants: vec![EnumVariant {
                name: "Red".into(),
                value: json!("red"),
                docs: Docs::default(),
            }],
            unlisted: None,
        });
        vec![
            def(
                "Cat",
                object(
                    &[
                        ("id", Type::Int(IntKind::I64), Presence::Required),
                        ("lives", Type::String, Presence::Optional),
                    ],
                    None,
                ),
            ),
            def(
                "Dog",
                object(
                    &[
                        ("id", Type::Int(IntKind::I64), Presence::Required),
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
        ]
    }

    /// The members that are lost; `None` if the value cannot be decoded.
    fn lost(ty: &Type, value: &Value) -> Option<Vec<String>> {
        let types = types();
        Decoder::new(&types).decode(ty, value, &Pointer::default(), MAX_DEPTH)?;
        Some(lost_members(&types, ty, value))
    }

    fn named(id: usize) -> Type {
        Type::Named(TypeId(id))
    }

    #[test]
    fn members_without_a_field_are_lost() {
        let value = json!([{ "id": 1, "x/y": 2 }]);
        let list = Type::Array(Box::new(named(0)));
        assert_eq!(lost(&list, &value), Some(vec!["/0/x~1y".into()]));
        assert_eq!(
            lost(&named(4), &json!({ "a": { "id": 1, "b": 2 } })),
            Some(vec!["/a/b".into()])
        );
    }

    #[test]
    fn an_undocumented_null_is_lost() {
        assert_eq!(
            lost(&named(0), &json!({ "id": 1, "lives": null })),
            Some(vec!["/lives".into()])
        );
    }

    #[test]
    fn a_union_loses_the_fewest_members() {
        assert_eq!(lost(&named(2), &json!({ "id": 1, "bark/~": true })), Some(vec![]));
        assert_eq!(
            lost(&named(2), &json!({ "id": 1, "bark/~": true, "x": 2 })),
            Some(vec!["/x".into()])
        );
        // The dog's bark is a boolean, so this is a cat.
        assert_eq!(
            lost(&named(2), &json!({ "id": 1, "bark/~": "x" })),
            Some(vec!["/bark~1~0".into()])
        );
        // Both branches lose one member.
        let both = json!({ "id": 1, "bark/~": true, "lives": "9" });
        assert_eq!(
            lost(&named(2), &both),
            Some(vec!["/bark~1~0".into(), "/lives".into()])
        );
        let types = types();
        let counted = Decoder::new(&types).decode(&named(2), &both, &Pointer::default(), MAX_DEPTH);
        assert_eq!(counted.map(|lost| lost.count), Some(1));
    }

    #[test]
    fn values_of_other_types_cannot_be_decoded() {
        for (ty, value) in [
            (named(0), json!({ "lives": "9" })),
            (named(2), json!({ "id": "1" })),
            (named(3), json!("blue")),
            (Type::Tuple(vec![Type::Bool, Type::Bool]), json!([true])),
            (Type::Int(IntKind::I64), json!(1.5)),
        ] {
            assert_eq!(lost(&ty, &value), None, "{value}");
        }
    }
}
