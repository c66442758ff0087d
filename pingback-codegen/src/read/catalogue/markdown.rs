//! Markdown and MDX to blocks. MDX is Markdown once imports, exports and comments are gone, components stand
//! aside as HTML, and what they hold is no longer indented for being inside them.

use super::block::{Block, Builder};
use super::draft::Reading;
use super::html::Html;
use super::label;
use super::page;
use super::readme;
use super::text::Style;
use crate::source::SourceId;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Markdown made of MDX, whose every line knows its place in the source.
struct Plain {
    text: String,
    /// Where each piece starts in `text`, and where in the source; whether it stands there as it is.
    pieces: Vec<(usize, usize, bool)>,
}

/// The blocks of a Markdown text.
pub(super) fn blocks(source: SourceId, whole: &str, reading: &mut Reading) -> Vec<Block> {
    let plain = plain(whole);
    let place = |at: usize| plain.place(at);
    let mut html = Html::new(&plain.text, true, &place);
    let mut builder = Builder::new(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_DEFINITION_LIST;
    let mut in_metadata = false;
    let mut indented: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(&plain.text, options).into_offset_iter() {
        let at = place(range.start);
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_metadata = false,
            Event::Text(_) if in_metadata => title(&plain, range, &mut builder),
            _ if in_metadata => {}
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => builder.heading(level as u8),
                Tag::List(_) => builder.list(at),
                Tag::Item => builder.item(at),
                Tag::DefinitionListTitle => builder.term(at),
                Tag::DefinitionListDefinition => builder.end_title(at),
                Tag::Paragraph | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => builder.boundary(at),
                Tag::Table(_) => builder.table(),
                Tag::TableHead | Tag::TableRow => builder.row(),
                Tag::TableCell => {
                    builder.cell(true, 1, 1);
                }
                Tag::Strong => builder.style(Style::Strong),
                Tag::CodeBlock(CodeBlockKind::Fenced(_)) => builder.example(),
                Tag::CodeBlock(CodeBlockKind::Indented) => indented = Some(range),
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) | TagEnd::DefinitionListTitle => builder.end_title(place(range.end)),
                TagEnd::List(_) => builder.end_list(place(range.end)),
                TagEnd::Item | TagEnd::Paragraph | TagEnd::BlockQuote(_) => {
                    builder.boundary(place(range.end));
                }
                TagEnd::Table => builder.end_table(),
                TagEnd::TableHead | TagEnd::TableRow => builder.end_row(),
                TagEnd::TableCell => builder.end_cell(),
                TagEnd::Strong => builder.end_style(Style::Strong),
                TagEnd::CodeBlock => {
                    builder.end_example();
                    if let Some(range) = indented.take() {
                        // What looks like code for its indentation is as a rule text inside a component.
                        let range = at..place(range.end);
                        builder.insert(page::blocks(source, whole, range, reading));
                    }
                }
                _ => {}
            },
            Event::Text(_) if indented.is_some() => {}
            Event::Text(text) => {
                let raw = &plain.text[range.clone()];
                if builder.is_example() {
                    verbatim(&plain, range, &mut builder);
                } else if *text == *raw {
                    builder.text().push(raw, at);
                } else {
                    builder.text().push_decoded(&text, at..place(range.end));
                }
            }
            Event::Code(code) => {
                let raw = &plain.text[range.clone()];
                builder.style(Style::Code);
                match raw.find(&*code) {
                    Some(inside) => builder.text().push(&code, place(range.start + inside)),
                    None => builder.text().push_decoded(&code, at..place(range.end)),
                }
                builder.end_style(Style::Code);
            }
            Event::Html(_) | Event::InlineHtml(_) => html.read(range, &mut builder),
            Event::SoftBreak | Event::HardBreak => builder.line_break(at),
            _ => {}
        }
    }
    builder.finish()
}

/// The title in a page's front matter: what a heading above all others would say. One with a status speaks of more
/// than all that stands below it.
fn title(plain: &Plain, range: Range<usize>, builder: &mut Builder) {
    let mut at = range.start;
    for line in plain.text[range].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(value) = line
            .strip_prefix("title:")
            .or_else(|| line.strip_prefix("title ="))
        else {
            continue;
        };
        let bare = value.trim().trim_matches(['"', '\'']);
        if bare.is_empty() || bare.contains(|char: char| char.is_ascii_digit()) {
            continue;
        }
        let start = start + line.find(bare).unwrap_or(0);
        builder.heading(1);
        builder.text().push(bare, plain.place(start));
        builder.end_title(plain.place(start + bare.len()));
    }
}

/// Adds the lines of a code block as they are.
fn verbatim(plain: &Plain, range: Range<usize>, builder: &mut Builder) {
    let mut at = range.start;
    for line in plain.text[range].split_inclusive('\n') {
        builder.text().push_verbatim(line, plain.place(at));
        at += line.len();
    }
}

impl Plain {
    /// The place in the source of a place in the text.
    fn place(&self, at: usize) -> usize {
        let index = self
            .pieces
            .partition_point(|(start, ..)| *start <= at)
            .saturating_sub(1);
        let (start, source, as_it_is) = self.pieces.get(index).copied().unwrap_or_default();
        source + if as_it_is { at - start } else { 0 }
    }

    fn push(&mut self, line: &str, source: usize) {
        self.pieces.push((self.text.len(), source, true));
        self.text.push_str(line);
    }

    /// Adds what the source spells differently, or not at all.
    fn push_made(&mut self, made: &str, source: usize) {
        self.pieces.push((self.text.len(), source, false));
        self.text.push_str(made);
    }
}

/// Turns MDX into Markdown. Plain Markdown comes out as it is.
fn plain(whole: &str) -> Plain {
    let mut plain = Plain {
        text: String::with_capacity(whole.len()),
        pieces: Vec::new(),
    };
    let mut at = 0;
    let mut fence: Option<&str> = None;
    let mut passing: Option<&str> = None;
    // The indentation of what each open component holds, once known.
    let mut components: Vec<Option<usize>> = Vec::new();
    let mut read_to = 0;
    let mut has_blocks = true;
    for line in whole.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start < read_to {
            continue;
        }
        let text = line.trim();
        if has_blocks && fence.is_none() && text.starts_with("[block:") {
            has_blocks = whole[start..].contains("[/block]");
            if let Some(end) = readme::end(whole, start) {
                readme::markdown(whole, start..end, &mut |piece, at, as_it_is| {
                    if as_it_is {
                        plain.push(piece, at);
                    } else {
                        plain.push_made(piece, at);
                    }
                });
                read_to = end;
                continue;
            }
        }
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let end = &line[line.trim_end_matches(['\n', '\r']).len()..];
        if let Some(until) = passing {
            if until.is_empty() && text.is_empty() || !until.is_empty() && text.contains(until) {
                passing = None;
            }
            plain.push(end, start);
            continue;
        }
        let strip = components
            .iter()
            .rev()
            .find_map(|known| *known)
            .unwrap_or(0)
            .min(indent);
        if let Some(mark) = fence {
            if text.starts_with(mark) && text.trim_start_matches(mark).trim_matches(['`', '~']).is_empty() {
                fence = None;
            }
            plain.push(&line[strip..], start + strip);
            continue;
        }
        if text.starts_with("```") || text.starts_with("~~~") {
            fence = Some(&text[..3]);
        } else if let Some(rest) = text.strip_prefix("{/*") {
            passing = (!rest.contains("*/")).then_some("*/");
            plain.push(end, start);
            continue;
        } else if indent == 0 && is_module_line(text) {
            passing = Some("").filter(|_| !text.ends_with([';', '\'', '"']));
            plain.push(end, start);
            continue;
        } else if let Some(rest) = text.strip_prefix(":::") {
            // `:::tip How to fix`: a title that says what follows is worth more than the box.
            let name = rest.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || char == ':');
            let name = name.trim().trim_start_matches('[').trim_end_matches(']');
            if label::field(name).is_some() {
                let at = start + line.find(name).unwrap_or(0);
                plain.push_made("\n**", at);
                plain.push(name, at);
                plain.push_made("**\n", at + name.len());
            }
            plain.push(end, start);
            continue;
        } else if text.starts_with("{%") && text.ends_with("%}") {
            // Blocks of GitBook and its like, of which those with a title are components.
            plain.push_made("\n", start);
            if let Some(at) = line.find("title=").filter(|_| !text.starts_with("{% hint")) {
                let inner = line[at..].trim_end().trim_end_matches("%}").trim_end();
                plain.push_made("<Tab ", start + at);
                plain.push(inner, start + at);
                plain.push_made(">\n", start + at + inner.len());
            } else if text.contains("endtab ") {
                plain.push_made("</Tab>\n", start);
            }
            plain.push(end, start);
            continue;
        } else if let Some(opens) = component_line(text) {
            match opens {
                Opens::Yes if components.len() < 64 => components.push(None),
                Opens::Closes => {
                    components.pop();
                }
                _ => {}
            }
            // Blank lines around it keep Markdown's own rules from swallowing what follows.
            plain.push_made("\n", start);
            plain.push(&line[indent..], start + indent);
            if !line.ends_with('\n') {
                plain.push_made("\n", at);
            }
            plain.push_made("\n", at);
            continue;
        }
        if let Some(unknown @ None) = components.last_mut()
            && !text.is_empty()
        {
            *unknown = Some(indent);
        }
        let strip = components
            .iter()
            .rev()
            .find_map(|known| *known)
            .unwrap_or(0)
            .min(indent);
        plain.push(&line[strip..], start + strip);
    }
    plain
}

/// `import X from 'y'`, `export const z = …`.
fn is_module_line(text: &str) -> bool {
    let import = text
        .strip_prefix("import ")
        .is_some_and(|rest| rest.contains(" from ") || rest.starts_with(['"', '\'', '{']));
    let export = text.strip_prefix("export ").is_some_and(|rest| {
        ["const ", "default ", "function ", "let ", "var ", "{"]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    import || export
}

enum Opens {
    Yes,
    No,
    Closes,
}

/// Is this line nothing but the tag of a component, and does that open or close it?
fn component_line(text: &str) -> Option<Opens> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let mut chars = name.chars();
    if !(chars.next()?.is_ascii_uppercase() && chars.next().is_some_and(|char| char.is_ascii_lowercase())) {
        return None;
    }
    if inner.contains(['<', '>']) {
        return None;
    }
    Some(if inner.starts_with('/') {
        Opens::Closes
    } else if inner.ends_with('/') {
        Opens::No
    } else {
        Opens::Yes
    })
}
