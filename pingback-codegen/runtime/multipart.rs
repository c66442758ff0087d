//! `multipart/form-data` (RFC 7578): each property of a struct is a part of its own. Bytes go out as a file,
//! text as it is, everything else as JSON.

use super::parameter::FormField;
use super::request::Request;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct};
use std::fmt::{self, Write as _};
use std::hash::{BuildHasher, Hasher};

impl Request {
    /// Sets a multipart form as body.
    pub fn multipart<T: Serialize>(&mut self, fields: &'static [FormField], value: T) {
        let parts = parts(&value);
        self.multipart_parts(fields, parts);
    }

    fn multipart_parts(&mut self, fields: &'static [FormField], parts: Result<Vec<Part>, String>) {
        match parts {
            Ok(parts) => {
                let (content_type, body) = write(fields, &parts);
                if let Ok(value) = HeaderValue::from_str(&content_type) {
                    self.headers.insert(CONTENT_TYPE, value);
                }
                self.body = Some(body);
            }
            Err(reason) => self.refuse("body", &reason),
        }
    }
}

/// One part.
#[derive(Debug, PartialEq)]
struct Part {
    name: String,
    content: Content,
}

#[derive(Debug, PartialEq)]
enum Content {
    File(Vec<u8>),
    Text(String),
    Json(String),
}

/// The parts of a form.
fn parts<T: Serialize>(value: &T) -> Result<Vec<Part>, String> {
    value
        .serialize(Form(Vec::new()))
        .map_err(|Failure(reason)| reason)
}

/// The content type, with the boundary, and the body.
fn write(fields: &[FormField], parts: &[Part]) -> (String, Bytes) {
    let boundary = boundary();
    let mut body = Vec::new();
    for part in parts {
        let documented = fields
            .iter()
            .find(|field| field.name == part.name)
            .and_then(|field| field.content_type);
        let name = quoted(&part.name);
        let (file, standard, content): (_, _, &[u8]) = match &part.content {
            Content::File(bytes) => (true, Some("application/octet-stream"), bytes),
            Content::Text(text) => (false, None, text.as_bytes()),
            Content::Json(text) => (false, Some("application/json"), text.as_bytes()),
        };
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        if file {
            // Servers tell files from fields by the file name.
            let _ = write!(head, "; filename=\"{name}\"");
        }
        if let Some(media_type) = documented.or(standard) {
            let _ = write!(head, "\r\nContent-Type: {media_type}");
        }
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (
        format!("multipart/form-data; boundary={boundary}"),
        Bytes::from(body),
    )
}

/// Not guessable, so that no content can hold it by design.
fn boundary() -> String {
    let random = || std::hash::RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// As browsers escape names (WHATWG HTML, "multipart form data").
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

#[derive(Debug)]
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Takes an object apart.
struct Form(Vec<Part>);

impl Form {
    fn add<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Failure> {
        for content in value.serialize(Value)? {
            self.0.push(Part {
                name: name.to_owned(),
                content,
            });
        }
        Ok(())
    }
}

fn no_form<T>() -> Result<T, Failure> {
    Err(Failure("a form has to be an object".to_owned()))
}

/// Methods of a serializer that all do the same.
macro_rules! all {
    ($self:ident $out:ty, $body:expr; $($name:ident($($argument:ty),*))*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$out, Failure> { let $self = self; $body })*
    };
}

impl ser::Serializer for Form {
    type Ok = Vec<Part>;
    type Error = Failure;
    type SerializeSeq = Impossible<Vec<Part>, Failure>;
    type SerializeTuple = Impossible<Vec<Part>, Failure>;
    type SerializeTupleStruct = Impossible<Vec<Part>, Failure>;
    type SerializeTupleVariant = Impossible<Vec<Part>, Failure>;
    type SerializeMap = Members;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<Vec<Part>, Failure>;

    all! { this Vec<Part>, { let _ = this; no_form() };
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32)
        serialize_f64(f64) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
        serialize_unit_variant(&'static str, u32, &'static str)
    }
    all! { this Vec<Part>, Ok(this.0);
        serialize_none() serialize_unit() serialize_unit_struct(&'static str)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Vec<Part>, Failure> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Vec<Part>, Failure> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Vec<Part>, Failure> {
        no_form()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Failure> {
        no_form()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Failure> {
        no_form()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Failure> {
        no_form()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        no_form()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Failure> {
        Ok(Members {
            form: self,
            key: String::new(),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Failure> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        no_form()
    }
}

impl SerializeStruct for Form {
    type Ok = Vec<Part>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        self.add(name, value)
    }

    fn end(self) -> Result<Vec<Part>, Failure> {
        Ok(self.0)
    }
}

/// Takes a map apart, or a struct that has further members.
struct Members {
    form: Form,
    key: String,
}

impl SerializeMap for Members {
    type Ok = Vec<Part>;
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => self.key = key,
            Ok(other) => self.key = other.to_string(),
            Err(error) => return Err(Failure(error.to_string())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        let key = std::mem::take(&mut self.key);
        self.form.add(&key, value)
    }

    fn end(self) -> Result<Vec<Part>, Failure> {
        Ok(self.form.0)
    }
}

/// Writes one property: none, one, or several parts.
struct Value;

/// JSON of a value that is neither text nor bytes.
fn json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<Content>, Failure> {
    serde_json::to_string(value)
        .map(|text| vec![Content::Json(text)])
        .map_err(|error| Failure(error.to_string()))
}

macro_rules! text {
    ($($name:ident($argument:ty))*) => {
        $(fn $name(self, value: $argument) -> Result<Vec<Content>, Failure> {
            Ok(vec![Content::Text(value.to_string())])
        })*
    };
}

impl ser::Serializer for Value {
    type Ok = Vec<Content>;
    type Error = Failure;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Impossible<Vec<Content>, Failure>;
    type SerializeMap = JsonObject;
    type SerializeStruct = JsonObject;
    type SerializeStructVariant = Impossible<Vec<Content>, Failure>;

    text! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_str(&str)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Vec<Content>, Failure> {
        Ok(vec![Content::File(value.to_vec())])
    }

    fn serialize_none(self) -> Result<Vec<Content>, Failure> {
        Ok(Vec::new())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Vec<Content>, Failure> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Vec<Content>, Failure> {
        Ok(Vec::new())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Vec<Content>, Failure> {
        Ok(Vec::new())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Vec<Content>, Failure> {
        Ok(vec![Content::Text(name.to_owned())])
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Vec<Content>, Failure> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Vec<Content>, Failure> {
        let mut object = JsonObject::default();
        SerializeStruct::serialize_field(&mut object, name, value)?;
        SerializeStruct::end(object)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Failure> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Failure> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Failure> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        Err(Failure("a form cannot hold such a value".to_owned()))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<JsonObject, Failure> {
        Ok(JsonObject::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<JsonObject, Failure> {
        Ok(JsonObject::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        Err(Failure("a form cannot hold such a value".to_owned()))
    }
}

/// An array: a part for each element (RFC 7578, section 4.3).
struct Items(Vec<Content>);

impl SerializeSeq for Items {
    type Ok = Vec<Content>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.0.extend(value.serialize(Value)?);
        Ok(())
    }

    fn end(self) -> Result<Vec<Content>, Failure> {
        Ok(self.0)
    }
}

impl ser::SerializeTuple for Items {
    type Ok = Vec<Content>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Vec<Content>, Failure> {
        Ok(self.0)
    }
}

impl ser::SerializeTupleStruct for Items {
    type Ok = Vec<Content>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Vec<Content>, Failure> {
        Ok(self.0)
    }
}

/// An object inside a form: one part of JSON.
#[derive(Default)]
struct JsonObject {
    members: serde_json::Map<String, serde_json::Value>,
    key: String,
}

impl JsonObject {
    fn add<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), Failure> {
        let value = serde_json::to_value(value).map_err(|error| Failure(error.to_string()))?;
        self.members.insert(key, value);
        Ok(())
    }
}

impl SerializeMap for JsonObject {
    type Ok = Vec<Content>;
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => self.key = key,
            Ok(other) => self.key = other.to_string(),
            Err(error) => return Err(Failure(error.to_string())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        let key = std::mem::take(&mut self.key);
        self.add(key, value)
    }

    fn end(self) -> Result<Vec<Content>, Failure> {
        json(&self.members)
    }
}

impl SerializeStruct for JsonObject {
    type Ok = Vec<Content>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        self.add(name.to_owned(), value)
    }

    fn end(self) -> Result<Vec<Content>, Failure> {
        json(&self.members)
    }
}
