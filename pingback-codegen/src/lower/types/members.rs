//! The names of fields and of the variants of enums and unions: wanted names in, unique ones out, where those that have been
//! given before stay.
//!
//! Of all texts that become one name one is spelled the way the API spells, and that one has the name for the
//! asking; the others have a line in the lock file from the day they come. So what is new takes nothing from what is
//! there, although hardly any member has a line.

use super::definitions::Openness;
use super::finish::unlisted_name;
use super::union::{BranchKey, BranchName, SCALARS};
use crate::model::{Type, TypeDef, TypeKind};
use crate::names::assign::{self, Right, Thing};
use crate::names::{LockedNames, NameKind, SPELLINGS, UniqueNames, is_spelled};
use std::collections::HashMap;
use std::ops::Range;

/// What the map of further members is called, and what it is kept as.
const ADDITIONAL: &str = "additional_properties";

/// A member in want of a name.
struct Member<'t> {
    /// What it is told apart by, in its type.
    key: String,
    /// What it is on the wire, if that is where its name comes from.
    text: Option<String>,
    name: &'t mut String,
}

/// Makes the names of all members unique in their types; `openness` says which enums take any other value, and
/// `other_names` which types are further names of others.
pub(super) fn settle(
    types: &mut [TypeDef],
    openness: &[Openness],
    other_names: Range<usize>,
    old: &LockedNames,
    new: &mut LockedNames,
) {
    let spelling = |kind: &'static str, types: &mut [TypeDef]| {
        let known = old.get(NameKind::Spellings, kind);
        let known = known.and_then(|known| SPELLINGS.into_iter().find(|spelling| *spelling == known));
        known.or_else(|| most(kind, types))
    };
    let others = called_otherwise(types, other_names);
    for kind in ["fields", "values"] {
        let before = old.get(NameKind::Spellings, kind).is_some();
        let Some(spelling) = spelling(kind, types) else {
            continue;
        };
        new.insert(NameKind::Spellings, kind, spelling);
        for (at, def) in types.iter_mut().enumerate() {
            let mut names = UniqueNames::default();
            if matches!(def.kind, TypeKind::Enum(_)) {
                names.make_unique(unlisted_name(
                    openness.get(at).copied().unwrap_or(Openness::Closed),
                ));
            }
            let scope = Scope {
                name: def.name.clone(),
                others: others.get(&at).cloned().unwrap_or_default(),
                spelling,
                is_old: before,
                names,
            };
            scope.settle(members(kind, def), old, new);
        }
    }
}

/// What types were called at other places: their members may have been named there.
fn called_otherwise(types: &[TypeDef], other_names: Range<usize>) -> HashMap<usize, Vec<String>> {
    let mut others: HashMap<usize, Vec<String>> = HashMap::new();
    for def in &types[other_names] {
        if let TypeKind::Alias(Type::Named(of)) = def.kind {
            others.entry(of.0).or_default().push(def.name.clone());
        }
    }
    others
}

/// Names the branches of unions. A branch that is called like its type is so by right: no two types have one name.
pub(super) fn settle_branches(
    types: &mut [TypeDef],
    mut branches: Vec<Vec<BranchName>>,
    other_names: Range<usize>,
    old: &LockedNames,
    new: &mut LockedNames,
) {
    let others = called_otherwise(types, other_names);
    let names: Vec<String> = types.iter().map(|def| def.name.clone()).collect();
    let mut scopes = Vec::new();
    for (at, (def, branches)) in types.iter_mut().zip(&mut branches).enumerate() {
        let TypeKind::Union(union) = &mut def.kind else {
            continue;
        };
        let mut taken = UniqueNames::default();
        taken.make_unique(unlisted_name(Openness::Closed));
        let mut things: Vec<(usize, Thing<'_>)> = Vec::with_capacity(union.variants.len());
        for (variant, named) in union.variants.iter_mut().zip(branches.drain(..)) {
            let is_its_type = match &variant.ty {
                Type::Named(id) => names.get(id.0) == Some(&named.wanted),
                _ => false,
            };
            let (key, right) = match named.key {
                // A list of texts may become one of several, and one that is open.
                BranchKey::Scalar("Known" | "String") if variant.ty != Type::String => {
                    ("string *".to_owned(), Right::Never)
                }
                BranchKey::Scalar(name) => (format!("{name} *"), Right::Plain),
                BranchKey::Component(name) if is_its_type && !SCALARS.contains(&named.wanted.as_str()) => {
                    (name, Right::Plain)
                }
                BranchKey::Component(name) => (name, Right::First),
                BranchKey::Place(place) => (place, Right::Never),
            };
            let thing = Thing {
                key,
                otherwise: named.wanted.clone(),
                wanted: named.wanted,
                right,
                name: &mut variant.name,
            };
            things.push((named.index, thing));
        }
        things.sort_by_key(|(index, _)| *index);
        let called = std::iter::once(def.name.clone()).chain(others.get(&at).cloned().unwrap_or_default());
        scopes.push(assign::Scope {
            called: called.collect(),
            is_old: !old.is_empty(),
            taken,
            things: things.into_iter().map(|(_, thing)| thing).collect(),
        });
    }
    assign::settle(NameKind::Variants, scopes, old, new);
}

fn members<'t>(kind: &str, def: &'t mut TypeDef) -> Vec<Member<'t>> {
    match &mut def.kind {
        TypeKind::Struct(object) if kind == "fields" => {
            let fields = object.fields.iter_mut().map(|field| Member {
                key: field.wire.clone(),
                text: Some(field.wire.clone()),
                name: &mut field.name,
            });
            let additional = object.additional.iter_mut().map(|(name, _)| Member {
                key: format!("{ADDITIONAL} *"),
                text: None,
                name,
            });
            fields.chain(additional).collect()
        }
        TypeKind::Enum(list) if kind == "values" => {
            let variants = list.variants.iter_mut().map(|variant| Member {
                key: match &variant.value {
                    serde_json::Value::String(text) => text.clone(),
                    other => format!("{other} *"),
                },
                text: variant.value.as_str().map(str::to_owned),
                name: &mut variant.name,
            });
            variants.collect()
        }
        _ => Vec::new(),
    }
}

/// The spelling of most members.
fn most(kind: &str, types: &mut [TypeDef]) -> Option<&'static str> {
    let mut counts = [0usize; SPELLINGS.len()];
    let mut any = false;
    for def in types {
        for member in members(kind, def) {
            any = true;
            let Some(text) = &member.text else { continue };
            for (count, spelling) in counts.iter_mut().zip(SPELLINGS) {
                *count += usize::from(is_spelled(text, member.name, spelling));
            }
        }
    }
    let best = counts
        .iter()
        .zip(SPELLINGS)
        .rev()
        .max_by_key(|(count, _)| **count);
    best.filter(|_| any).map(|(_, spelling)| spelling)
}

/// A type whose members are named.
struct Scope {
    name: String,
    others: Vec<String>,
    spelling: &'static str,
    /// Whether that was the spelling before, so that what has it may be older than what has not.
    is_old: bool,
    names: UniqueNames,
}

impl Scope {
    /// Does a member have its name for the asking?
    fn is_regular(&self, member: &Member<'_>) -> bool {
        match &member.text {
            Some(text) => {
                // What generated code adds by itself goes before all that only comes to be called so.
                !matches!(member.name.as_str(), ADDITIONAL | "Unlisted")
                    && is_spelled(text, member.name, self.spelling)
            }
            None => true,
        }
    }

    fn settle(mut self, mut members: Vec<Member<'_>>, old: &LockedNames, new: &mut LockedNames) {
        let scope = self.name.clone();
        let key = |member: &Member<'_>| format!("{scope}.{}", member.key);
        let wanted: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
        let regular: Vec<bool> = members.iter().map(|member| self.is_regular(member)).collect();
        let mut done = vec![false; members.len()];
        for (member, done) in members.iter_mut().zip(&mut done) {
            let mut scopes = std::iter::once(&scope).chain(&self.others);
            let kept =
                scopes.find_map(|scope| old.get(NameKind::Members, &format!("{scope}.{}", member.key)));
            if let Some(kept) = kept
                && self.names.reserve(kept)
            {
                kept.clone_into(member.name);
                *done = true;
            }
        }
        // Then what is spelled as the API spells, then what is spelled like its name, and then the rest as it comes.
        let exact = |member: &Member<'_>| member.text.as_deref() == Some(member.name.as_str());
        for round in 0..2 {
            for (at, member) in members.iter_mut().enumerate() {
                let first = if round == 0 {
                    self.is_old && regular[at]
                } else {
                    exact(member)
                };
                if !done[at] && first && self.names.reserve(member.name) {
                    done[at] = true;
                }
            }
        }
        for (member, done) in members.iter_mut().zip(done) {
            if !done {
                *member.name = self.names.make_unique(member.name);
            }
        }
        for ((member, wanted), regular) in members.iter().zip(wanted).zip(regular) {
            if !regular || *member.name != wanted {
                new.insert(NameKind::Members, &key(member), member.name.clone());
            }
        }
    }
}
