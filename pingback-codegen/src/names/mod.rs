//! The one place that decides names: texts and requests for names in, valid and unique Rust names out, equal to
//! those in the lock file wherever it has one.

pub mod assign;
mod casing;
mod lock;
mod locked;
mod unique;

pub use casing::{
    SPELLINGS, constant_name, field_name, function_name, is_spelled, module_name, spelling_of_most,
    type_name, upper_camel, variant_name, words,
};
pub use lock::Lock;
pub use locked::{LockedNames, NameKind};
pub use unique::UniqueNames;
