//! Finds the codes that an error response documents.

use super::code_text::code_text;
use super::places::Places;
use crate::lower::reader::Reader;
use crate::lower::response::Documented;
use crate::lower::response::contents::{Content, Format};
use crate::read::catalogue::Catalogue;
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use crate::source::Span;
use serde_json::Value;

/// How many schemas are looked at for a code.
const VISITS: usize = 2_000;

/// An error response of one operation.
#[derive(Debug, Clone)]
pub(in crate::lower) struct ErrorResponse<'d> {
    /// The index of the operation.
    pub(in crate::lower) operation: usize,
    pub(in crate::lower) documented: Documented<'d>,
    /// `None` if there is no body.
    pub(in crate::lower) content: Option<Content<'d>>,
}

impl ErrorResponse<'_> {
    /// The schema of a JSON body.
    pub(in crate::lower) fn schema(&self) -> Option<SchemaId> {
        self.content
            .filter(|content| content.format == Format::Json)?
            .schema
    }
}

/// A code that a response documents.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct Evidence {
    pub(in crate::lower) code: String,
    /// The name the document gives to a value of an enum.
    pub(in crate::lower) name: Option<String>,
    /// The message beside it.
    pub(in crate::lower) message: Option<String>,
    /// Where it was found.
    pub(super) origin: Pointer,
    /// The value itself.
    pub(in crate::lower) span: Option<Span>,
    /// The message beside it.
    pub(in crate::lower) message_span: Option<Span>,
    /// It is one of a closed list.
    pub(super) listed: bool,
    /// That list, or the examples at that place, hold just this.
    pub(super) alone: bool,
}

/// One alternative of an error body, and the codes it documents.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Branch {
    pub(in crate::lower) schema: SchemaId,
    pub(in crate::lower) title: Option<String>,
    pub(in crate::lower) title_span: Option<Span>,
    pub(in crate::lower) evidence: Vec<Evidence>,
    /// The codes that tell this branch from others at its status.
    pub(in crate::lower) tied: Vec<Evidence>,
    /// The branch may also come with a code that isn't tied, or with none.
    pub(in crate::lower) open: bool,
}

/// A value that is documented for a place inside a schema.
struct At {
    value: Value,
    span: Span,
    /// The schema that gives it.
    origin: Pointer,
    /// It is one of a closed list.
    listed: bool,
    /// The name it is given there.
    name: Option<String>,
}

/// The alternatives of the JSON body of a response, with the codes they document.
pub(in crate::lower) fn branches(
    reader: Reader<'_>,
    response: &ErrorResponse<'_>,
    places: &Places,
    catalogue: &Catalogue,
) -> Vec<Branch> {
    let Some(schema) = response.schema() else {
        return Vec::new();
    };
    let mut branches: Vec<Branch> = reader
        .branches(schema)
        .into_iter()
        .map(|id| Branch {
            schema: id,
            title: title(reader, id).map(|(title, _)| title),
            title_span: title(reader, id).and_then(|(_, span)| span),
            evidence: evidence(reader, id, places, catalogue),
            tied: Vec::new(),
            open: false,
        })
        .collect();
    let Some(code) = &places.code else {
        return branches;
    };
    let mut beside: Vec<(usize, Evidence)> = Vec::new();
    let examples = media_examples(response);
    for (example, keys) in &examples {
        let Some(code) = example
            .pointer(code)
            .and_then(|value| code_text(value, catalogue))
        else {
            continue;
        };
        // An example belongs to the branch that knows its code; failing that, to the only one.
        let of = branches
            .iter()
            .position(|branch| branch.evidence.iter().any(|known| known.code == code))
            .or((branches.len() == 1).then_some(0));
        let Some(of) = of else { continue };
        let message = places
            .message
            .as_ref()
            .and_then(|pointer| example.pointer(pointer));
        let pointer = keys
            .iter()
            .fold(response.documented.pointer.clone(), |pointer, key| {
                pointer.child(key)
            });
        let span_of = |place: Option<&String>| {
            let value = match keys.as_slice() {
                [.., "examples", _] => pointer.child("value"),
                _ => pointer.clone(),
            };
            reader.span(&Pointer(format!("{}{}", value.0, place?)))
        };
        let span = span_of(places.code.as_ref());
        let message_span = message.and_then(|_| span_of(places.message.as_ref()));
        beside.push((
            of,
            Evidence {
                code,
                name: None,
                message: message.and_then(Value::as_str).map(str::to_owned),
                span,
                message_span,
                origin: reader.resolve(&pointer).map_or(pointer, |(origin, _)| origin),
                listed: false,
                alone: examples.len() == 1,
            },
        ));
    }
    // The examples of this very response say more than those of its schema.
    for (of, _) in &beside {
        branches[*of].evidence.retain(|known| known.listed);
    }
    for (of, evidence) in beside {
        branches[of].evidence.push(evidence);
    }
    branches
}

/// The title of a schema, and where it stands.
fn title(reader: Reader<'_>, id: SchemaId) -> Option<(String, Option<Span>)> {
    reader.layers(id).into_iter().find_map(|layer| {
        let schema = reader.schema(layer);
        let title = schema.title.clone()?;
        Some((title, reader.span(&schema.pointer.child("title"))))
    })
}

/// The codes that a schema documents at the place of the code.
fn evidence(reader: Reader<'_>, schema: SchemaId, places: &Places, catalogue: &Catalogue) -> Vec<Evidence> {
    let Some(code) = &places.code else {
        return Vec::new();
    };
    let messages: Vec<(String, Span)> = places
        .message
        .as_ref()
        .map(|message| at(reader, schema, message))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|found| Some((found.value.as_str()?.to_owned(), found.span)))
        .collect();
    let found = at(reader, schema, code);
    let any_listed = found.iter().any(|found| found.listed);
    let mut evidence: Vec<Evidence> = Vec::new();
    for At {
        value,
        span,
        origin,
        listed,
        name,
    } in found
    {
        // Beside a closed list an example says nothing new.
        if any_listed && !listed {
            continue;
        }
        let Some(code) = code_text(&value, catalogue) else {
            continue;
        };
        if evidence
            .iter()
            .any(|known| known.code == code && known.origin == origin)
        {
            continue;
        }
        evidence.push(Evidence {
            code,
            name,
            message: None,
            origin,
            span: Some(span),
            message_span: None,
            listed,
            alone: false,
        });
    }
    let alone = evidence.len() == 1;
    for one in &mut evidence {
        one.alone = alone;
        if let Some((message, span)) = messages.first().filter(|_| alone) {
            one.message = Some(message.clone());
            one.message_span = Some(*span);
        }
    }
    evidence
}

/// The values documented at a place inside a schema.
fn at(reader: Reader<'_>, schema: SchemaId, pointer: &str) -> Vec<At> {
    let mut found = Vec::new();
    let segments: Vec<String> = Pointer(pointer.to_owned()).segments().collect();
    let mut here = vec![schema];
    for depth in 0..=segments.len() {
        let mut layers: Vec<SchemaId> = Vec::new();
        let mut open = std::mem::take(&mut here);
        while let Some(id) = open.pop() {
            for layer in reader.layers(id) {
                if layers.len() < VISITS && !layers.contains(&layer) {
                    layers.push(layer);
                    let schema = reader.schema(layer);
                    open.extend(schema.any_of.iter().chain(&schema.one_of));
                }
            }
        }
        let rest = segments[depth..]
            .iter()
            .fold(Pointer::default(), |rest, segment| rest.child(segment));
        for layer in layers {
            let schema = reader.schema(layer);
            for example in &schema.examples {
                if let Some(value) = example.value.pointer(&rest.0) {
                    found.push(At {
                        value: value.clone(),
                        span: example.span,
                        origin: schema.pointer.clone(),
                        listed: false,
                        name: None,
                    });
                }
            }
            let Some(segment) = segments.get(depth) else {
                for (at, one) in schema.enumeration.iter().flatten().enumerate() {
                    let name = schema
                        .enum_names
                        .get(at)
                        .or_else(|| schema.enum_descriptions.get(at));
                    found.push(At {
                        value: one.value.clone(),
                        span: one.span,
                        origin: schema.pointer.clone(),
                        listed: true,
                        name: name.cloned(),
                    });
                }
                continue;
            };
            here.extend(schema.properties.get(segment));
            if segment == "0" {
                here.extend(schema.items);
            }
        }
    }
    found
}

/// The examples beside the schema, each with the keys that lead to it from the response.
pub(super) fn media_examples<'d>(response: &ErrorResponse<'d>) -> Vec<(&'d Value, Vec<&'d str>)> {
    let Some(content) = response.content else {
        return Vec::new();
    };
    let keys = ["content", content.media_type];
    let named = content.media.examples.iter().filter_map(|(name, example)| {
        let value = example.as_item()?.value.as_ref()?;
        Some((value, [keys.as_slice(), &["examples", name]].concat()))
    });
    let one = content
        .media
        .example
        .iter()
        .map(|value| (value, [keys.as_slice(), &["example"]].concat()));
    one.chain(named).collect()
}
