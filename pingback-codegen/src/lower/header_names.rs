//! What the name of a header implies.

/// A token (RFC 9110, section 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// Whether a header parameter of that name "shall be ignored" (OpenAPI 3.0.3, section 4.7.12.1).
pub(super) fn is_ignored_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// A name without the prefix `x-` that marks it as not standardized.
pub(super) fn without_x_prefix(name: &str) -> &str {
    match name.split_at_checked(2) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("x-") && !rest.is_empty() => rest,
        _ => name,
    }
}

/// Whether the name of a header suggests that it holds a secret of the caller.
pub(crate) fn looks_like_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(['-', '_']).collect();
    let has = |word: &str| words.contains(&word);
    let short_lived = [
        "page",
        "next",
        "continuation",
        "sync",
        "csrf",
        "xsrf",
        "idempotency",
        "captcha",
        "upload",
    ];
    if short_lived.iter().any(|word| has(word)) {
        return false;
    }
    let last = words.last().copied().unwrap_or_default();
    name == "authorization"
        || matches!(last, "token" | "secret" | "apikey" | "password" | "authorization")
        || last == "key" && (has("api") || has("access") || has("auth") || has("secret"))
}

/// Whether the name of a header suggests that its value differs between requests.
pub(super) fn changes_with_each_call(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("if-")
        || [
            "idempotency",
            "request-id",
            "requestid",
            "correlation",
            "trace",
            "range",
            "etag",
            "nonce",
            "signature",
            "digest",
            "timestamp",
            "checksum",
            "content-",
        ]
        .iter()
        .any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_recognized_by_its_name() {
        for name in [
            "x-api-key",
            "api-key",
            "authorization",
            "x-auth-token",
            "client-secret",
            "apikey",
        ] {
            assert!(looks_like_credential(name), "{name}");
        }
        for name in [
            "idempotency-key",
            "x-page-token",
            "x-developer-mode",
            "partition-key",
        ] {
            assert!(!looks_like_credential(name), "{name}");
        }
    }

    #[test]
    fn the_prefix_is_removed_once_and_never_the_whole_name() {
        assert_eq!(without_x_prefix("X-Request-Id"), "Request-Id");
        assert_eq!(without_x_prefix("x-"), "x-");
        assert_eq!(without_x_prefix("éx"), "éx");
    }
}
