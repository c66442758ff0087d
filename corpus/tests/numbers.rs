//! The client of `specs/corpus/numbers.yaml`, called over HTTP: integers of more than 64 bits, and integers with a
//! fraction of zero.

use corpus::numbers::models::{
    All, Beside, Circle, CircleKind, Either, Shape, Square, SquareKind, Titled, Twice,
};
use corpus::numbers::{Client, Integer};
use std::collections::BTreeMap;
use wiremock::matchers::{any, body_string_contains, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const WIDE: i128 = 1 << 64;

async fn client_for(body: &str) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    (server, client)
}

#[tokio::test]
async fn large_integers_are_sent_with_all_digits() {
    let server = MockServer::start().await;
    let endless: Integer = "340282366920938463463374607431768211457".parse().expect("digits");
    let side = endless.to_string();
    Mock::given(method("PUT"))
        .and(path("/numbers/-170141183460469231731687303715884105728"))
        .and(query_param("above", "18446744073709551616"))
        .and(query_param("among", "18446744073709551617"))
        .and(query_param("endless", &side))
        .and(body_string_contains(format!("\"side\":{side}")))
        .and(body_string_contains("\"count\":18446744073709551616"))
        .and(body_string_contains(format!("\"more\":{side}")))
        .respond_with(ResponseTemplate::new(200).set_body_raw("{}", "application/json"))
        .mount(&server)
        .await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    let body = All {
        shape: Some(Shape::Square(Square::new(SquareKind::Square, endless.clone()))),
        twice: Some(Twice::Titled(Titled::new(WIDE))),
        beside: Some(Beside {
            additional_properties: BTreeMap::from([("more".to_owned(), endless.clone())]),
            ..Beside::new(WIDE)
        }),
        ..All::default()
    };
    client
        .replace_numbers(i128::MIN, body)
        .above(WIDE)
        .among(vec![WIDE + 1])
        .endless(vec![endless])
        .await
        .expect("all of it was there");
}

#[tokio::test]
async fn large_integers_are_received_with_all_digits() {
    let (_server, client) = client_for(
        r#"{"shape": {"kind": "circle", "radius": 18446744073709551617},
            "either": [18446744073709551617, "a"],
            "beside": {"id": 18446744073709551616, "more": 340282366920938463463374607431768211457}}"#,
    )
    .await;
    let all = client.replace_numbers(1, All::default()).await.expect("it fits");
    assert_eq!(
        all.shape,
        Some(Shape::Circle(Circle::new(CircleKind::Circle, WIDE + 1)))
    );
    let list = vec![Either::Wide(WIDE + 1), Either::String("a".to_owned())];
    assert_eq!(all.either, Some(Either::EitherArray(list)));
    let beside = all.beside.as_ref().expect("it is there");
    assert_eq!(beside.id, WIDE);
    assert_eq!(
        beside.additional_properties["more"].as_str(),
        "340282366920938463463374607431768211457"
    );
}

#[tokio::test]
async fn whole_floats_are_integers() {
    let (_server, client) = client_for(
        r#"{"small": 3.0, "ratio": 2, "wide": 1.0e2, "endless": 12.50e1, "either": [-0.0], "map": {"1.0": 1e0}}"#,
    )
    .await;
    let all = client.replace_numbers(1, All::default()).await.expect("it fits");
    assert_eq!((all.small, all.wide), (Some(3), Some(100)));
    assert_eq!(all.endless.as_ref().expect("it is there").to_i128(), Some(125));
    assert_eq!(all.either, Some(Either::EitherArray(vec![Either::Wide(0)])));
    assert_eq!(all.map.as_ref().expect("it is there")["1.0"].to_i128(), Some(1));

    let (_server, client) = client_for(r#"{"small": 3.5}"#).await;
    let error = client
        .replace_numbers(1, All::default())
        .await
        .expect_err("it is no integer");
    assert!(error.to_string().contains("small"), "{error}");
}
