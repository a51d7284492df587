//! How accounts change and go, and in which order they stand.
//!
//! A business never loses its last owner, also not when two of them let each
//! other go at the same moment: such changes come one after another.

use actors::ids::{AccountId, BusinessId};
use diesel::SelectableHelper as _;
use diesel::prelude::{AsChangeset, ExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;
use serde_json::{Value, json};

use super::{Account, Language, Role, Row, live};
use crate::Store;
use crate::audit::{self, By};
use crate::error::StoreError;
use crate::schema::{account_links, accounts, audit as audit_table, businesses, recovery_codes, sign_ins};
use crate::words::Word as _;

/// What an account shall become; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// Kept in lower case.
    pub email: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub role: Option<Role>,
    pub takes_calls: Option<bool>,
    pub sends_transcripts: Option<bool>,
    /// `Some(None)` takes the photo away.
    pub photo: Option<Option<String>>,
    pub language: Option<Language>,
    /// `Some(None)` lifts the limit.
    pub most_chats: Option<Option<u32>>,
    pub languages: Option<Vec<String>>,
    pub skills: Option<Vec<String>>,
    /// A PHC string, never the password itself. An invited account has joined with it.
    pub password: Option<String>,
}

#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = accounts)]
struct Changed {
    email: String,
    given_name: Option<String>,
    family_name: Option<String>,
    role: Option<&'static str>,
    takes_calls: Option<bool>,
    sends_transcripts: Option<bool>,
    language: Option<&'static str>,
    languages: Option<Value>,
    skills: Option<Value>,
    password: Option<String>,
    joined_at: Option<i64>,
}

impl AccountChange {
    fn columns(self, before: &Account, by: By) -> Changed {
        let joins = self.password.is_some() && !before.has_joined;
        Changed {
            email: self.email.map_or_else(|| before.email.clone(), |email| email.to_lowercase()),
            given_name: self.given_name,
            family_name: self.family_name,
            role: self.role.map(Role::word),
            takes_calls: self.takes_calls,
            sends_transcripts: self.sends_transcripts,
            language: self.language.map(Language::word),
            languages: self.languages.map(Value::from),
            skills: self.skills.map(Value::from),
            password: self.password,
            joined_at: joins.then(|| by.at.millis()),
        }
    }
}

/// What the audit says about an account.
fn told(account: &Account) -> Value {
    json!({
        "email": account.email,
        "given_name": account.given_name,
        "family_name": account.family_name,
        "role": account.role,
        "takes_calls": account.takes_calls,
        "sends_transcripts": account.sends_transcripts,
        "photo": account.photo,
        "language": account.language,
        "most_chats": account.most_chats,
        "languages": account.languages,
        "skills": account.skills,
    })
}

/// The entry about a change, with a mark for the password, which nobody may read.
fn changed(before: &Account, after: &Account, has_new_password: bool, by: By) -> audit::NewRow {
    let mut is = told(after);
    if let Some(fields) = is.as_object_mut().filter(|_| has_new_password) {
        fields.insert("has_new_password".to_owned(), Value::Bool(true));
    }
    after.entry(by, "account.changed").changed(&told(before), &is)
}

impl Account {
    /// An entry of the audit about this account.
    pub(crate) fn entry(&self, by: By, action: &'static str) -> audit::NewRow {
        audit::NewRow::of(self.business.into(), by, action, (self.id.to_string(), self.name()))
    }

    fn is_owner_who_joined(&self) -> bool {
        self.role == Role::Owner && self.has_joined
    }
}

/// Lets nobody else change the accounts of a business until this transaction ends.
macro_rules! hold_accounts {
    ($conn:expr, $business:expr) => {
        // Writing the row locks it; both engines know no other word for that.
        if diesel::update(businesses::table)
            .filter(businesses::id.eq($business))
            .set(businesses::name.eq(businesses::name))
            .execute(&mut *$conn)
            .await?
            == 0
        {
            return Err(StoreError::NotFound);
        }
    };
}

/// Refuses when a business has no owner beside this account.
macro_rules! keep_an_owner {
    ($conn:expr, $account:expr) => {
        let others: i64 = accounts::table
            .filter(accounts::business_id.eq(i64::from($account.business)))
            .filter(accounts::id.ne(i64::from($account.id)))
            .filter(accounts::role.eq(Role::Owner.word()))
            .filter(accounts::disabled_at.is_null())
            .filter(accounts::joined_at.is_not_null())
            .count()
            .get_result(&mut *$conn)
            .await?;
        if others == 0 {
            return Err(StoreError::LastOwner);
        }
    };
}

impl Store {
    /// Changes an account. `Conflict` when the e-mail is taken, `LastOwner` when no owner would be left.
    ///
    /// Another password or role ends its sign-ins, another password also its link.
    pub async fn change_account(
        &self,
        business: BusinessId,
        account: AccountId,
        change: AccountChange,
        by: By,
    ) -> Result<Account, StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        write!(self, |conn| {
            hold_accounts!(conn, business);
            let before = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            if before.is_owner_who_joined() && change.role == Some(Role::Consultant) {
                keep_an_owner!(conn, before);
            }
            let has_new_password = change.password.is_some();
            let photo = change.photo.clone().unwrap_or_else(|| before.photo.clone());
            let most_chats = change.most_chats.unwrap_or(before.most_chats);
            let most_chats = most_chats.map(|most| i32::try_from(most).unwrap_or(i32::MAX));
            let columns = change.columns(&before, by);
            diesel::update(live(business, id))
                .set((&columns, accounts::photo.eq(photo), accounts::most_chats.eq(most_chats)))
                .execute(&mut *conn)
                .await?;
            let after = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            // Whoever knew the former password, or was let in by the former role, begins anew.
            if has_new_password || before.role != after.role {
                diesel::delete(sign_ins::table.filter(sign_ins::account_id.eq(id))).execute(&mut *conn).await?;
            }
            if has_new_password {
                diesel::delete(account_links::table.filter(account_links::account_id.eq(id)))
                    .execute(&mut *conn)
                    .await?;
            }
            let entry = changed(&before, &after, has_new_password, by);
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(after)
        })
    }

    /// Deletes an account: it is signed out, its e-mail is free again, and old chats keep its name and photo.
    pub async fn delete_account(&self, business: BusinessId, account: AccountId, by: By) -> Result<(), StoreError> {
        let (business, id) = (i64::from(business), i64::from(account));
        let nowhere = format!("{account}@deleted.invalid");
        write!(self, |conn| {
            hold_accounts!(conn, business);
            let before = live(business, id).select(Row::as_select()).first(&mut *conn).await?.account()?;
            if before.is_owner_who_joined() {
                keep_an_owner!(conn, before);
            }
            let entry = before.entry(by, "account.deleted").gone(told(&before));
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            diesel::delete(account_links::table.filter(account_links::account_id.eq(id))).execute(&mut *conn).await?;
            diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id))).execute(&mut *conn).await?;
            diesel::delete(sign_ins::table.filter(sign_ins::account_id.eq(id))).execute(&mut *conn).await?;
            diesel::update(live(business, id))
                .set((
                    accounts::email.eq(nowhere),
                    accounts::password.eq(""),
                    accounts::totp_secret.eq(None::<Vec<u8>>),
                    accounts::totp_step.eq(None::<i64>),
                    accounts::disabled_at.eq(by.at.millis()),
                ))
                .execute(&mut *conn)
                .await?;
            Ok(())
        })
    }

    /// Puts the accounts of a business in another order. `Stale` unless it names each of them once.
    pub async fn order_accounts(&self, business: BusinessId, order: Vec<AccountId>, by: By) -> Result<(), StoreError> {
        let (subject, business) = ((business.to_string(), String::new()), i64::from(business));
        let order: Vec<i64> = order.into_iter().map(i64::from).collect();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        write!(self, |conn| {
            hold_accounts!(conn, business);
            let rows: Vec<Row> = accounts::table
                .filter(accounts::business_id.eq(business))
                .filter(accounts::disabled_at.is_null())
                .order((accounts::position.asc(), accounts::id.asc()))
                .select(Row::as_select())
                .load(&mut *conn)
                .await?;
            let mut known: Vec<i64> = rows.iter().map(|row| row.id).collect();
            known.sort_unstable();
            if known != sorted {
                return Err(StoreError::Stale);
            }
            let before = names(rows.iter());
            let after = names(order.iter().filter_map(|id| rows.iter().find(|row| row.id == *id)));
            for (position, id) in (0_i32..).zip(order) {
                let moved = diesel::update(live(business, id)).set(accounts::position.eq(position));
                moved.execute(&mut *conn).await?;
            }
            let entry = audit::NewRow::of(business, by, "accounts.ordered", subject).changed(&before, &after);
            diesel::insert_into(audit_table::table).values(&entry).execute(&mut *conn).await?;
            Ok(())
        })
    }
}

/// The order of accounts as the audit tells it.
fn names<'a>(rows: impl Iterator<Item = &'a Row>) -> Value {
    let names: Vec<String> = rows.map(|row| super::full_name(&row.given_name, &row.family_name)).collect();
    json!({ "accounts": names })
}
