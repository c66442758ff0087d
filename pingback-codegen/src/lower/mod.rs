//! [`Parsed`] in, [`Api`] out: names, references and cycles are settled here, once.

pub mod names;
pub mod types;

use crate::diagnostic::Diagnostics;
use crate::model::Api;
use crate::options::Options;
use crate::read::Parsed;

/// Lowers what was read. Whatever cannot be expressed is reported and replaced by the soundest looser thing.
#[must_use]
pub fn lower(parsed: &Parsed, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let _ = (parsed, options, diagnostics);
    todo!()
}
