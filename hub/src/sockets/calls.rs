//! What frames ask of calls: checked here, so that actors see only what can be meant.

use std::ops::RangeInclusive;

use actix_web_actors::ws::WebsocketContext;
use actors::ids::CallId;
use actors::ports::Later;
use actors::protocol::{CallRequest, Code, Refusal, SDP_BYTES, SDP_CANDIDATES};

use super::connection::Connection;
use super::limits::Toll;
use super::party::Party;
use super::requests::{About, refusal};

const STARS: RangeInclusive<u8> = 1..=5;
/// How a description names a candidate; each stands on a line of its own.
const CANDIDATE: &str = "a=candidate:";

/// What a request costs: measurements and good-byes come by themselves, the rest makes somebody work.
pub(super) fn toll(request: &CallRequest) -> Toll {
    match request {
        CallRequest::Stats(_) | CallRequest::Leaving => Toll::Light,
        CallRequest::Ready
        | CallRequest::NoMicrophone
        | CallRequest::Answer { .. }
        | CallRequest::Refresh { .. }
        | CallRequest::Mute { .. }
        | CallRequest::Hangup => Toll::Message,
    }
}

/// Refuses a description that is longer, or names more candidates, than any browser's.
fn check(call: CallId, request: &CallRequest) -> Result<(), Refusal> {
    let CallRequest::Answer { sdp, .. } = request else { return Ok(()) };
    if sdp.len() > SDP_BYTES {
        return Err(wrong(call, Code::TooLong, "sdp"));
    }
    if sdp.lines().filter(|line| line.starts_with(CANDIDATE)).count() > SDP_CANDIDATES {
        return Err(wrong(call, Code::Invalid, "sdp"));
    }
    Ok(())
}

fn check_stars(call: CallId, stars: u8) -> Result<(), Refusal> {
    if STARS.contains(&stars) { Ok(()) } else { Err(wrong(call, Code::Invalid, "stars")) }
}

fn wrong(call: CallId, code: Code, field: &str) -> Refusal {
    Refusal { call: Some(call), field: Some(field.to_owned()), ..refusal(code) }
}

type Wire<P> = WebsocketContext<Connection<P>>;

impl<P: Party> Connection<P> {
    /// Does something in a call.
    pub(super) fn in_call(
        &mut self,
        call: CallId,
        request: CallRequest,
        ctx: &mut Wire<P>,
        ask: impl FnOnce(&P::Line, CallRequest) -> Later<Result<(), Refusal>>,
    ) {
        match check(call, &request) {
            Ok(()) => self.request(About::Call(call), ctx, |line| ask(line, request)),
            Err(refused) => self.refuse(refused, ctx),
        }
    }

    /// Says how a call was.
    pub(super) fn rate(
        &mut self,
        call: CallId,
        stars: u8,
        ctx: &mut Wire<P>,
        ask: impl FnOnce(&P::Line) -> Later<Result<(), Refusal>>,
    ) {
        match check_stars(call, stars) {
            Ok(()) => self.request(About::Call(call), ctx, ask),
            Err(refused) => self.refuse(refused, ctx),
        }
    }
}

#[cfg(test)]
mod tests {
    use actors::protocol::CallStats;

    use super::*;

    fn call() -> CallId {
        CallId::from(1)
    }

    fn refused(sdp: String) -> Option<(Code, Option<String>, Option<CallId>)> {
        let refused = check(call(), &CallRequest::Answer { g: 1, sdp }).err()?;
        Some((refused.code, refused.field, refused.call))
    }

    #[test]
    fn a_description_longer_than_any_browsers_is_refused() {
        assert_eq!(refused("x".repeat(SDP_BYTES)), None);
        assert_eq!(refused("x".repeat(SDP_BYTES + 1)), Some((Code::TooLong, Some("sdp".into()), Some(call()))));
    }

    #[test]
    fn a_description_with_more_candidates_than_any_browsers_is_refused() {
        let line = "a=candidate:1 1 udp 1 192.0.2.7 9 typ host\r\n";

        assert_eq!(refused(line.repeat(SDP_CANDIDATES)), None);
        let refusal = refused(line.repeat(SDP_CANDIDATES + 1));
        assert_eq!(refusal, Some((Code::Invalid, Some("sdp".into()), Some(call()))));
    }

    #[test]
    fn a_call_has_one_to_five_stars() {
        assert_eq!((0..=6).filter(|stars| check_stars(call(), *stars).is_ok()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(check_stars(call(), 0).unwrap_err().field.as_deref(), Some("stars"));
    }

    #[test]
    fn what_browsers_send_by_themselves_is_light() {
        assert_eq!(toll(&CallRequest::Stats(CallStats::default())), Toll::Light);
        assert_eq!(toll(&CallRequest::Leaving), Toll::Light);
        assert_eq!(toll(&CallRequest::Mute { on: true }), Toll::Message);
    }
}
