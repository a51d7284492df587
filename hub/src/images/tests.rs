//! Pictures as people bring them: what is kept of each, and what a crowd of them may cost.

mod bombs;
mod files;

use image::{DynamicImage, GenericImageView as _, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;
use files::{exif, gif, jpeg, png, with_exif};

fn picture(bytes: &[u8], fit: Fit) -> Picture {
    decode::picture(bytes, fit).unwrap()
}

fn size(bytes: &[u8], fit: Fit) -> (u32, u32) {
    let picture = picture(bytes, fit);
    let shown = shown(&picture);
    assert_eq!(shown.dimensions(), (picture.width, picture.height));
    shown.dimensions()
}

/// What a browser makes of it.
fn shown(picture: &Picture) -> DynamicImage {
    let format = match picture.format {
        ImageFormat::Png => image::ImageFormat::Png,
        ImageFormat::Jpeg => image::ImageFormat::Jpeg,
    };
    image::load_from_memory_with_format(&picture.bytes, format).unwrap()
}

fn low(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

fn plain(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([200, 100, 50])).into()
}

#[test]
fn a_logo_fits_in_300_by_100_and_a_photo_in_150_by_150() {
    for file in [png(&plain(1_200, 800)), jpeg(&plain(1_200, 800)), gif(&[plain(1_200, 800)])] {
        assert_eq!(size(&file, Fit::Logo), (150, 100));
        assert_eq!(size(&file, Fit::Photo), (150, 100));
    }
    assert_eq!(size(&png(&plain(1_200, 300)), Fit::Logo), (300, 75));
    assert_eq!(size(&png(&plain(300, 1_200)), Fit::Photo), (38, 150));
}

#[test]
fn a_small_picture_keeps_its_size_and_its_pixels() {
    let dots = RgbaImage::from_fn(16, 9, |x, y| Rgba([low(x), low(y), 7, if x > 8 { 0 } else { 200 }]));

    let small = picture(&png(&dots.clone().into()), Fit::Logo);

    assert_eq!(shown(&small).into_rgba8(), dots);
    for edge in [(300, 100), (299, 1), (1, 1)] {
        assert_eq!(size(&png(&plain(edge.0, edge.1)), Fit::Logo), edge);
    }
}

#[test]
fn photographs_stay_jpeg_and_everything_else_becomes_png() {
    let transparent = RgbaImage::from_pixel(400, 400, Rgba([10, 200, 30, 128]));

    assert_eq!(picture(&jpeg(&plain(400, 400)), Fit::Photo).format, ImageFormat::Jpeg);
    assert_eq!(picture(&png(&plain(400, 400)), Fit::Photo).format, ImageFormat::Png);
    assert_eq!(picture(&gif(&[plain(400, 400)]), Fit::Photo).format, ImageFormat::Png);
    let kept = picture(&png(&transparent.into()), Fit::Photo);
    assert_eq!(shown(&kept).into_rgba8().get_pixel(75, 75), &Rgba([10, 200, 30, 128]));
}

#[test]
fn the_digest_names_the_kept_bytes() {
    let file = png(&plain(400, 400));

    let (one, two) = (picture(&file, Fit::Photo), picture(&file, Fit::Photo));

    assert_eq!(one, two);
    assert_eq!(one.digest, <[u8; 32]>::from(Sha256::digest(&one.bytes)));
    assert_ne!(one.digest, picture(&file, Fit::Logo).digest);
}

/// Four colors, one in each corner, two thirds as high as wide.
fn corners(x: u32, y: u32) -> Rgb<u8> {
    Rgb(match (x < 120, y < 80) {
        (true, true) => [230, 20, 20],
        (false, true) => [20, 200, 20],
        (true, false) => [20, 20, 230],
        (false, false) => [230, 230, 230],
    })
}

/// Where a kept pixel is to be seen; the words of the standard are "row 0 is, column 0 is".
fn seen(orientation: u8, (width, height): (u32, u32), (x, y): (u32, u32)) -> (u32, u32) {
    match orientation {
        1 => (x, y),
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (height - 1 - y, x),
        7 => (height - 1 - y, width - 1 - x),
        8 => (y, width - 1 - x),
        other => panic!("{other} is no orientation"),
    }
}

#[test]
fn every_orientation_is_upright_afterwards() {
    for orientation in 1..=8 {
        let lying = if orientation < 5 { (240, 160) } else { (160, 240) };
        let kept = RgbImage::from_fn(lying.0, lying.1, |x, y| {
            let (x, y) = seen(orientation, lying, (x, y));
            corners(x, y)
        });
        let kept = DynamicImage::from(kept);
        for file in [with_exif(&jpeg(&kept), &exif(orientation)), files::png_with_exif(&png(&kept), &exif(orientation))]
        {
            let upright = picture(&file, Fit::Photo);

            assert_eq!((upright.width, upright.height), (150, 100), "{orientation}");
            let upright = shown(&upright).into_rgb8();
            for (x, y) in [(20, 20), (130, 20), (20, 80), (130, 80)] {
                let (Rgb(is), Rgb(wanted)) = (*upright.get_pixel(x, y), corners(x * 240 / 150, y * 160 / 100));
                let differs = is.iter().zip(wanted).any(|(is, wanted)| is.abs_diff(wanted) > 30);
                assert!(!differs, "{orientation} at {x} {y}: {is:?} instead of {wanted:?}");
            }
        }
    }
}

#[test]
fn where_a_photo_was_taken_is_not_kept() {
    let file = with_exif(&jpeg(&plain(400, 400)), &exif(1));
    assert!(files::contains(&file, files::CANARY));

    let kept = picture(&file, Fit::Photo);

    assert!(!files::contains(&kept.bytes, files::CANARY) && !files::contains(&kept.bytes, b"Exif"));
}

#[test]
fn of_an_animation_the_first_frame_is_kept() {
    let frames = [plain(200, 50), RgbImage::from_pixel(200, 50, Rgb([1, 2, 3])).into()];

    let kept = picture(&gif(&frames), Fit::Logo);

    let Rgba(pixel) = *shown(&kept).into_rgba8().get_pixel(100, 25);
    assert!(pixel.iter().zip([200, 100, 50, 255]).all(|(is, wanted)| is.abs_diff(wanted) < 9), "{pixel:?}");
}

#[actix_web::test]
async fn who_finds_the_line_full_is_told_so() {
    let images = Images::new(Vec::new(), 60).unwrap();
    let all = u32::try_from(DECODERS + LINE).unwrap();
    let others = Arc::clone(&images.line).try_acquire_many_owned(all).unwrap();

    assert_eq!(images.accept(png(&plain(9, 9)), Fit::Logo).await, Err(ImageError::Busy));
    drop(others);

    assert_eq!(images.accept(png(&plain(9, 9)), Fit::Logo).await.map(|picture| picture.width), Ok(9));
}

#[actix_web::test]
async fn who_waits_too_long_is_told_so_and_leaves_the_line() {
    let mut images = Images::new(Vec::new(), 60).unwrap();
    images.budget = Duration::from_millis(20);
    let others = u32::try_from(DECODERS).unwrap();
    let _held = Arc::clone(&images.decoders).try_acquire_many_owned(others).unwrap();

    assert_eq!(images.accept(png(&plain(9, 9)), Fit::Logo).await, Err(ImageError::Busy));

    assert_eq!(images.line.available_permits(), DECODERS + LINE);
}

#[actix_web::test]
async fn a_file_has_a_size() {
    let images = Images::new(Vec::new(), 60).unwrap();
    let mut file = png(&plain(9, 9));
    file.resize(MOST_BYTES, 0);

    assert!(images.accept(file.clone(), Fit::Logo).await.is_ok());
    file.push(0);

    assert_eq!(images.accept(file, Fit::Logo).await, Err(ImageError::TooBig));
}
