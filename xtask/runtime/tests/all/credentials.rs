//! Credentials and tokens.

use super::support::{DONE, GET, KEY, Strict, builder, received, secured, server_with};
use pingback_runtime as runtime;
use pingback_runtime::{Call, Credential, Operation, Request};
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
