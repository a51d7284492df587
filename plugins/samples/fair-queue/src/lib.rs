//! Nobody gets more chats than fit, and nobody who waits is overtaken by somebody who came later.

use click2callme_plugin::manifest::{About, Field, FieldKind};
use click2callme_plugin::routing::{Decision, Outcome, Request, Ring, Stage, Ticket, Tier};
use click2callme_plugin::types::{Consultant, Context, QueueState};
use click2callme_plugin::{Plugin, Routing, Settings, export};

/// What a waiting visitor reads unless the owner wrote something else.
const MESSAGE: &str = "You are number {position}. We answer in the order you came.";

struct FairQueue;

export!(FairQueue: routing);

impl Plugin for FairQueue {
    fn describe() -> About {
        About::new("fair-queue", env!("CARGO_PKG_VERSION"))
            .name("en", "Fair queue")
            .name("pl", "Sprawiedliwa kolejka")
            .summary("en", "Gives each consultant only as many chats as fit; who waits longest is next.")
            .summary("pl", "Konsultant dostaje tyle rozmów, ile udźwignie; kto czeka najdłużej, jest następny.")
            .author("Click2CallMe")
            .field(
                Field::integer("capacity", 0..=20, 0)
                    .label("en", "Chats at once for each consultant")
                    .label("pl", "Ile rozmów naraz na konsultanta")
                    .help("en", "0: the limit in each consultant's own settings")
                    .help("pl", "0: limit z ustawień konsultanta"),
            )
            .field(
                Field::seconds("patience", 5..=300, 30)
                    .label("en", "How long it rings")
                    .label("pl", "Jak długo dzwoni"),
            )
            .field(
                Field::seconds("again", 5..=120, 10)
                    .label("en", "Seconds until a waiting visitor is looked at again")
                    .label("pl", "Co ile sekund sprawdzać czekających"),
            )
            .field(Field::new("queue", FieldKind::Queue).label("en", "Queue").label("pl", "Kolejka"))
            .field(
                Field::line("message", 200, MESSAGE)
                    .label("en", "What a waiting visitor reads; {position} is the place in the queue")
                    .label("pl", "Co czyta czekający; {position} to miejsce w kolejce"),
            )
    }
}

impl Routing for FairQueue {
    fn route(ctx: &Context, request: &Request) -> Outcome {
        let room: Vec<&Consultant> =
            request.consultants.iter().filter(|one| has_room(one, ctx.count("capacity", 0))).collect();
        let Some(queue) = queue(ctx, request) else {
            return Outcome::inherit("there is no queue to wait in");
        };
        let waited = waited(request);
        let is_next = queue.waiting == 0 || waited.is_some_and(|seconds| seconds >= queue.longest_wait);
        // After a round nobody answered, waiting gives others the chance to become free.
        let was_rung = matches!(request.stage, Stage::Unanswered(_));
        if is_next && !was_rung && !room.is_empty() {
            let reason = format!("{} have room, and nobody waits longer", room.len());
            return Outcome::offer(vec![Tier::new(room, Ring::LeastBusy, ctx.count("patience", 30))], reason);
        }
        let reason = match (room.len(), is_next) {
            (0, _) => "nobody has room".to_owned(),
            (_, true) => "nobody answered".to_owned(),
            (_, false) => format!("{} came earlier and still wait", queue.waiting),
        };
        Outcome::new(Decision::Enqueue(ticket(ctx, queue, waited)), reason)
    }
}

/// Is there room for one more, below the owner's limit too?
fn has_room(consultant: &Consultant, capacity: u32) -> bool {
    consultant.has_room() && (capacity == 0 || consultant.active_chats < capacity)
}

/// The queue the owner chose, or the first.
fn queue<'a>(ctx: &Context, request: &'a Request) -> Option<&'a QueueState> {
    let chosen = ctx.text("queue").and_then(|id| request.queues.iter().find(|queue| queue.id == id));
    chosen.or(request.queues.first())
}

/// How long this visitor has been in the queue, if at all.
fn waited(request: &Request) -> Option<u32> {
    match request.stage {
        Stage::Waiting(seconds) => Some(seconds),
        Stage::Arrived | Stage::Unanswered(_) | Stage::Transferred(_) | Stage::Abandoned(_) => None,
    }
}

/// Seconds waited are the priority, so the order in the queue is the order of arrival.
fn ticket(ctx: &Context, queue: &QueueState, waited: Option<u32>) -> Ticket {
    let message = waited.is_none().then(|| {
        let position = queue.waiting.saturating_add(1).to_string();
        ctx.text("message").unwrap_or(MESSAGE).replace("{position}", &position)
    });
    Ticket {
        queue: queue.id.clone(),
        priority: waited.and_then(|seconds| i32::try_from(seconds).ok()).unwrap_or_default(),
        message,
        reconsider_after: Some(ctx.count("again", 10)),
    }
}

#[cfg(test)]
mod tests {
    use click2callme_plugin::example::{consultant, context, queue, request};
    use click2callme_plugin::types::{Setting, SettingValue};

    use super::*;

    fn with(stage: Stage, waiting: u32, longest_wait: u32) -> Request {
        let full = Consultant { active_chats: 3, ..consultant("ben") };
        let queue = QueueState { waiting, longest_wait, ..queue("shop") };
        Request { stage, queues: vec![queue], ..request(vec![consultant("anna"), full]) }
    }

    fn rung(request: &Request) -> Option<Vec<String>> {
        match FairQueue::route(&context(), request).decision {
            Decision::Offer(tiers) => tiers.into_iter().next().map(|tier| tier.consultants),
            _ => None,
        }
    }

    fn ticket_of(request: &Request) -> Option<Ticket> {
        match FairQueue::route(&context(), request).decision {
            Decision::Enqueue(ticket) => Some(ticket),
            _ => None,
        }
    }

    #[test]
    fn only_those_with_room_ring() {
        assert_eq!(rung(&with(Stage::Arrived, 0, 0)), Some(vec!["anna".into()]));
    }

    #[test]
    fn the_owners_limit_counts_too() {
        let mut ctx = context();
        ctx.settings.push(Setting { key: "capacity".into(), value: SettingValue::Integer(1) });
        let mut request = with(Stage::Arrived, 0, 0);
        request.consultants[0].active_chats = 1;

        assert_eq!(FairQueue::route(&ctx, &request).reason, "nobody has room");
    }

    #[test]
    fn a_newcomer_does_not_overtake() {
        let ticket = ticket_of(&with(Stage::Arrived, 2, 40)).unwrap();

        assert_eq!(ticket.message.as_deref(), Some("You are number 3. We answer in the order you came."));
        assert_eq!((ticket.priority, ticket.reconsider_after), (0, Some(10)));
    }

    #[test]
    fn who_waited_longest_is_next() {
        assert_eq!(rung(&with(Stage::Waiting(40), 2, 40)), Some(vec!["anna".into()]));

        let younger = ticket_of(&with(Stage::Waiting(25), 2, 40)).unwrap();
        assert_eq!((younger.priority, younger.message), (25, None));
    }

    #[test]
    fn whom_nobody_answered_waits() {
        assert!(ticket_of(&with(Stage::Unanswered(0), 0, 0)).is_some());
    }

    #[test]
    fn without_a_queue_the_hub_decides() {
        assert_eq!(FairQueue::route(&context(), &request(Vec::new())).decision, Decision::Inherit);
    }
}
