//! reStructuredText to blocks: sections, lists, literal blocks, and tables of all four kinds (drawn grids, columns
//! under rules, `list-table`, `csv-table`).

use super::block::{Block, Table};
use super::csv;
use super::inline;
use super::text::Text;
use crate::source::SourceId;
use std::ops::Range;

/// Lists and directives are followed this deep.
const DEEPEST: usize = 12;
/// A table has at most so many columns.
const WIDEST: usize = 64;

/// One line, without its end.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Where it starts in the source.
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn bare(&self) -> &'a str {
        self.text.trim()
    }

    fn is_blank(&self) -> bool {
        self.bare().is_empty()
    }

    /// What stands in these bytes of it; less if it is shorter or they cut a character in two.
    fn part(&self, range: Range<usize>) -> (&'a str, usize) {
        let floor = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(range.start), floor(range.end));
        (&self.text[start..end.max(start)], self.start + start)
    }
}

struct Reader {
    source: SourceId,
    blocks: Vec<Block>,
    /// The signs that underline sections, in the order in which they were met.
    levels: Vec<(char, bool)>,
}

/// Does the text look like reStructuredText rather than like anything else?
pub(super) fn is_likely(text: &str) -> bool {
    let mut signs = 0;
    let mut previous = "";
    for line in text.lines() {
        let bare = line.trim();
        let directive = bare.strip_prefix(".. ").is_some_and(|rest| rest.contains("::"));
        let underlined =
            line == bare && bare.starts_with('=') && rule(bare).is_some() && !previous.is_empty();
        signs += usize::from(directive || grid_columns(bare).is_some());
        signs += usize::from(underlined && previous.chars().count() <= bare.len());
        signs += usize::from(ruled_columns(bare).is_some());
        previous = bare;
    }
    signs > 0
}

/// The blocks of a text.
pub(super) fn blocks(source: SourceId, whole: &str) -> Vec<Block> {
    let mut at = 0;
    let lines: Vec<Line<'_>> = whole
        .split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line {
                start,
                text: line.trim_end_matches(['\n', '\r']),
            }
        })
        .collect();
    let mut reader = Reader {
        source,
        blocks: Vec::new(),
        levels: Vec::new(),
    };
    reader.body(&lines, 0, 0);
    reader.blocks
}

impl Reader {
    fn body(&mut self, lines: &[Line<'_>], depth: u8, nesting: usize) {
        if nesting > DEEPEST {
            return;
        }
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            let bare = line.bare();
            if bare.is_empty() {
                at += 1;
            } else if let Some(taken) = self.section(&lines[at..]) {
                at += taken;
            } else if grid_columns(bare).is_some() {
                at += self.grid(&lines[at..]);
            } else if ruled_columns(bare).is_some() {
                at += self.ruled(&lines[at..]);
            } else if bare == ".." || bare.starts_with(".. ") {
                at += self.directive(&lines[at..], depth, nesting);
            } else if let Some(marker) = marker(bare) {
                let more = belongs(&lines[at + 1..], line.indent());
                let text = self.text_of(bare, line.start + line.indent(), marker);
                let (text, rest) = self.paragraph(text, &lines[at + 1..at + 1 + more]);
                self.blocks.push(Block::Item {
                    depth: depth.saturating_add(1),
                    text,
                });
                self.body(
                    &lines[at + 1 + rest..at + 1 + more],
                    depth.saturating_add(1),
                    nesting + 1,
                );
                at += 1 + more;
            } else {
                at += self.prose(&lines[at..], depth, nesting);
            }
        }
    }

    /// A title under (and over) a rule; how many lines it takes.
    fn section(&mut self, lines: &[Line<'_>]) -> Option<usize> {
        let is_over = rule(lines[0].text).is_some();
        let title = lines.get(usize::from(is_over))?;
        let under = lines.get(1 + usize::from(is_over))?;
        let sign = rule(under.text)?;
        let length = title.bare().chars().count();
        let fits = length > 0 && under.bare().len() >= length && rule(title.text).is_none();
        if !fits || title.indent() > 0 && !is_over {
            return None;
        }
        let style = (sign, is_over);
        let level = self
            .levels
            .iter()
            .position(|known| *known == style)
            .unwrap_or_else(|| {
                self.levels.push(style);
                self.levels.len() - 1
            });
        let text = self.text_of(title.bare(), title.start + title.indent(), 0);
        self.blocks.push(Block::Heading {
            level: u8::try_from(level + 1).unwrap_or(6).min(6),
            text,
        });
        Some(2 + usize::from(is_over))
    }

    /// A paragraph, a term with its definition, or a literal block after `::`.
    fn prose(&mut self, lines: &[Line<'_>], depth: u8, nesting: usize) -> usize {
        let first = lines[0];
        let field = field_name(first.bare());
        let next = lines.get(1).filter(|line| !line.is_blank());
        if field.is_none()
            && let Some(next) = next
            && next.indent() > first.indent()
        {
            let text = self.text_of(first.bare(), first.start + first.indent(), 0);
            let depth = depth.saturating_add(1);
            self.blocks.push(Block::Term { depth, text });
            let more = belongs(&lines[1..], first.indent());
            self.body(&lines[1..=more], depth, nesting + 1);
            return 1 + more;
        }
        let text = self.text_of(first.bare(), first.start + first.indent(), field.map_or(0, |_| 1));
        if field.is_some() {
            // `:Status: 400` is a fact like those of other pages.
            let more = belongs(&lines[1..], first.indent());
            let (text, rest) = self.paragraph(text, &lines[1..=more]);
            self.blocks.push(Block::Item {
                depth: depth.saturating_add(1),
                text,
            });
            self.body(&lines[1 + rest..=more], depth, nesting + 1);
            return 1 + more;
        }
        let (text, rest) = self.paragraph(text, &lines[1..]);
        let literal = text.as_str().ends_with("::");
        let kept = if literal {
            text.slice(0..text.as_str().len() - 2)
        } else {
            text
        };
        if !kept.is_empty() {
            self.blocks.push(Block::Paragraph { depth, text: kept });
        }
        let mut taken = 1 + rest;
        if literal {
            let more = belongs(&lines[taken..], first.indent());
            self.example(&lines[taken..taken + more]);
            taken += more;
        }
        taken
    }

    /// Goes on with a paragraph to the next empty line; how many lines that takes.
    fn paragraph(&self, mut text: Text, lines: &[Line<'_>]) -> (Text, usize) {
        let mut taken = 0;
        for line in lines {
            let bare = line.bare();
            if bare.is_empty()
                || marker(bare).is_some()
                || field_name(bare).is_some()
                || bare.starts_with(".. ")
            {
                break;
            }
            text.append(&self.text_of(bare, line.start + line.indent(), 0));
            taken += 1;
        }
        (text, taken)
    }

    fn example(&mut self, lines: &[Line<'_>]) {
        let mut text = Text::new(self.source);
        for line in lines {
            text.push_verbatim(line.text, line.start);
            text.push_verbatim("\n", line.start + line.text.len());
        }
        if !text.as_str().trim().is_empty() {
            self.blocks.push(Block::Example(text));
        }
    }

    /// `.. name:: argument` with its options and content; how many lines it takes.
    fn directive(&mut self, lines: &[Line<'_>], depth: u8, nesting: usize) -> usize {
        let first = lines[0];
        let more = belongs(&lines[1..], first.indent());
        let content = &lines[1..=more];
        let options = content
            .iter()
            .take_while(|line| field_name(line.bare()).is_some())
            .count();
        let (options, content) = content.split_at(options);
        let option = |wanted: &str| {
            options.iter().find_map(|line| {
                let (name, value) = line.bare().strip_prefix(':')?.split_once(':')?;
                let value = value.trim();
                (name == wanted).then(|| (value, line.start + line.text.len() - value.len()))
            })
        };
        let name = first.bare().trim_start_matches("..").trim_start();
        let name = name.split("::").next().unwrap_or_default();
        let headers = option("header-rows").and_then(|(value, _)| value.parse().ok());
        let headers = headers.unwrap_or(0);
        match name {
            "list-table" => self.list_table(content, headers),
            "csv-table" => {
                let delimiter = option("delim").map(|(value, _)| value);
                self.csv_table(option("header"), headers, delimiter, content);
            }
            "code-block" | "code" | "sourcecode" | "parsed-literal" => self.example(content),
            "table" | "note" | "warning" | "tip" | "hint" | "important" | "caution" | "attention"
            | "admonition" | "topic" | "container" | "tabs" | "tab" | "tab-set" | "tab-item" | "dropdown"
            | "rst-class" | "class" => {
                self.body(content, depth, nesting + 1);
            }
            _ => {}
        }
        1 + more
    }

    /// Rows begin with `*`, cells with `-`.
    fn list_table(&mut self, lines: &[Line<'_>], headers: usize) {
        let mut rows: Vec<Vec<Text>> = Vec::new();
        let mut column = 0;
        for line in lines {
            let bare = line.bare();
            let mut start = line.start + line.indent();
            let mut cell = bare;
            if let Some(rest) = bare
                .strip_prefix('*')
                .filter(|rest| rest.trim_start().starts_with('-'))
            {
                rows.push(Vec::new());
                cell = rest.trim_start();
                start += bare.len() - cell.len();
                column = line.indent() + bare.len() - cell.len();
            }
            let is_cell = (cell.len() < bare.len() || line.indent() == column)
                && (cell == "-" || cell.starts_with("- "));
            let Some(row) = rows.last_mut() else {
                continue;
            };
            if is_cell && row.len() < WIDEST {
                let text = self.text_of(cell, start, 1);
                row.push(text);
            } else if let Some(last) = row.last_mut().filter(|_| !bare.is_empty()) {
                last.append(&self.text_of(bare, line.start + line.indent(), 0));
            }
        }
        self.table(rows, headers);
    }

    fn csv_table(
        &mut self,
        header: Option<(&str, usize)>,
        header_rows: usize,
        delimiter: Option<&str>,
        lines: &[Line<'_>],
    ) {
        let separator = delimiter.and_then(|name| match name {
            "tab" => Some('\t'),
            "space" => Some(' '),
            other => other.chars().next(),
        });
        let separator = separator.unwrap_or(',');
        let mut rows = Vec::new();
        if let Some((header, start)) = header {
            rows.extend(csv::rows(self.source, [(header, start)], ','));
        }
        let headers = rows.len();
        let content = lines
            .iter()
            .map(|line| (line.text.trim_start(), line.start + line.indent()));
        rows.extend(csv::rows(self.source, content, separator));
        self.table(rows, headers.max(header_rows));
    }

    /// A table drawn with `+`, `-` and `|`; how many lines it takes.
    fn grid(&mut self, lines: &[Line<'_>]) -> usize {
        let Some(columns) = grid_columns(lines[0].bare()) else {
            return 1;
        };
        let indent = lines[0].indent();
        let columns: Vec<Range<usize>> = columns
            .into_iter()
            .map(|range| range.start + indent..range.end + indent)
            .collect();
        let mut rows: Vec<Vec<Text>> = Vec::new();
        let mut headers = 0;
        let blank = || Text::new(self.source);
        let mut row: Vec<Text> = columns.iter().map(|_| blank()).collect();
        let mut taken = 1;
        for line in &lines[1..] {
            let bare = line.bare();
            if !bare.starts_with(['+', '|']) {
                break;
            }
            taken += 1;
            let is_border = |range: &Range<usize>| {
                let (part, _) = line.part(range.clone());
                !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'+'))
            };
            let borders: Vec<bool> = columns.iter().map(is_border).collect();
            if borders.contains(&true) {
                // A cell without a border below reaches into the next row.
                let next = row
                    .iter()
                    .zip(&borders)
                    .map(|(cell, ends)| if *ends { blank() } else { cell.clone() })
                    .collect();
                rows.push(std::mem::replace(&mut row, next));
                if bare.contains("==") {
                    headers = rows.len();
                }
                continue;
            }
            for (index, range) in columns.iter().enumerate() {
                let (part, start) = line.part(range.clone());
                let inner = part.trim_start_matches(['|', ' ']);
                let text = self.text_of(
                    inner.trim_end_matches(['|', ' ']),
                    start + part.len() - inner.len(),
                    0,
                );
                row[index].append(&text);
            }
        }
        self.table(rows, headers);
        taken
    }

    /// A table whose columns lie under rules of `=`; how many lines it takes.
    fn ruled(&mut self, lines: &[Line<'_>]) -> usize {
        let Some(columns) = ruled_columns(lines[0].bare()) else {
            return 1;
        };
        let indent = lines[0].indent();
        let mut rows: Vec<Vec<Text>> = Vec::new();
        let mut rules = vec![0];
        let mut below_rule = true;
        let mut taken = 1;
        for (number, line) in lines.iter().enumerate().skip(1) {
            taken = number + 1;
            if ruled_columns(line.bare()).is_some() {
                rules.push(rows.len());
                below_rule = true;
                // The last rule is followed by an empty line.
                if rules.len() > 2 || lines.get(number + 1).is_none_or(Line::is_blank) {
                    break;
                }
                continue;
            }
            if line.is_blank() || line.bare().bytes().all(|byte| matches!(byte, b'-' | b' ')) {
                continue;
            }
            let cells: Vec<Text> = columns
                .iter()
                .enumerate()
                .map(|(index, range)| {
                    // The last column may be longer than its rule.
                    let end = if index + 1 == columns.len() {
                        line.text.len()
                    } else {
                        columns[index + 1].start + indent
                    };
                    let (part, start) = line.part(range.start + indent..end);
                    let inner = part.trim_start();
                    self.text_of(inner.trim_end(), start + part.len() - inner.len(), 0)
                })
                .collect();
            match rows.last_mut() {
                // A line whose first cell is empty goes on with the row above, but not with the header.
                Some(row) if cells[0].is_empty() && !below_rule => {
                    for (cell, more) in row.iter_mut().zip(&cells) {
                        cell.append(more);
                    }
                }
                _ => rows.push(cells),
            }
            below_rule = false;
        }
        let headers = if rules.len() > 2 { rules[1] } else { 0 };
        self.table(rows, headers);
        taken
    }

    fn table(&mut self, rows: Vec<Vec<Text>>, headers: usize) {
        let mut rows = rows.into_iter();
        let mut header: Vec<Text> = Vec::new();
        for row in rows.by_ref().take(headers) {
            if header.is_empty() {
                header = row;
            } else {
                for (cell, more) in header.iter_mut().zip(&row) {
                    cell.append(more);
                }
            }
        }
        let rows: Vec<Vec<Text>> = rows.collect();
        if !(header.is_empty() && rows.is_empty()) {
            self.blocks.push(Block::Table(Table { header, rows }));
        }
    }

    /// Running text with its inline markup, `skip` bytes of it left out.
    fn text_of(&self, raw: &str, start: usize, skip: usize) -> Text {
        inline::text(self.source, raw.get(skip..).unwrap_or_default(), start + skip)
    }
}

/// The sign of a rule under or over a title.
fn rule(text: &str) -> Option<char> {
    let text = text.trim_end();
    let sign = text
        .chars()
        .next()
        .filter(|sign| "=-~^\"'`#*+.:_<>".contains(*sign))?;
    (text.len() > 2 && text.chars().all(|char| char == sign)).then_some(sign)
}

/// The length of the sign that begins an item: `- `, `* `, `#. `, `12. `.
fn marker(bare: &str) -> Option<usize> {
    let rest = bare.trim_start_matches(|char: char| char.is_ascii_digit() || char == '#');
    let numbered = (1..4).contains(&(bare.len() - rest.len())) && rest.starts_with(". ");
    if numbered {
        return Some(bare.len() - rest.len() + 2);
    }
    let sign = bare
        .chars()
        .next()
        .filter(|sign| matches!(sign, '-' | '*' | '+' | '•'))?;
    bare[sign.len_utf8()..]
        .starts_with(' ')
        .then(|| sign.len_utf8() + 1)
}

/// `:Status: 400`: the name of a field or option. `` :code:`x` `` is none.
fn field_name(bare: &str) -> Option<&str> {
    let (name, rest) = bare.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && !name.contains('`') && (rest.is_empty() || rest.starts_with(' '));
    is_name.then_some(name)
}

/// The columns between the `+` of a drawn border.
fn grid_columns(bare: &str) -> Option<Vec<Range<usize>>> {
    let is_border = bare.len() > 4
        && bare.starts_with("+-")
        && bare.ends_with('+')
        && bare.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'='));
    is_border.then(|| {
        let mut at = 1;
        let inner = &bare[1..bare.len() - 1];
        let parts = inner.split('+').take(WIDEST).map(|part| {
            let start = at;
            at += part.len() + 1;
            start..start + part.len()
        });
        parts.collect()
    })
}

/// The columns under a line of several rules.
fn ruled_columns(bare: &str) -> Option<Vec<Range<usize>>> {
    if !bare.starts_with("==") || !bare.bytes().all(|byte| matches!(byte, b'=' | b' ')) {
        return None;
    }
    let mut at = 0;
    let parts = bare.split(' ').filter_map(|part| {
        let start = at;
        at += part.len() + 1;
        (!part.is_empty()).then(|| start..start + part.len())
    });
    let columns: Vec<Range<usize>> = parts.take(WIDEST).collect();
    (columns.len() > 1).then_some(columns)
}

/// How many of these lines lie deeper than `indent` or are empty.
fn belongs(lines: &[Line<'_>], indent: usize) -> usize {
    let deeper = |line: &&Line<'_>| line.is_blank() || line.indent() > indent;
    lines.iter().take_while(deeper).count()
}
