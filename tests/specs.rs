//! The inputs under `specs/` are copies of published texts, which must not change.

use std::hash::Hasher as _;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// FNV-1a of the words, each followed by a space, so that line breaks do not matter.
struct Fnv(u64);

impl std::hash::Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

fn words(text: &str) -> (usize, u64) {
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    let mut count = 0;
    for word in text.split_whitespace() {
        hasher.write(word.as_bytes());
        hasher.write(b" ");
        count += 1;
    }
    (count, hasher.finish())
}

#[test]
fn the_openapi_document_has_every_word_of_the_original() {
    assert_eq!(
        words(&read("specs/pingback/openapi.yaml")),
        (1873, 0x65fe_ba19_9ca6_3616)
    );
}

#[test]
fn the_captured_error_pages_are_the_originals_byte_for_byte() {
    for (file, length, hash) in [
        ("specs/pingback/errors.txt", 2752, 0xc9bb_fe96_1a13_05ce),
        ("specs/pingback/errors-capture-2.txt", 2284, 0xa602_492a_c1ac_5526),
    ] {
        let text = read(file);
        let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
        hasher.write(text.as_bytes());
        assert_eq!((text.len(), hasher.finish()), (length, hash), "{file}");
    }
}
