//! Packages: one button, its call page and their settings.

mod changes;
mod settings;
mod versions;

use actors::ids::{BusinessId, PackageId};
use actors::moment::Moment;
use actors::ports::PublicKey;
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, Queryable, Selectable};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

pub(crate) use changes::{NewRow, created};
pub use settings::{
    Button, Color, Corner, FieldKind, Form, FormField, Message, Mode, OutsideHours, PackageSettings, Page, Reveal,
    Size, Stick,
};
pub(crate) use versions::NewVersion;
pub use versions::{PackageVersion, VERSIONS_KEPT};

use crate::Store;
use crate::error::{StoreError, unreadable};
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
    /// Counts the changes of name and settings.
    pub version: i32,
    /// When this version was saved.
    pub updated_at: Moment,
}

/// A package, deleted or not, with what only the hub's actors need.
#[derive(Debug)]
pub(crate) struct KeptPackage {
    pub(crate) package: Package,
    pub(crate) is_deleted: bool,
    pub(crate) identity_secret: Option<Vec<u8>>,
}

/// A package to be kept.
#[derive(Clone, Debug)]
pub struct NewPackage {
    pub key: PublicKey,
    pub name: String,
    pub settings: PackageSettings,
}

/// What a package shall become.
#[derive(Clone, Debug)]
pub struct PackageChange {
    pub name: String,
    pub settings: PackageSettings,
    /// The version the change was made from.
    pub version: i32,
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
    updated_at: i64,
}

impl Row {
    fn package(self) -> Result<Package, StoreError> {
        Ok(Package {
            id: PackageId::from(self.id),
            business: BusinessId::from(self.business_id),
            key: PublicKey(self.public_key),
            name: self.name,
            settings: read_settings(self.settings)?,
            version: self.version,
            updated_at: Moment::from_millis(self.updated_at),
        })
    }
}

fn read_settings(kept: Value) -> Result<PackageSettings, StoreError> {
    serde_json::from_value(kept).map_err(|_cause| unreadable("package"))
}

/// A package of a business that is not deleted.
#[diesel::dsl::auto_type(no_type_alias)]
fn live(business: i64, package: i64) -> _ {
    packages::table
        .filter(packages::business_id.eq(business))
        .filter(packages::id.eq(package))
        .filter(packages::deleted_at.is_null())
}

impl Store {
    /// The package with this public key; a deleted one is unknown.
    pub async fn package_by_key(&self, key: &PublicKey) -> Result<Option<Package>, StoreError> {
        let key = key.0.clone();
        let row = read!(self, |conn| {
            let found = packages::table.filter(packages::public_key.eq(key)).filter(packages::deleted_at.is_null());
            Ok(found.select(Row::as_select()).first(conn).await.optional()?)
        })?;
        row.map(Row::package).transpose()
    }

    /// One package of a business.
    pub async fn package(&self, business: BusinessId, package: PackageId) -> Result<Package, StoreError> {
        let (business, package) = (i64::from(business), i64::from(package));
        let row = read!(self, |conn| Ok(live(business, package).select(Row::as_select()).first(conn).await?))?;
        row.package()
    }

    /// The packages of a business, oldest first.
    pub async fn packages(&self, business: BusinessId) -> Result<Vec<Package>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let listed = packages::table
                .filter(packages::business_id.eq(business))
                .filter(packages::deleted_at.is_null())
                .order(packages::id.asc())
                .select(Row::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Row::package).collect()
    }

    /// What the packages of a business are called, the deleted ones too: orders and messages outlive them.
    pub async fn package_names(&self, business: BusinessId) -> Result<Vec<(PackageId, String)>, StoreError> {
        let business = i64::from(business);
        let rows: Vec<(i64, String)> = read!(self, |conn| {
            let listed = packages::table.filter(packages::business_id.eq(business));
            Ok(listed.select((packages::id, packages::name)).load(conn).await?)
        })?;
        Ok(rows.into_iter().map(|(id, name)| (PackageId::from(id), name)).collect())
    }

    /// All packages of a business, oldest first, the deleted ones too: chats may still belong to them.
    pub(crate) async fn kept_packages(&self, business: BusinessId) -> Result<Vec<KeptPackage>, StoreError> {
        let business = i64::from(business);
        let rows: Vec<(Row, Option<i64>, Option<Vec<u8>>)> = read!(self, |conn| {
            let listed = packages::table.filter(packages::business_id.eq(business)).order(packages::id.asc()).select((
                Row::as_select(),
                packages::deleted_at,
                packages::identity_secret,
            ));
            Ok(listed.load(conn).await?)
        })?;
        let kept = rows.into_iter().map(|(row, deleted_at, identity_secret)| {
            Ok(KeptPackage { package: row.package()?, is_deleted: deleted_at.is_some(), identity_secret })
        });
        kept.collect()
    }

    /// What the package's identities are signed with, sealed; none when nobody asked for it yet.
    pub async fn identity_secret(
        &self,
        business: BusinessId,
        package: PackageId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let (business, package) = (i64::from(business), i64::from(package));
        read!(self, |conn| Ok(live(business, package).select(packages::identity_secret).first(conn).await?))
    }
}
