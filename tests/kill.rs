//! The power goes again and again: nothing acknowledged is lost, nothing is doubled, the order stays.

use std::time::Duration;

use crate::harness::setup::Setup;
use crate::harness::steady::{Crowd, Size};

const ROUNDS: usize = 20;
/// Messages kept in all by the end of each round, at least: enough to be in the middle of things.
const KEPT_PER_ROUND: usize = 60;

const CROWD: Size = Size { visitors: 30, consultants: 8, pause: Duration::from_millis(60) };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_and_double_nothing() {
    let mut hub = Crowd::hub(Setup::roomy(), CROWD);
    let mut crowd = Crowd::gather("kill", &hub, CROWD).await;

    for _ in 0..ROUNDS {
        let before = crowd.stage.history.kept();
        crowd.wait_for_kept(before + KEPT_PER_ROUND).await;
        tokio::time::sleep(Duration::from_millis(crowd.dice.between(0, 200))).await;
        hub.kill();
        hub.run();
    }
    let summary = crowd.verdict(&hub).await;

    assert!(summary.kept >= ROUNDS * KEPT_PER_ROUND, "{summary:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orderly_restarts_lose_nothing_and_double_nothing() {
    let size = Size { visitors: 8, consultants: 2, pause: Duration::from_millis(60) };
    let mut hub = Crowd::hub(Setup::roomy().env("HUB_DRAIN__SPREAD_MS", "200"), size);
    let crowd = Crowd::gather("restart", &hub, size).await;

    for _ in 0..3 {
        let before = crowd.stage.history.kept();
        crowd.wait_for_kept(before + KEPT_PER_ROUND).await;
        assert!(hub.stop().success());
        hub.run();
    }
    let summary = crowd.verdict(&hub).await;

    assert!(summary.kept >= 3 * KEPT_PER_ROUND, "{summary:?}");
}
