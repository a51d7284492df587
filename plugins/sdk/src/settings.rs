//! Reads settings by key. The hub has checked them against the form, so a wrong type only means a wrong key here.

use crate::types::{Context, Setting, SettingValue};

/// Looks settings up in a context or in a list of settings.
pub trait Settings {
    /// All of them.
    fn settings(&self) -> &[Setting];

    /// The value under this key.
    fn setting(&self, key: &str) -> Option<&SettingValue> {
        self.settings().iter().find(|setting| setting.key == key).map(|setting| &setting.value)
    }

    /// A text that is not empty. Choices, dates, languages, addresses and single consultants are texts too.
    fn text(&self, key: &str) -> Option<&str> {
        match self.setting(key) {
            Some(SettingValue::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// A whole number; durations are seconds.
    fn integer(&self, key: &str) -> Option<i32> {
        match self.setting(key) {
            Some(SettingValue::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// A whole number that cannot be negative, or `otherwise`.
    fn count(&self, key: &str, otherwise: u32) -> u32 {
        self.integer(key).and_then(|number| u32::try_from(number).ok()).unwrap_or(otherwise)
    }

    /// A number.
    fn number(&self, key: &str) -> Option<f64> {
        match self.setting(key) {
            Some(SettingValue::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Is this switched on?
    fn is_on(&self, key: &str) -> bool {
        matches!(self.setting(key), Some(SettingValue::Toggle(true)))
    }

    /// A list of texts; empty if there is none.
    fn texts(&self, key: &str) -> &[String] {
        match self.setting(key) {
            Some(SettingValue::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The rows of a table; empty if there is none.
    fn rows(&self, key: &str) -> &[Vec<String>] {
        match self.setting(key) {
            Some(SettingValue::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// A time of day such as `12:30`, in minutes after midnight.
    fn minute(&self, key: &str) -> Option<u16> {
        minute_of(self.text(key)?)
    }
}

/// Reads `9:05` or `24:00`.
fn minute_of(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && total <= 24 * 60).then_some(total)
}

impl Settings for Context {
    fn settings(&self) -> &[Setting] {
        &self.settings
    }
}

impl Settings for [Setting] {
    fn settings(&self) -> &[Setting] {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(key: &str, value: SettingValue) -> Vec<Setting> {
        vec![Setting { key: key.into(), value }]
    }

    #[test]
    fn a_value_is_found_by_its_key_and_kind() {
        let settings = one("patience", SettingValue::Integer(20));

        assert_eq!(settings.integer("patience"), Some(20));
        assert_eq!(settings.count("patience", 5), 20);
        assert_eq!(settings.count("missing", 5), 5);
        assert_eq!(settings.text("patience"), None);
        assert!(!settings.is_on("patience"));
    }

    #[test]
    fn a_negative_number_is_no_count() {
        assert_eq!(one("patience", SettingValue::Integer(-1)).count("patience", 5), 5);
    }

    #[test]
    fn an_empty_text_is_none() {
        assert_eq!(one("note", SettingValue::Text(String::new())).text("note"), None);
    }

    #[test]
    fn a_time_of_day_becomes_minutes() {
        for (text, minute) in [("0:00", Some(0)), ("12:30", Some(750)), ("24:00", Some(1440))] {
            assert_eq!(minute_of(text), minute);
        }
        for text in ["", "12", "12:60", "24:01", "-1:00", "65535:00", "noon"] {
            assert_eq!(minute_of(text), None, "{text}");
        }
    }
}
