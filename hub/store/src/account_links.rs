//! Links that set a password: an invitation, or a new password after the old one was forgotten.
//!
//! Only the hash of a link's token is kept. A link works once and ends with time.

use actors::ids::{AccountId, BusinessId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::Store;
use crate::accounts::{Account, Row, live};
use crate::audit::By;
use crate::error::StoreError;
use crate::schema::{account_links, accounts, audit, businesses, sign_ins};
use crate::words::Word as _;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    Invitation,
    Reset,
}

/// A link to be kept.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// SHA-256 of the token; the token itself is never kept.
    pub token: [u8; 32],
    pub account: AccountId,
    pub purpose: LinkPurpose,
    pub expires_at: Moment,
}

/// A link that still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLink {
    pub account: Account,
    pub business_name: String,
    pub purpose: LinkPurpose,
    pub expires_at: Moment,
}

impl Store {
    /// Keeps a link, in place of the account's earlier one.
    pub async fn create_link(&self, business: BusinessId, link: NewLink, by: By) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(link.account));
        write!(self, |conn| {
            let account = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            let columns = (
                account_links::token_hash.eq(link.token.to_vec()),
                account_links::business_id.eq(business),
                account_links::purpose.eq(link.purpose.word()),
                account_links::created_at.eq(by.at.millis()),
                account_links::expires_at.eq(link.expires_at.millis()),
            );
            diesel::insert_into(account_links::table)
                .values((account_links::account_id.eq(id), columns.clone()))
                .on_conflict(account_links::account_id)
                .do_update()
                .set(columns)
                .execute(&mut *conn)
                .await?;
            let told = json!({ "purpose": link.purpose, "expires_at": link.expires_at });
            let entry = account.entry(by, "account.link_created").made(told);
            diesel::insert_into(audit::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }

    /// The link with this token, unless it was used, replaced or has run out.
    pub async fn link(&self, token: [u8; 32], now: Moment) -> Result<Option<AccountLink>, StoreError> {
        let found = read!(self, |conn| {
            let found = account_links::table
                .inner_join(accounts::table.inner_join(businesses::table))
                .filter(account_links::token_hash.eq(token.to_vec()))
                .filter(account_links::expires_at.gt(now.millis()))
                .filter(accounts::disabled_at.is_null())
                .select((Row::as_select(), businesses::name, account_links::purpose, account_links::expires_at))
                .first::<(Row, String, String, i64)>(conn)
                .await;
            Ok(found.optional()?)
        })?;
        let Some((row, business_name, purpose, expires_at)) = found else { return Ok(None) };
        Ok(Some(AccountLink {
            account: row.account()?,
            business_name,
            purpose: LinkPurpose::read(&purpose)?,
            expires_at: Moment::from_millis(expires_at),
        }))
    }

    /// Uses a link up: the account has joined with this password, a PHC string, and is signed out everywhere.
    pub async fn use_link(
        &self,
        token: [u8; 32],
        password: String,
        now: Moment,
    ) -> Result<Option<Account>, StoreError> {
        write!(self, |conn| {
            // Of two at the same time one deletes it.
            let taken: Option<(i64, i64, String)> = diesel::delete(account_links::table)
                .filter(account_links::token_hash.eq(token.to_vec()))
                .filter(account_links::expires_at.gt(now.millis()))
                .returning((account_links::business_id, account_links::account_id, account_links::purpose))
                .get_result(&mut *conn)
                .await
                .optional()?;
            let Some((business, id, purpose)) = taken else { return Ok(None) };
            let set = diesel::update(live(business, id)).set(accounts::password.eq(password));
            if set.execute(&mut *conn).await? == 0 {
                return Ok(None);
            }
            diesel::update(live(business, id))
                .filter(accounts::joined_at.is_null())
                .set(accounts::joined_at.eq(now.millis()))
                .execute(&mut *conn)
                .await?;
            diesel::delete(sign_ins::table.filter(sign_ins::account_id.eq(id))).execute(&mut *conn).await?;
            let account = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            let by = By::account(account.id, now);
            let entry = account.entry(by, "account.link_used").made(json!({ "purpose": purpose }));
            diesel::insert_into(audit::table).values(&entry).execute(&mut *conn).await?;
            Ok(Some(account))
        })
    }
}
