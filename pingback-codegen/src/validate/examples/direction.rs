//! Which values are sent, and which are received.

use crate::model::Direction;
use crate::pointer::Pointer;
use crate::read::schema::{SchemaId, Schemas};

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
/// properties are not received, by the property's own schema, its `$ref` or any part of its `allOf`. One that is both
/// is part of all values.
#[must_use]
pub fn is_property_present(schemas: &Schemas, property: SchemaId, direction: Direction) -> bool {
    let parts = schemas.with_all_of(property);
    let read_only = parts.iter().any(|&part| schemas[part].read_only);
    let write_only = parts.iter().any(|&part| schemas[part].write_only);
    match direction {
        Direction::Sent => !read_only || write_only,
        Direction::Received => !write_only || read_only,
    }
}
