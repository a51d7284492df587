//! `hub check-config`: what is in effect, and does the storage answer?

use anyhow::Context as _;

use super::say;
use crate::config::Config;

/// Prints the configuration with secrets masked, then opens the storage and writes to it.
pub(super) fn check_config(config: &Config) -> anyhow::Result<()> {
    say(config.effective().trim_end());
    actix_web::rt::System::new().block_on(async {
        let store = crate::app::open_store(config).await?;
        store.probe().await.context("cannot write to the storage")?;
        store.close().await;
        say("\n# the configuration is good and the storage answers");
        Ok(())
    })
}
