//! The client of `specs/corpus/security.yaml`, called over HTTP: which credentials are sent.

use corpus::security::{Client, ClientBuilder, Error, ProvideToken, Request, TokenFuture};
use secrecy::SecretString;
use std::sync::atomic::{AtomicUsize, Ordering};
use wiremock::matchers::{any, header};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn server() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    server
}

fn client(server: &MockServer, with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    with(Client::builder().base_url(server.uri()))
        .build()
        .expect("a client")
}

/// How many requests the server has received.
async fn received(server: &MockServer) -> usize {
    let requests = server.received_requests().await;
    requests.expect("requests are recorded").len()
}

/// The credentials of the last request, in its headers, query and cookie.
async fn sent(server: &MockServer) -> String {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    let request = requests.pop().expect("a request");
    let header = |name: &str| {
        request
            .headers
            .get(name)
            .map(|value| value.to_str().expect("text").to_owned())
    };
    let found = [
        header("x-api-key"),
        request.url.query().map(str::to_owned),
        header("cookie"),
        header("authorization"),
    ];
    found.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_first_complete_security_alternative_is_used() {
    let server = server().await;
    let both = client(&server, |builder| builder.key("k").bearer("b"));
    both.by_default().await.expect("a success");
    assert_eq!(sent(&server).await, "k");
    let bearer = client(&server, |builder| builder.bearer("b"));
    bearer.by_default().await.expect("a success");
    assert_eq!(sent(&server).await, "Bearer b");
    // No alternative is complete.
    let before = received(&server).await;
    let other = client(&server, |builder| builder.basic("u", "p"));
    assert_eq!(
        refusal(other.by_default().await),
        "byDefault: credentials are missing: the client needs `key`, or `bearer`"
    );
    assert_eq!(received(&server).await, before);
    let by_hand = other
        .by_default()
        .customize(|call| call.extra_header("authorization", "Bearer x"));
    by_hand.await.expect("a success");
    assert_eq!(sent(&server).await, "Bearer x");
    let allowed = other.by_default().customize(Request::allow_missing_credentials);
    allowed.await.expect("a success");
    assert_eq!(sent(&server).await, "");
    let lax = client(&server, ClientBuilder::allow_missing_credentials);
    lax.by_default().await.expect("a success");
    assert_eq!(sent(&server).await, "");
}

/// Why a request was not sent.
fn refusal<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, Error<E>>) -> String {
    match result {
        Err(Error::Request(error)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_scheme_that_the_client_does_not_hold_counts_as_met() {
    let server = server().await;
    let none = client(&server, |builder| builder);
    none.elsewhere().await.expect("a success");
    assert_eq!(sent(&server).await, "");
    assert_eq!(
        refusal(none.held_elsewhere().await),
        "heldElsewhere: credentials are missing: the client needs `key`"
    );
    let key = client(&server, |builder| builder.key("k"));
    key.held_elsewhere().await.expect("a success");
    assert_eq!(sent(&server).await, "k");
}

#[tokio::test]
async fn all_credentials_of_an_alternative_are_sent_or_none() {
    let server = server().await;
    let all = client(&server, |builder| {
        builder
            .key("k")
            .query("q&")
            .cookie("s%3Aabc")
            .basic("u", "p")
            .oauth("o")
            .oidc("i")
    });
    all.both().await.expect("a success");
    assert_eq!(sent(&server).await, "k api_key=q%26");
    all.open().await.expect("a success");
    assert_eq!(sent(&server).await, "");
    all.optional().await.expect("a success");
    assert_eq!(sent(&server).await, "Basic dTpw");
    all.by_cookie().await.expect("a success");
    assert_eq!(sent(&server).await, "session=s%3Aabc");
    all.by_oauth().await.expect("a success");
    assert_eq!(sent(&server).await, "Bearer o");
    let half = client(&server, |builder| builder.key("k"));
    assert_eq!(
        refusal(half.both().await),
        "both: credentials are missing: the client needs `query`"
    );
}

/// Provides `old` until it is refused.
struct Tokens(AtomicUsize);

impl ProvideToken for Tokens {
    fn token(&self) -> TokenFuture<'_> {
        let token = if self.0.load(Ordering::SeqCst) == 0 {
            "old"
        } else {
            "new"
        };
        Box::pin(async move { Ok(SecretString::from(token)) })
    }

    fn refused(&self, _: &SecretString) -> bool {
        self.0.fetch_add(1, Ordering::SeqCst);
        true
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_by_the_provider() {
    let server = MockServer::start().await;
    Mock::given(header("authorization", "Bearer new"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let client = client(&server, |builder| {
        builder.oidc_provider(Tokens(AtomicUsize::new(0)))
    });
    client.by_oauth().await.expect("a success");
    assert_eq!(sent(&server).await, "Bearer new");
    assert_eq!(server.received_requests().await.expect("recorded").len(), 2);
}
