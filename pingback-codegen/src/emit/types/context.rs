//! What is worked out once for all types of an API: which names they hide, and which way they travel.

use crate::model::{Api, Operation, PayloadKind, Success, TestValues, Type, TypeDef, TypeKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How deep aliases are followed. They cannot name themselves, so that this is never reached.
const DEPTH: usize = 32;

/// The names of the prelude that emitted code uses, with their full paths.
const PRELUDE: &[(&str, &str)] = &[
    ("Box", "boxed"),
    ("Default", "default"),
    ("Err", "result::Result"),
    ("From", "convert"),
    ("Into", "convert"),
    ("None", "option::Option"),
    ("Ok", "result::Result"),
    ("Option", "option"),
    ("Result", "result"),
    ("Some", "option::Option"),
    ("String", "string"),
    ("Vec", "vec"),
];

/// An API and what is known of its types as a whole.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    /// The output has tests, in which values of all types are serialized and deserialized.
    pub(super) has_tests: bool,
    /// Names of the prelude that a type of the API hides.
    hidden: BTreeSet<&'static str>,
    /// The operations of each path.
    by_path: HashMap<&'a str, Vec<&'a Operation>>,
    /// For the name of each type the operations whose success is of it, by number.
    answers: HashMap<&'a str, Vec<usize>>,
    /// The media types whose responses are streams of events.
    pub(super) streams: HashSet<&'a str>,
    /// Examples know what the crate is called.
    pub(super) examples_run: bool,
}

/// `::std::option::Option` for `Option`.
pub(super) fn full(name: &str) -> TokenStream {
    let module = PRELUDE
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, module)| module);
    let segments = module
        .split("::")
        .filter(|segment| !segment.is_empty())
        .map(|segment| format_ident!("{segment}"));
    let name = format_ident!("{name}");
    quote!(::std::#(#segments::)*#name)
}

impl<'a> Context<'a> {
    pub(super) fn new(api: &'a Api, tests: &TestValues) -> Self {
        let names: BTreeSet<&str> = api.types.iter().map(|def| def.name.as_str()).collect();
        let hidden = PRELUDE
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| names.contains(name))
            .collect();
        let mut by_path: HashMap<&str, Vec<&Operation>> = HashMap::new();
        let mut answers: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut streams = HashSet::new();
        for (number, operation) in api.operations.iter().enumerate() {
            by_path.entry(&operation.path).or_default().push(operation);
            let responses = operation.success.responses().iter();
            for payload in
                responses.flat_map(|response| std::iter::once(&response.payload).chain(&response.events))
            {
                if let (PayloadKind::Events(..), Some(media_type)) = (&payload.kind, &payload.media_type) {
                    streams.insert(media_type.as_str());
                }
            }
            let payloads: Vec<&PayloadKind> = match &operation.success {
                Success::One(payload, _) => vec![&payload.kind],
                Success::Choice { responses, .. } => {
                    responses.iter().map(|response| &response.payload.kind).collect()
                }
            };
            for kind in payloads {
                if let PayloadKind::Json(Type::Named(id)) | PayloadKind::Events(_, Type::Named(id)) = kind
                    && let Some(def) = api.types.get(id.0)
                {
                    let numbers = answers.entry(&def.name).or_default();
                    if numbers.last() != Some(&number) {
                        numbers.push(number);
                    }
                }
            }
        }
        Self {
            api,
            has_tests: !tests.is_empty(),
            hidden,
            by_path,
            answers,
            streams,
            examples_run: false,
        }
    }

    /// The operations of a path, in their order.
    pub(super) fn operations_of(&self, path: &str) -> &[&'a Operation] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    /// The operations whose success is of this type.
    pub(super) fn operations_answering(&self, def: &TypeDef) -> impl Iterator<Item = &'a Operation> + '_ {
        let numbers = self.answers.get(def.name.as_str()).into_iter().flatten();
        numbers.filter_map(|&number| self.api.operations.get(number))
    }

    /// What stands before an impl for one way: nothing where values travel so; that it is for tests, where only
    /// the samples do. `None` where there is to be no impl.
    pub(super) fn gate(&self, travels: bool) -> Option<TokenStream> {
        if travels {
            return Some(TokenStream::new());
        }
        self.has_tests.then(|| quote!(#[cfg(test)]))
    }

    /// A name of the prelude: short, unless a type of the API hides it.
    pub(super) fn std(&self, name: &str) -> TokenStream {
        if self.hidden.contains(name) {
            return full(name);
        }
        let name = format_ident!("{name}");
        quote!(#name)
    }

    /// A type as it is written in `models.rs`.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        super::write_type(self.api, ty, &|name| self.std(name), false)
    }

    /// The type with all aliases and boxes in it replaced by what they stand for: equal if they are one type.
    pub(super) fn essence(&self, ty: &Type) -> Type {
        self.essence_at(ty, 0)
    }

    fn essence_at(&self, ty: &Type, depth: usize) -> Type {
        if depth > DEPTH {
            return ty.clone();
        }
        let inner = |ty: &Type| Box::new(self.essence_at(ty, depth + 1));
        match self.api.resolve_aliases(ty) {
            Type::Boxed(ty) => self.essence_at(ty, depth + 1),
            Type::Array(ty) => Type::Array(inner(ty)),
            Type::Map(ty) => Type::Map(inner(ty)),
            Type::Nullable(ty) => Type::Nullable(inner(ty)),
            Type::Tuple(types) => {
                Type::Tuple(types.iter().map(|ty| self.essence_at(ty, depth + 1)).collect())
            }
            other => other.clone(),
        }
    }

    /// Is `null` one of the values of the type?
    pub(super) fn takes_null(&self, ty: &Type) -> bool {
        self.takes_null_at(ty, 0)
    }

    fn takes_null_at(&self, ty: &Type, depth: usize) -> bool {
        match self.api.resolve_aliases(ty) {
            _ if depth > DEPTH => false,
            Type::Json | Type::Null | Type::Nullable(_) => true,
            Type::Boxed(ty) => self.takes_null_at(ty, depth + 1),
            Type::Named(id) => match self.api.types.get(id.0).map(|def| &def.kind) {
                Some(TypeKind::Enum(list)) => list.variants.iter().any(|variant| variant.value.is_null()),
                Some(TypeKind::Union(union)) => union
                    .variants
                    .iter()
                    .any(|variant| self.takes_null_at(&variant.ty, depth + 1)),
                Some(TypeKind::Newtype(ty)) => self.takes_null_at(ty, depth + 1),
                Some(TypeKind::Struct(_) | TypeKind::Alias(_) | TypeKind::Checked(_)) => false,
                None => true,
            },
            _ => false,
        }
    }
}
