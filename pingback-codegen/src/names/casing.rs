//! Names in the casing of each kind of Rust item, from the texts of a document.

use super::words::{LONGEST, words};

fn capitalized(word: &str) -> String {
    // The usual spelling of this standard in type names.
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

/// Words in upper camel case, with an underscore between digits of different words: `V2_0`.
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
    truncate(name)
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
    truncate(name)
}

fn truncate(mut name: String) -> String {
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
        // No name begins with a combining mark.
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
        Some(_) => escape_keyword(name),
    }
}

/// Writes keywords as raw names, and the few that cannot be raw with an underscore.
fn escape_keyword(name: String) -> String {
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

/// The name of a module. Never a raw name, since it is also the name of a file.
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
    fn symbols_with_a_meaning_are_words() {
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
    fn a_text_without_letters_has_a_name() {
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
    fn rust_accepts_all_names_without_a_warning() {
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
    fn confusable_letters_become_code_points() {
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
    fn unusual_letters_are_left_out() {
        assert_eq!(variants(&["Paʿʿel", "Shaphʿel 2"]), ["Pael", "Shaphel2"]);
    }

    #[test]
    fn names_are_bounded() {
        assert!(variant_name(&"word ".repeat(1000)).len() <= LONGEST);
        assert!(field_name(&"x".repeat(1_000_000)).len() <= LONGEST);
    }
}
