//! Lowers requests: parameters and bodies.

pub(super) mod argument_keys;
pub(super) mod argument_names;
pub(super) mod bodies;
mod forms;
pub(super) mod parameters;
mod part_headers;
