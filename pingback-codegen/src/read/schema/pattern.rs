//! Checks the syntax of `pattern`.

/// Why a text is not a regular expression. Checks brackets and quantifiers only, which all dialects have in common.
pub(crate) fn pattern_error(pattern: &str) -> Option<&'static str> {
    let mut chars = pattern.chars().peekable();
    let mut open = 0usize;
    // Whether a quantifier may come next.
    let mut is_repeatable = false;
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                if chars.next().is_none() {
                    return Some("it ends with a backslash");
                }
                is_repeatable = true;
            }
            '[' => {
                // Dialects differ in whether `]` at the start is a literal or the end of an empty class.
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
                loop {
                    match chars.next() {
                        None => return Some("a `[` is not closed"),
                        Some('\\') => drop(chars.next()),
                        Some(']') => break,
                        Some(_) => {}
                    }
                }
                is_repeatable = true;
            }
            '(' => {
                open += 1;
                is_repeatable = false;
                // `(?:`, `(?=` and the like.
                chars.next_if_eq(&'?');
            }
            ')' => {
                let Some(still_open) = open.checked_sub(1) else {
                    return Some("a `)` has no opening `(`");
                };
                open = still_open;
                is_repeatable = true;
            }
            '*' | '+' | '?' if !is_repeatable => return Some("a quantifier has nothing to repeat"),
            '|' | '^' => is_repeatable = false,
            _ => is_repeatable = true,
        }
    }
    (open > 0).then_some("a `(` is not closed")
}

#[cfg(test)]
mod tests {
    use super::pattern_error;

    #[test]
    fn valid_patterns_have_no_error() {
        for pattern in [
            "",
            "^$",
            "^[A-Z]{2}$",
            r"^(?!-)[a-z\-\]]+(?:\.[a-z]+)*?$",
            "a||b",
            r"\(",
            "[]a]",
            "[^]a]",
            "(?<name>a)+",
            "a{2,}?",
        ] {
            assert_eq!(pattern_error(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn malformed_patterns_have_an_error() {
        for pattern in ["(", "a)", "[a", "*.txt", "a\\", "(+a)", "a|*b"] {
            assert!(pattern_error(pattern).is_some(), "{pattern}");
        }
    }
}
