//! The fields of an account and a business as people type them, checked.

use actors::text::{PlainText, TextError};
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;

use super::password::{self, PasswordError};

/// Longest e-mail of an account, in characters.
const EMAIL_CHARS: usize = 64;
/// Longest first or last name, in characters.
const NAME_CHARS: usize = 40;
/// Longest name of a business, in characters.
const BUSINESS_CHARS: usize = 100;

/// A field that cannot be taken.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("{field} {problem}")]
pub(crate) struct FieldError {
    pub field: &'static str,
    pub problem: Problem,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum Problem {
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("is not an e-mail address")]
    Email,
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// Who an account is for, checked.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub email: String,
    pub given_name: String,
    pub family_name: String,
}

impl Person {
    /// Checks what was typed.
    pub(crate) fn new(email: &str, given_name: &str, family_name: &str) -> Result<Self, FieldError> {
        Ok(Self {
            email: self::email(email)?,
            given_name: self::given_name(given_name)?,
            family_name: self::family_name(family_name)?,
        })
    }

    /// Checks the password this person chose.
    pub(crate) fn check_password(&self, password: &SecretString, business: &str) -> Result<(), FieldError> {
        let names = [business, &self.given_name, &self.family_name];
        password::check(password.expose_secret(), &self.email, &names)
            .map_err(|problem| FieldError { field: "password", problem: problem.into() })
    }
}

/// Checks an e-mail; it comes back as it is compared.
pub(crate) fn email(text: &str) -> Result<String, FieldError> {
    email_address(text).ok_or(FieldError { field: "email", problem: Problem::Email })
}

/// Checks a first name.
pub(crate) fn given_name(text: &str) -> Result<String, FieldError> {
    line("given_name", text, NAME_CHARS)
}

/// Checks a last name.
pub(crate) fn family_name(text: &str) -> Result<String, FieldError> {
    line("family_name", text, NAME_CHARS)
}

/// Checks the name of a business.
pub(crate) fn business_name(name: &str) -> Result<String, FieldError> {
    line("business", name, BUSINESS_CHARS)
}

/// An e-mail as it is compared: trimmed and in lower case; nothing when it cannot be one.
///
/// Whether somebody reads it only a mail can tell, so the check is short.
pub(crate) fn email_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let is_visible = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c));
    let has_domain = domain.split('.').all(|label| {
        !label.is_empty() && !label.starts_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    let fits = text.chars().count() <= EMAIL_CHARS && !local.is_empty() && !local.contains('@');
    (fits && is_visible && has_domain).then(|| text.to_lowercase())
}

fn line(field: &'static str, text: &str, max_chars: usize) -> Result<String, FieldError> {
    PlainText::line(text, max_chars).map(String::from).map_err(|problem| FieldError { field, problem: problem.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_compared_without_case_and_spaces() {
        assert_eq!(email_address(" Olga@Bakery.Example "), Some("olga@bakery.example".to_owned()));
        assert_eq!(email_address("ż@piekarnia.example"), Some("ż@piekarnia.example".to_owned()));
    }

    #[test]
    fn what_no_mail_server_takes_is_refused() {
        for text in ["", "olga", "@bakery.example", "olga@", "olga@bakery..example", "a b@c.example", "a@b@c.example"] {
            assert_eq!(email_address(text), None, "{text}");
        }
        assert_eq!(email_address("olga@bakery.example\r\nbcc:x"), None);
        assert_eq!(email_address("<olga@bakery.example>"), None);
        assert_eq!(email_address(&format!("{}@bakery.example", "o".repeat(64))), None);
    }

    #[test]
    fn names_and_e_mails_end_at_their_limits() {
        let fits = format!("{}@b.example", "o".repeat(54));
        assert_eq!(fits.len(), EMAIL_CHARS);

        assert_eq!(email(&fits), Ok(fits.clone()));
        assert!(email(&format!("o{fits}")).is_err());
        for checked in [given_name, family_name] {
            assert!(checked(&"ż".repeat(NAME_CHARS)).is_ok());
            assert!(checked(&"ż".repeat(NAME_CHARS + 1)).is_err());
            assert_eq!(checked("Ol\u{202E}ga\nx"), Ok("Olga x".to_owned()));
        }
    }

    #[test]
    fn a_refused_field_is_named() {
        let long = "O".repeat(41);

        assert_eq!(Person::new("olga", "Olga", "Nowak").unwrap_err().field, "email");
        assert_eq!(Person::new("o@b.example", " ", "Nowak").unwrap_err().field, "given_name");
        assert_eq!(Person::new("o@b.example", "Olga", &long).unwrap_err().field, "family_name");
        assert_eq!(business_name("").unwrap_err().field, "business");
    }
}
