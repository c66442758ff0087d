//! Combines the limits of several schemas: of each kind, the tightest remains.

use crate::model::{Bound, Limit};
use std::cmp::Ordering;

/// The limits of a type.
#[derive(Debug, Default)]
pub(super) struct LimitSet(Vec<Limit>);

/// Which end of a range a bound is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Lower,
    Upper,
}

impl LimitSet {
    /// Adds a limit next to others of its kind.
    pub(super) fn add(&mut self, limit: Limit) {
        if !self.0.contains(&limit) {
            self.0.push(limit);
        }
    }

    /// Adds a lower limit of a size, unless there is a greater one.
    pub(super) fn add_minimum_size(&mut self, limit: Option<Limit>) {
        self.add_size(limit, u64::gt);
    }

    /// Adds an upper limit of a size, unless there is a smaller one.
    pub(super) fn add_maximum_size(&mut self, limit: Option<Limit>) {
        self.add_size(limit, u64::lt);
    }

    fn add_size(&mut self, limit: Option<Limit>, is_tighter: fn(&u64, &u64) -> bool) {
        let Some(limit) = limit else { return };
        let is_same_kind =
            |other: &&mut Limit| std::mem::discriminant(*other) == std::mem::discriminant(&limit);
        match self.0.iter_mut().find(is_same_kind) {
            Some(known) => {
                if let (Some(new), Some(old)) = (size(&limit), size(known))
                    && is_tighter(&new, &old)
                {
                    *known = limit;
                }
            }
            None => self.0.push(limit),
        }
    }

    /// Adds a lower bound of a number, unless there is a tighter one.
    pub(super) fn add_minimum(&mut self, limit: Option<Limit>) {
        self.add_bound(limit, End::Lower);
    }

    /// Adds an upper bound of a number, unless there is a tighter one.
    pub(super) fn add_maximum(&mut self, limit: Option<Limit>) {
        self.add_bound(limit, End::Upper);
    }

    fn add_bound(&mut self, limit: Option<Limit>, end: End) {
        let Some(limit) = limit else { return };
        let Some(new) = bound(&limit, end) else {
            return;
        };
        let known = self.0.iter_mut().find(|other| bound(other, end).is_some());
        let Some(known) = known else {
            self.0.push(limit);
            return;
        };
        let is_tighter = bound(known, end).is_some_and(|old| {
            let order = new.number.compare(old.number);
            let order = match end {
                End::Lower => order,
                End::Upper => order.reverse(),
            };
            order == Ordering::Greater || (order == Ordering::Equal && new.is_exclusive)
        });
        if is_tighter {
            *known = limit;
        }
    }

    /// The limits in the order in which they are checked: patterns, which take longest, come last.
    pub(super) fn into_list(mut self) -> Vec<Limit> {
        self.0.sort_by_key(|limit| matches!(limit, Limit::Pattern(_)));
        self.0
    }
}

fn size(limit: &Limit) -> Option<u64> {
    match limit {
        Limit::MinLength(size)
        | Limit::MaxLength(size)
        | Limit::MinItems(size)
        | Limit::MaxItems(size)
        | Limit::MinProperties(size)
        | Limit::MaxProperties(size) => Some(*size),
        _ => None,
    }
}

struct NumberBound {
    number: Bound,
    is_exclusive: bool,
}

/// The bound that a limit sets at that end.
fn bound(limit: &Limit, end: End) -> Option<NumberBound> {
    let (number, is_exclusive) = match (limit, end) {
        (Limit::Minimum(number), End::Lower) | (Limit::Maximum(number), End::Upper) => (*number, false),
        (Limit::ExclusiveMinimum(number), End::Lower) | (Limit::ExclusiveMaximum(number), End::Upper) => {
            (*number, true)
        }
        _ => return None,
    };
    Some(NumberBound { number, is_exclusive })
}
