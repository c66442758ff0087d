//! The range of integers that the bounds of schemas document.

use super::merge::Merged;
use crate::model::IntKind;
use crate::read::number::Number;
use crate::read::schema::{Constraints, Schemas};
use std::cmp::Ordering;

/// A range of integers. An end that is not documented is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct IntegerRange {
    minimum: Option<End>,
    maximum: Option<End>,
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Less than any integer of 128 bits.
    Below,
    At(i128),
    /// More than any integer of 128 bits.
    Above,
}

impl IntegerRange {
    /// The range that all bounds of the schemas leave.
    pub(super) fn of(schemas: &Schemas, merged: &Merged) -> Self {
        let constraints = || merged.parts.iter().map(|&part| &schemas[part].constraints);
        Self {
            minimum: constraints().filter_map(minimum).max(),
            maximum: constraints().filter_map(maximum).min(),
        }
    }

    /// The ranges that the minimum and the maximum of one schema leave.
    pub(super) fn ends(constraints: &Constraints) -> (Self, Self) {
        let (minimum, maximum) = (minimum(constraints), maximum(constraints));
        let none = Self::default();
        (Self { minimum, ..none }, Self { maximum, ..none })
    }

    /// The range of these values.
    pub(super) fn of_values(values: impl Iterator<Item = Number>) -> Self {
        let ends: Vec<End> = values.filter_map(|value| end(&value, f64::floor)).collect();
        Self {
            minimum: ends.iter().min().copied(),
            maximum: ends.iter().max().copied(),
        }
    }

    /// The range of one integer.
    pub(super) fn of_integer(integer: i128) -> Self {
        let end = Some(End::At(integer));
        Self {
            minimum: end,
            maximum: end,
        }
    }

    /// Whether negative integers may be in the range.
    pub(super) fn allows_negative(&self) -> bool {
        self.minimum_is_negative() != Some(false)
    }

    /// Whether the documented minimum is negative.
    pub(super) fn minimum_is_negative(&self) -> Option<bool> {
        self.minimum.map(|minimum| minimum < End::At(0))
    }

    /// Whether the type holds both documented ends.
    pub(super) fn fits(&self, kind: IntKind) -> bool {
        let (least, greatest) = match kind {
            IntKind::I32 => (i32::MIN.into(), i32::MAX.into()),
            IntKind::I64 => (i64::MIN.into(), i64::MAX.into()),
            IntKind::U32 => (0, u32::MAX.into()),
            IntKind::U64 => (0, u64::MAX.into()),
            IntKind::I128 => (i128::MIN, i128::MAX),
            IntKind::Digits => return true,
        };
        let holds = |end: End| (End::At(least)..=End::At(greatest)).contains(&end);
        self.minimum.is_none_or(holds) && self.maximum.is_none_or(holds)
    }
}

/// The least integer that `minimum` or `exclusiveMinimum` allows.
fn minimum(constraints: &Constraints) -> Option<End> {
    let number = constraints.minimum.as_ref()?;
    let end = end(number, f64::ceil)?;
    Some(match end {
        End::At(least) if constraints.exclusive_minimum && is_whole(number) => {
            least.checked_add(1).map_or(End::Above, End::At)
        }
        _ => end,
    })
}

/// The greatest integer that `maximum` or `exclusiveMaximum` allows.
fn maximum(constraints: &Constraints) -> Option<End> {
    let number = constraints.maximum.as_ref()?;
    let end = end(number, f64::floor)?;
    Some(match end {
        End::At(greatest) if constraints.exclusive_maximum && is_whole(number) => {
            greatest.checked_sub(1).map_or(End::Below, End::At)
        }
        _ => end,
    })
}

fn is_whole(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// The integer next to a number, in the direction of `round`.
fn end(number: &Number, round: fn(f64) -> f64) -> Option<End> {
    if let Some(integer) = number.as_i128() {
        return Some(End::At(integer));
    }
    let float = number.as_f64()?;
    if !number.is_f64() {
        return Some(beyond(float));
    }
    Some(limit(float).unwrap_or_else(|| {
        let whole = format!("{:.0}", round(float));
        whole.parse().map_or_else(|_| beyond(float), End::At)
    }))
}

fn beyond(float: f64) -> End {
    if float < 0.0 { End::Below } else { End::Above }
}

/// The limit of a type, if the number is that limit rounded to a float, as some documents have it.
fn limit(float: f64) -> Option<End> {
    const LIMITS: [(f64, i128); 3] = [
        (9_223_372_036_854_775_808.0, 9_223_372_036_854_775_807),
        (18_446_744_073_709_551_616.0, 18_446_744_073_709_551_615),
        (170_141_183_460_469_231_731_687_303_715_884_105_728.0, i128::MAX),
    ];
    let mut limits = LIMITS.into_iter();
    let found = limits.find(|(rounded, _)| rounded.total_cmp(&float) == Ordering::Equal);
    found.map(|(_, limit)| End::At(limit))
}
