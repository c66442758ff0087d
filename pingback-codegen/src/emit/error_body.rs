//! The types of error bodies in; `Display` for them out, so that a caller can print a body without knowing which
//! of its members holds the message.

use super::names::ident;
use crate::model::{Api, Field, PayloadKind, Presence, Type, TypeId, TypeKind};
use crate::pointer::Pointer;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// `Display` for each struct that is an error's body and has a message or a code.
pub(super) fn displays(api: &Api) -> Vec<TokenStream> {
    bodies(api)
        .into_iter()
        .filter_map(|id| display(api, id))
        .collect()
}

/// The structs that are bodies of errors, behind their aliases.
fn bodies(api: &Api) -> BTreeSet<TypeId> {
    let cases = api.operations.iter().flat_map(|operation| &operation.errors);
    let payloads = cases.filter_map(|case| match &case.payload.kind {
        PayloadKind::Json(ty) => Some(ty),
        _ => None,
    });
    payloads
        .chain(&api.errors.body)
        .filter_map(|ty| defined(api, ty))
        .collect()
}

/// Whether the code of such a body is a JSON number.
pub(super) fn code_is_number(api: &Api, pointer: &str, body: &PayloadKind) -> bool {
    let PayloadKind::Json(body) = body else {
        return false;
    };
    let pointer = Pointer(pointer.to_owned());
    let mut ty = Some(body);
    for segment in pointer.segments() {
        ty = ty.and_then(|ty| below(api, ty, &segment));
    }
    match ty.map(|ty| underlying(api, ty)).map(|ty| behind_limits(api, ty)) {
        Some(Type::Int(_) | Type::Float(_)) => true,
        Some(Type::Named(id)) => {
            let kind = api.types.get(id.0).map(|def| &def.kind);
            matches!(kind, Some(TypeKind::Enum(list)) if matches!(list.repr, Type::Int(_) | Type::Float(_)))
        }
        _ => false,
    }
}

/// The type of what stands under a name, or in the first branch of a union that has it.
fn below<'a>(api: &'a Api, ty: &'a Type, segment: &str) -> Option<&'a Type> {
    let in_struct = |id: TypeId| match &api.types.get(id.0)?.kind {
        TypeKind::Struct(object) => {
            let field = object.fields.iter().find(|field| field.wire == segment)?;
            Some(&field.ty)
        }
        _ => None,
    };
    match underlying(api, ty) {
        Type::Array(item) if segment.bytes().all(|byte| byte.is_ascii_digit()) => Some(item),
        Type::Map(value) => Some(value),
        Type::Named(id) => match &api.types.get(id.0)?.kind {
            TypeKind::Union(union) => {
                union
                    .variants
                    .iter()
                    .find_map(|variant| match underlying(api, &variant.ty) {
                        Type::Named(id) => in_struct(*id),
                        _ => None,
                    })
            }
            _ => in_struct(*id),
        },
        _ => None,
    }
}

/// The type without aliases, boxes and `null`.
fn underlying<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match api.resolve_aliases(ty) {
        Type::Nullable(inner) | Type::Boxed(inner) => underlying(api, inner),
        other => other,
    }
}

/// What a type holds whose values keep limits.
fn behind_limits<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Named(id) => match api.types.get(id.0).map(|def| &def.kind) {
            Some(TypeKind::Checked(checked)) => &checked.inner,
            _ => ty,
        },
        _ => ty,
    }
}

/// The struct that `ty` names, if it is one.
fn defined(api: &Api, ty: &Type) -> Option<TypeId> {
    match api.resolve_aliases(ty) {
        Type::Boxed(inner) => defined(api, inner),
        Type::Named(id) => matches!(api.type_kind(*id)?, TypeKind::Struct(_)).then_some(*id),
        _ => None,
    }
}

fn display(api: &Api, id: TypeId) -> Option<TokenStream> {
    let name = ident(&api.types.get(id.0)?.name);
    let find = |first: &Option<String>, further: &[String]| {
        let mut all = first.iter().chain(further);
        all.find_map(|pointer| member(api, id, &Pointer(pointer.clone())))
    };
    let (errors, further) = (&api.errors, &api.errors.further);
    let message = find(&errors.message_pointer, &further.messages);
    let code = find(&errors.code_pointer, &further.codes);
    let body = match (message, code) {
        (None, None) => return None,
        (Some(Member::Always(message)), _) => quote!(::std::fmt::Display::fmt(&#message, f)),
        (Some(Member::Maybe(message)), code) => {
            let otherwise = fallback(code);
            quote! {
                match #message {
                    ::std::option::Option::Some(message) => ::std::fmt::Display::fmt(message, f),
                    ::std::option::Option::None => #otherwise,
                }
            }
        }
        (None, code) => fallback(code),
    };
    Some(quote! {
        /// Writes the message, or else the code.
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #body
            }
        }
    })
}

fn fallback(code: Option<Member>) -> TokenStream {
    match code {
        Some(Member::Always(code)) => quote!(::std::fmt::Display::fmt(&#code, f)),
        Some(Member::Maybe(code)) => quote! {
            match #code {
                ::std::option::Option::Some(code) => ::std::fmt::Display::fmt(code, f),
                ::std::option::Option::None => f.write_str("an error without a message"),
            }
        },
        None => quote!(f.write_str("an error without a message")),
    }
}

/// An expression for a member somewhere below `self`.
enum Member {
    /// The member itself, such as `self.error.text`.
    Always(TokenStream),
    /// `Option<&T>`.
    Maybe(TokenStream),
}

/// The text or number at `pointer` below a struct; `None` if the types on the way are of another kind.
fn member(api: &Api, id: TypeId, pointer: &Pointer) -> Option<Member> {
    let mut member = Member::Always(quote!(self));
    let mut at = id;
    let mut segments = pointer.segments().peekable();
    while let Some(segment) = segments.next() {
        let TypeKind::Struct(object) = &api.types.get(at.0)?.kind else {
            return None;
        };
        let field = object.fields.iter().find(|field| field.wire == segment)?;
        member = step(member, field)?;
        let mut ty = match &field.ty {
            Type::Nullable(inner) => inner,
            ty => ty,
        };
        // Of a list of errors the first tells.
        if let Type::Array(item) = ty
            && segments.next_if(|segment| segment == "0").is_some()
        {
            member = Member::Maybe(match member {
                Member::Always(list) => quote!(#list.first()),
                Member::Maybe(list) => quote!(#list.and_then(|list| list.first())),
            });
            ty = item;
        }
        if segments.peek().is_none() {
            let plain = behind_limits(api, ty);
            return matches!(plain, Type::String | Type::Int(_)).then_some(member);
        }
        at = defined(api, ty)?;
    }
    None
}

fn step(from: Member, field: &Field) -> Option<Member> {
    let name = ident(&field.name);
    let optional = match (&field.presence, &field.ty) {
        // `Maybe<T>` tells missing from null; no error body in sight needs that for its message.
        (Presence::Optional, Type::Nullable(_)) => return None,
        (Presence::Optional, _) | (_, Type::Nullable(_)) => true,
        (Presence::Required, _) => false,
    };
    Some(match (from, optional) {
        (Member::Always(place), false) => Member::Always(quote!(#place.#name)),
        (Member::Always(place), true) => Member::Maybe(quote!(#place.#name.as_ref())),
        (Member::Maybe(value), false) => Member::Maybe(quote!(#value.map(|value| &value.#name))),
        (Member::Maybe(value), true) => Member::Maybe(quote!(#value.and_then(|value| value.#name.as_ref()))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixture;
    use crate::model::{Docs, Place, Struct, TypeDef, Usage};

    fn object(name: &str, fields: &[(&str, Type, Presence)]) -> TypeDef {
        let fields = fields.iter().map(|(wire, ty, presence)| Field {
            name: (*wire).to_owned(),
            wire: (*wire).to_owned(),
            ty: ty.clone(),
            presence: presence.clone(),
            docs: Docs::default(),
        });
        TypeDef {
            name: name.to_owned(),
            place: Place {
                pointer: Pointer::default(),
                span: None,
            },
            docs: Docs::default(),
            usage: Usage::BOTH,
            received_as: None,
            kind: TypeKind::Struct(Struct {
                fields: fields.collect(),
                additional: None,
            }),
        }
    }

    fn display_of(types: Vec<TypeDef>, message: &str, code: &str) -> Option<String> {
        let mut api = fixture::api();
        api.types = types;
        api.errors.message_pointer = Some(message.to_owned());
        api.errors.code_pointer = Some(code.to_owned());
        let tokens = display(&api, TypeId(0))?;
        let file: syn::File = syn::parse2(tokens).expect("an item");
        Some(prettyplease::unparse(&file))
    }

    #[test]
    fn a_message_that_is_always_there_is_written() {
        let body = object("Body", &[("message", Type::String, Presence::Required)]);
        let text = display_of(vec![body], "/message", "/code").expect("a message");
        assert!(
            text.contains("::std::fmt::Display::fmt(&self.message, f)"),
            "{text}"
        );
        assert!(!text.contains("match"), "{text}");
    }

    #[test]
    fn a_message_below_optional_members_falls_back_to_the_code() {
        let body = object("Body", &[("error", Type::Named(TypeId(1)), Presence::Optional)]);
        let inner = object(
            "Inner",
            &[
                ("text", Type::String, Presence::Required),
                ("code", Type::String, Presence::Optional),
            ],
        );
        let text = display_of(vec![body, inner], "/error/text", "/error/code").expect("a message");
        assert!(
            text.contains("self.error.as_ref().map(|value| &value.text)"),
            "{text}"
        );
        assert!(
            text.contains("self.error.as_ref().and_then(|value| value.code.as_ref())"),
            "{text}"
        );
    }

    #[test]
    fn a_body_without_either_is_left_alone() {
        let body = object("Body", &[("message", Type::Json, Presence::Required)]);
        assert_eq!(display_of(vec![body], "/message", "/code"), None);
    }
}
