//! The pool with work that is no plugin: order, shares, lateness.

use std::sync::mpsc;

use super::*;

fn done(fuel: u64) -> Run {
    Run { answer: Err(Failure::Stack), fuel, took: Duration::ZERO, memory: 0, logs: Vec::new() }
}

fn business(id: i64) -> BusinessId {
    BusinessId::from(id)
}

/// More than any of these tests takes.
const LONG: Duration = Duration::from_mins(5);

/// Work that says when it begins and waits to be let go.
fn held() -> (Box<dyn FnOnce() -> Run + Send>, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let (began, has_begun) = mpsc::channel();
    let (let_go, is_let_go) = mpsc::channel();
    let work = move || {
        let _ = began.send(());
        let _ = is_let_go.recv();
        done(1)
    };
    (Box::new(work), has_begun, let_go)
}

#[tokio::test]
async fn a_business_that_burns_its_threads_leaves_one_to_the_others() {
    let pool = Pool::with(2, LONG).unwrap();
    let (work, has_begun, let_go) = held();
    let hog = pool.run(business(1), LONG, work);
    has_begun.recv().unwrap();
    let more: Vec<_> = (0..limits::QUEUE).map(|_| pool.run(business(1), LONG, Box::new(|| done(2)))).collect();
    assert_eq!(pool.run(business(1), LONG, Box::new(|| done(2))).await.answer, Err(Failure::Busy));
    for _ in 0..100 {
        assert_eq!(pool.run(business(2), LONG, Box::new(|| done(3))).await.fuel, 3);
    }
    let_go.send(()).unwrap();
    assert_eq!(hog.await.fuel, 1);
    drop(more);
}

#[tokio::test]
async fn what_waited_too_long_is_not_run() {
    let pool = Pool::with_threads(2).unwrap();
    // On a busy machine even the first may wait too long.
    let (hog, let_go) = loop {
        let (work, has_begun, let_go) = held();
        let hog = pool.run(business(1), LONG, work);
        if has_begun.recv().is_ok() {
            break (hog, let_go);
        }
    };
    let waiting = pool.run(business(1), LONG, Box::new(|| done(2)));
    thread::sleep(limits::QUEUE_WAIT + Duration::from_millis(1));
    let_go.send(()).unwrap();
    assert_eq!(waiting.await.answer, Err(Failure::Expired { limit: limits::QUEUE_WAIT }));
    hog.await;
}

#[tokio::test]
async fn a_late_answer_is_not_waited_for() {
    let pool = Pool::with(2, LONG).unwrap();
    let (work, has_begun, let_go) = held();
    let patience = Duration::from_millis(1);
    let late = pool.run(business(1), patience, work);
    has_begun.recv().unwrap();
    assert_eq!(late.await.answer, Err(Failure::Late { limit: patience }));
    let_go.send(()).unwrap();
}

#[tokio::test]
async fn a_question_nobody_waits_for_is_not_asked() {
    let pool = Pool::with(2, LONG).unwrap();
    let (work, has_begun, let_go) = held();
    let hog = pool.run(business(1), LONG, work);
    has_begun.recv().unwrap();
    let (asked, was_asked) = mpsc::channel();
    drop(pool.run(business(1), LONG, Box::new(move || asked.send(()).map_or_else(|_| done(0), |()| done(2)))));
    let_go.send(()).unwrap();
    hog.await;
    drop(pool);
    was_asked.recv().unwrap_err();
}

#[tokio::test]
async fn a_panic_is_a_failure_and_the_thread_lives_on() {
    let pool = Pool::with(2, LONG).unwrap();
    for _ in 0..4 {
        let run = pool.run(business(1), LONG, Box::new(|| panic!("planned"))).await;
        assert!(matches!(run.answer, Err(Failure::Host { .. })));
    }
    assert_eq!(pool.run(business(1), LONG, Box::new(|| done(7))).await.fuel, 7);
}

#[tokio::test]
async fn whoever_waits_is_answered_when_the_pool_ends() {
    let pool = Pool::with(2, LONG).unwrap();
    let (work, has_begun, let_go) = held();
    let hog = pool.run(business(1), LONG, work);
    has_begun.recv().unwrap();
    let waiting = pool.run(business(1), LONG, Box::new(|| done(2)));
    let ending = thread::spawn(move || drop(pool));
    let_go.send(()).unwrap();
    assert_eq!(hog.await.fuel, 1);
    // Either it was begun before the end or it is told of it.
    let run = waiting.await;
    assert!(run.fuel == 2 || matches!(run.answer, Err(Failure::Host { .. })), "{run:?}");
    ending.join().unwrap();
}
