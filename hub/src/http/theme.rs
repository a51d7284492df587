//! Colors and sizes of the button, resolved here so that no page has to.

use hub_store::{Button, Color, Size};
use palette::color_difference::Wcag21RelativeContrast as _;
use palette::{FromColor as _, Oklch, ShiftHueAssign as _, Srgb};

/// What white text needs to be readable: 4.5 (WCAG 2.2, AA), and a hair more, since tools round differently.
const READABLE: f64 = 4.51;
/// Lightness taken away at a time: a step nobody sees.
const DARKEN_STEP: f64 = 0.005;
/// How far the second color of a brand is from the first.
const SECOND_HUE_DEGREES: f64 = 12.0;
const SECOND_DARKER: f64 = 0.06;

/// The two ends of a gradient; white text is readable on either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gradient {
    pub a: String,
    pub b: String,
}

/// The gradient of a button: its own color, else one of ours.
pub(super) fn gradient(button: &Button) -> Gradient {
    match button.brand.as_deref().and_then(color) {
        Some(brand) => of_brand(brand),
        None => ours(button.color),
    }
}

/// Reads `#rrggbb`.
pub(super) fn color(text: &str) -> Option<Srgb<u8>> {
    let digits = text.strip_prefix('#')?;
    let is_color = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_color.then(|| digits.parse().ok())?
}

/// The height of a button, in CSS pixels.
pub(super) const fn height(size: Size) -> u8 {
    match size {
        Size::Small => 44,
        Size::Medium => 56,
        Size::Large => 68,
    }
}

fn ours(color: Color) -> Gradient {
    let (a, b) = match color {
        Color::Green => ("#0b8050", "#056a5b"),
        Color::Blue => ("#1763e0", "#1b49c4"),
        Color::Violet => ("#6f45e4", "#8b35cf"),
        Color::Orange => ("#cb4900", "#b93c0e"),
    };
    Gradient { a: a.to_owned(), b: b.to_owned() }
}

fn of_brand(brand: Srgb<u8>) -> Gradient {
    let (a, mut second) = darkened(Oklch::from_color(brand.into_format::<f64>()));
    second.shift_hue_assign(SECOND_HUE_DEGREES);
    second.l -= SECOND_DARKER;
    let (b, _) = darkened(second);
    Gradient { a: written(a), b: written(b) }
}

/// The color itself or the lightest darker one on which white text is readable.
fn darkened(mut color: Oklch<f64>) -> (Srgb<u8>, Oklch<f64>) {
    while color.l > 0.0 {
        // Rounded first: what counts is what the browser is told.
        let rounded = Srgb::from_color(color).into_format::<u8>();
        if rounded.into_format::<f64>().relative_contrast(Srgb::new(1.0, 1.0, 1.0)) >= READABLE {
            return (rounded, color);
        }
        color.l -= DARKEN_STEP;
    }
    (Srgb::new(0, 0, 0), color)
}

fn written(color: Srgb<u8>) -> String {
    format!("#{color:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(color.get(at..at + 2).unwrap(), 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn brand(color: &str) -> Gradient {
        gradient(&Button { brand: Some(color.to_owned()), ..Button::default() })
    }

    #[test]
    fn white_text_is_readable_and_the_button_stands_out() {
        for color in [Color::Green, Color::Blue, Color::Violet, Color::Orange] {
            let Gradient { a, b } = ours(color);

            assert!(contrast("#ffffff", &a) >= 4.5 && contrast("#ffffff", &b) >= 4.5, "text on {color:?}");
            assert!(contrast("#f6f4f0", &a) >= 3.0 && contrast("#15171c", &a) >= 3.0, "{color:?} on pages");
        }
    }

    #[test]
    fn white_text_is_readable_on_every_brand() {
        let steps = || (0..=255_u8).step_by(15);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            let color = format!("#{red:02x}{green:02x}{blue:02x}");

            let Gradient { a, b } = brand(&color);

            assert!(contrast("#ffffff", &a) >= 4.5, "{color} became {a}");
            assert!(contrast("#ffffff", &b) >= 4.5, "{color} became {a} and {b}");
        }
    }

    #[test]
    fn a_brand_that_is_readable_stays_as_it_is() {
        for color in ["#1763e0", "#000000", "#7a0019"] {
            assert_eq!(brand(color).a, color);
        }
        assert_ne!(brand("#1763e0").b, brand("#1763e0").a);
    }

    #[test]
    fn a_light_brand_is_darkened_no_more_than_needed() {
        for color in ["#ffd400", "#ffffff", "#7fd7ff", "#ff8a80"] {
            let Gradient { a, .. } = brand(color);
            assert!(contrast("#ffffff", &a) < 4.8, "{color} became {a}");
        }
    }

    #[test]
    fn what_is_no_color_is_not_read() {
        for text in ["", "#", "#fff", "1763e0", "#1763e", "#1763e00", "#1763eg", "#żżż", "red"] {
            assert_eq!(color(text), None, "{text}");
        }
        assert_eq!(color("#1763E0"), color("#1763e0"));
    }

    #[test]
    fn a_finger_hits_the_smallest_button() {
        assert_eq!([Size::Small, Size::Medium, Size::Large].map(height), [44, 56, 68]);
    }
}
