//! What plugins are called: by their owner, or by themselves in the language of whoever asks.

use std::collections::HashMap;

use actors::ids::PluginId;
use hub_store::{Language, Plugin, PluginVersion};
use plugins::wit::exports::click2callme::plugin::manifest::{About, Localised};

use crate::http::State;
use crate::http::error::ApiError;
use crate::http::signed_in::SignedIn;

/// The language of whoever asks.
pub(super) async fn language(state: &State, asks: SignedIn) -> Result<Language, ApiError> {
    Ok(state.store.account(asks.business, asks.account).await?.language)
}

/// A text in this language, else in English, else in the first language it has.
pub(super) fn localised(texts: &[Localised], language: Language) -> String {
    let wanted = match language {
        Language::Pl => "pl",
        Language::En => "en",
    };
    let speaks = |tag: &str| {
        texts.iter().find(|one| one.language.split('-').next().is_some_and(|main| main.eq_ignore_ascii_case(tag)))
    };
    speaks(wanted).or_else(|| speaks("en")).or_else(|| texts.first()).map(|one| one.text.clone()).unwrap_or_default()
}

/// What a version says about itself; rule tables say nothing.
pub(super) fn about(version: &PluginVersion) -> Option<About> {
    serde_json::from_value(version.about.clone()).ok()
}

/// The version an owner is shown: the live one, else the newest.
pub(super) fn shown<'a>(plugin: &Plugin, versions: &'a [PluginVersion]) -> Option<&'a PluginVersion> {
    let live = versions.iter().find(|version| Some(version.version) == plugin.live);
    live.or_else(|| versions.iter().max_by_key(|version| version.version))
}

/// The name in this language, or the one its owner gave it.
pub(super) fn name(plugin: &Plugin, versions: &[PluginVersion], language: Language) -> String {
    if is_renamed(plugin, versions) {
        return plugin.name.clone();
    }
    let own = shown(plugin, versions).and_then(about).map(|about| localised(&about.name, language));
    own.filter(|name| !name.is_empty()).unwrap_or_else(|| plugin.name.clone())
}

/// Does it have a name that none of its versions calls itself?
fn is_renamed(plugin: &Plugin, versions: &[PluginVersion]) -> bool {
    let calls_itself = |about: About| about.name.iter().any(|name| name.text == plugin.name);
    !versions.iter().filter_map(about).any(calls_itself)
}

/// The name to keep with an upload: what the owner chose stays.
pub(super) fn kept_name(before: Option<(&Plugin, &[PluginVersion])>, about: &About) -> String {
    match before {
        Some((plugin, versions)) if is_renamed(plugin, versions) => plugin.name.clone(),
        _ => localised(&about.name, Language::En),
    }
}

/// The names of all plugins of a business.
pub(super) struct Names(HashMap<PluginId, String>);

impl Names {
    pub(super) async fn load(state: &State, asks: SignedIn) -> Result<Self, ApiError> {
        let language = language(state, asks).await?;
        let mut names = HashMap::new();
        for plugin in state.store.plugins(asks.business).await? {
            let versions = state.store.plugin_versions(asks.business, plugin.id).await?;
            names.insert(plugin.id, name(&plugin, &versions, language));
        }
        Ok(Self(names))
    }

    /// The name of a plugin that is still there.
    pub(super) fn of(&self, plugin: PluginId) -> Option<String> {
        self.0.get(&plugin).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(language: &str, text: &str) -> Localised {
        Localised { language: language.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_text_is_given_in_the_language_of_whoever_asks() {
        let texts = [text("de", "Nacht"), text("en-GB", "Night"), text("pl", "Noc")];

        assert_eq!(localised(&texts, Language::Pl), "Noc");
        assert_eq!(localised(&texts, Language::En), "Night");
        assert_eq!(localised(&texts[..2], Language::Pl), "Night");
        assert_eq!(localised(&texts[..1], Language::En), "Nacht");
        assert_eq!(localised(&[], Language::En), "");
    }
}
