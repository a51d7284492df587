//! How packages come to be, change and go.

use actors::ids::{BusinessId, PackageId};
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, Insertable, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use super::{NewPackage, NewVersion, Package, PackageChange, Row, VERSIONS_KEPT, live};
use crate::Store;
use crate::audit::{self, By};
use crate::error::StoreError;
use crate::messages::json;
use crate::schema::{audit as audit_table, package_versions, packages};

/// The version of a package that was never changed.
const FIRST: i32 = 1;

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
    pub(crate) fn of(package: &Package) -> Result<Self, StoreError> {
        Ok(Self {
            id: package.id.into(),
            business_id: package.business.into(),
            public_key: package.key.0.clone(),
            name: package.name.clone(),
            settings: json(&package.settings)?,
            version: package.version,
            updated_at: package.updated_at.millis(),
        })
    }
}

impl NewPackage {
    /// The package this becomes.
    pub(crate) fn founded(self, business: BusinessId, by: By) -> Package {
        Package {
            id: PackageId::mint(by.at),
            business,
            key: self.key,
            name: self.name,
            settings: self.settings,
            version: FIRST,
            updated_at: by.at,
        }
    }
}

/// What the audit says about a package.
fn told(package: &Package) -> Result<Value, StoreError> {
    Ok(serde_json::json!({ "name": package.name, "settings": json(&package.settings)? }))
}

fn entry(package: &Package, by: By, action: &'static str) -> audit::NewRow {
    let subject = (package.id.to_string(), package.name.clone());
    audit::NewRow::of(package.business.into(), by, action, subject)
}

/// The entry about a package that came to be.
pub(crate) fn created(package: &Package, by: By) -> Result<audit::NewRow, StoreError> {
    Ok(entry(package, by, "package.created").made(told(package)?))
}

impl Store {
    /// Keeps a new package. `Conflict` when its key is taken.
    pub async fn create_package(
        &self,
        business: BusinessId,
        package: NewPackage,
        by: By,
    ) -> Result<Package, StoreError> {
        let package = package.founded(business, by);
        let (row, version) = (NewRow::of(&package)?, NewVersion::of(&package, by)?);
        let entry = created(&package, by)?;
        write!(self, |conn| {
            diesel::insert_into(packages::table).values(&row).execute(&mut *conn).await?;
            diesel::insert_into(package_versions::table).values(&version).execute(&mut *conn).await?;
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })?;
        Ok(package)
    }

    /// Changes name and settings. `Stale` when somebody saved another version in between.
    pub async fn save_package(
        &self,
        business: BusinessId,
        package: PackageId,
        change: PackageChange,
        by: By,
    ) -> Result<Package, StoreError> {
        let (business, id) = (i64::from(business), i64::from(package));
        write!(self, |conn| {
            let before = live(business, id).select(Row::as_select()).first(&mut *conn).await?.package()?;
            if before.version != change.version {
                return Err(StoreError::Stale);
            }
            let after = Package {
                name: change.name,
                settings: change.settings,
                version: before.version.saturating_add(1),
                updated_at: by.at,
                ..before.clone()
            };
            let version = NewVersion::of(&after, by)?;
            let entry = entry(&after, by, "package.saved").changed(&told(&before)?, &told(&after)?);
            // The version is asked for again: with PostgreSQL somebody may have saved since the read.
            let saved = diesel::update(live(business, id))
                .filter(packages::version.eq(before.version))
                .set((
                    packages::name.eq(&after.name),
                    packages::settings.eq(&version.settings),
                    packages::version.eq(after.version),
                    packages::updated_at.eq(by.at.millis()),
                ))
                .execute(&mut *conn)
                .await?;
            if saved == 0 {
                return Err(StoreError::Stale);
            }
            diesel::insert_into(package_versions::table).values(&version).execute(&mut *conn).await?;
            diesel::delete(package_versions::table)
                .filter(package_versions::package_id.eq(id))
                .filter(package_versions::version.le(after.version.saturating_sub(VERSIONS_KEPT)))
                .execute(&mut *conn)
                .await?;
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(after)
        })
    }

    /// Deletes a package: its key is unknown from now on, its chats stay.
    pub async fn delete_package(&self, business: BusinessId, package: PackageId, by: By) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(package));
        write!(self, |conn| {
            let package = live(business, id).select(Row::as_select()).first(&mut *conn).await?.package()?;
            let entry = entry(&package, by, "package.deleted").gone(told(&package)?);
            let deleted = diesel::update(live(business, id)).set(packages::deleted_at.eq(by.at.millis()));
            if deleted.execute(&mut *conn).await? == 0 {
                return Err(StoreError::NotFound);
            }
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }

    /// Keeps what the package's identities are signed with, sealed, in place of an earlier one.
    pub async fn set_identity_secret(
        &self,
        business: BusinessId,
        package: PackageId,
        sealed: Vec<u8>,
        by: By,
    ) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(package));
        write!(self, |conn| {
            let package = live(business, id).select(Row::as_select()).first(&mut *conn).await?.package()?;
            let entry = entry(&package, by, "package.identity_secret_set");
            let set = diesel::update(live(business, id)).set(packages::identity_secret.eq(Some(sealed)));
            if set.execute(&mut *conn).await? == 0 {
                return Err(StoreError::NotFound);
            }
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }
}
