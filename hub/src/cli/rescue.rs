//! Ways back in for an account nobody else can help: `hub account reset-password` and `reset-second-factor`.

use actix_web::rt::System;
use actors::ports::Clock as _;
use anyhow::Context as _;
use hub_store::{Account, By, Store};
use secrecy::ExposeSecret as _;

use super::say;
use crate::clock::WallClock;
use crate::config::Config;
use crate::http::Origins;
use crate::sign_in::fields;
use crate::sign_in::links;

/// Prints a link by which the account chooses another password; the hub may run only with PostgreSQL.
pub(super) fn reset_password(config: &Config, email: &str) -> anyhow::Result<()> {
    let origins = Origins::of(&config.http.public_origin(config.http.bind));
    with_account(config, email, async |store, account| {
        let made = links::make(store, &account, By::hub(WallClock.now())).await.context("cannot make a link")?;
        let link = links::address(origins.public(), &made);
        say(&format!("{} chooses another password at {}", account.email, link.expose_secret()));
        Ok(())
    })
}

/// Takes the second factor off; the hub may run only with PostgreSQL.
pub(super) fn reset_second_factor(config: &Config, email: &str) -> anyhow::Result<()> {
    with_account(config, email, async |store, account| {
        if !account.has_second_factor {
            say(&format!("{} has no second factor", account.email));
            return Ok(());
        }
        let by = By::hub(WallClock.now());
        store.clear_second_factor(account.business, account.id, by).await.context("cannot take it off")?;
        say(&format!("{} signs in with the password alone", account.email));
        Ok(())
    })
}

fn with_account(
    config: &Config,
    email: &str,
    work: impl AsyncFnOnce(&Store, Account) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let email = fields::email(email)?;
    System::new().block_on(async {
        let store = crate::app::open_store(config).await?;
        let done = match store.account_by_email(&email).await {
            Ok(Some((account, _))) => work(&store, account).await,
            Ok(None) => Err(anyhow::anyhow!("no account that can sign in has the e-mail {email}")),
            Err(error) => Err(error).context("cannot look for the account"),
        };
        store.close().await;
        done
    })
}
