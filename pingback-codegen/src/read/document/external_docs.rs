//! Reads links to documentation elsewhere.

use super::reader::{DocumentReader, Located};
use openapiv3 as oa;

/// Reads `externalDocs` of an object.
pub(super) fn external_docs<'a>(
    reader: &mut DocumentReader<'a>,
    parent: &Located<'a>,
) -> Option<oa::ExternalDocumentation> {
    let docs = reader.object(parent, "externalDocs")?;
    let members = &mut reader.members;
    members.report_unknown_members(docs.node, "externalDocs", &["description", "url"]);
    let url = members.required_string(docs.node, "externalDocs", "url")?;
    (!url.is_empty()).then(|| oa::ExternalDocumentation {
        description: members.string(docs.node, "description"),
        url,
        extensions: docs.extensions(),
    })
}
