//! Adds the discriminator to a multipart form. It is not buffered as JSON, which would turn its files into text.

use serde::ser::{Error, Impossible, Serialize, SerializeMap, Serializer};
use std::fmt::Display;

/// Writes the form `value`, and adds the property `name` with the value `tag` if the form doesn't have it.
pub fn tagged_form<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    name: &'static str,
    tag: &'static str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    value.serialize(TaggedForm {
        serializer,
        name,
        tag,
    })
}

struct TaggedForm<S> {
    serializer: S,
    name: &'static str,
    tag: &'static str,
}

/// Implements methods for values that are no forms.
macro_rules! reject {
    ($($name:ident($($argument:ty),*))*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<S::Ok, S::Error> { Err(not_a_form()) })*
    };
}

fn not_a_form<E: Error>() -> E {
    E::custom("a form has to be an object")
}

impl<S: Serializer> Serializer for TaggedForm<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = TaggedMap<S::SerializeMap>;
    type SerializeStruct = Impossible<S::Ok, S::Error>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    reject! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32)
        serialize_f64(f64) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
        serialize_none() serialize_unit() serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<S::Ok, S::Error> {
        Err(not_a_form())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(not_a_form())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Err(not_a_form())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, S::Error> {
        Err(not_a_form())
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Err(not_a_form())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Err(not_a_form())
    }

    /// Generated types write all objects as maps.
    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(TaggedMap {
            map: self.serializer.serialize_map(length)?,
            name: self.name,
            tag: Some(self.tag),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, S::Error> {
        Err(not_a_form())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Err(not_a_form())
    }
}

struct TaggedMap<M> {
    map: M,
    name: &'static str,
    /// The value of the discriminator, until the form has one.
    tag: Option<&'static str>,
}

impl<M: SerializeMap> SerializeMap for TaggedMap<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        if serde_json::to_value(key).is_ok_and(|key| key == self.name) {
            self.tag = None;
        }
        self.map.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.map.serialize_value(value)
    }

    fn end(mut self) -> Result<M::Ok, M::Error> {
        if let Some(tag) = self.tag {
            self.map.serialize_entry(self.name, tag)?;
        }
        self.map.end()
    }
}
