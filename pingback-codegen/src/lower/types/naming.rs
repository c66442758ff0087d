//! Names types: components by their names in the document, inline types by the places where they are used. This runs
//! last, when all places are known.

use super::context::Context;
use super::definitions::{Body, CompleteDefinitions, Definition};
use super::files::FormFiles;
use super::hint::{hint_words, is_generic, shared_words, title_words};
use super::intersection::Intersection;
use super::limit_words;
use super::moved_places::MovedPlaces;
use super::request::{DefinitionKey, View};
use super::shape::ShapeId;
use crate::model::{Type, TypeId, TypeKind};
use crate::names::{
    FORM_SUFFIX, LockedNames, NameKind, NameRequest, SENT_SUFFIX, Scope, type_name, upper_camel, words,
};
use crate::read::schema::SchemaId;
use indexmap::IndexSet;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The names of all types.
pub(super) struct TypeNames {
    /// The name of each definition, and its key in the lock file.
    pub(super) of_definitions: Vec<(String, Option<SchemaId>)>,
    /// Further names of types.
    pub(super) aliases: Vec<Alias>,
    /// The lines of the lock file: keys and names.
    pub(super) locked: Vec<(String, String)>,
}

/// A former name of a type, which callers may still use.
pub(super) struct Alias {
    pub(super) name: String,
    /// The place of the name in the lock file.
    pub(super) place: SchemaId,
    pub(super) of: TypeId,
}

/// A line of the lock file, and the definition that it names.
struct LockedLine<'l> {
    key: String,
    name: &'l str,
    definition: TypeId,
    /// Which of the definition's keys this is; `None` if it is the key of a place without a definition.
    at: Option<usize>,
    place: SchemaId,
}

/// The suffixes that the key of a type may have in the lock file, the current one first. It had one of the others when the
/// document did not yet distinguish the values that are sent from those that are received.
fn suffixes(view: View) -> [&'static str; 3] {
    match view {
        View::Shared | View::Received => ["", SENT_SUFFIX, FORM_SUFFIX],
        View::Sent => [SENT_SUFFIX, "", FORM_SUFFIX],
        View::Form => [FORM_SUFFIX, "", SENT_SUFFIX],
    }
}

/// What the names of types depend on.
pub(super) struct TypeNaming<'n> {
    context: &'n Context<'n>,
    files: &'n FormFiles,
    definitions: &'n CompleteDefinitions,
    locked: &'n LockedNames,
    /// For each title the one structure that has it, `None` if there are several.
    titles: HashMap<&'n str, Option<ShapeId>>,
}

impl<'n> TypeNaming<'n> {
    pub(super) fn new(
        context: &'n Context<'n>,
        files: &'n FormFiles,
        definitions: &'n CompleteDefinitions,
        locked: &'n LockedNames,
    ) -> Self {
        Self {
            context,
            files,
            definitions,
            locked,
            titles: titles(context),
        }
    }

    /// Names for all definitions, in their order. `moved_places` has the types at those places of the lock file that
    /// have no definition of their own.
    pub(super) fn names(&self, moved_places: &MovedPlaces) -> TypeNames {
        let mut scope = Scope::api(NameKind::Types);
        let mut names: Vec<Option<String>> = vec![None; self.definitions.list.len()];
        let lines = self.locked_lines(moved_places);
        let used = self.assign_fixed(&lines, &mut scope, &mut names);
        let unused = lines.iter().enumerate().filter(|(line, _)| !used.contains(line));
        let aliases: Vec<(String, Alias)> = unused
            .filter(|(_, line)| scope.take(line.name))
            .map(|(_, line)| {
                let alias = Alias {
                    name: line.name.to_owned(),
                    place: line.place,
                    of: line.definition,
                };
                (line.key.clone(), alias)
            })
            .collect();
        self.name_components(&mut scope, &mut names);
        self.name_inline(&mut scope, &mut names);

        let at: HashMap<TypeId, usize> = used
            .iter()
            .filter_map(|&line| Some((lines[line].definition, lines[line].at?)))
            .collect();
        let mut locked: Vec<(String, String)> = Vec::new();
        let mut of_definitions = Vec::with_capacity(names.len());
        for (index, name) in names.into_iter().enumerate() {
            let definition = &self.definitions.list[index];
            let name = name.unwrap_or_default();
            let at = at.get(&TypeId(index)).copied();
            if let Some((key, _)) = definition.lock_keys.get_index(at.unwrap_or_default()) {
                let suffix = suffixes(definition.key.view())[0];
                locked.push((format!("{key}{suffix}"), name.clone()));
            }
            of_definitions.push((name, at.map(|at| definition.lock_keys[at])));
        }
        locked.extend(
            aliases
                .iter()
                .map(|(key, alias)| (key.clone(), alias.name.clone())),
        );
        TypeNames {
            of_definitions,
            aliases: aliases.into_iter().map(|(_, alias)| alias).collect(),
            locked,
        }
    }

    /// The lines of the lock file that apply to the document: first those whose place has no definition, then those with
    /// the current suffix.
    fn locked_lines(&self, moved_places: &MovedPlaces) -> Vec<LockedLine<'_>> {
        // By key: how far the suffix is from the current one, the definition, and which of its keys it is.
        let mut known: HashMap<String, (usize, usize, usize)> = HashMap::new();
        for rank in 0..3 {
            for (index, definition) in self.definitions.list.iter().enumerate() {
                let suffix = suffixes(definition.key.view())[rank];
                for (at, (lock_key, _)) in definition.lock_keys.iter().enumerate() {
                    let key = format!("{lock_key}{suffix}");
                    known.entry(key).or_insert((rank, index, at));
                }
            }
        }
        let mut lines: Vec<(Option<usize>, LockedLine<'_>)> = Vec::new();
        for (key, name) in self.locked.of(NameKind::Types) {
            let (rank, definition, at, place) = match (known.get(&key), moved_places.get(&key)) {
                (Some(&(rank, index, at)), _) => {
                    let place = self.definitions.list[index].lock_keys[at];
                    (Some(rank), TypeId(index), Some(at), place)
                }
                (None, Some((place, Type::Named(of)))) => (None, *of, None, *place),
                _ => continue,
            };
            let line = LockedLine {
                key,
                name,
                definition,
                at,
                place,
            };
            lines.push((rank, line));
        }
        lines.sort_by_key(|(rank, line)| (*rank, &self.context.schemas[line.place].pointer.0));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// Names the definitions that the configuration or the lock file names. Returns the lines that are in use.
    fn assign_fixed(
        &self,
        lines: &[LockedLine<'_>],
        scope: &mut Scope,
        names: &mut [Option<String>],
    ) -> HashSet<usize> {
        let mut line_of: HashMap<usize, usize> = HashMap::new();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.at.is_some()) {
            line_of.entry(line.definition.0).or_insert(index);
        }
        let mut definitions = Vec::new();
        let mut requests = Vec::new();
        for (index, definition) in self.definitions.list.iter().enumerate() {
            let chosen = self.chosen_name(definition);
            let line = line_of.get(&index).map(|&line| &lines[line]);
            if chosen.is_some() || line.is_some() {
                let key = line.map(|line| line.key.as_str());
                definitions.push((index, chosen.is_some()));
                requests.push(NameRequest::new(key.unwrap_or_default(), "").chosen(chosen));
            }
        }
        let mut used = HashSet::new();
        for ((index, is_chosen), name) in definitions
            .into_iter()
            .zip(scope.assign_fixed(&requests, self.locked))
        {
            if name.is_some() && !is_chosen {
                used.extend(line_of.get(&index).copied());
            }
            names[index] = name;
        }
        used
    }

    /// The name that the configuration sets.
    fn chosen_name(&self, definition: &Definition) -> Option<String> {
        if self.context.options.names.is_empty() {
            return None;
        }
        let mut places = definition.places.iter();
        let chosen = places.find_map(|&schema| {
            self.context
                .options
                .names
                .get(&self.context.schemas[schema].pointer.0)
        })?;
        // The type that is sent gets a prefix, since one chosen name must not name two types.
        Some(match definition.key {
            DefinitionKey::Component(_, View::Sent) => format!("New{}", type_name(chosen)),
            _ => type_name(chosen),
        })
    }

    /// Names all components, even unused ones, so that no name depends on which of them are used.
    fn name_components(&self, scope: &mut Scope, names: &mut [Option<String>]) {
        let components = self.context.components.list();
        let binary: Vec<bool> = components
            .iter()
            .map(|(component, _)| self.is_named_as_form(*component, names))
            .collect();
        let mut plain: Vec<Option<String>> = components
            .iter()
            .zip(&binary)
            .map(|((component, _), &binary)| {
                let views: &[View] = if binary {
                    &[View::Form]
                } else {
                    &[View::Shared, View::Received]
                };
                let mut ids = views
                    .iter()
                    .filter_map(|&view| self.component_id(*component, view));
                ids.find_map(|id| names[id.0].clone())
            })
            .collect();
        // Components that are written like their types come first; the others in the order of their texts, so that the
        // order in the document does not matter.
        let is_base = |at: usize| self.context.inheritance.is_base(components[at].0);
        let is_exact = |at: usize| !is_base(at) && type_name(&components[at].1) == components[at].1;
        let mut order: Vec<usize> = (0..plain.len()).filter(|&at| plain[at].is_none()).collect();
        order.sort_by_key(|&at| (is_base(at), !is_exact(at), &components[at].1));
        let requests: Vec<NameRequest> = order
            .iter()
            .map(|&at| {
                let mut request = NameRequest::new("", type_name(&components[at].1));
                if let Some(stem) = components[at].1.strip_suffix("Base").filter(|_| is_base(at)) {
                    request = request.or(format!("{stem}Members"));
                }
                if is_exact(at) {
                    request.preferred()
                } else {
                    request
                }
            })
            .collect();
        for (at, name) in order.into_iter().zip(scope.assign(&requests, LockedNames::NONE)) {
            plain[at] = Some(name);
        }
        for (((component, _), binary), name) in components.iter().zip(binary).zip(plain) {
            let name = name.unwrap_or_default();
            for view in [View::Shared, View::Received, View::Sent, View::Form] {
                let Some(id) = self.component_id(*component, view) else {
                    continue;
                };
                if names[id.0].is_none() {
                    let is_split = self.context.is_split(*component);
                    names[id.0] = Some(match view_request(&name, view, is_split, binary) {
                        Some(request) => assign_one(scope, request),
                        None => name.clone(),
                    });
                }
            }
        }
    }

    /// Whether the form, and not the JSON, has the name of the component: it holds files, and no JSON has the name yet.
    fn is_named_as_form(&self, component: SchemaId, names: &[Option<String>]) -> bool {
        let is_named = |view| {
            self.component_id(component, view)
                .is_some_and(|id| names[id.0].is_some())
        };
        let is_form = self.component_id(component, View::Form).is_some();
        let is_named_as_json = [View::Shared, View::Received].into_iter().any(is_named);
        is_form && (is_named(View::Form) || !is_named_as_json) && self.has_files(component)
    }

    /// Whether the component, as a form or as a part of one, has files.
    fn has_files(&self, component: SchemaId) -> bool {
        let component = Intersection::whole(component);
        self.files.is_form_with_file(self.context, &component)
            || self.files.holds_file(self.context, &component)
    }

    fn component_id(&self, component: SchemaId, view: View) -> Option<TypeId> {
        self.definitions.find(&DefinitionKey::Component(component, view))
    }

    /// Names inline types, each after the types that contain it.
    fn name_inline(&self, scope: &mut Scope, names: &mut [Option<String>]) {
        let count = self.definitions.list.len();
        let mut waiting: Vec<usize> = vec![0; count];
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut ready: BTreeSet<usize> = BTreeSet::new();
        for (index, definition) in self.definitions.list.iter().enumerate() {
            if names[index].is_some() {
                continue;
            }
            for base in definition.hints().iter().filter_map(|hint| hint.base) {
                if names[base.0].is_none() && base.0 != index {
                    waiting[index] += 1;
                    children[base.0].push(index);
                }
            }
            if waiting[index] == 0 {
                ready.insert(index);
            }
        }
        let mut left: BTreeSet<usize> = (0..count).filter(|&index| names[index].is_none()).collect();
        // A type that contains itself through others comes last.
        while let Some(index) = ready.pop_first().or_else(|| left.first().copied()) {
            if !left.remove(&index) {
                continue;
            }
            names[index] = Some(self.inline_name(index, scope, names));
            for &child in &children[index] {
                waiting[child] = waiting[child].saturating_sub(1);
                if waiting[child] == 0 {
                    ready.insert(child);
                }
            }
        }
    }

    fn inline_name(&self, index: usize, scope: &mut Scope, names: &[Option<String>]) -> String {
        let definition = &self.definitions.list[index];
        let mut candidates: IndexSet<Vec<String>> = IndexSet::new();
        for hint in definition.hints() {
            let parent = match hint.base {
                Some(base) => match &names[base.0] {
                    Some(name) => words(name),
                    None => continue,
                },
                None => Vec::new(),
            };
            candidates.insert(hint_words(&parent, &hint.steps));
        }
        let candidates: Vec<Vec<String>> = candidates.into_iter().collect();
        let mut proposals: Vec<String> = Vec::new();
        if let Some(title) = self.own_title(index) {
            proposals.push(type_name(&upper_camel(&title)));
        }
        match shared_words(&candidates) {
            Some(words) => proposals.push(type_name(&upper_camel(&words))),
            None if candidates.len() > 1 => {
                proposals.extend(content_name(&self.definitions.bodies[index], &candidates));
            }
            None => {}
        }
        for candidate in candidates.iter().take(3) {
            proposals.push(type_name(&upper_camel(candidate)));
        }
        if let Some(first) = candidates.first() {
            let first = upper_camel(first);
            let kind = match kind_word(&self.definitions.bodies[index]) {
                "" => "Value",
                word => word,
            };
            proposals.push(type_name(&format!("{first}{kind}")));
        }
        assign_one(scope, NameRequest::first_free("", proposals))
    }

    /// The words of the title of an inline schema, if it can be a name and no other structure has it.
    fn own_title(&self, index: usize) -> Option<Vec<String>> {
        let definition = &self.definitions.list[index];
        let schema = *definition.places.first()?;
        let title = self.context.schemas[schema].title.as_deref()?;
        if definition
            .places
            .iter()
            .any(|&place| self.context.schemas[place].title.as_deref() != Some(title))
        {
            return None;
        }
        let is_unique = self.titles.get(title) == Some(&Some(self.context.shapes.of_body(schema)));
        if is_unique { title_words(title) } else { None }
    }
}

/// For each title the one structure that has it, `None` if there are several.
fn titles<'a>(context: &Context<'a>) -> HashMap<&'a str, Option<ShapeId>> {
    let mut titles: HashMap<&str, Option<ShapeId>> = HashMap::new();
    for (id, schema) in (0u32..).map(SchemaId).zip(&context.schemas.list) {
        let Some(title) = &schema.title else { continue };
        let shape = context.shapes.of_body(id);
        titles
            .entry(title)
            .and_modify(|known| *known = known.filter(|known| *known == shape))
            .or_insert(Some(shape));
    }
    titles
}

/// What distinguishes a type from another with the same name.
fn kind_word(body: &Body) -> &'static str {
    match body.kind {
        TypeKind::Enum(_) => "Kind",
        TypeKind::Union(_) => "Choice",
        TypeKind::Struct(_) => "Object",
        TypeKind::Newtype(_) | TypeKind::Checked(_) | TypeKind::Alias(_) => "",
    }
}

/// The name of a small object whose places have no words in common, from its members: `Message` for `{message}`. It
/// does not change when places are added. If all places end with the same word, such as `Body`, the word is appended. A
/// checked string or number is named by its limits.
fn content_name(body: &Body, candidates: &[Vec<String>]) -> Option<String> {
    let object = match &body.kind {
        TypeKind::Struct(object) => object,
        TypeKind::Checked(checked) => {
            let words = limit_words::words(checked)?;
            return Some(type_name(&upper_camel(&words)));
        }
        _ => return None,
    };
    if object.fields.len() > 2 {
        return None;
    }
    let wires: Vec<&str> = object.fields.iter().map(|field| field.wire.as_str()).collect();
    let mut all = words(&wires.join(" and "));
    if all.iter().all(|word| is_generic(word)) {
        return None;
    }
    let role = candidates.first().and_then(|first| first.last());
    all.extend(
        role.filter(|role| is_generic(role) && candidates.iter().all(|words| words.last() == Some(role)))
            .cloned(),
    );
    Some(type_name(&upper_camel(&all)))
}

/// The name of the type for one view of a component; `None` if it has the name of the component.
fn view_request(name: &str, view: View, is_split: bool, is_binary: bool) -> Option<NameRequest> {
    // `Self_` with a suffix is `SelfForm`.
    let stem = name.trim_end_matches('_');
    match view {
        View::Sent if is_split => {
            let request = NameRequest::new("", format!("New{stem}"));
            Some(request.or(format!("{stem}Input")).or(format!("{stem}ToSend")))
        }
        // A component with files is primarily a form.
        View::Form if is_binary => None,
        View::Form => Some(NameRequest::new("", format!("{stem}Form"))),
        _ if is_binary => Some(NameRequest::new("", format!("{stem}Json"))),
        _ => None,
    }
}

fn assign_one(scope: &mut Scope, request: NameRequest) -> String {
    let names = scope.assign(&[request], LockedNames::NONE);
    names.into_iter().next().unwrap_or_default()
}
