//! `enum` and `const`.

use super::*;

#[test]
fn values_get_unique_names() {
    insta::assert_snapshot!(outline(
        r"
Sign: {type: string, enum: ['+1', '-1', '', a, A, type, Self, '1.5', a, '>=']}
Size: {type: integer, enum: [1, 2], x-enum-varnames: [Small, Large]}
Numbers: {type: string, enum: [1, 2]}
Mixed: {enum: [a, 1, true]}
"
    ), @r#"
enum Sign of String
  Plus1 = "+1"
  Minus1 = "-1"
  Empty = ""
  A2 = "a"
  A = "A"
  Type = "type"
  Self_ = "Self"
  N1_5 = "1.5"
  GreaterOrEqual = ">="
  Unlisted(..)
enum Size of Int(I64)
  Small = 1
  Large = 2
  Unlisted(..)
enum Numbers of String
  N1 = "1"
  N2 = "2"
  Unlisted(..)
enum Mixed of Json
  A = "a"
  Value1 = 1
  True = true
  Unlisted(..)
duplicate-enum-value: `"a"` is listed twice
enum-value-type: `1` is a number, but the type is string; it is read as `"1"`
enum-value-type: `2` is a number, but the type is string; it is read as `"2"`
"#);
}

#[test]
fn enums_of_two_branches_are_one() {
    insta::assert_snapshot!(outline(
        r"
Both: {anyOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}
"
    ), @r#"
enum Both of String
  A = "a"
  B = "b"
  Unlisted(..)
"#);
}

#[test]
fn a_string_beside_known_strings_is_an_open_enum() {
    insta::assert_snapshot!(outline(
        r"
Model: {anyOf: [{type: string}, {type: string, enum: [small, large]}]}
"
    ), @r#"
enum Model of String
  Small = "small"
  Large = "large"
  Other(..)
"#);
}

#[test]
fn constants_with_titles_are_an_enum() {
    insta::assert_snapshot!(outline(
        r"
Level: {oneOf: [{const: 1, title: Low}, {const: 2, title: High}]}
"
    ), @r"
enum Level of Int(I64)
  Low = 1
  High = 2
  Unlisted(..)
");
}

#[test]
fn a_shared_type_is_nullable_where_the_document_says_so() {
    insta::assert_snapshot!(outline(
        r"
Status: {type: string, enum: [placed, delivered], nullable: true}
Level: {enum: [low, high, null]}
Order:
  type: object
  required: [status, level, other, all, here]
  properties:
    status: {type: string, enum: [placed, delivered]}
    level: {enum: [low, high]}
    here: {enum: [low, null, high]}
    other: {$ref: '#/components/schemas/Status'}
    all: {type: array, items: {type: string, enum: [placed, delivered]}}
"
    ), @r#"
    enum Status of String
      Placed = "placed"
      Delivered = "delivered"
      Unlisted(..)
    enum Level of String
      Low = "low"
      High = "high"
      Unlisted(..)
    struct Order
      status: Status
      level: Level
      here: Nullable(Level)
      other: Nullable(Status)
      all: Array(Status)
    "#);
}
