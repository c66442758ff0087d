//! Streams as bodies of requests and responses, over TCP, split at arbitrary positions.

use bytes::Bytes;
use futures_core::Stream;
use pingback_runtime as runtime;
use pingback_runtime::{
    Api, Body, ByteStream, Call, Case, Core, CoreBuilder, Either, Error, Event, EventStream, FormField,
    Operation, OperationError, Part, Request, Response, Retry, Success, TransportErrorKind,
};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::io::Error as IoError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

static API: Api = Api {
    user_agent: "test/1",
    base_url: None,
    credentials: &[],
    client_parameters: &[],
    code_pointers: &["/code"],
    message_pointers: &[],
    request_id_pointers: &[],
    pace: None,
};

const fn operation(method: http::Method) -> Operation {
    Operation {
        id: "doIt",
        method,
        path: "/it",
        security: &[],
        client_parameters: &[],
        accept: "application/json",
        server: None,
    }
}

static GET: Operation = operation(http::Method::GET);
static PUT: Operation = operation(http::Method::PUT);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Piece {
    piece: String,
}

#[derive(Debug, PartialEq)]
enum DoItError {
    Bad(Piece),
}

impl OperationError for DoItError {
    const CASES: &'static [Case<Self>] = &[Case::code(400, "BAD", |reply| {
        runtime::json(reply).map(Self::Bad)
    })];

    fn answer(&self) -> runtime::ErrorReply<'_> {
        match self {
            Self::Bad(piece) => runtime::ErrorReply::json(0, piece),
        }
    }
}

const DONE: Success<()> = &[Case::range(2, runtime::empty)];
const BYTES: Success<ByteStream> = &[Case::status_stream(200, "", runtime::stream)];
const WHOLE: Success<Piece> = &[
    Case::status_stream(200, "text/event-stream", runtime::reject_stream),
    Case::status(200, runtime::json),
];
const EVENTS: Success<EventStream<Piece>> = &[
    Case::status_stream(200, "text/event-stream", runtime::events),
    Case::status(200, runtime::reject_whole),
];
const EITHER: Success<Either<Piece, EventStream<Piece>>> = &[
    Case::status_stream(200, "text/event-stream", |it| {
        runtime::events(it).map(Either::Stream)
    }),
    Case::status(200, |it| runtime::json(it).map(Either::Whole)),
];

/// Sends the responses in turn, each in its pieces with a pause between them, and returns the requests.
async fn server(answers: Vec<Vec<Vec<u8>>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(async move {
        let mut requests = Vec::new();
        for pieces in answers {
            let (mut socket, _) = listener.accept().await.expect("a connection");
            requests.push(request(&mut socket).await);
            for piece in pieces {
                if piece == STALL {
                    tokio::time::sleep(Duration::from_secs(20)).await;
                }
                // The client may have closed the connection.
                let _ = socket.write_all(&piece).await;
                let _ = socket.flush().await;
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        requests
    });
    (format!("http://{address}"), served)
}

/// A piece that makes the server pause until the test is over.
const STALL: &[u8] = b"<stall>";

/// Reads a request with its body.
async fn request(socket: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok())
                .unwrap_or(0);
            let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
            if chunked && body.ends_with("0\r\n\r\n") || !chunked && body.len() >= length {
                return text;
            }
        }
        match socket.read(&mut buffer).await.expect("a request") {
            0 => return text,
            read => all.extend_from_slice(&buffer[..read]),
        }
    }
}

fn head(status: &str, content_type: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\nconnection: close\r\n\r\n").into_bytes()
}

fn chunked_head(content_type: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n")
        .into_bytes()
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// A response in chunks of this size.
fn chunked(content_type: &str, stream: &[u8], size: usize) -> Vec<Vec<u8>> {
    let chunks = stream.chunks(size).map(chunk);
    std::iter::once(chunked_head(content_type))
        .chain(chunks)
        .chain([b"0\r\n\r\n".to_vec()])
        .collect()
}

fn core(url: &str) -> Core {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(url);
    builder.build().expect("a core")
}

async fn call<T, E: OperationError>(
    answer: Vec<Vec<u8>>,
    success: Success<T>,
) -> Result<Response<T>, Error<E>> {
    let (url, served) = server(vec![answer]).await;
    let result = Call::new(&core(&url), Request::new(&GET)).send(success).await;
    // The task continues to send the response.
    drop(served);
    result
}

async fn all<T: std::fmt::Debug>(events: &mut EventStream<T>) -> Vec<Event<T>> {
    let mut found = Vec::new();
    while let Some(event) = events.next().await {
        found.push(event.expect("an event"));
    }
    found
}

#[tokio::test]
async fn events_are_decoded_wherever_their_bytes_are_split() {
    let stream = "\u{feff}: hello\n\nid: 7\nevent: delta\ndata: {\"piece\":\r\ndata: \"ä😀\"}\n\ndata: [DONE]\r\r\
                  data: {\"piece\": \"after\"}\n\n";
    for size in [1, 2, 3, 5, 7, 100] {
        let answer = chunked("text/event-stream; charset=utf-8", stream.as_bytes(), size);
        let mut events = call::<_, DoItError>(answer, EVENTS).await.expect("a stream");
        assert_eq!(events.status(), 200);
        let events = all(&mut events).await;
        let [first, done, after] = events.as_slice() else {
            panic!("three events: {events:?}");
        };
        assert_eq!((first.name(), first.id()), ("delta", Some("7")));
        assert_eq!(first.data().expect("data").piece, "ä😀");
        assert_eq!(
            (done.name(), done.text(), done.id()),
            ("message", "[DONE]", Some("7"))
        );
        let Err(Error::Decode(error)) = done.data() else {
            panic!("no piece");
        };
        assert_eq!((&error.body()[..], error.operation()), (&b"[DONE]"[..], "doIt"));
        assert_eq!(after.data().expect("data").piece, "after");
    }
}

#[tokio::test]
async fn an_event_is_returned_before_the_next_one_arrives() {
    let mut answer = chunked("text/event-stream", b"data: {\"piece\": \"a\"}\n\n", 100);
    answer.insert(2, STALL.to_vec());
    let mut events = call::<_, DoItError>(answer, EVENTS).await.expect("a stream");
    let event = tokio::time::timeout(Duration::from_secs(5), events.next_data()).await;
    let event = event.expect("in time").expect("an event").expect("data");
    assert_eq!(event.piece, "a");
    let mut events = events.into_inner().idle_timeout(Some(Duration::from_millis(50)));
    let error = events.next().await.expect("an error").expect_err("too late");
    assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Timeout));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn the_content_type_selects_the_reader() {
    let json = || {
        vec![
            head("200 OK", "application/json"),
            b"{\"piece\": \"all\"}".to_vec(),
        ]
    };
    let stream = || {
        chunked(
            "Text/Event-Stream;charset=utf-8",
            b"data: {\"piece\": \"a\"}\n\n",
            4,
        )
    };
    let whole = call::<_, DoItError>(json(), WHOLE).await.expect("all at once");
    assert_eq!(whole.piece, "all");
    let Err(Error::Decode(error)) = call::<_, DoItError>(stream(), WHOLE).await else {
        panic!("a stream");
    };
    assert!(error.reason().contains("events()"), "{error}");
    let Err(Error::Decode(error)) = call::<_, DoItError>(json(), EVENTS).await else {
        panic!("no stream");
    };
    assert_eq!(&error.body()[..], b"{\"piece\": \"all\"}");
    let either = call::<_, DoItError>(json(), EITHER).await.expect("either");
    assert_eq!(either.into_inner().whole().expect("all at once").piece, "all");
    let either = call::<_, DoItError>(stream(), EITHER).await.expect("either");
    let mut events = either.into_inner().stream().expect("a stream");
    assert_eq!(all(&mut events).await.len(), 1);
}

#[tokio::test]
async fn an_error_of_a_stream_is_typed() {
    let answer = vec![
        head("400 Bad Request", "application/json"),
        b"{\"code\": \"BAD\", ".to_vec(),
        b"\"piece\": \"no\"}".to_vec(),
    ];
    let Err(Error::Api(error)) = call::<_, DoItError>(answer, EVENTS).await else {
        panic!("a documented error");
    };
    assert_eq!(error.kind, DoItError::Bad(Piece { piece: "no".into() }));
    let answer = vec![
        head("500 Internal Server Error", "text/event-stream"),
        b"data: oops\n\n".to_vec(),
    ];
    let Err(Error::Undocumented(error)) = call::<_, DoItError>(answer, BYTES).await else {
        panic!("an undocumented error");
    };
    assert_eq!(&error.body()[..], b"data: oops\n\n");
}

#[tokio::test]
async fn an_interrupted_stream_is_an_error() {
    let mut answer = chunked("text/event-stream", b"data: {\"piece\": \"a\"}\n\ndata: {", 100);
    answer.pop();
    let mut events = call::<_, DoItError>(answer, EVENTS).await.expect("a stream");
    assert!(matches!(events.next_data().await, Some(Ok(_))));
    let error = events.next().await.expect("an error").expect_err("broken");
    assert!(matches!(error, Error::Transport(error) if error.kind() == TransportErrorKind::Broken));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn text_fields_and_lines_are_read_as_they_are_documented() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Whole {
        Text {
            event: String,
            data: String,
        },
        Piece {
            event: String,
            data: Piece,
            id: Option<String>,
            retry: Option<u32>,
        },
    }
    const FIELDS: Success<EventStream<Whole>> =
        &[Case::range_stream(2, "text/event-stream", runtime::whole_events)];
    const TEXT: Success<EventStream<String>> = &[Case::default_stream("", runtime::text_events)];
    const LINES: Success<EventStream<Piece>> = &[Case::status_stream(200, "", runtime::json_lines)];
    const RECORDS: Success<EventStream<Piece>> = &[Case::status_stream(200, "", runtime::json_sequence)];

    let stream = "retry: 250\nid: 1\nevent: made\ndata: {\"piece\": \"a\"}\n\nevent: done\ndata: [DONE]\n\n\
                  event: text\ndata: 12\n\n";
    let answer = chunked("text/event-stream", stream.as_bytes(), 3);
    let mut events = call::<_, Infallible>(answer, FIELDS).await.expect("a stream");
    let found: Vec<Whole> = all(&mut events)
        .await
        .iter()
        .map(|event| event.data().expect("data"))
        .collect();
    let text = |event: &str, data: &str| Whole::Text {
        event: event.to_owned(),
        data: data.to_owned(),
    };
    let made = Whole::Piece {
        event: "made".to_owned(),
        data: Piece {
            piece: "a".to_owned(),
        },
        id: Some("1".to_owned()),
        retry: Some(250),
    };
    assert_eq!(found, [made, text("done", "[DONE]"), text("text", "12")]);
    assert_eq!(events.retry(), Some(Duration::from_millis(250)));
    assert_eq!(events.last_event_id(), "1");

    let answer = chunked("text/event-stream", b"data: a\ndata: b\n\n", 3);
    let mut events = call::<_, Infallible>(answer, TEXT).await.expect("a stream");
    assert_eq!(events.next_data().await.expect("an event").expect("text"), "a\nb");

    let answer = chunked(
        "application/jsonl",
        "{\"piece\": \"ä\"}\r\nno\n{\"piece\": \"b\"}".as_bytes(),
        2,
    );
    let mut events = call::<_, Infallible>(answer, LINES).await.expect("a stream");
    assert_eq!(
        events.next_data().await.expect("a line").expect("data").piece,
        "ä"
    );
    assert!(matches!(events.next_data().await, Some(Err(Error::Decode(_)))));
    assert_eq!(
        events.next_data().await.expect("a line").expect("data").piece,
        "b"
    );
    assert!(events.next_data().await.is_none());

    let answer = chunked("application/json-seq", b"\x1e{\n\"piece\": \"a\"}\n", 2);
    let mut events = call::<_, Infallible>(answer, RECORDS).await.expect("a stream");
    assert_eq!(
        events.next_data().await.expect("a value").expect("data").piece,
        "a"
    );
}

#[tokio::test]
async fn bytes_are_read_as_they_arrive() {
    let answer = || chunked("application/zip", b"0123456789", 3);
    let mut stream = call::<_, Infallible>(answer(), BYTES).await.expect("a stream");
    let mut chunks = Vec::new();
    while let Some(chunk) = stream.chunk().await.expect("bytes") {
        chunks.push(chunk);
    }
    assert_eq!(chunks.concat(), b"0123456789");
    assert!(stream.chunk().await.expect("the end").is_none());

    let mut stream = call::<_, Infallible>(answer(), BYTES)
        .await
        .expect("a stream")
        .into_inner();
    let mut two = [0; 2];
    stream.read_exact(&mut two).await.expect("bytes");
    assert_eq!(&two, b"01");
    assert_eq!(stream.bytes().await.expect("the rest"), "23456789");

    let mut stalling = answer();
    stalling.insert(2, STALL.to_vec());
    let (url, _served) = server(vec![stalling]).await;
    let core = core(&url);
    let mut request = Request::new(&GET);
    request.timeout(Duration::from_millis(200));
    let mut stream = Call::new(&core, request)
        .send::<_, Infallible>(BYTES)
        .await
        .expect("a stream");
    assert_eq!(stream.chunk().await.expect("bytes").expect("bytes"), "012");
    let error = stream.chunk().await.expect_err("nothing comes");
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}

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

async fn send(request: Request, answers: Vec<Vec<Vec<u8>>>) -> (Result<(), Error<Infallible>>, Vec<String>) {
    let (url, served) = server(answers).await;
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
    insta::assert_snapshot!(whole, @r#"
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
    --B
    Content-Disposition: form-data; name="title"

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
