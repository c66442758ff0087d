//! Schemas in, an outline of their types out.

mod conditional;
mod enums;
mod inheritance;
mod limits;
mod names;
mod nullability;
mod objects;
mod recursion;
mod scalars;
mod unions;

use super::*;
use crate::model::{Enum, Presence, Struct, TypeDef, TypeId, TypeKind, Union, Usage};
use crate::source::Sources;

/// A document with these component schemas, in YAML.
fn document(schemas: &str, diagnostics: &mut Diagnostics) -> Document {
    let indented = schemas.lines().collect::<Vec<_>>().join("\n    ");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {indented}\n"
    );
    let mut sources = Sources::default();
    let root = sources.add("t.yaml", text);
    crate::read::document::read(root, &sources, diagnostics).expect("a document")
}

/// The types of all components, each of which is both sent and received, and is a form if it has a file.
fn lowered(schemas: &str, options: &Options) -> (Vec<TypeDef>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let document = document(schemas, &mut diagnostics);
    let inheritance = Inheritance::new(&document.schemas);
    let mut types = Types::new(&document, &inheritance, options);
    for (id, name) in types.context.components.list().to_vec() {
        let hint = NameHint::new(&name);
        types.type_of(id, Direction::Received, &hint, &mut diagnostics);
        types.type_of(id, Direction::Sent, &hint, &mut diagnostics);
        types.form_type(id, &hint, &mut diagnostics);
    }
    let finished = types.finish(LockedNames::NONE, &mut diagnostics);
    (finished.types, diagnostics)
}

/// One line for each definition and each of its parts, then the findings.
fn outline(schemas: &str) -> String {
    let (types, diagnostics) = lowered(schemas.trim(), &Options::default());
    let definitions = types.iter().map(|def| outline_of(def, &types));
    let lines: Vec<String> = definitions.chain(findings(&diagnostics)).collect();
    let text = lines.join("\n");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The items of an outline whose first line begins with `start`, with their indented lines.
fn items(outline: &str, start: &str) -> String {
    let mut is_inside = false;
    let lines = outline.lines().filter(|line| {
        if !line.starts_with(' ') {
            is_inside = line.starts_with(start);
        }
        is_inside
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// One line for each finding.
fn findings(diagnostics: &Diagnostics) -> impl Iterator<Item = String> {
    diagnostics
        .iter()
        .map(|finding| format!("{}: {}", finding.rule.name, finding.message))
}

fn outline_of(def: &TypeDef, types: &[TypeDef]) -> String {
    let name = format!("{}{}", def.name, usage_of(def.usage));
    let show = |ty: &Type| type_text(ty, types);
    match &def.kind {
        TypeKind::Struct(object) => format!("struct {name}{}", fields(object, types)),
        TypeKind::Checked(checked) => format!("checked {name} = {}", show(&checked.inner)),
        TypeKind::Enum(list) => format!("enum {name} of {}{}", show(&list.repr), values(list)),
        TypeKind::Union(union) => format!("union {name}{}", branches(union, types)),
        TypeKind::Newtype(ty) => format!("newtype {name} = {}", show(ty)),
        TypeKind::Alias(ty) => format!("type {name} = {}", show(ty)),
    }
}

fn usage_of(usage: Usage) -> &'static str {
    match (usage.sent, usage.received) {
        (true, true) => "",
        (true, false) => " (sent)",
        (false, true) => " (received)",
        (false, false) => " (unused)",
    }
}

/// A type, with the names of its definitions.
fn type_text(ty: &Type, types: &[TypeDef]) -> String {
    let mut text = format!("{ty:?}");
    for TypeId(index) in ty.definitions() {
        text = text.replace(&format!("Named(TypeId({index}))"), &types[index].name);
    }
    text
}

fn fields(object: &Struct, types: &[TypeDef]) -> String {
    let fields = object.fields.iter().map(|field| {
        let mark = match &field.presence {
            Presence::Required => String::new(),
            Presence::Tag(tag) => format!(" = {tag}"),
            Presence::Optional => "?".to_owned(),
        };
        let constraints = field.docs.constraints.join(", ");
        format!(
            "\n  {}{mark}: {} {constraints}",
            field.name,
            type_text(&field.ty, types)
        )
    });
    let additional = object.additional.iter();
    let additional = additional.map(|(name, ty)| format!("\n  ..{name}: {}", type_text(ty, types)));
    fields.chain(additional).collect()
}

fn values(list: &Enum) -> String {
    let variants = list.variants.iter();
    let variants = variants.map(|variant| format!("\n  {} = {}", variant.name, variant.value));
    variants.chain(unlisted(list.unlisted.as_ref())).collect()
}

fn branches(union: &Union, types: &[TypeDef]) -> String {
    let discriminator = union.discriminator.iter().map(|name| format!(" by {name}"));
    let variants = union.variants.iter().map(|variant| {
        let tests = serde_json::to_string(&variant.tests).expect("plain data");
        let ty = type_text(&variant.ty, types);
        format!("\n  {}({ty}) if {tests} {:?}", variant.name, variant.tag)
    });
    let variants = discriminator.chain(variants);
    variants.chain(unlisted(union.unlisted.as_ref())).collect()
}

fn unlisted(name: Option<&String>) -> Option<String> {
    name.map(|name| format!("\n  {name}(..)"))
}
