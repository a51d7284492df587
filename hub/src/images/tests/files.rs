//! Files made by hand: pictures, and pieces to build what no program would write.

use std::io::{Cursor, Write as _};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, ImageFormat};

/// Stands where a camera writes its place.
pub(super) const CANARY: &[u8] = b"canary-54.35N-18.64E";

pub(super) fn png(image: &DynamicImage) -> Vec<u8> {
    written(image, ImageFormat::Png)
}

pub(super) fn jpeg(image: &DynamicImage) -> Vec<u8> {
    written(image, ImageFormat::Jpeg)
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn gif(frames: &[DynamicImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for frame in frames {
        encoder.encode_frame(image::Frame::new(frame.to_rgba8())).unwrap();
    }
    drop(encoder);
    bytes
}

/// A chunk of PNG with its checksum.
pub(super) fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&name);
    crc.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], &name, content, &crc.sum().to_be_bytes()].concat()
}

/// Mark and header of a PNG: eight bits for each of the channels that `color` says.
pub(super) fn png_head(width: u32, height: u32, color: u8) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &[&size[..], &[8, color, 0, 0, 0]].concat())].concat()
}

/// A whole PNG with these pixels, as they are before compression.
pub(super) fn raw_png(width: u32, height: u32, color: u8, pixels: &[u8]) -> Vec<u8> {
    [png_head(width, height, color), chunk(*b"IDAT", &deflated(pixels)), chunk(*b"IEND", &[])].concat()
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Puts chunks behind the header of a PNG.
pub(super) fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    let (head, rest) = png.split_at(33);
    [head, &chunks.concat(), rest].concat()
}

/// What a camera writes: how it was held, and where.
pub(super) fn exif(orientation: u8) -> Vec<u8> {
    let entries = u16::to_be_bytes(1);
    let tag = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
    [&b"MM\0\x2a\0\0\0\x08"[..], &entries, &tag, &[0; 4], CANARY].concat()
}

/// Puts it into a JPEG, right behind the mark.
pub(super) fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let content = [&b"Exif\0\0"[..], exif].concat();
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    let (mark, rest) = jpeg.split_at(2);
    [mark, &[0xFF, 0xE1], &length, &content, rest].concat()
}

pub(super) fn png_with_exif(png: &[u8], exif: &[u8]) -> Vec<u8> {
    with_chunks(png, &[chunk(*b"eXIf", exif)])
}

/// A JPEG whose head says another size, and another way of coding when a marker is given.
pub(super) fn jpeg_saying(jpeg: &[u8], (width, height): (u16, u16), marker: Option<u8>) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    let frame = bytes.windows(4).position(|four| four == [0xFF, 0xC0, 0, 17]).unwrap();
    bytes[frame + 1] = marker.unwrap_or(0xC0);
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A GIF with two colors and these frames, each with the one pixel of its first block.
pub(super) fn raw_gif((width, height): (u16, u16), frame: (u16, u16), frames: usize) -> Vec<u8> {
    let size = |(width, height): (u16, u16)| [width.to_le_bytes(), height.to_le_bytes()].concat();
    let head = [&b"GIF89a"[..], &size((width, height)), &[0x80, 0, 0], &[200, 100, 50, 0, 0, 0]].concat();
    // Clear, color 0, end: three codes of three bits.
    let one = [&[0x2C, 0, 0, 0, 0][..], &size(frame), &[0, 2, 2, 0b0100_0100, 0b1, 0]].concat();
    [head, one.repeat(frames), vec![0x3B]].concat()
}

pub(super) fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
