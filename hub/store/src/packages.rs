//! Packages: one button, its call page and their settings.

mod settings;

use actors::ids::{BusinessId, PackageId};
use actors::moment::Moment;
use actors::ports::PublicKey;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, OptionalExtension as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

pub use settings::{Button, Color, Corner, Mode, PackageSettings, Reveal, Size, Stick};

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::messages::json;
use crate::schema::packages;

/// A package with its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub id: PackageId,
    pub business: BusinessId,
    pub key: PublicKey,
    /// Shown on the management pages only.
    pub name: String,
    pub settings: PackageSettings,
    /// Counts the changes of the settings.
    pub version: i32,
}

/// A package to be kept.
#[derive(Clone, Debug)]
pub struct NewPackage {
    pub key: PublicKey,
    pub name: String,
    pub settings: PackageSettings,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = packages)]
struct Row {
    id: i64,
    business_id: i64,
    public_key: String,
    name: String,
    settings: Value,
    version: i32,
}

impl Row {
    fn package(self) -> Result<Package, StoreError> {
        Ok(Package {
            id: PackageId::from(self.id),
            business: BusinessId::from(self.business_id),
            key: PublicKey(self.public_key),
            name: self.name,
            settings: serde_json::from_value(self.settings).map_err(|_cause| unreadable("package"))?,
            version: self.version,
        })
    }
}

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = packages, treat_none_as_default_value = false)]
pub(crate) struct NewRow {
    id: i64,
    business_id: i64,
    public_key: String,
    name: String,
    settings: Value,
    version: i32,
    updated_at: i64,
}

impl NewRow {
    pub(crate) fn of(
        id: PackageId,
        business: BusinessId,
        package: NewPackage,
        now: Moment,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            id: id.into(),
            business_id: business.into(),
            public_key: package.key.0,
            name: package.name,
            settings: json(&package.settings)?,
            version: 1,
            updated_at: now.millis(),
        })
    }
}

impl Store {
    /// Keeps a new package. `Conflict` when its key is taken.
    pub async fn create_package(
        &self,
        business: BusinessId,
        package: NewPackage,
        now: Moment,
    ) -> Result<PackageId, StoreError> {
        let id = PackageId::mint(now);
        let row = NewRow::of(id, business, package, now)?;
        write_one!(self, |conn| {
            diesel::insert_into(packages::table).values(&row).execute(conn).await?;
            Ok(())
        })?;
        Ok(id)
    }

    /// The package with this public key.
    pub async fn package_by_key(&self, key: &PublicKey) -> Result<Option<Package>, StoreError> {
        let key = key.0.clone();
        let row = read!(self, |conn| {
            let found = packages::table.filter(packages::public_key.eq(key)).select(Row::as_select());
            Ok(found.first(conn).await.optional()?)
        })?;
        row.map(Row::package).transpose()
    }

    /// The packages of a business, oldest first.
    pub async fn packages(&self, business: BusinessId) -> Result<Vec<Package>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let listed = packages::table
                .filter(packages::business_id.eq(business))
                .order(packages::id.asc())
                .select(Row::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Row::package).collect()
    }
}
