//! One trait for each hook. The defaults leave everything as it is.

use crate::bindings::exports::click2callme::plugin as exported;
use crate::bot::{Act, Answer, Turn};
use crate::enrichment::{HttpRequest, HttpResponse, Profile};
use crate::manifest::{About, Field, Problem};
use crate::messages::{Finding, Message, Verdict as MessageVerdict};
use crate::notifications::{Event, Plan as NotificationPlan};
use crate::report_panics;
use crate::routing::{Outcome, Request};
use crate::types::{Attribute, Context, Medium, Setting, Visitor};
use crate::working_hours::{Day, SlotQuery, Verdict};

/// What every plugin is: something with a name, and perhaps a form of settings.
pub trait Plugin {
    /// Says what the plugin is called and which settings it has.
    fn describe() -> About;

    /// Looks at settings the form alone cannot judge. The hub has checked types, ranges and required fields.
    fn check(_settings: &[Setting]) -> Vec<Problem> {
        Vec::new()
    }
}

/// Decides who gets a visitor.
pub trait Routing {
    /// Called when a visitor arrives and again at every later stage of the same wait.
    fn route(_ctx: &Context, _request: &Request) -> Outcome {
        Outcome::inherit("the plugin has no opinion")
    }
}

/// Decides when a package is open and which half-hours can be booked.
pub trait WorkingHours {
    /// Decides about one day.
    fn plan_day(_ctx: &Context, _day: &Day) -> Verdict {
        Verdict::Inherit
    }

    /// Decides about several days; one verdict for each, in order.
    fn plan_days(ctx: &Context, days: &[Day]) -> Vec<Verdict> {
        days.iter().map(|day| Self::plan_day(ctx, day)).collect()
    }

    /// Chooses among slots, best first, by their indices. As it is: those with room, in order of time.
    fn offer_slots(_ctx: &Context, query: &SlotQuery) -> Vec<u32> {
        let free = (0_u32..).zip(&query.slots).filter(|(_, slot)| slot.taken < slot.capacity);
        free.map(|(index, _)| index).collect()
    }
}

/// Decides who is told what.
pub trait Notifications {
    /// Called once for each event.
    fn notify(_ctx: &Context, _event: &Event) -> NotificationPlan {
        NotificationPlan::Inherit
    }
}

/// Looks at each message before anybody sees it.
pub trait Messages {
    /// Lets a message through, changes it or refuses it.
    fn review(_ctx: &Context, _visitor: &Visitor, _message: &Message) -> Finding {
        Finding { verdict: MessageVerdict::Pass, tags: Vec::new() }
    }
}

/// Talks to a visitor before a consultant does.
pub trait Bot {
    /// Answers the last message. What stands in `memory` comes back with the next turn.
    fn reply(_ctx: &Context, _visitor: &Visitor, turn: &Turn) -> Answer {
        Answer { act: Act::Silent, memory: turn.memory.clone() }
    }
}

/// Asks the visitor something before a chat or call.
pub trait PreChat {
    /// Says which questions to show.
    fn form(_ctx: &Context, _visitor: &Visitor, _medium: Medium) -> Vec<Field> {
        Vec::new()
    }

    /// Accepts the answers as attributes of the visitor, or says what is wrong with them.
    fn submit(_ctx: &Context, _visitor: &Visitor, answers: Vec<Attribute>) -> Result<Vec<Attribute>, Vec<Problem>> {
        Ok(answers)
    }
}

/// Learns more about a visitor from another service.
pub trait Enrichment {
    /// Says what to ask. The hub performs the requests an owner allowed.
    fn requests(_ctx: &Context, _visitor: &Visitor) -> Vec<HttpRequest> {
        Vec::new()
    }

    /// Reads the answers, one for each request in order; an `Err` says why there is none.
    fn enrich(_ctx: &Context, _visitor: &Visitor, _responses: &[Result<HttpResponse, String>]) -> Profile {
        Profile { name: None, attributes: Vec::new(), tags: Vec::new() }
    }
}

impl<T: Plugin> exported::manifest::Guest for T {
    fn describe() -> About {
        report_panics();
        <T as Plugin>::describe()
    }

    fn check(settings: Vec<Setting>) -> Vec<Problem> {
        report_panics();
        <T as Plugin>::check(&settings)
    }
}

impl<T: Routing> exported::routing::Guest for T {
    fn route(ctx: Context, request: Request) -> Outcome {
        report_panics();
        <T as Routing>::route(&ctx, &request)
    }
}

impl<T: WorkingHours> exported::working_hours::Guest for T {
    fn plan_days(ctx: Context, days: Vec<Day>) -> Vec<Verdict> {
        report_panics();
        <T as WorkingHours>::plan_days(&ctx, &days)
    }

    fn offer_slots(ctx: Context, query: SlotQuery) -> Vec<u32> {
        report_panics();
        <T as WorkingHours>::offer_slots(&ctx, &query)
    }
}

impl<T: Notifications> exported::notifications::Guest for T {
    fn notify(ctx: Context, event: Event) -> NotificationPlan {
        report_panics();
        <T as Notifications>::notify(&ctx, &event)
    }
}

impl<T: Messages> exported::messages::Guest for T {
    fn review(ctx: Context, visitor: Visitor, message: Message) -> Finding {
        report_panics();
        <T as Messages>::review(&ctx, &visitor, &message)
    }
}

impl<T: Bot> exported::bot::Guest for T {
    fn reply(ctx: Context, visitor: Visitor, turn: Turn) -> Answer {
        report_panics();
        <T as Bot>::reply(&ctx, &visitor, &turn)
    }
}

impl<T: PreChat> exported::pre_chat::Guest for T {
    fn form(ctx: Context, visitor: Visitor, medium: Medium) -> Vec<Field> {
        report_panics();
        <T as PreChat>::form(&ctx, &visitor, medium)
    }

    fn submit(ctx: Context, visitor: Visitor, answers: Vec<Attribute>) -> Result<Vec<Attribute>, Vec<Problem>> {
        report_panics();
        <T as PreChat>::submit(&ctx, &visitor, answers)
    }
}

impl<T: Enrichment> exported::enrichment::Guest for T {
    fn requests(ctx: Context, visitor: Visitor) -> Vec<HttpRequest> {
        report_panics();
        <T as Enrichment>::requests(&ctx, &visitor)
    }

    fn enrich(ctx: Context, visitor: Visitor, responses: Vec<Result<HttpResponse, String>>) -> Profile {
        report_panics();
        <T as Enrichment>::enrich(&ctx, &visitor, &responses)
    }
}
