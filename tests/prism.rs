//! Tests the generated client with Prism, a mock server for Pingback's document: every operation, with every status
//! that the document lists for it.
//!
//! If a status has several error bodies, Prism sends the first one. It therefore sends only 17 of the 22 combinations of
//! operation, status and code; `error_combinations.rs` tests all of them. Successful responses are requested with
//! `dynamic=true`, since the document's example of a subscriber has a number where its schema requires a string.

#[path = "support/prism.rs"]
mod support;

use pingback_generated::models::{AddSubscriberToSegmentBody, NewSubscriber, UpdateSubscriberBody};
use pingback_generated::operations::{
    AddSubscriberToSegmentError, CreateSubscriberError, GetSubscriberError, RemoveSubscriberFromSegmentError,
    UpdateSubscriberError,
};
use pingback_generated::{Client, Error};
use support::Prism;

fn client(prism: &Prism, prefer: &str) -> Client {
    Client::builder()
        .base_url(prism.url())
        .api_key("key")
        .developer_mode(true)
        .header("prefer", prefer)
        // A local mock server needs no rate limit.
        .pace(None)
        .build()
        .expect("a valid client")
}

macro_rules! statuses {
    ($($test:ident, $success:literal, $call:expr, $error:ident { $($status:literal $variant:ident,)* })*) => {
        $(#[tokio::test]
        async fn $test() {
            let Some(prism) = Prism::start(stringify!($test)) else { return };
            let call: fn(Client) -> _ = $call;

            let success = call(client(&prism, concat!("code=", $success, ", dynamic=true"))).await;
            let success = success.unwrap_or_else(|error| panic!("{error}\n{}", prism.log()));
            assert_eq!(success.status(), $success);

            $(match call(client(&prism, concat!("code=", $status))).await {
                Err(Error::Api(error)) => {
                    assert_eq!(error.status(), $status);
                    assert!(matches!(error.kind, $error::$variant(_)), "{} arrived as {error:?}", $status);
                }
                other => panic!("{} arrived as {other:?}\n{}", $status, prism.log()),
            })*
        })*
    };
}

statuses! {
    create_subscriber, 201, |client| async move {
        client.create_subscriber(NewSubscriber::new("ada@example.com")).await
    }, CreateSubscriberError {
        400 MissingBody,
        404 SegmentationListNotFound,
        409 SubscriberAlreadyExists,
        422 InvalidInput,
        500 InternalServerError,
    }
    get_subscriber, 200, |client| async move {
        client.get_subscriber("ada@example.com").await
    }, GetSubscriberError {
        404 SubscriberNotFound,
        500 InternalServerError,
    }
    update_subscriber, 200, |client| async move {
        let body = UpdateSubscriberBody { name: Some("Ada".to_owned()), ..UpdateSubscriberBody::default() };
        client.update_subscriber("ada@example.com").body(body).await
    }, UpdateSubscriberError {
        404 SubscriberNotFound,
        500 InternalServerError,
    }
    add_subscriber_to_segment, 200, |client| async move {
        let body = AddSubscriberToSegmentBody { segmentation_lists: Some(vec!["list".to_owned()]) };
        client.add_subscriber_to_segment("ada@example.com").body(body).await
    }, AddSubscriberToSegmentError {
        400 MissingBody,
        404 SubscriberNotFound,
        422 SubscriberEmailIsNecessary,
        500 InternalServerError,
    }
    remove_subscriber_from_segment, 200, |client| async move {
        client.remove_subscriber_from_segment("list", "ada@example.com").await
    }, RemoveSubscriberFromSegmentError {
        400 SubscriberNotEnabled,
        404 SubscriberNotFound,
        422 SubscriberEmailIsNecessary,
        500 InternalServerError,
    }
}

/// Prism validates the request: a body with a wrong type gets the response that the document lists for it.
#[tokio::test]
async fn prism_accepts_what_the_client_sends() {
    let Some(prism) = Prism::start("prism_accepts_what_the_client_sends") else {
        return;
    };
    let subscriber = NewSubscriber {
        phone: Some("+5511999999999".to_owned()),
        name: Some("John Doe".to_owned()),
        status: Some("free_subscriber".into()),
        ..NewSubscriber::new("example@email.com")
    };
    let created = client(&prism, "dynamic=true").create_subscriber(subscriber).await;
    assert_eq!(
        created
            .unwrap_or_else(|error| panic!("{error}\n{}", prism.log()))
            .status(),
        201
    );
}
