//! The one place that decides names: texts and requests for names in, valid and unique Rust names out, equal to
//! those in the lock file wherever it has one.

mod assign;
mod casing;
mod key;
mod lock;
mod locked;
mod unique;
mod words;

pub use assign::{NameRequest, Scope};
pub use casing::{
    constant_name, field_name, function_name, module_name, type_name, upper_camel, variant_name,
};
pub use key::{
    ADDITIONAL_PROPERTIES, FORM_SUFFIX, LISTED_STRINGS, SENT_SUFFIX, branch_key, lock_key, member_key,
    operation_key, type_key, value_key,
};
pub use lock::Lock;
pub use locked::{LockedName, LockedNames, NameKind};
pub use unique::UniqueNames;
pub use words::words;
