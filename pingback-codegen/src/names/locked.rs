//! The names that were given once and hold from then on: what a lock file keeps of an output.

use std::collections::{BTreeMap, HashSet};

/// What kind of thing a name that is kept belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Arguments and bodies, by where they are sent and what they are on the wire. What has the name wherever it
    /// occurs, without being spelled as most are, has one line; what is named otherwise than by right in some
    /// operation has a line that begins with the method and a full stop.
    Arguments,
    /// What is set on the client: credentials, by their schemes, and headers.
    Client,
    /// The variants of error codes, by code.
    Codes,
    /// The cases of errors, by status and code; one line for all operations, or one for an operation, as with
    /// arguments.
    Errors,
    /// The sets of headers of responses, by their headers.
    Headers,
    /// Fields and variants that are not spelled as most are, by the name of their type, a full stop and what they are
    /// on the wire.
    Members,
    /// The methods of operations, by the pointer of the operation.
    Operations,
    /// How most properties and values are spelled, shown by what would become of `foo` and `bar`.
    Spellings,
    /// Types, by the pointer of their schema, with ` (sent)` or ` (form)` behind it for what is sent of a type of
    /// which something else is received.
    Types,
    /// The branches of unions that are not called like their types, by their components or by the name of the
    /// union, a full stop, and their components or places.
    Variants,
}

impl NameKind {
    /// All kinds, in the order in which they are written.
    pub const ALL: [Self; 10] = [
        Self::Arguments,
        Self::Client,
        Self::Codes,
        Self::Errors,
        Self::Headers,
        Self::Members,
        Self::Operations,
        Self::Spellings,
        Self::Types,
        Self::Variants,
    ];

    /// What the kind is called in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Arguments => "arguments",
            Self::Client => "client",
            Self::Codes => "codes",
            Self::Errors => "errors",
            Self::Headers => "headers",
            Self::Members => "members",
            Self::Operations => "operations",
            Self::Spellings => "spellings",
            Self::Types => "types",
            Self::Variants => "variants",
        }
    }

    /// Whether no two things have one name, which otherwise holds within a type or an operation.
    #[must_use]
    pub fn is_unique(self) -> bool {
        match self {
            Self::Client | Self::Codes | Self::Headers | Self::Operations | Self::Types => true,
            Self::Arguments | Self::Errors | Self::Members | Self::Spellings | Self::Variants => false,
        }
    }
}

/// What a name is kept for. Keys are in the order in which people list codes: numbers by what they count, before
/// all else.
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
}

/// The names that one output keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockedNames {
    kinds: BTreeMap<NameKind, BTreeMap<Key, String>>,
}

impl LockedNames {
    /// No names at all.
    pub const NONE: &'static Self = &Self {
        kinds: BTreeMap::new(),
    };

    /// The name that is kept for something.
    #[must_use]
    pub fn get(&self, kind: NameKind, key: &str) -> Option<&str> {
        Some(self.kinds.get(&kind)?.get(&Key::new(key))?.as_str())
    }

    /// All names of a kind with what they are kept for, in the order of that.
    pub fn of(&self, kind: NameKind) -> impl Iterator<Item = (String, &str)> {
        let names = self.kinds.get(&kind).into_iter().flatten();
        names.map(|(key, name)| (key.text(), name.as_str()))
    }

    /// Keeps a name.
    pub fn insert(&mut self, kind: NameKind, key: &str, name: impl Into<String>) {
        let names = self.kinds.entry(kind).or_default();
        names.insert(Key::new(key), name.into());
    }

    /// Is nothing kept?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.values().all(BTreeMap::is_empty)
    }

    /// Keeps other names as well, as far as both they and what they are for have nothing yet.
    pub(crate) fn add(&mut self, others: &Self) {
        for (&kind, names) in &others.kinds {
            let own = self.kinds.entry(kind).or_default();
            let taken: HashSet<String> = own.values().cloned().collect();
            for (key, name) in names {
                if !(own.contains_key(key) || kind.is_unique() && taken.contains(name)) {
                    own.insert(key.clone(), name.clone());
                }
            }
        }
    }

    /// What is kept from now on if `now` is what has names now. A code that an API drops keeps its name, for its
    /// return and so that no other code is given it; whatever else is gone gives its name back.
    pub(crate) fn replace(&mut self, now: &Self) {
        let mut codes = self.kinds.remove(&NameKind::Codes).unwrap_or_default();
        self.kinds.clone_from(&now.kinds);
        if let Some(new) = now.kinds.get(&NameKind::Codes) {
            for (code, name) in new {
                codes.entry(code.clone()).or_insert_with(|| name.clone());
            }
        }
        if !codes.is_empty() {
            self.kinds.insert(NameKind::Codes, codes);
        }
        self.kinds.retain(|_, names| !names.is_empty());
    }
}
