//! `Name`: how a kept picture is addressed, by what it contains.

use std::fmt::{self, Write as _};

use hub_store::ImageFormat;

/// Where pictures are, under the origin of the hub.
const FOLDER: &str = "/i/";
/// Hexadecimal digits of a digest.
const DIGITS: usize = 64;

/// The digest and the format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub digest: [u8; 32],
    pub format: ImageFormat,
}

impl Name {
    /// Reads an address such as `/i/DIGEST.png`, which is the only form we write.
    pub(crate) fn of_address(address: &str) -> Option<Self> {
        Self::of_file(address.strip_prefix(FOLDER)?)
    }

    /// Reads the last part of it.
    pub(crate) fn of_file(file: &str) -> Option<Self> {
        let (digits, ending) = file.split_once('.')?;
        let format = match ending {
            "png" => ImageFormat::Png,
            "jpg" => ImageFormat::Jpeg,
            _ => return None,
        };
        let is_ours = digits.len() == DIGITS && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !is_ours {
            return None;
        }
        let mut digest = [0; 32];
        for (byte, [high, low]) in digest.iter_mut().zip(digits.as_bytes().as_chunks::<2>().0) {
            *byte = value(*high) << 4 | value(*low);
        }
        Some(Self { digest, format })
    }
}

/// A digit that was checked before.
fn value(digit: u8) -> u8 {
    if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FOLDER)?;
        for byte in self.digest {
            write!(f, "{byte:02x}")?;
        }
        f.write_char('.')?;
        f.write_str(match self.format {
            ImageFormat::Png => "png",
            ImageFormat::Jpeg => "jpg",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_as_it_was_written() {
        let digest = std::array::from_fn(|place| u8::try_from(place * 8 + 7).unwrap());
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let name = Name { digest, format };
            assert_eq!(Name::of_address(&name.to_string()), Some(name), "{name}");
        }
        assert!(Name { digest, format: ImageFormat::Png }.to_string().starts_with("/i/070f171f"));
    }

    #[test]
    fn nothing_else_is_an_address() {
        let digits = "0".repeat(DIGITS);
        for address in [
            format!("/i/{digits}"),
            format!("/i/{digits}."),
            format!("/i/{digits}.gif"),
            format!("/i/{digits}.png.exe"),
            format!("/i/{digits}.PNG"),
            format!("/i/{digits}0.png"),
            format!("/i/{}.png", "A".repeat(DIGITS)),
            format!("/i/{}.png", "ż".repeat(DIGITS / 2)),
            format!("i/{digits}.png"),
            format!("/i/../{digits}.png"),
            format!("https://evil.example/i/{digits}.png"),
            String::new(),
        ] {
            assert_eq!(Name::of_address(&address), None, "{address}");
        }
    }
}
