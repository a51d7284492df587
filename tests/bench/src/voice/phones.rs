//! All phones in one thread: one epoll, and one timetable in which each phone
//! has its turn every 20 ms, evenly spread as people who know nothing of each other.

use std::net::IpAddr;
use std::os::fd::OwnedFd;

use anyhow::{Context as _, Result, bail};
use rustix::event::{Timespec, epoll};
use rustix::time::{Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, timerfd_create, timerfd_settime};

use super::Exchange;
use super::phone::Phone;
use super::tally::Tally;
use crate::clock::{MILLISECOND, SECOND, now};

/// Each phone says a packet this often, as browsers do.
pub(crate) const PACKET_EVERY: u64 = 20 * MILLISECOND;
/// Packets after which a browser tells how well it hears: 5 s.
const REPORT_EVERY: u32 = 250;
/// Turns that are overdue are caught up this many at a time, so that what arrived is not kept waiting.
const TURNS_AT_ONCE: usize = 8;
const EVENTS_AT_ONCE: usize = 64;
/// More than any network passes on.
const LONGEST_DATAGRAM: usize = 2_000;

/// Names of what is not a phone in the epoll.
const TIMER: u64 = u64::MAX;
const EXCHANGE: u64 = u64::MAX - 1;

pub(crate) struct Phones {
    poll: OwnedFd,
    timer: OwnedFd,
    all: Vec<Phone>,
    pub tally: Tally,
    /// When the timetable began, and turns since.
    begun: u64,
    turns: u64,
    /// Phones whose connection is being made; they have more to do than the timetable knows.
    connecting: Vec<usize>,
    scratch: Vec<u8>,
}

impl Phones {
    /// Phones for this many calls, of which none is connected yet.
    pub(crate) fn new(calls: usize, exchange: &dyn Exchange) -> Result<Self> {
        let poll = epoll::create(epoll::CreateFlags::CLOEXEC).context("cannot create an epoll")?;
        let timer = timerfd_create(TimerfdClockId::Monotonic, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)
            .context("cannot create a timer")?;
        epoll::add(&poll, &timer, epoll::EventData::new_u64(TIMER), epoll::EventFlags::IN)?;
        if let Some(line) = exchange.line() {
            epoll::add(&poll, line, epoll::EventData::new_u64(EXCHANGE), epoll::EventFlags::IN)?;
        }
        let ip: IpAddr = exchange.ip();
        let phones = (0..2 * calls).map(|number| Phone::new(number, ip)).collect::<Result<Vec<_>>>()?;
        for (number, phone) in phones.iter().enumerate() {
            let data = epoll::EventData::new_u64(number as u64);
            epoll::add(&poll, &phone.socket, data, epoll::EventFlags::IN).context("cannot watch a socket")?;
        }
        Ok(Self {
            poll,
            timer,
            all: phones,
            tally: Tally::new(calls),
            begun: now(),
            turns: 0,
            connecting: Vec::new(),
            scratch: vec![0; LONGEST_DATAGRAM],
        })
    }

    pub(crate) fn offer(&mut self, phone: usize) -> Result<String> {
        self.phone(phone)?.offer()
    }

    pub(crate) fn answer(&mut self, phone: usize, offer: &str) -> Result<String> {
        self.connecting.push(phone);
        self.phone(phone)?.answer(offer)
    }

    pub(crate) fn conclude(&mut self, phone: usize, answer: &str) -> Result<()> {
        self.connecting.push(phone);
        self.phone(phone)?.conclude(answer)
    }

    /// Lets everybody talk until this moment, or until `is_done`.
    pub(crate) fn run(
        &mut self,
        exchange: &mut dyn Exchange,
        until: u64,
        is_done: &dyn Fn(&Tally) -> bool,
    ) -> Result<()> {
        while now() < until && !is_done(&self.tally) {
            self.take_turns(exchange)?;
            self.connect()?;
            self.wait(exchange, until)?;
        }
        Ok(())
    }

    fn phone(&mut self, number: usize) -> Result<&mut Phone> {
        self.all.get_mut(number).context("no such phone")
    }

    /// When the next phone has its turn.
    fn next_turn(&self) -> u64 {
        self.begun + self.turns * PACKET_EVERY / self.all.len() as u64
    }

    fn take_turns(&mut self, exchange: &mut dyn Exchange) -> Result<()> {
        for _ in 0..TURNS_AT_ONCE {
            if self.next_turn() > now() {
                break;
            }
            let number = usize::try_from(self.turns % self.all.len() as u64)?;
            self.turns += 1;
            let Some(phone) = self.all.get_mut(number) else { bail!("a turn of nobody") };
            phone.say(&mut self.tally)?;
            if phone.is_connected && phone.said() % REPORT_EVERY == 0 {
                exchange.report(number)?;
            }
        }
        Ok(())
    }

    /// Does what is due at phones that are being connected.
    fn connect(&mut self) -> Result<()> {
        let Self { all, connecting, tally, .. } = self;
        connecting.retain(|number| all.get(*number).is_some_and(|phone| !phone.is_connected));
        for number in connecting.iter() {
            let now = now();
            match all.get_mut(*number) {
                Some(phone) if phone.due <= now => phone.flush(now, tally)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Waits for datagrams and frames, but not longer than until something is due.
    fn wait(&mut self, exchange: &mut dyn Exchange, until: u64) -> Result<()> {
        let due = self.connecting.iter().filter_map(|number| self.all.get(*number)).map(|phone| phone.due);
        let wake = due.fold(until.min(self.next_turn()), u64::min);
        let left = wake.saturating_sub(now());
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        if left > 0 {
            let it_value = Timespec { tv_sec: i64::try_from(left / SECOND)?, tv_nsec: i64::try_from(left % SECOND)? };
            let spec = Itimerspec { it_interval: at_once, it_value };
            timerfd_settime(&self.timer, TimerfdTimerFlags::empty(), &spec).context("cannot set a timer")?;
        }
        let mut events = Vec::with_capacity(EVENTS_AT_ONCE);
        let patience = (left == 0).then_some(&at_once);
        match epoll::wait(&self.poll, rustix::buffer::spare_capacity(&mut events), patience) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error).context("cannot wait for phones"),
        }
        for event in &events {
            match event.data.u64() {
                // It only woke this thread; setting it again quiets it.
                TIMER => {}
                EXCHANGE => exchange.hear(self)?,
                number => {
                    let Some(phone) = self.all.get_mut(usize::try_from(number)?) else {
                        bail!("a datagram for nobody")
                    };
                    phone.receive(&mut self.scratch, &mut self.tally)?;
                }
            }
        }
        Ok(())
    }
}
