//! What is an error code? Answers by the look of a word alone; the readers know what its place says.

/// How a code is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `MISSING_BODY`.
    Screaming,
    /// `FORBIDDEN`: might also be an acronym or an HTTP method.
    Capitals,
    /// `E1001`, `AUTH-001`, `PGRST116`.
    Tagged,
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
    /// Is a line or heading of nothing but this a code, whatever stands around it?
    pub(super) fn stands_alone(self) -> bool {
        matches!(self, Self::Screaming)
    }

    /// Could a word in running text, that nothing marks as a code, be one?
    pub(super) fn is_telling(self) -> bool {
        matches!(self, Self::Screaming | Self::Tagged)
    }
}

/// The longest thing that is taken for a code.
const LONGEST: usize = 120;

/// The shape of a word that may be a code; `None` for all else.
pub(super) fn shape(word: &str) -> Option<Shape> {
    if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    if is_number(word) {
        return Some(Shape::Number);
    }
    let bytes = word.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/');
    if !bytes.iter().all(plain) || !bytes[bytes.len() - 1].is_ascii_alphanumeric() {
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
        // `403_001`; with other signs between digits it is a range, a date or a version.
        return (has(b'_') && bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_'))
            .then_some(Shape::Tagged);
    }
    if has(b'/') {
        return is_path(word).then_some(Shape::Dotted);
    }
    let shape = if !lower && has(b'_') && !has(b'.') && !has(b'-') {
        Shape::Screaming
    } else if !lower && digit {
        Shape::Tagged
    } else if !lower && has(b'-') && !has(b'.') {
        Shape::Kebab
    } else if !lower && !has(b'.') && bytes.len() > 1 {
        Shape::Capitals
    } else if has(b'.') {
        if is_file_or_site(word) {
            return None;
        }
        Shape::Dotted
    } else if has(b'-') {
        Shape::Kebab
    } else if has(b'_') {
        Shape::Snake
    } else if lower && upper && bytes[1..].iter().any(u8::is_ascii_uppercase) {
        Shape::Camel
    } else {
        Shape::Word
    };
    Some(shape)
}

/// A number as codes are: up to ten digits, also negative ones (JSON-RPC).
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    match hex {
        Some(hex) => (1..=16).contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// `auth/invalid-email`: lower-case parts, of which one at least looks like a code by itself. `and/or`, `401/403`
/// and media types are none.
fn is_path(word: &str) -> bool {
    const MEDIA: [&str; 8] = [
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
        && !MEDIA.contains(&parts[0])
}

/// Words in capitals or bold that people begin a remark with, and names that no API gives to an error.
pub(super) fn is_common(word: &str) -> bool {
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

/// A number of the length that a list of numeric codes has outside tables.
pub(super) fn is_list_number(word: &str) -> bool {
    (3..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `example.com`, `openapi.yaml`, `v1.2`: dots that don't make a code.
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
    fn shapes_are_told_by_their_look() {
        let table = [
            ("MISSING_BODY", Some(Shape::Screaming)),
            ("FORBIDDEN", Some(Shape::Capitals)),
            ("AUTH-001", Some(Shape::Tagged)),
            ("E1001", Some(Shape::Tagged)),
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
            ("403_001", Some(Shape::Tagged)),
            ("4000-4099", None),
            ("card_declined", Some(Shape::Snake)),
            ("InvalidParameterValue", Some(Shape::Camel)),
            ("Description", Some(Shape::Word)),
            ("two words", None),
            ("", None),
            ("don't", None),
        ];
        for (word, expected) in table {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}
