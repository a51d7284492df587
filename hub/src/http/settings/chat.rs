//! What the chat window is told.

use hub_store::{Form, Message, Package, PackageSettings};
use serde::Serialize;
use serde_json::Value;

use super::{catalogue, for_html, language_name, mode_name, outside_name};
use crate::http::error::ApiError;
use crate::http::theme::{Gradient, gradient};

#[derive(Serialize)]
struct ChatConfig<'a> {
    key: &'a str,
    company: &'a str,
    lang: &'a str,
    a: String,
    b: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'a str>,
    mode: &'a str,
    zone: &'a str,
    form: &'a Form,
    message: &'a Message,
    outside: &'a str,
    call_page: String,
    texts: Value,
}

/// The settings of the chat window as the content of its data block.
pub(crate) fn chat_config(package: &Package, company: &str) -> Result<String, ApiError> {
    let PackageSettings { logo, language, zone, button, form, message, .. } = &package.settings;
    let Gradient { a, b } = gradient(button);
    for_html(&ChatConfig {
        key: &package.key.0,
        company,
        lang: language_name(*language),
        a,
        b,
        logo: logo.as_deref(),
        mode: mode_name(button.mode),
        zone,
        form,
        message,
        outside: outside_name(button.outside_hours),
        call_page: format!("/p/{}", package.key.0),
        texts: catalogue(*language, "chat"),
    })
}

#[cfg(test)]
mod tests {
    use hub_store::{Button, Language};

    use super::super::samples::package;
    use super::*;

    #[test]
    fn a_hostile_name_stays_text() {
        let name = "</script><script>alert(1)</script>\u{2028}<!--";

        let config = chat_config(&package(Button::default()), name).unwrap();

        assert!(!config.contains(['<', '>', '\u{2028}']), "{config}");
        assert_eq!(serde_json::from_str::<Value>(&config).unwrap()["company"], name);
    }

    #[test]
    fn the_chat_gets_the_texts_of_its_language() {
        let mut polish = package(Button::default());
        polish.settings.language = Language::Pl;

        let config: Value = serde_json::from_str(&chat_config(&polish, "Piekarnia").unwrap()).unwrap();

        assert_eq!(config["lang"], "pl");
        assert_eq!(config["call_page"], "/p/demo-en");
        assert!(config["texts"].as_object().is_some_and(|texts| texts.len() > 20));
    }
}
