//! Code that makes wasmtime without its `gc` feature abort the whole process
//! (RUSTSEC-2026-0570), unless it is refused first.

use plugins::Refusal;
use plugins::fakes::Text;

use crate::Shelf;

/// A function type that others may extend.
const OPEN_TYPES: &str = "
    (type $open (sub (func)))
    (type $closed (sub final $open (func)))
    (func $one (type $closed))
    (table $table 1 1 funcref)
    (elem (table $table) (i32.const 0) func $one)
    (elem declare func $one)";

/// Each asks at run time whether one type is a part of another.
const FAMILY: [&str; 3] = [
    "(drop (ref.cast (ref $open) (table.get $table (i32.const 0)))) (i32.const 1024)",
    "(drop (ref.test (ref $open) (table.get $table (i32.const 0)))) (i32.const 1024)",
    "(call_indirect $table (type $open) (i32.const 0)) (i32.const 1024)",
];

#[test]
fn code_that_aborts_the_process_is_refused() {
    let shelf = Shelf::new();
    for body in FAMILY {
        let upload = Text { more: OPEN_TYPES.to_owned(), ..Text::route(body) }.upload();
        match shelf.library.load(&upload) {
            Err(Refusal::Invalid { message }) => assert!(message.contains("gc"), "{message}"),
            // It got through: run it, which shows what follows.
            Ok(plugin) => panic!("{:?}", crate::route(&plugin)),
            Err(refusal) => panic!("{refusal:?}"),
        }
    }
}
