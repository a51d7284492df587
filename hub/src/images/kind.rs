//! What a file is, by its first bytes. Names and types that people say do not count.

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
    Gif,
}

impl Kind {
    /// Reads the mark at the very start; a file with something in front of it is none of ours.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide() {
        assert_eq!(Kind::of(b"\x89PNG\r\n\x1a\n..."), Some(Kind::Png));
        assert_eq!(Kind::of(b"\xFF\xD8\xFF\xE0"), Some(Kind::Jpeg));
        assert_eq!((Kind::of(b"GIF87a"), Kind::of(b"GIF89a")), (Some(Kind::Gif), Some(Kind::Gif)));
    }

    #[test]
    fn everything_else_is_unknown() {
        for bytes in [
            &b""[..],
            b"\x89PNG",
            b"GIF88a",
            b" GIF89a",
            b"PK\x03\x04",
            b"%PDF-1.7",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<?xml version='1.0'?><svg/>",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"BM",
            b"II*\0",
        ] {
            assert_eq!(Kind::of(bytes), None, "{bytes:?}");
        }
    }
}
