//! Writes plausible values for arguments of examples.

use crate::emit::types::example_value;
use crate::model::{Api, Docs, IntKind, Struct, Type, TypeKind};
use serde_json::Value;

/// How many constructors are nested at most.
const MAX_DEPTH: usize = 3;

/// The longest text of the document that an example repeats.
const MAX_TEXT: usize = 60;

/// A Rust expression, and what it takes from the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) code: String,
    pub(super) imports: Vec<Import>,
}

/// An item that an example has to import from the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Import {
    Models,
    Part,
}

impl Expression {
    /// An expression that takes nothing from the crate.
    fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            imports: Vec::new(),
        }
    }

    /// An expression that names a type of the API.
    fn with_models(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            imports: vec![Import::Models],
        }
    }
}

/// The expression that creates a value of a type of the API, if its required fields have simple values.
pub(super) fn constructor(api: &Api, ty: &Type) -> Option<Expression> {
    constructor_at(api, ty, MAX_DEPTH)
}

fn constructor_at(api: &Api, ty: &Type, depth: usize) -> Option<Expression> {
    let Type::Named(id) = api.resolve_aliases(ty) else {
        return None;
    };
    let def = api.type_def(*id)?;
    let path = format!("models::{}", def.name);
    match &def.kind {
        TypeKind::Enum(list) => {
            let variant = &list.variants.first()?.name;
            Some(Expression::with_models(format!("{path}::{variant}")))
        }
        TypeKind::Struct(object) if def.usage.sent && depth > 0 => {
            struct_constructor(api, &path, object, depth)
        }
        TypeKind::Checked(checked) => {
            let value = example_value(checked)?;
            Some(Expression::with_models(format!("{path}::try_from({value})?")))
        }
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Newtype(_) | TypeKind::Alias(_) => None,
    }
}

fn struct_constructor(api: &Api, path: &str, object: &Struct, depth: usize) -> Option<Expression> {
    let required = object.arguments();
    if required.is_empty() {
        return Some(Expression::with_models(format!("{path}::default()")));
    }
    let mut imports = vec![Import::Models];
    let mut arguments = Vec::new();
    for field in required {
        let value = match api.resolve_aliases(&field.ty) {
            // A constructor takes these as they are, and a literal of [`literal`] may not be of the type.
            Type::Array(_) | Type::Boxed(_) => None,
            Type::Named(_) => constructor_at(api, &field.ty, depth - 1),
            _ => literal(api, &field.name, &field.ty, Some(&field.docs)),
        }?;
        imports.extend(value.imports);
        arguments.push(value.code);
    }
    Some(Expression {
        code: format!("{path}::new({})", arguments.join(", ")),
        imports,
    })
}

/// A plausible value as a literal, for types that have a simple one. A documented example is used where it is simple.
pub(super) fn literal(api: &Api, name: &str, ty: &Type, docs: Option<&Docs>) -> Option<Expression> {
    let example = docs.and_then(|docs| docs.example.as_deref());
    let example: Option<Value> = example.and_then(|text| serde_json::from_str(text).ok());
    Some(match api.resolve_aliases(ty) {
        Type::Bool => Expression::new("true"),
        Type::Int(IntKind::Digits) => Expression::new("\"1\".parse()?"),
        Type::Int(_) => match example.as_ref().and_then(Value::as_i64) {
            Some(number) if (0..=i64::from(i32::MAX)).contains(&number) => {
                Expression::new(number.to_string())
            }
            _ => Expression::new("1"),
        },
        Type::Float(_) => Expression::new("1.5"),
        Type::String => match example.as_ref().and_then(Value::as_str) {
            Some(text) if is_simple(text) => Expression::new(format!("{text:?}")),
            _ => Expression::new(format!("{:?}", plausible_text(name))),
        },
        Type::DateTime => Expression::new("\"2025-01-31T12:00:00Z\".parse()?"),
        Type::Date => Expression::new("\"2025-01-31\".parse()?"),
        Type::Uuid => Expression::new("\"67e55044-10b1-426f-9247-bb680e5fe0c8\".parse()?"),
        Type::File => Expression {
            code: "Part::bytes(\"text\").file_name(\"text.txt\")".to_owned(),
            imports: vec![Import::Part],
        },
        Type::Array(item) if *api.resolve_aliases(item) == Type::String => {
            Expression::new(format!("[{:?}]", plausible_text(name)))
        }
        Type::Array(item) => {
            let item = literal(api, name, item, None)?;
            Expression {
                code: format!("vec![{}]", item.code),
                imports: item.imports,
            }
        }
        Type::Boxed(inner) => return literal(api, name, inner, docs),
        Type::Null
        | Type::Json
        | Type::Bytes
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Named(_)
        | Type::Nullable(_) => return None,
    })
}

/// Whether a text is short and needs no escapes.
fn is_simple(text: &str) -> bool {
    let is_simple = |c: char| c == ' ' || (c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '`'));
    (1..=MAX_TEXT).contains(&text.len()) && text.chars().all(is_simple)
}

/// A text that suits the name of a parameter.
fn plausible_text(name: &str) -> &'static str {
    let has = |part: &str| name.contains(part);
    if has("email") {
        "ada@example.com"
    } else if has("url") || has("uri") {
        "https://example.com"
    } else if has("phone") {
        "+4930901820"
    } else if name.ends_with("id") || has("key") {
        "a1b2c3"
    } else if has("name") || has("owner") || has("user") {
        "ada"
    } else {
        "text"
    }
}
