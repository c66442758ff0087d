//! Messages with parameters: parses the values of the parameters from a message, and writes a message with values.

/// A part of a documented message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Fixed text.
    Text(&'static str),
    /// The value of the parameter with this name.
    Parameter(&'static str),
}

/// The values of the parameters of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MessageParameters {
    list: Vec<(&'static str, String)>,
}

impl MessageParameters {
    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.iter().filter(|(known, _)| *known == name);
        found.next().map(|(_, value)| value)
    }

    /// All names and values, in the order of the message.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.list.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

/// A message cannot be written because a parameter has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingParameter {
    name: &'static str,
}

impl MissingParameter {
    /// The name of the parameter.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl std::fmt::Display for MissingParameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the message needs a value for `{}`", self.name)
    }
}

impl std::error::Error for MissingParameter {}

/// Parses the values of the parameters from a message. `None` if the message does not match: fixed text has to occur
/// exactly, values are as short as possible and not empty, and a repeated parameter has the same value each time.
pub fn read(parts: &'static [Part], message: &str) -> Option<MessageParameters> {
    let mut found = MessageParameters::default();
    let mut rest = message;
    let mut open: Option<&'static str> = None;
    for (at, part) in parts.iter().enumerate() {
        match (part, open) {
            (Part::Parameter(_), Some(_)) => return None,
            (Part::Parameter(name), None) => open = Some(name),
            (Part::Text(text), None) => rest = rest.strip_prefix(text)?,
            (Part::Text(text), Some(name)) => {
                let value = if at + 1 == parts.len() {
                    rest.strip_suffix(text)?
                } else {
                    // The search starts after the first character, since a value is not empty.
                    let start = rest.chars().next()?.len_utf8();
                    let end = start + rest[start..].find(text)?;
                    &rest[..end]
                };
                rest = rest.get(value.len() + text.len()..)?;
                found.add(name, value)?;
                open = None;
            }
        }
    }
    match open {
        Some(name) => found.add(name, rest)?,
        None if !rest.is_empty() => return None,
        None => {}
    }
    Some(found)
}

impl MessageParameters {
    fn add(&mut self, name: &'static str, value: &str) -> Option<()> {
        let agrees = self.get(name).is_none_or(|known| known == value);
        (agrees && !value.is_empty()).then(|| self.list.push((name, value.to_owned())))
    }
}

/// Writes a message.
pub fn write(parts: &'static [Part], values: &[(&str, &str)]) -> Result<String, MissingParameter> {
    let mut message = String::new();
    for part in parts {
        message.push_str(match part {
            Part::Text(text) => text,
            Part::Parameter(name) => {
                let value = values.iter().find(|(known, _)| known == name);
                value.ok_or(MissingParameter { name })?.1
            }
        });
    }
    Ok(message)
}
