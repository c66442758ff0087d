//! Converts Markdown and MDX to blocks.
//!
//! ```text
//! ## `invalid_key`
//! **Status:** 401
//! The key is not valid.
//! ```

use super::block::ParsedPage;
use super::block_builder::BlockBuilder;
use super::html::{Container, HtmlReader};
use super::mapped_text::MappedText;
use super::mdx;
use super::page;
use super::table_builder::{CellKind, CellSpec};
use super::text::Style;
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Converts a page.
pub(super) fn parse(source: SourceId, whole: &str) -> ParsedPage {
    let markdown = mdx::to_markdown(whole);
    let mut reader = MarkdownReader {
        source,
        whole,
        markdown: &markdown,
        html: HtmlReader {
            text: markdown.as_str(),
            container: Container::Markdown,
            source_position: &|at| markdown.source_position(at),
        },
        builder: BlockBuilder::new(source),
        findings: Vec::new(),
        is_in_metadata: false,
        indented_block: None,
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_DEFINITION_LIST;
    for (event, range) in Parser::new_ext(markdown.as_str(), options).into_offset_iter() {
        reader.read(event, range);
    }
    ParsedPage {
        blocks: reader.builder.finish(),
        findings: reader.findings,
    }
}

struct MarkdownReader<'a> {
    source: SourceId,
    whole: &'a str,
    markdown: &'a MappedText,
    html: HtmlReader<'a>,
    builder: BlockBuilder,
    findings: Vec<Diagnostic>,
    is_in_metadata: bool,
    /// The source range of an open block that is code only by its indentation.
    indented_block: Option<Range<usize>>,
}

impl MarkdownReader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.is_in_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.is_in_metadata = false,
            Event::Text(_) if self.is_in_metadata => self.read_metadata(range),
            _ if self.is_in_metadata => {}
            Event::Start(tag) => self.start(&tag, &range),
            Event::End(tag) => self.end(tag, range.end),
            Event::Text(_) if self.indented_block.is_some() => {}
            Event::Text(text) => self.read_text(&text, range),
            Event::Code(code) => self.read_code(&code, &range),
            Event::Html(_) | Event::InlineHtml(_) => self.html.read(range, &mut self.builder),
            Event::SoftBreak | Event::HardBreak => {
                let at = self.markdown.source_position(range.start);
                self.builder.push_line_break(at);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let at = self.markdown.source_position(range.start);
        let builder = &mut self.builder;
        match tag {
            Tag::Heading { level, .. } => builder.begin_heading(*level as u8),
            Tag::List(_) => builder.begin_list(at),
            Tag::Item => builder.begin_item(at),
            Tag::DefinitionListTitle => builder.begin_term(at),
            Tag::DefinitionListDefinition => builder.end_heading_or_term(at),
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => builder.break_paragraph(at),
            Tag::Table(_) => builder.begin_table(),
            Tag::TableHead | Tag::TableRow => builder.begin_row(),
            Tag::TableCell => builder.begin_cell(CellSpec {
                kind: CellKind::Header,
                rows: 1,
                columns: 1,
            }),
            Tag::Strong => builder.begin_style(Style::Strong),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => builder.begin_example(),
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.indented_block = Some(self.markdown.source_range(range));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        let at = self.markdown.source_position(end);
        let builder = &mut self.builder;
        match tag {
            TagEnd::Heading(_) | TagEnd::DefinitionListTitle => builder.end_heading_or_term(at),
            TagEnd::List(_) => builder.end_list(at),
            TagEnd::Item | TagEnd::Paragraph | TagEnd::BlockQuote(_) => builder.break_paragraph(at),
            TagEnd::Table => builder.end_table(),
            TagEnd::TableHead | TagEnd::TableRow => builder.end_row(),
            TagEnd::TableCell => builder.end_cell(),
            TagEnd::Strong => builder.end_style(Style::Strong),
            TagEnd::CodeBlock => {
                builder.end_example();
                if let Some(range) = self.indented_block.take() {
                    self.read_indented_block(range);
                }
            }
            _ => {}
        }
    }

    /// Reads an indented code block as copied text. Such a block is usually text inside a component.
    fn read_indented_block(&mut self, range: Range<usize>) {
        let page = page::parse(self.source, self.whole, range);
        self.findings.extend(page.findings);
        self.builder.push_blocks(page.blocks);
    }

    fn read_text(&mut self, text: &str, range: Range<usize>) {
        let raw = &self.markdown.as_str()[range.clone()];
        if self.builder.is_in_example() {
            self.push_verbatim(range);
        } else if text == raw {
            let at = self.markdown.source_position(range.start);
            self.builder.text().push(raw, at);
        } else {
            let range = self.markdown.source_range(&range);
            self.builder.text().push_decoded(text, range);
        }
    }

    /// Appends the lines of a code block.
    fn push_verbatim(&mut self, range: Range<usize>) {
        let mut next_start = range.start;
        for line in self.markdown.as_str()[range].split_inclusive('\n') {
            let at = self.markdown.source_position(next_start);
            self.builder.text().push_verbatim(line, at);
            next_start += line.len();
        }
    }

    fn read_code(&mut self, code: &str, range: &Range<usize>) {
        self.builder.begin_style(Style::Code);
        if let Some(inside) = self.markdown.as_str()[range.clone()].find(code) {
            let at = self.markdown.source_position(range.start + inside);
            self.builder.text().push(code, at);
        } else {
            let range = self.markdown.source_range(range);
            self.builder.text().push_decoded(code, range);
        }
        self.builder.end_style(Style::Code);
    }

    /// Reads the title in the front matter as a heading above all others. A title with a digit may have a status that does
    /// not apply to the whole page, so it is not read.
    fn read_metadata(&mut self, range: Range<usize>) {
        let mut next_start = range.start;
        for line in self.markdown.as_str()[range].split_inclusive('\n') {
            let start = next_start;
            next_start += line.len();
            let value = line
                .strip_prefix("title:")
                .or_else(|| line.strip_prefix("title ="));
            let title = value.unwrap_or_default().trim().trim_matches(['"', '\'']);
            if title.is_empty() || title.contains(|char: char| char.is_ascii_digit()) {
                continue;
            }
            let start = start + line.find(title).unwrap_or(0);
            let range = self.markdown.source_range(&(start..start + title.len()));
            self.builder.begin_heading(1);
            self.builder.text().push(title, range.start);
            self.builder.end_heading_or_term(range.end);
        }
    }
}
