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
            name: String::new(),
            error: None,
        })
    }
}

/// The members of an object, one after the other.
#[derive(Debug)]
pub struct Members<'de, A: MapAccess<'de>> {
    map: A,
    /// The name of the member whose value is to be read.
    name: String,
    /// What was wrong with the last value. It is kept here, so that the code of a type need not look at it.
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// Goes to the next member, and gives its name.
    pub fn next(&mut self) -> Result<Option<&str>, A::Error> {
        if let Some(error) = self.error.take() {
            return Err(Error::custom(format_args!("in `{}`: {error}", self.name)));
        }
        let name = self.map.next_key_seed(Name(&mut self.name))?;
        Ok(name.map(|()| self.name.as_str()))
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
        match self.map.next_value() {
            Ok(value) => {
                others.insert(std::mem::take(&mut self.name), value);
            }
            Err(error) => self.error = Some(error),
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

/// Where a name is read to: one text serves for all names of an object.
struct Name<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(name);
        Ok(())
    }
}
