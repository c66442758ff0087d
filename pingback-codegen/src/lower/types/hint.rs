//! Derives the words of names of inline types from the places of their schemas.

use crate::lower::singular::name_item;
use crate::model::TypeId;
use crate::names::words;

/// The most characters in the name of an inline type. Words in the middle of a longer one are left out.
const LONGEST: usize = 64;

/// A hint at the name of an inline type, from the place of its schema: words, or the path from another type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameHint {
    pub(super) base: Option<TypeId>,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// A property, a branch, or a word such as `Response`.
    Then(String),
    /// An element of an array or a map.
    Item,
}

impl NameHint {
    /// A hint that is a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            base: None,
            steps: vec![Step::Then(text.to_owned())],
        }
    }

    /// Appends words.
    #[must_use]
    pub fn then(&self, text: &str) -> Self {
        let mut hint = self.clone();
        hint.steps.push(Step::Then(text.to_owned()));
        hint
    }

    /// The hint for an element of the type: `CustomFields` gives `CustomField`.
    #[must_use]
    pub fn item(&self) -> Self {
        let mut hint = self.clone();
        hint.steps.push(Step::Item);
        hint
    }

    /// The hint for a type within another one.
    pub(super) fn within(parent: TypeId) -> Self {
        Self {
            base: Some(parent),
            steps: Vec::new(),
        }
    }
}

/// Words that do not describe a type.
const GENERIC: &[&str] = &[
    "response", "data", "item", "items", "body", "request", "object", "value", "values", "type", "list",
    "get", "create", "update", "delete", "patch", "put", "post", "by", "of", "for", "in", "and", "or", "to",
    "the", "a", "an", "id", "result", "results", "params", "query", "with", "on", "from", "all", "add",
    "set", "remove", "entry",
];

pub(super) fn is_generic(word: &str) -> bool {
    GENERIC.contains(&word)
}

fn is_connective(word: &str) -> bool {
    matches!(
        word,
        "by" | "of" | "for" | "in" | "and" | "or" | "to" | "with" | "on" | "from" | "a" | "an" | "the"
    )
}

/// The words of a hint, after those of the type that it starts from.
pub(super) fn hint_words(parent: &[String], steps: &[Step]) -> Vec<String> {
    let mut all = parent.to_vec();
    for step in steps {
        match step {
            Step::Then(text) => {
                let mut more = words(text);
                // `AssetHolding` then `AssetHoldingType` is `AssetHoldingType`.
                let overlap = (1..=all.len().min(more.len()))
                    .rev()
                    .find(|&count| all[all.len() - count..] == more[..count]);
                if let Some(count) = overlap {
                    more.drain(..count);
                }
                all.extend(more);
            }
            Step::Item => name_item(&mut all),
        }
    }
    shorten(all)
}

/// Leaves out words in the middle of a name that is too long.
fn shorten(words: Vec<String>) -> Vec<String> {
    let length = |words: &[String]| words.iter().map(String::len).sum::<usize>();
    if length(&words) <= LONGEST {
        return words;
    }
    let mut head = 0;
    let mut room = LONGEST / 2;
    while head < words.len() && words[head].len() <= room {
        room -= words[head].len();
        head += 1;
    }
    let mut tail = words.len();
    let mut room = LONGEST / 2;
    while tail > head && words[tail - 1].len() <= room {
        room -= words[tail - 1].len();
        tail -= 1;
    }
    if head == 0 && tail == words.len() {
        return words;
    }
    words[..head].iter().chain(&words[tail..]).cloned().collect()
}

/// The longest common subsequence.
fn common_words(a: &[String], b: &[String]) -> Vec<String> {
    let width = b.len() + 1;
    let mut lengths = vec![0usize; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * width + j] = if a[i] == b[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            found.push(a[i].clone());
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// The words that the names from all places of a type have in common, if they describe it.
pub(super) fn shared_words(candidates: &[Vec<String>]) -> Option<Vec<String>> {
    let (first, rest) = candidates.split_first()?;
    let mut found = first.clone();
    for candidate in rest {
        found = common_words(&found, candidate);
    }
    if candidates.len() > 1 {
        while found.len() > 2
            && found.last().is_some_and(|word| {
                matches!(word.as_str(), "response" | "data" | "item" | "body" | "request")
            })
        {
            found.pop();
        }
        // As in `ByUserStatus` and `StartFor`: the other side of the connective is left out.
        while found.len() > 1 && found.first().is_some_and(|word| is_connective(word)) {
            found.remove(0);
        }
        while found.len() > 1 && found.last().is_some_and(|word| is_connective(word)) {
            found.pop();
        }
    }
    (!found.iter().all(|word| is_generic(word))).then_some(found)
}

/// The words of a title that can be a name: two to four words that do not form a sentence.
pub(super) fn title_words(title: &str) -> Option<Vec<String>> {
    let is_plain = title
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-'));
    let parts = words(title);
    let is_short = (2..=4).contains(&parts.len()) && title.len() <= 40;
    let is_sentence = parts.iter().any(|word| {
        matches!(
            word.as_str(),
            "is" | "are"
                | "the"
                | "a"
                | "an"
                | "not"
                | "for"
                | "with"
                | "when"
                | "to"
                | "of"
                | "in"
                | "was"
                | "if"
        )
    });
    let starts_with_letter = title.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_plain && is_short && !is_sentence && starts_with_letter && !parts.iter().all(|word| is_generic(word)))
        .then_some(parts)
}
