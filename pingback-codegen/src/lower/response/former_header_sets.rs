//! Finds the line that a set of headers had in the lock file before its headers changed, so that it keeps its name.

use crate::names::{LockedNames, NameKind};
use std::collections::BTreeSet;

/// For each set, by its key, the key in the lock file that it had before: that of a set which no longer exists and whose
/// headers are all among those of this set, or contain them all. If there are several, the one that shares most headers.
pub(super) fn former_keys(keys: &[&str], locked: &LockedNames) -> Vec<Option<String>> {
    let lines: Vec<String> = locked.of(NameKind::Headers).map(|(key, _)| key).collect();
    let (unchanged, mut vanished): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| keys.contains(&line.as_str()));
    keys.iter()
        .map(|key| {
            if unchanged.iter().any(|line| line == key) {
                return None;
            }
            let headers = header_names(key);
            let shared = |line: &String| {
                let others = header_names(line);
                let is_same_set = headers.is_subset(&others) || others.is_subset(&headers);
                is_same_set.then(|| headers.intersection(&others).count())
            };
            let candidates = vanished.iter().enumerate();
            let candidates = candidates.filter_map(|(at, line)| Some((shared(line)?, at)));
            let (_, at) = candidates.max_by_key(|&(shared, at)| (shared, std::cmp::Reverse(at)))?;
            Some(vanished.remove(at))
        })
        .collect()
}

/// The names of the headers in a key such as `etag: string, x-total?: i64`.
fn header_names(key: &str) -> BTreeSet<&str> {
    // The items of a tuple are separated by commas, too, but have no colon.
    let parts = key.split(", ").filter_map(|part| part.split_once(": "));
    parts.map(|(name, _)| name.trim_end_matches('?')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked(keys: &[&str]) -> LockedNames {
        let mut locked = LockedNames::default();
        for (index, key) in keys.iter().enumerate() {
            locked.insert(NameKind::Headers, key, format!("Headers{index}"));
        }
        locked
    }

    #[test]
    fn a_set_with_more_fewer_or_other_headers_is_the_same_set() {
        let locked = locked(&["next: string, total: i64"]);
        let former = |key: &str| former_keys(&[key], &locked).remove(0);
        let line = Some("next: string, total: i64".to_owned());
        assert_eq!(former("more: bool, next: string, total: i64"), line);
        assert_eq!(former("total: i64"), line);
        assert_eq!(former("next?: string, total?: (i64, string)"), line);
        assert_eq!(former("more: bool, total: i64"), None);
        assert_eq!(former("next: string, total: i64"), None);
    }

    #[test]
    fn a_line_is_given_once_and_a_set_that_exists_keeps_its_own() {
        let locked = locked(&["a: string", "a: string, b: string"]);
        let keys = [
            "a: string",
            "a: string, b: string, c: string",
            "a: string, d: string",
        ];
        let former = former_keys(&keys, &locked);
        assert_eq!(former, [None, Some("a: string, b: string".to_owned()), None]);
    }
}
