//! The client of `specs/corpus/responses.yaml`, called over HTTP: which responses are a success, and what is read of
//! them.

use corpus::responses::headers::{LocationHeaders, TotalHeaders};
use corpus::responses::models::{Problem, Thing};
use corpus::responses::operations::{
    GetErrorByDefaultError, GetNamedDefaultError, GetRedirectError, PostMovedError, PostMovedSuccess,
};
use corpus::responses::{Client, Error, OperationError, Redirects};
use http::StatusCode;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn client(template: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    (server, client)
}

fn template(status: u16, body: &str, media_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, media_type)
}

/// The value of `Accept` of the last request.
async fn accept(server: &MockServer) -> String {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    let request = requests.pop().expect("a request");
    request.headers["accept"].to_str().expect("text").to_owned()
}

#[tokio::test]
async fn a_default_alone_is_the_success_for_every_2xx() {
    let expected = Thing {
        fault: Some(true),
        ..Thing::new("x")
    };
    for status in [200, 201, 299] {
        let template = template(status, r#"{"name":"x","fault":true}"#, "application/json");
        let (_server, client) = client(template.insert_header("x-total", "3")).await;
        let response = client.get_named_default().await.expect("a success");
        assert_eq!((response.status().as_u16(), &*response), (status, &expected));
        let headers: TotalHeaders = response.typed_headers().expect("typed headers");
        assert_eq!(headers.x_total, Some(3));
    }
    let (_server, client) = client(template(200, "a,b", "text/csv")).await;
    let csv = client.get_named_default().as_csv().await.expect("a success");
    assert_eq!(*csv, "a,b");
}

#[tokio::test]
async fn a_default_alone_is_an_error_for_every_other_status() {
    for status in [300, 400, 404, 500, 599] {
        let code = StatusCode::from_u16(status).expect("a status");
        let json = template(status, r#"{"name":"x"}"#, "application/json");
        let (_server, client) = client(json.insert_header("x-total", "3")).await;
        let Err(Error::Api(error)) = client.get_named_default().await else {
            panic!("{status} is no success");
        };
        assert_eq!(error.kind, GetNamedDefaultError::Other(code, Thing::new("x")));
        let headers: TotalHeaders = error.typed_headers().expect("typed headers");
        assert_eq!(headers.x_total, Some(3));
        // A server sends it back as it came.
        assert_eq!(error.kind.status(), code);
        assert_eq!(error.kind.to_body(), r#"{"name":"x"}"#);
    }
    let (_server, client) = client(template(500, "broken", "text/csv")).await;
    let Err(Error::Api(error)) = client.get_named_default().await else {
        panic!("500 is no success");
    };
    let expected = GetNamedDefaultError::OtherCsv(StatusCode::INTERNAL_SERVER_ERROR, "broken".into());
    assert_eq!(error.kind, expected);
    // JSON that is no string.
    let (_server, client) = self::client(template(404, "[]", "application/json")).await;
    let result = client.get_default().await;
    assert!(matches!(result, Err(Error::Decode(error)) if error.status() == 404));
}

#[tokio::test]
async fn a_default_that_is_an_error_leaves_the_bytes_of_the_success() {
    let (server, client) = client(template(200, r#"{"any": 1}"#, "application/json")).await;
    let response = client.get_error_by_default().await.expect("a success");
    assert_eq!(&response[..], br#"{"any": 1}"#);
    assert_eq!(accept(&server).await, "application/problem+json, */*");
    let (_server, client) =
        self::client(template(409, r#"{"title":"No"}"#, "application/problem+json")).await;
    let Err(Error::Api(error)) = client.get_error_by_default().await else {
        panic!("409 is an error");
    };
    let problem = Problem {
        title: Some("No".into()),
        ..Problem::default()
    };
    let expected = GetErrorByDefaultError::Other(StatusCode::CONFLICT, problem);
    assert_eq!(error.kind, expected);
}

#[tokio::test]
async fn an_undocumented_success_is_bytes_and_headers_and_a_stream() {
    let body = "\u{0}any\n";
    let template = template(206, body, "application/x-any").insert_header("x-more", "1");
    let (server, client) = client(template).await;
    let response = client.get_none().await.expect("a success");
    assert_eq!(
        (response.status().as_u16(), &response[..]),
        (206, body.as_bytes())
    );
    assert_eq!(response.header::<u8>("x-more"), Some(1));
    assert_eq!(accept(&server).await, "*/*");
    let mut stream = client.get_none().streaming().await.expect("a success");
    assert_eq!(stream.header::<u8>("x-more"), Some(1));
    let mut all = Vec::new();
    while let Some(chunk) = stream.chunk().await.expect("bytes") {
        all.extend_from_slice(&chunk);
    }
    assert_eq!(all, body.as_bytes());
}

#[tokio::test]
async fn a_documented_redirect_without_a_2xx_is_the_success() {
    let (other, _) = client(ResponseTemplate::new(200)).await;
    let moved = ResponseTemplate::new(302).insert_header("location", other.uri());
    let (_server, client) = client(moved).await;
    let response = client.get_moved().await.expect("a success");
    assert_eq!(response.status(), 302);
    let headers: LocationHeaders = response.typed_headers().expect("typed headers");
    assert_eq!(headers.location, Some(other.uri()));
    assert_eq!(
        other.received_requests().await.map(|requests| requests.len()),
        Some(0)
    );
}

#[tokio::test]
async fn a_redirect_beside_a_default_is_one_of_two_successes() {
    let (_server, client) = client(ResponseTemplate::new(303).insert_header("location", "/there")).await;
    let response = client.post_moved().await.expect("a success");
    assert_eq!(*response, PostMovedSuccess::SeeOther);
    let (_server, client) = self::client(template(201, r#"{"name":"x"}"#, "application/json")).await;
    let response = client.post_moved().await.expect("a success");
    assert_eq!(
        *response,
        PostMovedSuccess::Other(StatusCode::CREATED, Thing::new("x"))
    );
    let (_server, client) = self::client(template(500, r#"{"name":"x"}"#, "application/json")).await;
    let Err(Error::Api(error)) = client.post_moved().await else {
        panic!("500 is an error");
    };
    let expected = PostMovedError::Other(StatusCode::INTERNAL_SERVER_ERROR, Thing::new("x"));
    assert_eq!(error.kind, expected);
}

#[tokio::test]
async fn a_redirect_beside_a_2xx_is_followed_unless_the_caller_forbids_it() {
    let (other, _) = client(ResponseTemplate::new(200)).await;
    let found = ResponseTemplate::new(302).insert_header("location", other.uri());
    let (server, follows) = client(found).await;
    follows.get_redirect().await.expect("a success");
    let client = Client::builder()
        .base_url(server.uri())
        .redirects(Redirects::SameOrigin)
        .build()
        .expect("a client");
    let of_request = follows
        .get_redirect()
        .customize(|call| call.redirects(Redirects::Never));
    for request in [client.get_redirect(), of_request] {
        let Err(Error::Api(error)) = request.await else {
            panic!("it is not followed");
        };
        assert_eq!(error.kind, GetRedirectError::Found);
        let headers: LocationHeaders = error.typed_headers().expect("typed headers");
        assert_eq!(headers.location, Some(other.uri()));
    }
    assert_eq!(
        other.received_requests().await.map(|requests| requests.len()),
        Some(1)
    );
}
