//! The client of `specs/corpus/security.yaml`, called over HTTP: which credentials go where.

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

/// Header, query and cookie of the last request, as far as they tell who sends it.
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
async fn the_first_alternative_that_can_be_had_is_taken() {
    let server = server().await;
    let both = client(&server, |builder| builder.key("k").bearer("b"));
    both.by_default().await.expect("a success");
    assert_eq!(sent(&server).await, "k");
    let bearer = client(&server, |builder| builder.bearer("b"));
    bearer.by_default().await.expect("a success");
    assert_eq!(sent(&server).await, "Bearer b");
    // Nothing fits: the server has its say.
    client(&server, |builder| builder.basic("u", "p"))
        .by_default()
        .await
        .expect("a success");
    assert_eq!(sent(&server).await, "");
}

#[tokio::test]
async fn all_of_an_alternative_go_together_or_not_at_all() {
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

/// Gives `old` until it is refused.
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
async fn a_provider_gives_another_token_for_one_that_is_refused() {
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
