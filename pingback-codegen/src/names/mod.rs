//! Decides all names: turns texts and requests for names into valid and unique Rust names. A name in the lock file has
//! priority.

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
