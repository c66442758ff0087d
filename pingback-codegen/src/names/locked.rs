//! The names that the lock file holds for one output.

use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What kind of item a locked name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Parameters and bodies of operations, and the methods that choose a media type. By operation.
    Arguments,
    /// Credentials and headers that are set on the client.
    Client,
    /// Variants of the enum of all error codes, by code.
    Codes,
    /// Variants of the error enum of an operation, by status and code. By operation.
    Errors,
    /// Structs for the headers of responses, by these headers.
    Headers,
    /// Fields of structs and variants of enums, by their name or value in JSON. By type.
    Members,
    /// Methods of operations, by HTTP method and path.
    Operations,
    /// Functions for servers with variables, by URL.
    Servers,
    /// Types, by the place of their schema.
    Types,
    /// Variants of unions, by component or by place in the union. By type.
    Variants,
}

impl NameKind {
    /// All kinds, in the order of the lock file.
    pub const ALL: [Self; 10] = [
        Self::Arguments,
        Self::Client,
        Self::Codes,
        Self::Errors,
        Self::Headers,
        Self::Members,
        Self::Operations,
        Self::Servers,
        Self::Types,
        Self::Variants,
    ];

    /// The name of the kind's table in the lock file.
    #[must_use]
    pub fn table(self) -> &'static str {
        match self {
            Self::Arguments => "arguments",
            Self::Client => "client",
            Self::Codes => "codes",
            Self::Errors => "errors",
            Self::Headers => "headers",
            Self::Members => "members",
            Self::Operations => "operations",
            Self::Servers => "servers",
            Self::Types => "types",
            Self::Variants => "variants",
        }
    }

    /// Whether names of this kind are unique in the whole API, and not only within a type or an operation.
    #[must_use]
    pub fn is_unique_in_api(self) -> bool {
        match self {
            Self::Client | Self::Codes | Self::Headers | Self::Operations | Self::Servers | Self::Types => {
                true
            }
            Self::Arguments | Self::Errors | Self::Members | Self::Variants => false,
        }
    }
}

/// The key of a locked name. Keys that are numbers sort by value, before all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Text(String),
}

impl Key {
    fn new(text: &str) -> Self {
        match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The type or operation that the item belongs to.
    fn owner(&self) -> &str {
        match self {
            Self::Number(_) => "",
            Self::Text(text) => text.split_once('.').map_or("", |(owner, _)| owner),
        }
    }
}

/// A name in the lock file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedName {
    /// The Rust name.
    pub name: String,
    /// Orders the arguments of a function. Only the order of the numbers matters. They have gaps, so that inserting an
    /// argument changes no other line.
    pub position: Option<u32>,
}

/// The names that the lock file holds for one output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockedNames {
    kinds: BTreeMap<NameKind, BTreeMap<Key, LockedName>>,
}

/// The distance between the positions of neighbours in a new list.
const POSITION_GAP: u32 = 10;

impl LockedNames {
    /// Without any names.
    pub const NONE: &'static Self = &Self {
        kinds: BTreeMap::new(),
    };

    /// The name of an item.
    #[must_use]
    pub fn get(&self, kind: NameKind, key: &str) -> Option<&str> {
        Some(self.kinds.get(&kind)?.get(&Key::new(key))?.name.as_str())
    }

    /// The position of an argument.
    #[must_use]
    pub fn position(&self, kind: NameKind, key: &str) -> Option<u32> {
        self.kinds.get(&kind)?.get(&Key::new(key))?.position
    }

    /// All keys and names of a kind, sorted by key.
    pub fn of(&self, kind: NameKind) -> impl Iterator<Item = (String, &str)> {
        self.entries(kind).map(|(key, entry)| (key, entry.name.as_str()))
    }

    /// All keys and names of a kind with their positions, sorted by key.
    pub fn entries(&self, kind: NameKind) -> impl Iterator<Item = (String, &LockedName)> {
        let entries = self.kinds.get(&kind).into_iter().flatten();
        entries.map(|(key, entry)| (key.text(), entry))
    }

    /// The names of the items of one type or operation.
    pub fn of_owner<'l>(&'l self, kind: NameKind, owner: &str) -> impl Iterator<Item = &'l str> {
        let prefix = format!("{owner}.");
        let entries = self.kinds.get(&kind).into_iter();
        let from = Key::Text(prefix.clone());
        let entries = entries.flat_map(move |entries| entries.range(from.clone()..));
        let entries = entries.take_while(move |(key, _)| match key {
            Key::Number(_) => false,
            Key::Text(text) => text.starts_with(&prefix),
        });
        entries.map(|(_, entry)| entry.name.as_str())
    }

    /// Adds a name, or replaces the one that the key has.
    pub fn insert(&mut self, kind: NameKind, key: &str, name: impl Into<String>) {
        self.insert_entry(
            kind,
            key,
            LockedName {
                name: name.into(),
                position: None,
            },
        );
    }

    /// Adds a name with its position, or replaces the one that the key has.
    pub fn insert_entry(&mut self, kind: NameKind, key: &str, entry: LockedName) {
        self.kinds.entry(kind).or_default().insert(Key::new(key), entry);
    }

    /// Records the order of the arguments of one function, by their keys.
    pub fn record_order(&mut self, kind: NameKind, keys: impl IntoIterator<Item = String>) {
        let entries = self.kinds.entry(kind).or_default();
        for (position, key) in (1..).zip(keys) {
            if let Some(entry) = entries.get_mut(&Key::new(&key)) {
                entry.position = Some(position);
            }
        }
    }

    /// Takes over the positions in `locked` of all arguments whose owner meets a condition.
    pub fn keep_order(&mut self, kind: NameKind, locked: &Self, condition: impl Fn(&str) -> bool) {
        let Some(locked) = locked.kinds.get(&kind) else {
            return;
        };
        for (key, entry) in self.kinds.entry(kind).or_default() {
            if condition(key.owner()) {
                entry.position = locked.get(key).and_then(|entry| entry.position);
            }
        }
    }

    /// Whether there are no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.values().all(BTreeMap::is_empty)
    }

    /// Adds those names of `others` whose key has no name here, and whose name no other key has.
    pub(crate) fn add_missing(&mut self, others: &Self) {
        for (&kind, names) in &others.kinds {
            let own = self.kinds.entry(kind).or_default();
            let taken: HashSet<String> = own.values().map(|entry| entry.name.clone()).collect();
            let owners: HashSet<String> = own.keys().map(|key| key.owner().to_owned()).collect();
            for (key, entry) in names {
                if own.contains_key(key) || kind.is_unique_in_api() && taken.contains(&entry.name) {
                    continue;
                }
                let mut entry = entry.clone();
                // `self` already has the order of the owner's arguments.
                entry.position = entry.position.filter(|_| !owners.contains(key.owner()));
                own.insert(key.clone(), entry);
            }
        }
    }

    /// Replaces all names by the current ones of an output. A removed error code keeps its line: no other code gets its
    /// name, and it has the same name if it is added again.
    pub(crate) fn update(&mut self, now: &Self) {
        let mut new = now.clone();
        for (kind, entries) in &mut new.kinds {
            let old = self.kinds.remove(kind).unwrap_or_default();
            place_between(entries, &old);
            if *kind == NameKind::Codes {
                for (code, entry) in old {
                    entries.entry(code).or_insert(entry);
                }
            }
        }
        if let Some(codes) = self.kinds.remove(&NameKind::Codes) {
            new.kinds.insert(NameKind::Codes, codes);
        }
        new.kinds.retain(|_, names| !names.is_empty());
        *self = new;
    }
}

/// Replaces consecutive positions: by the old ones where these are in the right order, elsewhere by numbers between
/// them.
fn place_between(entries: &mut BTreeMap<Key, LockedName>, old: &BTreeMap<Key, LockedName>) {
    let owners: BTreeSet<String> = entries
        .iter()
        .filter(|(_, entry)| entry.position.is_some())
        .map(|(key, _)| key.owner().to_owned())
        .collect();
    let mut lists: BTreeMap<&str, Vec<(&Key, &mut LockedName)>> =
        owners.iter().map(|owner| (owner.as_str(), Vec::new())).collect();
    for (key, entry) in entries.iter_mut().filter(|(_, entry)| entry.position.is_some()) {
        if let Some(list) = lists.get_mut(key.owner()) {
            list.push((key, entry));
        }
    }
    for list in lists.values_mut() {
        list.sort_by_key(|(_, entry)| entry.position);
        let old: Vec<Option<u32>> = list
            .iter()
            .map(|(key, _)| old.get(key).and_then(|entry| entry.position))
            .collect();
        for ((_, entry), position) in list.iter_mut().zip(positions(&old)) {
            entry.position = Some(position);
        }
    }
}

/// Increasing numbers for a list. As many old numbers as possible stay; the other items get numbers in the gaps. If a
/// gap is too small, all items get new numbers.
fn positions(old: &[Option<u32>]) -> Vec<u32> {
    let unchanged = longest_increasing(old);
    let mut numbers = Vec::with_capacity(old.len());
    let mut before = 0;
    for (at, position) in unchanged.iter().enumerate() {
        let number = position.or_else(|| {
            let rest = &unchanged[at..];
            let Some((count, next)) = (1..).zip(rest).find_map(|(count, next)| Some((count, (*next)?)))
            else {
                return u32::checked_add(before, POSITION_GAP);
            };
            // `count` steps lead from the number before to the next.
            let step = (next - before) / count;
            (step > 0).then(|| before + step)
        });
        let Some(number) = number else {
            return (1..)
                .take(old.len())
                .map(|number: u32| number.saturating_mul(POSITION_GAP))
                .collect();
        };
        numbers.push(number);
        before = number;
    }
    numbers
}

/// The longest subsequence of numbers that increase; `None` in place of all others.
fn longest_increasing(numbers: &[Option<u32>]) -> Vec<Option<u32>> {
    // For each number the length of the longest subsequence that ends with it, and the index of the one before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|&before| numbers[before].is_some() && numbers[before] < *number);
        let before = before.max_by_key(|&before| best[before].0);
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut unchanged = vec![None; numbers.len()];
    let ends = (0..numbers.len()).filter(|&at| numbers[at].is_some());
    let mut next = ends.max_by_key(|&at| best[at].0);
    while let Some(at) = next {
        unchanged[at] = numbers[at];
        next = best[at].1;
    }
    unchanged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_added_argument_changes_no_other_position() {
        assert_eq!(positions(&[None, None, None]), [10, 20, 30]);
        assert_eq!(positions(&[Some(10), None, Some(20)]), [10, 15, 20]);
        assert_eq!(
            positions(&[None, Some(10), None, None, Some(20), None]),
            [5, 10, 13, 16, 20, 30]
        );
        assert_eq!(positions(&[Some(10), Some(30)]), [10, 30]);
    }

    #[test]
    fn an_argument_that_moved_is_placed_anew() {
        assert_eq!(positions(&[Some(20), Some(10)]), [5, 10]);
        assert_eq!(positions(&[Some(30), Some(10), Some(20)]), [5, 10, 20]);
        assert_eq!(positions(&[Some(20), Some(30), Some(10)]), [20, 30, 40]);
    }

    #[test]
    fn without_a_gap_all_positions_are_new() {
        assert_eq!(positions(&[Some(1), None, Some(2)]), [10, 20, 30]);
    }
}
