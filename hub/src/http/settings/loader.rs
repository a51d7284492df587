//! What the loader is told of a package: everything the server can decide is
//! decided here, because every byte of the loader is on every page of the business.

use hub_store::{Button, Corner, Mode, OutsideHours, PackageSettings, Reveal, Stick};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::pages::{NOWHERE, pages};
use super::{catalogue, language_name};
use crate::http::theme::{Gradient, gradient, height};

/// The label is always shown.
const REVEAL_ALWAYS: i32 = 0;
/// The label is shown after a click.
const REVEAL_AFTER_CLICK: i32 = -1;
/// Between the button and an edge it does not stick to, in CSS pixels.
const EDGE: u8 = 20;
/// Between the button and the window or the message beside it.
const GAP: u8 = 12;
/// A speech bubble, and the receiver of a telephone, in a box of 24 × 24.
const CHAT_ICON: &str = "M7.9 20A9 9 0 1 0 4 16.1L2 22ZM8 12h.01M12 12h.01M16 12h.01";
const CALL_ICON: &str = "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2";

/// The button as a page draws it; only the loader reads it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoaderConfig {
    key: String,
    /// Where the hub is.
    origin: String,
    /// Custom properties of CSS: colors, size, where it stands.
    look: String,
    /// The path of the icon, in a box of 24 × 24.
    icon: &'static str,
    label: String,
    /// 0 shows the label always, -1 after a click, n after n seconds.
    reveal: i32,
    /// Comes off the edge while the label is visible.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unstick: bool,
    /// A click leads to the call page: there is no window.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    call: bool,
    /// Which pages show it, as one regular expression; absent for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<String>,
    texts: ButtonTexts,
    lang: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
struct ButtonTexts {
    /// The name of the button: its label, where there is one.
    open: String,
    close: String,
    title: String,
}

impl LoaderConfig {
    /// Resolves the settings of the package `key` on the hub at `origin`.
    pub(crate) fn of(key: &str, settings: &PackageSettings, origin: &str, is_open: bool) -> Self {
        let PackageSettings { language, button, .. } = settings;
        let texts = catalogue(*language, "common");
        let text = |name: &str| texts.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is_voice = button.mode == Mode::Voice;
        let unsticks = button.unstick && button.stick != Stick::None && button.reveal != Reveal::Always;
        let is_hidden = !is_open && button.outside_hours == OutsideHours::Hide;
        Self {
            key: key.to_owned(),
            origin: origin.to_owned(),
            look: look(button, unsticks),
            icon: if is_voice { CALL_ICON } else { CHAT_ICON },
            label: button.label.clone(),
            reveal: match button.reveal {
                Reveal::Always => REVEAL_ALWAYS,
                Reveal::Click => REVEAL_AFTER_CLICK,
                Reveal::Seconds => i32::from(button.reveal_seconds),
            },
            unstick: unsticks,
            call: is_voice,
            pages: if is_hidden { Some(NOWHERE.to_owned()) } else { pages(&button.show_on, &button.hide_on) },
            texts: ButtonTexts {
                open: match button.label.as_str() {
                    "" => text(if is_voice { "call" } else { "open" }),
                    label => label.to_owned(),
                },
                close: text("close"),
                title: text("title"),
            },
            lang: language_name(*language),
        }
    }

    /// For the preview in the admin, which is no page of the business's site.
    pub(crate) fn for_preview(self) -> Self {
        Self { pages: self.pages.filter(|pages| pages == NOWHERE), ..self }
    }
}

/// Colors, size and place as CSS. What is stuck to an edge has square corners there.
fn look(button: &Button, unsticks: bool) -> String {
    let Gradient { a, b } = gradient(button);
    let height = height(button.size);
    let is_top = matches!(button.corner, Corner::TopRight | Corner::TopLeft);
    let is_left = matches!(button.corner, Corner::BottomLeft | Corner::TopLeft);
    let sticks_y = matches!(button.stick, Stick::Horizontal | Stick::Both);
    let sticks_x = matches!(button.stick, Stick::Vertical | Stick::Both);
    let y = if sticks_y { 0 } else { EDGE };
    let x = if sticks_x { 0 } else { EDGE };
    // A button that is free is a pill; one that is stuck has flatter corners.
    let radius = if sticks_x || sticks_y { f32::from(height) * 0.4 } else { f32::from(height) * 0.5 };
    let corner = |top: bool, left: bool| {
        if (sticks_y && top == is_top) || (sticks_x && left == is_left) { 0.0 } else { radius }
    };
    let radii = [corner(true, true), corner(true, false), corner(false, false), corner(false, true)];
    let radii = if sticks_x || sticks_y { radii.map(px).join(" ") } else { px(radius) };
    let flow = if is_left { "rtl" } else { "ltr" };
    let shut =
        if is_left { format!("0 calc(100% - {height}px) 0 0") } else { format!("0 0 0 calc(100% - {height}px)") };
    let badge = if is_left { "auto auto -5px" } else { "-5px auto auto" };
    let dock = inset(is_top, is_left, y, x);
    let window = inset(is_top, is_left, y + height + GAP, EDGE);
    let mut look = format!(
        "--a:{a};--b:{b};--h:{height}px;--r:{radii};--flow:{flow};--shut:{shut};--badge:{badge};--dock:{dock};--win:{window}"
    );
    if unsticks {
        let off = |distance: u8, is_start: bool| px(f32::from(EDGE - distance) * if is_start { 1.0 } else { -1.0 });
        look += &[";--off:", &off(x, is_left), " ", &off(y, is_top)].concat();
    }
    look
}

/// A length as short as CSS allows.
fn px(length: f32) -> String {
    if length == 0.0 { "0".to_owned() } else { format!("{length}px") }
}

/// Top, right, bottom and left of something in a corner.
fn inset(is_top: bool, is_left: bool, y: u8, x: u8) -> String {
    let (y, x) = (px(y.into()), px(x.into()));
    match (is_top, is_left) {
        (true, true) => format!("{y} auto auto {x}"),
        (true, false) => format!("{y} {x} auto auto"),
        (false, true) => format!("auto auto {y} {x}"),
        (false, false) => format!("auto {x} {y} auto"),
    }
}

#[cfg(test)]
mod tests {
    use hub_store::Size;

    use super::*;

    const OPEN: bool = true;
    const CLOSED: bool = false;

    fn config(button: Button, is_open: bool) -> Value {
        let settings = PackageSettings { button, ..PackageSettings::default() };
        serde_json::to_value(LoaderConfig::of("demo-en", &settings, "https://hub.example.com", is_open)).unwrap()
    }

    #[test]
    fn a_free_button_is_a_pill_and_a_stuck_one_is_square_at_its_edge() {
        let stuck =
            Button { corner: Corner::TopLeft, stick: Stick::Horizontal, size: Size::Large, ..Button::default() };

        assert_eq!(
            look(&Button::default(), false),
            "--a:#1763e0;--b:#1b49c4;--h:56px;--r:28px;--flow:ltr;--shut:0 0 0 calc(100% - 56px);\
             --badge:-5px auto auto;--dock:auto 20px 20px auto;--win:auto 20px 88px auto"
        );
        assert_eq!(
            look(&stuck, true),
            "--a:#1763e0;--b:#1b49c4;--h:68px;--r:0 0 27.2px 27.2px;--flow:rtl;--shut:0 calc(100% - 68px) 0 0;\
             --badge:auto auto -5px;--dock:0 auto auto 20px;--win:80px auto auto 20px;--off:0 20px"
        );
    }

    #[test]
    fn the_label_comes_always_after_a_click_or_by_time() {
        let reveal = |reveal| config(Button { reveal, ..Button::default() }, OPEN)["reveal"].as_i64();

        assert_eq!(reveal(Reveal::Always), Some(0));
        assert_eq!(reveal(Reveal::Click), Some(-1));
        assert_eq!(reveal(Reveal::Seconds), Some(10));
    }

    #[test]
    fn it_comes_off_the_edge_only_where_it_sticks_and_its_label_is_not_always_there() {
        let unstick = |stick, reveal| {
            let button = Button { stick, reveal, unstick: true, ..Button::default() };
            config(button, OPEN).get("unstick").is_some()
        };

        assert!(unstick(Stick::Both, Reveal::Click) && unstick(Stick::Vertical, Reveal::Seconds));
        assert!(!unstick(Stick::None, Reveal::Click) && !unstick(Stick::Both, Reveal::Always));
    }

    #[test]
    fn a_mode_has_its_icon_and_its_words() {
        let of = |mode| config(Button { mode, ..Button::default() }, OPEN);

        for mode in [Mode::Chat, Mode::ChatAndVoice] {
            assert_eq!((&of(mode)["icon"], of(mode).get("call")), (&CHAT_ICON.into(), None));
            assert_eq!(of(mode)["texts"]["open"], "Open the chat");
        }
        assert_eq!((&of(Mode::Voice)["icon"], &of(Mode::Voice)["call"]), (&CALL_ICON.into(), &true.into()));
        assert_eq!(of(Mode::Voice)["texts"]["open"], "Call us");
        let labeled = config(Button { label: "Ask a baker".to_owned(), ..Button::default() }, OPEN);
        assert_eq!(labeled["texts"]["open"], "Ask a baker");
    }

    #[test]
    fn it_hides_only_while_closed_and_only_when_it_is_told_to() {
        let pages = |outside_hours, is_open| {
            config(Button { outside_hours, ..Button::default() }, is_open).get("pages").cloned()
        };

        assert_eq!(pages(OutsideHours::Hide, CLOSED), Some(NOWHERE.into()));
        assert_eq!(pages(OutsideHours::Hide, OPEN), None);
        assert_eq!((pages(OutsideHours::Message, CLOSED), pages(OutsideHours::Callback, CLOSED)), (None, None));
    }

    #[test]
    fn a_preview_is_drawn_on_whatever_page_it_is_but_hides_with_its_package() {
        let preview = |outside_hours, is_open| {
            let button = Button { show_on: vec!["/shop".to_owned()], outside_hours, ..Button::default() };
            let settings = PackageSettings { button, ..PackageSettings::default() };
            LoaderConfig::of("demo-en", &settings, "https://hub.example.com", is_open).for_preview().pages
        };

        assert_eq!(preview(OutsideHours::Hide, OPEN), None);
        assert_eq!(preview(OutsideHours::Hide, CLOSED).as_deref(), Some(NOWHERE));
    }
}
