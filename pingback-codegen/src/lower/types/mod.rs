//! Lowers schemas to [`TypeDef`](crate::model::TypeDef)s. The caller states whether values are sent or received, and a
//! hint at the name of an inline type. Nothing here depends on operations.
//!
//! Lowering a use of a schema (`uses`) only reads the `Context` and names the definitions that it needs. The table
//! of `Definitions` gives them numbers, `define` creates their bodies, and `finish` converts the complete table to the
//! types of the model.

mod boxes;
mod by_value;
mod checked_type;
mod checks;
mod component_name;
mod components;
mod context;
mod cycles;
mod define;
mod definitions;
mod docs;
mod enumeration;
mod excluded_null;
mod files;
mod finish;
mod form;
mod hint;
mod implicit_tag;
mod inheritance;
mod integer_range;
mod intersection;
mod limit_set;
mod limit_words;
mod limits;
mod lock_keys;
mod members;

mod branch_name;
mod branch_traits;
mod definer;
mod equivalent;
mod map;
mod merge;
mod moved_places;
mod naming;
mod nullability;
mod number_findings;
mod object;
mod recursion;
mod references;
mod reports;
mod request;
mod scalar;
mod shape;
mod split;
mod union;
mod unusable_checks;
mod usage;
mod uses;

#[cfg(test)]
mod tests;

pub use crate::model::Direction;
pub use finish::Finished;
pub use hint::NameHint;
pub use inheritance::Inheritance;
pub use shape::ShapeId;

use crate::diagnostic::Diagnostics;
use crate::model::Type;
use crate::names::LockedNames;
use crate::options::Options;
use crate::read::Document;
use crate::read::schema::SchemaId;
use crate::source::SourceId;
use context::Context;
use define::define_pending;
use definer::Definer;
use definitions::Definitions;
use files::FormFiles;
use finish::Lowered;
use intersection::Intersection;
use moved_places::moved_places;
use reports::{ReportedOnce, Reports};
use request::{DefinitionKey, View};
use uses::{TypeUse, component_request};

/// Lowers the schemas of a document. Each type is defined when it is first used, with all that it mentions.
pub struct Types<'a> {
    context: Context<'a>,
    definitions: Definitions,
    files: FormFiles,
    reported: ReportedOnce,
    /// The types that are used directly, with the direction of each use.
    uses: Vec<(Type, Direction)>,
}

impl<'a> Types<'a> {
    /// Prepares the schemas of a document. `inheritance` has them with parents as unions.
    #[must_use]
    pub fn new(document: &'a Document, inheritance: &'a Inheritance<'a>, options: &'a Options) -> Self {
        Self {
            context: Context::new(document, inheritance, options),
            definitions: Definitions::default(),
            files: FormFiles::default(),
            reported: ReportedOnce::default(),
            uses: Vec::new(),
        }
    }

    /// The type of a schema where it is used in that direction. An inline schema there is named by `hint`.
    pub fn type_of(
        &mut self,
        schema: SchemaId,
        direction: Direction,
        hint: &NameHint,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let mut definer = self.definer(diagnostics);
        let at = TypeUse {
            direction,
            hint,
            depth: 0,
        };
        let ty = definer.lower(&Intersection::whole(schema), at);
        define_pending(&mut definer);
        self.uses.push((ty.clone(), direction));
        ty
    }

    /// The type of the body of a form: like [`Types::type_of`] with [`Direction::Sent`], but properties of
    /// `format: binary`, arrays of such, and such alternatives are [`Type::File`].
    pub fn form_type(&mut self, schema: SchemaId, hint: &NameHint, diagnostics: &mut Diagnostics) -> Type {
        let mut definer = self.definer(diagnostics);
        let at = TypeUse {
            direction: Direction::Sent,
            hint,
            depth: 0,
        };
        let ty = definer.form(&Intersection::whole(schema), at);
        define_pending(&mut definer);
        self.uses.push((ty.clone(), Direction::Sent));
        ty
    }

    /// Marks a received type as also sent: servers that implement the API send its errors.
    pub fn mark_as_sent(&mut self, ty: &Type) {
        self.uses.push((ty.clone(), Direction::Sent));
    }

    /// Marks a property that in forms is a file, or an array of files, by its media type.
    pub fn mark_as_file(&mut self, property: SchemaId) {
        self.files.mark(property);
    }

    /// Whether a property in a form is a file or an array of files.
    #[must_use]
    pub fn is_file(&self, property: SchemaId) -> bool {
        let property = Intersection::whole(property);
        self.files.file_type(&self.context, &property).is_some()
    }

    /// Whether a property in a form is a file, or has files among its items or alternatives.
    #[must_use]
    pub fn holds_file(&self, property: SchemaId) -> bool {
        self.files
            .holds_file(&self.context, &Intersection::whole(property))
    }

    /// Equal for schemas with the same structure. Titles, descriptions, examples and defaults do not count.
    #[must_use]
    pub fn shape_of(&self, schema: SchemaId) -> ShapeId {
        self.context.shapes.of_use(schema)
    }

    /// Reports schemas that the configuration asks to check but that don't exist or have no limits. `config` is the
    /// file of the configuration.
    pub fn report_unusable_checks(&self, config: Option<SourceId>, diagnostics: &mut Diagnostics) {
        unusable_checks::report_unusable(&self.context, config, diagnostics);
    }

    /// Defines the components that no use mentions.
    pub fn define_components(&mut self, diagnostics: &mut Diagnostics) {
        let mut definer = self.definer(diagnostics);
        for &(component, _) in definer.context.components.list() {
            let mut views = [View::Shared, View::Received, View::Sent, View::Form].into_iter();
            let key = |view| DefinitionKey::Component(component, view);
            if views.any(|view| definer.definitions.find(&key(view)).is_some()) {
                continue;
            }
            let request = component_request(definer.context, component, Direction::Received);
            definer.definitions.intern(request);
            define_pending(&mut definer);
        }
    }

    /// The type of a schema, if everything that it mentions is defined already.
    #[must_use]
    pub fn find_type(&self, schema: SchemaId, direction: Direction) -> Option<Type> {
        uses::find_type(&self.context, &self.definitions, schema, direction)
    }

    /// All types that are used, and all components. `locked` are the names of the lock file.
    #[must_use]
    pub fn finish(mut self, locked: &LockedNames, diagnostics: &mut Diagnostics) -> Finished {
        self.define_components(diagnostics);
        excluded_null::report_excluded_null(&self.context, diagnostics);
        number_findings::report_numbers(&self.context, diagnostics);
        let lowered = Lowered {
            moved: moved_places(&self.context, &self.definitions, locked),
            context: &self.context,
            files: &self.files,
            definitions: self.definitions.complete(),
            uses: self.uses,
        };
        finish::finish(lowered, locked, diagnostics)
    }

    fn definer<'s>(&'s mut self, diagnostics: &'s mut Diagnostics) -> Definer<'s, 'a> {
        Definer {
            context: &self.context,
            files: &self.files,
            definitions: &mut self.definitions,
            reports: Reports {
                diagnostics,
                once: &mut self.reported,
            },
        }
    }
}
