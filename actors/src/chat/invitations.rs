//! How a chat asks for a call, and what it remembers of calls beside it.

use actix::Handler;

use super::handlers::Resting;
use super::{Asker, Called, ChatActor, Invite, NotNow};

impl Handler<Invite> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, Invite { asker, face }: Invite, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.author(asker).and_then(|_| self.session()?.invite(face, now));
        self.decided(decision)
    }
}

impl Handler<NotNow> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, NotNow(visitor): NotNow, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.author(Asker::Visitor(visitor)).and_then(|_| self.session()?.not_now(now));
        self.decided(decision)
    }
}

impl Handler<Called> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, Called { call, reason, seconds }: Called, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.session().map(|session| session.called(call, reason, seconds, now));
        self.decided(decision)
    }
}
