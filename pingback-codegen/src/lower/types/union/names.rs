//! Requests names for the variants of unions. They are assigned later, with the names of all members.

use super::branch::{Branch, BranchOrigin, BranchType};
use super::distinguish::Distinction;
use crate::lower::types::branch_name::{BranchKey, BranchName};
use crate::lower::types::branch_traits::BranchTraits;
use crate::lower::types::context::Context;
use crate::lower::types::equivalent::component_of_shape;
use crate::lower::types::intersection::Intersection;
use crate::lower::types::lock_keys::place_text;
use crate::lower::types::references::targets;
use crate::names::{variant_name, words};
use crate::read::schema::{JsonType, SchemaId};
use serde_json::Value;
use std::collections::HashSet;

/// A title with more words or bytes than this is not used as a name.
const MAX_TITLE_WORDS: usize = 5;
const MAX_TITLE_LENGTH: usize = 48;
/// In the name of a combination, titles are shorter.
const MAX_COMBINED_TITLE_LENGTH: usize = 24;

/// The origin of a branch's name.
enum Origin {
    Component(String),
    Scalar(&'static str),
    /// A name from the content, which other branches may have as well.
    Content(String),
}

/// The requests for the names of the variants of a union, in the order of its branches. `union` is the schema of the union.
pub(super) fn branch_names(
    context: &Context<'_>,
    branches: &[Branch],
    distinction: &Distinction,
    union: Option<SchemaId>,
) -> Vec<BranchName> {
    let mut keys = HashSet::new();
    let names = branches.iter().enumerate().map(|(index, branch)| {
        let traits = &distinction.traits[index];
        let tag = distinction.tags[index].as_deref();
        let constant = tag.or_else(|| {
            let property = distinction.property.as_deref()?;
            traits.constants.get(property).map(Vec::as_slice)
        });
        let (proposal, key) = match origin(context, branch, traits, constant) {
            Origin::Component(name) => (variant_name(&name), Some(BranchKey::Component(name))),
            Origin::Scalar(name) => (name.to_owned(), Some(BranchKey::Scalar(name))),
            Origin::Content(name) => (name, None),
        };
        // A second branch of the same component or scalar type is identified by its place.
        let key = key.filter(|key| keys.insert(key.clone()));
        BranchName {
            index,
            proposal,
            key: key.unwrap_or_else(|| BranchKey::Place(place_within(context, branch, union))),
        }
    });
    names.collect()
}

/// The origin of a branch's name. `constant` are the values of the property that distinguishes the branches.
fn origin(
    context: &Context<'_>,
    branch: &Branch,
    traits: &BranchTraits,
    constant: Option<&[Value]>,
) -> Origin {
    if let Some(schema) = branch.schema
        && let BranchType::Schemas(_) = branch.content
    {
        let component = referenced_name(context, schema).or_else(|| {
            let component = component_of_shape(context, schema)?;
            context.inheritance.component_name(component)
        });
        if let Some(name) = component {
            return Origin::Component(name);
        }
        let title = context.schemas[schema].title.as_deref().filter(|title| {
            let count = words(title).len();
            (1..=MAX_TITLE_WORDS).contains(&count) && title.len() <= MAX_TITLE_LENGTH
        });
        if let Some(title) = title {
            return Origin::Content(variant_name(title));
        }
    }
    if branch.schema.is_none()
        && let Some(name) = combined_name(context, branch).or_else(|| overlap_name(context, branch))
    {
        return Origin::Content(name);
    }
    if let Some([Value::String(value)]) = constant {
        return Origin::Content(variant_name(value));
    }
    match (traits.json, &branch.content) {
        (Some(JsonType::String), BranchType::Enum(..)) => Origin::Scalar("Known"),
        (Some(JsonType::String), _) => Origin::Scalar("String"),
        (Some(JsonType::Integer), _) => Origin::Scalar("Integer"),
        (Some(JsonType::Number), _) => Origin::Scalar("Number"),
        (Some(JsonType::Boolean), _) => Origin::Scalar("Boolean"),
        (Some(JsonType::Array), _) => Origin::Content(array_name(context, branch)),
        (Some(JsonType::Object), _) => Origin::Content(object_name(branch)),
        (None, _) => Origin::Content("Value".to_owned()),
    }
}

/// The name of the component that the schema is or refers to.
fn referenced_name(context: &Context<'_>, schema: SchemaId) -> Option<String> {
    targets(context.schemas, schema).find_map(|id| context.inheritance.component_name(id))
}

/// The names of all schemas of a combination, if each has one.
fn combined_name(context: &Context<'_>, branch: &Branch) -> Option<String> {
    let name = |&schema: &SchemaId| {
        let title = || {
            let title = context.schemas[schema].title.clone();
            title.filter(|title| title.len() <= MAX_COMBINED_TITLE_LENGTH)
        };
        let name = referenced_name(context, schema).or_else(title);
        name.map(|name| variant_name(&name))
    };
    let names: Vec<String> = branch.combined.iter().map(name).collect::<Option<_>>()?;
    (names.len() > 1).then(|| names.concat())
}

/// `WithEmailAndPhone`: by the first property of each of the branches that a value satisfies at once.
fn overlap_name(context: &Context<'_>, branch: &Branch) -> Option<String> {
    let first = |&schema: &SchemaId| {
        let merged = context.merger.target(schema);
        let required = merged
            .required
            .iter()
            .find(|name| merged.properties.contains_key(*name));
        Some(variant_name(
            required.or_else(|| merged.properties.keys().next())?,
        ))
    };
    let names: Vec<String> = branch.combined.iter().map(first).collect::<Option<_>>()?;
    (branch.origin == BranchOrigin::Overlap).then(|| format!("With{}", names.join("And")))
}

/// `StringArray`, `PetArray`: by the type of the items.
fn array_name(context: &Context<'_>, branch: &Branch) -> String {
    let Some(&items) = branch.merged.items.first() else {
        return "Array".to_owned();
    };
    if let Some(name) = referenced_name(context, items) {
        return format!("{}Array", variant_name(&name));
    }
    let name = match context.merger.target(items).json_type() {
        Some(JsonType::String) => "StringArray",
        Some(JsonType::Integer) => "IntegerArray",
        Some(JsonType::Number) => "NumberArray",
        Some(JsonType::Array) => "ArrayArray",
        _ => "Array",
    };
    name.to_owned()
}

/// `WithId`: by the first property, preferably a required one.
fn object_name(branch: &Branch) -> String {
    let properties = &branch.merged.properties;
    let mut required = branch.merged.required.iter();
    let first = required
        .find(|name| properties.contains_key(*name))
        .or_else(|| properties.keys().next());
    first.map_or_else(|| "Map".to_owned(), |name| format!("With{}", variant_name(name)))
}

/// The place of a branch, relative to the union.
fn place_within(context: &Context<'_>, branch: &Branch, union: Option<SchemaId>) -> String {
    let Some(schema) = branch.schema else {
        return match &branch.content {
            BranchType::Schemas(Intersection { only: Some(ty), .. }) => format!("as {ty:?}").to_lowercase(),
            BranchType::Schemas(intersection) => place_text(context, intersection),
            BranchType::Enum(..) | BranchType::Scalar(_) => "as scalar".to_owned(),
        };
    };
    let union = union.map_or("", |union| context.schemas[union].pointer.0.as_str());
    let place = context.schemas[schema].pointer.0.as_str();
    let within = place.strip_prefix(union).and_then(|rest| rest.strip_prefix('/'));
    within.unwrap_or(place).to_owned()
}
