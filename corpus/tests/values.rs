//! The client of `specs/corpus/values.yaml`, called over HTTP: each value comes back as it was received, and what the
//! document excludes is an error.

use corpus::values::models::{Narrow, Order, Payment, PaymentAmount, Point, State, Values, Whole};
use corpus::values::{Client, Error};
use std::convert::Infallible;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Receives a value, and sends what was received. Returns the text that was sent.
async fn returned(received: &str) -> Result<String, Error<Infallible>> {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_raw(received, "application/json");
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    let values = client.send_values(Values::default()).await?;
    client.send_values(values.into_inner()).await?;
    let mut requests = server.received_requests().await.expect("requests are recorded");
    let request = requests.pop().expect("a request");
    Ok(String::from_utf8(request.body).expect("text"))
}

/// Expects that each value comes back as the text beside it.
async fn expect(pairs: &[(&str, &str)]) {
    for (received, expected) in pairs {
        let sent = returned(received)
            .await
            .unwrap_or_else(|error| panic!("{received}: {error}"));
        assert_eq!(sent, *expected, "for {received}");
    }
}

/// Expects that none of the values can be decoded.
async fn expect_refused(values: &[&str]) {
    for received in values {
        let error = returned(received).await.expect_err(received);
        assert!(matches!(error, Error::Decode(_)), "{received}: {error}");
    }
}

#[tokio::test]
async fn null_is_a_value_where_all_schemas_allow_it() {
    let point = Point { x: 1 };
    let order = Order::new(State::Placed, None, point.clone(), None);
    let narrow = Narrow::new("Ada", point, None);
    assert_eq!((order.from.x, narrow.point.x), (1, 1));
    let order = r#"{"order":{"state":"placed","before":null,"from":{"x":1},"to":null}}"#;
    let narrow = r#"{"narrow":{"name":"Ada","point":{"x":1},"note":null}}"#;
    expect(&[(order, order), (narrow, narrow)]).await;
    expect_refused(&[
        r#"{"order":{"state":null,"before":null,"from":{"x":1},"to":null}}"#,
        r#"{"order":{"state":"placed","before":null,"from":null,"to":null}}"#,
        r#"{"narrow":{"name":null,"point":{"x":1},"note":null}}"#,
        r#"{"narrow":{"name":"Ada","point":null,"note":null}}"#,
    ])
    .await;
}

#[tokio::test]
async fn integers_beside_numbers_keep_all_digits() {
    let pairs = [
        (r#"{"mixed":9007199254740993}"#, r#"{"mixed":9007199254740993}"#),
        (
            r#"{"mixed":-18446744073709551617}"#,
            r#"{"mixed":-18446744073709551617}"#,
        ),
        (r#"{"mixed":1}"#, r#"{"mixed":1}"#),
        (r#"{"mixed":1.5}"#, r#"{"mixed":1.5}"#),
        (r#"{"mixed":3.0}"#, r#"{"mixed":3}"#),
        (r#"{"mixed":true}"#, r#"{"mixed":true}"#),
        (r#"{"some":9007199254740993}"#, r#"{"some":9007199254740993}"#),
        (r#"{"some":0.25}"#, r#"{"some":0.25}"#),
        (r#"{"some":"7"}"#, r#"{"some":"7"}"#),
        (
            r#"{"list":[9007199254740993,2.5,-1]}"#,
            r#"{"list":[9007199254740993,2.5,-1]}"#,
        ),
        (r#"{"below":-1}"#, r#"{"below":-1}"#),
        (
            r#"{"below":18446744073709551615}"#,
            r#"{"below":18446744073709551615}"#,
        ),
        (
            r#"{"above":18446744073709551615}"#,
            r#"{"above":18446744073709551615}"#,
        ),
        (r#"{"long":9007199254740993}"#, r#"{"long":9007199254740993}"#),
        (r#"{"ratio":1.5}"#, r#"{"ratio":1.5}"#),
    ];
    let whole = |text: &str| format!(r#"{{"numbers":{text}}}"#);
    for (received, expected) in pairs {
        expect(&[(&whole(received), &whole(expected))]).await;
    }
    expect_refused(&[&whole(r#"{"above":-1}"#), &whole(r#"{"long":1.5}"#)]).await;
}

#[tokio::test]
async fn members_that_only_conditions_describe_are_kept() {
    let payment = Payment {
        number: Some("1".to_owned()),
        amount: Some(PaymentAmount::Integer(3)),
        cvc: Some(7),
        ..Payment::new("card")
    };
    assert_eq!((payment.iban, payment.hint), (None, None));
    let card = r#"{"payment":{"kind":"card","hint":[1],"number":"1","amount":3,"cvc":7}}"#;
    let bank = r#"{"payment":{"kind":"bank","amount":"3.50","iban":"X"}}"#;
    expect(&[(card, card), (bank, bank)]).await;
}

#[tokio::test]
async fn null_is_kept_where_any_json_is_valid() {
    let any = r#"{"any":{"any":null,"referred":null,"either":null}}"#;
    let one = r#"{"one":{"any":null,"referred":null,"either":null}}"#;
    expect(&[(any, any), (one, one), (r#"{"any":{}}"#, r#"{"any":{}}"#)]).await;
}

#[test]
fn integers_may_have_a_fraction_of_zero() {
    let read = |text: &str| serde_json::from_str::<Whole>(text);
    let whole = read(
        r#"{"count":3.0,"small":2e1,"perhaps":-0.0,"list":[1.0,null,-2],"map":{"a":4.0},"level":2.0,"more":5.0}"#,
    )
    .expect("integers");
    let written = serde_json::to_string(&whole).expect("JSON");
    let expected =
        r#"{"count":3,"small":20,"perhaps":0,"list":[1,null,-2],"map":{"a":4},"level":2,"more":5}"#;
    assert_eq!(written, expected);
    assert_eq!(
        serde_json::to_string(&read(&written).expect("integers")).expect("JSON"),
        expected
    );
    let null = read(r#"{"count":1,"small":1,"perhaps":null}"#).expect("null is valid");
    assert_eq!(
        serde_json::to_string(&null).expect("JSON"),
        r#"{"count":1,"small":1,"perhaps":null}"#
    );
    for wrong in ["3.5", "-1.0", "4294967296.0", "1e300", "null", "true", "\"3\""] {
        read(&format!(r#"{{"count":1,"small":{wrong}}}"#)).expect_err(wrong);
    }
}
