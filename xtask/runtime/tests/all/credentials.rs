//! Credentials and tokens.

use super::support::{DONE, GET, KEY, Strict, builder, received, secured, server_with};
use pingback_runtime as runtime;
use pingback_runtime::{Call, Core, CoreBuilder, Credential, Error, Operation, Request};
use serde_json::json;
use std::fmt::Write as _;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn credentials_and_client_headers_are_sent() {
    let server = server_with(ResponseTemplate::new(204)).await;
    let mut builder = builder(&server);
    builder.client_parameter(0, true);
    let core = builder.build().expect("a core");
    Call::new(&core, Request::new(&GET))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let request = &received(&server).await[0];
    assert_eq!(request.headers["x-api-key"], KEY);
    assert_eq!(request.headers["x-developer-mode"], "true");
    assert_eq!(request.headers["user-agent"], "test/1");
}

#[tokio::test]
async fn each_kind_of_credential_is_sent() {
    static ALL: Operation = secured(http::Method::GET, "/it", &[&[1, 2, 3]]);
    static BEARER: Operation = secured(http::Method::GET, "/it", &[&[1, 2, 3, 4], &[4]]);
    let server = server_with(ResponseTemplate::new(204)).await;
    let mut first = builder(&server);
    first.credential(1, Credential::fixed("a b"));
    first.credential(2, Credential::fixed("c"));
    first.credential(3, Credential::basic("Aladdin", "open sesame"));
    let first = first.build().expect("a core");
    Call::new(&first, Request::new(&ALL))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let mut second = builder(&server);
    second.credential(4, Credential::fixed("token"));
    let second = second.build().expect("a core");
    Call::new(&second, Request::new(&BEARER))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    let requests = received(&server).await;
    assert_eq!(requests[0].url.query(), Some("key=a%20b"));
    assert_eq!(requests[0].headers["cookie"], "session=c");
    // The example of RFC 7617.
    assert_eq!(
        requests[0].headers["authorization"],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert_eq!(requests[1].headers["authorization"], "Bearer token");
}

/// Provides `first` until it is refused, and another token after it if `renews`.
struct Tokens {
    refused: std::sync::Arc<std::sync::atomic::AtomicUsize>,
    renews: bool,
}

impl runtime::ProvideToken for Tokens {
    fn token(&self) -> runtime::TokenFuture<'_> {
        let refused = self.refused.load(std::sync::atomic::Ordering::SeqCst);
        let token = if refused == 0 { "first" } else { "second" };
        Box::pin(async move { Ok(secrecy::SecretString::from(token)) })
    }

    fn refused(&self, token: &secrecy::SecretString) -> bool {
        assert!(["first", "second"].contains(&secrecy::ExposeSecret::expose_secret(token)));
        self.refused.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.renews
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    static IT: Operation = secured(http::Method::POST, "/it", &[&[4]]);
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::header("authorization", "Bearer second"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let always = server_with(ResponseTemplate::new(401)).await;
    for (server, renews, sent, ok) in [
        (&server, true, 2, true),
        (&server, false, 1, false),
        (&always, true, 2, false),
    ] {
        let before = received(server).await.len();
        let refused = std::sync::Arc::default();
        let mut builder = builder(server);
        let refused_too = std::sync::Arc::clone(&refused);
        builder.credential(4, Credential::provided(Tokens { refused, renews }));
        let core = builder.build().expect("a core");
        let mut request = Request::new(&IT);
        request.json("application/json", json!({"a": 1}));
        let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
        assert_eq!(result.is_ok(), ok);
        let requests = received(server).await.split_off(before);
        assert_eq!(requests.len(), sent);
        assert!(requests.iter().all(|request| request.body == br#"{"a":1}"#));
        assert_eq!(refused_too.load(std::sync::atomic::Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn the_key_is_never_shown() {
    static IN_QUERY: Operation = secured(http::Method::GET, "/it", &[&[1]]);
    let server = MockServer::start().await;
    let mut builder = builder(&server);
    builder.credential(1, Credential::fixed(KEY));
    builder.header("x-more", KEY);
    let mut shown = format!("{builder:?}");
    let core = builder.build().expect("a core");
    let mut request = Request::new(&IN_QUERY);
    request.extra_header("authorization", KEY);
    let _ = write!(shown, "{core:?} {request:?} {:?}", Credential::basic("user", KEY));
    drop(server);
    // No server listens, unless the port is in use again: then it responds 404.
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    let error = result.expect_err("nobody listens");
    let _ = write!(shown, "{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let _ = write!(shown, "{cause} {cause:?}");
        source = cause.source();
    }
    assert!(!shown.contains(KEY), "{shown}");
}

/// Either the keys in the query and in the cookie, or basic authentication, or a token.
static EITHER: Operation = secured(http::Method::GET, "/it", &[&[1, 2], &[3], &[4]]);

fn core_with(server: &MockServer, set: impl FnOnce(&mut CoreBuilder)) -> Core {
    let mut builder = builder(server);
    set(&mut builder);
    builder.build().expect("a core")
}

/// Why a request is not sent: its name, and the error.
async fn refused(core: &Core, operation: &'static Operation) -> (String, String) {
    match Call::new(core, Request::new(operation))
        .send::<_, Strict>(DONE)
        .await
    {
        Err(Error::Request(error)) => (error.parameter().to_owned(), error.to_string()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_request_without_its_credentials_is_not_sent() {
    static ONE: Operation = secured(http::Method::POST, "/it", &[&[0, 4]]);
    let server = server_with(ResponseTemplate::new(204)).await;
    let none = core_with(&server, |_| {});
    let half = core_with(&server, |builder| builder.credential(2, Credential::fixed("c")));
    let refusals = [
        refused(&none, &EITHER).await,
        refused(&half, &EITHER).await,
        refused(&none, &ONE).await,
    ];
    let expected = [
        (
            "query_key",
            "doIt: credentials are missing: the client needs `query_key` and `cookie_key`, or `basic`, or `token`",
        ),
        (
            "query_key",
            "doIt: credentials are missing: the client needs `query_key`, or `basic`, or `token`",
        ),
        ("token", "doIt: credentials are missing: the client needs `token`"),
    ];
    let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(refusals, expected);
    assert!(received(&server).await.is_empty());
}

#[tokio::test]
async fn a_request_without_credentials_is_sent_where_that_is_allowed() {
    static ANONYMOUS: Operation = secured(http::Method::GET, "/it", &[&[4], &[]]);
    static OPEN: Operation = secured(http::Method::GET, "/it", &[]);
    let server = server_with(ResponseTemplate::new(204)).await;
    let core = core_with(&server, |_| {});
    let lax = core_with(&server, CoreBuilder::allow_missing_credentials);
    let mut allowed = Request::new(&EITHER);
    allowed.allow_missing_credentials();
    for (core, request) in [
        (&core, Request::new(&ANONYMOUS)),
        (&core, Request::new(&OPEN)),
        (&core, allowed),
        (&lax, Request::new(&EITHER)),
    ] {
        let result = Call::new(core, request).send::<_, Strict>(DONE).await;
        result.expect("a success");
    }
    for request in received(&server).await {
        assert!(!request.headers.contains_key("authorization"));
        assert!(!request.headers.contains_key("cookie"));
        assert_eq!(request.url.query(), None);
    }
}

#[tokio::test]
async fn a_credential_that_the_caller_writes_into_the_request_counts() {
    static BY_HEADER: Operation = secured(http::Method::GET, "/it", &[&[0]]);
    static API_WITHOUT_REQUIRED: runtime::Api = runtime::Api {
        credentials: &[
            ("api_key", runtime::CredentialKind::Header("x-api-key"), false),
            ("cookie_key", runtime::CredentialKind::Cookie("session"), false),
            ("token", runtime::CredentialKind::Bearer, false),
        ],
        ..super::support::API_WITHOUT_CREDENTIALS
    };
    static BY_COOKIE: Operation = secured(http::Method::GET, "/it", &[&[1]]);
    static BY_TOKEN: Operation = secured(http::Method::GET, "/it", &[&[2]]);
    let server = server_with(ResponseTemplate::new(204)).await;
    let build = |set: fn(&mut CoreBuilder)| {
        let mut builder = CoreBuilder::new(&API_WITHOUT_REQUIRED);
        builder.base_url(server.uri());
        set(&mut builder);
        builder.build().expect("a core")
    };
    let core = build(|_| {});
    for (operation, name, value) in [
        (&BY_HEADER, "X-Api-Key", "k"),
        (&BY_COOKIE, "cookie", "a=b; session=s"),
        (&BY_TOKEN, "authorization", "Negotiate n"),
    ] {
        let mut request = Request::new(operation);
        request.extra_header(name, value);
        Call::new(&core, request)
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let sent = received(&server).await.pop().expect("a request");
        assert_eq!(sent.headers[name], value);
        // Another header is no credential.
        let mut request = Request::new(operation);
        request.extra_header("x-other", value);
        let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
        assert!(matches!(result, Err(Error::Request(_))));
    }
    let by_client = build(|builder| builder.header("authorization", "Negotiate c"));
    let request = Request::new(&BY_TOKEN);
    Call::new(&by_client, request)
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    assert_eq!(
        received(&server).await.pop().expect("a request").headers["authorization"],
        "Negotiate c"
    );
}

#[tokio::test]
async fn a_key_in_a_cookie_is_sent_as_given_or_refused() {
    static BY_COOKIE: Operation = secured(http::Method::GET, "/it", &[&[2]]);
    let server = server_with(ResponseTemplate::new(204)).await;
    for key in ["s%3Aabc", "a=b+c/d==", "!#$&'()*-.:<>?@[]^_`{|}~"] {
        let core = core_with(&server, |builder| builder.credential(2, Credential::fixed(key)));
        Call::new(&core, Request::new(&BY_COOKIE))
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
        let sent = received(&server).await.pop().expect("a request");
        assert_eq!(sent.headers["cookie"], format!("session={key}"));
    }
    let before = received(&server).await.len();
    for key in [
        "sec ret",
        "sec;ret",
        "sec,ret",
        "sec\"ret",
        "sec\\ret",
        "sec\nret",
        "s\u{e9}cret",
    ] {
        let core = core_with(&server, |builder| builder.credential(2, Credential::fixed(key)));
        let (name, text) = refused(&core, &BY_COOKIE).await;
        assert_eq!(name, "cookie_key");
        assert_eq!(
            text,
            "doIt: `cookie_key` cannot be sent: it holds characters that no cookie can carry"
        );
    }
    assert_eq!(received(&server).await.len(), before);
}
