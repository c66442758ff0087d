//! The intermediate form: a client as plain data. Every name is a valid and unique Rust name, and every reference is
//! resolved. `pingback-codegen dump` prints it.

mod api;
mod checked;
mod errors;
mod operation;
mod sample;
mod types;

pub use api::{
    Api, ClientParameter, Credential, CredentialKind, Docs, Group, KeyLocation, Pace, Place, Server,
    ServerVariable,
};
pub use checked::{Bound, Checked, Decimal, Limit};
pub use errors::{
    Code, Conversions, ErrorCase, ErrorCaseOrigin, Errors, Message, MessageCodes, MessagePart, OtherPointers,
    ValueSource,
};
pub use operation::{
    Alternative, Argument, Body, BodyContent, BodyKind, EventForm, FormField, HeaderForm, HeaderSet,
    Operation, Parameter, ParameterLocation, ParameterStyle, PathPart, Payload, PayloadKind, Response,
    ResponseHeader, Status, Success,
};
pub use sample::{Permitted, Sample, TestValues};
pub use types::{
    Direction, Enum, EnumVariant, Field, FloatKind, IntKind, Presence, Struct, Type, TypeDef, TypeId,
    TypeKind, Union, UnionTest, UnionVariant, Usage,
};
