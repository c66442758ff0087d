//! The state that is used to create the bodies of definitions: adds the types that a body mentions to the table.

use super::context::Context;
use super::definitions::Definitions;
use super::files::FormFiles;
use super::intersection::Intersection;
use super::reports::Reports;
use super::request::UnresolvedType;
use super::uses::{TypeUse, UseLowering, component_request};
use crate::model::{Direction, Type};
use crate::read::schema::SchemaId;

/// The state that is used to create bodies of definitions.
pub(super) struct Definer<'d, 'a> {
    pub(super) context: &'d Context<'a>,
    pub(super) files: &'d FormFiles,
    pub(super) definitions: &'d mut Definitions,
    pub(super) reports: Reports<'d>,
}

impl<'d, 'a> Definer<'d, 'a> {
    /// The type of a use of schemas, with its definitions interned.
    pub(super) fn lower(&mut self, intersection: &Intersection, at: TypeUse<'_>) -> Type {
        let ty = self.lower_use(intersection, at);
        self.definitions.resolve(ty)
    }

    /// The type of a use of schemas.
    pub(super) fn lower_use(&mut self, intersection: &Intersection, at: TypeUse<'_>) -> UnresolvedType {
        self.uses().lower(intersection, at)
    }

    /// Lowers uses of schemas; findings are reported with those of the definitions.
    pub(super) fn uses(&mut self) -> UseLowering<'_, 'd, 'a> {
        UseLowering {
            context: self.context,
            reports: &mut self.reports,
        }
    }

    /// The type of a component, with its definition interned.
    pub(super) fn component_type(&mut self, component: SchemaId, direction: Direction) -> Type {
        let request = component_request(self.context, component, direction);
        Type::Named(self.definitions.intern(request))
    }
}
