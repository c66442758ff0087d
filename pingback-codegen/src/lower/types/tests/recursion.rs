//! Types that contain or refer to themselves.

use super::*;

#[test]
fn a_type_that_contains_itself_is_boxed_once() {
    insta::assert_snapshot!(outline(
        r"
Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
"
    ), @r"
struct Node
  next?: Boxed(Node)
  all?: Array(Node)
struct A
  b?: B
struct B
  a?: Boxed(A)
");
}

#[test]
fn an_array_of_itself_is_a_newtype() {
    insta::assert_snapshot!(outline(
        r"
Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
"
    ), @r"
newtype Tree = Array(Tree)
");
}

#[test]
fn a_reference_cycle_is_an_error() {
    insta::assert_snapshot!(outline(
        r"
A: {$ref: '#/components/schemas/B'}
B: {allOf: [{$ref: '#/components/schemas/A'}]}
Own: {allOf: [{$ref: '#/components/schemas/Own'}, {type: object, properties: {a: {type: string}}}]}
"
    ), @"
    type A = Json
    type B = Json
    struct Own
      a?: String
    reference-cycle: `/components/schemas/A` is defined only by itself
    reference-cycle: `/components/schemas/Own` is defined only by itself
    ");
}

#[test]
fn a_union_of_itself_loses_that_branch() {
    insta::assert_snapshot!(outline(
        r"
Deep: {oneOf: [{$ref: '#/components/schemas/Deep'}, {type: string}, {type: integer}]}
"
    ), @r#"
    union Deep
      String(String) if [{"json_type":["string"]}] None
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Unlisted(..)
    union-of-itself: a branch of `/components/schemas/Deep` is the union itself; the branch is ignored
    "#);
}

#[test]
fn unions_of_one_another_lose_the_branch_that_leads_back() {
    insta::assert_snapshot!(outline(
        r"
Deep: {oneOf: [{$ref: '#/components/schemas/Deeper'}, {type: string}]}
Deeper: {oneOf: [{$ref: '#/components/schemas/Deep'}, {type: integer}]}
"
    ), @r#"
    union Deep
      String(String) if [{"json_type":["string"]}] None
      Unlisted(..)
    union Deeper
      Deep(Deep) if [] None
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Unlisted(..)
    union-of-itself: a branch of `Deep` is the union itself; the branch is ignored
    "#);
}
