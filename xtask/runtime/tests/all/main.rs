//! Tests of the runtime through its public items. One binary, since each would link all dependencies.

mod calls;
mod streams;
mod values;
mod wide;
