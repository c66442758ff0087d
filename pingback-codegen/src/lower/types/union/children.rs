//! Tells the children of a parent apart by the property of its discriminator alone.

use super::branch::Branch;
use super::distinguish::Distinction;
use crate::lower::types::context::Context;
use crate::lower::types::inheritance::Parent;
use crate::lower::types::references::targets;
use crate::model::UnionTest;
use crate::read::schema::SchemaId;
use serde_json::Value;

/// The union of a parent's children.
#[derive(Clone, Copy)]
pub(super) struct Children<'c> {
    context: &'c Context<'c>,
    parent: &'c Parent,
}

impl<'c> Children<'c> {
    /// The children of the schema at `place`, if it is a parent.
    pub(super) fn of(context: &'c Context<'c>, place: Option<SchemaId>) -> Option<Self> {
        let parent = context.inheritance.parent(place?)?;
        Some(Self { context, parent })
    }

    /// A child is selected by its values of the property. A value without the property is of the parent itself.
    pub(super) fn distinguish(self, branches: &[Branch], distinction: &mut Distinction) {
        let traits = distinction.traits.iter_mut().zip(&mut distinction.tags);
        for (branch, (traits, tags)) in branches.iter().zip(traits) {
            let values = self.tags(branch);
            traits.tests = vec![UnionTest::Property {
                name: self.parent.property.clone(),
                values: values.to_vec(),
                optional: self.may_lack_tag(branch),
            }];
            *tags = Some(values.to_vec());
        }
    }

    /// The property and the value that are added to a value of the branch that lacks the property.
    pub(super) fn tag_to_add(self, branch: &Branch) -> Option<(String, String)> {
        if self.may_lack_tag(branch) {
            return None;
        }
        let tag = self.tags(branch).first()?.as_str()?;
        Some((self.parent.property.clone(), tag.to_owned()))
    }

    /// What the documentation of the branch says about its selection.
    pub(super) fn phrase(self, branch: &Branch) -> Option<String> {
        let property = &self.parent.property;
        let mut values: Vec<String> = self.tags(branch).iter().map(|tag| format!("`{tag}`")).collect();
        if self.may_lack_tag(branch) {
            values.push("missing".to_owned());
        }
        (!values.is_empty()).then(|| format!("selected if `{property}` is {}", values.join(" or ")))
    }

    fn may_lack_tag(self, branch: &Branch) -> bool {
        self.parent.is_optional && self.target(branch) == Some(self.parent.base)
    }

    fn tags(self, branch: &Branch) -> &'c [Value] {
        let target = self.target(branch);
        target.map_or(&[], |target| {
            self.context.inheritance.tags(target, &self.parent.property)
        })
    }

    fn target(self, branch: &Branch) -> Option<SchemaId> {
        targets(self.context.schemas, *branch.combined.first()?).nth(1)
    }
}
