//! Which interfaces a component has and wants, by name and version.

use std::collections::BTreeSet;

use wasmparser::{ComponentExternalKind, ComponentTypeRef, Parser, Payload};

use crate::ask::Hook;
use crate::refusal::{Refusal, short};

/// The version of the package in `wit/plugin.wit`.
pub const VERSION: &str = "1.0.0";

const PACKAGE: &str = "click2callme:plugin/";

/// Interfaces that are no hook.
const OTHERS: [&str; 3] = ["types", "manifest", "host"];

/// What to do about WASI, per language.
const WITHOUT_WASI: &str = "plugins have no files, no clock and no network; in Rust build for wasm32-unknown-unknown, \
    in JavaScript and Python with --stub-wasi, in C with -mexec-model=reactor and without printf";

/// The hooks of a valid component.
pub(super) fn hooks(component: &[u8]) -> Result<BTreeSet<Hook>, Refusal> {
    let mut depth = 0_usize;
    let mut hooks = BTreeSet::new();
    let mut describes = false;
    for payload in Parser::new(0).parse_all(component) {
        match payload.map_err(|error| damaged(&error))? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(imports) if depth == 0 => {
                for import in imports {
                    let import = import.map_err(|error| damaged(&error))?;
                    check_import(import.name.name, import.ty)?;
                }
            }
            Payload::ComponentExportSection(exports) if depth == 0 => {
                for export in exports {
                    let export = export.map_err(|error| damaged(&error))?;
                    if export.kind != ComponentExternalKind::Instance {
                        continue;
                    }
                    let Some(interface) = own(export.name.name)? else { continue };
                    describes |= interface == "manifest";
                    hooks.extend(Hook::ALL.into_iter().find(|hook| hook.name() == interface));
                }
            }
            _ => {}
        }
    }
    if describes { Ok(hooks) } else { Err(Refusal::not_a_plugin("it does not export the interface manifest")) }
}

fn damaged(error: &wasmparser::BinaryReaderError) -> Refusal {
    Refusal::invalid(&error.to_string())
}

/// Types of any of our interfaces may be imported; functions only of `host`, which linking checks.
fn check_import(name: &str, kind: ComponentTypeRef) -> Result<(), Refusal> {
    let is_instance = matches!(kind, ComponentTypeRef::Instance(_));
    if is_instance && own(name)?.is_some() { Ok(()) } else { Err(foreign(name)) }
}

/// Beside our interfaces a module may import what `wit-component` itself provides (`[export]…`, `$root`).
pub(super) fn check_module_import(name: &str) -> Result<(), Refusal> {
    if name == "env" || name.starts_with("wasi") || name.starts_with("__wbindgen") {
        return Err(foreign(name));
    }
    match name.strip_prefix("[export]").unwrap_or(name) {
        name if name.starts_with(PACKAGE) => own(name).map(drop),
        _ => Ok(()),
    }
}

fn foreign(name: &str) -> Refusal {
    let advice = match name {
        name if name.starts_with("wasi") => WITHOUT_WASI,
        name if name.starts_with("__wbindgen") => "remove wasm-bindgen; a plugin does not run in a browser",
        "env" => "a function was declared and never linked",
        _ => "the interfaces host and types are all there is",
    };
    Refusal::ForeignImport { name: short(name), advice: advice.to_owned() }
}

/// `click2callme:plugin/routing@1.0.0` is `routing`; `None` is the interface of somebody else.
fn own(name: &str) -> Result<Option<&str>, Refusal> {
    let Some(rest) = name.strip_prefix(PACKAGE) else { return Ok(None) };
    let (interface, version) = rest.split_once('@').unwrap_or((rest, ""));
    let (needed, present) = (numbers(version), numbers(VERSION));
    let other = || Refusal::OtherVersion { interface: short(interface), present: VERSION.to_owned() };
    let (Some(needed), Some(present)) = (needed, present) else { return Err(other()) };
    if needed > present {
        let (interface, needed) = (short(interface), short(version));
        return Err(Refusal::NewerInterface { interface, needed, present: VERSION.to_owned() });
    }
    let is_known = OTHERS.contains(&interface) || Hook::ALL.iter().any(|hook| hook.name() == interface);
    if needed.0 == present.0 && is_known { Ok(Some(interface)) } else { Err(other()) }
}

/// Major and minor; a patch changes no interface.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let patch = parts.next()?;
    let is_number = !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && parts.next().is_none()).then_some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package() {
        let wit = include_str!("../../wit/plugin.wit");
        assert!(wit.starts_with(&format!("package click2callme:plugin@{VERSION};")));
    }

    #[test]
    fn names_are_matched_with_their_version() {
        assert_eq!(own("click2callme:plugin/routing@1.0.0").unwrap(), Some("routing"));
        assert_eq!(own("click2callme:plugin/routing@1.0.7").unwrap(), Some("routing"));
        assert_eq!(own("wasi:cli/run@0.2.0").unwrap(), None);
        for newer in ["click2callme:plugin/routing@1.1.0", "click2callme:plugin/routing-v2@2.0.0"] {
            assert!(matches!(own(newer), Err(Refusal::NewerInterface { .. })), "{newer}");
        }
        for other in ["routing", "routing@", "routing@0.9.0", "routing@1.0", "routing@1.0.0-rc", "kitchen@1.0.0"] {
            let name = format!("click2callme:plugin/{other}");
            assert!(matches!(own(&name), Err(Refusal::OtherVersion { .. })), "{name}");
        }
    }

    #[test]
    fn other_imports_are_refused_with_advice() {
        let text = r#"(component (import "wasi:clocks/wall-clock@0.2.0" (instance)))"#;
        let refusal = hooks(&wat::parse_str(text).unwrap()).unwrap_err();
        let words = refusal.to_string();
        assert!(words.contains("wasi:clocks/wall-clock@0.2.0, which plugins do not have"), "{words}");
        let text = r#"(component (import "run" (func)))"#;
        assert!(matches!(hooks(&wat::parse_str(text).unwrap()), Err(Refusal::ForeignImport { .. })));
    }
}
