//! Two businesses, one of which has a plugin that burns its whole budget.

use std::sync::Arc;

use actors::ids::BusinessId;
use plugins::Values;
use plugins::ask::{Answer, Failure};
use plugins::fakes::Text;
use plugins::limits;
use plugins::pool::Pool;

use crate::{Shelf, questions};

#[tokio::test]
async fn a_plugin_that_burns_everything_keeps_nobody_else_waiting() {
    let shelf = Shelf::new();
    let hog = shelf.load(&Text::route("(loop $on (br $on)) unreachable").upload());
    let good = shelf.load(&Text::default().upload());
    let pool = Pool::with_threads(2).unwrap();
    let (bad_business, good_business) = (BusinessId::from(1), BusinessId::from(2));
    let values = Arc::new(Values::new());

    for round in 0..20 {
        let mut hogged = Vec::new();
        // A machine that is busy with other tests may be late now and then; behind the hog every try would be.
        let mut is_answered = async || {
            for _ in 0..100 {
                // The hog's queue is full each time: its questions take more than a second together.
                hogged.extend((0..limits::QUEUE).map(|_| pool.ask(bad_business, &hog, questions::route(), &values)));
                match pool.ask(good_business, &good, questions::route(), &values).await.answer {
                    Ok(Answer::Route(_)) => return true,
                    Err(Failure::Late { .. } | Failure::Expired { .. }) => {}
                    other => panic!("{other:?}"),
                }
            }
            false
        };
        assert!(is_answered().await, "round {round}");
        for question in hogged {
            let failure = question.await.answer.unwrap_err();
            assert!(
                matches!(
                    failure,
                    Failure::Busy | Failure::Expired { .. } | Failure::Fuel { .. } | Failure::Late { .. }
                ),
                "{failure:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_swap_while_questions_run_loses_none() {
    let shelf = Shelf::new();
    let versions = [
        shelf.load(&Text::default().upload()),
        shelf.load(&Text { more: "(func $new)".to_owned(), ..Text::default() }.upload()),
    ];
    assert_ne!(versions[0].digest(), versions[1].digest());
    let pool = Pool::with_threads(2).unwrap();
    let values = Arc::new(Values::new());
    let mut asked = Vec::new();
    for round in 0..60 {
        let business = BusinessId::from(round % 4);
        let version = &versions[usize::from(round >= 30)];
        asked.push(pool.ask(business, version, questions::route(), &values));
    }
    // The old one is let go while its questions are still in the queue.
    let [old, new] = versions;
    let freed = Arc::downgrade(&old);
    drop(old);
    for question in asked {
        match question.await.answer {
            // A machine that is busy with other tests may be late.
            Ok(Answer::Route(_)) | Err(Failure::Late { .. } | Failure::Expired { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    while pool.ask(BusinessId::from(1), &new, questions::route(), &values).await.answer.is_err() {}
    drop(pool);
    assert!(freed.upgrade().is_none(), "nobody holds the old version");
    assert_eq!(Arc::strong_count(&new), 1);
}
