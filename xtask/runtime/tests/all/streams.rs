//! Responses that are read as streams, split at arbitrary positions.

use super::support::error_impls;
use super::tcp::{API, STALL, chunked, head, operation, server};
use pingback_runtime as runtime;
use pingback_runtime::{
    ByteStream, Call, Case, Core, CoreBuilder, Either, Error, ErrorCases, Event, EventStream, Operation,
    OperationError, Request, Response, Success, TransportErrorKind,
};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::time::Duration;
use tokio::io::AsyncReadExt;

static GET: Operation = operation(http::Method::GET);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Piece {
    pub(super) piece: String,
}

#[derive(Debug, PartialEq)]
enum DoItError {
    Bad(Piece),
}

error_impls!(DoItError, Infallible, |_| None);

impl ErrorCases for DoItError {
    const API: &'static runtime::Api = &API;

    const CASES: &'static [Case<Self>] = &[Case::code(400, "BAD", |reply| {
        runtime::json(reply).map(Self::Bad)
    })];

    fn reply(&self) -> runtime::ErrorReply<'_> {
        match self {
            Self::Bad(piece) => runtime::ErrorReply::json(0, piece),
        }
    }
}

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

fn core(url: &str) -> Core {
    let mut builder = CoreBuilder::new(&API);
    builder.base_url(url);
    builder.build().expect("a core")
}

async fn call<T, E: OperationError>(
    reply: Vec<Vec<u8>>,
    success: Success<T>,
) -> Result<Response<T>, Error<E>> {
    let (url, served) = server(vec![reply]).await;
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
        let reply = chunked("text/event-stream; charset=utf-8", stream.as_bytes(), size);
        let mut events = call::<_, DoItError>(reply, EVENTS).await.expect("a stream");
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
    let mut reply = chunked("text/event-stream", b"data: {\"piece\": \"a\"}\n\n", 100);
    reply.insert(2, STALL.to_vec());
    let mut events = call::<_, DoItError>(reply, EVENTS).await.expect("a stream");
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
    let reply = vec![
        head("400 Bad Request", "application/json"),
        b"{\"code\": \"BAD\", ".to_vec(),
        b"\"piece\": \"no\"}".to_vec(),
    ];
    let Err(Error::Api(error)) = call::<_, DoItError>(reply, EVENTS).await else {
        panic!("a documented error");
    };
    assert_eq!(error.kind, DoItError::Bad(Piece { piece: "no".into() }));
    let reply = vec![
        head("500 Internal Server Error", "text/event-stream"),
        b"data: oops\n\n".to_vec(),
    ];
    let Err(Error::Undocumented(error)) = call::<_, DoItError>(reply, BYTES).await else {
        panic!("an undocumented error");
    };
    assert_eq!(&error.body()[..], b"data: oops\n\n");
}

#[tokio::test]
async fn an_interrupted_stream_is_an_error() {
    let mut reply = chunked("text/event-stream", b"data: {\"piece\": \"a\"}\n\ndata: {", 100);
    reply.pop();
    let mut events = call::<_, DoItError>(reply, EVENTS).await.expect("a stream");
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
    let reply = chunked("text/event-stream", stream.as_bytes(), 3);
    let mut events = call::<_, Infallible>(reply, FIELDS).await.expect("a stream");
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

    let reply = chunked("text/event-stream", b"data: a\ndata: b\n\n", 3);
    let mut events = call::<_, Infallible>(reply, TEXT).await.expect("a stream");
    assert_eq!(events.next_data().await.expect("an event").expect("text"), "a\nb");

    let reply = chunked(
        "application/jsonl",
        "{\"piece\": \"ä\"}\r\nno\n{\"piece\": \"b\"}".as_bytes(),
        2,
    );
    let mut events = call::<_, Infallible>(reply, LINES).await.expect("a stream");
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

    let reply = chunked("application/json-seq", b"\x1e{\n\"piece\": \"a\"}\n", 2);
    let mut events = call::<_, Infallible>(reply, RECORDS).await.expect("a stream");
    assert_eq!(
        events.next_data().await.expect("a value").expect("data").piece,
        "a"
    );
}

#[tokio::test]
async fn bytes_are_read_as_they_arrive() {
    let reply = || chunked("application/zip", b"0123456789", 3);
    let mut stream = call::<_, Infallible>(reply(), BYTES).await.expect("a stream");
    let mut chunks = Vec::new();
    while let Some(chunk) = stream.chunk().await.expect("bytes") {
        chunks.push(chunk);
    }
    assert_eq!(chunks.concat(), b"0123456789");
    assert!(stream.chunk().await.expect("the end").is_none());

    let mut stream = call::<_, Infallible>(reply(), BYTES)
        .await
        .expect("a stream")
        .into_inner();
    let mut two = [0; 2];
    stream.read_exact(&mut two).await.expect("bytes");
    assert_eq!(&two, b"01");
    assert_eq!(stream.bytes().await.expect("the rest"), "23456789");

    let mut stalling = reply();
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
