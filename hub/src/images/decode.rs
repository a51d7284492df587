//! From the bytes of a file to a picture as it is kept. Everything here is slow and runs beside the chats.

use std::io::Cursor;

use hub_store::ImageFormat;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::error::{ImageError as DecodeError, LimitErrorKind};
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageDecoder, Limits};

use super::kind::Kind;
use super::{Fit, ImageError, Picture, jpeg, png, shrink};

/// Longest side; no screen shows more.
const MOST_SIDE: u32 = 8_192;
/// Most pixels in all: what a good camera makes.
const MOST_PIXELS: u64 = 24_000_000;
/// Most memory one decoder may take: 24 million pixels of three bytes fit.
const MOST_MEMORY: u64 = 80 * 1024 * 1024;
/// Of 100; below it letters in logos get a dirty rim.
const JPEG_QUALITY: u8 = 85;

/// Decodes, turns upright, fits and encodes.
pub(super) fn picture(bytes: &[u8], fit: Fit) -> Result<Picture, ImageError> {
    let kind = Kind::of(bytes).ok_or(ImageError::Unknown)?;
    let (image, orientation) = decoded(kind, bytes)?;
    let most = fit.most();
    let upright = upright_size(image.dimensions(), orientation);
    // Shrunk first and turned then: turning takes the memory of the picture once more.
    let size = upright_size(shrink::inside(upright, most), orientation);
    let mut small = shrink::to(image, size);
    small.apply_orientation(orientation);
    encoded(kind, small)
}

/// The size after turning, and the size before turning of what has this size after it.
fn upright_size((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
    }
}

/// The first picture of the file, and how it wants to be turned.
fn decoded(kind: Kind, bytes: &[u8]) -> Result<(DynamicImage, Orientation), ImageError> {
    match kind {
        Kind::Png => {
            let decoder = PngDecoder::with_limits(Cursor::new(png::essential(bytes)), limits()).map_err(refusal)?;
            read(decoder, 0)
        }
        Kind::Jpeg => {
            let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(refusal)?;
            read(decoder, jpeg::coefficient_bytes(bytes))
        }
        Kind::Gif => read(GifDecoder::new(Cursor::new(bytes)).map_err(refusal)?, 0),
    }
}

/// Reads the pixels, once the head of the file says that they fit.
fn read(mut decoder: impl ImageDecoder, besides: u64) -> Result<(DynamicImage, Orientation), ImageError> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(ImageError::Broken);
    }
    if width > MOST_SIDE || height > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(ImageError::TooManyPixels);
    }
    // The limit counts what is allocated at one time: the pixels are, whatever the decoder takes besides.
    let mut limits = limits();
    limits.reserve(decoder.total_bytes()).map_err(refusal)?;
    limits.reserve(besides).map_err(refusal)?;
    decoder.set_limits(limits).map_err(refusal)?;
    let orientation = decoder.orientation().map_err(refusal)?;
    Ok((DynamicImage::from_decoder(decoder).map_err(refusal)?, orientation))
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn refusal(error: DecodeError) -> ImageError {
    match error {
        DecodeError::Limits(error) => match error.kind() {
            LimitErrorKind::Unsupported { .. } => ImageError::Broken,
            _ => ImageError::TooManyPixels,
        },
        _ => ImageError::Broken,
    }
}

/// Photographs stay JPEG; what was drawn stays sharp and keeps its transparency.
fn encoded(kind: Kind, image: DynamicImage) -> Result<Picture, ImageError> {
    let size = image.dimensions();
    let mut bytes = Vec::new();
    let (format, written) = match kind {
        Kind::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            (ImageFormat::Jpeg, image.into_rgb8().write_with_encoder(encoder))
        }
        Kind::Png | Kind::Gif => {
            let image = image.into_rgba8();
            let encoder = PngEncoder::new(&mut bytes);
            let is_opaque = image.pixels().all(|pixel| pixel.0[3] == u8::MAX);
            let written = if is_opaque {
                DynamicImage::from(image).into_rgb8().write_with_encoder(encoder)
            } else {
                image.write_with_encoder(encoder)
            };
            (ImageFormat::Png, written)
        }
    };
    written.map_err(|_cause| ImageError::Broken)?;
    Ok(Picture::new(format, size, bytes))
}
