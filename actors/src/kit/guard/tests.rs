//! An actor falls and stands up again.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use actix::{Actor, Addr, AsyncContext as _, Context, Handler, MailboxError, Message, Supervised};

use super::{Budget, start_guarded};

#[derive(Message)]
#[rtype(result = "u32")]
struct Count;

#[derive(Message)]
#[rtype(result = "()")]
struct Fall;

/// Falls from a timer instead of a request.
#[derive(Message)]
#[rtype(result = "()")]
struct FallLater;

struct Counter {
    count: u32,
    restarts: Rc<Cell<u32>>,
}

impl Actor for Counter {
    type Context = Context<Self>;
}

impl Supervised for Counter {
    fn restarting(&mut self, _: &mut Self::Context) {
        self.count = 0;
        self.restarts.set(self.restarts.get() + 1);
    }
}

impl Handler<Count> for Counter {
    type Result = u32;

    fn handle(&mut self, _: Count, _: &mut Self::Context) -> u32 {
        self.count += 1;
        self.count
    }
}

impl Handler<Fall> for Counter {
    type Result = ();

    fn handle(&mut self, _: Fall, _: &mut Self::Context) {
        panic!("falls in a test");
    }
}

impl Handler<FallLater> for Counter {
    type Result = ();

    fn handle(&mut self, _: FallLater, ctx: &mut Self::Context) {
        ctx.run_later(Duration::from_millis(10), |_, _| panic!("falls in a test"));
    }
}

fn counter() -> (Addr<Counter>, Rc<Cell<u32>>, Rc<Cell<bool>>) {
    let restarts = Rc::new(Cell::new(0));
    let given_up = Rc::new(Cell::new(false));
    let actor = Counter { count: 0, restarts: Rc::clone(&restarts) };
    let mark = Rc::clone(&given_up);
    let address = start_guarded("counter", Budget::ONE_PERSON, actor, move || mark.set(true));
    (address, restarts, given_up)
}

#[actix_rt::test]
async fn a_fallen_actor_answers_what_waited_behind_the_fall() {
    let (counter, restarts, _) = counter();
    assert_eq!(counter.send(Count).await, Ok(1));

    let fall = counter.send(Fall);
    let behind = counter.send(Count);

    assert!(matches!(fall.await, Err(MailboxError::Closed)));
    assert_eq!(behind.await, Ok(1), "the state is fresh");
    assert_eq!(restarts.get(), 1);
}

#[actix_rt::test]
async fn a_fall_in_a_timer_is_survived_too() {
    tokio::time::pause();
    let (counter, restarts, _) = counter();

    counter.send(FallLater).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;

    assert_eq!(counter.send(Count).await, Ok(1));
    assert_eq!(restarts.get(), 1);
}

#[actix_rt::test]
async fn too_many_falls_end_the_actor_for_good() {
    tokio::time::pause();
    let (counter, restarts, given_up) = counter();

    for _ in 0..3 {
        let _falls = counter.send(Fall).await;
    }
    assert!(counter.connected() && !given_up.get(), "three falls are forgiven");
    let _falls = counter.send(Fall).await;
    tokio::task::yield_now().await;

    assert!(given_up.get());
    assert_eq!(counter.send(Count).await, Err(MailboxError::Closed));
    assert_eq!(restarts.get(), 3);
}

#[actix_rt::test]
async fn old_falls_are_forgotten() {
    tokio::time::pause();
    let (counter, restarts, given_up) = counter();

    for _ in 0..9 {
        let _falls = counter.send(Fall).await;
        tokio::time::sleep(Duration::from_secs(6)).await;
    }

    assert_eq!(counter.send(Count).await, Ok(1));
    assert_eq!(restarts.get(), 9);
    assert!(!given_up.get());
}
