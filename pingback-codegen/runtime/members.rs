//! Objects that are read: each member into the field that it belongs to.
//!
//! This stands in for serde's derived impls, which cost several times as much to compile for each type, and say
//! nothing of the member in which they failed.

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct that is an object on the wire.
pub trait FromMembers<'de>: Sized {
    /// What it is called, for messages.
    const NAME: &'static str;
    /// The names of its members on the wire. [`Members::next`] gives their numbers.
    const MEMBERS: &'static [&'static str];

    /// Reads all members.
    fn from_members<A: MapAccess<'de>>(members: Members<'de, A>) -> Result<Self, A::Error>;
}

/// Reads an object.
pub fn object<'de, T: FromMembers<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: FromMembers<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object, `{}`", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_members(Members {
            map,
            names: T::MEMBERS,
            current: Name::Known(0),
            error: None,
        })
    }
}

/// The members of an object, one after the other.
#[derive(Debug)]
pub struct Members<'de, A: MapAccess<'de>> {
    map: A,
    names: &'static [&'static str],
    current: Name,
    /// What was wrong with the last value. It is kept here, so that the code of a type need not look at it.
    error: Option<A::Error>,
}

/// The name of a member.
#[derive(Debug)]
enum Name {
    /// By its number among the names of the type.
    Known(usize),
    Other(String),
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// Goes to the next member, and gives the number of its name; one that is not known has a number that no
    /// name has.
    pub fn next(&mut self) -> Result<Option<usize>, A::Error> {
        if let Some(error) = self.error.take() {
            let name = match &self.current {
                Name::Known(number) => self.names.get(*number).copied().unwrap_or_default(),
                Name::Other(name) => name,
            };
            return Err(Error::custom(format_args!("in `{name}`: {error}")));
        }
        // As a rule members come in the order in which they are documented.
        let likely = match self.current {
            Name::Known(number) => number,
            Name::Other(_) => 0,
        };
        let names = Names {
            names: self.names,
            likely,
        };
        let Some(name) = self.map.next_key_seed(names)? else {
            return Ok(None);
        };
        let number = match name {
            Name::Known(number) => number,
            Name::Other(_) => self.names.len(),
        };
        self.current = name;
        Ok(Some(number))
    }

    /// Reads the value of the member into a field that can be missing.
    pub fn read<T: Deserialize<'de>>(&mut self, field: &mut T) {
        match self.map.next_value() {
            Ok(value) => *field = value,
            Err(error) => self.error = Some(error),
        }
    }

    /// Reads the value of the member; `null` is one of the values that a field can have.
    pub fn read_some<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) {
        match self.map.next_value() {
            Ok(value) => *field = Some(value),
            Err(error) => self.error = Some(error),
        }
    }

    /// Reads the value of a member that is not known.
    pub fn read_other<T: Deserialize<'de>>(&mut self, others: &mut BTreeMap<String, T>) {
        match (self.map.next_value(), &mut self.current) {
            (Ok(value), Name::Other(name)) => {
                others.insert(std::mem::take(name), value);
            }
            (Ok(_), Name::Known(_)) => {}
            (Err(error), _) => self.error = Some(error),
        }
    }

    /// Leaves out the value of a member that is not known.
    pub fn skip(&mut self) {
        self.error = self.map.next_value::<IgnoredAny>().err();
    }
}

/// A member is missing that must be there.
pub fn missing<E: Error>(name: &'static str) -> E {
    E::missing_field(name)
}

/// Finds the number of a name.
struct Names {
    names: &'static [&'static str],
    /// Where to look first.
    likely: usize,
}

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Names {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        let (before, after) = self.names.split_at(self.likely.min(self.names.len()));
        let position = |names: &[&str]| names.iter().position(|known| *known == name);
        let number = position(after)
            .map(|number| number + before.len())
            .or_else(|| position(before));
        Ok(number.map_or_else(|| Name::Other(name.to_owned()), Name::Known))
    }
}
