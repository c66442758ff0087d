//! What types are called: a component by its name, an inline type by the places it stands at. All names are
//! settled at the end, when every place is known.

use super::context::Context;
use super::definitions::{Body, CompleteDefinitions, DefinitionKey, View};
use super::files::FormFiles;
use super::limit_words;
use super::lock_keys::{FORM_SUFFIX, MovedPlaces, SENT_SUFFIX};
use super::shape::ShapeId;
use crate::model::{Type, TypeId, TypeKind};
use crate::names::{LockedNames, NameKind, UniqueNames, type_name, upper_camel, words};
use crate::read::schema::SchemaId;
use indexmap::IndexSet;
use std::collections::{HashMap, HashSet};

/// No inline type's name has more characters; the middle is what goes.
const LONGEST: usize = 64;

/// What an inline type would be called, from its place: words, or a type and the way from there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameHint {
    pub(super) base: Option<TypeId>,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// A property, a branch, a word such as `Response`.
    Then(String),
    /// An element of an array or a map.
    Item,
}

impl NameHint {
    /// A hint of any text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            base: None,
            steps: vec![Step::Then(text.to_owned())],
        }
    }

    /// With further words at the end.
    #[must_use]
    pub fn then(&self, text: &str) -> Self {
        let mut hint = self.clone();
        hint.steps.push(Step::Then(text.to_owned()));
        hint
    }

    /// Of an element of what this names: `CustomFields` gives `CustomField`.
    #[must_use]
    pub fn item(&self) -> Self {
        let mut hint = self.clone();
        hint.steps.push(Step::Item);
        hint
    }

    pub(super) fn within(parent: TypeId) -> Self {
        Self {
            base: Some(parent),
            steps: Vec::new(),
        }
    }
}

/// Words that say nothing of what a type is about.
const GENERIC: &[&str] = &[
    "response", "data", "item", "items", "body", "request", "object", "value", "values", "type", "list",
    "get", "create", "update", "delete", "patch", "put", "post", "by", "of", "for", "in", "and", "or", "to",
    "the", "a", "an", "id", "result", "results", "params", "query", "with", "on", "from", "all", "add",
    "set", "remove", "entry",
];

fn generic(word: &str) -> bool {
    GENERIC.contains(&word)
}

fn connective(word: &str) -> bool {
    matches!(
        word,
        "by" | "of" | "for" | "in" | "and" | "or" | "to" | "with" | "on" | "from" | "a" | "an" | "the"
    )
}

/// The singular of an English plural; `None` if it isn't one that can be told.
pub(super) fn singular(word: &str) -> Option<String> {
    match word {
        "children" => return Some("child".to_owned()),
        "people" => return Some("person".to_owned()),
        "criteria" => return Some("criterion".to_owned()),
        "news" | "series" | "species" | "sms" | "gps" | "dns" | "https" | "aws" | "os" | "ios" | "css"
        | "lens" | "alias" | "bonus" | "canvas" | "atlas" | "gas" | "tls" | "sas" | "ids"
            if word != "ids" =>
        {
            return None;
        }
        "ids" => return Some("id".to_owned()),
        "aliases" | "statuses" | "bonuses" | "canvases" | "viruses" | "buses" | "gases" => {
            return word.strip_suffix("es").map(str::to_owned);
        }
        "movies" | "cookies" | "calories" | "ties" | "pies" => {
            return word.strip_suffix('s').map(str::to_owned);
        }
        "indices" => return Some("index".to_owned()),
        "matrices" => return Some("matrix".to_owned()),
        "vertices" => return Some("vertex".to_owned()),
        "analyses" => return Some("analysis".to_owned()),
        _ => {}
    }
    if word.len() < 4 {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    for ending in ["sses", "xes", "ches", "shes", "zzes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").map(str::to_owned);
        }
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return None;
    }
    word.strip_suffix('s').map(str::to_owned)
}

/// The words of a hint, given its parent's.
fn resolve(parent: &[String], steps: &[Step]) -> Vec<String> {
    let mut all = parent.to_vec();
    for step in steps {
        match step {
            Step::Then(text) => {
                let mut more = words(text);
                // `AssetHolding` then `AssetHoldingType` is `AssetHoldingType`.
                let overlap = (1..=all.len().min(more.len()))
                    .rev()
                    .find(|&count| all[all.len() - count..] == more[..count]);
                if let Some(count) = overlap {
                    more.drain(..count);
                }
                all.extend(more);
            }
            Step::Item => match all.last().and_then(|word| singular(word)) {
                Some(word) => {
                    all.pop();
                    all.push(word);
                }
                None => all.push("item".to_owned()),
            },
        }
    }
    shortened(all)
}

/// Keeps the start and the end of what would be too long a name.
fn shortened(words: Vec<String>) -> Vec<String> {
    let length = |words: &[String]| words.iter().map(String::len).sum::<usize>();
    if length(&words) <= LONGEST {
        return words;
    }
    let mut head = 0;
    let mut room = LONGEST / 2;
    while head < words.len() && words[head].len() <= room {
        room -= words[head].len();
        head += 1;
    }
    let mut tail = words.len();
    let mut room = LONGEST / 2;
    while tail > head && words[tail - 1].len() <= room {
        room -= words[tail - 1].len();
        tail -= 1;
    }
    if head == 0 && tail == words.len() {
        return words;
    }
    words[..head].iter().chain(&words[tail..]).cloned().collect()
}

/// The longest common subsequence.
fn common(a: &[String], b: &[String]) -> Vec<String> {
    let width = b.len() + 1;
    let mut lengths = vec![0usize; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * width + j] = if a[i] == b[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            found.push(a[i].clone());
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// The words that all names of what stands at several places have in common, if they say something.
fn in_common(candidates: &[Vec<String>]) -> Option<Vec<String>> {
    let (first, rest) = candidates.split_first()?;
    let mut found = first.clone();
    for candidate in rest {
        found = common(&found, candidate);
    }
    if candidates.len() > 1 {
        while found.len() > 2
            && found.last().is_some_and(|word| {
                matches!(word.as_str(), "response" | "data" | "item" | "body" | "request")
            })
        {
            found.pop();
        }
        // `ByUserStatus`, `StartFor`: a connective has lost what it connected.
        while found.len() > 1 && found.first().is_some_and(|word| connective(word)) {
            found.remove(0);
        }
        while found.len() > 1 && found.last().is_some_and(|word| connective(word)) {
            found.pop();
        }
    }
    (!found.iter().all(|word| generic(word))).then_some(found)
}

/// A title that would do as a name: two to four words that aren't a sentence.
fn decent(title: &str) -> Option<Vec<String>> {
    let plain = title
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-'));
    let parts = words(title);
    let short = (2..=4).contains(&parts.len()) && title.len() <= 40;
    let sentence = parts.iter().any(|word| {
        matches!(
            word.as_str(),
            "is" | "are"
                | "the"
                | "a"
                | "an"
                | "not"
                | "for"
                | "with"
                | "when"
                | "to"
                | "of"
                | "in"
                | "was"
                | "if"
        )
    });
    let letter = title.starts_with(|c: char| c.is_ascii_alphabetic());
    (plain && short && !sentence && letter && !parts.iter().all(|word| generic(word))).then_some(parts)
}

/// Names for all types.
pub(super) struct Named {
    /// The name of each definition, and the place that it is kept for.
    pub(super) of_definitions: Vec<(String, Option<SchemaId>)>,
    /// Names that stay although what they were given to is called otherwise now.
    pub(super) aliases: Vec<OtherName>,
    /// What a lock file is to hold: keys and names.
    pub(super) kept: Vec<(String, String)>,
}

/// Another name of a type.
pub(super) struct OtherName {
    pub(super) name: String,
    /// Where the name is kept for.
    pub(super) place: SchemaId,
    pub(super) of: TypeId,
}

/// What a key of a lock file ends with, for each way that types may be told apart by. A name that was kept before
/// the type was two goes on with what is received, or else with what is sent.
fn endings(view: View) -> [&'static str; 3] {
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

    /// Names for all definitions, in their order.
    pub(super) fn names(&self, moved_places: &MovedPlaces) -> Named {
        let mut scope = UniqueNames::default();
        let mut names: Vec<Option<String>> = vec![None; self.definitions.list.len()];
        let mut lock_keys: Vec<Option<usize>> = vec![None; self.definitions.list.len()];
        self.name_by_choice(&mut scope, &mut names);
        let aliases = self.name_by_lock(moved_places, &mut scope, &mut names, &mut lock_keys);
        let simple = self.name_components(&mut scope, &mut names);
        self.name_inline(&mut scope, &mut names);

        let mut kept: Vec<(String, String)> = Vec::new();
        let mut of_definitions = Vec::with_capacity(names.len());
        for (index, (name, at)) in names.into_iter().zip(lock_keys).enumerate() {
            let definition = &self.definitions.list[index];
            let name = name.unwrap_or_default();
            // A component that is written like its type is found by its own name.
            if !simple.contains(&index)
                && let Some((lock_key, _)) = definition.lock_keys.get_index(at.unwrap_or_default())
            {
                let ending = endings(definition.key.view())[0];
                kept.push((format!("{lock_key}{ending}"), name.clone()));
            }
            of_definitions.push((name, at.map(|at| definition.lock_keys[at])));
        }
        kept.extend(
            aliases
                .iter()
                .map(|(key, alias)| (key.clone(), alias.name.clone())),
        );
        Named {
            of_definitions,
            aliases: aliases.into_iter().map(|(_, alias)| alias).collect(),
            kept,
        }
    }

    fn name_by_choice(&self, scope: &mut UniqueNames, names: &mut [Option<String>]) {
        if self.context.options.names.is_empty() {
            return;
        }
        for (slot, definition) in names.iter_mut().zip(&self.definitions.list) {
            // What is sent of a split type keeps its prefix, or one choice would name two types.
            let sent = matches!(definition.key, DefinitionKey::Component(_, View::Sent));
            let chosen = definition.places.iter().find_map(|&schema| {
                self.context
                    .options
                    .names
                    .get(&self.context.schemas[schema].pointer.0)
            });
            if let Some(chosen) = chosen {
                let name = if sent {
                    format!("New{}", type_name(chosen))
                } else {
                    type_name(chosen)
                };
                *slot = Some(scope.make_unique(&name));
            }
        }
    }

    /// Gives types the names that they have already. Names whose place has a type that is called otherwise, since
    /// it has the shape of another one now, come out; `at` gets which of each definition's places a name is kept for.
    fn name_by_lock(
        &self,
        moved_places: &MovedPlaces,
        scope: &mut UniqueNames,
        names: &mut [Option<String>],
        at: &mut [Option<usize>],
    ) -> Vec<(String, OtherName)> {
        // The definition for each key, and how far it is from having that key itself.
        let mut known: HashMap<String, (usize, usize, usize)> = HashMap::new();
        for rank in 0..3 {
            for (index, definition) in self.definitions.list.iter().enumerate() {
                let ending = endings(definition.key.view())[rank];
                for (at, (lock_key, _)) in definition.lock_keys.iter().enumerate() {
                    let key = format!("{lock_key}{ending}");
                    known.entry(key).or_insert((rank, index, at));
                }
            }
        }
        let mut kept: Vec<(String, &str)> = self.locked.of(NameKind::Types).collect();
        kept.sort_by_key(|(key, _)| known.get(key).map(|(rank, ..)| *rank));
        let mut left = Vec::new();
        for (key, name) in kept {
            match known.get(&key) {
                Some(&(_, index, lock_key)) if names[index].is_none() && scope.reserve(name) => {
                    names[index] = Some(name.to_owned());
                    at[index] = Some(lock_key);
                }
                _ => left.push((key, name)),
            }
        }
        let mut aliases = Vec::new();
        for (key, name) in left {
            // Another name of the same type may have been first.
            let now = match known.get(&key) {
                Some(&(_, index, lock_key)) => {
                    Some((self.definitions.list[index].lock_keys[lock_key], TypeId(index)))
                }
                None => match moved_places.get(&key) {
                    Some((place, Type::Named(of))) => Some((*place, *of)),
                    _ => None,
                },
            };
            if let Some((place, of)) = now
                && scope.reserve(name)
            {
                let alias = OtherName {
                    name: name.to_owned(),
                    place,
                    of,
                };
                aliases.push((key, alias));
            }
        }
        aliases
    }

    /// Names for components; which definitions simply bear the name of their component comes out.
    fn name_components(&self, scope: &mut UniqueNames, names: &mut [Option<String>]) -> HashSet<usize> {
        let components = self.context.components.list();
        let mut simple = HashSet::new();
        // Every component claims its name, whether or not it is a type here, so that nothing depends on use.
        let binary: Vec<bool> = components
            .iter()
            .map(|(component, _)| self.files.is_form_with_file(self.context, *component))
            .collect();
        // The name that it has already, with which what is sent of it goes along.
        let has_already = |component: SchemaId, binary: bool| {
            let views: &[View] = if binary {
                &[View::Form]
            } else {
                &[View::Shared, View::Received]
            };
            views.iter().find_map(|&view| {
                let id = self
                    .definitions
                    .find(&DefinitionKey::Component(component, view))?;
                names[id.0].clone()
            })
        };
        let mut plain: Vec<Option<String>> = components
            .iter()
            .zip(&binary)
            .map(|((component, _), &binary)| has_already(*component, binary))
            .collect();
        // One that is written like its type has that name unless it is kept for another. The rest go in the order of
        // their texts: where in the document each stands does not matter.
        let is_exact = |at: usize| type_name(&components[at].1) == components[at].1;
        let mut order: Vec<usize> = Vec::new();
        for at in (0..plain.len())
            .filter(|&at| plain[at].is_none())
            .collect::<Vec<_>>()
        {
            let text = &components[at].1;
            if is_exact(at) && scope.reserve(text) {
                plain[at] = Some(text.clone());
            } else {
                order.push(at);
            }
        }
        order.sort_by_key(|&at| (!is_exact(at), &components[at].1));
        for at in order {
            plain[at] = Some(scope.make_unique(&type_name(&components[at].1)));
        }
        for (((component, text), binary), name) in components.iter().zip(binary).zip(plain) {
            let name = name.unwrap_or_default();
            // `Self_` cannot have anything at its end.
            let bare = name.trim_end_matches('_');
            for view in [View::Shared, View::Received, View::Sent, View::Form] {
                let key = DefinitionKey::Component(*component, view);
                let Some(id) = self.definitions.find(&key) else {
                    continue;
                };
                let others: Vec<String> = match view {
                    View::Sent if self.context.is_split(*component) => {
                        vec![
                            format!("New{bare}"),
                            format!("{bare}Input"),
                            format!("{bare}ToSend"),
                        ]
                    }
                    // A component with files is a form first of all.
                    View::Form if binary => Vec::new(),
                    View::Form => vec![format!("{bare}Form")],
                    _ if binary => vec![format!("{bare}Json")],
                    _ => Vec::new(),
                };
                if others.is_empty() && name == *text {
                    simple.insert(id.0);
                }
                if names[id.0].is_some() {
                    continue;
                }
                names[id.0] = Some(if others.is_empty() {
                    name.clone()
                } else {
                    first_free(scope, &others)
                });
            }
        }
        simple
    }

    /// Inline types, each after the types that it stands in.
    fn name_inline(&self, scope: &mut UniqueNames, names: &mut [Option<String>]) {
        let count = self.definitions.list.len();
        let mut waiting: Vec<usize> = vec![0; count];
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut ready: std::collections::BTreeSet<usize> = std::collections::BTreeSet::new();
        for (index, definition) in self.definitions.list.iter().enumerate() {
            if names[index].is_some() {
                continue;
            }
            for base in definition.hints.iter().filter_map(|hint| hint.base) {
                if names[base.0].is_none() && base.0 != index {
                    waiting[index] += 1;
                    children[base.0].push(index);
                }
            }
            if waiting[index] == 0 {
                ready.insert(index);
            }
        }
        let mut left: std::collections::BTreeSet<usize> =
            (0..count).filter(|&index| names[index].is_none()).collect();
        // A type that stands within itself by way of others is taken when nothing else is left.
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

    fn inline_name(&self, index: usize, scope: &mut UniqueNames, names: &[Option<String>]) -> String {
        let definition = &self.definitions.list[index];
        let mut candidates: IndexSet<Vec<String>> = IndexSet::new();
        for hint in &definition.hints {
            let parent = match hint.base {
                Some(base) => match &names[base.0] {
                    Some(name) => words(name),
                    None => continue,
                },
                None => Vec::new(),
            };
            candidates.insert(resolve(&parent, &hint.steps));
        }
        let candidates: Vec<Vec<String>> = candidates.into_iter().collect();
        let mut wanted: Vec<String> = Vec::new();
        if let Some(title) = self.own_title(index) {
            wanted.push(type_name(&upper_camel(&title)));
        }
        match in_common(&candidates) {
            Some(words) => wanted.push(type_name(&upper_camel(&words))),
            None if candidates.len() > 1 => {
                wanted.extend(by_content(&self.definitions.bodies[index], &candidates))
            }
            None => {}
        }
        for candidate in candidates.iter().take(3) {
            wanted.push(type_name(&upper_camel(candidate)));
        }
        if let Some(first) = candidates.first() {
            let first = upper_camel(first);
            let kind = match kind_word(&self.definitions.bodies[index]) {
                "" => "Value",
                word => word,
            };
            wanted.push(type_name(&format!("{first}{kind}")));
        }
        first_free(scope, &wanted)
    }

    /// The title of an inline schema, if it makes a name and no other structure has the same.
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
        let unique = self.titles.get(title) == Some(&Some(self.context.shapes.body_of(schema)));
        if unique { decent(title) } else { None }
    }
}

/// For each title the one structure that has it, `None` if there are several.
fn titles<'a>(context: &Context<'a>) -> HashMap<&'a str, Option<ShapeId>> {
    let mut titles: HashMap<&str, Option<ShapeId>> = HashMap::new();
    for (id, schema) in (0u32..).map(SchemaId).zip(&context.schemas.list) {
        let Some(title) = &schema.title else { continue };
        let shape = context.shapes.body_of(id);
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

/// The name of a small object at places that have nothing in common: what it holds, as in `Message` for
/// `{message}`. It says more than the name of any one of its places, and stays when places are added.
/// A role that it has everywhere goes with it: `NameBody`. A text or number with limits is named by these.
fn by_content(body: &Body, candidates: &[Vec<String>]) -> Option<String> {
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
    if all.iter().all(|word| generic(word)) {
        return None;
    }
    let role = candidates.first().and_then(|first| first.last());
    all.extend(
        role.filter(|role| generic(role) && candidates.iter().all(|words| words.last() == Some(role)))
            .cloned(),
    );
    Some(type_name(&upper_camel(&all)))
}

fn first_free(scope: &mut UniqueNames, wanted: &[String]) -> String {
    for name in wanted {
        if scope.reserve(name) {
            return name.clone();
        }
    }
    scope.make_unique(wanted.last().map_or("Unnamed", String::as_str))
}
