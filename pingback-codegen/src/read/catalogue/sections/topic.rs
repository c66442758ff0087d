//! Recognizes headings that are about errors.

/// Returns whether a heading introduces a list of errors rather than a part of an entry: `Errors`, `Error codes`.
pub(super) fn introduces_errors(heading: &str) -> bool {
    let words = words(heading);
    let is_list = |pair: &[String]| matches!(pair, [first, second] if is_error(first) && matches!(second.as_str(), "codes" | "responses"));
    words
        .iter()
        .any(|word| matches!(word.as_str(), "errors" | "exceptions" | "errorcodes"))
        || words.windows(2).any(is_list)
}

/// Returns whether a heading is about errors in any way.
pub(super) fn mentions_errors(heading: &str) -> bool {
    words(heading).iter().any(|word| {
        is_error(word)
            || matches!(
                word.as_str(),
                "code"
                    | "codes"
                    | "errorcode"
                    | "errorcodes"
                    | "exception"
                    | "exceptions"
                    | "fail"
                    | "fails"
                    | "failed"
                    | "failing"
                    | "failure"
                    | "failures"
                    | "problem"
                    | "problems"
                    | "fault"
                    | "faults"
            )
    })
}

fn is_error(word: &str) -> bool {
    matches!(word, "error" | "errors")
}

/// The words of a heading in lower case. `ErrorCodes` and `error_codes` are two words each.
fn words(heading: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_lowercase = false;
    for char in heading.chars() {
        if !char.is_alphanumeric() || char.is_uppercase() && after_lowercase {
            words.push(std::mem::take(&mut word));
        }
        word.extend(char.to_lowercase().filter(|char| char.is_alphanumeric()));
        after_lowercase = char.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_errors_is_a_whole_word() {
        for heading in [
            "Error codes",
            "API ErrorCodes",
            "error_codes",
            "2.1 Errors",
            "Errors & faults",
            "Failed calls",
        ] {
            assert!(mentions_errors(heading), "{heading}");
        }
        for heading in ["Default values", "Terrorism", "Encoder", "Barcodes"] {
            assert!(!mentions_errors(heading), "{heading}");
        }
        assert!(introduces_errors("HTTP error codes"));
        assert!(introduces_errors("Common Errors"));
        assert!(!introduces_errors("Defaults"));
        assert!(!introduces_errors("Terrors of the code"));
    }
}
