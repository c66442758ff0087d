//! JSON values that stand in the code as text.

use serde_json::{Number, Value};

/// The value that a JSON text stands for.
pub fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// The one of `all` whose value is the same as `value`.
pub fn find<T: Clone>(all: &[T], value_of: impl Fn(&T) -> Value, value: &Value) -> Option<T> {
    all.iter().find(|listed| same(&value_of(listed), value)).cloned()
}

/// Are two values the same? `1` and `1.0` are: JSON knows one kind of number.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || same_number(a, b),
        _ => a == b,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    // Integers that are not equal as such differ, even where they are equal as floats.
    (a.is_f64() || b.is_f64())
        && matches!((a.as_f64(), b.as_f64()), (Some(a), Some(b)) if a.total_cmp(&b).is_eq())
}
