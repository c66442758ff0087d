//! The kinds of media types: JSON, forms, text, binary and streams of events.

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether content of a media type is JSON (RFC 6839, section 3.1, for the suffix).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether content of a media type is text.
pub(crate) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence.as_str(),
            "application/xml" | "application/yaml" | "application/x-yaml" | "application/javascript"
        )
}

/// Whether a media type is a range that leaves the format open.
pub(crate) fn is_wildcard(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "*" | "application/*" | "")
}

/// Whether content of a media type is certainly not text.
pub(crate) fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|kind| essence.starts_with(kind))
        || matches!(
            essence.as_str(),
            "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip"
        )
}

/// The word for a media type in a name, where an operation has several.
pub(crate) fn content_word(media_type: &str) -> String {
    let essence = essence(media_type);
    let word = match essence.as_str() {
        "text/plain" => "text",
        "application/octet-stream" => "bytes",
        other => other
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_start_matches("x-"),
    };
    word.replace(['*', '+', '.'], " ")
}

/// How the events of a stream are delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events (HTML Standard, section 9.2).
    ServerSent,
    /// One JSON text in each line.
    Lines,
    /// JSON text sequences (RFC 7464).
    Sequence,
}

impl Framing {
    /// The framing of a media type; `None` if it is not a stream of events.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        let essence = essence(media_type);
        let (_, subtype) = essence.split_once('/')?;
        match subtype.trim_start_matches("x-") {
            "event-stream" => Some(Self::ServerSent),
            "ndjson" | "jsonl" | "jsonlines" | "json-lines" => Some(Self::Lines),
            "json-seq" => Some(Self::Sequence),
            other if other.ends_with("+ndjson") || other.ends_with("+jsonl") => Some(Self::Lines),
            other if other.ends_with("+json-seq") => Some(Self::Sequence),
            _ => None,
        }
    }
}
