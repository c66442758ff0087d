//! Detects what each column of a table holds: from its name and, where the name is unknown or misleading (`Code` above HTTP
//! statuses), from its cells.

use super::TableContext;
use super::cells::{find_codes, is_blank, is_status};
use crate::diagnostic::{Diagnostic, rules};
use crate::read::catalogue::body_members;
use crate::read::catalogue::code::Shape;
use crate::read::catalogue::entry_heading;
use crate::read::catalogue::label::{self, Field};
use crate::read::catalogue::status;
use crate::read::catalogue::text::{Style, Text};
use std::collections::HashSet;

/// Columns further to the right are not read.
const MAX_COLUMNS: usize = 40;

/// The columns of a table of codes.
pub(super) struct Columns {
    pub(super) code: usize,
    pub(super) status: Option<usize>,
    /// The other columns that are read. Messages come before descriptions, because a description beside a message is an
    /// explanation.
    pub(super) facts: Vec<(usize, Field)>,
    /// Which columns were guessed or ignored.
    pub(super) findings: Vec<Diagnostic>,
}

/// Detects the columns. Returns `None` if the table has no column of codes.
pub(super) fn detect_columns(
    header: &[Text],
    rows: &[Vec<Text>],
    context: &TableContext<'_>,
) -> Option<Columns> {
    let detector = Detector::new(header, rows);
    let status = detector.status_column();
    let code = detector.code_column(status, context)?;
    let facts = detector.fact_columns(code, status);
    let mut columns = Columns {
        code,
        status,
        facts,
        findings: Vec::new(),
    };
    detector.add_unnamed_columns(&mut columns);
    columns
        .facts
        .sort_by_key(|(index, field)| (*field == Field::Description, *index));
    Some(columns)
}

/// Returns the column of statuses and the column of their descriptions in a table without codes.
pub(super) fn detect_status_columns(header: &[Text], rows: &[Vec<Text>]) -> Option<(usize, usize)> {
    let columns = 0..column_count(rows);
    let status = columns
        .clone()
        .find(|index| Content::of(rows, *index).is_mostly_statuses())?;
    let is_description = |index: &usize| {
        let field = header
            .get(*index)
            .and_then(|cell| label::field_of_label(cell.as_str()));
        matches!(
            field,
            Some(Field::Message | Field::Description | Field::Explanation)
        )
    };
    let description = columns
        .filter(|index| *index != status)
        .find(is_description)
        .unwrap_or(usize::from(status == 0));
    Some((status, description))
}

/// Returns whether the rows describe members of a body rather than codes: a column has the types of values, or most names
/// are members of the examples on the page.
pub(super) fn describes_members(
    header: &[Text],
    rows: &[Vec<Text>],
    example_members: &HashSet<String>,
) -> bool {
    let is_member = |row: &&Vec<Text>| {
        let name = row.first();
        name.is_some_and(|cell| example_members.contains(cell.as_str()))
    };
    let members = rows.iter().filter(is_member).count();
    let has_status = header
        .iter()
        .any(|cell| label::field_of_label(cell.as_str()) == Some(Field::Status));
    !has_status && (body_members::has_type_column(rows) || is_most(members, rows.len()))
}

struct Detector<'a> {
    header: &'a [Text],
    rows: &'a [Vec<Text>],
    /// The label of each column, if it is known.
    fields: Vec<Option<Field>>,
    contents: Vec<Content>,
}

impl<'a> Detector<'a> {
    fn new(header: &'a [Text], rows: &'a [Vec<Text>]) -> Self {
        let count = column_count(rows).max(header.len()).min(MAX_COLUMNS);
        let field_of = |cell: &Text| label::field_of_label(cell.as_str());
        Self {
            header,
            rows,
            fields: (0..count)
                .map(|index| header.get(index).and_then(field_of))
                .collect(),
            contents: (0..count).map(|index| Content::of(rows, index)).collect(),
        }
    }

    /// Returns the indexes of the columns with this label.
    fn labelled(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        (0..self.fields.len()).filter(move |index| self.fields[*index] == Some(field))
    }

    /// Returns the column of statuses. A column named `Code`, or without a known name, is one if all its cells are statuses.
    fn status_column(&self) -> Option<usize> {
        let has_only_statuses = |index: &usize| {
            let content = &self.contents[*index];
            content.filled > 0 && content.statuses == content.filled
        };
        let unlabelled = (0..self.fields.len()).filter(|index| self.fields[*index].is_none());
        self.labelled(Field::Status)
            .find(|index| self.contents[*index].is_mostly_statuses())
            .or_else(|| {
                self.labelled(Field::Code)
                    .chain(self.labelled(Field::Name))
                    .chain(unlabelled)
                    .find(has_only_statuses)
            })
    }

    /// Returns the column of codes.
    fn code_column(&self, status: Option<usize>, context: &TableContext<'_>) -> Option<usize> {
        let is_free = |index: &usize| Some(*index) != status;
        let has_status = status.is_some();
        let describes_parameters = self.header.iter().any(is_parameter_column)
            || describes_members(self.header, self.rows, context.example_members);
        let is_code_column = |index: &usize| {
            self.contents[*index].is_mostly_codes(has_status) && (!describes_parameters || has_status)
        };
        let is_name_column = |index: &usize| {
            let column = &self.contents[*index];
            let has_error_names = column.is_mostly_words() && (has_status || context.is_about_errors);
            !describes_parameters && (column.is_mostly_distinctive() || has_error_names)
        };
        let can_be_styled_codes = context.is_about_errors && !describes_parameters;
        let is_other_column =
            |index: &usize| self.has_codes_without_label(*index, has_status, can_be_styled_codes);
        let labelled_code = self.labelled(Field::Code).filter(is_free).find(is_code_column);
        let labelled_name = || self.labelled(Field::Name).filter(is_free).find(is_name_column);
        let other = || {
            let columns = 0..self.contents.len();
            columns.filter(is_free).find(is_other_column)
        };
        labelled_code
            .or_else(labelled_name)
            .or_else(other)
            .or_else(|| self.first_column_of_words().filter(is_free))
    }

    /// Returns whether a column that is not labelled as codes holds codes.
    fn has_codes_without_label(&self, index: usize, has_status: bool, can_be_styled_codes: bool) -> bool {
        let content = &self.contents[index];
        let field = self.fields[index];
        let is_prose = matches!(
            field,
            Some(Field::Description | Field::Explanation | Field::Action)
        );
        // Beside statuses, words such as `Forbidden` are their reason phrases.
        let has_reason_phrases = has_status && is_most(content.reason_phrases, content.filled);
        let has_styled_codes =
            can_be_styled_codes && is_most(content.styled, content.filled) && field != Some(Field::Message);
        !is_prose && !has_reason_phrases && (content.is_mostly_distinctive() || has_styled_codes)
    }

    /// Returns the first column of a table without a header, if all its cells are words or numbers.
    fn first_column_of_words(&self) -> Option<usize> {
        let content = self.contents.first()?;
        let is_list = self.header.is_empty()
            && self.contents.len() > 1
            && content.filled > 1
            && content.words == content.filled;
        is_list.then_some(0)
    }

    fn fact_columns(&self, code: usize, status: Option<usize>) -> Vec<(usize, Field)> {
        let others = (0..self.fields.len()).filter(|index| *index != code && Some(*index) != status);
        others
            .filter_map(|index| match self.fields[index]? {
                Field::Status | Field::Code => None,
                Field::Name if self.contents[index].is_mostly_statuses() => None,
                field => Some((index, field)),
            })
            .collect()
    }

    /// Adds the columns whose names are unknown. The first of them is taken for the description if no other column holds
    /// text; the others are ignored.
    fn add_unnamed_columns(&self, columns: &mut Columns) {
        let mut has_text = columns.facts.iter().any(|(_, field)| {
            matches!(
                field,
                Field::Message | Field::Description | Field::Explanation | Field::Name
            )
        });
        for index in 0..column_count(self.rows) {
            let is_known = index == columns.code
                || Some(index) == columns.status
                || columns.facts.iter().any(|(known, _)| *known == index);
            let mut cells = self.rows.iter().filter_map(|row| row.get(index));
            let Some(first) = cells.find(|cell| !cell.is_empty()).filter(|_| !is_known) else {
                continue;
            };
            let name = self.header.get(index).filter(|cell| !cell.is_empty());
            let place = name.unwrap_or(first).full_span();
            let shown = name.map_or_else(
                || format!("column {}", index + 1),
                |cell| format!("column `{}`", cell.as_str()),
            );
            columns.findings.push(if has_text {
                let what = format!("the name of the {shown} is unknown");
                Diagnostic::new(rules::CATALOGUE_LINE_IGNORED, place, &[&what])
            } else {
                columns.facts.push((index, Field::Description));
                Diagnostic::new(rules::CATALOGUE_COLUMN_GUESSED, place, &[&shown])
            });
            has_text = true;
        }
    }
}

/// How many cells of a column have which content.
#[derive(Default)]
struct Content {
    filled: usize,
    /// An HTTP status, with or without its reason phrase.
    statuses: usize,
    /// A word that is certainly a code.
    distinctive: usize,
    /// A reason phrase such as `OK` or `Bad Request`.
    reason_phrases: usize,
    /// A word that is formatted as code.
    styled: usize,
    /// A word that can be a code.
    words: usize,
}

impl Content {
    fn of(rows: &[Vec<Text>], column: usize) -> Self {
        let mut content = Self::default();
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            if !is_blank(cell) {
                content.add(cell);
            }
        }
        content
    }

    fn add(&mut self, cell: &Text) {
        self.filled += 1;
        if entry_heading::parse_status_heading(cell).is_some()
            || cell.words().all(|(word, _)| is_status(word))
        {
            self.statuses += 1;
            return;
        }
        self.reason_phrases += usize::from(status::is_reason_phrase(cell.as_str()));
        let codes = find_codes(cell);
        let Some(first) = codes.first() else {
            return;
        };
        self.words += 1;
        let shape = Shape::of(&first.value);
        let is_distinctive = shape.is_some_and(|shape| shape.is_distinctive() || shape == Shape::Uppercase);
        self.distinctive += usize::from(is_distinctive);
        let is_styled = cell.styled_ranges(Style::Code).next().is_some() && shape != Some(Shape::Number);
        self.styled += usize::from(is_styled);
    }

    fn is_mostly_statuses(&self) -> bool {
        is_most(self.statuses, self.filled)
    }

    fn is_mostly_distinctive(&self) -> bool {
        is_most(self.distinctive, self.filled)
    }

    fn is_mostly_words(&self) -> bool {
        is_most(self.words, self.filled)
    }

    /// Returns whether a column named `Code` holds codes. Beside a column of statuses, 404 is a code.
    fn is_mostly_codes(&self, has_status_column: bool) -> bool {
        let statuses = if has_status_column { self.statuses } else { 0 };
        is_most(self.words + statuses, self.filled)
    }
}

/// Returns whether a column name belongs to a table of parameters or members.
fn is_parameter_column(cell: &Text) -> bool {
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
}

fn column_count(rows: &[Vec<Text>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0).min(MAX_COLUMNS)
}

/// Returns whether a part is at least half of the whole, and not empty.
fn is_most(part: usize, whole: usize) -> bool {
    part > 0 && part * 2 >= whole
}
