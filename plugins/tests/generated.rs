//! A thousand generated programs: whatever they do, each run ends in an answer
//! or a failure, and the hub goes on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use plugins::Values;
use plugins::ask::{Answer, Failure};
use plugins::fakes::Text;
use plugins::limits::Limits;

use crate::{Shelf, patient, questions, route};

/// Programs in one plugin: compiling is what takes time.
const TOGETHER: usize = 250;

/// How deep expressions are nested.
const DEPTH: u32 = 6;

/// Asks `host.get` which of its functions to call: the length of the value.
const DISPATCH: &str = "
    (call $get (i32.const 2048) (i32.const 5) (i32.const 4096))
    (call_indirect $programs (type $program) (local.get $question) (i32.load (i32.const 4104)))";

/// Writes programs; the same seed writes the same ones. xorshift64 (Marsaglia 2003).
struct Generator(u64);

impl Generator {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.below(choices.len() as u64)).unwrap();
        choices.get(at).copied().unwrap()
    }

    /// An `i32`.
    fn expression(&mut self, depth: u32) -> String {
        if depth == 0 {
            return match self.below(4) {
                0 => format!("(i32.const {})", self.below(1 << 32)),
                1 => format!("(i32.const {})", self.below(200_000)),
                2 => "(local.get $a)".to_owned(),
                _ => "(local.get $question)".to_owned(),
            };
        }
        let (first, second) = (self.expression(depth - 1), self.expression(depth - 1));
        match self.below(16) {
            0..6 => {
                let operators = ["add", "sub", "mul", "and", "or", "xor", "shl", "shr_u", "rotl", "div_s", "rem_u"];
                format!("(i32.{} {first} {second})", self.one_of(&operators))
            }
            6 => format!("(i32.load {first})"),
            7 => format!("(i32.load8_u offset=4000 {first})"),
            8 => format!("(i32.trunc_sat_f64_s (f64.sqrt (f64.convert_i32_s {first})))"),
            9 => format!("(i32.trunc_f32_u (f32.div (f32.convert_i32_s {first}) (f32.convert_i32_u {second})))"),
            10 => format!("(select {first} {second} (local.get $a))"),
            11 => format!("(if (result i32) {first} (then {second}) (else (local.get $a)))"),
            12 => format!("(memory.grow (i32.and {first} (i32.const 63)))"),
            13 => format!("(table.grow $programs (ref.null func) (i32.and {first} (i32.const 255)))"),
            14 => format!("(call_indirect $programs (type $program) {first} {second})"),
            _ => format!("(block (result i32) {} {second})", self.statement(first)),
        }
    }

    /// Something that leaves nothing behind.
    fn statement(&mut self, value: String) -> String {
        match self.below(8) {
            0 => format!("(i32.store {value} (local.get $a))"),
            1 => format!("(loop $on (local.set $a (i32.sub (local.get $a) (i32.const 1))) (br_if $on {value}))"),
            2 => format!("(memory.fill {value} (local.get $a) (i32.const 4096))"),
            3 => format!("(memory.copy {value} (local.get $question) (i32.const 65536))"),
            4 => format!("(call $log (i32.and {value} (i32.const 7)) (local.get $a) (i32.const 100))"),
            5 => format!("(table.set $programs {value} (ref.null func))"),
            6 => format!("(if {value} (then unreachable))"),
            _ => format!("(local.set $a {value})"),
        }
    }

    fn program(&mut self) -> String {
        let mut body = String::new();
        for _ in 0..=self.below(4) {
            let depth = u32::try_from(self.below(u64::from(DEPTH))).unwrap();
            let value = self.expression(depth);
            let _ = write!(body, "{}", self.statement(value));
        }
        let answer = self.expression(DEPTH - 1);
        format!("(func (type $program) (param $question i32) (result i32) (local $a i32) {body} {answer})")
    }
}

fn plugin(generator: &mut Generator) -> Text {
    let mut more = String::from(r#"(data (i32.const 2048) "which") (type $program (func (param i32) (result i32)))"#);
    let mut names = String::new();
    for number in 0..TOGETHER {
        more.push_str(&generator.program().replacen("(func", &format!("(func $p{number}"), 1));
        let _ = write!(names, " $p{number}");
    }
    let _ = write!(more, "(table $programs funcref (elem {names}))");
    Text { more, ..Text::route(DISPATCH) }
}

#[test]
fn a_thousand_programs_end() {
    let shelf = Shelf::with(Limits { routing: Limits::default().routing, ..patient() });
    let good = shelf.load(&Text::default().upload());
    let mut generator = Generator(0x2545_f491_4f6c_dd1d);
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..4 {
        let bad = shelf.load(&plugin(&mut generator).upload());
        for number in 0..TOGETHER {
            let values = Values::from([("which".to_owned(), "x".repeat(number))]);
            let run = bad.run(&questions::route(), &Arc::new(values));
            let end = match &run.answer {
                Ok(Answer::Route(_)) => "answer",
                Ok(other) => panic!("{other:?}"),
                Err(Failure::Host { message }) => panic!("{message}"),
                Err(Failure::Trap { .. }) => "trap",
                Err(Failure::Fuel { .. } | Failure::Late { .. }) => "used up",
                Err(Failure::Memory { .. } | Failure::Table { .. }) => "too much",
                Err(Failure::Stack) => "stack",
                Err(_) => "unreadable",
            };
            *ends.entry(end).or_default() += 1;
        }
    }
    assert_eq!(ends.values().sum::<usize>(), 1_000);
    // Otherwise the generator would write dull programs.
    for end in ["trap", "used up", "unreadable"] {
        assert!(ends.get(end).is_some_and(|count| *count >= 10), "{ends:?}");
    }
    assert!((0..100).any(|_| route(&good).answer.is_ok()));
}
