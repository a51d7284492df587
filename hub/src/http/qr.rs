//! QR codes as paths a page can draw: no image, no request.

use std::fmt::Write as _;

use qrcode::{Color, QrCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ApiError;

/// A QR code; whoever draws it leaves a margin of four modules around it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Qr {
    /// Modules on each side: the `viewBox` is `0 0 size size`.
    size: usize,
    /// The dark modules as an SVG path.
    path: String,
}

/// The code that says this text.
pub(super) fn qr(text: &str) -> Result<Qr, ApiError> {
    let code =
        QrCode::new(text).map_err(|error| ApiError::Internal(anyhow::anyhow!("cannot make a QR code: {error}")))?;
    let size = code.width();
    let colors = code.into_colors();
    let path = colors.chunks(size.max(1)).enumerate().map(|(y, row)| line(y, row)).collect();
    Ok(Qr { size, path })
}

/// The dark runs of one line, each as a rectangle one module high.
fn line(y: usize, row: &[Color]) -> String {
    let mut x = 0;
    let mut path = String::new();
    for run in row.chunk_by(|left, right| left == right) {
        if run.first() == Some(&Color::Dark) {
            let _infallible = write!(path, "M{x} {y}h{width}v1h-{width}z", width = run.len());
        }
        x += run.len();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let Qr { size, path } = qr("https://hub.example.com/p/bakery").unwrap();
        let mut drawn = vec![false; size * size];
        for rectangle in path.split('M').skip(1) {
            let (place, rest) = rectangle.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let width: usize = rest.split('v').next().unwrap().parse().unwrap();
            drawn[y * size + x..y * size + x + width].fill(true);
        }

        let colors = QrCode::new("https://hub.example.com/p/bakery").unwrap().into_colors();
        assert!(drawn.iter().zip(&colors).all(|(is_drawn, color)| *is_drawn == (*color == Color::Dark)));
        assert_eq!(drawn.len(), colors.len());
        assert!(path.starts_with("M0 0h7v1h-7z"), "the first corner is a finder: {path}");
    }

    #[test]
    fn a_text_no_code_can_say_is_a_failure_and_no_panic() {
        assert!(qr(&"x".repeat(5_000)).is_err());
    }
}
