//! English singulars, for names of single items.

/// Turns the words of a list's name into those of its items: `pet statuses` into `pet status`, `data` into `data item`.
pub(super) fn name_item(words: &mut Vec<String>) {
    match words.last().and_then(|word| singular(word)) {
        Some(word) => {
            words.pop();
            words.push(word);
        }
        None => words.push("item".to_owned()),
    }
}

/// The singular of an English plural; `None` for any other word.
pub(super) fn singular(word: &str) -> Option<String> {
    match word {
        "children" => return Some("child".to_owned()),
        "people" => return Some("person".to_owned()),
        "criteria" => return Some("criterion".to_owned()),
        "news" | "series" | "species" | "sms" | "gps" | "dns" | "https" | "aws" | "os" | "ios" | "css"
        | "lens" | "alias" | "bonus" | "canvas" | "atlas" | "gas" | "tls" | "sas" | "ids"
            if word != "ids" =>
        {
            return None;
        }
        "ids" => return Some("id".to_owned()),
        "aliases" | "statuses" | "bonuses" | "canvases" | "viruses" | "buses" | "gases" => {
            return word.strip_suffix("es").map(str::to_owned);
        }
        "movies" | "cookies" | "calories" | "ties" | "pies" => {
            return word.strip_suffix('s').map(str::to_owned);
        }
        "indices" => return Some("index".to_owned()),
        "matrices" => return Some("matrix".to_owned()),
        "vertices" => return Some("vertex".to_owned()),
        "analyses" => return Some("analysis".to_owned()),
        _ => {}
    }
    if word.len() < 4 {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    for ending in ["sses", "xes", "ches", "shes", "zzes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").map(str::to_owned);
        }
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return None;
    }
    word.strip_suffix('s').map(str::to_owned)
}
