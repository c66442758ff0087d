//! The client of `specs/corpus/headers.yaml`, called over HTTP: documented response headers.

use corpus::headers::headers::{LinkHeaders, ListPartsErrorHeaders, ListThingsHeaders, ReasonHeaders};
use corpus::headers::models::{Kind, Problem, ReasonHeader, Size};
use corpus::headers::operations::{GetNoneError, ListPartsError};
use corpus::headers::{Client, OperationError};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn client_for(template: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a valid client");
    (server, client)
}

#[tokio::test]
async fn each_header_has_its_type() {
    let template = ResponseTemplate::new(200)
        .set_body_json(["a"])
        .insert_header("x-total", "12")
        .insert_header("x-tags", "a,b")
        .insert_header("x-sizes", "1, 2")
        .insert_header("x-kind", "large")
        .insert_header("x-at", "2024-01-02T03:04:05Z")
        .insert_header("x-size", "w=3,unit=cm")
        .insert_header("x-scores", "a,0.5,b,2")
        .insert_header("x-data", r#"[{"w": 4}]"#)
        .insert_header("type", "plain")
        .insert_header("link", "<next>");
    let (_server, client) = client_for(template).await;
    let things = client.list_things().await.expect("a success");
    let headers: ListThingsHeaders = things.typed_headers().expect("all headers fit");
    assert_eq!(headers.x_total, 12);
    assert_eq!(headers.x_tags.expect("tags"), ["a", "b"]);
    assert_eq!(headers.x_sizes.expect("sizes"), [1, 2]);
    assert_eq!(headers.x_kind, Some(Kind::Large));
    assert_eq!(headers.x_at.expect("a time").timestamp(), 1_704_164_645);
    assert_eq!(headers.x_size.expect("a size").unit.as_deref(), Some("cm"));
    assert_eq!(
        headers.x_scores.expect("scores"),
        [("a".to_owned(), 0.5), ("b".to_owned(), 2.0)].into()
    );
    assert_eq!(headers.x_data.expect("data"), [Size { w: 4, unit: None }]);
    assert_eq!(headers.x_done, None);
    assert_eq!(headers.r#type.as_deref(), Some("plain"));
    assert_eq!(headers.link.as_deref(), Some("<next>"));
}

#[tokio::test]
async fn a_header_error_names_the_header() {
    let template = ResponseTemplate::new(200)
        .set_body_json(["a"])
        .insert_header("x-total", "12")
        .insert_header("x-at", "tomorrow");
    let (_server, client) = client_for(template).await;
    let things = client.list_things().await.expect("a success");
    let error = things
        .typed_headers::<ListThingsHeaders>()
        .expect_err("tomorrow is no time");
    assert_eq!((error.name(), error.value()), ("x-at", Some("tomorrow")));
    // Other headers can still be read.
    assert_eq!(things.typed_headers(), Ok(LinkHeaders { link: None }));
}

#[tokio::test]
async fn errors_have_typed_headers() {
    let problem = Problem {
        code: Some(17),
        message: Some("slowly".to_owned()),
    };
    let error = ListPartsError::TooManyRequests(problem);
    let (parts, body) = error.to_response().into_parts();
    let template = ResponseTemplate::new(parts.status)
        .set_body_bytes(body)
        .insert_header("retry-after", "7");
    let (_server, client) = client_for(template).await;
    let received = client.list_parts().await.expect_err("an error");
    assert_eq!(received.kind(), Some(&error));
    let response = received.response().expect("a response");
    assert_eq!(
        response.typed_headers(),
        Ok(ListPartsErrorHeaders { retry_after: 7 })
    );

    let template = ResponseTemplate::new(404).insert_header("x-reason", "lost");
    let (_server, client) = client_for(template).await;
    let received = client.get_none().await.expect_err("an error");
    assert_eq!(
        received.kind(),
        Some(&GetNoneError::ClientError(http::StatusCode::NOT_FOUND))
    );
    let response = received.response().expect("a response");
    let x_reason = ReasonHeader::Lost;
    assert_eq!(response.typed_headers(), Ok(ReasonHeaders { x_reason }));
}
