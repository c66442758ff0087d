//! The client of `specs/corpus/parameters.yaml`, called over HTTP: the location and the style of each parameter, with
//! `explode`, without, and by default.

use corpus::parameters::Client;
use corpus::parameters::models::{Color, GetLabelDeep, GetLabelFormItem, GetLabelJson, GetSimpleObject};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

async fn server() -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
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

fn text<'r>(request: &'r Request, header: &str) -> &'r str {
    request.headers[header].to_str().expect("text")
}

#[tokio::test]
async fn parameters_in_different_locations_can_share_a_name() {
    let (server, client) = server().await;
    let object = GetSimpleObject {
        a: Some("x/y".into()),
        b: Some(2),
    };
    client
        .get_simple(7, vec![1, 2], object, 20)
        .query_id("q&")
        .header_id("h")
        .cookie_id("c;")
        .await
        .expect("a success");
    let request = sent(&server).await;
    assert_eq!(request.url.path(), "/simple/7/1,2/a=x%2Fy,b=2");
    assert_eq!(request.url.query(), Some("limit=20&id=q%26"));
    assert_eq!((text(&request, "id"), text(&request, "cookie")), ("h", "id=c%3B"));
}

#[tokio::test]
async fn parameters_have_the_documented_styles() {
    let (server, client) = server().await;
    let when = "2024-01-02T03:04:05+02:00".parse().expect("a time");
    client
        .get_label(
            ["a", "b.c"],
            [("k", "v"), ("k;2", "v=2")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
        )
        .spaced(["a b", "c"])
        .piped(["a|b", "c"])
        .deep(GetLabelDeep {
            from: Some("2024-01-02".parse().expect("a date")),
            to: None,
        })
        .form(vec![GetLabelFormItem::A, GetLabelFormItem::B])
        .json(GetLabelJson::new("ä"))
        .reserved("/a?b=c&d")
        .list(vec![1, 2])
        .when(when)
        .session(["s 1", "s2"])
        .await
        .expect("a success");
    let request = sent(&server).await;
    assert_eq!(request.url.path(), "/label/.a,b.c/;k=v;k%3B2=v%3D2");
    let query = request.url.query().expect("a query");
    let expected = [
        "spaced=a%20b%20c",
        "piped=a%7Cb%7Cc",
        "deep%5Bfrom%5D=2024-01-02",
        "form=a,b",
        "json=%7B%22q%22%3A%22%C3%A4%22%7D",
        "reserved=/a?b=c%26d",
    ];
    assert_eq!(query.split('&').collect::<Vec<_>>(), expected);
    assert_eq!(text(&request, "x-list"), "1,2");
    assert_eq!(text(&request, "x-when"), "2024-01-02T03:04:05+02:00");
    assert_eq!(text(&request, "cookie"), "session=s%201; session=s2");
}

/// Calls an operation with a list and an object, each with an undefined value, in all styles.
macro_rules! styles {
    ($client:expr, $method:ident) => {{
        let list = || vec![Some("a".to_owned()), None, Some("b/c".to_owned())];
        let color = || Color {
            r: Some(1),
            ..Color::default()
        };
        let call = $client.$method(list(), color(), list(), color(), list(), color());
        call.form_a(list())
            .form_o(color())
            .space_delimited_a(list())
            .space_delimited_o(color())
            .pipe_delimited_a(list())
            .pipe_delimited_o(color())
            .deep_object_a(list())
            .deep_object_o(color())
            .ha(list())
            .ho(color())
            .c_a(list())
            .c_o(color())
            .await
            .expect("a success")
    }};
}

fn describe(request: &Request) -> String {
    format!(
        "{}\n{}\n{} {}\n{}",
        request.url.path(),
        request.url.query().expect("a query").replace('&', "\n"),
        text(request, "ha"),
        text(request, "ho"),
        text(request, "cookie")
    )
}

#[tokio::test]
async fn explode_applies_to_every_style() {
    let (server, client) = server().await;
    styles!(client, get_styles);
    let expected = "\
/styles/a,b%2Fc/R,1/.a,b%2Fc/.R,1/;mA=a,b%2Fc/;mO=R,1
formA=a
formA=b%2Fc
R=1
spaceDelimitedA=a%20b%2Fc
spaceDelimitedO=R%201
pipeDelimitedA=a%7Cb%2Fc
pipeDelimitedO=R%7C1
deepObjectA%5B%5D=a
deepObjectA%5B%5D=b%2Fc
deepObjectO%5BR%5D=1
a,b/c R,1
cA=a; cA=b/c; R=1";
    assert_eq!(describe(&sent(&server).await), expected);
    styles!(client, get_exploded);
    let expected = "\
/exploded/a,b%2Fc/R=1/.a.b%2Fc/.R=1/;mA=a;mA=b%2Fc/;R=1
formA=a
formA=b%2Fc
R=1
spaceDelimitedA=a
spaceDelimitedA=b%2Fc
R=1
pipeDelimitedA=a
pipeDelimitedA=b%2Fc
R=1
deepObjectA%5B%5D=a
deepObjectA%5B%5D=b%2Fc
deepObjectO%5BR%5D=1
a,b/c R=1
cA=a; cA=b/c; R=1";
    assert_eq!(describe(&sent(&server).await), expected);
    styles!(client, get_whole);
    let expected = "\
/whole/a,b%2Fc/R,1/.a,b%2Fc/.R,1/;mA=a,b%2Fc/;mO=R,1
formA=a,b%2Fc
formO=R,1
spaceDelimitedA=a%20b%2Fc
spaceDelimitedO=R%201
pipeDelimitedA=a%7Cb%2Fc
pipeDelimitedO=R%7C1
deepObjectA%5B%5D=a
deepObjectA%5B%5D=b%2Fc
deepObjectO%5BR%5D=1
a,b/c R,1
cA=a%2Cb/c; cO=R%2C1";
    assert_eq!(describe(&sent(&server).await), expected);
}

#[tokio::test]
async fn empty_values_are_omitted_or_rejected() {
    let (server, client) = server().await;
    let color = Color::default;
    let result = client
        .get_styles(vec![], color(), vec![], color(), vec![], color())
        .await;
    assert!(matches!(result, Err(corpus::parameters::Error::Request(error)) if error.parameter() == "sA"));
    client
        .get_mixed(
            "7f8e9d0c-1b2a-4c3d-8e4f-5a6b7c8d9e0f".parse().expect("a UUID"),
            corpus::parameters::models::GetMixedEnding::Json,
        )
        .await
        .expect("a success");
    let request = sent(&server).await;
    assert_eq!(
        request.url.path(),
        "/mixed/7f8e9d0c-1b2a-4c3d-8e4f-5a6b7c8d9e0f.json"
    );
    assert_eq!(request.url.query(), None);
}

#[tokio::test]
async fn headers_that_differ_in_case_are_one() {
    let (server, client) = server().await;
    let request = client.get_case(true, 7).ids("upper").query_ids("lower");
    request.await.expect("a success");
    let request = sent(&server).await;
    let of = |name: &str| request.headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(of("x-ids"), ["7"]);
    assert_eq!(of("x-kind"), ["true"]);
    assert_eq!(request.url.query(), Some("IDS=upper&ids=lower"));
}
