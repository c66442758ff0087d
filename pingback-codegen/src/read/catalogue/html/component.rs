//! The components of MDX that show an error: an accordion or card with a title, or a component whose attributes are the
//! facts of an entry.
//!
//! ```text
//! <Accordion title="INVALID_KEY">…</Accordion>
//! <Error code="gone" status="410" description="It is gone" />
//! <Badge text="401" />
//! ```

use super::tokens::StartTag;
use crate::read::catalogue::label::{self, Field};
use crate::read::catalogue::status;
use std::ops::Range;

/// The attributes that can hold the title of a component, the most likely first.
const TITLE_ATTRIBUTES: [&str; 8] = [
    "title", "name", "label", "header", "heading", "summary", "code", "text",
];
/// The endings of the names of components that are part of a line.
const INLINE_COMPONENTS: [&str; 10] = [
    "Badge", "Tag", "Pill", "Chip", "Label", "Status", "Code", "Icon", "Link", "Tooltip",
];
/// Components whose content belongs to their title.
const SECTION_COMPONENTS: [&str; 8] = [
    "Accordion",
    "Expandable",
    "Card",
    "Tab",
    "TabItem",
    "Step",
    "ResponseField",
    "ParamField",
];
const TABLE_ELEMENTS: [&str; 6] = ["table", "thead", "tbody", "tr", "td", "th"];

/// Characters around the value of an attribute that do not belong to it.
const QUOTES: [char; 5] = ['"', '\'', '`', '{', '}'];

/// Returns whether a tag is that of a component. `<TABLE>` and `<Table>` are elements.
pub(super) fn is_component(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_uppercase())
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !TABLE_ELEMENTS
            .iter()
            .any(|element| name.eq_ignore_ascii_case(element))
}

/// Returns whether a component is part of a line rather than a section.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE_COMPONENTS.iter().any(|kind| name.ends_with(kind))
}

/// Returns whether the end of a component ends the section that its title began.
pub(super) fn is_section(name: &str) -> bool {
    SECTION_COMPONENTS.contains(&name)
}

/// Returns the range of the title that a component shows.
pub(super) fn title(tag: &StartTag, text: &str) -> Option<Range<usize>> {
    let attribute = TITLE_ATTRIBUTES
        .iter()
        .find_map(|name| tag.attributes.iter().find(|attribute| attribute.name == *name))?;
    Some(trim(text, &attribute.value, &QUOTES))
}

/// Returns the facts in the other attributes of a component.
pub(super) fn facts(tag: &StartTag, text: &str, title: &str) -> Vec<(Field, Range<usize>)> {
    let mut facts = Vec::new();
    for attribute in &tag.attributes {
        let range = trim(text, &attribute.value, &['"', '\'', '`', '{', '}', ' ']);
        let value = &text[range.clone()];
        let field = if attribute.name == "type" && status::parse_status(value).is_some() {
            Some(Field::Status)
        } else {
            label::field_of_member(&attribute.name)
                .filter(|field| !matches!(field, Field::Name | Field::Payload))
        };
        if let Some(field) = field
            && !value.is_empty()
            && value != title
        {
            facts.push((field, range));
        }
    }
    facts
}

fn trim(text: &str, range: &Range<usize>, chars: &[char]) -> Range<usize> {
    let without_start = text[range.clone()].trim_start_matches(chars);
    let start = range.end - without_start.len();
    start..start + without_start.trim_end_matches(chars).len()
}
