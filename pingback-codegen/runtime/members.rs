//! Deserializes objects into structs.
//!
//! Used instead of serde's derived impls, which take several times as long to compile and whose errors don't name the
//! member that failed.

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct that is deserialized from an object.
pub trait FromMembers<'de>: Sized {
    /// The name of the struct, for messages.
    const NAME: &'static str;

    /// Reads the members of an object.
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

/// The members of an object that is being read.
#[derive(Debug)]
pub struct Members<'de, A: MapAccess<'de>> {
    map: A,
    /// The name of the current member.
    name: String,
    /// The error of the last value. It is returned by [`Members::next`], so that generated code needs no `?` for each
    /// field.
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// Moves to the next member and returns its name. Returns the error of the member before, if any.
    pub fn next(&mut self) -> Result<Option<&str>, A::Error> {
        if let Some(error) = self.error.take() {
            return Err(Error::custom(format_args!("in `{}`: {error}", self.name)));
        }
        let name = self.map.next_key_seed(Name(&mut self.name))?;
        Ok(name.map(|()| self.name.as_str()))
    }

    /// Reads the value of the current member into an optional field.
    pub fn read<T: Deserialize<'de>>(&mut self, field: &mut T) {
        if let Some(value) = self.value(PhantomData) {
            *field = value;
        }
    }

    /// Reads the value of the current member; `null` is read as a `T`.
    pub fn read_some<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) {
        *field = self.value(PhantomData);
    }

    /// Reads the current member into the map of additional members.
    pub fn read_other<T: Deserialize<'de>>(&mut self, others: &mut BTreeMap<String, T>) {
        if let Some(value) = self.value(PhantomData) {
            others.insert(self.take_name(), value);
        }
    }

    /// The value of the current member. `None` if it fails.
    pub(super) fn value<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Option<S::Value> {
        match self.map.next_value_seed(seed) {
            Ok(value) => Some(value),
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    /// The name of the current member.
    pub(super) fn take_name(&mut self) -> String {
        std::mem::take(&mut self.name)
    }

    /// Skips the value of the current member.
    pub fn skip(&mut self) {
        self.error = self.map.next_value::<IgnoredAny>().err();
    }
}

/// The error for a missing required member.
pub fn missing<E: Error>(name: &'static str) -> E {
    E::missing_field(name)
}

/// Reads the name of a member into a buffer that is reused for all members.
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
