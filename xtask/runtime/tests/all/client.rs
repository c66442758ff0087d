//! Settings of the client: pace, timeout, and required settings.

use super::support::{API, DONE, GET, KEY, Strict, builder, core, server_with};
use pingback_runtime::{BuildError, Call, CoreBuilder, Credential, Error, Pace, Request, TransportErrorKind};
use std::time::{Duration, Instant};
use wiremock::ResponseTemplate;

#[tokio::test]
async fn requests_keep_to_the_pace() {
    let server = server_with(ResponseTemplate::new(204)).await;
    let mut builder = builder(&server);
    builder.pace(Some(Pace::new(10, 2)));
    let core = builder.build().expect("a core");
    let before = Instant::now();
    for _ in 0..5 {
        Call::new(&core, Request::new(&GET))
            .send::<_, Strict>(DONE)
            .await
            .expect("a success");
    }
    // Two requests at once, then three more with a delay of 100 ms each.
    assert!(
        before.elapsed() >= Duration::from_millis(290),
        "{:?}",
        before.elapsed()
    );
}

#[tokio::test]
async fn a_late_response_is_a_timeout() {
    let server = server_with(ResponseTemplate::new(204).set_delay(Duration::from_secs(5))).await;
    let core = core(&server);
    let mut request = Request::new(&GET);
    request.timeout(Duration::from_millis(50));
    let result = Call::new(&core, request).send::<_, Strict>(DONE).await;
    assert!(matches!(result, Err(Error::Transport(error)) if error.kind() == TransportErrorKind::Timeout));
}

#[test]
fn a_client_is_not_built_without_required_settings() {
    assert!(matches!(
        CoreBuilder::new(&API).build(),
        Err(BuildError::Missing("api_key"))
    ));
    for url in ["ftp://x", "https://u:p@x", "https://x?a=b", "nonsense"] {
        let mut builder = CoreBuilder::new(&API);
        builder.credential(0, Credential::fixed(KEY));
        builder.base_url(url);
        assert!(
            matches!(builder.build(), Err(BuildError::Invalid("base_url", _))),
            "{url}"
        );
    }
}
