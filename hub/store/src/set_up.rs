//! The first start: a one-time token, and the business it may found.

use actors::ids::{AccountId, BusinessId};
use actors::moment::Moment;
use diesel::prelude::ExpressionMethods as _;
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::accounts::{self, NewAccount};
use crate::audit::By;
use crate::error::StoreError;
use crate::packages::{self, NewPackage, NewVersion};
use crate::schema;
use crate::schema::{audit, businesses, package_versions, set_up};

/// The one row of the table.
const ONLY: i32 = 1;

/// The business of the first start, with its owner and a first package.
#[derive(Clone, Debug)]
pub struct FirstBusiness {
    pub name: String,
    pub owner: NewAccount,
    pub package: NewPackage,
}

impl Store {
    /// Keeps the hash of the one-time token, in place of an earlier one.
    pub async fn put_set_up_token(&self, token: [u8; 32], now: Moment) -> Result<(), StoreError> {
        write_one!(self, |conn| {
            let row = (set_up::token_hash.eq(token.to_vec()), set_up::created_at.eq(now.millis()));
            diesel::insert_into(set_up::table)
                .values((set_up::id.eq(ONLY), row.clone()))
                .on_conflict(set_up::id)
                .do_update()
                .set(row)
                .execute(conn)
                .await?;
            Ok(())
        })
    }

    /// Uses up the one-time token; gives whether it was this one.
    pub async fn take_set_up_token(&self, token: [u8; 32]) -> Result<bool, StoreError> {
        write_one!(self, |conn| {
            let taken = diesel::delete(set_up::table).filter(set_up::token_hash.eq(token.to_vec()));
            Ok(taken.execute(conn).await? > 0)
        })
    }

    /// Uses up the one-time token and founds the first business, both or neither. `NotFound` when the token is wrong.
    pub async fn set_up(
        &self,
        token: [u8; 32],
        first: FirstBusiness,
        now: Moment,
    ) -> Result<(BusinessId, AccountId), StoreError> {
        let (business, owner) = (BusinessId::mint(now), AccountId::mint(now));
        let by = By::account(owner, now);
        let package = first.package.founded(business, by);
        let entries = vec![accounts::created(owner, business, &first.owner, by), packages::created(&package, by)?];
        let account = accounts::NewRow::of(owner, business, first.owner, by);
        let (package, version) = (packages::NewRow::of(&package)?, NewVersion::of(&package, by)?);
        let name = first.name;
        write!(self, |conn| {
            let taken = diesel::delete(set_up::table).filter(set_up::token_hash.eq(token.to_vec()));
            if taken.execute(&mut *conn).await? == 0 {
                return Err(StoreError::NotFound);
            }
            diesel::insert_into(businesses::table)
                .values((
                    businesses::id.eq(i64::from(business)),
                    businesses::name.eq(name),
                    businesses::created_at.eq(now.millis()),
                ))
                .execute(&mut *conn)
                .await?;
            diesel::insert_into(schema::accounts::table).values(&account).execute(&mut *conn).await?;
            diesel::insert_into(schema::packages::table).values(&package).execute(&mut *conn).await?;
            diesel::insert_into(package_versions::table).values(&version).execute(&mut *conn).await?;
            for entry in &entries {
                diesel::insert_into(audit::table).values(entry).execute(&mut *conn).await?;
            }
            Ok(())
        })?;
        Ok((business, owner))
    }
}
