//! Which values are sent, and which are received.

use crate::model::Direction;
use crate::pointer::Pointer;
use crate::read::schema::{SchemaId, Schemas};

/// How many references are followed to find `readOnly` or `writeOnly`.
const MAX_REFERENCES: usize = 8;

/// The directions that the schema at `pointer` may be used for. A component may be used for both.
#[must_use]
pub fn directions(pointer: &Pointer) -> &'static [Direction] {
    const BOTH: &[Direction] = &[Direction::Received, Direction::Sent];
    if pointer.0.starts_with("/components/schemas/") {
        return BOTH;
    }
    for segment in pointer.segments() {
        match segment.as_str() {
            "responses" | "headers" => return &[Direction::Received],
            "requestBody" | "requestBodies" | "parameters" => return &[Direction::Sent],
            _ => {}
        }
    }
    BOTH
}

/// Whether a property is part of values of that direction: `readOnly` properties are not sent, and `writeOnly`
/// properties are not received.
#[must_use]
pub fn is_property_present(schemas: &Schemas, property: SchemaId, direction: Direction) -> bool {
    let mut next = Some(property);
    for _ in 0..MAX_REFERENCES {
        let Some(schema) = next.map(|id| &schemas[id]) else {
            break;
        };
        let is_absent = match direction {
            Direction::Sent => schema.read_only,
            Direction::Received => schema.write_only,
        };
        if is_absent {
            return false;
        }
        next = schema.reference.or_else(|| schema.all_of.first().copied());
    }
    true
}
