//! The settings of a package, as its business chooses them; kept as JSON.

use actors::hours::Hours;
use actors::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::Language;

/// Everything about a package that its business may change, beside its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub struct PackageSettings {
    /// Address of the logo on this hub, `/i/…`; none without one.
    pub logo: Option<String>,
    /// The name visitors see; without one, the business's. At most 100 characters.
    pub company: String,
    /// The company's web site, http or https, at most 100 characters; empty without one.
    pub web_address: String,
    /// What the visitor reads.
    pub language: Language,
    /// IANA name of the time zone all hours are meant in.
    pub zone: String,
    #[cfg_attr(test, ts(type = "import('./wire').Hours"))]
    pub hours: Hours,
    /// Who serves the package, in this order; none means all who take calls, in the order of the accounts list.
    #[cfg_attr(test, ts(type = "import('./wire').AccountId[] | null"))]
    pub consultants: Option<Vec<AccountId>>,
    /// Origins that may show the chat; none means any. At most 20.
    pub sites: Vec<String>,
    pub button: Button,
    pub page: Page,
    pub form: Form,
    pub message: Message,
}

impl Default for PackageSettings {
    fn default() -> Self {
        Self {
            logo: None,
            company: String::new(),
            web_address: String::new(),
            language: Language::default(),
            zone: "UTC".to_owned(),
            hours: Hours::default(),
            consultants: None,
            sites: Vec::new(),
            button: Button::default(),
            page: Page::default(),
            form: Form::default(),
            message: Message::default(),
        }
    }
}

/// How the button looks and behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub struct Button {
    /// The text beside the button, at most 60 characters; without one there is no label.
    pub label: String,
    /// When the label shows itself.
    pub reveal: Reveal,
    /// After how long, 1 to 3600, when it shows itself by time.
    pub reveal_seconds: u16,
    pub corner: Corner,
    pub stick: Stick,
    /// Comes off the edge while the label is visible.
    pub unstick: bool,
    pub size: Size,
    pub color: Color,
    /// A color of one's own, `#rrggbb`, in place of `color`; darkened until white text is readable on it.
    pub brand: Option<String>,
    pub mode: Mode,
    /// What it leads to while the package is closed.
    pub outside_hours: OutsideHours,
    /// Paths of pages it shows on, `*` stands for anything; none means every page. At most 20, 200 characters each.
    pub show_on: Vec<String>,
    /// Paths of pages it does not show on.
    pub hide_on: Vec<String>,
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
            brand: None,
            mode: Mode::default(),
            outside_hours: OutsideHours::default(),
            show_on: Vec::new(),
            hide_on: Vec::new(),
        }
    }
}

/// What the call page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub struct Page {
    /// At most 50 characters; without one, a text of the language.
    pub heading: String,
    /// At most 200 characters.
    pub subheading: String,
    pub has_chat: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self { heading: String::new(), subheading: String::new(), has_chat: true }
    }
}

/// What a visitor is asked before the first message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub struct Form {
    /// At most 8, each with an id of its own.
    pub fields: Vec<FormField>,
    /// What the visitor must agree to, at most 500 characters; empty asks for nothing.
    pub consent: String,
}

/// One field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub struct FormField {
    /// 1 to 20 of `a-z0-9_`; names the answer.
    pub id: String,
    pub kind: FieldKind,
    /// 1 to 60 characters.
    pub label: String,
    pub is_required: bool,
}

/// The message a visitor may leave when nobody is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub struct Message {
    pub is_offered: bool,
    /// What stands above the form, at most 200 characters; without one, a text of the language.
    pub text: String,
}

impl Default for Message {
    fn default() -> Self {
        Self { is_offered: true, text: String::new() }
    }
}

macro_rules! choice {
    ($($(#[$doc:meta])+ $name:ident { $first:ident $(, $other:ident)* $(,)? })+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
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
    /// What the button leads to while the package is closed.
    OutsideHours { Callback, Message, Hide }
    /// What a field of the form holds.
    FieldKind { Text, Name, Email, Phone }
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
        assert_eq!(settings.hours, Hours::default());
        assert!(settings.page.has_chat);
    }

    #[test]
    fn unknown_fields_are_refused() {
        let error = serde_json::from_str::<PackageSettings>(r#"{"colour":"blue"}"#).unwrap_err();

        assert!(error.to_string().contains("colour"), "{error}");
    }
}
