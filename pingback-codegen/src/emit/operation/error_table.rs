//! Writes the tables of errors: one in the docs of each operation, and one in the docs of the crate for the errors that
//! all operations share.

use super::status_text;
use crate::emit::markdown::{self, code_span_text};
use crate::model::{Api, ErrorCase, ErrorCaseOrigin, Operation, Status};

/// How many operations must document errors before the errors that they share are listed only once.
const MIN_OPERATIONS: usize = 3;

/// The head of a table.
const HEAD: &str = "| Status | Code | Variant | Message | What to do |\n| --- | --- | --- | --- | --- |";

/// A link from the docs of an operation to the section of the crate's docs.
const LINK: &str = "[errors of every operation](super::super#errors-of-every-operation)";

/// The errors that all operations share, as rows of a table. A row is shared if it is the same in every operation that
/// documents errors.
pub(in crate::emit) struct SharedErrors {
    rows: Vec<Row>,
    /// An operation does not document any error.
    has_exceptions: bool,
}

impl SharedErrors {
    pub(in crate::emit) fn of(api: &Api) -> Self {
        let (with_errors, without): (Vec<&Operation>, Vec<&Operation>) = api
            .operations
            .iter()
            .partition(|operation| !operation.errors.is_empty());
        let mut rows = Vec::new();
        if let Some((first, others)) = with_errors.split_first()
            && with_errors.len() >= MIN_OPERATIONS
        {
            rows = error_rows(api, first);
            for operation in others {
                if rows.is_empty() {
                    break;
                }
                let other_rows = error_rows(api, operation);
                rows.retain(|row| other_rows.contains(row));
            }
        }
        Self {
            rows,
            has_exceptions: !without.is_empty(),
        }
    }

    /// The section of the crate's docs, if there are such errors.
    pub(in crate::emit) fn section(&self) -> Option<String> {
        if self.rows.is_empty() {
            return None;
        }
        let subject = if self.has_exceptions {
            "Every operation that documents errors"
        } else {
            "Every operation"
        };
        Some(format!(
            "# Errors of every operation\n\n{subject} can return these errors. Its own documentation lists the \
             others.\n\n{}",
            table(&self.rows)
        ))
    }
}

/// The section of an operation's docs.
pub(super) fn section(api: &Api, operation: &Operation, shared: &SharedErrors) -> String {
    if operation.errors.is_empty() {
        return "# Errors\n\nNo error of this operation is documented: every error response is `Error::Undocumented`."
            .to_owned();
    }
    let mut rows = error_rows(api, operation);
    rows.retain(|row| !shared.rows.contains(row));
    let table = table(&rows);
    match (rows.is_empty(), shared.rows.is_empty()) {
        (true, _) => format!("# Errors\n\nThe operation can return only the {LINK}."),
        (false, true) => format!("# Errors\n\n{table}"),
        (false, false) => format!("# Errors\n\n{table}\n\nThe operation can also return the {LINK}."),
    }
}

/// A row of a table of errors.
#[derive(PartialEq)]
struct Row {
    text: String,
    /// The code or status of the error, if the API's list of errors documents it for every operation, and no response
    /// of the operation does.
    from_list: Option<String>,
}

/// The table of some errors, and which of them are only in the API's list of errors.
fn table(rows: &[Row]) -> String {
    let mut table = HEAD.to_owned();
    for row in rows {
        table.push('\n');
        table.push_str(&row.text);
    }
    let from_list: Vec<&str> = rows.iter().filter_map(|row| row.from_list.as_deref()).collect();
    if !from_list.is_empty() {
        table.push_str("\n\nFrom the API's list of errors, which documents them for every operation: ");
        table.push_str(&from_list.join(", "));
        table.push('.');
    }
    table
}

/// A row for each error, ordered by status.
fn error_rows(api: &Api, operation: &Operation) -> Vec<Row> {
    let mut cases: Vec<&ErrorCase> = operation.errors.iter().collect();
    cases.sort_by_key(|case| status_order(case.status));
    cases.into_iter().map(|case| error_row(api, case)).collect()
}

fn error_row(api: &Api, case: &ErrorCase) -> Row {
    let code = case.code.as_deref().map(|code| {
        let code = code_span_text(code).replace('|', "\\|");
        format!("`{code}`")
    });
    let known = case
        .code
        .as_ref()
        .and_then(|code| api.errors.codes.iter().find(|known| known.code == *code));
    let message = case
        .message
        .as_deref()
        .or_else(|| known?.messages.first().map(String::as_str))
        .or(case.docs.description.as_deref())
        .or(case.docs.summary.as_deref());
    let action = known.and_then(|known| known.suggested_action.as_deref().or(known.explanation.as_deref()));
    let status = status_text(case.status);
    let from_list = (case.origin == ErrorCaseOrigin::Catalogue)
        .then(|| code.clone().unwrap_or_else(|| format!("status {status}")));
    let text = format!(
        "| {status} | {} | `{}` | {} | {} |",
        code.unwrap_or_default(),
        case.variant,
        markdown::one_line(message.unwrap_or_default()),
        markdown::one_line(action.unwrap_or_default()),
    );
    Row { text, from_list }
}

/// Orders statuses: a range comes after each status in it.
fn status_order(status: Status) -> (u16, bool) {
    match status {
        Status::Exact(status) => (status, false),
        Status::Range(hundred) => (u16::from(hundred) * 100 + 99, true),
        Status::Default => (u16::MAX, true),
    }
}
