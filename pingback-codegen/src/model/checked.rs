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
    Minimum(Number),
    ExclusiveMinimum(Number),
    Maximum(Number),
    ExclusiveMaximum(Number),
    MultipleOf(Number),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
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
        let ordering = |bound: &Number| match value {
            Value::Number(number) => Some(compare(number, bound)),
            _ => None,
        };
        match self {
            Self::MinLength(least) => length().is_none_or(|count| count >= *least),
            Self::MaxLength(most) => length().is_none_or(|count| count <= *most),
            Self::Pattern(_) => true,
            Self::Minimum(bound) => ordering(bound).is_none_or(Ordering::is_ge),
            Self::ExclusiveMinimum(bound) => ordering(bound).is_none_or(Ordering::is_gt),
            Self::Maximum(bound) => ordering(bound).is_none_or(Ordering::is_le),
            Self::ExclusiveMaximum(bound) => ordering(bound).is_none_or(Ordering::is_lt),
            Self::MultipleOf(step) => match value {
                Value::Number(number) => is_multiple(number, step),
                _ => true,
            },
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
            (Self::Minimum(bound), Some((least, _))) => at_least(bound).is_some_and(|bound| bound <= least),
            (Self::Maximum(bound), Some((_, most))) => at_most(bound).is_some_and(|bound| bound >= most),
            (Self::MultipleOf(step), Some(_)) => step.as_u64() == Some(1),
            _ => false,
        }
    }
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn integer(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

/// The least integer that is not less.
#[must_use]
pub(crate) fn at_least(number: &Number) -> Option<i128> {
    integer(number).or_else(|| number.as_f64().and_then(|float| exact(float.ceil())))
}

/// The greatest integer that is not greater.
#[must_use]
pub(crate) fn at_most(number: &Number) -> Option<i128> {
    integer(number).or_else(|| number.as_f64().and_then(|float| exact(float.floor())))
}

/// The integer that a float without a fraction is.
fn exact(float: f64) -> Option<i128> {
    // The text of such a float is all its digits.
    format!("{float}").parse().ok()
}

/// Which of two numbers is the greater one.
pub(crate) fn compare(a: &Number, b: &Number) -> Ordering {
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => {
            let float = |number: &Number| number.as_f64().unwrap_or_default();
            float(a).partial_cmp(&float(b)).unwrap_or(Ordering::Equal)
        }
    }
}

/// The digits of a number and the power of ten that they are times; `None` if there are too many of them.
#[must_use]
pub fn decimal(number: &Number) -> Option<(u64, i32)> {
    let text = match number.as_f64() {
        Some(float) if number.is_f64() => format!("{:e}", float.abs()),
        _ => number.to_string().trim_start_matches('-').to_owned(),
    };
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places = i32::try_from(fraction.len()).ok()?;
    let exponent = exponent.parse::<i32>().ok()?.checked_sub(places)?;
    Some((format!("{whole}{fraction}").parse().ok()?, exponent))
}

fn is_multiple(number: &Number, step: &Number) -> bool {
    let (Some((digits, exponent)), Some((step, by))) = (decimal(number), decimal(step)) else {
        return true;
    };
    let (mut digits, mut step) = (u128::from(digits), u128::from(step));
    if digits == 0 || step == 0 {
        return digits == 0;
    }
    let ten = |power: i32| 10u128.checked_pow(power.unsigned_abs());
    let shift = exponent.saturating_sub(by);
    let scaled = if shift < 0 { &mut step } else { &mut digits };
    match ten(shift).and_then(|ten| ten.checked_mul(*scaled)) {
        Some(product) => *scaled = product,
        // Digits as far apart as this: a step is too large, or a number has zeros enough for any step.
        None => return shift > 0,
    }
    digits.is_multiple_of(step)
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

    fn number(value: &Value) -> Number {
        value.as_number().cloned().expect("a number")
    }

    #[test]
    fn multiples_are_reckoned_in_decimal() {
        let holds = |value: Value, step: Value| is_multiple(&number(&value), &number(&step));
        assert!(holds(json!(0.3), json!(0.1)));
        assert!(holds(json!(19.99), json!(0.01)));
        assert!(holds(json!(1e300), json!(0.01)));
        assert!(holds(json!(-4), json!(2.0)));
        assert!(holds(json!(0), json!(1e300)));
        assert!(!holds(json!(19.995), json!(0.01)));
        assert!(!holds(json!(3), json!(1e300)));
    }

    #[test]
    fn bounds_of_integers_may_have_fractions() {
        assert_eq!(at_least(&number(&json!(1.5))), Some(2));
        assert_eq!(at_most(&number(&json!(-1.5))), Some(-2));
        assert_eq!(at_most(&number(&json!(1e20))), Some(100_000_000_000_000_000_000));
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
