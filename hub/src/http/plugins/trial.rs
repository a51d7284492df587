//! Trying a version: on one question, and on decisions that were made. Nothing is recorded or carried out.

use actix_web::web::{Data, Json, Path};
use actors::ids::{DecisionId, PluginId};
use actors::moment::Moment;
use hub_store::{DecisionFilter, KeptDecision, Plugin, PluginKind, PluginVersion};
use plugins::ask::{Answer, Question};
use plugins::chain::Inherits as _;
use plugins::hooks::Given;
use plugins::trace::{Record, Voice};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::decisions::{made_at, record};
use super::naming::{self, Names};
use super::telling::{Cast, DifferenceView, StepView, visitor};
use super::{PluginProblem, find, version};
use crate::http::State;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::owner::Owner;
use crate::http::signed_in::SignedIn;

/// Most decisions that are asked again at once.
const MOST_AGAIN: u32 = 200;
/// Decisions read at once.
const PAGE: u32 = 200;
/// Pages looked through for those of the plugin's packages.
const MOST_PAGES: usize = 5;
/// The largest question, as JSON: as large as a record may be, with what stands beside it.
const QUESTION_BYTES: usize = plugins::trace::RECORD_BYTES + 1_024;
/// Longest part of a reader's complaint that is shown, in characters.
const WHY_CHARS: usize = 200;

/// Which version is tried on how many decisions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplayBody {
    #[schema(minimum = 1)]
    version: i32,
    /// How many of the newest decisions.
    #[schema(minimum = 1, maximum = 200)]
    last: u32,
}

/// Which version is asked what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlayBody {
    #[schema(minimum = 1)]
    version: i32,
    /// As in a decision; `hook` names which.
    #[schema(value_type = Object)]
    question: Value,
}

/// How a version would have decided.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct ReplayView {
    asked: usize,
    same: usize,
    different: Vec<Differing>,
    failed: Vec<Failed>,
}

/// A decision that would have been another one.
#[derive(Serialize, ToSchema)]
struct Differing {
    decision: DecisionId,
    #[schema(value_type = i64)]
    at: Moment,
    /// The visitor's name, or empty.
    visitor: String,
    differences: Vec<DifferenceView>,
}

/// A decision the version gave no answer to.
#[derive(Serialize, ToSchema)]
struct Failed {
    decision: DecisionId,
    why: String,
}

/// `POST /v1/plugins/{plugin}/replay`
#[utoipa::path(post, path = "/v1/plugins/{plugin}/replay", tag = "plugins",
    params(("plugin" = PluginId, Path)), request_body = ReplayBody,
    responses((status = 200, description = "What that version, with the settings of now, would have done in the newest \
        decisions of its packages", body = ReplayView)))]
pub(crate) async fn replay(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<ReplayBody>,
) -> Result<Json<ReplayView>, ApiError> {
    if !(1..=MOST_AGAIN).contains(&body.last) {
        return Err(ApiError::invalid("/last", "must be between 1 and 200"));
    }
    let plugin = find(&state, owner, &path).await?;
    let version = version(&state, owner, &plugin, body.version).await?;
    let _place = state.plugin_limits.replay()?;
    let _ready = ready(&state, &plugin, &version).await?;
    let mut seen = ReplayView::default();
    for kept in newest(&state, owner, &plugin, body.last).await? {
        let Some(record) = record(&kept) else { continue };
        let question = record.question.clone();
        let step = state.rules.ask_version(owner.business, (&plugin, &version), question, &Given::default()).await?;
        seen.asked += 1;
        match (step.answer, step.failure) {
            (Some(answer), _) => {
                let differences = differences(&plugin, &record, &answer);
                if differences.is_empty() {
                    seen.same += 1;
                } else {
                    seen.different.push(Differing {
                        decision: kept.id,
                        at: made_at(kept.id),
                        visitor: visitor(&record.question),
                        differences,
                    });
                }
            }
            (None, failure) => {
                let why = failure.map(|failure| failure.to_string()).unwrap_or_default();
                seen.failed.push(Failed { decision: kept.id, why });
            }
        }
    }
    Ok(Json(seen))
}

/// `POST /v1/plugins/{plugin}/play`
#[utoipa::path(post, path = "/v1/plugins/{plugin}/play", tag = "plugins",
    params(("plugin" = PluginId, Path)), request_body = PlayBody,
    responses((status = 200, description = "What that version answers, checked, with the settings of now",
            body = StepView),
        (status = 422, description = "invalid_question, `detail` says why")))]
pub(crate) async fn play(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<PlayBody, QUESTION_BYTES>,
) -> Result<Json<StepView>, ApiError> {
    let plugin = find(&state, owner, &path).await?;
    let version = version(&state, owner, &plugin, body.version).await?;
    let question: Question = serde_json::from_value(body.question)
        .map_err(|error| PluginProblem::Question { why: error.to_string().chars().take(WHY_CHARS).collect() })?;
    let fields = naming::about(&version).map(|about| about.fields).unwrap_or_default();
    let given = Given { fields, ..Given::default() };
    let step = state.rules.ask_version(owner.business, (&plugin, &version), question.clone(), &given).await?;
    let names = Names::load(&state, owner).await?;
    Ok(Json(StepView::of(step, None, &Cast::of(&question), &names)))
}

/// Holds the code of a version, so that it is not loaded anew for each question.
async fn ready(
    state: &State,
    plugin: &Plugin,
    version: &PluginVersion,
) -> Result<Option<std::sync::Arc<plugins::loaded::Loaded>>, ApiError> {
    match plugin.kind {
        PluginKind::Wasm => {
            let bytes = state.store.plugin_file(version.digest).await?;
            Ok(Some(state.rules.inspect(bytes).await?))
        }
        PluginKind::Table => Ok(None),
    }
}

/// The newest decisions about the packages of a plugin.
async fn newest(state: &State, owner: SignedIn, plugin: &Plugin, last: u32) -> Result<Vec<KeptDecision>, ApiError> {
    let last = usize::try_from(last).unwrap_or(usize::MAX);
    let (mut found, mut before) = (Vec::new(), None);
    for _page in 0..MOST_PAGES {
        let filter = DecisionFilter { before, limit: PAGE, ..DecisionFilter::default() };
        let page = state.store.decisions(owner.business, filter).await?;
        before = page.last().map(|decision| decision.id);
        let is_last = page.len() < PAGE as usize;
        let is_its = |kept: &KeptDecision| plugin.packages.as_ref().is_none_or(|its| its.contains(&kept.package));
        found.extend(page.into_iter().filter(is_its));
        if found.len() >= last || is_last {
            break;
        }
    }
    found.truncate(last);
    Ok(found)
}

/// What would have been different. Leaving it to the next is what was done when somebody else decided.
fn differences(plugin: &Plugin, record: &Record, answer: &Answer) -> Vec<DifferenceView> {
    let decided = matches!(&record.decided_by, Voice::Plugin { id, .. } if *id == plugin.id.to_string());
    match answer {
        Answer::Route(outcome) if outcome.inherits() && !decided => Vec::new(),
        answer => Cast::of(&record.question).differences(&record.answer, answer),
    }
}
