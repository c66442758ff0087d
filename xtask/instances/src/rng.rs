//! Random numbers that are the same on every machine and with every version of every crate: `SplitMix64`.

/// A sequence of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The sequence for a seed and a name.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        // FNV-1a, so that similar names give unrelated sequences.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed ^ hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, exclusive; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `min` to `max`, inclusive; `max` must not be less than `min`.
    pub(crate) fn between(&mut self, min: i128, max: i128) -> i128 {
        let count = max.saturating_sub(min).max(0).unsigned_abs().saturating_add(1);
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        min.saturating_add(i128::try_from(random % count).unwrap_or(0))
    }

    /// True with a probability of one in `times`.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A random item; `None` if there are no items.
    pub(crate) fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        let index = self.below(items.len());
        items.get(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seed_and_name_determine_the_sequence() {
        let numbers = |seed, name| {
            let mut rng = Rng::new(seed, name);
            [rng.below(100), rng.below(100), rng.below(100)]
        };
        assert_eq!(numbers(1, "/a"), numbers(1, "/a"));
        assert_ne!(numbers(1, "/a"), numbers(2, "/a"));
        assert_ne!(numbers(1, "/a"), numbers(1, "/b"));
    }

    #[test]
    fn numbers_are_within_bounds() {
        let mut rng = Rng::new(7, "");
        for _ in 0..200 {
            assert!((-3..=4).contains(&rng.between(-3, 4)));
            assert!(rng.below(5) < 5);
        }
        assert_eq!(rng.between(9, 9), 9);
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.between(i128::MIN, i128::MIN), i128::MIN);
        rng.between(i128::MIN, i128::MAX);
    }
}
