//! Parents with a discriminator, and the components whose `allOf` reaches them: a value of the parent is one of these.

use crate::document::Document;
use crate::schema::{Alternative, list, members};
use serde_json::Value;

/// A way to be a value of a parent: the parent itself, or a child.
pub(crate) struct Member<'d> {
    pub(crate) schema: &'d Value,
    /// The parents that it extends, with those that it is.
    pub(crate) closed: Vec<&'d Value>,
}

/// The values of a parent that an alternative uses, and for which no child is chosen yet.
pub(crate) fn open_parent<'d>(
    document: &'d Document,
    alternative: &Alternative<'d>,
) -> Option<Vec<Member<'d>>> {
    let is_part = |schema: &Value| alternative.parts.iter().any(|part| std::ptr::eq(*part, schema));
    let parent = alternative.parts.iter().copied().find(|part| {
        let is_closed = alternative
            .closed
            .iter()
            .any(|closed| std::ptr::eq(*closed, *part));
        let children = children(document, part);
        !is_closed
            && !children.is_empty()
            && !children.iter().any(|child| is_part(child))
            && discriminator(document, part).is_some()
    })?;
    let own = Alternative::of(document, parent).parts;
    let adds_members = |part: &&Value| {
        let is_own = own.iter().any(|other| std::ptr::eq(*other, *part));
        !is_own
            && ["properties", "additionalProperties", "oneOf", "anyOf"]
                .iter()
                .any(|key| part.get(key).is_some())
    };
    if alternative.parts.iter().any(adds_members) {
        return None;
    }
    let mut found: Vec<&Value> = children(document, parent);
    if has_own_values(document, parent) {
        found.push(parent);
    }
    let member = |schema: &'d Value| Member {
        schema,
        closed: Alternative::of(document, schema).parts,
    };
    Some(found.into_iter().map(member).collect())
}

/// The discriminator of a component that is no union.
fn discriminator<'d>(document: &'d Document, component: &'d Value) -> Option<&'d Value> {
    let parts = Alternative::of(document, component).parts;
    let is_union = parts
        .iter()
        .any(|part| part.get("oneOf").is_some() || part.get("anyOf").is_some());
    let mut own = parts.iter().filter_map(|part| part.get("discriminator"));
    own.next().filter(|_| !is_union)
}

/// The components whose `allOf` reaches a component.
fn children<'d>(document: &'d Document, component: &Value) -> Vec<&'d Value> {
    let components = document.root.get("components");
    let components = components
        .into_iter()
        .flat_map(|components| members(components, "schemas"));
    let children = components.map(|(_, schema)| schema).filter(|schema| {
        let is_component = std::ptr::eq(*schema, component);
        // One that may also be `null` is another form of the component.
        let is_form = schema.get("nullable").is_some() || list(schema, "allOf").is_empty();
        let reaches = || {
            let parts = Alternative::of(document, schema).parts;
            parts.iter().any(|part| std::ptr::eq(*part, component))
        };
        !is_component && !is_form && reaches()
    });
    children.collect()
}

/// Whether a value may be of the parent itself: the mapping names it, or there is none, or the property may be missing.
fn has_own_values<'d>(document: &'d Document, parent: &'d Value) -> bool {
    let Some(discriminator) = discriminator(document, parent) else {
        return false;
    };
    let is_inherited = parent.get("discriminator").is_none() || is_child(document, parent);
    let alternative = Alternative::of(document, parent);
    let property = discriminator["propertyName"].as_str().unwrap_or_default();
    is_inherited || discriminator.get("mapping").is_none() || !alternative.required().contains(property)
}

/// Whether a component extends one with a discriminator.
fn is_child<'d>(document: &'d Document, component: &'d Value) -> bool {
    let parts = Alternative::of(document, component).parts;
    let mut others = parts.iter().filter(|part| !std::ptr::eq(**part, component));
    others.any(|part| part.get("discriminator").is_some())
}

/// The properties by which children are told apart.
pub(crate) fn discriminating<'d>(alternative: &Alternative<'d>) -> Vec<&'d str> {
    let own = alternative
        .parts
        .iter()
        .filter_map(|part| part.get("discriminator"));
    own.filter_map(|discriminator| discriminator.get("propertyName")?.as_str())
        .collect()
}
