//! Plans step by step, without any actor.

use super::*;

fn chat() -> ChatId {
    ChatId::from(1)
}

fn accounts(ids: &[i64]) -> Vec<AccountId> {
    ids.iter().copied().map(AccountId::from).collect()
}

fn steps(plan: &[(&[i64], u64)]) -> Plan {
    let step = |(consultants, seconds): &(&[i64], u64)| Step {
        consultants: accounts(consultants),
        patience: Some(Duration::from_secs(*seconds)),
    };
    Plan::Steps(plan.iter().map(step).collect())
}

fn asked(next: Next) -> u32 {
    let Next::Ask(ask) = next else { panic!("the rules should be asked, not {next:?}") };
    ask.number
}

fn moment(free: &[i64]) -> OfferMoment {
    OfferMoment { now: Moment::from_millis(1_000), free: accounts(free) }
}

fn offered(plan: &[(&[i64], u64)], free: &[i64]) -> (Offers, Next) {
    let mut offers = Offers::new(Duration::from_secs(25));
    let number = asked(offers.begin(chat(), Stage::Arrived));
    let next = offers.plan(chat(), number, steps(plan), &moment(free)).unwrap();
    (offers, next)
}

fn to(offers: &Offers) -> Vec<i64> {
    offers.shown(chat()).map(|offered| offered.to.into_iter().map(i64::from).collect()).unwrap_or_default()
}

#[test]
fn who_is_asked_may_claim_and_so_may_those_before_but_nobody_else() {
    let (mut offers, next) = offered(&[(&[1], 20), (&[2, 3], 20)], &[1, 2, 3]);
    let Next::Offer { number, after } = next else { panic!("{next:?}") };
    assert_eq!((to(&offers), after), (vec![1], Duration::from_secs(20)));
    assert!(offers.may_claim(chat(), AccountId::from(1)) && !offers.may_claim(chat(), AccountId::from(2)));

    assert!(matches!(offers.time_is_up(chat(), number, &moment(&[1, 2, 3])), Some(Next::Offer { .. })));

    assert_eq!(to(&offers), [2, 3]);
    let may: Vec<bool> = [1, 2, 3, 4].map(|id| offers.may_claim(chat(), AccountId::from(id))).into();
    assert_eq!(may, [true, true, true, false]);
    assert_eq!(offers.time_is_up(chat(), number, &moment(&[1, 2, 3])), None, "a late timer");
}

#[test]
fn who_is_not_free_is_passed_by() {
    let (offers, _) = offered(&[(&[1], 20), (&[2, 3], 20)], &[3]);
    assert_eq!(to(&offers), [3]);
}

#[test]
fn a_step_without_patience_gives_the_visitor_to_the_first_who_is_free() {
    let (_, next) = offered(&[(&[1, 2], 0)], &[2]);
    assert_eq!(next, Next::Give(AccountId::from(2)));
}

#[test]
fn the_last_to_decline_ends_the_step_at_once_and_is_not_asked_again() {
    let (mut offers, _) = offered(&[(&[1, 2], 20), (&[2, 3], 20)], &[1, 2, 3]);
    let mut decline = |id: i64| offers.decline(chat(), AccountId::from(id), &moment(&[1, 2, 3]));
    assert_eq!(decline(1), Ok(None));
    assert_eq!(decline(1), Err(NotOffered), "not offered any more");
    assert!(matches!(decline(2), Ok(Some(Next::Offer { .. }))));
    assert_eq!(to(&offers), [3]);
}

#[test]
fn a_plan_that_ended_asks_again_a_few_times_then_everybody_sees_the_visitor() {
    let (mut offers, mut next) = offered(&[(&[1], 20)], &[]);
    let mut questions = 1;
    while let Next::Ask(Ask { stage, attempt, number }) = next {
        assert_eq!((stage, attempt), (Stage::Unanswered { steps: 1 }, questions));
        questions += 1;
        next = offers.plan(chat(), number, steps(&[(&[1], 20)]), &moment(&[])).unwrap();
    }
    assert_eq!(questions, ATTEMPTS);
    assert!(matches!(next, Next::Room { after: Some(ASK_AGAIN), .. }));
    assert!(offers.may_claim(chat(), AccountId::from(9)));
    assert!(matches!(offers.ask_again(chat()), Some(Next::Ask(Ask { stage: Stage::Waiting, .. }))));
}

#[test]
fn an_offer_ends_when_nobody_of_it_is_free_any_more() {
    let (mut offers, next) = offered(&[(&[1, 2], 20)], &[1, 2]);
    let Next::Offer { number, .. } = next else { panic!("{next:?}") };
    assert_eq!(offers.without(AccountId::from(1)), []);
    assert_eq!(offers.without(AccountId::from(2)), [(chat(), number)]);
}

#[test]
fn without_rules_everybody_may_claim_and_nothing_is_asked_again() {
    let mut offers = Offers::new(Duration::from_secs(25));
    let number = asked(offers.begin(chat(), Stage::Arrived));
    let next = offers.plan(chat(), number, Plan::ROOM, &moment(&[1, 2, 3]));
    assert_eq!(next, Some(Next::Room { number, after: None }));
    assert_eq!(offers.ask_again(chat()), None);
    assert_eq!(offers.plan(chat(), number - 1, steps(&[(&[1], 5)]), &moment(&[1, 2, 3])), None, "a late answer");
}

#[test]
fn who_declined_is_passed_by_in_the_plans_that_follow_until_the_visitor_waits_anew() {
    let (mut offers, _) = offered(&[(&[1], 20)], &[1, 2]);
    let again = offers.decline(chat(), AccountId::from(1), &moment(&[1, 2])).unwrap().unwrap();

    let number = asked(again);
    let next = offers.plan(chat(), number, steps(&[(&[1], 20), (&[1, 2], 20)]), &moment(&[1, 2]));
    assert!(matches!(next, Some(Next::Offer { .. })), "{next:?}");
    assert_eq!(to(&offers), [2]);

    let number = asked(offers.begin(chat(), Stage::Returned));
    offers.plan(chat(), number, steps(&[(&[1], 20)]), &moment(&[1, 2])).unwrap();
    assert_eq!(to(&offers), [1]);
}
