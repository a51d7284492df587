//! The button.

use hub_store::Button;

use super::web::patterns;
use super::{Problem, Wrong, limits, line};
use crate::http::theme::color;

pub(super) fn button(button: Button) -> Result<Button, Wrong> {
    if !limits::REVEAL_SECONDS.contains(&button.reveal_seconds) {
        return Err(Wrong::new("/button/reveal_seconds", Problem::Seconds));
    }
    let brand = match button.brand.as_deref() {
        Some(brand) if color(brand).is_none() => return Err(Wrong::new("/button/brand", Problem::Color)),
        brand => brand.map(str::to_ascii_lowercase),
    };
    let (show_on, hide_on) = patterns(&button)?;
    Ok(Button { label: line("/button/label", &button.label, limits::LABEL)?, brand, show_on, hide_on, ..button })
}
