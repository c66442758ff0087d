//! Texts of a document in, valid Rust names out: casing, keywords, symbols, scripts, collisions. The one place that
//! cases anything, and the one user of `heck`.

use heck::ToSnakeCase as _;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;
use unicode_security::{GeneralSecurityProfile, MixedScript, is_potential_mixed_script_confusable_char};

/// No name is longer, but for a suffix that makes it unique.
const LONGEST: usize = 80;

/// The words of a text in lower case, symbols that mean something spelled out.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut spelled = String::with_capacity(text.len());
    // Letters that only look different, such as full-width ones, are the same name.
    let characters: Vec<char> = if text.is_ascii() {
        text.trim().chars().collect()
    } else {
        text.trim().nfkc().collect()
    };
    let has_word = characters.iter().any(|&char| is_word(char));
    let mut at = 0;
    // Enough for any name; a text of a megabyte is not worth reading to its end.
    while at < characters.len() && spelled.len() < 4 * LONGEST {
        let char = characters[at];
        let next = characters.get(at + 1).copied();
        let first = at == 0;
        let last = next.is_none();
        let mut width = 1;
        let word = match (char, next) {
            ('\'' | '’', Some(n)) if is_word(n) && !first => {
                at += 1;
                continue;
            }
            (c, _)
                if is_word(c) || is_mark(c) && spelled.ends_with(|before| !char::is_whitespace(before)) =>
            {
                // A mark that is no part of names is left out of the word that it stands in.
                if is_usual(c) {
                    spelled.push(c);
                }
                at += 1;
                continue;
            }
            // A letter that Rust warns of goes without cutting the word in two, such as the sign in `Paʿel`.
            (c, _) if has_word && !c.is_ascii() && c.is_alphabetic() => {
                at += 1;
                continue;
            }
            ('>', Some('=')) => {
                width = 2;
                "GreaterOrEqual"
            }
            ('<', Some('=')) => {
                width = 2;
                "LessOrEqual"
            }
            ('!', Some('=')) => {
                width = 2;
                "NotEqual"
            }
            ('<', Some('>')) if !has_word => {
                width = 2;
                "NotEqual"
            }
            ('=', Some('=')) if !has_word => {
                width = 2;
                "Equal"
            }
            ('>', _) if first || !has_word => "Greater",
            ('<', _) if first || !has_word => "Less",
            ('=', _) if !has_word => "Equal",
            ('!', _) if first || !has_word => "Not",
            ('+', _) if first || last || next == Some('+') => "Plus",
            ('-', Some(n)) if first && is_word(n) => "Minus",
            ('#', _) if last && !first => "Sharp",
            ('%', _) => "Percent",
            ('*', _) if last || !has_word => "Star",
            (c, _) if !has_word => symbol(c),
            (c, _) if !c.is_ascii() && c.is_alphanumeric() && !is_usual(c) => "",
            (c, _) if !c.is_ascii() && !c.is_whitespace() && !c.is_alphanumeric() && is_pictograph(c) => "",
            _ => {
                spelled.push(' ');
                at += width;
                continue;
            }
        };
        spelled.push(' ');
        if word.is_empty() {
            // Writing to a string does not fail.
            let _ = write!(spelled, "U{:X}", u32::from(char));
        } else {
            spelled.push_str(word);
        }
        spelled.push(' ');
        at += width;
    }
    let text = joined(&spelled);
    if text.is_ascii() {
        let snake = text.to_snake_case();
        let words = snake.split('_').filter(|word| !word.is_empty());
        return words.map(str::to_owned).collect();
    }
    split(&text)
}

/// What `heck` does, for scripts whose words hold more than letters and digits: the words of a text in lower case,
/// between anything but these, and from a capital after a small letter, or before one at the end of several capitals.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    // What is no ASCII is part of a word, or would not be there.
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
            // A digit belongs to what stands before it.
            if char.is_uppercase() || char.is_lowercase() {
                (after_small, after_capital) = (char.is_lowercase(), char.is_uppercase());
            }
        }
        if !word.is_empty() {
            // The parts of a letter in lower case may go together.
            words.push(if word.is_ascii() { word } else { told_apart(&word) });
        }
    }
    words
}

/// A word in which no letter of one script passes for one of another: with a Cyrillic `р`, `рage` is no `page`. Rust
/// also warns of a script of which there are no other letters than such, so that one of its own is needed in a word.
fn told_apart(word: &str) -> String {
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

/// Has a word of one script a letter that passes for none of another, in small letters and where it begins with a
/// capital?
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

/// Names that are one word although their capitals say otherwise.
const ONE_WORD: [(&str, &str); 5] = [
    ("OAuth", "Oauth"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("macOS", "Macos"),
    ("iOS", "Ios"),
];

/// Capitals put so that words are told apart where people see them: `userIDs` is `userIds`, `OAuth2` is `Oauth2`.
fn joined(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let characters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&char) = characters.get(at) {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        let rest = &characters[at..];
        let one_word = ONE_WORD.iter().find(|(brand, _)| {
            let length = brand.len();
            // `audioState` has no `iOS` in it, nor has `BIOS`.
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

/// May this character stand inside a Rust name, and say something there?
fn is_word(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric();
    }
    // Superscripts, circled letters and the like are no part of names.
    char.is_alphanumeric() && is_identifier_part(char) && is_usual(char)
}

/// Does the character only add to the one before it?
fn is_mark(char: char) -> bool {
    !char.is_ascii()
        && is_identifier_part(char)
        && !(char.is_alphanumeric() && is_usual(char))
        && unicode_normalization::char::is_combining_mark(char)
}

/// Is the character one of a name that nobody has to wonder about? Rust warns of others.
fn is_usual(char: char) -> bool {
    char.is_ascii() || char.identifier_allowed()
}

fn is_identifier_part(char: char) -> bool {
    syn::parse_str::<syn::Ident>(&format!("a{char}")).is_ok()
}

fn is_pictograph(char: char) -> bool {
    u32::from(char) >= 0x2190 && !matches!(u32::from(char), 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF)
}

/// The name of a symbol where nothing else gives a name; empty if it has none.
fn symbol(char: char) -> &'static str {
    match char {
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
        _ => "",
    }
}

fn capitalized(word: &str) -> String {
    // The one standard that writes itself with two capitals in type names, too.
    if let Some(rest) = word.strip_prefix("oauth")
        && rest.chars().all(|char| char.is_ascii_digit())
    {
        return format!("OAuth{rest}");
    }
    let mut characters = word.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Words in upper camel case. An underscore keeps digits of different words apart: `V2_0`.
#[must_use]
pub fn upper_camel(words: &[impl AsRef<str>]) -> String {
    let mut name = String::new();
    for word in words {
        let word = word.as_ref();
        if name.len() + word.len() > LONGEST && !name.is_empty() {
            break;
        }
        if name.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            name.push('_');
        }
        name.push_str(&capitalized(word));
    }
    bounded(name)
}

fn snake(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if name.len() + word.len() > LONGEST && !name.is_empty() {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(word);
    }
    bounded(name)
}

fn bounded(mut name: String) -> String {
    if name.len() > LONGEST {
        let end = (0..=LONGEST)
            .rev()
            .find(|&at| name.is_char_boundary(at))
            .unwrap_or(0);
        name.truncate(end);
    }
    name
}

fn camel_name(text: &str, empty: &str) -> String {
    let words = words(text);
    let name = upper_camel(&words);
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        // A combining mark cannot begin a name.
        Some(first) if !first.is_ascii() && syn::parse_str::<syn::Ident>(&name).is_err() => {
            format!("X{name}")
        }
        Some(_) => name,
    }
}

fn snake_name(text: &str, empty: &str) -> String {
    let words = words(text);
    let name = snake(&words);
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(first) if !first.is_ascii() && syn::parse_str::<syn::Ident>(&name).is_err() => {
            format!("x_{name}")
        }
        Some(_) => without_keyword(name),
    }
}

/// Keywords as raw names; the few that cannot be raw get an underscore.
fn without_keyword(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" => format!("{name}_"),
        "as" | "async" | "await" | "break" | "const" | "continue" | "dyn" | "else" | "enum" | "extern"
        | "false" | "fn" | "for" | "if" | "impl" | "in" | "let" | "loop" | "match" | "mod" | "move"
        | "mut" | "pub" | "ref" | "return" | "static" | "struct" | "trait" | "true" | "type" | "unsafe"
        | "use" | "where" | "while" | "abstract" | "become" | "box" | "do" | "final" | "gen" | "macro"
        | "override" | "priv" | "try" | "typeof" | "unsized" | "virtual" | "yield" => format!("r#{name}"),
        _ => name,
    }
}

/// The name of a type.
#[must_use]
pub fn type_name(text: &str) -> String {
    camel_name(text, "Unnamed")
}

/// The name of a variant of an enum.
#[must_use]
pub fn variant_name(text: &str) -> String {
    camel_name(text, "Empty")
}

/// The name of a field.
#[must_use]
pub fn field_name(text: &str) -> String {
    snake_name(text, "empty")
}

/// The name of a function, a method or its argument.
#[must_use]
pub fn function_name(text: &str) -> String {
    snake_name(text, "unnamed")
}

/// The name of a module; never a keyword, since a raw name would show in the file's name.
#[must_use]
pub fn module_name(text: &str) -> String {
    let name = snake_name(text, "unnamed");
    match name.strip_prefix("r#") {
        Some(keyword) => format!("{keyword}_"),
        None => name,
    }
}

/// The name of a constant.
#[must_use]
pub fn constant_name(text: &str) -> String {
    let name = snake_name(text, "unnamed");
    name.strip_prefix("r#").unwrap_or(&name).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| field_name(text)).collect()
    }

    fn variants(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| variant_name(text)).collect()
    }

    #[test]
    fn keywords_are_raw_or_get_an_underscore() {
        assert_eq!(
            fields(&["type", "self", "Self", "crate", "gen"]),
            ["r#type", "self_", "self_", "crate_", "r#gen"]
        );
        assert_eq!(variants(&["Self", "self", "type"]), ["Self_", "Self_", "Type"]);
        assert_eq!(module_name("type"), "type_");
    }

    #[test]
    fn casing_follows_the_words() {
        assert_eq!(
            fields(&[
                "createdAt",
                "X-Request-ID",
                "user[name]",
                "HTTPError",
                "@type",
                "$ref"
            ]),
            [
                "created_at",
                "x_request_id",
                "user_name",
                "http_error",
                "r#type",
                "r#ref"
            ]
        );
        assert_eq!(
            variants(&["SUBSCRIBER_NOT_FOUND", "not found"]),
            ["SubscriberNotFound", "NotFound"]
        );
        assert_eq!(constant_name("updateSubscriber"), "UPDATE_SUBSCRIBER");
    }

    #[test]
    fn acronyms_are_words() {
        assert_eq!(
            fields(&[
                "IDs",
                "userIDs",
                "URLsByID",
                "OAuth2",
                "getOAuthToken",
                "OAuthorize",
                "IPv4Address",
                "HTTPServer",
                "iOSVersion",
                "audioOS",
                "DNS",
                "v1",
                "AsIs"
            ]),
            [
                "ids",
                "user_ids",
                "urls_by_id",
                "oauth2",
                "get_oauth_token",
                "o_authorize",
                "ipv4_address",
                "http_server",
                "ios_version",
                "audio_os",
                "dns",
                "v1",
                "as_is"
            ]
        );
        assert_eq!(variants(&["userIDs", "OAuth2Token"]), ["UserIds", "OAuth2Token"]);
    }

    #[test]
    fn digits_cannot_lead_and_stay_apart() {
        assert_eq!(
            variants(&["404", "v1.0", "v10", "2020-08-27"]),
            ["N404", "V1_0", "V10", "N2020_08_27"]
        );
        assert_eq!(fields(&["2fa"]), ["n2fa"]);
    }

    #[test]
    fn symbols_are_spelled_where_they_matter() {
        assert_eq!(
            variants(&[
                "+1",
                "-1",
                ">=",
                "<",
                "=",
                "*",
                "-created_at",
                "C++",
                "C#",
                "a/b",
                "don't"
            ]),
            [
                "Plus1",
                "Minus1",
                "GreaterOrEqual",
                "Less",
                "Equal",
                "Star",
                "MinusCreatedAt",
                "CPlusPlus",
                "CSharp",
                "AB",
                "Dont"
            ]
        );
    }

    #[test]
    fn what_has_no_letters_has_a_name() {
        assert_eq!(
            variants(&["", " ", "_", "\u{1F44D}"]),
            ["Empty", "Empty", "Underscore", "U1f44d"]
        );
        assert_eq!(fields(&["", "_"]), ["empty", "underscore"]);
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(variants(&["über uns", "имя"]), ["ÜberUns", "Имя"]);
        for name in ["名前", "שם", "²", "①a", "e\u{301}t"] {
            let name = variant_name(name);
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{name}");
        }
    }

    #[test]
    fn names_are_such_that_rust_warns_of_none() {
        // Decomposed and composed, full-width, half-width, ligatures, marks, letters of two scripts in one word.
        assert_eq!(
            variants(&[
                "Cafe\u{301}",
                "Ｐｒｉｃｅ",
                "ｶﾞｷﾞ",
                "ﬁle",
                "हिन्दी",
                "שָׁלוֹם",
                "\u{440}age",
                "a\u{200d}b"
            ]),
            ["Café", "Price", "ガギ", "File", "हिन्दी", "שלום", "U440age", "AB"]
        );
        assert_eq!(
            fields(&["датаРождения", "ГРАД", "n\u{303}"]),
            ["дата_рождения", "град", "ñ"]
        );
    }

    #[test]
    fn a_script_is_not_known_by_letters_alone_that_pass_for_others() {
        assert_eq!(
            fields(&[
                "δ",
                "π",
                "\u{b5}s",
                "μg",
                "Δt",
                "\u{43e}",
                "\u{441}\u{43e}\u{440}\u{430}"
            ]),
            ["u3b4", "u3c0", "μs", "μg", "u3b4t", "u43e", "u441u43eu440u430"]
        );
        let others = ["naïve", "цена", "ω", "é", "straße", "ø", "λ_0"];
        assert_eq!(fields(&others), others);
    }

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

    #[test]
    fn letters_that_rust_warns_of_go_without_cutting_a_word() {
        assert_eq!(variants(&["Paʿʿel", "Shaphʿel 2"]), ["Pael", "Shaphel2"]);
    }

    #[test]
    fn names_are_bounded() {
        assert!(variant_name(&"word ".repeat(1000)).len() <= LONGEST);
        assert!(field_name(&"x".repeat(1_000_000)).len() <= LONGEST);
    }
}
