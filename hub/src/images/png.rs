//! A PNG without what is not needed for its pixels.
//!
//! Profiles and texts are compressed and may unfold to anything, and frames of an
//! animation are pictures nobody asked for. Leaving them out is cheaper than bounding each.

/// The mark, then chunks of length, name, content and checksum.
const MARK: usize = 8;
const FRAME: usize = 12;
/// Header, palette, transparency, orientation, pixels, end.
const KEPT: [&[u8; 4]; 6] = [b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"];

/// Copies the kept chunks up to the end; what is cut off stays cut off, for the decoder to refuse.
pub(super) fn essential(bytes: &[u8]) -> Vec<u8> {
    let (mark, mut rest) = bytes.split_at_checked(MARK).unwrap_or((bytes, &[]));
    let mut kept = mark.to_vec();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let Some(name) = after.first_chunk::<4>() else { break };
        let whole = usize::try_from(u32::from_be_bytes(*length)).ok().and_then(|length| length.checked_add(FRAME));
        let (chunk, tail) = whole.and_then(|whole| rest.split_at_checked(whole)).unwrap_or((rest, &[]));
        if KEPT.contains(&name) {
            kept.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            break;
        }
        rest = tail;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &str, content: &str) -> String {
        let length = u8::try_from(content.len()).unwrap();
        format!("\0\0\0{}{name}{content}CCCC", char::from(length))
    }

    #[test]
    fn only_what_makes_the_pixels_stays() {
        let file = |extra: &str| {
            ["12345678", &chunk("IHDR", "size"), extra, &chunk("IDAT", "px"), &chunk("IEND", "")].concat()
        };
        let extra = [chunk("iCCP", "bomb"), chunk("zTXt", "bomb"), chunk("acTL", "2"), chunk("fdAT", "px")].concat();

        assert_eq!(essential(file(&extra).as_bytes()), file("").as_bytes());
        assert_eq!(essential((file("") + "<script>").as_bytes()), file("").as_bytes());
    }

    #[test]
    fn a_cut_file_is_cut_in_the_copy() {
        assert_eq!(essential(b"1234"), b"1234");
        assert_eq!(essential(b"12345678\xFF\xFF\xFF\xFFIDATabc"), b"12345678\xFF\xFF\xFF\xFFIDATabc");
        assert_eq!(essential(b"12345678\xFF\xFF\xFF\xFFzTXtabc"), b"12345678");
    }
}
