//! Computes whether definitions are sent, received or both: from their uses, and from the definitions that mention them.

use crate::model::{Direction, Type, TypeDef, TypeId, Usage};

/// The usage of each definition, from the types that are used directly.
pub(super) fn usage(types: &[TypeDef], uses: &[(Type, Direction)]) -> Vec<Usage> {
    let sent = reached(types, uses, Direction::Sent);
    let received = reached(types, uses, Direction::Received);
    let usage = sent.into_iter().zip(received);
    usage.map(|(sent, received)| Usage { sent, received }).collect()
}

/// For each definition, whether a use in that direction leads to it.
fn reached(types: &[TypeDef], uses: &[(Type, Direction)], direction: Direction) -> Vec<bool> {
    let mut is_reached = vec![false; types.len()];
    let uses = uses.iter().filter(|(_, of_use)| *of_use == direction);
    let mut pending: Vec<TypeId> = uses.flat_map(|(ty, _)| ty.definitions()).collect();
    while let Some(TypeId(index)) = pending.pop() {
        if let (Some(mark @ false), Some(def)) = (is_reached.get_mut(index), types.get(index)) {
            *mark = true;
            pending.extend(def.kind.types().into_iter().flat_map(Type::definitions));
        }
    }
    is_reached
}
