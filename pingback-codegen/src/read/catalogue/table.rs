//! Entries out of a table. Which column holds what is told by its header and, where that says nothing or
//! lies (`Code` over HTTP statuses), by what stands in it.

use super::Fact;
use super::block::Table;
use super::code::{self, Shape};
use super::draft::{Draft, MOST_CODES, Reading};
use super::headline;
use super::label::{self, Field};
use super::members;
use super::payload;
use super::sections::fill;
use super::status;
use super::text::{Style, Text};
use crate::diagnostic::{Diagnostic, rules};
use std::borrow::Cow;
use std::collections::HashSet;

/// Rows have no rank among the blocks of a page.
const ROW_RANK: u8 = u8::MAX;

/// What stands around the table.
pub(super) struct Around<'a> {
    /// The statuses that the heading above gives to all of its entries.
    pub(super) statuses: &'a [Fact<u16>],
    /// The text above speaks of errors: words in its first column may be codes though they don't look so.
    pub(super) is_about_errors: bool,
    /// The names of members that the examples of the page show.
    pub(super) members: &'a HashSet<String>,
}

/// What each column holds.
struct Columns {
    code: usize,
    status: Option<usize>,
    /// The other columns that are read.
    facts: Vec<(usize, Field)>,
}

/// Notes what a table says of HTTP statuses, if it has a column of them beside one of text and none of codes.
pub(super) fn statuses(table: &Table, reading: &mut Reading) {
    let (header, rows) = header_and_rows(table);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).min(40);
    let looks: Vec<Look> = (0..columns).map(|index| look(rows, index)).collect();
    let Some(column) = looks.iter().position(|look| most(look.statuses, look.filled)) else {
        return;
    };
    let is_text = |index: &usize| {
        let field = header.get(*index).and_then(|cell| label::field(cell.as_str()));
        matches!(
            field,
            Some(Field::Message | Field::Description | Field::Explanation)
        )
    };
    let text = (0..columns).filter(|index| *index != column).find(is_text);
    let text = text.unwrap_or(usize::from(column == 0));
    for row in rows {
        let Some(cell) = row.get(column).filter(|cell| !cell.is_empty()) else {
            continue;
        };
        let said = row.get(text).and_then(Text::fact);
        if let ([status], Some(said)) = (status::statuses(cell).as_slice(), said) {
            let said = Fact {
                value: said.value,
                span: status.span,
            };
            reading.statuses.push((status.value, said));
        }
    }
}

/// Reads the rows; `false` if this is no table of codes.
pub(super) fn read(table: &Table, around: &Around<'_>, reading: &mut Reading) -> bool {
    let table = turned(table);
    let (header, rows) = header_and_rows(&table);
    let header = &*header;
    let Some(columns) = columns(header, rows, around, reading) else {
        return false;
    };
    let mut section: Vec<Fact<u16>> = around.statuses.to_vec();
    let mut last_status: Vec<Fact<u16>> = Vec::new();
    for row in rows {
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        let code_cell = row.get(columns.code).filter(|cell| !is_nothing(cell));
        let codes = code_cell.map(codes_of).unwrap_or_default();
        let own_status = columns
            .status
            .and_then(|index| row.get(index))
            .map(status::statuses)
            .unwrap_or_default();
        if is_header(row, &columns) {
            continue;
        }
        if codes.is_empty() && filled <= 1 {
            // A row that spans the table begins a section of it.
            let named = row.iter().flat_map(status::statuses).collect::<Vec<_>>();
            if !named.is_empty() {
                section = named;
            }
            continue;
        }
        if codes.is_empty()
            && let Some(cell) = code_cell
        {
            let what = if is_range(cell.as_str()) {
                "a range of codes, not one"
            } else {
                "no code"
            };
            reading.findings.push(Diagnostic::new(
                rules::CATALOGUE_LINE_IGNORED,
                cell.whole(),
                &[&format!("`{}` is {what}", cell.as_str())],
            ));
            continue;
        }
        if codes.is_empty() && row.get(columns.code).is_some_and(|cell| !cell.is_empty()) {
            // `-` or `N/A`: the author says that there is none.
            continue;
        }
        let mut draft = Draft::new(ROW_RANK, row_span(row));
        draft.firm = true;
        draft.codes = codes;
        if let Some(cell) = code_cell {
            // `400 INVALID_KEY`; but 215 alone is the code and nothing else.
            let line = headline::heading(cell);
            let codes = &draft.codes;
            let statuses = line.statuses.into_iter();
            let others = statuses.filter(|status| codes.iter().all(|code| code.span != status.span));
            let others: Vec<_> = others.collect();
            draft.statuses(others);
        }
        let blank_status = columns
            .status
            .is_some_and(|index| row.get(index).is_none_or(Text::is_empty));
        if !own_status.is_empty() {
            draft.labels.push(Field::Status);
            last_status.clone_from(&own_status);
            draft.statuses(own_status);
        } else if blank_status && !draft.codes.is_empty() && !last_status.is_empty() {
            carried(&draft, &last_status, reading);
            draft.statuses(last_status.iter().cloned());
        }
        if draft.facts.statuses.is_empty() {
            draft.statuses(section.iter().cloned());
        }
        each_its_own(&mut draft, &columns, row, reading);
    }
    true
}

/// Reads the remaining cells of a row. If a cell has as many lines as the row has codes, each has its own.
fn each_its_own(draft: &mut Draft, columns: &Columns, row: &[Text], reading: &mut Reading) {
    let codes = std::mem::take(&mut draft.codes);
    let several = codes.len() > 1;
    let mut drafts: Vec<Draft> = if several {
        codes.into_iter().map(|code| draft.of_code(code)).collect()
    } else {
        let mut only = draft.of_code(draft.facts.code.clone());
        only.codes = codes;
        vec![only]
    };
    for (index, field) in &columns.facts {
        let Some(cell) = row.get(*index).filter(|cell| !is_nothing(cell)) else {
            continue;
        };
        let lines = cell.lines();
        let paired = several && lines.len() == drafts.len();
        for (number, draft) in drafts.iter_mut().enumerate() {
            let value = if paired { &lines[number] } else { cell };
            put(draft, *field, value, reading);
        }
    }
    for draft in drafts {
        reading.take(draft);
    }
}

fn put(draft: &mut Draft, field: Field, value: &Text, reading: &mut Reading) {
    if field == Field::Payload || value.as_str().starts_with('{') {
        if let Some(payload) = payload::read(value, reading) {
            draft.statuses(payload.status);
            if draft.facts.messages.is_empty() {
                draft.message(payload.message);
            }
            draft.facts.payloads.push(payload.body);
        }
        return;
    }
    draft.labels.push(field);
    fill(draft, field, value);
}

fn carried(draft: &Draft, last: &[Fact<u16>], reading: &mut Reading) {
    if let (Some(code), Some(status)) = (draft.codes.first(), last.first()) {
        reading.findings.push(
            Diagnostic::new(
                rules::CATALOGUE_STATUS_CARRIED,
                code.span,
                &[&code.value, &status.value],
            )
            .about(code.value.clone())
            .related(status.span, "the status of the rows above"),
        );
    }
}

/// The place of a row: that of its first cell with text.
fn row_span(row: &[Text]) -> crate::source::Span {
    let cell = row.iter().find(|cell| !cell.is_empty());
    cell.map_or(
        crate::source::Span {
            source: crate::source::SourceId(0),
            start: 0,
            end: 0,
        },
        Text::whole,
    )
}

/// Empty, or a sign for it.
fn is_nothing(cell: &Text) -> bool {
    let text = cell.as_str();
    text.is_empty()
        || matches!(
            text.to_ascii_lowercase().as_str(),
            "-" | "–" | "—" | "n/a" | "none" | "null" | "--" | "*"
        )
}

/// The header, also where the page marks it as an ordinary row, or has it in two rows of which the second names the
/// columns below the first one's groups.
fn header_and_rows(table: &Table) -> (Cow<'_, [Text]>, &[Vec<Text>]) {
    let known = |row: &[Text]| {
        row.iter()
            .filter(|cell| label::field(cell.as_str()).is_some())
            .count()
    };
    let filled = |row: &[Text]| row.iter().filter(|cell| !cell.is_empty()).count();
    let blank = table.header.iter().all(Text::is_empty);
    let Some((first, rest)) = table.rows.split_first() else {
        return (Cow::Borrowed(&table.header), &table.rows);
    };
    if blank && known(first) >= 2.min(first.len()) && first.iter().all(|cell| cell.as_str().len() < 60) {
        return (Cow::Borrowed(first), rest);
    }
    if blank {
        return (Cow::Borrowed(&[]), &table.rows);
    }
    if known(first) > 1 && known(first) == filled(first) {
        let columns = table.header.len().max(first.len());
        let cell = |column: usize| {
            let below = first.get(column).filter(|cell| !cell.is_empty());
            below
                .or_else(|| table.header.get(column))
                .or_else(|| first.get(column))
        };
        let both: Vec<Text> = (0..columns).filter_map(cell).cloned().collect();
        return (Cow::Owned(both), rest);
    }
    (Cow::Borrowed(&table.header), &table.rows)
}

/// Is the row a header once more, as copied tables have it on each page? All of its cells are names of columns then,
/// that of the codes too.
fn is_header(row: &[Text], columns: &Columns) -> bool {
    let named = |cell: &Text| label::field(cell.as_str()).is_some();
    let of_code = row.get(columns.code).and_then(|cell| label::field(cell.as_str()));
    matches!(of_code, Some(Field::Code | Field::Name))
        && row.iter().filter(|cell| !cell.is_empty()).all(named)
        && row.iter().filter(|cell| !cell.is_empty()).count() > 1
}

/// A table whose rows are what columns are elsewhere, turned: its first column names the facts, codes among them.
fn turned(table: &Table) -> Cow<'_, Table> {
    let all: Vec<&Vec<Text>> = std::iter::once(&table.header)
        .chain(&table.rows)
        .filter(|row| !row.is_empty())
        .collect();
    let columns = all.iter().map(|row| row.len()).max().unwrap_or(0);
    let fields: Vec<Option<Field>> = all.iter().map(|row| label::field(row[0].as_str())).collect();
    let known = fields.iter().flatten().count();
    let headed = all.first().is_some_and(|row| {
        row.iter()
            .skip(1)
            .any(|cell| label::field(cell.as_str()).is_some())
    });
    let is_turned = (2..40).contains(&all.len())
        && columns > 2
        && !headed
        && known > 1
        && known * 3 >= all.len() * 2
        && fields
            .iter()
            .flatten()
            .any(|field| matches!(field, Field::Code | Field::Name));
    if !is_turned {
        return Cow::Borrowed(table);
    }
    let Some(corner) = all[0].first() else {
        return Cow::Borrowed(table);
    };
    let blank = corner.slice(0..0);
    let column = |index: usize| -> Vec<Text> {
        let cells = all.iter().map(|row| row.get(index).unwrap_or(&blank));
        cells.cloned().collect()
    };
    Cow::Owned(Table {
        header: column(0),
        rows: (1..columns).map(column).collect(),
    })
}

/// `4000-4099`, `5xxx`.
fn is_range(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let both = text
        .split_once(['-', '–', '—', '…'])
        .is_some_and(|(from, to)| digits(from.trim()) && digits(to.trim()));
    let prefix = text.trim_end_matches(['x', 'X', '*']);
    both || (prefix.len() < text.len() && digits(prefix))
}

/// The codes that a cell names.
fn codes_of(cell: &Text) -> Vec<Fact<String>> {
    let fact = |word: &str, range| Fact {
        value: word.to_owned(),
        span: cell.span(range),
    };
    let is_code = |word: &str| code::shape(word).is_some() && !is_status(word);
    let set: Vec<_> = cell
        .styled(Style::Code)
        .filter(|range| is_code(&cell.as_str()[range.clone()]))
        .take(MOST_CODES)
        .map(|range| fact(&cell.as_str()[range.clone()], range))
        .collect();
    if !set.is_empty() {
        return set;
    }
    let words: Vec<_> = cell
        .words()
        .flat_map(|(word, range)| {
            let mut start = range.start;
            word.split([',', '/', '|']).map(move |part| {
                let from = start;
                start += part.len() + 1;
                (part, from..from + part.len())
            })
        })
        .filter(|(word, _)| !matches!(*word, "" | "or" | "and" | "&"))
        .take(MOST_CODES)
        .collect();
    if let [(word, range)] = words.as_slice() {
        // In a column of codes 404 may be one: only `columns` knows that, and has excluded the other case.
        return code::shape(word)
            .map(|_| vec![fact(word, range.clone())])
            .unwrap_or_default();
    }
    let list = words.iter().all(|(word, _)| {
        code::shape(word)
            .is_some_and(|shape| shape.is_telling() || shape == Shape::Number && !is_status(word))
    });
    if list || cell.lines().len() == words.len() && words.iter().all(|(word, _)| is_code(word)) {
        return words.into_iter().map(|(word, range)| fact(word, range)).collect();
    }
    headline::heading(cell).codes
}

fn is_status(word: &str) -> bool {
    status::status(word).is_some_and(status::is_registered)
}

/// How the cells of a column look.
#[derive(Default)]
struct Look {
    filled: usize,
    /// One word that is an HTTP status, or a status and its phrase.
    statuses: usize,
    /// One word that cannot but be a code.
    telling: usize,
    /// The phrase of a status, as `OK` or `Bad Request`.
    reasons: usize,
    /// One word set as code.
    set: usize,
    /// One word that may be a code.
    possible: usize,
}

fn look(rows: &[Vec<Text>], column: usize) -> Look {
    let mut look = Look::default();
    for cell in rows
        .iter()
        .filter_map(|row| row.get(column))
        .filter(|cell| !is_nothing(cell))
    {
        look.filled += 1;
        if headline::of_status(cell).is_some() || cell.words().all(|(word, _)| is_status(word)) {
            look.statuses += 1;
            continue;
        }
        look.reasons += usize::from(status::is_reason(cell.as_str()));
        let codes = codes_of(cell);
        let Some(first) = codes.first() else {
            continue;
        };
        let shape = code::shape(&first.value);
        look.possible += 1;
        if shape.is_some_and(|shape| shape.is_telling() || shape == Shape::Capitals) {
            look.telling += 1;
        }
        if cell.styled(Style::Code).next().is_some() && !matches!(shape, Some(Shape::Number)) {
            look.set += 1;
        }
    }
    look
}

/// At least half of what there is.
fn most(part: usize, whole: usize) -> bool {
    part > 0 && part * 2 >= whole
}

fn columns(
    header: &[Text],
    rows: &[Vec<Text>],
    around: &Around<'_>,
    reading: &mut Reading,
) -> Option<Columns> {
    let count = rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or(0)
        .max(header.len())
        .min(40);
    let fields: Vec<Option<Field>> = (0..count)
        .map(|index| header.get(index).and_then(|cell| label::field(cell.as_str())))
        .collect();
    let looks: Vec<Look> = (0..count).map(|index| look(rows, index)).collect();
    let fields = &fields;
    let under = |field: Field| (0..count).filter(move |index| fields[*index] == Some(field));
    let is_status_column = |index: usize| most(looks[index].statuses, looks[index].filled);
    let mut status = under(Field::Status).find(|index| is_status_column(*index));
    // `Code` over 400, 401, 404 is a column of statuses, if all of them are and no other column is.
    let only_statuses =
        |index: &usize| looks[*index].filled > 0 && looks[*index].statuses == looks[*index].filled;
    if status.is_none() {
        status = under(Field::Code)
            .chain(under(Field::Name))
            .find(only_statuses)
            .or_else(|| (0..count).find(|index| fields[*index].is_none() && only_statuses(index)));
    }
    let free = |index: &usize| Some(*index) != status;
    let parameters = header.iter().any(|cell| {
        matches!(
            cell.as_str().to_ascii_lowercase().as_str(),
            "required"
                | "default"
                | "parameter"
                | "parameters"
                | "argument"
                | "field"
                | "property"
                | "attribute"
                | "option"
                | "header"
                | "in"
        )
    });
    let parameters = parameters || describes_members(header, rows, around.members);
    // Where a column of statuses stands beside it, 404 under `Code` is a code.
    let coded = |index: &usize| {
        let look = &looks[*index];
        most(
            look.possible + if status.is_some() { look.statuses } else { 0 },
            look.filled,
        )
    };
    let code = under(Field::Code)
        .filter(free)
        .find(|index| coded(index) && !(parameters && status.is_none()))
        .or_else(|| {
            under(Field::Name).filter(free).find(|index| {
                let look = &looks[*index];
                let named = most(look.possible, look.filled)
                    && (status.is_some() || around.is_about_errors)
                    && !parameters;
                most(look.telling, look.filled) && !parameters || named
            })
        })
        .or_else(|| {
            (0..count).filter(free).find(|index| {
                let look = &looks[*index];
                let known = matches!(
                    fields[*index],
                    Some(Field::Description | Field::Explanation | Field::Action)
                );
                // Beside statuses their phrases are no codes.
                if status.is_some() && most(look.reasons, look.filled) {
                    return false;
                }
                let set = most(look.set, look.filled) && around.is_about_errors && !parameters;
                !known && (most(look.telling, look.filled) || set && fields[*index] != Some(Field::Message))
            })
        })
        .or_else(|| numbered(header, &looks).filter(free))?;
    let mut facts: Vec<(usize, Field)> = Vec::new();
    for index in (0..count).filter(|index| *index != code && Some(*index) != status) {
        match fields[index] {
            Some(Field::Status | Field::Code) | None => {}
            Some(Field::Name) if most(looks[index].statuses, looks[index].filled) => {}
            Some(field) => facts.push((index, field)),
        }
    }
    unknown(header, rows, code, status, &mut facts, reading);
    // Messages before descriptions, so that a description beside a message is an explanation.
    facts.sort_by_key(|(index, field)| (*field == Field::Description, *index));
    Some(Columns { code, status, facts })
}

/// Does the table describe members of a body or parameters?
pub(super) fn is_of_members(table: &Table, members: &HashSet<String>) -> bool {
    let (header, rows) = header_and_rows(table);
    describes_members(&header, rows, members)
}

/// Do the rows name members of a body rather than codes? Then they tell the types of values, or most of their names
/// are names of members in the examples.
fn describes_members(header: &[Text], rows: &[Vec<Text>], examples: &HashSet<String>) -> bool {
    let first = |row: &Vec<Text>| row.first().is_some_and(|cell| examples.contains(cell.as_str()));
    let named = rows.iter().filter(|row| first(row)).count();
    let has_status = header
        .iter()
        .any(|cell| label::field(cell.as_str()) == Some(Field::Status));
    !has_status && (members::tell_types(rows) || most(named, rows.len()))
}

/// A table without a header whose first column counts codes.
fn numbered(header: &[Text], looks: &[Look]) -> Option<usize> {
    let look = looks.first()?;
    (header.is_empty() && looks.len() > 1 && look.filled > 1 && look.possible == look.filled).then_some(0)
}

/// Columns under names that say nothing: if no column is known to hold text, the first that does is taken
/// for the description; the others are left out.
fn unknown(
    header: &[Text],
    rows: &[Vec<Text>],
    code: usize,
    status: Option<usize>,
    facts: &mut Vec<(usize, Field)>,
    reading: &mut Reading,
) {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0).min(40);
    let mut has_text = facts.iter().any(|(_, field)| {
        matches!(
            field,
            Field::Message | Field::Description | Field::Explanation | Field::Name
        )
    });
    for index in 0..count {
        if index == code || Some(index) == status || facts.iter().any(|(known, _)| *known == index) {
            continue;
        }
        let Some(first) = rows
            .iter()
            .filter_map(|row| row.get(index))
            .find(|cell| !cell.is_empty())
        else {
            continue;
        };
        let name = header.get(index).filter(|cell| !cell.is_empty());
        let place = name.unwrap_or(first).whole();
        let shown = name.map_or_else(
            || format!("column {}", index + 1),
            |cell| format!("column `{}`", cell.as_str()),
        );
        if has_text {
            let what = format!("the {shown}, whose name says nothing");
            reading
                .findings
                .push(Diagnostic::new(rules::CATALOGUE_LINE_IGNORED, place, &[&what]));
        } else {
            has_text = true;
            facts.push((index, Field::Description));
            reading
                .findings
                .push(Diagnostic::new(rules::CATALOGUE_COLUMN_GUESSED, place, &[&shown]));
        }
    }
}

/// Reads a table of an entry: `Cause | Solution` below its heading, or its facts by name.
pub(super) fn within(table: &Table, draft: &mut Draft, reading: &mut Reading) {
    let (header, rows) = header_and_rows(table);
    for (index, field) in header
        .iter()
        .enumerate()
        .filter_map(|(index, cell)| label::field(cell.as_str()).map(|field| (index, field)))
    {
        for cell in rows
            .iter()
            .filter_map(|row| row.get(index))
            .filter(|cell| !is_nothing(cell))
        {
            put(draft, field, cell, reading);
        }
    }
}

/// Is it a table of names and values, each row a fact?
pub(super) fn facts(table: &Table) -> Option<Vec<(Field, &Text, &Text)>> {
    let rows: Vec<&Vec<Text>> = std::iter::once(&table.header)
        .chain(&table.rows)
        .filter(|row| !row.is_empty())
        .collect();
    if rows.is_empty() || rows.iter().any(|row| row.len() != 2) {
        return None;
    }
    let known: Vec<_> = rows
        .iter()
        .filter_map(|row| label::field(row[0].as_str()).map(|field| (field, &row[0], &row[1])))
        .collect();
    // Of a header of two known names (`Code`, `Message`) the other rows know nothing.
    (known.len() >= 2 && known.len() * 2 > rows.len()).then_some(known)
}
