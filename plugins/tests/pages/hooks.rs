//! Writes the page about hooks: comments and records from `plugin.wit`, limits from the hub, examples from the
//! tests of the SDK, which are compiled and run.

use std::fmt::Write;

use plugins::limits::{Budget, Limits};
use wit_parser::{Interface, Resolve};

use super::read;

const HEAD: &str = "# Hooks

Reference, written by a test from `plugins/wit/plugin.wit`. A plugin has the hooks that it exports; the hub asks it only those.
In every answer the hub drops what is not allowed and says so in the trace.

Every call runs in a fresh copy of the plugin, with at most 32 MiB of memory. When it is late, stops with an error or answers
nonsense, the built-in rule decides as if the plugin were not there. Five such faults within a minute switch it off for a
while, and its owner reads why.

How names are written: `working-hours` in WIT and TypeScript's tags, `working_hours` in Rust and Python, `workingHours` in
TypeScript's records. `option` is `null` in TypeScript and `None` in Rust and Python.

## What the hub asks today

| hook | in the hub | in the playground and by `hub plugin run` |
|---|---|---|
| `routing` | for every chat and every call | yes |
| `plan-days` of `working-hours` | a year ahead, after every change and every hour | yes |
| `offer-slots` of `working-hours` | not yet | yes |
| `notifications`, `messages`, `bot`, `pre-chat`, `enrichment` | not yet | yes |

So for the last two rows *Asked* below says when it is meant to be. Of a routing decision the hub carries out `offer`; `enqueue` and
`refuse` let a chat wait where everybody sees it, with the message (`priority` changes nothing yet), and let a call ring nobody;
`callback` and `bot` are dropped. A visitor has no `country`, `phone` or `tags` yet, `visits` is 1, there is no `topic`, the one queue
is that of the package, the stage `transferred` does not come, and `host.get` finds nothing.
";

type BudgetOf = fn(&Limits) -> Budget;

/// A hook and what `plugin.wit` does not say about it.
struct Hook {
    interface: &'static str,
    /// The trait of the SDK.
    example: &'static str,
    asked: &'static str,
    without: &'static str,
    dropped: &'static str,
    limits: &'static [(&'static str, BudgetOf)],
}

const HOOKS: [Hook; 7] = [
    Hook {
        interface: "routing",
        example: "Routing",
        asked: "When a visitor arrives, and again at every later stage of the same wait.",
        without: "Everybody sees the visitor, and the first to claim answers.",
        dropped: "Consultants and queues that were not in the question; tiers without anybody.",
        limits: &[("`route`", |limits| limits.routing)],
    },
    Hook {
        interface: "working-hours",
        example: "WorkingHours",
        asked: "When days are planned, not for each visitor; `offer-slots` when somebody looks at free half-hours.",
        without: "The working hours in the settings of the package, and every half-hour with room.",
        dropped: "Times outside the day; spans that overlap are merged. Another number of verdicts than days is a fault.",
        limits: &[("`plan-days`", |limits| limits.unhurried), ("`offer-slots`", |limits| limits.others)],
    },
    Hook {
        interface: "notifications",
        example: "Notifications",
        asked: "Once for each event.",
        without: "The notifications in the settings of the business.",
        dropped: "Addresses that are not in the plugin's own settings, unless `notify-anyone` was allowed.",
        limits: &[("`notify`", |limits| limits.others)],
    },
    Hook {
        interface: "messages",
        example: "Messages",
        asked: "For each message, on its way to the reader.",
        without: "The message passes as it is.",
        dropped: "What is longer than a message may be.",
        limits: &[("`review`", |limits| limits.messages)],
    },
    Hook {
        interface: "bot",
        example: "Bot",
        asked: "After each message of a visitor whom `route` gave to the bot. A bot never answers a bot.",
        without: "The visitor goes to the waiting room.",
        dropped: "Memory beyond its limit.",
        limits: &[("`reply`", |limits| limits.others)],
    },
    Hook {
        interface: "pre-chat",
        example: "PreChat",
        asked: "Before a chat or call, and when the visitor sends the form.",
        without: "No form.",
        dropped: "Fields that cannot be shown; answers to questions nobody asked.",
        limits: &[("`form`, `submit`", |limits| limits.others)],
    },
    Hook {
        interface: "enrichment",
        example: "Enrichment",
        asked: "When a visitor becomes known; `enrich` follows with the answers to the requests.",
        without: "Nothing is added to what is known about the visitor.",
        dropped: "Requests to hosts that no owner allowed.",
        limits: &[("`requests`, `enrich`", |limits| limits.others)],
    },
];

pub(super) fn page(resolve: &Resolve) -> String {
    let mut page = HEAD.to_owned();
    let source = read("plugins/wit/plugin.wit");
    let examples = read("plugins/sdk/tests/hooks.rs");
    for hook in &HOOKS {
        let interface = interface(resolve, hook.interface);
        write!(page, "\n## {}\n\n", hook.interface).unwrap();
        if let Some(docs) = &interface.docs.contents {
            write!(page, "{}\n\n", one_line(docs)).unwrap();
        }
        write!(page, "- **Asked**: {}\n- **Without an answer**: {}\n", hook.asked, hook.without).unwrap();
        write!(page, "- **Dropped from an answer**: {}\n\n", hook.dropped).unwrap();
        page.push_str("| function | instructions | time |\n|---|---|---|\n");
        for (functions, budget) in hook.limits {
            let Budget { fuel, wall } = budget(&Limits::default());
            writeln!(page, "| {functions} | {} million | {} ms |", fuel / 1_000_000, wall.as_millis()).unwrap();
        }
        for (name, function) in &interface.functions {
            let docs = function.docs.contents.as_deref().map(one_line);
            write!(page, "{}", docs.map_or(String::new(), |docs| format!("\n`{name}`: {docs}\n"))).unwrap();
        }
        let block = |language, text: &str| format!("\n```{language}\n{text}\n```\n");
        page.push_str(&block("wit", &block_of(&source, &format!("interface {} {{", hook.interface))));
        page.push_str(&block("rust", &block_of(&examples, &format!("impl {} for Mine {{", hook.example))));
    }
    page.push_str("\n## Shared types\n\n");
    let types = interface(resolve, "types");
    writeln!(page, "{}", one_line(types.docs.contents.as_deref().unwrap_or_default())).unwrap();
    for (text, heading) in
        [("interface types {", ""), ("interface manifest {", "manifest"), ("interface host {", "host")]
    {
        if !heading.is_empty() {
            let docs = interface(resolve, heading).docs.contents.as_deref().map(one_line).unwrap_or_default();
            write!(page, "\n## {heading}\n\n{docs}\n").unwrap();
        }
        write!(page, "\n```wit\n{}\n```\n", block_of(&source, text)).unwrap();
    }
    page
}

fn interface<'a>(resolve: &'a Resolve, name: &str) -> &'a Interface {
    let has_name = |interface: &&Interface| interface.name.as_deref() == Some(name);
    resolve.interfaces.iter().map(|(_, interface)| interface).find(has_name).unwrap()
}

fn one_line(docs: &str) -> String {
    docs.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From the line that begins like this to the one that closes its block.
fn block_of(source: &str, start: &str) -> String {
    let (_, after) = source.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    let (inside, _) = after.split_once("\n}").unwrap();
    format!("{start}{inside}\n}}")
}

#[test]
fn every_hook_has_its_chapter() {
    let chapters: Vec<&str> = HOOKS.iter().map(|hook| hook.interface).collect();
    let resolve = super::interfaces();
    let (_, everything) = resolve.worlds.iter().find(|(_, world)| world.name == "everything").unwrap();
    let exported = everything.exports.keys().map(|key| resolve.name_world_key(key));
    let hooks: Vec<String> = exported.filter(|name| !name.contains("/manifest@")).collect();

    assert_eq!(hooks.len(), chapters.len());
    for name in hooks {
        assert!(chapters.iter().any(|chapter| name == format!("click2callme:plugin/{chapter}@1.0.0")), "{name}");
    }
}
