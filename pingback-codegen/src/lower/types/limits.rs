//! `maxLength`, `minimum` and the like of what holds together in; the limits that values of a type of its own keep,
//! where that was asked for, out. Everywhere else they are documentation.

use super::merge::{Intersection, Merged};
use super::object::MapOf;
use super::{Definition, Types, scalar};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::{Bound, Checked, Decimal, Docs, IntKind, Limit, Patterns, Type, TypeKind};
use crate::options::Checks;
use crate::read::number::Number;
use crate::read::schema::misfit::fault;
use crate::read::schema::{JsonType, SchemaId, Schemas};
use crate::source::{SourceId, Span};
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// A longer text is no example that anybody reads.
const LONGEST_EXAMPLE: usize = 60;

/// Texts of which one may be what a pattern asks for.
const TEXTS: &[&str] = &[
    "text",
    "ada",
    "Ada",
    "a1b2c3",
    "ada@example.com",
    "https://example.com",
    "2025-01-31",
    "en",
    "US",
    "EUR",
    "en-US",
    "12:00",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "12345678",
    "+4930901820",
    "1.0.0",
    "/path",
    "#00ff00",
    "A1B2C3D4",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "0123456789abcdef0123456789abcdef",
];

/// Which schemas become types whose values keep limits.
pub(super) struct Chosen {
    all: bool,
    only: HashSet<SchemaId>,
    pub(super) patterns: Patterns,
}

impl Chosen {
    pub(super) fn new(schemas: &Schemas, checks: &Checks) -> Self {
        let mut only = HashSet::new();
        if let Checks::Only(list) = checks {
            let by_pointer = by_pointer(schemas);
            let found = list
                .iter()
                .filter_map(|entry| by_pointer.get(&*pointer(&entry.at)));
            only.extend(found.copied());
        }
        Self {
            all: *checks == Checks::All,
            only,
            patterns: Patterns::default(),
        }
    }

    /// Is anything checked?
    pub(super) fn any(&self) -> bool {
        self.all || !self.only.is_empty()
    }

    fn is(&self, mut schemas: impl Iterator<Item = SchemaId>) -> bool {
        self.all || (!self.only.is_empty() && schemas.any(|schema| self.only.contains(&schema)))
    }
}

/// The pointer of a schema that is given by it, or by the name of a component.
fn pointer(at: &str) -> String {
    match at.strip_prefix('#').unwrap_or(at) {
        pointer if pointer.starts_with('/') => pointer.to_owned(),
        name => format!(
            "/components/schemas/{}",
            name.replace('~', "~0").replace('/', "~1")
        ),
    }
}

fn by_pointer(schemas: &Schemas) -> HashMap<&str, SchemaId> {
    let ids = (0u32..).map(SchemaId).zip(&schemas.list);
    ids.map(|(id, schema)| (schema.pointer.0.as_str(), id)).collect()
}

impl Types<'_> {
    /// Reports what is to be checked and cannot be: what is not there, and what has no limits. `config` is the file
    /// that says so.
    pub fn report_unusable_checks(&self, config: Option<SourceId>, diagnostics: &mut Diagnostics) {
        let Checks::Only(list) = &self.options.types.checked else {
            return;
        };
        let by_pointer = by_pointer(self.schemas);
        for entry in list {
            let span = config
                .zip(entry.place)
                .map(|(source, (start, end))| Span { source, start, end });
            let pointer = pointer(&entry.at);
            let Some(&schema) = by_pointer.get(&*pointer) else {
                let near = self
                    .components
                    .iter()
                    .map(|(_, name)| (strsim::damerau_levenshtein(name, &entry.at), name))
                    .filter(|(distance, name)| *distance <= name.chars().count().max(3) / 3)
                    .min();
                let mut finding = Diagnostic::new(rules::CHECKED_UNKNOWN, span, &[&entry.at]);
                if let Some((_, name)) = near {
                    finding = finding.hint(format!("did you mean `{name}`?"));
                }
                diagnostics.push(finding.about(entry.at.clone()));
                continue;
            };
            let intersection = Intersection::whole(schema);
            let merged = self.merger.merge(&intersection);
            let is_enum = merged.enumeration.is_some();
            if is_enum || self.limits(&intersection, &merged, diagnostics).is_empty() {
                let finding = Diagnostic::new(rules::CHECKED_WITHOUT_LIMITS, span, &[&entry.at]);
                let place = &self.schemas[schema];
                diagnostics.push(finding.related(place.span, "the schema").about(entry.at.clone()));
            }
        }
    }

    /// The limits that values are held to; none if that is not asked for here.
    pub(super) fn limits(
        &self,
        intersection: &Intersection,
        merged: &Merged,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Limit> {
        if !self
            .chosen
            .is(intersection.schemas().chain(merged.parts.iter().copied()))
        {
            return Vec::new();
        }
        self.limits_of(&merged.parts, merged, diagnostics)
    }

    /// Says that the number of an object's members is not held to.
    pub(super) fn report_members(
        &self,
        intersection: &Intersection,
        merged: &Merged,
        diagnostics: &mut Diagnostics,
    ) {
        if !self
            .chosen
            .is(intersection.schemas().chain(merged.parts.iter().copied()))
        {
            return;
        }
        for &part in &merged.parts {
            let schema = &self.schemas[part];
            let limits = &schema.constraints;
            if limits.min_properties.is_some_and(|least| least > 0) || limits.max_properties.is_some() {
                let what = "how many members an object with properties of its own has";
                diagnostics.report(rules::LIMITS_UNCHECKED, schema.span, &[&what]);
            }
        }
    }

    /// The limits that `parts` set to values of what is `merged`.
    fn limits_of(&self, parts: &[SchemaId], merged: &Merged, diagnostics: &mut Diagnostics) -> Vec<Limit> {
        let inner = match merged.json_type() {
            Some(JsonType::String) => Type::String,
            Some(JsonType::Integer) => Type::Int(scalar::integer(self.schemas, merged)),
            Some(JsonType::Number) => scalar::number(self.schemas, merged),
            Some(JsonType::Array) if merged.prefix_items.is_empty() => Type::Array(Box::new(Type::Json)),
            Some(JsonType::Object) if self.map_of(merged) != MapOf::Nothing => {
                Type::Map(Box::new(Type::Json))
            }
            _ => return Vec::new(),
        };
        if inner == Type::Int(IntKind::Digits) {
            if let Some(&first) = parts.first() {
                let what = "the range of integers of any length";
                diagnostics.report(rules::LIMITS_UNCHECKED, self.schemas[first].span, &[&what]);
            }
            return Vec::new();
        }
        let mut limits = Limits::default();
        for &part in parts {
            let schema = &self.schemas[part];
            let said = &schema.constraints;
            match &inner {
                Type::String => {
                    limits.least(said.min_length.map(Limit::MinLength));
                    limits.most(said.max_length.map(Limit::MaxLength));
                    if let Some(pattern) = &said.pattern {
                        if self.chosen.patterns.is_valid(pattern) {
                            limits.also(Limit::Pattern(pattern.clone()));
                        } else if fault(pattern).is_none() {
                            // Any other fault was told when the document was read.
                            diagnostics.report(rules::PATTERN_UNREADABLE, schema.span, &[pattern]);
                        }
                    }
                }
                Type::Array(_) => {
                    limits.least(said.min_items.map(Limit::MinItems));
                    limits.most(said.max_items.map(Limit::MaxItems));
                    if schema.unique_items {
                        limits.also(Limit::UniqueItems);
                    }
                }
                Type::Map(_) => {
                    limits.least(said.min_properties.map(Limit::MinProperties));
                    limits.most(said.max_properties.map(Limit::MaxProperties));
                }
                Type::Int(_) | Type::Float(_) => {
                    let minimum = if said.exclusive_minimum {
                        Limit::ExclusiveMinimum
                    } else {
                        Limit::Minimum
                    };
                    let maximum = if said.exclusive_maximum {
                        Limit::ExclusiveMaximum
                    } else {
                        Limit::Maximum
                    };
                    limits.bound(said.minimum.as_ref().and_then(bound_of).map(minimum), true);
                    limits.bound(said.maximum.as_ref().and_then(bound_of).map(maximum), false);
                    if let Some(step) = &said.multiple_of {
                        let is_positive = step.as_f64().is_some_and(|step| step > 0.0);
                        if let Some(step) = Decimal::of(&step.to_string()).filter(|_| is_positive) {
                            limits.also(Limit::MultipleOf(step));
                        }
                    }
                }
                _ => {}
            }
        }
        limits.0.retain(|limit| !limit.says_nothing(&inner));
        // What takes long to match is not begun with if a text is too long anyway.
        limits.0.sort_by_key(|limit| matches!(limit, Limit::Pattern(_)));
        if let Type::Int(_) = inner {
            // Beyond what integers are compared as, a bound says nothing that can be held to.
            limits.0.retain(|limit| match limit {
                Limit::Minimum(bound) | Limit::ExclusiveMaximum(bound) => bound.at_least().is_some(),
                Limit::Maximum(bound) | Limit::ExclusiveMinimum(bound) => bound.at_most().is_some(),
                _ => true,
            });
        }
        limits.0
    }

    /// Does `part` set limits that `others`, beside which it stands, do not set themselves?
    pub(super) fn limits_more(&self, part: SchemaId, others: &Merged, merged: &Merged) -> bool {
        if !self.chosen.is(merged.parts.iter().copied()) {
            return false;
        }
        let ignored = &mut Diagnostics::default();
        let more = self.limits_of(&[part], merged, ignored);
        let known = self.limits_of(&others.parts, others, ignored);
        more.iter().any(|limit| !known.contains(limit))
    }

    /// Has a `$ref` limits beside it?
    pub(super) fn limits_more_than_what_it_refers_to(&self, at: SchemaId) -> bool {
        let Some(target) = self.schemas[at].reference else {
            return false;
        };
        let (merged, others) = (self.merger.whole(at), self.merger.whole(target));
        self.limits_more(at, &others, &merged)
    }

    /// The type whose values keep `limits`.
    pub(super) fn checked(&self, merged: &Merged, inner: Type, limits: Vec<Limit>) -> Checked {
        let mut checked = Checked {
            inner,
            limits,
            default: None,
            example: None,
        };
        let said = merged.parts.iter().flat_map(|&part| {
            let schema = &self.schemas[part];
            schema.examples.iter().chain(&schema.default)
        });
        let said = said.map(|literal| literal.value.clone());
        let mut candidates = said.chain(candidates(&checked));
        let example = candidates.find(|value| {
            is_of(&checked.inner, value)
                && is_short(value)
                && checked.holds(value, &self.chosen.patterns) == Some(true)
        });
        checked.example = example;
        checked
    }
}

/// Limits, each kind once but for those that may hold together.
#[derive(Default)]
struct Limits(Vec<Limit>);

impl Limits {
    fn also(&mut self, limit: Limit) {
        if !self.0.contains(&limit) {
            self.0.push(limit);
        }
    }

    /// The greater of two lower limits of a size.
    fn least(&mut self, limit: Option<Limit>) {
        self.tighter(limit, u64::gt);
    }

    /// The smaller of two upper limits.
    fn most(&mut self, limit: Option<Limit>) {
        self.tighter(limit, u64::lt);
    }

    fn tighter(&mut self, limit: Option<Limit>, is_tighter: fn(&u64, &u64) -> bool) {
        let Some(limit) = limit else { return };
        let same = |other: &&mut Limit| std::mem::discriminant(*other) == std::mem::discriminant(&limit);
        match self.0.iter_mut().find(same) {
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

    /// The tighter of two bounds of a number.
    fn bound(&mut self, limit: Option<Limit>, lower: bool) {
        let Some(limit) = limit else { return };
        let Some((new, exclusive)) = bound(&limit, lower) else {
            return;
        };
        let known = self.0.iter_mut().find(|other| bound(other, lower).is_some());
        let Some(known) = known else {
            self.0.push(limit);
            return;
        };
        let is_tighter = bound(known, lower).is_some_and(|(old, _)| {
            let order = new.compare(old);
            let order = if lower { order } else { order.reverse() };
            order == Ordering::Greater || (order == Ordering::Equal && exclusive)
        });
        if is_tighter {
            *known = limit;
        }
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

/// The number of a bound, if it is one from this side, and whether it is not allowed itself.
fn bound(limit: &Limit, lower: bool) -> Option<(Bound, bool)> {
    match limit {
        Limit::Minimum(number) if lower => Some((*number, false)),
        Limit::ExclusiveMinimum(number) if lower => Some((*number, true)),
        Limit::Maximum(number) if !lower => Some((*number, false)),
        Limit::ExclusiveMaximum(number) if !lower => Some((*number, true)),
        _ => None,
    }
}

/// A text or number in words, by its limits: `non empty string`, `string up to 255`, `integer 1 to 100`. `None` where
/// they have none.
pub(super) fn described(checked: &Checked) -> Option<Vec<String>> {
    let what = match &checked.inner {
        Type::String => "string",
        Type::Int(_) => "integer",
        Type::Float(_) => "number",
        _ => return None,
    };
    let (mut least, mut most) = (None, None);
    for limit in &checked.limits {
        match limit {
            Limit::MinLength(size) => least = Some(size.to_string()),
            Limit::MaxLength(size) => most = Some(size.to_string()),
            Limit::Minimum(number) => least = Some(spoken(*number)?),
            Limit::Maximum(number) => most = Some(spoken(*number)?),
            _ => return None,
        }
    }
    let text = match (what, least.as_deref(), most.as_deref()) {
        ("string", Some("1"), None) => "non empty string".to_owned(),
        ("integer", Some("1"), None) => "positive integer".to_owned(),
        ("integer" | "number", Some("0"), None) => format!("non negative {what}"),
        (_, Some(least), Some(most)) if least == most => format!("{what} of {least}"),
        (_, Some(least), Some(most)) => format!("{what} {least} to {most}"),
        (_, Some(least), None) => format!("{what} from {least}"),
        (_, None, Some(most)) => format!("{what} up to {most}"),
        (_, None, None) => return None,
    };
    Some(text.split(' ').map(str::to_owned).collect())
}

/// A bound with all its digits, as far as integers are compared here.
fn bound_of(number: &Number) -> Option<Bound> {
    let integer = number.as_i128().map(Bound::Integer);
    integer.or_else(|| number.as_f64().map(Bound::Float))
}

/// An integer in words.
fn spoken(number: Bound) -> Option<String> {
    let number = number
        .at_least()
        .filter(|least| number.at_most() == Some(*least))?;
    let minus = if number < 0 { "minus " } else { "" };
    Some(format!("{minus}{}", number.unsigned_abs()))
}

/// Values of which one may keep all limits.
fn candidates(checked: &Checked) -> Vec<Value> {
    match &checked.inner {
        Type::String => {
            let mut texts: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
            for limit in &checked.limits {
                if let Limit::MinLength(size) | Limit::MaxLength(size) = limit
                    && let Some(size) = usize::try_from(*size)
                        .ok()
                        .filter(|size| *size <= LONGEST_EXAMPLE)
                {
                    texts.extend(["a", "A", "1"].map(|one| one.repeat(size)));
                }
            }
            texts.into_iter().map(Value::from).collect()
        }
        Type::Int(_) | Type::Float(_) => {
            let mut numbers = vec![Value::from(1)];
            for limit in &checked.limits {
                match limit {
                    Limit::Minimum(number) => {
                        numbers.extend(
                            number
                                .at_least()
                                .and_then(|least| i64::try_from(least).ok())
                                .map(Value::from),
                        );
                    }
                    Limit::ExclusiveMinimum(number) => {
                        let next = number.at_most().and_then(|most| i64::try_from(most + 1).ok());
                        numbers.extend(next.map(Value::from));
                    }
                    Limit::Maximum(number) => {
                        numbers.extend(
                            number
                                .at_most()
                                .and_then(|most| i64::try_from(most).ok())
                                .map(Value::from),
                        );
                    }
                    Limit::MultipleOf(step) => {
                        let text = format!("{}e{}", step.digits, step.exponent);
                        let whole = text
                            .strip_suffix("e0")
                            .and_then(|digits| digits.parse::<u64>().ok());
                        let float = text.parse::<f64>().ok().map(Value::from);
                        numbers.extend(whole.map(Value::from).or(float));
                    }
                    _ => {}
                }
            }
            numbers.push(Value::from(0));
            numbers
        }
        _ => Vec::new(),
    }
}

/// Is the value one that the type can hold? Only of types of which examples are shown.
fn is_of(inner: &Type, value: &Value) -> bool {
    match inner {
        Type::String => value.is_string(),
        Type::Int(kind) => match kind {
            IntKind::I32 => value.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
            IntKind::U32 => value.as_u64().is_some_and(|value| u32::try_from(value).is_ok()),
            IntKind::U64 => value.is_u64(),
            IntKind::I64 => value.is_i64(),
            IntKind::I128 => value.is_i64() || value.is_u64(),
            IntKind::Digits => false,
        },
        Type::Float(_) => value.is_number(),
        _ => false,
    }
}

/// A value that is easily read.
fn is_short(value: &Value) -> bool {
    value.as_str().is_none_or(|text| {
        text.len() <= LONGEST_EXAMPLE
            && text
                .chars()
                .all(|c| (c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '`')) || c == ' ')
    })
}

/// What is settled when all places of a type are known: the default that they have in common, and whose words its
/// documentation is.
pub(super) fn settle(schemas: &Schemas, definition: &mut Definition, patterns: &Patterns) {
    let Some((docs, TypeKind::Checked(checked))) = &mut definition.made else {
        return;
    };
    let default = |schema: &SchemaId| schemas[*schema].default.as_ref().map(|literal| &literal.value);
    let mut places = definition.places.iter();
    let first = places.next().and_then(default);
    let is_common = places.clone().all(|place| default(place) == first);
    if !is_common {
        docs.constraints.retain(|text| !text.starts_with("default: "));
    }
    if let Some(first) = first.filter(|_| is_common) {
        let empty = match first {
            Value::Array(items) => matches!(checked.inner, Type::Array(_)) && items.is_empty(),
            Value::Object(members) => matches!(checked.inner, Type::Map(_)) && members.is_empty(),
            _ => false,
        };
        if (empty || is_of(&checked.inner, first)) && checked.holds(first, patterns) == Some(true) {
            checked.default = Some(first.clone());
        }
    }
    // What is said of one place need not hold of the others.
    let words = |schema: &SchemaId| (&schemas[*schema].title, &schemas[*schema].description);
    let first = definition.places.first().map(words);
    if places.any(|place| Some(words(place)) != first) {
        *docs = Docs {
            constraints: std::mem::take(&mut docs.constraints),
            ..Docs::default()
        };
    }
}
