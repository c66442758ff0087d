//! The words by which pages call the facts of an entry: column headers, `Status:`, `How to fix`.

use super::text::{Style, Text};

/// A kind of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The code itself.
    Code,
    /// `Error`, `Name`, `Type`, `Key`: the code on some pages, a title on others.
    Name,
    /// An HTTP status.
    Status,
    /// What the API sends as its message.
    Message,
    /// A short description: what the code means.
    Description,
    /// Further prose: why it happens.
    Explanation,
    /// What to do.
    Action,
    /// An example body.
    Payload,
}

const WORDS: &[(Field, &[&str])] = &[
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

/// The kind of fact that a label or column header announces.
pub(super) fn field(label: &str) -> Option<Field> {
    if label.len() > 40 {
        return None;
    }
    let lower = label.to_lowercase();
    let bare = lower.trim_matches(|char: char| !char.is_alphanumeric());
    let plain = bare.split_once('(').map_or(bare, |(before, _)| before.trim_end());
    WORDS
        .iter()
        .find(|(_, words)| words.contains(&plain))
        .map(|(field, _)| *field)
}

/// The kind of fact a member or attribute is: `suggested_action`, `suggestedAction`, `suggested-action`.
pub(super) fn member(name: &str) -> Option<Field> {
    if name.len() > 40 {
        return None;
    }
    let mut words = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for char in name.chars() {
        if lower && char.is_uppercase() {
            words.push(' ');
        }
        lower = char.is_lowercase();
        words.push(if matches!(char, '_' | '-') { ' ' } else { char });
    }
    field(&words)
}

/// A word that announces such a fact.
pub(super) fn word(field: Field) -> &'static str {
    WORDS
        .iter()
        .find(|(known, _)| *known == field)
        .and_then(|(_, words)| words.first())
        .copied()
        .unwrap_or_default()
}

/// `Status: 400`, taken apart.
pub(super) struct Labelled {
    pub(super) field: Field,
    /// Empty if what the label announces comes later.
    pub(super) value: Text,
}

/// Takes `Label: value`, `**Label** value` and `Label` alone in bold apart.
pub(super) fn split(text: &Text) -> Option<Labelled> {
    let plain = text.as_str();
    let bold = text.styled(Style::Strong).find(|range| range.start == 0);
    let colon = plain
        .char_indices()
        .take(48)
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
    // `http://…` is no label, `12:30` neither.
    let field = field(&plain[..end])?;
    if plain[start..].starts_with("//") {
        return None;
    }
    Some(Labelled {
        field,
        value: text.slice(start..plain.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn a_label_is_known_whatever_its_case_and_trimmings() {
        assert_eq!(field("HTTP Status Code"), Some(Field::Status));
        assert_eq!(field("**Suggested action**"), Some(Field::Action));
        assert_eq!(field("Code (string)"), Some(Field::Code));
        assert_eq!(field("Colour"), None);
    }

    #[test]
    fn a_line_is_taken_apart_at_its_colon() {
        let split = |line: &str| {
            split(&Text::of(SourceId(0), line, 0..line.len()))
                .map(|found| (found.field, found.value.as_str().to_owned()))
        };
        assert_eq!(split("Status: 400"), Some((Field::Status, "400".into())));
        assert_eq!(split("Messages:"), Some((Field::Message, String::new())));
        assert_eq!(split("See http://x"), None);
        assert_eq!(split("Status 400"), None);
    }
}
