//! A document that grows renames nothing that it had: held over random documents, and for single cases that are
//! spelled out.

use pingback_codegen::generate::{Generated, Input, Inputs, lowered};
use pingback_codegen::lock::Lock;
use pingback_codegen::model::{Api, Kept, Type, TypeKind};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The intermediate form of a document, with the names that are kept so far.
fn lower(document: &Value, lock: &Lock) -> Api {
    let run = run(document, lock);
    run.api.expect("a sound document")
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
fn names(api: &Api) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let kept: BTreeMap<&str, String> = api.kept.of(Kept::Types).map(|(key, name)| (name, key)).collect();
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
    for operation in &api.operations {
        let place = &operation.place.pointer;
        names.insert(format!("{place} method"), operation.method_name.clone());
        names.insert(format!("{place} type"), operation.type_name.clone());
        names.insert(format!("{place} error"), operation.error_name.clone());
    }
    names
}

/// All that is not the same any more. With `readOnly` in the document what is sent and what is received may become
/// two types, or one that is left of two, so that a type may go; its name is not given to another place.
fn renamed(before: &Api, after: &Api, read_only: bool) -> Vec<String> {
    let (old, new) = (names(before), names(after));
    let stays = |place: &str, name: &str| {
        let endings = [" (sent)", " (form)", ""];
        let bare = endings.iter().find_map(|ending| place.strip_suffix(ending));
        let bare = bare.unwrap_or(place);
        let now: Vec<&String> = endings
            .iter()
            .filter_map(|ending| new.get(&format!("{bare}{ending}")))
            .collect();
        // Only what comes in may be something that is not listed.
        let is_not_needed = place.ends_with("\"unlisted *\"") && now.is_empty();
        let is_gone =
            is_not_needed || read_only && (now.is_empty() || now.iter().all(|now| now.starts_with("New")));
        is_gone || now.iter().any(|now| *now == name)
    };
    old.iter()
        .filter(|(place, name)| !stays(place, name))
        .map(|(place, name)| format!("{place} was {name} and is {:?}", new.get(place)))
        .collect()
}

fn locked(api: &Api) -> Lock {
    let mut lock = Lock::default();
    lock.record(api);
    lock
}

/// A small generator of numbers that are the same in each run.
struct Dice {
    state: u64,
    /// Whether properties may be `readOnly`.
    read_only: bool,
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

impl Dice {
    fn schema(&mut self, components: &[String], depth: usize) -> Value {
        match self.below(if depth == 0 { 4 } else { 9 }) {
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
        if self.one_in(2) {
            operation["responses"]["404"] = self.response(components);
        }
        if self.one_in(2) {
            operation["parameters"] =
                json!([{"in": "query", "name": self.pick(&PROPERTIES[..12]), "schema": self.enumeration()}]);
        }
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
        document
    }

    fn grow(&mut self, document: &mut Value) {
        for _ in 0..=self.below(6) {
            match self.below(5) {
                0 => self.add_schema(document),
                1 => self.add_response(document),
                2 => self.add_operation(document),
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
    for seed in 1..=rounds.unwrap_or(60) {
        let mut dice = Dice {
            state: u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15),
            read_only: seed % 4 == 0,
        };
        let mut document = dice.document();
        let mut api = lower(&document, &Lock::default());
        let mut lock = locked(&api);
        for step in 0..4 {
            // With its own names a document is what it was.
            let again = lower(&document, &lock);
            assert_eq!(api, again, "seed {seed}, step {step}: {document:#}");
            let before = document.clone();
            dice.grow(&mut document);
            dice.shuffle(&mut document);
            let grown = lower(&document, &lock);
            let renamed = renamed(&api, &grown, dice.read_only);
            assert!(
                renamed.is_empty(),
                "seed {seed}, step {step}:\n{}\n{before}\n{document}\n{lock}",
                renamed.join("\n")
            );
            lock.record(&grown);
            api = grown;
        }
    }
}
