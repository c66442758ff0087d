//! Describes limits in words, for the name of a checked type.

use crate::model::{Bound, Checked, Limit, Type};

/// A string or number in words, by its limits: `non empty string`, `string up to 255`, `integer 1 to 100`. `None` if
/// the limits are of other kinds.
pub(super) fn words(checked: &Checked) -> Option<Vec<String>> {
    let what = match &checked.inner {
        Type::String => "string",
        Type::Int(_) => "integer",
        Type::Float(_) => "number",
        _ => return None,
    };
    let (mut least, mut most) = (None, None);
    for limit in &checked.limits {
        match limit {
            Limit::MinLength(size) => least = Some(size.to_string()),
            Limit::MaxLength(size) => most = Some(size.to_string()),
            Limit::Minimum(number) => least = Some(integer(*number)?),
            Limit::Maximum(number) => most = Some(integer(*number)?),
            _ => return None,
        }
    }
    let text = match (what, least.as_deref(), most.as_deref()) {
        ("string", Some("1"), None) => "non empty string".to_owned(),
        ("integer", Some("1"), None) => "positive integer".to_owned(),
        ("integer" | "number", Some("0"), None) => format!("non negative {what}"),
        (_, Some(least), Some(most)) if least == most => format!("{what} of {least}"),
        (_, Some(least), Some(most)) => format!("{what} {least} to {most}"),
        (_, Some(least), None) => format!("{what} from {least}"),
        (_, None, Some(most)) => format!("{what} up to {most}"),
        (_, None, None) => return None,
    };
    Some(text.split(' ').map(str::to_owned).collect())
}

/// A bound in words, if it is an integer.
fn integer(number: Bound) -> Option<String> {
    let number = number
        .at_least()
        .filter(|least| number.at_most() == Some(*least))?;
    let minus = if number < 0 { "minus " } else { "" };
    Some(format!("{minus}{}", number.unsigned_abs()))
}
