//! Names in many small scopes (the arguments of each operation, the cases of its errors, the branches of each
//! union): what everything would be called by itself in, unique names out that stay.
//!
//! Of all things of an API that want one name one has it by right, in every scope where it occurs. So a lock file
//! needs no line for it, or a single one where its right is not plain to see; whatever else wants the name, and
//! whatever does not have the name that it wants, has a line for each scope that it is in, from the day it comes.

use crate::names::{LockedNames, NameKind, UniqueNames};
use std::collections::{HashMap, HashSet};

/// How a thing comes to have a name by right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// By what it is: of all things that may ever want the name, only this one is so.
    Plain,
    /// By being there first, in one scope or another.
    First,
    /// Never: its key says where it stands, which is nothing to rely on.
    Never,
}

/// A thing in want of a name.
pub(crate) struct Thing<'t> {
    /// What it is, the same in every scope.
    pub(crate) key: String,
    /// What it would be called by itself.
    pub(crate) wanted: String,
    /// What it is called where that is taken, but for a number.
    pub(crate) otherwise: String,
    pub(crate) right: Right,
    /// Where the name goes.
    pub(crate) name: &'t mut String,
}

/// Things with names of their own.
pub(crate) struct Scope<'t> {
    /// What the scope is called, the name that goes into the lock file first.
    pub(crate) called: Vec<String>,
    /// It was there before, so that a thing without a line may be older than the others.
    pub(crate) is_old: bool,
    /// The names that are not to be had.
    pub(crate) taken: UniqueNames,
    /// In the order in which they are asked where everything is new.
    pub(crate) things: Vec<Thing<'t>>,
}

/// Names everything.
pub(crate) fn settle(kind: NameKind, mut scopes: Vec<Scope<'_>>, old: &LockedNames, new: &mut LockedNames) {
    for thing in scopes.iter_mut().flat_map(|scope| &mut scope.things) {
        if thing.right == Right::First
            && let Some(name) = old.get(kind, &thing.key)
        {
            name.clone_into(&mut thing.wanted);
        }
    }
    let rights = rights(kind, &scopes, old);
    for (name, (key, right)) in &rights {
        if *right == Right::First {
            new.insert(kind, key, name.as_str());
        }
    }
    let given = given(kind, old);
    for scope in scopes {
        let own = |key: &str| scope.called.first().map(|scope| format!("{scope}.{key}"));
        let kept = |thing: &Thing<'_>| {
            let mut lines = scope.called.iter();
            lines.find_map(|called| old.get(kind, &format!("{called}.{}", thing.key)))
        };
        let by_right = |thing: &Thing<'_>| {
            let holder = rights.get(&thing.wanted);
            thing.right != Right::Never && holder.is_some_and(|(key, _)| *key == thing.key)
        };
        let has_been_given = |thing: &Thing<'_>| {
            let mut lists = scope.called.iter().filter_map(|called| given.get(called));
            thing.right == Right::Never && lists.any(|names| names.contains(thing.wanted.as_str()))
        };
        // A thing of a place that had none before, which is called as another was that is called otherwise now: things
        // were put between others. So a place may be another thing's by now, whose name is not to go with it.
        let still = |name: &str| {
            let mut things = scope.things.iter();
            things.any(|thing| thing.wanted == name && kept(thing) == Some(name))
        };
        let is_shifted = scope
            .things
            .iter()
            .any(|thing| has_been_given(thing) && kept(thing).is_none() && !still(&thing.wanted));
        let mut names = scope.taken.clone();
        let mut done: Vec<Option<String>> = vec![None; scope.things.len()];
        for round in 0..4 {
            for (thing, done) in scope.things.iter().zip(&mut done) {
                if done.is_some() {
                    continue;
                }
                let name = match round {
                    0 => kept(thing).filter(|kept| thing.right != Right::Never || *kept == thing.wanted),
                    1 => Some(thing.wanted.as_str()).filter(|_| is_shifted && has_been_given(thing)),
                    2 => kept(thing),
                    _ => Some(thing.wanted.as_str()).filter(|_| scope.is_old && by_right(thing)),
                };
                *done = name.filter(|name| names.reserve(name)).map(str::to_owned);
            }
        }
        for (thing, done) in scope.things.iter().zip(&mut done) {
            if done.is_none() {
                let name = if names.reserve(&thing.wanted) {
                    thing.wanted.clone()
                } else {
                    names.make_unique(&thing.otherwise)
                };
                *done = Some(name);
            }
        }
        for (thing, name) in scope.things.iter().zip(&done) {
            let name = name.as_deref().unwrap_or_default();
            if !(by_right(thing) && name == thing.wanted)
                && let Some(own) = own(&thing.key)
            {
                new.insert(kind, &own, name);
            }
        }
        for (thing, name) in scope.things.into_iter().zip(done) {
            *thing.name = name.unwrap_or_default();
        }
    }
}

/// What has each name by right. A line in the lock file says so, or it is plain to see; what is left goes to the
/// thing that wants the name in most scopes, and of several such to the first.
fn rights(kind: NameKind, scopes: &[Scope<'_>], old: &LockedNames) -> HashMap<String, (String, Right)> {
    let mut rights: HashMap<String, (String, Right)> = HashMap::new();
    let mut counts: HashMap<(&str, &str), (usize, usize)> = HashMap::new();
    let things = || scopes.iter().flat_map(|scope| &scope.things);
    let all = things().count();
    for (at, thing) in things().enumerate() {
        match thing.right {
            Right::First => {
                let count = counts.entry((&thing.wanted, &thing.key));
                count.or_insert((0, all - at)).0 += 1;
                if old.get(kind, &thing.key) == Some(&thing.wanted) {
                    let holder = || (thing.key.clone(), Right::First);
                    rights.entry(thing.wanted.clone()).or_insert_with(holder);
                }
            }
            Right::Plain | Right::Never => {}
        }
    }
    for thing in things().filter(|thing| thing.right == Right::Plain) {
        let holder = || (thing.key.clone(), Right::Plain);
        rights.entry(thing.wanted.clone()).or_insert_with(holder);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for ((wanted, key), _) in counts {
        let holder = || (key.to_owned(), Right::First);
        rights.entry(wanted.to_owned()).or_insert_with(holder);
    }
    rights
}

/// The names that each scope has lines for.
fn given(kind: NameKind, old: &LockedNames) -> HashMap<String, HashSet<&str>> {
    let mut given: HashMap<String, HashSet<&str>> = HashMap::new();
    for (key, name) in old.of(kind) {
        if let Some((scope, _)) = key.split_once('.') {
            given.entry(scope.to_owned()).or_default().insert(name);
        }
    }
    given
}
