//! How accounts come to be: with a password, or invited.

use actors::ids::{AccountId, BusinessId};
use actors::status::Status;
use diesel::prelude::{ExpressionMethods as _, Insertable, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use super::{Language, Role, full_name};
use crate::Store;
use crate::audit::{self, By};
use crate::error::StoreError;
use crate::schema::{accounts, audit as audit_table};
use crate::words::Word as _;

/// An account to be kept.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Kept in lower case.
    pub email: String,
    pub given_name: String,
    pub family_name: String,
    pub role: Role,
    /// A PHC string, never the password itself; without one the account is only invited.
    pub password: Option<String>,
    pub takes_calls: bool,
    /// Gets the transcripts of its own chats by mail.
    pub sends_transcripts: bool,
    pub photo: Option<String>,
    pub language: Language,
}

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(crate) struct NewRow {
    id: i64,
    business_id: i64,
    email: String,
    given_name: String,
    family_name: String,
    role: &'static str,
    /// Nothing hashes to the empty text, so nobody signs in with it.
    password: String,
    takes_calls: bool,
    photo: Option<String>,
    language: &'static str,
    status: &'static str,
    position: i32,
    created_at: i64,
    sends_transcripts: bool,
    joined_at: Option<i64>,
}

impl NewRow {
    pub(crate) fn of(id: AccountId, business: BusinessId, account: NewAccount, by: By) -> Self {
        Self {
            id: id.into(),
            business_id: business.into(),
            email: account.email.to_lowercase(),
            given_name: account.given_name,
            family_name: account.family_name,
            role: account.role.word(),
            joined_at: account.password.is_some().then(|| by.at.millis()),
            password: account.password.unwrap_or_default(),
            takes_calls: account.takes_calls,
            photo: account.photo,
            language: account.language.word(),
            status: Status::Away.word(),
            position: 0,
            created_at: by.at.millis(),
            sends_transcripts: account.sends_transcripts,
        }
    }
}

/// The entry about an account that came to be.
pub(crate) fn created(id: AccountId, business: BusinessId, account: &NewAccount, by: By) -> audit::NewRow {
    let subject = (id.to_string(), full_name(&account.given_name, &account.family_name));
    audit::NewRow::of(business.into(), by, "account.created", subject).made(serde_json::json!({
        "email": account.email.to_lowercase(),
        "given_name": account.given_name,
        "family_name": account.family_name,
        "role": account.role,
        "takes_calls": account.takes_calls,
        "sends_transcripts": account.sends_transcripts,
        "photo": account.photo,
        "language": account.language,
    }))
}

impl Store {
    /// Keeps a new account at the end of its business's list. `Conflict` when the e-mail is taken.
    pub async fn create_account(
        &self,
        business: BusinessId,
        account: NewAccount,
        by: By,
    ) -> Result<AccountId, StoreError> {
        let id = AccountId::mint(by.at);
        let entry = created(id, business, &account, by);
        let mut row = NewRow::of(id, business, account, by);
        write!(self, |conn| {
            let of_business = accounts::table.filter(accounts::business_id.eq(row.business_id));
            let last: Option<i32> = of_business.select(diesel::dsl::max(accounts::position)).first(&mut *conn).await?;
            row.position = last.map_or(0, |last| last.saturating_add(1));
            diesel::insert_into(accounts::table).values(&row).execute(&mut *conn).await?;
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })?;
        Ok(id)
    }
}
