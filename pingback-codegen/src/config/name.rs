//! Names of crates and modules.

/// Checks that `name` is a valid name for a crate and its module.
///
/// # Errors
/// The reason why it is not, as a phrase to put after a colon.
pub fn valid_name(name: &str) -> Result<(), &'static str> {
    let Some(first) = name.chars().next() else {
        return Err("it is empty");
    };
    if !first.is_ascii_lowercase() {
        return Err("it does not start with a lower-case ASCII letter");
    }
    if !name
        .chars()
        .all(|char| matches!(char, 'a'..='z' | '0'..='9' | '-' | '_'))
    {
        return Err("it has a character other than lower-case ASCII letters, digits, `-` and `_`");
    }
    if name.len() > 64 {
        return Err("it is longer than the 64 characters that crates.io allows");
    }
    if matches!(
        name,
        "core"
            | "std"
            | "alloc"
            | "test"
            | "proc_macro"
            | "proc-macro"
            | "build"
            | "deps"
            | "examples"
            | "incremental"
    ) {
        return Err("Rust or Cargo reserves the name");
    }
    if syn::parse_str::<syn::Ident>(&snake(name)).is_err() {
        return Err("it is a Rust keyword");
    }
    Ok(())
}

/// The name as a Rust identifier: with `_` in place of `-`.
#[must_use]
pub fn snake(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_names_follow_the_rules_of_cargo() {
        for good in ["a", "pet-store", "pet_store2"] {
            assert_eq!(valid_name(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "2a",
            "Pets",
            "type",
            "a b",
            "é",
            "std",
            "-a",
            "self",
            &"a".repeat(65),
        ] {
            assert!(valid_name(bad).is_err(), "{bad}");
        }
    }
}
