//! Whatever a plugin answers: checking never fails, and what is left keeps every promise.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::samples::{consultant, queue, request};
use crate::wit::exports::click2callme::plugin::routing::Ring;

fn consultants() -> impl Strategy<Value = Vec<Consultant>> {
    let presence = prop_oneof![Just(Presence::Available), Just(Presence::Busy), Just(Presence::Away)];
    let one = ("[a-e]", presence, 0_u32..4, 0_u32..4, any::<bool>()).prop_map(
        |(id, presence, active_chats, max_chats, in_call)| Consultant {
            presence,
            active_chats,
            max_chats,
            in_call,
            ..consultant(&id)
        },
    );
    // A question never names a consultant twice.
    vec(one, 0..6).prop_map(|mut all| {
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all.dedup_by(|one, other| one.id == other.id);
        all
    })
}

fn requests() -> impl Strategy<Value = Request> {
    let medium = prop_oneof![Just(Medium::Chat), Just(Medium::Call)];
    let stage = prop_oneof![Just(Stage::Arrived), any::<u32>().prop_map(Stage::Waiting)];
    (medium, stage, 0_u32..3, consultants(), vec("[q-s]", 0..3)).prop_map(
        |(medium, stage, attempts, consultants, queues)| Request {
            stage,
            attempts,
            consultants,
            queues: queues.iter().map(|id| queue(id)).collect(),
            ..request(medium)
        },
    )
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-e]", "[q-s]"]
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    let ring = prop_oneof![Just(Ring::AllAtOnce), Just(Ring::OneByOne), Just(Ring::LeastBusy), Just(Ring::LongestIdle)];
    let tier = (vec(words(), 0..8), ring, prop_oneof![0_u32..400, any::<u32>()])
        .prop_map(|(consultants, ring, patience)| Tier { consultants, ring, patience });
    vec(tier, 0..15)
}

fn decisions() -> impl Strategy<Value = Decision> {
    let ticket = (words(), any::<i32>(), proptest::option::of(words()), any::<Option<u32>>())
        .prop_map(|(queue, priority, message, reconsider_after)| Ticket { queue, priority, message, reconsider_after });
    let refusal = (words(), any::<bool>()).prop_map(|(message, offer_callback)| Refusal { message, offer_callback });
    prop_oneof![
        Just(Decision::Inherit),
        Just(Decision::Bot),
        tiers().prop_map(Decision::Offer),
        ticket.prop_map(Decision::Enqueue),
        words().prop_map(Decision::Callback),
        refusal.prop_map(Decision::Refuse),
    ]
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    (decisions(), any::<String>(), vec(any::<String>(), 0..30)).prop_map(|(decision, reason, tags)| Outcome {
        decision,
        reason,
        tags,
    })
}

/// The promises of the module, as one question.
fn is_sound(request: &Request, means: Means, outcome: &Outcome) -> bool {
    let is_free = |id: &String| request.consultants.iter().any(|one| one.id == *id && is_free(one, request.medium));
    let once = |ids: &[String]| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
    let is_carried_out = match &outcome.decision {
        Decision::Inherit => true,
        Decision::Offer(tiers) => {
            (1..=MOST_TIERS).contains(&tiers.len())
                && tiers.iter().all(|tier| {
                    !tier.consultants.is_empty()
                        && tier.consultants.iter().all(is_free)
                        && once(&tier.consultants)
                        && ((LEAST_PATIENCE..=MOST_PATIENCE).contains(&tier.patience)
                            || (tier.patience == AT_ONCE && request.medium == Medium::Chat))
                })
        }
        Decision::Enqueue(ticket) => {
            request.queues.iter().any(|queue| queue.id == ticket.queue)
                && (PRIORITIES.0..=PRIORITIES.1).contains(&ticket.priority)
                && ticket.message.as_ref().is_none_or(|text| text.chars().count() <= MESSAGE_CHARS)
                && ticket.reconsider_after.is_none_or(|wait| (RECONSIDER.0..=RECONSIDER.1).contains(&wait))
        }
        Decision::Bot => means.has_bot && request.attempts == 0 && request.medium == Medium::Chat,
        Decision::Callback(text) => means.takes_orders && text.chars().count() <= MESSAGE_CHARS,
        Decision::Refuse(refusal) => means.takes_orders || !refusal.offer_callback,
    };
    is_carried_out && outcome.reason.chars().count() <= REASON_CHARS && outcome.tags.len() <= 16 && once(&outcome.tags)
}

proptest! {
    #[test]
    fn every_checked_outcome_keeps_the_promises(
        request in requests(),
        has_bot in any::<bool>(),
        takes_orders in any::<bool>(),
        outcome in outcomes(),
    ) {
        let means = Means { has_bot, takes_orders };

        let checked = check(&request, means, outcome);

        prop_assert!(is_sound(&request, means, &checked.value), "{:?}", checked.value);
        prop_assert!(checked.notes.len() <= crate::hooks::MOST_NOTES);
        let again = check(&request, means, checked.value.clone());
        prop_assert_eq!(again.value, checked.value, "a second check changes nothing");
        prop_assert!(again.notes.is_empty());
    }
}
