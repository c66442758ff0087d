//! Recognizes error codes by their spelling alone. Whether a word is a code where it occurs is for the callers to
//! decide.

/// The most codes that are read for one entry. No real page has as many.
pub(super) const MAX_CODES: usize = 64;

/// The longest word that is taken for a code.
const MAX_LENGTH: usize = 120;

/// How a code is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `MISSING_BODY`.
    ScreamingSnake,
    /// `FORBIDDEN`, which could also be an acronym or an HTTP method.
    Uppercase,
    /// Capitals with digits: `E1001`, `AUTH-001`, `PGRST116`.
    Alphanumeric,
    /// `2604`.
    Number,
    /// `card.declined`.
    Dotted,
    /// `card-declined`.
    Kebab,
    /// `card_declined`.
    Snake,
    /// `InvalidParameterValue`, `invalidParameter`.
    Camel,
    /// `forbidden`, `Throttled`: any word.
    Word,
}

impl Shape {
    /// Returns the shape of a word that may be a code, and `None` for any other word.
    pub(super) fn of(word: &str) -> Option<Self> {
        if word.is_empty() || word.len() > MAX_LENGTH || !word.is_ascii() {
            return None;
        }
        if is_number(word) {
            return Some(Self::Number);
        }
        let bytes = word.as_bytes();
        let is_allowed =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/');
        if !bytes.iter().all(is_allowed) || !bytes[bytes.len() - 1].is_ascii_alphanumeric() {
            return None;
        }
        if !bytes[0].is_ascii_alphanumeric() && bytes[0] != b'_' {
            return None;
        }
        let has = |wanted: u8| bytes.contains(&wanted);
        let lower = bytes.iter().any(u8::is_ascii_lowercase);
        let upper = bytes.iter().any(u8::is_ascii_uppercase);
        let digit = bytes.iter().any(u8::is_ascii_digit);
        if !lower && !upper {
            // `403_001`. With other characters between the digits it is a range, a date or a version.
            return (has(b'_') && bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_'))
                .then_some(Self::Alphanumeric);
        }
        if has(b'/') {
            return is_path(word).then_some(Self::Dotted);
        }
        let shape = if !lower && has(b'_') && !has(b'.') && !has(b'-') {
            Self::ScreamingSnake
        } else if !lower && digit {
            Self::Alphanumeric
        } else if !lower && has(b'-') && !has(b'.') {
            Self::Kebab
        } else if !lower && !has(b'.') && bytes.len() > 1 {
            Self::Uppercase
        } else if has(b'.') {
            if is_file_or_site(word) {
                return None;
            }
            Self::Dotted
        } else if has(b'-') {
            Self::Kebab
        } else if has(b'_') {
            Self::Snake
        } else if lower && upper && bytes[1..].iter().any(u8::is_ascii_uppercase) {
            Self::Camel
        } else {
            Self::Word
        };
        Some(shape)
    }

    /// Returns whether a line or heading that consists of one such word is a code, regardless of its surroundings.
    pub(super) fn is_code_by_itself(self) -> bool {
        self == Self::ScreamingSnake
    }

    /// Returns whether such a word is likely to be a code even in running text without markup.
    pub(super) fn is_distinctive(self) -> bool {
        matches!(self, Self::ScreamingSnake | Self::Alphanumeric)
    }
}

/// Returns whether a word is a number that can be a code: up to ten digits, with a sign as in JSON-RPC, or hexadecimal.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    match hex {
        Some(hex) => (1..=16).contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// Returns whether a word is a path of codes such as `auth/invalid-email`: parts in lower case, of which at least one
/// looks like a code by itself. `and/or`, `401/403` and media types are not.
fn is_path(word: &str) -> bool {
    const MEDIA_TYPES: [&str; 8] = [
        "application",
        "audio",
        "font",
        "image",
        "message",
        "multipart",
        "text",
        "video",
    ];
    let parts: Vec<&str> = word.split('/').collect();
    let is_part = |part: &&str| {
        part.starts_with(|char: char| char.is_ascii_lowercase())
            && part.bytes().all(|byte| !byte.is_ascii_uppercase())
    };
    (2..=4).contains(&parts.len())
        && parts.iter().all(is_part)
        && (parts.iter().any(|part| part.contains(['-', '_'])) || parts.iter().all(|part| part.len() > 4))
        && !MEDIA_TYPES.contains(&parts[0])
}

/// Returns whether a word is too common to be a code: it introduces a remark, or names an HTTP method or a technology.
pub(super) fn is_common_word(word: &str) -> bool {
    const WORDS: [&str; 36] = [
        "note",
        "notes",
        "important",
        "warning",
        "caution",
        "tip",
        "info",
        "hint",
        "danger",
        "attention",
        "example",
        "examples",
        "todo",
        "deprecated",
        "beta",
        "new",
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "json",
        "xml",
        "http",
        "https",
        "rest",
        "api",
        "url",
        "uri",
        "faq",
        "true",
        "false",
        "null",
        "tbd",
    ];
    WORDS.iter().any(|common| common.eq_ignore_ascii_case(word))
}

/// Returns whether a word has as many digits as numeric codes have in lists and headings.
pub(super) fn is_code_number(word: &str) -> bool {
    (3..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a word with dots is a file, a site or a version: `openapi.yaml`, `example.com`, `v1.2`.
fn is_file_or_site(word: &str) -> bool {
    const ENDINGS: [&str; 18] = [
        "com", "org", "net", "io", "dev", "json", "yaml", "yml", "md", "mdx", "txt", "html", "js", "py",
        "rs", "png", "svg", "xml",
    ];
    let last = word.rsplit('.').next().unwrap_or_default();
    let numeric = word.split('.').all(|part| {
        part.trim_start_matches(['v', 'V'])
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    });
    numeric || ENDINGS.iter().any(|ending| last.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_the_shape_of_a_word() {
        let table = [
            ("MISSING_BODY", Some(Shape::ScreamingSnake)),
            ("FORBIDDEN", Some(Shape::Uppercase)),
            ("AUTH-001", Some(Shape::Alphanumeric)),
            ("E1001", Some(Shape::Alphanumeric)),
            ("2604", Some(Shape::Number)),
            ("-32700", Some(Shape::Number)),
            ("card.declined", Some(Shape::Dotted)),
            ("example.com", None),
            ("1.2", None),
            ("card-declined", Some(Shape::Kebab)),
            ("auth/invalid-email", Some(Shape::Dotted)),
            ("application/problem-json", None),
            ("and/or", None),
            ("401/403", None),
            ("403_001", Some(Shape::Alphanumeric)),
            ("4000-4099", None),
            ("card_declined", Some(Shape::Snake)),
            ("InvalidParameterValue", Some(Shape::Camel)),
            ("Description", Some(Shape::Word)),
            ("two words", None),
            ("", None),
            ("don't", None),
        ];
        for (word, expected) in table {
            assert_eq!(Shape::of(word), expected, "{word}");
        }
    }
}
