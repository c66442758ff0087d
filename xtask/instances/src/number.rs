//! Random numbers that satisfy keywords such as `minimum`.

use crate::rng::Rng;
use pingback_codegen::read::number::Number;
use pingback_codegen::read::schema::Schema;
use serde_json::Value;

/// The keywords for numbers of all schemas that apply to a value.
#[derive(Debug, Default)]
pub(crate) struct NumberKeywords {
    /// The greatest minimum, and whether it is exclusive.
    min: Option<(f64, bool)>,
    /// The least maximum, and whether it is exclusive.
    max: Option<(f64, bool)>,
    divisors: Vec<f64>,
    format: Option<String>,
    /// Whether integers may be greater than `i64::MAX`.
    exceeds_i64: bool,
}

impl NumberKeywords {
    pub(crate) fn of(schemas: &[&Schema]) -> Self {
        let mut keywords = Self::default();
        for schema in schemas {
            let constraints = &schema.constraints;
            if let Some(min) = constraints.minimum.as_ref().and_then(Number::as_f64)
                && keywords.min.is_none_or(|(known, _)| known < min)
            {
                keywords.min = Some((min, constraints.exclusive_minimum));
            }
            if let Some(max) = constraints.maximum.as_ref().and_then(Number::as_f64)
                && keywords.max.is_none_or(|(known, _)| known > max)
            {
                keywords.max = Some((max, constraints.exclusive_maximum));
            }
            let divisor = constraints.multiple_of.as_ref().and_then(Number::as_f64);
            keywords.divisors.extend(divisor.filter(|divisor| *divisor > 0.0));
            if keywords.format.is_none() {
                keywords.format.clone_from(&schema.format);
            }
        }
        keywords.exceeds_i64 = matches!(keywords.format.as_deref(), Some("uint64" | "uint"))
            || keywords.max.is_some_and(|(max, _)| max > 9.3e18);
        keywords
    }

    /// Whether the format is one of integers.
    fn has_integer_format(&self) -> bool {
        matches!(
            self.format.as_deref(),
            Some("int32" | "int64" | "uint32" | "uint64" | "integer")
        )
    }

    /// A random integer; `None` if no integer of 64 bits is within the bounds.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and the result is clamped to the format's range"
    )]
    pub(crate) fn integer(&self, rng: &mut Rng) -> Option<Value> {
        let (mut min, mut max): (i128, i128) = match self.format.as_deref() {
            Some("int8") => (i8::MIN.into(), i8::MAX.into()),
            Some("int16") => (i16::MIN.into(), i16::MAX.into()),
            Some("int32") => (i32::MIN.into(), i32::MAX.into()),
            Some("uint8") => (0, u8::MAX.into()),
            Some("uint16") => (0, u16::MAX.into()),
            Some("uint32") => (0, u32::MAX.into()),
            Some("uint64" | "uint") => (0, u64::MAX.into()),
            _ if self.exceeds_i64 => (i64::MIN.into(), u64::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        };
        if let Some((bound, exclusive)) = self.min {
            let bound = bound.ceil() as i128 + i128::from(exclusive && bound.fract() == 0.0);
            min = min.max(bound);
        }
        if let Some((bound, exclusive)) = self.max {
            let bound = bound.floor() as i128 - i128::from(exclusive && bound.fract() == 0.0);
            max = max.min(bound);
        }
        if min > max {
            return None;
        }
        let near = 0.clamp(min, max);
        let mut number = match rng.below(6) {
            0 => min,
            1 => max,
            2 => near,
            3 => rng.between(min, max),
            _ => rng.between(
                near.saturating_sub(1000).max(min),
                near.saturating_add(1000).min(max),
            ),
        };
        if let Some(&divisor) = self.divisors.first() {
            // Divisors such as 0.5 divide every integer; those such as 0.3 give integers that validation rejects.
            let whole = (divisor.ceil() as i128).max(1);
            number -= number.rem_euclid(whole);
            if number < min {
                number += whole;
            }
        }
        let number = i64::try_from(number)
            .map(Value::from)
            .or_else(|_| u64::try_from(number).map(Value::from));
        number.ok()
    }

    /// A random number; `None` if only integers are allowed and none is within the bounds.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "any random number is fine"
    )]
    pub(crate) fn number(&self, rng: &mut Rng) -> Option<Value> {
        if self.has_integer_format() || rng.one_in(4) {
            return self.integer(rng);
        }
        let min = self.min.map_or(-1e6, |(min, _)| min);
        let max = self.max.map_or(min.max(0.0) + 1e6, |(max, _)| max);
        let min = if self.min.is_none() {
            min.min(max - 1e6)
        } else {
            min
        };
        let part = rng.between(1, 999_999) as f64 / 1e6;
        let mut number = match rng.below(8) {
            0 if self.min.is_none() => -1.5e300,
            1 if self.max.is_none() => 1.25e-7_f64.max(min),
            _ => min + (max - min) * part,
        };
        if let Some(&divisor) = self.divisors.first() {
            let times = (number / divisor).floor();
            // Through text, since 3.0 * 0.1 is not 0.3.
            let digits = format!("{divisor}")
                .split_once('.')
                .map_or(0, |(_, digits)| digits.len());
            let precise = format!("{:.digits$}", times * divisor);
            number = precise.parse().ok()?;
            if number < min {
                number += divisor;
            }
            if digits == 0 && number.abs() < 9e15 {
                return Some((number as i64).into());
            }
        }
        serde_json::Number::from_f64(number).map(Value::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingback_codegen::pointer::Pointer;
    use pingback_codegen::source::{SourceId, Span};

    fn keywords(change: impl FnOnce(&mut Schema)) -> NumberKeywords {
        let span = Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        };
        let mut schema = Schema::empty(Pointer::default(), span);
        change(&mut schema);
        NumberKeywords::of(&[&schema])
    }

    #[test]
    fn integers_are_within_bounds_and_multiples() {
        let keywords = keywords(|schema| {
            schema.constraints.minimum = Some(3.into());
            schema.constraints.exclusive_minimum = true;
            schema.constraints.maximum = Some(100.into());
            schema.constraints.multiple_of = Some(5.into());
        });
        let mut rng = Rng::new(1, "");
        for _ in 0..100 {
            let number = keywords.integer(&mut rng).expect("possible");
            let number = number.as_i64().expect("an integer");
            assert!((5..=100).contains(&number) && number % 5 == 0, "{number}");
        }
    }

    #[test]
    fn numbers_are_multiples_in_decimal() {
        let keywords = keywords(|schema| {
            schema.constraints.minimum = Some(0.into());
            schema.constraints.maximum = Some(2.into());
            schema.constraints.multiple_of = Number::parse("0.01");
        });
        let mut rng = Rng::new(1, "");
        for _ in 0..100 {
            let text = keywords.number(&mut rng).expect("possible").to_string();
            assert!(
                text.split_once('.').is_none_or(|(_, digits)| digits.len() <= 2),
                "{text}"
            );
        }
    }

    #[test]
    fn bounds_without_an_integer_give_none() {
        let keywords = keywords(|schema| {
            schema.constraints.minimum = Some(3.into());
            schema.constraints.maximum = Some(2.into());
        });
        assert_eq!(keywords.integer(&mut Rng::new(1, "")), None);
    }

    #[test]
    fn unsigned_integers_reach_their_maximum() {
        let keywords = keywords(|schema| schema.format = Some("uint64".to_owned()));
        let mut rng = Rng::new(1, "");
        let largest = (0..100).any(|_| keywords.integer(&mut rng) == Some(u64::MAX.into()));
        assert!(largest);
    }
}
