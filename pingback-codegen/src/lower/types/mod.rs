//! Schemas in, [`TypeDef`]s out: merging, unions, recursion and the names of types. Knows nothing of
//! operations; whoever asks says which way a value travels and what an inline type there would be called.

mod docs;
mod enumeration;
mod limits;
mod members;
mod merge;
mod naming;
mod object;
mod recursion;
mod scalar;
mod shape;
mod split;
mod union;
mod usage;

pub use naming::NameHint;
pub use shape::ShapeId;

use crate::diagnostic::{Diagnostics, rules};
use crate::model::{IntKind, Place, Type, TypeDef, TypeId, TypeKind, Usage};
use crate::names::{LockedNames, NameKind, UniqueNames};
use crate::options::Options;
use crate::read::Document;
use crate::read::schema::{JsonType, SchemaId, Schemas};
use crate::read::tree::{Node, Pointer};
use enumeration::Choice as EnumChoice;
use indexmap::{IndexMap, IndexSet};
use limits::Chosen;
use merge::{Intersection, Merged, Merger, Part};
use object::MapOf;
use shape::Shapes;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use union::Plan;

/// Arrays and maps within one another beyond this depth are taken as any JSON.
const DEEPEST: usize = 32;
/// So many are looked for in a table rather than a list.
const MANY: usize = 32;

/// What the key of a name in a lock file ends with for what is sent where something else is received.
const SENT_SUFFIX: &str = " (sent)";
/// For what is sent in a form.
const FORM_SUFFIX: &str = " (form)";

/// Which way a value travels where its schema is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// In a parameter or a request body: without `readOnly` properties.
    Sent,
    /// In a response: without `writeOnly` properties.
    Received,
}

/// For which way a definition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum View {
    /// There is no difference.
    Shared,
    Sent,
    Received,
    /// The body of a form: sent, and its files are bytes.
    Form,
}

impl View {
    /// For what lies below.
    fn below(self) -> Direction {
        match self {
            View::Sent | View::Form => Direction::Sent,
            View::Shared | View::Received => Direction::Received,
        }
    }
}

/// What makes two definitions the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum DefinitionKey {
    Component(SchemaId, View),
    /// By structure: each part, with how much of it holds.
    Inline(Vec<(u8, ShapeId)>, Option<JsonType>, View),
    /// By values; open if anything else of the same type is valid too.
    Enum(Vec<String>, bool),
}

/// What a definition is made from.
#[derive(Debug, Clone)]
enum Source {
    Intersection(Intersection),
    Enum(Vec<EnumChoice>, bool),
}

/// A definition in the making.
struct Definition {
    key: DefinitionKey,
    /// The schemas it was made from, the first first.
    places: IndexSet<SchemaId>,
    /// The same places as a lock file has them, which also says what holds there besides the schema.
    lock_keys: IndexMap<String, SchemaId>,
    hints: IndexSet<NameHint>,
    /// Until it is defined, nothing.
    made: Option<(crate::model::Docs, TypeKind)>,
    /// An enum that takes any other value of its type as well.
    open: bool,
    /// How the branches of a union are named, in the order of its variants.
    branches: Vec<union::BranchName>,
}

impl Definition {
    fn kind_word(&self) -> &'static str {
        match &self.made {
            Some((_, TypeKind::Enum(_))) => "Kind",
            Some((_, TypeKind::Union(_))) => "Choice",
            Some((_, TypeKind::Struct(_))) => "Object",
            _ => "",
        }
    }
}

/// All types of a document.
#[derive(Debug)]
pub struct Finished {
    /// The types.
    pub types: Vec<TypeDef>,
    /// Which of them are only further names of others.
    pub other_names: std::ops::Range<usize>,
}

/// The type lowering: schemas in, type definitions out.
pub struct Types<'a> {
    tree: &'a Node,
    schemas: &'a Schemas,
    merger: Merger<'a>,
    /// What tells components from others in unions.
    traits: RefCell<HashMap<SchemaId, union::BranchTraits>>,
    options: &'a Options,
    /// Which schemas become types that keep their limits.
    chosen: Chosen,
    /// The names that types have already.
    kept: &'a LockedNames,
    shapes: Shapes,
    split: Vec<bool>,
    /// The components in document order, with the text of their names.
    components: Vec<(SchemaId, String)>,
    is_component: Vec<bool>,
    /// Components that are nothing but themselves: reference cycles, reported once asked for.
    cyclic: Vec<Vec<SchemaId>>,
    in_cycle: Vec<bool>,
    /// That definitions go on for too long was said.
    said_too_far: bool,
    /// For each title the one structure that has it, `None` if there are several.
    titles: HashMap<&'a str, Option<ShapeId>>,
    definitions: Vec<Definition>,
    by_key: HashMap<DefinitionKey, TypeId>,
    pending: VecDeque<(TypeId, Source, View)>,
    /// What was asked for from outside, and for which way.
    roots: Vec<(Type, Direction)>,
    /// Properties that are files in forms, though their schemas do not say so.
    files: HashSet<SchemaId>,
    /// Definitions are being looked up, and must stay as they are.
    looking: bool,
}

impl<'a> Types<'a> {
    /// Prepares the schemas of a document.
    #[must_use]
    pub fn new(document: &'a Document, options: &'a Options, kept: &'a LockedNames) -> Self {
        let schemas = &document.schemas;
        let mut is_component = vec![false; schemas.list.len()];
        let mut components = Vec::new();
        for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
            if let Some(name) = component_name(&schema.pointer.0) {
                is_component[id.0 as usize] = true;
                components.push((id, name));
            }
        }
        let chosen = Chosen::new(schemas, &options.types.checked);
        let shapes = Shapes::new(schemas, |id| is_component[id.0 as usize], chosen.any());
        let mut titles: HashMap<&str, Option<ShapeId>> = HashMap::new();
        for (id, schema) in (0u32..).map(SchemaId).zip(&schemas.list) {
            if let Some(title) = &schema.title {
                let shape = shapes.body_of(id);
                titles
                    .entry(title)
                    .and_modify(|seen| {
                        if *seen != Some(shape) {
                            *seen = None;
                        }
                    })
                    .or_insert(Some(shape));
            }
        }
        let cyclic = recursion::reference_cycles(schemas);
        let mut in_cycle = vec![false; schemas.list.len()];
        for &id in cyclic.iter().flatten() {
            in_cycle[id.0 as usize] = true;
        }
        Self {
            tree: &document.tree,
            schemas,
            merger: Merger::new(schemas),
            traits: RefCell::default(),
            options,
            chosen,
            kept,
            shapes,
            split: split::split(schemas),
            components,
            is_component,
            cyclic,
            in_cycle,
            said_too_far: false,
            titles,
            definitions: Vec::new(),
            by_key: HashMap::new(),
            pending: VecDeque::new(),
            roots: Vec::new(),
            files: HashSet::new(),
            looking: false,
        }
    }

    /// The type of a schema where it is used that way. `name` is what an inline schema there would be called.
    pub fn type_of(
        &mut self,
        schema: SchemaId,
        direction: Direction,
        name: &NameHint,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let ty = self.lower(&Intersection::whole(schema), direction, name, 0, diagnostics);
        self.roots.push((ty.clone(), direction));
        self.work(diagnostics);
        ty
    }

    /// A type that comes back is also sent as it is: an error, by whoever implements the API.
    pub fn mark_as_sent(&mut self, ty: &Type) {
        self.roots.push((ty.clone(), Direction::Sent));
    }

    /// The type of the body of a form: like [`Types::type_of`] with [`Direction::Sent`], but its properties of
    /// `format: binary` (and arrays of such) are [`Type::File`].
    pub fn form_type(&mut self, schema: SchemaId, name: &NameHint, diagnostics: &mut Diagnostics) -> Type {
        if !self.has_binary(schema) {
            return self.type_of(schema, Direction::Sent, name, diagnostics);
        }
        let intersection = Intersection::whole(schema);
        let merged = self.merger.merge(&intersection);
        let key = match self.nominal(&merged, None) {
            Some(component) => DefinitionKey::Component(component, View::Form),
            None => self.inline_key(&intersection, View::Form),
        };
        let (place, source) = match key {
            DefinitionKey::Component(component, _) => (component, Intersection::whole(component)),
            _ => (schema, intersection),
        };
        let lock_key = self.lock_key(&source);
        let id = self.definition(
            key,
            (place, lock_key),
            name,
            Source::Intersection(source),
            View::Form,
        );
        let ty = Type::Named(id);
        self.roots.push((ty.clone(), Direction::Sent));
        self.work(diagnostics);
        ty
    }

    /// In forms this property, or each of its items, is a file by its media type.
    pub fn mark_as_file(&mut self, property: SchemaId) {
        self.files.insert(property);
    }

    /// Is the property a file in a form, or several?
    #[must_use]
    pub fn is_file(&self, property: SchemaId) -> bool {
        self.binary(&Intersection::whole(property)).is_some()
    }

    /// Equal for schemas with the same structure, disregarding titles, descriptions, examples and defaults.
    pub fn shape_of(&mut self, schema: SchemaId) -> ShapeId {
        self.shapes.used_of(schema)
    }

    /// Defines the components that nothing has asked for as well.
    pub fn define_components(&mut self, diagnostics: &mut Diagnostics) {
        for (component, name) in self.components.clone() {
            let known = [View::Shared, View::Received, View::Sent, View::Form]
                .into_iter()
                .any(|view| {
                    self.by_key
                        .contains_key(&DefinitionKey::Component(component, view))
                });
            if !known {
                let hint = NameHint::new(&name);
                self.lower(
                    &Intersection::whole(component),
                    Direction::Received,
                    &hint,
                    0,
                    diagnostics,
                );
                self.work(diagnostics);
            }
        }
    }

    /// The type of a schema, if it is made of nothing but what is defined already.
    pub fn find_type(&mut self, schema: SchemaId, direction: Direction) -> Option<Type> {
        let before = self.definitions.len();
        self.looking = true;
        let hint = NameHint::new("");
        // Whatever there is to find was found when the schema was lowered.
        let ty = self.lower(
            &Intersection::whole(schema),
            direction,
            &hint,
            0,
            &mut Diagnostics::default(),
        );
        self.looking = false;
        let known = self.definitions.len() == before;
        for definition in self.definitions.drain(before..) {
            self.by_key.remove(&definition.key);
        }
        self.pending.clear();
        known.then_some(ty)
    }

    /// Settles names, boxes and usage. What was asked for so far comes out, and all other components; the names
    /// that are to be kept go to `kept`.
    #[must_use]
    pub fn finish(mut self, kept: &mut LockedNames, diagnostics: &mut Diagnostics) -> Finished {
        self.define_components(diagnostics);
        let moved_places = self.moved_places();
        let named = self.names(&moved_places);
        for (key, name) in &named.kept {
            kept.insert(NameKind::Types, key, name);
        }
        let (schemas, patterns) = (self.schemas, &self.chosen.patterns);
        let open: Vec<bool> = self
            .definitions
            .iter()
            .map(|definition| definition.open)
            .collect();
        let branches: Vec<Vec<union::BranchName>> = self
            .definitions
            .iter_mut()
            .map(|definition| std::mem::take(&mut definition.branches))
            .collect();
        let mut types: Vec<TypeDef> = self
            .definitions
            .into_iter()
            .zip(named.of_definitions)
            .map(|(mut definition, (name, place))| {
                limits::settle(schemas, &mut definition, patterns);
                let (docs, kind) = definition
                    .made
                    .unwrap_or_else(|| (crate::model::Docs::default(), TypeKind::Alias(Type::Json)));
                let place = place.or_else(|| definition.places.first().copied());
                let place = place.map(|schema| &schemas[schema]);
                TypeDef {
                    name,
                    place: Place {
                        pointer: place.map(|schema| schema.pointer.clone()).unwrap_or_default(),
                        span: place.map(|schema| schema.span),
                    },
                    docs,
                    usage: Usage::default(),
                    received_as: None,
                    kind,
                }
            })
            .collect();
        let other_names = types.len()..types.len() + named.aliases.len();
        for alias in named.aliases {
            let (schema, now) = (&schemas[alias.place], &types[alias.of.0]);
            diagnostics.report(
                rules::NAME_BECOMES_ALIAS,
                schema.span,
                &[&schema.pointer, &now.name, &now.place.pointer, &alias.name],
            );
            let description = format!("The name that `{}` had here before.", now.name);
            types.push(TypeDef {
                name: alias.name,
                place: Place {
                    pointer: schema.pointer.clone(),
                    span: Some(schema.span),
                },
                docs: crate::model::Docs {
                    description: Some(description),
                    ..crate::model::Docs::default()
                },
                usage: Usage::default(),
                received_as: None,
                kind: TypeKind::Alias(Type::Named(alias.of)),
            });
        }
        members::settle(&mut types, &open, other_names.clone(), self.kept, kept);
        members::settle_branches(&mut types, branches, other_names.clone(), self.kept, kept);
        recursion::settle(&mut types, diagnostics);
        usage::mark(&mut types, &self.roots);
        for (def, open) in types.iter_mut().zip(open) {
            name_unlisted(def, open);
        }
        Finished { types, other_names }
    }

    /// Defines what has been named so far and not been defined.
    fn work(&mut self, diagnostics: &mut Diagnostics) {
        while let Some((id, source, view)) = self.pending.pop_front() {
            let made = match source {
                Source::Enum(choices, _) => {
                    let place = self.definitions[id.0].places.first().copied();
                    let docs = place.map_or_else(Default::default, |schema| {
                        docs::docs(self.schemas, &self.merger.whole(schema))
                    });
                    (docs, TypeKind::Enum(enumeration::define(&choices)))
                }
                Source::Intersection(intersection) => self.define(id, &intersection, view, diagnostics),
            };
            self.definitions[id.0].made = Some(made);
        }
    }

    /// The number of a definition, new or known.
    fn definition(
        &mut self,
        key: DefinitionKey,
        (place, lock_key): (SchemaId, String),
        hint: &NameHint,
        source: Source,
        view: View,
    ) -> TypeId {
        if let Some(&id) = self.by_key.get(&key) {
            let definition = &mut self.definitions[id.0];
            if !self.looking && !matches!(key, DefinitionKey::Component(..)) {
                if !definition.hints.contains(hint) {
                    definition.hints.insert(hint.clone());
                }
                definition.places.insert(place);
                definition.lock_keys.entry(lock_key).or_insert(place);
            }
            return id;
        }
        let id = TypeId(self.definitions.len());
        let open = matches!(source, Source::Enum(_, true));
        self.definitions.push(Definition {
            key: key.clone(),
            places: IndexSet::from([place]),
            lock_keys: IndexMap::from([(lock_key, place)]),
            hints: IndexSet::from([hint.clone()]),
            made: None,
            open,
            branches: Vec::new(),
        });
        self.by_key.insert(key, id);
        self.pending.push_back((id, source, view));
        id
    }

    fn inline_key(&self, intersection: &Intersection, view: View) -> DefinitionKey {
        let parts = intersection
            .parts
            .iter()
            .map(|part| match *part {
                Part::Whole(schema) => (0, self.shapes.body_of(schema)),
                Part::Bare(schema) => (1, self.shapes.body_of(schema)),
                Part::Loose(schema) => (2, self.shapes.body_of(schema)),
            })
            .collect();
        DefinitionKey::Inline(parts, intersection.only, view)
    }

    /// The view of a definition made from these schemas.
    fn view(&self, intersection: &Intersection, direction: Direction) -> View {
        if !intersection.schemas().any(|schema| self.split[schema.0 as usize]) {
            return View::Shared;
        }
        match direction {
            Direction::Sent => View::Sent,
            Direction::Received => View::Received,
        }
    }

    /// The type of a component.
    fn component(&mut self, component: SchemaId, direction: Direction) -> Type {
        let intersection = Intersection::whole(component);
        let view = self.view(&intersection, direction);
        let key = DefinitionKey::Component(component, view);
        let hint = NameHint::new("");
        let place = (component, self.lock_key(&intersection));
        Type::Named(self.definition(key, place, &hint, Source::Intersection(intersection), view))
    }

    /// The pointer of a schema in a list of parameters with the location and the name of the parameter for its
    /// number, which changes when another one is put before it.
    fn by_parameter(&self, pointer: &Pointer) -> Option<String> {
        let (list, rest) = pointer.0.split_once("/parameters/")?;
        let (number, rest) = rest.split_once('/').unwrap_or((rest, ""));
        number.parse::<usize>().ok()?;
        let node = self.tree.at(&Pointer(format!("{list}/parameters/{number}")))?;
        let text = |key| node.get(key).and_then(Node::as_str);
        let named = format!("{} {}", text("in")?, text("name")?);
        let pointer = Pointer(format!("{list}/parameters")).child(named);
        Some(format!("{}/{rest}", pointer.0))
    }

    /// A place as a lock file has it: the pointers of the schemas that hold there together.
    fn lock_key(&self, intersection: &Intersection) -> String {
        let mut lock_key = String::new();
        for schema in intersection.schemas() {
            if !lock_key.is_empty() {
                lock_key.push_str(" & ");
            }
            let pointer = &self.schemas[schema].pointer;
            match self.by_parameter(pointer) {
                Some(named) => lock_key.push_str(&named),
                None => lock_key.push_str(&pointer.0),
            }
        }
        if let Some(only) = intersection.only {
            // Of several types that one schema has.
            lock_key.push_str(" as ");
            lock_key.push_str(&format!("{only:?}").to_lowercase());
        }
        lock_key
    }

    /// The types of places that names are kept for although no definition was made there: each has the shape of
    /// something else by now, or lies in something that has.
    fn moved_places(&mut self) -> BTreeMap<String, (SchemaId, Type)> {
        let own: HashSet<&String> = self
            .definitions
            .iter()
            .flat_map(|definition| definition.lock_keys.keys())
            .collect();
        let bare = |key: &str| {
            let endings = [
                (SENT_SUFFIX, Direction::Sent),
                (FORM_SUFFIX, Direction::Sent),
                ("", Direction::Received),
            ];
            let mut bare = endings
                .iter()
                .filter_map(|(ending, direction)| Some((key.strip_suffix(ending)?.to_owned(), *direction)));
            bare.next()
        };
        let lost: Vec<(String, String, Direction)> = self
            .kept
            .of(NameKind::Types)
            .filter_map(|(key, _)| {
                let (lock_key, direction) = bare(&key)?;
                (!own.contains(&lock_key)).then_some((key, lock_key, direction))
            })
            .collect();
        if lost.is_empty() {
            return BTreeMap::new();
        }
        let schemas: HashMap<String, SchemaId> = (0u32..)
            .map(SchemaId)
            .zip(&self.schemas.list)
            .map(|(id, schema)| {
                let named = self.by_parameter(&schema.pointer);
                (named.unwrap_or_else(|| schema.pointer.0.clone()), id)
            })
            .collect();
        let mut moved_places = BTreeMap::new();
        for (key, lock_key, direction) in lost {
            // Of several schemas that held together the first speaks for all.
            let first = lock_key.split(" & ").next().unwrap_or_default();
            let Some(&schema) = schemas.get(first) else {
                continue;
            };
            let directions = [direction, Direction::Sent];
            let ty = directions
                .into_iter()
                .find_map(|direction| self.find_type(schema, direction))
                .map(without_null);
            if let Some(ty @ Type::Named(_)) = ty {
                moved_places.insert(key, (schema, ty));
            }
        }
        moved_places
    }

    /// The component that says all that holds, if there is one; `but` is the one that is being defined.
    fn nominal(&self, merged: &Merged, but: Option<SchemaId>) -> Option<SchemaId> {
        let candidates = merged
            .whole
            .iter()
            .copied()
            .filter(|&part| self.is_component[part.0 as usize] && Some(part) != but)
            .take(8);
        for candidate in candidates {
            // The outermost definition speaks for all that it includes.
            if merged.parts.first() == Some(&candidate) && merged.parts.len() == 1 {
                return Some(candidate);
            }
            let inner = self.merger.whole(candidate);
            let known: Option<HashSet<SchemaId>> =
                (inner.parts.len() > MANY).then(|| inner.parts.iter().copied().collect());
            let has = |part: &SchemaId| match &known {
                Some(known) => known.contains(part),
                None => inner.parts.contains(part),
            };
            if merged.parts.iter().all(|part| {
                has(part) || self.adds_nothing(*part, &inner) && !self.limits_more(*part, &inner, merged)
            }) {
                return Some(candidate);
            }
        }
        None
    }

    /// Does a schema beside others say only what they say already?
    fn adds_nothing(&self, part: SchemaId, others: &Merged) -> bool {
        let schema = &self.schemas[part];
        let types_known = schema.types.is_empty()
            || match (&others.types, others.json_type()) {
                (Some(types), _) => types.iter().all(|ty| schema.types.contains(ty)),
                (None, Some(ty)) => schema.types.contains(&ty),
                // `type: object` beside a union of objects.
                (None, None) => !others.choices.is_empty(),
            };
        types_known
            && schema.boolean != Some(false)
            && schema.enumeration.is_none()
            && schema.items.is_none()
            && schema.prefix_items.is_empty()
            && schema.any_of.is_empty()
            && schema.one_of.is_empty()
            && !matches!(schema.additional, crate::read::schema::Additional::Schema(_))
            && schema.required.iter().all(|name| others.required.contains(name))
            && schema.properties.iter().all(|(name, &property)| {
                others.properties.get(name).is_some_and(|known| {
                    known
                        .iter()
                        .any(|&known| self.shapes.used_of(known) == self.shapes.used_of(property))
                })
            })
    }

    /// The type of what satisfies all of `meet`; null is part of it.
    fn lower(
        &mut self,
        intersection: &Intersection,
        direction: Direction,
        hint: &NameHint,
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let Some(place) = intersection.schemas().next() else {
            return Type::Json;
        };
        if depth > DEEPEST {
            diagnostics.report(rules::NESTED_TOO_DEEP, self.schemas[place].span, &[&DEEPEST]);
            return Type::Json;
        }
        if let Some(component) = self.plain_component(intersection) {
            let merged = self.merger.whole(component);
            self.remark(&merged, diagnostics);
            return nullable_if(self.is_nullable(&merged), self.component(component, direction));
        }
        let merged = self.merger.merge(intersection);
        self.remark(&merged, diagnostics);
        let inline_component = intersection
            .single()
            .filter(|&id| !self.is_component[id.0 as usize])
            .and_then(|id| {
                self.shapes
                    .component(self.shapes.body_of(id))
                    .or_else(|| self.leaf(id))
            });
        let nominal = if intersection.only.is_some() {
            None
        } else {
            inline_component.or_else(|| self.nominal(&merged, None))
        };
        if let Some(component) = nominal {
            let nullable = merged.nullable || self.is_nullable(&self.merger.whole(component));
            return nullable_if(nullable, self.component(component, direction));
        }
        let nullable = self.is_nullable(&merged);
        let ty = self.inline(place, intersection, &merged, direction, hint, depth, diagnostics);
        nullable_if(nullable, ty)
    }

    /// The component that it is, or that `$ref`s alone lead to.
    fn plain_component(&self, intersection: &Intersection) -> Option<SchemaId> {
        let mut at = intersection.single()?;
        for _ in 0..merge::FARTHEST {
            if self.is_component[at.0 as usize] {
                return Some(at);
            }
            let schema = &self.schemas[at];
            let more = self.chosen.any() && self.limits_more_than_what_it_refers_to(at);
            at = schema.reference.filter(|_| merge::only_refers(schema) && !more)?;
        }
        None
    }

    /// Reports what makes the result of merging less than it could be.
    fn remark(&mut self, merged: &Merged, diagnostics: &mut Diagnostics) {
        if !self.cyclic.is_empty() && merged.parts.iter().any(|part| self.in_cycle[part.0 as usize]) {
            self.report_cycles(diagnostics);
        }
        if let Some(cut_off) = merged.cut_off
            && !std::mem::replace(&mut self.said_too_far, true)
        {
            let span = self.schemas[cut_off].span;
            diagnostics.report(rules::DEFINITION_CHAIN_TOO_LONG, span, &[&merge::FARTHEST]);
        }
    }

    /// The component whose shape an inline schema was found to have.
    fn leaf(&self, id: SchemaId) -> Option<SchemaId> {
        let shape = self.shapes.body_of(id);
        self.shapes
            .definition_of(shape)
            .filter(|&definition| definition != id && self.is_component[definition.0 as usize])
    }

    fn is_nullable(&self, merged: &Merged) -> bool {
        merged.nullable
            || merged.choices.iter().any(|choice| {
                choice
                    .branches
                    .iter()
                    .any(|&branch| self.merger.target(branch).nullable)
            })
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the state of one descent, which nothing else needs"
    )]
    fn inline(
        &mut self,
        place: SchemaId,
        intersection: &Intersection,
        merged: &Merged,
        direction: Direction,
        hint: &NameHint,
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let span = self.schemas[place].span;
        if merged.conflict && (merged.types.is_some() || merged.enumeration.is_some()) {
            diagnostics.report(rules::CONTRADICTION, span, &[]);
            return Type::Json;
        }
        if merged.never {
            return Type::Json;
        }
        if let Some(choices) = enumeration::choices(self.schemas, merged) {
            return self.enum_type((place, self.lock_key(intersection)), choices, false, hint);
        }
        if let Some(plan) = self.plan(intersection, merged) {
            return match plan {
                Plan::Anything => Type::Json,
                Plan::TooMany | Plan::Impossible => {
                    report_groups(&plan, Some(span), diagnostics);
                    Type::Json
                }
                Plan::Plain(ty) => ty,
                Plan::Enum(choices, open) => {
                    self.enum_type((place, self.lock_key(intersection)), choices, open, hint)
                }
                Plan::One(inner) => {
                    let inner = self.lower(&inner, direction, hint, depth + 1, diagnostics);
                    without_null(inner)
                }
                Plan::Together(_) | Plan::Union(_) => self.named(place, intersection, direction, hint),
            };
        }
        if self.chosen.any() && !self.limits(intersection, merged, diagnostics).is_empty() {
            return self.named(place, intersection, direction, hint);
        }
        self.plain(place, merged, intersection, direction, hint, depth, diagnostics)
    }

    /// The type of what has no alternatives, whatever limits it has.
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of one descent, which nothing else needs"
    )]
    fn plain(
        &mut self,
        place: SchemaId,
        merged: &Merged,
        intersection: &Intersection,
        direction: Direction,
        hint: &NameHint,
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        match merged.json_type() {
            None => Type::Json,
            Some(JsonType::Boolean) => Type::Bool,
            Some(JsonType::Integer | JsonType::Number) => {
                let ty = scalar::number(self.schemas, merged);
                if ty == Type::Int(IntKind::Digits) {
                    diagnostics.report(rules::BIG_INTEGER, self.schemas[place].span, &[]);
                }
                ty
            }
            Some(JsonType::String) => scalar::string(merged.format.as_deref()),
            Some(JsonType::Array) => self.array(place, merged, direction, hint, depth, diagnostics),
            Some(JsonType::Object) => match self.map_of(merged) {
                MapOf::Anything => Type::Map(Box::new(Type::Json)),
                MapOf::Values(value) => {
                    let value = self.lower(&value, direction, &hint.item(), depth + 1, diagnostics);
                    Type::Map(Box::new(value))
                }
                MapOf::Nothing => self.named(place, intersection, direction, hint),
            },
        }
    }

    fn named(
        &mut self,
        place: SchemaId,
        intersection: &Intersection,
        direction: Direction,
        hint: &NameHint,
    ) -> Type {
        let view = self.view(intersection, direction);
        let key = self.inline_key(intersection, view);
        let place = (place, self.lock_key(intersection));
        Type::Named(self.definition(key, place, hint, Source::Intersection(intersection.clone()), view))
    }

    fn enum_type(
        &mut self,
        place: (SchemaId, String),
        choices: Vec<EnumChoice>,
        open: bool,
        hint: &NameHint,
    ) -> Type {
        let values = choices.iter().map(|choice| choice.value.to_string()).collect();
        let key = DefinitionKey::Enum(values, open);
        Type::Named(self.definition(key, place, hint, Source::Enum(choices, open), View::Shared))
    }

    fn array(
        &mut self,
        place: SchemaId,
        merged: &Merged,
        direction: Direction,
        hint: &NameHint,
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        if merged.prefix_items.is_empty() {
            if merged.items.is_empty() {
                return Type::Array(Box::new(Type::Json));
            }
            let item = Intersection::all(self.distinct(&merged.items));
            return Type::Array(Box::new(self.lower(
                &item,
                direction,
                &hint.item(),
                depth + 1,
                diagnostics,
            )));
        }
        let count = merged.prefix_items.len() as u64;
        let limits = |get: fn(&crate::read::schema::Constraints) -> Option<u64>| {
            merged
                .parts
                .iter()
                .find_map(|&part| get(&self.schemas[part].constraints))
        };
        let closed = merged
            .items
            .iter()
            .any(|&items| self.schemas[items].boolean == Some(false))
            || limits(|limits| limits.max_items) == Some(count);
        let full = limits(|limits| limits.min_items).is_some_and(|least| least >= count);
        let mut all = merged.prefix_items.clone();
        if !closed {
            all.extend(&merged.items);
        }
        let same = self.distinct(&all);
        if same.len() == 1 && (closed || !merged.items.is_empty()) {
            let item = Intersection::all(same);
            return Type::Array(Box::new(self.lower(
                &item,
                direction,
                &hint.item(),
                depth + 1,
                diagnostics,
            )));
        }
        if closed && full && count >= 2 {
            let types = merged
                .prefix_items
                .iter()
                .zip(1..)
                .map(|(&item, number)| {
                    let hint = hint.then(&format!("Part{number}"));
                    self.lower(
                        &Intersection::whole(item),
                        direction,
                        &hint,
                        depth + 1,
                        diagnostics,
                    )
                })
                .collect();
            return Type::Tuple(types);
        }
        diagnostics.report(rules::OPEN_TUPLE, self.schemas[place].span, &[]);
        Type::Array(Box::new(Type::Json))
    }

    /// Schemas of different shapes, each once.
    fn distinct(&self, schemas: &[SchemaId]) -> Vec<SchemaId> {
        let mut kept: Vec<SchemaId> = Vec::with_capacity(schemas.len());
        for &schema in schemas {
            let shape = self.shapes.used_of(schema);
            if !kept.iter().any(|&other| self.shapes.used_of(other) == shape) {
                kept.push(schema);
            }
        }
        kept
    }

    /// The definition of a component or of an inline object or union.
    fn define(
        &mut self,
        id: TypeId,
        intersection: &Intersection,
        view: View,
        diagnostics: &mut Diagnostics,
    ) -> (crate::model::Docs, TypeKind) {
        let merged = self.merger.merge(intersection);
        self.remark(&merged, diagnostics);
        let docs = docs::docs(self.schemas, &merged);
        let direction = view.below();
        let hint = NameHint::within(id);
        let component = match self.definitions[id.0].key {
            DefinitionKey::Component(component, _) => Some(component),
            _ => None,
        };
        if let Some(component) = component
            && self.in_cycle[component.0 as usize]
        {
            self.report_cycles(diagnostics);
            if merged.is_anything() {
                return (docs, TypeKind::Alias(Type::Json));
            }
        }
        if view != View::Form
            && let Some(component) = component
            && let Some(inner) = self.nominal(&merged, Some(component))
        {
            return (docs, TypeKind::Alias(self.component(inner, direction)));
        }
        if merged.conflict && (merged.types.is_some() || merged.enumeration.is_some()) {
            diagnostics.report(rules::CONTRADICTION, self.place_span(intersection), &[]);
            return (docs, TypeKind::Alias(Type::Json));
        }
        if let Some(choices) = enumeration::choices(self.schemas, &merged) {
            return (docs, TypeKind::Enum(enumeration::define(&choices)));
        }
        if self.holds_itself(&merged)
            && let Some(component) = component
        {
            let schema = &self.schemas[component];
            diagnostics.report(rules::UNION_OF_ITSELF, schema.span, &[&schema.pointer]);
        }
        match self.plan(intersection, &merged) {
            None => {}
            Some(Plan::Anything) => return (docs, TypeKind::Alias(Type::Json)),
            Some(plan @ (Plan::TooMany | Plan::Impossible)) => {
                report_groups(&plan, self.place_span(intersection), diagnostics);
                return (docs, TypeKind::Alias(Type::Json));
            }
            Some(Plan::Plain(ty)) => return (docs, TypeKind::Alias(ty)),
            Some(Plan::Enum(choices, open)) => {
                self.definitions[id.0].open = open;
                return (docs, TypeKind::Enum(enumeration::define(&choices)));
            }
            Some(Plan::One(inner)) => {
                let merged = self.merger.merge(&inner);
                if let Some(other) = self.nominal(&merged, component) {
                    return (docs, TypeKind::Alias(self.component(other, direction)));
                }
                // The one branch is what this is; branches within branches are fewer each time.
                let (_, kind) = self.define(id, &inner, view, diagnostics);
                return (docs, kind);
            }
            Some(Plan::Together(all)) => {
                if let Some(span) = self.place_span(intersection) {
                    diagnostics.report(rules::MERGED_BRANCHES, span, &[]);
                }
                let all = self.merger.merge(&all);
                return (
                    docs,
                    TypeKind::Struct(self.object(&all, view, &hint, diagnostics)),
                );
            }
            Some(Plan::Union(branches)) => {
                let span = self.place_span(intersection);
                let (union, named) = self.union(&merged, branches, direction, &hint, span, diagnostics);
                self.definitions[id.0].branches = named;
                return (docs, TypeKind::Union(union));
            }
        }
        if merged.json_type() == Some(JsonType::Object) && self.map_of(&merged) == MapOf::Nothing {
            self.report_members(intersection, &merged, diagnostics);
            return (
                docs,
                TypeKind::Struct(self.object(&merged, view, &hint, diagnostics)),
            );
        }
        let place = intersection.schemas().next().unwrap_or(SchemaId(0));
        let limits = self.limits(intersection, &merged, diagnostics);
        if !limits.is_empty() {
            let inner = self.plain(place, &merged, intersection, direction, &hint, 0, diagnostics);
            return (docs, TypeKind::Checked(self.checked(&merged, inner, limits)));
        }
        let ty = self.inline(place, intersection, &merged, direction, &hint, 0, diagnostics);
        (docs, TypeKind::Alias(ty))
    }

    fn place_span(&self, intersection: &Intersection) -> Option<crate::source::Span> {
        intersection
            .schemas()
            .next()
            .map(|schema| self.schemas[schema].span)
    }

    fn report_cycles(&mut self, diagnostics: &mut Diagnostics) {
        for cycle in std::mem::take(&mut self.cyclic) {
            let Some((&first, rest)) = cycle.split_first() else {
                continue;
            };
            let schema = &self.schemas[first];
            let mut diagnostic =
                crate::diagnostic::Diagnostic::new(rules::REFERENCE_CYCLE, schema.span, &[&schema.pointer]);
            for &other in rest {
                let schema = &self.schemas[other];
                diagnostic = diagnostic.related(schema.span, format!("by way of {}", schema.pointer));
            }
            diagnostics.push(diagnostic);
        }
    }
}

/// Reports why groups of alternatives became any JSON.
fn report_groups(plan: &Plan, span: Option<crate::source::Span>, diagnostics: &mut Diagnostics) {
    let rule = match plan {
        Plan::Impossible => rules::CONTRADICTION,
        _ => rules::SEVERAL_UNIONS,
    };
    diagnostics.report(rule, span, &[]);
}

/// The name in `#/components/schemas/NAME`, unescaped.
fn component_name(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

fn nullable_if(nullable: bool, ty: Type) -> Type {
    match ty {
        // `null` is one of these already.
        Type::Json | Type::Null | Type::Nullable(_) => ty,
        ty if nullable => Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}

fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}

/// Gives enums and unions a place for what the document doesn't list, where such a value can come in.
fn name_unlisted(def: &mut TypeDef, open: bool) {
    let incoming = def.usage.received || !def.usage.sent;
    let (names, slot): (Vec<&String>, &mut Option<String>) = match &mut def.kind {
        TypeKind::Enum(list) => (
            list.variants.iter().map(|variant| &variant.name).collect(),
            &mut list.unlisted,
        ),
        TypeKind::Union(union) => (
            union.variants.iter().map(|variant| &variant.name).collect(),
            &mut union.unlisted,
        ),
        _ => return,
    };
    if !incoming && !open {
        return;
    }
    let mut scope = UniqueNames::default();
    for name in names {
        scope.make_unique(name);
    }
    *slot = Some(scope.make_unique(unlisted(open)));
}

/// What the variant is called that takes what no other does.
fn unlisted(open: bool) -> &'static str {
    if open { "Other" } else { "Unlisted" }
}

#[cfg(test)]
mod tests;
