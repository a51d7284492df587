//! Colors and sizes of the button, resolved here so that no page has to.

use hub_store::{Color, Size};

/// The two ends of a gradient; white text is readable on either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gradient {
    pub a: &'static str,
    pub b: &'static str,
}

/// The gradient of a color.
pub(super) const fn gradient(color: Color) -> Gradient {
    match color {
        Color::Green => Gradient { a: "#0b8050", b: "#056a5b" },
        Color::Blue => Gradient { a: "#1763e0", b: "#1b49c4" },
        Color::Violet => Gradient { a: "#6f45e4", b: "#8b35cf" },
        Color::Orange => Gradient { a: "#cb4900", b: "#b93c0e" },
    }
}

/// The height of a button, in CSS pixels.
pub(super) const fn height(size: Size) -> u8 {
    match size {
        Size::Small => 44,
        Size::Medium => 56,
        Size::Large => 68,
    }
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

    #[test]
    fn white_text_is_readable_and_the_button_stands_out() {
        for color in [Color::Green, Color::Blue, Color::Violet, Color::Orange] {
            let Gradient { a, b } = gradient(color);

            assert!(contrast("#ffffff", a) >= 4.5 && contrast("#ffffff", b) >= 4.5, "text on {color:?}");
            assert!(contrast("#f6f4f0", a) >= 3.0 && contrast("#15171c", a) >= 3.0, "{color:?} on pages");
        }
    }

    #[test]
    fn a_finger_hits_the_smallest_button() {
        assert_eq!([Size::Small, Size::Medium, Size::Large].map(height), [44, 56, 68]);
    }
}
