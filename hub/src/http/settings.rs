//! What documents are told of a package: settings resolved, texts of its language.

mod call;
mod chat;
mod loader;
mod pages;

use hub_store::{Language, Mode, OutsideHours};
use serde::Serialize;
use serde_json::Value;

pub(super) use call::call_config;
pub(super) use chat::chat_config;
pub(super) use loader::LoaderConfig;

use super::error::ApiError;
use crate::assets::Folder;

/// JSON that can stand inside a script element: nothing in it can end the element.
pub(super) fn for_html(value: &impl Serialize) -> Result<String, ApiError> {
    let json = serde_json::to_string(value).map_err(|error| ApiError::Internal(error.into()))?;
    Ok(json
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029"))
}

/// One section of the texts of a language.
pub(super) fn catalogue(language: Language, section: &str) -> Value {
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

const fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Chat => "chat",
        Mode::Voice => "voice",
        Mode::ChatAndVoice => "both",
    }
}

const fn outside_name(outside: OutsideHours) -> &'static str {
    match outside {
        OutsideHours::Callback => "callback",
        OutsideHours::Message => "message",
        OutsideHours::Hide => "hide",
    }
}

#[cfg(test)]
pub(super) mod samples {
    use actors::ids::{BusinessId, PackageId};
    use actors::moment::Moment;
    use actors::ports::PublicKey;
    use hub_store::{Button, Package, PackageSettings};

    /// A package of the Bakery with this button.
    pub(crate) fn package(button: Button) -> Package {
        Package {
            id: PackageId::from(1),
            business: BusinessId::from(1),
            key: PublicKey("demo-en".to_owned()),
            name: "Shop".to_owned(),
            settings: PackageSettings { button, ..PackageSettings::default() },
            version: 1,
            updated_at: Moment::default(),
        }
    }
}
