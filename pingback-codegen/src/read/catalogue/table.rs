//! Entries out of a table.

use super::Fact;
use super::block::Table;
use super::draft::Reading;
use super::sections::Page;

/// Reads the rows; `statuses` is what the heading above says.
pub(super) fn read(page: Page<'_>, table: &Table, statuses: &[Fact<u16>], reading: &mut Reading) {
    let _ = (page, table, statuses, reading);
}
