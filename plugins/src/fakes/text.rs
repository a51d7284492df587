//! Plugins as text: a decent one, of which each test changes a part.

use wit_component::{StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve};

const WIT: &str = include_str!("../../wit/plugin.wit");

/// A plugin for the world `routing-plugin`. Its parts are WebAssembly text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Beside the parts below: functions, data, globals.
    pub more: String,
    pub memory: String,
    pub realloc: String,
    /// `describe`: leaves the address of an `about`.
    pub describe: String,
    /// `check`: leaves the address of a list of problems.
    pub check: String,
    /// `route`: gets `$question`, leaves the address of an `outcome`.
    pub route: String,
    /// The version of the interface it is built against.
    pub version: String,
    /// The interface it is built against.
    pub wit: String,
    pub world: String,
}

/// A plugin for this world brings its own functions in `more` and has no `route`.
pub(super) const HOURS_WORLD: &str = "working-hours-plugin";

/// Sixteen-aligned and never written: an `about` of empty texts, an `outcome` that says `inherit`.
pub const NOTHING: &str = "(i32.const 1024)";

/// Hands out memory from the second page on and grows when it ends.
const BUMP: &str = "
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $free) (i32.const 15)) (i32.const -16)))
    (global.set $free (i32.add (local.get $at) (local.get $size)))
    (block $fits
        (br_if $fits (i32.le_u (global.get $free) (i32.mul (memory.size) (i32.const 65536))))
        (drop (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1)))))
    (local.get $at)";

impl Default for Text {
    fn default() -> Self {
        Self {
            more: String::new(),
            memory: "2".to_owned(),
            realloc: BUMP.to_owned(),
            describe: NOTHING.to_owned(),
            check: NOTHING.to_owned(),
            route: NOTHING.to_owned(),
            version: "1.0.0".to_owned(),
            wit: WIT.to_owned(),
            world: "routing-plugin".to_owned(),
        }
    }
}

impl Text {
    /// The decent plugin with another answer.
    pub fn route(body: impl Into<String>) -> Self {
        Self { route: body.into(), ..Self::default() }
    }

    /// The core module with the description of its interface, as an author uploads it.
    pub fn upload(&self) -> Vec<u8> {
        let mut module = self.module();
        let mut resolve = Resolve::default();
        let package = resolve.push_source("plugin.wit", &self.wit).unwrap();
        let world = resolve.select_world(&[package], Some(&self.world)).unwrap();
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
        module
    }

    /// The core module alone.
    pub fn module(&self) -> Vec<u8> {
        let Self { more, memory, realloc, describe, check, route, version, .. } = self;
        let routing = if self.world == HOURS_WORLD {
            String::new()
        } else {
            format!(
                r#"(func $route (export "click2callme:plugin/routing@{version}#route") (param $question i32) (result i32)
                    {route})"#
            )
        };
        let text = format!(
            r#"(module
                (import "click2callme:plugin/host@{version}" "log" (func $log (param i32 i32 i32)))
                (import "click2callme:plugin/host@{version}" "get" (func $get (param i32 i32 i32)))
                (memory (export "memory") {memory})
                (global $free (mut i32) (i32.const 65536))
                {more}
                (func $realloc (export "cabi_realloc")
                    (param $old i32) (param $had i32) (param $align i32) (param $size i32) (result i32)
                    {realloc})
                (func (export "click2callme:plugin/manifest@{version}#describe") (result i32)
                    {describe})
                (func (export "click2callme:plugin/manifest@{version}#check") (param i32 i32) (result i32)
                    {check})
                {routing})"#
        );
        wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }
}

/// The same interface under a later version, with one more function in `host`.
pub fn newer_wit(version: &str) -> String {
    let with_function = WIT.replace("get: func(key: string)", "set: func(key: string);\n  get: func(key: string)");
    with_function.replacen("@1.0.0", &format!("@{version}"), 1)
}

/// A plugin for any world of the package: all its functions are there and fall.
pub fn dummy(world: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let package = resolve.push_source("plugin.wit", WIT).unwrap();
    let world = resolve.select_world(&[package], Some(world)).unwrap();
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    module
}
