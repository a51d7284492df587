//! Is it really them: e-mail and password, and the code of a second factor.

use hub_store::Account;
use secrecy::{ExposeSecret as _, SecretString};

use super::fields::email_address;
use super::hasher::HashError;
use super::{SignInError, SignIns, password};
use crate::client_address::Prefix;

/// Longest password that is hashed at all; no account has a longer one.
const MAX_PASSWORD_BYTES: usize = password::MAX_CHARS * 4;

/// What a browser says to be let in.
pub(crate) struct Credentials {
    pub email: String,
    pub password: SecretString,
    pub code: Option<SecretString>,
}

impl SignIns {
    /// Checks e-mail and password, and a code where the account has a second factor.
    pub(crate) async fn check(&self, told: Credentials, prefix: Prefix) -> Result<Account, SignInError> {
        self.attempts.count_prefix(prefix).map_err(SignInError::TooMany)?;
        // Text that is no e-mail is treated like an unknown one, but cannot fill the books.
        let email = email_address(&told.email);
        self.attempts.count_email(email.as_deref().unwrap_or_default()).map_err(SignInError::TooMany)?;
        let found = match &email {
            Some(email) => self.store.account_by_email(email).await?,
            None => None,
        };
        let (account, kept) = found.unzip();
        let is_right = self.is_right(told.password, kept).await?;
        let checked = match account.filter(|_| is_right) {
            Some(account) => self.ask_for_code(&account, told.code).await.map(|()| account),
            None => Err(SignInError::Wrong),
        };
        let outcome = match &checked {
            Ok(_) => "right",
            Err(SignInError::NeedsCode) => "needs_code",
            Err(_) => "wrong",
        };
        metrics::counter!("sign_in_total", "outcome" => outcome).increment(1);
        checked
    }

    /// Does somebody who is signed in know the password of the account?
    ///
    /// Counted like a sign-in: a stolen cookie is no way to guess faster.
    pub(crate) async fn check_password(&self, account: &Account, password: SecretString) -> Result<(), SignInError> {
        self.attempts.count_email(&account.email).map_err(SignInError::TooMany)?;
        let kept = self.store.account_by_email(&account.email).await?.map(|(_, kept)| kept);
        if self.is_right(password, kept).await? { Ok(()) } else { Err(SignInError::Wrong) }
    }

    /// Hashes a password that was chosen.
    pub(crate) async fn hash(&self, password: SecretString) -> Result<String, SignInError> {
        Ok(self.hasher.hash(password).await?)
    }

    async fn is_right(&self, password: SecretString, kept: Option<String>) -> Result<bool, HashError> {
        let fits = password.expose_secret().len() <= MAX_PASSWORD_BYTES;
        let password = if fits { password } else { SecretString::default() };
        Ok(self.hasher.verify(password, kept).await? && fits)
    }

    async fn ask_for_code(&self, account: &Account, code: Option<SecretString>) -> Result<(), SignInError> {
        match code {
            _ if !account.has_second_factor => Ok(()),
            Some(code) => self.check_code(account, &code).await,
            None => Err(SignInError::NeedsCode),
        }
    }
}
