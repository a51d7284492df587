//! What the loader and the chat document are told of a package: settings resolved, texts of its language.

use hub_store::{Button, Corner, Language, Package, PackageSettings, Reveal, Stick};
use serde::Serialize;
use serde_json::Value;

use super::error::ApiError;
use super::theme::{Gradient, gradient, height};
use crate::assets::Folder;

/// The label is always shown.
const REVEAL_ALWAYS: i32 = 0;
/// The label is shown after a click.
const REVEAL_AFTER_CLICK: i32 = -1;

#[derive(Serialize)]
struct LoaderConfig<'a> {
    key: &'a str,
    origin: &'a str,
    a: &'a str,
    b: &'a str,
    height: u8,
    corner: &'a str,
    stick: &'a str,
    label: &'a str,
    reveal: i32,
    unstick: bool,
    mode: &'a str,
    texts: ButtonTexts,
    lang: &'a str,
}

#[derive(Serialize)]
struct ButtonTexts {
    open: String,
    close: String,
    title: String,
}

#[derive(Serialize)]
struct ChatConfig<'a> {
    key: &'a str,
    company: &'a str,
    lang: &'a str,
    a: &'a str,
    b: &'a str,
    texts: Value,
}

/// The settings of the button as a script literal.
pub(super) fn loader_config(package: &Package, origin: &str) -> Result<String, ApiError> {
    let PackageSettings { language, button, .. } = &package.settings;
    let Button { label, reveal, reveal_seconds, corner, stick, unstick, size, color, .. } = button;
    let Gradient { a, b } = gradient(*color);
    let texts = catalogue(*language, "common");
    let text = |name: &str| texts.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let config = LoaderConfig {
        key: &package.key.0,
        origin,
        a,
        b,
        height: height(*size),
        corner: corner_name(*corner),
        stick: stick_name(*stick),
        label,
        reveal: match reveal {
            Reveal::Always => REVEAL_ALWAYS,
            Reveal::Click => REVEAL_AFTER_CLICK,
            Reveal::Seconds => i32::from(*reveal_seconds),
        },
        unstick: *unstick,
        // Calls do not exist, so every button leads to the chat.
        mode: "chat",
        texts: ButtonTexts { open: text("open"), close: text("close"), title: text("title") },
        lang: language_name(*language),
    };
    for_html(&config)
}

/// The settings of the chat window as the content of its data block.
pub(super) fn chat_config(package: &Package, company: &str) -> Result<String, ApiError> {
    let language = package.settings.language;
    let Gradient { a, b } = gradient(package.settings.button.color);
    let texts = catalogue(language, "chat");
    for_html(&ChatConfig { key: &package.key.0, company, lang: language_name(language), a, b, texts })
}

/// JSON that can stand inside a script element: nothing in it can end the element.
fn for_html(value: &impl Serialize) -> Result<String, ApiError> {
    let json = serde_json::to_string(value).map_err(|error| ApiError::Internal(error.into()))?;
    Ok(json
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029"))
}

/// One section of the texts of a language.
fn catalogue(language: Language, section: &str) -> Value {
    let file = Folder::Locales.file(&format!("{}.json", language_name(language)));
    let texts: Option<Value> = file.and_then(|file| serde_json::from_slice(&file.data).ok());
    texts.and_then(|mut texts| texts.get_mut(section).map(Value::take)).unwrap_or_default()
}

/// As in `lang` attributes and file names.
pub(super) const fn language_name(language: Language) -> &'static str {
    match language {
        Language::Pl => "pl",
        Language::En => "en",
    }
}

const fn corner_name(corner: Corner) -> &'static str {
    match corner {
        Corner::BottomRight => "br",
        Corner::BottomLeft => "bl",
        Corner::TopRight => "tr",
        Corner::TopLeft => "tl",
    }
}

const fn stick_name(stick: Stick) -> &'static str {
    match stick {
        Stick::None => "none",
        Stick::Horizontal => "horizontal",
        Stick::Vertical => "vertical",
        Stick::Both => "both",
    }
}

#[cfg(test)]
mod tests {
    use actors::ids::{BusinessId, PackageId};
    use actors::ports::PublicKey;
    use hub_store::Size;

    use super::*;

    fn package(button: Button) -> Package {
        Package {
            id: PackageId::from(1),
            business: BusinessId::from(1),
            key: PublicKey("demo-en".to_owned()),
            name: "Shop".to_owned(),
            settings: PackageSettings { button, ..PackageSettings::default() },
            version: 1,
        }
    }

    fn loader(button: Button) -> Value {
        serde_json::from_str(&loader_config(&package(button), "https://hub.example.com").unwrap()).unwrap()
    }

    #[test]
    fn names_become_what_the_button_needs() {
        let button = Button { corner: Corner::TopLeft, stick: Stick::Both, size: Size::Large, ..Button::default() };

        let config = loader(button);

        assert_eq!(config["corner"], "tl");
        assert_eq!(config["stick"], "both");
        assert_eq!(config["height"], 68);
        assert_eq!(config["a"], "#1763e0");
        assert_eq!(config["texts"]["open"], "Open the chat");
    }

    #[test]
    fn the_label_comes_always_after_a_click_or_by_time() {
        let reveal = |reveal| loader(Button { reveal, ..Button::default() })["reveal"].as_i64();

        assert_eq!(reveal(Reveal::Always), Some(0));
        assert_eq!(reveal(Reveal::Click), Some(-1));
        assert_eq!(reveal(Reveal::Seconds), Some(10));
    }

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
        assert!(config["texts"].as_object().is_some_and(|texts| texts.len() > 20));
    }
}
