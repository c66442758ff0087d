//! Strings of a format, a pattern, or a length.

use super::chance::Chance;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use std::fmt::Write as _;

/// No string is made longer than this many characters.
const LONGEST: usize = 4096;
/// A pattern is nested no deeper.
const DEEPEST: u32 = 64;

/// A string of that format, as others write it too: with offsets, fractions, in either case.
pub(super) fn of_format(chance: &mut Chance, format: &str) -> Option<String> {
    let text = match format {
        "date" => date(chance),
        "date-time" => date_time(chance),
        "uuid" => uuid(chance),
        "time" => format!("{}Z", time(chance)),
        "duration" => format!("P{}DT{}H", chance.below(30), chance.below(24)),
        "email" | "idn-email" => format!("{}@example.com", of_letters(chance, 6)),
        "uri" | "url" | "iri" | "uri-reference" => {
            let (name, value) = (of_letters(chance, 5), of_letters(chance, 3));
            format!("https://example.com/{name}?q={value}%20#top")
        }
        "hostname" => format!("{}.example.com", of_letters(chance, 5)),
        "ipv4" | "ip" => format!("192.0.2.{}", chance.below(256)),
        "ipv6" => format!("2001:db8::{:x}", chance.below(0xffff)),
        "byte" | "base64" | "base64url" => chance.pick(&["", "AA==", "aGVsbG8=", "/+8B"])?.to_string(),
        _ => return None,
    };
    Some(text)
}

fn date(chance: &mut Chance) -> String {
    let year = match chance.below(4) {
        0 => chance.between(1, 9999),
        _ => chance.between(1970, 2100),
    };
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    format!("{year:04}-{month:02}-{day:02}")
}

fn time(chance: &mut Chance) -> String {
    let mut text = format!(
        "{:02}:{:02}:{:02}",
        chance.below(24),
        chance.below(60),
        chance.below(60)
    );
    // From tenths to less than any clock measures, zeros at the end among them.
    if chance.once_in(2) {
        let digits = 1 + chance.below(12);
        let fraction = chance.between(0, 999_999_999_999);
        let _ = write!(text, ".{}", &format!("{fraction:012}")[..digits]);
    }
    text
}

fn date_time(chance: &mut Chance) -> String {
    let offset = *chance
        .pick(&["Z", "Z", "+00:00", "-00:00", "+02:00", "-09:30", "z"])
        .unwrap_or(&"Z");
    let between = if offset == "z" { "t" } else { "T" };
    format!("{}{between}{}{offset}", date(chance), time(chance))
}

fn uuid(chance: &mut Chance) -> String {
    let number = chance.between(0, i128::MAX);
    let digits = format!("{number:032x}");
    let parts: Vec<&str> = [0..8, 8..12, 12..16, 16..20, 20..32]
        .into_iter()
        .filter_map(|range| digits.get(range))
        .collect();
    let text = parts.join("-");
    if chance.once_in(3) {
        text.to_uppercase()
    } else {
        text
    }
}

fn of_letters(chance: &mut Chance, count: usize) -> String {
    (0..count)
        .map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap_or(0)))
        .collect()
}

/// Any string with so many characters, some of which are harder to write than others.
pub(super) fn of_length(chance: &mut Chance, least: usize, most: usize) -> Option<String> {
    if least > LONGEST || least > most {
        return None;
    }
    let most = most.min(least.saturating_add(12));
    let count = least + chance.below(most - least + 1);
    let hard = ['"', '\\', '\n', '/', ' ', '&', 'é', '日', '\u{1F980}', '\u{0}'];
    let char = |_| {
        if chance.once_in(8) {
            hard[chance.below(hard.len())]
        } else {
            char::from(b'a' + u8::try_from(chance.below(26)).unwrap_or(0))
        }
    };
    Some((0..count).map(char).collect())
}

/// A string that the pattern finds something in, with so many characters at least if that can be; `None` where the
/// pattern is beyond what is understood here.
pub(super) fn of_pattern(chance: &mut Chance, pattern: &str, least: usize) -> Option<String> {
    let parse = |pattern: &str| {
        ParserBuilder::new()
            .nest_limit(DEEPEST)
            .build()
            .parse(pattern)
            .ok()
    };
    // Whether what lies ahead is as it should be, the judge will say.
    let pattern = parse(pattern).or_else(|| parse(&without_lookaround(pattern)))?;
    let lacking = least
        .min(LONGEST)
        .saturating_sub(pattern.properties().minimum_len().unwrap_or(0));
    let mut writer = Writer {
        chance,
        text: String::new(),
        stretched: lacking > 0,
        lacking,
    };
    writer.write(&pattern)?;
    Some(writer.text)
}

/// A pattern without its groups that look ahead or behind.
fn without_lookaround(pattern: &str) -> String {
    let mut kept = String::new();
    // How many groups are open inside the one that is left out.
    let mut left_out: Option<usize> = None;
    let mut escaped = false;
    for (at, char) in pattern.char_indices() {
        let rest = &pattern[at..];
        let special = !std::mem::take(&mut escaped);
        match (char, &mut left_out) {
            ('\\', _) => escaped = special,
            ('(', Some(open)) if special => *open += 1,
            ('(', None)
                if special
                    && ["(?=", "(?!", "(?<=", "(?<!"]
                        .iter()
                        .any(|look| rest.starts_with(look)) =>
            {
                left_out = Some(0);
            }
            (')', Some(0)) if special => {
                left_out = None;
                continue;
            }
            (')', Some(open)) if special => *open -= 1,
            _ => {}
        }
        if left_out.is_none() {
            kept.push(char);
        }
    }
    kept
}

/// Writes what a pattern matches.
struct Writer<'c> {
    chance: &'c mut Chance,
    text: String,
    /// What repeats does so as often as it takes, and no more often.
    stretched: bool,
    /// How many more characters there have to be than the pattern asks for.
    lacking: usize,
}

impl Writer<'_> {
    /// Recursion is bounded by how deep a pattern may be nested.
    fn write(&mut self, pattern: &Hir) -> Option<()> {
        if self.text.len() > LONGEST {
            return None;
        }
        match pattern.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => self.text.push(of_class(self.chance, class)?),
            HirKind::Capture(capture) => self.write(&capture.sub)?,
            HirKind::Repetition(repetition) => {
                for _ in 0..self.times(repetition) {
                    self.write(&repetition.sub)?;
                }
            }
            HirKind::Concat(parts) => {
                for part in parts {
                    self.write(part)?;
                }
            }
            HirKind::Alternation(branches) => {
                let branch = self.chance.pick(branches)?;
                self.write(branch)?;
            }
        }
        Some(())
    }

    fn times(&mut self, repetition: &Repetition) -> i128 {
        let least = repetition.min;
        let most = repetition.max.unwrap_or(u32::MAX);
        if self.stretched {
            let each = repetition.sub.properties().minimum_len().unwrap_or(0).max(1);
            // What does not come out even is for what follows, or too much.
            let rest = usize::from(!self.lacking.is_multiple_of(each) && self.chance.once_in(2));
            let more = u32::try_from(self.lacking / each + rest).unwrap_or(u32::MAX);
            let times = least.saturating_add(more).min(most).max(least);
            let written = usize::try_from(times - least).unwrap_or(usize::MAX);
            self.lacking = self.lacking.saturating_sub(written.saturating_mul(each));
            return times.into();
        }
        let most = most.min(least.saturating_add(3)).max(least);
        self.chance.between(least.into(), most.into())
    }
}

fn of_class(chance: &mut Chance, class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let ranges: Vec<(u32, u32)> = class
        .iter()
        .map(|range| (u32::from(range.start()), u32::from(range.end())))
        .collect();
    // What can be printed, if there is any: JSON Schema's `\d` is of ASCII, while a class here is of Unicode.
    let plain: Vec<(u32, u32)> = ranges
        .iter()
        .map(|&(start, end)| (start.max(0x20), end.min(0x7e)))
        .filter(|(start, end)| start <= end)
        .collect();
    let &(start, end) = chance.pick(if plain.is_empty() { &ranges } else { &plain })?;
    let code = chance.between(start.into(), end.into());
    char::from_u32(u32::try_from(code).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_matched() {
        for (pattern, says) in [
            (r"^[A-Z]{2}\d{3}$", r"^[A-Z]{2}[0-9]{3}$"),
            ("^(cat|dog)s?$", "^(cat|dog)s?$"),
            ("^a|b$", "^a|b$"),
            (r"^(?!(no|\(x))a\(?b$", r"^a\(?b$"),
        ] {
            let judge =
                jsonschema::validator_for(&serde_json::json!({ "pattern": says })).expect("a pattern");
            let mut chance = Chance::new(3, pattern);
            for _ in 0..50 {
                let text = of_pattern(&mut chance, pattern, 0).expect("understood");
                assert!(judge.is_valid(&text.as_str().into()), "{pattern}: {text}");
            }
        }
    }

    #[test]
    fn a_pattern_beyond_us_gives_nothing() {
        let mut chance = Chance::new(3, "");
        assert_eq!(of_pattern(&mut chance, "(", 0), None);
        assert_eq!(of_pattern(&mut chance, "(a{1000}){1000}", 0), None);
    }

    #[test]
    fn a_match_is_as_long_as_it_has_to_be() {
        let mut chance = Chance::new(3, "");
        let mut count = |pattern| of_pattern(&mut chance, pattern, 40).map(|text| text.chars().count());
        assert_eq!(count("^[0-9a-f]+$"), Some(40));
        assert_eq!(count("^a{2,8}-b*d?$"), Some(40));
        assert_eq!(count("^[0-9]{3}$"), Some(3));
    }

    #[test]
    fn a_text_is_as_long_as_it_is_to_be() {
        let mut chance = Chance::new(3, "");
        for _ in 0..50 {
            let count = of_length(&mut chance, 3, 5).expect("possible").chars().count();
            assert!((3..=5).contains(&count));
        }
        assert_eq!(of_length(&mut chance, 5, 4), None);
        assert_eq!(of_length(&mut chance, usize::MAX, usize::MAX), None);
    }

    #[test]
    fn formats_are_kept() {
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
            let judge = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .expect("a format");
            let mut chance = Chance::new(3, format);
            for _ in 0..50 {
                let text = of_format(&mut chance, format).expect("known");
                assert!(judge.is_valid(&text.as_str().into()), "{format}: {text}");
            }
        }
    }
}
