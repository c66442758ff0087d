//! The client of `specs/corpus/wire.yaml`, called over HTTP: the bytes of its requests, and responses of several media
//! types.

use corpus::wire::headers::SetCookieHeaders;
use corpus::wire::models::{
    ByFile, ByLink, Deep, DeepAItem, FileMore, GetEventsEvent, Line, Order, Place,
    SendNestedChoiceBodyByFile, SendNumbersBody, SendPartsBody, SendPartsPlacePlaceKind, SendRelatedBody,
    SendRelatedBodyMeta,
};
use corpus::wire::operations::GetAnswersError;
use corpus::wire::{Body, Client, Error, OperationError, Part};
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

async fn client_for(template: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    (server, client)
}

async fn sent(server: &MockServer) -> Request {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    requests.pop().expect("a request")
}

/// The body of a multipart form, with `B` as boundary and without carriage returns, and its media type.
fn parts(request: &Request) -> (String, String) {
    let content_type = request.headers["content-type"].to_str().expect("text");
    let (media_type, boundary) = content_type.split_once("; boundary=").expect("a boundary");
    let body = String::from_utf8_lossy(&request.body);
    (
        body.replace(boundary, "B").replace('\r', ""),
        media_type.to_owned(),
    )
}

fn order() -> Order {
    let mut order = Order::new("Ada & Co");
    order.tags = Some(vec!["a b".into(), "c".into()]);
    order.place = Some(Place {
        city: Some("Paris".into()),
        street: Some("1/2".into()),
    });
    order.lines = Some(vec![
        Line {
            item: "x".into(),
            count: Some(1),
        },
        Line::new("y"),
    ]);
    order.deep = Some(Deep {
        a: Some(vec![DeepAItem { b: Some(1) }]),
    });
    order.exploded = Some([("k".to_owned(), "v".to_owned())].into());
    order.csv = Some(vec![1, 2]);
    order.url = Some("https://example.com/?a=b&c".into());
    order.packed = Some(vec!["p".into(), "q".into()]);
    order
}

#[tokio::test]
async fn properties_of_a_form_have_the_documented_encodings() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    client.send_urlencoded(order()).await.expect("a success");
    let request = sent(&server).await;
    assert_eq!(
        request.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    let body = String::from_utf8(request.body).expect("text");
    // Without a style, objects are JSON.
    let expected = [
        "name=Ada%20%26%20Co",
        "tags=a%20b",
        "tags=c",
        "place=%7B%22city%22%3A%22Paris%22%2C%22street%22%3A%221%2F2%22%7D",
        "lines=%7B%22item%22%3A%22x%22%2C%22count%22%3A1%7D",
        "lines=%7B%22item%22%3A%22y%22%7D",
        "deep%5Ba%5D%5B0%5D%5Bb%5D=1",
        "k=v",
        "csv=1,2",
        "url=https://example.com/?a=b%26c",
        "packed=%5B%22p%22%2C%22q%22%5D",
    ];
    assert_eq!(body.split('&').collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn parts_have_styles_media_types_and_headers() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let Order {
        name,
        tags,
        place,
        lines,
        deep,
        exploded,
        csv,
        url,
        packed,
    } = order();
    let mut body = SendPartsBody {
        tags,
        place,
        lines,
        deep,
        exploded,
        csv,
        url,
        packed,
        ..SendPartsBody::new(name)
    };
    body.note = Some("n".into());
    body.photo = Some(Part::bytes("P").header("X-Checksum", "12"));
    client
        .send_parts(body)
        .place_place_kind(SendPartsPlacePlaceKind::Work)
        .place_seen("2024-01-02T03:04:05Z".parse().expect("a time"))
        .note_content_language(["de", "en"])
        .await
        .expect("a success");
    let (text, media_type) = parts(&sent(&server).await);
    assert_eq!(media_type, "multipart/form-data");
    let expected = r#"--B
Content-Disposition: form-data; name="name"

Ada & Co
--B
Content-Disposition: form-data; name="tags"

a b
--B
Content-Disposition: form-data; name="tags"

c
--B
Content-Disposition: form-data; name="place"
Content-Type: application/vnd.place+json
X-Place-Kind: work
X-Seen: 2024-01-02T03:04:05Z

{"city":"Paris","street":"1/2"}
--B
Content-Disposition: form-data; name="lines"
Content-Type: application/json

{"item":"x","count":1}
--B
Content-Disposition: form-data; name="lines"
Content-Type: application/json

{"item":"y"}
--B
Content-Disposition: form-data; name="deep[a][0][b]"

1
--B
Content-Disposition: form-data; name="k"

v
--B
Content-Disposition: form-data; name="csv"

1|2
--B
Content-Disposition: form-data; name="url"

https://example.com/?a=b&c
--B
Content-Disposition: form-data; name="packed"
Content-Type: application/json

["p","q"]
--B
Content-Disposition: form-data; name="photo"; filename="photo"
Content-Type: image/png
X-Checksum: 12

P
--B
Content-Disposition: form-data; name="note"
Content-Language: de,en

n
--B--"#;
    assert_eq!(text.trim_end(), expected);
}

#[tokio::test]
async fn a_header_of_a_missing_part_is_an_error() {
    let (_server, client) = client_for(ResponseTemplate::new(204)).await;
    let result = client
        .send_parts(SendPartsBody::new("a"))
        .note_content_language(["de"])
        .await;
    assert!(
        matches!(result, Err(Error::Request(error)) if error.to_string().contains("`note` has a header"))
    );
}

#[tokio::test]
async fn alternatives_of_a_form_hold_files() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let mut by_file = ByFile::new(Part::bytes("F").file_name("a.png"));
    by_file.more = Some(FileMore::Files(vec![Part::bytes("1"), Part::bytes("2")]));
    client.send_choice(by_file.into()).await.expect("a success");
    let (text, _) = parts(&sent(&server).await);
    let expected = r#"--B
Content-Disposition: form-data; name="file"; filename="a.png"
Content-Type: image/png

F
--B
Content-Disposition: form-data; name="more"; filename="more"
Content-Type: application/octet-stream

1
--B
Content-Disposition: form-data; name="more"; filename="more"
Content-Type: application/octet-stream

2
--B
Content-Disposition: form-data; name="kind"

file
--B--"#;
    assert_eq!(text.trim_end(), expected);

    let mut by_link = ByLink::new("l");
    by_link.preview = Some(Part::bytes("P").into());
    by_link.previews = Some(vec![Line::new("x").into(), Part::bytes("Q").into()]);
    client.send_choice(by_link.into()).await.expect("a success");
    let (text, _) = parts(&sent(&server).await);
    let expected = r#"--B
Content-Disposition: form-data; name="link"

l
--B
Content-Disposition: form-data; name="preview"; filename="preview"
Content-Type: application/octet-stream

P
--B
Content-Disposition: form-data; name="previews"
Content-Type: application/json

{"item":"x"}
--B
Content-Disposition: form-data; name="previews"; filename="previews"
Content-Type: application/octet-stream

Q
--B
Content-Disposition: form-data; name="kind"

link
--B--"#;
    assert_eq!(text.trim_end(), expected);
}

#[tokio::test]
async fn alternatives_inside_a_form_hold_files() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let mut body = SendNestedChoiceBodyByFile::new("F", "x");
    body.more = Some(Line::new("y").into());
    client.send_nested_choice(body.into()).await.expect("a success");
    let (text, _) = parts(&sent(&server).await);
    let expected = r#"--B
Content-Disposition: form-data; name="file"; filename="file"
Content-Type: application/octet-stream

F
--B
Content-Disposition: form-data; name="more"
Content-Type: application/json

{"item":"y"}
--B
Content-Disposition: form-data; name="item"

x
--B--"#;
    assert_eq!(text.trim_end(), expected);
}

#[tokio::test]
async fn parts_of_related_content_have_ids_and_a_root() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let meta = SendRelatedBodyMeta {
        title: Some("t".into()),
    };
    client
        .send_related()
        .body(SendRelatedBody::new(meta, Part::bytes("M").file_name("m.bin")))
        .await
        .expect("a success");
    let (text, media_type) = parts(&sent(&server).await);
    assert_eq!(media_type, r#"multipart/related; type="application/json""#);
    let expected = r#"--B
Content-ID: <meta>
Content-Type: application/json

{"title":"t"}
--B
Content-ID: <media>
Content-Disposition: attachment; filename="m.bin"
Content-Type: application/octet-stream

M
--B--"#;
    assert_eq!(text.trim_end(), expected);
}

#[tokio::test]
async fn a_body_with_a_range_has_the_media_type_that_the_caller_gives() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let content_type = async || sent(&server).await.headers["content-type"].clone();
    let png = Body::from("P").content_type("image/png");
    client.send_image(png).await.expect("a success");
    assert_eq!(content_type().await, "image/png");
    let text = Body::from("T").content_type("text/csv");
    client.send_text().body_as_text(text).await.expect("a success");
    assert_eq!(content_type().await, "text/csv");
    client.send_text().body(Line::new("x")).await.expect("a success");
    assert_eq!(content_type().await, "application/json");
    let before = server.received_requests().await.expect("requests").len();
    for wrong in [
        Body::from("P"),
        Body::from("P").content_type("image/*"),
        Body::from("P").content_type("text/plain"),
    ] {
        let result = client.send_image(wrong).await;
        assert!(
            matches!(&result, Err(Error::Request(error)) if error.to_string().contains("`image/*`")),
            "{result:?}"
        );
    }
    assert_eq!(server.received_requests().await.expect("requests").len(), before);
}

#[tokio::test]
async fn nan_and_infinity_are_not_sent() {
    let (server, client) = client_for(ResponseTemplate::new(204)).await;
    let share = |share| SendNumbersBody { share: Some(share) };
    let wrong = [
        client.send_numbers(f64::NAN),
        client.send_numbers(1.0).bounds(vec![1.5, f64::NEG_INFINITY]),
        client.send_numbers(1.0).weight(f64::NAN),
        client.send_numbers(1.0).body(share(f64::INFINITY)),
    ];
    for request in wrong {
        let result = request.await;
        assert!(
            matches!(&result, Err(Error::Request(error)) if error.to_string().contains("NaN and infinity")),
            "{result:?}"
        );
    }
    client
        .send_numbers(0.5)
        .bounds(vec![1.5, -2.0])
        .weight(3.25)
        .body(share(0.1))
        .await
        .expect("a success");
    let request = sent(&server).await;
    assert_eq!(request.url.path(), "/numbers/0.5");
    assert_eq!(request.url.query(), Some("bounds=1.5&bounds=-2.0"));
    assert_eq!(request.headers["x-weight"], "3.25");
    assert_eq!(request.body, br#"{"share":0.1}"#);
    // Problem details are only ever errors.
    assert_eq!(
        request.headers["accept"],
        "application/json, application/problem+json"
    );
    assert_eq!(server.received_requests().await.expect("requests").len(), 1);
}

#[tokio::test]
async fn json_may_begin_with_a_byte_order_mark() {
    let answer = ResponseTemplate::new(200).set_body_raw("\u{feff}{\"name\": \"Ada\"}", "application/json");
    let (_server, client) = client_for(answer).await;
    assert_eq!(client.get_answers().await.expect("a success").name, "Ada");
    let wrong =
        ResponseTemplate::new(400).set_body_raw("\u{feff}{\"code\": \"BAD_AGE\"}", "application/json");
    let (_server, client) = client_for(wrong).await;
    let error = client.get_answers().await.expect_err("an error");
    assert!(
        matches!(&error, Error::Api(error) if matches!(error.kind, GetAnswersError::BadAge(_))),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_response_has_the_requested_media_type() {
    let csv = ResponseTemplate::new(200).set_body_raw("a,b", "text/csv");
    let (server, client) = client_for(csv).await;
    assert_eq!(*client.get_answers().as_csv().await.expect("a success"), "a,b");
    let accept = sent(&server).await.headers["accept"]
        .to_str()
        .expect("text")
        .to_owned();
    // Media types of errors only are not in `Accept`, since a server could choose them for a success.
    assert_eq!(accept, "text/csv, application/json, application/problem+json");
    assert_eq!(
        &client.get_answers().as_pdf().await.expect("a success")[..],
        b"a,b"
    );
    let summary = ResponseTemplate::new(200).set_body_raw("{\"total\": 3}", "application/vnd.summary+json");
    let (_server, client) = client_for(summary).await;
    assert_eq!(
        client
            .get_answers()
            .as_vnd_summary_json()
            .await
            .expect("a success")
            .total,
        3
    );
}

#[tokio::test]
async fn all_cookies_are_read() {
    let template = ResponseTemplate::new(200)
        .set_body_json(json!({"name": "a"}))
        .append_header("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT")
        .append_header("set-cookie", "b=2");
    let (_server, client) = client_for(template).await;
    let response = client.get_answers().await.expect("a success");
    let headers: SetCookieHeaders = response.typed_headers().expect("headers");
    let cookies = headers.set_cookie.expect("cookies");
    assert_eq!(cookies, ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]);
}

/// Status, body and media type of a response, and a check of the error.
type Expectation = (u16, &'static str, &'static str, fn(&GetAnswersError) -> bool);

#[tokio::test]
async fn an_error_is_selected_by_its_media_type() {
    let expectations: [Expectation; 8] = [
        (400, r#"{"code": "BAD_AGE"}"#, "application/json", |it| {
            matches!(it, GetAnswersError::BadAge(_))
        }),
        (400, r#"{"code": "BAD_AGE"}"#, "", |it| {
            matches!(it, GetAnswersError::BadAge(_))
        }),
        (
            400,
            r#"{"title": "t"}"#,
            "application/problem+json; charset=utf-8",
            |it| matches!(it, GetAnswersError::BadRequestProblemJson(problem) if problem.title.as_deref() == Some("t")),
        ),
        (400, r#"{"code": "BAD_AGE"}"#, "application/problem+json", |it| {
            matches!(it, GetAnswersError::BadRequestProblemJson(_))
        }),
        (
            400,
            "no",
            "text/plain",
            |it| matches!(it, GetAnswersError::BadRequestText(text) if text == "no"),
        ),
        (
            500,
            r#"{"status": 500}"#,
            "application/problem+json",
            |it| matches!(it, GetAnswersError::Other(status, problem) if *status == 500 && problem.status == Some(500)),
        ),
        (500, r#"{"status": 500}"#, "application/json", |it| {
            matches!(it, GetAnswersError::Other(..))
        }),
        (
            502,
            "<h1>no</h1>",
            "text/html",
            |it| matches!(it, GetAnswersError::OtherHtml(status, text) if *status == 502 && text == "<h1>no</h1>"),
        ),
    ];
    for (status, body, media_type, expected) in expectations {
        let (_server, client) =
            client_for(ResponseTemplate::new(status).set_body_raw(body, media_type)).await;
        let Err(Error::Api(error)) = client.get_answers().await else {
            panic!("{status} {media_type} is documented");
        };
        assert!(expected(&error.kind), "{status} {media_type}: {:?}", error.kind);
        // The response of the error is read as the same error.
        let response = error.kind.to_response();
        let header = response.headers()["content-type"]
            .to_str()
            .expect("text")
            .to_owned();
        let again = ResponseTemplate::new(response.status().as_u16())
            .set_body_raw(response.into_body().to_vec(), &header);
        let (_server, client) = client_for(again).await;
        let Err(Error::Api(again)) = client.get_answers().await else {
            panic!("{status} {media_type} is written as what it is");
        };
        assert_eq!(again.kind, error.kind);
    }
    // The status is documented, but this media type is not.
    let (_server, client) =
        client_for(ResponseTemplate::new(400).set_body_raw("<h1>no</h1>", "text/html")).await;
    assert!(matches!(client.get_answers().await, Err(Error::Decode(_))));
}

#[tokio::test]
async fn item_schema_is_the_schema_of_an_event() {
    let text = "event: added\nid: 7\ndata: {\"item\": \"x\"}\n\nevent: ping\n\n";
    let template = ResponseTemplate::new(200).set_body_raw(text, "text/event-stream");
    let (_server, client) = client_for(template).await;
    let mut events = client.get_events().await.expect("a stream").into_inner();
    let added = events.next_data().await.expect("an event").expect("its data");
    assert!(
        matches!(&added, GetEventsEvent::Added(added) if added.id.as_deref() == Some("7")),
        "{added:?}"
    );
    let lines = ResponseTemplate::new(200)
        .set_body_raw("{\"item\": \"x\"}\n{\"item\": \"y\"}\n", "application/jsonl");
    let (_server, client) = client_for(lines).await;
    let mut lines = client.get_lines().await.expect("a stream").into_inner();
    assert_eq!(
        lines.next_data().await.expect("a line").expect("its data").item,
        "x"
    );
    assert_eq!(
        lines.next_data().await.expect("a line").expect("its data").item,
        "y"
    );
}
