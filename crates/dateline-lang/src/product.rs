//! Phrases of a class that are made of parts: each of the first with each of the next.

use toml::{Table, Value};

/// Most phrases that one product makes; more are a slip of the pen.
const MOST: usize = 4096;

/// Class, phrase and value of each phrase that a `[[product]]` of a word file makes.
///
/// `parts` is a list of tables, words → keys of the value; `value` has the keys that all phrases share. A part's keys take the
/// place of those before it.
pub(crate) fn phrases(product: &Value) -> Result<Vec<(String, String, Value)>, String> {
    let wrong = |what: &str| format!("a `[[product]]` {what}");
    let class = product
        .get("class")
        .and_then(Value::as_str)
        .ok_or_else(|| wrong("has no `class`"))?;
    let parts = product
        .get("parts")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("has no `parts`"))?;
    let shared = product
        .get("value")
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    let mut made: Vec<(String, Table)> = vec![(String::new(), shared)];
    for part in parts {
        let part = part.as_table().ok_or_else(|| wrong("has a part that is no table"))?;
        if made.len() * part.len() > MOST {
            return Err(wrong(&format!("makes more than {MOST} phrases")));
        }
        made = made
            .iter()
            .flat_map(|(before, keys)| {
                part.iter().map(move |(words, own)| {
                    let phrase = if before.is_empty() {
                        words.clone()
                    } else {
                        format!("{before} {words}")
                    };
                    let mut keys = keys.clone();
                    keys.extend(
                        own.as_table()
                            .into_iter()
                            .flatten()
                            .map(|(k, v)| (k.clone(), v.clone())),
                    );
                    (phrase, keys)
                })
            })
            .collect();
    }
    Ok(made
        .into_iter()
        .filter(|(phrase, _)| !phrase.is_empty())
        .map(|(phrase, keys)| (class.to_string(), phrase, Value::Table(keys)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> Result<Vec<String>, String> {
        let table: Table = text.parse().expect("this is TOML");
        let all = phrases(&table["product"].as_array().expect("a list")[0])?;
        Ok(all.into_iter().map(|(c, p, v)| format!("{c}: {p} = {v}")).collect())
    }

    #[test]
    fn each_of_the_first_part_stands_with_each_of_the_next() {
        let text = r#"
            [[product]]
            class = "tool"
            value = { sort = "hand" }
            parts = [{ "old" = {}, "new" = { worn = false } }, { "saw" = {}, "axe" = { sort = "wood" } }]
        "#;
        let all = [
            "tool: old saw = { sort = \"hand\" }",
            "tool: old axe = { sort = \"wood\" }",
            "tool: new saw = { sort = \"hand\", worn = false }",
            "tool: new axe = { sort = \"wood\", worn = false }",
        ];
        let mut found = made(text).expect("it is sound");
        found.sort();
        let mut all = all.map(String::from).to_vec();
        all.sort();
        assert_eq!(found, all);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(made("[[product]]\nparts = []").is_err_and(|e| e.contains("class")));
        assert!(made("[[product]]\nclass = \"x\"\nparts = [1]").is_err_and(|e| e.contains("table")));
    }
}
