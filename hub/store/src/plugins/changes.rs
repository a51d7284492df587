//! How plugins change, go and change places.

use actors::ids::{BusinessId, PackageId, PluginId};
use diesel::SelectableHelper as _;
use diesel::prelude::{AsChangeset, ExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde_json::{Value, json};

use super::files::{free_files, hold_plugins};
use super::{Plugin, Row, of_business};
use crate::Store;
use crate::audit::{self, By};
use crate::error::StoreError;
use crate::schema::{audit as audit_table, plugin_versions, plugins};

/// What a plugin shall become; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct PluginChange {
    pub name: Option<String>,
    /// `Some(None)`: nothing decides any more.
    pub live: Option<Option<i32>>,
    pub shadow: Option<Option<i32>>,
    pub settings: Option<Value>,
    pub secrets: Option<Option<Vec<u8>>>,
    pub packages: Option<Option<Vec<PackageId>>>,
    pub off_reason: Option<Option<String>>,
}

/// All that can change, as it is to be.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = plugins, treat_none_as_null = true)]
struct Changed {
    name: String,
    live_version: Option<i32>,
    shadow_version: Option<i32>,
    settings: Value,
    secrets: Option<Vec<u8>>,
    packages: Option<Value>,
    off_reason: Option<String>,
}

impl PluginChange {
    fn columns(self, before: Plugin) -> Changed {
        let packages = self.packages.unwrap_or(before.packages);
        Changed {
            name: self.name.unwrap_or(before.name),
            live_version: self.live.unwrap_or(before.live),
            shadow_version: self.shadow.unwrap_or(before.shadow),
            settings: self.settings.unwrap_or(before.settings),
            secrets: self.secrets.unwrap_or(before.secrets),
            packages: packages.map(|packages| json!(packages)),
            off_reason: self.off_reason.unwrap_or(before.off_reason),
        }
    }
}

/// What the audit says about a plugin; its secrets are not named.
fn told(plugin: &Plugin) -> Value {
    json!({
        "name": plugin.name,
        "live": plugin.live,
        "shadow": plugin.shadow,
        "settings": plugin.settings,
        "packages": plugin.packages,
        "off_reason": plugin.off_reason,
    })
}

pub(super) fn entry(business: i64, by: By, action: &'static str, plugin: &Plugin) -> audit::NewRow {
    audit::NewRow::of(business, by, action, (plugin.id.to_string(), plugin.name.clone()))
}

impl Store {
    /// Changes a plugin. `NotFound` for a version it does not have.
    pub async fn change_plugin(
        &self,
        business: BusinessId,
        plugin: PluginId,
        change: PluginChange,
        by: By,
    ) -> Result<Plugin, StoreError> {
        let (business, id) = (i64::from(business), i64::from(plugin));
        let wanted: Vec<i32> = [change.live, change.shadow].into_iter().flatten().flatten().collect();
        let went_live = change.live.flatten();
        write!(self, |conn| {
            hold_plugins!(conn);
            let before: Row = of_business(business, id).select(Row::as_select()).first(&mut *conn).await?;
            let before = before.plugin()?;
            let of_plugin = plugin_versions::table.filter(plugin_versions::plugin_id.eq(id));
            for version in wanted {
                let known = of_plugin.filter(plugin_versions::version.eq(version)).select(plugin_versions::version);
                known.first::<i32>(&mut *conn).await?;
            }
            let changed = change.columns(before.clone());
            diesel::update(of_business(business, id)).set(&changed).execute(&mut *conn).await?;
            if let Some(version) = went_live.filter(|version| before.live != Some(*version)) {
                diesel::update(of_plugin.filter(plugin_versions::version.eq(version)))
                    .set(plugin_versions::went_live_at.eq(by.at.millis()))
                    .execute(&mut *conn)
                    .await?;
            }
            let after: Row = of_business(business, id).select(Row::as_select()).first(&mut *conn).await?;
            let after = after.plugin()?;
            let entry = entry(business, by, "plugin.changed", &after).changed(&told(&before), &told(&after));
            diesel::insert_into(audit_table::table).values(entry).execute(&mut *conn).await?;
            Ok(after)
        })
    }

    /// Forgets a plugin with all its versions; what it decided stays on record.
    pub async fn delete_plugin(&self, business: BusinessId, plugin: PluginId, by: By) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(plugin));
        write!(self, |conn| {
            hold_plugins!(conn);
            let before: Row = of_business(business, id).select(Row::as_select()).first(&mut *conn).await?;
            let before = before.plugin()?;
            diesel::delete(plugin_versions::table.filter(plugin_versions::plugin_id.eq(id)))
                .execute(&mut *conn)
                .await?;
            diesel::delete(of_business(business, id)).execute(&mut *conn).await?;
            free_files!(conn);
            let entry = entry(business, by, "plugin.deleted", &before).gone(told(&before));
            diesel::insert_into(audit_table::table).values(entry).execute(&mut *conn).await?;
            Ok(())
        })
    }

    /// Puts the plugins of a business in this order; those not named follow in the order they have.
    pub async fn order_plugins(&self, business: BusinessId, order: Vec<PluginId>, by: By) -> Result<(), StoreError> {
        let business = i64::from(business);
        write!(self, |conn| {
            hold_plugins!(conn);
            let mut ids: Vec<i64> = plugins::table
                .filter(plugins::business_id.eq(business))
                .order((plugins::position.asc(), plugins::id.asc()))
                .select(plugins::id)
                .load(&mut *conn)
                .await?;
            let place = |id: &i64| order.iter().position(|wanted| i64::from(*wanted) == *id).unwrap_or(usize::MAX);
            ids.sort_by_key(place);
            for (position, id) in (1..).zip(&ids) {
                let moved = diesel::update(of_business(business, *id)).set(plugins::position.eq(position));
                moved.execute(&mut *conn).await?;
            }
            let named: Vec<PluginId> = ids.iter().copied().map(PluginId::from).collect();
            let entry = audit::NewRow::of(business, by, "plugins.ordered", (String::new(), String::new()));
            let entry = entry.made(json!({ "order": named }));
            diesel::insert_into(audit_table::table).values(entry).execute(&mut *conn).await?;
            Ok(())
        })
    }
}
