//! Finds pairs of codes that are probably the same code with a spelling mistake. Numbers are not compared.

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::lower::DocumentedError;
use crate::read::catalogue::Catalogue;
use crate::source::Span;
use indexmap::IndexMap;

/// With more codes, comparing all pairs takes too long.
const MAX_CODES: usize = 3_000;
/// Shorter codes differ by a letter for too many other reasons.
const MIN_LENGTH: usize = 6;

struct KnownCode<'a> {
    code: &'a str,
    span: Option<Span>,
    mentions: usize,
    in_catalogue: bool,
    in_document: bool,
    letter_counts: [u8; 27],
}

/// Reports pairs of codes that differ by a letter or two.
pub(super) fn report_similar_codes(
    catalogue: &Catalogue,
    documented: &[DocumentedError],
    diagnostics: &mut Diagnostics,
) {
    let codes = known_codes(catalogue, documented);
    if codes.len() > MAX_CODES {
        return;
    }
    for (at, first) in codes.iter().enumerate() {
        for second in &codes[at + 1..] {
            if !is_misspelling(first, second) {
                continue;
            }
            // The code that occurs less often is probably the wrong one.
            let weight = |one: &KnownCode<'_>| (one.in_catalogue, one.mentions);
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
            diagnostics.push(
                finding
                    .about(wrong.code)
                    .related_if_known(right.span, "the other code"),
            );
        }
    }
}

fn known_codes<'a>(catalogue: &'a Catalogue, documented: &'a [DocumentedError]) -> Vec<KnownCode<'a>> {
    let mut codes: IndexMap<&str, KnownCode<'a>> = IndexMap::new();
    let in_catalogue = catalogue
        .entries
        .values()
        .map(|entry| (entry.code.value.as_str(), Some(entry.code.span), true));
    let mentions = documented.iter().flat_map(|error| &error.mentions);
    let in_document = mentions.map(|mention| (mention.code.as_str(), mention.span, false));
    for (code, span, in_catalogue) in in_catalogue.chain(in_document) {
        let known = codes.entry(code).or_insert_with(|| KnownCode {
            code,
            span,
            mentions: 0,
            in_catalogue,
            in_document: false,
            letter_counts: letter_counts(code),
        });
        known.mentions += 1;
        known.in_document |= !in_catalogue;
    }
    codes
        .into_values()
        .filter(|known| known.code.len() >= MIN_LENGTH && known.code.chars().any(char::is_alphabetic))
        .collect()
}

/// How often each letter occurs, and in the last element all other characters: a quick test before the edit distance.
fn letter_counts(code: &str) -> [u8; 27] {
    let mut counts = [0u8; 27];
    for byte in code.bytes() {
        let slot = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => usize::from(letter - b'a'),
            _ => 26,
        };
        counts[slot] = counts[slot].saturating_add(1);
    }
    counts
}

fn is_misspelling(first: &KnownCode<'_>, second: &KnownCode<'_>) -> bool {
    let max_distance = if first.code.len().min(second.code.len()) < 12 {
        1
    } else {
        2
    };
    let difference: usize = first
        .letter_counts
        .iter()
        .zip(&second.letter_counts)
        .map(|(a, b)| usize::from(a.abs_diff(*b)))
        .sum();
    if difference > 2 * max_distance {
        return false;
    }
    // Numbered codes such as `ERROR_1` and `ERROR_2`.
    let without_digits = |code: &str| {
        code.chars()
            .filter(|char| !char.is_ascii_digit())
            .collect::<String>()
    };
    if without_digits(first.code) == without_digits(second.code) {
        return false;
    }
    let distance = strsim::damerau_levenshtein(first.code, second.code);
    // If each source has one of the two codes, a letter is probably a mistake even if it makes another word: `TO_LONG`,
    // `EMAILS`.
    let is_catalogue_and_document = |one: &KnownCode<'_>, other: &KnownCode<'_>| {
        one.in_catalogue && !one.in_document && other.in_document && !other.in_catalogue
    };
    let in_different_sources = distance == 1
        && (is_catalogue_and_document(first, second) || is_catalogue_and_document(second, first));
    distance <= max_distance && (in_different_sources || !are_different_words(first.code, second.code))
}

/// Whether the codes differ by a plural, an ending such as that of `BLOCKED` and `BLOCKER`, or another word, as in
/// `TOO_LOW` and `TOO_LONG`.
fn are_different_words(first: &str, second: &str) -> bool {
    let words = |code: &str| -> Vec<String> {
        let words = code.split(|char: char| !char.is_ascii_alphanumeric());
        words.map(str::to_ascii_lowercase).collect()
    };
    let (first, second) = (words(first), words(second));
    if first.len() != second.len() {
        // A separator is missing, as in `NOTFOUND`.
        return first.concat() != second.concat();
    }
    first.iter().zip(&second).filter(|(a, b)| a != b).any(|(a, b)| {
        let length = a.len().min(b.len());
        let is_plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        // Mistakes are rare in the first letter, and a short word with another letter is often another word.
        is_plural || length < 5 || a.as_bytes().first() != b.as_bytes().first()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(first: &str, second: &str) -> bool {
        let known = |code| KnownCode {
            code,
            span: None,
            mentions: 1,
            in_catalogue: false,
            in_document: true,
            letter_counts: letter_counts(code),
        };
        is_misspelling(&known(first), &known(second))
    }

    #[test]
    fn misspellings_are_found() {
        for (wrong, right) in [
            ("SUBSCRBER_NOT_FOUND", "SUBSCRIBER_NOT_FOUND"),
            ("SUBSCRIBER_NOTFOUND", "SUBSCRIBER_NOT_FOUND"),
            ("RATE_LIMIT_EXEEDED", "RATE_LIMIT_EXCEEDED"),
            ("invalid_requset", "invalid_request"),
        ] {
            assert!(is_found(wrong, right), "{wrong}");
        }
    }

    #[test]
    fn between_the_sources_a_letter_is_a_mistake() {
        let known = |code, in_catalogue| KnownCode {
            code,
            span: None,
            mentions: 1,
            in_catalogue,
            in_document: !in_catalogue,
            letter_counts: letter_counts(code),
        };
        assert!(is_misspelling(
            &known("BOAT_TO_LONG", false),
            &known("BOAT_TOO_LONG", true)
        ));
        assert!(is_misspelling(
            &known("INVALID_EMAILS", true),
            &known("INVALID_EMAIL", false)
        ));
        assert!(!is_misspelling(
            &known("BOAT_TO_LONG", false),
            &known("BOAT_TOO_LONG", false)
        ));
        assert!(!is_misspelling(
            &known("ERROR_CODE_1", true),
            &known("ERROR_CODE_2", false)
        ));
    }

    #[test]
    fn other_words_are_not_misspellings() {
        for (one, other) in [
            ("VALUE_TOO_LOW", "VALUE_TOO_LONG"),
            ("DEAL_NOT_FOUND", "LEAD_NOT_FOUND"),
            ("INVALID_EMAIL", "INVALID_EMAILS"),
            ("ERROR_CODE_1", "ERROR_CODE_2"),
            ("PIPELINE_NOT_FOUND", "STAGE_NOT_FOUND"),
            ("2604", "2605"),
        ] {
            assert!(!is_found(one, other), "{one}");
        }
    }
}
