//! `hub migrate`, `hub backup` and `hub restore`.

use std::path::Path;

use actix_web::rt::System;
use anyhow::{Context as _, bail};
use secrecy::ExposeSecret as _;

use super::say;
use crate::app::open_store;
use crate::config::Config;

/// Opens the storage, which brings it up to date.
pub(super) fn migrate(config: &Config) -> anyhow::Result<()> {
    System::new().block_on(async {
        open_store(config).await?.close().await;
        say("the storage is up to date");
        Ok(())
    })
}

/// Copies a SQLite database while the hub runs.
pub(super) fn backup(config: &Config, file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        bail!("{} exists already; a backup never replaces one", file.display());
    }
    System::new().block_on(async {
        let target = config.storage.target();
        hub_store::backup(target.expose_secret(), file.to_owned()).await.context("cannot back up")?;
        say(&format!("the storage was copied to {}", file.display()));
        Ok(())
    })
}

/// Puts a copy in the place of the SQLite database.
pub(super) fn restore(config: &Config, file: &Path) -> anyhow::Result<()> {
    let data = &config.storage.data;
    std::fs::create_dir_all(data).with_context(|| format!("cannot make the data folder {}", data.display()))?;
    System::new().block_on(async {
        let target = config.storage.target();
        hub_store::restore(file.to_owned(), target.expose_secret()).await.context("cannot restore")?;
        say(&format!("the storage is as it was in {}; start the hub", file.display()));
        Ok(())
    })
}
