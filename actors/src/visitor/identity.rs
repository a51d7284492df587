//! The rules of identity: what a page may say of its visitor, and when it is proven.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::moment::Moment;
use crate::protocol::{ATTRIBUTE_NAME_CHARS, ATTRIBUTES, Answer, Identity, IdentityClaim};
use crate::text::{LINE_CHARS, PlainText};

/// Longest name, in characters.
const NAME_CHARS: usize = 80;
/// Longest e-mail (RFC 5321 §4.5.3.1), in characters.
const EMAIL_CHARS: usize = 254;
/// How long a signature may hold: one that leaks is worth nothing a day later.
const LONGEST_SECONDS: i64 = 24 * 60 * 60;
/// How far the clock of the business's server may be ahead.
const CLOCK_SKEW_SECONDS: i64 = 5 * 60;

/// What consultants see of a claim; nothing when it says nothing.
pub(crate) fn identity(claim: IdentityClaim, secret: Option<&[u8]>, now: Moment) -> Option<Identity> {
    let IdentityClaim { name, email, attributes, signature } = claim;
    let proof = email.as_deref().zip(signature.as_deref()).zip(secret);
    let is_verified = proof.is_some_and(|((email, signature), secret)| is_signed(email, signature, secret, now));
    let attribute = |(name, value): (String, String)| {
        Some(Answer { label: PlainText::cut(&name, ATTRIBUTE_NAME_CHARS)?, value: PlainText::cut(&value, LINE_CHARS)? })
    };
    let identity = Identity {
        name: name.and_then(|name| PlainText::cut(&name, NAME_CHARS)),
        // Cutting or cleaning it would show another address than the one that was signed.
        email: email
            .and_then(|email| PlainText::line(&email, EMAIL_CHARS).ok().filter(|clean| clean.as_str() == email)),
        is_verified,
        attributes: attributes.into_iter().take(ATTRIBUTES).filter_map(attribute).collect(),
    };
    let identity = Identity { is_verified: is_verified && identity.email.is_some(), ..identity };
    let says_something = identity.name.is_some() || identity.email.is_some() || !identity.attributes.is_empty();
    says_something.then_some(identity)
}

/// Is it `EXPIRES.HEX`, with the HMAC-SHA256 (RFC 2104) of `EXPIRES.EMAIL`?
fn is_signed(email: &str, signature: &str, secret: &[u8], now: Moment) -> bool {
    let Some((expires, code)) = signature.split_once('.') else { return false };
    let Ok(expires_at) = expires.parse::<i64>() else { return false };
    let now = now.millis() / 1000;
    let is_current = expires_at > now && expires_at <= now + LONGEST_SECONDS + CLOCK_SKEW_SECONDS;
    let Some(code) = bytes(code) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
    mac.update(format!("{expires}.{email}").as_bytes());
    // Compared in constant time.
    is_current && mac.verify_slice(&code).is_ok()
}

/// The bytes of a text in hexadecimal.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let is_hex = hex.len().is_multiple_of(2) && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
    let pair = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    if is_hex { (0..hex.len()).step_by(2).map(pair).collect() } else { None }
}

/// What the business's server would sign this e-mail with.
#[cfg(test)]
pub(crate) fn signature(expires: &str, email: &str, secret: &[u8]) -> String {
    use std::fmt::Write as _;

    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(format!("{expires}.{email}").as_bytes());
    mac.finalize().into_bytes().iter().fold(format!("{expires}."), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"c2ci_secret";
    const NOW: Moment = Moment::from_millis(1_790_000_000_000);

    fn claim(email: &str, signature: Option<String>) -> IdentityClaim {
        IdentityClaim { email: Some(email.to_owned()), signature, ..IdentityClaim::default() }
    }

    fn is_verified(email: &str, signature: String) -> bool {
        identity(claim(email, Some(signature)), Some(SECRET), NOW).unwrap().is_verified
    }

    #[test]
    fn a_signed_email_is_verified() {
        assert!(is_verified("vera@example.com", signature("1790003600", "vera@example.com", SECRET)));
    }

    #[test]
    fn the_signature_is_the_one_any_other_tool_makes() {
        // printf 1790003600.vera@example.com | openssl dgst -sha256 -hmac c2ci_secret
        let made_elsewhere = "6d7a898e8d2e308969a28849af95843e4d06344006b4e865f0c1781f41e397f8";

        assert!(is_verified("vera@example.com", format!("1790003600.{made_elsewhere}")));
    }

    #[test]
    fn nothing_else_is() {
        let good = signature("1790003600", "vera@example.com", SECRET);
        for (email, signature) in [
            ("olga@example.com", good.clone()),
            ("Vera@example.com", good.clone()),
            ("vera@example.com", signature("1790003600", "vera@example.com", b"another secret")),
            ("vera@example.com", signature("1789999999", "vera@example.com", SECRET)),
            ("vera@example.com", signature("1790090000", "vera@example.com", SECRET)),
            ("vera@example.com", signature("never", "vera@example.com", SECRET)),
            ("vera@example.com", good.replace('.', "")),
            ("vera@example.com", good.chars().take(good.len() - 2).collect()),
            ("vera@example.com", "1790003600.zz".to_owned()),
            ("vera@example.com", String::new()),
        ] {
            assert!(!is_verified(email, signature.clone()), "{email} {signature}");
        }
        assert!(!identity(claim("vera@example.com", Some(good)), None, NOW).unwrap().is_verified);
    }

    #[test]
    fn an_email_that_would_be_shown_otherwise_is_not_shown() {
        let odd = "vera\u{202E}@example.com".to_owned();

        assert_eq!(identity(claim(&odd, Some(signature("1790003600", &odd, SECRET))), Some(SECRET), NOW), None);
    }

    #[test]
    fn attributes_are_cleaned_and_counted() {
        let attributes = (0..100).map(|n| (format!("plan {n:03}"), "gold\nplus".to_owned())).collect();
        let claim = IdentityClaim { attributes, ..IdentityClaim::default() };

        let identity = identity(claim, None, NOW).unwrap();

        assert_eq!(identity.attributes.len(), ATTRIBUTES);
        assert_eq!(identity.attributes[0].value.as_str(), "gold plus");
        assert!(super::identity(IdentityClaim::default(), None, NOW).is_none());
    }
}
