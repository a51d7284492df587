//! Plugins that mean no good: each is stopped with the right words, within its
//! limits, and the next plugin of somebody else runs as ever.

use std::time::{Duration, Instant};

use plugins::Refusal;
use plugins::ask::{Answer, Failure, Run};
use plugins::fakes::{NOTHING, Text};
use plugins::limits::{self, Limits};

use crate::{GENEROUS, Shelf, patient, route};

const FUEL: u64 = 20_000_000;

/// Runs it, then a decent one; how the bad one ended.
fn run(text: &Text) -> Run {
    run_with(patient(), text)
}

fn run_with(limits: Limits, text: &Text) -> Run {
    let shelf = Shelf::with(limits);
    let (bad, good) = (shelf.load(&text.upload()), shelf.load(&Text::default().upload()));
    let started = Instant::now();
    let run = route(&bad);
    assert!(started.elapsed() < limits.routing.wall + GENEROUS, "{:?}", started.elapsed());
    assert!(run.memory <= limits.memory as u64 + limits::TABLE_ELEMENTS as u64 * 8);
    // With the real limits even a decent plugin may be late on a busy machine.
    let next = (0..100).map(|_| route(&good).answer).find(|answer| !matches!(answer, Err(Failure::Late { .. })));
    assert!(matches!(next, Some(Ok(Answer::Route(_)))), "{next:?}");
    run
}

fn failure(text: &Text) -> Failure {
    run(text).answer.unwrap_err()
}

fn used_up(failure: &Failure) -> bool {
    matches!(failure, Failure::Fuel { limit: FUEL })
}

fn refusal(text: &Text) -> Refusal {
    Shelf::new().library.load(&text.upload()).unwrap_err()
}

#[test]
fn an_endless_loop_is_stopped_in_a_call() {
    let failure = failure(&Text::route("(loop $on (br $on)) unreachable"));
    assert!(used_up(&failure), "{failure:?}");
}

#[test]
fn an_endless_loop_is_stopped_while_arguments_are_copied() {
    let text = Text { realloc: "(loop $on (br $on)) unreachable".to_owned(), ..Text::default() };
    let failure = failure(&text);
    assert!(used_up(&failure), "{failure:?}");
}

#[test]
fn an_endless_loop_at_the_start_is_refused() {
    let more = "(func $main (loop $on (br $on))) (start $main)".to_owned();
    let refusal = refusal(&Text { more, ..Text::default() });
    let Refusal::Describe { failure: Failure::Fuel { .. } } = refusal else { panic!("{refusal:?}") };
}

#[test]
fn an_endless_loop_in_describe_is_refused() {
    let refusal = refusal(&Text { describe: "(loop $on (br $on)) unreachable".to_owned(), ..Text::default() });
    let Refusal::Describe { failure: Failure::Fuel { .. } } = refusal else { panic!("{refusal:?}") };
}

#[test]
fn endless_tail_calls_are_stopped() {
    let failure = failure(&Text::route("(return_call $route (local.get $question))"));
    assert!(used_up(&failure), "{failure:?}");
}

#[test]
fn work_that_burns_time_and_little_fuel_is_stopped_by_the_clock() {
    let filling = "
        (loop $on
            (memory.fill (i32.const 65536) (i32.const 1) (i32.const 16000000))
            (br $on))
        unreachable";
    // Fuel that lasts for hours, so that only the clock can end it.
    let mut limits = Limits::default();
    limits.routing.fuel = u64::MAX / 2;
    let text = Text { memory: "256".to_owned(), ..Text::route(filling) };
    let run = run_with(limits, &text);
    assert_eq!(run.answer, Err(Failure::Late { limit: limits.routing.wall }));
}

#[test]
fn deep_recursion_is_stopped() {
    let text = Text::route("(call $route (i32.add (local.get $question) (i32.const 1))) (drop) (i32.const 1024)");
    assert_eq!(failure(&text), Failure::Stack);
}

#[test]
fn memory_cannot_grow_above_its_limit() {
    let growing = "(loop $on (drop (memory.grow (i32.const 16))) (br $on)) unreachable";
    let Failure::Memory { asked, allowed } = failure(&Text::route(growing)) else { panic!() };
    assert!(asked > allowed && asked <= allowed + (1 << 20));
}

#[test]
fn memory_cannot_grow_by_all_there_is_at_once() {
    let growing = "(drop (memory.grow (i32.const 65534))) (i32.const 1024)";
    let failure = failure(&Text::route(growing));
    assert!(matches!(failure, Failure::Memory { asked, .. } if asked == 4 << 30), "{failure:?}");
}

#[test]
fn tables_cannot_grow_above_their_limit() {
    let growing = "(loop $on (drop (table.grow $t (ref.null func) (i32.const 5000))) (br $on)) unreachable";
    let text = Text { more: "(table $t 1 funcref)".to_owned(), ..Text::route(growing) };
    let failure = failure(&text);
    assert!(matches!(failure, Failure::Table { asked, allowed: 20_000 } if asked > 20_000), "{failure:?}");
}

#[test]
fn a_start_with_too_much_is_refused_before_compiling() {
    let memory = Text { memory: "16384".to_owned(), ..Text::default() };
    assert_eq!(refusal(&memory), Refusal::Memory { asked: 1 << 30, allowed: 32 << 20 });
    let table = Text { more: "(table 10000000 funcref)".to_owned(), ..Text::default() };
    assert!(matches!(refusal(&table), Refusal::Table { asked, .. } if asked >= 10_000_000));
}

/// Code that puts each number at its address.
fn stored(numbers: &[(u32, u32)]) -> String {
    let stores: Vec<String> =
        numbers.iter().map(|(at, number)| format!("(i32.store (i32.const {at}) (i32.const {number}))")).collect();
    stores.concat()
}

#[test]
fn an_answer_that_is_none_is_unreadable() {
    // An `outcome`: decision at 0 with its list at 4, reason at 36, tags at 44.
    let with = |stores: &str| Text::route(format!("{stores} (i32.const 4096)"));
    let text = |at: u32, length: u32| with(&stored(&[(4_132, at), (4_136, length)]));
    let list = |length: i32| with(&stored(&[(4_140, 8_192), (4_144, length.cast_unsigned())]));
    for (name, text) in [
        ("outside memory", Text::route("(i32.const -16)")),
        ("at the edge", Text::route("(i32.const 131068)")),
        ("not aligned", Text::route("(i32.const 1025)")),
        ("no such decision", with(&stored(&[(4_096, 250)]))),
        ("text outside memory", text(131_000, 9_999)),
        ("text is not UTF-8", Text { more: r#"(data (i32.const 5000) "\ff")"#.to_owned(), ..text(5_000, 1) }),
        ("list of 2^28", list(1 << 28)),
        ("list over all addresses", list(-1)),
    ] {
        let failure = failure(&text);
        assert!(matches!(failure, Failure::Output { .. }), "{name}: {failure:?}");
    }
}

#[test]
fn arguments_put_where_they_do_not_fit_are_noticed() {
    for realloc in ["(i32.const -16)", "(i32.const 1)", "(i32.const 131071)"] {
        let text = Text { realloc: realloc.to_owned(), ..Text::default() };
        let failure = failure(&text);
        assert!(matches!(failure, Failure::Output { .. } | Failure::Trap { .. }), "{realloc}: {failure:?}");
    }
}

/// Tags that all are the same text.
fn many_tags(count: u32, length: u32) -> Text {
    Text::route(format!(
        "(local $at i32) (local.set $at (i32.const 131072))
        (memory.fill (i32.const 65536) (i32.const 97) (i32.const 65536))
        (loop $next
            (i32.store (local.get $at) (i32.const 65536))
            (i32.store offset=4 (local.get $at) (i32.const {length}))
            (local.set $at (i32.add (local.get $at) (i32.const 8)))
            (br_if $next (i32.lt_u (local.get $at) (i32.const {end}))))
        (i32.store (i32.const 4140) (i32.const 131072)) (i32.store (i32.const 4144) (i32.const {count}))
        (i32.const 4096)",
        end = 131_072 + count * 8,
    ))
}

#[test]
fn a_huge_answer_is_not_copied() {
    let text = Text { memory: "8".to_owned(), ..many_tags(8_000, 60_000) };
    assert_eq!(failure(&text), Failure::HostBytes { limit: limits::HOST_BYTES as u64 });
}

#[test]
fn a_name_of_200_kb_is_only_copied_once() {
    let text = Text { memory: "8".to_owned(), ..many_tags(3, 65_536) };
    let Ok(Answer::Route(outcome)) = run(&text).answer else { panic!() };
    assert_eq!(outcome.tags.iter().map(String::len).sum::<usize>(), 3 * 65_536);
}

#[test]
fn a_flood_of_log_lines_is_cut() {
    let logging = "
        (loop $on (call $log (i32.const 1) (i32.const 2048) (i32.const 60000)) (br $on))
        unreachable";
    // Copying takes time and little fuel, so the clock may be first.
    let limits = Limits { routing: Limits::default().routing, ..patient() };
    let run = run_with(limits, &Text::route(logging));
    let failure = run.answer.unwrap_err();
    assert!(used_up(&failure) || failure == Failure::Late { limit: limits.routing.wall }, "{failure:?}");
    let bytes: usize = run.logs.iter().map(|line| line.text.len()).sum();
    assert!(bytes < limits::LOG_BYTES + 100, "{bytes}");
    assert!(run.logs.len() <= 2);
}

#[test]
fn an_error_names_the_functions_it_happened_in() {
    let text = Text {
        more: "(func $divide_by_nobody (result i32) (i32.div_u (i32.const 1) (i32.const 0)))".to_owned(),
        ..Text::route("(call $divide_by_nobody)")
    };
    let Failure::Trap { message, frames } = failure(&text) else { panic!() };
    assert!(message.contains("divide by zero"), "{message}");
    assert!(frames[0].contains("divide_by_nobody"), "{frames:?}");
}

#[test]
fn ten_thousand_traps_leave_nothing_behind() {
    let shelf = Shelf::new();
    let plugin = shelf.load(&Text { memory: "4".to_owned(), ..Text::route(TOUCH_AND_FALL) }.upload());
    let fall = || (0..1_000).for_each(|_| assert!(route(&plugin).answer.is_err()));
    fall();
    let before = resident();
    (0..9).for_each(|_| fall());
    let grown = resident().saturating_sub(before);
    assert!(grown < 32 << 20, "{grown} bytes more");
}

/// Writes to every page of 256 KiB before it falls.
const TOUCH_AND_FALL: &str = "(memory.fill (i32.const 0) (i32.const 1) (i32.const 262144)) unreachable";

/// Memory of this process that is in use, in bytes (proc(5), statm).
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4_096
}

#[test]
fn a_slow_compile_is_given_up() {
    let functions = "(func (param i32) (result i32) (local.get 0))".repeat(2_000);
    let upload = Text { more: functions, ..Text::default() }.upload();
    let compiler = crate::compiler().waiting(Duration::ZERO);
    let refusal = compiler.compile(&upload, &Limits::default()).unwrap_err();
    assert_eq!(refusal, Refusal::SlowCompile { limit: Duration::ZERO });
}

#[test]
fn ten_megabytes_are_not_even_read() {
    let data = format!(r#"(func $filler) (@custom "filler" "{}")"#, "x".repeat(10 << 20));
    let upload = Text { more: data, ..Text::default() }.upload();
    assert!(upload.len() > 8 << 20, "{}", upload.len());
    let refusal = Shelf::new().library.load(&upload).unwrap_err();
    assert!(matches!(refusal, Refusal::TooLarge { .. }), "{refusal:?}");
}

#[test]
fn a_decent_answer_is_still_one() {
    assert!(run(&Text::route(NOTHING)).answer.is_ok());
}
