//! The audit: who changed which setting, when, and from what to what.
//!
//! An entry is written in the transaction of its change: both or neither. No
//! secret, password or token may ever get here.

use std::sync::atomic::{AtomicI64, Ordering};

use actors::ids::{AccountId, AuditId, BusinessId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{
    ExpressionMethods as _, Insertable, NullableExpressionMethods as _, QueryDsl as _, Queryable, Selectable,
};
use diesel_async::RunQueryDsl as _;
use serde_json::{Map, Value};

use crate::Store;
use crate::accounts::full_name;
use crate::error::StoreError;
use crate::schema::{accounts, audit};

/// Most entries in one answer.
const PAGE_MAX: u32 = 200;

/// Who changes something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// None means the hub itself, or its command line.
    pub account: Option<AccountId>,
    pub at: Moment,
}

impl By {
    /// An account changes something.
    pub fn account(account: AccountId, at: Moment) -> Self {
        Self { account: Some(account), at }
    }

    /// The hub itself or its command line changes something.
    pub fn hub(at: Moment) -> Self {
        Self { account: None, at }
    }

    /// The account as a column.
    pub(crate) fn column(self) -> Option<i64> {
        self.account.map(i64::from)
    }
}

/// One change of a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    pub id: AuditId,
    pub at: Moment,
    /// Who did it; none means the hub itself, or its command line.
    pub account: Option<AccountId>,
    /// The account's name; empty without one.
    pub account_name: String,
    /// As `package.saved`.
    pub action: String,
    /// The id of what was changed.
    pub subject: String,
    pub subject_name: String,
    /// The changed parts as they were; none when it was not there.
    pub before: Option<Value>,
    /// The changed parts as they are; none when it is gone.
    pub after: Option<Value>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = audit)]
struct Row {
    id: i64,
    at: i64,
    account_id: Option<i64>,
    action: String,
    subject: String,
    subject_name: String,
    before: Option<Value>,
    after: Option<Value>,
}

impl Row {
    fn entry(self, name: Option<(String, String)>) -> AuditEntry {
        AuditEntry {
            id: AuditId::from(self.id),
            at: Moment::from_millis(self.at),
            account: self.account_id.map(AccountId::from),
            account_name: name.map(|(given, family)| full_name(&given, &family)).unwrap_or_default(),
            action: self.action,
            subject: self.subject,
            subject_name: self.subject_name,
            before: self.before,
            after: self.after,
        }
    }
}

/// An entry to be kept.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = audit, treat_none_as_default_value = false)]
pub(crate) struct NewRow {
    id: i64,
    business_id: i64,
    at: i64,
    account_id: Option<i64>,
    action: &'static str,
    subject: String,
    subject_name: String,
    before: Option<Value>,
    after: Option<Value>,
}

/// An id after every one given before: two changes of one millisecond keep their order.
fn after_all_others(minted: i64) -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);

    let next = |last: i64| minted.max(last.saturating_add(1));
    let before = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
    next(before.unwrap_or_default())
}

impl NewRow {
    /// An entry about something that has an id and a name.
    pub(crate) fn of(business: i64, by: By, action: &'static str, subject: (String, String)) -> Self {
        let (subject, subject_name) = subject;
        Self {
            id: after_all_others(AuditId::mint(by.at).into()),
            business_id: business,
            at: by.at.millis(),
            account_id: by.column(),
            action,
            subject,
            subject_name,
            before: None,
            after: None,
        }
    }

    /// The same entry, about something that came to be.
    pub(crate) fn made(self, after: Value) -> Self {
        Self { after: Some(after), ..self }
    }

    /// The same entry, about something that is gone.
    pub(crate) fn gone(self, before: Value) -> Self {
        Self { before: Some(before), ..self }
    }

    /// The same entry, with the parts that differ.
    pub(crate) fn changed(self, before: &Value, after: &Value) -> Self {
        let (before, after) = differences(before, after);
        Self { before: Some(before), after: Some(after), ..self }
    }
}

/// The parts of two values that differ.
fn differences(before: &Value, after: &Value) -> (Value, Value) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        return (before.clone(), after.clone());
    };
    let (mut left, mut right) = (Map::new(), Map::new());
    for (key, was) in old {
        match new.get(key) {
            Some(is) if is == was => {}
            Some(is) => {
                let (was, is) = differences(was, is);
                left.insert(key.clone(), was);
                right.insert(key.clone(), is);
            }
            None => {
                left.insert(key.clone(), was.clone());
            }
        }
    }
    for (key, is) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        right.insert(key.clone(), is.clone());
    }
    (Value::Object(left), Value::Object(right))
}

impl Store {
    /// The entries of a business before this one, newest first.
    pub async fn audit(
        &self,
        business: BusinessId,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let (business, before) = (i64::from(business), before.map_or(i64::MAX, i64::from));
        let rows = read!(self, |conn| {
            let rows: Vec<(Row, Option<(String, String)>)> = audit::table
                .left_join(accounts::table)
                .filter(audit::business_id.eq(business))
                .filter(audit::id.lt(before))
                .order(audit::id.desc())
                .limit(i64::from(limit.min(PAGE_MAX)))
                .select((Row::as_select(), (accounts::given_name, accounts::family_name).nullable()))
                .load(conn)
                .await?;
            Ok(rows)
        })?;
        Ok(rows.into_iter().map(|(row, name)| row.entry(name)).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let before = json!({"name": "Shop", "settings": {"company": "Bakery", "button": {"color": "blue"}, "old": 1}});
        let after = json!({"name": "Shop", "settings": {"company": "Bakery", "button": {"color": "green"}, "new": 2}});

        let (left, right) = differences(&before, &after);

        assert_eq!(left, json!({"settings": {"button": {"color": "blue"}, "old": 1}}));
        assert_eq!(right, json!({"settings": {"button": {"color": "green"}, "new": 2}}));
    }

    #[test]
    fn two_equal_values_differ_in_nothing() {
        let same = json!({"name": "Shop", "sites": ["https://bakery.example"]});

        assert_eq!(differences(&same, &same.clone()), (json!({}), json!({})));
    }
}
