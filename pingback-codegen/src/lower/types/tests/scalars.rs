//! Strings, numbers and schemas without a type.

use super::*;

#[test]
fn integers_hold_every_number_that_the_schema_mentions() {
    insta::assert_snapshot!(outline(
        r"
Plain: {type: integer, minimum: 0}
Small: {type: integer, format: int32}
Rounded: {type: integer, format: int32, example: 3000000000}
Large: {type: integer, maximum: 18446744073709551615}
Huge: {type: integer, maximum: 1.0e+30}
Unsigned: {type: integer, format: uint64}
"
    ), @r"
type Plain = Int(I64)
type Small = Int(I32)
type Rounded = Int(I64)
type Large = Int(U64)
type Huge = Int(I128)
type Unsigned = Int(U64)
");
}

#[test]
fn integers_of_more_than_64_bits_have_a_wider_type() {
    insta::assert_snapshot!(outline(
        r"
Just: {type: integer, maximum: 18446744073709551616}
Both: {type: integer, minimum: -1, maximum: 18446744073709551615}
Most: {type: integer, maximum: 170141183460469231731687303715884105727}
More: {type: integer, maximum: 170141183460469231731687303715884105728}
Either: {oneOf: [{type: integer, example: -9223372036854775809}, {type: integer}]}
"
    ), @"
    type Just = Int(I128)
    type Both = Int(I128)
    type Most = Int(I128)
    type More = Int(Digits)
    type Either = Int(I128)
    big-integer: this integer may have more than 128 bits; its type is `Integer`, which keeps all digits
    ");
}

#[test]
fn rounded_bounds_of_64_bits_do_not_widen_the_type() {
    insta::assert_snapshot!(outline(
        r"
Signed: {type: integer, minimum: -9223372036854776000, maximum: 9223372036854776000}
Unsigned: {type: integer, minimum: 0, maximum: 18446744073709552000}
"
    ), @r"
type Signed = Int(I64)
type Unsigned = Int(U64)
");
}

#[test]
fn keywords_imply_a_missing_type() {
    insta::assert_snapshot!(outline(
        r"
List: {items: {type: string}}
Many: {minItems: 2}
Name: {pattern: '^a'}
Ratio: {minimum: 0.5}
Object: {properties: {a: {type: string}}}
Both: {properties: {a: {type: string}}, allOf: [{minLength: 3}]}
"
    ), @"
    type List = Array(String)
    type Many = Array(Json)
    type Name = String
    type Ratio = Json
    struct Object
      a?: String
    struct Both
      a?: String
    untyped: the schema has `items` but no `type`; it is read as `array` (number of such schemas: 2)
    untyped: the schema has `pattern` but no `type`; it is read as `string` (number of such schemas: 1)
    ");
}

#[test]
fn a_value_of_another_type_prevents_an_implied_type() {
    insta::assert_snapshot!(outline(
        r"
Channel: {items: {type: string}}
Name: {pattern: '^a'}
Items: {items: {type: string}}
Holder:
  type: object
  properties: {channel: {$ref: '#/components/schemas/Channel'}, items: {$ref: '#/components/schemas/Items'}, names: {type: array, items: {$ref: '#/components/schemas/Name'}}}
  example: {channel: {id: C}, items: [a], names: [null, a, 3]}
"
    ), @"
    type Channel = Json
    type Name = Json
    type Items = Array(String)
    struct Holder
      channel?: Channel
      items?: Items
      names?: Array(Name)
    untyped-value: the schema has `items` but no `type`, and one of its values is not of type `array`; any JSON value is accepted
    untyped-value: the schema has `pattern` but no `type`, and one of its values is not of type `string`; any JSON value is accepted
    untyped: the schema has `items` but no `type`; it is read as `array` (number of such schemas: 1)
    ");
}

#[test]
fn formats_of_strings() {
    insta::assert_snapshot!(outline(
        r"
At: {type: string, format: date-time}
On: {type: string, format: date}
Key: {type: string, format: uuid}
Data: {type: string, format: byte}
Mail: {type: string, format: email}
"
    ), @r"
type At = DateTime
type On = Date
type Key = Uuid
type Data = String
type Mail = String
");
}
