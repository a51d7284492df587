//! `hub plugin check` and `hub plugin run`: what the hub thinks of a plugin, before anybody uploads it.
//!
//! No data folder and no running hub is needed. As in the hub, a file is checked and compiled in a process of its own.

mod answer;
mod question;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use plugins::artifacts::Artifacts;
use plugins::compile::Compiler;
use plugins::engine::Engine;
use plugins::form;
use plugins::library::Library;
use plugins::limits::Limits;
use plugins::loaded::Loaded;
use plugins::wit::exports::click2callme::plugin::manifest::{Capability, Field, Localised};
use plugins::{Refusal, Values};
use serde_json::Value;

use super::{COMPILE, say};

/// Bytes of the largest question that is read.
const MOST_INPUT: u64 = 4 << 20;
/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

#[derive(Debug, Subcommand)]
pub(super) enum PluginCommand {
    /// Say what a plugin is, or why the hub would refuse it.
    Check {
        /// The `.wasm` file.
        file: PathBuf,
    },
    /// Ask a plugin one question and print its answer as the hub would take it, as JSON.
    Run(RunArgs),
}

#[derive(Args, Debug)]
pub(super) struct RunArgs {
    /// The `.wasm` file.
    file: PathBuf,
    /// What it is asked.
    #[arg(long, value_enum)]
    hook: HookArg,
    /// The question as JSON; `-` is standard input. Only `describe` and `check` need none.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// A setting as its form is filled in, such as `patience=30`; all others keep their defaults.
    #[arg(long = "setting", value_name = "KEY=JSON", value_parser = setting)]
    settings: Vec<(String, Value)>,
}

/// The questions, as `plugins::ask::Question` is tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum HookArg {
    Describe,
    Check,
    Route,
    PlanDays,
    OfferSlots,
    Notify,
    Review,
    Form,
    Submit,
    Requests,
    Enrich,
    Reply,
}

/// What was typed or given cannot be understood; the plugin was not asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Misuse(String);

/// The work of the process that compiles.
pub(super) fn compile() -> anyhow::Result<()> {
    plugins::compile::compile_child().context("cannot talk with the process that wants this")
}

pub(super) fn answer(command: &PluginCommand) -> anyhow::Result<()> {
    match command {
        PluginCommand::Check { file } => check(file),
        PluginCommand::Run(args) => run(args),
    }
}

fn check(file: &Path) -> anyhow::Result<()> {
    let upload = read_plugin(file)?;
    let plugin = load(&upload)?;
    let about = plugin.about();
    let hooks: Vec<_> = plugin.hooks().into_iter().map(plugins::ask::Hook::name).collect();
    say(&format!("{} {}: {}", about.id, about.version, in_english(&about.name)));
    for (title, text) in [
        ("summary", in_english(&about.summary)),
        ("author", &about.author),
        ("homepage", about.homepage.as_deref().unwrap_or_default()),
        ("license", about.license.as_deref().unwrap_or_default()),
        ("hooks", &hooks.join(", ")),
        ("wishes", &about.capabilities.iter().map(|wish| wish_name(*wish)).collect::<Vec<_>>().join(", ")),
        ("hosts", &about.hosts.join(", ")),
        ("settings", &about.fields.iter().map(described).collect::<Vec<_>>().join(", ")),
    ] {
        say(&format!("{title:<9} {}", if text.is_empty() { "none" } else { text }));
    }
    say(&format!("{:<9} {} bytes", "size", upload.len()));
    say(&format!("{:<9} {}", "sha-256", plugin.digest()));
    Ok(())
}

fn run(args: &RunArgs) -> anyhow::Result<()> {
    let mut question = question::read(args.hook, &read_input(args)?)?;
    let plugin = load(&read_plugin(&args.file)?)?;
    question::settle(&mut question, &plugin.about().fields, &args.settings)?;
    let given = answer::given(&plugin, &question);
    let run = plugin.run(&question, &Arc::<Values>::default());
    let told = answer::Told::of(&question, run, &given);
    say(&serde_json::to_string_pretty(&told).context("cannot write the answer")?);
    told.failure.map_or(Ok(()), |failure| bail!("the plugin gave no answer: {failure}"))
}

/// The plugin, compiled in a child, with a description that has no flaw.
fn load(upload: &[u8]) -> anyhow::Result<Arc<Loaded>> {
    let scratch = Scratch::new()?;
    let mut key = [0; 32];
    getrandom::fill(&mut key).context("the system gives no random numbers")?;
    let artifacts = Artifacts::open(&scratch.0, key).context("cannot make a folder for temporary files")?;
    let program = std::env::current_exe().context("cannot find the program itself")?;
    let engine = Engine::start(Limits::default())?;
    let plugin = Library::new(engine, artifacts, Compiler::new(program, [COMPILE])).load(upload)?;
    let flaws = form::check_about(plugin.about());
    if !flaws.is_empty() {
        let flaws: Vec<_> = flaws.iter().map(ToString::to_string).collect();
        bail!("what it says about itself is wrong: {}", flaws.join("; "));
    }
    Ok(plugin)
}

/// A folder that goes with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> anyhow::Result<Self> {
        let mut name = [0; 16];
        getrandom::fill(&mut name).context("the system gives no random numbers")?;
        Ok(Self(std::env::temp_dir().join(format!("hub-plugin-{:032x}", u128::from_ne_bytes(name)))))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Temporary files that stay do no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn read_plugin(path: &Path) -> anyhow::Result<Vec<u8>> {
    let open = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(open)?;
    let size = file.metadata().with_context(open)?.len();
    let allowed = Limits::default().upload as u64;
    if size > allowed {
        return Err(Refusal::TooLarge { size, allowed }.into());
    }
    let mut upload = Vec::new();
    file.take(allowed).read_to_end(&mut upload).with_context(open)?;
    Ok(upload)
}

fn read_input(args: &RunArgs) -> anyhow::Result<String> {
    let Some(path) = &args.input else {
        if matches!(args.hook, HookArg::Describe | HookArg::Check) {
            return Ok("{}".to_owned());
        }
        return Err(Misuse("this hook needs a question: --input FILE".to_owned()).into());
    };
    let mut text = String::new();
    let read = if path.as_os_str() == STANDARD_INPUT {
        io::stdin().take(MOST_INPUT).read_to_string(&mut text)
    } else {
        File::open(path).and_then(|file| file.take(MOST_INPUT).read_to_string(&mut text))
    };
    read.map_err(|error| Misuse(format!("cannot read {}: {error}", path.display())))?;
    Ok(text)
}

fn setting(text: &str) -> Result<(String, Value), String> {
    let (key, json) = text.split_once('=').ok_or("must be KEY=JSON")?;
    let value =
        serde_json::from_str(json).map_err(|error| format!("{json} is not JSON ({error}); texts are quoted"))?;
    Ok((key.to_owned(), value))
}

fn in_english(texts: &[Localised]) -> &str {
    let english = texts.iter().find(|text| text.language == "en");
    english.or(texts.first()).map_or("", |text| &text.text)
}

fn described(field: &Field) -> String {
    if field.required && field.default.is_none() { format!("{} (required)", field.key) } else { field.key.clone() }
}

fn wish_name(wish: Capability) -> &'static str {
    match wish {
        Capability::KeyValue => "key-value",
        Capability::HttpFetch => "http-fetch",
        Capability::NotifyAnyone => "notify-anyone",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_setting_is_a_key_and_json() {
        assert_eq!(setting("patience=30").unwrap(), ("patience".to_owned(), json!(30)));
        assert_eq!(setting("to=\"a=b\"").unwrap(), ("to".to_owned(), json!("a=b")));
        assert!(setting("patience").unwrap_err().contains("KEY=JSON"));
        assert!(setting("to=anna").unwrap_err().contains("texts are quoted"));
    }

    #[test]
    fn temporary_files_go() {
        let scratch = Scratch::new().unwrap();
        let folder = scratch.0.clone();
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a"), "a").unwrap();
        drop(scratch);
        assert!(!folder.exists());
    }
}
