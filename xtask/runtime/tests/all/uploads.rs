//! Request bodies that are streams, and multipart forms.

use super::streams::Piece;
use super::tcp::{API, DONE, operation, server};
use bytes::Bytes;
use futures_core::Stream;
use pingback_runtime::{
    Body, Call, CoreBuilder, Error, FormField, Operation, Part, Request, Response, Retry,
};
use serde::Serialize;
use std::convert::Infallible;
use std::io::Error as IoError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

static PUT: Operation = operation(http::Method::PUT);

/// A stream that returns `Pending` once before each item.
struct Items(Vec<Result<&'static str, IoError>>, bool);

impl Stream for Items {
    type Item = Result<&'static str, IoError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1 = !self.1;
        if self.1 {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready((!self.0.is_empty()).then(|| self.0.remove(0)))
    }
}

fn items(items: Vec<Result<&'static str, IoError>>) -> Body {
    Body::stream(Items(items, false))
}

async fn send(
    request: Request,
    responses: Vec<Vec<Vec<u8>>>,
) -> (Result<(), Error<Infallible>>, Vec<String>) {
    let (url, served) = server(responses).await;
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(&url);
    builder.retry(Retry::new().first_delay(Duration::from_millis(1)));
    let core = builder.build().expect("a core");
    let result = Call::new(&core, request).send(DONE).await;
    let requests = match tokio::time::timeout(Duration::from_millis(500), served).await {
        Ok(requests) => requests.expect("requests"),
        Err(_) => Vec::new(),
    };
    (result.map(Response::into_inner), requests)
}

fn done() -> Vec<Vec<u8>> {
    vec![b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()]
}

fn put(body: impl Into<Body>) -> Request {
    let mut request = Request::new(&PUT);
    request.bytes("application/zip", body);
    request
}

#[tokio::test]
async fn a_body_is_sent_as_it_is_produced() {
    let (result, requests) = send(put(items(vec![Ok("ab"), Ok("cde")])), vec![done()]).await;
    result.expect("a success");
    let text = requests[0].to_lowercase();
    assert!(
        text.contains("transfer-encoding: chunked") && !text.contains("content-length"),
        "{text}"
    );
    assert!(
        text.ends_with("\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"),
        "{text}"
    );

    let reader = std::io::Cursor::new(b"from a reader");
    let (result, requests) = send(put(Body::reader(reader).length(13)), vec![done()]).await;
    result.expect("a success");
    let text = requests[0].to_lowercase();
    assert!(
        text.contains("content-length: 13") && !text.contains("chunked"),
        "{text}"
    );
    assert!(text.ends_with("\r\n\r\nfrom a reader"), "{text}");

    let (result, _) = send(
        put(items(vec![Ok("a"), Err(IoError::other("lost"))])),
        vec![done()],
    )
    .await;
    let Err(Error::Transport(error)) = result else {
        panic!("the stream failed");
    };
    let mut causes = String::new();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        causes += &cause.to_string();
        source = cause.source();
    }
    assert!(causes.contains("lost"), "{causes}");
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let busy = || vec![b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()];
    let (result, requests) = send(put("whole"), vec![busy(), done()]).await;
    result.expect("repeated");
    assert_eq!(requests.len(), 2);
    let (result, _) = send(put(items(vec![Ok("once")])), vec![busy(), done()]).await;
    assert_eq!(result.expect_err("not repeated").status().expect("a status"), 503);

    let moved = || {
        let head = "HTTP/1.1 307 Moved\r\nlocation: /there\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        vec![head.as_bytes().to_vec()]
    };
    let (result, requests) = send(put("whole"), vec![moved(), done()]).await;
    result.expect("followed");
    assert!(
        requests[1].starts_with("PUT /there") && requests[1].ends_with("whole"),
        "{requests:?}"
    );
    let (result, _) = send(put(items(vec![Ok("once")])), vec![moved(), done()]).await;
    assert_eq!(result.expect_err("not followed").status().expect("a status"), 307);

    let body = items(vec![Ok("shared")]);
    send(put(body.clone()), vec![done()]).await.0.expect("a success");
    let (result, _) = send(put(body), vec![done()]).await;
    assert!(matches!(result, Err(Error::Request(error)) if error.parameter() == "body"));
}

#[derive(Serialize)]
struct Album {
    cover: Part,
    pages: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<Part>,
    title: &'static str,
    place: Piece,
    own: Part,
}

static FIELDS: &[FormField] = &[
    FormField {
        name: "pages",
        content_type: Some("image/tiff"),
        style: None,
        explode: true,
        allow_reserved: false,
    },
    FormField {
        name: "place",
        content_type: Some("application/place+json"),
        style: None,
        explode: true,
        allow_reserved: false,
    },
];

fn album(page: impl Into<Part>) -> Request {
    let mut request = Request::new(&PUT);
    let cover = Part::bytes(b"\x89PNG")
        .file_name("a \"b\".png")
        .content_type("image/png")
        .header("X-Checksum", "12");
    let album = Album {
        cover,
        pages: vec!["one".into(), page.into()],
        back: None,
        title: "Ada",
        place: Piece { piece: "x".into() },
        own: Part::json(&[1])
            .expect("JSON")
            .content_type("application/list+json"),
    };
    request.multipart("multipart/form-data", FIELDS, album);
    request
}

fn body(request: &str) -> String {
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    let boundary = head.split_once("boundary=").expect("a boundary").1;
    let boundary = boundary.lines().next().expect("a line").to_owned();
    body.replace(&boundary, "B")
        .replace('\r', "")
        .replace('\u{fffd}', "<137>")
}

#[tokio::test]
async fn files_have_file_names_and_media_types() {
    let (result, requests) = send(album(Bytes::from_static(b"two")), vec![done()]).await;
    result.expect("a success");
    let whole = body(&requests[0]);
    let (files, fields) = whole
        .split_once("--B\nContent-Disposition: form-data; name=\"title\"\n")
        .expect("the title is sent");
    insta::assert_snapshot!(files, @r#"
    --B
    Content-Disposition: form-data; name="cover"; filename="a %22b%22.png"
    Content-Type: image/png
    X-Checksum: 12

    <137>PNG
    --B
    Content-Disposition: form-data; name="pages"; filename="pages"
    Content-Type: image/tiff

    one
    --B
    Content-Disposition: form-data; name="pages"; filename="pages"
    Content-Type: image/tiff

    two
    "#);
    insta::assert_snapshot!(fields, @r#"

    Ada
    --B
    Content-Disposition: form-data; name="place"
    Content-Type: application/place+json

    {"piece":"x"}
    --B
    Content-Disposition: form-data; name="own"
    Content-Type: application/list+json

    [1]
    --B--
    "#);
    // With a stream of a known length.
    let (result, requests) = send(album(items(vec![Ok("t"), Ok("wo")]).length(3)), vec![done()]).await;
    result.expect("a success");
    assert_eq!(body(&requests[0]), whole);
    assert!(!requests[0].to_lowercase().contains("chunked"));
    // With a stream of an unknown length.
    let (result, requests) = send(album(items(vec![Ok("two")])), vec![done()]).await;
    result.expect("a success");
    assert!(requests[0].to_lowercase().contains("chunked") && requests[0].contains("\r\n3\r\ntwo\r\n"));
}

#[tokio::test]
async fn a_part_cannot_inject_headers() {
    let parts: [Part; 4] = [
        Part::bytes("x").content_type("a\r\nb: c"),
        Part::bytes("x").header("x", "a\r\nb: c"),
        Part::bytes("x").header("a\r\nb", "c"),
        Part::bytes("x").header("Content-Type", "c"),
    ];
    for part in parts {
        let (result, _) = send(album(part), vec![done()]).await;
        assert!(matches!(result, Err(Error::Request(error)) if error.parameter() == "body"));
    }
    let (result, requests) = send(album(Part::bytes("x").file_name("a\r\nb\"; c")), vec![done()]).await;
    result.expect("a success");
    assert!(
        requests[0].contains("filename=\"a%0D%0Ab%22; c\""),
        "{requests:?}"
    );
}

#[test]
fn a_part_is_serialized_to_json_as_text() {
    assert_eq!(serde_json::to_string(&Part::bytes("x")).expect("JSON"), "\"x\"");
    assert!(serde_json::to_string(&Part::bytes(items(Vec::new()))).is_err());
    let part: Part = serde_json::from_str("\"x\"").expect("a part");
    assert_eq!(part, Part::bytes("x"));
}
