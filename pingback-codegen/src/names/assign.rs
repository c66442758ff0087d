//! Assigns a unique name to each request. All names of the lock file are assigned by these rules:
//!
//! 1. An item that the configuration names has that name.
//! 2. An item that the lock file names keeps that name.
//! 3. Any other item gets the first of its proposed names that is free, or else the last one with a number. Preferred
//!    requests come first, then the order of the requests decides.
//!
//! Every assigned name is written to the lock file, so that a new item never takes the name of an existing one.

use super::{LockedNames, NameKind, UniqueNames, lock_key};
use std::collections::HashSet;

/// A request for the name of one item.
#[derive(Debug, Clone)]
pub struct NameRequest {
    /// Identifies the item in the lock file, within its scope.
    key: String,
    /// The key that the item had before.
    former_key: Option<String>,
    basis: KeyBasis,
    chosen: Option<String>,
    proposals: Vec<String>,
    priority: Priority,
    companion: Option<fn(&str) -> String>,
}

/// What the key of a request depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyBasis {
    /// The item's name in the document.
    Name,
    /// The item's position in a list: if an item is inserted before it, the key denotes another item.
    Position,
}

/// Which requests are served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Priority {
    Preferred,
    Normal,
}

impl NameRequest {
    /// A request for the name `proposal`. `key` identifies the item in its scope.
    #[must_use]
    pub fn new(key: impl Into<String>, proposal: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            former_key: None,
            basis: KeyBasis::Name,
            chosen: None,
            proposals: vec![proposal.into()],
            priority: Priority::Normal,
            companion: None,
        }
    }

    /// A request for the first of several names that is free.
    #[must_use]
    pub fn first_free(key: impl Into<String>, proposals: Vec<String>) -> Self {
        Self {
            proposals,
            ..Self::new(key, "")
        }
    }

    /// Adds a name to use if those before are taken.
    #[must_use]
    pub fn or(mut self, name: impl Into<String>) -> Self {
        self.proposals.push(name.into());
        self
    }

    /// Sets the name that the configuration gives.
    #[must_use]
    pub fn chosen(mut self, name: Option<String>) -> Self {
        self.chosen = name;
        self
    }

    /// Sets the key that the item had before: it keeps the name that the lock file has for that key.
    #[must_use]
    pub fn formerly(mut self, key: Option<String>) -> Self {
        self.former_key = key;
        self
    }

    /// Lets the request come before those that are not preferred.
    #[must_use]
    pub fn preferred(mut self) -> Self {
        self.priority = Priority::Preferred;
        self
    }

    /// Marks the key as one that depends on the position of the item.
    #[must_use]
    pub fn by_position(mut self) -> Self {
        self.basis = KeyBasis::Position;
        self
    }

    /// Adds a second name, derived from the item's name, which must be free as well.
    #[must_use]
    pub fn with_companion(mut self, companion: fn(&str) -> String) -> Self {
        self.companion = Some(companion);
        self
    }

    /// The name that the item gets if no other has it.
    fn first_choice(&self) -> &str {
        self.proposals.first().map_or("", String::as_str)
    }
}

/// Where names have to be unique.
#[derive(Debug, Clone)]
pub struct Scope {
    kind: NameKind,
    /// The type or operation that the names belong to, by its name and its former names. Empty if the names are
    /// unique in the whole API.
    owners: Vec<String>,
    taken: UniqueNames,
}

impl Scope {
    /// The whole API.
    #[must_use]
    pub fn api(kind: NameKind) -> Self {
        Self {
            kind,
            owners: Vec::new(),
            taken: UniqueNames::default(),
        }
    }

    /// A type or an operation.
    #[must_use]
    pub fn of(kind: NameKind, owner: impl Into<String>) -> Self {
        Self {
            owners: vec![owner.into()],
            ..Self::api(kind)
        }
    }

    /// Adds former names of the owner: the lock file may list its items under these.
    #[must_use]
    pub fn formerly(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.owners.extend(names);
        self
    }

    /// Names that no item may get.
    #[must_use]
    pub fn without<'n>(mut self, names: impl IntoIterator<Item = &'n str>) -> Self {
        for name in names {
            self.taken.reserve(name);
        }
        self
    }

    /// Takes a name. Returns false if it is taken already.
    pub fn take(&mut self, name: &str) -> bool {
        self.taken.reserve(name)
    }

    /// The key of an item in the lock file.
    fn key_of(&self, key: &str) -> String {
        match self.owners.first() {
            Some(owner) => lock_key(owner, key),
            None => key.to_owned(),
        }
    }

    /// The name that an item has in the lock file. A file of version 1 may have one line for all scopes.
    #[must_use]
    pub fn locked_name<'l>(&self, key: &str, locked: &'l LockedNames) -> Option<&'l str> {
        let mut owners = self.owners.iter();
        let own = owners.find_map(|owner| locked.get(self.kind, &lock_key(owner, key)));
        own.or_else(|| locked.get(self.kind, key))
    }

    /// Names for items, in the order of the requests. Names that were assigned in the scope before are taken.
    pub fn assign(&mut self, requests: &[NameRequest], locked: &LockedNames) -> Vec<String> {
        let mut names = self.assign_fixed(requests, locked);
        for priority in [Priority::Preferred, Priority::Normal] {
            for (request, name) in requests.iter().zip(&mut names) {
                if name.is_none() && request.priority == priority {
                    *name = Some(first_free(&request.proposals, request.companion, &mut self.taken));
                }
            }
        }
        names.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Names for those items that the configuration or the lock file names.
    pub fn assign_fixed(&mut self, requests: &[NameRequest], locked: &LockedNames) -> Vec<Option<String>> {
        let mut names: Vec<Option<String>> = requests
            .iter()
            .map(|request| {
                let chosen = request.chosen.as_ref()?;
                Some(first_free(
                    std::slice::from_ref(chosen),
                    request.companion,
                    &mut self.taken,
                ))
            })
            .collect();
        let locked_names: Vec<Option<&str>> = requests
            .iter()
            .map(|request| {
                let keys = std::iter::once(&request.key).chain(&request.former_key);
                keys.into_iter().find_map(|key| self.locked_name(key, locked))
            })
            .collect();
        let moved = self.moved_names(requests, &locked_names, locked);
        let each = || requests.iter().zip(&locked_names);
        // A key that depends on a position denotes the same item only if the item requests the same name.
        let certain: Vec<Option<&str>> = each()
            .map(|(request, name)| {
                name.filter(|name| request.basis == KeyBasis::Name || *name == request.first_choice())
            })
            .collect();
        let by_name: Vec<Option<&str>> = each()
            .map(|(request, _)| {
                let is_moved = request.basis == KeyBasis::Position && moved.contains(request.first_choice());
                is_moved.then(|| request.first_choice())
            })
            .collect();
        for candidates in [certain, by_name, locked_names] {
            // A locked name has priority over a companion.
            for has_companion in [false, true] {
                for (at, request) in requests.iter().enumerate() {
                    if names[at].is_none() && request.companion.is_some() == has_companion {
                        let name = candidates[at];
                        let name = name.filter(|name| take(name, request.companion, &mut self.taken));
                        names[at] = name.map(str::to_owned);
                    }
                }
            }
        }
        names
    }

    /// The names of the scope in the lock file, if items that are keyed by position have moved. They have if an item
    /// without a line requests one of these names, and no item has the name at its old position.
    fn moved_names<'l>(
        &self,
        requests: &[NameRequest],
        locked_names: &[Option<&str>],
        locked: &'l LockedNames,
    ) -> HashSet<&'l str> {
        if requests.iter().all(|request| request.basis == KeyBasis::Name) {
            return HashSet::new();
        }
        let owners = self.owners.iter();
        let of_scope: HashSet<&str> = owners
            .flat_map(|owner| locked.of_owner(self.kind, owner))
            .collect();
        let is_in_place = |proposal: &str| {
            let mut items = requests.iter().zip(locked_names);
            items.any(|(request, name)| request.first_choice() == proposal && *name == Some(proposal))
        };
        let has_moved = requests.iter().zip(locked_names).any(|(request, name)| {
            let proposal = request.first_choice();
            request.basis == KeyBasis::Position
                && name.is_none()
                && of_scope.contains(proposal)
                && !is_in_place(proposal)
        });
        if has_moved { of_scope } else { HashSet::new() }
    }
}

/// Takes a name and its companion. Returns false if one of them is taken already.
fn take(name: &str, companion: Option<fn(&str) -> String>, taken: &mut UniqueNames) -> bool {
    taken.reserve(name) && companion.is_none_or(|companion| taken.reserve(&companion(name)))
}

/// Reserves the first name that is free, or else the last with a number.
fn first_free(
    proposals: &[String],
    companion: Option<fn(&str) -> String>,
    taken: &mut UniqueNames,
) -> String {
    for name in proposals {
        if take(name, companion, taken) {
            return name.clone();
        }
    }
    let last = proposals.last().map_or("unnamed", String::as_str);
    loop {
        let name = taken.make_unique(last);
        if companion.is_none_or(|companion| taken.reserve(&companion(&name))) {
            return name;
        }
    }
}

impl LockedNames {
    /// Adds the names of the items of a scope.
    pub fn record(&mut self, scope: &Scope, requests: &[NameRequest], names: &[String]) {
        for (request, name) in requests.iter().zip(names) {
            self.insert(scope.kind, &scope.key_of(&request.key), name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope::of(NameKind::Variants, "Pet")
    }

    fn locked(lines: &[(&str, &str)]) -> LockedNames {
        let mut locked = LockedNames::default();
        for (key, name) in lines {
            locked.insert(NameKind::Variants, key, *name);
        }
        locked
    }

    #[test]
    fn without_a_lock_the_order_decides() {
        let requests = [
            NameRequest::new("a", "Cat"),
            NameRequest::new("b", "Cat").or("CatB"),
            NameRequest::new("c", "Cat").or("CatB"),
            NameRequest::new("d", "Dog"),
            NameRequest::new("e", "Dog").preferred(),
        ];
        let names = scope().assign(&requests, LockedNames::NONE);
        assert_eq!(names, ["Cat", "CatB", "CatB2", "Dog2", "Dog"]);
    }

    #[test]
    fn a_chosen_name_comes_before_a_locked_one_and_both_before_the_rest() {
        let requests = [
            NameRequest::new("a", "Cat").preferred(),
            NameRequest::new("b", "Bird"),
            NameRequest::new("c", "Dog").chosen(Some("Dog".to_owned())),
            NameRequest::new("d", "Fox"),
        ];
        let locked = locked(&[("Pet.b", "Cat"), ("Pet.d", "Dog")]);
        assert_eq!(scope().assign(&requests, &locked), ["Cat2", "Cat", "Dog", "Fox"]);
    }

    #[test]
    fn a_line_without_an_owner_holds_in_all_scopes() {
        let requests = [NameRequest::new("a", "Cat"), NameRequest::new("b", "Dog")];
        let locked = locked(&[("a", "Dog"), ("Old.b", "Puppy")]);
        let mut scope = scope().formerly(["Old".to_owned()]);
        assert_eq!(scope.assign(&requests, &locked), ["Dog", "Puppy"]);
    }

    #[test]
    fn an_inserted_item_takes_no_name_of_those_after_it() {
        let requests = ["Bird", "Cat", "Dog"];
        let requests = [0, 1, 2].map(|at| NameRequest::new(at.to_string(), requests[at]).by_position());
        let locked = locked(&[("Pet.0", "Cat"), ("Pet.1", "Dog")]);
        assert_eq!(scope().assign(&requests, &locked), ["Bird", "Cat", "Dog"]);
    }

    #[test]
    fn an_item_that_changes_in_place_keeps_its_name() {
        let requests = [("0", "Bird"), ("1", "Dog")];
        let requests = requests.map(|(key, proposal)| NameRequest::new(key, proposal).by_position());
        let locked = locked(&[("Pet.0", "Cat"), ("Pet.1", "Dog")]);
        assert_eq!(scope().assign(&requests, &locked), ["Cat", "Dog"]);
    }

    #[test]
    fn a_companion_is_as_unique_as_the_name() {
        let companion = |name: &str| format!("{name}_provider");
        let requests = [
            NameRequest::new("a", "token").with_companion(companion),
            NameRequest::new("b", "token_provider"),
            NameRequest::new("c", "token").with_companion(companion),
        ];
        let mut scope = Scope::api(NameKind::Client);
        let names = scope.assign(&requests, LockedNames::NONE);
        assert_eq!(names, ["token", "token_provider_2", "token_2"]);
    }
}
