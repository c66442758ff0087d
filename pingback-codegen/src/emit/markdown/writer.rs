//! Writes parsed Markdown again, as Markdown that is safe in a doc comment.

use super::characters::HARD_BREAK;
use super::code::{block_language, code_block, code_span};
use super::html::{self, Piece, TagKind};
use super::urls::{find_url, link_destination, url_length};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::fmt::Write as _;

/// The first paragraph is shown in rustdoc's overviews. One of more bytes than this ends after its first sentence.
pub(super) const LONG_PARAGRAPH: usize = 120;

/// How many lists and quotes may be nested. Deeper ones are written at this depth.
const MAX_DEPTH: usize = 8;

/// Writes Markdown from the parser's events.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    /// The lists and quotes that the next block is inside.
    containers: Vec<Container>,
    /// The next number of each open list; `None` for a bullet list.
    lists: Vec<Option<u64>>,
    /// The next block needs a blank line before it.
    needs_blank_line: bool,
    /// The text of the current block so far.
    inline: String,
    /// For each open link or image, where its text starts in `inline`, and its destination.
    links: Vec<(usize, Option<String>)>,
    /// Where the text of each open emphasis starts in `inline`.
    emphasis: Vec<usize>,
    /// The language of the current code block.
    language: Option<String>,
    /// The destination of the open HTML link.
    html_link: Option<String>,
    /// The current paragraph is to end after its first sentence.
    ends_after_sentence: bool,
    block: BlockKind,
    /// The cells of the current table row.
    row: Vec<String>,
}

/// A list item or a quote.
enum Container {
    Quote {
        has_started: bool,
    },
    /// A list item; the marker goes before its first line.
    Item {
        marker: String,
        has_started: bool,
    },
    /// Nested too deeply: written without a prefix.
    Flat,
}

/// The kind of block that inline text belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum BlockKind {
    /// It may have several lines.
    #[default]
    Paragraph,
    Heading,
    /// A `|` would end it.
    TableCell,
}

impl Writer {
    /// Writes one event; `length` is the length of its source text in bytes.
    pub(super) fn event(&mut self, event: Event, length: usize) {
        match event {
            Event::Start(tag) => self.start(tag, length),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.language.is_some() => self.inline.push_str(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.code(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.inline.push(if self.is_one_line() { ' ' } else { '\n' }),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.end_paragraph();
                self.write_block("---");
            }
            // These belong to extensions that are not enabled.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_paragraph();
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    fn start(&mut self, tag: Tag, length: usize) {
        match tag {
            Tag::Paragraph => {
                self.end_paragraph();
                let is_first = self.out.is_empty() && self.containers.is_empty();
                self.ends_after_sentence = is_first && length > LONG_PARAGRAPH;
            }
            Tag::Heading { .. } => {
                self.end_paragraph();
                self.block = BlockKind::Heading;
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.enter(Container::Quote { has_started: false });
            }
            Tag::CodeBlock(kind) => {
                self.end_paragraph();
                self.language = Some(block_language(&kind));
            }
            Tag::List(first) => {
                self.end_paragraph();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_paragraph();
                let marker = self.lists.last_mut().map_or_else(|| "- ".to_owned(), item_marker);
                self.enter(Container::Item {
                    marker,
                    has_started: false,
                });
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.block = BlockKind::TableCell,
            Tag::Emphasis => self.start_emphasis("*"),
            Tag::Strong => self.start_emphasis("**"),
            Tag::Strikethrough => self.start_emphasis("~~"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                // A link cannot contain another.
                let destination = link_destination(&dest_url).filter(|_| !self.is_in_link());
                self.links.push((self.inline.len(), destination));
            }
            _ => self.end_paragraph(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.leave();
            }
            TagEnd::Item => {
                self.end_paragraph();
                self.leave();
                // There is no blank line between items.
                self.needs_blank_line = false;
            }
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
                self.needs_blank_line = true;
            }
            TagEnd::CodeBlock => {
                let language = self.language.take().unwrap_or_default();
                let text = std::mem::take(&mut self.inline);
                self.write_block(&code_block(&language, &text));
            }
            TagEnd::TableCell => {
                let cell = self.take_one_line();
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let head = format!("| {} |", self.row.join(" | "));
                let delimiters = format!("|{}", " --- |".repeat(self.row.len()));
                self.write_block(&format!("{head}\n{delimiters}"));
                self.needs_blank_line = false;
            }
            TagEnd::TableRow => {
                self.write_block(&format!("| {} |", self.row.join(" | ")));
                self.needs_blank_line = false;
            }
            TagEnd::Table => self.needs_blank_line = true,
            TagEnd::Emphasis => self.end_emphasis("*"),
            TagEnd::Strong => self.end_emphasis("**"),
            TagEnd::Strikethrough => self.end_emphasis("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => self.end_paragraph(),
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let text = self.take_one_line();
        // The levels above are for headings that the generator writes.
        let level = (level as usize + 2).min(6);
        if !text.is_empty() {
            self.write_block(&format!("{} {text}", "#".repeat(level)));
        }
    }

    /// Takes the text of a heading or table cell.
    fn take_one_line(&mut self) -> String {
        self.block = BlockKind::Paragraph;
        let text = std::mem::take(&mut self.inline).replace(['\n', HARD_BREAK], " ");
        text.trim().to_owned()
    }

    fn start_emphasis(&mut self, mark: &str) {
        self.inline.push_str(mark);
        self.emphasis.push(self.inline.len());
    }

    fn end_emphasis(&mut self, mark: &str) {
        if self.emphasis.pop() == Some(self.inline.len()) {
            // Two marks without text between them would be read as text, or as a rule.
            self.inline.truncate(self.inline.len().saturating_sub(mark.len()));
        } else {
            self.inline.push_str(mark);
        }
    }

    fn end_link(&mut self) {
        let Some((start, Some(destination))) = self.links.pop() else {
            return;
        };
        let text = self.inline.split_off(start.min(self.inline.len()));
        let label = text.replace('\\', "");
        if label.trim().is_empty() || label == destination || label.contains("](") {
            let _ = write!(self.inline, "<{destination}>");
        } else {
            let _ = write!(self.inline, "[{text}]({destination})");
        }
    }

    /// The current text is the text of a link.
    fn is_in_link(&self) -> bool {
        self.links.iter().any(|(_, destination)| destination.is_some())
    }

    /// The current block cannot have several lines.
    fn is_one_line(&self) -> bool {
        self.block != BlockKind::Paragraph
    }

    fn hard_break(&mut self) {
        if self.is_one_line() {
            self.inline.push(' ');
        } else {
            self.inline.push(HARD_BREAK);
            self.inline.push('\n');
        }
    }

    fn code(&mut self, text: &str) {
        let span = match self.block {
            BlockKind::TableCell => code_span(&text.replace('|', "\\|")),
            BlockKind::Paragraph | BlockKind::Heading => code_span(text),
        };
        self.inline.push_str(&span);
    }

    /// Writes plain text. Bare URLs become links.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = find_url(rest) {
            let (before, url_and_rest) = rest.split_at(at);
            let (url, after) = url_and_rest.split_at(url_length(url_and_rest));
            self.escape(before);
            if self.is_in_link() {
                self.escape(url);
            } else if link_destination(url).is_some_and(|destination| destination == url) {
                let _ = write!(self.inline, "<{url}>");
            } else {
                self.code(url);
            }
            rest = after;
        }
        self.escape(rest);
    }

    /// Writes plain text. Characters that Markdown would read as markup are escaped.
    fn escape(&mut self, text: &str) {
        let mut before = self.inline.chars().next_back();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let after = chars.peek().copied();
            if c == ' ' && self.ends_first_sentence(after) {
                self.end_paragraph();
                before = None;
                continue;
            }
            let is_alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let needs_escape = match c {
                '`' | '*' | '[' | ']' | '<' | '~' => true,
                '_' => !(is_alphanumeric(before) && is_alphanumeric(after)),
                '\\' => after.is_none_or(|after| after.is_ascii_punctuation() || after == '\n'),
                '&' => after.is_none_or(|after| after.is_ascii_alphabetic() || after == '#'),
                '|' => self.block == BlockKind::TableCell,
                '#' => self.block == BlockKind::Heading,
                _ => false,
            };
            if needs_escape {
                self.inline.push('\\');
            }
            let is_break = c == '\n' && self.is_one_line();
            self.inline.push(if is_break { ' ' } else { c });
            before = Some(c);
        }
    }

    /// The first sentence of a long first paragraph ends here; `after` is the character after the space.
    fn ends_first_sentence(&self, after: Option<char>) -> bool {
        if !self.ends_after_sentence || !self.emphasis.is_empty() || !self.links.is_empty() {
            return false;
        }
        let Some(sentence) = self.inline.strip_suffix('.') else {
            return false;
        };
        let word = sentence.rsplit(char::is_whitespace).next().unwrap_or_default();
        // "e.g.", "i.e.", "No."
        let is_abbreviation = word.len() < 3
            || word.contains('.')
            || !word.ends_with(|c: char| c.is_alphanumeric() || c == '`');
        after.is_some_and(char::is_uppercase) && !is_abbreviation
    }

    /// Writes raw HTML: tags that format text are removed, other tags become text.
    fn html(&mut self, html: &str) {
        for piece in html::split(html) {
            match piece {
                Piece::Text(text) => self.html_text(text),
                Piece::Tag(tag) => self.html_tag(tag),
            }
        }
    }

    /// Writes the text between tags. Entities stay as they are.
    fn html_text(&mut self, text: &str) {
        for (index, part) in text.split('&').enumerate() {
            if index > 0 {
                let is_entity = html::starts_with_entity(part);
                self.inline.push_str(if is_entity { "&" } else { "&amp;" });
            }
            self.text(part);
        }
    }

    fn html_tag(&mut self, tag: &str) {
        match html::tag_kind(tag) {
            // `Vec<T>`
            TagKind::Placeholder if self.inline.ends_with(char::is_alphanumeric) => self.escape(tag),
            TagKind::Placeholder => self.code(tag),
            TagKind::LinkStart(href) => self.html_link = href.and_then(link_destination),
            TagKind::LinkEnd => {
                let destination = self.html_link.take();
                if let Some(url) = destination.filter(|_| !self.is_in_link()) {
                    let _ = write!(self.inline, " (<{url}>)");
                }
            }
            TagKind::Inline => {}
            TagKind::Block => self.hard_break(),
        }
    }

    fn enter(&mut self, container: Container) {
        let is_too_deep = self.containers.len() >= MAX_DEPTH;
        self.containers
            .push(if is_too_deep { Container::Flat } else { container });
    }

    fn leave(&mut self) {
        // An item without text is still written.
        if let Some(Container::Item {
            has_started: false, ..
        }) = self.containers.last()
        {
            self.write_block("");
        }
        self.containers.pop();
    }

    /// Writes the current text as a paragraph.
    fn end_paragraph(&mut self) {
        self.ends_after_sentence = false;
        let text = std::mem::take(&mut self.inline);
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.trim_matches(HARD_BREAK).trim().is_empty())
            .collect();
        let mut paragraph = String::new();
        for (index, line) in lines.iter().enumerate() {
            let is_last = index + 1 == lines.len();
            paragraph.push_str(&escape_line_start(line.replace(HARD_BREAK, " ").trim()));
            paragraph.push_str(match line.ends_with(HARD_BREAK) {
                _ if is_last => "",
                true => "\\\n",
                false => "\n",
            });
        }
        if !paragraph.is_empty() {
            self.write_block(&paragraph);
        }
    }

    /// Writes a block, with the prefix of its containers before each line.
    fn write_block(&mut self, text: &str) {
        if self.needs_blank_line && !self.out.is_empty() {
            let prefix = self.blank_line_prefix();
            self.write_line(&prefix);
        }
        // An empty block is one empty line.
        let lines = if text.is_empty() {
            vec![""]
        } else {
            text.lines().collect()
        };
        for line in lines {
            let prefix = self.line_prefix();
            self.write_line(&format!("{prefix}{line}"));
        }
        self.needs_blank_line = true;
    }

    fn write_line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// The prefix of a blank line: only that of containers that have a line already.
    fn blank_line_prefix(&self) -> String {
        let mut prefix = String::new();
        for container in &self.containers {
            match container {
                Container::Quote { has_started: false }
                | Container::Item {
                    has_started: false, ..
                } => break,
                Container::Quote { .. } => prefix.push_str("> "),
                Container::Item { marker, .. } => prefix.extend(std::iter::repeat_n(' ', marker.len())),
                Container::Flat => {}
            }
        }
        prefix
    }

    /// The prefix of the next line with text.
    fn line_prefix(&mut self) -> String {
        let mut prefix = String::new();
        for container in &mut self.containers {
            match container {
                Container::Quote { has_started } => {
                    *has_started = true;
                    prefix.push_str("> ");
                }
                Container::Item {
                    marker,
                    has_started: has_started @ false,
                } => {
                    *has_started = true;
                    prefix.push_str(marker);
                }
                Container::Item { marker, .. } => prefix.extend(std::iter::repeat_n(' ', marker.len())),
                Container::Flat => {}
            }
        }
        prefix
    }
}

/// The marker of the next item of a list, given the number that the list counts.
fn item_marker(next: &mut Option<u64>) -> String {
    /// The specification of `CommonMark` allows nine digits.
    const MAX_NUMBER: u64 = 999_999_999;
    let Some(number) = next else {
        return "- ".to_owned();
    };
    let marker = format!("{number}. ");
    *number = number.saturating_add(1).min(MAX_NUMBER);
    marker
}

/// Escapes the start of a paragraph's line that Markdown would read as a list item, heading, rule or quote.
fn escape_line_start(line: &str) -> String {
    let (digits, after) =
        line.split_at(line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    if !digits.is_empty() && after.starts_with(['.', ')']) && is_space_or_end(&after[1..]) {
        return format!("{digits}\\{after}");
    }
    let is_marker = line.starts_with(['#', '>', '|'])
        || (line.starts_with(['-', '+', '=', ':'])
            && (is_space_or_end(&line[1..])
                || line.chars().all(|c| matches!(c, '-' | '=' | ':' | '|' | ' '))));
    if is_marker {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

fn is_space_or_end(text: &str) -> bool {
    text.chars().next().is_none_or(char::is_whitespace)
}
