//! How plugins and their versions come.

use actors::ids::{BusinessId, PluginId};
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, Insertable, OptionalExtension as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde_json::{Value, json};

use super::changes::entry;
use super::files::{free_files, hold_plugins};
use super::{Plugin, PluginKind, Row, VERSIONS_OF_A_PLUGIN, of_business, versions};
use crate::Store;
use crate::audit::By;
use crate::error::StoreError;
use crate::schema::{audit, plugin_files, plugin_versions, plugins};
use crate::words::Word as _;

/// An upload: a new plugin, or a new version of the one that calls itself so.
#[derive(Clone, Debug)]
pub struct NewPlugin {
    pub kind: PluginKind,
    pub key: String,
    /// Of a new plugin; one that is there keeps its own.
    pub name: String,
    /// What the plugin calls this version.
    pub label: String,
    pub about: Value,
    pub hooks: Value,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    pub bytes: Vec<u8>,
    /// Settings of a new plugin; one that is there keeps its own.
    pub settings: Value,
}

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = plugins)]
struct NewRow {
    id: i64,
    business_id: i64,
    kind: &'static str,
    key: String,
    name: String,
    position: i32,
    settings: Value,
    created_at: i64,
}

impl NewRow {
    fn of((business_id, id, position): (i64, i64, i32), new: &NewPlugin, by: By) -> Self {
        Self {
            id,
            business_id,
            kind: new.kind.word(),
            key: new.key.clone(),
            name: new.name.clone(),
            position,
            settings: new.settings.clone(),
            created_at: by.at.millis(),
        }
    }
}

impl Store {
    /// Keeps an upload and gives its plugin and version.
    ///
    /// The same bytes as the newest version are that version: uploading twice
    /// does nothing. `Conflict` when the key is that of a plugin of another kind.
    /// Old versions go, see `VERSIONS_OF_A_PLUGIN`.
    pub async fn keep_plugin(&self, business: BusinessId, new: NewPlugin, by: By) -> Result<(Plugin, i32), StoreError> {
        let id = i64::from(PluginId::mint(by.at));
        let business = i64::from(business);
        let kind = new.kind.word();
        write!(self, |conn| {
            hold_plugins!(conn);
            let of_key = plugins::table.filter(plugins::business_id.eq(business)).filter(plugins::key.eq(&new.key));
            let known: Option<Row> = of_key.select(Row::as_select()).first(&mut *conn).await.optional()?;
            let id = known.as_ref().map_or(id, |known| known.id);
            match known {
                Some(known) if known.kind != kind => {
                    return Err(StoreError::Conflict { table: "plugins".to_owned() });
                }
                Some(_) => {}
                None => {
                    let all = plugins::table.filter(plugins::business_id.eq(business));
                    let last: Option<i32> = all.select(diesel::dsl::max(plugins::position)).first(&mut *conn).await?;
                    let position = last.unwrap_or_default().saturating_add(1);
                    let row = NewRow::of((business, id, position), &new, by);
                    diesel::insert_into(plugins::table).values(row).execute(&mut *conn).await?;
                }
            }
            let of_plugin = plugin_versions::table.filter(plugin_versions::plugin_id.eq(id));
            let newest: Option<(i32, Vec<u8>)> = of_plugin
                .order(plugin_versions::version.desc())
                .select((plugin_versions::version, plugin_versions::digest))
                .first(&mut *conn)
                .await
                .optional()?;
            let row: Row = of_business(business, id).select(Row::as_select()).first(&mut *conn).await?;
            let plugin = row.plugin()?;
            if let Some((version, _)) = newest.as_ref().filter(|(_, digest)| *digest == new.digest) {
                return Ok((plugin, *version));
            }
            let version = newest.map_or(1, |(version, _)| version.saturating_add(1));
            diesel::insert_into(plugin_files::table)
                .values((plugin_files::digest.eq(new.digest.to_vec()), plugin_files::bytes.eq(&new.bytes)))
                .on_conflict_do_nothing()
                .execute(&mut *conn)
                .await?;
            diesel::insert_into(plugin_versions::table)
                .values(versions::NewRow::of((business, id, version), &new, by))
                .execute(&mut *conn)
                .await?;
            let in_use: Vec<i32> = [plugin.live, plugin.shadow].into_iter().flatten().collect();
            let old = of_plugin
                .filter(plugin_versions::version.le(version.saturating_sub(VERSIONS_OF_A_PLUGIN)))
                .filter(plugin_versions::version.ne_all(in_use));
            diesel::delete(old).execute(&mut *conn).await?;
            free_files!(conn);
            let uploaded =
                entry(business, by, "plugin.uploaded", &plugin).made(json!({ "version": version, "label": new.label }));
            diesel::insert_into(audit::table).values(uploaded).execute(&mut *conn).await?;
            Ok((plugin, version))
        })
    }
}
