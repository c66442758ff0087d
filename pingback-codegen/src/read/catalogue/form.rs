//! The forms of error pages that can be read.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A form of error page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The copied text of a web page: a line or a status for each entry, with facts or an example below it.
    Page,
    /// One line for each entry: the code, then its message.
    Lines,
    /// Markdown or MDX.
    Markdown,
    /// HTML.
    Html,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    Asciidoc,
    /// Rows of values separated by commas, semicolons or tabs, below a row of column names.
    Csv,
    /// JSON data.
    Json,
    /// YAML data.
    Yaml,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 9] = [
        Self::Page,
        Self::Lines,
        Self::Markdown,
        Self::Html,
        Self::Rst,
        Self::Asciidoc,
        Self::Csv,
        Self::Json,
        Self::Yaml,
    ];

    /// Returns the name of the form in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Lines => "lines",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Rst => "rst",
            Self::Asciidoc => "asciidoc",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    /// Describes what the reader of this form expects on a page.
    #[must_use]
    pub fn expected_content(self) -> &'static str {
        match self {
            Self::Page => {
                "a line for each code with `Status:` and `Message:` below it, or statuses with JSON examples"
            }
            Self::Lines => "lines that begin with a code",
            Self::Markdown => "Markdown headings, list items or table rows that name a code",
            Self::Html => "HTML headings, list items, definition lists or table rows that name a code",
            Self::Rst => "reStructuredText sections, list items, definitions or table rows that name a code",
            Self::Asciidoc => "AsciiDoc sections, list items, definitions or table rows that name a code",
            Self::Csv => "a row of column names and rows with a code",
            Self::Json | Self::Yaml => "entries with a member `code`, or a mapping from codes to entries",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "text" => Ok(Self::Page),
            "md" | "mdx" => Ok(Self::Markdown),
            "htm" => Ok(Self::Html),
            "rest" | "restructuredtext" => Ok(Self::Rst),
            "adoc" | "asc" => Ok(Self::Asciidoc),
            "tsv" => Ok(Self::Csv),
            "yml" => Ok(Self::Yaml),
            _ => Self::ALL
                .into_iter()
                .find(|form| form.as_str() == name)
                .ok_or(UnknownForm(name)),
        }
    }
}

/// The error for a name that is not a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a form of error page; the forms are page, lines, markdown, html, rst, asciidoc, csv, json and yaml"
)]
pub struct UnknownForm(String);
