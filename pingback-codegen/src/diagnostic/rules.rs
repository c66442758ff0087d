//! The table of all messages: one entry for each thing that can be said of an input, with its hint. A test
//! fails on an entry that no fixture provokes.

use super::Severity;

/// One entry of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in kebab case that diagnostics carry and `codegen.toml` refers to.
    pub name: &'static str,
    /// Unless the configuration says otherwise.
    pub severity: Severity,
    /// The message; each `{}` is filled in order.
    pub message: &'static str,
    /// What to do.
    pub hint: &'static str,
}

impl Rule {
    /// The message with its blanks filled.
    #[must_use]
    pub fn fill(&self, args: &[&dyn std::fmt::Display]) -> String {
        let mut parts = self.message.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut args = args.iter();
        for part in parts {
            if let Some(arg) = args.next() {
                text.push_str(&arg.to_string());
            }
            text.push_str(part);
        }
        debug_assert!(args.next().is_none(), "too many arguments for `{}`", self.name);
        text
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $constant:ident = $severity:ident $name:literal, $message:literal, $hint:literal;)*) => {
        $($(#[$doc])* pub const $constant: &Rule = &Rule {
            name: $name,
            severity: Severity::$severity,
            message: $message,
            hint: $hint,
        };)*
        /// The whole table.
        pub const ALL: &[&Rule] = &[$($constant),*];
    };
}

rules! {
    // read: the text
    /// YAML or JSON that does not parse.
    SYNTAX = Error "syntax", "this is not well-formed: {}",
        "mend the text at this place; nothing after it could be read";

    // the edges: inputs and configuration
    /// Neither a document nor a catalogue.
    NO_INPUT = Error "no-input", "there is neither an OpenAPI document nor an error catalogue to generate from",
        "name at least one of them";
    /// A text in another encoding.
    NOT_UTF8 = Warning "not-utf8", "this is not UTF-8: the byte {}",
        "save the file as UTF-8; each broken sequence was replaced by U+FFFD";
    /// `codegen.toml` is not TOML.
    CONFIG_SYNTAX = Error "config-syntax", "this is not well-formed TOML: {}",
        "mend the file at this place (https://toml.io/en/v1.0.0)";
    /// A key that does not exist, or a value that does not fit.
    CONFIG_VALUE = Error "config-value", "{}",
        "see the configuration section of the README for all keys and their values";
    /// A key that an output needs.
    CONFIG_MISSING = Error "config-missing", "this output has no `{}`",
        "add the key to its `[[output]]` table";
    /// A name that cannot be a crate's.
    CONFIG_NAME = Error "config-name", "`{}` cannot be the name of a crate: {}",
        "use lower-case ASCII letters, digits, `-` and `_`, with a letter first";
    /// Two outputs that share a name or a folder.
    CONFIG_TWICE = Error "config-twice", "another output has the {} `{}` already",
        "give each output a name and a folder of its own";
}
