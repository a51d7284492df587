//! The versions of packages: what each change left, to be looked at and restored.

use actors::ids::{AccountId, BusinessId, PackageId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, NullableExpressionMethods as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use super::{Package, PackageSettings, live, read_settings};
use crate::Store;
use crate::accounts::full_name;
use crate::audit::By;
use crate::error::StoreError;
use crate::messages::json;
use crate::schema::{accounts, package_versions, packages};

/// Versions kept of one package; older ones go, so that saving often cannot fill the disk.
pub const VERSIONS_KEPT: i32 = 200;

/// One version of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageVersion {
    pub version: i32,
    pub name: String,
    pub saved_at: Moment,
    /// Who saved it; none means the hub itself, or its command line.
    pub saved_by: Option<AccountId>,
    pub saved_by_name: Option<String>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = package_versions)]
struct Row {
    version: i32,
    name: String,
    saved_at: i64,
    saved_by: Option<i64>,
}

impl Row {
    fn version(self, saver: Option<(String, String)>) -> PackageVersion {
        PackageVersion {
            version: self.version,
            name: self.name,
            saved_at: Moment::from_millis(self.saved_at),
            saved_by: self.saved_by.map(AccountId::from),
            saved_by_name: saver.map(|(given, family)| full_name(&given, &family)),
        }
    }
}

/// A version to be kept.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = package_versions, treat_none_as_default_value = false)]
pub(crate) struct NewVersion {
    package_id: i64,
    version: i32,
    business_id: i64,
    name: String,
    pub(crate) settings: Value,
    saved_at: i64,
    saved_by: Option<i64>,
}

impl NewVersion {
    pub(crate) fn of(package: &Package, by: By) -> Result<Self, StoreError> {
        Ok(Self {
            package_id: package.id.into(),
            version: package.version,
            business_id: package.business.into(),
            name: package.name.clone(),
            settings: json(&package.settings)?,
            saved_at: by.at.millis(),
            saved_by: by.column(),
        })
    }
}

impl Store {
    /// The versions of a package, newest first; the first of them is what holds.
    pub async fn package_versions(
        &self,
        business: BusinessId,
        package: PackageId,
    ) -> Result<Vec<PackageVersion>, StoreError> {
        let (business, id) = (i64::from(business), i64::from(package));
        let rows = read!(self, |conn| {
            live(business, id).select(packages::id).first::<i64>(&mut *conn).await?;
            let rows: Vec<(Row, Option<(String, String)>)> = package_versions::table
                .left_join(accounts::table)
                .filter(package_versions::business_id.eq(business))
                .filter(package_versions::package_id.eq(id))
                .order(package_versions::version.desc())
                .limit(i64::from(VERSIONS_KEPT))
                .select((Row::as_select(), (accounts::given_name, accounts::family_name).nullable()))
                .load(&mut *conn)
                .await?;
            Ok(rows)
        })?;
        Ok(rows.into_iter().map(|(row, saver)| row.version(saver)).collect())
    }

    /// One version of a package, with its settings.
    pub async fn package_version(
        &self,
        business: BusinessId,
        package: PackageId,
        version: i32,
    ) -> Result<(PackageVersion, PackageSettings), StoreError> {
        let (business, id) = (i64::from(business), i64::from(package));
        let (row, saver, settings) = read!(self, |conn| {
            live(business, id).select(packages::id).first::<i64>(&mut *conn).await?;
            let found: (Row, Option<(String, String)>, Value) = package_versions::table
                .left_join(accounts::table)
                .filter(package_versions::business_id.eq(business))
                .filter(package_versions::package_id.eq(id))
                .filter(package_versions::version.eq(version))
                .select((
                    Row::as_select(),
                    (accounts::given_name, accounts::family_name).nullable(),
                    package_versions::settings,
                ))
                .first(&mut *conn)
                .await?;
            Ok(found)
        })?;
        Ok((row.version(saver), read_settings(settings)?))
    }
}
