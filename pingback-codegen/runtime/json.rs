//! Compares JSON values, some of which generated code contains as JSON text.

use serde_json::{Number, Value};

/// Parses a JSON text of generated code.
pub fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Finds the first element of `all` whose JSON value equals `value`.
pub fn find<T: Clone>(all: &[T], value_of: impl Fn(&T) -> Value, value: &Value) -> Option<T> {
    all.iter().find(|listed| same(&value_of(listed), value)).cloned()
}

/// Whether two values are equal. `1` equals `1.0`, since JSON has one number type.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || same_number(a, b),
        _ => a == b,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    // Integers are compared exactly; as floats, large ones would be rounded.
    (a.is_f64() || b.is_f64())
        && matches!((a.as_f64(), b.as_f64()), (Some(a), Some(b)) if a.total_cmp(&b).is_eq())
}
