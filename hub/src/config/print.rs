//! Writes the configuration as TOML; secrets were masked by their types.

use std::fmt::Write as _;

use serde_json::Value;

use super::Config;

/// Sections as tables, each key on a line.
pub(super) fn toml(config: &Config) -> String {
    let mut text = String::new();
    let Ok(Value::Object(sections)) = serde_json::to_value(config) else {
        return text;
    };
    for (section, keys) in sections {
        let Value::Object(keys) = keys else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        let _infallible = writeln!(text, "[{section}]");
        for (key, value) in keys {
            // Numbers, strings and lists of strings are written alike in JSON and TOML.
            let _infallible = writeln!(text, "{key} = {value}");
        }
    }
    text
}
