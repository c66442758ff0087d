//! Which way each definition travels: from what was asked for, along everything that it mentions.

use super::Direction;
use crate::model::{Type, TypeDef};

pub(super) fn mark(types: &mut [TypeDef], roots: &[(Type, Direction)]) {
    for direction in [Direction::Sent, Direction::Received] {
        let mut queue = Vec::new();
        for (ty, _) in roots.iter().filter(|(_, root)| *root == direction) {
            queue.extend(ty.definitions());
        }
        while let Some(id) = queue.pop() {
            let Some(def) = types.get_mut(id.0) else { continue };
            let flag = match direction {
                Direction::Sent => &mut def.usage.sent,
                Direction::Received => &mut def.usage.received,
            };
            if std::mem::replace(flag, true) {
                continue;
            }
            queue.extend(def.kind.types().into_iter().flat_map(Type::definitions));
        }
    }
}
