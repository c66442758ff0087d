//! Validates values against the limits of a type, such as `maxLength`, as the generated code does.

use crate::model::{Bound, Checked, Decimal, Limit};
use regress::Regex;
use serde_json::Value;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The most bytes of a text that is matched against a pattern.
const MAX_TEXT: usize = 200;
/// The most bytes of a pattern. The runtime has the same limit.
const MAX_PATTERN: usize = 10_000;
/// The deepest nesting of groups in a pattern, which is parsed recursively. The runtime has the same limit.
const MAX_PATTERN_DEPTH: usize = 100;

/// Validates values against limits. Compiles each pattern once.
#[derive(Debug, Default)]
pub struct LimitValidator {
    patterns: RefCell<HashMap<String, Option<Rc<Regex>>>>,
}

impl LimitValidator {
    /// Whether a value of the inner type satisfies all limits; `None` if matching a pattern could take too long.
    #[must_use]
    pub fn is_valid(&self, checked: &Checked, value: &Value) -> Option<bool> {
        let mut result = Some(true);
        for limit in &checked.limits {
            match self.satisfies(limit, value) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => result = None,
            }
        }
        result
    }

    /// Whether the text is a regular expression (ECMA-262) that the generated code can use.
    #[must_use]
    pub fn is_pattern(&self, text: &str) -> bool {
        self.compiled(text).is_some()
    }

    fn satisfies(&self, limit: &Limit, value: &Value) -> Option<bool> {
        match (limit, value.as_str()) {
            (Limit::Pattern(pattern), Some(text)) => self.matches(pattern, text),
            _ => Some(satisfies(limit, value)),
        }
    }

    fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        if text.len() > MAX_TEXT || !is_cheap(pattern) {
            return None;
        }
        let regex = self.compiled(pattern);
        Some(regex.is_none_or(|regex| regex.find(text).is_some()))
    }

    fn compiled(&self, pattern: &str) -> Option<Rc<Regex>> {
        let mut patterns = self.patterns.borrow_mut();
        if let Some(regex) = patterns.get(pattern) {
            return regex.clone();
        }
        let regex = compile(pattern).map(Rc::new);
        patterns.insert(pattern.to_owned(), regex.clone());
        regex
    }
}

/// Whether a value satisfies a limit other than a pattern. Limits for values of other types are satisfied.
fn satisfies(limit: &Limit, value: &Value) -> bool {
    let length = || value.as_str().map(|text| to_u64(text.chars().count()));
    let items = || value.as_array().map(|items| to_u64(items.len()));
    let members = || value.as_object().map(|members| to_u64(members.len()));
    let ordering = |bound: &Bound| Bound::of(value.as_number()?).map(|number| number.compare(*bound));
    match limit {
        Limit::MinLength(min) => length().is_none_or(|count| count >= *min),
        Limit::MaxLength(max) => length().is_none_or(|count| count <= *max),
        Limit::Pattern(_) => true,
        Limit::Minimum(bound) => ordering(bound).is_none_or(Ordering::is_ge),
        Limit::ExclusiveMinimum(bound) => ordering(bound).is_none_or(Ordering::is_gt),
        Limit::Maximum(bound) => ordering(bound).is_none_or(Ordering::is_le),
        Limit::ExclusiveMaximum(bound) => ordering(bound).is_none_or(Ordering::is_lt),
        Limit::MultipleOf(step) => value.as_number().is_none_or(|number| {
            Decimal::of(&number.to_string()).is_none_or(|number| number.is_multiple_of(*step))
        }),
        Limit::MinItems(min) => items().is_none_or(|count| count >= *min),
        Limit::MaxItems(max) => items().is_none_or(|count| count <= *max),
        Limit::UniqueItems => value.as_array().is_none_or(|items| {
            let mut seen = HashSet::with_capacity(items.len());
            items.iter().all(|item| seen.insert(item.to_string()))
        }),
        Limit::MinProperties(min) => members().is_none_or(|count| count >= *min),
        Limit::MaxProperties(max) => members().is_none_or(|count| count <= *max),
    }
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Compiles a pattern with the engine and the flags that the runtime uses.
fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > MAX_PATTERN || depth(pattern) > MAX_PATTERN_DEPTH {
        return None;
    }
    let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
    regex.ok()
}

/// Whether matching a short text is fast. The engine backtracks, which takes exponential time for a repeated group
/// with alternatives, and many steps for many repetitions. Characters in classes are counted as well.
fn is_cheap(pattern: &str) -> bool {
    let count = |chars: &[char]| pattern.matches(chars).count();
    let repeats_group = [")*", ")+", "){"].iter().any(|end| pattern.contains(end));
    !repeats_group && count(&['*', '+', '{']) <= 3 && count(&['?', '|']) <= 12
}

/// An upper bound for the nesting of groups and classes: escaped brackets are counted as well.
fn depth(pattern: &str) -> usize {
    let (mut depth, mut max) = (0usize, 0);
    for byte in pattern.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        max = max.max(depth);
    }
    max
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_could_take_long_are_not_matched() {
        let validator = LimitValidator::default();
        let text = "a".repeat(100) + "!";
        assert_eq!(validator.matches("^[a-z]+!$", &text), Some(true));
        for pattern in [
            "(a+)+$",
            "(a|a)*$",
            "^(?:a*)*$",
            "a*a*a*a*a*a*$",
            &"a?".repeat(50),
        ] {
            assert_eq!(validator.matches(pattern, &text), None, "{pattern}");
        }
        assert_eq!(validator.matches("a", &"a".repeat(1000)), None);
        assert!(validator.is_pattern("^a{1,1000000000}$"));
    }

    #[test]
    fn malformed_patterns_are_recognized() {
        let validator = LimitValidator::default();
        assert!(validator.is_pattern(r"^\p{L}+$"));
        // Unicode's syntax does not allow to escape this.
        assert!(validator.is_pattern(r"^[a-z\_]+\-$"));
        assert!(!validator.is_pattern("(a"));
        assert!(!validator.is_pattern(&format!("{}{}", "(".repeat(100_000), ")".repeat(100_000))));
    }
}
