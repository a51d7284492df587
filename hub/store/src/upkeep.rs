//! The epoch of the storage, and whether it can keep anything.

use anyhow::anyhow;
use diesel::prelude::{ExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::error::StoreError;
use crate::schema::meta;

pub(crate) const EPOCH: &str = "epoch";

/// A name no other incarnation has: 128 random bits.
pub(crate) fn random_epoch() -> Result<String, StoreError> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| StoreError::Failed(anyhow!("cannot get random bits: {error}")))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bits)))
}

impl Store {
    /// The epoch, chosen at the first start.
    pub(crate) async fn first_epoch(&self) -> Result<String, StoreError> {
        let fresh = random_epoch()?;
        write!(self, |conn| {
            diesel::insert_into(meta::table)
                .values((meta::key.eq(EPOCH), meta::value.eq(fresh)))
                .on_conflict_do_nothing()
                .execute(&mut *conn)
                .await?;
            let kept = meta::table.filter(meta::key.eq(EPOCH)).select(meta::value);
            Ok(kept.first(&mut *conn).await?)
        })
    }

    /// Gives the storage a new epoch, after its content was replaced: browsers then start afresh.
    pub async fn new_epoch(&mut self) -> Result<(), StoreError> {
        let fresh = random_epoch()?;
        let kept = fresh.clone();
        write_one!(self, |conn| {
            diesel::update(meta::table.filter(meta::key.eq(EPOCH))).set(meta::value.eq(kept)).execute(conn).await?;
            Ok(())
        })?;
        self.epoch = fresh.into();
        Ok(())
    }

    /// Makes a small durable write: can the storage keep anything?
    pub async fn probe(&self) -> Result<(), StoreError> {
        write_one!(self, |conn| {
            let same = diesel::update(meta::table.filter(meta::key.eq(EPOCH))).set(meta::value.eq(meta::value));
            if same.execute(conn).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
        })
    }
}
