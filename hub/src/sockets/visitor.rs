//! A visitor's browser: its frames and the visitor's line to the actors.

use std::sync::Arc;

use actix_web_actors::ws::WebsocketContext;
use actors::hub::{FilledForm, VisitorLine};
use actors::ids::AccountId;
use actors::ports::{Later, Visit};
use actors::protocol::{
    CallStart, CallStarted, Cid, CloseCode, Code, FromVisitor, Page, Refusal, ToVisitor, VisitorHello,
};
use actors::socket::Acked;
use actors::text::{AGENT_CHARS, BODY_CHARS, LINE_CHARS, PlainText, URL_CHARS};
use metrics::Gauge;

use super::Edge;
use super::calls;
use super::connection::Connection;
use super::frames::encode;
use super::limits::{StartGate, Toll};
use super::meters::{Meters, limit_hit};
use super::party::{Greeted, Greeting, Lobby, Party, check_version};
use super::requests::{About, Draft, millis, named, refusal};
use super::seats::Holder;
use super::upgrade::Arrival;
use crate::client_address::Prefix;
use crate::user_agent;

/// The browser of a visitor.
pub(super) struct Visitor;

/// A greeted visitor and what new chats and calls are counted by.
pub(super) struct Line {
    actors: VisitorLine,
    edge: Arc<Edge>,
    prefix: Prefix,
    package: u64,
}

impl Line {
    fn open(&self, cid: Cid, body: PlainText, form: FilledForm) -> Result<Later<Result<Acked, Refusal>>, Refusal> {
        self.pass(&self.edge.chats, "chats", &cid)?;
        Ok(self.actors.open(cid, body, form))
    }

    fn start_call(&self, cid: Cid, to: Option<AccountId>) -> Result<Later<Result<CallStarted, Refusal>>, Refusal> {
        if self.edge.is_draining() {
            return Err(Refusal { cid: Some(cid), ..refusal(Code::Unavailable) });
        }
        self.pass(&self.edge.calls, "calls", &cid)?;
        Ok(self.actors.start_call(cid, to))
    }

    fn pass(&self, gate: &StartGate, limit: &'static str, cid: &Cid) -> Result<(), Refusal> {
        gate.pass(self.prefix, self.package).map_err(|wait| {
            limit_hit(limit);
            Refusal { cid: Some(cid.clone()), retry_ms: Some(millis(wait)), ..refusal(Code::Rate) }
        })
    }
}

impl Party for Visitor {
    type Frame = FromVisitor;
    type Line = Line;

    fn greet(frame: FromVisitor, arrival: Box<Arrival>, lobby: Lobby) -> Result<Greeting<Self>, CloseCode> {
        let FromVisitor::Hello(hello) = frame else { return Err(CloseCode::Protocol) };
        check_version(hello.v)?;
        Ok(Box::pin(greet(*hello, arrival, lobby)))
    }

    fn toll(frame: &FromVisitor) -> Option<Toll> {
        match frame {
            FromVisitor::Hello(_) => None,
            // An identity is told to the desks of all open chats.
            FromVisitor::Open { .. }
            | FromVisitor::Say { .. }
            | FromVisitor::Close { .. }
            | FromVisitor::Identify(_)
            | FromVisitor::CallStart(_)
            | FromVisitor::CallRate { .. }
            | FromVisitor::NotNow { .. }
            | FromVisitor::Handover { .. } => Some(Toll::Message),
            FromVisitor::Call { request, .. } => Some(calls::toll(request)),
            FromVisitor::Typing { .. } | FromVisitor::Seen { .. } | FromVisitor::Pong => Some(Toll::Light),
        }
    }

    fn cid(frame: &FromVisitor) -> Option<&str> {
        match frame {
            FromVisitor::Open { cid, .. }
            | FromVisitor::Say { cid, .. }
            | FromVisitor::CallStart(CallStart { cid, .. }) => Some(cid),
            _ => None,
        }
    }

    fn hear(frame: FromVisitor, at: &mut Connection<Self>, ctx: &mut WebsocketContext<Connection<Self>>) {
        match frame {
            FromVisitor::Open { cid, body, answers, consented } => {
                let form = FilledForm { answers, consented };
                at.message(Draft { chat: None, cid, body }, ctx, |line, cid, body| line.open(cid, body, form));
            }
            FromVisitor::Identify(claim) => at.tell(|line| line.actors.identify(claim)),
            FromVisitor::Say { chat, cid, body } => {
                at.message(Draft { chat: Some(chat), cid, body }, ctx, |line, cid, body| {
                    Ok(line.actors.say(chat, cid, body))
                });
            }
            FromVisitor::Typing { chat, draft } => {
                let draft = draft.and_then(|draft| whole_or_cut(&draft));
                at.typing(draft.is_some(), |line| line.actors.typing(chat, draft));
            }
            FromVisitor::Seen { chat, seq } => at.tell(|line| line.actors.seen(chat, seq)),
            FromVisitor::Close { chat } => at.request(About::Chat(chat), ctx, |line| line.actors.close(chat)),
            FromVisitor::CallStart(start) => start_call(start, at, ctx),
            FromVisitor::Call { call, request } => {
                at.in_call(call, request, ctx, |line, request| line.actors.call(call, request));
            }
            FromVisitor::CallRate { call, stars } => {
                at.rate(call, stars, ctx, |line| line.actors.rate_call(call, stars));
            }
            FromVisitor::NotNow { chat } => at.request(About::Chat(chat), ctx, |line| line.actors.not_now(chat)),
            FromVisitor::Handover { tok, to } => hand_over(tok, to, at, ctx),
            FromVisitor::Hello(_) | FromVisitor::Pong => {}
        }
    }

    fn gauge(meters: &Meters) -> &Gauge {
        &meters.visitors
    }
}

type Wire = WebsocketContext<Connection<Visitor>>;

fn start_call(start: CallStart, at: &mut Connection<Visitor>, ctx: &mut Wire) {
    let cid = match named(&start.cid) {
        Ok(cid) => cid,
        Err(refused) => return at.refuse(refused, ctx),
    };
    let ask = |line: &Line| line.start_call(cid.clone(), start.to);
    at.ask(About::New(cid.clone()), ctx, ask, |started, at, ctx| {
        at.send(encode(&ToVisitor::CallStarted(started)), ctx);
    });
}

fn hand_over(tok: String, to: Option<AccountId>, at: &mut Connection<Visitor>, ctx: &mut Wire) {
    match at.line().map(|line| line.actors.handover(tok, to)) {
        Some(Ok(code)) => at.send(encode(&ToVisitor::Handover { code }), ctx),
        Some(Err(refused)) => at.refuse(refused, ctx),
        None => {}
    }
}

async fn greet(hello: VisitorHello, arrival: Box<Arrival>, lobby: Lobby) -> Result<Greeted<Visitor>, CloseCode> {
    let Lobby { edge, socket } = lobby;
    let package = edge.hash(&hello.pkg);
    let visit = visit(hello.page.as_ref(), &arrival);
    let (actors, mut welcome) = edge.hub.greet_visitor(hello, visit, socket).await?;
    let holder = Holder::Visitor(edge.hash(&welcome.tok));
    let seat = edge.seats.take(holder, edge.settings.sockets_per_visitor).ok_or_else(|| {
        limit_hit("sockets_per_visitor");
        CloseCode::TooManySockets
    })?;
    welcome.limits = edge.limits();
    let line = Line { actors, prefix: arrival.prefix, package, edge };
    Ok(Greeted { line, welcome: encode(&ToVisitor::Welcome(welcome)), seat })
}

/// What the browser tells of itself; cut to its limits, never refused.
fn visit(page: Option<&Page>, arrival: &Arrival) -> Visit {
    let empty = Page::default();
    let page = page.unwrap_or(&empty);
    let cut = |text: &Option<String>, chars| text.as_ref().and_then(|text| PlainText::cut(text, chars));
    let agent = arrival.agent.as_ref().map(PlainText::as_str).unwrap_or_default();
    let told = user_agent::read(agent, page.platform.as_deref());
    Visit {
        ip: arrival.ip.to_string(),
        agent: PlainText::cut(agent, AGENT_CHARS),
        system: cut(&told.system, LINE_CHARS),
        browser: cut(&told.browser, LINE_CHARS),
        page_url: cut(&page.url, URL_CHARS),
        page_title: cut(&page.title, LINE_CHARS),
        referrer: cut(&page.referrer, URL_CHARS),
        language: cut(&page.language, LINE_CHARS),
        zone: cut(&page.zone, LINE_CHARS),
        ..Visit::default()
    }
}

/// Text that is not sent yet: nobody could act on a refusal, so a long one is shown as far as it goes.
fn whole_or_cut(draft: &str) -> Option<PlainText> {
    PlainText::lines(draft, BODY_CHARS).ok().or_else(|| PlainText::cut(draft, BODY_CHARS))
}

#[cfg(test)]
mod tests {
    use actors::ids::ChatId;

    use super::*;
    use crate::client_address::{ClientIp, TrustedProxies};

    fn arrival(agent: &str) -> Arrival {
        let peer = Some("203.0.113.7:4711".parse().unwrap());
        let client = ClientIp::of(peer, &actix_http::header::HeaderMap::new(), &TrustedProxies::default());
        Arrival { ip: client.ip(), prefix: client.prefix(), agent: PlainText::cut(agent, 512), desk: None, seat: None }
    }

    #[test]
    fn a_visit_is_cut_to_its_limits() {
        let page = Page {
            url: Some("x".repeat(5_000)),
            title: Some("<script>\u{202E}\n</script>".into()),
            referrer: Some(String::new()),
            ..Page::default()
        };

        let visit = visit(Some(&page), &arrival(""));

        assert_eq!(visit.ip, "203.0.113.7");
        assert_eq!(visit.page_url.unwrap().as_str().len(), URL_CHARS);
        assert_eq!(visit.page_title.unwrap().as_str(), "<script> </script>");
        assert_eq!((visit.referrer, visit.agent, visit.browser, visit.zone), (None, None, None, None));
    }

    #[test]
    fn a_long_draft_is_shown_as_far_as_it_goes() {
        assert_eq!(whole_or_cut("a\nb").unwrap().as_str(), "a\nb");
        assert_eq!(whole_or_cut(&"ż".repeat(5_000)).unwrap().as_str().chars().count(), BODY_CHARS);
        assert_eq!(whole_or_cut(" "), None);
    }

    #[test]
    fn unknown_chats_have_no_place_in_a_hello() {
        let say = FromVisitor::Say { chat: ChatId::from(1), cid: "c1".into(), body: "Hello".into() };

        assert_eq!(Visitor::cid(&say), Some("c1"));
        assert_eq!(Visitor::toll(&say), Some(Toll::Message));
    }
}
