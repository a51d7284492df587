//! Any answer a browser may give: what is taken has no addresses left and reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| hub_media::fuzz::answer_sdp(text));
