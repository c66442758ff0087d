//! Detects the form of an error page from its content.

use super::form::Form;
use super::{asciidoc, csv, lenient_json, rst};
use std::collections::HashSet;

/// Pages with more HTML tags than this can be HTML.
const MIN_HTML_TAGS: usize = 3;
/// Longer texts before a colon are not keys of YAML.
const MAX_KEY_WORDS: usize = 2;

/// Returns the forms to try, the most likely first. JSON is tried as nothing else. For a page, the other forms of pages
/// follow in case the first finds nothing.
pub(super) fn candidates(text: &str) -> Vec<Form> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if is_json(text) {
        return vec![Form::Json];
    }
    let features = Features::of(text);
    let mut forms = Vec::new();
    if csv::detect_separator(text).is_some() {
        forms.push(Form::Csv);
    }
    if features.is_html() {
        forms.extend([Form::Html, Form::Markdown]);
    } else if rst::is_likely(text) {
        forms.extend([Form::Rst, Form::Markdown, Form::Page, Form::Lines]);
    } else if asciidoc::is_likely(text) {
        forms.extend([Form::Asciidoc, Form::Markdown, Form::Page, Form::Lines]);
    } else if features.is_certainly_yaml() {
        forms.extend([Form::Yaml, Form::Markdown, Form::Page, Form::Lines, Form::Html]);
    } else if features.is_markdown() {
        forms.extend([Form::Markdown, Form::Page, Form::Lines, Form::Html]);
    } else if features.is_yaml() {
        forms.extend([Form::Yaml, Form::Page, Form::Lines, Form::Markdown]);
    } else {
        forms.extend([Form::Page, Form::Lines, Form::Markdown]);
    }
    forms
}

/// Returns whether the whole text is one JSON value.
fn is_json(text: &str) -> bool {
    text.starts_with(['{', '['])
        && text.ends_with(['}', ']'])
        && lenient_json::parse(text, 0).is_some_and(|parsed| text[parsed.end..].trim().is_empty())
}

/// What the lines of a text look like.
#[derive(Default)]
struct Features<'a> {
    is_html_document: bool,
    html_tags: usize,
    markdown_lines: usize,
    /// Markdown headings below the first level.
    deep_headings: usize,
    /// The keys of a YAML mapping at the top level.
    keys: HashSet<&'a str>,
    /// The elements of a YAML sequence at the top level. In Markdown these are list items.
    elements: usize,
    /// Elements whose value begins on the next line, as they do only in YAML.
    dashes: usize,
    /// Lines at the top level that are not YAML.
    other_lines: usize,
}

impl<'a> Features<'a> {
    fn of(text: &'a str) -> Self {
        let start: String = text.chars().take(15).collect::<String>().to_ascii_lowercase();
        let mut features = Self {
            is_html_document: start.starts_with("<!doctype") || start.starts_with("<html"),
            ..Self::default()
        };
        for (index, line) in text.lines().enumerate() {
            features.add_markup(line.trim_start());
            let begins_front_matter = index == 0 && line.trim_end() == "---";
            let is_nested_or_comment = line.starts_with([' ', '\t', '#']) || line.trim_start().is_empty();
            if !begins_front_matter && !is_nested_or_comment {
                features.add_top_level_line(line);
            }
        }
        features
    }

    fn is_html(&self) -> bool {
        self.is_html_document || (self.html_tags > MIN_HTML_TAGS && self.html_tags > 2 * self.markdown_lines)
    }

    fn is_markdown(&self) -> bool {
        self.markdown_lines > 0 || self.html_tags > 0
    }

    fn is_yaml(&self) -> bool {
        self.other_lines == 0 && (!self.keys.is_empty() || self.elements > 0 || self.dashes > 0)
    }

    /// Returns whether the text is YAML even if it has backticks, or comments that look like Markdown headings of the
    /// first level.
    fn is_certainly_yaml(&self) -> bool {
        self.is_yaml() && (!self.keys.is_empty() || self.dashes > 0) && self.deep_headings == 0
    }

    /// Counts the HTML and Markdown in a line without its indentation.
    fn add_markup(&mut self, line: &str) {
        let title = line.trim_start_matches('#');
        let level = line.len() - title.len();
        let is_heading = (1..7).contains(&level) && title.starts_with(' ');
        let is_row = line.starts_with('|') && line.trim_end().ends_with('|');
        let is_table_rule =
            line.len() > 2 && line.contains('-') && line.contains('|') && line.chars().all(is_rule_char);
        let has_inline_markup = line.contains("**") || line.contains('`');
        let is_link_or_block = line.starts_with("](") || line.starts_with("[block:");
        let is_markdown = is_heading || is_row || is_table_rule || has_inline_markup || is_link_or_block;
        self.markdown_lines += usize::from(is_markdown);
        self.deep_headings += usize::from(is_heading && level > 1);
        self.html_tags += block_tags(line);
    }

    fn add_top_level_line(&mut self, line: &'a str) {
        let element = line.strip_prefix("- ");
        let member = element.unwrap_or(line);
        let key = member.split(": ").next().unwrap_or_default();
        let has_key = (key.len() < member.len() || member.trim_end().ends_with(':'))
            && !key.contains("](")
            && key.split(' ').count() <= MAX_KEY_WORDS;
        if line.trim_end() == "-" {
            self.dashes += 1;
        } else if has_key && element.is_some() {
            self.elements += 1;
        } else if !(has_key && self.keys.insert(key)) {
            // A text that has a key twice is a list of labelled facts and not a mapping.
            self.other_lines += 1;
        }
    }
}

fn is_rule_char(char: char) -> bool {
    matches!(char, '|' | '-' | ':' | ' ' | '\t' | '\r')
}

/// Counts the start tags of block elements in a line.
fn block_tags(line: &str) -> usize {
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
