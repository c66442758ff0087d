//! Orders the arguments of methods and constructors as the lock file has them: a document in another order must not
//! swap the arguments of existing calls.
//!
//! Arguments that have a position in the lock file come first, in that order. New ones come last, in document order.

use super::Lowered;
use super::request::argument_keys::argument_key;
use crate::diagnostic::{Diagnostics, rules};
use crate::model::{Api, Operation, Place, Type, TypeDef, TypeKind};
use crate::names::{LockedNames, NameKind, lock_key, member_key};
use crate::options::Options;
use std::collections::{HashMap, HashSet};

/// The former names of types, by their names: the lock file may have the fields of a type under these.
pub(super) type FormerNames = HashMap<String, Vec<String>>;

/// A method or a constructor with its arguments.
struct Function<'a> {
    kind: NameKind,
    /// The names of the operation or the type, the current one first.
    owners: Vec<&'a str>,
    /// The name in findings.
    name: String,
    place: &'a Place,
    /// In document order.
    arguments: Vec<Argument<'a>>,
}

struct Argument<'a> {
    /// Identifies it in the lock file, within its function.
    key: String,
    name: &'a str,
    ty: &'a Type,
}

/// Orders the arguments of all functions, and records their positions.
pub(super) fn with_locked_order(
    mut lowered: Lowered,
    former_names: &FormerNames,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Lowered {
    let locked = options.locked_names(&lowered.api.name);
    let methods: Vec<Function<'_>> = lowered.api.operations.iter().map(method).collect();
    let constructors = lowered.api.types.iter().map(|def| constructor(def, former_names));
    let constructors: Vec<Option<Function<'_>>> = constructors.collect();
    let functions: Vec<&Function<'_>> = methods.iter().chain(constructors.iter().flatten()).collect();
    if options.lock.is_none() {
        report_unlocked(&lowered.api, &functions, diagnostics);
    }
    for function in &functions {
        report_added(function, locked, diagnostics);
        lowered
            .locked_names
            .record_order(function.kind, function.ordered_keys(locked));
    }
    // A selection leaves out types whose constructors callers may get back.
    let current: HashSet<&str> = constructors
        .iter()
        .flatten()
        .map(|function| function.owners[0])
        .collect();
    lowered
        .locked_names
        .keep_order(NameKind::Members, locked, |owner| !current.contains(owner));

    let method_orders: Vec<_> = methods.iter().map(|method| method.new_order(locked)).collect();
    let constructor_orders: Vec<_> = constructors
        .iter()
        .map(|function| function.as_ref()?.new_order(locked))
        .collect();
    for (operation, order) in lowered.api.operations.iter_mut().zip(method_orders) {
        operation.argument_order = order.unwrap_or_default();
    }
    for (def, order) in lowered.api.types.iter_mut().zip(constructor_orders) {
        if let TypeKind::Struct(object) = &mut def.kind {
            object.argument_order = order.unwrap_or_default();
        }
    }
    lowered
}

fn method(operation: &Operation) -> Function<'_> {
    let arguments = operation.arguments().into_iter().map(|argument| Argument {
        key: argument_key(argument),
        name: argument.name(),
        ty: argument.ty(),
    });
    Function {
        kind: NameKind::Arguments,
        owners: vec![&operation.method_name],
        name: operation.method_name.clone(),
        place: &operation.place,
        arguments: arguments.collect(),
    }
}

/// The constructor of a struct that callers create.
fn constructor<'a>(def: &'a TypeDef, former_names: &'a FormerNames) -> Option<Function<'a>> {
    let TypeKind::Struct(object) = &def.kind else {
        return None;
    };
    let arguments = object.arguments().into_iter().map(|field| Argument {
        key: member_key(&field.wire),
        name: &field.name,
        ty: &field.ty,
    });
    let former = former_names.get(&def.name).into_iter().flatten();
    def.usage.sent.then(|| Function {
        kind: NameKind::Members,
        owners: std::iter::once(&def.name)
            .chain(former)
            .map(String::as_str)
            .collect(),
        name: format!("{}::new", def.name),
        place: &def.place,
        arguments: arguments.collect(),
    })
}

impl Function<'_> {
    /// The positions in the lock file: those under the first name for which it has one.
    fn positions(&self, locked: &LockedNames) -> Vec<Option<u32>> {
        let of_owner = |owner: &&str| -> Vec<Option<u32>> {
            let keys = self
                .arguments
                .iter()
                .map(|argument| lock_key(owner, &argument.key));
            keys.map(|key| locked.position(self.kind, &key)).collect()
        };
        let mut candidates = self.owners.iter().map(of_owner);
        let known = candidates.find(|positions| positions.iter().any(Option::is_some));
        known.unwrap_or_else(|| vec![None; self.arguments.len()])
    }

    /// The arguments in their order: indices into the list in document order.
    fn order(&self, locked: &LockedNames) -> Vec<usize> {
        let positions = self.positions(locked);
        let mut order: Vec<usize> = (0..self.arguments.len()).collect();
        order.sort_by_key(|&index| positions[index].unwrap_or(u32::MAX));
        order
    }

    /// The order of the arguments if it is not that of the document.
    fn new_order(&self, locked: &LockedNames) -> Option<Vec<usize>> {
        let order = self.order(locked);
        (!order.is_sorted()).then_some(order)
    }

    /// The keys in the lock file, in the order of the arguments.
    fn ordered_keys(&self, locked: &LockedNames) -> Vec<String> {
        let order = self.order(locked).into_iter();
        let keys = order.map(|index| lock_key(self.owners[0], &self.arguments[index].key));
        keys.collect()
    }

    /// Whether calls that swap two arguments compile.
    fn has_arguments_of_one_type(&self, api: &Api) -> bool {
        let mut types = HashSet::new();
        let mut types_of = self
            .arguments
            .iter()
            .map(|argument| api.resolve_aliases(argument.ty));
        !types_of.all(|ty| types.insert(format!("{ty:?}")))
    }
}

/// Reports the arguments that a function has in addition to those in the lock file.
fn report_added(function: &Function<'_>, locked: &LockedNames, diagnostics: &mut Diagnostics) {
    let positions = function.positions(locked);
    if positions.iter().all(Option::is_none) {
        return;
    }
    for (argument, position) in function.arguments.iter().zip(positions) {
        if position.is_none() {
            let place = function.place.span;
            diagnostics.report(rules::ARGUMENT_ADDED, place, &[&argument.name, &function.name]);
        }
    }
}

/// Reports, without a lock file, that a document in another order swaps arguments of existing calls in silence.
fn report_unlocked(api: &Api, functions: &[&Function<'_>], diagnostics: &mut Diagnostics) {
    let mut affected = functions
        .iter()
        .filter(|function| function.has_arguments_of_one_type(api));
    if let Some(first) = affected.next() {
        let count = affected.count();
        let others = match count {
            0 => String::new(),
            1 => " and of one other function".to_owned(),
            _ => format!(" and of {count} other functions"),
        };
        diagnostics.report(
            rules::ARGUMENT_ORDER_UNLOCKED,
            first.place.span,
            &[&first.name, &others],
        );
    }
}
