//! Recognizes the pointers of component schemas.

/// `NAME`, unescaped, if the pointer is `/components/schemas/NAME`.
pub(super) fn component_name(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}
