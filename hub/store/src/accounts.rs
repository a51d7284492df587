//! Accounts: those who can sign in.

use actors::ids::{AccountId, BusinessId};
use actors::moment::Moment;
use actors::protocol::Face;
use actors::status::Status;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, OptionalExtension as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::error::StoreError;
use crate::schema::accounts;
use crate::words::Word as _;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Consultant,
}

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Pl,
    #[default]
    En,
}

/// Someone who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub is_disabled: bool,
}

impl Account {
    /// How a visitor sees it.
    pub fn face(&self) -> Face {
        Face { id: self.id, name: self.given_name.clone(), photo: self.photo.clone() }
    }
}

/// An account to be kept.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Kept in lower case.
    pub email: String,
    pub given_name: String,
    pub family_name: String,
    pub role: Role,
    /// A PHC string; never the password itself.
    pub password: String,
    pub takes_calls: bool,
    pub photo: Option<String>,
    pub language: Language,
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
    disabled_at: Option<i64>,
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
            is_disabled: self.disabled_at.is_some(),
        })
    }
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
    password: String,
    takes_calls: bool,
    photo: Option<String>,
    language: &'static str,
    status: &'static str,
    pub(crate) position: i32,
    created_at: i64,
}

impl NewRow {
    pub(crate) fn of(id: AccountId, business: BusinessId, account: NewAccount, now: Moment) -> Self {
        Self {
            id: id.into(),
            business_id: business.into(),
            email: account.email.to_lowercase(),
            given_name: account.given_name,
            family_name: account.family_name,
            role: account.role.word(),
            password: account.password,
            takes_calls: account.takes_calls,
            photo: account.photo,
            language: account.language.word(),
            status: Status::Away.word(),
            position: 0,
            created_at: now.millis(),
        }
    }
}

/// Changes one column of an account of a business.
macro_rules! change_account {
    ($store:expr, $business:expr, $account:expr, $change:expr) => {{
        let (business, account) = (i64::from($business), i64::from($account));
        write_one!($store, |conn| {
            let changed = diesel::update(accounts::table)
                .filter(accounts::business_id.eq(business))
                .filter(accounts::id.eq(account))
                .set($change)
                .execute(conn)
                .await?;
            if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
        })
    }};
}

impl Store {
    /// Is there any account at all?
    pub async fn has_account(&self) -> Result<bool, StoreError> {
        read!(self, |conn| {
            let any = diesel::select(diesel::dsl::exists(accounts::table.select(accounts::id)));
            Ok(any.get_result::<bool>(conn).await?)
        })
    }

    /// Keeps a new account at the end of its business's list. `Conflict` when the e-mail is taken.
    pub async fn create_account(
        &self,
        business: BusinessId,
        account: NewAccount,
        now: Moment,
    ) -> Result<AccountId, StoreError> {
        let id = AccountId::mint(now);
        let mut row = NewRow::of(id, business, account, now);
        write!(self, |conn| {
            let of_business = accounts::table.filter(accounts::business_id.eq(row.business_id));
            let last: Option<i32> = of_business.select(diesel::dsl::max(accounts::position)).first(&mut *conn).await?;
            row.position = last.map_or(0, |last| last.saturating_add(1));
            diesel::insert_into(accounts::table).values(&row).execute(&mut *conn).await?;
            Ok(())
        })?;
        Ok(id)
    }

    /// An account that may sign in, with its password's PHC string, by e-mail.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<(Account, String)>, StoreError> {
        let email = email.to_lowercase();
        let found = read!(self, |conn| {
            let found = accounts::table
                .filter(accounts::email.eq(email))
                .filter(accounts::disabled_at.is_null())
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
        let row = read!(self, |conn| {
            let found = accounts::table
                .filter(accounts::business_id.eq(business))
                .filter(accounts::id.eq(account))
                .select(Row::as_select());
            Ok(found.first(conn).await?)
        })?;
        row.account()
    }

    /// The accounts of a business, in the order of its list.
    pub async fn accounts(&self, business: BusinessId) -> Result<Vec<Account>, StoreError> {
        let business = i64::from(business);
        let rows = read!(self, |conn| {
            let listed = accounts::table
                .filter(accounts::business_id.eq(business))
                .order((accounts::position.asc(), accounts::id.asc()))
                .select(Row::as_select());
            Ok(listed.load(conn).await?)
        })?;
        rows.into_iter().map(Row::account).collect()
    }

    /// Keeps another password, as a PHC string.
    pub async fn set_password(
        &self,
        business: BusinessId,
        account: AccountId,
        password: String,
    ) -> Result<(), StoreError> {
        change_account!(self, business, account, accounts::password.eq(password))
    }

    /// Keeps the language an account reads.
    pub async fn set_language(
        &self,
        business: BusinessId,
        account: AccountId,
        language: Language,
    ) -> Result<(), StoreError> {
        change_account!(self, business, account, accounts::language.eq(language.word()))
    }

    /// Keeps a status chosen by hand.
    pub async fn save_status(
        &self,
        business: BusinessId,
        account: AccountId,
        status: Status,
    ) -> Result<(), StoreError> {
        change_account!(self, business, account, accounts::status.eq(status.word()))
    }
}
