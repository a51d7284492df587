//! Calls that are all talked at once: what each costs a server, and what the
//! server adds to the way of the voice.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::clock::{MILLISECOND, SECOND, now};
use crate::histogram::Histogram;
use crate::server::{Kind, Server};
use crate::table::{Table, megabytes, micros, millis, progress};
use crate::voice::Exchange;
use crate::voice::direct::Direct;
use crate::voice::hub::Hub;
use crate::voice::janus::{self, Janus};
use crate::voice::phones::{PACKET_EVERY, Phones};
use crate::voice::tally::Tally;

/// A call begins this long after the one before, as in a busy hour.
const BEGIN_EVERY: u64 = 100 * MILLISECOND;
/// Until all hear each other, after the last one began.
const PATIENCE: u64 = 30 * SECOND;
/// Between the last set-up and the measurement, and before memory is read.
const REST: u64 = 2 * SECOND;
const WINDOW: u64 = 10 * SECOND;
/// What is on its way at the end may still arrive.
const LAST_PACKETS: u64 = SECOND;

/// What came of it.
struct Outcome {
    tally: Tally,
    set_ups: Histogram,
    /// Of the server, if there is one.
    spent: Option<Spent>,
}

struct Spent {
    cpu: Duration,
    memory: u64,
}

pub(crate) fn measure(kinds: &[Kind], counts: &[usize]) -> Result<Table> {
    let mut table = Table::new(
        "Calls",
        &[
            "server",
            "calls",
            "CPU per call, of one core",
            "CPU per packet",
            "memory per call",
            "set-up p50 / p99 ms",
            "one way p50 / p99 ms",
            "added p50 / p99 ms",
            "lost packets",
        ],
    );
    let is_here = |kind: &Kind| {
        let missing = if *kind == Kind::Janus { janus::missing() } else { None };
        missing.inspect(|why| progress(&format!("calls: without Janus: {why}"))).is_none()
    };
    let kinds: Vec<Kind> = kinds.iter().copied().filter(is_here).collect();
    for &calls in counts.iter().filter(|calls| **calls > 0) {
        progress(&format!("calls: {calls} without a server"));
        let direct = talk(&mut Direct, calls)?;
        table.add(row("none", calls, &direct, &direct));
        for kind in kinds.iter().copied() {
            match through(kind, calls) {
                Ok(outcome) => table.add(row(kind.name(), calls, &outcome, &direct)),
                // One server that cannot be measured must not hide the others.
                Err(error) => progress(&format!("not measured: {} with {calls} calls: {error:#}", kind.name())),
            }
        }
    }
    Ok(table)
}

fn through(kind: Kind, calls: usize) -> Result<Outcome> {
    progress(&format!("calls: {calls} through {}", kind.name()));
    match kind {
        Kind::Hub => talk(&mut Hub::open(calls)?, calls),
        Kind::Janus => talk(&mut Janus::open(calls)?, calls),
        _ => bail!("it carries no calls"),
    }
}

/// Sets calls up one after the other and has all talk.
fn talk(exchange: &mut dyn Exchange, calls: usize) -> Result<Outcome> {
    let mut phones = Phones::new(calls, exchange)?;
    phones.run(exchange, now() + REST, &|_| false)?;
    let memory_before = exchange.server().map(Server::memory).transpose()?;
    let begun = now();
    for call in 0..calls {
        phones.run(exchange, begun + call as u64 * BEGIN_EVERY, &|_| false)?;
        exchange.begin(call, &mut phones)?;
    }
    phones.run(exchange, now() + PATIENCE, &|tally| tally.set_ups().is_some())?;
    let Some(set_ups) = phones.tally.set_ups() else { bail!("not all phones hear each other") };
    phones.run(exchange, now() + REST, &|_| false)?;
    let used_before = exchange.server().map(Server::cpu).transpose()?;
    phones.tally.counts = true;
    phones.run(exchange, now() + WINDOW, &|_| false)?;
    phones.tally.counts = false;
    let used = exchange.server().map(Server::cpu).transpose()?;
    let (sent, due) = (phones.tally.sent, 2 * calls as u64 * WINDOW / PACKET_EVERY);
    if sent < due * 99 / 100 {
        progress(&format!("the generator sent {sent} packets of {due}: this machine is too busy for this row"));
    }
    phones.run(exchange, now() + LAST_PACKETS, &|_| false)?;
    let memory = exchange.server().map(Server::memory).transpose()?;
    let spent = used_before.zip(used).zip(memory_before.zip(memory)).map(|((cpu_before, cpu), (before, memory))| {
        Spent { cpu: cpu.saturating_sub(cpu_before), memory: memory.saturating_sub(before) }
    });
    Ok(Outcome { tally: phones.tally, set_ups, spent })
}

fn row(name: &str, calls: usize, outcome: &Outcome, direct: &Outcome) -> Vec<String> {
    let Outcome { tally, set_ups, spent } = outcome;
    let of_server = |tell: &dyn Fn(&Spent) -> String| spent.as_ref().map_or_else(|| "–".into(), tell);
    let quantiles = |times: &Histogram| format!("{} / {}", millis(times.quantile(0.5)), millis(times.quantile(0.99)));
    let added = |share| more(tally.latencies.quantile(share), direct.tally.latencies.quantile(share));
    vec![
        name.into(),
        calls.to_string(),
        of_server(&|spent| share_of_core(spent.cpu, calls)),
        of_server(&|spent| micros(spent.cpu / u32::try_from(tally.sent.max(1)).unwrap_or(u32::MAX))),
        of_server(&|spent| megabytes(spent.memory / calls as u64)),
        quantiles(set_ups),
        quantiles(&tally.latencies),
        of_server(&|_| format!("{} / {}", added(0.5), added(0.99))),
        format!("{} of {}", tally.lost(), tally.sent),
    ]
}

/// `0.41 %`: hundredths of a percent, for each call.
fn share_of_core(cpu: Duration, calls: usize) -> String {
    let window = u128::from(WINDOW) * calls as u128;
    let hundredths = (cpu.as_nanos() * 10_000 + window / 2) / window;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

/// How much longer the first takes, in milliseconds; less than nothing where it was faster.
fn more(long: u64, short: u64) -> String {
    if long >= short { millis(long - short) } else { format!("-{}", millis(short - long)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_of_a_call_is_its_share_of_one_core() {
        assert_eq!(share_of_core(Duration::from_secs(10), 1), "100.00 %");
        assert_eq!(share_of_core(Duration::from_millis(820), 20), "0.41 %");
    }

    #[test]
    fn a_way_through_a_server_may_be_the_faster_one() {
        assert_eq!(more(1_500_000, 1_000_000), "0.500");
        assert_eq!(more(1_000_000, 1_500_000), "-0.500");
    }
}
