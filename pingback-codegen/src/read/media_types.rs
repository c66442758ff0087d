//! What media types mean: which are JSON, forms, text or streams of events.

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// JSON and everything that is written as JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Properties in a row, whatever stands between them.
pub(crate) fn is_form(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/")
}

/// What people read as text.
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

/// A wildcard, which says nothing of how the content is written.
pub(crate) fn is_wildcard(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "*" | "application/*" | "")
}

/// What no text is.
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

/// The word for a media type where there are several.
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
