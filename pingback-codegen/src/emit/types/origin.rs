//! Documents a type that the document does not describe, by where its schema is.

use crate::emit::docs::is_named_like;
use crate::emit::markdown::code_span_text;
use crate::emit::names::without_raw_prefix;
use crate::model::{Api, Field, Operation, PayloadKind, Success, Type, TypeDef, TypeKind};
use std::collections::{HashMap, HashSet};

/// Finds the operations that belong to a place of the document.
pub(super) struct Origins<'a> {
    api: &'a Api,
    operations_by_path: HashMap<&'a str, Vec<&'a Operation>>,
    /// For the name of a type, how many operations return it.
    operations_returning: HashMap<&'a str, usize>,
    /// The media types of streams of events.
    event_media_types: HashSet<&'a str>,
}

impl<'a> Origins<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut origins = Self {
            api,
            operations_by_path: HashMap::new(),
            operations_returning: HashMap::new(),
            event_media_types: HashSet::new(),
        };
        for operation in &api.operations {
            let operations = origins.operations_by_path.entry(&operation.path);
            operations.or_default().push(operation);
            origins.event_media_types.extend(event_media_types(operation));
            for name in returned_types(api, operation) {
                *origins.operations_returning.entry(name).or_default() += 1;
            }
        }
        origins
    }

    /// A sentence that says what the type is, unless its name says it.
    pub(super) fn sentence(&self, def: &TypeDef) -> Option<String> {
        if let Some(received) = def.received_as.and_then(|id| self.api.type_def(id)) {
            return Some(sent_sentence(def, received));
        }
        if self.is_error_body(def) {
            return Some("The body of an error.".to_owned());
        }
        self.place_sentence(def)
    }

    fn is_error_body(&self, def: &TypeDef) -> bool {
        let Some(Type::Named(id)) = &self.api.errors.body else {
            return false;
        };
        self.api.types.get(id.0).is_some_and(|body| body.name == def.name)
    }

    /// A sentence on the place of the schema, if that place has a name and the type another.
    fn place_sentence(&self, def: &TypeDef) -> Option<String> {
        let segments: Vec<String> = def.place.pointer.segments().collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["components", "schemas", name] if is_named_like(&def.name, name) => None,
            ["components", section, name, rest @ ..] => component_sentence(section, name, rest),
            ["paths", path, method, rest @ ..] => self.operation_sentence(def, path, method, rest),
            _ => None,
        }
    }

    /// A sentence on a place below a path. What is defined for the path itself belongs to all its operations.
    fn operation_sentence(&self, def: &TypeDef, path: &str, method: &str, rest: &[&str]) -> Option<String> {
        let operations = self.operations_by_path.get(path)?;
        let operation = operations
            .iter()
            .find(|operation| operation.method.eq_ignore_ascii_case(method));
        let Some(operation) = operation else {
            let path = code_span_text(path);
            return Some(format!("Part of the requests of `{path}`."));
        };
        let (what, is_whole) = self.part_of_operation(rest);
        let subject = match (what, is_whole) {
            ("event", true) => "An event".to_owned(),
            ("event", false) => "Part of an event".to_owned(),
            (what, true) => format!("The {what}"),
            (what, false) => format!("Part of the {what}"),
        };
        let others = match what {
            "response" if is_whole => self.other_operations(def, operation),
            _ => String::new(),
        };
        let link = format!(
            "[`{}`](super::Client::{})",
            code_span_text(&operation.id),
            without_raw_prefix(&operation.method_name)
        );
        Some(format!("{subject} of {link}{others}."))
    }

    /// What a pointer below an operation refers to, and whether it is the whole of that.
    fn part_of_operation(&self, pointer: &[&str]) -> (&'static str, bool) {
        match pointer {
            ["requestBody", "content", _, "schema", rest @ ..] => ("request body", rest.is_empty()),
            ["responses", _, "content", media_type, "schema", rest @ ..]
                if self.event_media_types.contains(*media_type) =>
            {
                ("event", matches!(rest, [] | ["items"]))
            }
            ["responses", _, "content", _, "schema", rest @ ..] => ("response", rest.is_empty()),
            ["responses", ..] => ("response", false),
            _ => ("request", false),
        }
    }

    /// ` and of 2 other operations`, if other operations return the type, too.
    fn other_operations(&self, def: &TypeDef, operation: &Operation) -> String {
        let all = self.operations_returning.get(def.name.as_str()).copied();
        let own = returned_types(self.api, operation).contains(&def.name.as_str());
        match all.unwrap_or_default().saturating_sub(usize::from(own)) {
            0 => String::new(),
            1 => " and of one other operation".to_owned(),
            more => format!(" and of {more} other operations"),
        }
    }
}

/// A sentence on a component, or on a place below it.
fn component_sentence(section: &str, name: &str, rest: &[&str]) -> Option<String> {
    let (capitalized, kind) = match section {
        "schemas" => ("Schema", "schema"),
        "responses" => ("Response", "response"),
        "requestBodies" => ("Request body", "request body"),
        "parameters" => ("Parameter", "parameter"),
        "headers" => ("Header", "header"),
        _ => return None,
    };
    let name = code_span_text(name);
    let is_media_type = |segment: &&str| segment.contains('/');
    let is_whole = rest
        .iter()
        .all(|segment| matches!(*segment, "content" | "schema") || is_media_type(segment));
    Some(if is_whole {
        format!("{capitalized} `{name}`.")
    } else {
        format!("Part of the {kind} `{name}`.")
    })
}

/// A sentence on a type that is sent, given the type of the same schema that is received.
fn sent_sentence(sent: &TypeDef, received: &TypeDef) -> String {
    let name = &received.name;
    let (TypeKind::Struct(sent), TypeKind::Struct(received)) = (&sent.kind, &received.kind) else {
        return format!("[`{name}`] as it is sent.");
    };
    let lacks_read_only = lacks_field_of(&sent.fields, &received.fields);
    let has_write_only = lacks_field_of(&received.fields, &sent.fields);
    match (lacks_read_only, has_write_only) {
        (true, false) => format!("[`{name}`] as it is sent: without read-only properties."),
        (false, true) => format!("[`{name}`] as it is sent: with write-only properties."),
        (true, true) => {
            format!("[`{name}`] as it is sent: without read-only properties, with write-only properties.")
        }
        (false, false) => format!("[`{name}`] as it is sent."),
    }
}

/// Whether some field of `others` is not among `fields`.
fn lacks_field_of(fields: &[Field], others: &[Field]) -> bool {
    let has = |wire: &str| fields.iter().any(|field| field.wire == wire);
    others.iter().any(|other| !has(&other.wire))
}

/// The media types of the streams of events that an operation returns.
fn event_media_types(operation: &Operation) -> impl Iterator<Item = &str> {
    let responses = operation.success.responses().iter();
    let payloads = responses.flat_map(|response| std::iter::once(&response.payload).chain(&response.events));
    payloads.filter_map(|payload| match payload.kind {
        PayloadKind::Events(..) => payload.media_type.as_deref(),
        _ => None,
    })
}

/// The names of the defined types that an operation returns as its success, each once.
fn returned_types<'a>(api: &'a Api, operation: &'a Operation) -> Vec<&'a str> {
    let payloads: Vec<&PayloadKind> = match &operation.success {
        Success::One(payload, _) => vec![&payload.kind],
        Success::Choice { responses, .. } => {
            responses.iter().map(|response| &response.payload.kind).collect()
        }
    };
    let mut names = Vec::new();
    for kind in payloads {
        if let PayloadKind::Json(Type::Named(id)) | PayloadKind::Events(_, Type::Named(id)) = kind
            && let Some(def) = api.types.get(id.0)
            && !names.contains(&def.name.as_str())
        {
            names.push(&def.name);
        }
    }
    names
}
