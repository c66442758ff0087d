//! Optional properties whose values include `null`.

use serde::{Deserialize, Deserializer};

/// Reads a property that is there. `Option` by itself would take `null` for "missing", and lose it where
/// `null` is one of the values of `T`.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
