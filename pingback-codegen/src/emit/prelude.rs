//! How a file writes the names of the standard library's prelude.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use std::collections::BTreeSet;

/// The names of the prelude that emitted code uses, with the modules of `std` that define them.
const NAMES: &[(&str, &str)] = &[
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

/// The names of the prelude that a file has to write with their full path.
#[derive(Debug, Clone)]
pub(super) struct Prelude {
    shadowed: BTreeSet<&'static str>,
}

impl Prelude {
    /// The prelude in a file that defines items of these names.
    pub(super) fn shadowed_by<'n>(items: impl IntoIterator<Item = &'n str>) -> Self {
        let items: BTreeSet<&str> = items.into_iter().collect();
        Self {
            shadowed: names().filter(|name| items.contains(name)).collect(),
        }
    }

    /// The prelude in a file that writes every name with its full path.
    pub(super) fn all_shadowed() -> Self {
        Self {
            shadowed: names().collect(),
        }
    }

    /// `Option`, or `::std::option::Option` where an item of the file shadows it.
    pub(super) fn path(&self, name: &str) -> TokenStream {
        let module = NAMES.iter().find(|(known, _)| *known == name);
        let name = format_ident!("{name}");
        match module {
            Some((known, module)) if self.shadowed.contains(known) => {
                let module = module.split("::").map(|segment| format_ident!("{segment}"));
                quote!(::std::#(#module)::*::#name)
            }
            _ => quote!(#name),
        }
    }
}

/// `Some(value)` or `None`, with full paths.
pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::std::option::Option::None),
        |value| quote!(::std::option::Option::Some(#value)),
    )
}

fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadowed_name_is_written_with_its_full_path() {
        let prelude = Prelude::shadowed_by(["Option", "Pet"]);
        let path = |name| prelude.path(name).to_string().replace(' ', "");
        assert_eq!(path("Option"), "::std::option::Option");
        assert_eq!(path("Some"), "Some");
    }
}
