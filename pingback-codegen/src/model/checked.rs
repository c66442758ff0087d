//! Types whose values keep limits: what is asked of a value beyond its JSON type, and whether a value does it.

use super::{IntKind, Type};
use regress::Regex;
use serde::Serialize;
use serde_json::{Number, Value};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Longer texts are not matched here.
const LONGEST_TEXT: usize = 200;
/// A longer pattern is not looked at.
const LONGEST_PATTERN: usize = 10_000;
/// Nor is one with more groups within one another: reading it takes stack.
const DEEPEST_PATTERN: usize = 100;

/// A type whose values keep limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// What it holds.
    pub inner: Type,
    /// What holds of every value; each kind of limit once, but for patterns and multiples.
    pub limits: Vec<Limit>,
    /// The value that it has by default, by the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Some value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
}

/// One thing that is asked of a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the keyword of that name")]
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

/// A number that others are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Bound {
    /// An integer.
    Integer(i128),
    /// Any other.
    Float(f64),
}

/// A number that others are multiples of: its digits, times ten to the power of the exponent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Decimal {
    /// The digits.
    pub digits: u64,
    /// Where the point stands.
    pub exponent: i32,
}

impl Checked {
    /// Is the value, which is one of the inner type, one of this? `None` where it would take too long to find out.
    #[must_use]
    pub fn holds(&self, value: &Value, patterns: &Patterns) -> Option<bool> {
        let mut holds = Some(true);
        for limit in &self.limits {
            match limit.holds(value, patterns) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => holds = None,
            }
        }
        holds
    }
}

impl Limit {
    /// Does the value keep the limit? What it says nothing of does. `None` where it would take too long to find out.
    #[must_use]
    pub fn holds(&self, value: &Value, patterns: &Patterns) -> Option<bool> {
        if let (Self::Pattern(pattern), Some(text)) = (self, value.as_str()) {
            return patterns.matches(pattern, text);
        }
        Some(self.is_kept(value))
    }

    fn is_kept(&self, value: &Value) -> bool {
        let length = || value.as_str().map(|text| size(text.chars().count()));
        let items = || value.as_array().map(|items| size(items.len()));
        let members = || value.as_object().map(|members| size(members.len()));
        let ordering = |bound: &Bound| Bound::of(value.as_number()?).map(|number| number.compare(*bound));
        match self {
            Self::MinLength(least) => length().is_none_or(|count| count >= *least),
            Self::MaxLength(most) => length().is_none_or(|count| count <= *most),
            Self::Pattern(_) => true,
            Self::Minimum(bound) => ordering(bound).is_none_or(Ordering::is_ge),
            Self::ExclusiveMinimum(bound) => ordering(bound).is_none_or(Ordering::is_gt),
            Self::Maximum(bound) => ordering(bound).is_none_or(Ordering::is_le),
            Self::ExclusiveMaximum(bound) => ordering(bound).is_none_or(Ordering::is_lt),
            Self::MultipleOf(step) => value.as_number().is_none_or(|number| {
                Decimal::of(&number.to_string()).is_none_or(|number| number.is_multiple_of(*step))
            }),
            Self::MinItems(least) => items().is_none_or(|count| count >= *least),
            Self::MaxItems(most) => items().is_none_or(|count| count <= *most),
            Self::UniqueItems => value.as_array().is_none_or(|items| {
                let mut seen = HashSet::with_capacity(items.len());
                items.iter().all(|item| seen.insert(item.to_string()))
            }),
            Self::MinProperties(least) => members().is_none_or(|count| count >= *least),
            Self::MaxProperties(most) => members().is_none_or(|count| count <= *most),
        }
    }

    /// Does every value of the type keep it?
    #[must_use]
    pub fn says_nothing(&self, inner: &Type) -> bool {
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
            (Self::MultipleOf(step), Some(_)) => (step.digits, step.exponent) == (1, 0),
            _ => false,
        }
    }
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Bound {
    /// A number of a document.
    #[must_use]
    pub fn of(number: &Number) -> Option<Self> {
        let integer = number.as_i64().map(i128::from);
        let integer = integer.or_else(|| number.as_u64().map(i128::from));
        match integer {
            Some(integer) => Some(Self::Integer(integer)),
            None => number.as_f64().map(Self::Float),
        }
    }

    /// The least integer that is not less; `None` if it has more than 128 bits.
    #[must_use]
    pub fn at_least(self) -> Option<i128> {
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) => exact(float.ceil()),
        }
    }

    /// The greatest integer that is not greater.
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
        reason = "numbers of one type have bounds of that type"
    )]
    pub fn float(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// Which of two numbers is the greater one.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(&b),
            (a, b) => a.float().partial_cmp(&b.float()).unwrap_or(Ordering::Equal),
        }
    }
}

/// The integer that a float without a fraction is.
fn exact(float: f64) -> Option<i128> {
    // The text of such a float is all its digits.
    format!("{float}").parse().ok()
}

impl Decimal {
    /// The absolute of a number as it is written; `None` if it has too many digits.
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

    fn is_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 || step.digits == 0 {
            return self.digits == 0;
        }
        let (mut digits, mut divisor) = (u128::from(self.digits), u128::from(step.digits));
        let shift = self.exponent.saturating_sub(step.exponent);
        let scaled = if shift < 0 { &mut divisor } else { &mut digits };
        let ten = 10u128.checked_pow(shift.unsigned_abs());
        match ten.and_then(|ten| ten.checked_mul(*scaled)) {
            Some(product) => *scaled = product,
            // So far apart, a step is too large, or a number has zeros enough for any step.
            None => return shift > 0,
        }
        digits.is_multiple_of(divisor)
    }
}

/// Regular expressions, each compiled once.
#[derive(Debug, Default)]
pub struct Patterns(RefCell<HashMap<String, Option<Rc<Regex>>>>);

impl Patterns {
    /// Is this a regular expression (ECMA-262)?
    #[must_use]
    pub fn is_valid(&self, pattern: &str) -> bool {
        self.compiled(pattern).is_some()
    }

    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        if text.len() > LONGEST_TEXT || !is_cheap(pattern) {
            return None;
        }
        let regex = self.compiled(pattern);
        Some(regex.is_none_or(|regex| regex.find(text).is_some()))
    }

    fn compiled(&self, pattern: &str) -> Option<Rc<Regex>> {
        let mut known = self.0.borrow_mut();
        if let Some(regex) = known.get(pattern) {
            return regex.clone();
        }
        let regex = compile(pattern).map(Rc::new);
        known.insert(pattern.to_owned(), regex.clone());
        regex
    }
}

/// As the runtime does it.
fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > LONGEST_PATTERN || depth(pattern) > DEEPEST_PATTERN {
        return None;
    }
    let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
    regex.ok()
}

/// Does matching a short text end soon? The engine goes back to try again, which takes exponential time where what
/// is repeated has choices, and many steps where much is repeated. What stands in classes counts too.
fn is_cheap(pattern: &str) -> bool {
    let count = |chars: &[char]| pattern.matches(chars).count();
    let group_repeated = [")*", ")+", "){"].iter().any(|end| pattern.contains(end));
    !group_repeated && count(&['*', '+', '{']) <= 3 && count(&['?', '|']) <= 12
}

/// How deep groups lie within one another, at most: what is escaped counts too.
fn depth(pattern: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for byte in pattern.bytes() {
        match byte {
            b'(' | b'[' => now += 1,
            b')' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn multiples_are_reckoned_in_decimal() {
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
    fn bounds_of_integers_may_have_fractions() {
        let bound = |value: Value| Bound::of(value.as_number().expect("a number")).expect("finite");
        assert_eq!(bound(json!(1.5)).at_least(), Some(2));
        assert_eq!(bound(json!(-1.5)).at_most(), Some(-2));
        assert_eq!(bound(json!(1e20)).at_most(), Some(100_000_000_000_000_000_000));
        assert_eq!(bound(json!(1e300)).at_most(), None);
    }

    #[test]
    fn nothing_is_matched_that_could_take_for_ever() {
        let patterns = Patterns::default();
        let text = "a".repeat(100) + "!";
        assert_eq!(patterns.matches("^[a-z]+!$", &text), Some(true));
        for pattern in [
            "(a+)+$",
            "(a|a)*$",
            "^(?:a*)*$",
            "a*a*a*a*a*a*$",
            &"a?".repeat(50),
        ] {
            assert_eq!(patterns.matches(pattern, &text), None, "{pattern}");
        }
        assert_eq!(patterns.matches("a", &"a".repeat(1000)), None);
        assert!(patterns.is_valid("^a{1,1000000000}$"));
    }

    #[test]
    fn patterns_that_are_none_are_told() {
        let patterns = Patterns::default();
        assert!(patterns.is_valid(r"^\p{L}+$"));
        // Unicode's syntax does not allow to escape this.
        assert!(patterns.is_valid(r"^[a-z\_]+\-$"));
        assert!(!patterns.is_valid("(a"));
        assert!(!patterns.is_valid(&format!("{}{}", "(".repeat(100_000), ")".repeat(100_000))));
    }
}
