//! The first start: as long as nobody can sign in, a printed link makes the first owner, once.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use actors::ids::{AccountId, BusinessId};
use actors::moment::Moment;
use actors::ports::{PublicKey, TokenHash};
use anyhow::Context as _;
use hub_store::{Button, FirstBusiness, Language, NewAccount, NewPackage, PackageSettings, Role, Store, StoreError};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;
use tracing::warn;

use super::fields::Person;
use super::secret::Purpose;
use super::{SignInError, SignIns};
use crate::client_address::Prefix;

/// Holds the link for whoever cannot read the output; only the hub's own account may read it.
const LINK_FILE: &str = "setup-link.txt";
const ONLY_MINE: u32 = 0o600;
/// 13 characters of a random id: nobody meets a foreign package by chance.
const FIRST_PACKAGE: &str = "1";

/// What the first owner chose, checked.
pub(crate) struct Founding {
    pub business: String,
    pub owner: Person,
    pub password: SecretString,
    pub language: Language,
}

/// Whether the hub waits for its first owner.
pub(crate) struct FirstStart {
    token: Mutex<Option<TokenHash>>,
    file: PathBuf,
}

impl FirstStart {
    /// Makes a link when there is no account; the link of an earlier start is worthless from then on.
    pub(crate) async fn begin(store: &Store, data: &Path, now: Moment) -> anyhow::Result<(Self, Option<SecretString>)> {
        let file = data.join(LINK_FILE);
        if store.has_account().await.context("cannot look for accounts")? {
            remove(&file);
            return Ok((Self { token: Mutex::new(None), file }, None));
        }
        let secret = Purpose::Setup.make()?;
        let token = Purpose::Setup.hash(secret.expose_secret()).context("cannot make a set-up link")?;
        store.put_set_up_token(token.0, now).await.context("cannot keep the set-up link")?;
        Ok((Self { token: Mutex::new(Some(token)), file }, Some(secret)))
    }

    /// Writes the link to its file.
    pub(crate) fn write(&self, link: &str) -> anyhow::Result<()> {
        // A file that is there may have other rights: made anew, it has these.
        remove(&self.file);
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(ONLY_MINE).open(&self.file)?;
        writeln!(file, "{link}")?;
        Ok(())
    }

    fn is_open_for(&self, token: &TokenHash) -> bool {
        let waiting = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.as_ref().is_some_and(|waiting| waiting.0.ct_eq(&token.0).into())
    }

    fn close(&self) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = None;
        remove(&self.file);
    }
}

impl SignIns {
    /// Is this the link, and is there still nobody?
    pub(crate) async fn check_setup(&self, token: &SecretString, prefix: Prefix) -> Result<(), SignInError> {
        self.attempts.count_prefix(prefix).map_err(SignInError::TooMany)?;
        let token = Purpose::Setup.hash(token.expose_secret()).ok_or(SignInError::NoSetup)?;
        if !self.first_start.is_open_for(&token) || self.store.has_account().await? {
            return Err(SignInError::NoSetup);
        }
        Ok(())
    }

    /// Makes the first business and its owner; the link is used up.
    pub(crate) async fn set_up(
        &self,
        token: &SecretString,
        founding: Founding,
    ) -> Result<(BusinessId, AccountId), SignInError> {
        let Founding { business, owner, password, language } = founding;
        let token = Purpose::Setup.hash(token.expose_secret()).ok_or(SignInError::NoSetup)?;
        let password = self.hasher.hash(password).await?;
        let now = self.clock.now();
        let key = PublicKey(AccountId::mint(now).to_string().to_lowercase());
        let package = NewPackage { key, name: FIRST_PACKAGE.to_owned(), settings: settings(&business, language) };
        let owner = NewAccount {
            email: owner.email,
            given_name: owner.given_name,
            family_name: owner.family_name,
            role: Role::Owner,
            password: Some(password),
            takes_calls: true,
            sends_transcripts: false,
            photo: None,
            language,
        };
        let first = FirstBusiness { name: business, owner, package };
        let made = self.store.set_up(token.0, first, now).await.map_err(|error| match error {
            // Of two at the same time one was first.
            StoreError::NotFound => SignInError::NoSetup,
            error => error.into(),
        })?;
        self.first_start.close();
        Ok(made)
    }
}

/// A first package that can be put on a site at once.
fn settings(company: &str, language: Language) -> PackageSettings {
    let label = match language {
        Language::Pl => "Porozmawiajmy",
        Language::En => "Chat with us",
    };
    let button = Button { label: label.to_owned(), ..Button::default() };
    PackageSettings { company: company.to_owned(), language, button, ..PackageSettings::default() }
}

fn remove(file: &Path) {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            warn!(%error, "cannot remove the file with the set-up link");
        }
        Ok(()) | Err(_) => {}
    }
}
