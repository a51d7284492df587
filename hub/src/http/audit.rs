//! The audit: who changed which setting, when, and from what to what.

use actix_web::web::{Data, Json, Query};
use actors::ids::{AccountId, AuditId};
use actors::moment::Moment;
use hub_store::AuditEntry;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::State;
use super::error::ApiError;
use super::owner::Owner;

/// What a page holds unless the browser asks for another number.
const USUAL_PAGE: u32 = 50;
/// More is more than anybody reads at once.
const BIGGEST_PAGE: u32 = 100;

/// Which page is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuditQuery {
    before: Option<AuditId>,
    limit: Option<u32>,
}

/// A page of the audit, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditPage {
    entries: Vec<Entry>,
    /// Are there older ones?
    more: bool,
}

#[derive(Serialize, ToSchema)]
struct Entry {
    id: AuditId,
    /// Milliseconds since 1970.
    #[schema(value_type = i64)]
    at: Moment,
    /// Nobody: the hub itself or its command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<AccountId>,
    account_name: String,
    /// Like `package.saved`.
    action: String,
    subject: String,
    subject_name: String,
    /// The parts that changed, as they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    /// The parts that changed, as they are now.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
}

/// Lists the changes of settings.
#[utoipa::path(
    get, path = "/v1/audit", tag = "audit",
    params(
        ("before" = Option<AuditId>, Query, description = "only entries older than this one"),
        ("limit" = Option<u32>, Query, description = "1 to 100, 50 unless said otherwise", minimum = 1, maximum = 100),
    ),
    responses(
        (status = 200, description = "newest first", body = AuditPage),
        (status = 400, description = "a parameter is wrong"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
    ),
)]
pub(super) async fn list(
    state: Data<State>,
    Owner(owner): Owner,
    query: Query<AuditQuery>,
) -> Result<Json<AuditPage>, ApiError> {
    let limit @ 1..=BIGGEST_PAGE = query.limit.unwrap_or(USUAL_PAGE) else {
        return Err(ApiError::invalid("/limit", format!("must be between 1 and {BIGGEST_PAGE}")));
    };
    // One more than asked for tells whether there are older ones.
    let mut found = state.store.audit(owner.business, query.before, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > shown;
    found.truncate(shown);
    Ok(Json(AuditPage { entries: found.into_iter().map(Entry::from).collect(), more }))
}

impl From<AuditEntry> for Entry {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { id, at, account, account_name, action, subject, subject_name, before, after } = entry;
        Self { id, at, account, account_name, action, subject, subject_name, before, after }
    }
}
