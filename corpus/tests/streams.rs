//! The client of `specs/corpus/streams.yaml`, called over HTTP: streams of events and bytes, and multipart forms.

use corpus::streams::models::{
    AddToAlbumBody, AddToAlbumBodyPlace, ChatBody, RunEvent, SearchBody, SearchBodyExact,
};
use corpus::streams::models::{AddToAlbumBodyPatch, SearchBodyFilter};
use corpus::streams::operations::{ChatError, MixedSuccess};
use corpus::streams::{Body, Client, Either, Error, Part};
use serde_json::json;
use wiremock::matchers::{any, headers, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

async fn client_for(template: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    let client = client(&server);
    (server, client)
}

fn client(server: &MockServer) -> Client {
    Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client")
}

fn events(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(text.as_bytes(), "text/event-stream; charset=utf-8")
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("requests are recorded")
}

#[tokio::test]
async fn accept_selects_the_kind_of_response() {
    let server = MockServer::start().await;
    let json = ResponseTemplate::new(200).set_body_json(json!({"text": "all"}));
    // The server responds with the first media type of `Accept`.
    Mock::given(method("POST"))
        .and(path("/chat"))
        .and(headers("accept", vec!["text/event-stream", "application/json"]))
        .respond_with(events("data: {\"piece\": \"a\"}\n\ndata: [DONE]\n\n"))
        .mount(&server)
        .await;
    Mock::given(any()).respond_with(json).mount(&server).await;
    let client = client(&server);

    let whole = client.chat(ChatBody::new(false)).await.expect("all at once");
    assert_eq!(whole.text, "all");

    let mut events = client.chat(ChatBody::new(true)).events().await.expect("a stream");
    let mut text = String::new();
    while let Some(event) = events.next().await {
        let event = event.expect("an event");
        if event.text() == "[DONE]" {
            break;
        }
        text += &event.data().expect("data").piece;
    }
    assert_eq!(text, "a");

    let either = client.chat(ChatBody::new(true)).either().await.expect("either");
    assert!(matches!(either.into_inner(), Either::Whole(body) if body.text == "all"));
    let accepted: Vec<String> = received(&server)
        .await
        .iter()
        .map(|request| request.headers["accept"].to_str().expect("text").to_owned())
        .collect();
    assert_eq!(
        accepted,
        [
            "application/json",
            "text/event-stream, application/json",
            "application/json, text/event-stream",
        ]
    );
}

#[tokio::test]
async fn an_unexpected_kind_of_response_is_an_error() {
    let (_server, client) = client_for(events("data: {\"piece\": \"a\"}\n\n")).await;
    let error = client.chat(ChatBody::new(true)).await.expect_err("a stream");
    assert!(error.to_string().contains("events()"), "{error}");
    let either = client.chat(ChatBody::new(true)).either().await.expect("either");
    let mut events = either.into_inner().stream().expect("a stream");
    assert_eq!(
        events.next_data().await.expect("an event").expect("data").piece,
        "a"
    );

    let problem = ResponseTemplate::new(429).set_body_json(json!({"message": "slow down"}));
    let (_server, client) = client_for(problem).await;
    let Err(Error::Api(error)) = client.chat(ChatBody::new(true)).events().await else {
        panic!("a documented error");
    };
    let ChatError::TooManyRequests(problem) = error.kind;
    assert_eq!(problem.message, "slow down");
}

#[tokio::test]
async fn one_operation_can_return_bytes_and_events() {
    let sound = ResponseTemplate::new(200).set_body_raw(b"\x00\x01".as_slice(), "audio/mpeg");
    let (_server, client) = client_for(sound).await;
    assert_eq!(&client.speak().await.expect("all at once")[..], b"\x00\x01");
    let mut stream = client.speak().streaming().await.expect("a stream");
    assert_eq!(
        stream.chunk().await.expect("bytes").expect("bytes"),
        b"\x00\x01"[..]
    );
    let (_server, client) = client_for(events("data: {\"piece\": \"a\"}\n\n")).await;
    let mut events = client.speak().events().await.expect("a stream");
    assert_eq!(
        events.next_data().await.expect("an event").expect("data").piece,
        "a"
    );
    assert!(client.speak().streaming().await.is_err());
}

#[tokio::test]
async fn events_are_decoded_as_documented() {
    let runs = "event: run.created\ndata: {\"piece\": \"a\"}\n\nevent: done\ndata: [DONE]\n\nevent: new\ndata: 1\n\n";
    let (_server, client) = client_for(events(runs)).await;
    let mut runs = client.watch_runs().await.expect("a stream");
    let mut found = Vec::new();
    while let Some(run) = runs.next_data().await {
        found.push(run.expect("an event of the document, or one that it does not list"));
    }
    assert!(
        matches!(&found[0], RunEvent::RunCreated(run) if run.data.piece == "a"),
        "{found:?}"
    );
    assert!(matches!(&found[1], RunEvent::Done(_)), "{found:?}");
    assert_eq!(found.len(), 3);

    let (_server, client) = client_for(events("data: 12\n\n")).await;
    let mut ticks = client.ticks().await.expect("a stream");
    assert_eq!(ticks.next_data().await.expect("an event").expect("text"), "12");
    let mut events = client.bare().await.expect("a stream");
    assert_eq!(events.next_data().await.expect("an event").expect("text"), "12");

    let lines = ResponseTemplate::new(200)
        .set_body_raw("{\"piece\": \"a\"}\n{\"piece\": \"b\"}", "application/jsonl");
    let (_server, client) = client_for(lines).await;
    let mut rows = client.rows().await.expect("a stream");
    let first = rows.next_data().await.expect("a line").expect("data");
    let second = rows.next_data().await.expect("a line").expect("data");
    assert_eq!((first.piece.as_str(), second.piece.as_str()), ("a", "b"));
}

#[tokio::test]
async fn parameters_can_have_the_names_of_the_streaming_methods() {
    let records =
        ResponseTemplate::new(200).set_body_raw("\u{1e}{\"piece\": \"a\"}\n", "application/json-seq");
    let (server, client) = client_for(records).await;
    let request = client.records().events(true).either(false).streaming(true);
    let mut events = request.events_().await.expect("a stream");
    assert_eq!(
        events.next_data().await.expect("a value").expect("data").piece,
        "a"
    );
    let query = received(&server).await[0].url.query().map(ToOwned::to_owned);
    assert_eq!(query.as_deref(), Some("events=true&either=false&streaming=true"));
}

#[tokio::test]
async fn a_success_enum_can_contain_a_stream() {
    let (_server, client) = client_for(events("data: {\"piece\": \"a\"}\n\n")).await;
    let MixedSuccess::Ok(mut events) = client.mixed().await.expect("a success").into_inner() else {
        panic!("events");
    };
    assert_eq!(
        events.next_data().await.expect("an event").expect("data").piece,
        "a"
    );
    let later = ResponseTemplate::new(202).set_body_json(json!({"text": "later"}));
    let (_server, client) = client_for(later).await;
    let later = client.mixed().await.expect("a success").into_inner();
    assert!(matches!(later, MixedSuccess::Accepted(body) if body.text == "later"));
    let other = ResponseTemplate::new(218).set_body_raw("data: b\n\n", "text/event-stream");
    let (_server, client) = client_for(other).await;
    let MixedSuccess::Success(status, mut events) = client.mixed().await.expect("a success").into_inner()
    else {
        panic!("events");
    };
    assert_eq!(status, 218);
    assert_eq!(events.next_data().await.expect("an event").expect("text"), "b");
}

#[tokio::test]
async fn bodies_are_created_from_several_types() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let borrowed = String::from("borrowed");
    client.replace("a", borrowed.as_str()).await.expect("a success");
    client.replace("a", vec![1, 2]).await.expect("a success");
    let reader = Body::reader(std::io::Cursor::new(b"from a reader"));
    client.replace("a", reader).await.expect("a success");
    client.put_rows("{}\n{}\n").await.expect("a success");
    let bodies: Vec<Vec<u8>> = received(&server)
        .await
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(
        bodies,
        [
            b"borrowed".to_vec(),
            vec![1, 2],
            b"from a reader".to_vec(),
            b"{}\n{}\n".to_vec()
        ]
    );
    let request = &received(&server).await[2];
    assert_eq!(request.headers["content-type"], "application/zip");

    let (_server, client) = client_for(ResponseTemplate::new(200).set_body_string("the text")).await;
    let mut stream = client
        .annotate("a")
        .body("text")
        .streaming()
        .await
        .expect("a stream");
    assert_eq!(stream.chunk().await.expect("bytes").expect("bytes"), "the text");
}

#[tokio::test]
async fn a_form_contains_files() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let cover = Part::bytes(Body::reader(std::io::Cursor::new(b"PNG")))
        .file_name("cover.png")
        .content_type("image/png")
        .header("X-Checksum", "1");
    let body = AddToAlbumBody {
        pages: Some(vec!["one".into(), Part::bytes("two").file_name("2.tiff")]),
        scan: Some("%PDF".into()),
        images: Some(vec!["png".into()]),
        sound: Some(Part::text("file-1")),
        offer: Some("v=0".to_owned()),
        tags: Some(vec!["a".to_owned(), "b".to_owned()]),
        patch: Some(AddToAlbumBodyPatch { a: Some(1) }),
        ..AddToAlbumBody::new(cover, "Ada", AddToAlbumBodyPlace::new(1.5))
    };
    client.add_to_album(body).await.expect("a success");
    let request = &received(&server).await[0];
    let content_type = request.headers["content-type"].to_str().expect("text");
    let boundary = content_type.split_once("boundary=").expect("a boundary").1;
    let text = String::from_utf8_lossy(&request.body).replace('\r', "");
    let parts: Vec<&str> = text
        .split(&format!("--{boundary}"))
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "--")
        .collect();
    let file = |name: &str, file: &str, kind: &str, content: &str| {
        format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\nContent-Type: {kind}\n\n{content}"
        )
    };
    let field = |name: &str, kind: &str, content: &str| {
        format!("Content-Disposition: form-data; name=\"{name}\"{kind}\n\n{content}")
    };
    let cover = file("cover", "cover.png", "image/png\nX-Checksum: 1", "PNG");
    assert_eq!(
        parts,
        [
            cover,
            file("pages", "pages", "application/octet-stream", "one"),
            file("pages", "2.tiff", "application/octet-stream", "two"),
            file("scan", "scan", "application/pdf", "%PDF"),
            file("images", "images", "application/octet-stream", "png"),
            field("sound", "", "file-1"),
            field("offer", "\nContent-Type: application/sdp", "v=0"),
            field("title", "\nContent-Type: text/plain", "Ada"),
            field("place", "\nContent-Type: application/json", "{\"lat\":1.5}"),
            field("tags", "", "a"),
            field("tags", "", "b"),
            field(
                "patch",
                "\nContent-Type: application/merge-patch+json",
                "{\"a\":1}"
            ),
        ]
    );
}

#[tokio::test]
async fn a_form_has_the_documented_encoding() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let body = SearchBody {
        ids: Some(vec![1, 2]),
        filter: Some(SearchBodyFilter {
            a: Some("x".to_owned()),
        }),
        exact: Some(SearchBodyExact { b: Some(3) }),
        path: Some("/a:b&c".to_owned()),
        ..SearchBody::default()
    };
    client.search(body).await.expect("a success");
    let text = String::from_utf8(received(&server).await[0].body.clone()).expect("text");
    assert_eq!(
        text,
        "ids=1%7C2&filter%5Ba%5D=x&exact=%7B%22b%22%3A3%7D&path=/a:b%26c"
    );
}
