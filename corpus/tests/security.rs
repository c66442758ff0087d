//! The client of `specs/corpus/security.yaml`, called over HTTP: which credentials are sent.

use corpus::security::{Client, ClientBuilder, ProvideToken, TokenFuture};
use secrecy::SecretString;
use std::sync::atomic::{AtomicUsize, Ordering};
use wiremock::matchers::{any, header};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

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

/// The credentials of the last request, in its headers, query and cookie.
async fn sent(server: &MockServer) -> String {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    let request: Request = requests.pop().expect("a request");
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
    // No alternative is complete, so no credentials are sent.
    client(&server, |builder| builder.basic("u", "p"))
        .by_default()
        .await
        .expect("a success");
    assert_eq!(sent(&server).await, "");
}

#[tokio::test]
async fn all_credentials_of_an_alternative_are_sent_or_none() {
    let server = server().await;
    let all = client(&server, |builder| {
        builder
            .key("k")
            .query("q&")
            .cookie("c; d")
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
    assert_eq!(sent(&server).await, "session=c%3B%20d");
    all.by_oauth().await.expect("a success");
    assert_eq!(sent(&server).await, "Bearer o");
    let half = client(&server, |builder| builder.key("k"));
    half.both().await.expect("a success");
    assert_eq!(sent(&server).await, "");
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
