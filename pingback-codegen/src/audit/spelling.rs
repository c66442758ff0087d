//! Codes in; those that are most likely one code misspelt out. Numbers are never misspelt.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::DocumentedError;
use crate::read::catalogue::Catalogue;
use crate::source::Span;
use indexmap::IndexMap;

/// More codes than that are not compared each with each.
const MOST_CODES: usize = 3_000;
/// Below this a code is too short to tell a slip from another word.
const SHORTEST: usize = 6;

struct Known<'a> {
    code: &'a str,
    span: Option<Span>,
    mentions: usize,
    in_catalogue: bool,
    in_document: bool,
    letters: [u8; 27],
}

/// Reports pairs of codes that differ by a letter or two.
pub(super) fn misspelt(catalogue: &Catalogue, documented: &[DocumentedError], diagnostics: &mut Diagnostics) {
    let codes = known(catalogue, documented);
    if codes.len() > MOST_CODES {
        return;
    }
    for (at, first) in codes.iter().enumerate() {
        for second in &codes[at + 1..] {
            if !alike(first, second) {
                continue;
            }
            // The one that fewer places know is the one to doubt.
            let weight = |one: &Known<'_>| (one.in_catalogue, one.mentions);
            let (wrong, right) = if weight(first) < weight(second) {
                (first, second)
            } else {
                (second, first)
            };
            let finding = Diagnostic::new(
                rules::CODE_LOOKS_MISSPELT,
                wrong.span,
                &[&wrong.code, &right.code],
            );
            diagnostics.push(finding.about(wrong.code).beside(right.span, "the other code"));
        }
    }
}

fn known<'a>(catalogue: &'a Catalogue, documented: &'a [DocumentedError]) -> Vec<Known<'a>> {
    let mut codes: IndexMap<&str, Known<'a>> = IndexMap::new();
    let in_catalogue = catalogue
        .entries
        .values()
        .map(|entry| (entry.code.value.as_str(), Some(entry.code.span), true));
    let mentions = documented.iter().flat_map(|error| &error.mentions);
    let in_document = mentions.map(|mention| (mention.code.as_str(), mention.span, false));
    for (code, span, in_catalogue) in in_catalogue.chain(in_document) {
        let known = codes.entry(code).or_insert_with(|| Known {
            code,
            span,
            mentions: 0,
            in_catalogue,
            in_document: false,
            letters: letters(code),
        });
        known.mentions += 1;
        known.in_document |= !in_catalogue;
    }
    codes
        .into_values()
        .filter(|known| known.code.len() >= SHORTEST && known.code.chars().any(char::is_alphabetic))
        .collect()
}

fn letters(code: &str) -> [u8; 27] {
    let mut letters = [0u8; 27];
    for byte in code.bytes() {
        let slot = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => usize::from(letter - b'a'),
            _ => 26,
        };
        letters[slot] = letters[slot].saturating_add(1);
    }
    letters
}

fn alike(first: &Known<'_>, second: &Known<'_>) -> bool {
    let most = if first.code.len().min(second.code.len()) < 12 {
        1
    } else {
        2
    };
    let apart: usize = first
        .letters
        .iter()
        .zip(&second.letters)
        .map(|(a, b)| usize::from(a.abs_diff(*b)))
        .sum();
    if apart > 2 * most {
        return false;
    }
    // Numbered codes differ by design.
    let without_digits = |code: &str| {
        code.chars()
            .filter(|char| !char.is_ascii_digit())
            .collect::<String>()
    };
    if without_digits(first.code) == without_digits(second.code) {
        return false;
    }
    let distance = strsim::damerau_levenshtein(first.code, second.code);
    // Of two codes that each source lacks one of, one letter more or less is likely a slip even where it makes
    // another word: `TO_LONG`, `EMAILS`.
    let apart = |one: &Known<'_>, other: &Known<'_>| {
        one.in_catalogue && !one.in_document && other.in_document && !other.in_catalogue
    };
    let across = distance == 1 && (apart(first, second) || apart(second, first));
    distance <= most && (across || !means_another(first.code, second.code))
}

/// Two words that are one or two letters apart, and are words all the same: a plural, or an ending such as
/// that of `BLOCKED` and `BLOCKER`, or another word altogether, as in `TOO_LOW` and `TOO_LONG`.
fn means_another(first: &str, second: &str) -> bool {
    let words = |code: &str| -> Vec<String> {
        let words = code.split(|char: char| !char.is_ascii_alphanumeric());
        words.map(str::to_ascii_lowercase).collect()
    };
    let (first, second) = (words(first), words(second));
    if first.len() != second.len() {
        // A sign was lost or added: `NOTFOUND`.
        return first.concat() != second.concat();
    }
    first.iter().zip(&second).filter(|(a, b)| a != b).any(|(a, b)| {
        let short = a.len().min(b.len());
        let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        // A slip rarely hits the first letter, and in short words one letter makes another word.
        plural || short < 5 || a.as_bytes().first() != b.as_bytes().first()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_alike(first: &str, second: &str) -> bool {
        let known = |code| Known {
            code,
            span: None,
            mentions: 1,
            in_catalogue: false,
            in_document: true,
            letters: letters(code),
        };
        alike(&known(first), &known(second))
    }

    #[test]
    fn slips_are_found() {
        for (wrong, right) in [
            ("SUBSCRBER_NOT_FOUND", "SUBSCRIBER_NOT_FOUND"),
            ("SUBSCRIBER_NOTFOUND", "SUBSCRIBER_NOT_FOUND"),
            ("RATE_LIMIT_EXEEDED", "RATE_LIMIT_EXCEEDED"),
            ("invalid_requset", "invalid_request"),
        ] {
            assert!(are_alike(wrong, right), "{wrong}");
        }
    }

    #[test]
    fn between_the_sources_a_letter_is_a_slip() {
        let known = |code, in_catalogue| Known {
            code,
            span: None,
            mentions: 1,
            in_catalogue,
            in_document: !in_catalogue,
            letters: letters(code),
        };
        assert!(alike(
            &known("BOAT_TO_LONG", false),
            &known("BOAT_TOO_LONG", true)
        ));
        assert!(alike(
            &known("INVALID_EMAILS", true),
            &known("INVALID_EMAIL", false)
        ));
        assert!(!alike(
            &known("BOAT_TO_LONG", false),
            &known("BOAT_TOO_LONG", false)
        ));
        assert!(!alike(
            &known("ERROR_CODE_1", true),
            &known("ERROR_CODE_2", false)
        ));
    }

    #[test]
    fn other_words_are_not_slips() {
        for (one, other) in [
            ("VALUE_TOO_LOW", "VALUE_TOO_LONG"),
            ("DEAL_NOT_FOUND", "LEAD_NOT_FOUND"),
            ("INVALID_EMAIL", "INVALID_EMAILS"),
            ("ERROR_CODE_1", "ERROR_CODE_2"),
            ("PIPELINE_NOT_FOUND", "STAGE_NOT_FOUND"),
            ("2604", "2605"),
        ] {
            assert!(!are_alike(one, other), "{one}");
        }
    }
}
