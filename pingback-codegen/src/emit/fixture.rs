//! A small API with one of everything, for tests of the emitters.

use crate::model::{
    Api, Body, BodyContent, BodyKind, ClientParameter, Code, Credential, CredentialKind, Docs, Enum,
    EnumVariant, ErrorCase, ErrorCaseOrigin, Errors, Field, Group, HeaderForm, HeaderSet, IntKind,
    KeyLocation, Message, MessageCodes, Operation, Pace, Parameter, ParameterLocation, ParameterStyle,
    PathPart, Payload, PayloadKind, Place, Presence, Response, ResponseHeader, Server, ServerVariable,
    Status, Struct, Success, Type, TypeDef, TypeId, TypeKind, Usage,
};
use crate::pointer::Pointer;

pub(super) fn docs(text: &str) -> Docs {
    Docs {
        description: Some(text.to_owned()),
        ..Docs::default()
    }
}

fn place() -> Place {
    Place {
        pointer: Pointer(String::new()),
        span: None,
    }
}

pub(super) fn json(id: usize) -> Payload {
    Payload {
        kind: PayloadKind::Json(Type::Named(TypeId(id))),
        media_type: Some("application/json".to_owned()),
    }
}

pub(super) fn empty() -> Payload {
    Payload {
        kind: PayloadKind::Empty,
        media_type: None,
    }
}

pub(super) fn response(variant: &str, status: Status, payload: Payload) -> Response {
    Response {
        variant: variant.to_owned(),
        status,
        docs: Docs::default(),
        payload,
        events: None,
    }
}

pub(super) fn error(variant: &str, status: Status, code: Option<&str>, payload: Payload) -> ErrorCase {
    ErrorCase {
        by_media_type: false,
        code_pointer: None,
        variant: variant.to_owned(),
        status,
        code: code.map(ToOwned::to_owned),
        payload,
        message: None,
        docs: docs("It went wrong"),
        origin: ErrorCaseOrigin::Document,
    }
}

fn header(name: &str, wire: &str, ty: Type, form: HeaderForm) -> ResponseHeader {
    ResponseHeader {
        name: name.to_owned(),
        wire: wire.to_owned(),
        ty,
        required: false,
        form,
        docs: docs("Tells something"),
    }
}

pub(super) fn parameter(name: &str, location: ParameterLocation, required: bool, ty: Type) -> Parameter {
    let path_like = matches!(location, ParameterLocation::Path | ParameterLocation::Header);
    Parameter {
        name: name.to_owned(),
        wire: name.trim_start_matches("r#").to_owned(),
        location,
        required,
        ty,
        style: if path_like {
            ParameterStyle::Simple
        } else {
            ParameterStyle::Form
        },
        explode: !path_like,
        allow_reserved: false,
        docs: docs("Something to send"),
    }
}

pub(super) fn operation(id: &str, method_name: &str, type_name: &str) -> Operation {
    Operation {
        alternatives: Vec::new(),
        id: id.to_owned(),
        method_name: method_name.to_owned(),
        type_name: type_name.to_owned(),
        error_name: format!("{type_name}Error"),
        place: place(),
        group: 0,
        method: "GET".to_owned(),
        path: "/things".to_owned(),
        path_parts: vec![PathPart::Literal("/things".to_owned())],
        docs: docs("Does it."),
        parameters: Vec::new(),
        argument_order: Vec::new(),
        client_parameters: Vec::new(),
        body: None,
        success: Success::One(empty(), Vec::new()),
        headers: None,
        error_headers: None,
        errors: Vec::new(),
        security: Vec::new(),
        server: None,
    }
}

fn field(name: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: name.to_owned(),
        wire: name.trim_start_matches("r#").to_owned(),
        ty,
        presence,
        docs: docs("A member"),
    }
}

fn type_def(name: &str, usage: Usage, kind: TypeKind) -> TypeDef {
    TypeDef {
        name: name.to_owned(),
        place: place(),
        docs: docs("A thing"),
        usage,
        received_as: None,
        kind,
    }
}

fn object(fields: Vec<Field>) -> TypeKind {
    TypeKind::Struct(Struct {
        fields,
        additional: None,
        argument_order: Vec::new(),
    })
}

fn content(media_type: &str, method: &str, kind: BodyKind, ty: Type) -> BodyContent {
    BodyContent {
        media_type: media_type.to_owned(),
        method: method.to_owned(),
        kind,
        ty,
    }
}

fn body(required: bool, contents: Vec<BodyContent>) -> Body {
    Body {
        name: "body".to_owned(),
        required,
        docs: docs("What to make"),
        contents,
    }
}

fn code(variant: &str, code: &str, status: u16) -> Code {
    Code {
        variant: variant.to_owned(),
        code: code.to_owned(),
        statuses: vec![status],
        title: None,
        messages: vec!["A message | with a bar".to_owned()],
        templates: Vec::new(),
        suggested_action: Some("Try <something> else".to_owned()),
        explanation: None,
        retryable: status >= 500,
        operations: Vec::new(),
        in_catalogue: true,
    }
}

/// The API.
pub(super) fn api() -> Api {
    Api {
        name: "things".to_owned(),
        title: "The Things API".to_owned(),
        version: Some("v1.2".to_owned()),
        description: Some("Things, made and found.".to_owned()),
        external_docs: Some("https://example.com/docs".to_owned()),
        servers: servers(),
        credentials: credentials(),
        client_parameters: client_parameters(),
        pace: Some(Pace {
            per_second: 5,
            burst: 2,
        }),
        types: types(),
        groups: vec![
            Group {
                name: "things".to_owned(),
                tag: Some("Things".to_owned()),
                docs: docs("All about things."),
            },
            Group {
                name: "files".to_owned(),
                tag: None,
                docs: Docs::default(),
            },
        ],
        operations: vec![create_thing(), get_thing(), upload(), raw()],
        headers: headers(),
        errors: errors(),
    }
}

fn types() -> Vec<TypeDef> {
    let both = Usage::BOTH;
    let received = Usage {
        sent: false,
        received: true,
    };
    vec![
        type_def(
            "Thing",
            both,
            object(vec![
                field("name", Type::String, Presence::Required),
                field(
                    "r#type",
                    Type::Nullable(Box::new(Type::Int(IntKind::I64))),
                    Presence::Optional,
                ),
                field("at", Type::DateTime, Presence::Optional),
            ]),
        ),
        type_def(
            "ErrorBody",
            received,
            object(vec![
                field("error", Type::String, Presence::Required),
                field("error_code", Type::String, Presence::Optional),
            ]),
        ),
        type_def(
            "Color",
            both,
            TypeKind::Enum(Enum {
                repr: Type::String,
                variants: vec![EnumVariant {
                    name: "Red".to_owned(),
                    value: "red".into(),
                    docs: Docs::default(),
                }],
                is_open: false,
                unlisted: Some("Unlisted".to_owned()),
            }),
        ),
        type_def(
            "Upload",
            Usage {
                sent: true,
                received: false,
            },
            object(vec![
                field("file", Type::File, Presence::Required),
                field("note", Type::String, Presence::Optional),
            ]),
        ),
        type_def("Option", both, TypeKind::Alias(Type::String)),
    ]
}

fn thing_type() -> Type {
    Type::Named(TypeId(0))
}

fn create_thing() -> Operation {
    let mut operation = operation("createThing", "create_thing", "CreateThing");
    operation.method = "POST".to_owned();
    operation.body = Some(body(
        true,
        vec![
            content("application/json", "body", BodyKind::Json, thing_type()),
            content(
                "application/x-www-form-urlencoded",
                "body_as_form",
                BodyKind::Form(Vec::new()),
                thing_type(),
            ),
            content("text/plain", "body_as_text", BodyKind::Text, Type::String),
        ],
    ));
    operation.client_parameters = vec![0];
    operation.security = vec![vec![0], vec![1, 2]];
    operation.success = Success::Choice {
        name: "CreateThingSuccess".to_owned(),
        responses: vec![
            response("Created", Status::Exact(201), json(0)),
            response("Accepted", Status::Exact(202), empty()),
            response(
                "Other",
                Status::Range(2),
                Payload {
                    kind: PayloadKind::Text,
                    media_type: None,
                },
            ),
        ],
    };
    operation.errors = vec![
        error("NameTaken", Status::Exact(409), Some("NAME_TAKEN"), json(1)),
        error("Gone", Status::Exact(410), None, empty()),
        error("ClientError", Status::Range(4), None, json(1)),
        error("Default", Status::Default, None, empty()),
    ];
    operation
}

fn get_thing() -> Operation {
    let mut operation = operation("getThing", "get_thing", "GetThing");
    operation.path = "/things/{request}".to_owned();
    operation.path_parts = vec![PathPart::Literal("/things/".to_owned()), PathPart::Parameter(0)];
    operation.parameters = vec![
        parameter("request", ParameterLocation::Path, true, Type::String),
        parameter(
            "colors",
            ParameterLocation::Query,
            true,
            Type::Array(Box::new(Type::Named(TypeId(2)))),
        ),
        parameter(
            "tags",
            ParameterLocation::Query,
            true,
            Type::Array(Box::new(Type::String)),
        ),
        parameter("at", ParameterLocation::Query, true, Type::DateTime),
        parameter("option", ParameterLocation::Header, true, Type::Named(TypeId(4))),
        parameter("limit", ParameterLocation::Query, true, Type::Int(IntKind::I32)),
        parameter("on", ParameterLocation::Cookie, true, Type::Bool),
        parameter("r#type", ParameterLocation::Query, false, Type::String),
        parameter("thing", ParameterLocation::Query, false, thing_type()),
    ];
    operation.success = Success::One(json(0), vec![response("Ok", Status::Exact(200), json(0))]);
    operation.headers = Some(0);
    operation.error_headers = Some(1);
    operation.errors = vec![error("NotFound", Status::Exact(404), None, json(1))];
    operation.docs.deprecated = true;
    operation
}

fn upload() -> Operation {
    let mut operation = operation("upload", "r#move", "Move");
    operation.method = "PUT".to_owned();
    operation.group = 1;
    operation.body = Some(body(
        true,
        vec![content(
            "multipart/form-data",
            "body",
            BodyKind::Multipart(Vec::new()),
            Type::Named(TypeId(3)),
        )],
    ));
    operation
}

fn raw() -> Operation {
    let mut operation = operation("raw", "raw", "Raw");
    operation.method = "POST".to_owned();
    operation.group = 1;
    operation.body = Some(body(
        false,
        vec![
            content("application/octet-stream", "body", BodyKind::Bytes, Type::Bytes),
            content(
                "application/json",
                "body_as_json",
                BodyKind::Json,
                Type::Array(Box::new(thing_type())),
            ),
        ],
    ));
    operation.success = Success::One(
        Payload {
            kind: PayloadKind::Bytes,
            media_type: Some("image/png".to_owned()),
        },
        Vec::new(),
    );
    operation
}

fn servers() -> Vec<Server> {
    vec![Server {
        url: "https://{region}.example.com/v1".to_owned(),
        description: Some("The regions".to_owned()),
        variables: vec![ServerVariable {
            name: "region".to_owned(),
            field: "region".to_owned(),
            default: "eu".to_owned(),
            allowed: vec!["eu".to_owned(), "us".to_owned()],
            description: Some("Where".to_owned()),
        }],
        function: Some("server_url".to_owned()),
    }]
}

fn credentials() -> Vec<Credential> {
    vec![
        Credential {
            name: "api_key".to_owned(),
            scheme: "ApiKey".to_owned(),
            kind: CredentialKind::ApiKey {
                location: KeyLocation::Header,
                name: "X-Api-Key".to_owned(),
            },
            required: false,
            docs: Docs::default(),
        },
        Credential {
            name: "basic".to_owned(),
            scheme: "basic".to_owned(),
            kind: CredentialKind::Basic,
            required: false,
            docs: Docs::default(),
        },
        Credential {
            name: "token".to_owned(),
            scheme: "oauth".to_owned(),
            kind: CredentialKind::Bearer,
            required: false,
            docs: docs("From the console."),
        },
    ]
}

fn client_parameters() -> Vec<ClientParameter> {
    vec![
        ClientParameter {
            name: "developer_mode".to_owned(),
            header: "X-Developer-Mode".to_owned(),
            ty: Type::Bool,
            required: false,
            docs: Docs::default(),
        },
        ClientParameter {
            name: "locale".to_owned(),
            header: "X-Locale".to_owned(),
            ty: Type::String,
            required: false,
            docs: Docs::default(),
        },
    ]
}

fn headers() -> Vec<HeaderSet> {
    vec![
        HeaderSet {
            name: "RateLimitHeaders".to_owned(),
            headers: vec![
                header(
                    "x_rate_limit",
                    "X-Rate-Limit",
                    Type::Int(IntKind::I64),
                    HeaderForm::Number,
                ),
                header(
                    "x_tags",
                    "X-Tags",
                    Type::Array(Box::new(Type::String)),
                    HeaderForm::List(Box::new(HeaderForm::Text)),
                ),
            ],
        },
        HeaderSet {
            name: "RetryHeaders".to_owned(),
            headers: vec![ResponseHeader {
                required: true,
                ..header("retry_after", "Retry-After", Type::String, HeaderForm::Text)
            }],
        },
    ]
}

fn errors() -> Errors {
    Errors {
        code_pointer: Some("/errorCode".to_owned()),
        message_pointer: Some("/error".to_owned()),
        request_id_pointer: None,
        other_pointers: crate::model::OtherPointers::default(),
        body: Some(Type::Named(TypeId(1))),
        codes: vec![code("NameTaken", "NAME_TAKEN", 409), code("Broken", "2604", 500)],
        message_codes: vec![MessageCodes {
            name: "InvalidParamsMessage".to_owned(),
            code: "INVALID_PARAMS".to_owned(),
            messages: vec![Message {
                variant: "DealIdIsNecessary".to_owned(),
                text: "DEAL_ID_IS_NECESSARY".to_owned(),
            }],
        }],
        ..Errors::default()
    }
}
