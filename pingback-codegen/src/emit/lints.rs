//! The lints that generated code allows. The code is compiled as a crate, or as a module of a crate with lints of its own.

use crate::model::{Api, Argument, Operation, Struct, Type, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

/// More arguments, or more arguments of the type `bool`, are too many for clippy.
const MAX_ARGUMENTS: usize = 7;
const MAX_BOOLS: usize = 3;

/// The inner attributes of the root that allow lints.
pub(super) fn root_attributes(api: &Api) -> TokenStream {
    let too_many_arguments = has_many_arguments(api).then(|| quote!(clippy::too_many_arguments,));
    let bools = has_many_bools(api)
        .then(|| quote!(clippy::fn_params_excessive_bools, clippy::struct_excessive_bools,));
    quote! {
        #![allow(
            missing_docs,
            clippy::doc_markdown,
            clippy::unicode_not_nfc,
            reason = "descriptions are the API's own words, and not everything is described"
        )]
        #![allow(
            clippy::disallowed_names,
            clippy::enum_variant_names,
            #bools
            clippy::many_single_char_names,
            clippy::should_implement_trait,
            clippy::similar_names,
            clippy::struct_field_names,
            #too_many_arguments
            clippy::too_many_lines,
            clippy::type_complexity,
            reason = "names and shapes are the API's own"
        )]
        #![allow(
            clippy::large_enum_variant,
            reason = "an error is boxed as a whole, and a success is passed on once"
        )]
        #![allow(clippy::module_inception, reason = "the crate around a module chooses its name")]
        #![allow(
            clippy::semicolon_if_nothing_returned,
            reason = "a long arm of a match is formatted as a block"
        )]
        #![allow(deprecated, reason = "what the API has deprecated can still be called")]
        #![allow(
            dead_code,
            unreachable_pub,
            unused_imports,
            reason = "the module may be private, and no API uses all of the runtime"
        )]
    }
}

/// Whether a method of the client or a constructor has too many arguments for clippy.
fn has_many_arguments(api: &Api) -> bool {
    let arguments = |operation: &Operation| {
        let receiver = 1;
        receiver + operation.arguments().len()
    };
    let has_many = |count| count > MAX_ARGUMENTS;
    api.operations.iter().map(arguments).any(has_many)
        || structs(api).map(|object| object.arguments().len()).any(has_many)
}

/// Whether a struct or a function has too many values of the type `bool` for clippy.
fn has_many_bools(api: &Api) -> bool {
    let has_many = |types: &mut dyn Iterator<Item = &Type>| {
        types.filter(|ty| *api.resolve_aliases(ty) == Type::Bool).count() > MAX_BOOLS
    };
    let parameters = |operation: &Operation| {
        let arguments = operation.arguments().into_iter();
        let parameters = arguments.filter_map(|argument| match argument {
            Argument::Parameter(parameter) => Some(&parameter.ty),
            Argument::Body(..) => None,
        });
        has_many(&mut { parameters })
    };
    structs(api).any(|object| has_many(&mut required_types(object))) || api.operations.iter().any(parameters)
}

fn structs(api: &Api) -> impl Iterator<Item = &Struct> {
    api.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Struct(object) => Some(object),
        _ => None,
    })
}

/// The types of the fields that are written without `Option`.
fn required_types(object: &Struct) -> impl Iterator<Item = &Type> {
    object.arguments().into_iter().map(|field| &field.ty)
}
