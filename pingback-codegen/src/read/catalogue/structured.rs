//! Lists kept as data, in YAML or JSON: a sequence of entries, or a mapping from codes to entries, at the top
//! or under a name, also grouped by status.
//!
//! ```yaml
//! errors:
//!   - code: MISSING_BODY
//!     status: 400                    # or a list
//!     message: Body is necessary.    # or `messages`, a list
//!     title: No body
//!     suggested_action: Ensure that the request body is not empty.
//!     explanation: Sent by every operation that has a body.
//!     payload: { errorCode: MISSING_BODY }
//! ```
//! ```yaml
//! MISSING_BODY: Body is necessary.   # a text alone is the message
//! FORBIDDEN: { status: 403, message: No. }
//! ```
//!
//! The names of the members may be any that `label` knows, with blanks, `_`, `-` or capitals between words.

use super::Fact;
use super::code::{self, Shape};
use super::draft::{Draft, Reading};
use super::label::{self, Field};
use super::status;
use crate::read::tree::{Entry, Node, Value};
use crate::source::Span;
use indexmap::IndexMap;

/// Entries lie at most this deep.
const DEEPEST: usize = 6;

/// What is known of a place from the names above it.
#[derive(Clone, Default)]
struct Above {
    depth: usize,
    /// A name above said `errors` or `codes`: what follows may be codes though it doesn't look so.
    is_about_errors: bool,
    /// Its neighbours are codes.
    among_codes: bool,
    status: Option<Fact<u16>>,
}

/// Reads the entries of a tree.
pub(super) fn read(root: &Node, reading: &mut Reading) {
    let above = Above {
        is_about_errors: is_flat_list(root),
        ..Above::default()
    };
    collect(root, &above, reading);
}

/// Is the whole of it a mapping to texts from keys that all look like codes? What else would it list?
fn is_flat_list(root: &Node) -> bool {
    let looks = |key: &str| code::shape(key).is_some_and(is_name) && label::member(key).is_none();
    root.as_object().is_some_and(|members| {
        members.len() > 1
            && members.iter().all(|(key, member)| {
                looks(key) && member.node.as_str().is_some_and(|text| text.contains(' '))
            })
    })
}

fn collect(node: &Node, above: &Above, reading: &mut Reading) {
    if above.depth > DEEPEST {
        return;
    }
    if let Some(code) = code_within(node) {
        entry(&code, node, above, reading);
        return;
    }
    match &node.value {
        Value::Array(elements) => {
            let below = Above {
                depth: above.depth + 1,
                ..above.clone()
            };
            for element in elements {
                match scalar(element).filter(|word| is_code(&word.value, above)) {
                    Some(word) => reading.take(draft(word, above)),
                    None => collect(element, &below, reading),
                }
            }
        }
        Value::Object(members) => {
            let among_codes = above.is_about_errors && members.keys().any(|key| is_code(key, above));
            let above = &Above {
                among_codes,
                ..above.clone()
            };
            for (key, member) in members {
                let key = Fact {
                    value: key.clone(),
                    span: member.key_span,
                };
                keyed(&key, &member.node, above, reading);
            }
        }
        _ => {}
    }
}

/// A member of a mapping that is no entry: it may be a code and what is known of it, or hold entries.
fn keyed(key: &Fact<String>, node: &Node, above: &Above, reading: &mut Reading) {
    let mut below = Above {
        depth: above.depth + 1,
        is_about_errors: above.is_about_errors || speaks_of_errors(&key.value),
        among_codes: false,
        status: above.status.clone(),
    };
    if let Some(value) = status::status(&key.value) {
        below.status = Some(Fact {
            value,
            span: key.span,
        });
        below.is_about_errors = true;
        collect(node, &below, reading);
        return;
    }
    if is_code(&key.value, above) || is_plain_code(&key.value, node, above) {
        match &node.value {
            Value::Object(members) if members.keys().any(|name| label::member(name).is_some()) => {
                entry(key, node, above, reading);
                return;
            }
            Value::String(_) => {
                let mut draft = draft(key.clone(), above);
                draft.message(scalar(node));
                reading.take(draft);
                return;
            }
            // `MISSING_BODY: 400`
            Value::Number(_) if !statuses(node).is_empty() => {
                let mut draft = draft(key.clone(), above);
                draft.statuses(statuses(node));
                reading.take(draft);
                return;
            }
            _ => {}
        }
    }
    collect(node, &below, reading);
}

fn speaks_of_errors(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("error") || name.contains("code") || name.contains("exception")
}

/// Could a key or element be a code? Without a name above that says so only if it looks like one.
fn is_code(word: &str, above: &Above) -> bool {
    code::shape(word).is_some_and(|shape| match shape {
        Shape::Screaming | Shape::Tagged => true,
        Shape::Number => code::is_list_number(word) && status::status(word).is_none(),
        Shape::Word => false,
        _ => above.is_about_errors && label::member(word).is_none(),
    })
}

/// Is a plain word a code? Among codes it is, or where a status and nothing deeper stands below it.
fn is_plain_code(word: &str, node: &Node, above: &Above) -> bool {
    let flat = |members: &IndexMap<String, Entry>| {
        let has_status = members
            .keys()
            .any(|name| label::member(name) == Some(Field::Status));
        let deeper = members.values().any(|member| member.node.as_object().is_some());
        !deeper && (has_status || above.among_codes)
    };
    above.is_about_errors
        && code::shape(word) == Some(Shape::Word)
        && label::member(word).is_none()
        && match &node.value {
            Value::Object(members) => flat(members),
            Value::String(_) => above.among_codes,
            _ => false,
        }
}

fn draft(code: Fact<String>, above: &Above) -> Draft {
    let mut draft = Draft::new(0, code.span);
    draft.codes.push(code);
    draft.firm = true;
    draft.statuses(above.status.clone());
    draft
}

/// The code of an entry: the member that is named for it, or `name`, `type`, `error` if that looks like one.
fn code_within(node: &Node) -> Option<Fact<String>> {
    let members = node.as_object()?;
    let mut named = members
        .iter()
        .filter(|(name, _)| label::member(name) == Some(Field::Code));
    let code =
        named.find_map(|(_, member)| scalar(&member.node).filter(|word| code::shape(&word.value).is_some()));
    if let Some(code) = code
        && (status::status(&code.value).is_none() || !has_other_code(node))
    {
        return Some(code);
    }
    let described = members.keys().any(|name| {
        matches!(
            label::member(name),
            Some(Field::Status | Field::Message | Field::Description | Field::Code)
        )
    });
    members
        .iter()
        .filter(|(name, _)| described && label::member(name) == Some(Field::Name))
        .find_map(|(_, member)| {
            scalar(&member.node).filter(|word| code::shape(&word.value).is_some_and(is_name))
        })
}

/// `{ code: 404, error: NOT_FOUND }`: the number is a status.
fn has_other_code(node: &Node) -> bool {
    node.as_object().is_some_and(|members| {
        members.iter().any(|(name, member)| {
            label::member(name) == Some(Field::Name)
                && scalar(&member.node).is_some_and(|word| code::shape(&word.value).is_some_and(is_name))
        })
    })
}

fn is_name(shape: Shape) -> bool {
    !matches!(shape, Shape::Word | Shape::Number)
}

fn entry(code: &Fact<String>, node: &Node, above: &Above, reading: &mut Reading) {
    let Some(members) = node.as_object() else {
        return;
    };
    let mut draft = draft(code.clone(), &Above::default());
    let mut prose: Vec<(Field, Fact<String>)> = Vec::new();
    for (name, member) in members {
        let node = &member.node;
        let Some(field) = label::member(name) else {
            continue;
        };
        draft.labels.push(field);
        match field {
            Field::Status => draft.statuses(statuses(node)),
            Field::Payload => draft.facts.payloads.push(Fact {
                value: node.to_json(),
                span: node.span,
            }),
            Field::Code => {
                let number = statuses(node);
                if scalar(node).is_some_and(|word| word.value != code.value) {
                    draft.statuses(number);
                }
            }
            Field::Name => {
                let title = scalar(node).filter(|title| title.value != code.value);
                draft.facts.title = draft.facts.title.take().or(title);
            }
            _ => match &node.value {
                Value::Array(elements) => {
                    prose.extend(elements.iter().filter_map(scalar).map(|text| (field, text)));
                }
                _ => prose.extend(scalar(node).map(|text| (field, text))),
            },
        }
    }
    // Messages first, so that a description beside a message is an explanation.
    prose.sort_by_key(|(field, _)| *field == Field::Description);
    for (field, text) in prose {
        match field {
            Field::Message => draft.message(Some(text)),
            Field::Description if draft.facts.messages.is_empty() => draft.message(Some(text)),
            Field::Action => draft.action(Some(text)),
            _ => draft.explanation(Some(text)),
        }
    }
    if draft.facts.statuses.is_empty() {
        draft.statuses(above.status.clone());
    }
    reading.take(draft);
}

/// A string or number as a fact.
fn scalar(node: &Node) -> Option<Fact<String>> {
    let value = match &node.value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!value.is_empty()).then_some(Fact {
        value,
        span: node.span,
    })
}

/// The statuses a value names: `400`, `"400 Bad Request"`, `[400, 422]`.
fn statuses(node: &Node) -> Vec<Fact<u16>> {
    let of = |text: &str, span: Span| {
        text.split(|char: char| !char.is_ascii_alphanumeric())
            .filter_map(status::status)
            .map(|value| Fact { value, span })
            .collect::<Vec<_>>()
    };
    match &node.value {
        Value::Array(elements) => elements
            .iter()
            .filter_map(scalar)
            .flat_map(|word| of(&word.value, word.span))
            .collect(),
        _ => scalar(node).map_or_else(Vec::new, |word| of(&word.value, word.span)),
    }
}
