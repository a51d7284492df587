//! The versions of plugins: what was uploaded when, and which of them decides.

use actors::ids::{AccountId, BusinessId, PluginId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    BoolExpressionMethods as _, ExpressionMethods as _, Insertable, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use super::{NewPlugin, Plugin, uploader};
use crate::Store;
use crate::audit::By;
use crate::error::{StoreError, unreadable};
use crate::schema::{plugin_files, plugin_versions, plugins};

/// Versions kept of one plugin, the newest ones, beside those that decide or run in the shadow.
pub const VERSIONS_OF_A_PLUGIN: i32 = 20;

/// One uploaded version.
#[derive(Clone, Debug, PartialEq)]
pub struct PluginVersion {
    pub version: i32,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    /// What the plugin calls this version.
    pub label: String,
    /// What it says of itself.
    pub about: Value,
    /// The hooks it has.
    pub hooks: Value,
    pub uploaded_at: Moment,
    pub uploaded_by: Option<AccountId>,
    /// When it began to decide for the last time.
    pub went_live_at: Option<Moment>,
}

/// A plugin with a version that shall run.
#[derive(Clone, Debug, PartialEq)]
pub struct LivePlugin {
    pub plugin: Plugin,
    pub version: PluginVersion,
    /// Does it run in the shadow only?
    pub is_shadow: bool,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = plugin_versions)]
struct Row {
    version: i32,
    digest: Vec<u8>,
    label: String,
    about: Value,
    hooks: Value,
    uploaded_at: i64,
    uploaded_by: Option<i64>,
    went_live_at: Option<i64>,
}

impl Row {
    fn version(self) -> Result<PluginVersion, StoreError> {
        Ok(PluginVersion {
            version: self.version,
            digest: self.digest.try_into().map_err(|_cause| unreadable("digest"))?,
            label: self.label,
            about: self.about,
            hooks: self.hooks,
            uploaded_at: Moment::from_millis(self.uploaded_at),
            uploaded_by: uploader(self.uploaded_by),
            went_live_at: self.went_live_at.map(Moment::from_millis),
        })
    }
}

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = plugin_versions, treat_none_as_default_value = false)]
pub(super) struct NewRow {
    plugin_id: i64,
    version: i32,
    business_id: i64,
    digest: Vec<u8>,
    label: String,
    about: Value,
    hooks: Value,
    uploaded_at: i64,
    uploaded_by: Option<i64>,
}

impl NewRow {
    pub(super) fn of((business_id, plugin_id, version): (i64, i64, i32), new: &NewPlugin, by: By) -> Self {
        Self {
            plugin_id,
            version,
            business_id,
            digest: new.digest.to_vec(),
            label: new.label.clone(),
            about: new.about.clone(),
            hooks: new.hooks.clone(),
            uploaded_at: by.at.millis(),
            uploaded_by: by.column(),
        }
    }
}

impl Store {
    /// The versions of a plugin, newest first.
    pub async fn plugin_versions(
        &self,
        business: BusinessId,
        plugin: PluginId,
    ) -> Result<Vec<PluginVersion>, StoreError> {
        let (business, id) = (i64::from(business), i64::from(plugin));
        let rows = read!(self, |conn| {
            let of_plugin = plugin_versions::table
                .filter(plugin_versions::business_id.eq(business))
                .filter(plugin_versions::plugin_id.eq(id));
            Ok(of_plugin.order(plugin_versions::version.desc()).select(Row::as_select()).load(conn).await?)
        })?;
        rows.into_iter().map(Row::version).collect()
    }

    /// The plugins of a business that decide or run in the shadow, in the order they are asked.
    pub async fn live_plugins(&self, business: BusinessId) -> Result<Vec<LivePlugin>, StoreError> {
        let mut live = Vec::new();
        for plugin in self.plugins(business).await? {
            if plugin.live.is_none() && plugin.shadow.is_none() {
                continue;
            }
            let versions = self.plugin_versions(business, plugin.id).await?;
            let wanted = [(plugin.live, false), (plugin.shadow, true)];
            for (wanted, is_shadow) in wanted {
                let found = versions.iter().find(|version| Some(version.version) == wanted);
                live.extend(found.map(|version| LivePlugin {
                    plugin: plugin.clone(),
                    version: version.clone(),
                    is_shadow,
                }));
            }
        }
        Ok(live)
    }

    /// The businesses that have a plugin which decides or runs in the shadow.
    pub async fn businesses_with_plugins(&self) -> Result<Vec<BusinessId>, StoreError> {
        let ids: Vec<i64> = read!(self, |conn| {
            let is_used = plugins::live_version.is_not_null().or(plugins::shadow_version.is_not_null());
            let used = plugins::table.filter(is_used);
            Ok(used.select(plugins::business_id).distinct().load(conn).await?)
        })?;
        Ok(ids.into_iter().map(BusinessId::from).collect())
    }

    /// The bytes with this digest, as they were uploaded.
    pub async fn plugin_file(&self, digest: [u8; 32]) -> Result<Vec<u8>, StoreError> {
        read!(self, |conn| {
            let file = plugin_files::table.filter(plugin_files::digest.eq(digest.to_vec()));
            Ok(file.select(plugin_files::bytes).first(conn).await?)
        })
    }
}
