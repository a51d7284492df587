//! Files that want to cost more than they weigh, or to be something else than a picture.
//!
//! None of these tests looks at a clock: what is refused by its head is never decoded.

use super::*;
use files::{chunk, contains, deflated, jpeg_saying, png_head, raw_gif, raw_png, with_chunks};

/// Grey, and red green blue with alpha, in the header of a PNG.
const GREY: u8 = 0;
const RGBA: u8 = 6;

fn refusal(bytes: &[u8]) -> ImageError {
    decode::picture(bytes, Fit::Logo).unwrap_err()
}

#[test]
fn a_png_of_69_bytes_that_claims_3600_million_pixels_is_refused() {
    let bomb = [png_head(60_000, 60_000, RGBA), chunk(*b"IDAT", &[0; 12]), chunk(*b"IEND", &[])].concat();

    assert_eq!(bomb.len(), 69);
    assert_eq!(refusal(&bomb), ImageError::TooManyPixels);
}

#[test]
fn a_tiny_gif_that_claims_the_greatest_size_is_refused() {
    let bomb = raw_gif((u16::MAX, u16::MAX), (u16::MAX, u16::MAX), 1);

    assert!(bomb.len() < 40);
    assert_eq!(refusal(&bomb), ImageError::TooManyPixels);
}

#[test]
fn a_gif_that_hides_its_size_in_the_frame_is_refused() {
    assert_eq!(refusal(&raw_gif((1, 1), (u16::MAX, u16::MAX), 1)), ImageError::TooManyPixels);
}

#[test]
fn a_jpeg_that_claims_the_greatest_size_is_refused() {
    let bomb = jpeg_saying(&jpeg(&plain(8, 8)), (u16::MAX, u16::MAX), None);

    assert_eq!(refusal(&bomb), ImageError::TooManyPixels);
}

#[test]
fn a_jpeg_in_passes_counts_with_what_the_passes_need() {
    // Eleven million pixels: 33 MB by themselves, 66 MB more while the passes are gathered.
    let size = (4_000, 2_750);

    assert_eq!(refusal(&jpeg_saying(&jpeg(&plain(8, 8)), size, Some(0xC2))), ImageError::TooManyPixels);
}

#[test]
fn four_hundred_million_grey_pixels_are_refused() {
    let bomb = [png_head(20_000, 20_000, GREY), chunk(*b"IDAT", &deflated(&[0; 9])), chunk(*b"IEND", &[])].concat();

    assert_eq!(refusal(&bomb), ImageError::TooManyPixels);
}

#[test]
fn a_side_has_8192_pixels_at_most() {
    let line = |width: u32| raw_png(width, 1, GREY, &vec![0; width as usize + 1]);

    assert_eq!(size(&line(8_192), Fit::Logo), (300, 1));
    assert_eq!(refusal(&line(8_193)), ImageError::TooManyPixels);
}

#[test]
fn a_picture_has_24_million_pixels_at_most() {
    let grey = |width: u32, height: u32| raw_png(width, height, GREY, &vec![0; (width as usize + 1) * height as usize]);

    assert_eq!(size(&grey(6_000, 4_000), Fit::Logo), (150, 100));
    assert_eq!(refusal(&[png_head(6_001, 4_000, GREY), chunk(*b"IDAT", &[])].concat()), ImageError::TooManyPixels);
}

#[test]
fn pixels_of_many_bytes_count_by_their_bytes() {
    // 23 million pixels of four bytes are more than a decoder may take.
    let bomb = [png_head(5_750, 4_000, RGBA), chunk(*b"IDAT", &deflated(&[0; 9])), chunk(*b"IEND", &[])].concat();

    assert_eq!(refusal(&bomb), ImageError::TooManyPixels);
}

#[test]
fn profiles_and_texts_are_left_packed() {
    let bomb = deflated(&vec![0; 8 * 1024 * 1024]);
    let profile = chunk(*b"iCCP", &[b"bomb\0\0", &bomb[..]].concat());
    let text = chunk(*b"zTXt", &[b"bomb\0\0", &bomb[..]].concat());
    let foreign = chunk(*b"iTXt", &[b"XML:com.adobe.xmp\0\x01\0\0\0", &bomb[..]].concat());
    let clean = png(&plain(400, 400));

    let bomb = with_chunks(&clean, &[profile, text, foreign]);

    assert_eq!(picture(&bomb, Fit::Photo), picture(&clean, Fit::Photo));
}

#[test]
fn pixels_behind_the_last_one_are_not_unpacked() {
    let rows = vec![0; 8 * 1024 * 1024];

    assert_eq!(size(&raw_png(10, 10, GREY, &rows), Fit::Logo), (10, 10));
}

#[test]
fn ten_thousand_frames_are_one_picture() {
    let bomb = raw_gif((1, 1), (1, 1), 10_000);

    assert_eq!(shown(&picture(&bomb, Fit::Logo)).into_rgb8().get_pixel(0, 0), &Rgb([200, 100, 50]));
}

#[test]
fn an_animated_png_is_its_first_picture() {
    let control = [&0u32.to_be_bytes()[..], &[0, 0, 1, 144, 0, 0, 1, 144], &[0; 14]].concat();
    let frames = [chunk(*b"acTL", &[0, 0, 0x27, 0x10, 0, 0, 0, 0]), chunk(*b"fcTL", &control)];
    let clean = png(&plain(400, 400));

    let kept = picture(&with_chunks(&clean, &frames), Fit::Photo);

    assert_eq!(kept, picture(&clean, Fit::Photo));
    assert!(!contains(&kept.bytes, b"acTL") && !contains(&kept.bytes, b"fcTL"));
}

#[test]
fn what_else_a_file_says_is_gone() {
    let page = b"<html><script>alert(1)</script>";
    let comment = [&[0xFF, 0xFE, 0, 33][..], page].concat();
    let photo = jpeg(&plain(400, 400));
    let (mark, rest) = photo.split_at(2);
    let drawing = with_chunks(&png(&plain(400, 400)), &[chunk(*b"tEXt", &[b"Comment\0", &page[..]].concat())]);
    for polyglot in [
        [&drawing[..], page].concat(),
        [mark, &comment, rest, page].concat(),
        [&gif(&[plain(400, 400)])[..], page].concat(),
    ] {
        assert!(contains(&polyglot, b"<script"));

        let kept = picture(&polyglot, Fit::Photo);

        assert!(!contains(&kept.bytes, b"<script") && !contains(&kept.bytes, b"<html"));
    }
}

#[test]
fn something_in_front_of_a_picture_makes_it_unknown() {
    let clean = png(&plain(9, 9));

    for front in [&b"PK\x03\x04"[..], b"%PDF-1.7\n", b"<script>", b"\n", b"\0", b"\xEF\xBB\xBF"] {
        assert_eq!(refusal(&[front, &clean].concat()), ImageError::Unknown, "{front:?}");
    }
}

#[test]
fn other_formats_are_unknown_whatever_their_name() {
    for file in [
        &b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"[..],
        b"<?xml version=\"1.0\"?><!DOCTYPE svg><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b"RIFF\x24\0\0\0WEBPVP8 ",
        b"BM\x46\0\0\0",
        b"\0\0\x01\0\x01\0",
        b"II*\0\x08\0\0\0",
        b"\0\0\0\x20ftypavif",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"",
    ] {
        assert_eq!(refusal(file), ImageError::Unknown, "{file:?}");
    }
}

#[test]
fn a_picture_without_pixels_is_broken() {
    assert_eq!(refusal(&raw_png(0, 9, GREY, &[])), ImageError::Broken);
    assert_eq!(refusal(&raw_png(9, 0, GREY, &[])), ImageError::Broken);
    assert_eq!(refusal(&raw_gif((0, 0), (0, 0), 1)), ImageError::Broken);
    assert_eq!(refusal(&raw_gif((9, 9), (9, 9), 0)), ImageError::Broken);
    assert_eq!(refusal(&jpeg_saying(&jpeg(&plain(8, 8)), (0, 0), None)), ImageError::Broken);
}

#[test]
fn a_file_that_was_cut_never_brings_the_hub_down() {
    let noise = RgbImage::from_fn(120, 80, |x, y| Rgb([low(x * 7), low(y * 13), low(x * y)]));
    let noise = DynamicImage::from(noise);
    for file in [png(&noise), jpeg(&noise), gif(std::slice::from_ref(&noise)), with_exif(&jpeg(&noise), &exif(6))] {
        for length in (0..file.len()).step_by(file.len() / 97 + 1) {
            let cut = decode::picture(&file[..length], Fit::Logo);
            assert!(length > 0 || cut == Err(ImageError::Unknown));
        }
        for place in (0..file.len()).step_by(file.len() / 97 + 1) {
            let mut bent = file.clone();
            bent[place] ^= 0x5A;
            let _kept_or_refused = decode::picture(&bent, Fit::Logo);
        }
    }
    let half = png(&noise);
    assert_eq!(refusal(&half[..half.len() / 2]), ImageError::Broken);
}
