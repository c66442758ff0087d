//! Numbers within bounds.

use super::chance::Chance;
use crate::read::number::Number;
use crate::read::schema::Schema;
use serde_json::Value;

/// Everything that schemas say of one number.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// The greatest minimum, and whether it is excluded.
    least: Option<(f64, bool)>,
    most: Option<(f64, bool)>,
    divisors: Vec<f64>,
    format: Option<String>,
    /// Is an integer beyond 64 bits, signed, asked for?
    wide: bool,
}

impl Limits {
    pub(super) fn of<'s>(parts: impl Iterator<Item = &'s Schema>) -> Self {
        let mut limits = Self::default();
        for schema in parts {
            let own = &schema.constraints;
            if let Some(least) = own.minimum.as_ref().and_then(Number::as_f64)
                && limits.least.is_none_or(|(known, _)| known < least)
            {
                limits.least = Some((least, own.exclusive_minimum));
            }
            if let Some(most) = own.maximum.as_ref().and_then(Number::as_f64)
                && limits.most.is_none_or(|(known, _)| known > most)
            {
                limits.most = Some((most, own.exclusive_maximum));
            }
            let divisor = own.multiple_of.as_ref().and_then(Number::as_f64);
            limits.divisors.extend(divisor.filter(|divisor| *divisor > 0.0));
            if limits.format.is_none() {
                limits.format.clone_from(&schema.format);
            }
        }
        limits.wide = matches!(limits.format.as_deref(), Some("uint64" | "uint"))
            || limits.most.is_some_and(|(most, _)| most > 9.3e18);
        limits
    }

    /// Is a number of this format an integer?
    pub(super) fn asks_for_integer(&self) -> bool {
        matches!(
            self.format.as_deref(),
            Some("int32" | "int64" | "uint32" | "uint64" | "integer")
        )
    }

    #[expect(clippy::cast_possible_truncation, reason = "bounded right after")]
    pub(super) fn integer(&self, chance: &mut Chance) -> Option<Value> {
        let (mut least, mut most): (i128, i128) = match self.format.as_deref() {
            Some("int8") => (i8::MIN.into(), i8::MAX.into()),
            Some("int16") => (i16::MIN.into(), i16::MAX.into()),
            Some("int32") => (i32::MIN.into(), i32::MAX.into()),
            Some("uint8") => (0, u8::MAX.into()),
            Some("uint16") => (0, u16::MAX.into()),
            Some("uint32") => (0, u32::MAX.into()),
            Some("uint64" | "uint") => (0, u64::MAX.into()),
            _ if self.wide => (i64::MIN.into(), u64::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        };
        if let Some((bound, excluded)) = self.least {
            let bound = bound.ceil() as i128 + i128::from(excluded && bound.fract() == 0.0);
            least = least.max(bound);
        }
        if let Some((bound, excluded)) = self.most {
            let bound = bound.floor() as i128 - i128::from(excluded && bound.fract() == 0.0);
            most = most.min(bound);
        }
        if least > most {
            return None;
        }
        let near = 0.clamp(least, most);
        let mut number = match chance.below(6) {
            0 => least,
            1 => most,
            2 => near,
            3 => chance.between(least, most),
            _ => chance.between(
                near.saturating_sub(1000).max(least),
                near.saturating_add(1000).min(most),
            ),
        };
        if let Some(&divisor) = self.divisors.first() {
            // A part of one divides all integers that its whole does.
            let whole = (divisor.ceil() as i128).max(1);
            number -= number.rem_euclid(whole);
            if number < least {
                number += whole;
            }
        }
        let number = i64::try_from(number)
            .map(Value::from)
            .or_else(|_| u64::try_from(number).map(Value::from));
        number.ok()
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a random number is as good as its neighbour"
    )]
    pub(super) fn number(&self, chance: &mut Chance) -> Option<Value> {
        if self.asks_for_integer() || chance.once_in(4) {
            return self.integer(chance);
        }
        let least = self.least.map_or(-1e6, |(least, _)| least);
        let most = self.most.map_or(least.max(0.0) + 1e6, |(most, _)| most);
        let least = if self.least.is_none() {
            least.min(most - 1e6)
        } else {
            least
        };
        let part = chance.between(1, 999_999) as f64 / 1e6;
        let mut number = match chance.below(8) {
            0 if self.least.is_none() => -1.5e300,
            1 if self.most.is_none() => 1.25e-7_f64.max(least),
            _ => least + (most - least) * part,
        };
        if let Some(&divisor) = self.divisors.first() {
            let times = (number / divisor).floor();
            // By way of text: 3 * 0.1 is not 0.3.
            let digits = format!("{divisor}")
                .split_once('.')
                .map_or(0, |(_, digits)| digits.len());
            let precise = format!("{:.digits$}", times * divisor);
            number = precise.parse().ok()?;
            if number < least {
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
    use crate::pointer::Pointer;
    use crate::source::{SourceId, Span};

    fn limits(change: impl FnOnce(&mut Schema)) -> Limits {
        let span = Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        };
        let mut schema = Schema::empty(Pointer::default(), span);
        change(&mut schema);
        Limits::of(std::iter::once(&schema))
    }

    #[test]
    fn integers_are_within_bounds_and_divided() {
        let limits = limits(|schema| {
            schema.constraints.minimum = Some(3.into());
            schema.constraints.exclusive_minimum = true;
            schema.constraints.maximum = Some(100.into());
            schema.constraints.multiple_of = Some(5.into());
        });
        let mut chance = Chance::new(1, "");
        for _ in 0..100 {
            let number = limits.integer(&mut chance).expect("possible");
            let number = number.as_i64().expect("an integer");
            assert!((5..=100).contains(&number) && number % 5 == 0, "{number}");
        }
    }

    #[test]
    fn numbers_are_multiples_as_they_are_written() {
        let limits = limits(|schema| {
            schema.constraints.minimum = Some(0.into());
            schema.constraints.maximum = Some(2.into());
            schema.constraints.multiple_of = Number::parse("0.01");
        });
        let mut chance = Chance::new(1, "");
        for _ in 0..100 {
            let text = limits.number(&mut chance).expect("possible").to_string();
            assert!(
                text.split_once('.').is_none_or(|(_, digits)| digits.len() <= 2),
                "{text}"
            );
        }
    }

    #[test]
    fn impossible_bounds_give_nothing() {
        let limits = limits(|schema| {
            schema.constraints.minimum = Some(3.into());
            schema.constraints.maximum = Some(2.into());
        });
        assert_eq!(limits.integer(&mut Chance::new(1, "")), None);
    }

    #[test]
    fn what_is_unsigned_goes_as_far_as_it_can() {
        let limits = limits(|schema| schema.format = Some("uint64".to_owned()));
        let mut chance = Chance::new(1, "");
        let largest = (0..100).any(|_| limits.integer(&mut chance) == Some(u64::MAX.into()));
        assert!(largest);
    }
}
