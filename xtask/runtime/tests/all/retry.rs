//! Repeating failed requests.

use super::support::{DONE, GET, POST, Strict, builder, call, received, server_with};
use pingback_runtime::{Call, Error, Request, Retry};
use std::time::{Duration, Instant};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_request_is_repeated_after_the_delay_of_retry_after() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "1");
    Mock::given(any())
        .respond_with(busy)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let mut builder = builder(&server);
    builder.retry(Retry::new());
    let core = builder.build().expect("a core");
    let before = Instant::now();
    Call::new(&core, Request::new(&GET))
        .send::<_, Strict>(DONE)
        .await
        .expect("a success");
    assert!(before.elapsed() >= Duration::from_secs(1));
    assert_eq!(received(&server).await.len(), 2);
}

#[tokio::test]
async fn only_repeatable_requests_are_repeated() {
    let server = server_with(ResponseTemplate::new(503)).await;
    let mut builder = builder(&server);
    builder.retry(Retry::new().first_delay(Duration::from_millis(1)));
    let core = builder.build().expect("a core");
    let send = async |operation, repeatable| {
        let mut request = Request::new(operation);
        if repeatable {
            request.repeatable();
        }
        let before = received(&server).await.len();
        assert!(Call::new(&core, request).send::<_, Strict>(DONE).await.is_err());
        received(&server).await.len() - before
    };
    assert_eq!(send(&POST, false).await, 1);
    assert_eq!(send(&POST, true).await, 3);
    assert_eq!(send(&GET, false).await, 3);
}

#[tokio::test]
async fn the_budget_limits_repetitions() {
    let server = server_with(ResponseTemplate::new(503)).await;
    let mut builder = builder(&server);
    builder.retry(
        Retry::new()
            .first_delay(Duration::from_millis(1))
            .attempts(5)
            .budget(2),
    );
    let core = builder.build().expect("a core");
    for _ in 0..3 {
        assert!(
            Call::new(&core, Request::new(&GET))
                .send::<_, Strict>(DONE)
                .await
                .is_err()
        );
    }
    assert_eq!(received(&server).await.len(), 3 + 2);
}

#[tokio::test]
async fn a_long_retry_after_is_returned_to_the_caller() {
    let server = server_with(ResponseTemplate::new(429).insert_header("retry-after", "3600")).await;
    let mut builder = builder(&server);
    builder.retry(Retry::new());
    let core = builder.build().expect("a core");
    let result = Call::new(&core, Request::new(&GET)).send::<_, Strict>(DONE).await;
    let Err(Error::Undocumented(response)) = result else {
        panic!("undocumented")
    };
    assert_eq!(response.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn a_date_in_retry_after_is_parsed() {
    let past = ResponseTemplate::new(429).insert_header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    let Err(Error::Undocumented(response)) = call::<Strict>(past).await else {
        panic!("undocumented")
    };
    assert_eq!(response.retry_after(), Some(Duration::ZERO));
    let future = ResponseTemplate::new(429).insert_header("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT");
    let Err(Error::Undocumented(response)) = call::<Strict>(future).await else {
        panic!("undocumented")
    };
    let at = std::time::SystemTime::now() + response.retry_after().expect("a date");
    let seconds = at
        .duration_since(std::time::SystemTime::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    assert!(seconds.abs_diff(253_402_300_799) <= 2, "{seconds}");
}
