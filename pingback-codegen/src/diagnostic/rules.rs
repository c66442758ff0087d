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

    // lower: types
    /// Arrays of arrays of arrays.
    TOO_DEEP = Warning "too-deep", "arrays and maps lie more than {} deep within one another",
        "what lies deeper is taken as any JSON; give a part of it a name of its own under components";
    /// `$ref` and `allOf` alone lead back to where they began.
    REFERENCE_CYCLE = Error "reference-cycle", "`{}` is defined by nothing but itself",
        "break the cycle of `$ref` and `allOf`: one of these schemas has to say what it is";
    /// `allOf` of a string and an object.
    CONTRADICTION = Warning "contradiction", "no value can satisfy all that is asked here",
        "it is taken as any JSON; make the types and values that have to hold together agree";
    /// `type: string` with `enum: [1, 2]`.
    ENUM_OF_ANOTHER_TYPE = Note "enum-of-another-type", "the enum lists `{}`, which is not of the declared type",
        "it is taken as the declared type; write it as such, with quotes for a string";
    /// `prefixItems` that may be cut short or go on.
    OPEN_TUPLE = Note "open-tuple", "the array has different items, but not a fixed number of them",
        "it is taken as an array of any JSON; say `minItems` and `items: false` to make it a tuple";
    /// `required: [x]` without `x` among the properties.
    REQUIRED_UNDESCRIBED = Note "required-undescribed", "`{}` is required, but no property of that name is described",
        "the property is taken as any JSON; describe it under `properties`";
    /// Branches of a union that a value can't choose between.
    BRANCHES_ALIKE = Note "branches-alike", "nothing tells a value of `{}` from one of `{}`",
        "the branches are tried in turn; add a discriminator, or a property that each requires for itself";
    /// A union that is one of its own branches.
    UNION_OF_ITSELF = Warning "union-of-itself", "a branch of `{}` is the union itself",
        "the branch is left out, since it says nothing; remove it";
}
