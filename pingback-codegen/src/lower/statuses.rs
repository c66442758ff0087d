//! Names HTTP statuses: variants spelled like the reasons in IANA's registry.

use crate::model::Status;
use crate::names::upper_camel;
use http::StatusCode;

/// The reason phrase of a registered status in upper camel case.
pub(crate) fn registered(status: u16) -> Option<String> {
    let reason = StatusCode::from_u16(status).ok()?.canonical_reason()?;
    let words = reason.replace('\'', "").to_lowercase();
    let words: Vec<&str> = words.split([' ', '-']).collect();
    Some(upper_camel(&words))
}

/// The variant for a status.
pub(super) fn variant(status: Status) -> String {
    match status {
        Status::Exact(code) => registered(code).unwrap_or_else(|| format!("Status{code}")),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(other) => format!("Status{other}XX"),
        Status::Default => "Other".to_owned(),
    }
}

/// The suffix that distinguishes names by status: `422`, `4XX`.
pub(super) fn suffix(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "Other".to_owned(),
    }
}

/// Whether the same request may succeed later (RFC 9110, section 15; RFC 6585; RFC 8470).
pub(super) fn retryable(status: u16) -> bool {
    matches!(status, 408 | 425 | 429) || (matches!(status, 500..=599) && !matches!(status, 501 | 505))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reason_phrases_become_names() {
        let names =
            [200, 203, 207, 226, 414, 418, 425, 505].map(|status| registered(status).unwrap_or_default());
        assert_eq!(
            names,
            [
                "Ok",
                "NonAuthoritativeInformation",
                "MultiStatus",
                "ImUsed",
                "UriTooLong",
                "ImATeapot",
                "TooEarly",
                "HttpVersionNotSupported"
            ]
        );
        assert_eq!(registered(299), None);
        assert_eq!(registered(0), None);
    }
}
