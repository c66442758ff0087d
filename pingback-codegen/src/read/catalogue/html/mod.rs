//! Converts HTML to blocks. Error pages have unclosed tags and tables inside tables. No tree of elements is needed: a block
//! begins where a tag begins it and ends where the next one begins, so tags need not be balanced.
//!
//! ```html
//! <h3>INVALID_KEY</h3>
//! <p>Status: 401</p>
//! <p>The key is not valid.
//! ```

mod component;
mod tokens;

use super::block::{Block, COMPONENT_LEVEL};
use super::block_builder::BlockBuilder;
use super::inline;
use super::label;
use super::table_builder::{CellKind, CellSpec};
use super::text::{Style, Text};
use crate::source::SourceId;
use std::ops::Range;
use tokens::{EndTag, RawText, StartTag, Token, tokenize};

/// Elements whose content is not text of the page.
const HIDDEN_ELEMENTS: [&str; 8] = [
    "script", "style", "textarea", "title", "template", "svg", "iframe", "noscript",
];
/// The longest name of an entity, with its `&`.
const MAX_ENTITY_LENGTH: usize = 34;

/// Converts an HTML page.
pub(super) fn parse(source: SourceId, text: &str) -> Vec<Block> {
    let mut builder = BlockBuilder::new(source);
    let reader = HtmlReader {
        text,
        container: Container::Page,
        source_position: &|at| at,
    };
    reader.read(0..text.len(), &mut builder);
    builder.finish()
}

/// Where the HTML is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Page,
    /// Between tags in Markdown, text is still Markdown.
    Markdown,
}

/// Reads HTML, in one piece or, within Markdown, in several.
pub(super) struct HtmlReader<'a> {
    pub(super) text: &'a str,
    pub(super) container: Container,
    /// Converts a position in the text to one in the source.
    pub(super) source_position: &'a dyn Fn(usize) -> usize,
}

impl HtmlReader<'_> {
    /// Reads the text in `range` into the builder.
    pub(super) fn read(&self, range: Range<usize>, builder: &mut BlockBuilder) {
        let raw_text = match self.container {
            Container::Page => RawText::Text,
            Container::Markdown => RawText::Tags,
        };
        let mut hidden_element: Option<String> = None;
        for token in tokenize(self.text, range, raw_text) {
            match (token, &hidden_element) {
                (Token::EndTag(tag), Some(name)) if tag.name.eq_ignore_ascii_case(name) => {
                    hidden_element = None;
                }
                (_, Some(_)) => {}
                (Token::StartTag(tag), None) if is_hidden(&tag) => hidden_element = Some(tag.name),
                (Token::Text(range), None) => self.read_text(range, builder),
                (Token::StartTag(tag), None) => self.read_start_tag(&tag, builder),
                (Token::EndTag(tag), None) => self.read_end_tag(&tag, builder),
            }
        }
    }

    /// Reads text and decodes its entities.
    fn read_text(&self, range: Range<usize>, builder: &mut BlockBuilder) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.text[at..range.end];
            if let Some((decoded, length)) = decode_entity(rest) {
                let start = (self.source_position)(at);
                let end = (self.source_position)(at + length - 1) + 1;
                builder.text().push_decoded(&decoded, start..end);
                at += length;
            } else {
                // An `&` that begins no entity is text.
                let ampersand = usize::from(rest.starts_with('&'));
                let length = rest[ampersand..]
                    .find('&')
                    .map_or(rest.len(), |length| length + ampersand);
                self.push_raw_text(at..at + length, builder);
                at += length;
            }
        }
    }

    fn push_raw_text(&self, range: Range<usize>, builder: &mut BlockBuilder) {
        let raw = &self.text[range.clone()];
        // Headings have a sign that links to the heading itself.
        if builder.is_in_heading() && matches!(raw.trim(), "#" | "¶" | "§" | "🔗") {
            return;
        }
        let start = (self.source_position)(range.start);
        if builder.is_in_example() {
            builder.text().push_verbatim(raw, start);
        } else if self.container == Container::Markdown && raw.contains(['`', '*', '[']) {
            let text = inline::parse(builder.source(), raw, start);
            if raw.starts_with(char::is_whitespace) {
                builder.text().push(" ", start);
            }
            builder.text().append(&text);
            if raw.ends_with(char::is_whitespace) {
                builder.text().push(" ", start + raw.len() - 1);
            }
        } else {
            builder.text().push(raw, start);
        }
    }

    fn read_start_tag(&self, tag: &StartTag, builder: &mut BlockBuilder) {
        if component::is_component(&tag.name) {
            self.read_component(tag, builder);
            return;
        }
        let name = tag.name.to_ascii_lowercase();
        let at = (self.source_position)(tag.start);
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => builder.begin_heading(name.as_bytes()[1] - b'0'),
            "summary" => builder.begin_heading(COMPONENT_LEVEL),
            "dd" => builder.end_heading_or_term(at),
            "ul" | "ol" | "menu" => builder.begin_list(at),
            "li" => builder.begin_item(at),
            "dl" => builder.begin_definition_list(at),
            "dt" => builder.begin_term(at),
            "br" => builder.push_line_break(at),
            "table" => builder.begin_table(),
            "tr" => builder.begin_row(),
            "thead" | "tbody" | "tfoot" => builder.end_row(),
            "td" | "th" => builder.begin_cell(CellSpec {
                kind: if name == "th" {
                    CellKind::Header
                } else {
                    CellKind::Data
                },
                rows: self.number_attribute(tag, "rowspan"),
                columns: self.number_attribute(tag, "colspan"),
            }),
            "pre" => builder.begin_example(),
            "code" | "tt" | "kbd" | "samp" => builder.begin_style(Style::Code),
            "b" | "strong" => builder.begin_style(Style::Strong),
            _ if is_block(&name) => builder.break_paragraph(at),
            _ => {}
        }
    }

    fn read_end_tag(&self, tag: &EndTag, builder: &mut BlockBuilder) {
        if component::is_component(&tag.name) {
            if component::is_section(&tag.name) {
                builder.push_component_title(Text::new(builder.source()));
            }
            return;
        }
        let name = tag.name.to_ascii_lowercase();
        let at = (self.source_position)(tag.start);
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt" => builder.end_heading_or_term(at),
            "details" => builder.push_component_title(Text::new(builder.source())),
            "ul" | "ol" | "menu" => builder.end_list(at),
            "dl" => builder.end_definition_list(at),
            "br" => builder.push_line_break(at),
            "table" => builder.end_table(),
            "tr" | "thead" | "tbody" | "tfoot" => builder.end_row(),
            "td" | "th" => builder.end_cell(),
            "pre" => builder.end_example(),
            "code" | "tt" | "kbd" | "samp" => builder.end_style(Style::Code),
            "b" | "strong" => builder.end_style(Style::Strong),
            _ if is_block(&name) => builder.break_paragraph(at),
            _ => {}
        }
    }

    fn number_attribute(&self, tag: &StartTag, name: &str) -> usize {
        tag.attributes
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
            .and_then(|attribute| self.text[attribute.value.clone()].trim().parse().ok())
            .unwrap_or(1)
    }

    /// Reads the title and facts of a component.
    fn read_component(&self, tag: &StartTag, builder: &mut BlockBuilder) {
        let Some(range) = component::title(tag, self.text) else {
            return;
        };
        let title = &self.text[range.clone()];
        let start = (self.source_position)(range.start);
        if component::is_inline(&tag.name) {
            builder.text().push(" ", start);
            builder.text().push(title, start);
            builder.text().push(" ", start + title.len());
            return;
        }
        let mut text = Text::new(builder.source());
        text.push(title, start);
        builder.push_component_title(text);
        let facts = component::facts(tag, self.text, title).into_iter();
        let items = facts.map(|(field, range)| {
            let at = (self.source_position)(range.start);
            let mut text = Text::new(builder.source());
            text.push(label::usual_label(field), at);
            text.push(": ", at);
            text.push(&self.text[range], at);
            Block::Item { depth: 1, text }
        });
        let items = items.collect();
        builder.push_blocks(items);
    }
}

fn is_hidden(tag: &StartTag) -> bool {
    !tag.is_self_closing && HIDDEN_ELEMENTS.contains(&tag.name.as_str())
}

/// Returns whether an element begins or ends a paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "details"
            | "hr"
            | "caption"
            | "dd"
            | "li"
            | "form"
            | "fieldset"
            | "body"
            | "address"
            | "button"
    )
}

/// Decodes the entity that a text begins with. Returns the characters and the length of the entity.
fn decode_entity(text: &str) -> Option<(String, usize)> {
    let name = text.strip_prefix('&')?;
    let length = name
        .bytes()
        .take(MAX_ENTITY_LENGTH - 1)
        .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'))?;
    if length == 0 || name.as_bytes()[length] != b';' {
        return None;
    }
    let entity = &text[..length + 2];
    // CommonMark has the entities of HTML.
    match pulldown_cmark::Parser::new(entity).nth(1) {
        Some(pulldown_cmark::Event::Text(decoded)) if *decoded != *entity && !decoded.starts_with('&') => {
            Some((decoded.into_string(), entity.len()))
        }
        _ if entity == "&amp;" => Some(("&".to_owned(), entity.len())),
        _ => None,
    }
}
