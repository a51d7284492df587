//! What the hub says in a chat by itself.

use actix::Handler;

use super::handlers::Resting;
use super::{ChatActor, Notice};

impl Handler<Notice> for ChatActor {
    type Result = Resting<()>;

    fn handle(&mut self, Notice(body): Notice, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let now = self.parts.ports.clock.now();
        let decision = self.session().map(|session| session.notice(body, now));
        self.decided(decision)
    }
}
