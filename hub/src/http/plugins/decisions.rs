//! The decision log: who was given to whom, and why.

use actix_web::web::{Data, Json, Path, Query};
use actors::ids::{ChatId, DecisionId, PackageId};
use actors::moment::Moment;
use hub_store::{DecisionFilter, KeptDecision, StoreError};
use plugins::ask::{Answer, Question};
use plugins::trace::Record;
use serde::{Deserialize, Serialize};
use tracing::warn;
use utoipa::ToSchema;

use super::PluginProblem;
use super::naming::Names;
use super::telling::{self, Cast, StepView};
use crate::http::State;
use crate::http::error::ApiError;
use crate::http::orders::cut;
use crate::http::owner::Owner;

/// Decisions of one page.
const PAGE: u32 = 50;

/// Which decisions are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DecisionsQuery {
    /// Only those about this chat or call.
    subject: Option<ChatId>,
    /// Only those in which a plugin failed.
    failed: Option<bool>,
    /// Only decisions made before this one: `next` of the page before.
    before: Option<DecisionId>,
}

/// A page of decisions, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionList {
    decisions: Vec<DecisionRow>,
    /// Where the next page begins; `null` on the last one.
    next: Option<DecisionId>,
}

/// One decision.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionRow {
    id: DecisionId,
    #[schema(value_type = i64)]
    at: Moment,
    package: PackageId,
    /// The chat or call it is about.
    subject: ChatId,
    /// `chat` or `call`.
    medium: &'static str,
    /// The visitor's name, or empty.
    visitor: String,
    /// What was done, consultants by name.
    sentence: String,
    /// Name of the plugin or rule table; empty for the hub's own rule.
    decided_by: String,
    /// Did a plugin fail on the way?
    has_failed: bool,
    /// Microseconds from the question to the answer.
    took_us: u32,
}

/// One decision with all it depended on.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionView {
    #[serde(flatten)]
    row: DecisionRow,
    /// As the playground takes it.
    #[schema(value_type = Object)]
    question: Question,
    /// `arrived`, `unanswered`, `waiting`, `transferred` or `abandoned`.
    stage: &'static str,
    /// What was done.
    #[schema(value_type = Object)]
    answer: Answer,
    /// What each of them said, in the order asked.
    steps: Vec<StepView>,
}

/// `GET /v1/decisions`
#[utoipa::path(get, path = "/v1/decisions", tag = "plugins", params(DecisionsQuery),
    responses((status = 200, description = "Of the last 30 days, the last made first, 50 on a page",
        body = DecisionList)))]
pub(crate) async fn list(
    state: Data<State>,
    Owner(owner): Owner,
    query: Query<DecisionsQuery>,
) -> Result<Json<DecisionList>, ApiError> {
    // One more than shown tells whether there are more.
    let filter = DecisionFilter {
        subject: query.subject.map(i64::from),
        hook: None,
        has_failed: query.failed == Some(true),
        before: query.before,
        limit: PAGE + 1,
    };
    let (kept, has_more) = cut(state.store.decisions(owner.business, filter).await?, PAGE);
    let next = kept.last().map(|decision| decision.id).filter(|_| has_more);
    let names = Names::load(&state, owner).await?;
    let row = |kept: &KeptDecision| Some(row(kept, &record(kept)?, &names));
    Ok(Json(DecisionList { decisions: kept.iter().filter_map(row).collect(), next }))
}

/// `GET /v1/decisions/{decision}`
#[utoipa::path(get, path = "/v1/decisions/{decision}", tag = "plugins",
    params(("decision" = DecisionId, Path)),
    responses((status = 200, description = "The decision with all it depended on", body = DecisionView)))]
pub(crate) async fn read(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<Json<DecisionView>, ApiError> {
    let id: DecisionId = path.parse().map_err(|_cause| PluginProblem::UnknownDecision)?;
    let kept = state.store.decision(owner.business, id).await.map_err(|error| match error {
        StoreError::NotFound => PluginProblem::UnknownDecision.into(),
        error => ApiError::from(error),
    })?;
    let record = record(&kept).ok_or(PluginProblem::UnknownDecision)?;
    let names = Names::load(&state, owner).await?;
    let cast = Cast::of(&record.question);
    let row = row(&kept, &record, &names);
    let Record { question, steps, answer, .. } = record;
    let steps = steps.into_iter().map(|step| StepView::of(step, Some(&answer), &cast, &names)).collect();
    Ok(Json(DecisionView { row, stage: telling::stage(&question), question, answer, steps }))
}

/// What was recorded; nothing when another hub wrote it in another form.
pub(super) fn record(kept: &KeptDecision) -> Option<Record> {
    match serde_json::from_value(kept.record.clone()) {
        Ok(record) => Some(record),
        Err(error) => {
            warn!(decision = %kept.id, %error, "a decision cannot be read");
            None
        }
    }
}

/// When a decision was made: its id begins with the moment.
pub(super) fn made_at(id: DecisionId) -> Moment {
    id.made_at()
}

fn row(kept: &KeptDecision, record: &Record, names: &Names) -> DecisionRow {
    DecisionRow {
        id: kept.id,
        at: made_at(kept.id),
        package: kept.package,
        subject: ChatId::from(kept.subject),
        medium: telling::medium(&record.question),
        visitor: telling::visitor(&record.question),
        sentence: Cast::of(&record.question).sentence(&record.answer).unwrap_or_default(),
        decided_by: telling::who(&record.decided_by, names),
        has_failed: kept.has_failed,
        took_us: kept.took_us,
    }
}
