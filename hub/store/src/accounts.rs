//! Accounts: those who can sign in.

mod changes;
mod new;

use std::collections::BTreeSet;

use actors::ids::{AccountId, BusinessId};
use actors::protocol::Face;
use actors::status::Status;
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, Queryable, Selectable};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use changes::AccountChange;
pub use new::NewAccount;
pub(crate) use new::{NewRow, created};

use crate::Store;
use crate::error::{StoreError, unreadable};
use crate::schema::accounts;
use crate::words::Word as _;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub enum Role {
    Owner,
    Consultant,
}

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "settings.ts"))]
pub enum Language {
    Pl,
    #[default]
    En,
}

/// Someone who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none follows from another")]
pub struct Account {
    pub id: AccountId,
    pub business: BusinessId,
    pub email: String,
    pub given_name: String,
    pub family_name: String,
    pub role: Role,
    pub takes_calls: bool,
    /// Address of the photo on the hub.
    pub photo: Option<String>,
    pub language: Language,
    /// The status chosen by hand.
    pub status: Status,
    /// Gets the transcripts of its own chats by mail.
    pub sends_transcripts: bool,
    /// False while the invitation waits: nobody can sign in with it, and it takes nothing.
    pub has_joined: bool,
    pub has_second_factor: bool,
    /// Chats at once before the rules pass by; claims by hand are free.
    pub most_chats: Option<u32>,
    /// BCP 47 languages spoken.
    pub languages: Vec<String>,
    /// What the rules may choose by.
    pub skills: Vec<String>,
}

impl Account {
    /// Given name and family name.
    pub fn name(&self) -> String {
        full_name(&self.given_name, &self.family_name)
    }

    /// How a visitor sees it.
    pub fn face(&self) -> Face {
        Face { id: self.id, name: self.given_name.clone(), photo: self.photo.clone() }
    }
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub(crate) struct Row {
    id: i64,
    business_id: i64,
    email: String,
    given_name: String,
    family_name: String,
    role: String,
    takes_calls: bool,
    photo: Option<String>,
    language: String,
    status: String,
    sends_transcripts: bool,
    joined_at: Option<i64>,
    totp_step: Option<i64>,
    most_chats: Option<i32>,
    languages: Value,
    skills: Value,
}

impl Row {
    pub(crate) fn account(self) -> Result<Account, StoreError> {
        Ok(Account {
            id: AccountId::from(self.id),
            business: BusinessId::from(self.business_id),
            email: self.email,
            given_name: self.given_name,
            family_name: self.family_name,
            role: Role::read(&self.role)?,
            takes_calls: self.takes_calls,
            photo: self.photo,
            language: Language::read(&self.language)?,
            status: Status::read(&self.status)?,
            sends_transcripts: self.sends_transcripts,
            has_joined: self.joined_at.is_some(),
            has_second_factor: self.totp_step.is_some(),
            most_chats: self
                .most_chats
                .map(u32::try_from)
                .transpose()
                .map_err(|_cause| unreadable("number of chats"))?,
            languages: words(self.languages)?,
            skills: words(self.skills)?,
        })
    }
}

fn words(list: Value) -> Result<Vec<String>, StoreError> {
    serde_json::from_value(list).map_err(|_cause| unreadable("list of words"))
}

/// Given name and family name; one of them may be empty.
pub(crate) fn full_name(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}

/// An account of a business that is not deleted.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn live(business: i64, account: i64) -> _ {
    accounts::table
        .filter(accounts::business_id.eq(business))
        .filter(accounts::id.eq(account))
        .filter(accounts::disabled_at.is_null())
}

impl Store {
    /// Is there any account at all?
    pub async fn has_account(&self) -> Result<bool, StoreError> {
        read!(self, |conn| {
            let any = diesel::select(diesel::dsl::exists(accounts::table.select(accounts::id)));
            Ok(any.get_result::<bool>(conn).await?)
        })
    }

    /// An account that may sign in, with its password's PHC string, by e-mail.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<(Account, String)>, StoreError> {
        let email = email.to_lowercase();
        let found = read!(self, |conn| {
            let found = accounts::table
                .filter(accounts::email.eq(email))
                .filter(accounts::disabled_at.is_null())
                .filter(accounts::joined_at.is_not_null())
                .select((Row::as_select(), accounts::password))
                .first::<(Row, String)>(conn)
                .await;
            Ok(found.optional()?)
        })?;
        found.map(|(row, password)| Ok((row.account()?, password))).transpose()
    }

    /// One account of a business.
    pub async fn account(&self, business: BusinessId, account: AccountId) -> Result<Account, StoreError> {
        let (business, account) = (i64::from(business), i64::from(account));
        let row = read!(self, |conn| Ok(live(business, account).select(Row::as_select()).first(conn).await?))?;
        row.account()
    }

    /// The accounts of a business, the invited ones too, in the order of its list.
    pub async fn accounts(&self, business: BusinessId) -> Result<Vec<Account>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let listed = accounts::table
                .filter(accounts::business_id.eq(business))
                .filter(accounts::disabled_at.is_null())
                .order((accounts::position.asc(), accounts::id.asc()))
                .select(Row::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Row::account).collect()
    }

    /// The names of all accounts a business ever had: old chats and the audit name the deleted ones too.
    pub async fn account_names(&self, business: BusinessId) -> Result<Vec<(AccountId, String)>, StoreError> {
        let faces = self.all_accounts(business).await?;
        Ok(faces.into_iter().map(|account| (account.id, account.name())).collect())
    }

    /// How visitors saw these accounts of a business, the deleted ones too.
    pub async fn account_faces(&self, business: BusinessId, of: &BTreeSet<AccountId>) -> Result<Vec<Face>, StoreError> {
        let accounts = self.all_accounts(business).await?;
        Ok(accounts.iter().filter(|account| of.contains(&account.id)).map(Account::face).collect())
    }

    async fn all_accounts(&self, business: BusinessId) -> Result<Vec<Account>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let all = accounts::table.filter(accounts::business_id.eq(business)).order(accounts::id.asc());
            Ok(all.select(Row::as_select()).load(conn).await?)
        })?;
        rows.into_iter().map(Row::account).collect()
    }

    /// Keeps a status chosen by hand.
    pub async fn save_status(
        &self,
        business: BusinessId,
        account: AccountId,
        status: Status,
    ) -> Result<(), StoreError> {
        let (business, account) = (i64::from(business), i64::from(account));
        write_one!(self, |conn| {
            let changed = diesel::update(live(business, account)).set(accounts::status.eq(status.word()));
            if changed.execute(conn).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
        })
    }
}
