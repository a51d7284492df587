//! Plugins for tests: made from WebAssembly text, and some ready-made ones.
//!
//! A ready-made plugin is called with the id, the name and the version that it
//! shall give; another version is another upload of the same plugin.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod memory;
mod text;

pub use text::{NOTHING, Text, dummy, newer_wit};

use memory::Memory;

/// The setting of `offers_one`: the id of a consultant.
pub const CONSULTANT: &str = "consultant";

/// The setting of `keeps_secret`.
pub const TOKEN: &str = "token";

/// What `never_content` says of its setting `TOKEN`.
pub const COMPLAINT: &str = "This token is too old.";

/// How long an offer stands, in seconds.
pub const PATIENCE: u32 = 30;

/// Where what a plugin has in its memory begins; its heap begins at 65536.
const DATA: u32 = 16_384;

/// Where the consultants of an offer are written, up to `DATA`: eight bytes for each.
const OFFERED: u32 = 8_192;

/// Places in the variant `field-kind`.
const SECRET_KIND: u32 = 1;
const CONSULTANT_KIND: u32 = 15;

/// Is this consultant free? The places are those of `context`, `request` and `consultant`.
const IS_FREE: &str = "
    (func $is_free (param $question i32) (param $one i32) (result i32)
        (i32.and
            (i32.eqz (i32.or (i32.load8_u offset=16 (local.get $one)) (i32.load8_u offset=48 (local.get $one))))
            (i32.or
                (i32.load8_u offset=68 (local.get $question))
                (i32.lt_u (i32.load offset=40 (local.get $one)) (i32.load offset=44 (local.get $one))))))";

/// Are these two texts the same?
const IS_SAME: &str = "
    (func $is_same (param $a i32) (param $length i32) (param $b i32) (param $other i32) (result i32)
        (if (i32.ne (local.get $length) (local.get $other)) (then (return (i32.const 0))))
        (loop $next
            (if (i32.eqz (local.get $length)) (then (return (i32.const 1))))
            (local.set $length (i32.sub (local.get $length) (i32.const 1)))
            (br_if $next (i32.eq
                (i32.load8_u (i32.add (local.get $a) (local.get $length)))
                (i32.load8_u (i32.add (local.get $b) (local.get $length))))))
        (i32.const 0))";

/// Offers everybody who is free to the visitor, in one step; inherits when nobody is.
pub fn offers_everybody(id: &str, name: &str, version: &str) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let route = offer(&mut memory, "everybody who is free", "");
    let describe = describe(&mut memory, [id, name, version], [0, 0]);
    upload(&memory, IS_FREE, describe, route)
}

/// Offers the consultant whom the setting `CONSULTANT` names, if free; inherits otherwise.
pub fn offers_one(id: &str, name: &str, version: &str) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let [key, length] = memory.text(CONSULTANT);
    // Of each `setting` the key is at 0 and its text at 16.
    let wished = format!(
        "(local $wished i32) (local $length i32)
        (local.set $at (i32.load offset=48 (local.get $question)))
        (local.set $end (i32.add (local.get $at) (i32.mul (i32.load offset=52 (local.get $question)) (i32.const 24))))
        (block $looked
            (loop $next
                (br_if $looked (i32.ge_u (local.get $at) (local.get $end)))
                (if (call $is_same
                        (i32.load (local.get $at)) (i32.load offset=4 (local.get $at))
                        (i32.const {key}) (i32.const {length}))
                    (then
                        (local.set $wished (i32.load offset=16 (local.get $at)))
                        (local.set $length (i32.load offset=20 (local.get $at)))))
                (local.set $at (i32.add (local.get $at) (i32.const 24)))
                (br $next)))"
    );
    let route = offer(&mut memory, "the one who is named in the settings", &wished);
    let fields = [field(&mut memory, [CONSULTANT, "Consultant"], CONSULTANT_KIND, true), 1];
    let describe = describe(&mut memory, [id, name, version], fields);
    upload(&memory, &format!("{IS_FREE}{IS_SAME}"), describe, route)
}

/// Never answers: each question uses up its budget.
pub fn loops(id: &str, name: &str, version: &str) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let describe = describe(&mut memory, [id, name, version], [0, 0]);
    upload(&memory, "", describe, "(loop $on (br $on)) unreachable".to_owned())
}

/// Falls at each question, in a function called `fall`.
pub fn traps(id: &str, name: &str, version: &str) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let describe = describe(&mut memory, [id, name, version], [0, 0]);
    upload(&memory, "(func $fall (result i32) unreachable)", describe, "(call $fall)".to_owned())
}

/// Writes the line `line` to its log and leaves the decision to the next.
pub fn logs(id: &str, name: &str, version: &str, line: &str) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let [text, length] = memory.text(line);
    let nothing = outcome(&mut memory, [0, 0, 0], "only looks");
    let route = format!("(call $log (i32.const 1) (i32.const {text}) (i32.const {length})) (i32.const {nothing})");
    let describe = describe(&mut memory, [id, name, version], [0, 0]);
    upload(&memory, "", describe, route)
}

/// Plans the hours: closed on every day that it is asked about, at most 300.
pub fn closes_every_day(id: &str, name: &str, version: &str) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let describe = describe(&mut memory, [id, name, version], [0, 0]);
    // The days follow the 68 bytes of the `context`. A verdict has 24 bytes: `replace` is 1, then all is empty.
    let functions = format!(
        r#"(func (export "click2callme:plugin/working-hours@1.0.0#plan-days") (param $question i32) (result i32)
            (local $left i32) (local $at i32)
            (local.set $left (i32.load offset=72 (local.get $question)))
            (i32.store (i32.const 1024) (i32.const {OFFERED}))
            (i32.store (i32.const 1028) (local.get $left))
            (local.set $at (i32.const {OFFERED}))
            (block $done
                (loop $next
                    (br_if $done (i32.eqz (local.get $left)))
                    (i32.store8 (local.get $at) (i32.const 1))
                    (local.set $at (i32.add (local.get $at) (i32.const 24)))
                    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
                    (br $next)))
            (i32.const 1024))
        (func (export "click2callme:plugin/working-hours@1.0.0#offer-slots") (param i32) (result i32) unreachable)"#
    );
    let more = format!("{functions}{}", memory.data());
    let world = text::HOURS_WORLD.to_owned();
    Text { more, world, describe: format!("(i32.const {describe})"), ..Text::default() }.upload()
}

/// Wants a secret, and leaves the decision to the next.
pub fn keeps_secret(id: &str, name: &str, version: &str) -> Vec<u8> {
    with_token(id, name, version, false)
}

/// The same, but no settings are good for it.
pub fn never_content(id: &str, name: &str, version: &str) -> Vec<u8> {
    with_token(id, name, version, true)
}

fn with_token(id: &str, name: &str, version: &str, complains: bool) -> Vec<u8> {
    let mut memory = Memory::from(DATA);
    let ([key, length], [complaint, one]) = (memory.text(TOKEN), memory.english(COMPLAINT));
    let problem = memory.record(&[key, length, complaint, one]);
    let problems = memory.record(&[problem, u32::from(complains)]);
    let fields = [field(&mut memory, [TOKEN, "Token"], SECRET_KIND, false), 1];
    let (describe, nothing) =
        (describe(&mut memory, [id, name, version], fields), outcome(&mut memory, [0, 0, 0], "only keeps a secret"));
    let (describe, check) = (format!("(i32.const {describe})"), format!("(i32.const {problems})"));
    Text { more: memory.data(), describe, check, ..Text::route(format!("(i32.const {nothing})")) }.upload()
}

fn upload(memory: &Memory, functions: &str, describe: u32, route: String) -> Vec<u8> {
    let more = format!("{functions}{}", memory.data());
    Text { more, describe: format!("(i32.const {describe})"), ..Text::route(route) }.upload()
}

/// An `about`: id, name, summary, version, author, homepage, license, capabilities, hosts, fields.
fn describe(memory: &mut Memory, [id, name, version]: [&str; 3], fields: [u32; 2]) -> u32 {
    let (id, name, summary) = (memory.text(id), memory.english(name), memory.english("Made for a test."));
    let (version, author) = (memory.text(version), memory.text("Bakery"));
    let absent = [0; 10];
    let parts: [&[u32]; 7] = [&id, &name, &summary, &version, &author, &absent, &fields];
    memory.record(&parts.concat())
}

/// A `field` of a kind without parts.
fn field(memory: &mut Memory, [key, label]: [&str; 2], kind: u32, is_required: bool) -> u32 {
    let (key, label) = (memory.text(key), memory.english(label));
    let (no_help, no_section) = ([0; 2], [0; 4]);
    // The kind, `required`, no default, no condition.
    let (kind, required, nothing_else) = ([kind, 0, 0, 0, 0, 0, 0, 0], [u32::from(is_required), 0], [0; 14]);
    let parts: [&[u32]; 7] = [&key, &label, &no_help, &no_section, &kind, &required, &nothing_else];
    memory.record(&parts.concat())
}

/// An `outcome`: the start of its decision, its reason, no tags.
fn outcome(memory: &mut Memory, [decision, list, length]: [u32; 3], reason: &str) -> u32 {
    let [reason, reason_length] = memory.text(reason);
    memory.record(&[decision, list, length, 0, 0, 0, 0, 0, 0, reason, reason_length, 0, 0])
}

/// Code that offers all who are free, or with `wished` only the one with that id.
fn offer(memory: &mut Memory, reason: &str, wished: &str) -> String {
    const OFFER: u32 = 1;
    const ALL_AT_ONCE: u32 = 0;

    let tier = memory.record(&[OFFERED, 0, ALL_AT_ONCE, PATIENCE]);
    let (offered, nobody) = (outcome(memory, [OFFER, tier, 1], reason), outcome(memory, [0, 0, 0], "nobody is free"));
    let is_wished = match wished {
        "" => "(i32.const 1)",
        _ => {
            "(call $is_same
                (i32.load (local.get $at)) (i32.load offset=4 (local.get $at))
                (local.get $wished) (local.get $length))"
        }
    };
    // Consultants are at 192 of the `request`, which follows the 68 bytes of the `context`; each takes 68.
    format!(
        "(local $at i32) (local $end i32) (local $to i32)
        {wished}
        (local.set $to (i32.const {OFFERED}))
        (local.set $at (i32.load offset=260 (local.get $question)))
        (local.set $end (i32.add (local.get $at) (i32.mul (i32.load offset=264 (local.get $question)) (i32.const 68))))
        (block $done
            (loop $next
                (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
                (br_if $done (i32.ge_u (local.get $to) (i32.const {DATA})))
                (if (i32.and (call $is_free (local.get $question) (local.get $at)) {is_wished})
                    (then
                        (i32.store (local.get $to) (i32.load (local.get $at)))
                        (i32.store offset=4 (local.get $to) (i32.load offset=4 (local.get $at)))
                        (local.set $to (i32.add (local.get $to) (i32.const 8)))))
                (local.set $at (i32.add (local.get $at) (i32.const 68)))
                (br $next)))
        (if (i32.eq (local.get $to) (i32.const {OFFERED})) (then (return (i32.const {nobody}))))
        (i32.store offset=4 (i32.const {tier})
            (i32.shr_u (i32.sub (local.get $to) (i32.const {OFFERED})) (i32.const 3)))
        (i32.const {offered})"
    )
}
