//! The name and the title of an API.

use crate::names;
use crate::options::Options;
use crate::read::Document;

/// What an API is called.
pub(super) struct ApiTitle {
    /// The name of the crate or module: the configured one, or that of the document's title.
    pub(super) name: String,
    /// The configured title or that of the document, or else the name.
    pub(super) title: String,
}

impl ApiTitle {
    pub(super) fn of_document(document: &Document, options: &Options) -> Self {
        let documented = document.openapi.info.title.trim();
        let name = names::module_name(documented);
        Self::new(
            options,
            Some(documented).filter(|title| !title.is_empty()),
            Some(name).filter(|name| !name.is_empty()),
        )
    }

    /// The title of an API without a document.
    pub(super) fn configured(options: &Options) -> Self {
        Self::new(options, None, None)
    }

    fn new(options: &Options, documented: Option<&str>, documented_name: Option<String>) -> Self {
        let name = options.name.clone().or(documented_name);
        let name = name.unwrap_or_else(|| "api".to_owned());
        Self {
            title: options
                .title
                .as_deref()
                .or(documented)
                .unwrap_or(&name)
                .to_owned(),
            name,
        }
    }
}
