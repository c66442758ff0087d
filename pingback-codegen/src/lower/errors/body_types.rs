//! The types of error bodies. The type of most bodies is `ErrorBody`.

use super::status_specific::Branch;
use crate::lower::endpoints::Endpoint;
use crate::lower::types::{Direction, NameHint, ShapeId};
use crate::lower::{Lowering, statuses};
use crate::model::{Status, Type};
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Lowers the types of error bodies.
pub(super) struct BodyTypes {
    /// The shape of most bodies, and a schema of that shape.
    common: Option<(ShapeId, SchemaId)>,
    /// For each operation its first shape that is not the common one.
    first_other: HashMap<Pointer, ShapeId>,
}

/// The bodies of one shape.
struct ShapeCount {
    bodies: usize,
    /// The number of the first body of that shape.
    first: usize,
    schema: SchemaId,
}

impl BodyTypes {
    /// Finds the shape of most bodies that have codes, or of most bodies if none has codes.
    pub(super) fn new(lowering: &mut Lowering<'_>, branches: &[Vec<Branch>]) -> Self {
        let has_codes = |branch: &&Branch| !branch.body.evidence.is_empty();
        let any_has_codes = branches.iter().flatten().any(|branch| has_codes(&branch));
        let counted = branches
            .iter()
            .flatten()
            .filter(|branch| !any_has_codes || has_codes(branch));
        let mut counts: HashMap<ShapeId, ShapeCount> = HashMap::new();
        let mut all = 0;
        for branch in counted {
            all += 1;
            let count = counts
                .entry(lowering.types.shape_of(branch.body.schema))
                .or_insert(ShapeCount {
                    bodies: 0,
                    first: all,
                    schema: branch.body.schema,
                });
            count.bodies += 1;
        }
        let most = counts
            .into_iter()
            .max_by_key(|(_, count)| (count.bodies, Reverse(count.first)))
            .filter(|(_, count)| count.bodies * 2 > all);
        Self {
            common: most.map(|(shape, count)| (shape, count.schema)),
            first_other: HashMap::new(),
        }
    }

    /// The type of an error body. The name of an operation's second shape contains the status.
    pub(super) fn type_of(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        status: Status,
        schema: SchemaId,
    ) -> Type {
        let shape = lowering.types.shape_of(schema);
        let own = NameHint::new(&endpoint.names.type_name);
        let first_other = &mut self.first_other;
        let hint = if self.common.is_some_and(|(common, _)| common == shape) {
            NameHint::new("ErrorBody")
        } else if *first_other.entry(endpoint.route.pointer.clone()).or_insert(shape) == shape {
            own.then("ErrorBody")
        } else {
            own.then(&statuses::variant(status)).then("ErrorBody")
        };
        lower_body(lowering, schema, &hint)
    }

    /// The type of most bodies.
    pub(super) fn common_type(&self, lowering: &mut Lowering<'_>) -> Option<Type> {
        let (_, schema) = self.common?;
        Some(lower_body(lowering, schema, &NameHint::new("ErrorBody")))
    }
}

/// Lowers the schema of a body. A caller can also construct an error, so the type is marked as sent. `null` is left out
/// of the type: a schema is often nullable for another use, and an error of nothing but `null` has no information.
fn lower_body(lowering: &mut Lowering<'_>, schema: SchemaId, hint: &NameHint) -> Type {
    let ty = lowering
        .types
        .type_of(schema, Direction::Received, hint, lowering.diagnostics);
    let ty = match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    };
    lowering.types.mark_as_sent(&ty);
    ty
}
