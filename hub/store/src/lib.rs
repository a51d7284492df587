//! Everything the hub keeps: one query path for SQLite and PostgreSQL.
//!
//! `Store` is the only door. Each table family has a file with its records and
//! queries together; `engine` runs a query body on either database. Every query
//! names its business where one exists.

#[macro_use]
mod engine;
mod account_links;
mod accounts;
mod audit;
mod backup;
mod businesses;
mod callback_orders;
mod calls;
mod chats;
mod error;
mod images;
mod left_messages;
mod messages;
mod migrate;
mod packages;
mod pages;
mod plugins;
mod postgres;
mod previous_chats;
mod schema;
mod second_factors;
mod set_up;
mod sign_ins;
mod sqlite;
mod upkeep;
mod visitors;
mod words;

use std::fmt;
use std::sync::Arc;

pub use account_links::{AccountLink, LinkPurpose, NewLink};
pub use accounts::{Account, AccountChange, Language, NewAccount, Role};
pub use audit::{AuditEntry, By};
pub use backup::{BackupError, backup, restore};
pub use businesses::Business;
pub use callback_orders::{NewOrder, Order, OrderChange, OrderFilter, OrderState};
pub use calls::{Call, CallFilter};
pub use error::{OpenError, StoreError};
pub use images::{ImageFormat, KeptImage, NewImage};
pub use left_messages::{LeftMessage, LeftMessageFilter, NewLeftMessage};
pub use packages::{
    Button, Color, Corner, FieldKind, Form, FormField, Message, Mode, NewPackage, OutsideHours, Package, PackageChange,
    PackageSettings, PackageVersion, Page, Reveal, Size, Stick, VERSIONS_KEPT,
};
pub use pages::{EventPage, PageAt};
pub use plugins::{
    DecisionFilter, KeptDecision, LivePlugin, NewDecision, NewPlugin, Plugin, PluginChange, PluginKind, PluginVersion,
    VERSIONS_OF_A_PLUGIN,
};
pub use previous_chats::PreviousChat;
pub use second_factors::{NewSecondFactor, SecondFactor};
pub use set_up::FirstBusiness;
pub use sign_ins::{NewSignIn, SIGN_IN_IDLE, SIGN_IN_LIFE, SignIn, SignedInBrowser};

use engine::Engine;

/// What the hub keeps; cheap to clone.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    epoch: Arc<str>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a database and brings it up to date.
    ///
    /// `url` is `postgres://…`, `sqlite:///path` or a path.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let engine = Engine::open(url).await?;
        let store = Self { engine: Arc::new(engine), epoch: Arc::from("") };
        let epoch = store.first_epoch().await?;
        Ok(Self { epoch: Arc::from(epoch), ..store })
    }

    /// Names the incarnation of the storage; after a restore it is another one.
    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    /// Waits until the storage can no longer work, or was closed.
    ///
    /// A hub without its storage must end, so that it is started anew.
    pub async fn died(&self) {
        self.engine.life().one_ended().await;
    }

    /// Waits until every write asked for before is kept or refused.
    pub async fn flush(&self) -> Result<(), StoreError> {
        match self.engine.as_ref() {
            Engine::Sqlite(engine) => engine.flush().await,
            Engine::Postgres(engine) => {
                engine.flush().await;
                Ok(())
            }
        }
    }

    /// Finishes what was asked for, then lets go of the database.
    pub async fn close(&self) {
        if let Err(error) = self.flush().await {
            tracing::warn!(%error, "closing the storage with unfinished writes");
        }
        self.engine.stop();
        self.engine.life().all_ended().await;
    }
}
