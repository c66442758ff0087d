//! Lowers what a request holds: parameters and a body.

pub(super) mod argument_names;
pub(super) mod bodies;
mod forms;
pub(super) mod parameters;
