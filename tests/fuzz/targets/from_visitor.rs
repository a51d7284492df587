//! Any text a visitor's browser may send: it decodes or is refused, and what decodes reads back the same.
#![no_main]

use actors::protocol::FromVisitor;
use libfuzzer_sys::fuzz_target;

#[path = "round_trip.rs"]
mod round_trip;

fuzz_target!(|text: &str| round_trip::check::<FromVisitor>(text));
