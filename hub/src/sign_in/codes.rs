//! What is typed beside a password: six digits of an authenticator (RFC 6238), or a recovery code.

use actors::moment::Moment;
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};
use sha2::{Digest as _, Sha256};
use totp_rs::{Builder, Secret};
use url::Url;

use super::secret::NoRandomness;

/// 160 bits, as RFC 4226 asks.
pub(crate) const SECRET_BYTES: usize = 20;
/// Recovery codes of an account: enough for years of lost phones.
pub(crate) const RECOVERY_CODES: usize = 10;
/// What authenticators show above the codes.
const ISSUER: &str = "Click2CallMe";
/// Digits of a code and the seconds it is worth; authenticators assume these numbers whatever they are told.
const DIGITS: usize = 6;
const STEP_SECONDS: u64 = 30;
/// 120 random bits: so many cannot be guessed, so a fast hash is enough to keep them.
const RECOVERY_LETTERS: usize = 24;
/// Letters between two dashes of a recovery code.
const GROUP: usize = 4;
/// Crockford's letters: none of them looks like another.
const RECOVERY_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The letters of RFC 4648, which authenticators read.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What somebody typed, as far as it can be a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// The digits of an authenticator.
    Digits(String),
    /// The hash of a recovery code.
    Recovery([u8; 32]),
}

impl Code {
    /// Reads a code; spaces and dashes are for people.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let letters: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if letters.len() == DIGITS && letters.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Digits(letters));
        }
        let letters: Option<String> = letters.chars().map(meant).collect();
        letters.filter(|letters| letters.len() == RECOVERY_LETTERS).map(|letters| Self::Recovery(hash(&letters)))
    }
}

/// The step a code belongs to, the one before and the one after allowed for clocks that differ.
pub(crate) fn step_of(secret: &SecretSlice<u8>, digits: &str, now: Moment) -> Option<i64> {
    let secret: [u8; SECRET_BYTES] = secret.expose_secret().try_into().ok()?;
    // The builder's own numbers are SHA-1, six digits, 30 seconds, one step to each side.
    let totp = Builder::new().with_secret(Secret::new_stack(secret)).build().ok()?;
    let seconds = u64::try_from(now.millis()).ok()? / 1_000;
    totp.check(digits, seconds).and_then(|step| i64::try_from(step).ok())
}

/// A new secret for an authenticator.
pub(crate) fn make_secret() -> Result<SecretSlice<u8>, NoRandomness> {
    let mut bytes = vec![0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|_cause| NoRandomness)?;
    Ok(SecretSlice::from(bytes))
}

/// A secret as people type it.
pub(crate) fn base32(secret: &SecretSlice<u8>) -> SecretString {
    SecretString::from(letters(secret.expose_secret(), BASE32))
}

/// The address an authenticator reads from a QR code.
pub(crate) fn uri(secret: &SecretSlice<u8>, email: &str) -> Option<SecretString> {
    let mut uri = Url::parse("otpauth://totp").ok()?;
    uri.path_segments_mut().ok()?.push(&format!("{ISSUER}:{email}"));
    uri.query_pairs_mut()
        .append_pair("secret", base32(secret).expose_secret())
        .append_pair("issuer", ISSUER)
        .append_pair("algorithm", "SHA1")
        .append_pair("digits", &DIGITS.to_string())
        .append_pair("period", &STEP_SECONDS.to_string());
    Some(SecretString::from(String::from(uri)))
}

/// New recovery codes with what is kept of them.
pub(crate) fn make_recovery_codes() -> Result<Vec<(SecretString, [u8; 32])>, NoRandomness> {
    (0..RECOVERY_CODES).map(|_number| make_recovery_code()).collect()
}

fn make_recovery_code() -> Result<(SecretString, [u8; 32]), NoRandomness> {
    // Five bits for each letter.
    let mut bytes = [0_u8; RECOVERY_LETTERS * 5 / 8];
    getrandom::fill(&mut bytes).map_err(|_cause| NoRandomness)?;
    let letters = letters(&bytes, RECOVERY_ALPHABET);
    let hash = hash(&letters);
    let shown = letters.chars().enumerate().fold(String::new(), |mut shown, (at, letter)| {
        if at > 0 && at % GROUP == 0 {
            shown.push('-');
        }
        shown.push(letter);
        shown
    });
    Ok((SecretString::from(shown), hash))
}

/// Five bits for each letter; both callers give whole multiples of five bytes.
fn letters(bytes: &[u8], alphabet: &[u8; 32]) -> String {
    let five = bytes.chunks(5).map(|chunk| chunk.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)));
    let digits = five.flat_map(|number| (0..8).rev().map(move |place| number >> (place * 5) & 31));
    digits.filter_map(|digit| alphabet.get(usize::try_from(digit).ok()?)).map(|letter| char::from(*letter)).collect()
}

/// The letter of the alphabet somebody meant.
fn meant(letter: char) -> Option<char> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    u8::try_from(letter).is_ok_and(|byte| RECOVERY_ALPHABET.contains(&byte)).then_some(letter)
}

fn hash(letters: &str) -> [u8; 32] {
    // The word keeps one kind of secret from passing for another.
    Sha256::digest(format!("recovery code {letters}")).into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn rfc() -> SecretSlice<u8> {
        SecretSlice::from(b"12345678901234567890".to_vec())
    }

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    #[test]
    fn the_codes_of_the_standard_are_right() {
        // RFC 6238, appendix B, the last six digits.
        for (seconds, digits) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924")]
        {
            assert_eq!(step_of(&rfc(), digits, at(seconds)), Some(seconds / 30), "{digits}");
        }
    }

    #[test]
    fn a_code_counts_one_step_early_and_one_step_late() {
        let step = 1_111_111_109 / 30;
        for (difference, is_right) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let found = step_of(&rfc(), "081804", at(1_111_111_109 + difference));

            assert_eq!(found, is_right.then_some(step), "{difference} seconds");
        }
    }

    #[test]
    fn authenticators_can_read_the_address() {
        let uri = uri(&rfc(), "o&g a/b@bakery.example").unwrap();

        assert_eq!(
            uri.expose_secret(),
            "otpauth://totp/Click2CallMe:o&g%20a%2Fb@bakery.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Click2CallMe&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_code_may_be_typed_with_spaces_and_in_lower_case() {
        let (code, hash) = make_recovery_code().unwrap();
        let code = code.expose_secret();

        assert_eq!(Code::read("287 082"), Some(Code::Digits("287082".to_owned())));
        assert_eq!(Code::read(code), Some(Code::Recovery(hash)));
        assert_eq!(Code::read(&format!(" {} ", code.to_lowercase().replace('0', "o"))), Some(Code::Recovery(hash)));
    }

    #[test]
    fn other_text_is_no_code() {
        for text in ["", "28708", "2870822", "٢٨٧٠٨٢", "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU", &"A".repeat(25), "ąąąąąą"]
        {
            assert_eq!(Code::read(text), None, "{text}");
        }
    }

    #[test]
    fn ten_recovery_codes_are_ten_different_ones() {
        let codes = make_recovery_codes().unwrap();
        let different: HashSet<_> = codes.iter().map(|(_, hash)| *hash).collect();

        assert_eq!(different.len(), RECOVERY_CODES);
        for (code, _) in codes {
            assert_eq!(code.expose_secret().len(), 29, "24 letters and five dashes");
        }
    }
}
