//! What a document says, in; doc comments that rustdoc and clippy have nothing to say about, out. The Markdown
//! is parsed and written anew, so that what is not understood is text, and what is text stays text.

use crate::model::Docs;
use proc_macro2::TokenStream;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use quote::quote;
use std::fmt::Write as _;

/// How many lists and quotes may stand in each other; what is deeper is written at this depth.
const DEPTH: usize = 8;

/// The first paragraph stands in rustdoc's overviews. One that is longer than this is cut after its first
/// sentence.
const LONG: usize = 120;

/// An example is shown up to this many lines.
const EXAMPLE_LINES: usize = 40;

/// Languages of code blocks that are kept; rustdoc takes none of them for Rust or for an attribute.
const LANGUAGES: &[&str] = &[
    "bash",
    "console",
    "css",
    "csv",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "kotlin",
    "markdown",
    "php",
    "powershell",
    "protobuf",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// HTML elements that only format. Their tags are left out; other names in angle brackets are placeholders
/// such as `<token>`, and are kept as code.
const FORMATTING: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

/// Those of [`FORMATTING`] that do not break a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u", "var",
];

/// `#[doc = "..."]` for all that is said of a thing, and `#[deprecated]`.
#[must_use]
pub fn attrs(docs: &Docs) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let lines = lines(&text(docs));
    quote!(#lines #deprecated)
}

/// `#[doc = "..."]` for a Markdown text.
#[must_use]
pub fn markdown(text: &str) -> TokenStream {
    lines(&safe(text))
}

/// `#![doc = "..."]` for a Markdown text: the docs of a file.
#[must_use]
pub fn inner(text: &str) -> TokenStream {
    let lines = padded(&safe(text));
    quote!(#(#![doc = #lines])*)
}

/// A Markdown text, made safe for a doc comment: no doctests, no links within the code, no HTML, no bare URLs,
/// no text that changes direction.
#[must_use]
pub fn safe(text: &str) -> String {
    let text = clean(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer::default();
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(&text, options).into_offset_iter()) {
        writer.event(event, range.len());
    }
    writer.finish()
}

/// All that is said of a thing, as safe Markdown.
fn text(docs: &Docs) -> String {
    let description = docs.description.as_deref().unwrap_or_default().trim();
    let summary = docs.summary.as_deref().unwrap_or_default().trim();
    let mut parts = Vec::new();
    if !description.starts_with(summary.trim_end_matches('.')) || description.is_empty() {
        let mut summary = safe(summary);
        if summary.ends_with(|c: char| c.is_alphanumeric()) {
            summary.push('.');
        }
        parts.push(summary);
    }
    parts.push(safe(description));
    let constraints: Vec<String> = docs
        .constraints
        .iter()
        .map(|sentence| format!("{sentence}."))
        .collect();
    parts.push(safe(&constraints.join(" ")));
    parts.extend(docs.example.as_deref().map(example));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// An example, given as compact JSON.
fn example(json: &str) -> String {
    let json = clean(json);
    if json.len() <= LONG && !json.contains('\n') {
        return format!("Example: {}", code(&json));
    }
    let pretty = serde_json::from_str::<serde_json::Value>(&json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or(json);
    let mut lines: Vec<&str> = pretty.lines().take(EXAMPLE_LINES).collect();
    let whole = pretty.lines().count() <= EXAMPLE_LINES;
    if !whole {
        lines.push("...");
    }
    let mut text = "Example:\n\n".to_owned();
    text.push_str(&fenced(if whole { "json" } else { "text" }, &lines.join("\n")));
    text
}

/// One attribute for each line.
fn lines(text: &str) -> TokenStream {
    let lines = padded(text);
    quote!(#(#[doc = #lines])*)
}

/// The lines, each with the space that stands after `///`.
fn padded(text: &str) -> Vec<String> {
    let pad = |line: &str| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    };
    text.lines().map(pad).collect()
}

/// Leaves out what no doc comment should hold: control characters, invisible ones, and those that change the
/// direction of the text (the last are errors to rustc). All line breaks become `\n`.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push('\n'),
            '\t' | '\u{b}' | '\u{c}' => clean.push_str(if c == '\t' { "    " } else { " " }),
            '\n' => clean.push(c),
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            _ if c.is_control() => {}
            _ => clean.push(c),
        }
    }
    clean
}

/// A name from the wire as text for a code span, on one line: a backtick would end it.
pub(super) fn spelled(text: &str) -> String {
    clean(text).replace(['`', '\n'], "'")
}

/// A code span.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A code block.
fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let text = text.trim_end();
    format!("{fence}{language}\n{text}\n{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// A list or quote that the text stands in.
enum Container {
    Quote {
        begun: bool,
    },
    /// An item with its marker, which stands before its first line.
    Item {
        marker: String,
        begun: bool,
    },
    /// Too deep to be shown.
    Flat,
}

/// Marks a hard line break in [`Writer::inline`]; control characters cannot be in a text otherwise.
const BREAK: char = '\u{1}';

/// What a text is written in.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Shape {
    /// A paragraph, which may have several lines.
    #[default]
    Lines,
    /// A heading.
    Heading,
    /// A cell of a table, which a `|` would end.
    Cell,
}

#[derive(Default)]
struct Writer {
    out: String,
    containers: Vec<Container>,
    /// The next number of each list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// A blank line is due before the next block.
    separate: bool,
    /// The text of the block that is being read.
    inline: String,
    /// Where in `inline` each open link or image starts, and what it points to.
    links: Vec<(usize, Option<String>)>,
    /// Where in `inline` the text of each open emphasis starts.
    emphasis: Vec<usize>,
    /// Of the code block that is being read.
    language: Option<String>,
    /// The target of an HTML link.
    anchor: Option<String>,
    /// The first paragraph is being read, and is long.
    cut: bool,
    shape: Shape,
    /// Cells of the row that is being read.
    row: Vec<String>,
}

impl Writer {
    fn event(&mut self, event: Event, length: usize) {
        match event {
            Event::Start(tag) => self.start(tag, length),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.language.is_some() => self.inline.push_str(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.code(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.inline.push(if self.one_line() { ' ' } else { '\n' }),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.flush();
                self.block("---");
            }
            // Of extensions that are not enabled.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, length: usize) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.cut = self.out.is_empty() && self.containers.is_empty() && length > LONG;
            }
            Tag::Heading { .. } => {
                self.flush();
                self.shape = Shape::Heading;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.enter(Container::Quote { begun: false });
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info
                        .split(|c: char| !c.is_ascii_alphanumeric())
                        .next()
                        .map(str::to_ascii_lowercase)
                        .filter(|language| LANGUAGES.contains(&language.as_str())),
                    CodeBlockKind::Indented => None,
                };
                self.language = Some(language.unwrap_or_else(|| "text".to_owned()));
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        // Longer numbers make no list.
                        *number = number.saturating_add(1).min(999_999_999);
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                self.enter(Container::Item { marker, begun: false });
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.shape = Shape::Cell,
            Tag::Emphasis => self.emphasis("*", true),
            Tag::Strong => self.emphasis("**", true),
            Tag::Strikethrough => self.emphasis("~~", true),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                // A link cannot hold another.
                let target = target(&dest_url).filter(|_| !self.in_link());
                self.links.push((self.inline.len(), target));
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = std::mem::take(&mut self.inline);
                self.shape = Shape::Lines;
                // A heading of the document is below those of the item.
                let level = (level as usize + 2).min(6);
                let text = text.replace(['\n', BREAK], " ");
                if !text.trim().is_empty() {
                    self.block(&format!("{} {}", "#".repeat(level), text.trim()));
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.leave();
            }
            TagEnd::Item => {
                self.flush();
                self.leave();
                // Items stand close together.
                self.separate = false;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.separate = true;
            }
            TagEnd::CodeBlock => {
                let language = self.language.take().unwrap_or_default();
                let text = std::mem::take(&mut self.inline);
                self.block(&fenced(&language, &text));
            }
            TagEnd::TableCell => {
                self.shape = Shape::Lines;
                let cell = std::mem::take(&mut self.inline).replace(['\n', BREAK], " ");
                self.row.push(cell.trim().to_owned());
            }
            TagEnd::TableHead => {
                let head = format!("| {} |", self.row.join(" | "));
                let rule = format!("|{}", " --- |".repeat(self.row.len()));
                self.block(&format!("{head}\n{rule}"));
                self.separate = false;
            }
            TagEnd::TableRow => {
                self.block(&format!("| {} |", self.row.join(" | ")));
                self.separate = false;
            }
            TagEnd::Table => self.separate = true,
            TagEnd::Emphasis => self.emphasis("*", false),
            TagEnd::Strong => self.emphasis("**", false),
            TagEnd::Strikethrough => self.emphasis("~~", false),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => self.flush(),
        }
    }

    fn emphasis(&mut self, mark: &str, start: bool) {
        if start {
            self.inline.push_str(mark);
            self.emphasis.push(self.inline.len());
        } else if self.emphasis.pop() == Some(self.inline.len()) {
            // Marks with nothing in between would be text, or a rule.
            self.inline.truncate(self.inline.len().saturating_sub(mark.len()));
        } else {
            self.inline.push_str(mark);
        }
    }

    fn end_link(&mut self) {
        let Some((start, Some(target))) = self.links.pop() else {
            return;
        };
        let text = self.inline.split_off(start.min(self.inline.len()));
        let label = text.replace('\\', "");
        if label.trim().is_empty() || label == target || label.contains("](") {
            let _ = write!(self.inline, "<{target}>");
        } else {
            let _ = write!(self.inline, "[{text}]({target})");
        }
    }

    /// The text that is being read is that of a link.
    fn in_link(&self) -> bool {
        self.links.iter().any(|(_, target)| target.is_some())
    }

    /// The block that is being read cannot have several lines.
    fn one_line(&self) -> bool {
        self.shape != Shape::Lines
    }

    fn hard_break(&mut self) {
        if self.one_line() {
            self.inline.push(' ');
        } else {
            self.inline.push(BREAK);
            self.inline.push('\n');
        }
    }

    /// A code span.
    fn code(&mut self, text: &str) {
        let span = match self.shape {
            Shape::Cell => code(&text.replace('|', "\\|")),
            Shape::Lines | Shape::Heading => code(text),
        };
        self.inline.push_str(&span);
    }

    /// Plain text, with its URLs marked as such.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = next_url(rest) {
            let (before, url_and_more) = rest.split_at(at);
            let (url, after) = url_and_more.split_at(url_length(url_and_more));
            self.escaped(before);
            if self.in_link() {
                self.escaped(url);
            } else if target(url).is_some_and(|target| target == url) {
                let _ = write!(self.inline, "<{url}>");
            } else {
                self.code(url);
            }
            rest = after;
        }
        self.escaped(rest);
    }

    /// Plain text, with whatever Markdown would take for a sign of its own escaped.
    fn escaped(&mut self, text: &str) {
        let mut before = self.inline.chars().next_back();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let after = chars.peek().copied();
            if self.cut
                && c == ' '
                && self.emphasis.is_empty()
                && self.links.is_empty()
                && self.ends_sentence(after)
            {
                self.cut = false;
                self.flush();
                before = None;
                continue;
            }
            let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let escape = match c {
                '`' | '*' | '[' | ']' | '<' | '~' => true,
                '_' => !(alphanumeric(before) && alphanumeric(after)),
                '\\' => after.is_none_or(|after| after.is_ascii_punctuation() || after == '\n'),
                '&' => after.is_none_or(|after| after.is_ascii_alphabetic() || after == '#'),
                '|' => self.shape == Shape::Cell,
                '#' => self.shape == Shape::Heading,
                _ => false,
            };
            if escape {
                self.inline.push('\\');
            }
            self.inline
                .push(if c == '\n' && self.one_line() { ' ' } else { c });
            before = Some(c);
        }
    }

    /// Does a sentence end here, and another begin with `after`?
    fn ends_sentence(&self, after: Option<char>) -> bool {
        let Some(sentence) = self.inline.strip_suffix('.') else {
            return false;
        };
        let word = sentence.rsplit(char::is_whitespace).next().unwrap_or_default();
        // "e.g.", "i.e.", "No."
        let abbreviation = word.len() < 3
            || word.contains('.')
            || !word.ends_with(|c: char| c.is_alphanumeric() || c == '`');
        after.is_some_and(char::is_uppercase) && !abbreviation
    }

    /// Raw HTML: tags that only format go, other tags are text.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (before, tag_and_more) = rest.split_at(at);
            self.html_text(before);
            if let Some(comment) = tag_and_more.strip_prefix("<!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let Some(end) = tag_and_more.find('>') else {
                self.html_text(tag_and_more);
                return;
            };
            let (tag, after) = tag_and_more.split_at(end + 1);
            self.tag(tag);
            rest = after;
        }
        self.html_text(rest);
    }

    /// Text between tags: entities stay as they are.
    fn html_text(&mut self, text: &str) {
        for (at, part) in text.split('&').enumerate() {
            if at > 0 {
                let name = part.split(';').next().unwrap_or_default();
                let entity = part.len() > name.len()
                    && !name.is_empty()
                    && name.len() < 10
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
                self.inline.push_str(if entity { "&" } else { "&amp;" });
            }
            self.text(part);
        }
    }

    /// One tag, with its angle brackets.
    fn tag(&mut self, tag: &str) {
        let inner = tag
            .trim_start_matches('<')
            .trim_end_matches('>')
            .trim_matches('/');
        let name = inner
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !FORMATTING.contains(&name.as_str()) && self.inline.ends_with(char::is_alphanumeric) {
            // `Vec<T>`
            self.escaped(tag);
        } else if !FORMATTING.contains(&name.as_str()) {
            self.code(tag);
        } else if name == "a" {
            let anchor = self.anchor.take();
            if tag.starts_with("</") {
                if let Some(url) = anchor.filter(|_| !self.in_link()) {
                    let _ = write!(self.inline, " (<{url}>)");
                }
            } else {
                self.anchor = attribute(inner, "href").and_then(target);
            }
        } else if !INLINE.contains(&name.as_str()) {
            self.hard_break();
        }
    }

    fn enter(&mut self, container: Container) {
        let container = if self.containers.len() < DEPTH {
            container
        } else {
            Container::Flat
        };
        self.containers.push(container);
    }

    fn leave(&mut self) {
        // An item without any text is still an item.
        if matches!(self.containers.last(), Some(Container::Item { begun: false, .. })) {
            self.block("");
        }
        self.containers.pop();
    }

    /// Writes the text that was read as a paragraph.
    fn flush(&mut self) {
        self.cut = false;
        let text = std::mem::take(&mut self.inline);
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.trim_matches(BREAK).trim().is_empty())
            .collect();
        let mut paragraph = String::new();
        for (at, line) in lines.iter().enumerate() {
            let is_last = at + 1 == lines.len();
            let hard = line.ends_with(BREAK) && !is_last;
            let line = line.replace(BREAK, " ");
            paragraph.push_str(&line_start(line.trim()));
            paragraph.push_str(if hard {
                "\\\n"
            } else if is_last {
                ""
            } else {
                "\n"
            });
        }
        if !paragraph.is_empty() {
            self.block(&paragraph);
        }
    }

    /// Writes a block with what its containers put before each line.
    fn block(&mut self, text: &str) {
        if self.separate && !self.out.is_empty() {
            let prefix = self.prefix(true);
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        let mut any = false;
        for line in text.lines() {
            any = true;
            let prefix = self.prefix(false);
            self.out.push_str(format!("{prefix}{line}").trim_end());
            self.out.push('\n');
        }
        if !any {
            let prefix = self.prefix(false);
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        self.separate = true;
    }

    /// What stands before the next line; before a blank line, only what has begun.
    fn prefix(&mut self, blank: bool) -> String {
        let mut prefix = String::new();
        for container in &mut self.containers {
            match container {
                Container::Quote { begun: false } | Container::Item { begun: false, .. } if blank => break,
                Container::Quote { begun } => {
                    *begun = true;
                    prefix.push_str("> ");
                }
                Container::Item {
                    marker,
                    begun: begun @ false,
                } => {
                    *begun = true;
                    prefix.push_str(marker);
                }
                Container::Item { marker, .. } => prefix.extend(std::iter::repeat_n(' ', marker.len())),
                Container::Flat => {}
            }
        }
        prefix
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

/// Escapes what would make something else of a line of a paragraph: a list item, a heading, a rule, a quote.
fn line_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &line[digits..];
    if digits > 0
        && after.starts_with(['.', ')'])
        && after[1..].chars().next().is_none_or(char::is_whitespace)
    {
        return format!("{}\\{after}", &line[..digits]);
    }
    let marker = line.starts_with(['-', '+', '#', '>', '=', ':'])
        && (line.starts_with(['#', '>'])
            || line[1..].chars().next().is_none_or(char::is_whitespace)
            || line.chars().all(|c| matches!(c, '-' | '=' | ':' | '|' | ' ')));
    if marker || line.starts_with('|') {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

/// The target of a link, if it is on the web: what is relative to somebody's website leads nowhere here.
fn target(url: &str) -> Option<String> {
    let lower = url
        .get(..8.min(url.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let rest = ["https://", "http://", "mailto:"]
        .iter()
        .find(|scheme| lower.starts_with(**scheme))?;
    if url.len() == rest.len() || url.contains(['{', '}']) {
        return None;
    }
    let mut target = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => target.push(c),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '\'' | '*' | '+'
            | ',' | ';' | '=' | '%' => target.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(target, "%{byte:02X}");
                }
            }
        }
    }
    Some(target)
}

/// Where the next URL begins.
fn next_url(text: &str) -> Option<usize> {
    text.match_indices("://").find_map(|(at, _)| {
        let before = &text[..at];
        let scheme = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let start = at - scheme;
        matches!(text[start..at].to_ascii_lowercase().as_str(), "http" | "https").then_some(start)
    })
}

/// How long the URL is that a text begins with: it ends before white space, and before punctuation that
/// belongs to the sentence.
fn url_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || c == BREAK || matches!(c, '<' | '>' | '"' | '`'))
        .unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let shorter = url.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '_']);
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => inner,
            _ => shorter.strip_suffix(']').unwrap_or(shorter),
        };
        if shorter.len() == url.len() {
            return url.len();
        }
        url = shorter;
    }
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}="))?;
    let value = &tag[at + name.len() + 1..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use pulldown_cmark::{BrokenLink, CowStr};

    /// What rustdoc would have to say of a text, as far as it can be told without it.
    fn complaints(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut links = Vec::new();
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let broken = |link: BrokenLink| -> Option<(CowStr, CowStr)> {
            links.push(format!("broken link {}", link.reference));
            None
        };
        let parser = Parser::new_with_broken_link_callback(text, options, Some(broken));
        let mut quiet = 0;
        for (event, _) in TextMergeWithOffset::new(parser.into_offset_iter()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => found.push(format!("HTML {html}")),
                Event::FootnoteReference(name) => found.push(format!("footnote {name}")),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => found.push("a doctest".to_owned()),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    if &*info != "text" && !LANGUAGES.contains(&&*info) {
                        found.push(format!("a doctest of {info}"));
                    }
                    quiet += 1;
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    if target(&dest_url).is_none() {
                        found.push(format!("link to {dest_url}"));
                    }
                    quiet += 1;
                }
                Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => quiet -= 1,
                Event::Text(text) if quiet == 0 && next_url(&text).is_some() => {
                    found.push(format!("bare URL in {text}"));
                }
                _ => {}
            }
        }
        found.extend(links);
        found
    }

    /// The letters and digits that a reader sees.
    fn visible(text: &str) -> String {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut visible = String::new();
        for event in Parser::new_ext(text, options) {
            if let Event::Text(text) | Event::Code(text) = event {
                visible.extend(text.chars().filter(|c| c.is_alphanumeric()));
            }
        }
        visible
    }

    const NASTY: &[&str] = &[
        "",
        "    let x = 1;",
        "```\nlet x = 1;\n```",
        "```rust,ignore\nfn main() {}\n```",
        "```compile-fail\n```",
        "~~~json\n{}",
        "[foo] and [`Bar`] and [a][b] and [c]: d",
        "[foo]: /bar\n\n[foo]",
        "[a](/relative) ![b](x.png) [c](https://example.com/a(b)c \"title\")",
        "see https://example.com/a_b_c, or (http://example.com/?q=[x]). HTTPS://EXAMPLE.COM",
        "https://{host}/v1 and <https://{host}/v1> and https://",
        "[https://example.com](https://example.com) [see https://example.com/x](https://example.com/y)",
        "Vec<String> and a < b > c and <token> and <br> and <b>bold</b> and </unclosed",
        "<p>One<br/>two</p>\n<ul><li>three</li></ul> <!-- four -->",
        "<a href=\"https://example.com/?a=b&c=d\">here</a>",
        "<script>alert(1)</script>",
        "a `b` c ` d `` e",
        "`` ` `` and ` `` `",
        "1986\\. A year\n1986. Another\n+ plus\n- minus\n# heading\n> quote",
        "text\n===\nmore\n---\n",
        "a\n    - b\n    c | d\n    --|--",
        "* a\n  * b\n\n    c\n\n        code\n* \n1. d\n7. e\n\n999999999. f\n1000000000. g",
        "> quote\n> > deeper\n> - list\n>   ```\n>   code\n>   ```",
        "| a | b |\n|---|---|\n| `c\\|d` | e<br>https://example.com |",
        "** not bold ** and **bold** and *__both__* and ~~gone~~ and ~x~ and _a_b_c_ and ****",
        "\u{202e}evil\u{2066} \u{200b}\u{feff}\0\u{1}\u{7}\r\nnext\rlast\u{2028}",
        "*/ /* // /// //! \\",
        "\\[ \\< \\` \\\\ &amp; &lt;b&gt; &nbsp; & &#60;",
        "- [ ] todo\n- [x] done\n[^1]\n\n[^1]: note",
        "# Heading with [link](x) #\n\n###### Deep https://example.com",
        "hard  \nbreak\\\nagain  ",
        "$a$ ^b^ ==c== :d: \"e\" 'f' -- ...",
    ];

    #[test]
    fn nothing_nasty_is_left() {
        for text in NASTY {
            let safe = safe(text);
            assert_eq!(complaints(&safe), [""; 0], "{text:?} became {safe:?}");
        }
    }

    #[test]
    fn a_safe_text_reads_the_same() {
        for text in NASTY {
            let once = safe(text);
            assert_eq!(visible(&safe(&once)), visible(&once), "{text:?}");
        }
    }

    #[test]
    fn pairs_of_nasty_texts_are_no_worse() {
        for first in NASTY {
            for second in NASTY {
                for between in ["\n\n", "\n", " ", "\n> - "] {
                    let text = format!("{first}{between}{second}");
                    let safe = safe(&text);
                    assert_eq!(complaints(&safe), [""; 0], "{text:?} became {safe:?}");
                }
            }
        }
    }

    #[test]
    fn no_word_is_lost() {
        for text in NASTY.iter().filter(|text| !text.contains(['<', '\u{1}'])) {
            assert_eq!(visible(&safe(text)), visible(&clean(text)), "{text:?}");
        }
    }

    #[test]
    fn deep_nesting_is_flattened() {
        let text = format!("{} deep", ">".repeat(5_000));
        assert!(safe(&text).len() < 100);
        assert_eq!(safe(&format!("{}a", "- ".repeat(2_000))).lines().count(), 1);
    }

    #[test]
    fn code_never_becomes_a_doctest() {
        assert_snapshot!(safe("Like so:\n\n    let a;\n\n```rust\nlet b;\n```\n\n```json\n{}\n```"), @r"
        Like so:

        ```text
        let a;
        ```

        ```text
        let b;
        ```

        ```json
        {}
        ```
        ");
    }

    #[test]
    fn links_lead_to_the_web_or_are_text() {
        assert_snapshot!(safe("[a](/b), [c](https://d.org), https://e.org/f_g. [h] `[i]`"), @r"a, [c](https://d.org), <https://e.org/f_g>. \[h\] `[i]`");
    }

    #[test]
    fn html_becomes_text() {
        let text = "<p>Use <b>this</b>:<br>a <token></p>\n\n<a href='https://b.org'>there</a> &copy; Vec<T>";
        assert_snapshot!(safe(text), @r"
        Use this:\
        a `<token>`

        there (<https://b.org>) © Vec\<T>
        ");
    }

    #[test]
    fn lists_and_quotes_keep_their_shape() {
        assert_snapshot!(safe("* one\n  more\n* two\n   1. three\n\n      four\n\n> five\n> six"), @r"
        - one
          more
        - two

          1. three

             four

        > five
        > six
        ");
    }

    #[test]
    fn a_long_first_paragraph_ends_after_its_first_sentence() {
        let text = "Creates a thing, e.g. A new one. It is then there for everybody to see, to use, to like, and \
            to take home, for as long as they want.";
        assert_snapshot!(safe(text), @r"
        Creates a thing, e.g. A new one.

        It is then there for everybody to see, to use, to like, and to take home, for as long as they want.
        ");
    }

    #[test]
    fn all_that_is_said_of_a_thing_stands_in_one_comment() {
        let docs = Docs {
            summary: Some("The limit".into()),
            description: Some("How many.".into()),
            constraints: vec!["At most 5".into(), "Matches `^[a-z]+$`".into()],
            example: Some("3".into()),
            deprecated: true,
        };
        assert_snapshot!(text(&docs), @r"
        The limit.

        How many.

        At most 5. Matches `^[a-z]+$`.

        Example: `3`
        ");
    }
}
