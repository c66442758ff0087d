//! Which way each definition travels: from what was asked for, along everything that it mentions.

use super::Direction;
use super::recursion::{inside, mentioned};
use crate::model::{Type, TypeDef};

pub(super) fn mark(types: &mut [TypeDef], roots: &[(Type, Direction)]) {
    for direction in [Direction::Sent, Direction::Received] {
        let mut queue = Vec::new();
        for (ty, _) in roots.iter().filter(|(_, root)| *root == direction) {
            mentioned(ty, &mut queue);
        }
        while let Some(index) = queue.pop() {
            let Some(def) = types.get_mut(index) else { continue };
            let flag = match direction {
                Direction::Sent => &mut def.usage.sent,
                Direction::Received => &mut def.usage.received,
            };
            if std::mem::replace(flag, true) {
                continue;
            }
            for ty in inside(&def.kind) {
                mentioned(ty, &mut queue);
            }
        }
    }
}
