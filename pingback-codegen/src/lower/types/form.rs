//! Lowers multipart forms: objects whose properties are parts, some of which are files, and alternatives of both.

use super::definer::Definer;
use super::intersection::Intersection;
use super::merge::Merged;
use super::uses::{TypeUse, form_request};
use crate::model::Type;
use crate::read::schema::JsonType;

impl Definer<'_, '_> {
    /// The type of a form. If it has no files, it is the type of the same schemas elsewhere.
    pub(super) fn form(&mut self, form: &Intersection, at: TypeUse<'_>) -> Type {
        if self.files.is_form_with_file(self.context, form) {
            self.form_definition(form, at)
        } else {
            self.lower(form, at)
        }
    }

    /// The type of a part of a form.
    pub(super) fn part(&mut self, part: &Intersection, at: TypeUse<'_>) -> Type {
        let (context, files) = (self.context, self.files);
        if let Some(file) = files.file_type(context, part) {
            return file;
        }
        if at.is_too_deep() || !files.holds_file(context, part) {
            return self.lower(part, at);
        }
        let merged = context.merger.merge(part);
        if merged.json_type() == Some(JsonType::Array) {
            let items = Intersection::all(context.distinct(&merged.items));
            return Type::Array(Box::new(self.part(&items, at.inner(&at.hint.item()))));
        }
        match self.form_definition(part, at) {
            ty if context.is_nullable(&merged) => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }

    /// The type of one of the alternatives `union` of a form or of a part, without `null`.
    pub(super) fn form_branch(&mut self, union: &Merged, branch: &Intersection, at: TypeUse<'_>) -> Type {
        let ty = if self.files.merged_holds_file(self.context, union) {
            self.part(branch, at)
        } else {
            self.form(branch, at)
        };
        match ty {
            Type::Nullable(inner) => *inner,
            ty => ty,
        }
    }

    fn form_definition(&mut self, schemas: &Intersection, at: TypeUse<'_>) -> Type {
        let request = form_request(self.context, schemas, at.hint);
        Type::Named(self.definitions.intern(request))
    }
}
