//! Numbers the structures of schemas. Schemas that differ only in titles, descriptions, examples and defaults have equal
//! numbers. Numbering starts at the innermost schemas, without recursion.

use super::components::Components;
use crate::read::schema::{Additional, Constraints, JsonType, Schema, SchemaId, Schemas};
use indexmap::{IndexMap, IndexSet};
use std::collections::{HashMap, VecDeque};

/// The structure of a schema: equal if only titles, descriptions, examples and defaults differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(u32);

/// The structure that a number identifies.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Structure {
    /// A schema that is only equal to itself: a component, or a schema whose structure is not known yet.
    Definition(SchemaId),
    Use(Use),
    Body(Box<Body>),
}

/// A structure with the keywords that apply to its use, at least one of which is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Use {
    body: ShapeId,
    flags: Flags,
}

/// Keywords that differ from use to use of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Flags {
    nullable: bool,
    read_only: bool,
    write_only: bool,
}

impl Flags {
    fn of(schema: &Schema) -> Self {
        Self {
            nullable: schema.nullable,
            read_only: schema.read_only,
            write_only: schema.write_only,
        }
    }

    fn union(self, other: Self) -> Self {
        Self {
            nullable: self.nullable || other.nullable,
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
        }
    }
}

/// The keywords of a schema, with the shapes of the schemas inside.
#[derive(Debug, PartialEq, Eq, Hash, Default)]
struct Body {
    boolean: Option<bool>,
    reference: Option<ShapeId>,
    types: Vec<JsonType>,
    format: Option<String>,
    encoding: Option<String>,
    enumeration: Option<Vec<String>>,
    enum_names: Vec<String>,
    properties: Vec<(String, ShapeId)>,
    conditional: Vec<(String, ShapeId)>,
    required: Vec<String>,
    additional: Option<Result<ShapeId, bool>>,
    items: Option<ShapeId>,
    prefix_items: Vec<ShapeId>,
    all_of: Vec<ShapeId>,
    any_of: Vec<ShapeId>,
    one_of: Vec<ShapeId>,
    discriminator: Option<(String, Vec<(String, SchemaId)>)>,
    constraints: String,
    unique_items: bool,
}

/// The shapes of all schemas of a document.
pub(super) struct Shapes {
    /// For each schema, the shape of its use: `nullable`, `readOnly` and `writeOnly` count.
    of_use: Vec<ShapeId>,
    /// For each schema, the shape of the structure alone.
    of_body: Vec<ShapeId>,
    /// For each structure that a component has, the first such component.
    component: HashMap<ShapeId, SchemaId>,
    /// The number of schemas.
    count: u32,
    limits: LimitComparison,
}

/// Whether constraints that do not affect the Rust type distinguish structures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitComparison {
    Ignored,
    /// Types check their limits, so the limits are part of the type.
    Compared,
}

#[derive(Default)]
struct Interner {
    numbers: HashMap<Structure, ShapeId>,
    uses: HashMap<ShapeId, Use>,
}

impl Interner {
    fn number(&mut self, structure: Structure) -> ShapeId {
        let next = ShapeId(u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
        *self.numbers.entry(structure).or_insert(next)
    }

    /// The shape of a structure that is used with these keywords.
    fn number_use(&mut self, body: ShapeId, flags: Flags) -> ShapeId {
        if flags == Flags::default() {
            return body;
        }
        let shape = self.number(Structure::Use(Use { body, flags }));
        self.uses.insert(shape, Use { body, flags });
        shape
    }

    /// The structure of a shape without the keywords of its use, and these keywords.
    fn split_use(&self, shape: ShapeId) -> Use {
        self.uses.get(&shape).copied().unwrap_or(Use {
            body: shape,
            flags: Flags::default(),
        })
    }
}

impl Shapes {
    /// Numbers the structures of all schemas.
    pub(super) fn new(schemas: &Schemas, components: &Components, limits: LimitComparison) -> Self {
        let count = u32::try_from(schemas.list.len()).unwrap_or(u32::MAX);
        let mut interner = Interner::default();
        // The first numbers are those of the schemas themselves, in their order.
        let leaves: Vec<ShapeId> = (0..count)
            .map(|index| interner.number(Structure::Definition(SchemaId(index))))
            .collect();
        let mut shapes = Self {
            of_use: leaves.clone(),
            of_body: leaves,
            component: HashMap::new(),
            count,
            limits,
        };
        for &(id, _) in components.list() {
            let use_of_component = interner.number_use(shapes.of_body(id), Flags::of(&schemas[id]));
            shapes.of_use[id.0 as usize] = use_of_component;
        }
        for id in innermost_first(schemas, components) {
            let schema = &schemas[id];
            let structure = shapes.structure(schema, &mut interner);
            let Use { body, flags } = interner.split_use(structure);
            if components.contains(id) {
                if defines_a_type(schema) {
                    shapes.component.entry(body).or_insert(id);
                }
                continue;
            }
            // An inline schema with the structure of a component is that component, whether or not either is nullable.
            let component = shapes.component.get(&body);
            let body = component.map_or(body, |&component| shapes.of_body(component));
            shapes.of_body[id.0 as usize] = body;
            shapes.of_use[id.0 as usize] = interner.number_use(body, flags.union(Flags::of(schema)));
        }
        shapes
    }

    fn structure(&self, schema: &Schema, interner: &mut Interner) -> ShapeId {
        let all = |ids: &[SchemaId]| ids.iter().map(|&id| self.of_use(id)).collect::<Vec<_>>();
        let members = |members: &IndexMap<String, SchemaId>| {
            let members = members.iter();
            let mut shapes: Vec<_> = members
                .map(|(name, &id)| (name.clone(), self.of_use(id)))
                .collect();
            shapes.sort_unstable();
            shapes
        };
        let mut required: Vec<_> = schema.required.iter().cloned().collect();
        required.sort_unstable();
        let body = Body {
            boolean: schema.boolean,
            reference: schema.reference.map(|id| self.of_use(id)),
            types: schema.types.clone(),
            format: schema.format.clone(),
            encoding: schema.content_encoding.clone(),
            enumeration: schema
                .enumeration
                .as_ref()
                .map(|values| values.iter().map(|literal| literal.value.to_string()).collect()),
            enum_names: schema.enum_names.clone(),
            properties: members(&schema.properties),
            conditional: members(&schema.conditional),
            required,
            additional: match schema.additional {
                Additional::Unspecified => None,
                Additional::Any => Some(Err(true)),
                Additional::Denied => Some(Err(false)),
                Additional::Schema(id) => Some(Ok(self.of_use(id))),
            },
            items: schema.items.map(|id| self.of_use(id)),
            prefix_items: all(&schema.prefix_items),
            all_of: all(&schema.all_of),
            any_of: distinct(all(&schema.any_of)),
            one_of: distinct(all(&schema.one_of)),
            discriminator: schema.discriminator.as_ref().map(|discriminator| {
                let mut mapping: Vec<_> = discriminator
                    .mapping
                    .iter()
                    .map(|(value, &target)| (value.clone(), target))
                    .collect();
                mapping.sort_unstable();
                (discriminator.property.clone(), mapping)
            }),
            constraints: if schema.enumeration.is_some() || schema.constraints == Constraints::default() {
                String::new()
            } else {
                format!("{:?}", schema.constraints)
            },
            unique_items: self.limits == LimitComparison::Compared && schema.unique_items,
        };
        let has_limits = body.unique_items || !body.constraints.is_empty();
        let is_limited = self.limits == LimitComparison::Compared && has_limits;
        match only_child(&body).filter(|_| !is_limited) {
            Some(child) => child,
            None => interner.number(Structure::Body(Box::new(body))),
        }
    }

    /// The shape of a use of the schema: `nullable`, `readOnly` and `writeOnly` count.
    pub(super) fn of_use(&self, id: SchemaId) -> ShapeId {
        self.of_use[id.0 as usize]
    }

    /// The shape of the structure alone.
    pub(super) fn of_body(&self, id: SchemaId) -> ShapeId {
        self.of_body[id.0 as usize]
    }

    /// The schema that is the only one of this shape, if the shape is that of a component or of a schema whose
    /// structure was not known.
    pub(super) fn definition_of(&self, shape: ShapeId) -> Option<SchemaId> {
        (shape.0 < self.count).then_some(SchemaId(shape.0))
    }

    /// The component that has this structure.
    pub(super) fn component(&self, shape: ShapeId) -> Option<SchemaId> {
        self.component.get(&shape).copied()
    }
}

/// All schemas, each after those that its structure contains: those inside it, and the target of a `$ref` that is not a
/// component. Of those at the same height, components come first.
fn innermost_first(schemas: &Schemas, components: &Components) -> Vec<SchemaId> {
    let heights = heights(schemas, components);
    let mut order: Vec<SchemaId> = (0u32..).map(SchemaId).take(schemas.list.len()).collect();
    order.sort_by_key(|&id| (heights[id.0 as usize], !components.contains(id)));
    order
}

/// For each schema, how many levels its structure has. In a cycle of references the levels up to the cycle count.
fn heights(schemas: &Schemas, components: &Components) -> Vec<u32> {
    let count = schemas.list.len();
    let contained = |schema: &Schema| -> Vec<usize> {
        let target = schema.reference.filter(|&target| !components.contains(target));
        let contained = children(schema).chain(target).map(|id| id.0 as usize);
        contained.filter(|&id| id < count).collect()
    };
    let mut containers: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits_for: Vec<usize> = Vec::with_capacity(count);
    for (index, schema) in schemas.list.iter().enumerate() {
        let contained = contained(schema);
        waits_for.push(contained.len());
        for inner in contained {
            containers[inner].push(index);
        }
    }
    let mut heights = vec![0u32; count];
    let mut ready: VecDeque<usize> = (0..count).filter(|&index| waits_for[index] == 0).collect();
    // A schema is inside of another one with a smaller number.
    let mut left = (0..count).rev();
    while let Some(index) = ready
        .pop_front()
        .or_else(|| left.find(|&index| waits_for[index] > 0))
    {
        waits_for[index] = 0;
        for &container in &containers[index] {
            heights[container] = heights[container].max(heights[index] + 1);
            if waits_for[container] > 0 {
                waits_for[container] -= 1;
                if waits_for[container] == 0 {
                    ready.push_back(container);
                }
            }
        }
    }
    heights
}

fn distinct(shapes: Vec<ShapeId>) -> Vec<ShapeId> {
    let distinct: IndexSet<ShapeId> = shapes.into_iter().collect();
    distinct.into_iter().collect()
}

/// The shape of the only schema inside, if the body is only a `$ref` or a branch.
fn only_child(body: &Body) -> Option<ShapeId> {
    let mut children = body
        .reference
        .iter()
        .chain(&body.all_of)
        .chain(&body.any_of)
        .chain(&body.one_of);
    let child = *children.next()?;
    if children.next().is_some() {
        return None;
    }
    let has_no_keywords = body.boolean.is_none()
        && body.types.is_empty()
        && body.enumeration.is_none()
        && body.properties.is_empty()
        && body.conditional.is_empty()
        && body.required.is_empty()
        && !matches!(body.additional, Some(Ok(_) | Err(false)))
        && body.items.is_none()
        && body.prefix_items.is_empty();
    has_no_keywords.then_some(child)
}

/// Whether a component with this schema becomes a type that inline schemas can share.
fn defines_a_type(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || !schema.conditional.is_empty()
        || schema.enumeration.is_some()
        || schema.any_of.len() + schema.one_of.len() + schema.all_of.len() > 1
}

/// The schemas directly inside one; `$ref`s are not followed.
pub(super) fn children(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let additional = match schema.additional {
        Additional::Schema(id) => Some(id),
        _ => None,
    };
    schema
        .properties
        .values()
        .chain(schema.conditional.values())
        .copied()
        .chain(additional)
        .chain(schema.items)
        .chain(schema.prefix_items.iter().copied())
        .chain(schema.all_of.iter().copied())
        .chain(schema.any_of.iter().copied())
        .chain(schema.one_of.iter().copied())
}
