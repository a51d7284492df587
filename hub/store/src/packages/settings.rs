//! The settings of a package, as its business chooses them; kept as JSON.

use serde::{Deserialize, Serialize};

use crate::accounts::Language;

/// Everything about a package that its business may change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PackageSettings {
    /// The name visitors see; without one, the business's.
    pub company: String,
    pub web_address: String,
    /// What the visitor reads.
    pub language: Language,
    /// Origins that may show the chat; none means any.
    pub sites: Vec<String>,
    pub button: Button,
}

/// How the button looks and behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Button {
    /// The text beside the button; without one, a text of the language.
    pub label: String,
    /// When the label shows itself.
    pub reveal: Reveal,
    /// After how long, when it shows itself by time.
    pub reveal_seconds: u16,
    pub corner: Corner,
    pub stick: Stick,
    /// Comes off the edge while the label is visible.
    pub unstick: bool,
    pub size: Size,
    pub color: Color,
    pub mode: Mode,
}

impl Default for Button {
    fn default() -> Self {
        Self {
            label: String::new(),
            reveal: Reveal::default(),
            reveal_seconds: 10,
            corner: Corner::default(),
            stick: Stick::default(),
            unstick: false,
            size: Size::default(),
            color: Color::default(),
            mode: Mode::default(),
        }
    }
}

macro_rules! choice {
    ($($(#[$doc:meta])+ $name:ident { $first:ident $(, $other:ident)* $(,)? })+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            #[default]
            $first,
            $($other),*
        }
    )+};
}

choice! {
    /// When the label shows itself.
    Reveal { Always, Click, Seconds }
    /// A corner of the window.
    Corner { BottomRight, BottomLeft, TopRight, TopLeft }
    /// Which edge the button stands at without a gap.
    Stick { None, Horizontal, Vertical, Both }
    /// The size of button and type.
    Size { Medium, Small, Large }
    /// The colors of button and chat window.
    Color { Blue, Green, Violet, Orange }
    /// What a click leads to.
    Mode { Chat, Voice, ChatAndVoice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_fields_have_their_defaults() {
        let settings: PackageSettings = serde_json::from_str(r#"{"button":{"color":"orange"}}"#).unwrap();

        assert_eq!(settings.button.color, Color::Orange);
        assert_eq!(settings.button.reveal_seconds, 10);
        assert_eq!(settings.language, Language::En);
    }

    #[test]
    fn unknown_fields_are_refused() {
        let error = serde_json::from_str::<PackageSettings>(r#"{"colour":"blue"}"#).unwrap_err();

        assert!(error.to_string().contains("colour"), "{error}");
    }
}
