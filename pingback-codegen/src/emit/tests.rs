//! Emits small APIs and checks the code.

use super::fixture;
use super::{Output, emit};
use crate::model::{Api, Conversions, TestValues};
use crate::render::{OutputFile, render};

fn files(api: &Api) -> Vec<OutputFile> {
    let outputs: Vec<Output> = emit(api, &TestValues::default());
    render(outputs).expect("what is emitted is Rust")
}

/// The part of a file from the first line that holds `from`, up to the first that is `to`.
fn part(api: &Api, path: &str, from: &str, to: &str) -> String {
    let files = files(api);
    let file = files
        .iter()
        .find(|file| file.path == path)
        .expect("the file is emitted");
    let mut part = String::new();
    for line in file.text.lines().skip_while(|line| !line.contains(from)) {
        part.push_str(line);
        part.push('\n');
        if line == to {
            break;
        }
    }
    part
}

#[test]
fn arguments_accept_what_converts_into_them() {
    let text = part(
        &fixture::api(),
        "src/operations/things.rs",
        "pub fn get_thing",
        "}",
    );
    let (signature, body) = text
        .split_once("        let mut request_ = runtime::Request::new(&OPERATION);\n")
        .expect("the method builds a request");
    let (first_arguments, others) = body
        .split_once("        request_.query(\"at\", runtime::Style::Form, true, false, at);\n")
        .expect("the request has the argument");
    insta::assert_snapshot!(signature, @r#"
        pub fn get_thing(
            &self,
            request: impl Into<String>,
            colors: Vec<models::Color>,
            tags: impl IntoIterator<Item = impl Into<String>>,
            at: runtime::DateTime,
            option: impl Into<String>,
            limit: i32,
            on: bool,
        ) -> GetThing<'_> {
            static OPERATION: runtime::Operation = runtime::Operation {
                id: "getThing",
                method: Method::GET,
                path: "/things/{request}",
                security: &[],
                client_parameters: &[],
                accept: "application/json",
                server: None,
            };
    "#);
    insta::assert_snapshot!(first_arguments, @r#"
            request_
                .path(
                    "request",
                    runtime::Style::Simple,
                    false,
                    Into::<String>::into(request),
                );
            request_.query("colors", runtime::Style::Form, true, false, colors);
            request_
                .query(
                    "tags",
                    runtime::Style::Form,
                    true,
                    false,
                    tags.into_iter().map(Into::into).collect::<Vec<String>>(),
                );
    "#);
    insta::assert_snapshot!(others, @r#"
            request_
                .header(
                    "option",
                    runtime::Style::Simple,
                    false,
                    Into::<String>::into(option),
                );
            request_.query("limit", runtime::Style::Form, true, false, limit);
            request_.cookie("on", runtime::Style::Form, true, on);
            GetThing {
                call: runtime::Call::new(&self.core, request_),
            }
        }
    }
    "#);
}

#[test]
fn an_error_has_a_variant() {
    let text = part(
        &fixture::api(),
        "src/operations/things.rs",
        "pub enum CreateThingError",
        "}",
    );
    insta::assert_snapshot!(text, @"
    pub enum CreateThingError {
        /// 409 `NAME_TAKEN`: It went wrong
        NameTaken(models::ErrorBody),
        /// 410: It went wrong
        Gone,
        /// 4XX: It went wrong
        ClientError(StatusCode, models::ErrorBody),
        /// Any other status: It went wrong
        Default(StatusCode),
    }
    ");
}

#[test]
fn an_error_has_a_case_and_a_reply() {
    let text = part(
        &fixture::api(),
        "src/operations/things.rs",
        "ErrorCases for CreateThingError",
        "}",
    );
    let (cases, reply) = text
        .split_once("\n    fn reply")
        .expect("the impl has the method");
    insta::assert_snapshot!(cases, @r#"
    impl runtime::ErrorCases for CreateThingError {
        const API: &'static runtime::Api = &super::super::client::API;

        const CASES: &'static [runtime::Case<Self>] = &[
            runtime::Case::code(
                409,
                "NAME_TAKEN",
                |reply| runtime::json(reply).map(Self::NameTaken),
            ),
            runtime::Case::status(410, |reply| runtime::empty(reply).map(|()| Self::Gone)),
            runtime::Case::range(
                4,
                |reply| {
                    runtime::json(reply).map(|body| Self::ClientError(reply.status(), body))
                },
            ),
            runtime::Case::default(|reply| {
                runtime::empty(reply).map(|()| Self::Default(reply.status()))
            }),
        ];
    "#);
    insta::assert_snapshot!(reply, @"
    (&self) -> runtime::ErrorReply<'_> {
            match self {
                Self::NameTaken(body) => runtime::ErrorReply::json(0, body),
                Self::Gone => runtime::ErrorReply::empty(1),
                Self::ClientError(status, body) => {
                    runtime::ErrorReply::json(2, body).with_status(*status)
                }
                Self::Default(status) => runtime::ErrorReply::empty(3).with_status(*status),
            }
        }
    }
    ");
}

#[test]
fn error_enums_convert_into_responses() {
    let api = fixture::api();
    let list = part(&api, "src/into_axum.rs", "responses! {", "}");
    insta::assert_snapshot!(list, @r"
    responses! {
        CreateThingError GetThingError
    }
    ");
    // A module has only the conversions that are chosen.
    let outputs = super::emit_module(&api, &TestValues::default(), Conversions::default());
    let files = render(outputs).expect("what is emitted is Rust");
    assert!(files.iter().all(|file| !file.path.contains("into_")));
}

#[test]
fn documented_headers_become_a_struct() {
    let text = part(
        &fixture::api(),
        "src/headers.rs",
        "of [`get_thing`]",
        "impl TypedHeaders for RetryHeaders {",
    );
    insta::assert_snapshot!(text, @r#"
    /// Headers of responses of [`get_thing`](super::Client::get_thing).
    #[derive(Debug, Clone, PartialEq)]
    pub struct RateLimitHeaders {
        /// `X-Rate-Limit`: Tells something
        pub x_rate_limit: Option<i64>,
        /// `X-Tags`: Tells something
        pub x_tags: Option<Vec<String>>,
    }

    impl TypedHeaders for RateLimitHeaders {
        fn read(headers: &HeaderMap) -> Result<Self, HeaderError> {
            Ok(Self {
                x_rate_limit: optional(headers, "x-rate-limit", &Form::Number)?,
                x_tags: optional(headers, "x-tags", &Form::List(&Form::Text))?,
            })
        }
    }

    /// Headers of errors of [`get_thing`](super::Client::get_thing).
    #[derive(Debug, Clone, PartialEq)]
    pub struct RetryHeaders {
        /// `Retry-After`: Tells something
        pub retry_after: String,
    }

    impl TypedHeaders for RetryHeaders {
    "#);
    let text = part(
        &fixture::api(),
        "src/operations/things.rs",
        "# Response headers",
        "    /// # Errors",
    );
    insta::assert_snapshot!(text, @"
    /// # Response headers
    ///
    /// - [`RateLimitHeaders`](super::super::headers::RateLimitHeaders): `X-Rate-Limit`, `X-Tags`
    /// - [`RetryHeaders`](super::super::headers::RetryHeaders), of errors: `Retry-After`
    ///
    /// # Errors
    ");
}

#[test]
fn the_methods_of_a_group_are_in_one_impl() {
    let files = files(&fixture::api());
    let file = files.iter().find(|file| file.path == "src/operations/things.rs");
    let text = &file.expect("the file is emitted").text;
    assert_eq!(text.matches("impl Client {").count(), 1);
}

#[test]
fn an_example_shows_the_first_error() {
    let text = part(
        &fixture::api(),
        "src/operations/things.rs",
        "use things::operations::CreateThingError",
        "    /// ```",
    );
    insta::assert_snapshot!(text, @r#"
        /// use things::operations::CreateThingError;
        /// use things::{Client, Error, models};
        /// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
        /// let body = models::Thing::new("ada");
        /// match client.create_thing(body).await {
        ///     Ok(response) => println!("{:?}", *response),
        ///     Err(Error::Api(error)) => match error.kind {
        ///         CreateThingError::NameTaken(body) => eprintln!("{body:?}"),
        ///         other => eprintln!("{other:?}"),
        ///     },
        ///     Err(other) => return Err(other.into()),
        /// }
        /// # Ok(())
        /// # }
        /// ```
    "#);
}

#[test]
fn the_table_of_errors_is_sorted_by_status() {
    let mut api = fixture::api();
    for operation in &mut api.operations {
        operation.errors.reverse();
    }
    let rows = part(&api, "src/operations/things.rs", "| --- | --- | --- |", "    ///");
    let variants: Vec<&str> = rows
        .lines()
        .filter_map(|row| row.split('|').nth(3))
        .map(str::trim)
        .skip(1)
        .collect();
    assert_eq!(variants, ["`NameTaken`", "`Gone`", "`ClientError`", "`Default`"]);
}

#[test]
fn errors_of_all_operations_are_listed_once() {
    let mut api = fixture::api();
    let errors = api.operations[0].errors.clone();
    api.operations[1].errors = errors[1..].to_vec();
    // With two operations each has its whole table.
    let root = part(
        &api,
        "src/lib.rs",
        "# Errors of every operation",
        "//! # Description of the API",
    );
    assert_eq!(root, "");

    api.operations[2].errors = errors[2..].to_vec();
    let root = part(
        &api,
        "src/lib.rs",
        "# Errors of every operation",
        "//! # Description of the API",
    );
    insta::assert_snapshot!(root, @"
    //! # Errors of every operation
    //!
    //! Every operation that documents errors can return these errors. Its own documentation lists the others.
    //!
    //! | Status | Code | Variant | Message | What to do |
    //! | --- | --- | --- | --- | --- |
    //! | 4XX |  | `ClientError` | It went wrong |  |
    //! | any other status |  | `Default` | It went wrong |  |
    //!
    //! # Description of the API
    ");
    let own = part(&api, "src/operations/things.rs", "# Errors", "    /// # Example");
    insta::assert_snapshot!(own, @r"
    /// # Errors
    ///
    /// | Status | Code | Variant | Message | What to do |
    /// | --- | --- | --- | --- | --- |
    /// | 409 | `NAME_TAKEN` | `NameTaken` | A message \| with a bar | Try `<something>` else |
    /// | 410 |  | `Gone` | It went wrong |  |
    ///
    /// The operation can also return the [errors of every operation](super::super#errors-of-every-operation).
    ///
    /// # Example
    ");
    let only_shared = part(&api, "src/operations/files.rs", "# Errors", "    /// # Example");
    insta::assert_snapshot!(only_shared, @"
    /// # Errors
    ///
    /// The operation can return only the [errors of every operation](super::super#errors-of-every-operation).
    ///
    /// # Example
    ");
}

#[test]
fn the_version_is_one_that_cargo_accepts() {
    let mut api = fixture::api();
    let mut version = |text: &str| {
        api.version = Some(text.to_owned());
        part(&api, "Cargo.toml", "version =", "")
            .lines()
            .next()
            .map(ToOwned::to_owned)
    };
    assert_eq!(version("v1.2").as_deref(), Some("version = \"1.2.0\""));
    assert_eq!(version("2024-01-01").as_deref(), Some("version = \"0.1.0\""));
}

#[test]
fn a_title_is_sanitized_in_manifest_and_readme() {
    let mut api = fixture::api();
    api.title = "The \0\"best\"\nAPI\u{202e} <b>of</b>\tall\u{7}".to_owned();
    let files = files(&api);
    let text = |path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| file.text.as_str()).unwrap_or_default()
    };
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    assert_eq!(
        manifest["package"]["description"].as_str(),
        Some("A client for The \"best\" API <b>of</b> all, with an error enum for each operation")
    );
    for path in ["Cargo.toml", "README.md", "src/lib.rs"] {
        let is_unsafe = |c: char| c == '\u{202e}' || (c.is_control() && c != '\n');
        assert!(!text(path).contains(is_unsafe), "{path}");
    }
    assert!(text("README.md").contains("A Rust client for The \"best\" API"));
}

#[test]
fn only_the_needed_files_are_emitted() {
    let mut api = fixture::api();
    api.operations.clear();
    api.types.clear();
    let paths = |api: &Api| -> Vec<String> { files(api).into_iter().map(|file| file.path).collect() };
    assert_eq!(
        paths(&api),
        [
            "Cargo.toml",
            "README.md",
            "src/error.rs",
            "src/errors.rs",
            "src/into_axum.rs",
            "src/into_http.rs",
            "src/lib.rs",
            "src/runtime/body.rs",
            "src/runtime/mod.rs"
        ]
    );
    api.errors.codes.clear();
    assert_eq!(
        paths(&api),
        ["Cargo.toml", "README.md", "src/errors.rs", "src/lib.rs"]
    );
}

#[test]
fn a_module_has_the_chosen_conversions() {
    let mut api = fixture::api();
    api.operations.clear();
    api.types.clear();
    let module = |conversions| {
        let outputs = super::emit_module(&api, &TestValues::default(), conversions);
        render(outputs).expect("what is emitted is Rust")
    };
    let has = |files: &[OutputFile], path: &str| files.iter().any(|file| file.path == path);
    let files = module(Conversions::default());
    assert!(!has(&files, "src/into_http.rs") && !has(&files, "src/into_axum.rs"));
    let files = module(Conversions {
        http: true,
        axum: false,
    });
    assert!(has(&files, "src/into_http.rs") && !has(&files, "src/into_axum.rs"));
    // The crate that contains the module does not have the features.
    assert!(files.iter().all(|file| !file.text.contains("feature")));
}

#[test]
fn crate_and_module_differ_only_in_examples_and_features() {
    let api = fixture::api();
    let as_crate = files(&api);
    let conversions = Conversions {
        http: true,
        axum: true,
    };
    let outputs = super::emit_module(&api, &TestValues::default(), conversions);
    let as_module = render(outputs).expect("what is emitted is Rust");
    for file in as_module {
        let other = as_crate
            .iter()
            .find(|other| other.path == file.path)
            .expect("the crate has it too");
        assert_eq!(
            file.text,
            other
                .text
                .replace("```no_run", "```ignore")
                .replace("#[cfg(feature = \"axum\")]\n", "")
                .replace("#[cfg(feature = \"http\")]\n", ""),
            "{}",
            file.path
        );
    }
}

#[test]
fn no_file_names_its_crate() {
    for file in files(&fixture::api()) {
        let is_rust = std::path::Path::new(&file.path)
            .extension()
            .is_some_and(|extension| extension == "rs");
        assert!(!is_rust || !file.text.contains("crate::"), "{}", file.path);
    }
}
