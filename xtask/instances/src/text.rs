//! Random strings of a format, a pattern, or a length.

use crate::generator::Bounds;
use crate::rng::Rng;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use std::fmt::Write as _;

/// The most characters of a string.
const MAX_LENGTH: usize = 4096;
/// The deepest nesting of a pattern.
const MAX_PATTERN_DEPTH: u32 = 64;

/// A string of the format, in one of the notations that it allows; `None` if the format is unknown.
pub(crate) fn with_format(rng: &mut Rng, format: &str) -> Option<String> {
    let text = match format {
        "date" => date(rng),
        "date-time" => date_time(rng),
        "uuid" => uuid(rng),
        "time" => format!("{}Z", time(rng)),
        "duration" => format!("P{}DT{}H", rng.below(30), rng.below(24)),
        "email" | "idn-email" => format!("{}@example.com", letters(rng, 6)),
        "uri" | "url" | "iri" | "uri-reference" => {
            let (name, value) = (letters(rng, 5), letters(rng, 3));
            format!("https://example.com/{name}?q={value}%20#top")
        }
        "hostname" => format!("{}.example.com", letters(rng, 5)),
        "ipv4" | "ip" => format!("192.0.2.{}", rng.below(256)),
        "ipv6" => format!("2001:db8::{:x}", rng.below(0xffff)),
        "byte" | "base64" | "base64url" => rng.pick(&["", "AA==", "aGVsbG8=", "/+8B"])?.to_string(),
        _ => return None,
    };
    Some(text)
}

fn date(rng: &mut Rng) -> String {
    let year = match rng.below(4) {
        0 => rng.between(1, 9999),
        _ => rng.between(1970, 2100),
    };
    let (month, day) = (rng.between(1, 12), rng.between(1, 28));
    format!("{year:04}-{month:02}-{day:02}")
}

fn time(rng: &mut Rng) -> String {
    let mut text = format!("{:02}:{:02}:{:02}", rng.below(24), rng.below(60), rng.below(60));
    // Up to twelve digits, more than clocks measure; the last ones may be zeros.
    if rng.one_in(2) {
        let digits = 1 + rng.below(12);
        let fraction = rng.between(0, 999_999_999_999);
        let _ = write!(text, ".{}", &format!("{fraction:012}")[..digits]);
    }
    text
}

fn date_time(rng: &mut Rng) -> String {
    let offset = *rng
        .pick(&["Z", "Z", "+00:00", "-00:00", "+02:00", "-09:30", "z"])
        .unwrap_or(&"Z");
    let separator = if offset == "z" { "t" } else { "T" };
    format!("{}{separator}{}{offset}", date(rng), time(rng))
}

fn uuid(rng: &mut Rng) -> String {
    let number = rng.between(0, i128::MAX);
    let digits = format!("{number:032x}");
    let parts: Vec<&str> = [0..8, 8..12, 12..16, 16..20, 20..32]
        .into_iter()
        .filter_map(|range| digits.get(range))
        .collect();
    let text = parts.join("-");
    if rng.one_in(3) { text.to_uppercase() } else { text }
}

fn letters(rng: &mut Rng, count: usize) -> String {
    (0..count)
        .map(|_| char::from(b'a' + u8::try_from(rng.below(26)).unwrap_or(0)))
        .collect()
}

/// A string of a length within the bounds. Some of its characters have to be escaped in JSON or URLs.
pub(crate) fn with_length(rng: &mut Rng, length: Bounds) -> Option<String> {
    let Bounds { min, max } = length;
    if min > MAX_LENGTH || min > max {
        return None;
    }
    let max = max.min(min.saturating_add(12));
    let count = min + rng.below(max - min + 1);
    let special = ['"', '\\', '\n', '/', ' ', '&', 'é', '日', '\u{1F980}', '\u{0}'];
    let char = |_| {
        if rng.one_in(8) {
            special[rng.below(special.len())]
        } else {
            char::from(b'a' + u8::try_from(rng.below(26)).unwrap_or(0))
        }
    };
    Some((0..count).map(char).collect())
}

/// A string that the pattern matches, of at least `min_length` characters if repetitions in the pattern allow that.
/// `None` if the pattern is not supported.
pub(crate) fn matching(rng: &mut Rng, pattern: &str, min_length: usize) -> Option<String> {
    let parse = |pattern: &str| {
        ParserBuilder::new()
            .nest_limit(MAX_PATTERN_DEPTH)
            .build()
            .parse(pattern)
            .ok()
    };
    // Strings that contradict a lookaround are left out by validation.
    let pattern = parse(pattern).or_else(|| parse(&without_lookaround(pattern)))?;
    let missing = min_length
        .min(MAX_LENGTH)
        .saturating_sub(pattern.properties().minimum_len().unwrap_or(0));
    let mut writer = PatternWriter {
        rng,
        text: String::new(),
        needs_length: missing > 0,
        missing,
    };
    writer.write(&pattern)?;
    Some(writer.text)
}

/// A pattern without lookahead and lookbehind groups.
fn without_lookaround(pattern: &str) -> String {
    let mut remaining = String::new();
    // How many groups are open inside a lookaround.
    let mut lookaround: Option<usize> = None;
    let mut escaped = false;
    for (at, char) in pattern.char_indices() {
        let rest = &pattern[at..];
        let is_syntax = !std::mem::take(&mut escaped);
        match (char, &mut lookaround) {
            ('\\', _) => escaped = is_syntax,
            ('(', Some(open)) if is_syntax => *open += 1,
            ('(', None)
                if is_syntax
                    && ["(?=", "(?!", "(?<=", "(?<!"]
                        .iter()
                        .any(|look| rest.starts_with(look)) =>
            {
                lookaround = Some(0);
            }
            (')', Some(0)) if is_syntax => {
                lookaround = None;
                continue;
            }
            (')', Some(open)) if is_syntax => *open -= 1,
            _ => {}
        }
        if lookaround.is_none() {
            remaining.push(char);
        }
    }
    remaining
}

/// Writes a string that a pattern matches.
struct PatternWriter<'r> {
    rng: &'r mut Rng,
    text: String,
    /// The string has to be longer than the shortest match: repetitions then repeat until it is long enough, instead
    /// of a random number of times.
    needs_length: bool,
    /// How many characters are missing beyond those of the shortest match.
    missing: usize,
}

impl PatternWriter<'_> {
    /// Appends a match. Recursion is limited by [`MAX_PATTERN_DEPTH`].
    fn write(&mut self, pattern: &Hir) -> Option<()> {
        if self.text.len() > MAX_LENGTH {
            return None;
        }
        match pattern.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => self.text.push(class_member(self.rng, class)?),
            HirKind::Capture(capture) => self.write(&capture.sub)?,
            HirKind::Repetition(repetition) => {
                for _ in 0..self.repetitions(repetition) {
                    self.write(&repetition.sub)?;
                }
            }
            HirKind::Concat(parts) => {
                for part in parts {
                    self.write(part)?;
                }
            }
            HirKind::Alternation(branches) => {
                let branch = self.rng.pick(branches)?;
                self.write(branch)?;
            }
        }
        Some(())
    }

    fn repetitions(&mut self, repetition: &Repetition) -> i128 {
        let min = repetition.min;
        let max = repetition.max.unwrap_or(u32::MAX);
        if self.needs_length {
            let each = repetition.sub.properties().minimum_len().unwrap_or(0).max(1);
            // A rest is left to later repetitions, or makes the string longer than needed.
            let rest = usize::from(!self.missing.is_multiple_of(each) && self.rng.one_in(2));
            let more = u32::try_from(self.missing / each + rest).unwrap_or(u32::MAX);
            let times = min.saturating_add(more).min(max).max(min);
            let written = usize::try_from(times - min).unwrap_or(usize::MAX);
            self.missing = self.missing.saturating_sub(written.saturating_mul(each));
            return times.into();
        }
        let max = max.min(min.saturating_add(3)).max(min);
        self.rng.between(min.into(), max.into())
    }
}

fn class_member(rng: &mut Rng, class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let ranges: Vec<(u32, u32)> = class
        .iter()
        .map(|range| (u32::from(range.start()), u32::from(range.end())))
        .collect();
    // Printable ASCII where possible: JSON Schema's `\d` is ASCII only, while classes of this crate are Unicode.
    let ascii: Vec<(u32, u32)> = ranges
        .iter()
        .map(|&(start, end)| (start.max(0x20), end.min(0x7e)))
        .filter(|(start, end)| start <= end)
        .collect();
    let &(start, end) = rng.pick(if ascii.is_empty() { &ranges } else { &ascii })?;
    let code = rng.between(start.into(), end.into());
    char::from_u32(u32::try_from(code).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_match_their_pattern() {
        for (pattern, expected) in [
            (r"^[A-Z]{2}\d{3}$", r"^[A-Z]{2}[0-9]{3}$"),
            ("^(cat|dog)s?$", "^(cat|dog)s?$"),
            ("^a|b$", "^a|b$"),
            (r"^(?!(no|\(x))a\(?b$", r"^a\(?b$"),
        ] {
            let validator =
                jsonschema::validator_for(&serde_json::json!({ "pattern": expected })).expect("a pattern");
            let mut rng = Rng::new(3, pattern);
            for _ in 0..50 {
                let text = matching(&mut rng, pattern, 0).expect("supported");
                assert!(validator.is_valid(&text.as_str().into()), "{pattern}: {text}");
            }
        }
    }

    #[test]
    fn unsupported_patterns_give_none() {
        let mut rng = Rng::new(3, "");
        assert_eq!(matching(&mut rng, "(", 0), None);
        assert_eq!(matching(&mut rng, "(a{1000}){1000}", 0), None);
    }

    #[test]
    fn a_match_has_the_minimum_length() {
        let mut rng = Rng::new(3, "");
        let mut count = |pattern| matching(&mut rng, pattern, 40).map(|text| text.chars().count());
        assert_eq!(count("^[0-9a-f]+$"), Some(40));
        assert_eq!(count("^a{2,8}-b*d?$"), Some(40));
        assert_eq!(count("^[0-9]{3}$"), Some(3));
    }

    #[test]
    fn lengths_are_within_bounds() {
        let mut rng = Rng::new(3, "");
        for _ in 0..50 {
            let count = with_length(&mut rng, Bounds { min: 3, max: 5 })
                .expect("possible")
                .chars()
                .count();
            assert!((3..=5).contains(&count));
        }
        assert_eq!(with_length(&mut rng, Bounds { min: 5, max: 4 }), None);
        let endless = Bounds {
            min: usize::MAX,
            max: usize::MAX,
        };
        assert_eq!(with_length(&mut rng, endless), None);
    }

    #[test]
    fn strings_are_valid_for_their_format() {
        for format in [
            "date",
            "date-time",
            "uuid",
            "time",
            "email",
            "uri",
            "hostname",
            "ipv4",
            "ipv6",
        ] {
            let schema = serde_json::json!({ "format": format });
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .expect("a format");
            let mut rng = Rng::new(3, format);
            for _ in 0..50 {
                let text = with_format(&mut rng, format).expect("known");
                assert!(validator.is_valid(&text.as_str().into()), "{format}: {text}");
            }
        }
    }
}
