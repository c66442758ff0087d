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

    // catalogue
    /// A source in which no reader finds an entry.
    CATALOGUE_EMPTY = Error "catalogue-empty", "no error code was found in this list; looked for {}",
        "check that this is the page that lists the codes, or name its form";
    /// Facts of an entry without the code they belong to.
    CATALOGUE_ENTRY_WITHOUT_CODE = Warning "catalogue-entry-without-code",
        "an entry has lost its code: {}",
        "put the code back above this line, or read another copy of the list with this one; the entry is left out";
    /// A line that was torn in two, put together.
    CATALOGUE_LINE_JOINED = Note "catalogue-line-joined", "`{}` was read as the rest of the line above",
        "put both on one line if they belong together, an empty line between them if not";
    /// A line that stands where entries stand and was not read.
    CATALOGUE_LINE_IGNORED = Note "catalogue-line-ignored", "left out: {}",
        "nothing to do if this is no part of the list";
    /// An example body that is not JSON, read all the same.
    CATALOGUE_MALFORMED_PAYLOAD = Warning "catalogue-malformed-payload", "this example is no JSON: {}",
        "mend the example; it was read as if it were mended";
    /// One code, told differently by two sources.
    CATALOGUE_CONFLICT = Warning "catalogue-conflict", "two sources differ in the {} of `{}`",
        "correct the source that is wrong; until then both are believed, the first where only one can be";
    /// One code, told twice by one source.
    CATALOGUE_DUPLICATE_CODE = Warning "catalogue-duplicate-code", "`{}` is listed twice",
        "make one entry of the two; what they say was put together";
    /// One entry without the status that others have.
    CATALOGUE_ENTRY_WITHOUT_STATUS = Note "catalogue-entry-without-status",
        "`{}` has no HTTP status, while other entries of the list have one",
        "add its status";
    /// A column whose name says nothing, taken for the description.
    CATALOGUE_COLUMN_GUESSED = Note "catalogue-column-guessed", "the {} was taken for what the codes mean",
        "name the column `Message`, `Description` or `Explanation`";
    /// A row without a status below one that has it.
    CATALOGUE_STATUS_CARRIED = Note "catalogue-status-carried",
        "`{}` has no status in its row, so it was given that of the rows above, {}",
        "write the status into each row";
    /// A code of which nothing is said.
    CATALOGUE_BARE_CODE = Note "catalogue-bare-code", "nothing is said of `{}` but its name",
        "add its status and message, or accept this";
}
