//! Types with limits on their values, such as `maxLength`.

use super::{IntKind, Type};
use serde::Serialize;
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// A type that checks its values against limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// The type without limits.
    pub inner: Type,
    /// The limits; a value must satisfy all of them. Only patterns and multiples may occur more than once.
    pub limits: Vec<Limit>,
    /// The `default` of the document, if it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// A valid value, for documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
}

/// A limit on values: a keyword of JSON Schema.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the keyword of that name")]
pub enum Limit {
    MinLength(u64),
    MaxLength(u64),
    Pattern(String),
    Minimum(Bound),
    ExclusiveMinimum(Bound),
    Maximum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Decimal),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
}

/// A number that values are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Bound {
    /// An integer.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

/// A decimal number without sign: `digits` times ten to the power of `exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Decimal {
    /// The digits.
    pub digits: u64,
    /// The power of ten.
    pub exponent: i32,
}

impl Limit {
    /// Whether every value of the type satisfies the limit.
    #[must_use]
    pub fn is_redundant(&self, inner: &Type) -> bool {
        let range = match inner {
            Type::Int(IntKind::I32) => Some((i128::from(i32::MIN), i128::from(i32::MAX))),
            Type::Int(IntKind::I64) => Some((i128::from(i64::MIN), i128::from(i64::MAX))),
            Type::Int(IntKind::U32) => Some((0, i128::from(u32::MAX))),
            Type::Int(IntKind::U64) => Some((0, i128::from(u64::MAX))),
            _ => None,
        };
        match (self, range) {
            (Self::MinLength(0) | Self::MinItems(0) | Self::MinProperties(0), _) => true,
            (Self::Minimum(bound), Some((least, _))) => bound.at_least().is_some_and(|bound| bound <= least),
            (Self::Maximum(bound), Some((_, most))) => bound.at_most().is_some_and(|bound| bound >= most),
            (Self::ExclusiveMinimum(bound), Some((least, _))) => {
                bound.at_most().is_some_and(|bound| bound < least)
            }
            (Self::ExclusiveMaximum(bound), Some((_, most))) => {
                bound.at_least().is_some_and(|bound| bound > most)
            }
            (Self::MultipleOf(step), Some(_)) => (step.digits, step.exponent) == (1, 0),
            _ => false,
        }
    }
}

impl Bound {
    /// Converts a number of a document.
    #[must_use]
    pub fn of(number: &Number) -> Option<Self> {
        let integer = number.as_i64().map(i128::from);
        let integer = integer.or_else(|| number.as_u64().map(i128::from));
        match integer {
            Some(integer) => Some(Self::Integer(integer)),
            None => number.as_f64().map(Self::Float),
        }
    }

    /// The least integer that is not less than the bound; `None` if it has more than 128 bits.
    #[must_use]
    pub fn at_least(self) -> Option<i128> {
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) => exact(float.ceil()),
        }
    }

    /// The greatest integer that is not greater than the bound; `None` if it has more than 128 bits.
    #[must_use]
    pub fn at_most(self) -> Option<i128> {
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) => exact(float.floor()),
        }
    }

    /// The nearest float.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "the function returns the nearest float"
    )]
    pub fn float(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// Compares two numbers: integers exactly, others as floats.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(&b),
            (a, b) => a.float().partial_cmp(&b.float()).unwrap_or(Ordering::Equal),
        }
    }
}

/// The integer that is equal to a float without a fraction.
fn exact(float: f64) -> Option<i128> {
    // `Display` writes all digits of such a float, and no exponent.
    format!("{float}").parse().ok()
}

impl Decimal {
    /// The absolute value of a number in JSON notation; `None` if its digits exceed 64 bits.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('-');
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self {
            digits: format!("{whole}{fraction}").parse().ok()?,
            exponent: exponent.parse::<i32>().ok()?.checked_sub(places)?,
        })
    }

    /// Whether the number is an integer times `step`.
    #[must_use]
    pub fn is_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 || step.digits == 0 {
            return self.digits == 0;
        }
        let (mut digits, mut divisor) = (u128::from(self.digits), u128::from(step.digits));
        let shift = self.exponent.saturating_sub(step.exponent);
        let scaled = if shift < 0 { &mut divisor } else { &mut digits };
        let ten = 10u128.checked_pow(shift.unsigned_abs());
        match ten.and_then(|ten| ten.checked_mul(*scaled)) {
            Some(product) => *scaled = product,
            // The exponents differ by so much that the number is smaller than the step, or has enough zeros.
            None => return shift > 0,
        }
        digits.is_multiple_of(divisor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn multiples_are_computed_in_decimal() {
        let holds = |value: &str, step: &str| {
            let decimal = |text| Decimal::of(text).expect("few digits");
            decimal(value).is_multiple_of(decimal(step))
        };
        assert!(holds("0.3", "0.1"));
        assert!(holds("19.99", "0.01"));
        assert!(holds("1e300", "0.01"));
        assert!(holds("-4", "2.0"));
        assert!(holds("0", "1e300"));
        assert!(!holds("19.995", "0.01"));
        assert!(!holds("3", "1e300"));
        assert_eq!(Decimal::of("0.12345678901234567890123"), None);
    }

    #[test]
    fn bounds_with_fractions_round_to_integers() {
        let bound = |value: Value| Bound::of(value.as_number().expect("a number")).expect("finite");
        assert_eq!(bound(json!(1.5)).at_least(), Some(2));
        assert_eq!(bound(json!(-1.5)).at_most(), Some(-2));
        assert_eq!(bound(json!(1e20)).at_most(), Some(100_000_000_000_000_000_000));
        assert_eq!(bound(json!(1e300)).at_most(), None);
    }
}
