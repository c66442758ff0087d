//! Reads the styles in which parameters and properties of forms are written.

use super::super::tree::Node;
use super::reader::{DocumentReader, member_or_object};
use crate::diagnostic::rules;
use openapiv3 as oa;

/// The styles of parameters in the query and of the properties of a form.
pub(super) const QUERY_STYLES: [(&str, oa::QueryStyle); 4] = [
    ("form", oa::QueryStyle::Form),
    ("spaceDelimited", oa::QueryStyle::SpaceDelimited),
    ("pipeDelimited", oa::QueryStyle::PipeDelimited),
    ("deepObject", oa::QueryStyle::DeepObject),
];

/// Reads `style`, which has to be one of `styles`; otherwise returns the default.
pub(super) fn style<S: Clone + Default>(
    reader: &mut DocumentReader<'_>,
    node: &Node,
    location: &str,
    styles: &[(&str, S)],
) -> S {
    let Some(name) = reader.members.string(node, "style") else {
        return S::default();
    };
    if let Some((_, style)) = styles.iter().find(|(known, _)| *known == name) {
        return style.clone();
    }
    let expected = format!("style of a {location} parameter");
    reader.members.report(
        rules::UNKNOWN_VALUE,
        member_or_object(node, "style"),
        &[&name, &expected],
    );
    S::default()
}
