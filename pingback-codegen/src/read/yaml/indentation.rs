//! Indents quoted scalars whose continued lines are not indented more than their key. The YAML specification forbids
//! that, but `PyYAML` and others read it: the indentation of these lines is not part of the value.

/// A text in which the continued lines of all quoted scalars are indented.
pub(super) struct Indented {
    pub(super) text: String,
    insertions: Vec<Insertion>,
    /// How many scalars were changed.
    pub(super) scalars: usize,
}

/// Spaces that the original text does not have.
struct Insertion {
    /// Their offset in the original text.
    at: usize,
    /// Their offset in the indented text.
    indented_at: usize,
    /// How many spaces were inserted up to their end.
    total: usize,
}

impl Indented {
    /// `None` if there is nothing to indent.
    pub(super) fn new(original: &str) -> Option<Self> {
        let mut scanner = Scanner::new(original);
        scanner.scan();
        let Scanner {
            insertions, scalars, ..
        } = scanner;
        let mut text = String::with_capacity(original.len() + insertions.last()?.total);
        let mut from = 0;
        for insertion in &insertions {
            text.push_str(&original[from..insertion.at]);
            let spaces = insertion.at + insertion.total - text.len();
            text.extend(std::iter::repeat_n(' ', spaces));
            from = insertion.at;
        }
        text.push_str(&original[from..]);
        Some(Self {
            text,
            insertions,
            scalars,
        })
    }

    /// The offset in the original text of the first line that was indented.
    pub(super) fn first_place(&self) -> usize {
        self.insertions.first().map_or(0, |insertion| insertion.at)
    }

    /// The offset in the original text of an offset in the indented one.
    pub(super) fn original_offset(&self, at: usize) -> usize {
        let after = self
            .insertions
            .partition_point(|insertion| insertion.indented_at <= at);
        match self.insertions[..after].last() {
            Some(last) => last.at.max(at - last.total.min(at)),
            None => at,
        }
    }
}

/// Searches a text for quoted scalars, line by line. It knows as much of YAML as is needed to find those that are the
/// value of a key or an element of a block sequence.
struct Scanner<'t> {
    text: &'t str,
    /// The column of the last key or dash.
    parent: usize,
    insertions: Vec<Insertion>,
    scalars: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            parent: 0,
            insertions: Vec::new(),
            scalars: 0,
        }
    }

    fn scan(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            at = self.scan_line(at);
        }
    }

    /// Scans the node that begins in the line at `start`. Returns the start of the line after it.
    fn scan_line(&mut self, start: usize) -> usize {
        let line_end = self.line_end(start);
        let mut at = start + indentation(&self.text[start..line_end]);
        let mut parent = self.parent;
        while self.text[at..line_end].starts_with("- ") {
            parent = at - start;
            let rest = &self.text[at + 1..line_end];
            at += 1 + indentation(rest);
        }
        let content = &self.text[at..line_end];
        if content.trim().is_empty() || content.starts_with('#') {
            return line_end + 1;
        }
        if let Some(length) = self.key_length(at, line_end) {
            parent = at - start;
            at += length;
        }
        self.parent = parent;
        at = self.skip_properties(at, line_end);
        match self.text[at..line_end].chars().next() {
            Some('|' | '>') => self.end_of_block_scalar(line_end + 1, parent),
            Some('"' | '\'') => match self.closing_quote(at) {
                Some(end) => {
                    self.indent_lines(line_end + 1, end, parent);
                    self.line_end(end) + 1
                }
                None => self.text.len(),
            },
            _ => line_end + 1,
        }
    }

    /// The end of the line that contains `at`, without its line break.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |length| at + length)
    }

    /// The length of the key at `at`, with its colon.
    fn key_length(&self, at: usize, line_end: usize) -> Option<usize> {
        let content = &self.text[at..line_end];
        let quoted = match content.chars().next()? {
            '"' | '\'' => self.closing_quote(at).filter(|&end| end < line_end)? + 1 - at,
            '{' | '[' => return None,
            _ => 0,
        };
        let rest = &content[quoted..];
        let colon = rest.match_indices(':').map(|(colon, _)| colon).find(|&colon| {
            let after = rest[colon + 1..].chars().next();
            after.is_none_or(char::is_whitespace)
        })?;
        (quoted == 0 || rest[..colon].trim().is_empty()).then_some(quoted + colon + 1)
    }

    /// Skips white space, tags and anchors.
    fn skip_properties(&self, mut at: usize, line_end: usize) -> usize {
        loop {
            let rest = &self.text[at..line_end];
            at += rest.len() - rest.trim_start().len();
            if !self.text[at..line_end].starts_with(['!', '&']) {
                return at;
            }
            let rest = &self.text[at..line_end];
            at += rest.find(char::is_whitespace).unwrap_or(rest.len());
        }
    }

    /// The offset of the quote that closes the scalar at `at`.
    fn closing_quote(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let quote = *bytes.get(at)?;
        let mut at = at + 1;
        loop {
            match *bytes.get(at)? {
                b'\\' if quote == b'"' => at += 2,
                byte if byte != quote => at += 1,
                b'\'' if bytes.get(at + 1) == Some(&b'\'') => at += 2,
                _ => return Some(at),
            }
        }
    }

    /// The start of the line after the block scalar whose content starts at `start`.
    fn end_of_block_scalar(&self, start: usize, parent: usize) -> usize {
        let mut at = start;
        while at < self.text.len() {
            let line_end = self.line_end(at);
            let line = &self.text[at..line_end];
            if !line.trim().is_empty() && indentation(line) <= parent {
                break;
            }
            at = line_end + 1;
        }
        at
    }

    /// Indents the lines of a quoted scalar from `start` to its closing quote at `end` to more than `parent` columns.
    fn indent_lines(&mut self, start: usize, end: usize, parent: usize) {
        let before = self.insertions.len();
        let mut at = start;
        while at <= end {
            let line_end = self.line_end(at);
            let line = &self.text[at..line_end];
            let column = indentation(line);
            // A line that starts with the closing quote may have any indentation.
            if column <= parent && !line.trim().is_empty() && at + column < end {
                let inserted = self.insertions.last().map_or(0, |insertion| insertion.total);
                self.insertions.push(Insertion {
                    at,
                    indented_at: at + inserted,
                    total: inserted + parent + 1 - column,
                });
            }
            at = line_end + 1;
        }
        self.scalars += usize::from(self.insertions.len() > before);
    }
}

/// The number of spaces at the start of a text.
fn indentation(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}
