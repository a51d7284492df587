//! Uploads that never run, each refused for its own reason.

use plugins::Refusal;
use plugins::ask::Hook;
use plugins::fakes::Text;
use plugins::inspect::inspect;
use plugins::limits::Limits;

use crate::Shelf;

fn refusal(upload: &[u8]) -> Refusal {
    let refusal = inspect(upload, &Limits::default()).unwrap_err();
    // The process that compiles says the same.
    assert_eq!(Shelf::new().library.load(upload).unwrap_err(), refusal);
    refusal
}

fn with(more: &str) -> Vec<u8> {
    Text { more: more.to_owned(), ..Text::default() }.upload()
}

#[test]
fn a_module_without_its_interface_is_refused() {
    assert_eq!(refusal(&Text::default().module()), Refusal::Unwrapped);
}

#[test]
fn compiled_code_is_refused_under_any_name() {
    let limits = Limits::default();
    let artifact = crate::compiler().compile(&Text::default().upload(), &limits).unwrap();
    assert_eq!(refusal(&artifact), Refusal::Precompiled);
}

#[test]
fn proposals_that_are_switched_off_are_refused() {
    for more in [
        "(memory 1 1 shared)",
        "(memory i64 1)",
        "(tag $oops)",
        "(type $box (struct (field i32)))",
        "(type $open (sub (func)))",
        "(func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))",
        "(memory 1 (pagesize 1))",
        "(func (param i64 i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 1)))",
    ] {
        let refusal = refusal(&with(more));
        assert!(matches!(refusal, Refusal::Invalid { .. }), "{more}: {refusal:?}");
    }
}

#[test]
fn a_jump_table_without_end_is_refused() {
    let targets = "0 ".repeat(500_000);
    let body = format!("(block (br_table {targets} (local.get $question))) (i32.const 1024)");
    let refusal = Shelf::new().library.load(&Text::route(body).upload()).unwrap_err();
    assert!(matches!(refusal, Refusal::Invalid { .. } | Refusal::Compile { .. }), "{refusal:?}");
}

#[test]
fn a_foreign_import_is_refused_with_advice() {
    // Known to `wit-component`, unknown to the hub.
    let wit = "package other:thing@1.0.0; interface clock { now: func() -> u32; } \
        world plugin { import clock; export tell: func() -> u32; }";
    let text = r#"(module
        (import "other:thing/clock@1.0.0" "now" (func $now (result i32)))
        (func (export "tell") (result i32) (call $now)))"#;
    let mut module = wat::parse_str(text).unwrap();
    let mut resolve = wit_parser::Resolve::default();
    let package = resolve.push_source("thing.wit", wit).unwrap();
    let world = resolve.select_world(&[package], Some("plugin")).unwrap();
    let encoding = wit_component::StringEncoding::UTF8;
    wit_component::embed_component_metadata(&mut module, &resolve, world, encoding).unwrap();
    let Refusal::ForeignImport { name, .. } = refusal(&module) else { panic!() };
    assert_eq!(name, "other:thing/clock@1.0.0");
}

#[test]
fn a_hook_with_the_wrong_functions_is_refused() {
    let wit = plugin_wit().replace("-> outcome;", "-> u32;");
    let upload = Text { wit, ..Text::default() }.upload();
    let refusal = Shelf::new().library.load(&upload).unwrap_err();
    assert!(matches!(refusal, Refusal::Hook { hook: Hook::Routing, .. }), "{refusal:?}");
}

#[test]
fn a_host_function_with_other_parameters_is_refused() {
    let wit = plugin_wit().replace("log: func(level: level, message: string)", "log: func(a: s32, b: s32, c: s32)");
    let upload = Text { wit, ..Text::default() }.upload();
    let refusal = Shelf::new().library.load(&upload).unwrap_err();
    assert!(matches!(refusal, Refusal::Link { .. }), "{refusal:?}");
}

fn plugin_wit() -> String {
    Text::default().wit
}

/// A generator that needs no seed from outside: xorshift64 (Marsaglia 2003).
fn random(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % (1 << 31)).unwrap()
}

/// The same upload with some bytes changed, and sometimes cut short.
fn damaged(whole: &[u8], round: usize, state: &mut u64) -> Vec<u8> {
    let mut damaged = whole.to_vec();
    for _ in 0..=round % 8 {
        let at = random(state) % damaged.len();
        let [low, ..] = random(state).to_le_bytes();
        damaged.splice(at..=at, [low]);
    }
    let cut = if random(state).is_multiple_of(4) { random(state) % damaged.len() } else { 0 };
    damaged.truncate(damaged.len() - cut);
    damaged
}

#[test]
fn damaged_components_are_refused_or_whole() {
    let component = inspect(&Text::default().upload(), &Limits::default()).unwrap().component;
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let refused = |round: usize| inspect(&damaged(&component, round, &mut state), &Limits::default()).is_err();
    let refused = (0..1_000).map(refused).filter(|refused| *refused).count();
    assert!(refused > 500, "{refused}");
}

/// Some of them send `wit-parser` into a recursion without end, which ends the process that wraps.
#[test]
fn damaged_modules_only_end_the_process_that_looks_at_them() {
    let module = Text::default().upload();
    let compiler = crate::compiler();
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut refused = 0;
    for round in 0..100 {
        match compiler.compile(&damaged(&module, round, &mut state), &Limits::default()) {
            Err(Refusal::Hub { message }) => panic!("{message}"),
            Err(_) => refused += 1,
            Ok(artifact) => assert!(!artifact.is_empty()),
        }
    }
    assert!(refused > 50, "{refused}");
}
