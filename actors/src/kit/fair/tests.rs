//! A flooded actor lets its neighbour have a turn.

use std::cell::RefCell;
use std::rc::Rc;

use actix::{Actor, Context, Handler, Message};

use super::{Fair, TURN};

#[derive(Message)]
#[rtype(result = "()")]
struct Work;

struct Worker {
    name: char,
    log: Rc<RefCell<String>>,
    fair: Fair,
}

impl Actor for Worker {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(1_000);
    }
}

impl Handler<Work> for Worker {
    type Result = ();

    fn handle(&mut self, _: Work, ctx: &mut Self::Context) {
        self.fair.turn(ctx);
        self.log.borrow_mut().push(self.name);
    }
}

#[actix_rt::test]
async fn a_neighbour_waits_for_one_turn_of_a_flooded_actor_and_no_longer() {
    let log = Rc::new(RefCell::new(String::new()));
    let worker = |name| Worker { name, log: Rc::clone(&log), fair: Fair::default() }.start();
    let (flooded, neighbour) = (worker('f'), worker('n'));
    tokio::task::yield_now().await;

    let flood: Vec<_> = (0..500).map(|_| flooded.send(Work)).collect();
    let asked = neighbour.send(Work);
    asked.await.unwrap();

    let before = log.borrow().find('n').unwrap();
    assert!(before <= 2 * usize::from(TURN), "the neighbour waited for {before} messages");
    for work in flood {
        work.await.unwrap();
    }
    assert_eq!(log.borrow().len(), 501);
}
