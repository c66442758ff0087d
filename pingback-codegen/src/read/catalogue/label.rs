//! Recognizes the labels that pages give to the facts of an entry: column headers, `Status:`, `How to fix`.

use super::text::{Style, Text};

/// The kinds of facts that an entry consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The code itself.
    Code,
    /// `Error`, `Name`, `Type`, `Key`: the code on some pages, and a title on others.
    Name,
    /// An HTTP status.
    Status,
    /// The message that the API sends.
    Message,
    /// A short description of what the code means.
    Description,
    /// Further prose about why the error occurs.
    Explanation,
    /// What to do about the error.
    Action,
    /// An example body.
    Payload,
}

/// Longer texts are not labels.
const MAX_LENGTH: usize = 40;
/// How many characters of a line are searched for the colon that ends a label.
const MAX_COLON_DISTANCE: usize = 48;

/// The labels of each kind, in lower case. The first of each kind is used where a label has to be written.
const LABELS: &[(Field, &[&str])] = &[
    (
        Field::Code,
        &[
            "code",
            "codes",
            "error code",
            "error codes",
            "errorcode",
            "api error code",
            "error_code",
            "internal code",
            "internal error code",
            "error identifier",
            "error id",
            "application code",
            "sub code",
            "subcode",
            "error key",
            "error constant",
            "result code",
            "reason code",
            "api code",
            "errno",
            "error number",
            "error no",
            "issue",
            "issue code",
            "grpc",
            "grpc code",
            "error code name",
            "machine code",
            "string code",
        ],
    ),
    (
        Field::Name,
        &[
            "error",
            "errors",
            "name",
            "error name",
            "type",
            "error type",
            "key",
            "id",
            "identifier",
            "exception",
            "constant",
            "title",
            "error class",
            "slug",
            "value",
            "enum",
        ],
    ),
    (
        Field::Status,
        &[
            "status",
            "statuses",
            "http",
            "http status",
            "http statuses",
            "http status code",
            "http status codes",
            "status code",
            "status codes",
            "http code",
            "http response",
            "http response code",
            "response code",
            "response status",
            "http error",
            "http error code",
            "statuscode",
            "response status code",
            "http response status",
            "http response status code",
            "http status-code",
            "returned status",
        ],
    ),
    (
        Field::Message,
        &[
            "message",
            "messages",
            "error message",
            "error messages",
            "msg",
            "message text",
            "default message",
            "errormessage",
            "response message",
            "error text",
            "text",
            "possible messages",
            "example message",
        ],
    ),
    (
        Field::Description,
        &[
            "description",
            "descriptions",
            "meaning",
            "definition",
            "summary",
            "what it means",
            "error description",
            "short description",
            "details",
            "detail",
        ],
    ),
    (
        Field::Explanation,
        &[
            "explanation",
            "cause",
            "causes",
            "possible cause",
            "possible causes",
            "common causes",
            "common cause",
            "reason",
            "reasons",
            "possible reason",
            "possible reasons",
            "why",
            "note",
            "notes",
            "comment",
            "comments",
            "context",
            "when",
            "long description",
            "remarks",
            "why it happens",
            "when it happens",
            "what happened",
            "scenario",
            "scenarios",
            "background",
            "additional info",
            "additional information",
        ],
    ),
    (
        Field::Action,
        &[
            "suggested action",
            "suggested actions",
            "action",
            "actions",
            "resolution",
            "resolutions",
            "solution",
            "solutions",
            "possible solution",
            "possible solutions",
            "suggested solution",
            "how to fix",
            "how to fix it",
            "how to resolve",
            "how to solve",
            "fix",
            "suggested fix",
            "remedy",
            "recommendation",
            "recommended action",
            "recommended actions",
            "what to do",
            "what you can do",
            "what you should do",
            "next step",
            "next steps",
            "troubleshooting",
            "workaround",
            "how to handle",
            "handling",
            "corrective action",
            "user action",
            "suggestion",
            "suggestions",
            "to do",
            "recovery",
            "advice",
            "how to avoid",
            "troubleshooting steps",
            "hint",
            "hints",
            "tip",
            "possible fix",
            "possible fixes",
            "fixes",
            "how to debug",
            "what should i do",
            "what can i do",
        ],
    ),
    (
        Field::Payload,
        &[
            "payload",
            "payload example",
            "example payload",
            "example",
            "examples",
            "example response",
            "response example",
            "sample response",
            "response body",
            "body",
            "response",
            "sample",
            "error response",
            "api error response",
            "example error",
            "example body",
            "json",
        ],
    ),
];

/// Returns the kind of fact that a label or column header introduces. Case, surrounding punctuation and a remark in
/// parentheses are ignored.
pub(super) fn field_of_label(label: &str) -> Option<Field> {
    if label.len() > MAX_LENGTH {
        return None;
    }
    let lower = label.to_lowercase();
    let trimmed = lower.trim_matches(|char: char| !char.is_alphanumeric());
    let words = trimmed
        .split_once('(')
        .map_or(trimmed, |(before, _)| before.trim_end());
    LABELS
        .iter()
        .find(|(_, labels)| labels.contains(&words))
        .map(|(field, _)| *field)
}

/// Returns the kind of fact that a member or attribute holds: `suggested_action`, `suggestedAction`,
/// `suggested-action`.
pub(super) fn field_of_member(name: &str) -> Option<Field> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let mut words = String::with_capacity(name.len() + 4);
    let mut after_lowercase = false;
    for char in name.chars() {
        if after_lowercase && char.is_uppercase() {
            words.push(' ');
        }
        after_lowercase = char.is_lowercase();
        words.push(if matches!(char, '_' | '-') { ' ' } else { char });
    }
    field_of_label(&words)
}

/// Returns the usual label of a kind of fact.
pub(super) fn usual_label(field: Field) -> &'static str {
    LABELS
        .iter()
        .find(|(known, _)| *known == field)
        .and_then(|(_, labels)| labels.first())
        .copied()
        .unwrap_or_default()
}

/// A line such as `Status: 400`, split into label and value.
pub(super) struct LabelledText {
    pub(super) field: Field,
    /// Empty if the value follows in a later block.
    pub(super) value: Text,
}

/// Splits `Label: value`, `**Label** value`, and `**Label**` without a value. Returns `None` if the text does not begin
/// with a known label.
pub(super) fn split_label(text: &Text) -> Option<LabelledText> {
    let plain = text.as_str();
    let bold = text.styled_ranges(Style::Strong).find(|range| range.start == 0);
    let colon = plain
        .char_indices()
        .take(MAX_COLON_DISTANCE)
        .find(|(_, char)| matches!(char, ':' | '：'))
        .map(|(at, char)| (at, at + char.len_utf8()));
    let (end, start) = match (colon, bold) {
        (Some(colon), _) => colon,
        (None, Some(bold)) => {
            let rest = plain[bold.end..].trim_start_matches([' ', '-', '–', '—', '=']);
            (bold.end, plain.len() - rest.len())
        }
        (None, None) => return None,
    };
    let field = field_of_label(&plain[..end])?;
    // The scheme of a URL: `http://…`.
    if plain[start..].starts_with("//") {
        return None;
    }
    Some(LabelledText {
        field,
        value: text.slice(start..plain.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn recognizes_labels_in_any_case_and_with_punctuation() {
        assert_eq!(field_of_label("HTTP Status Code"), Some(Field::Status));
        assert_eq!(field_of_label("**Suggested action**"), Some(Field::Action));
        assert_eq!(field_of_label("Code (string)"), Some(Field::Code));
        assert_eq!(field_of_label("Colour"), None);
    }

    #[test]
    fn splits_a_line_at_its_colon() {
        let split = |line: &str| {
            split_label(&Text::from_range(SourceId(0), line, 0..line.len()))
                .map(|found| (found.field, found.value.as_str().to_owned()))
        };
        assert_eq!(split("Status: 400"), Some((Field::Status, "400".into())));
        assert_eq!(split("Messages:"), Some((Field::Message, String::new())));
        assert_eq!(split("See http://x"), None);
        assert_eq!(split("Status 400"), None);
    }
}
