//! Every documented error of every operation is decoded as its own variant: the 22 combinations of operation, status
//! and code in the document, and the catalogue's 403 and 429 for each operation. Each variant converts back to the
//! response that it was decoded from.

use pingback_generated::models::{AddSubscriberToSegmentBody, ErrorBody, NewSubscriber};
use pingback_generated::operations::{
    AddSubscriberToSegmentError, CreateSubscriberError, GetSubscriberError, RemoveSubscriberFromSegmentError,
    UpdateSubscriberError,
};
use pingback_generated::{Client, Error, ErrorCode, OperationError};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const REQUEST_ID: &str = "ff37b0a8-de19-4f72-a7ed-0bd1cb73f29f";

/// A response with this status and code.
fn documented_response(status: u16, code: &str) -> ResponseTemplate {
    let body = serde_json::json!({ "error": "The message.", "errorCode": code, "requestId": REQUEST_ID });
    ResponseTemplate::new(status).set_body_json(body)
}

/// The response that an error converts into.
fn response_of(error: &impl OperationError) -> ResponseTemplate {
    let (parts, body) = error.to_response().into_parts();
    ResponseTemplate::new(parts.status)
        .set_body_bytes(body)
        .insert_header("content-type", &parts.headers["content-type"])
}

async fn server_with(response: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .api_key("key")
        .build()
        .expect("a valid client");
    (server, client)
}

macro_rules! combinations {
    ($($test:ident, $call:expr, $error:ident { $($status:literal $code:literal $variant:ident,)* })*) => {
        $(#[tokio::test]
        async fn $test() {
            $({
                let (_server, client) = server_with(documented_response($status, $code)).await;
                let call: fn(Client) -> _ = $call;
                match call(client).await {
                    Err(Error::Api(error)) => {
                        assert_eq!(error.status(), $status);
                        assert_eq!(error.code_str(), Some($code));
                        assert_eq!(error.code().map(ErrorCode::as_str), Some($code));
                        assert_eq!(error.request_id(), Some(REQUEST_ID));
                        match error.kind {
                            $error::$variant(body) => assert_eq!(body.error.as_deref(), Some("The message.")),
                            other => panic!("{} {} was decoded as {other:?}", $status, $code),
                        }
                    }
                    other => panic!("{} {} was decoded as {other:?}", $status, $code),
                }

                // A variant is sent and decoded as an equal value.
                let body_of_variant = ErrorBody {
                    error: Some("Another message.".to_owned()),
                    error_code: Some($code.to_owned()),
                    request_id: None,
                };
                let error = $error::$variant(body_of_variant.clone());
                assert_eq!((error.status().as_u16(), error.code_str()), ($status, Some($code)));
                assert_eq!(error.code().map(ErrorCode::as_str), Some($code));
                assert_eq!(error.to_string(), concat!($status, " ", $code, ": Another message."));
                assert_eq!(error.content_type(), Some("application/json"));
                let (_server, client) = server_with(response_of(&error)).await;
                let received = call(client).await.expect_err("an error");
                assert_eq!(received.kind(), Some(&error));

                // The code of the variant replaces a missing or different one.
                for code in [None, Some("OTHER".to_owned())] {
                    let error = $error::$variant(ErrorBody { error_code: code, ..body_of_variant.clone() });
                    let (_server, client) = server_with(response_of(&error)).await;
                    let received = call(client).await.expect_err("an error");
                    assert_eq!(received.kind(), Some(&$error::$variant(body_of_variant.clone())));
                    // The values differ, although they are sent as the same response.
                    assert_ne!(received.kind(), Some(&error));
                }
            })*
        })*

        #[test]
        fn the_table_is_complete() {
            let rows = [$($(concat!(stringify!($error), $status, $code)),*),*];
            assert_eq!(rows.len(), 22 + 10);
            assert_eq!(rows.iter().collect::<std::collections::BTreeSet<_>>().len(), rows.len());
        }
    };
}

combinations! {
    create_subscriber, |client| async move {
        client.create_subscriber(NewSubscriber::new("ada@example.com")).await
    }, CreateSubscriberError {
        400 "MISSING_BODY" MissingBody,
        404 "SEGMENTATION_LIST_NOT_FOUND" SegmentationListNotFound,
        409 "SUBSCRIBER_ALREADY_EXISTS" SubscriberAlreadyExists,
        422 "INVALID_INPUT" InvalidInput,
        500 "INTERNAL_SERVER_ERROR" InternalServerError,
        403 "FORBIDDEN" Forbidden,
        429 "TOO_MANY_REQUESTS" TooManyRequests,
    }
    get_subscriber, |client| async move {
        client.get_subscriber("ada@example.com").await
    }, GetSubscriberError {
        404 "SUBSCRIBER_NOT_FOUND" SubscriberNotFound,
        500 "INTERNAL_SERVER_ERROR" InternalServerError,
        403 "FORBIDDEN" Forbidden,
        429 "TOO_MANY_REQUESTS" TooManyRequests,
    }
    update_subscriber, |client| async move {
        client.update_subscriber("ada@example.com").await
    }, UpdateSubscriberError {
        404 "SUBSCRIBER_NOT_FOUND" SubscriberNotFound,
        500 "INTERNAL_SERVER_ERROR" InternalServerError,
        403 "FORBIDDEN" Forbidden,
        429 "TOO_MANY_REQUESTS" TooManyRequests,
    }
    add_subscriber_to_segment, |client| async move {
        client.add_subscriber_to_segment("ada@example.com").body(AddSubscriberToSegmentBody::default()).await
    }, AddSubscriberToSegmentError {
        400 "MISSING_BODY" MissingBody,
        400 "SUBSCRIBER_NOT_ENABLED" SubscriberNotEnabled,
        404 "SUBSCRIBER_NOT_FOUND" SubscriberNotFound,
        404 "SEGMENTATION_LIST_NOT_FOUND" SegmentationListNotFound,
        422 "SUBSCRIBER_EMAIL_IS_NECESSARY" SubscriberEmailIsNecessary,
        422 "INVALID_INPUT" InvalidInput,
        500 "INTERNAL_SERVER_ERROR" InternalServerError,
        403 "FORBIDDEN" Forbidden,
        429 "TOO_MANY_REQUESTS" TooManyRequests,
    }
    remove_subscriber_from_segment, |client| async move {
        client.remove_subscriber_from_segment("list", "ada@example.com").await
    }, RemoveSubscriberFromSegmentError {
        400 "SUBSCRIBER_NOT_ENABLED" SubscriberNotEnabled,
        404 "SUBSCRIBER_NOT_FOUND" SubscriberNotFound,
        404 "SEGMENTATION_LIST_NOT_FOUND" SegmentationListNotFound,
        422 "SUBSCRIBER_EMAIL_IS_NECESSARY" SubscriberEmailIsNecessary,
        422 "INVALID_INPUT" InvalidInput,
        500 "INTERNAL_SERVER_ERROR" InternalServerError,
        403 "FORBIDDEN" Forbidden,
        429 "TOO_MANY_REQUESTS" TooManyRequests,
    }
}
