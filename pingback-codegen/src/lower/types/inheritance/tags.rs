//! The values of a discriminator that select a component.

use super::families::Families;
use super::parts::stood_for;
use crate::lower::types::component_name::component_name;
use crate::lower::types::enumeration;
use crate::lower::types::implicit_tag::{implicit_tag, mapped_tag};
use crate::lower::types::intersection::Intersection;
use crate::read::schema::{JsonType, SchemaId};
use serde_json::Value;

/// The values of `property` that select a component: the keys of the mapping, or else the values that the component's own
/// schema lists, or else its name (OpenAPI 3.0.3, "Discriminator Object").
pub(super) fn tags(families: &Families<'_>, component: SchemaId, property: &str) -> Vec<Value> {
    let mut tags = mapped(families, component, property);
    let listed = own_values(families, component, property);
    if tags.is_empty() || !listed.is_empty() {
        let claimed = claimed(families, component, property);
        let others = if listed.is_empty() {
            let implicit = implicit(families, component, property);
            implicit.into_iter().map(|(value, _)| value).collect()
        } else {
            listed
        };
        let others = others.into_iter().filter(|value| !claimed.contains(value));
        let others: Vec<Value> = others.filter(|value| !tags.contains(value)).collect();
        tags.extend(others);
    }
    tags
}

/// The keys that map to the component.
pub(super) fn mapped(families: &Families<'_>, component: SchemaId, property: &str) -> Vec<Value> {
    let json = property_type(families, component, property);
    let mut keys = Vec::new();
    for discriminator in families.discriminators(component, property) {
        for (key, &target) in &discriminator.mapping {
            let key = mapped_tag(key, json);
            if is_form_of(families, target, component) && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// The keys that map to another component.
fn claimed(families: &Families<'_>, component: SchemaId, property: &str) -> Vec<Value> {
    let mappings = families.discriminators(component, property);
    let entries = mappings.flat_map(|discriminator| &discriminator.mapping);
    let others = entries.filter(|(_, target)| !is_form_of(families, **target, component));
    let json = property_type(families, component, property);
    others.map(|(key, _)| mapped_tag(key, json)).collect()
}

fn property_type(families: &Families<'_>, component: SchemaId, property: &str) -> Option<JsonType> {
    let merged = families.merger.whole(component);
    let schemas = merged.properties.get(property).cloned().unwrap_or_default();
    families.merger.merge(&Intersection::all(schemas)).json_type()
}

fn is_form_of(families: &Families<'_>, target: SchemaId, component: SchemaId) -> bool {
    // A child stands for its parent only if it is an alias: the first component decides.
    let mut named = stood_for(families.schemas, target);
    named.find(|&id| families.is_child(id) || families.parents.contains_key(&id)) == Some(component)
}

/// The values that only the component itself lists for the property. A list that its children or siblings share are the
/// values of them all.
fn own_values(families: &Families<'_>, component: SchemaId, property: &str) -> Vec<Value> {
    let listed = listed_values(families, component, property);
    if listed.len() > 1 {
        let mut relatives = families.relatives(component);
        let is_shared = |id: SchemaId| {
            let others = listed_values(families, id, property);
            others.iter().any(|value| listed.contains(value))
        };
        if families.parents.contains_key(&component) || relatives.any(is_shared) {
            return Vec::new();
        }
    }
    listed
}

/// The values that the component lists for the property, without those of the components that it extends.
fn listed_values(families: &Families<'_>, component: SchemaId, property: &str) -> Vec<Value> {
    let of = |id: SchemaId| {
        let merged = families.merger.whole(id);
        merged.properties.get(property).cloned().unwrap_or_default()
    };
    let inherited: Vec<SchemaId> = families.ancestors(component).flat_map(of).collect();
    let mut own = of(component);
    own.retain(|schema| !inherited.contains(schema));
    values(families, own)
}

fn values(families: &Families<'_>, schemas: Vec<SchemaId>) -> Vec<Value> {
    let merged = families.merger.merge(&Intersection::all(schemas));
    let values = enumeration::values(families.schemas, &merged).unwrap_or_default();
    values.into_iter().map(|value| value.value).collect()
}

/// The value that selects the component by its name, and whether the property allows it.
pub(super) fn implicit(
    families: &Families<'_>,
    component: SchemaId,
    property: &str,
) -> Option<(Value, bool)> {
    let name = component_name(&families.schemas[component].pointer.0)?;
    let merged = families.merger.whole(component);
    let schemas = merged.properties.get(property).cloned().unwrap_or_default();
    let allowed = implicit_tag(&name, &values(families, schemas));
    let is_allowed = allowed.is_some();
    Some((allowed.unwrap_or(Value::String(name)), is_allowed))
}
