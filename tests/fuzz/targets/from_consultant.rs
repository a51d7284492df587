//! Any text a consultant's desk may send: it decodes or is refused, and what decodes reads back the same.
#![no_main]

use actors::protocol::FromConsultant;
use libfuzzer_sys::fuzz_target;

#[path = "round_trip.rs"]
mod round_trip;

fuzz_target!(|text: &str| round_trip::check::<FromConsultant>(text));
