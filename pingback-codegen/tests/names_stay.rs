//! A document that grows renames nothing that it had: held over random documents, and for single cases that are
//! spelled out.

use pingback_codegen::generate::{Generated, Input, Inputs, lowered};
use pingback_codegen::model::{Api, Operation, Success, Type, TypeKind};
use pingback_codegen::names::{Lock, LockedNames, NameKind};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The intermediate form of a document, and the names for its lock file.
#[derive(Debug, PartialEq)]
struct Lowered {
    api: Api,
    locked_names: LockedNames,
}

/// Lowers a document with the names that are locked so far.
fn lower(document: &Value, lock: &Lock) -> Lowered {
    let run = run(document, lock);
    Lowered {
        api: run.api.expect("a sound document"),
        locked_names: run.locked_names,
    }
}

fn run(document: &Value, lock: &Lock) -> Generated {
    let mut inputs = Inputs {
        spec: Some(Input {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    inputs.options.lock = lock.clone();
    let run = lowered(&inputs);
    assert!(!run.diagnostics.has_errors(), "{document:#}");
    run
}

/// What every name stands for: a place in words, and the name.
fn names(lowered: &Lowered) -> BTreeMap<String, String> {
    let Lowered { api, locked_names } = lowered;
    let mut names = BTreeMap::new();
    let kept: BTreeMap<&str, String> = locked_names
        .of(NameKind::Types)
        .map(|(key, name)| (name, key))
        .collect();
    for def in &api.types {
        // What is sent and what is received of one thing are told apart by their keys.
        let key = kept.get(def.name.as_str()).cloned();
        let key = key.unwrap_or_else(|| def.place.pointer.0.clone());
        let known = names.insert(key.clone(), def.name.clone());
        assert!(known.is_none(), "{key} is {known:?} and {}", def.name);
    }
    for def in &api.types {
        let mut put = |member: &str, name: &str| {
            let known = names.insert(format!("{} {member:?}", def.name), name.to_owned());
            assert!(known.is_none(), "{} {member} is {known:?} and {name}", def.name);
        };
        let kind = match &def.kind {
            TypeKind::Alias(Type::Named(of)) => &api.types[of.0].kind,
            kind => kind,
        };
        match kind {
            TypeKind::Struct(object) => {
                object
                    .fields
                    .iter()
                    .for_each(|field| put(&field.wire, &field.name));
                object
                    .additional
                    .iter()
                    .for_each(|(name, _)| put("additional *", name));
                let names: BTreeSet<&String> = object.fields.iter().map(|field| &field.name).collect();
                assert_eq!(names.len(), object.fields.len(), "{}", def.name);
            }
            TypeKind::Enum(list) => {
                list.variants
                    .iter()
                    .for_each(|one| put(&one.value.to_string(), &one.name));
                list.unlisted.iter().for_each(|name| put("unlisted *", name));
            }
            _ => {}
        }
    }
    for def in &api.types {
        let TypeKind::Union(union) = &def.kind else {
            continue;
        };
        let mut seen = BTreeSet::new();
        for variant in &union.variants {
            assert!(seen.insert(&variant.name), "{} of {}", variant.name, def.name);
            names.insert(
                format!("{} {MAY_GO} branch {}", def.name, said(api, &variant.ty)),
                variant.name.clone(),
            );
        }
        if let Some(unlisted) = &union.unlisted {
            assert!(seen.insert(unlisted), "{unlisted} of {}", def.name);
            names.insert(format!("{} {MAY_GO} unlisted", def.name), unlisted.clone());
        }
    }
    for operation in &api.operations {
        let place = &operation.place.pointer;
        names.insert(format!("{place} method"), operation.method_name.clone());
        names.insert(format!("{place} type"), operation.type_name.clone());
        names.insert(format!("{place} error"), operation.error_name.clone());
        of_operation(api, operation, &mut names);
    }
    let mut seen = BTreeSet::new();
    for credential in &api.credentials {
        assert!(seen.insert(&credential.name), "{}", credential.name);
        names.insert(
            format!("credential {}", credential.scheme),
            credential.name.clone(),
        );
    }
    for parameter in &api.client_parameters {
        assert!(seen.insert(&parameter.name), "{}", parameter.name);
        names.insert(
            format!("client header {}", parameter.header.to_lowercase()),
            parameter.name.clone(),
        );
    }
    let sets: BTreeSet<&String> = api.headers.iter().map(|set| &set.name).collect();
    assert_eq!(sets.len(), api.headers.len());
    names
}

/// What the place of a thing says that may not be there any more when something else of its own is added: a branch
/// that has become part of another, a code that is one of several now, a set of headers with one more.
const MAY_GO: &str = "(may go)";

/// A type by the names in it.
fn said(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => api.types[id.0].name.clone(),
        Type::Boxed(inner) | Type::Nullable(inner) => said(api, inner),
        Type::Array(item) => format!("[{}]", said(api, item)),
        Type::Map(value) => format!("{{{}}}", said(api, value)),
        other => format!("{other:?}"),
    }
}

/// What is within an operation, or is given with it.
fn of_operation(api: &Api, operation: &Operation, names: &mut BTreeMap<String, String>) {
    let place = &operation.place.pointer;
    let mut seen = BTreeSet::new();
    let mut put = |key: String, name: &str| {
        let known = names.insert(format!("{place} {key}"), name.to_owned());
        assert!(known.is_none(), "{key} is {known:?} and {name}");
    };
    for parameter in &operation.parameters {
        assert!(seen.insert(parameter.name.clone()), "{}", parameter.name);
        put(
            format!("{:?} {}", parameter.location, parameter.wire),
            &parameter.name,
        );
    }
    if let Some(body) = &operation.body {
        assert_eq!(body.name, body.contents[0].method);
        for content in &body.contents {
            assert!(seen.insert(content.method.clone()), "{}", content.method);
            put(format!("body {}", content.media_type), &content.method);
        }
    }
    for &index in &operation.client_parameters {
        let parameter = &api.client_parameters[index];
        let header = parameter.header.to_lowercase();
        put(format!("on the client: {header}"), &parameter.name);
    }
    let mut seen = BTreeSet::new();
    for case in &operation.errors {
        assert!(seen.insert(&case.variant), "{}", case.variant);
        put(
            format!("{MAY_GO} {:?} {:?}", case.status, case.code),
            &case.variant,
        );
    }
    if let Success::Choice { responses, .. } = &operation.success {
        for response in responses {
            put(format!("success {:?}", response.status), &response.variant);
        }
    }
    for (what, index) in [
        ("headers", operation.headers),
        ("error headers", operation.error_headers),
    ] {
        let Some(set) = index.map(|index| &api.headers[index]) else {
            continue;
        };
        let mut all: Vec<String> = set
            .headers
            .iter()
            .map(|header| {
                format!(
                    "{} {} {}",
                    header.wire.to_lowercase(),
                    said(api, &header.ty),
                    header.required
                )
            })
            .collect();
        all.sort();
        let mut fields = BTreeSet::new();
        for header in &set.headers {
            assert!(fields.insert(&header.name), "{}", header.name);
            put(
                format!(
                    "{MAY_GO} {what} {} in {}",
                    header.wire.to_lowercase(),
                    all.join(", ")
                ),
                &header.name,
            );
        }
        put(format!("{MAY_GO} {what} {}", all.join(", ")), &set.name);
    }
}

/// All that is not the same any more. With `readOnly` in the document what is sent and what is received may become
/// two types, or one that is left of two, so that a type may go; its name is not given to another place.
fn renamed(before: &Lowered, after: &Lowered, read_only: bool) -> Vec<String> {
    let (old, new) = (names(before), names(after));
    let kinds = |api: &Api| -> BTreeMap<String, std::mem::Discriminant<TypeKind>> {
        let kinds = api
            .types
            .iter()
            .map(|def| (def.name.clone(), std::mem::discriminant(&def.kind)));
        kinds.collect()
    };
    let (old_kinds, new_kinds) = (kinds(&before.api), kinds(&after.api));
    let stays = |place: &str, name: &str| {
        // A union of objects that nothing told apart was an object itself.
        let of = place.split(' ').next().unwrap_or_default();
        let is_other = old_kinds
            .get(of)
            .is_some_and(|old| new_kinds.get(of) != Some(old));
        if is_other && !place.starts_with('/') {
            return true;
        }
        let endings = [" (sent)", " (form)", ""];
        let bare = endings.iter().find_map(|ending| place.strip_suffix(ending));
        let bare = bare.unwrap_or(place);
        let now: Vec<&String> = endings
            .iter()
            .filter_map(|ending| new.get(&format!("{bare}{ending}")))
            .collect();
        // Only what comes in may be something that is not listed.
        let may_go = place.ends_with("\"unlisted *\"")
            || place.contains(MAY_GO)
            // A branch that allows anything makes the whole union that.
            || place.contains("/oneOf/");
        let is_open = place.ends_with("\"unlisted *\"") && now.iter().all(|now| *now == "Other");
        let is_not_needed = may_go && now.is_empty() || is_open;
        let is_gone =
            is_not_needed || read_only && (now.is_empty() || now.iter().all(|now| now.starts_with("New")));
        is_gone || now.iter().any(|now| *now == name)
    };
    old.iter()
        .filter(|(place, name)| !stays(place, name))
        .map(|(place, name)| format!("{place} was {name} and is {:?}", new.get(place)))
        .collect()
}

fn locked(lowered: &Lowered) -> Lock {
    let mut lock = Lock::default();
    lock.record(&lowered.api.name, &lowered.locked_names);
    lock
}

/// A small generator of numbers that are the same in each run.
struct Dice {
    state: u64,
    /// Whether properties may be `readOnly`.
    read_only: bool,
    /// Whether errors have codes.
    coded: bool,
    /// One operation in so many lacks the header of a tenant, and that of a key; none has it if this is 0.
    tenant: usize,
    key: usize,
}

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        // xorshift64*
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let number = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).expect("31 bits") % end
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

// Many of these become one name, and some become names that something else has by itself.
const SCHEMAS: [&str; 24] = [
    "Pet",
    "pet",
    "PET",
    "NewPet",
    "Pet2",
    "PetStatus",
    "pet-status",
    "PetInput",
    "Order",
    "order_item",
    "OrderItem",
    "orderItem",
    "ErrorBody",
    "ListPetsResponse",
    "list_pets_response",
    "GetPetResponse",
    "CreatePetBody",
    "Owner",
    "Status",
    "PetOwner",
    "Result",
    "Option",
    "foo2bar",
    "foo_2bar",
];
const PROPERTIES: [&str; 18] = [
    "id",
    "ID",
    "name",
    "status",
    "Status",
    "owner",
    "user_id",
    "userId",
    "userID",
    "type",
    "Type",
    "item",
    "items",
    "additional_properties",
    "foo2bar",
    "foo_2bar",
    "",
    "empty",
];
const VALUES: [&str; 14] = [
    "active", "ACTIVE", "Active", "in-stock", "in_stock", "inStock", "gone", "unlisted", "other", "+1", "-1",
    "1", "", "empty",
];
const PATHS: [&str; 8] = [
    "/pets",
    "/pets/{id}",
    "/Pets",
    "/orders",
    "/orders/{id}",
    "/a/pets",
    "/z/pets",
    "/orders/{id}/pets",
];
const METHODS: [&str; 4] = ["get", "post", "put", "delete"];
const IDS: [&str; 12] = [
    "listPets",
    "list_pets",
    "ListPets",
    "getPet",
    "get-pet",
    "createPet",
    "build",
    "new",
    "foo2bar",
    "foo_2bar",
    "getPetError",
    "get_pets",
];

// Where each is given tells some of them apart, and some are what a body or a client has for itself.
const ARGUMENTS: [&str; 12] = [
    "id",
    "page",
    "Page",
    "userId",
    "user_id",
    "user-id",
    "X-User-Id",
    "body",
    "query_page",
    "customize",
    "body_as_form",
    "sort[by]",
];
const MEDIA_TYPES: [&str; 5] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "text/csv",
    "application/csv",
    "application/hal+json",
];
const CODES: [&str; 7] = [
    "NOT_FOUND",
    "not_found",
    "INVALID_INPUT",
    "BAD_REQUEST",
    "NotFound404",
    "TOO_MANY",
    "OTHER",
];
const RESPONSE_HEADERS: [&str; 8] = [
    "X-Rate-Limit",
    "X-Rate-Left",
    "X-Rate_Left",
    "X-Rate-Reset",
    "Link",
    "X-Next",
    "X_Next",
    "Etag",
];
const SCHEMES: [&str; 6] = ["token", "Token", "token_provider", "ApiKey", "api_key", "timeout"];

impl Dice {
    fn union(&mut self, components: &[String], depth: usize) -> Value {
        let count = 2 + self.below(2);
        let branches: Vec<Value> = (0..count).map(|_| self.branch(components, depth)).collect();
        json!({"oneOf": branches})
    }

    fn branch(&mut self, components: &[String], depth: usize) -> Value {
        if self.one_in(3) {
            let schema = self.schema(components, depth);
            // An object is called by what it requires, or else by what comes first.
            if schema.get("properties").is_none() {
                return schema;
            }
        }
        let mut object = self.object(components, depth);
        let first = object["properties"].as_object().and_then(|all| all.keys().next());
        object["required"] = json!(first.into_iter().collect::<Vec<_>>());
        if self.one_in(3) {
            object["title"] = json!(self.pick(&SCHEMAS));
        }
        object
    }

    fn parameter(&mut self) -> Value {
        let location = self.pick(&["query", "query", "header", "cookie"]);
        json!({"in": location, "name": self.pick(&ARGUMENTS), "schema": {"type": "string"}})
    }

    fn add_parameter(&mut self, parameters: &mut Value) {
        let parameter = self.parameter();
        let Some(all) = parameters.as_array_mut() else {
            return;
        };
        let is_it = |other: &&Value| other["in"] == parameter["in"] && other["name"] == parameter["name"];
        // A header by any other case is the same.
        if all.iter().find(is_it).is_none() {
            let at = self.below(all.len() + 1);
            all.insert(at, parameter);
        }
    }

    fn error(&mut self) -> Value {
        let count = 1 + self.below(3);
        let codes: BTreeSet<&str> = (0..count).map(|_| self.pick(&CODES)).collect();
        let schema = json!({"type": "object", "required": ["code"], "properties": {
            "code": {"type": "string", "enum": codes}, "message": {"type": "string"},
        }});
        json!({"description": "", "content": {"application/json": {"schema": schema}}})
    }

    fn add_headers(&mut self, response: &mut Value) {
        let count = 1 + self.below(5);
        for _ in 0..count {
            let name = self.pick(&RESPONSE_HEADERS);
            let ty = self.pick(&["string", "integer"]);
            response["headers"][name] = json!({"schema": {"type": ty}});
        }
    }

    fn add_scheme(&mut self, document: &mut Value) {
        let scheme = if self.one_in(2) {
            json!({"type": "http", "scheme": "bearer"})
        } else {
            json!({"type": "apiKey", "in": "header", "name": format!("X-K{}", self.below(100))})
        };
        let name = self.pick(&SCHEMES);
        let all = &mut document["components"]["securitySchemes"];
        if all.get(name).is_none() {
            all[name] = scheme;
        }
    }

    /// Something more in an operation that is there.
    fn add_to_operation(&mut self, document: &mut Value) {
        let components = components(document);
        let paths = document["paths"].as_object_mut().expect("an object");
        let mut operations: Vec<&mut Value> = paths
            .values_mut()
            .filter_map(Value::as_object_mut)
            .flat_map(|item| item.values_mut())
            .collect();
        if operations.is_empty() {
            return;
        }
        let at = self.below(operations.len());
        let operation = &mut *operations[at];
        match self.below(4) {
            0 => {
                let mut parameters = operation["parameters"].take();
                if parameters.is_null() {
                    parameters = json!([]);
                }
                self.add_parameter(&mut parameters);
                operation["parameters"] = parameters;
            }
            1 => {
                let media_type = self.pick(&MEDIA_TYPES);
                let schema = self.object(&components, 1);
                let content = &mut operation["requestBody"]["content"];
                if content.get(media_type).is_none() {
                    content[media_type] = json!({"schema": schema});
                }
            }
            2 => {
                let responses = operation["responses"].as_object_mut().expect("an object");
                let at = self.below(responses.len());
                let response = responses.values_mut().nth(at).expect("it is there");
                self.add_headers(response);
            }
            _ => {
                let codes = operation
                    .pointer_mut("/responses/404/content/application~1json/schema/properties/code/enum");
                if let Some(codes) = codes.and_then(Value::as_array_mut) {
                    let code = json!(self.pick(&CODES));
                    if !codes.contains(&code) {
                        codes.insert(0, code);
                    }
                }
            }
        }
    }

    fn schema(&mut self, components: &[String], depth: usize) -> Value {
        match self.below(if depth == 0 { 4 } else { 10 }) {
            0 => json!({"type": "string"}),
            1 => json!({"type": "integer"}),
            2 | 3 => match components {
                [] => json!({"type": "boolean"}),
                all => {
                    let name = &all[self.below(all.len())];
                    json!({"$ref": format!("#/components/schemas/{name}")})
                }
            },
            4 => self.enumeration(),
            5 => json!({"type": "array", "items": self.schema(components, depth - 1)}),
            6 => json!({"type": "object", "additionalProperties": self.schema(components, depth - 1)}),
            7 => self.union(components, depth - 1),
            _ => self.object(components, depth - 1),
        }
    }

    fn enumeration(&mut self) -> Value {
        let count = 1 + self.below(3);
        let values: BTreeSet<&str> = (0..count).map(|_| self.pick(&VALUES)).collect();
        json!({"type": "string", "enum": values})
    }

    fn object(&mut self, components: &[String], depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..=self.below(3) {
            self.add_property(&mut properties, components, depth);
        }
        json!({"type": "object", "properties": properties})
    }

    fn add_property(&mut self, properties: &mut Map<String, Value>, components: &[String], depth: usize) {
        let name = self.pick(&PROPERTIES);
        let mut schema = self.schema(components, depth);
        if self.read_only && self.one_in(6) && schema.get("$ref").is_none() {
            schema["readOnly"] = json!(true);
        }
        properties.entry(name).or_insert(schema);
    }

    fn response(&mut self, components: &[String]) -> Value {
        json!({"description": "", "content": {"application/json": {"schema": self.schema(components, 3)}}})
    }

    fn operation(&mut self, components: &[String]) -> Value {
        let mut operation = json!({"responses": {"200": self.response(components)}});
        if !self.one_in(4) {
            operation["operationId"] = json!(self.pick(&IDS));
        }
        if self.one_in(2) {
            let schema = self.schema(components, 3);
            operation["requestBody"] = json!({"content": {"application/json": {"schema": schema}}});
        }
        for status in ["400", "404"] {
            if self.one_in(2) {
                operation["responses"][status] = if self.coded {
                    self.error()
                } else {
                    self.response(components)
                };
            }
        }
        if self.one_in(3) {
            self.add_headers(&mut operation["responses"]["200"]);
        }
        let mut parameters = json!([]);
        if self.one_in(2) {
            parameters =
                json!([{"in": "query", "name": self.pick(&PROPERTIES[..12]), "schema": self.enumeration()}]);
        }
        while self.one_in(2) {
            self.add_parameter(&mut parameters);
        }
        for (name, chance) in [("X-Tenant", self.tenant), ("X-Api-Key", self.key)] {
            if chance > 0 && !self.one_in(chance) {
                let header =
                    json!({"in": "header", "name": name, "required": true, "schema": {"type": "string"}});
                parameters.as_array_mut().expect("a list").push(header);
            }
        }
        operation["parameters"] = parameters;
        operation
    }

    fn add_schema(&mut self, document: &mut Value) {
        let components = components(document);
        let name = self.pick(&SCHEMAS);
        let schema = if self.one_in(3) {
            // The shape of something that is there.
            let mut inline = Vec::new();
            pointers(document, "", &mut inline);
            match inline.len() {
                0 => self.object(&components, 2),
                count => document
                    .pointer(&inline[self.below(count)])
                    .expect("it was there")
                    .clone(),
            }
        } else {
            self.schema(&components, 3)
        };
        let all = document["components"]["schemas"]
            .as_object_mut()
            .expect("an object");
        all.entry(name).or_insert(schema);
    }

    fn add_operation(&mut self, document: &mut Value) {
        let components = components(document);
        let (path, method) = (self.pick(&PATHS), self.pick(&METHODS));
        let mut operation = self.operation(&components);
        if path.contains('{') {
            let parameters = operation["parameters"].as_array().cloned();
            let mut parameters = parameters.unwrap_or_default();
            parameters
                .push(json!({"in": "path", "name": "id", "required": true, "schema": {"type": "string"}}));
            operation["parameters"] = json!(parameters);
        }
        let item = document["paths"]
            .as_object_mut()
            .expect("an object")
            .entry(path)
            .or_insert(json!({}));
        item.as_object_mut()
            .expect("an object")
            .entry(method)
            .or_insert(operation);
    }

    /// A property of, or a value in, something that is there.
    fn add_member(&mut self, document: &mut Value) {
        let components = components(document);
        let mut all = Vec::new();
        pointers(document, "", &mut all);
        if all.is_empty() {
            return;
        }
        let at = &all[self.below(all.len())];
        let schema = document.pointer_mut(at).expect("it was there");
        if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            let value = json!(self.pick(&VALUES));
            if !values.contains(&value) {
                let place = self.below(values.len() + 1);
                values.insert(place, value);
            }
        } else if let Some(properties) = schema["properties"].as_object_mut() {
            self.add_property(properties, &components, 2);
        }
    }

    fn add_response(&mut self, document: &mut Value) {
        let components = components(document);
        let status = self.pick(&["201", "400", "404", "4XX", "500", "default"]);
        let response = self.response(&components);
        let paths = document["paths"].as_object_mut().expect("an object");
        let mut operations: Vec<&mut Value> = paths
            .values_mut()
            .filter_map(Value::as_object_mut)
            .flat_map(|item| item.values_mut())
            .collect();
        if operations.is_empty() {
            return;
        }
        let at = self.below(operations.len());
        let responses = operations[at]["responses"].as_object_mut().expect("an object");
        responses.entry(status).or_insert(response);
    }

    /// A branch that is a component anywhere, any other at the end: it has nothing but its place to be known by.
    fn add_branch(&mut self, document: &mut Value) {
        let components = components(document);
        let mut all = Vec::new();
        unions(document, "", &mut all);
        if all.is_empty() {
            return;
        }
        let at = &all[self.below(all.len())];
        let branch = self.branch(&components, 1);
        let branches = document
            .pointer_mut(at)
            .and_then(|schema| schema["oneOf"].as_array_mut());
        let branches = branches.expect("it was there");
        branches.push(branch);
    }

    fn document(&mut self) -> Value {
        let mut document = json!({
            "openapi": "3.0.3",
            "info": {"title": "Random", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": {},
            "components": {"schemas": {}},
        });
        for _ in 0..self.below(6) {
            self.add_schema(&mut document);
        }
        for _ in 0..=self.below(5) {
            self.add_operation(&mut document);
        }
        for _ in 0..self.below(3) {
            self.add_scheme(&mut document);
        }
        document
    }

    fn grow(&mut self, document: &mut Value) {
        for _ in 0..=self.below(6) {
            match self.below(9) {
                0 => self.add_schema(document),
                1 => self.add_response(document),
                2 => self.add_operation(document),
                3 => self.add_scheme(document),
                4 => self.add_branch(document),
                5 | 6 => self.add_to_operation(document),
                _ => self.add_member(document),
            }
        }
    }
}

impl Dice {
    /// Puts members of objects in another order here and there, which nothing may depend on.
    fn shuffle(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                if self.one_in(2) {
                    let mut all: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
                    let at = self.below(all.len().max(1));
                    all.rotate_left(at);
                    members.extend(all);
                }
                members.values_mut().for_each(|member| self.shuffle(member));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.shuffle(item)),
            _ => {}
        }
    }
}

fn components(document: &Value) -> Vec<String> {
    let all = document["components"]["schemas"].as_object();
    all.into_iter().flat_map(Map::keys).cloned().collect()
}

/// The places of all unions.
fn unions(value: &Value, at: &str, found: &mut Vec<String>) {
    if let Value::Object(members) = value {
        if members.contains_key("oneOf") {
            found.push(at.to_owned());
        }
        for (name, member) in members {
            let name = name.replace('~', "~0").replace('/', "~1");
            unions(member, &format!("{at}/{name}"), found);
        }
    }
}

/// The places of all objects with properties and of all enums.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    if let Value::Object(members) = value {
        if members.get("type").is_some_and(Value::is_string)
            && (members.contains_key("properties") || members.contains_key("enum"))
        {
            found.push(at.to_owned());
        }
        for (name, member) in members {
            let name = name.replace('~', "~0").replace('/', "~1");
            pointers(member, &format!("{at}/{name}"), found);
        }
    }
}

#[test]
fn what_grows_renames_nothing() {
    let rounds = std::env::var("NAMES_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let mut wrong = String::new();
    let mut first: Option<String> = None;
    'seeds: for seed in 1..=rounds.unwrap_or(40) {
        let mut dice = Dice {
            state: u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15),
            read_only: seed % 4 == 0,
            coded: seed % 3 == 0,
            tenant: [0, 8, 1_000][usize::try_from(seed % 3).expect("small")],
            key: [0, 2, 1_000][usize::try_from(seed / 3 % 3).expect("small")],
        };
        let mut document = dice.document();
        let mut current = lower(&document, &Lock::default());
        let mut lock = locked(&current);
        for step in 0..4 {
            // With its own names a document is what it was.
            let again = lower(&document, &lock);
            assert_eq!(current, again, "seed {seed}, step {step}: {document:#}");
            let before = document.clone();
            dice.grow(&mut document);
            dice.shuffle(&mut document);
            let grown = lower(&document, &lock);
            let renamed = renamed(&current, &grown, dice.read_only);
            if !renamed.is_empty() {
                let _ = writeln!(wrong, "seed {seed}, step {step}:\n{}", renamed.join("\n"));
                first.get_or_insert_with(|| format!("{before}\n{document}\n{lock}"));
                continue 'seeds;
            }
            lock.record(&grown.api.name, &grown.locked_names);
            current = grown;
        }
    }
    assert!(wrong.is_empty(), "{}\n{wrong}", first.unwrap_or_default());
}

fn header(name: &str) -> Value {
    json!({"in": "header", "name": name, "schema": {"type": "string"}})
}

#[test]
fn what_was_set_on_the_client_is_not_asked_of_each_call() {
    let operation = |parameters: &[Value]| json!({"get": {"parameters": parameters, "responses": {"200": {"description": ""}}}});
    let document = |paths: Value| {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Headers", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": paths,
        })
    };
    let (tenant, mode) = (header("X-Tenant"), header("X-Mode"));
    let of = |api: &Api| -> Vec<(Vec<String>, usize)> {
        let operations = api.operations.iter().map(|operation| {
            let own = operation
                .parameters
                .iter()
                .map(|parameter| parameter.name.clone());
            (own.collect(), operation.client_parameters.len())
        });
        operations.collect()
    };
    let names = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let first = lower(
        &document(json!({
            "/a": operation(&[tenant.clone(), mode.clone()]),
            "/b": operation(std::slice::from_ref(&tenant)),
        })),
        &Lock::default(),
    );
    assert_eq!(of(&first.api), [(names(&["mode"]), 1), (names(&[]), 1)]);
    // One operation without the first header, and the second in all of those that there are.
    let grown = document(json!({
        "/a": operation(&[tenant.clone(), mode.clone()]),
        "/b": operation(&[tenant, mode.clone()]),
        "/c": operation(&[mode]),
    }));
    let now = run(&grown, &locked(&first));
    let told: Vec<&str> = now.diagnostics.iter().map(|found| found.rule.name).collect();
    assert_eq!(
        told.iter()
            .filter(|rule| **rule == "header-placement-kept")
            .count(),
        2
    );
    let now = now.api.expect("a sound document");
    assert_eq!(
        of(&now),
        [
            (names(&["mode"]), 1),
            (names(&["mode"]), 1),
            (names(&["mode"]), 0)
        ]
    );
    // Without the file the document decides.
    let fresh = lower(&grown, &Lock::default());
    assert_eq!(
        of(&fresh.api),
        [(names(&["tenant"]), 1), (names(&["tenant"]), 1), (names(&[]), 1)]
    );
}

#[test]
fn a_large_set_of_headers_keeps_its_name() {
    let names = ["A", "B", "C", "D", "E"];
    let headers: Map<String, Value> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({"schema": {"type": "string"}})))
        .collect();
    let operation =
        |id: &str| json!({"operationId": id, "responses": {"200": {"description": "", "headers": headers}}});
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Headers", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {"/b": {"get": operation("getB")}},
    });
    let first = lower(&document, &Lock::default());
    assert_eq!(first.api.headers[0].name, "GetBHeaders");
    let mut paths = Map::new();
    paths.insert("/a".to_owned(), json!({"get": operation("getA")}));
    paths.extend(document["paths"].as_object().expect("an object").clone());
    document["paths"] = json!(paths);
    let names = |api: &Api| -> Vec<String> { api.headers.iter().map(|set| set.name.clone()).collect() };
    assert_eq!(names(&lower(&document, &locked(&first)).api), ["GetBHeaders"]);
    assert_eq!(names(&lower(&document, &Lock::default()).api), ["GetAHeaders"]);
}
