//! The client of `specs/corpus/checked.yaml`, called over HTTP: values with constraints.

use corpus::checked::headers::LeftKindHeaders;
use corpus::checked::models::{
    Code, Either, Named, NewPerson, Option as Size, Password, PersonLimit, Price, String as Text,
    String1To10, Tags,
};
use corpus::checked::operations::GetPersonError;
use corpus::checked::{Client, Error, Limit};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

type TestResult = Result<(), Box<dyn std::error::Error>>;

async fn client_for(response: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .key("secret")
        .build()
        .expect("a valid client");
    (server, client)
}

fn person() -> Value {
    json!({ "id": 1, "name": "Ada", "code": "AB123", "tags": ["a", "b"], "either": ["x"], "price": 19.99 })
}

#[tokio::test]
async fn values_within_the_limits_are_sent() -> TestResult {
    let (server, client) = client_for(ResponseTemplate::new(200).set_body_json(person())).await;
    let mut new = NewPerson::new(String1To10::try_from("Ada")?, "AB123".parse()?);
    new.tags = Some(Tags::try_from(vec![
        String1To10::try_from("a")?,
        String1To10::try_from("b")?,
    ])?);
    new.either = Some(Either::from(Tags::try_from(vec![])?));
    new.price = Some(Price::try_from(0.29)?);
    new.password = Some(Password::try_from("correct horse")?);
    let got = client
        .put_person(Code::try_from("AB123")?, new)
        .limit(PersonLimit::try_from(100)?)
        .await?;
    assert_eq!(got.name.as_str(), "Ada");
    assert_eq!(got.price.map(Price::get), Some(19.99));
    assert_eq!(got.tags.as_ref().map(|tags| tags.len()), Some(2));
    let requests = server.received_requests().await.expect("recorded");
    assert_eq!(requests[0].url.path(), "/people/AB123");
    assert_eq!(requests[0].url.query(), Some("limit=100"));
    let body: Value = serde_json::from_slice(&requests[0].body)?;
    assert_eq!(
        body,
        json!({
            "name": "Ada", "code": "AB123", "tags": ["a", "b"], "either": [], "price": 0.29,
            "password": "correct horse"
        })
    );
    Ok(())
}

#[test]
fn a_value_outside_a_limit_cannot_be_created() {
    let error = Code::try_from("ab123").expect_err("small letters");
    assert_eq!(
        error.to_string(),
        r"this is not `Code`: it does not match the pattern `^[A-Z]{2}\d{3}$`"
    );
    assert!(PersonLimit::try_from(101).is_err());
    assert!(Price::try_from(0.295).is_err());
    let tag = String1To10::try_from("a").expect("a tag");
    let error = Tags::try_from(vec![tag.clone(), tag]).expect_err("twice the same");
    assert!(matches!(error.limit(), Limit::UniqueItems));
    let error = Password::try_from("hunter2").expect_err("too short");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn a_default_within_the_limits_is_the_default() {
    assert_eq!(Size::default().get(), 3);
    // The API has types that are called `Option` and `String`.
    assert_eq!(
        Text::try_from("a").map(|text| text.to_string()).expect("short"),
        "a"
    );
}

/// The place and the reason of the error for a person with one member changed.
async fn decode_error(name: &str, value: Value) -> (std::string::String, std::string::String) {
    let mut person = person();
    person[name] = value;
    let (_server, client) = client_for(ResponseTemplate::new(200).set_body_json(person)).await;
    let code = Code::try_from("AB123").expect("a code");
    let limit = PersonLimit::try_from(1).expect("a limit");
    match client.get_person(code, limit).await {
        Err(Error::Decode(error)) => (error.place().to_owned(), error.reason().to_owned()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn received_values_are_checked() {
    let (place, reason) = decode_error("name", json!("Ada, Countess of Lovelace")).await;
    assert_eq!(place, "/name");
    assert!(
        reason.contains("this is not `String1To10`: it has 25 characters, and may have at most 10"),
        "{reason}"
    );
    let (_, reason) = decode_error("age", json!(151)).await;
    assert!(
        reason.contains("this is not `PersonAge`: it is 151, and must be at most 150"),
        "{reason}"
    );
    let (_, reason) = decode_error("tags", json!(["a", "b", "a"])).await;
    assert!(
        reason.contains("this is not `Tags`: its items 0 and 2 are the same"),
        "{reason}"
    );
    let (_, reason) = decode_error("prices", json!({})).await;
    assert!(
        reason.contains("this is not `PersonPrices`: it has 0 members, and must have at least 1"),
        "{reason}"
    );
    let (_, reason) = decode_error("at", json!("2025-01-31T12:00:00.000000Z")).await;
    assert!(reason.contains("may have at most 20"), "{reason}");
    let (_, reason) = decode_error("tree", json!([[], [[], [], [], []]])).await;
    assert!(
        reason.contains("this is not `Tree`: it has 4 items, and may have at most 3"),
        "{reason}"
    );
}

#[tokio::test]
async fn a_union_selects_the_branch_whose_limits_are_satisfied() -> TestResult {
    let mut body = person();
    body["either"] = json!(12);
    body["friends"] = json!([{ "name": "a", "x": 1 }, { "name": "a", "x": 2 }]);
    let (_server, client) = client_for(
        ResponseTemplate::new(200)
            .set_body_json(body)
            .insert_header("x-left", "3")
            .insert_header("x-kind", "far too long"),
    )
    .await;
    let (code, limit) = (Code::try_from("AB123")?, PersonLimit::try_from(1)?);
    let got = client.get_person(code, limit).await?;
    assert!(matches!(got.either, Some(Either::Integer(number)) if number.get() == 12));
    // The two items differ in a member that the type does not keep.
    assert_eq!(
        got.friends.as_deref(),
        Some(&[Named::new("a".try_into()?), Named::new("a".try_into()?)][..])
    );
    let error = got.typed_headers::<LeftKindHeaders>().expect_err("a long one");
    assert_eq!(error.name(), "x-kind");
    assert!(error.reason().contains("may have at most 8"), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_error_body_with_limits_is_decoded() -> TestResult {
    let body = json!({ "code": "NOBODY", "message": "There is nobody." });
    let (_server, client) = client_for(ResponseTemplate::new(404).set_body_json(body)).await;
    let (code, limit) = (Code::try_from("AB123")?, PersonLimit::try_from(1)?);
    let error = client.get_person(code, limit).await.expect_err("nobody");
    assert_eq!(error.message(), Some("There is nobody."));
    match error {
        Error::Api(error) => match error.kind {
            GetPersonError::Nobody(body) => assert_eq!(body.to_string(), "There is nobody."),
        },
        other => panic!("{other:?}"),
    }
    Ok(())
}
