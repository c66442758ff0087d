//! Types whose values satisfy the constraints of the document, such as a maximum length.
//!
//! Each type has a table of limits. The functions that check them are not generic, so that they are compiled once.

use std::fmt;

/// A constraint that the document sets on a value.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// The minimum number of characters (Unicode code points) of a text.
    MinLength(u64),
    /// The maximum number of characters of a text.
    MaxLength(u64),
    /// A regular expression (ECMA-262) that matches a text or a part of it.
    Pattern(&'static dyn Matches),
    /// The minimum of a number.
    Minimum(Bound),
    /// The exclusive minimum of a number.
    ExclusiveMinimum(Bound),
    /// The maximum of a number.
    Maximum(Bound),
    /// The exclusive maximum of a number.
    ExclusiveMaximum(Bound),
    /// A number is a multiple of this.
    MultipleOf(Decimal),
    /// The minimum number of items of a list.
    MinItems(u64),
    /// The maximum number of items of a list.
    MaxItems(u64),
    /// No two items of a list are equal as JSON.
    UniqueItems,
    /// The minimum number of members of a map.
    MinProperties(u64),
    /// The maximum number of members of a map.
    MaxProperties(u64),
}

/// A regular expression.
pub trait Matches: fmt::Debug + Sync {
    /// The source text of the expression.
    fn pattern(&self) -> &'static str;

    /// Whether the expression matches the text or a part of it.
    fn matches(&self, text: &str) -> bool;
}

/// A number to compare with.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    /// An integer.
    Integer(i128),
    /// A number that is not an integer.
    Float(f64),
}

macro_rules! integers {
    ($($integer:ident)*) => {
        $(impl From<$integer> for Bound {
            fn from(value: $integer) -> Self {
                Self::Integer(i128::from(value))
            }
        })*
    };
}

integers!(i32 i64 u32 u64 i128);

impl From<f64> for Bound {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl Bound {
    #[allow(
        clippy::cast_precision_loss,
        reason = "numbers of one type have bounds of that type"
    )]
    fn compare(self, other: Self) -> Option<std::cmp::Ordering> {
        let float = |bound| match bound {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        };
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(&b)),
            (a, b) => float(a).partial_cmp(&float(b)),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

/// A decimal number without a sign: its digits, times ten to the power of the exponent.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// `digits` times ten to the power of `exponent`.
    #[must_use]
    pub const fn new(digits: u64, exponent: i32) -> Self {
        Self {
            digits: digits as u128,
            exponent,
        }
    }

    /// The absolute value of a number. A float has the shortest digits that are read as the same float.
    fn of(number: Bound) -> Option<Self> {
        let float = match number {
            Bound::Integer(value) => {
                return Some(Self {
                    digits: value.unsigned_abs(),
                    exponent: 0,
                });
            }
            Bound::Float(value) => value.abs(),
        };
        let text = format!("{float:e}");
        let (digits, exponent) = text.split_once('e')?;
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self {
            digits: format!("{whole}{fraction}").parse().ok()?,
            exponent: exponent.parse::<i32>().ok()? - places,
        })
    }

    /// Whether this is a multiple of `step`. The division is decimal, so that 0.3 is a multiple of 0.1.
    fn is_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 {
            return true;
        }
        if step.digits == 0 {
            return false;
        }
        let shift = self.exponent.saturating_sub(step.exponent);
        let steps = shift.unsigned_abs();
        if shift < 0 {
            let divisor = 10u128
                .checked_pow(steps)
                .and_then(|ten| ten.checked_mul(step.digits));
            return divisor.is_some_and(|divisor| self.digits.is_multiple_of(divisor));
        }
        // The digits of a step fit into 64 bits, so the products don't overflow.
        let modulus = step.digits;
        let (mut rest, mut base, mut power) = (self.digits % modulus, 10 % modulus, steps);
        while power > 0 {
            if power & 1 == 1 {
                rest = rest * base % modulus;
            }
            base = base * base % modulus;
            power >>= 1;
        }
        rest == 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { digits, exponent } = *self;
        match exponent {
            0 => write!(f, "{digits}"),
            1..=20 => write!(f, "{digits}{:0<1$}", "", exponent.unsigned_abs() as usize),
            -20..=-1 => {
                let places = exponent.unsigned_abs() as usize;
                let text = format!("{digits:0>width$}", width = places + 1);
                let (whole, fraction) = text.split_at(text.len() - places);
                write!(f, "{whole}.{fraction}")
            }
            _ => write!(f, "{digits}e{exponent}"),
        }
    }
}

/// A value that violates a constraint of the document.
///
/// Its message states the constraint and how the value violates it, but never contains a text, which may be a secret.
#[derive(Debug, Clone)]
pub struct ConstraintError {
    type_name: &'static str,
    limit: &'static Limit,
    violation: Violation,
}

/// The property of a value that violates a limit.
#[derive(Debug, Clone)]
pub(super) enum Violation {
    /// The number of characters, items or members.
    Count(u64),
    /// The number.
    Number(Bound),
    /// The indices of two equal items.
    Same(usize, usize),
}

impl ConstraintError {
    /// The type that the value was checked for.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The constraint that the value violates.
    #[must_use]
    pub fn limit(&self) -> &'static Limit {
        self.limit
    }
}

impl fmt::Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not `{}`: ", self.type_name)?;
        match (self.limit, &self.violation) {
            (Limit::Pattern(pattern), _) => {
                return write!(f, "it does not match the pattern `{}`", pattern.pattern());
            }
            (Limit::UniqueItems, Violation::Same(a, b)) => {
                return write!(f, "its items {a} and {b} are the same");
            }
            (Limit::UniqueItems, _) => return f.write_str("two of its items are the same"),
            (Limit::MinLength(_) | Limit::MaxLength(_), Violation::Count(count)) => {
                write!(f, "it has {}", counted(*count, "character", "characters"))?;
            }
            (Limit::MinItems(_) | Limit::MaxItems(_), Violation::Count(count)) => {
                write!(f, "it has {}", counted(*count, "item", "items"))?;
            }
            (_, Violation::Count(count)) => write!(f, "it has {}", counted(*count, "member", "members"))?,
            (_, Violation::Number(number)) => write!(f, "it is {number}")?,
            (_, Violation::Same(..)) => {}
        }
        match self.limit {
            Limit::MinLength(least) | Limit::MinItems(least) | Limit::MinProperties(least) => {
                write!(f, ", and must have at least {least}")
            }
            Limit::MaxLength(most) | Limit::MaxItems(most) | Limit::MaxProperties(most) => {
                write!(f, ", and may have at most {most}")
            }
            Limit::Minimum(bound) => write!(f, ", and must be at least {bound}"),
            Limit::ExclusiveMinimum(bound) => write!(f, ", and must be greater than {bound}"),
            Limit::Maximum(bound) => write!(f, ", and must be at most {bound}"),
            Limit::ExclusiveMaximum(bound) => write!(f, ", and must be less than {bound}"),
            Limit::MultipleOf(step) => write!(f, ", and must be a multiple of {step}"),
            Limit::Pattern(_) | Limit::UniqueItems => Ok(()),
        }
    }
}

impl std::error::Error for ConstraintError {}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Checks a value against all limits; `violation` returns how the value violates a limit, if it does.
pub(super) fn check(
    type_name: &'static str,
    limits: &'static [Limit],
    violation: impl Fn(&Limit) -> Option<Violation>,
) -> Result<(), ConstraintError> {
    let broken = limits
        .iter()
        .find_map(|limit| violation(limit).map(|violation| (limit, violation)));
    match broken {
        Some((limit, violation)) => Err(ConstraintError {
            type_name,
            limit,
            violation,
        }),
        None => Ok(()),
    }
}

/// Checks a text.
pub fn text(type_name: &'static str, limits: &'static [Limit], text: &str) -> Result<(), ConstraintError> {
    let length = length(text.chars().count());
    check(type_name, limits, |limit| {
        let holds = match limit {
            Limit::MinLength(least) => length >= *least,
            Limit::MaxLength(most) => length <= *most,
            Limit::Pattern(pattern) => pattern.matches(text),
            _ => true,
        };
        (!holds).then_some(Violation::Count(length))
    })
}

/// Checks a number.
pub fn number(
    type_name: &'static str,
    limits: &'static [Limit],
    number: Bound,
) -> Result<(), ConstraintError> {
    check(type_name, limits, |limit| {
        let holds = match limit {
            Limit::Minimum(bound) => number.compare(*bound).is_some_and(std::cmp::Ordering::is_ge),
            Limit::ExclusiveMinimum(bound) => number.compare(*bound).is_some_and(std::cmp::Ordering::is_gt),
            Limit::Maximum(bound) => number.compare(*bound).is_some_and(std::cmp::Ordering::is_le),
            Limit::ExclusiveMaximum(bound) => number.compare(*bound).is_some_and(std::cmp::Ordering::is_lt),
            Limit::MultipleOf(step) => Decimal::of(number).is_some_and(|number| number.is_multiple_of(*step)),
            _ => true,
        };
        (!holds).then_some(Violation::Number(number))
    })
}

/// Checks the number of items of a list, or of members of a map.
pub fn count(type_name: &'static str, limits: &'static [Limit], count: usize) -> Result<(), ConstraintError> {
    let count = length(count);
    check(type_name, limits, |limit| {
        let holds = match limit {
            Limit::MinItems(least) | Limit::MinProperties(least) => count >= *least,
            Limit::MaxItems(most) | Limit::MaxProperties(most) => count <= *most,
            _ => true,
        };
        (!holds).then_some(Violation::Count(count))
    })
}

fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Implements a type `struct Name(Inner);` whose values satisfy `Name::limits()`. The arguments are the kind of the
/// value, the name, and the inner type.
macro_rules! checked {
    (text $name:ident) => {
        runtime::checked::checked!(@inner $name (::std::string::String)
            |value| runtime::checked::text(stringify!($name), Self::limits(), value));

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = runtime::ConstraintError;

            fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                ::std::convert::TryFrom::try_from(::std::string::String::from(text))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = runtime::ConstraintError;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::convert::TryFrom::try_from(text)
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        runtime::checked::checked!(@deref $name (str));
        runtime::checked::checked!(@display $name);
    };
    // A text that has a Rust type of its own, such as a date.
    (formatted $name:ident ($inner:ty)) => {
        runtime::checked::checked!(@inner $name ($inner)
            |value| runtime::checked::text(stringify!($name), Self::limits(), &value.to_string()));
        runtime::checked::checked!(@deref $name ($inner));
        runtime::checked::checked!(@display $name);
    };
    (number $name:ident ($inner:ty)) => {
        runtime::checked::checked!(@inner $name ($inner)
            |value| runtime::checked::number(stringify!($name), Self::limits(), (*value).into()));

        impl $name {
            /// The number.
            #[must_use]
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        runtime::checked::checked!(@display $name);
    };
    (list $name:ident ($item:ty)) => {
        runtime::checked::checked!(@inner $name (::std::vec::Vec<$item>)
            |value| runtime::checked::count(stringify!($name), Self::limits(), value.len()));
        runtime::checked::checked!(@deref $name ([$item]));
    };
    // A list without duplicates.
    (set $name:ident ($item:ty)) => {
        runtime::checked::checked!(@inner $name (::std::vec::Vec<$item>)
            |value| runtime::unique::items(stringify!($name), Self::limits(), value));
        runtime::checked::checked!(@deref $name ([$item]));
    };
    (map $name:ident ($value:ty)) => {
        runtime::checked::checked!(@inner $name (::std::collections::BTreeMap<::std::string::String, $value>)
            |value| runtime::checked::count(stringify!($name), Self::limits(), value.len()));
        runtime::checked::checked!(@deref $name (::std::collections::BTreeMap<::std::string::String, $value>));
    };
    (@inner $name:ident ($inner:ty) |$value:ident| $check:expr) => {
        impl ::std::convert::TryFrom<$inner> for $name {
            type Error = runtime::ConstraintError;

            fn try_from(value: $inner) -> ::std::result::Result<Self, Self::Error> {
                let $value = &value;
                $check?;
                ::std::result::Result::Ok(Self(value))
            }
        }

        impl ::std::convert::From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
    (@deref $name:ident ($target:ty)) => {
        impl ::std::ops::Deref for $name {
            type Target = $target;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    };
    (@display $name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

pub(crate) use checked;
