//! Serializes structs as objects.
//!
//! Used instead of serde's derived impls, which take several times as long to compile.

use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;

/// A member that can be missing.
pub trait Optional: Serialize {
    /// Whether it is missing.
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
    /// The first error is returned by [`Object::end`], so that generated code needs no `?` for each field.
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

    /// Writes a member if it is not missing.
    pub fn put_some<T: Optional>(&mut self, name: &str, value: &T) {
        if !value.is_missing() {
            self.put(name, value);
        }
    }

    /// Writes the additional members, except those in `known`, which have fields of their own.
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
