//! Deserializes integers that are written like `3.0` or `3e2`, which JSON Schema accepts and serde does not.

use super::members::Members;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Up to this number floats represent integers exactly.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// An integer, or a type whose values consist of integers.
pub trait Whole<'de>: Sized {
    /// Deserializes a value.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// Like [`Members::read`], for integers.
    pub fn read_whole<T: Whole<'de>>(&mut self, field: &mut T) {
        if let Some(value) = self.value(Seed(PhantomData)) {
            *field = value;
        }
    }

    /// Like [`Members::read_some`], for integers.
    pub fn read_some_whole<T: Whole<'de>>(&mut self, field: &mut Option<T>) {
        *field = self.value(Seed(PhantomData));
    }

    /// Like [`Members::read_other`], for integers.
    pub fn read_other_whole<T: Whole<'de>>(&mut self, others: &mut BTreeMap<String, T>) {
        if let Some(value) = self.value(Seed(PhantomData)) {
            others.insert(self.take_name(), value);
        }
    }
}

macro_rules! integers {
    ($($integer:ident $deserialize:ident)*) => {
        $(
            impl<'de> Whole<'de> for $integer {
                fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.$deserialize(IntegerVisitor(PhantomData))
                }
            }
        )*
    };
}

integers! { i32 deserialize_i32 i64 deserialize_i64 u32 deserialize_u32 u64 deserialize_u64 }

impl<'de, T: Whole<'de>> Whole<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }
}

impl<'de, T: Whole<'de>> Whole<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

impl<'de, T: Whole<'de>> Whole<'de> for BTreeMap<String, T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

struct Seed<T>(PhantomData<T>);

impl<'de, T: Whole<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64> + TryFrom<i128>> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
        let text = number.to_string();
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Other(&text), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        let is_whole = number.fract() == 0.0 && number.abs() <= MAX_EXACT;
        match format!("{number:.0}").parse() {
            Ok(integer) if is_whole => self.visit_i64(integer),
            _ => Err(E::invalid_type(Unexpected::Float(number), &self)),
        }
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Whole<'de>> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read(deserializer).map(Some)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Whole<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Seed(PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Whole<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<BTreeMap<String, T>, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((name, value)) = members.next_entry_seed(PhantomData, Seed(PhantomData))? {
            map.insert(name, value);
        }
        Ok(map)
    }
}
