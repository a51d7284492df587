//! The second factor of an account: added by a first code, asked for at each sign-in, removed by another code.

use std::time::{Duration, Instant};

use actors::hub::SignedIn;
use actors::moment::Moment;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hub_store::{Account, By, NewSecondFactor};
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};

use super::codes::{self, Code};
use super::{SignInError, SignIns};
use crate::vault::Place;

/// Time to take out a phone, scan and type.
const DRAFT_LIFE: Duration = Duration::from_mins(10);
/// Longest code that is looked at, in bytes: a recovery code with generous spaces.
const MAX_CODE_BYTES: usize = 100;
/// Longest draft that is looked at, in bytes; those the hub makes have 92.
const MAX_DRAFT_BYTES: usize = 200;
/// Bytes of the time a draft begins with.
const TIME_BYTES: usize = 8;

/// A second factor somebody is about to add. The hub remembers nothing of it.
pub(crate) struct Enrolment {
    /// For typing.
    pub secret: SecretString,
    /// For scanning.
    pub uri: SecretString,
    /// Secret and time, sealed for the account: comes back with the first code.
    pub draft: String,
}

impl SignIns {
    /// Begins to add a second factor for whoever proves the password.
    pub(crate) async fn enrol(&self, account: &Account, password: SecretString) -> Result<Enrolment, SignInError> {
        self.check_password(account, password).await?;
        if account.has_second_factor {
            return Err(SignInError::HasSecondFactor);
        }
        let secret = codes::make_secret()?;
        let uri = codes::uri(&secret, &account.email).ok_or(SignInError::Draft)?;
        let draft = [&self.clock.now().millis().to_be_bytes(), secret.expose_secret()].concat();
        let draft = self.vault.seal(Place::Enrolment(account.id), SecretSlice::from(draft).expose_secret())?;
        Ok(Enrolment { secret: codes::base32(&secret), uri, draft: URL_SAFE_NO_PAD.encode(draft) })
    }

    /// Adds it once a first code shows that the authenticator has the secret; gives the recovery codes.
    pub(crate) async fn confirm(
        &self,
        account: &Account,
        draft: &str,
        code: &SecretString,
    ) -> Result<Vec<SecretString>, SignInError> {
        if account.has_second_factor {
            return Err(SignInError::HasSecondFactor);
        }
        let now = self.clock.now();
        let secret = self.read_draft(account, draft, now)?;
        let step = match read(code) {
            Some(Code::Digits(digits)) => codes::step_of(&secret, &digits, now),
            Some(Code::Recovery(_)) | None => None,
        };
        let step = step.ok_or(SignInError::WrongCode)?;
        let sealed = self.vault.seal(Place::SecondFactor(account.id), secret.expose_secret())?;
        let (shown, codes) = codes::make_recovery_codes()?.into_iter().unzip();
        // The first code counts as used: nobody signs in with it.
        let factor = NewSecondFactor { secret: sealed, last_step: step, codes };
        self.store.set_second_factor(account.business, account.id, factor, By::account(account.id, now)).await?;
        Ok(shown)
    }

    /// Takes the second factor off for whoever proves both.
    pub(crate) async fn remove_second_factor(
        &self,
        account: &Account,
        password: SecretString,
        code: &SecretString,
    ) -> Result<(), SignInError> {
        self.check_password(account, password).await?;
        if !account.has_second_factor {
            return Err(SignInError::NoSecondFactor);
        }
        self.check_code(account, code).await?;
        let by = By::account(account.id, self.clock.now());
        Ok(self.store.clear_second_factor(account.business, account.id, by).await?)
    }

    /// Makes new recovery codes; the former ones are worthless then.
    pub(crate) async fn new_recovery_codes(
        &self,
        account: &Account,
        password: SecretString,
    ) -> Result<Vec<SecretString>, SignInError> {
        self.check_password(account, password).await?;
        if !account.has_second_factor {
            return Err(SignInError::NoSecondFactor);
        }
        let (shown, codes) = codes::make_recovery_codes()?.into_iter().unzip();
        let by = By::account(account.id, self.clock.now());
        self.store.replace_recovery_codes(account.business, account.id, codes, by).await?;
        Ok(shown)
    }

    /// Is it a code of this account that was not used before? A right one is used up.
    pub(super) async fn check_code(&self, account: &Account, code: &SecretString) -> Result<(), SignInError> {
        self.wrong_codes.count(account.id, Instant::now()).map_err(SignInError::TooMany)?;
        let who = SignedIn { business: account.business, account: account.id };
        if !self.is_unused_code(who, code).await? {
            return Err(SignInError::WrongCode);
        }
        self.wrong_codes.forget(account.id);
        Ok(())
    }

    async fn is_unused_code(&self, who: SignedIn, code: &SecretString) -> Result<bool, SignInError> {
        let SignedIn { business, account } = who;
        let now = self.clock.now();
        match read(code) {
            Some(Code::Digits(digits)) => {
                let Some(kept) = self.store.second_factor(business, account).await? else { return Ok(false) };
                let secret = self.vault.unseal(Place::SecondFactor(account), &kept.secret)?;
                let Some(step) = codes::step_of(&secret, &digits, now) else { return Ok(false) };
                Ok(self.store.take_step(business, account, step).await?)
            }
            Some(Code::Recovery(hash)) => Ok(self.store.take_recovery_code(business, account, hash, now).await?),
            None => Ok(false),
        }
    }

    fn read_draft(&self, account: &Account, draft: &str, now: Moment) -> Result<SecretSlice<u8>, SignInError> {
        let sealed = URL_SAFE_NO_PAD.decode(draft).ok().filter(|_| draft.len() <= MAX_DRAFT_BYTES);
        let sealed = sealed.ok_or(SignInError::Draft)?;
        let draft = self.vault.unseal(Place::Enrolment(account.id), &sealed).map_err(|_cause| SignInError::Draft)?;
        let (made_at, secret) = draft.expose_secret().split_first_chunk::<TIME_BYTES>().ok_or(SignInError::Draft)?;
        let made_at = Moment::from_millis(i64::from_be_bytes(*made_at));
        if now.since(made_at) >= DRAFT_LIFE {
            return Err(SignInError::Draft);
        }
        Ok(SecretSlice::from(secret.to_vec()))
    }
}

fn read(code: &SecretString) -> Option<Code> {
    let text = code.expose_secret();
    Code::read(text).filter(|_| text.len() <= MAX_CODE_BYTES)
}
