//! Which way each definition travels: from what was asked for, along everything that it mentions.

use super::Way;
use super::recursion::{inside, mentioned};
use crate::model::{Type, TypeDef};

pub(super) fn mark(types: &mut [TypeDef], roots: &[(Type, Way)]) {
    for way in [Way::Sent, Way::Received] {
        let mut queue = Vec::new();
        for (ty, _) in roots.iter().filter(|(_, root)| *root == way) {
            mentioned(ty, &mut queue);
        }
        while let Some(index) = queue.pop() {
            let Some(def) = types.get_mut(index) else { continue };
            let flag = match way {
                Way::Sent => &mut def.usage.sent,
                Way::Received => &mut def.usage.received,
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
