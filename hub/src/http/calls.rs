//! Calls at the desk: the list of those that were, and of those nobody answered.

use std::collections::{BTreeSet, HashMap};

use actix_web::web::{Data, Json, Query};
use actors::ids::{AccountId, BusinessId, CallId, ChatId, VisitorId};
use actors::moment::Moment;
use actors::ports::{RingOutcome, RingRecord};
use actors::protocol::{CallReason, Face};
use actors::text::PlainText;
use hub_store::{Call, CallFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::error::ApiError;
use super::orders::{Names, cut};
use super::signed_in::SignedIn;

/// Calls of one page.
const PAGE: u32 = 50;

/// Which calls are asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CallsQuery {
    /// Only those that are over and that nobody answered.
    missed: Option<bool>,
    /// Only calls asked for before this one: `next` of the page before.
    before: Option<CallId>,
}

/// A page of calls, the last asked for first.
#[derive(Serialize, ToSchema)]
pub(super) struct CallPage {
    calls: Vec<CallView>,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<CallId>,
}

/// A call of a visitor.
#[derive(Serialize, ToSchema)]
struct CallView {
    id: CallId,
    /// Name of the package.
    package: String,
    visitor: VisitorId,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    visitor_name: Option<PlainText>,
    /// The chat it was asked for in, or that went on beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    chat: Option<ChatId>,
    /// Who answered, the last one after a transfer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    consultant: Option<Face>,
    #[schema(value_type = i64)]
    asked_at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    answered_at: Option<Moment>,
    /// When both heard each other for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    talking_since: Option<Moment>,
    /// Absent while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    ended_at: Option<Moment>,
    /// Why it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    reason: Option<CallReason>,
    /// It is over and nobody answered.
    is_missed: bool,
    /// How long both heard each other.
    seconds: u32,
    rings: Vec<RingView>,
    /// What the visitor heard: ten times the mean opinion score, from 10 (bad) to 45 (excellent).
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor_mos10: Option<u8>,
    /// What the consultant heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    consultant_mos10: Option<u8>,
    /// How the visitor found it, 1–5 stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<u8>,
}

/// One consultant who was rung.
#[derive(Serialize, ToSchema)]
struct RingView {
    account: AccountId,
    /// First name.
    name: String,
    #[schema(value_type = i64)]
    at: Moment,
    /// `answered`, `declined`, `missed` or `stopped`.
    #[schema(value_type = String)]
    outcome: RingOutcome,
}

/// The consultants of a page of calls, the deleted ones too.
struct Faces(HashMap<AccountId, Face>);

impl Faces {
    async fn load(state: &State, business: BusinessId, calls: &[Call]) -> Result<Self, ApiError> {
        let rung = calls.iter().flat_map(|call| call.rings.iter().map(|ring| ring.account));
        let of: BTreeSet<_> = rung.chain(calls.iter().filter_map(|call| call.consultant)).collect();
        let faces = if of.is_empty() { Vec::new() } else { state.store.account_faces(business, &of).await? };
        Ok(Self(faces.into_iter().map(|face| (face.id, face)).collect()))
    }

    fn of(&self, account: AccountId) -> Option<Face> {
        self.0.get(&account).cloned()
    }

    fn ring(&self, RingRecord { account, at, outcome }: RingRecord) -> RingView {
        let name = self.of(account).map(|face| face.name).unwrap_or_default();
        RingView { account, name, at, outcome }
    }
}

impl CallView {
    fn of(call: Call, names: &Names, faces: &Faces) -> Self {
        Self {
            id: call.id,
            package: names.package(call.package),
            visitor: call.visitor,
            visitor_name: call.visit.name(),
            chat: call.chat,
            consultant: call.consultant.and_then(|account| faces.of(account)),
            asked_at: call.asked_at,
            answered_at: call.answered_at,
            talking_since: call.talking_since,
            ended_at: call.ended_at,
            reason: call.reason,
            is_missed: call.is_missed(),
            seconds: call.seconds(),
            rings: call.rings.iter().map(|ring| faces.ring(*ring)).collect(),
            visitor_mos10: call.visitor_mos10,
            consultant_mos10: call.consultant_mos10,
            rating: call.rating,
        }
    }
}

/// `GET /v1/calls`
#[utoipa::path(get, path = "/v1/calls", tag = "calls", params(CallsQuery),
    responses((status = 200, description = "The last asked for first, 50 on a page", body = CallPage)))]
pub(super) async fn list(
    state: Data<State>,
    signed_in: SignedIn,
    query: Query<CallsQuery>,
) -> Result<Json<CallPage>, ApiError> {
    // One more than shown tells whether there are more.
    let filter = CallFilter { is_missed: query.missed == Some(true), before: query.before, limit: PAGE + 1 };
    let (calls, has_more) = cut(state.store.calls(signed_in.business, filter).await?, PAGE);
    let next = calls.last().map(|call| call.id).filter(|_| has_more);
    let names = Names::load(&state, signed_in.business).await?;
    let faces = Faces::load(&state, signed_in.business, &calls).await?;
    let calls = calls.into_iter().map(|call| CallView::of(call, &names, &faces)).collect();
    Ok(Json(CallPage { calls, next }))
}
