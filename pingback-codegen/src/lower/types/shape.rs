//! The structure of schemas: each gets a number, equal where nothing but texts, examples and defaults differ.
//! Schemas are taken from the smallest up, so that no recursion is needed.

use crate::read::schema::{Additional, Constraints, JsonType, Schema, SchemaId, Schemas};
use std::collections::HashMap;

/// The structure of a schema: equal where titles, descriptions, examples and defaults are all that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(u32);

/// What two schemas are compared by.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Structure {
    /// A component or, where a `$ref` points elsewhere, that place.
    Definition(SchemaId),
    /// What a use adds to a structure.
    Use {
        body: ShapeId,
        nullable: bool,
        read_only: bool,
        write_only: bool,
    },
    Body(Box<Body>),
}

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
    /// As seen from a use: null, readOnly and writeOnly count.
    used: Vec<ShapeId>,
    /// The structure alone.
    body: Vec<ShapeId>,
    /// The component of a structure that becomes a type of its own.
    component: HashMap<ShapeId, SchemaId>,
    /// How many schemas there are.
    count: u32,
    checked: bool,
}

struct Interner(HashMap<Structure, ShapeId>);

impl Interner {
    fn number(&mut self, structure: Structure) -> ShapeId {
        let next = ShapeId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        *self.0.entry(structure).or_insert(next)
    }
}

impl Shapes {
    /// Where constraints are checked, structures differ by them even where they don't bear on the type.
    pub(super) fn new(schemas: &Schemas, is_component: impl Fn(SchemaId) -> bool, checked: bool) -> Self {
        let count = schemas.list.len();
        let mut order: Vec<(u32, bool, u32)> = Vec::with_capacity(count);
        let mut heights = vec![0u32; count];
        for index in (0..count).rev() {
            let schema = &schemas.list[index];
            let below = children(schema)
                .filter_map(|child| heights.get(child.0 as usize))
                .max()
                .map_or(0, |height| height + 1);
            heights[index] = below;
            let id = u32::try_from(index).unwrap_or(u32::MAX);
            order.push((below, !is_component(SchemaId(id)), id));
        }
        order.sort_unstable();

        let mut interner = Interner(HashMap::new());
        let mut shapes = Self {
            used: Vec::with_capacity(count),
            body: Vec::with_capacity(count),
            component: HashMap::new(),
            count: u32::try_from(count).unwrap_or(u32::MAX),
            checked,
        };
        for index in 0..count {
            let leaf = interner.number(Structure::Definition(SchemaId(
                u32::try_from(index).unwrap_or(u32::MAX),
            )));
            shapes.used.push(leaf);
            shapes.body.push(leaf);
        }
        for (_, not_component, id) in order {
            let id = SchemaId(id);
            let schema = &schemas[id];
            let leaf = shapes.body[id.0 as usize];
            let mut body = shapes.structure(schema, &mut interner);
            if let Some(&component) = shapes.component.get(&body) {
                // This structure is a component's: an inline schema is that component.
                if not_component {
                    body = shapes.used_of(component);
                }
            } else if !not_component && defines_a_type(schema) {
                shapes.component.insert(body, id);
            }
            if not_component {
                shapes.body[id.0 as usize] = body;
                shapes.used[id.0 as usize] = if schema.nullable || schema.read_only || schema.write_only {
                    interner.number(Structure::Use {
                        body,
                        nullable: schema.nullable,
                        read_only: schema.read_only,
                        write_only: schema.write_only,
                    })
                } else {
                    body
                };
            } else {
                shapes.used[id.0 as usize] = leaf;
            }
        }
        shapes
    }

    fn structure(&self, schema: &Schema, interner: &mut Interner) -> ShapeId {
        let all = |ids: &[SchemaId]| ids.iter().map(|&id| self.used_of(id)).collect::<Vec<_>>();
        let mut properties: Vec<_> = schema
            .properties
            .iter()
            .map(|(name, &id)| (name.clone(), self.used_of(id)))
            .collect();
        properties.sort_unstable();
        let mut required: Vec<_> = schema.required.iter().cloned().collect();
        required.sort_unstable();
        let body = Body {
            boolean: schema.boolean,
            reference: schema.reference.map(|id| self.used_of(id)),
            types: schema.types.clone(),
            format: schema.format.clone(),
            encoding: schema.content_encoding.clone(),
            enumeration: schema
                .enumeration
                .as_ref()
                .map(|values| values.iter().map(|literal| literal.value.to_string()).collect()),
            enum_names: schema.enum_names.clone(),
            properties,
            required,
            additional: match schema.additional {
                Additional::Unsaid => None,
                Additional::Any => Some(Err(true)),
                Additional::Denied => Some(Err(false)),
                Additional::Schema(id) => Some(Ok(self.used_of(id))),
            },
            items: schema.items.map(|id| self.used_of(id)),
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
            unique_items: self.checked && schema.unique_items,
        };
        let limited = self.checked && (body.unique_items || !body.constraints.is_empty());
        match lone_child(&body).filter(|_| !limited) {
            Some(child) => child,
            None => interner.number(Structure::Body(Box::new(body))),
        }
    }

    /// As seen from a use.
    pub(super) fn used_of(&self, id: SchemaId) -> ShapeId {
        self.used[id.0 as usize]
    }

    /// The structure alone.
    pub(super) fn body_of(&self, id: SchemaId) -> ShapeId {
        self.body[id.0 as usize]
    }

    /// The schema that this shape stands for by its identity.
    pub(super) fn definition_of(&self, shape: ShapeId) -> Option<SchemaId> {
        // The first numbers are given to the schemas themselves, in their order.
        (shape.0 < self.count).then_some(SchemaId(shape.0))
    }

    /// The component that has this structure.
    pub(super) fn component(&self, shape: ShapeId) -> Option<SchemaId> {
        self.component.get(&shape).copied()
    }
}

fn distinct(shapes: Vec<ShapeId>) -> Vec<ShapeId> {
    let mut kept: Vec<ShapeId> = Vec::with_capacity(shapes.len());
    for shape in shapes {
        if !kept.contains(&shape) {
            kept.push(shape);
        }
    }
    kept
}

/// A schema that is only a `$ref`, or one branch, has the shape of that.
fn lone_child(body: &Body) -> Option<ShapeId> {
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
    let rest = Body {
        reference: None,
        all_of: Vec::new(),
        any_of: Vec::new(),
        one_of: Vec::new(),
        discriminator: None,
        ..Body::default()
    };
    let plain = body.boolean == rest.boolean
        && body.types.is_empty()
        && body.enumeration.is_none()
        && body.properties.is_empty()
        && body.required.is_empty()
        && !matches!(body.additional, Some(Ok(_) | Err(false)))
        && body.items.is_none()
        && body.prefix_items.is_empty();
    plain.then_some(child)
}

fn defines_a_type(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || schema.enumeration.is_some()
        || schema.any_of.len() + schema.one_of.len() + schema.all_of.len() > 1
}

/// The schemas right below one, without following any `$ref`.
pub(super) fn children(schema: &Schema) -> impl Iterator<Item = SchemaId> + '_ {
    let additional = match schema.additional {
        Additional::Schema(id) => Some(id),
        _ => None,
    };
    schema
        .properties
        .values()
        .copied()
        .chain(additional)
        .chain(schema.items)
        .chain(schema.prefix_items.iter().copied())
        .chain(schema.all_of.iter().copied())
        .chain(schema.any_of.iter().copied())
        .chain(schema.one_of.iter().copied())
}
