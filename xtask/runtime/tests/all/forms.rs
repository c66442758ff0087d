//! Urlencoded forms.

use super::support::{Body, DONE, POST, Strict, body, core, received, server_with};
use pingback_runtime as runtime;
use pingback_runtime::{Call, Request, Style};
use serde::Serialize;
use serde_json::json;
use wiremock::ResponseTemplate;

/// A property of a urlencoded form is serialized like a query parameter of the same style.
#[tokio::test]
async fn forms_have_the_styles_of_queries() {
    const fn field(name: &'static str, style: Style, explode: bool) -> runtime::FormField {
        runtime::FormField {
            name,
            content_type: None,
            style: Some(style),
            explode,
            allow_reserved: false,
        }
    }
    static FIELDS: &[runtime::FormField] = &[
        field("csv", Style::Form, false),
        field("space", Style::SpaceDelimited, false),
        field("pipe", Style::PipeDelimited, false),
        field("deep", Style::DeepObject, true),
        field("json", Style::Json, false),
        field("object", Style::Form, true),
    ];
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let list = || json!(["a b", "c"]);
    let form = json!({
        "csv": list(), "space": list(), "pipe": list(), "plain": list(), "json": list(),
        "deep": {"x": {"y": [1, 2]}, "z": null}, "object": {"R": 1, "G": "ä"},
        "none": null, "empty": "", "flag": true, "number": 0.5,
        "said_nothing": {"a": [1]}, "objects": [{"a": 1}, null, {"b": 2}],
    });
    let mut request = Request::new(&POST);
    request.form(FIELDS, &form);
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let request = received(&server).await.pop().expect("a request");
    let text = String::from_utf8_lossy(&request.body).replace('&', "\n");
    assert_eq!(
        request.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    insta::assert_snapshot!(text, @r"
    csv=a%20b,c
    space=a%20b%20c
    pipe=a%20b%7Cc
    plain=a%20b
    plain=c
    json=%5B%22a%20b%22%2C%22c%22%5D
    deep%5Bx%5D%5By%5D=1
    deep%5Bx%5D%5By%5D=2
    R=1
    G=%C3%A4
    empty=
    flag=true
    number=0.5
    said_nothing=%7B%22a%22%3A%5B1%5D%7D
    objects=%7B%22a%22%3A1%7D
    objects=%7B%22b%22%3A2%7D
    ");
}

#[tokio::test]
async fn each_property_of_a_form_has_its_encoding() {
    #[derive(Serialize)]
    struct Form {
        name: &'static str,
        tags: [&'static str; 2],
        file: bytes::Bytes,
        nothing: Option<u8>,
        inner: Body,
    }
    let form = || Form {
        name: "Ada & Co",
        tags: ["a", "b"],
        file: bytes::Bytes::from_static(&[0, 255]),
        nothing: None,
        inner: body("e"),
    };
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core(&server);
    let mut request = Request::new(&POST);
    request.multipart("multipart/form-data", &[], form());
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let mut request = Request::new(&POST);
    request.form(&[], json!({"name": "Ada & Co", "tags": ["a", "b"]}));
    Call::new(&core, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let requests = received(&server).await;
    let content_type = requests[0].headers["content-type"].to_str().expect("text");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    let text = String::from_utf8_lossy(&requests[0].body)
        .replace(boundary, "B")
        .replace('\r', "");
    let text = text.replace('\0', "<0>").replace('\u{fffd}', "<255>");
    insta::assert_snapshot!(text, @r#"
    --B
    Content-Disposition: form-data; name="name"

    Ada & Co
    --B
    Content-Disposition: form-data; name="tags"

    a
    --B
    Content-Disposition: form-data; name="tags"

    b
    --B
    Content-Disposition: form-data; name="file"; filename="file"
    Content-Type: application/octet-stream

    <0><255>
    --B
    Content-Disposition: form-data; name="inner"
    Content-Type: application/json

    {"error":"e"}
    --B--
    "#);
    assert_eq!(requests[1].body, b"name=Ada%20%26%20Co&tags=a&tags=b");
}
