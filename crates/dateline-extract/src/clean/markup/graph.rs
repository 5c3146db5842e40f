//! JSON-LD: the article of a graph, an array or a single object.

use super::{Facts, STAMP_BYTES, set};
use crate::clean::facts::Part;
use serde_json::Value;

impl Facts<'_> {
    pub(super) fn json_ld(&mut self, text: &str) {
        let text = text
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim()
            .trim_end_matches(';');
        match serde_json::from_str::<Value>(text) {
            Ok(value) => self.thing(&value, 0),
            Err(_) => {
                // Broken JSON is common; the two keys that matter are found all the same.
                for key in ["datePublished", "dateModified"] {
                    let quoted = format!("\"{key}\"");
                    if let Some(at) = text.find(&quoted) {
                        let rest = text[at + quoted.len()..]
                            .trim_start()
                            .trim_start_matches(':')
                            .trim_start();
                        if let Some(value) = rest.strip_prefix('"').and_then(|r| r.split('"').next())
                            && value.len() <= STAMP_BYTES
                        {
                            self.stated(value, format!("json-ld:{}", key.to_ascii_lowercase()), Part::Head, 0, 0);
                        }
                    }
                }
            }
        }
    }

    fn thing(&mut self, value: &Value, depth: usize) {
        if depth > 6 {
            return;
        }
        let object = match value {
            Value::Array(items) => {
                for item in items.iter().take(50) {
                    self.thing(item, depth + 1);
                }
                return;
            }
            Value::Object(object) => object,
            _ => return,
        };
        for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
            if let Some(inner) = object.get(key) {
                self.thing(inner, depth + 1);
            }
        }
        let kind = match object.get("@type") {
            Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
            Some(kind) => kind.as_str(),
            None => None,
        };
        let kind = kind.unwrap_or("");
        let article = ["Article", "Posting", "Report", "Review"]
            .iter()
            .any(|k| kind.ends_with(k));
        for key in ["datePublished", "dateModified", "dateCreated", "uploadDate"] {
            if let Some(text) = object.get(key).and_then(Value::as_str) {
                let key = key.to_ascii_lowercase();
                let field = if article {
                    format!("json-ld:{key}")
                } else {
                    format!("json-ld:{kind}.{key}")
                };
                self.stated(text, field, Part::Head, 0, 0);
            }
        }
        if !article {
            if matches!(kind, "WebSite" | "NewsMediaOrganization") && self.page.site_name.is_none() {
                set(&mut self.page.site_name, object.get("name").and_then(Value::as_str));
            }
            return;
        }
        set(&mut self.described, object.get("headline").and_then(Value::as_str));
        set(&mut self.page.section, first_text(object.get("articleSection")));
        if self.page.canonical.is_none() {
            let own = object.get("url").and_then(Value::as_str);
            let main = object
                .get("mainEntityOfPage")
                .and_then(|m| m.as_str().or_else(|| m.get("@id").and_then(Value::as_str)));
            set(&mut self.page.canonical, own.or(main).filter(|u| u.contains("://")));
        }
        if let Some(publisher) = object.get("publisher") {
            set(&mut self.page.site_name, publisher.get("name").and_then(Value::as_str));
        }
        match object.get("author") {
            Some(Value::Array(authors)) => authors.iter().take(8).for_each(|a| self.author_value(a)),
            Some(author) => self.author_value(author),
            None => {}
        }
        match object.get("image") {
            Some(Value::Array(images)) => images.iter().take(8).for_each(|i| self.image_value(i)),
            Some(image) => self.image_value(image),
            None => {}
        }
    }

    fn author_value(&mut self, value: &Value) {
        if let Some(name) = value.as_str().or_else(|| value.get("name").and_then(Value::as_str)) {
            self.author(name);
        }
    }

    fn image_value(&mut self, value: &Value) {
        if let Some(url) = value.as_str().or_else(|| value.get("url").and_then(Value::as_str)) {
            self.image(url);
        }
    }
}

fn first_text(value: Option<&Value>) -> Option<&str> {
    match value? {
        Value::Array(items) => items.first()?.as_str(),
        other => other.as_str(),
    }
}
