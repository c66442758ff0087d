//! Objects that are written, member by member.
//!
//! This stands in for serde's derived impls, which cost several times as much to compile for each type.

use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;

/// A member that can be missing.
pub trait Optional: Serialize {
    /// Is it missing?
    fn is_missing(&self) -> bool;
}

impl<T: Serialize> Optional for Option<T> {
    fn is_missing(&self) -> bool {
        self.is_none()
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct Object<S: Serializer>(
    /// The first error is kept until the end, so that the code of a type need not look at it.
    Result<S::SerializeMap, S::Error>,
);

impl<S: Serializer> Object<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a member.
    pub fn put<T: Serialize>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a member, unless it is missing.
    pub fn put_some<T: Optional>(&mut self, name: &str, value: &T) {
        if !value.is_missing() {
            self.put(name, value);
        }
    }

    /// Writes the members of any other name. One that has a field of its own is not written twice.
    pub fn put_others<T: Serialize>(&mut self, known: &[&str], others: &BTreeMap<String, T>) {
        for (name, value) in others {
            if !known.contains(&name.as_str()) {
                self.put(name, value);
            }
        }
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
