//! Decisions: why each visitor was given to whom.

use actors::ids::{BusinessId, DecisionId, PackageId};
use actors::moment::Moment;
use diesel::SelectableHelper as _;
use diesel::prelude::{ExpressionMethods as _, Insertable, QueryDsl as _, Queryable, Selectable};
use diesel_async::RunQueryDsl as _;
use serde_json::Value;

use crate::Store;
use crate::error::StoreError;
use crate::schema::decisions;

/// Most decisions in one answer.
const PAGE_MAX: u32 = 200;

/// Decisions forgotten at once: others want to write in between.
const FORGOTTEN_AT_ONCE: usize = 500;

/// A decision to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    pub business: BusinessId,
    pub package: PackageId,
    /// The chat or the call.
    pub subject: i64,
    pub hook: String,
    pub took_us: u32,
    /// Did a plugin fail on the way?
    pub has_failed: bool,
    pub record: Value,
    pub at: Moment,
}

/// A decision as it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDecision {
    pub id: DecisionId,
    pub package: PackageId,
    pub subject: i64,
    pub hook: String,
    pub took_us: u32,
    pub has_failed: bool,
    pub record: Value,
}

/// Which decisions to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// Only those about this chat or call.
    pub subject: Option<i64>,
    pub hook: Option<String>,
    /// Only those in which a plugin failed.
    pub has_failed: bool,
    pub before: Option<DecisionId>,
    pub limit: u32,
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions)]
struct Row {
    id: i64,
    business_id: i64,
    package_id: i64,
    subject_id: i64,
    hook: String,
    took_us: i32,
    has_failed: bool,
    record: Value,
}

impl Row {
    fn decision(self) -> KeptDecision {
        KeptDecision {
            id: DecisionId::from(self.id),
            package: PackageId::from(self.package_id),
            subject: self.subject_id,
            hook: self.hook,
            took_us: self.took_us.unsigned_abs(),
            has_failed: self.has_failed,
            record: self.record,
        }
    }
}

impl Store {
    /// Keeps decisions, all or none, and gives their ids.
    pub async fn keep_decisions(&self, new: Vec<NewDecision>) -> Result<Vec<DecisionId>, StoreError> {
        let row = |new: NewDecision| Row {
            id: DecisionId::mint(new.at).into(),
            business_id: new.business.into(),
            package_id: new.package.into(),
            subject_id: new.subject,
            hook: new.hook,
            took_us: i32::try_from(new.took_us).unwrap_or(i32::MAX),
            has_failed: new.has_failed,
            record: new.record,
        };
        let rows: Vec<Row> = new.into_iter().map(row).collect();
        let ids = rows.iter().map(|row| DecisionId::from(row.id)).collect();
        write!(self, |conn| {
            for row in &rows {
                diesel::insert_into(decisions::table).values(row).execute(&mut *conn).await?;
            }
            Ok(())
        })?;
        Ok(ids)
    }

    /// The decisions of a business, newest first.
    pub async fn decisions(
        &self,
        business: BusinessId,
        filter: DecisionFilter,
    ) -> Result<Vec<KeptDecision>, StoreError> {
        let (business, before) = (i64::from(business), filter.before.map_or(i64::MAX, i64::from));
        let limit = i64::from(filter.limit.min(PAGE_MAX));
        let rows: Vec<Row> = read!(self, |conn| {
            let mut found = decisions::table
                .filter(decisions::business_id.eq(business))
                .filter(decisions::id.lt(before))
                .order(decisions::id.desc())
                .limit(limit)
                .select(Row::as_select())
                .into_boxed();
            if let Some(subject) = filter.subject {
                found = found.filter(decisions::subject_id.eq(subject));
            }
            if let Some(hook) = filter.hook {
                found = found.filter(decisions::hook.eq(hook));
            }
            if filter.has_failed {
                found = found.filter(decisions::has_failed.eq(true));
            }
            Ok(found.load(conn).await?)
        })?;
        Ok(rows.into_iter().map(Row::decision).collect())
    }

    /// One decision.
    pub async fn decision(&self, business: BusinessId, decision: DecisionId) -> Result<KeptDecision, StoreError> {
        let (business, id) = (i64::from(business), i64::from(decision));
        let row: Row = read!(self, |conn| {
            let found = decisions::table.filter(decisions::business_id.eq(business)).filter(decisions::id.eq(id));
            Ok(found.select(Row::as_select()).first(conn).await?)
        })?;
        Ok(row.decision())
    }

    /// Forgets decisions made before this moment, of all businesses, and gives how many there were.
    pub async fn forget_decisions(&self, before: Moment) -> Result<usize, StoreError> {
        // Ids begin with the moment, so the oldest id of that moment is the edge.
        let edge = actors::ids::mint(before, 0);
        let most = i64::try_from(FORGOTTEN_AT_ONCE).unwrap_or(i64::MAX);
        let mut forgotten = 0;
        loop {
            let count = write!(self, |conn| {
                let old = decisions::table.filter(decisions::id.lt(edge)).order(decisions::id.asc()).limit(most);
                let old: Vec<i64> = old.select(decisions::id).load(&mut *conn).await?;
                Ok(diesel::delete(decisions::table.filter(decisions::id.eq_any(old))).execute(&mut *conn).await?)
            })?;
            forgotten += count;
            if count < FORGOTTEN_AT_ONCE {
                return Ok(forgotten);
            }
        }
    }
}
