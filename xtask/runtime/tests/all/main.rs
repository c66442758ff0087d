//! Tests of the runtime through its public items. One binary, since each would link all dependencies.

mod client;
mod credentials;
mod forms;
mod headers;
mod parameters;
mod redirects;
mod responses;
mod retry;
mod streams;
mod support;
mod values;
mod wide;
