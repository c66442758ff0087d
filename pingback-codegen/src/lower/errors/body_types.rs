//! The types of error bodies, and which of them most responses have.

use super::evidence::Branch;
use crate::lower::endpoints::Endpoint;
use crate::lower::types::{Direction, NameHint, ShapeId};
use crate::lower::{Lowering, statuses};
use crate::model::{Status, Type};
use crate::read::schema::SchemaId;
use crate::read::tree::Pointer;
use std::collections::HashMap;

/// The types of error bodies, and which shape most of them have.
pub(super) struct Bodies {
    common: Option<ShapeId>,
    /// A schema of that shape.
    witness: Option<SchemaId>,
    /// The first other shape of each operation.
    first: HashMap<Pointer, ShapeId>,
}

impl Bodies {
    /// The shape of most bodies that can hold a code; where no code is known of, of most bodies.
    pub(super) fn new(lowering: &mut Lowering<'_>, branches: &[Vec<Branch>]) -> Self {
        let with_codes = branches
            .iter()
            .flatten()
            .any(|branch| !branch.evidence.is_empty());
        let mut counts: HashMap<ShapeId, (usize, usize, SchemaId)> = HashMap::new();
        let mut all = 0;
        for branch in branches.iter().flatten() {
            if with_codes && branch.evidence.is_empty() {
                continue;
            }
            all += 1;
            let shape = lowering.types.shape_of(branch.schema);
            counts.entry(shape).or_insert((0, all, branch.schema)).0 += 1;
        }
        // The most frequent, of several the one that comes first.
        let most = counts
            .into_iter()
            .max_by_key(|(_, (count, first, _))| (*count, std::cmp::Reverse(*first)))
            .filter(|(_, (count, ..))| count * 2 > all);
        Self {
            common: most.map(|(shape, _)| shape),
            witness: most.map(|(_, (_, _, schema))| schema),
            first: HashMap::new(),
        }
    }

    /// The type of an error body. What is received can be sent as it is too, since an error can also be built.
    /// A second shape within one operation is named by its status as well.
    pub(super) fn of(
        &mut self,
        lowering: &mut Lowering<'_>,
        endpoint: &Endpoint<'_>,
        status: Status,
        schema: SchemaId,
    ) -> Type {
        let shape = lowering.types.shape_of(schema);
        let own = NameHint::new(&endpoint.type_name);
        let hint = if self.common == Some(shape) {
            NameHint::new("ErrorBody")
        } else if *self.first.entry(endpoint.pointer.clone()).or_insert(shape) == shape {
            own.then("ErrorBody")
        } else {
            own.then(&statuses::variant(status)).then("ErrorBody")
        };
        let ty = bare(
            lowering
                .types
                .type_of(schema, Direction::Received, &hint, lowering.diagnostics),
        );
        lowering.types.mark_as_sent(&ty);
        ty
    }

    pub(super) fn common_type(&self, lowering: &mut Lowering<'_>) -> Option<Type> {
        let schema = self.witness?;
        let hint = NameHint::new("ErrorBody");
        let ty = lowering
            .types
            .type_of(schema, Direction::Received, &hint, lowering.diagnostics);
        let ty = bare(ty);
        lowering.types.mark_as_sent(&ty);
        Some(ty)
    }
}

/// The type without `null`: a schema is often nullable for another use of it, and an error whose body is
/// nothing but `null` tells no more as a value than as bytes.
fn bare(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        ty => ty,
    }
}
