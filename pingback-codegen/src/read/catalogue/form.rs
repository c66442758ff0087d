//! Which form does a list have? Told by its content.

use super::{asciidoc, csv, rst, tolerant};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

/// A form that error lists come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The text of a web page as copied: a line or a status for each entry, facts or an example below it.
    Page,
    /// One line for each entry: the code, then its text.
    Lines,
    /// Markdown or MDX.
    Markdown,
    /// HTML.
    Html,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    Asciidoc,
    /// Rows of values, separated by commas, semicolons or tabs, under a row of names.
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

    /// Its name in the configuration.
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

    /// What its reader looks for.
    #[must_use]
    pub fn looks_for(self) -> &'static str {
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

/// A name that no form has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no form of an error list; there are page, lines, markdown, html, rst, asciidoc, csv, json and yaml"
)]
pub struct UnknownForm(String);

/// The forms to try, the most likely first. Data are tried as nothing else; pages of any kind, if nothing is
/// found, as each of the others.
pub(super) fn candidates(text: &str) -> Vec<Form> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let signs = Signs::of(text);
    if is_json(text) {
        return vec![Form::Json];
    }
    let mut forms = Vec::new();
    if csv::separator(text).is_some() {
        forms.push(Form::Csv);
    }
    if signs.is_html() {
        forms.extend([Form::Html, Form::Markdown]);
    } else if rst::is_likely(text) {
        forms.extend([Form::Rst, Form::Markdown, Form::Page, Form::Lines]);
    } else if asciidoc::is_likely(text) {
        forms.extend([Form::Asciidoc, Form::Markdown, Form::Page, Form::Lines]);
    } else if signs.is_yaml && signs.keys > 0 && signs.deep_headings == 0 {
        // A comment of YAML looks like a heading of Markdown.
        forms.extend([Form::Yaml, Form::Markdown, Form::Page, Form::Lines, Form::Html]);
    } else if signs.is_markdown() {
        forms.extend([Form::Markdown, Form::Page, Form::Lines, Form::Html]);
    } else if signs.is_yaml {
        forms.extend([Form::Yaml, Form::Page, Form::Lines, Form::Markdown]);
    } else {
        forms.extend([Form::Page, Form::Lines, Form::Markdown]);
    }
    forms
}

/// The whole text is one JSON value.
fn is_json(text: &str) -> bool {
    if !text.starts_with(['{', '[']) || !text.ends_with(['}', ']']) {
        return false;
    }
    tolerant::parse(text, 0).is_some_and(|parsed| text[parsed.end..].trim().is_empty())
}

/// What the lines of a text look like.
#[derive(Default)]
struct Signs {
    is_document: bool,
    html: usize,
    markdown: usize,
    /// Headings below the first level.
    deep_headings: usize,
    /// Members at the top.
    keys: usize,
    /// Every line that isn't indented is a member, an element or a comment.
    is_yaml: bool,
}

impl Signs {
    fn of(text: &str) -> Self {
        let start: String = text.chars().take(15).collect::<String>().to_ascii_lowercase();
        let mut signs = Self {
            is_document: start.starts_with("<!doctype") || start.starts_with("<html"),
            ..Self::default()
        };
        let mut members = 0;
        let mut keys = HashSet::new();
        let mut others = 0;
        for (number, line) in text.lines().enumerate() {
            let bare = line.trim_start();
            signs.html += html_tags(bare);
            let heading = bare.trim_start_matches('#');
            let is_heading =
                heading.len() < bare.len() && heading.starts_with(' ') && bare.len() - heading.len() < 7;
            let is_row = bare.starts_with('|') && bare.trim_end().ends_with('|');
            let is_rule =
                bare.len() > 2 && bare.contains('-') && bare.contains('|') && bare.chars().all(is_rule_char);
            let is_matter = number == 0 && line.trim_end() == "---";
            let is_set = bare.contains("**")
                || bare.contains('`')
                || bare.starts_with("](")
                || bare.starts_with("[block:");
            signs.deep_headings += usize::from(is_heading && bare.starts_with("##"));
            if is_heading || is_row || is_rule || bare.starts_with("```") || is_set {
                signs.markdown += 1;
            }
            if line.starts_with([' ', '\t', '#']) || bare.is_empty() || is_matter {
                continue;
            }
            let member = line.strip_prefix("- ").unwrap_or(line);
            let key = member.split(": ").next().unwrap_or_default();
            let is_member = (key.len() < member.len() || member.trim_end().ends_with(':'))
                && !key.contains("](")
                && key.split(' ').count() < 3;
            // Two entries with the same labels are no mapping.
            let is_member = is_member && (member.len() < line.len() || keys.insert(key));
            if is_member || line.trim_end() == "-" {
                members += 1;
                signs.keys += usize::from(member.len() == line.len());
            } else {
                others += 1;
            }
        }
        signs.is_yaml = members > 0 && others == 0;
        signs
    }

    fn is_html(&self) -> bool {
        self.is_document || (self.html > 3 && self.html > 2 * self.markdown)
    }

    fn is_markdown(&self) -> bool {
        self.markdown > 0 || self.html > 0
    }
}

fn is_rule_char(char: char) -> bool {
    matches!(char, '|' | '-' | ':' | ' ' | '\t' | '\r')
}

/// How many tags of blocks a line opens.
fn html_tags(line: &str) -> usize {
    const TAGS: [&str; 16] = [
        "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "dl", "dt", "p", "div",
    ];
    line.split('<')
        .skip(1)
        .filter(|piece| {
            let name = piece.split([' ', '>', '\t']).next().unwrap_or_default();
            TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name))
        })
        .count()
}
