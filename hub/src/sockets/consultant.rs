//! A consultant's desk: its frames and the consultant's line to the actors.

use actix_web_actors::ws::WebsocketContext;
use actors::hub::DeskLine;
use actors::protocol::{CloseCode, ConsultantHello, FromConsultant, ToConsultant};
use metrics::Gauge;

use super::calls;
use super::connection::Connection;
use super::frames::encode;
use super::limits::Toll;
use super::meters::{Meters, limit_hit};
use super::party::{Greeted, Greeting, Lobby, Party, check_version};
use super::requests::{About, Draft};
use super::seats::Holder;
use super::upgrade::Arrival;

/// The desk of a consultant.
pub(super) struct Desk;

impl Party for Desk {
    type Frame = FromConsultant;
    type Line = DeskLine;

    fn greet(frame: FromConsultant, arrival: Box<Arrival>, lobby: Lobby) -> Result<Greeting<Self>, CloseCode> {
        let FromConsultant::Hello(hello) = frame else { return Err(CloseCode::Protocol) };
        check_version(hello.v)?;
        // The cookie says who the browser is, the ticket that its page was the hub's own: both must agree.
        let who = lobby.edge.desk.take_ticket(&hello.ticket);
        if who.is_none() || who != arrival.desk {
            limit_hit("ticket");
            return Err(CloseCode::SignedOut);
        }
        Ok(Box::pin(greet(hello, arrival, lobby)))
    }

    fn toll(frame: &FromConsultant) -> Option<Toll> {
        match frame {
            FromConsultant::Hello(_) => None,
            FromConsultant::Claim { .. }
            | FromConsultant::Decline { .. }
            | FromConsultant::Say { .. }
            | FromConsultant::Close { .. }
            | FromConsultant::Status { .. }
            | FromConsultant::AskCall { .. }
            | FromConsultant::CallAccept { .. }
            | FromConsultant::CallDecline { .. }
            | FromConsultant::CallTransfer { .. }
            | FromConsultant::Lists => Some(Toll::Message),
            FromConsultant::Call { request, .. } => Some(calls::toll(request)),
            FromConsultant::Typing { .. } | FromConsultant::Seen { .. } | FromConsultant::Pong => Some(Toll::Light),
        }
    }

    fn cid(frame: &FromConsultant) -> Option<&str> {
        match frame {
            FromConsultant::Say { cid, .. } => Some(cid),
            _ => None,
        }
    }

    fn hear(frame: FromConsultant, at: &mut Connection<Self>, ctx: &mut WebsocketContext<Connection<Self>>) {
        match frame {
            FromConsultant::Claim { chat } => at.request(About::Chat(chat), ctx, |line| line.claim(chat)),
            FromConsultant::Decline { chat } => at.request(About::Chat(chat), ctx, |line| line.decline(chat)),
            FromConsultant::Say { chat, cid, body } => {
                at.message(Draft { chat: Some(chat), cid, body }, ctx, |line, cid, body| Ok(line.say(chat, cid, body)));
            }
            FromConsultant::Typing { chat, writing } => at.typing(writing, |line| line.typing(chat, writing)),
            FromConsultant::Seen { chat, seq } => at.tell(|line| line.seen(chat, seq)),
            FromConsultant::Close { chat } => at.request(About::Chat(chat), ctx, |line| line.close(chat)),
            FromConsultant::Status { status } => at.request(About::Nothing, ctx, |line| line.status(status)),
            FromConsultant::AskCall { chat } => at.request(About::Chat(chat), ctx, |line| line.ask_call(chat)),
            FromConsultant::CallAccept { call } => at.request(About::Call(call), ctx, |line| line.accept_call(call)),
            FromConsultant::CallDecline { call } => at.request(About::Call(call), ctx, |line| line.decline_call(call)),
            FromConsultant::CallTransfer { call, to } => {
                at.request(About::Call(call), ctx, |line| line.transfer_call(call, to));
            }
            FromConsultant::Call { call, request } => {
                at.in_call(call, request, ctx, |line, request| line.call(call, request));
            }
            FromConsultant::Lists => at.tell(DeskLine::lists),
            FromConsultant::Hello(_) | FromConsultant::Pong => {}
        }
    }

    fn gauge(meters: &Meters) -> &Gauge {
        &meters.desks
    }
}

async fn greet(hello: ConsultantHello, arrival: Box<Arrival>, lobby: Lobby) -> Result<Greeted<Desk>, CloseCode> {
    let Lobby { edge, socket } = lobby;
    let (who, _) = arrival.desk.ok_or(CloseCode::SignedOut)?;
    let holder = Holder::Consultant(who.account);
    let seat = edge.seats.take(holder, edge.settings.sockets_per_consultant).ok_or_else(|| {
        limit_hit("sockets_per_consultant");
        CloseCode::TooManySockets
    })?;
    let (line, mut welcome) = edge.hub.greet_consultant(who, hello.resume, socket).await?;
    welcome.limits = edge.limits();
    Ok(Greeted { line, welcome: encode(&ToConsultant::Welcome(welcome)), seat })
}
