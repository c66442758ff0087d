//! Compares the schemas of a value with the type that is to hold it.

use crate::document::Document;
use crate::parents::discriminating;
use crate::schema::{Alternative, JsonType, Schemas, Types, allow_null, alternatives, members};
use crate::values::{compare_enum, compare_scalar, missing_values};
use pingback_codegen::model::{Api, Direction, Struct, Type, TypeKind, Union, UnionTest, UnionVariant};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// How many references, branches and parts are followed to find out whether `null` is allowed.
const MAX_DEPTH: usize = 16;

/// A difference between document and type: its place within the value, and what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) at: String,
    pub(crate) what: String,
}

pub(crate) fn difference(what: impl Into<String>) -> Vec<Difference> {
    vec![Difference {
        at: String::new(),
        what: what.into(),
    }]
}

/// Puts the places of differences below `at`.
pub(crate) fn below(at: &str, differences: Vec<Difference>) -> impl Iterator<Item = Difference> {
    differences.into_iter().map(move |difference| Difference {
        at: format!("{at}{}", difference.at),
        ..difference
    })
}

/// A comparison: the addresses of the schemas, the type and the direction.
type Key = (Vec<Vec<usize>>, Type, Direction);

/// Compares schemas with types. A comparison is made once; one that is under way counts as equal, so that recursive
/// types end.
pub(crate) struct Comparison<'d> {
    pub(crate) document: &'d Document,
    pub(crate) api: &'d Api,
    known: HashMap<Key, Vec<Difference>>,
}

impl<'d> Comparison<'d> {
    pub(crate) fn new(document: &'d Document, api: &'d Api) -> Self {
        Self {
            document,
            api,
            known: HashMap::new(),
        }
    }

    /// Compares the schema of a value with its type.
    pub(crate) fn schema(
        &mut self,
        schema: &'d Value,
        ty: &'d Type,
        direction: Direction,
    ) -> Vec<Difference> {
        self.choices(&[vec![schema]], ty, direction)
    }

    /// Compares a value that satisfies one of several lists of schemas with its type.
    fn choices(&mut self, choices: &[Schemas<'d>], ty: &'d Type, direction: Direction) -> Vec<Difference> {
        let address = |schemas: &Schemas| {
            schemas
                .iter()
                .map(|schema| std::ptr::from_ref(*schema).addr())
                .collect()
        };
        let key = (choices.iter().map(address).collect(), ty.clone(), direction);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        self.known.insert(key.clone(), Vec::new());
        let nullable = choices
            .iter()
            .any(|schemas| allow_null(self.document, schemas, MAX_DEPTH));
        let mut differences = Vec::new();
        if nullable != self.holds_null(ty) && !self.holds_anything(ty) {
            let words = if nullable {
                "allows null, the type does not"
            } else {
                "does not allow null, the type does"
            };
            differences.extend(difference(format!("the document {words}")));
        }
        differences.extend(self.values(choices, ty, direction));
        self.known.insert(key, differences.clone());
        differences
    }

    /// Compares the values other than `null`.
    pub(crate) fn values(
        &mut self,
        choices: &[Schemas<'d>],
        ty: &'d Type,
        direction: Direction,
    ) -> Vec<Difference> {
        let all = self.all_alternatives(choices);
        let ty = self.inner(ty);
        match self.kind(ty) {
            _ if all.is_empty() => Vec::new(),
            Some(TypeKind::Enum(list)) => compare_enum(&all, list),
            Some(TypeKind::Union(union)) => self.union(&all, union, direction),
            _ => self.alternatives(&all, ty, direction),
        }
    }

    /// Whether each way to satisfy a schema fits one of several types.
    pub(crate) fn one_of_several(
        &mut self,
        schema: &'d Value,
        types: &[&'d Type],
        direction: Direction,
    ) -> Vec<Difference> {
        let mut differences = Vec::new();
        for one in self.all_alternatives(&[vec![schema]]) {
            let found = types.iter().map(|ty| self.fit(&one, ty, direction));
            differences.extend(found.min_by_key(Vec::len).unwrap_or_default());
        }
        differences
    }

    fn all_alternatives(&self, choices: &[Schemas<'d>]) -> Vec<Alternative<'d>> {
        let all = choices
            .iter()
            .flat_map(|schemas| alternatives(self.document, schemas));
        all.collect()
    }

    /// Compares one alternative with a type that may hold others as well.
    fn fit(&mut self, one: &Alternative<'d>, ty: &'d Type, direction: Direction) -> Vec<Difference> {
        let ty = self.inner(ty);
        match self.kind(ty) {
            Some(TypeKind::Enum(list)) => missing_values(std::slice::from_ref(one), list),
            Some(TypeKind::Union(union)) => {
                let variants = union.variants.iter().map(|variant| {
                    let mut found = self.fit(one, &variant.ty, direction);
                    found.extend(self.tags(one, union, variant));
                    found
                });
                variants.min_by_key(Vec::len).unwrap_or_default()
            }
            _ => self.alternatives(std::slice::from_ref(one), ty, direction),
        }
    }

    /// Compares a value that satisfies one of several alternatives with a type, `null` aside.
    fn alternatives(
        &mut self,
        all: &[Alternative<'d>],
        ty: &'d Type,
        direction: Direction,
    ) -> Vec<Difference> {
        let documented = documented_types(all);
        let held = held_types(self.kind(ty), ty);
        if documented != held {
            return difference(format!(
                "the document allows {documented:?}, the type holds {held:?}"
            ));
        }
        match (ty, self.kind(ty)) {
            (_, Some(TypeKind::Struct(object))) => self.object(all, object, direction),
            (Type::Array(items), _) => {
                let items_of: Vec<Schemas> = all.iter().map(|one| one.all("items")).collect();
                let differences = self.choices_or_json(&items_of, items, direction);
                below("[]", differences).collect()
            }
            (Type::Map(values), _) => self.map(all, values, direction),
            (Type::Tuple(types), _) => self.tuple(all, types, direction),
            _ => compare_scalar(all, ty),
        }
    }

    /// Like [`Comparison::choices`], for values that may have no schema: the type then holds any JSON.
    fn choices_or_json(
        &mut self,
        choices: &[Schemas<'d>],
        ty: &'d Type,
        direction: Direction,
    ) -> Vec<Difference> {
        if choices.is_empty() || choices.iter().any(Vec::is_empty) {
            return if self.holds_anything(ty) {
                Vec::new()
            } else {
                difference(format!("the document allows any JSON, the type is {ty:?}"))
            };
        }
        self.choices(choices, ty, direction)
    }

    /// Each alternative fits a variant, and each variant an alternative.
    fn union(&mut self, all: &[Alternative<'d>], union: &'d Union, direction: Direction) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut fitting: BTreeSet<usize> = BTreeSet::new();
        for one in all {
            let mut best: Option<Vec<Difference>> = None;
            for (index, variant) in union.variants.iter().enumerate() {
                let mut found = self.fit(one, &variant.ty, direction);
                found.extend(self.tags(one, union, variant));
                if found.is_empty() {
                    fitting.insert(index);
                }
                if best.as_ref().is_none_or(|best| found.len() < best.len()) {
                    best = Some(found);
                }
            }
            differences.extend(below("|", best.unwrap_or_default()));
        }
        let variants = union.variants.iter().enumerate();
        let unfit = variants
            .filter(|(index, variant)| !fitting.contains(index) && *self.inner(&variant.ty) != Type::Null);
        if differences.is_empty() {
            // Of an `anyOf`, a value may satisfy several branches at once.
            let combined = combinations(all);
            let unfit: Vec<&UnionVariant> = unfit.map(|(_, variant)| variant).collect();
            let unfit = unfit.into_iter().filter(|variant| {
                let mut combined = combined.iter();
                !combined.any(|several| self.fit(several, &variant.ty, direction).is_empty())
            });
            let unfit: Vec<&String> = unfit.map(|variant| &variant.name).collect();
            let unfit = unfit
                .into_iter()
                .map(|name| format!("no branch of the document is the variant {name}"));
            differences.extend(unfit.flat_map(difference));
        }
        differences
    }

    /// The variant is chosen by the value that the discriminator has for its branch.
    fn tags(&self, one: &Alternative<'d>, union: &Union, variant: &UnionVariant) -> Vec<Difference> {
        let Some(discriminator) = &union.discriminator else {
            return Vec::new();
        };
        let documented = one.chosen.iter().find_map(|(parent, branch)| {
            let mapping = parent.get("discriminator")?;
            (mapping.get("propertyName")? == discriminator).then_some((mapping, *branch))
        });
        let is_object = one.types() == Some(BTreeSet::from([JsonType::Object]));
        let Some((mapping, branch)) = documented.filter(|_| is_object) else {
            return Vec::new();
        };
        let tests = variant.tests.iter().filter_map(|test| match test {
            UnionTest::Property { name, values, .. } if name == discriminator => Some(values),
            _ => None,
        });
        let tested: Vec<&Value> = tests.flatten().collect();
        let own = one.properties(self.document, Direction::Received);
        let own = own
            .get(discriminator.as_str())
            .map(|schemas| alternatives(self.document, schemas));
        let allowed = own.and_then(|own| own.first()?.values());
        let missing = tag_values(mapping, branch).into_iter().filter(|tag| {
            let is_allowed = allowed.as_ref().is_none_or(|allowed| allowed.contains(&tag));
            is_allowed && !tested.contains(&tag)
        });
        missing
            .flat_map(|tag| {
                difference(format!(
                    "{discriminator}: {tag} does not choose the variant {}",
                    variant.name
                ))
            })
            .collect()
    }

    fn object(
        &mut self,
        all: &[Alternative<'d>],
        object: &'d Struct,
        direction: Direction,
    ) -> Vec<Difference> {
        let mut differences = Vec::new();
        let documented: Vec<_> = all
            .iter()
            .map(|one| one.properties(self.document, direction))
            .collect();
        // A member that is only required is any JSON.
        let required = all.iter().flat_map(Alternative::only_required);
        let conditional: Vec<_> = all.iter().map(|one| one.conditional(self.document)).collect();
        let names = documented
            .iter()
            .flat_map(|properties| properties.keys().copied());
        let names = names.chain(conditional.iter().flat_map(|members| members.keys().copied()));
        let names: BTreeSet<&str> = names.chain(required).collect();
        let unknown = object.fields.iter().filter(|field| {
            let mut discriminating = all.iter().flat_map(discriminating);
            !names.contains(field.wire.as_str()) && !discriminating.any(|name| name == field.wire)
        });
        differences.extend(
            unknown.flat_map(|field| difference(format!("the document has no member {}", field.wire))),
        );
        for name in names {
            let at = format!("/{name}");
            let mut choices: Vec<Schemas> = documented
                .iter()
                .filter_map(|properties| properties.get(name).cloned())
                .collect();
            if choices.is_empty() {
                let described = conditional.iter().filter_map(|members| members.get(name));
                choices.extend(described.flatten().cloned());
            }
            let Some(field) = object.fields.iter().find(|field| field.wire == name) else {
                // No value can have a member whose schema is `false`.
                if self.all_alternatives(&choices).is_empty() {
                    continue;
                }
                differences.extend(below(&at, difference("the type has no such member")));
                continue;
            };
            let required = all.iter().all(|one| one.required().contains(name));
            if required != field.is_always_there() {
                let words = if required {
                    "required, the field is not"
                } else {
                    "optional, the field is not"
                };
                differences.extend(below(&at, difference(format!("the member is {words}"))));
            }
            differences.extend(below(&at, self.choices_or_json(&choices, &field.ty, direction)));
        }
        differences.extend(self.additional(all, object, direction));
        differences
    }

    /// Members without a property.
    fn additional(
        &mut self,
        all: &[Alternative<'d>],
        object: &'d Struct,
        direction: Direction,
    ) -> Vec<Difference> {
        let allowed = |schema: &&Value| **schema != Value::Bool(false);
        let schemas: Vec<Schemas> = all
            .iter()
            .flat_map(Alternative::additional)
            .filter(allowed)
            .map(|schema| vec![schema])
            .collect();
        let differences = match (&object.additional, schemas.is_empty()) {
            (None, true) => Vec::new(),
            (Some((_, ty)), false) => self.choices(&schemas, ty, direction),
            (Some(_), true) => {
                difference("the type has a map of other members, the document does not describe them")
            }
            (None, false) => difference("the document describes other members, the type has no map of them"),
        };
        below("/*", differences).collect()
    }

    fn map(&mut self, all: &[Alternative<'d>], values: &'d Type, direction: Direction) -> Vec<Difference> {
        let named = all
            .iter()
            .flat_map(|one| one.properties(self.document, direction).into_keys());
        let mut differences: Vec<Difference> = named
            .flat_map(|name| difference(format!("the type is a map, the document has the member {name}")))
            .collect();
        let allowed = |schema: &&Value| **schema != Value::Bool(false);
        let additional = all.iter().flat_map(Alternative::additional).filter(allowed);
        let choices: Vec<Schemas> = additional.map(|schema| vec![schema]).collect();
        let choices = if choices.is_empty() {
            vec![Vec::new()]
        } else {
            choices
        };
        differences.extend(below("/*", self.choices_or_json(&choices, values, direction)));
        differences
    }

    fn tuple(&mut self, all: &[Alternative<'d>], types: &'d [Type], direction: Direction) -> Vec<Difference> {
        let mut differences = Vec::new();
        for (index, ty) in types.iter().enumerate() {
            let item = |one: &Alternative<'d>| -> Schemas<'d> {
                let prefixes = one.all("prefixItems").into_iter();
                prefixes.filter_map(|prefix| prefix.get(index)).collect()
            };
            let choices: Vec<Schemas> = all.iter().map(item).collect();
            let found = self.choices_or_json(&choices, ty, direction);
            differences.extend(below(&format!("[{index}]"), found));
        }
        differences
    }

    /// The type behind aliases, boxes and limits, without `null`.
    fn inner(&self, ty: &'d Type) -> &'d Type {
        let mut ty = ty;
        for _ in 0..64 {
            ty = match ty {
                Type::Nullable(inner) | Type::Boxed(inner) => inner,
                Type::Named(id) => match self.api.type_kind(*id) {
                    Some(TypeKind::Alias(inner) | TypeKind::Newtype(inner)) => inner,
                    Some(TypeKind::Checked(checked)) => &checked.inner,
                    _ => break,
                },
                _ => break,
            };
        }
        ty
    }

    fn kind(&self, ty: &Type) -> Option<&'d TypeKind> {
        match ty {
            Type::Named(id) => self.api.type_kind(*id),
            _ => None,
        }
    }

    fn holds_anything(&self, ty: &'d Type) -> bool {
        matches!(self.inner(ty), Type::Json | Type::Bytes | Type::File)
    }

    fn holds_null(&self, ty: &'d Type) -> bool {
        match ty {
            Type::Nullable(_) | Type::Null | Type::Json => true,
            Type::Boxed(inner) => self.holds_null(inner),
            _ => match self.kind(ty) {
                Some(TypeKind::Alias(inner) | TypeKind::Newtype(inner)) => self.holds_null(inner),
                Some(TypeKind::Checked(checked)) => self.holds_null(&checked.inner),
                Some(TypeKind::Enum(list)) => list.variants.iter().any(|variant| variant.value.is_null()),
                Some(TypeKind::Union(union)) => {
                    union.variants.iter().any(|variant| self.holds_null(&variant.ty))
                }
                _ => false,
            },
        }
    }
}

/// The JSON types of the values that a type holds, `null` aside.
fn held_types(kind: Option<&TypeKind>, ty: &Type) -> Types {
    let one = match ty {
        Type::Bool => JsonType::Boolean,
        Type::Int(_) => JsonType::Integer,
        Type::Float(_) => JsonType::Number,
        Type::String | Type::DateTime | Type::Date | Type::Uuid | Type::Bytes | Type::File => {
            JsonType::String
        }
        Type::Array(_) | Type::Tuple(_) => JsonType::Array,
        Type::Map(_) => JsonType::Object,
        Type::Named(_) if matches!(kind, Some(TypeKind::Struct(_))) => JsonType::Object,
        Type::Null | Type::Json | Type::Named(_) | Type::Boxed(_) | Type::Nullable(_) => return None,
    };
    Some(BTreeSet::from([one]))
}

/// The types of all alternatives.
fn documented_types(all: &[Alternative<'_>]) -> Types {
    let types: Option<Vec<_>> = all.iter().map(Alternative::types).collect();
    Some(types?.into_iter().flatten().collect())
}

/// The values of a discriminator for a branch: those that the mapping gives it, or the name of its schema.
fn tag_values(discriminator: &Value, branch: &Value) -> Vec<Value> {
    let Some(reference) = branch.get("$ref").and_then(Value::as_str) else {
        return Vec::new();
    };
    let is_branch =
        |target: &str| target == reference || format!("#/components/schemas/{target}") == reference;
    let mapped: Vec<Value> = members(discriminator, "mapping")
        .filter(|(_, target)| target.as_str().is_some_and(is_branch))
        .map(|(tag, _)| Value::from(tag))
        .collect();
    if !mapped.is_empty() {
        return mapped;
    }
    let name = reference.rsplit('/').next();
    name.map(Value::from).into_iter().collect()
}

/// What satisfies two to four branches of an `anyOf` at once.
fn combinations<'d>(all: &[Alternative<'d>]) -> Vec<Alternative<'d>> {
    const MAX: usize = 4;
    let all: Vec<&Alternative> = all.iter().filter(|one| one.is_of_any_of()).collect();
    let mut combined: Vec<(usize, Alternative)> = Vec::new();
    let mut longest: Vec<(usize, Alternative)> = all.iter().map(|one| (*one).clone()).enumerate().collect();
    for _ in 1..MAX.min(all.len()) {
        let longer = longest.iter().flat_map(|(last, several)| {
            let others = all.iter().enumerate().skip(last + 1);
            others.map(|(at, one)| (at, several.and(one))).collect::<Vec<_>>()
        });
        longest = longer.take(64).collect();
        combined.extend(longest.iter().cloned());
    }
    combined.into_iter().map(|(_, several)| several).collect()
}
