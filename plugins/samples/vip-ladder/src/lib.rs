//! Important visitors climb a ladder of teams, wait in front of everybody else, and the owner hears of it.

mod alarm;

use click2callme_plugin::manifest::{About, CellKind, Column, Field, Problem};
use click2callme_plugin::notifications::{Event, Plan};
use click2callme_plugin::routing::{Decision, Outcome, Request, Ring, Stage, Ticket, Tier};
use click2callme_plugin::types::{Context, Setting, Visitor};
use click2callme_plugin::{Notifications, Plugin, Routing, Settings, export};

/// Before everybody who waits by the second: a day has 86,400 of them.
const PRIORITY: i32 = 100_000;
/// Seconds until a waiting visitor is looked at again.
const AGAIN: u32 = 10;

struct VipLadder;

export!(VipLadder: routing, notifications);

impl Plugin for VipLadder {
    fn describe() -> About {
        let skill = Column::new("skill", CellKind::Skill).label("en", "Skill").label("pl", "Umiejętność");
        let seconds = Column::new("seconds", CellKind::Integer).label("en", "Seconds").label("pl", "Sekundy");
        let domain = Column::new("domain", CellKind::Text).label("en", "Domain").label("pl", "Domena");
        About::new("vip-ladder", env!("CARGO_PKG_VERSION"))
            .name("en", "Ladder for important visitors")
            .name("pl", "Drabina dla ważnych gości")
            .summary("en", "Rings one team after another, then everybody, and tells the owner.")
            .summary("pl", "Dzwoni kolejno do zespołów, potem do wszystkich i zawiadamia właściciela.")
            .author("Click2CallMe")
            .field(
                Field::line("tag", 40, "vip")
                    .label("en", "Tag of important visitors")
                    .label("pl", "Znacznik ważnych gości"),
            )
            .field(
                Field::table("domains", vec![domain])
                    .label("en", "Also important: e-mail addresses at")
                    .label("pl", "Ważne także adresy w domenie"),
            )
            .field(
                Field::table("steps", vec![skill, seconds])
                    .label("en", "Steps: consultants with this skill ring for so many seconds")
                    .label("pl", "Kroki: osoby z umiejętnością dzwonią tyle sekund"),
            )
            .field(
                Field::seconds("callback_after", 30..=3600, 120)
                    .label("en", "Offer to call back after")
                    .label("pl", "Zaproponuj oddzwonienie po"),
            )
            .field(
                Field::line("callback_text", 200, "Nobody is free yet. When may we call you back?")
                    .label("en", "Text of that offer")
                    .label("pl", "Treść tej propozycji"),
            )
    }

    fn check(settings: &[Setting]) -> Vec<Problem> {
        let is_bad = |row: &&Vec<String>| step(row).is_none();
        let bad = settings.rows("steps").iter().find(is_bad);
        bad.map(|row| Problem::new("steps", &format!("{}: a step takes 5 to 300 seconds.", row.join(" "))))
            .into_iter()
            .collect()
    }
}

impl Routing for VipLadder {
    fn route(ctx: &Context, request: &Request) -> Outcome {
        let Some(why) = importance(ctx, &request.visitor) else {
            return Outcome::inherit("not on the list of important visitors");
        };
        let waited = match request.stage {
            Stage::Waiting(seconds) => seconds,
            Stage::Arrived | Stage::Unanswered(_) | Stage::Transferred(_) | Stage::Abandoned(_) => 0,
        };
        let ladder = ladder(ctx, request);
        let decision = if waited >= ctx.count("callback_after", 120) {
            Decision::Callback(ctx.text("callback_text").unwrap_or("When may we call you back?").to_owned())
        } else if matches!(request.stage, Stage::Unanswered(_)) || ladder.is_empty() {
            wait(request)
        } else {
            Decision::Offer(ladder)
        };
        Outcome::new(decision, why).tag("important")
    }
}

impl Notifications for VipLadder {
    fn notify(ctx: &Context, event: &Event) -> Plan {
        let is_important = event.visitor.as_ref().filter(|visitor| importance(ctx, visitor).is_some());
        is_important.map_or(Plan::Inherit, |visitor| alarm::plan(event.kind, visitor))
    }
}

/// Why this visitor is important, if so.
fn importance(ctx: &Context, visitor: &Visitor) -> Option<String> {
    let tag = ctx.text("tag").unwrap_or("vip");
    if visitor.tags.iter().any(|own| own.eq_ignore_ascii_case(tag)) {
        return Some(format!("has the tag {tag}"));
    }
    let (_, domain) = visitor.email.as_deref()?.rsplit_once('@')?;
    let listed = ctx.rows("domains").iter().flatten().find(|listed| listed.eq_ignore_ascii_case(domain))?;
    Some(format!("writes from {listed}"))
}

/// A skill and how many seconds it rings, from a row of the table.
fn step(row: &[String]) -> Option<(&str, u32)> {
    let [skill, seconds] = row else { return None };
    let seconds = seconds.parse().ok().filter(|seconds| (5..=300).contains(seconds))?;
    Some((skill, seconds))
}

/// Each team with somebody free, nobody twice; at last all who are free and were in no team.
fn ladder(ctx: &Context, request: &Request) -> Vec<Tier> {
    let mut left: Vec<_> = request.consultants.iter().filter(|one| one.has_room()).collect();
    let mut tiers = Vec::new();
    for (skill, seconds) in ctx.rows("steps").iter().filter_map(|row| step(row)) {
        let (team, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|one| one.can(skill));
        tiers.push(Tier::new(team, Ring::AllAtOnce, seconds));
        left = others;
    }
    tiers.push(Tier::new(left, Ring::AllAtOnce, 30));
    tiers.retain(|tier| !tier.consultants.is_empty());
    tiers
}

/// In front of the first queue; without one the hub's own waiting room.
fn wait(request: &Request) -> Decision {
    let Some(queue) = request.queues.first() else { return Decision::Inherit };
    Decision::Enqueue(Ticket {
        queue: queue.id.clone(),
        priority: PRIORITY,
        message: None,
        reconsider_after: Some(AGAIN),
    })
}

#[cfg(test)]
mod tests;
