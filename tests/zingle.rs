//! Zingle's 201 numbered errors, generated from its error page alone: each is sent and received over HTTP, and the
//! parameters of its messages are extracted.

use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::get;
use pingback_consumer::zingle::{Error, ErrorCode, UnknownCode};
use std::collections::BTreeSet;

/// The rows of the page: number, description, explanation.
fn rows() -> Vec<(u32, &'static str, &'static str)> {
    let page = include_str!("../specs/zingle/error-codes.md");
    let cells = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        Some((cells.next()?.parse().ok()?, cells.next()?, cells.next()?))
    });
    cells.collect()
}

#[test]
fn all_rows_of_the_page_are_included_unchanged() {
    let rows = rows();
    assert_eq!((rows.len(), ErrorCode::ALL.len()), (201, 201));
    for (number, description, explanation) in rows {
        let code = ErrorCode::from_number(number).expect("a code");
        assert_eq!(
            (code.number(), code.as_str()),
            (number, number.to_string().as_str())
        );
        assert_eq!(code.messages(), [description]);
        assert_eq!(code.explanation().unwrap_or_default(), explanation);
    }
    assert_eq!(ErrorCode::from_number(1), None);
    let unknown: Result<ErrorCode, UnknownCode> = "1".parse();
    assert_eq!(
        unknown.map_err(|error| error.to_string()),
        Err("`1` is not a known code".to_owned())
    );
}

#[test]
fn variants_are_readable_bounded_and_unique() {
    let names: BTreeSet<String> = ErrorCode::ALL.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(names.len(), 201);
    for name in &names {
        assert!(name.len() <= 60 && !name.starts_with("Code"), "{name}");
    }
    // Seven descriptions occur twice; the names of both codes include the number.
    let mut twice: Vec<&str> = rows().iter().map(|row| row.1).collect();
    twice.sort_unstable();
    let twice: BTreeSet<&str> = twice
        .windows(2)
        .filter(|two| two[0] == two[1])
        .map(|two| two[0])
        .collect();
    assert_eq!(twice.len(), 7);
    for &code in ErrorCode::ALL
        .iter()
        .filter(|code| twice.contains(code.messages()[0]))
    {
        assert!(format!("{code:?}").ends_with(code.as_str()), "{code:?}");
    }
}

/// The value of a parameter in these tests. It contains a quotation mark, since values may contain any character.
fn value(name: &str) -> String {
    format!("the {name}, isn't it")
}

#[test]
fn parameters_are_extracted_from_all_messages() {
    let mut with_parameters = 0;
    for (number, description, _) in rows() {
        let code = ErrorCode::from_number(number).expect("a code");
        // The expected parameters are the texts between braces.
        let names: Vec<&str> = description
            .split('{')
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('}')?.0))
            .collect();
        let mut received = description.to_owned();
        for name in &names {
            received = received.replace(&format!("{{{name}}}"), &value(name));
        }
        let read = code
            .read_message(&received)
            .unwrap_or_else(|| panic!("{number}: {received}"));
        let expected: Vec<(&str, String)> = names.iter().map(|name| (*name, value(name))).collect();
        let found: Vec<(&str, String)> = read
            .iter()
            .map(|(name, value)| (name, value.to_owned()))
            .collect();
        assert_eq!(found, expected, "{number}");
        let values: Vec<(&str, &str)> = expected
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(code.write_message(&values), Ok(received));
        with_parameters += usize::from(!names.is_empty());
    }
    assert_eq!(with_parameters, 7);
}

#[test]
fn a_message_matches_only_with_the_text_around_its_parameters() {
    let code = ErrorCode::InvalidLabel;
    assert_eq!(code.messages(), ["Invalid label '{correspondent_id}'"]);
    for other in [
        "Invalid label vip",
        "Invalid label 'vip",
        "Invalid label ''",
        "invalid label 'vip'",
        "",
    ] {
        assert_eq!(code.read_message(other), None, "{other}");
    }
    let missing = code.write_message(&[]).expect_err("no value");
    assert_eq!(missing.name(), "correspondent_id");
}

#[tokio::test]
async fn each_error_is_sent_and_received() {
    async fn respond(Path(number): Path<u32>) -> impl IntoResponse {
        let code = ErrorCode::from_number(number).expect("the test asks for a code");
        let response: http::Response<Vec<u8>> = Error::with_status(400, code, code.messages()[0]).into();
        response.map(axum::body::Body::from)
    }
    let app = Router::new().route("/{number}", get(respond));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });

    let client = reqwest::Client::new();
    for &code in ErrorCode::ALL {
        let response = client
            .get(format!("http://{address}/{code}"))
            .send()
            .await
            .expect("a response");
        let status = response.status().as_u16();
        let body = response.bytes().await.expect("a body");
        let error = Error::from_parts(status, &body).expect("an error that is known");
        assert_eq!(
            (error.status, error.code, error.message()),
            (400, code, Some(code.messages()[0]))
        );
    }
}

#[test]
fn codes_are_sent_as_numbers_and_may_be_received_as_strings() {
    let body = Error::with_status(400, ErrorCode::ServerError, "no").to_json();
    assert_eq!(
        String::from_utf8_lossy(&body),
        r#"{"status":{"error_code":2600,"description":"no"}}"#
    );
    assert_eq!(serde_json::to_value(ErrorCode::ServerError).expect("JSON"), 2600);
    for text in ["2600", "\"2600\""] {
        assert_eq!(
            serde_json::from_str::<ErrorCode>(text).expect("a code"),
            ErrorCode::ServerError
        );
    }
}
