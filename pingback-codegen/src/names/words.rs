//! Splits the texts of a document into words for Rust names: letters of all scripts, acronyms, and symbols.

use heck::ToSnakeCase as _;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;
use unicode_security::{GeneralSecurityProfile, MixedScript, is_potential_mixed_script_confusable_char};

/// The longest name, before a number makes it unique.
pub(super) const LONGEST: usize = 80;

/// The words of a text in lower case. Symbols that have a meaning are words.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let text = join_acronyms(&spell_out(text));
    if text.is_ascii() {
        let snake = text.to_snake_case();
        let words = snake.split('_').filter(|word| !word.is_empty());
        return words.map(str::to_owned).collect();
    }
    split(&text)
}

/// What a character of a text becomes.
enum Piece {
    /// Nothing; the word goes on.
    Nothing,
    /// A part of a word.
    Letter(char),
    /// The end of a word.
    Gap,
    /// A separate word.
    Word(&'static str),
    /// The code point of the character, as a separate word.
    CodePoint(char),
}

/// The text as words of letters and digits, separated by spaces.
fn spell_out(text: &str) -> String {
    // Compatibility characters, such as full-width letters, become the usual ones.
    let characters: Vec<char> = if text.is_ascii() {
        text.trim().chars().collect()
    } else {
        text.trim().nfkc().collect()
    };
    let has_word = characters.iter().any(|&char| is_word(char));
    let mut spelled = String::with_capacity(text.len());
    let mut at = 0;
    // The rest of a long text would not fit into a name.
    while at < characters.len() && spelled.len() < 4 * LONGEST {
        let char = characters[at];
        let (piece, width) = if is_word(char) || is_mark(char) && spelled.ends_with(is_not_space) {
            // Rust warns about unusual marks in names.
            (
                if is_usual(char) {
                    Piece::Letter(char)
                } else {
                    Piece::Nothing
                },
                1,
            )
        } else {
            piece(&characters, at, has_word)
        };
        match piece {
            Piece::Nothing => {}
            Piece::Letter(char) => spelled.push(char),
            Piece::Gap => spelled.push(' '),
            Piece::Word(word) => spelled.extend([" ", word, " "]),
            Piece::CodePoint(char) => spelled.extend([" U", &format!("{:X}", u32::from(char)), " "]),
        }
        at += width;
    }
    spelled
}

fn is_not_space(char: char) -> bool {
    !char.is_whitespace()
}

/// Converts the character at `at`, which is not part of a word. Also returns how many characters were converted. Most
/// symbols become words only in a text without letters and digits, or at its start or end.
fn piece(characters: &[char], at: usize, has_word: bool) -> (Piece, usize) {
    let char = characters[at];
    let next = characters.get(at + 1).copied();
    let (is_first, is_last) = (at == 0, next.is_none());
    let is_before_word = next.is_some_and(is_word);
    let two = match (char, next) {
        ('>', Some('=')) => Some("GreaterOrEqual"),
        ('<', Some('=')) => Some("LessOrEqual"),
        ('!', Some('=')) => Some("NotEqual"),
        ('<', Some('>')) if !has_word => Some("NotEqual"),
        ('=', Some('=')) if !has_word => Some("Equal"),
        _ => None,
    };
    if let Some(word) = two {
        return (Piece::Word(word), 2);
    }
    let piece = match char {
        '\'' | '’' if is_before_word && !is_first => Piece::Nothing,
        // Rust warns about this letter. Without it the letters form one word, as in `Paʿel` without the sign.
        char if has_word && !char.is_ascii() && char.is_alphabetic() => Piece::Nothing,
        '>' if is_first || !has_word => Piece::Word("Greater"),
        '<' if is_first || !has_word => Piece::Word("Less"),
        '=' if !has_word => Piece::Word("Equal"),
        '!' if is_first || !has_word => Piece::Word("Not"),
        '+' if is_first || is_last || next == Some('+') => Piece::Word("Plus"),
        '-' if is_first && is_before_word => Piece::Word("Minus"),
        '#' if is_last && !is_first => Piece::Word("Sharp"),
        '%' => Piece::Word("Percent"),
        '*' if is_last || !has_word => Piece::Word("Star"),
        char if !has_word => symbol_name(char).map_or(Piece::CodePoint(char), Piece::Word),
        char if char.is_ascii() || char.is_whitespace() => Piece::Gap,
        char if char.is_alphanumeric() && !is_usual(char) => Piece::CodePoint(char),
        char if !char.is_alphanumeric() && is_pictograph(char) => Piece::CodePoint(char),
        _ => Piece::Gap,
    };
    (piece, 1)
}

/// Splits as `heck` does, which removes the marks of some scripts: a word begins at a capital after a small letter, and
/// at the last of several capitals if a small letter follows.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    // All characters that are not ASCII are parts of words.
    for run in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        let characters: Vec<char> = run.chars().collect();
        let mut word = String::new();
        let (mut after_small, mut after_capital) = (false, false);
        for (at, &char) in characters.iter().enumerate() {
            let before_small = characters.get(at + 1).is_some_and(|next| next.is_lowercase());
            if char.is_uppercase() && (after_small || after_capital && before_small) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.extend(char.to_lowercase());
            // A digit belongs to the word before it.
            if char.is_uppercase() || char.is_lowercase() {
                (after_small, after_capital) = (char.is_lowercase(), char.is_uppercase());
            }
        }
        if !word.is_empty() {
            words.push(if word.is_ascii() {
                word
            } else {
                without_confusables(&word)
            });
        }
    }
    words
}

/// Replaces letters that look like letters of another script, such as the Cyrillic `р` in `рage`, by their code points.
/// A word of one script keeps them if it also has a letter that looks like no other; Rust does not warn about it.
fn without_confusables(word: &str) -> String {
    let word: String = word.nfc().collect();
    if word.as_str().is_single_script() && shows_its_script(&word) {
        return word;
    }
    let mut written = String::new();
    for char in word.chars() {
        if !char.is_ascii() && is_potential_mixed_script_confusable_char(char) {
            // Writing to a string does not fail.
            let _ = write!(written, "u{:x}", u32::from(char));
        } else {
            written.push(char);
        }
    }
    written
}

/// Whether a word of one script has a letter that looks like no letter of another script, with a small or a capital
/// letter at the start.
fn shows_its_script(word: &str) -> bool {
    word.chars().enumerate().any(|(at, char)| {
        char.is_ascii_alphabetic()
            || !char.is_ascii()
                && !is_potential_mixed_script_confusable_char(char)
                && (at > 0
                    || char.to_uppercase().all(|capital| {
                        capital.is_ascii() || !is_potential_mixed_script_confusable_char(capital)
                    }))
    })
}

/// Words with capitals inside, such as brands.
const ONE_WORD: [(&str, &str); 5] = [
    ("OAuth", "Oauth"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("macOS", "Macos"),
    ("iOS", "Ios"),
];

/// Changes the case of acronyms and brands so that each is one word: `userIDs` is `userIds`, `OAuth2` is `Oauth2`.
fn join_acronyms(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let characters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&char) = characters.get(at) {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        let rest = &characters[at..];
        let one_word = ONE_WORD.iter().find(|(brand, _)| {
            let length = brand.len();
            // `audioState` and `BIOS` do not contain the word `iOS`.
            let begins = brand.starts_with(char::is_uppercase) && before.is_none_or(|c| !c.is_uppercase())
                || before.is_none_or(|c| !c.is_alphabetic());
            begins
                && rest.len() >= length
                && rest.iter().take(length).copied().eq(brand.chars())
                && rest.get(length).is_none_or(|c| !c.is_lowercase())
        });
        if let Some((brand, word)) = one_word {
            written.push_str(word);
            at += brand.len();
            continue;
        }
        let run = rest.iter().take_while(|c| c.is_uppercase()).count();
        if run >= 2 && before.is_none_or(|c| !c.is_uppercase()) {
            let plural = rest.get(run) == Some(&'s') && rest.get(run + 1).is_none_or(|c| !c.is_lowercase());
            if plural {
                written.push(char);
                written.extend(rest[1..run].iter().flat_map(|c| c.to_lowercase()));
                written.push('s');
                at += run + 1;
            } else {
                written.extend(&rest[..run]);
                at += run;
            }
            continue;
        }
        written.push(char);
        at += 1;
    }
    written
}

/// Whether a character is a part of words.
fn is_word(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric();
    }
    // Rust allows no superscripts and circled letters.
    char.is_alphanumeric() && is_identifier_part(char) && is_usual(char)
}

/// Whether a character only changes the one before it.
fn is_mark(char: char) -> bool {
    !char.is_ascii()
        && is_identifier_part(char)
        && !(char.is_alphanumeric() && is_usual(char))
        && unicode_normalization::char::is_combining_mark(char)
}

/// Whether a character is usual in names. Rust warns about others.
fn is_usual(char: char) -> bool {
    char.is_ascii() || char.identifier_allowed()
}

fn is_identifier_part(char: char) -> bool {
    syn::parse_str::<syn::Ident>(&format!("a{char}")).is_ok()
}

fn is_pictograph(char: char) -> bool {
    u32::from(char) >= 0x2190 && !matches!(u32::from(char), 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF)
}

/// The name of a symbol.
fn symbol_name(char: char) -> Option<&'static str> {
    Some(match char {
        '-' => "Minus",
        '_' => "Underscore",
        '.' => "Dot",
        ',' => "Comma",
        ':' => "Colon",
        ';' => "Semicolon",
        '/' => "Slash",
        '\\' => "Backslash",
        '|' => "Pipe",
        '&' => "And",
        '?' => "Question",
        '@' => "At",
        '#' => "Hash",
        '$' => "Dollar",
        '~' => "Tilde",
        '^' => "Caret",
        '"' => "Quote",
        '\'' => "Apostrophe",
        '`' => "Backtick",
        '(' => "OpenParenthesis",
        ')' => "CloseParenthesis",
        '[' => "OpenBracket",
        ']' => "CloseBracket",
        '{' => "OpenBrace",
        '}' => "CloseBrace",
        c if c.is_whitespace() => "Space",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_scripts_are_split_as_heck_splits() {
        for text in [
            "userIds",
            "HTTPServer2Go",
            "x509v3Key",
            "a1B2",
            "snake_case",
            "2fa",
        ] {
            let words = words(text);
            assert_eq!(split(text), words, "{text}");
        }
    }
}
