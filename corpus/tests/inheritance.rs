//! The client of `specs/corpus/inheritance.yaml`, called over HTTP: parents with a discriminator, and their children.

use corpus::inheritance::models::{
    Account, Apple, Car, Cat, Event, EventBase, Fruit, Gone, NewAccount, NewSavings, Pet, Places,
    PlacesShared, Problem, Puppy, Shape, ShapeType, SmallCircle, Square, Vehicle, VehicleBase,
};
use corpus::inheritance::operations::AddPetError;
use corpus::inheritance::{Client, Error};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn client_for(status: u16, body: &Value) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .build()
        .expect("a client");
    (server, client)
}

async fn sent(server: &MockServer) -> Value {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    let request = requests.pop().expect("a request");
    serde_json::from_slice(&request.body).expect("JSON")
}

/// The places that a server sends, and what a client sends if it gives them back.
async fn there_and_back(places: Value) -> (Places, Value) {
    let (server, client) = client_for(200, &places).await;
    let received = client
        .add_places(Places::default())
        .await
        .expect("places")
        .into_inner();
    client.add_places(received.clone()).await.expect("places");
    (received, sent(&server).await)
}

#[tokio::test]
async fn no_member_of_a_child_is_lost() {
    let values = [
        json!({ "one": { "petType": "cat", "name": "Kit", "lives": 9 } }),
        json!({ "one": { "petType": "kitty", "name": "Kit", "lives": 9, "mother": { "petType": "Fish", "name": "F" } } }),
        json!({ "one": { "petType": "Puppy", "name": "P", "bark": "yip", "weeks": 3 } }),
        // A key that no mapping has, and a value without one.
        json!({ "one": { "petType": "hamster", "name": "H", "wheel": true } }),
        json!({ "one": { "name": "H", "wheel": true } }),
        json!({ "annotated": { "petType": "dog", "name": "D", "bark": "wow" } }),
        json!({ "maybe": { "petType": "dog", "name": "D", "bark": "wow" }, "nullable": null }),
        json!({ "maybe": null, "nullable": { "petType": "cat", "name": "Kit", "lives": 9 } }),
        json!({ "list": [{ "petType": "cat", "name": "K", "lives": 1 }, { "petType": "dog", "name": "D", "bark": "w" }] }),
        json!({ "map": { "a": { "petType": "Puppy", "name": "P", "bark": "yip", "weeks": 3 } } }),
        json!({ "cat": { "petType": "kitty", "name": "Kit", "lives": 9 } }),
        json!({ "dog": { "petType": "Puppy", "name": "P", "bark": "yip", "weeks": 3 } }),
        json!({ "vehicle": { "kind": "Car", "doors": 3, "wheels": 4 } }),
        json!({ "vehicle": { "kind": "Truck", "load": 1.5 } }),
        json!({ "vehicle": { "kind": "Vehicle", "wheels": 2 } }),
        json!({ "vehicle": { "wheels": 2 } }),
        json!({ "vehicle": {} }),
        json!({ "shape": { "shapeType": "small_circle", "radius": 0.5 } }),
        json!({ "shape": { "shapeType": "square", "side": 2.5 } }),
        json!({ "shape": { "shapeType": "shape" } }),
        json!({ "event": { "@type": "created", "at": 1, "by": "me" } }),
        json!({ "event": { "@type": "lost", "at": 1, "why": "rain" } }),
        json!({ "event": { "at": 1 } }),
        json!({ "fruit": { "fruit": "Apple", "sort": "red", "hue": 3 } }),
        json!({ "fruit": { "fruit": "Apple", "sort": "Apple" } }),
        json!({ "fruit": { "fruit": "Fruit" } }),
        json!({ "choice": { "is": "Second", "two": "2" } }),
        json!({ "shared": { "type": "Baz" } }),
        json!({ "either": { "petType": "cat", "name": "Kit", "lives": 9 } }),
        json!({ "either": { "kind": "Car", "doors": 3 } }),
        json!({ "withParent": { "kind": "Car", "doors": 3 } }),
        json!({ "withParent": { "kind": "Vehicle", "wheels": 3 } }),
        json!({ "owned": { "petType": "cat", "name": "Kit", "owner": "me" } }),
        json!({ "named": { "kind": "Car", "doors": 3, "wheels": 4 } }),
    ];
    for value in values {
        let (_, sent) = there_and_back(value.clone()).await;
        assert_eq!(sent, value);
    }
}

#[tokio::test]
async fn the_property_selects_the_variant() {
    let (places, _) = there_and_back(json!({
        "one": { "petType": "kitty", "name": "Kit" },
        "dog": { "petType": "Puppy", "name": "P", "bark": "yip" },
        "vehicle": { "wheels": 2 },
        "shape": { "shapeType": "small_circle", "radius": 0.5 },
        "event": { "at": 1 },
        "fruit": { "fruit": "Apple", "sort": "red" },
        "shared": { "type": "Baz" },
    }))
    .await;
    assert!(matches!(places.one, Some(Pet::Cat(Cat { pet_type, .. })) if pet_type == "kitty"));
    assert!(matches!(
        places.dog,
        Some(corpus::inheritance::models::Dog::Puppy(_))
    ));
    assert!(matches!(
        places.vehicle,
        Some(Vehicle::Vehicle(VehicleBase { wheels: Some(2), .. }))
    ));
    assert!(matches!(places.shape, Some(Shape::SmallCircle(_))));
    assert!(matches!(
        places.event,
        Some(Event::Event(EventBase { at: 1, .. }))
    ));
    assert!(matches!(places.shared, Some(PlacesShared::Baz(_))));
    assert!(matches!(places.fruit, Some(Fruit::Apple(Apple::RedApple(_)))));
}

#[tokio::test]
async fn each_variant_is_sent_with_its_own_key() {
    let (server, client) = client_for(200, &json!({})).await;
    let places = Places {
        one: Some(Cat::new("Kit").into()),
        list: Some(vec![Pet::Puppy(Puppy::new("P", "yip"))]),
        vehicle: Some(Vehicle::Car(Car {
            doors: Some(3),
            ..Car::default()
        })),
        shape: Some(Square::default().into()),
        event: Some(Gone::new(1).into()),
        cat: Some(Cat::new("Kat")),
        either: Some(Vehicle::Vehicle(VehicleBase::default()).into()),
        ..Places::default()
    };
    client.add_places(places).await.expect("places");
    assert_eq!(
        sent(&server).await,
        json!({
            "one": { "petType": "cat", "name": "Kit" },
            "list": [{ "petType": "Puppy", "name": "P", "bark": "yip" }],
            "vehicle": { "kind": "Car", "doors": 3 },
            "shape": { "shapeType": "square" },
            "event": { "@type": "gone", "at": 1 },
            "cat": { "petType": "cat", "name": "Kat" },
            "either": {},
        })
    );
    assert_eq!(SmallCircle::new(0.5).shape_type, ShapeType::SmallCircle);
}

#[tokio::test]
async fn read_only_members_of_the_parent_are_only_received() {
    let account = json!({ "kind": "savings", "id": 7, "rate": 2 });
    let (server, client) = client_for(200, &account).await;
    let new = NewAccount::Savings(NewSavings::new(2));
    let received = client.add_account(new).await.expect("an account").into_inner();
    assert_eq!(sent(&server).await, json!({ "kind": "savings", "rate": 2 }));
    assert!(matches!(received, Account::Savings(savings) if savings.id == 7));
}

#[tokio::test]
async fn the_body_of_an_error_may_be_a_child() {
    let (_server, client) = client_for(429, &json!({ "code": "Quota", "left": 0 })).await;
    let Err(Error::Api(error)) = client.add_pet(Cat::new("Kit").into()).await else {
        panic!("a documented error");
    };
    let AddPetError::Other(status, Problem::Quota(quota)) = error.kind else {
        panic!("a quota");
    };
    assert_eq!((status.as_u16(), quota.left), (429, Some(0)));
}
