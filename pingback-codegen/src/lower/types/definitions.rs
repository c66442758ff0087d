//! The table of definitions. It has one entry for each structure of the document that becomes a Rust item. A definition
//! gets its number when it is first used and its body later, in the order of the numbers, so types may refer to one
//! another in any way.

use super::branch_name::BranchName;
use super::enumeration::Openness;
use super::hint::NameHint;
use super::request::{DefinitionKey, DefinitionRequest, Source, UnresolvedType};
use crate::model::{Docs, Type, TypeId, TypeKind};
use crate::read::schema::SchemaId;
use indexmap::{IndexMap, IndexSet};
use std::collections::{HashMap, VecDeque};

/// An entry of the table: the facts that its uses show.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) key: DefinitionKey,
    /// The schemas at the places of use, in the order of the uses.
    pub(super) places: IndexSet<SchemaId>,
    /// The keys that the lock file may have for the name, each with the schema at its place.
    pub(super) lock_keys: IndexMap<String, SchemaId>,
    /// The hints of places that describe the type.
    hints: IndexSet<NameHint>,
    /// The hints of places that only refer to one of these.
    reference_hints: IndexSet<NameHint>,
}

impl Definition {
    /// The hints for the name: those of the places that describe the type, if there are any.
    pub(super) fn hints(&self) -> &IndexSet<NameHint> {
        if self.hints.is_empty() {
            &self.reference_hints
        } else {
            &self.hints
        }
    }

    fn add_hint(&mut self, hint: NameHint, is_reference: bool) {
        if is_reference {
            self.reference_hints.insert(hint);
        } else {
            self.hints.insert(hint);
        }
    }
}

/// The result of lowering a definition.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) docs: Docs,
    pub(super) kind: TypeKind,
    /// For an enum, whether it accepts other values.
    pub(super) openness: Openness,
    /// For a union, how its variants are named, in their order.
    pub(super) branches: Vec<BranchName>,
}

impl Body {
    pub(super) fn new(docs: Docs, kind: TypeKind) -> Self {
        Self {
            docs,
            kind,
            openness: Openness::Closed,
            branches: Vec::new(),
        }
    }

    /// Another name for `ty`.
    pub(super) fn alias(docs: Docs, ty: Type) -> Self {
        Self::new(docs, TypeKind::Alias(ty))
    }
}

/// The table while schemas are lowered.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    list: Vec<Definition>,
    by_key: HashMap<DefinitionKey, TypeId>,
    /// The sources of definitions without a body, in the order of their numbers.
    pending: VecDeque<Source>,
    /// The bodies of the first definitions.
    bodies: Vec<Body>,
}

impl Definitions {
    /// The definition of that key.
    pub(super) fn find(&self, key: &DefinitionKey) -> Option<TypeId> {
        self.by_key.get(key).copied()
    }

    pub(super) fn list(&self) -> &[Definition] {
        &self.list
    }

    /// The number of a definition. Adds the definition if it is new, and otherwise the place of use.
    pub(super) fn intern(&mut self, request: DefinitionRequest) -> TypeId {
        let DefinitionRequest {
            key,
            place,
            lock_key,
            hint,
            is_reference,
            source,
        } = request;
        if let Some(&id) = self.by_key.get(&key) {
            // The place and the name of a component do not depend on its uses.
            if !matches!(key, DefinitionKey::Component(..)) {
                let definition = &mut self.list[id.0];
                definition.add_hint(hint, is_reference);
                definition.places.insert(place);
                definition.lock_keys.entry(lock_key).or_insert(place);
            }
            return id;
        }
        let id = TypeId(self.list.len());
        self.by_key.insert(key.clone(), id);
        let mut definition = Definition {
            key,
            places: IndexSet::from([place]),
            lock_keys: IndexMap::from([(lock_key, place)]),
            hints: IndexSet::new(),
            reference_hints: IndexSet::new(),
        };
        definition.add_hint(hint, is_reference);
        self.list.push(definition);
        self.pending.push_back(source);
        id
    }

    /// The type, with all its definitions interned.
    pub(super) fn resolve(&mut self, ty: UnresolvedType) -> Type {
        match ty {
            UnresolvedType::Resolved(ty) => ty,
            UnresolvedType::Definition(request) => Type::Named(self.intern(*request)),
            UnresolvedType::Array(item) => Type::Array(Box::new(self.resolve(*item))),
            UnresolvedType::Map(value) => Type::Map(Box::new(self.resolve(*value))),
            UnresolvedType::Nullable(inner) => Type::Nullable(Box::new(self.resolve(*inner))),
            UnresolvedType::Tuple(items) => {
                Type::Tuple(items.into_iter().map(|item| self.resolve(item)).collect())
            }
        }
    }

    /// The type, if all its definitions are in the table.
    pub(super) fn find_type(&self, ty: UnresolvedType) -> Option<Type> {
        Some(match ty {
            UnresolvedType::Resolved(ty) => ty,
            UnresolvedType::Definition(request) => Type::Named(self.find(&request.key)?),
            UnresolvedType::Array(item) => Type::Array(Box::new(self.find_type(*item)?)),
            UnresolvedType::Map(value) => Type::Map(Box::new(self.find_type(*value)?)),
            UnresolvedType::Nullable(inner) => Type::Nullable(Box::new(self.find_type(*inner)?)),
            UnresolvedType::Tuple(items) => {
                let items = items.into_iter().map(|item| self.find_type(item));
                Type::Tuple(items.collect::<Option<_>>()?)
            }
        })
    }

    /// The next definition without a body, and its source. The body has to be added before the next call.
    pub(super) fn next_pending(&mut self) -> Option<(TypeId, Source)> {
        let source = self.pending.pop_front()?;
        Some((TypeId(self.bodies.len()), source))
    }

    /// Adds the body of the definition that [`Definitions::next_pending`] gave.
    pub(super) fn push_body(&mut self, body: Body) {
        self.bodies.push(body);
    }

    /// All definitions with their bodies. There must be none without a body.
    pub(super) fn complete(self) -> CompleteDefinitions {
        debug_assert_eq!(self.list.len(), self.bodies.len(), "every definition has a body");
        CompleteDefinitions {
            list: self.list,
            bodies: self.bodies,
            by_key: self.by_key,
        }
    }
}

/// The table after all schemas are lowered: every definition has a body.
#[derive(Debug)]
pub(super) struct CompleteDefinitions {
    pub(super) list: Vec<Definition>,
    /// The body of each definition.
    pub(super) bodies: Vec<Body>,
    by_key: HashMap<DefinitionKey, TypeId>,
}

impl CompleteDefinitions {
    /// The definition of that key.
    pub(super) fn find(&self, key: &DefinitionKey) -> Option<TypeId> {
        self.by_key.get(key).copied()
    }
}
