//! Writes `multipart/form-data` (RFC 7578) and `multipart/related` (RFC 2387). Each property of a struct becomes a part. A
//! [`Part`] is sent with its file name, media type and headers, text as it is, and all other values as JSON.

use super::content::Body;
use super::parameter::{self, FormField, Style};
use super::request::{PartHeader, Request, pairs, shape_of};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer as _};
use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::hash::{BuildHasher, Hasher};

/// A part of a multipart form: a file, or a value with its own headers.
///
/// It is created from bytes, text or a [`Body`], which can be a stream. A file name and a media type can be added:
/// `Part::bytes(png).file_name("ada.png").content_type("image/png")`.
#[derive(Clone, PartialEq)]
pub struct Part {
    body: Body,
    is_file: bool,
    /// The media type, if neither the document nor the caller sets one.
    default_content_type: Option<&'static str>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl Part {
    /// A file with these bytes, or from a stream. Its default file name is the name of the property, since servers
    /// recognize files by their file name.
    pub fn bytes(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            is_file: true,
            default_content_type: Some("application/octet-stream"),
            file_name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// Text, without a file name.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            is_file: false,
            default_content_type: None,
            ..Self::bytes(text.into())
        }
    }

    /// A value as JSON, without a file name.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        Ok(Self {
            default_content_type: Some("application/json"),
            ..Self::text(serde_json::to_string(value)?)
        })
    }

    /// Sets the name of the file.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. Replaces the documented one.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The headers of the part, each with the end of its line; `identity` are those that identify it.
    fn head(&self, name: &str, identity: String, documented: Option<&str>) -> Result<String, String> {
        let mut head = identity;
        if let Some(media_type) = self.media_type(documented) {
            HeaderValue::from_str(media_type)
                .map_err(|_| format!("the media type of `{name}` is not valid"))?;
            let _ = write!(head, "Content-Type: {media_type}\r\n");
        }
        for (header, value) in &self.headers {
            let known = HeaderName::try_from(header.as_str())
                .is_ok_and(|header| header != CONTENT_TYPE && header != CONTENT_DISPOSITION);
            if !known || HeaderValue::from_str(value).is_err() {
                return Err(format!("`{name}` cannot have the header `{header}`"));
            }
            let _ = write!(head, "{header}: {value}\r\n");
        }
        Ok(head)
    }

    /// The media type, unless it is that of plain text.
    fn media_type<'p>(&'p self, documented: Option<&'p str>) -> Option<&'p str> {
        let own = self.content_type.as_deref();
        own.or(self.body.own_content_type())
            .or(documented)
            .or(self.default_content_type)
    }

    /// The header that identifies a part of a form (RFC 7578, section 4.2).
    fn form_data(&self, name: &str) -> String {
        let mut header = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file_name) = self.file_name.as_deref().or(self.is_file.then_some(name)) {
            let _ = write!(header, "; filename=\"{}\"", quoted(file_name));
        }
        header + "\r\n"
    }

    /// The headers that identify a part of `multipart/related`: an id, and its file name if it has one.
    fn related(&self, name: &str, has_id: bool) -> String {
        let mut headers = String::new();
        let is_id = |(header, _): &(String, String)| header.eq_ignore_ascii_case("Content-ID");
        if has_id && !self.headers.iter().any(is_id) {
            let _ = write!(headers, "Content-ID: <{}>\r\n", parameter::encode(name));
        }
        if let Some(file_name) = &self.file_name {
            let file_name = quoted(file_name);
            let _ = write!(
                headers,
                "Content-Disposition: attachment; filename=\"{file_name}\"\r\n"
            );
        }
        headers
    }
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::bytes(body)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The name of the newtype struct as which a [`Part`] serializes. The form recognizes parts by it.
const PART_MARKER: &str = "\0part";

thread_local! {
    /// The part that is being serialized. serde's data model has no streams, so a form takes the part from here.
    static CURRENT_PART: RefCell<Option<Part>> = const { RefCell::new(None) };
}

/// A multipart form receives the part itself. Other serializers receive its bytes as text.
impl Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Text<'p>(&'p Part);
        impl Serialize for Text<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let bytes = self.0.body.as_bytes();
                let bytes = bytes.ok_or_else(|| ser::Error::custom("a stream can only be sent"))?;
                serializer.serialize_str(&String::from_utf8_lossy(bytes))
            }
        }
        CURRENT_PART.set(Some(self.clone()));
        let written = serializer.serialize_newtype_struct(PART_MARKER, &Text(self));
        CURRENT_PART.set(None);
        written
    }
}

/// Deserializes from text.
impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::bytes)
    }
}

impl Request {
    /// Sets a multipart form as body; `fields` lists the properties whose encoding is documented.
    pub(crate) fn multipart<T: Serialize>(
        &mut self,
        media_type: &'static str,
        fields: &'static [FormField],
        value: T,
    ) {
        let parts = parts(fields, &value);
        self.multipart_parts(media_type, fields, parts);
    }

    /// Sets a header of a part of the multipart form. The form can be set before or after it.
    pub(crate) fn part_header<T: Serialize>(
        &mut self,
        part: &'static str,
        name: &'static str,
        style: Style,
        explode: bool,
        value: T,
    ) {
        match shape_of(style, &value).map(|shape| parameter::header(explode, &shape)) {
            Ok(Some(value)) => self.part_headers.push(PartHeader { part, name, value }),
            Ok(None) => {}
            Err(reason) => self.refuse(name, &reason),
        }
    }

    fn multipart_parts(
        &mut self,
        media_type: &'static str,
        fields: &'static [FormField],
        parts: Result<Parts, String>,
    ) {
        match parts {
            Ok(parts) => {
                self.body = None;
                self.form = Some(Box::new(move |headers| write(media_type, fields, parts, headers)));
            }
            Err(reason) => self.refuse("body", &reason),
        }
    }
}

/// Splits a value into the parts of a form.
fn parts<T: Serialize>(fields: &'static [FormField], value: &T) -> Result<Parts, String> {
    let parts = Vec::new();
    value
        .serialize(FormSerializer { fields, parts })
        .map_err(|FormError(reason)| reason)
}

/// Writes a form. Returns its content type, which contains the boundary, and its body.
fn write(
    media_type: &str,
    fields: &[FormField],
    mut parts: Parts,
    headers: Vec<PartHeader>,
) -> Result<(String, Body), String> {
    for header in headers {
        let mut known = false;
        for (_, part) in parts.iter_mut().filter(|(name, _)| name == header.part) {
            known = true;
            part.headers.push((header.name.to_owned(), header.value.clone()));
        }
        if !known {
            return Err(format!("`{}` has a header, but is not part of it", header.part));
        }
    }
    let is_related = media_type.eq_ignore_ascii_case("multipart/related");
    let documented = |name: &str| fields.iter().find(|field| field.name == name)?.content_type;
    let boundary = boundary();
    // `text` collects the bytes after the last stream; `bodies` holds everything before.
    let mut text = Vec::new();
    let mut bodies = Vec::new();
    for (name, part) in &parts {
        let identity = if is_related {
            // The elements of an array share a name, but ids are unique.
            part.related(name, parts.iter().filter(|(other, _)| other == name).count() == 1)
        } else {
            part.form_data(name)
        };
        let head = part.head(name, identity, documented(name))?;
        text.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
        if let Some(bytes) = part.body.as_bytes() {
            text.extend_from_slice(bytes);
        } else {
            bodies.push(Body::from(std::mem::take(&mut text)));
            bodies.push(part.body.clone());
        }
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let text = Body::from(text);
    let body = if bodies.is_empty() {
        text
    } else {
        bodies.push(text);
        Body::concat(&bodies).ok_or("a part of it is a stream that has been sent")?
    };
    let root = match parts.first().filter(|_| is_related) {
        Some((name, root)) => root_parameter(root.media_type(documented(name))),
        None => String::new(),
    };
    Ok((format!("{media_type}{root}; boundary={boundary}"), body))
}

/// The parameter with the media type of the first part, which `multipart/related` requires (RFC 2387, section 3.1).
fn root_parameter(media_type: Option<&str>) -> String {
    let essence = media_type.unwrap_or("text/plain").split(';').next();
    format!("; type=\"{}\"", essence.unwrap_or_default().trim())
}

/// A random boundary, so that the content cannot be made to contain it.
fn boundary() -> String {
    let random = || std::hash::RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// Escapes a name as browsers do (WHATWG HTML, "multipart form data").
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

#[derive(Debug)]
struct FormError(String);

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormError {}

impl ser::Error for FormError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Serializes a struct or map into the parts of a form.
struct FormSerializer {
    fields: &'static [FormField],
    parts: Parts,
}

/// The parts of a form, with their names.
type Parts = Vec<(String, Part)>;

impl FormSerializer {
    fn add<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FormError> {
        let styled = self.fields.iter().find(|field| field.name == name);
        if let Some(field) = styled.filter(|field| field.style.is_some()) {
            let pairs = pairs(field, value).map_err(FormError)?;
            self.parts.extend(pairs.iter().map(|pair| text_part(pair)));
            return Ok(());
        }
        let parts = value.serialize(PropertySerializer)?;
        self.parts
            .extend(parts.into_iter().map(|part| (name.to_owned(), part)));
        Ok(())
    }
}

/// Converts a `name=value` pair into a part, in which nothing is percent-encoded (RFC 7578, section 2).
fn text_part(pair: &str) -> (String, Part) {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
    (decoded(name), Part::text(decoded(text)))
}

fn not_an_object<T>() -> Result<T, FormError> {
    Err(FormError("a form has to be an object".to_owned()))
}

/// Implements methods of a serializer that share one body.
macro_rules! all {
    ($self:ident $out:ty, $body:expr; $($name:ident($($argument:ty),*))*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$out, FormError> { let $self = self; $body })*
    };
}

impl ser::Serializer for FormSerializer {
    type Ok = Parts;
    type Error = FormError;
    type SerializeSeq = Impossible<Parts, FormError>;
    type SerializeTuple = Impossible<Parts, FormError>;
    type SerializeTupleStruct = Impossible<Parts, FormError>;
    type SerializeTupleVariant = Impossible<Parts, FormError>;
    type SerializeMap = MapSerializer;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<Parts, FormError>;

    all! { this Parts, { let _ = this; not_an_object() };
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32)
        serialize_f64(f64) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
        serialize_unit_variant(&'static str, u32, &'static str)
    }
    all! { this Parts, Ok(this.parts);
        serialize_none() serialize_unit() serialize_unit_struct(&'static str)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Parts, FormError> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Parts, FormError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Parts, FormError> {
        not_an_object()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, FormError> {
        not_an_object()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, FormError> {
        not_an_object()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, FormError> {
        not_an_object()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, FormError> {
        not_an_object()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<MapSerializer, FormError> {
        Ok(MapSerializer {
            form: self,
            key: String::new(),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, FormError> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, FormError> {
        not_an_object()
    }
}

impl SerializeStruct for FormSerializer {
    type Ok = Parts;
    type Error = FormError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), FormError> {
        self.add(name, value)
    }

    fn end(self) -> Result<Parts, FormError> {
        Ok(self.parts)
    }
}

/// Serializes a map, or a struct with additional members, into the parts of a form.
struct MapSerializer {
    form: FormSerializer,
    key: String,
}

impl SerializeMap for MapSerializer {
    type Ok = Parts;
    type Error = FormError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormError> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => self.key = key,
            Ok(other) => self.key = other.to_string(),
            Err(error) => return Err(FormError(error.to_string())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        let key = std::mem::take(&mut self.key);
        self.form.add(&key, value)
    }

    fn end(self) -> Result<Parts, FormError> {
        Ok(self.form.parts)
    }
}

/// Serializes a property into its parts: none, one, or several.
struct PropertySerializer;

/// A part with a value as JSON.
fn json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<Part>, FormError> {
    Part::json(value)
        .map(|part| vec![part])
        .map_err(|error| FormError(error.to_string()))
}

macro_rules! text {
    ($($name:ident($argument:ty))*) => {
        $(fn $name(self, value: $argument) -> Result<Vec<Part>, FormError> {
            Ok(vec![Part::text(value.to_string())])
        })*
    };
}

impl ser::Serializer for PropertySerializer {
    type Ok = Vec<Part>;
    type Error = FormError;
    type SerializeSeq = ArraySerializer;
    type SerializeTuple = ArraySerializer;
    type SerializeTupleStruct = ArraySerializer;
    type SerializeTupleVariant = Impossible<Vec<Part>, FormError>;
    type SerializeMap = ObjectSerializer;
    type SerializeStruct = ObjectSerializer;
    type SerializeStructVariant = Impossible<Vec<Part>, FormError>;

    text! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_str(&str)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Vec<Part>, FormError> {
        Ok(vec![Part::bytes(value)])
    }

    fn serialize_none(self) -> Result<Vec<Part>, FormError> {
        Ok(Vec::new())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Vec<Part>, FormError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Vec<Part>, FormError> {
        Ok(Vec::new())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Vec<Part>, FormError> {
        Ok(Vec::new())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Vec<Part>, FormError> {
        Ok(vec![Part::text(name.to_owned())])
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Vec<Part>, FormError> {
        match CURRENT_PART.take().filter(|_| name == PART_MARKER) {
            Some(part) => Ok(vec![part]),
            None => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Vec<Part>, FormError> {
        let mut object = ObjectSerializer::default();
        SerializeStruct::serialize_field(&mut object, name, value)?;
        SerializeStruct::end(object)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ArraySerializer, FormError> {
        Ok(ArraySerializer(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<ArraySerializer, FormError> {
        Ok(ArraySerializer(Vec::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ArraySerializer, FormError> {
        Ok(ArraySerializer(Vec::new()))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, FormError> {
        Err(FormError("a form cannot hold such a value".to_owned()))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectSerializer, FormError> {
        Ok(ObjectSerializer::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectSerializer, FormError> {
        Ok(ObjectSerializer::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, FormError> {
        Err(FormError("a form cannot hold such a value".to_owned()))
    }
}

/// Serializes an array: one part for each element (RFC 7578, section 4.3).
struct ArraySerializer(Vec<Part>);

impl SerializeSeq for ArraySerializer {
    type Ok = Vec<Part>;
    type Error = FormError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        self.0.extend(value.serialize(PropertySerializer)?);
        Ok(())
    }

    fn end(self) -> Result<Vec<Part>, FormError> {
        Ok(self.0)
    }
}

impl ser::SerializeTuple for ArraySerializer {
    type Ok = Vec<Part>;
    type Error = FormError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Vec<Part>, FormError> {
        Ok(self.0)
    }
}

impl ser::SerializeTupleStruct for ArraySerializer {
    type Ok = Vec<Part>;
    type Error = FormError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Vec<Part>, FormError> {
        Ok(self.0)
    }
}

/// Serializes an object inside a form: one part with JSON.
#[derive(Default)]
struct ObjectSerializer {
    members: serde_json::Map<String, serde_json::Value>,
    key: String,
}

impl ObjectSerializer {
    fn add<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), FormError> {
        let value = serde_json::to_value(value).map_err(|error| FormError(error.to_string()))?;
        self.members.insert(key, value);
        Ok(())
    }
}

impl SerializeMap for ObjectSerializer {
    type Ok = Vec<Part>;
    type Error = FormError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormError> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => self.key = key,
            Ok(other) => self.key = other.to_string(),
            Err(error) => return Err(FormError(error.to_string())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        let key = std::mem::take(&mut self.key);
        self.add(key, value)
    }

    fn end(self) -> Result<Vec<Part>, FormError> {
        json(&self.members)
    }
}

impl SerializeStruct for ObjectSerializer {
    type Ok = Vec<Part>;
    type Error = FormError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), FormError> {
        self.add(name.to_owned(), value)
    }

    fn end(self) -> Result<Vec<Part>, FormError> {
        json(&self.members)
    }
}
