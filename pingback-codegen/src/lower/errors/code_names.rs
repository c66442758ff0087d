//! Names the variants of codes: by the code itself, or for a number by its description.

use crate::names;

/// The most words that a variant takes from a description.
const MOST_WORDS: usize = 6;

/// Words that are left out of a name. `not` and `no` are not among them, since they change the meaning.
const FILLERS: [&str; 44] = [
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "am", "of", "for", "to", "in", "on",
    "at", "by", "with", "and", "or", "that", "this", "these", "those", "your", "you", "we", "our", "it",
    "its", "has", "have", "had", "please", "there", "their", "from", "as", "which", "any", "s", "t", "will",
];

/// The variant for a code: `SUBSCRIBER_NOT_FOUND` is `SubscriberNotFound`. A number is named by the first
/// sentence of a description: `2604` with "Invalid body content. Check ..." is `InvalidBodyContent`. Without a
/// description it is `Code2604`.
pub(super) fn variant(code: &str, description: Option<&str>) -> String {
    if code.chars().any(char::is_alphabetic) {
        return names::variant_name(code);
    }
    description
        .and_then(described)
        .unwrap_or_else(|| names::variant_name(&format!("code {code}")))
}

/// The first words of a description without fillers.
fn described(description: &str) -> Option<String> {
    let without_placeholders = drop_placeholders(description);
    let sentence = first_sentence(&without_placeholders);
    // Parts of an identifier such as `is_global` are not fillers.
    let mut words: Vec<String> = Vec::new();
    let mut negated = false;
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '_'))) {
        let word = word.replace(['\'', '’'], "");
        let lower = word.to_lowercase();
        let is_verb = negated && matches!(lower.as_str(), "have" | "has" | "had" | "be" | "been");
        if word.is_empty() || FILLERS.contains(&lower.as_str()) && !is_verb {
            continue;
        }
        negated = matches!(lower.as_str(), "not" | "cannot");
        words.push(word);
        if words.len() == MOST_WORDS {
            break;
        }
    }
    let starts_with_letter = words
        .first()
        .is_some_and(|word| word.starts_with(char::is_alphabetic));
    starts_with_letter.then(|| names::variant_name(&words.join(" ")))
}

/// The text up to the first full stop, question mark, colon or opening bracket that follows a letter.
fn first_sentence(text: &str) -> &str {
    let mut end = text.len();
    for (at, char) in text.char_indices() {
        let next = text[at + char.len_utf8()..].chars().next();
        let ends = match char {
            '.' | '?' | '!' | ':' | ';' => next.is_none_or(char::is_whitespace),
            '(' | '\n' => true,
            _ => false,
        };
        if ends && text[..at].chars().any(char::is_alphabetic) {
            end = at;
            break;
        }
    }
    &text[..end]
}

/// The text without placeholders such as `{channel_type_uuid}`, whose values vary. The name of a placeholder at the
/// beginning stays, since it is the subject of the message.
fn drop_placeholders(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        result.push_str(&rest[..open]);
        if !result.chars().any(char::is_alphanumeric) {
            result.push_str(&rest[open + 1..open + close]);
        }
        result.push(' ');
        rest = &rest[open + close + 1..];
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_named_by_itself() {
        assert_eq!(
            variant("SUBSCRIBER_NOT_FOUND", Some("No such subscriber")),
            "SubscriberNotFound"
        );
    }

    #[test]
    fn a_number_is_named_by_the_first_sentence() {
        let name = |text| variant("2604", Some(text));
        assert_eq!(
            name("Invalid body content. Check that your request is valid JSON"),
            "InvalidBodyContent"
        );
        assert_eq!(
            name("The service channel {uuid} doesn't exist"),
            "ServiceChannelDoesntExist"
        );
        assert_eq!(
            name("You must include the HTTP header x-zed-id for this request"),
            "MustIncludeHttpHeaderXZed"
        );
    }

    #[test]
    fn a_number_without_a_description_is_named_by_itself() {
        assert_eq!(variant("2604", None), "Code2604");
        assert_eq!(variant("2604", Some("42 things")), "Code2604");
    }
}
