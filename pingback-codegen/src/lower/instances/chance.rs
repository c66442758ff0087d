//! Random choices that are the same on every machine and with every version of every crate: `SplitMix64`.

/// A sequence of random numbers.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence of that number and that name.
    pub(super) fn new(seed: u64, name: &str) -> Self {
        // FNV-1a: names that are alike still begin sequences that are not.
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

    /// A number less than `end`; 0 if there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `least` to `most`, which is not less.
    pub(super) fn between(&mut self, least: i128, most: i128) -> i128 {
        let wide = most.saturating_sub(least).max(0).unsigned_abs().saturating_add(1);
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        least.saturating_add(i128::try_from(random % wide).unwrap_or(0))
    }

    /// True once in `times`.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub(super) fn pick<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        let index = self.below(all.len());
        all.get(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_again() {
        let numbers = |seed, name| {
            let mut chance = Chance::new(seed, name);
            [chance.below(100), chance.below(100), chance.below(100)]
        };
        assert_eq!(numbers(1, "/a"), numbers(1, "/a"));
        assert_ne!(numbers(1, "/a"), numbers(2, "/a"));
        assert_ne!(numbers(1, "/a"), numbers(1, "/b"));
    }

    #[test]
    fn a_number_is_within_its_bounds() {
        let mut chance = Chance::new(7, "");
        for _ in 0..200 {
            assert!((-3..=4).contains(&chance.between(-3, 4)));
            assert!(chance.below(5) < 5);
        }
        assert_eq!(chance.between(9, 9), 9);
        assert_eq!(chance.below(0), 0);
        assert_eq!(chance.between(i128::MIN, i128::MIN), i128::MIN);
        chance.between(i128::MIN, i128::MAX);
    }
}
