//! Compares texts without regard to case, white space and a full stop at the end.

/// The text in the form in which it is compared.
pub(super) fn normalize(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches(['.', '!'])
        .trim_end()
        .to_lowercase()
}

/// Whether `text` is an instance of `template`, whose `{placeholders}` stand for any text.
pub(super) fn matches_template(template: &str, text: &str) -> bool {
    let (template, text) = (normalize(template), normalize(text));
    let mut fixed = Vec::new();
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        fixed.push(before);
        rest = after;
    }
    if fixed.is_empty() {
        return template == text;
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

/// How many words a title and a code have in common, in percent of the longer one.
pub(super) fn similarity(title: &str, code: &str) -> usize {
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
    fn case_and_full_stop_are_ignored() {
        assert!(matches_template("Body is necessary.", "body is  necessary"));
        assert!(!matches_template("Body is necessary.", "Body is missing."));
    }

    #[test]
    fn placeholders_match_any_text() {
        assert!(matches_template(
            "No channel {id} of {type}",
            "No channel 7 of mail"
        ));
        assert!(!matches_template("No channel {id} of {type}", "No channel 7"));
        assert!(matches_template("{a}{b}", "x"));
    }

    #[test]
    fn a_title_is_similar_to_its_code() {
        assert_eq!(
            similarity("Subscriber email is necessary", "SUBSCRIBER_EMAIL_IS_NECESSARY"),
            100
        );
        assert_eq!(
            similarity("Segmentation id is required", "SUBSCRIBER_EMAIL_IS_NECESSARY"),
            25
        );
    }
}
