//! Writes examples that call an operation and compile.

mod values;

use super::argument::{argument_type, body_argument_type};
use crate::emit::Layout;
use crate::emit::tokens::TypeTokens;
use crate::emit::types::Scope;
use crate::model::{
    Api, Argument, Body, BodyContent, BodyKind, ErrorCase, Operation, Parameter, PayloadKind, Status,
    Success, Type,
};
use quote::ToTokens as _;
use std::fmt::Write as _;
use values::{Expression, Import, constructor, literal};

/// Which of an operation's errors an example matches by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum ShownErrors {
    All,
    First,
}

/// A call of an operation.
struct Call {
    /// The arguments that have no simple value. They are arguments of a hidden function around the example.
    hidden_arguments: Vec<String>,
    /// The statement before the call that creates the body.
    body_statement: String,
    /// The call, such as `client.get_pet(1)`.
    expression: String,
    /// What the statement and the call take from the crate.
    imports: Vec<Import>,
}

/// The section of the method's docs.
pub(super) fn section(api: &Api, operation: &Operation, layout: Layout) -> String {
    let call = call(api, operation);
    let mut arguments = vec!["client: &Client".to_owned()];
    arguments.extend(call.hidden_arguments.iter().cloned());
    let allow = if operation.docs.deprecated {
        "# #[allow(deprecated)]\n"
    } else {
        ""
    };
    format!(
        "# Example\n\n```{fence}\n{uses}{allow}# async fn example({arguments}) -> Result<(), Box<dyn \
         std::error::Error>> {{\n{body}{response}# Ok(())\n# }}\n```",
        fence = layout.compiled_fence(),
        uses = use_declarations(api, operation, &call, &["Client"]),
        arguments = arguments.join(", "),
        body = call.body_statement,
        response = response_handling(operation, &call, ShownErrors::First),
    )
}

/// The first example of a crate: it builds a client with `builder` and calls an operation that has a few errors. Lines
/// that start with `# ` are hidden. `None` if there are no operations.
pub(in crate::emit) fn first_example(api: &Api, builder: &str, errors: ShownErrors) -> Option<String> {
    let operation = operation_to_show(api)?;
    let call = call(api, operation);
    Some(format!(
        "{uses}\n# #[allow(deprecated)]\n# async fn example({arguments}) -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = {builder}.build()?;\n{body}{response}# Ok(())\n# }}\n",
        uses = use_declarations(api, operation, &call, &["Client"]),
        arguments = call.hidden_arguments.join(", "),
        body = call.body_statement,
        response = response_handling(operation, &call, errors),
    ))
}

/// The operation for the first example: one with a few errors, and if possible one whose arguments have simple values.
fn operation_to_show(api: &Api) -> Option<&Operation> {
    let has_few_errors =
        |operation: &&Operation| (2..=8).contains(&operation.errors.len()) && !operation.docs.deprecated;
    let is_complete = |operation: &&Operation| call(api, operation).hidden_arguments.is_empty();
    let candidates = || api.operations.iter().filter(has_few_errors);
    candidates()
        .find(is_complete)
        .or_else(|| candidates().next())
        .or_else(|| api.operations.first())
}

/// The `use` declarations of an example, which also imports `names`.
fn use_declarations(api: &Api, operation: &Operation, call: &Call, names: &[&str]) -> String {
    let krate = &api.name;
    let mut names = names.to_vec();
    let mut error_enum = String::new();
    if !operation.errors.is_empty() {
        names.push("Error");
        error_enum = format!("use {krate}::operations::{};\n", operation.error_name);
    }
    if call.imports.contains(&Import::Models) {
        names.push("models");
    }
    if call.imports.contains(&Import::Part) {
        names.push("Part");
    }
    match names.as_slice() {
        [] => error_enum,
        [name] => format!("use {krate}::{name};\n{error_enum}"),
        _ => format!("{error_enum}use {krate}::{{{}}};\n", names.join(", ")),
    }
}

fn call(api: &Api, operation: &Operation) -> Call {
    let mut call = Call {
        hidden_arguments: Vec::new(),
        body_statement: String::new(),
        expression: String::new(),
        imports: Vec::new(),
    };
    let mut arguments = Vec::new();
    for argument in operation.arguments() {
        arguments.push(match argument {
            Argument::Parameter(parameter) => call.parameter(api, parameter),
            Argument::Body(body, content) => call.body(api, body, content),
        });
    }
    call.expression = format!("client.{}({})", operation.method_name, arguments.join(", "));
    call
}

impl Call {
    /// The expression for the argument of a parameter.
    fn parameter(&mut self, api: &Api, parameter: &Parameter) -> String {
        let value = literal(api, &parameter.name, &parameter.ty, Some(&parameter.docs))
            .or_else(|| constructor(api, &parameter.ty));
        if let Some(value) = value {
            return self.use_value(value);
        }
        let ty = argument_type(api, &parameter.ty, Scope::OtherCrate(&api.name));
        self.hide(&parameter.name, &ty)
    }

    /// The expression for the argument of a body.
    fn body(&mut self, api: &Api, body: &Body, content: &BodyContent) -> String {
        let ty = match content.kind {
            BodyKind::Text => &Type::String,
            BodyKind::Bytes => &Type::Bytes,
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart(_) => &content.ty,
        };
        if content.has_range() {
            let ty = body_argument_type(api, content, Scope::OtherCrate(&api.name));
            return self.hide(&body.name, &ty);
        }
        if let Some(value) = constructor(api, ty) {
            let name = variable_name(&body.name);
            self.body_statement = format!("let {name} = {};\n", self.use_value(value));
            name.to_owned()
        } else if let Some(value) = literal(api, &body.name, ty, None) {
            self.use_value(value)
        } else {
            let ty = body_argument_type(api, content, Scope::OtherCrate(&api.name));
            self.hide(&body.name, &ty)
        }
    }

    /// Notes what a value imports, and returns its code.
    fn use_value(&mut self, value: Expression) -> String {
        self.imports.extend(value.imports);
        value.code
    }

    /// Adds a hidden argument, and returns its name.
    fn hide(&mut self, name: &str, ty: &TypeTokens) -> String {
        let name = variable_name(name);
        let ty = ty.to_token_stream().to_string();
        let ty = ty.replace(" :: ", "::").replace(":: ", "::");
        self.hidden_arguments.push(format!("{name}: {ty}"));
        name.to_owned()
    }
}

/// The name of a variable of an example, in which `client` is the client.
fn variable_name(name: &str) -> &str {
    if name == "client" { "client_" } else { name }
}

/// The call, and what the example does with the response.
fn response_handling(operation: &Operation, call: &Call, errors: ShownErrors) -> String {
    let payload = match &operation.success {
        Success::One(payload, _) => Some(&payload.kind),
        Success::Choice { .. } => None,
    };
    let is_stream = matches!(payload, Some(PayloadKind::Events(..)));
    let (pattern, print) = match payload {
        Some(PayloadKind::Empty) => ("response", "println!(\"{}\", response.status())"),
        Some(PayloadKind::Events(..)) => (
            "mut response",
            "while let Some(event) = response.next().await {\n    println!(\"{:?}\", event?.data()?);\n}",
        ),
        _ => ("response", "println!(\"{:?}\", *response)"),
    };
    let expression = &call.expression;
    if operation.errors.is_empty() {
        let end = if is_stream { "" } else { ";" };
        return format!("let {pattern} = {expression}.await?;\n{print}{end}\n");
    }
    let print = print.replace('\n', "\n    ");
    let arms = error_arms(operation, errors);
    format!(
        "match {expression}.await {{\n    Ok({pattern}) => {print},\n    Err(Error::Api(error)) => match error.kind {{\n\
         {arms}    }},\n    Err(other) => return Err(other.into()),\n}}\n"
    )
}

/// The arms that print the errors.
fn error_arms(operation: &Operation, errors: ShownErrors) -> String {
    let named = match errors {
        ShownErrors::All => operation.errors.len(),
        ShownErrors::First => 1,
    };
    let mut arms = String::new();
    for case in operation.errors.iter().take(named) {
        let (fields, print) = error_fields(case);
        let _ = writeln!(
            arms,
            "        {}::{}{fields} => {print},",
            operation.error_name, case.variant
        );
    }
    if operation.errors.len() > named {
        arms.push_str("        other => eprintln!(\"{other:?}\"),\n");
    }
    arms
}

/// The pattern for the fields of an error's variant, and the statement that prints them.
fn error_fields(case: &ErrorCase) -> (&'static str, String) {
    let is_empty = case.payload.kind == PayloadKind::Empty;
    match (case.status, is_empty) {
        (Status::Exact(status), true) => ("", format!("eprintln!(\"status {status}\")")),
        (Status::Exact(_), false) => ("(body)", "eprintln!(\"{body:?}\")".to_owned()),
        (_, true) => ("(status)", "eprintln!(\"status {status}\")".to_owned()),
        (_, false) => (
            "(status, body)",
            "eprintln!(\"status {status}: {body:?}\")".to_owned(),
        ),
    }
}
