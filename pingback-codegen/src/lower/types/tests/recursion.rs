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
fn a_schema_that_nothing_uses_may_be_defined_only_by_itself() {
    insta::assert_snapshot!(outline(
        r"
A: {$ref: '#/components/schemas/B'}
B: {allOf: [{$ref: '#/components/schemas/A'}]}
"
    ), @"
    type A = Json
    type B = Json
    unused-ref-cycle: `#/components/schemas/A` leads back to itself, and no operation uses it; any JSON value is accepted
    ");
}

#[test]
fn all_schemas_of_a_cycle_of_all_of_have_the_members_of_each() {
    insta::assert_snapshot!(outline(
        r"
Own: {allOf: [{$ref: '#/components/schemas/Own'}, {type: object, properties: {a: {type: string}}}]}
One: {allOf: [{$ref: '#/components/schemas/Two'}, {type: object, required: [x], properties: {x: {type: string}}}]}
Two: {allOf: [{$ref: '#/components/schemas/Three'}], properties: {y: {type: integer}}}
Three: {allOf: [{properties: {z: {type: boolean}}}, {$ref: '#/components/schemas/One'}]}
Use: {type: object, properties: {two: {$ref: '#/components/schemas/Two'}}}
"
    ), @"
    struct Own
      a?: String
    struct One
      y?: Int(I64)
      z?: Bool
      x: String
    type Two = One
    type Three = One
    struct Use
      two?: Two
    all-of-itself: the `allOf` of `/components/schemas/Own` leads back to the schema itself; this adds nothing and is ignored
    all-of-itself: the `allOf` of `/components/schemas/One` leads back to the schema itself; this adds nothing and is ignored
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
