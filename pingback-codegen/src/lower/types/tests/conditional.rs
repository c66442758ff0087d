//! Members that only `if`, `then`, `else` and `dependentSchemas` describe.

use super::*;

#[test]
fn members_of_conditions_are_optional() {
    insta::assert_snapshot!(outline(
        r"
Payment:
  type: object
  required: [kind]
  properties: {kind: {type: string, enum: [card, bank]}}
  if: {properties: {kind: {const: card}, hint: {const: h}}, required: [kind]}
  then: {required: [number], properties: {number: {type: string}, amount: {type: integer}, same: {type: boolean}}}
  else: {properties: {iban: {type: string}, amount: {type: string}, same: {type: boolean}, kind: {const: bank}, never: false}}
  dependentSchemas: {number: {properties: {cvc: {type: integer}}}}
"
    ), @r#"
    struct Payment
      kind: PaymentKind
      hint?: Json
      number?: String
      amount?: PaymentAmount
      same?: Bool
      iban?: String
      cvc?: Int(I64)
    enum PaymentKind of String
      Card = "card"
      Bank = "bank"
      Unlisted(..)
    union PaymentAmount
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      String(String) if [{"json_type":["string"]}] None
      Unlisted(..)
    "#);
}

#[test]
fn conditions_inside_other_schemas_are_found() {
    insta::assert_snapshot!(outline(
        r"
Base: {type: object, properties: {id: {type: string}}, if: {required: [id]}, then: {$ref: '#/components/schemas/More'}}
More: {properties: {since: {type: string}}, allOf: [{properties: {until: {type: string}}}]}
Derived:
  allOf:
    - $ref: '#/components/schemas/Base'
    - {properties: {until: {type: integer}}}
    - {if: {properties: {a: {const: 1}}}, then: {properties: {x: {type: string}}}}
    - {if: {properties: {a: {const: 2}}}, then: {properties: {x: {type: integer}}, if: {}, then: {properties: {deep: {type: boolean}}}}}
Use: {type: object, properties: {derived: {$ref: '#/components/schemas/Derived'}}}
Either:
  type: object
  properties: {id: {type: string}}
  if: {properties: {id: {const: a}}}
  then: {properties: {extra: {type: integer}, left: {type: string}}}
  oneOf:
    - {title: Left, required: [left], properties: {left: {type: boolean}}}
    - {title: Right, required: [right], properties: {right: {type: boolean}}}
"
    ), @r#"
    struct Base
      id?: String
      since?: String
      until?: String
    struct More
      since?: String
      until?: String
    struct Derived
      id?: String
      until?: Int(I64)
      since?: String
      a?: Json
      x?: DerivedX
      deep?: Bool
    union DerivedX
      String(String) if [{"json_type":["string"]}] None
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Unlisted(..)
    struct Use
      derived?: Derived
    union Either
      Right(EitherRight) if [{"has":["right"]}] None
      Left(EitherLeft) if [{"has":["left"]}] None
      Unlisted(..)
    struct EitherRight
      right: Bool
      id?: String
      extra?: Int(I64)
      left?: String
    struct EitherLeft
      left: Bool
      id?: String
      extra?: Int(I64)
    "#);
}
