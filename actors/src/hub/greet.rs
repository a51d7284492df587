//! Greeting: who is this, and what did they miss?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DeskLine, Hub, SignedIn, VisitorLine};
use crate::business::Arrive;
use crate::chat::ChatError;
use crate::consultant;
use crate::ids::{BusinessId, ChatId, PackageId, VisitorId};
use crate::kit::{ASK, Budget, start_guarded, tell};
use crate::parts::Business;
use crate::ports::{JournalError, PublicKey, TokenHash, Visit};
use crate::protocol::{
    ChatResume, CloseCode, ConsultantWelcome, Limits, Me, Seq, VERSION, VisitorHello, VisitorWelcome,
};
use crate::socket::Socket;
use crate::visitor::{self, Identity, VisitorActor};

/// Random bytes of a visitor's token.
const TOKEN_BYTES: usize = 32;

/// A visitor with the token that proves it.
struct Identified {
    identity: Identity,
    token: String,
    /// Chats that are not closed, as the tables have them.
    kept: Vec<ChatId>,
}

impl Hub {
    /// A visitor's browser said hello.
    ///
    /// From now on its socket gets frames; the edge holds them back until the
    /// welcome is written.
    pub async fn greet_visitor(
        &self,
        hello: VisitorHello,
        visit: Visit,
        socket: Socket,
    ) -> Result<(VisitorLine, VisitorWelcome), CloseCode> {
        if hello.v != VERSION {
            return Err(CloseCode::Version);
        }
        let key = PublicKey(hello.pkg);
        let (business_id, business) = self.business_with(&key).await?;
        let board = business.board.load_full();
        let package = board.keys.get(&key).and_then(|package| board.packages.get(package));
        let package = package.ok_or(CloseCode::UnknownPackage)?;
        let front = board.fronts.get(&package.id).cloned().ok_or(CloseCode::UnknownPackage)?;
        let secret = package.identity_secret.as_deref();
        let claimed = hello.identity.and_then(|claim| visitor::identity(claim, secret, self.parts.ports.clock.now()));
        let visit = Visit { identity: claimed, ..visit };
        let now = self.parts.ports.clock.now();
        let handed = hello.code.and_then(|code| self.parts.handovers.take(&code, &key, now));
        let call_to = handed.as_ref().and_then(|handed| handed.to);
        let token = handed.map(|handed| handed.token).or(hello.tok);
        let Identified { identity, token, kept } = self.identify(package.id, business_id, &key, token).await?;
        let actor = self.visitor(identity);
        let greet = visitor::Greet { socket: socket.clone(), visit, kept, have: self.have(hello.resume) };
        let greeted = actor.send(greet).timeout(ASK).await;
        let visitor::Greeted { chats, call } =
            greeted.unwrap_or(Err(ChatError::Unavailable)).map_err(|_away| CloseCode::Unavailable)?;
        tell(&business.address, Arrive { package: identity.package, socket: socket.clone() });
        let sid = socket.id.number().to_string();
        let line = VisitorLine::new(Arc::clone(&self.parts), identity, actor, socket);
        let welcome = VisitorWelcome {
            sid,
            tok: token,
            epoch: self.parts.ports.journal.epoch(),
            now: self.parts.ports.clock.now(),
            limits: Limits::STANDARD,
            open: front.open,
            hours: front.hours,
            team: front.members,
            chats,
            call,
            call_to,
        };
        Ok((line, welcome))
    }

    /// The ticket was good: a desk of this account opens.
    pub async fn greet_consultant(
        &self,
        who: SignedIn,
        resume: Option<ChatResume>,
        socket: Socket,
    ) -> Result<(DeskLine, ConsultantWelcome), CloseCode> {
        let business = self.business(who.business).await.map_err(away)?;
        let face = business.board.load().faces.get(&who.account).cloned().ok_or(CloseCode::SignedOut)?;
        let actor = self.parts.consultants.get(who.account);
        let actor = match actor {
            Some(actor) => actor,
            None => self.parts.consultant(who.business, who.account),
        };
        let greet = consultant::Greet { socket: socket.clone(), have: self.have(resume) };
        let desk = actor.send(greet).timeout(ASK).await;
        let desk = desk.unwrap_or(Err(ChatError::Unavailable)).map_err(|_away| CloseCode::Unavailable)?;
        let welcome = ConsultantWelcome {
            sid: socket.id.number().to_string(),
            epoch: self.parts.ports.journal.epoch(),
            now: self.parts.ports.clock.now(),
            limits: Limits::STANDARD,
            me: Me { face, status: desk.status },
            lists: desk.lists,
            chats: desk.chats,
            calls: desk.calls,
        };
        Ok((DeskLine::new(Arc::clone(&self.parts), who, actor, socket), welcome))
    }

    /// The business of a package, which knows the package.
    async fn business_with(&self, key: &PublicKey) -> Result<(BusinessId, Business), CloseCode> {
        let id = self.business_of(key).await.map_err(away)?.ok_or(CloseCode::UnknownPackage)?;
        let business = self.business(id).await.map_err(away)?;
        if business.board.load().keys.contains_key(key) {
            return Ok((id, business));
        }
        // Made a moment ago, or deleted: the tables know.
        let kept = self.parts.ports.books.business_of(key.clone()).await.map_err(away)?;
        kept.ok_or(CloseCode::UnknownPackage)?;
        self.reload(id).await;
        Ok((id, business))
    }

    /// What a browser has; another epoch is another history, so it has nothing.
    fn have(&self, resume: Option<ChatResume>) -> BTreeMap<ChatId, Seq> {
        let epoch = self.parts.ports.journal.epoch();
        resume.filter(|resume| resume.epoch == epoch).map(|resume| resume.chats).unwrap_or_default()
    }

    /// Finds who a token belongs to, or makes a new visitor with a new token.
    async fn identify(
        &self,
        package: PackageId,
        business: BusinessId,
        key: &PublicKey,
        token: Option<String>,
    ) -> Result<Identified, CloseCode> {
        if let Some(token) = token {
            let hash = TokenHash::of(key, &token);
            if let Some(record) = self.parts.ports.books.visitor(business, hash).await.map_err(away)? {
                let identity = Identity { id: record.id, business, package, token: hash };
                return Ok(Identified { identity, token, kept: record.open_chats });
            }
            // Visitors are kept with their first chat; until then only memory knows them.
            if let Some(id) = self.parts.tokens.get(&hash).map(|living| *living) {
                let identity = Identity { id, business, package, token: hash };
                return Ok(Identified { identity, token, kept: Vec::new() });
            }
        }
        let token = new_token().ok_or(CloseCode::Unavailable)?;
        let hash = TokenHash::of(key, &token);
        let identity = Identity { id: VisitorId::mint(self.parts.ports.clock.now()), business, package, token: hash };
        Ok(Identified { identity, token, kept: Vec::new() })
    }

    /// The actor of a visitor, started on this worker when nobody has it.
    fn visitor(&self, identity: Identity) -> Arc<actix::Addr<VisitorActor>> {
        let parts = &self.parts;
        parts.tokens.insert(identity.token, identity.id);
        parts.visitors.get_or_start(identity.id, || {
            let actor = VisitorActor::new(identity, Arc::clone(parts));
            start_guarded("visitor", Budget::ONE_PERSON, actor, || {})
        })
    }
}

fn away(_: JournalError) -> CloseCode {
    CloseCode::Unavailable
}

/// 256 random bits in hexadecimal, with a prefix that secret scanners find.
fn new_token() -> Option<String> {
    use std::fmt::Write as _;

    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).ok()?;
    let mut token = String::from("c2cv_");
    for byte in bytes {
        write!(token, "{byte:02x}").ok()?;
    }
    Some(token)
}
