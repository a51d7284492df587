//! Second factors: the secret a phone makes codes of, and the recovery codes for a lost phone.
//!
//! The secret is sealed before it comes here, and a recovery code is hashed.

use actors::ids::{AccountId, BusinessId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::accounts::{Row, live};
use crate::audit::By;
use crate::error::StoreError;
use crate::schema::{accounts, audit, recovery_codes};

/// The second factor of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Sealed.
    pub secret: Vec<u8>,
    /// The step of the last code that was taken; a code works once.
    pub last_step: i64,
}

/// A second factor to be kept.
#[derive(Clone, Debug)]
pub struct NewSecondFactor {
    /// Sealed.
    pub secret: Vec<u8>,
    /// The step of the code that proved it.
    pub last_step: i64,
    /// Hashes of the recovery codes.
    pub codes: Vec<[u8; 32]>,
}

/// Keeps these recovery codes in place of all others of an account.
macro_rules! put_codes {
    ($conn:expr, $business:expr, $account:expr, $codes:expr) => {
        diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq($account)))
            .execute(&mut *$conn)
            .await?;
        for code in $codes {
            diesel::insert_into(recovery_codes::table)
                .values((
                    recovery_codes::account_id.eq($account),
                    recovery_codes::code_hash.eq(code.to_vec()),
                    recovery_codes::business_id.eq($business),
                ))
                .execute(&mut *$conn)
                .await?;
        }
    };
}

impl Store {
    /// The second factor of an account; none when it has none, or is deleted.
    pub async fn second_factor(
        &self,
        business: BusinessId,
        account: AccountId,
    ) -> Result<Option<SecondFactor>, StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        let found = read!(self, |conn| {
            let found = live(business, id).select((accounts::totp_secret, accounts::totp_step));
            Ok(found.first::<(Option<Vec<u8>>, Option<i64>)>(conn).await.optional()?)
        })?;
        Ok(found.and_then(|(secret, step)| Some(SecondFactor { secret: secret?, last_step: step? })))
    }

    /// Keeps a second factor with its recovery codes, in place of earlier ones.
    pub async fn set_second_factor(
        &self,
        business: BusinessId,
        account: AccountId,
        factor: NewSecondFactor,
        by: By,
    ) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        write!(self, |conn| {
            let account = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            diesel::update(live(business, id))
                .set((accounts::totp_secret.eq(Some(factor.secret)), accounts::totp_step.eq(Some(factor.last_step))))
                .execute(&mut *conn)
                .await?;
            put_codes!(conn, business, id, factor.codes);
            let entry = account.entry(by, "account.second_factor_set");
            diesel::insert_into(audit::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }

    /// Takes the second factor and the recovery codes of an account away.
    pub async fn clear_second_factor(
        &self,
        business: BusinessId,
        account: AccountId,
        by: By,
    ) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        write!(self, |conn| {
            let account = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            if !account.has_second_factor {
                return Ok(());
            }
            diesel::update(live(business, id))
                .set((accounts::totp_secret.eq(None::<Vec<u8>>), accounts::totp_step.eq(None::<i64>)))
                .execute(&mut *conn)
                .await?;
            put_codes!(conn, business, id, Vec::<[u8; 32]>::new());
            let entry = account.entry(by, "account.second_factor_cleared");
            diesel::insert_into(audit::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }

    /// Takes the code of a step, once; gives whether it was still to be had.
    pub async fn take_step(&self, business: BusinessId, account: AccountId, step: i64) -> Result<bool, StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        write_one!(self, |conn| {
            let ahead = diesel::update(live(business, id)).filter(accounts::totp_step.lt(step));
            Ok(ahead.set(accounts::totp_step.eq(step)).execute(conn).await? > 0)
        })
    }

    /// Takes a recovery code, once; gives whether there was such a code.
    pub async fn take_recovery_code(
        &self,
        business: BusinessId,
        account: AccountId,
        code: [u8; 32],
        now: Moment,
    ) -> Result<bool, StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        write!(self, |conn| {
            let taken = diesel::delete(recovery_codes::table)
                .filter(recovery_codes::business_id.eq(business))
                .filter(recovery_codes::account_id.eq(id))
                .filter(recovery_codes::code_hash.eq(code.to_vec()));
            if taken.execute(&mut *conn).await? == 0 {
                return Ok(false);
            }
            let account = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            let entry = account.entry(By::account(account.id, now), "account.recovery_code_used");
            diesel::insert_into(audit::table).values(&entry).execute(&mut *conn).await?;
            Ok(true)
        })
    }

    /// How many recovery codes an account has left.
    pub async fn recovery_codes_left(&self, business: BusinessId, account: AccountId) -> Result<usize, StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        let left = read!(self, |conn| {
            let left = recovery_codes::table
                .filter(recovery_codes::business_id.eq(business))
                .filter(recovery_codes::account_id.eq(id));
            Ok(left.count().get_result::<i64>(conn).await?)
        })?;
        Ok(usize::try_from(left).unwrap_or_default())
    }

    /// Keeps other recovery codes, in place of all earlier ones. `NotFound` for an account without a second factor.
    pub async fn replace_recovery_codes(
        &self,
        business: BusinessId,
        account: AccountId,
        codes: Vec<[u8; 32]>,
        by: By,
    ) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        write!(self, |conn| {
            let account = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            if !account.has_second_factor {
                return Err(StoreError::NotFound);
            }
            put_codes!(conn, business, id, codes);
            let entry = account.entry(by, "account.recovery_codes_replaced");
            diesel::insert_into(audit::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }
}
