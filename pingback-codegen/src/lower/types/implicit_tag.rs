//! The values of a discriminator that select a schema: by its name, and by the mapping.

use crate::names::words;
use crate::read::schema::JsonType;
use serde_json::Value;

/// The name itself (OpenAPI 3.0.3, "Discriminator Object"). Where the property lists its values, the listed value that is
/// the name, or the only one that differs from it in case and separators alone; `None` if there is none.
pub(super) fn implicit_tag(name: &str, listed: &[Value]) -> Option<Value> {
    let is_name = |value: &&Value| value.as_str() == Some(name);
    if listed.is_empty() || listed.iter().any(|value| is_name(&value)) {
        return Some(Value::String(name.to_owned()));
    }
    let words_of_name = words(name).concat();
    let mut alike = listed.iter().filter(|value| {
        value
            .as_str()
            .is_some_and(|text| words(text).concat() == words_of_name)
    });
    let only = alike.next()?;
    alike.next().is_none().then(|| only.clone())
}

/// The value that a key of the mapping stands for. Keys are texts, but the property may be a number or a boolean.
pub(super) fn mapped_tag(key: &str, property: Option<JsonType>) -> Value {
    let text = || Value::String(key.to_owned());
    match property {
        Some(JsonType::Integer | JsonType::Number | JsonType::Boolean) => {
            serde_json::from_str(key).unwrap_or_else(|_| text())
        }
        _ => text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_listed_value_that_is_like_the_name_selects_the_schema() {
        let tag = |name: &str, listed: Value| {
            let listed: Vec<Value> = serde_json::from_value(listed).expect("a list");
            implicit_tag(name, &listed)
        };
        assert_eq!(tag("BigCat", json!([])), Some(json!("BigCat")));
        assert_eq!(tag("BigCat", json!(["big_cat", "BigCat"])), Some(json!("BigCat")));
        assert_eq!(tag("BigCat", json!(["big_cat", "dog"])), Some(json!("big_cat")));
        assert_eq!(tag("BigCat", json!(["big_cat", "big-cat"])), None);
        assert_eq!(tag("BigCat", json!(["dog"])), None);
    }
}
