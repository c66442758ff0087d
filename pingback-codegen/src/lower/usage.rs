//! Completes the usage of type definitions once it is known which of them are generated.

use crate::model::{Checked, Limit, Type, TypeDef, TypeId, TypeKind, Usage};
use crate::pointer::Pointer;
use std::collections::HashMap;

/// Completes what operations require of each definition, and links each type that is only sent with the type of the
/// same schema that is received.
pub(super) fn complete(types: &mut [TypeDef]) {
    link_sent_with_received(types);
    for def in &mut *types {
        // The caller may use a type that no operation mentions, such as the payload of a webhook, for either.
        if def.usage == Usage::default() {
            def.usage = Usage::BOTH;
        }
    }
    spread(types);
}

/// A schema with `readOnly` or `writeOnly` properties becomes two types.
fn link_sent_with_received(types: &mut [TypeDef]) {
    let mut by_pointer: HashMap<&Pointer, Vec<usize>> = HashMap::new();
    for (index, def) in types.iter().enumerate() {
        by_pointer.entry(&def.place.pointer).or_default().push(index);
    }
    let is_sent_only = |index: usize| types[index].usage.sent && !types[index].usage.received;
    let is_received_only = |index: usize| types[index].usage.received && !types[index].usage.sent;
    let pairs: Vec<(usize, usize)> = by_pointer
        .into_values()
        .filter_map(|indices| match *indices {
            [first, second] if is_sent_only(first) && is_received_only(second) => Some((first, second)),
            [first, second] if is_sent_only(second) && is_received_only(first) => Some((second, first)),
            _ => None,
        })
        .collect();
    for (sent, received) in pairs {
        types[sent].received_as = Some(TypeId(received));
    }
}

/// Extends the usage of each definition to the types that it consists of.
fn spread(types: &mut [TypeDef]) {
    let mut pending: Vec<usize> = (0..types.len()).collect();
    while let Some(index) = pending.pop() {
        let Some(def) = types.get(index) else { continue };
        let mut usage = def.usage;
        // Items of a set are compared by their JSON text.
        usage.sent |= matches!(&def.kind, TypeKind::Checked(checked) if is_set(checked));
        let inner: Vec<TypeId> = def.kind.types().into_iter().flat_map(Type::definitions).collect();
        for TypeId(inner) in inner {
            let Some(inner_def) = types.get_mut(inner) else {
                continue;
            };
            let complete = inner_def.usage.union(usage);
            if complete != inner_def.usage {
                inner_def.usage = complete;
                pending.push(inner);
            }
        }
    }
}

fn is_set(checked: &Checked) -> bool {
    checked.limits.contains(&Limit::UniqueItems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Docs, Place};

    const SENT: Usage = Usage {
        sent: true,
        received: false,
    };
    const RECEIVED: Usage = Usage {
        sent: false,
        received: true,
    };

    fn def(pointer: &str, usage: Usage, kind: TypeKind) -> TypeDef {
        TypeDef {
            name: "A".to_owned(),
            place: Place {
                pointer: Pointer(pointer.to_owned()),
                span: None,
            },
            docs: Docs::default(),
            usage,
            received_as: None,
            kind,
        }
    }

    fn usages(mut types: Vec<TypeDef>) -> Vec<Usage> {
        complete(&mut types);
        types.iter().map(|def| def.usage).collect()
    }

    #[test]
    fn a_type_needs_what_its_container_needs() {
        let list = TypeKind::Newtype(Type::Array(Box::new(Type::Named(TypeId(1)))));
        let types = vec![
            def("/a", SENT, list),
            def("/b", RECEIVED, TypeKind::Newtype(Type::String)),
        ];
        assert_eq!(usages(types), [SENT, Usage::BOTH]);
    }

    #[test]
    fn an_unused_type_is_sent_and_received() {
        let types = vec![def("/a", Usage::default(), TypeKind::Newtype(Type::String))];
        assert_eq!(usages(types), [Usage::BOTH]);
    }

    #[test]
    fn items_of_a_set_are_serialized() {
        let set = TypeKind::Checked(Checked {
            inner: Type::Array(Box::new(Type::Named(TypeId(1)))),
            limits: vec![Limit::UniqueItems],
            default: None,
            example: None,
        });
        let types = vec![
            def("/a", RECEIVED, set),
            def("/b", RECEIVED, TypeKind::Newtype(Type::String)),
        ];
        assert_eq!(usages(types), [RECEIVED, Usage::BOTH]);
    }

    #[test]
    fn the_two_types_of_one_schema_are_linked() {
        let mut types = vec![
            def("/a", RECEIVED, TypeKind::Newtype(Type::String)),
            def("/a", SENT, TypeKind::Newtype(Type::String)),
            def("/b", SENT, TypeKind::Newtype(Type::String)),
        ];
        complete(&mut types);
        let links: Vec<_> = types.iter().map(|def| def.received_as).collect();
        assert_eq!(links, [None, Some(TypeId(0)), None]);
    }
}
