//! stub

use super::Document;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceId, Sources};

/// stub
pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Document> {
    let _ = (source, sources, diagnostics);
    todo!()
}
