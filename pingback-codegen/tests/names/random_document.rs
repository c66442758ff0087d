//! Random documents, and random additions to them.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Generates random documents, the same ones in each run.
pub(crate) struct RandomDocument {
    /// The state of the random numbers.
    pub(crate) state: u64,
    /// Whether properties may be `readOnly`.
    pub(crate) read_only: bool,
    /// Whether errors have codes.
    pub(crate) coded: bool,
    /// One in this many operations lacks the tenant header; with 0, all operations lack it.
    pub(crate) tenant: usize,
    /// The same for the header with a key.
    pub(crate) key: usize,
}

impl RandomDocument {
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

// Many of these become one name, and some become names that generated code uses itself.
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

// Some differ only in their location, and some are names that bodies and clients use themselves.
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

impl RandomDocument {
    fn union(&mut self, components: &[String], depth: usize) -> Value {
        let count = 2 + self.below(2);
        let branches: Vec<Value> = (0..count).map(|_| self.branch(components, depth)).collect();
        json!({"oneOf": branches})
    }

    fn branch(&mut self, components: &[String], depth: usize) -> Value {
        if self.one_in(3) {
            let schema = self.schema(components, depth);
            // The name of an object without required properties depends on the order.
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
        // The names of headers ignore case.
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

    /// Adds something to an operation.
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
                let response = responses.values_mut().nth(at).expect("an index below the length");
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
        for (name, one_without) in [("X-Tenant", self.tenant), ("X-Api-Key", self.key)] {
            if one_without > 0 && !self.one_in(one_without) {
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
            // A copy of a schema in the document.
            let mut inline = Vec::new();
            pointers(document, "", &mut inline);
            match inline.len() {
                0 => self.object(&components, 2),
                count => document
                    .pointer(&inline[self.below(count)])
                    .expect("a pointer into the document")
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

    /// Adds a property or an enum value to a schema.
    fn add_member(&mut self, document: &mut Value) {
        let components = components(document);
        let mut all = Vec::new();
        pointers(document, "", &mut all);
        if all.is_empty() {
            return;
        }
        let at = &all[self.below(all.len())];
        let schema = document.pointer_mut(at).expect("a pointer into the document");
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

    /// Adds a branch at the end of a union.
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
        let branches = branches.expect("a pointer into the document");
        branches.push(branch);
    }

    /// A new document.
    pub(crate) fn document(&mut self) -> Value {
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

    /// Adds to a document.
    pub(crate) fn grow(&mut self, document: &mut Value) {
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

impl RandomDocument {
    /// Changes the order of the members of objects. No name may depend on it.
    pub(crate) fn shuffle(&mut self, value: &mut Value) {
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

/// The pointers of all unions.
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

/// The pointers of all objects with properties and of all enums.
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
