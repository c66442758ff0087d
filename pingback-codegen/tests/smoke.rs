//! A short run of the fuzz target. A seeded generator makes the inputs from the documents of this repository, so each
//! run has the same inputs. `SMOKE_INPUTS=200000 cargo test --release -p pingback-codegen --test smoke` runs more.

#[path = "smoke/entry.rs"]
mod entry;

use std::path::{Path, PathBuf};

/// Xorshift, a small generator that is the same on all platforms.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, which is at least 1.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }
}

/// Texts that are syntax for one of the readers.
const TOKENS: [&str; 46] = [
    "|",
    "\n| --- |\n",
    "\n\n",
    "\n# ",
    "- ",
    "`",
    "**",
    "{",
    "}",
    "\"code\":",
    "{\"code\": \"A_B\"}",
    "404",
    "401 - No\n",
    "Code: ",
    "Status: ",
    "Messages:\n",
    "<table><tr><td>",
    "</td>",
    "<h2>",
    "<!--",
    "\u{FEFF}",
    "\u{0}",
    "{id}",
    "<a_b>",
    "$ref: '#/a'",
    "'",
    "\t",
    "\r\n",
    ": ",
    "é",
    "&amp;",
    "---\n",
    "2600,",
    "HTTP 404",
    "\n+---+---+\n",
    "\n==== ====\n",
    "\n.. list-table::\n\n   * - ",
    "\n\n   ",
    "``",
    "\n|===\n",
    "\n[cols=2]\n",
    ".2+|",
    "\n[block:parameters]\n{\"data\": {\"0-0\": \"",
    "[/block]\n",
    "<Tab title=\"",
    "ALL_CAPS",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The bytes of all documents of this repository.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("../specs"), &mut found);
    files(&root.join("tests/documents"), &mut found);
    files(&root.join("tests/catalogues"), &mut found);
    found.sort();
    let seeds = found.iter().filter_map(|path| std::fs::read(path).ok());
    seeds.filter(|bytes| bytes.len() < 100_000).collect()
}

/// A part of a seed with a few changes, after a byte that selects how it is read.
fn input(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = &seeds[random.below(seeds.len())];
    let longest = if random.below(8) == 0 { seed.len() } else { 2_000 };
    let length = 1 + random.below(longest);
    let start = random.below(seed.len().saturating_sub(length) + 1);
    let mut text: Vec<u8> = seed[start..].iter().take(length).copied().collect();
    for _ in 0..random.below(12) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(24)).min(text.len());
        match random.below(5) {
            0 => drop(text.drain(at..end)),
            1 => {
                let token = TOKENS[random.below(TOKENS.len())];
                text.splice(at..at, token.bytes());
            }
            2 => {
                let piece = text[at..end].to_vec();
                let to = random.below(text.len() + 1);
                text.splice(to..to, piece);
            }
            3 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let piece: Vec<u8> = other[from..].iter().take(random.below(200)).copied().collect();
                text.splice(at..at, piece);
            }
            _ => {
                let byte = u8::try_from(random.below(256)).unwrap_or_default();
                text.insert(at, byte);
            }
        }
    }
    // A third of the inputs is read in the detected form, since most documents mean nothing to most readers.
    let choice = match random.below(3) {
        0 => entry::DETECTED_FORM,
        _ => u8::try_from(random.below(256)).unwrap_or_default(),
    };
    text.insert(0, choice);
    text
}

#[test]
fn nothing_panics_on_damaged_inputs() {
    let count = std::env::var("SMOKE_INPUTS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: u32 = count.unwrap_or(2_000);
    let seed = std::env::var("SMOKE_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let mut random = Random(seed.unwrap_or(0x9E37_79B9_7F4A_7C15));
    let seeds = seeds();
    assert!(seeds.len() > 5, "the documents are missing");
    for number in 0..count {
        let input = input(&mut random, &seeds);
        let shown = input.clone();
        let ended = std::panic::catch_unwind(|| entry::run(&input));
        assert!(
            ended.is_ok(),
            "input {number} of {count}: choice {}, text {:?}",
            shown[0],
            String::from_utf8_lossy(&shown[1..])
        );
    }
}
