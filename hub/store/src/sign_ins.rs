//! Sign-ins: the browsers an account is signed in with, by the hash of their cookie.

use std::time::Duration;

use actors::ids::{AccountId, BusinessId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    BoolExpressionMethods as _, ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;

use crate::Store;
use crate::accounts::{Account, Row, live};
use crate::error::{StoreError, unreadable};
use crate::schema::{accounts, businesses, sign_ins};

/// A browser nobody uses for this long is signed out.
pub const SIGN_IN_IDLE: Duration = Duration::from_hours(12);
/// A browser is signed out after this long, used or not.
pub const SIGN_IN_LIFE: Duration = Duration::from_hours(30 * 24);
/// How old the time of the last use may be, so that not each request is a write.
const SEEN_EVERY: Duration = Duration::from_mins(1);

/// A sign-in to be kept.
#[derive(Clone, Debug)]
pub struct NewSignIn {
    /// SHA-256 of the cookie's token; the token itself is never kept.
    pub token: [u8; 32],
    pub account: AccountId,
    pub agent: Option<String>,
    pub ip: String,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    pub account: Account,
    /// The business's name.
    pub business: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}

/// A browser as its own account sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInBrowser {
    /// SHA-256 of the cookie's token.
    pub token: [u8; 32],
    pub created_at: Moment,
    pub seen_at: Moment,
    pub agent: Option<String>,
    pub ip: String,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = sign_ins)]
struct Browser {
    token_hash: Vec<u8>,
    created_at: i64,
    seen_at: i64,
    agent: Option<String>,
    ip: String,
}

impl Browser {
    fn signed_in(self) -> Result<SignedInBrowser, StoreError> {
        Ok(SignedInBrowser {
            token: token(self.token_hash)?,
            created_at: Moment::from_millis(self.created_at),
            seen_at: Moment::from_millis(self.seen_at),
            agent: self.agent,
            ip: self.ip,
        })
    }
}

fn token(kept: Vec<u8>) -> Result<[u8; 32], StoreError> {
    kept.try_into().map_err(|_other_length| unreadable("sign-in"))
}

/// `now` less a duration, in milliseconds.
fn before(now: Moment, duration: Duration) -> i64 {
    now.millis().saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}

impl Store {
    /// Keeps a sign-in, and forgets those that have run out.
    pub async fn create_sign_in(&self, sign_in: NewSignIn, now: Moment) -> Result<(), StoreError> {
        write!(self, |conn| {
            let (at, expires, idle) = (now.millis(), now.after(SIGN_IN_LIFE).millis(), before(now, SIGN_IN_IDLE));
            diesel::delete(sign_ins::table)
                .filter(sign_ins::account_id.eq(i64::from(sign_in.account)))
                .filter(sign_ins::expires_at.le(at).or(sign_ins::seen_at.le(idle)))
                .execute(&mut *conn)
                .await?;
            diesel::insert_into(sign_ins::table)
                .values((
                    sign_ins::token_hash.eq(sign_in.token.to_vec()),
                    sign_ins::account_id.eq(i64::from(sign_in.account)),
                    sign_ins::created_at.eq(at),
                    sign_ins::seen_at.eq(at),
                    sign_ins::expires_at.eq(expires),
                    sign_ins::agent.eq(sign_in.agent),
                    sign_ins::ip.eq(sign_in.ip),
                ))
                .execute(&mut *conn)
                .await?;
            Ok(())
        })
    }

    /// Who is signed in with this token; remembers the use, at most once a minute.
    pub async fn sign_in(&self, token: [u8; 32], now: Moment) -> Result<Option<SignIn>, StoreError> {
        let found = read!(self, |conn| {
            let found = sign_ins::table
                .inner_join(accounts::table.inner_join(businesses::table))
                .filter(sign_ins::token_hash.eq(token.to_vec()))
                .filter(sign_ins::expires_at.gt(now.millis()))
                .filter(sign_ins::seen_at.gt(before(now, SIGN_IN_IDLE)))
                .filter(accounts::disabled_at.is_null())
                .select((Row::as_select(), businesses::name, sign_ins::created_at, sign_ins::seen_at))
                .first::<(Row, String, i64, i64)>(conn)
                .await;
            Ok(found.optional()?)
        })?;
        let Some((row, business, created_at, seen_at)) = found else { return Ok(None) };
        if seen_at <= before(now, SEEN_EVERY)
            && let Err(error) = self.touch_sign_in(token, now).await
        {
            // Who is signed in is known all the same; the next request writes it.
            tracing::warn!(%error, "cannot remember the use of a sign-in");
        }
        let (created_at, seen_at) = (Moment::from_millis(created_at), Moment::from_millis(seen_at));
        Ok(Some(SignIn { account: row.account()?, business, created_at, seen_at }))
    }

    async fn touch_sign_in(&self, token: [u8; 32], now: Moment) -> Result<(), StoreError> {
        write_one!(self, |conn| {
            diesel::update(sign_ins::table)
                .filter(sign_ins::token_hash.eq(token.to_vec()))
                .filter(sign_ins::seen_at.lt(now.millis()))
                .set(sign_ins::seen_at.eq(now.millis()))
                .execute(conn)
                .await?;
            Ok(())
        })
    }

    /// Signs one browser out; gives whether it was signed in.
    pub async fn revoke_sign_in(&self, token: [u8; 32]) -> Result<bool, StoreError> {
        write_one!(self, |conn| {
            let gone = diesel::delete(sign_ins::table).filter(sign_ins::token_hash.eq(token.to_vec()));
            Ok(gone.execute(conn).await? > 0)
        })
    }

    /// Signs an account out everywhere; gives how many browsers that were.
    pub async fn revoke_sign_ins(&self, business: BusinessId, account: AccountId) -> Result<usize, StoreError> {
        let (business, account) = (i64::from(business), i64::from(account));
        write_one!(self, |conn| {
            let owned = accounts::table
                .filter(accounts::business_id.eq(business))
                .filter(accounts::id.eq(account))
                .select(accounts::id);
            let gone = diesel::delete(sign_ins::table).filter(sign_ins::account_id.eq_any(owned));
            Ok(gone.execute(conn).await?)
        })
    }

    /// The browsers an account is signed in with, the last signed in first.
    pub async fn sign_ins_of(
        &self,
        business: BusinessId,
        account: AccountId,
        now: Moment,
    ) -> Result<Vec<SignedInBrowser>, StoreError> {
        let (business, account) = (i64::from(business), i64::from(account));
        let rows = read!(self, |conn| {
            let listed = sign_ins::table
                .filter(sign_ins::account_id.eq_any(live(business, account).select(accounts::id)))
                .filter(sign_ins::expires_at.gt(now.millis()))
                .filter(sign_ins::seen_at.gt(before(now, SIGN_IN_IDLE)))
                .order((sign_ins::created_at.desc(), sign_ins::token_hash.asc()))
                .select(Browser::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Browser::signed_in).collect()
    }

    /// Signs an account out everywhere but in one browser; gives the tokens of the others.
    pub async fn revoke_other_sign_ins(
        &self,
        business: BusinessId,
        account: AccountId,
        keep: [u8; 32],
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let (business, account) = (i64::from(business), i64::from(account));
        let gone: Vec<Vec<u8>> = write_one!(self, |conn| {
            let others = diesel::delete(sign_ins::table)
                .filter(sign_ins::account_id.eq_any(live(business, account).select(accounts::id)))
                .filter(sign_ins::token_hash.ne(keep.to_vec()));
            Ok(others.returning(sign_ins::token_hash).get_results(conn).await?)
        })?;
        gone.into_iter().map(token).collect()
    }

    /// Forgets the sign-ins that have run out; gives how many.
    pub async fn forget_old_sign_ins(&self, now: Moment) -> Result<usize, StoreError> {
        write_one!(self, |conn| {
            let idle = before(now, SIGN_IN_IDLE);
            let gone = diesel::delete(sign_ins::table)
                .filter(sign_ins::expires_at.le(now.millis()).or(sign_ins::seen_at.le(idle)));
            Ok(gone.execute(conn).await?)
        })
    }
}
