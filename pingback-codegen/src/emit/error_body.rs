//! Emits `Display` for the types of error bodies, so that a caller can print a body without knowing which member is the
//! message.

use super::names::ident;
use crate::model::{Api, Field, PayloadKind, Presence, Struct, Type, TypeId, TypeKind};
use crate::pointer::Pointer;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// `Display` for each struct that is the body of an error and has a message or a code.
pub(super) fn display_impls(api: &Api) -> Vec<TokenStream> {
    let bodies = body_structs(api).into_iter();
    bodies.filter_map(|id| display_impl(api, id)).collect()
}

/// Whether the code at `pointer` in a body is a JSON number.
pub(super) fn code_is_number(api: &Api, pointer: &str, body: &PayloadKind) -> bool {
    let PayloadKind::Json(body) = body else {
        return false;
    };
    let pointer = Pointer(pointer.to_owned());
    let mut ty = Some(body);
    for segment in pointer.segments() {
        ty = ty.and_then(|ty| member_type(api, ty, &segment));
    }
    match ty.map(|ty| without_limits(api, without_wrappers(api, ty))) {
        Some(Type::Int(_) | Type::Float(_)) => true,
        Some(Type::Named(id)) => match api.type_kind(*id) {
            Some(TypeKind::Enum(list)) => matches!(list.repr, Type::Int(_) | Type::Float(_)),
            _ => false,
        },
        _ => false,
    }
}

/// The structs that are bodies of errors.
fn body_structs(api: &Api) -> BTreeSet<TypeId> {
    let cases = api.operations.iter().flat_map(|operation| &operation.errors);
    let bodies = cases.filter_map(|case| match &case.payload.kind {
        PayloadKind::Json(ty) => Some(ty),
        _ => None,
    });
    bodies
        .chain(&api.errors.body)
        .filter_map(|ty| struct_id(api, ty))
        .collect()
}

/// The type of a member or an item. In a union it is that of the first branch that has the member.
fn member_type<'a>(api: &'a Api, ty: &'a Type, segment: &str) -> Option<&'a Type> {
    match without_wrappers(api, ty) {
        Type::Array(item) if segment.bytes().all(|byte| byte.is_ascii_digit()) => Some(item),
        Type::Map(value) => Some(value),
        Type::Named(id) => match api.type_kind(*id)? {
            TypeKind::Union(union) => {
                let mut branches = union.variants.iter();
                branches.find_map(|branch| match without_wrappers(api, &branch.ty) {
                    Type::Named(id) => field_type(api, *id, segment),
                    _ => None,
                })
            }
            _ => field_type(api, *id, segment),
        },
        _ => None,
    }
}

/// The type of a field of a struct, by its name on the wire.
fn field_type<'a>(api: &'a Api, id: TypeId, wire: &str) -> Option<&'a Type> {
    match api.type_kind(id)? {
        TypeKind::Struct(object) => field(object, wire).map(|field| &field.ty),
        _ => None,
    }
}

fn field<'a>(object: &'a Struct, wire: &str) -> Option<&'a Field> {
    object.fields.iter().find(|field| field.wire == wire)
}

/// The type without aliases, boxes and `null`.
fn without_wrappers<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match api.resolve_aliases(ty) {
        Type::Nullable(inner) | Type::Boxed(inner) => without_wrappers(api, inner),
        other => other,
    }
}

/// The type inside a type whose values keep limits; any other type is returned as it is.
fn without_limits<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Named(id) => match api.type_kind(*id) {
            Some(TypeKind::Checked(checked)) => &checked.inner,
            _ => ty,
        },
        _ => ty,
    }
}

/// The struct that a type is, without aliases and boxes.
fn struct_id(api: &Api, ty: &Type) -> Option<TypeId> {
    match api.resolve_aliases(ty) {
        Type::Boxed(inner) => struct_id(api, inner),
        Type::Named(id) => matches!(api.type_kind(*id)?, TypeKind::Struct(_)).then_some(*id),
        _ => None,
    }
}

fn display_impl(api: &Api, id: TypeId) -> Option<TokenStream> {
    let name = ident(&api.type_def(id)?.name);
    let (errors, further) = (&api.errors, &api.errors.other_pointers);
    let message = first_member(api, id, errors.message_pointer.as_ref(), &further.messages);
    let code = first_member(api, id, errors.code_pointer.as_ref(), &further.codes);
    let body = match (message, code) {
        (None, None) => return None,
        (Some(Member::Present(message)), _) => quote!(::std::fmt::Display::fmt(&#message, f)),
        (Some(Member::Optional(message)), code) => {
            let fallback = write_code(code);
            quote! {
                match #message {
                    ::std::option::Option::Some(message) => ::std::fmt::Display::fmt(message, f),
                    ::std::option::Option::None => #fallback,
                }
            }
        }
        (None, code) => write_code(code),
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

/// The expression that writes the code, or a fixed text if there is none.
fn write_code(code: Option<Member>) -> TokenStream {
    match code {
        Some(Member::Present(code)) => quote!(::std::fmt::Display::fmt(&#code, f)),
        Some(Member::Optional(code)) => quote! {
            match #code {
                ::std::option::Option::Some(code) => ::std::fmt::Display::fmt(code, f),
                ::std::option::Option::None => f.write_str("an error without a message"),
            }
        },
        None => quote!(f.write_str("an error without a message")),
    }
}

/// An expression for a member of `self` or of a struct inside it.
enum Member {
    /// The member itself, such as `self.error.text`.
    Present(TokenStream),
    /// An expression of type `Option<&T>`.
    Optional(TokenStream),
}

/// The member at the first of these pointers that leads to a text or number.
fn first_member(api: &Api, id: TypeId, first: Option<&String>, further: &[String]) -> Option<Member> {
    let mut pointers = first.into_iter().chain(further);
    pointers.find_map(|pointer| member(api, id, &Pointer(pointer.clone())))
}

/// The text or number at `pointer` in a struct; `None` if the types do not lead to one.
fn member(api: &Api, id: TypeId, pointer: &Pointer) -> Option<Member> {
    let mut member = Member::Present(quote!(self));
    let mut id = id;
    let mut segments = pointer.segments().peekable();
    while let Some(segment) = segments.next() {
        let TypeKind::Struct(object) = api.type_kind(id)? else {
            return None;
        };
        let field = field(object, &segment)?;
        member = member_of(member, field)?;
        let mut ty = match &field.ty {
            Type::Nullable(inner) => inner,
            ty => ty,
        };
        // The first error of a list has the message.
        if let Type::Array(item) = ty
            && segments.next_if(|segment| segment == "0").is_some()
        {
            member = first_item(member);
            ty = item;
        }
        if segments.peek().is_none() {
            let ty = without_limits(api, ty);
            return matches!(ty, Type::String | Type::Int(_)).then_some(member);
        }
        id = struct_id(api, ty)?;
    }
    None
}

/// The first item of a list.
fn first_item(list: Member) -> Member {
    Member::Optional(match list {
        Member::Present(list) => quote!(#list.first()),
        Member::Optional(list) => quote!(#list.and_then(|list| list.first())),
    })
}

/// A field of a struct.
fn member_of(object: Member, field: &Field) -> Option<Member> {
    let name = ident(&field.name);
    let is_optional = match (&field.presence, &field.ty) {
        // The field is a `Maybe<T>`, which is not supported here.
        (Presence::Optional, Type::Nullable(_)) => return None,
        (Presence::Optional, _) | (_, Type::Nullable(_)) => true,
        (Presence::Required | Presence::Tag(_), _) => false,
    };
    Some(match (object, is_optional) {
        (Member::Present(object), false) => Member::Present(quote!(#object.#name)),
        (Member::Present(object), true) => Member::Optional(quote!(#object.#name.as_ref())),
        (Member::Optional(object), false) => Member::Optional(quote!(#object.map(|value| &value.#name))),
        (Member::Optional(object), true) => {
            Member::Optional(quote!(#object.and_then(|value| value.#name.as_ref())))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixture;
    use crate::model::{Docs, Place, TypeDef, Usage};

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
                argument_order: Vec::new(),
            }),
        }
    }

    fn display_of(types: Vec<TypeDef>, message: &str, code: &str) -> Option<String> {
        let mut api = fixture::api();
        api.types = types;
        api.errors.message_pointer = Some(message.to_owned());
        api.errors.code_pointer = Some(code.to_owned());
        let tokens = display_impl(&api, TypeId(0))?;
        let file: syn::File = syn::parse2(tokens).expect("an item");
        Some(prettyplease::unparse(&file))
    }

    #[test]
    fn a_required_message_is_written() {
        let body = object("Body", &[("message", Type::String, Presence::Required)]);
        let text = display_of(vec![body], "/message", "/code").expect("a message");
        assert!(
            text.contains("::std::fmt::Display::fmt(&self.message, f)"),
            "{text}"
        );
        assert!(!text.contains("match"), "{text}");
    }

    #[test]
    fn an_optional_message_falls_back_to_the_code() {
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
    fn a_body_without_message_and_code_has_no_display() {
        let body = object("Body", &[("message", Type::Json, Presence::Required)]);
        assert_eq!(display_of(vec![body], "/message", "/code"), None);
    }
}
