//! Names of types.

use super::*;

#[test]
fn the_configuration_can_choose_a_name() {
    let options = Options {
        names: [(
            "/components/schemas/A/properties/b".to_owned(),
            "Letter".to_owned(),
        )]
        .into(),
        ..Options::default()
    };
    let schemas = "A: {type: object, properties: {b: {type: string, enum: [x, y]}}}";
    let (types, _) = lowered(schemas, &options);
    let names: Vec<_> = types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(names, ["A", "Letter"]);
}

#[test]
fn inline_types_are_named_after_their_place() {
    insta::assert_snapshot!(outline(
        r"
CustomFields: {type: array, items: {type: object, properties: {status: {type: string, enum: [on, off]}}}}
Subscriber: {type: object, properties: {status: {type: string, enum: [active, gone]}, lists: {type: array, items: {type: object, properties: {id: {type: string}}}}}}
"
    ), @r#"
type CustomFields = Array(CustomField)
struct CustomField
  status?: CustomFieldStatus
enum CustomFieldStatus of String
  On = "on"
  Off = "off"
  Unlisted(..)
struct Subscriber
  status?: SubscriberStatus
  lists?: Array(SubscriberList)
enum SubscriberStatus of String
  Active = "active"
  Gone = "gone"
  Unlisted(..)
struct SubscriberList
  id?: String
"#);
}

#[test]
fn an_inline_enum_at_two_places_is_named_by_their_common_words() {
    insta::assert_snapshot!(outline(
        r"
NewInvoice: {type: object, properties: {status: {type: string, enum: [open, paid]}}}
OldInvoice: {type: object, properties: {status: {type: string, enum: [open, paid]}}}
"
    ), @r#"
struct NewInvoice
  status?: InvoiceStatus
enum InvoiceStatus of String
  Open = "open"
  Paid = "paid"
  Unlisted(..)
struct OldInvoice
  status?: InvoiceStatus
"#);
}

#[test]
fn a_small_object_at_unrelated_places_is_named_by_its_properties() {
    insta::assert_snapshot!(outline(
        r"
Cat: {type: object, properties: {sound: &a {type: object, properties: {message: {type: string}}}}}
Tree: {type: object, properties: {height: *a}}
"
    ), @r"
struct Cat
  sound?: Message
struct Message
  message?: String
struct Tree
  height?: Message
");
}

#[test]
fn words_repeated_by_a_property_occur_once() {
    insta::assert_snapshot!(outline(
        r"
AssetHolding: {type: object, properties: {assetHoldingType: {type: string, enum: [a, b]}}}
"
    ), @r#"
struct AssetHolding
  asset_holding_type?: AssetHoldingType
enum AssetHoldingType of String
  A = "a"
  B = "b"
  Unlisted(..)
"#);
}

#[test]
fn an_inline_type_does_not_take_the_name_of_a_component() {
    insta::assert_snapshot!(outline(
        r"
PetOwner: {type: object, properties: {id: {type: string}}}
Pet: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}
"
    ), @r"
struct PetOwner
  id?: String
struct Pet
  owner?: PetOwnerObject
struct PetOwnerObject
  name?: String
");
}

#[test]
fn equal_names_are_numbered() {
    insta::assert_snapshot!(outline(
        r"
pet: {type: string}
Pet: {type: object, properties: {r#type: {type: string}, Type: {type: string}, type: {type: string}}}
"
    ), @r"
type Pet2 = String
struct Pet
  r_type?: String
  r#type?: String
  type_2?: String
");
}

#[test]
fn a_reference_into_a_schema_is_the_type_at_that_place() {
    insta::assert_snapshot!(outline(
        r"
Visit: {type: object, properties: {address: {$ref: '#/components/schemas/Person/properties/address'}}}
Person: {type: object, properties: {address: {type: object, properties: {street: {type: string}, town: {type: string}}}}}
"
    ), @r"
    struct Visit
      address?: PersonAddress
    struct PersonAddress
      street?: String
      town?: String
    struct Person
      address?: PersonAddress
    ");
}

#[test]
fn a_recursive_reference_into_a_schema_is_the_type_at_that_place() {
    insta::assert_snapshot!(outline(
        r"
Visit: {type: object, properties: {first: {$ref: '#/components/schemas/List/properties/head'}}}
List: {type: object, properties: {head: {type: object, properties: {value: {type: string}, next: {$ref: '#/components/schemas/List/properties/head'}}}}}
"
    ), @r"
    struct Visit
      first?: ListHead
    struct ListHead
      value?: String
      next?: Boxed(ListHead)
    struct List
      head?: ListHead
    ");
}
