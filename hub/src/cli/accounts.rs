//! `hub account add`: an account without a browser, also for the first owner.

use std::io::Read as _;

use actix_web::rt::System;
use actors::ids::BusinessId;
use actors::moment::Moment;
use actors::ports::Clock as _;
use anyhow::{Context as _, bail};
use hub_store::{By, Language, NewAccount, Role, Store, StoreError};
use secrecy::SecretString;

use super::{AccountArgs, LanguageArg, RoleArg, say};
use crate::clock::WallClock;
use crate::config::{Config, environment_secret};
use crate::sign_in::fields::{Person, business_name};
use crate::sign_in::hasher::Hasher;
use crate::sign_in::password::MAX_CHARS;

const PASSWORD_VARIABLE: &str = "HUB_PASSWORD";
/// Bytes of the longest password with its line break.
const MOST_BYTES: u64 = MAX_CHARS as u64 * 4 + 2;

/// Adds the account; the hub may run only with PostgreSQL.
pub(super) fn add(config: &Config, args: &AccountArgs) -> anyhow::Result<()> {
    let person = Person::new(&args.email, &args.given_name, &args.family_name)?;
    let password = read_password()?;
    System::new().block_on(async {
        let store = crate::app::open_store(config).await?;
        let added = add_to(&store, args, person, password).await;
        store.close().await;
        added
    })
}

async fn add_to(store: &Store, args: &AccountArgs, person: Person, password: SecretString) -> anyhow::Result<()> {
    let now = WallClock.now();
    let (business, name) = business(store, args.business.as_deref(), now).await?;
    person.check_password(&password, &name)?;
    let email = person.email.clone();
    let account = NewAccount {
        email: person.email,
        given_name: person.given_name,
        family_name: person.family_name,
        role: match args.role {
            RoleArg::Owner => Role::Owner,
            RoleArg::Consultant => Role::Consultant,
        },
        password: Some(Hasher::start()?.hash(password).await?),
        takes_calls: true,
        sends_transcripts: false,
        photo: None,
        language: match args.language {
            LanguageArg::Pl => Language::Pl,
            LanguageArg::En => Language::En,
        },
    };
    match store.create_account(business, account, By::hub(now)).await {
        Ok(_) => say(&format!("{email} was added to {name}")),
        Err(StoreError::Conflict { .. }) => bail!("an account has the e-mail {email} already"),
        Err(error) => return Err(error).context("cannot add the account"),
    }
    Ok(())
}

/// The business that was named, made when it is new; without a name the only one there is.
async fn business(store: &Store, name: Option<&str>, now: Moment) -> anyhow::Result<(BusinessId, String)> {
    let Some(name) = name else {
        let only = store.only_business().await?;
        let only = only.context("there is not exactly one business; name one with --business")?;
        return Ok((only.id, only.name));
    };
    let name = business_name(name)?;
    if let Some(found) = store.business_by_name(&name).await? {
        return Ok((found.id, found.name));
    }
    Ok((store.create_business(&name, now).await?, name))
}

fn read_password() -> anyhow::Result<SecretString> {
    if let Some(password) = environment_secret(PASSWORD_VARIABLE) {
        return Ok(password);
    }
    let mut text = String::new();
    std::io::stdin().take(MOST_BYTES).read_to_string(&mut text).context("cannot read the password")?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}
