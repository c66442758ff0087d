//! Infers the type of error bodies from the examples of a catalogue, and how to construct such a body from a code, a
//! message and a status.
//!
//! A member that some examples lack is optional, and so is one whose value cannot be constructed, such as an id or a time.

use super::pointer_choice::BodyPointers;
use crate::lower::singular::name_item;
use crate::model::{
    Docs, Field, FloatKind, IntKind, Place, Presence, Struct, Type, TypeDef, TypeId, TypeKind, Usage,
    ValueSource,
};
use crate::names::{self, UniqueNames, words};
use crate::read::catalogue::Catalogue;
use crate::read::tree::Pointer;
use crate::source::Span;
use indexmap::IndexMap;
use serde_json::Value;

/// Parts of examples below this depth are any JSON.
const DEPTH: usize = 16;

/// The type of error bodies.
pub(super) struct InferredBody {
    pub(super) types: Vec<TypeDef>,
    pub(super) ty: Type,
    pub(super) source: ValueSource,
}

/// Infers the body; `None` if the code pointer is unknown, or no example has it.
pub(super) fn infer(catalogue: &Catalogue, pointers: &BodyPointers, as_number: bool) -> Option<InferredBody> {
    pointers.code.as_ref()?;
    let mut observed = Observation::default();
    let mut span = None;
    for entry in catalogue.entries.values() {
        let statuses: Vec<u16> = entry.statuses.iter().map(|status| status.value).collect();
        for payload in &entry.payloads {
            observed.observe(&payload.value, &statuses, 0);
            span = span.or(Some(payload.span));
        }
    }
    if observed.count == 0 {
        // The pointers are configured: the smallest body that has them is the example.
        let code = catalogue.entries.keys().next()?;
        let number = code.parse::<i64>().ok().filter(|_| as_number);
        let code = number.map_or_else(|| Value::from(code.as_str()), Value::from);
        let message = Value::from("string");
        let mut example = Value::Null;
        put(&mut example, pointers.code.as_deref()?, code)?;
        if let Some(pointer) = &pointers.message {
            put(&mut example, pointer, message)?;
        }
        observed.observe(&example, &[], 0);
    }
    let mut inference = BodyInference {
        pointers,
        span,
        names: UniqueNames::default(),
        types: Vec::new(),
    };
    let (ty, source) = inference.lower(
        &observed,
        &Pointer::default(),
        &["error".to_owned(), "body".to_owned()],
    );
    matches!(ty, Type::Named(_)).then_some(())?;
    contains(&source, &ValueSource::Code).then_some(InferredBody {
        types: inference.types,
        ty,
        source,
    })
}

/// Inserts a value at a pointer and creates the objects and lists that lead to it; `None` if another value is there.
fn put(into: &mut Value, pointer: &str, value: Value) -> Option<()> {
    let mut here = into;
    for segment in Pointer(pointer.to_owned()).segments().take(DEPTH) {
        if here.is_null() {
            *here = if segment == "0" {
                Value::Array(vec![Value::Null])
            } else {
                Value::Object(serde_json::Map::new())
            };
        }
        here = match here {
            Value::Object(members) => members.entry(segment).or_insert(Value::Null),
            Value::Array(items) => items.first_mut()?,
            _ => return None,
        };
    }
    here.is_null().then(|| *here = value)
}

fn contains(source: &ValueSource, wanted: &ValueSource) -> bool {
    match source {
        ValueSource::Struct(_, parts) | ValueSource::List(parts) => {
            parts.iter().any(|part| contains(part, wanted))
        }
        one => one == wanted,
    }
}

/// The values of all examples at one pointer.
#[derive(Debug, Default)]
struct Observation {
    /// How many examples have a value, `null` included.
    count: usize,
    nullable: bool,
    shape: Shape,
    /// The first value; `varied` if there are others.
    value: Option<Value>,
    varied: bool,
    /// Whether each value is the status of its example.
    status: bool,
}

#[derive(Debug, Default)]
enum Shape {
    #[default]
    Unknown,
    Bool,
    Int,
    Float,
    Text,
    Time,
    List(Box<Observation>),
    /// The members, and the number of objects.
    Object(IndexMap<String, Observation>, usize),
    Any,
}

impl Observation {
    fn observe(&mut self, value: &Value, statuses: &[u16], depth: usize) {
        let is_status = value
            .as_u64()
            .is_some_and(|number| statuses.iter().any(|status| u64::from(*status) == number));
        self.status = is_status && (self.count == 0 || self.status);
        self.count += 1;
        match &self.value {
            None => self.value = Some(value.clone()),
            Some(known) => self.varied |= known != value,
        }
        if value.is_null() {
            self.nullable = true;
            return;
        }
        let shape = std::mem::take(&mut self.shape);
        self.shape = shape.with(value, statuses, depth);
    }
}

impl Shape {
    fn with(self, value: &Value, statuses: &[u16], depth: usize) -> Self {
        match (self, value) {
            (Self::Unknown | Self::Bool, Value::Bool(_)) => Self::Bool,
            (Self::Unknown | Self::Int, Value::Number(number)) if number.is_i64() => Self::Int,
            (Self::Unknown | Self::Int | Self::Float, Value::Number(_)) => Self::Float,
            (Self::Unknown | Self::Time, Value::String(text)) if is_time(text) => Self::Time,
            (Self::Unknown | Self::Text | Self::Time, Value::String(_)) => Self::Text,
            (shape @ (Self::Unknown | Self::List(_)), Value::Array(items)) if depth < DEPTH => {
                let mut item = match shape {
                    Self::List(item) => item,
                    _ => Box::default(),
                };
                for value in items {
                    item.observe(value, statuses, depth + 1);
                }
                Self::List(item)
            }
            (shape @ (Self::Unknown | Self::Object(..)), Value::Object(values)) if depth < DEPTH => {
                let (mut members, count) = match shape {
                    Self::Object(members, count) => (members, count),
                    _ => (IndexMap::new(), 0),
                };
                for (name, value) in values {
                    let member = members.entry(name.clone()).or_default();
                    member.observe(value, statuses, depth + 1);
                }
                Self::Object(members, count + 1)
            }
            _ => Self::Any,
        }
    }
}

/// Whether a text has the form of a date and time (RFC 3339).
fn is_time(text: &str) -> bool {
    let form: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '0'
            } else {
                c.to_ascii_uppercase()
            }
        })
        .collect();
    let Some(rest) = form.strip_prefix("0000-00-00T00:00:00") else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => return false,
        None => rest,
    };
    // The numbers have to be in range.
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    matches!(rest, "Z" | "+00:00" | "-00:00")
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
        && number(11..13).is_some_and(|hour| hour < 24)
        && number(14..16).is_some_and(|minute| minute < 60)
        && number(17..19).is_some_and(|second| second < 60)
}

/// Creates the types of a body.
struct BodyInference<'a> {
    pointers: &'a BodyPointers,
    span: Option<Span>,
    names: UniqueNames,
    types: Vec<TypeDef>,
}

impl BodyInference<'_> {
    /// The type of a value, and its source; [`ValueSource::Absent`] if it cannot be constructed.
    fn lower(&mut self, observed: &Observation, pointer: &Pointer, name: &[String]) -> (Type, ValueSource) {
        let is = |place: &Option<String>| place.as_ref() == Some(&pointer.0);
        let (is_code, is_message) = (is(&self.pointers.code), is(&self.pointers.message));
        let value = observed
            .value
            .clone()
            .filter(|_| !observed.varied && !observed.nullable);
        let constant = |value: Option<Value>| {
            if observed.status {
                return ValueSource::Status;
            }
            value.map_or(ValueSource::Absent, ValueSource::Value)
        };
        match &observed.shape {
            Shape::Text | Shape::Time | Shape::Int if is_code => {
                let ty = match observed.shape {
                    Shape::Int => Type::Int(IntKind::I64),
                    _ => Type::String,
                };
                (ty, ValueSource::Code)
            }
            Shape::Text | Shape::Time if is_message => (Type::String, ValueSource::Message),
            Shape::Bool => (Type::Bool, constant(value)),
            Shape::Int => (Type::Int(IntKind::I64), constant(value)),
            Shape::Float => (Type::Float(FloatKind::F64), constant(value)),
            // A text in a single example is not a constant.
            Shape::Text if observed.count > 1 && !is(&self.pointers.request_id) => {
                (Type::String, constant(value))
            }
            Shape::Text => (Type::String, ValueSource::Absent),
            Shape::Time => (Type::DateTime, ValueSource::Absent),
            Shape::Unknown | Shape::Any => (Type::Json, ValueSource::Absent),
            Shape::List(item) => {
                let pointer = pointer.child(0);
                let mut name: Vec<String> = name.iter().flat_map(|part| words(part)).collect();
                name_item(&mut name);
                let (ty, source) = self.lower(item, &pointer, &name);
                let sources = if self.leads_to_code(&pointer) && source != ValueSource::Absent {
                    vec![source]
                } else {
                    Vec::new()
                };
                (Type::Array(Box::new(ty)), ValueSource::List(sources))
            }
            Shape::Object(members, _) if members.is_empty() => (Type::Json, ValueSource::Absent),
            Shape::Object(members, objects) => self.object(members, *objects, pointer, name),
        }
    }

    fn object(
        &mut self,
        members: &IndexMap<String, Observation>,
        objects: usize,
        pointer: &Pointer,
        name: &[String],
    ) -> (Type, ValueSource) {
        // The outermost type is named first, so that it gets the shortest name.
        let id = self.add_empty_struct(pointer, name);
        let mut field_names = UniqueNames::default();
        let mut fields = Vec::with_capacity(members.len());
        let mut sources = Vec::with_capacity(members.len());
        for (wire, observed) in members {
            let at = pointer.child(wire);
            let inner: Vec<String> = name.iter().cloned().chain([wire.clone()]).collect();
            let (ty, source) = self.lower(observed, &at, &inner);
            let always = observed.count == objects && !observed.nullable && source != ValueSource::Absent;
            fields.push(Field {
                name: field_names.make_unique(&names::field_name(wire)),
                wire: wire.clone(),
                ty,
                presence: if always {
                    Presence::Required
                } else {
                    Presence::Optional
                },
                docs: Docs {
                    summary: field_summary(&source).map(str::to_owned),
                    ..Docs::default()
                },
            });
            sources.push(if always || self.leads_to_code(&at) {
                source
            } else {
                ValueSource::Absent
            });
        }
        if let TypeKind::Struct(object) = &mut self.types[id.0].kind {
            object.fields = fields;
        }
        (Type::Named(id), ValueSource::Struct(id, sources))
    }

    /// Adds a struct without fields for the objects at a pointer.
    fn add_empty_struct(&mut self, pointer: &Pointer, name: &[String]) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            name: self.names.make_unique(&names::type_name(&name.join(" "))),
            place: Place {
                pointer: pointer.clone(),
                span: self.span,
            },
            docs: Docs {
                summary: Some(if pointer.0.is_empty() {
                    "The body of an error.".to_owned()
                } else {
                    format!("What stands at `{}` in the body of an error.", pointer.0)
                }),
                ..Docs::default()
            },
            usage: Usage::BOTH,
            received_as: None,
            kind: TypeKind::Struct(Struct {
                fields: Vec::new(),
                additional: None,
                argument_order: Vec::new(),
            }),
        });
        id
    }

    /// Whether the code or the message is at this pointer or below it.
    fn leads_to_code(&self, pointer: &Pointer) -> bool {
        [&self.pointers.code, &self.pointers.message]
            .into_iter()
            .flatten()
            .any(|place| {
                place
                    .strip_prefix(pointer.0.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
}

fn field_summary(source: &ValueSource) -> Option<&'static str> {
    match source {
        ValueSource::Code => Some("The error code."),
        ValueSource::Message => Some("The message."),
        ValueSource::Status => Some("The HTTP status."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_text_of_that_form() {
        for text in ["2021-11-26T13:42:17.191Z", "2021-11-26t13:42:17+02:00"] {
            assert_eq!(is_time(text), text.ends_with('Z') || text.contains('+'), "{text}");
        }
        for text in ["2021-11-26", "2021-13-26T13:42:17Z", "2021-11-26T13:42:17", "x"] {
            assert!(!is_time(text), "{text}");
        }
    }
}
