//! Where a reference from one file to another leads. Opens no files.

use super::reference::percent_decoded;
use crate::source::SourceId;

/// A file that a document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferencedText {
    /// Its path relative to the folder of the document, with `/` as separator.
    pub path: String,
    /// Its text, or the reason why it could not be read.
    pub text: Result<SourceId, String>,
}

/// The target of the part of a `$ref` before the `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileLocation {
    /// A file, by its path relative to the folder of the document. A path that starts with `..` or `/` lies outside
    /// of that folder.
    File(String),
    /// A URL with a scheme or host, which would have to be fetched.
    Network,
}

/// Resolves a reference from the file `from` to `file`. Works on the text of the paths only.
#[must_use]
pub fn locate_file(from: &str, file: &str) -> FileLocation {
    if has_scheme(file) || file.starts_with("//") {
        return FileLocation::Network;
    }
    let file = percent_decoded(file.split('?').next().unwrap_or(file));
    let from_folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if file.starts_with('/') { "" } else { from_folder };
    let is_absolute = file.starts_with('/') || from.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(file.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if is_absolute { "/" } else { "" };
    FileLocation::File(format!("{root}{}", parts.join("/")))
}

/// Whether a reference starts with a URI scheme (RFC 3986, section 3.1).
pub(super) fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_refers() {
        let file = |path: &str| FileLocation::File(path.to_owned());
        assert_eq!(locate_file("a.yaml", "./b/c.yaml"), file("b/c.yaml"));
        assert_eq!(locate_file("b/c.yaml", "../d%20e.yaml"), file("d e.yaml"));
        assert_eq!(locate_file("b/c.yaml", "../../x.yaml"), file("../x.yaml"));
        assert_eq!(locate_file("../x.yaml", "../y.yaml"), file("../../y.yaml"));
        assert_eq!(locate_file("a.yaml", "/etc/passwd"), file("/etc/passwd"));
        assert_eq!(locate_file("/etc/a.yaml", "b.yaml"), file("/etc/b.yaml"));
        for url in [
            "https://example.com/a.yaml",
            "//example.com/a.yaml",
            "file:///etc/passwd",
        ] {
            assert_eq!(locate_file("a.yaml", url), FileLocation::Network);
        }
    }
}
