//! Runs the command, and checks its output, the files that it writes, and its exit status.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

/// A temporary folder with files, in which the command runs.
struct Scratch {
    folder: tempfile::TempDir,
}

/// The result of a run.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Scratch {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, text).expect("a file is written");
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the command with arguments that are separated by spaces.
    fn run(&self, arguments: &str) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_pingback-codegen"))
            .current_dir(self.folder.path())
            .args(arguments.split_whitespace())
            .output()
            .expect("the command runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            code: output.status.code().expect("it ends by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// All files below `folder` with their text.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read(&path).expect("a file");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

const PETS: &[u8] = b"openapi: 3.0.3
info: { title: Pet Store, version: 1.0.0 }
servers: [{ url: https://pets.example.com }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema: { type: object, required: [name], properties: { name: { type: string } } }
        '404':
          description: No such pet.
          content:
            application/json:
              schema:
                type: object
                properties:
                  errorCode: { type: string, example: PET_NOT_FOUND }
                  error: { type: string, example: There is no such pet. }
";

const ERRORS: &[u8] = b"Errors

PET_NOT_FOUND
- Status: 404
- Message: There is no such pet.

TOO_MANY_REQUESTS
- Status: 429
- Message: Slow down.
";

const CONFIG: &[u8] = b"[[output]]
name = \"pets\"
spec = \"pets.yaml\"
errors = [\"errors.txt\"]
out = \"generated\"
";

fn pets() -> Scratch {
    Scratch::new(&[
        ("pets.yaml", PETS),
        ("errors.txt", ERRORS),
        ("codegen.toml", CONFIG),
    ])
}

#[test]
fn a_crate_is_written_and_summarized() {
    let scratch = pets();
    let run = scratch.run("generate --spec pets.yaml --errors errors.txt --out generated --name pets");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("1 operation,"), "{}", run.out);
    assert!(run.out.contains("2 error codes"), "{}", run.out);
    assert!(run.out.contains("cargo add --path generated"), "{}", run.out);
    let manifest = fs::read_to_string(scratch.path("generated/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pets\""), "{manifest}");
    assert!(scratch.path("generated/src/lib.rs").exists());
    assert!(scratch.path("generated/README.md").exists());
}

#[test]
fn the_name_comes_from_the_title() {
    let scratch = pets();
    let run = scratch.run("generate --spec pets.yaml --out generated");
    assert_eq!(run.code, 0, "{}", run.err);
    let manifest = fs::read_to_string(scratch.path("generated/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pet-store\""), "{manifest}");
}

#[test]
fn a_second_run_changes_nothing() {
    let scratch = pets();
    let command = "generate --spec pets.yaml --errors errors.txt --out generated";
    assert_eq!(scratch.run(command).code, 0);
    let first = tree(&scratch.path("generated"));
    let time = || {
        let lib = fs::metadata(scratch.path("generated/src/lib.rs"));
        lib.unwrap().modified().unwrap()
    };
    let before = time();
    let second = scratch.run(command);
    assert!(second.out.contains("0 changed"), "{}", second.out);
    assert_eq!(tree(&scratch.path("generated")), first);
    assert_eq!(time(), before);
}

#[test]
fn a_check_reports_stale_output_and_writes_nothing() {
    let scratch = pets();
    let missing = scratch.run("generate --config codegen.toml --check");
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("missing: src/lib.rs"), "{}", missing.err);
    assert!(!scratch.path("generated").exists());

    assert_eq!(scratch.run("generate --config codegen.toml").code, 0);
    let fresh = scratch.run("generate --config codegen.toml --check");
    assert_eq!(fresh.code, 0, "{}", fresh.err);

    let readme = scratch.path("generated/README.md");
    fs::write(&readme, "edited\n").unwrap();
    let stale = scratch.run("generate --config codegen.toml --check");
    assert_eq!(stale.code, 1);
    assert!(stale.err.contains("stale: README.md"), "{}", stale.err);
    assert!(stale.err.contains("  -edited"), "{}", stale.err);
    assert!(stale.err.contains("without --check"), "{}", stale.err);
    assert_eq!(fs::read_to_string(readme).unwrap(), "edited\n");
}

#[test]
fn a_catalogue_alone_is_enough() {
    let scratch = pets();
    let run = scratch.run("generate --errors errors.txt --out generated --name pet-errors");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(scratch.path("generated/src/lib.rs").exists());
}

#[test]
fn the_intermediate_form_is_printed_as_yaml() {
    let run = pets().run("dump --spec pets.yaml --errors errors.txt --name pets");
    assert_eq!(run.code, 0, "{}", run.err);
    let api: serde_yaml::Value = serde_yaml::from_str(&run.out).unwrap();
    assert_eq!(api["name"], "pets");
    assert_eq!(api["operations"][0]["id"], "getPet");
}

#[test]
fn an_invalid_document_leaves_the_old_output_unchanged() {
    let scratch = pets();
    fs::create_dir(scratch.path("generated")).unwrap();
    fs::write(scratch.path("generated/Cargo.toml"), "old").unwrap();
    fs::write(scratch.path("pets.yaml"), "openapi: 3.0.3\ninfo: [\n").unwrap();
    let run = scratch.run("generate --spec pets.yaml --out generated");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("pets.yaml:"), "{}", run.err);
    assert!(run.err.contains("generated is unchanged"), "{}", run.err);
    assert_eq!(run.out, "");
    assert_eq!(tree(&scratch.path("generated")).len(), 1);
}

#[test]
fn a_catalogue_without_codes_stops_the_generation() {
    let scratch = pets();
    fs::write(scratch.path("errors.txt"), "Nothing to see here.\n").unwrap();
    let run = scratch.run("generate --spec pets.yaml --errors errors.txt --out generated");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("errors.txt:1:1"), "{}", run.err);
    assert!(!scratch.path("generated").exists());
}

#[test]
fn foreign_files_are_not_overwritten() {
    let scratch = pets();
    fs::create_dir_all(scratch.path("generated/src")).unwrap();
    fs::write(scratch.path("generated/src/lib.rs"), "mine").unwrap();
    let run = scratch.run("generate --spec pets.yaml --out generated");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("  src/lib.rs\n"), "{}", run.err);
    let lib = || fs::read_to_string(scratch.path("generated/src/lib.rs")).unwrap();
    assert_eq!(lib(), "mine");
    let forced = scratch.run("generate --spec pets.yaml --out generated --force");
    assert_eq!(forced.code, 0, "{}", forced.err);
    assert_ne!(lib(), "mine");
}

#[test]
fn an_unknown_key_of_the_configuration_is_reported_with_its_place() {
    let scratch = pets();
    let config = "[[output]]\nname = \"pets\"\nspecs = \"pets.yaml\"\n";
    fs::write(scratch.path("codegen.toml"), config).unwrap();
    let run = scratch.run("generate --config codegen.toml");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("codegen.toml:3:1"), "{}", run.err);
    assert!(run.err.contains("did you mean `spec`?"), "{}", run.err);
}

#[test]
fn wrong_usage_exits_with_2_and_names_the_missing_argument() {
    let scratch = pets();
    for (arguments, expected) in [
        ("generate --out x", "--spec FILE"),
        ("generate --spec pets.yaml", "--out DIR"),
        ("generate --spec no.yaml --out x", "cannot read no.yaml"),
        ("generate --spec pets.yaml --out x --name 2pets", "2pets"),
        ("generate --spec pets.yaml --out x --name type", "keyword"),
        ("generate --config no.toml", "cannot read no.toml"),
        ("generate --config codegen.toml --name cats", "it has `pets`"),
        ("generate --bogus", "--bogus"),
        ("", "Usage"),
    ] {
        let run = scratch.run(arguments);
        assert_eq!(run.code, 2, "{arguments}: {}", run.err);
        assert!(run.err.contains(expected), "{arguments}: {}", run.err);
        assert_eq!(run.out, "", "{arguments}");
    }
    assert!(!scratch.path("x").exists());
}

#[test]
fn all_unreadable_files_are_reported_at_once() {
    let run = pets().run("generate --spec no.yaml --errors none.txt --out x");
    assert!(run.err.contains("cannot read no.yaml"), "{}", run.err);
    assert!(run.err.contains("cannot read none.txt"), "{}", run.err);
}

#[test]
fn invalid_utf8_is_a_warning() {
    let scratch = pets();
    let mut text = PETS.to_vec();
    text.extend(b"# caf\xE9\n");
    fs::write(scratch.path("pets.yaml"), text).unwrap();
    let run = scratch.run("generate --spec pets.yaml --out generated");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("not UTF-8"), "{}", run.err);
}

#[test]
fn colors_are_used_on_request() {
    let scratch = pets();
    fs::write(scratch.path("pets.yaml"), "a: [").unwrap();
    let plain = scratch.run("generate --spec pets.yaml --out x");
    assert!(!plain.err.contains('\u{1b}'), "{}", plain.err);
    let colored = scratch.run("--color always generate --spec pets.yaml --out x");
    assert!(colored.err.contains('\u{1b}'), "{}", colored.err);
}

#[test]
fn the_exit_status_of_an_audit_depends_on_deny() {
    let page = b"| Code | Message |\n| --- | --- |\n| A_ONE | Gone |\n| A_TWO | Gone |\n";
    let config = b"[[output]]\nname = \"a\"\nerrors = [\"errors.md\"]\n[[output.accept]]\nrule = \"description-repeated\"\nat = \"A_TWO\"\nreason = \"they are\"\n";
    let scratch = Scratch::new(&[("errors.md", page), ("codegen.toml", config)]);
    let run = scratch.run("audit --errors errors.md");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("note[description-repeated]"), "{}", run.out);
    assert!(run.out.ends_with("1 note\n"), "{}", run.out);
    assert_eq!(scratch.run("audit --errors errors.md --deny notes").code, 1);
    assert_eq!(scratch.run("audit --errors errors.md --deny warnings").code, 0);
    assert_eq!(scratch.run("audit --deny notes").code, 2);
    assert_eq!(scratch.run("audit --errors missing.md").code, 2);

    let run = scratch.run("audit --config codegen.toml --deny notes");
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(
        run.out,
        "no findings\n1 finding is accepted in the configuration\n"
    );
    let run = scratch.run("audit --config codegen.toml --format sarif");
    assert!(run.out.contains("\"justification\": \"they are\""), "{}", run.out);
}

#[test]
fn an_accepted_finding_that_no_longer_occurs_is_reported() {
    let page = b"| Code | Message |\n| --- | --- |\n| A_ONE | Gone |\n";
    let config = b"[[output]]\nname = \"a\"\nerrors = [\"errors.md\"]\n[[output.accept]]\nrule = \"description-repeated\"\nat = \"A_TWO\"\nreason = \"they are\"\n";
    let scratch = Scratch::new(&[("errors.md", page), ("codegen.toml", config)]);
    let run = scratch.run("audit --config codegen.toml --deny warnings");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("codegen.toml:5:8"), "{}", run.out);
}

const SPLIT: &[(&str, &[u8])] = &[
    (
        "api/root.yaml",
        b"openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /pets: {$ref: paths/pets.yaml}
  /owners:
    get:
      operationId: listOwners
      tags: [owners]
      responses: {200: {description: OK, content: {application/json: {schema: {$ref: '../owner.yaml'}}}}}
components:
  schemas:
    Unused: {type: object, properties: {a: {type: string}}}
",
    ),
    (
        "api/paths/pets.yaml",
        b"get:
  operationId: listPets
  tags: [pets]
  responses: {200: {description: OK, content: {application/json: {schema: {$ref: '../schemas/Pet.yaml'}}}}}
",
    ),
    (
        "api/schemas/Pet.yaml",
        b"type: object
properties: {name: {type: strin}, parent: {$ref: Pet.yaml}}
",
    ),
    (
        "owner.yaml",
        b"type: object\nproperties: {name: {type: string}}\n",
    ),
    (
        "fix.yaml",
        b"overlay: 1.0.0
info: {title: Fix, version: '1'}
actions:
- {target: $.components.schemas.Pet.properties.name, update: {type: string}}
- {target: '$.paths[\"/nothing\"]', remove: true}
",
    ),
];

#[test]
fn a_document_of_several_files_is_confined_to_its_folder() {
    let scratch = Scratch::new(SPLIT);
    let run = scratch.run("generate --spec api/root.yaml --out out");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("outside the document's folder"), "{}", run.err);
    let run = scratch.run("generate --spec api/root.yaml --out out --allow-outside");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("api/schemas/Pet.yaml:2:27"), "{}", run.err);
    let models = fs::read_to_string(scratch.path("out/src/models.rs")).expect("it is written");
    for name in ["struct Pet ", "struct Owner ", "struct Unused "] {
        assert!(models.contains(name), "{models}");
    }
}

#[test]
fn an_overlay_applies_to_the_bundled_document() {
    let scratch = Scratch::new(SPLIT);
    let run = scratch.run("generate --spec api/root.yaml --out out --allow-outside --overlay fix.yaml");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.err.contains("unknown-type"), "{}", run.err);
    assert!(run.err.contains("fix.yaml:5:12"), "{}", run.err);
}

#[test]
fn a_selection_includes_the_types_that_it_uses() {
    let scratch = Scratch::new(SPLIT);
    let run = scratch.run("generate --spec api/root.yaml --out out --allow-outside --tag pets");
    assert_eq!(run.code, 0, "{}", run.err);
    let models = fs::read_to_string(scratch.path("out/src/models.rs")).expect("it is written");
    assert!(models.contains("struct Pet "), "{models}");
    assert!(
        !models.contains("struct Owner ") && !models.contains("struct Unused "),
        "{models}"
    );
    assert!(!scratch.path("out/src/operations/owners.rs").exists());
}

/// The same document with an earlier path, whose operation has the id of another one, and a component with the structure
/// of an inline schema.
fn grown_pets() -> Vec<u8> {
    let text = String::from_utf8(SHAPED.to_vec()).expect("UTF-8");
    let older =
        "  /old-pets:\n    get:\n      operationId: list-pets\n      responses: {200: {description: OK}}\n";
    let text = text.replace("paths:\n", &format!("paths:\n{older}"));
    let page = "components:\n  schemas:\n    Page: {type: object, properties: {names: {type: array, items: {type: string}}}}\n";
    (text + page).into_bytes()
}

const SHAPED: &[u8] = b"openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        200:
          description: OK
          content:
            application/json:
              schema: {type: object, properties: {names: {type: array, items: {type: string}}}}
";

#[test]
fn a_lock_file_is_written_and_keeps_names() {
    let scratch = Scratch::new(&[("pets.yaml", SHAPED)]);
    let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("pets.lock: updated"), "{}", run.out);
    let lock = fs::read_to_string(scratch.path("pets.lock")).expect("it is written");
    insta::assert_snapshot!(lock, @r#"
    # The Rust names of all generated items, so that no change of the input renames one. The generator writes this file.
    # Commit it. To rename an item, change its name here; to let the generator name it again, delete its line.
    version = 2

    [names.pets.members]
    "ListPetsResponse.names" = "names"

    [names.pets.operations]
    "GET /pets" = "list_pets"

    [names.pets.types]
    "GET /pets 200 application/json" = "ListPetsResponse"
    "#);

    fs::write(scratch.path("pets.yaml"), grown_pets()).expect("a file is written");
    let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock --verbose");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("name-becomes-alias"), "{}", run.err);
    let lock = fs::read_to_string(scratch.path("pets.lock")).expect("it is written");
    insta::assert_snapshot!(lock, @r#"
    # The Rust names of all generated items, so that no change of the input renames one. The generator writes this file.
    # Commit it. To rename an item, change its name here; to let the generator name it again, delete its line.
    version = 2

    [names.pets.members]
    "Page.names" = "names"

    [names.pets.operations]
    "GET /old-pets" = "get_old_pets"
    "GET /pets" = "list_pets"

    [names.pets.types]
    "GET /pets 200 application/json" = "ListPetsResponse"
    Page = "Page"
    "#);
    let models = fs::read_to_string(scratch.path("out/src/models.rs")).expect("it is written");
    assert!(models.contains("pub type ListPetsResponse = Page;"), "{models}");

    // Another run changes nothing.
    let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock --check");
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_name_edited_in_the_lock_file_is_used() {
    let scratch = Scratch::new(&[
        ("pets.yaml", SHAPED),
        (
            "pets.lock",
            b"version = 2\n[names.pets.operations]\n\"GET /pets\" = \"all\"\n",
        ),
    ]);
    let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock");
    assert_eq!(run.code, 0, "{}", run.err);
    let pets = fs::read_to_string(scratch.path("out/src/operations/untagged.rs")).expect("it is written");
    assert!(pets.contains("pub fn all(&self) -> All<'_>"), "{pets}");
}

#[test]
fn a_check_reports_a_stale_lock_file_and_does_not_write_it() {
    let scratch = Scratch::new(&[("pets.yaml", SHAPED)]);
    let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock");
    assert_eq!(run.code, 0, "{}", run.err);
    // The output is up to date, but the lock file has none of its names.
    for stale in [
        &b"# nothing\n"[..],
        b"version = 2\n[names.pets.types]\nGone = \"Gone\"\n",
    ] {
        fs::write(scratch.path("pets.lock"), stale).expect("a file is written");
        let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock --check");
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.out.contains("out is up to date"), "{}", run.out);
        assert!(run.err.contains("error: pets.lock is stale"), "{}", run.err);
        assert_eq!(fs::read(scratch.path("pets.lock")).expect("a file"), stale);
    }
    fs::remove_file(scratch.path("pets.lock")).expect("a file");
    let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock --check");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(!scratch.path("pets.lock").exists());
}

#[test]
fn an_invalid_lock_file_is_an_error_with_its_place() {
    let broken: [(&[u8], &str, &str); 4] = [
        (b"[names.pets.types\n", "pets.lock:1:18", "cannot be read"),
        (
            b"version = 2\n[names.pets.types]\nA = 1\n",
            "pets.lock:3:5",
            "expected a name",
        ),
        (
            b"version = 2\n[names.pets.types]\nA = \"A\"\nB = \"A\"\n",
            "pets.lock:4:5",
            "it is the name of `A`",
        ),
        (
            b"[pets.types]\n<<<<<<< HEAD\n\"/a\" = \"A\"\n=======\n\"/a\" = \"B\"\n>>>>>>> theirs\n",
            "pets.lock:2:1",
            "an unfinished merge",
        ),
    ];
    for (lock, place, words) in broken {
        let scratch = Scratch::new(&[("pets.yaml", SHAPED), ("pets.lock", lock)]);
        let run = scratch.run("generate --spec pets.yaml --out out --lock pets.lock");
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains(place), "{place}: {}", run.err);
        assert!(run.err.contains(words), "{words}: {}", run.err);
        assert!(!scratch.path("out").exists());
        assert_eq!(fs::read(scratch.path("pets.lock")).expect("a file"), lock);
    }
}
