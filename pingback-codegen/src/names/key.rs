//! Converts JSON pointers to the keys of the lock file, which reviewers read.
//!
//! | key | JSON pointer |
//! | --- | --- |
//! | `GET /pets` | `/paths/~1pets/get` |
//! | `Pet.owner` | `/components/schemas/Pet/properties/owner` |
//! | `Pets[]` | `/components/schemas/Pets/items` |
//! | `Prices{}` | `/components/schemas/Prices/additionalProperties` |
//! | `Pet(oneOf 0)` | `/components/schemas/Pet/oneOf/0` |
//! | `POST /pets requestBody application/json .name` | `/paths/~1pets/post/requestBody/content/application~1json/schema/properties/name` |
//! | `GET /pets 200 application/json []` | `/paths/~1pets/get/responses/200/content/application~1json/schema/items` |
//! | `GET /pets query sort` | `/paths/~1pets/get/parameters/query sort/schema` |
//!
//! Names that contain one of the separators are in single quotes.

use super::NameKind;
use std::fmt::Write as _;

/// Suffixes of the keys of types that differ from the type of the same schema in responses.
pub const SENT_SUFFIX: &str = " (sent)";
/// See [`SENT_SUFFIX`].
pub const FORM_SUFFIX: &str = " (form)";

/// Separates the keys of schemas that apply to one place together.
const AND: &str = " & ";

/// Precedes the JSON type, if one schema becomes one type for each JSON type.
const AS: &str = " as ";

/// The key of an item of a type or an operation.
#[must_use]
pub fn lock_key(owner: &str, item: &str) -> String {
    format!("{owner}.{item}")
}

/// The key of an operation.
#[must_use]
pub fn operation_key(method: &str, path: &str) -> String {
    format!("{} {}", method.to_uppercase(), token(path))
}

/// The key of a type: from the pointers of its schemas, as in `/components/schemas/A & /components/schemas/B (sent)`.
#[must_use]
pub fn type_key(place: &str) -> String {
    let suffix = [SENT_SUFFIX, FORM_SUFFIX]
        .into_iter()
        .find(|suffix| place.ends_with(suffix));
    let suffix = suffix.unwrap_or_default();
    let mut key = String::new();
    for pointer in place[..place.len() - suffix.len()].split(AND) {
        if !key.is_empty() {
            key.push_str(AND);
        }
        match pointer.rsplit_once(AS) {
            Some((pointer, json_type)) if json_type.chars().all(|char| char.is_ascii_lowercase()) => {
                key.push_str(&schema_key(pointer));
                key.push_str(AS);
                key.push_str(json_type);
            }
            _ => key.push_str(&schema_key(pointer)),
        }
    }
    key.push_str(suffix);
    key
}

/// The key of a field, or of a variant whose value is a string: the name or the value, in quotes if it could be taken
/// for a value of another type.
#[must_use]
pub fn member_key(text: &str) -> String {
    quoted_if(text, is_json(text))
}

/// The key of the variant for a value.
#[must_use]
pub fn value_key(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => member_key(text),
        other => other.to_string(),
    }
}

/// The key of the field that holds additional properties.
pub const ADDITIONAL_PROPERTIES: &str = "{}";

/// The key of the branch for the strings that a document lists, next to a branch for all strings.
pub const LISTED_STRINGS: &str = "listed strings";

/// The key of a branch of a union that is not a component: from its place in the union, as in `oneOf/0`, or in words.
#[must_use]
pub fn branch_key(place: &str) -> String {
    if place.starts_with('/') {
        type_key(place)
    } else if place.contains('/') {
        let segments = segments(&format!("/{place}"));
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        path_in_schema(&segments)
    } else {
        format!("({place})")
    }
}

/// Whether a text is a JSON value, and so might be taken for one.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Converts a key of a lock file of version 1.
pub(super) fn from_version_1(kind: NameKind, key: &str) -> String {
    match kind {
        NameKind::Operations => match segments(key).as_slice() {
            [paths, path, method] if paths == "paths" => operation_key(method, path),
            _ => key.to_owned(),
        },
        NameKind::Types => type_key(key),
        NameKind::Members => convert_item(key, member_from_version_1),
        NameKind::Variants => convert_item(key, branch_from_version_1),
        _ => key.to_owned(),
    }
}

/// Converts the key of an item, which follows the name of its type. Version 1 also had keys without that name.
fn convert_item(key: &str, convert: fn(&str) -> String) -> String {
    match key.split_once('.') {
        Some((owner, item)) => format!("{owner}.{}", convert(item)),
        None => convert(key),
    }
}

fn member_from_version_1(item: &str) -> String {
    match item.strip_suffix(" *") {
        Some("additional_properties") => ADDITIONAL_PROPERTIES.to_owned(),
        Some(value) if is_json(value) => value.to_owned(),
        _ => member_key(item),
    }
}

fn branch_from_version_1(item: &str) -> String {
    match item.strip_suffix(" *") {
        Some("string") => format!("({LISTED_STRINGS})"),
        Some(scalar) => format!("({})", scalar.to_lowercase()),
        None if item.contains('/') || item.starts_with("as ") => branch_key(item),
        None => item.to_owned(),
    }
}

/// The segments of a JSON pointer (RFC 6901).
fn segments(pointer: &str) -> Vec<String> {
    let segments = pointer.split('/').skip(1);
    segments
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// The key of one schema.
fn schema_key(pointer: &str) -> String {
    let segments = segments(pointer);
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (mut tokens, mut rest) = match segments.as_slice() {
        ["components", "schemas", name, rest @ ..] => return name_in_schema(name) + &path_in_schema(rest),
        ["paths", path, method, "responses", rest @ ..] => (vec![operation_key(method, path)], rest),
        ["paths", path, method, rest @ ..] if *method != "parameters" => {
            (vec![operation_key(method, path)], rest)
        }
        ["paths", rest @ ..] | rest => (Vec::new(), rest),
    };
    loop {
        rest = match rest {
            [] => break,
            ["schema", rest @ ..] => {
                if !rest.is_empty() {
                    tokens.push(path_in_schema(rest));
                }
                break;
            }
            ["content", media_type, rest @ ..] => {
                tokens.push(token(media_type));
                rest
            }
            ["parameters", parameter, rest @ ..] => {
                match parameter.split_once(' ') {
                    Some((location, name)) => tokens.extend([location.to_owned(), token(name)]),
                    None => tokens.extend(["parameters".to_owned(), token(parameter)]),
                }
                rest
            }
            [segment, rest @ ..] => {
                tokens.push(token(segment));
                rest
            }
        };
    }
    tokens.join(" ")
}

/// The path from a schema to one inside it.
fn path_in_schema(mut segments: &[&str]) -> String {
    let mut path = String::new();
    loop {
        segments = match segments {
            [] => return path,
            ["properties", name, rest @ ..] => {
                path.push('.');
                path.push_str(&name_in_schema(name));
                rest
            }
            ["items", rest @ ..] => {
                path.push_str("[]");
                rest
            }
            ["additionalProperties", rest @ ..] => {
                path.push_str("{}");
                rest
            }
            [
                keyword @ ("allOf" | "anyOf" | "oneOf" | "prefixItems" | "patternProperties" | "$defs"
                | "definitions" | "dependentSchemas"),
                child,
                rest @ ..,
            ] => {
                // Writing to a string does not fail.
                let _ = write!(path, "({keyword} {})", name_in_schema(child));
                rest
            }
            [keyword, rest @ ..] => {
                let _ = write!(path, "({})", name_in_schema(keyword));
                rest
            }
        };
    }
}

/// A name within the path of a schema, in quotes if it contains a separator.
fn name_in_schema(name: &str) -> String {
    let is_separator = |char: char| char.is_whitespace() || ".[]{}()&'".contains(char);
    quoted_if(name, name.is_empty() || name.contains(is_separator))
}

/// A text between spaces, in quotes if it could be taken for several.
fn token(text: &str) -> String {
    let begins_path = text.starts_with(['.', '[', '{', '(']);
    let has_separator = text.contains(|char: char| char.is_whitespace() || char == '\'');
    quoted_if(text, text.is_empty() || begins_path || has_separator)
}

fn quoted_if(text: &str, is_quoted: bool) -> String {
    if is_quoted {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_readable() {
        let keys = [
            ("/components/schemas/Pet (sent)", "Pet (sent)"),
            ("/components/schemas/Pet/properties/owner", "Pet.owner"),
            ("/components/schemas/io.k8s.Pod/items/items", "'io.k8s.Pod'[][]"),
            (
                "/components/schemas/Pet/oneOf/0/properties/a.b",
                "Pet(oneOf 0).'a.b'",
            ),
            ("/components/schemas/Pet/properties/items", "Pet.items"),
            ("/components/schemas/Pet/items", "Pet[]"),
            ("/components/schemas/Map/additionalProperties/not", "Map{}(not)"),
            (
                "/components/schemas/A & /components/schemas/B/allOf/1 as string",
                "A & B(allOf 1) as string",
            ),
            ("/components/parameters/Sort/schema", "components parameters Sort"),
            (
                "/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema/properties/it's",
                "POST /pets/{id} requestBody application/json .'it''s'",
            ),
            (
                "/paths/~1pets/get/responses/200/content/application~1json; v=1/schema/items (form)",
                "GET /pets 200 'application/json; v=1' [] (form)",
            ),
            (
                "/paths/~1pets/get/responses/4XX/headers/Link/schema",
                "GET /pets 4XX headers Link",
            ),
            (
                "/paths/~1pets/get/parameters/query sort~1by/schema",
                "GET /pets query sort/by",
            ),
            (
                "/paths/~1pets/parameters/query sort/schema/items",
                "/pets query sort []",
            ),
            ("", ""),
        ];
        for (pointer, key) in keys {
            assert_eq!(type_key(pointer), key, "{pointer}");
        }
    }

    #[test]
    fn different_places_have_different_keys() {
        let places = [
            "/components/schemas/A.b",
            "/components/schemas/A/properties/b",
            "/components/schemas/A/items",
            "/components/schemas/A[]",
            "/components/schemas/A/properties/items",
            "/components/schemas/A/properties/(not)",
            "/components/schemas/A/not",
            "/components/schemas/A/properties/",
            "/paths/~1a/get/requestBody/content/a~1b.c/schema",
            "/paths/~1a/get/requestBody/content/a~1b/schema/properties/c",
        ];
        let keys: std::collections::HashSet<String> = places.iter().map(|place| type_key(place)).collect();
        assert_eq!(keys.len(), places.len(), "{keys:?}");
    }

    #[test]
    fn keys_of_version_1_are_pointers() {
        let key = from_version_1(NameKind::Operations, "/paths/~1pets~1{id}/get");
        assert_eq!(key, operation_key("get", "/pets/{id}"));
        assert_eq!(key, "GET /pets/{id}");
        assert_eq!(from_version_1(NameKind::Codes, "/a"), "/a");
        let members = [
            ("Pet.name", "Pet.name"),
            ("Pet.additional_properties *", "Pet.{}"),
            ("Size.3 *", "Size.3"),
            ("Size.3", "Size.'3'"),
            ("Size.x *", "Size.x *"),
        ];
        for (old, new) in members {
            assert_eq!(from_version_1(NameKind::Members, old), new);
        }
        let branches = [
            ("Pet.Cat", "Pet.Cat"),
            ("Cat", "Cat"),
            ("Pet.oneOf/0", "Pet.(oneOf 0)"),
            ("Pet.Integer *", "Pet.(integer)"),
            ("Pet.string *", "Pet.(listed strings)"),
            ("Pet.as string", "Pet.(as string)"),
            ("Pet./components/schemas/A/oneOf/1", "Pet.A(oneOf 1)"),
        ];
        for (old, new) in branches {
            assert_eq!(from_version_1(NameKind::Variants, old), new);
        }
    }
}
