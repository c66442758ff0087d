//! When two texts say the same: case, spaces and a full stop at the end make no difference, and a placeholder
//! stands for anything.

/// The text as it is compared.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches(['.', '!'])
        .trim_end()
        .to_lowercase()
}

/// Whether `text` is an instance of `pattern`, which may hold `{placeholders}`.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (plain(pattern), plain(text));
    let mut fixed = Vec::new();
    let mut rest = pattern.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, behind)) = after.split_once('}') else {
            break;
        };
        fixed.push(before);
        rest = behind;
    }
    if fixed.is_empty() {
        return pattern == text;
    }
    let Some(mut text) = text.strip_prefix(fixed[0]) else {
        return false;
    };
    for part in &fixed[1..] {
        let Some(at) = text.find(part) else {
            return false;
        };
        text = &text[at + part.len()..];
    }
    text.ends_with(rest)
}

/// How many words of a code a title has, of all its own: what tells which of two titles a code belongs to.
pub(super) fn likeness(title: &str, code: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|char: char| !char.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let code = words(code);
    let title = words(title);
    let shared = title.iter().filter(|word| code.contains(word)).count();
    shared * 100 / title.len().max(code.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_full_stop_make_no_difference() {
        assert!(fits("Body is necessary.", "body is  necessary"));
        assert!(!fits("Body is necessary.", "Body is missing."));
    }

    #[test]
    fn a_placeholder_stands_for_anything() {
        assert!(fits("No channel {id} of {type}", "No channel 7 of mail"));
        assert!(!fits("No channel {id} of {type}", "No channel 7"));
        assert!(fits("{a}{b}", "x"));
    }

    #[test]
    fn a_title_is_like_its_code() {
        assert_eq!(
            likeness("Subscriber email is necessary", "SUBSCRIBER_EMAIL_IS_NECESSARY"),
            100
        );
        assert_eq!(
            likeness("Segmentation id is required", "SUBSCRIBER_EMAIL_IS_NECESSARY"),
            25
        );
    }
}
