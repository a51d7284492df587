//! Makes a picture fit: smaller when it must be, never larger, its aspect kept.
//!
//! Colors are weighed by how much of them is seen. Otherwise what lies under
//! transparent pixels, mostly black, would show as a dark rim around a logo.

use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView as _, Rgba, Rgba32FImage};

/// Averaging brings a big picture to between two and three times its size, a finer filter to the end.
const COARSE: u32 = 2;

/// The size inside `most`, at least one pixel each way.
pub(super) fn inside((width, height): (u32, u32), most: (u32, u32)) -> (u32, u32) {
    let (most_width, most_height) = most;
    if width <= most_width && height <= most_height {
        return (width, height);
    }
    let [w, h, mw, mh] = [width, height, most_width, most_height].map(u64::from);
    if w * mh >= h * mw {
        (most_width, share(h * mw, w).min(most_height))
    } else {
        (share(w * mh, h).min(most_width), most_height)
    }
}

/// A quotient, rounded.
fn share(whole: u64, parts: u64) -> u32 {
    let rounded = (whole + parts / 2) / parts.max(1);
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

/// The picture in exactly this size, which is not larger than its own.
pub(super) fn to(image: DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if image.dimensions() == (width, height) {
        return image;
    }
    let coarse = averaged(&image, (steps(image.width(), width), steps(image.height(), height)));
    // The big one is not needed any more, and memory is what limits how many are read at once.
    drop(image);
    let fine = DynamicImage::ImageRgba32F(coarse).resize_exact(width, height, FilterType::Lanczos3);
    let mut fine = fine.into_rgba32f();
    for pixel in fine.pixels_mut() {
        let Rgba([r, g, b, a]) = *pixel;
        let unweighed = |color: f32| if a > 0.0 { (color / a).clamp(0.0, 1.0) } else { 0.0 };
        *pixel = Rgba([unweighed(r), unweighed(g), unweighed(b), a.clamp(0.0, 1.0)]);
    }
    DynamicImage::ImageRgba32F(fine)
}

/// Pixels left after averaging on the way from `from` to `to`.
fn steps(from: u32, to: u32) -> u32 {
    from / (from / (to * COARSE).max(1)).max(1)
}

/// Averages blocks of pixels, colors weighed by their alpha.
fn averaged(image: &DynamicImage, (width, height): (u32, u32)) -> Rgba32FImage {
    let edge = |step: u32, steps: u32, whole: u32| {
        u32::try_from(u64::from(step) * u64::from(whole) / u64::from(steps.max(1))).unwrap_or(whole)
    };
    Rgba32FImage::from_fn(width, height, |column, row| {
        let columns = edge(column, width, image.width())..edge(column + 1, width, image.width());
        let rows = edge(row, height, image.height())..edge(row + 1, height, image.height());
        let mut sum = [0.0_f32; 4];
        let mut pixels = 0.0_f32;
        for y in rows {
            for x in columns.clone() {
                let Rgba([r, g, b, a]) = image.get_pixel(x, y);
                let weight = f32::from(a) / 255.0;
                let weighed = [r, g, b].map(|color| f32::from(color) / 255.0 * weight);
                sum = [sum[0] + weighed[0], sum[1] + weighed[1], sum[2] + weighed[2], sum[3] + weight];
                pixels += 1.0;
            }
        }
        Rgba(sum.map(|sum| sum / pixels))
    })
}

#[cfg(test)]
mod tests {
    use image::RgbaImage;

    use super::*;

    const LOGO: (u32, u32) = (300, 100);

    #[test]
    fn the_longer_side_decides_and_the_aspect_stays() {
        assert_eq!(inside((3_000, 500), LOGO), (300, 50));
        assert_eq!(inside((3_000, 2_000), LOGO), (150, 100));
        assert_eq!(inside((600, 200), LOGO), (300, 100));
        assert_eq!(inside((301, 100), LOGO), (300, 100));
        assert_eq!(inside((8_192, 1), LOGO), (300, 1));
        assert_eq!(inside((1, 8_192), LOGO), (1, 100));
    }

    #[test]
    fn nothing_is_made_larger() {
        for size in [(1, 1), (299, 99), (300, 100), (16, 100), (300, 1)] {
            assert_eq!(inside(size, LOGO), size);
        }
    }

    #[test]
    fn what_lies_under_transparent_pixels_is_not_seen() {
        // White on transparent black, in stripes: half of each block is seen.
        let stripes = RgbaImage::from_fn(640, 640, |x, _| if x % 2 == 0 { Rgba([255; 4]) } else { Rgba([0; 4]) });

        let small = to(stripes.into(), (80, 80)).into_rgba8();

        for Rgba([r, g, b, a]) in small.pixels() {
            assert_eq!((r, g, b), (&255, &255, &255));
            assert!((127..=129).contains(a), "{a}");
        }
    }

    #[test]
    fn a_plain_color_stays_that_color() {
        let plain = RgbaImage::from_pixel(1_000, 333, Rgba([200, 100, 50, 255]));

        let small = to(plain.into(), (300, 100)).into_rgba8();

        assert!(small.pixels().all(|pixel| *pixel == Rgba([200, 100, 50, 255])));
    }

    #[test]
    fn an_edge_stays_where_it_is() {
        let halves =
            RgbaImage::from_fn(2_001, 100, |x, _| Rgba(if x < 1_000 { [255, 0, 0, 255] } else { [0, 0, 255, 255] }));

        let small = to(halves.into(), (200, 10)).into_rgba8();

        let is_near = |x: u32, wanted: [u8; 4]| {
            let Rgba(pixel) = small.get_pixel(x, 5);
            pixel.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) < 4)
        };
        assert!(is_near(97, [255, 0, 0, 255]) && is_near(102, [0, 0, 255, 255]));
    }
}
