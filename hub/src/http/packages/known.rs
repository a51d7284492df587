//! What only the store knows about settings: is it an account, an image of this business?

use std::collections::BTreeSet;

use actors::ids::{AccountId, BusinessId};
use hub_store::{Package, PackageSettings};

use super::check::{Problem, Wrong};
use crate::http::State;
use crate::http::error::ApiError;
use crate::images::Name;

/// Checks that logo and consultants belong to the business.
pub(super) async fn check(state: &State, business: BusinessId, settings: &PackageSettings) -> Result<(), ApiError> {
    if let Some(logo) = &settings.logo {
        let is_known = match digest(logo) {
            Some(digest) => state.store.has_image(business, digest).await?,
            None => false,
        };
        if !is_known {
            return Err(Wrong::new("/logo", Problem::Image).into());
        }
    }
    if let Some(consultants) = &settings.consultants {
        let live = live(state, business).await?;
        if let Some(at) = consultants.iter().position(|consultant| !live.contains(consultant)) {
            return Err(Wrong::new(format!("/consultants/{at}"), Problem::Account).into());
        }
    }
    Ok(())
}

/// The package without consultants whose account was deleted since it was saved.
pub(super) async fn only_live(state: &State, mut package: Package) -> Result<Package, ApiError> {
    if let Some(consultants) = &mut package.settings.consultants {
        let live = live(state, package.business).await?;
        consultants.retain(|consultant| live.contains(consultant));
    }
    Ok(package)
}

async fn live(state: &State, business: BusinessId) -> Result<BTreeSet<AccountId>, ApiError> {
    Ok(state.store.accounts(business).await?.into_iter().map(|account| account.id).collect())
}

/// The digest in the address of an image on this hub.
fn digest(address: &str) -> Option<[u8; 32]> {
    address.strip_prefix("/i/").and_then(Name::of_file).map(|name| name.digest)
}
