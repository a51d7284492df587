//! What the decoder of JPEG will hold in memory besides the pixels.
//!
//! A picture that comes in several passes is kept whole as coefficients until the
//! last one, and the decoder does not count them against its limit.

/// Bytes of one coefficient; there is one for each sample.
const COEFFICIENT: u64 = 2;
/// Markers from 0xC0 that describe no frame: tables of Huffman codes, a reserved one, arithmetic coding.
const NO_FRAMES: [u8; 3] = [0xC4, 0xC8, 0xCC];

/// Reads the segments before the first scan; no frame needs no memory, and decodes to nothing.
pub(super) fn coefficient_bytes(bytes: &[u8]) -> u64 {
    let mut needed = 0;
    let mut components = 0;
    let mut is_progressive = false;
    for Segment { marker, content } in Segments(bytes) {
        match marker {
            0xDA => {
                let is_partial = content.first().is_some_and(|scanned| *scanned < components);
                return if is_progressive || is_partial { needed } else { 0 };
            }
            0xC0..=0xCF if !NO_FRAMES.contains(&marker) => {
                is_progressive |= !matches!(marker, 0xC0 | 0xC1);
                components = content.get(5).copied().unwrap_or_default();
                needed = needed.max(frame(content));
            }
            _ => {}
        }
    }
    needed
}

/// The samples of all components: those of color are often fewer.
fn frame(content: &[u8]) -> u64 {
    let [_, h1, h2, w1, w2, _, components @ ..] = content else { return 0 };
    let (height, width) = (u16::from_be_bytes([*h1, *h2]), u16::from_be_bytes([*w1, *w2]));
    let samplings = components.as_chunks::<3>().0.iter().map(|[_, sampling, _]| {
        let (across, down) = (sampling >> 4, sampling & 0x0F);
        u64::from(across) * u64::from(down)
    });
    let pixels = u64::from(width) * u64::from(height);
    let most = samplings.clone().max().unwrap_or(1).max(1);
    pixels * samplings.sum::<u64>() / most * COEFFICIENT
}

struct Segment<'a> {
    marker: u8,
    content: &'a [u8],
}

/// The segments of a file; ends where they cannot be read.
struct Segments<'a>(&'a [u8]);

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            match self.0 {
                // Fill bytes, and markers without content.
                [0xFF, rest @ ..] if rest.starts_with(&[0xFF]) => self.0 = rest,
                [0xFF, 0x01 | 0xD0..=0xD8, rest @ ..] => self.0 = rest,
                [0xFF, marker, high, low, rest @ ..] => {
                    let length = usize::from(u16::from_be_bytes([*high, *low])).checked_sub(2)?;
                    let (content, rest) = rest.split_at_checked(length)?;
                    self.0 = rest;
                    return Some(Segment { marker: *marker, content });
                }
                // Decoders skip what is no marker.
                [_, rest @ ..] => self.0 = rest,
                [] => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of 1000 × 500 with three components, the first sampled like this, then a scan of so many.
    fn file(marker: u8, sampling: u8, scanned: u8) -> Vec<u8> {
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, b'J', b'F', 0xFF, 0xFF];
        file.extend([marker, 0, 17, 8, 0x01, 0xF4, 0x03, 0xE8, 3, 1, sampling, 0, 2, 0x11, 1, 3, 0x11, 1]);
        file.extend([0xFF, 0xDA, 0, 3, scanned, 0x12, 0x34]);
        file
    }

    #[test]
    fn a_picture_in_one_pass_needs_no_more_than_its_pixels() {
        assert_eq!(coefficient_bytes(&file(0xC0, 0x22, 3)), 0);
    }

    #[test]
    fn passes_are_kept_until_the_last_one() {
        assert_eq!(coefficient_bytes(&file(0xC2, 0x11, 1)), 500_000 * 3 * 2);
        assert_eq!(coefficient_bytes(&file(0xC2, 0x22, 3)), 500_000 * 6 / 4 * 2);
        assert_eq!(coefficient_bytes(&file(0xC0, 0x11, 1)), 500_000 * 3 * 2);
    }

    #[test]
    fn nonsense_is_read_to_its_end() {
        for bytes in
            [&b""[..], b"\xFF", b"\xFF\xD8\xFF", b"\xFF\xD8\xFF\xC2\0\0", b"\xFF\xD8\xFF\xC2\xFF\xFF", &[0xFF; 99]]
        {
            assert_eq!(coefficient_bytes(bytes), 0, "{bytes:?}");
        }
    }
}
