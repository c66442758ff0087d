//! Reads lists that are kept as YAML or JSON data: a sequence of entries or a mapping from codes to entries, at the top
//! level, below a name such as `errors`, or grouped by status.
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
//! MISSING_BODY: Body is necessary.   # a string is the message
//! FORBIDDEN: { status: 403, message: No. }
//! ```
//!
//! The members may have any name that `label` knows.

use super::code::{self, Shape};
use super::draft::EntryDraft;
use super::entry::Fact;
use super::label::{self, Field};
use super::output::ReaderOutput;
use super::status;
use crate::read::tree::{Entry, Node, Value};
use crate::source::Span;
use indexmap::IndexMap;

/// Entries nested deeper than this are not read.
const MAX_DEPTH: usize = 6;

/// Reads the entries of a tree.
pub(super) fn read(root: &Node) -> ReaderOutput {
    let context = Context {
        is_about_errors: is_flat_mapping(root),
        ..Context::default()
    };
    let mut output = ReaderOutput::default();
    read_node(root, &context, &mut output);
    output
}

/// Facts that the keys above a node imply.
#[derive(Clone, Default)]
struct Context {
    depth: usize,
    /// Whether a key above is a name such as `errors` or `codes`. Words that do not look like codes may be codes then.
    is_about_errors: bool,
    /// Whether some keys of the mapping are codes.
    has_code_siblings: bool,
    /// The status that the entries are grouped by.
    status: Option<Fact<u16>>,
}

/// Returns whether the whole tree is a mapping from keys that look like codes to sentences.
fn is_flat_mapping(root: &Node) -> bool {
    let is_code_name =
        |key: &str| Shape::of(key).is_some_and(is_name) && label::field_of_member(key).is_none();
    let is_sentence = |node: &Node| node.as_str().is_some_and(|text| text.contains(' '));
    root.as_object().is_some_and(|members| {
        members.len() > 1
            && members
                .iter()
                .all(|(key, member)| is_code_name(key) && is_sentence(&member.node))
    })
}

fn read_node(node: &Node, context: &Context, output: &mut ReaderOutput) {
    if context.depth > MAX_DEPTH {
        return;
    }
    if let Some(code) = code_of_entry(node) {
        read_entry(&code, node, context, output);
        return;
    }
    match &node.value {
        Value::Array(elements) => {
            let inner = Context {
                depth: context.depth + 1,
                ..context.clone()
            };
            for element in elements {
                match scalar(element).filter(|word| is_code(&word.value, context)) {
                    Some(code) => output.add(new_draft(code, context)),
                    None => read_node(element, &inner, output),
                }
            }
        }
        Value::Object(members) => {
            let context = Context {
                has_code_siblings: context.is_about_errors && members.keys().any(|key| is_code(key, context)),
                ..context.clone()
            };
            for (key, member) in members {
                let key = Fact {
                    value: key.clone(),
                    span: member.key_span,
                };
                read_member(&key, &member.node, &context, output);
            }
        }
        _ => {}
    }
}

/// Reads a member of a mapping that is not an entry. Its key may be a code or a status, or its value may hold entries.
fn read_member(key: &Fact<String>, node: &Node, context: &Context, output: &mut ReaderOutput) {
    let status = status::parse_status(&key.value).map(|value| Fact {
        value,
        span: key.span,
    });
    let is_status = status.is_some();
    if !is_status
        && (is_code(&key.value, context) || is_plain_code(&key.value, node, context))
        && read_keyed_entry(key, node, context, output)
    {
        return;
    }
    let inner = Context {
        depth: context.depth + 1,
        is_about_errors: context.is_about_errors || is_status || mentions_errors(&key.value),
        has_code_siblings: false,
        status: status.or_else(|| context.status.clone()),
    };
    read_node(node, &inner, output);
}

/// Reads an entry whose code is a key. Returns `false` if the value is not that of an entry.
fn read_keyed_entry(key: &Fact<String>, node: &Node, context: &Context, output: &mut ReaderOutput) -> bool {
    match &node.value {
        Value::Object(members) if members.keys().any(|name| label::field_of_member(name).is_some()) => {
            read_entry(key, node, context, output);
            true
        }
        Value::String(_) => {
            let mut draft = new_draft(key.clone(), context);
            draft.add_message(scalar(node));
            output.add(draft);
            true
        }
        // `MISSING_BODY: 400`
        Value::Number(_) if !statuses(node).is_empty() => {
            let mut draft = new_draft(key.clone(), context);
            draft.add_statuses(statuses(node));
            output.add(draft);
            true
        }
        _ => false,
    }
}

fn mentions_errors(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("error") || name.contains("code") || name.contains("exception")
}

/// Returns whether a key or element is a code. Unless a key above is about errors, it has to look like one.
fn is_code(word: &str, context: &Context) -> bool {
    Shape::of(word).is_some_and(|shape| match shape {
        Shape::ScreamingSnake | Shape::Alphanumeric => true,
        Shape::Number => code::is_code_number(word) && status::parse_status(word).is_none(),
        Shape::Word => false,
        _ => context.is_about_errors && label::field_of_member(word).is_none(),
    })
}

/// Returns whether a key that is a plain word is a code. It is if other keys are codes, or if its value has a status and
/// no nested objects.
fn is_plain_code(word: &str, node: &Node, context: &Context) -> bool {
    let is_entry = |members: &IndexMap<String, Entry>| {
        let has_status = members
            .keys()
            .any(|name| label::field_of_member(name) == Some(Field::Status));
        let is_nested = members.values().any(|member| member.node.as_object().is_some());
        !is_nested && (has_status || context.has_code_siblings)
    };
    context.is_about_errors
        && Shape::of(word) == Some(Shape::Word)
        && label::field_of_member(word).is_none()
        && match &node.value {
            Value::Object(members) => is_entry(members),
            Value::String(_) => context.has_code_siblings,
            _ => false,
        }
}

fn new_draft(code: Fact<String>, context: &Context) -> EntryDraft {
    let mut draft = EntryDraft::with_code(0, code);
    draft.add_statuses(context.status.clone());
    draft
}

/// Returns the code of an entry: the value of a member such as `code`, or the value of `name`, `type` or `error` if it
/// looks like a code.
fn code_of_entry(node: &Node) -> Option<Fact<String>> {
    let members = node.as_object()?;
    let field_of = |name: &String| label::field_of_member(name);
    let code = members
        .iter()
        .filter(|(name, _)| field_of(name) == Some(Field::Code))
        .filter_map(|(_, member)| scalar(&member.node))
        .find(|word| Shape::of(&word.value).is_some());
    let code_in_name = || {
        members
            .iter()
            .filter(|(name, _)| field_of(name) == Some(Field::Name))
            .filter_map(|(_, member)| scalar(&member.node))
            .find(|word| Shape::of(&word.value).is_some_and(is_name))
    };
    // In `{ code: 404, error: NOT_FOUND }` the number is a status.
    if let Some(code) = code
        && (status::parse_status(&code.value).is_none() || code_in_name().is_none())
    {
        return Some(code);
    }
    let is_described = members.keys().any(|name| {
        matches!(
            field_of(name),
            Some(Field::Status | Field::Message | Field::Description | Field::Code)
        )
    });
    is_described.then(code_in_name).flatten()
}

/// Returns whether a word of this shape can be the name of an error, rather than any word or number.
fn is_name(shape: Shape) -> bool {
    !matches!(shape, Shape::Word | Shape::Number)
}

fn read_entry(code: &Fact<String>, node: &Node, context: &Context, output: &mut ReaderOutput) {
    let Some(members) = node.as_object() else {
        return;
    };
    let mut draft = EntryDraft::with_code(0, code.clone());
    let mut prose: Vec<(Field, Fact<String>)> = Vec::new();
    for (name, member) in members {
        let node = &member.node;
        let Some(field) = label::field_of_member(name) else {
            continue;
        };
        draft.labels.push(field);
        match field {
            Field::Status => draft.add_statuses(statuses(node)),
            Field::Payload => draft.facts.payloads.push(Fact {
                value: node.to_json(),
                span: node.span,
            }),
            Field::Code => {
                if scalar(node).is_some_and(|word| word.value != code.value) {
                    draft.add_statuses(statuses(node));
                }
            }
            Field::Name => {
                let title = scalar(node).filter(|title| title.value != code.value);
                draft.facts.title = draft.facts.title.take().or(title);
            }
            Field::Message | Field::Description | Field::Explanation | Field::Action => {
                prose.extend(scalars(node).map(|text| (field, text)));
            }
        }
    }
    add_prose(&mut draft, prose);
    if draft.facts.statuses.is_empty() {
        draft.add_statuses(context.status.clone());
    }
    output.add(draft);
}

/// Adds messages first, because a description beside a message is an explanation.
fn add_prose(draft: &mut EntryDraft, mut prose: Vec<(Field, Fact<String>)>) {
    prose.sort_by_key(|(field, _)| *field == Field::Description);
    for (field, text) in prose {
        match field {
            Field::Message => draft.add_message(Some(text)),
            Field::Description if draft.facts.messages.is_empty() => draft.add_message(Some(text)),
            Field::Action => draft.add_action(Some(text)),
            _ => draft.add_explanation(Some(text)),
        }
    }
}

/// Returns a string or number as a fact.
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

/// Returns the strings and numbers of a list, or a single one.
fn scalars(node: &Node) -> impl Iterator<Item = Fact<String>> + '_ {
    let nodes = match &node.value {
        Value::Array(elements) => elements.as_slice(),
        _ => std::slice::from_ref(node),
    };
    nodes.iter().filter_map(scalar)
}

/// Returns the statuses of a value: `400`, `"400 Bad Request"`, `[400, 422]`.
fn statuses(node: &Node) -> Vec<Fact<u16>> {
    let statuses_of_text = |text: &str, span: Span| -> Vec<Fact<u16>> {
        text.split(|char: char| !char.is_ascii_alphanumeric())
            .filter_map(status::parse_status)
            .map(|value| Fact { value, span })
            .collect()
    };
    scalars(node)
        .flat_map(|word| statuses_of_text(&word.value, word.span))
        .collect()
}
