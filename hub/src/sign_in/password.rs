//! Rules for a new password: long enough, not known to everybody, not the e-mail.
//!
//! No rules about kinds of characters: they make people choose worse ones.

use thiserror::Error;

/// Shorter ones are guessed from a stolen table.
pub(crate) const MIN_CHARS: usize = 12;
/// Enough for any passphrase, and a bound for hashing.
pub(crate) const MAX_CHARS: usize = 256;

/// Passwords everybody tries first; those under twelve characters are refused anyway.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why a password is refused.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum PasswordError {
    #[error("must have at least {MIN_CHARS} characters")]
    TooShort,
    #[error("must have at most {MAX_CHARS} characters")]
    TooLong,
    #[error("is among the first that are guessed")]
    Common,
    #[error("must not be the e-mail or a name that is known")]
    Known,
}

/// Checks a new password against what an attacker tries first; `names` are of the business and the account.
pub(crate) fn check(password: &str, email: &str, names: &[&str]) -> Result<(), PasswordError> {
    let count = password.chars().count();
    if count < MIN_CHARS {
        return Err(PasswordError::TooShort);
    }
    if count > MAX_CHARS {
        return Err(PasswordError::TooLong);
    }
    let plain = password.trim().to_lowercase();
    if is_one_pattern(&plain) || COMMON.lines().any(|common| common == plain) {
        return Err(PasswordError::Common);
    }
    let email = email.trim().to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
    let known = [email.as_str(), local].into_iter().chain(names.iter().map(String::as_str));
    let rest = known.fold(plain.clone(), |rest, known| {
        // Two letters occur everywhere; only real names are taken out.
        if known.chars().count() < 4 { rest } else { rest.replace(known, "") }
    });
    // A name with a few digits behind it is no password.
    if rest.chars().count() < plain.chars().count() && rest.chars().count() < MIN_CHARS / 2 {
        return Err(PasswordError::Known);
    }
    Ok(())
}

/// Is it one short piece again and again, such as `abcabcabcabc`?
fn is_one_pattern(password: &str) -> bool {
    let chars: Vec<char> = password.chars().collect();
    (1..=chars.len() / 3).any(|size| chars.chunks(size).all(|piece| chars.starts_with(piece)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(password: &str) -> Result<(), PasswordError> {
        check(password, "olga@bakery.example", &["Bakery", "Olga", "Nowakowska"])
    }

    #[test]
    fn a_sentence_is_a_good_password() {
        assert_eq!(checked("correct horse battery"), Ok(()));
        assert_eq!(checked("żółte drożdże o świcie"), Ok(()));
        assert_eq!(checked("the bakery opens at six"), Ok(()));
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(checked("żółćżółćżó1"), Err(PasswordError::TooShort));
        assert_eq!(checked(&"long words ".repeat(24)), Err(PasswordError::TooLong));
    }

    #[test]
    fn the_first_guesses_are_refused() {
        for guess in ["password1234", "Password1234", "qwertyuiop123", "aaaaaaaaaaaa", "abcabcabcabc", "123456789012"] {
            assert_eq!(checked(guess), Err(PasswordError::Common), "{guess}");
        }
    }

    #[test]
    fn the_email_and_the_business_are_refused() {
        for guess in [
            "olga@bakery.example",
            "OLGA@bakery.example",
            "olga@bakery.example1",
            "bakerybakery",
            "bakery-olga2026",
            "Nowakowska2026",
        ] {
            assert_eq!(checked(guess), Err(PasswordError::Known), "{guess}");
        }
    }
}
