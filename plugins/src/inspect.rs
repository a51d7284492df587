//! Looks at an upload before anything of it is compiled or run.
//!
//! A core module is made a component here, so that plugin authors need no tool
//! beside their compiler. What is hostile may take long or end the process:
//! `Compiler` does all of this in another one.

mod interface;
mod sizes;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use wasmparser::{Encoding, Parser, Payload, Validator};
use wit_component::ComponentEncoder;

use crate::ask::Hook;
use crate::engine::allowed_features;
use crate::limits::Limits;
use crate::refusal::Refusal;

pub use interface::VERSION;

/// An upload that may be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The upload itself, or the component made of it.
    pub component: Vec<u8>,
    /// The hooks whose interface it exports.
    pub hooks: BTreeSet<Hook>,
}

/// What the first bytes say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Module,
    Component,
}

/// What can be said at once: size and kind.
///
/// # Errors
///
/// What cannot be a plugin.
pub fn glance(upload: &[u8], limits: &Limits) -> Result<(), Refusal> {
    kind_of(upload, limits).map(drop)
}

/// May this be compiled?
///
/// Takes time and memory in proportion to the upload, some tenths of a second
/// for the largest. A core module can bring down the process: `wit-parser`
/// 0.254 follows packages that need each other without end. So use it on
/// uploads only where `compile_child` does, or on what you built yourself.
///
/// # Errors
///
/// The reason, for the owner of the plugin.
pub fn inspect(upload: &[u8], limits: &Limits) -> Result<Inspected, Refusal> {
    let kind = kind_of(upload, limits)?;
    validate(upload)?;
    let component = match kind {
        Kind::Component => upload.to_vec(),
        Kind::Module => wrapped(upload)?,
    };
    if kind == Kind::Module {
        validate(&component)?;
    }
    sizes::check(&component, limits)?;
    let hooks = interface::hooks(&component)?;
    Ok(Inspected { component, hooks })
}

fn kind_of(upload: &[u8], limits: &Limits) -> Result<Kind, Refusal> {
    if upload.is_empty() {
        return Err(Refusal::Empty);
    }
    if upload.len() > limits.upload {
        return Err(Refusal::TooLarge { size: upload.len() as u64, allowed: limits.upload as u64 });
    }
    if upload.starts_with(b"\x7fELF") {
        return Err(Refusal::Precompiled);
    }
    if Parser::is_component(upload) {
        return Ok(Kind::Component);
    }
    if Parser::is_core_wasm(upload) {
        return Ok(Kind::Module);
    }
    let is_text = upload.trim_ascii_start().starts_with(b"(") || upload.trim_ascii_start().starts_with(b";;");
    Err(if is_text { Refusal::Text } else { Refusal::NotWasm })
}

fn validate(wasm: &[u8]) -> Result<(), Refusal> {
    let checked = Validator::new_with_features(allowed_features()).validate_all(wasm);
    checked.map(drop).map_err(|error| Refusal::invalid(&error.to_string()))
}

/// A core module as a component.
fn wrapped(module: &[u8]) -> Result<Vec<u8>, Refusal> {
    check_module(module)?;
    let encode = || ComponentEncoder::default().module(module)?.validate(false).encode();
    match catch_unwind(AssertUnwindSafe(encode)) {
        Ok(component) => component.map_err(|error| Refusal::wrapping(&format!("{error:#}"))),
        Err(_) => Err(Refusal::wrapping("its description of its interface is damaged")),
    }
}

/// Does it say which interface it has, and ask for nothing that plugins do not have?
fn check_module(module: &[u8]) -> Result<(), Refusal> {
    let mut says_interface = false;
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(|error| Refusal::invalid(&error.to_string()))? {
            Payload::CustomSection(section) => says_interface |= section.name().starts_with("component-type"),
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(|error| Refusal::invalid(&error.to_string()))?;
                    interface::check_module_import(import.module)?;
                }
            }
            Payload::Version { encoding: Encoding::Component, .. } => return Err(Refusal::NotWasm),
            _ => {}
        }
    }
    if says_interface { Ok(()) } else { Err(Refusal::Unwrapped) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(upload: &[u8]) -> Refusal {
        inspect(upload, &Limits::default()).unwrap_err()
    }

    fn assembled(text: &str) -> Vec<u8> {
        wat::parse_str(text).unwrap()
    }

    #[test]
    fn what_is_no_wasm_is_named() {
        assert_eq!(refused(b""), Refusal::Empty);
        assert_eq!(refused(b"PK\x03\x04"), Refusal::NotWasm);
        assert_eq!(refused(b"\0asm"), Refusal::NotWasm);
        assert_eq!(refused(b" ;; mine\n(module)"), Refusal::Text);
        assert_eq!(refused(b"\x7fELF\x02\x01"), Refusal::Precompiled);
        let tiny = Limits { upload: 3, ..Limits::default() };
        assert_eq!(glance(b"\0asm", &tiny).unwrap_err(), Refusal::TooLarge { size: 4, allowed: 3 });
    }

    #[test]
    fn a_module_must_say_its_interface() {
        assert_eq!(refused(&assembled("(module)")), Refusal::Unwrapped);
    }

    #[test]
    fn a_damaged_description_of_the_interface_is_refused() {
        let module = assembled(r#"(module (@custom "component-type" "\00asm\ff"))"#);
        assert!(matches!(refused(&module), Refusal::Wrapping { .. }));
    }

    #[test]
    fn a_module_that_wants_files_is_told_how_to_do_without() {
        let module = assembled(r#"(module (import "wasi_snapshot_preview1" "fd_write" (func)))"#);
        let words = refused(&module).to_string();
        assert!(words.contains("wasi_snapshot_preview1") && words.contains("--stub-wasi"), "{words}");
    }

    #[test]
    fn switched_off_proposals_are_refused_before_compiling() {
        for text in [
            "(module (type (sub (func))))",
            "(module (memory i64 1))",
            "(module (memory 1 1 shared))",
            "(module (tag))",
            "(module (type (struct)))",
            "(module (func (param (ref null 0))) (type (func)))",
        ] {
            let Ok(module) = wat::parse_str(text) else { panic!("{text}") };
            assert!(matches!(refused(&module), Refusal::Invalid { .. }), "{text}");
        }
    }

    #[test]
    fn a_component_that_is_no_plugin_is_refused() {
        assert!(matches!(refused(&assembled("(component)")), Refusal::NotAPlugin { .. }));
    }

    #[test]
    fn a_truncated_component_is_refused_at_every_length() {
        let whole = assembled("(component (core module (memory 1) (func (export \"a\"))))");
        for length in 9..whole.len() {
            inspect(&whole[..length], &Limits::default()).unwrap_err();
        }
    }
}
