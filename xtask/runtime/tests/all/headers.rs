//! Typed response headers.

use super::support::{Strict, call};
use pingback_runtime as runtime;
use pingback_runtime::{Form, HeaderError, TypedHeaders};
use serde_json::json;
use std::collections::BTreeMap;
use wiremock::ResponseTemplate;

#[derive(Debug, PartialEq)]
struct Headers {
    total: u64,
    ratio: Option<f64>,
    on: Option<bool>,
    tags: Option<Vec<String>>,
    point: Option<BTreeMap<String, i32>>,
    size: Option<BTreeMap<String, serde_json::Value>>,
    data: Option<serde_json::Value>,
}

impl TypedHeaders for Headers {
    fn read(headers: &http::HeaderMap) -> Result<Self, HeaderError> {
        use runtime::headers::{optional, required};
        Ok(Self {
            total: required(headers, "x-total", &Form::Number)?,
            ratio: optional(headers, "x-ratio", &Form::Number)?,
            on: optional(headers, "x-on", &Form::Boolean)?,
            tags: optional(headers, "x-tags", &Form::List(&Form::Text))?,
            point: optional(headers, "x-point", &Form::Object(false, &[], Some(&Form::Number)))?,
            size: optional(
                headers,
                "x-size",
                &Form::Object(true, &[("w", Form::Number), ("unit", Form::Text)], None),
            )?,
            data: optional(headers, "x-data", &Form::Json)?,
        })
    }
}

#[tokio::test]
async fn headers_are_parsed_by_their_forms() {
    let template = ResponseTemplate::new(200)
        .set_body_json(json!({"error": ""}))
        .insert_header("x-total", " 12 ")
        .insert_header("x-ratio", "-0.5")
        .insert_header("x-on", "True")
        .append_header("x-tags", "a, b,,")
        .append_header("x-tags", "c")
        .insert_header("x-point", "x,1,y,-2")
        .insert_header("x-size", "w=3, unit=cm, other=1")
        .insert_header("x-data", r#"{"a": [1]}"#);
    let response = call::<Strict>(template).await.expect("a success");
    let point = [("x".to_owned(), 1), ("y".to_owned(), -2)];
    let size = [("w".to_owned(), json!(3)), ("unit".to_owned(), json!("cm"))];
    assert_eq!(
        response.typed_headers(),
        Ok(Headers {
            total: 12,
            ratio: Some(-0.5),
            on: Some(true),
            tags: Some(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]),
            point: Some(point.into()),
            size: Some(size.into()),
            data: Some(json!({"a": [1]})),
        })
    );
}

#[tokio::test]
async fn a_header_error_has_the_name_and_the_value() {
    let message = async |name: &str, value: &str| {
        let template = ResponseTemplate::new(400)
            .set_body_json(json!({"error": "", "errorCode": "TAKEN"}))
            .insert_header("x-total", "1")
            .insert_header(name, value);
        let error = call::<Strict>(template).await.expect_err("an error");
        let response = error.response().expect("a response");
        let error = response.typed_headers::<Headers>().expect_err("a header error");
        assert_eq!((error.name(), error.value()), (name, Some(value)));
        error.to_string()
    };
    assert_eq!(
        message("x-total", "many").await,
        "the header `x-total` is `many`: `many` is not a number"
    );
    assert!(message("x-total", "-1").await.contains("-1"));
    assert!(
        message("x-on", "yes")
            .await
            .contains("neither `true` nor `false`")
    );
    assert!(message("x-point", "x,1,y").await.contains("`y` has no value"));
    assert!(message("x-size", "w").await.contains("`w` has no `=`"));
    assert!(message("x-data", "{").await.contains("EOF"));

    let template = ResponseTemplate::new(200).set_body_json(json!({"error": ""}));
    let response = call::<Strict>(template).await.expect("a success");
    let error = response.typed_headers::<Headers>().expect_err("a header error");
    assert_eq!((error.name(), error.value()), ("x-total", None));
    assert_eq!(error.to_string(), "the header `x-total` is required, and missing");
}
