//! Plugins and rule tables of businesses: their order, their settings, which version decides.

mod changes;
mod decisions;
mod files;
mod uploads;
mod versions;

use actors::ids::{AccountId, BusinessId, PackageId, PluginId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, Queryable, Selectable};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use changes::PluginChange;
pub use decisions::{DecisionFilter, KeptDecision, NewDecision};
pub use uploads::NewPlugin;
pub use versions::{LivePlugin, PluginVersion, VERSIONS_OF_A_PLUGIN};

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::schema::plugins;
use crate::words::Word as _;

/// What a business decides with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PluginKind {
    /// An uploaded WebAssembly component.
    Wasm,
    /// A rule table filled in by hand.
    Table,
}

/// A plugin or a rule table.
#[derive(Clone, Debug, PartialEq)]
pub struct Plugin {
    pub id: PluginId,
    pub kind: PluginKind,
    /// What the plugin calls itself; one of a kind in its business.
    pub key: String,
    pub name: String,
    /// The version that decides.
    pub live: Option<i32>,
    /// The version that runs beside it, without effect.
    pub shadow: Option<i32>,
    /// As the owner filled the form in; secrets are not among them.
    pub settings: Value,
    /// The secrets, sealed by the hub's key.
    pub secrets: Option<Vec<u8>>,
    /// The packages it decides for; none means all.
    pub packages: Option<Vec<PackageId>>,
    /// Why it rests, when it does.
    pub off_reason: Option<String>,
    pub created_at: Moment,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = plugins)]
pub(crate) struct Row {
    id: i64,
    kind: String,
    key: String,
    name: String,
    live_version: Option<i32>,
    shadow_version: Option<i32>,
    settings: Value,
    secrets: Option<Vec<u8>>,
    packages: Option<Value>,
    off_reason: Option<String>,
    created_at: i64,
}

impl Row {
    fn plugin(self) -> Result<Plugin, StoreError> {
        let packages = self.packages.map(serde_json::from_value).transpose();
        Ok(Plugin {
            id: PluginId::from(self.id),
            kind: PluginKind::read(&self.kind)?,
            key: self.key,
            name: self.name,
            live: self.live_version,
            shadow: self.shadow_version,
            settings: self.settings,
            secrets: self.secrets,
            packages: packages.map_err(|_cause| unreadable("packages of a plugin"))?,
            off_reason: self.off_reason,
            created_at: Moment::from_millis(self.created_at),
        })
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of_business(business: i64, plugin: i64) -> _ {
    plugins::table.filter(plugins::business_id.eq(business)).filter(plugins::id.eq(plugin))
}

impl Store {
    /// The plugins of a business in the order they are asked.
    pub async fn plugins(&self, business: BusinessId) -> Result<Vec<Plugin>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let ordered = plugins::table.filter(plugins::business_id.eq(business));
            let ordered = ordered.order((plugins::position.asc(), plugins::id.asc()));
            Ok(ordered.select(Row::as_select()).load(conn).await?)
        })?;
        rows.into_iter().map(Row::plugin).collect()
    }

    /// One plugin.
    pub async fn plugin(&self, business: BusinessId, plugin: PluginId) -> Result<Plugin, StoreError> {
        let (business, id) = (i64::from(business), i64::from(plugin));
        read!(self, |conn| Ok(of_business(business, id).select(Row::as_select()).first(conn).await?))?.plugin()
    }

    /// The plugin that calls itself so.
    pub async fn plugin_called(&self, business: BusinessId, key: &str) -> Result<Option<Plugin>, StoreError> {
        let (business, key) = (i64::from(business), key.to_owned());
        let row = read!(self, |conn| {
            let found = plugins::table.filter(plugins::business_id.eq(business)).filter(plugins::key.eq(key));
            Ok(found.select(Row::as_select()).first(conn).await.optional()?)
        })?;
        row.map(Row::plugin).transpose()
    }
}

/// Who uploaded a version; none means the hub itself, or its command line.
fn uploader(raw: Option<i64>) -> Option<AccountId> {
    raw.map(AccountId::from)
}
