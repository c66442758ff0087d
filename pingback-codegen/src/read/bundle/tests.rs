use super::super::files::referenced_files;
use super::super::location::ReferencedText;
use super::super::yaml;
use super::bundle;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceId, Sources};
use std::fmt::Write as _;

/// The bundled document as YAML and the findings. The first file is the root.
fn bundled(files: &[(&str, &str)]) -> (String, String) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let others: Vec<ReferencedText> = files
        .iter()
        .map(|(path, text)| ReferencedText {
            path: (*path).to_owned(),
            text: Ok(sources.add(*path, *text)),
        })
        .collect();
    let mut root = yaml::parse(SourceId(0), &sources, &mut diagnostics).expect("it is well-formed");
    bundle(&mut root, files[0].0, &others[1..], &sources, &mut diagnostics);
    let mut findings = String::new();
    for found in &diagnostics {
        let place = found.span.and_then(|span| sources.locate(span)).expect("a place");
        let _ = writeln!(findings, "{place} {}", found.message);
    }
    let text = serde_yaml::to_string(&root.to_json()).expect("plain data");
    (text, findings)
}

#[test]
fn a_mapping_to_a_missing_file_is_left_unchanged() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "a: {$ref: b.yaml#/x}\ncomponents: {schemas: {A: {discriminator: {mapping: {b: b.yaml#/y, c: c.yaml, d: b.yaml#/x}}}}}\n",
        ),
        ("b.yaml", "x: {type: string}\n"),
    ]);
    assert_eq!(findings, "");
    assert!(
        text.contains("b: b.yaml#/y\n") && text.contains("c: c.yaml\n"),
        "{text}"
    );
}

#[test]
fn referenced_nodes_become_components() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "paths:\n  /pets: {$ref: paths/pets.yaml}\ncomponents:\n  schemas:\n    Pet: {$ref: schemas/pet.yaml}\n    Owner: {type: string}\n",
        ),
        (
            "paths/pets.yaml",
            "get:\n  parameters: [{$ref: '../common.yaml#/parameters/limit'}]\n  responses:\n    200:\n      content:\n        a/b: {schema: {$ref: ../schemas/pet.yaml}}\n",
        ),
        ("common.yaml", "parameters: {limit: {name: limit, in: query}}\n"),
        (
            "schemas/pet.yaml",
            "properties:\n  owner: {$ref: owner.yaml}\n  parent: {$ref: '#'}\n  name: {$ref: '#/properties/owner/properties/name'}\n",
        ),
        (
            "schemas/owner.yaml",
            "properties: {pets: {items: {$ref: pet.yaml}}, name: {type: string}, root: {$ref: '../api.yaml#/components/schemas/Owner'}}\n",
        ),
    ]);
    assert_eq!(findings, "");
    let (schemas, others) = text.split_once("  pathItems:\n").expect("the section exists");
    insta::assert_snapshot!(schemas, @r"
    paths:
      /pets:
        $ref: '#/components/pathItems/pets'
    components:
      schemas:
        Pet:
          properties:
            owner:
              $ref: '#/components/schemas/owner'
            parent:
              $ref: '#/components/schemas/Pet'
            name:
              $ref: '#/components/schemas/owner/properties/name'
        Owner:
          type: string
        owner:
          properties:
            pets:
              items:
                $ref: '#/components/schemas/Pet'
            name:
              type: string
            root:
              $ref: '#/components/schemas/Owner'
    ");
    insta::assert_snapshot!(others, @r"
        pets:
          get:
            parameters:
            - $ref: '#/components/parameters/limit'
            responses:
              '200':
                content:
                  a/b:
                    schema:
                      $ref: '#/components/schemas/Pet'
      parameters:
        limit:
          name: limit
          in: query
    ");
}

#[test]
fn a_reference_may_replace_a_whole_section() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "info: {$ref: info.yaml}\npaths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas/index.yaml}}\n",
        ),
        ("info.yaml", "{title: T}"),
        (
            "paths.yaml",
            "/a: {get: {responses: {200: {content: {a/b: {schema: {$ref: 'schemas/index.yaml#/A'}}}}}}}\n",
        ),
        (
            "schemas/index.yaml",
            "A: {$ref: a.yaml}\nB: {items: {$ref: '#/A'}}\n",
        ),
        ("schemas/a.yaml", "{type: string}"),
    ]);
    assert_eq!(findings, "");
    insta::assert_snapshot!(text, @r"
    info:
      title: T
    paths:
      /a:
        get:
          responses:
            '200':
              content:
                a/b:
                  schema:
                    $ref: '#/components/schemas/A'
    components:
      schemas:
        A:
          type: string
        B:
          items:
            $ref: '#/components/schemas/A'
    ");
}

#[test]
fn anchors_are_resolved() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {A: {$ref: '#b'}, B: {$anchor: b}, C: {$ref: 'x.yaml#d'}}}\n",
        ),
        ("x.yaml", "definitions: {D: {$anchor: d, type: string}}\n"),
    ]);
    assert_eq!(findings, "");
    insta::assert_snapshot!(text, @r"
    components:
      schemas:
        A:
          $ref: '#/components/schemas/B'
        B:
          $anchor: b
        C:
          $anchor: d
          type: string
    ");
}

#[test]
fn a_missing_target_is_reported_in_the_file_that_refers() {
    let (_, findings) = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {A: {$ref: a.yaml}, N: {$ref: 'http://x/y.yaml'}, L: {$ref: l.yaml}}}\n",
        ),
        ("a.yaml", "items: {$ref: 'b.yaml#/x'}\nnot: {$ref: c.yaml}\n"),
        ("b.yaml", "y: 1\n"),
        ("l.yaml", "$ref: m.yaml\n"),
        ("m.yaml", "$ref: l.yaml\n"),
    ]);
    insta::assert_snapshot!(findings, @r"
    api.yaml:1:53 `http://x/y.yaml` refers to the network; the generator fetches nothing, so any value is accepted
    api.yaml:1:83 `l.yaml` leads back to itself
    a.yaml:1:15 `b.yaml#/x` does not exist
    a.yaml:2:13 `c.yaml` cannot be followed: the file does not exist
    ");
}

#[test]
fn a_missing_target_is_reported_at_the_reference_of_the_chain_that_has_none() {
    let (_, findings) = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {A: {$ref: 'a.yaml#/A'}, B: {$ref: 'a.yaml#/B'}, C: {$ref: 'a.yaml#/C/deep'}, D: {$ref: 'a.yaml#/D'}, E: {$ref: 'a.yaml#/E/deep'}}}\n",
        ),
        (
            "a.yaml",
            "A: {$ref: 'b.yaml#/none'}\nB: {$ref: 'none.yaml'}\nC: {$ref: 'b.yaml#/C'}\nD: {$ref: '#/A'}\nE: {$ref: 'b.yaml#/E/none'}\n",
        ),
        ("b.yaml", "C: {type: string}\nE: {type: object}\n"),
    ]);
    insta::assert_snapshot!(findings, @r"
    a.yaml:1:11 `b.yaml#/none` does not exist
    a.yaml:2:11 `none.yaml` cannot be followed: the file does not exist
    api.yaml:1:82 `a.yaml#/C/deep` does not exist
    a.yaml:5:11 `b.yaml#/E/none` does not exist
    ");
}

#[test]
fn a_pointer_to_the_empty_name_is_the_whole_file_if_there_is_no_such_member() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {A: {$ref: 'a.yaml#/'}, B: {$ref: 'b.yaml#/'}}}\n",
        ),
        ("a.yaml", "items: {$ref: '#/'}\n"),
        ("b.yaml", "'': {type: string}\n"),
    ]);
    insta::assert_snapshot!(findings, @r"
    api.yaml:1:34 `a.yaml#/` names the member with the empty name, which does not exist; it is read as the whole file
    a.yaml:1:15 `#/` names the member with the empty name, which does not exist; it is read as the whole file
    ");
    insta::assert_snapshot!(text, @r"
    components:
      schemas:
        A:
          items:
            $ref: '#/components/schemas/A'
        B:
          type: string
    ");
}

#[test]
fn an_object_of_another_kind_becomes_a_component_of_that_kind() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "paths: {/a: {get: {responses: {200: {$ref: pet.yaml}, 404: {$ref: 'common.yaml#/components/requestBodies/Body'}}}}}\ncomponents: {responses: {Pet: {$ref: pet.yaml}}}\n",
        ),
        ("pet.yaml", "type: string\n"),
        (
            "common.yaml",
            "components: {requestBodies: {Body: {content: {a/b: {schema: {type: string}}}}}}\n",
        ),
    ]);
    assert_eq!(findings, "");
    insta::assert_snapshot!(text, @"
    paths:
      /a:
        get:
          responses:
            '200':
              $ref: '#/components/schemas/pet'
            '404':
              $ref: '#/components/requestBodies/Body'
    components:
      responses:
        Pet:
          $ref: '#/components/schemas/pet'
      schemas:
        pet:
          type: string
      requestBodies:
        Body:
          content:
            a/b:
              schema:
                type: string
    ");
}

#[test]
fn references_are_relative_to_the_id_of_their_schema() {
    let (text, findings) = bundled(&[
        (
            "api.yaml",
            "\
openapi: 3.1.0
components:
  schemas:
    Pet:
      $id: https://example.com/schemas/pet
      properties:
        owner: {$ref: owner}
        name: {$ref: '#/$defs/name'}
        same: {$ref: '#'}
        tag: {$ref: '#tag'}
        root: {$ref: '#/components/schemas/Root'}
        shop: {$ref: 'shop#/properties/city'}
        other: {$ref: ../other}
      $defs: {name: {type: string}, tag: {$anchor: tag, type: integer}}
    Owner: {$id: 'https://example.com/schemas/owner', $ref: 'pet#/$defs/name'}
    Local: {$id: local/root, type: boolean}
    Root: {$ref: local/root}
    Shop: {$ref: shop.yaml}
    Data: {example: {$id: x, $ref: pet}}
",
        ),
        (
            "shop.yaml",
            "$id: https://example.com/schemas/shop\nproperties: {city: {type: string}, owner: {$ref: pet}}\n",
        ),
    ]);
    insta::assert_snapshot!(findings, @"api.yaml:13:23 `https://example.com/other` refers to the network; the generator fetches nothing, so any value is accepted");
    insta::assert_snapshot!(text, @"
    openapi: 3.1.0
    components:
      schemas:
        Pet:
          $id: https://example.com/schemas/pet
          properties:
            owner:
              $ref: '#/components/schemas/Owner'
            name:
              $ref: '#/components/schemas/Pet/$defs/name'
            same:
              $ref: '#/components/schemas/Pet'
            tag:
              $ref: '#/components/schemas/Pet/$defs/tag'
            root:
              $ref: '#/components/schemas/Root'
            shop:
              $ref: '#/components/schemas/Shop/properties/city'
            other:
              $ref: https://example.com/other
          $defs:
            name:
              type: string
            tag:
              $anchor: tag
              type: integer
        Owner:
          $id: https://example.com/schemas/owner
          $ref: '#/components/schemas/Pet/$defs/name'
        Local:
          $id: local/root
          type: boolean
        Root:
          $ref: '#/components/schemas/Local'
        Shop:
          $id: https://example.com/schemas/shop
          properties:
            city:
              type: string
            owner:
              $ref: '#/components/schemas/Pet'
        Data:
          example:
            $id: x
            $ref: pet
    ");
}

#[test]
fn the_id_of_a_file_may_name_another_folder() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: a.yaml}}}\n",
        ),
        ("a.yaml", "$id: types/a.yaml\nitems: {$ref: b.yaml}\n"),
        ("types/b.yaml", "type: string\n"),
    ];
    assert_eq!(referenced_files(files[1].1, "a.yaml"), ["b.yaml", "types/b.yaml"]);
    let (text, findings) = bundled(&files);
    assert_eq!(findings, "");
    insta::assert_snapshot!(text, @"
    openapi: 3.1.0
    components:
      schemas:
        A:
          $id: types/a.yaml
          items:
            $ref: '#/components/schemas/b'
        b:
          type: string
    ");
}
