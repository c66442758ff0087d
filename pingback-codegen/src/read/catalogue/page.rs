//! The text of a web page as people copy it, to blocks: one line, one block. Headings are gone from such
//! text, bullets are whatever character the page used, and a line may be broken in the middle.

use super::block::{Block, Table};
use super::code;
use super::csv;
use super::draft::Reading;
use super::label::{self, Field};
use super::payload;
use super::text::{Text, is_invisible};
use crate::diagnostic::{Diagnostic, rules};
use crate::source::SourceId;
use std::ops::Range;

/// The marks that begin a list item in copied text.
const BULLETS: [char; 12] = ['•', '-', '*', '◦', '▪', '‣', '·', '–', '—', '○', '●', '+'];

/// One line of the text.
struct Line {
    /// Without indentation and bullet.
    range: Range<usize>,
    /// Its indentation, in characters.
    indent: usize,
    bullet: bool,
    after_blank: bool,
}

/// The blocks of the text in `range`.
pub(super) fn blocks(
    source: SourceId,
    whole: &str,
    range: Range<usize>,
    reading: &mut Reading,
) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut indents: Vec<usize> = Vec::new();
    let mut after_blank = true;
    let mut at = range.start;
    while at < range.end {
        let end = whole[at..range.end]
            .find('\n')
            .map_or(range.end, |length| at + length + 1);
        if let Some(example) = payload::extent(whole, at..range.end) {
            at = whole[example.end..range.end]
                .find('\n')
                .filter(|length| whole[example.end..example.end + length].trim().is_empty())
                .map_or(example.end, |length| example.end + length + 1);
            blocks.push(Block::Example(Text::verbatim(source, whole, example)));
            after_blank = false;
            continue;
        }
        if let Some((table, length)) = table(source, &whole[at..range.end], at) {
            blocks.push(Block::Table(table));
            at += length;
            after_blank = true;
            continue;
        }
        let found = line(whole, at..end, after_blank);
        at = end;
        let Some(line) = found else {
            after_blank = true;
            continue;
        };
        after_blank = false;
        let text = Text::of(source, whole, line.range.clone());
        if line.bullet {
            let depth = depth(&mut indents, line.indent);
            blocks.push(Block::Item { depth, text });
            continue;
        }
        if continues(blocks.last(), &line, &text)
            && let Some(Block::Item { text: last, .. }) = blocks.last_mut()
        {
            reading.findings.push(
                Diagnostic::new(rules::CATALOGUE_LINE_JOINED, text.whole(), &[&text.as_str()])
                    .related(last.whole(), "this line was not finished"),
            );
            last.push_break(line.range.start);
            last.push(&whole[line.range.clone()], line.range.start);
            continue;
        }
        indents.clear();
        blocks.push(Block::Paragraph { depth: 0, text });
    }
    blocks
}

/// A table at the start of the text, as browsers copy them: its cells parted by tabs, under a row that names a column of
/// codes. Also how long it is.
fn table(source: SourceId, text: &str, start: usize) -> Option<(Table, usize)> {
    let first = text.lines().next().filter(|line| line.contains('\t'))?;
    let names: Vec<Option<Field>> = first.split('\t').map(label::field).collect();
    let is_header = names.iter().flatten().count() > 1
        && names
            .iter()
            .flatten()
            .any(|field| matches!(field, Field::Code | Field::Name));
    if !is_header {
        return None;
    }
    let rows = text.split_inclusive('\n').take_while(|line| line.contains('\t'));
    let length = rows.map(str::len).sum();
    let mut rows = csv::rows(source, [(&text[..length], start)], '\t').into_iter();
    let header = rows.next()?;
    Some((
        Table {
            header,
            rows: rows.collect(),
        },
        length,
    ))
}

/// Takes a line apart; `None` if there is nothing on it.
fn line(whole: &str, range: Range<usize>, after_blank: bool) -> Option<Line> {
    let unseen = |char: char| char.is_whitespace() || is_invisible(char);
    let raw = &whole[range.clone()];
    let text = raw.trim_start_matches(unseen);
    let mut start = range.start + raw.len() - text.len();
    let indent = raw.chars().take_while(|char| unseen(*char)).count();
    let text = text.trim_end_matches(unseen);
    if text.is_empty() {
        return None;
    }
    let end = start + text.len();
    let rest = text
        .strip_prefix(BULLETS)
        .filter(|rest| rest.is_empty() || rest.starts_with(unseen) || text.starts_with('•'));
    if let Some(rest) = rest {
        start = end - rest.trim_start_matches(unseen).len();
    }
    Some(Line {
        range: start..end,
        indent,
        bullet: rest.is_some(),
        after_blank,
    })
}

/// The depth of an item from its indentation and that of the items above it.
fn depth(indents: &mut Vec<usize>, indent: usize) -> u8 {
    while indents.last().is_some_and(|last| *last > indent) {
        indents.pop();
    }
    if indents.last() != Some(&indent) && indents.len() < 32 {
        indents.push(indent);
    }
    u8::try_from(indents.len()).unwrap_or(u8::MAX)
}

/// Is this line the rest of the item above, torn off in capturing? Only if that item has begun to say
/// something and has not ended its sentence.
fn continues(last: Option<&Block>, line: &Line, text: &Text) -> bool {
    let Some(Block::Item { text: last, .. }) = last else {
        return false;
    };
    if line.after_blank || code::shape(text.as_str()).is_some_and(code::Shape::stands_alone) {
        return false;
    }
    let Some(labelled) = label::split(last) else {
        return false;
    };
    if labelled.field == Field::Status || labelled.value.is_empty() || label::split(text).is_some() {
        return false;
    }
    let ended = last.as_str().ends_with(['.', '!', '?', ':', '…']);
    !ended || text.as_str().starts_with(char::is_lowercase)
}
