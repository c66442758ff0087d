//! Tests of the runtime through what generated code calls.

mod client;
mod crate_root;
mod credentials;
mod forms;
mod headers;
mod parameters;
mod redirects;
mod responses;
mod retry;
mod samples;
mod streams;
mod support;
mod tcp;
mod uploads;
mod values;
mod wide;
