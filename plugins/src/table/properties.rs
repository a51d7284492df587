//! Whatever a table says: its outcome needs no mending, and every row says something.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::form::Known;
use crate::hooks::route::{self, Means};
use crate::samples::{context, request};
use crate::wit::click2callme::plugin::types::Medium;
use crate::wit::exports::click2callme::plugin::routing::Stage;

fn conditions() -> impl Strategy<Value = Condition> {
    let test = || prop_oneof![Just(Test::OneOf), Just(Test::NoneOf), Just(Test::Contains), Just(Test::StartsWith)];
    let values = || vec("(pl|en|vip|shop|a)", 1..3);
    prop_oneof![
        (test(), values()).prop_map(|(test, values)| Condition::Language { test, values }),
        (test(), values()).prop_map(|(test, values)| Condition::Tag { test, values }),
        (test(), values()).prop_map(|(test, values)| Condition::Package { test, values }),
        (option::of(0_u32..90), option::of(0_u32..90))
            .prop_map(|(at_least, at_most)| Condition::WaitingSeconds { at_least, at_most }),
        (0_u8..24, 1_u8..=24).prop_map(|(from, to)| Condition::HourOfDay { from, to }),
    ]
}

fn actions() -> impl Strategy<Value = Action> {
    let who = prop_oneof![
        vec("(anna|ben|carl|olga)", 1..4).prop_map(|mut ids| {
            ids.sort();
            ids.dedup();
            Who::Consultants(ids)
        }),
        Just(Who::Everybody),
        Just(Who::Speakers),
        Just(Who::Wished),
    ];
    let step = (who, any::<u32>()).prop_map(|(to, patience_seconds)| Step {
        to,
        ring: RingMode::LongestIdle,
        patience_seconds,
    });
    let queue = ("(shop|bank)", -1_000..1_000, option::of(5_u32..3_600)).prop_map(|(queue, priority, seconds)| {
        Action::Queue { queue, priority, message: None, reconsider_seconds: seconds }
    });
    prop_oneof![
        vec(step, 1..12).prop_map(|steps| Action::Offer { steps }),
        queue,
        Just(Action::Callback { message: "Later?".to_owned() }),
        any::<bool>().prop_map(|offer_callback| Action::Refuse { message: "Full".to_owned(), offer_callback }),
        Just(Action::BuiltIn),
    ]
}

fn tables() -> impl Strategy<Value = Table> {
    let row = (any::<bool>(), vec(conditions(), 0..3), actions()).prop_map(|(is_on, when, then)| Row {
        name: "Row".to_owned(),
        is_on,
        when,
        then,
        tags: Vec::new(),
    });
    vec(row, 0..8).prop_map(|rows| Table { rows })
}

proptest! {
    #[test]
    fn every_outcome_of_a_table_needs_no_mending(table in tables(), waited in 0_u32..120, takes_orders in any::<bool>()) {
        let means = Means { has_bot: false, takes_orders };
        let mut visitor = request(Medium::Chat);
        visitor.stage = Stage::Waiting(waited);

        let evaluated = evaluate(&table, &context(), &visitor, means);

        let checked = route::check(&visitor, means, evaluated.outcome.clone());
        prop_assert!(checked.notes.is_empty(), "{:?}", checked.notes);
        prop_assert_eq!(&checked.value, &evaluated.outcome);
        prop_assert_eq!(evaluated.rows.len(), table.rows.len());
        let decided = evaluated.rows.iter().filter(|row| row.verdict == Verdict::Decided).count();
        prop_assert!(decided <= 1);
        prop_assert!(evaluated.ask_again.is_none_or(|seconds| seconds >= 5));
    }

    #[test]
    fn asking_again_when_told_changes_the_answer_of_a_row(table in tables(), waited in 0_u32..90) {
        let mut visitor = request(Medium::Chat);
        visitor.stage = Stage::Waiting(waited);
        let now = evaluate(&table, &context(), &visitor, Means::default());
        let Some(seconds) = now.ask_again.filter(|seconds| *seconds > 5) else { return Ok(()) };

        visitor.stage = Stage::Waiting(waited + seconds);
        let then = evaluate(&table, &context(), &visitor, Means::default());

        prop_assert_ne!(now.rows, then.rows);
    }

    #[test]
    fn any_json_is_a_table_or_has_flaws(name in any::<String>(), value in any::<String>(), fact in "[a-z_]{1,12}") {
        let json = serde_json::json!({ "rows": [{
            "name": name,
            "when": [{ "fact": fact, "test": "one_of", "values": [value] }],
            "then": { "do": "built_in" },
        }] });

        match read(&json, &Known { consultants: BTreeSet::new(), ..Known::default() }) {
            Ok(table) => prop_assert_eq!(read(&serde_json::to_value(&table).unwrap(), &Known::default()), Ok(table)),
            Err(flaws) => prop_assert!(!flaws.is_empty()),
        }
    }
}
