//! The smallest plugin for each hook; the page about hooks shows them.

use click2callme_plugin::bot::{Act, Answer, Speech, Turn};
use click2callme_plugin::enrichment::{HttpRequest, HttpResponse, Profile};
use click2callme_plugin::manifest::{About, Field, Problem};
use click2callme_plugin::messages::{Finding, Message, Verdict as MessageVerdict};
use click2callme_plugin::notifications::{Channel, Event, EventKind, Notification, Plan, Recipient};
use click2callme_plugin::routing::{Decision, Outcome, Request, Ring, Tier};
use click2callme_plugin::types::{Attribute, Context, Medium, Visitor, Weekday};
use click2callme_plugin::working_hours::{Day, SlotQuery, Verdict};
use click2callme_plugin::{
    Bot, Enrichment, Messages, Notifications, Plugin, PreChat, Routing, Settings, WorkingHours, example, export,
};

struct Mine;

export!(Mine: routing, working_hours, notifications, messages, bot, pre_chat, enrichment);

impl Plugin for Mine {
    fn describe() -> About {
        About::new("mine", "1.0.0")
            .name("en", "Mine")
            .summary("en", "Shows every hook.")
            .author("Me")
            .host("crm.example")
            .field(Field::seconds("patience", 5..=300, 20).label("en", "How long it rings"))
    }
}

impl Routing for Mine {
    fn route(ctx: &Context, request: &Request) -> Outcome {
        let speakers = request.consultants.iter().filter(|one| one.has_room() && one.speaks(&request.visitor.language));
        let tier = Tier::new(speakers, Ring::LongestIdle, ctx.count("patience", 20));
        Outcome::offer(vec![tier], "those who speak the visitor's language")
    }
}

impl WorkingHours for Mine {
    fn plan_day(_ctx: &Context, day: &Day) -> Verdict {
        match day.weekday {
            Weekday::Sunday => Verdict::closed("We rest on Sundays"),
            _ => Verdict::Inherit,
        }
    }
}

impl Notifications for Mine {
    fn notify(_ctx: &Context, event: &Event) -> Plan {
        if event.kind != EventKind::CallMissed {
            return Plan::Inherit;
        }
        Plan::Send(vec![Notification {
            to: Recipient::Owners,
            channel: Channel::Email,
            subject: "A call was missed".into(),
            body: "Nobody answered in time.".into(),
            urgent: true,
            after: 60,
            collapse_key: Some("missed".into()),
        }])
    }
}

impl Messages for Mine {
    fn review(_ctx: &Context, _visitor: &Visitor, message: &Message) -> Finding {
        if !message.text.contains("password") {
            return Finding::pass();
        }
        let refusal = MessageVerdict::Refuse("Please never send a password.".into());
        Finding { verdict: refusal, tags: vec!["password".into()] }
    }
}

impl Bot for Mine {
    fn reply(_ctx: &Context, _visitor: &Visitor, turn: &Turn) -> Answer {
        let act = match turn.memory.as_str() {
            "" => Act::Say(Speech {
                texts: vec!["What is it about?".into()],
                quick_replies: vec!["An order".into(), "Something else".into()],
            }),
            _ => Act::HandOver("the visitor said what it is about".into()),
        };
        Answer { act, memory: "asked".into() }
    }
}

impl PreChat for Mine {
    fn form(_ctx: &Context, _visitor: &Visitor, _medium: Medium) -> Vec<Field> {
        vec![Field::line("order", 10, "").label("en", "Order number").required()]
    }

    fn submit(_ctx: &Context, _visitor: &Visitor, answers: Vec<Attribute>) -> Result<Vec<Attribute>, Vec<Problem>> {
        let is_number = |answer: &Attribute| answer.value.bytes().all(|byte| byte.is_ascii_digit());
        if answers.iter().all(is_number) { Ok(answers) } else { Err(vec![Problem::new("order", "Digits only.")]) }
    }
}

impl Enrichment for Mine {
    fn requests(_ctx: &Context, visitor: &Visitor) -> Vec<HttpRequest> {
        let url = format!("https://crm.example/visitors/{}", visitor.id);
        vec![HttpRequest { method: "GET".into(), url, headers: Vec::new(), body: Vec::new() }]
    }

    fn enrich(_ctx: &Context, _visitor: &Visitor, responses: &[Result<HttpResponse, String>]) -> Profile {
        let is_known = matches!(responses, [Ok(response)] if response.status == 200);
        let tags = if is_known { vec!["in the CRM".into()] } else { Vec::new() };
        Profile { name: None, attributes: Vec::new(), tags }
    }
}

#[test]
fn a_visitor_is_offered_to_those_who_speak_the_language() {
    let request = example::request(vec![example::consultant("anna")]);
    let outcome = Mine::route(&example::context(), &request);
    assert!(matches!(&outcome.decision, Decision::Offer(tiers) if tiers[0].consultants == ["anna"]));

    let mut french = request;
    french.visitor.language = "fr".into();
    assert_eq!(Mine::route(&example::context(), &french).decision, Decision::Inherit);
}

#[test]
fn every_day_gets_a_verdict_in_order() {
    let day = |weekday| Day { date: example::context().local.date, weekday, holiday: None, base: Vec::new() };
    let verdicts = Mine::plan_days(&example::context(), &[day(Weekday::Saturday), day(Weekday::Sunday)]);

    assert_eq!(verdicts, [Verdict::Inherit, Verdict::closed("We rest on Sundays")]);
}

#[test]
fn slots_without_room_are_left_out_unless_a_plugin_says_otherwise() {
    let slot = |taken| click2callme_plugin::working_hours::Slot { start: 0, end: 1800, taken, capacity: 1 };
    let query =
        SlotQuery { medium: Medium::Call, topic: None, answers: Vec::new(), slots: vec![slot(1), slot(0), slot(0)] };

    assert_eq!(Mine::offer_slots(&example::context(), &query), [1, 2]);
}

#[test]
fn a_bot_remembers_through_its_memory() {
    let turn = |memory: &str| Turn { history: Vec::new(), memory: memory.into(), available_consultants: 1 };
    let first = Mine::reply(&example::context(), &example::visitor(), &turn(""));
    let second = Mine::reply(&example::context(), &example::visitor(), &turn(&first.memory));

    assert!(matches!(first.act, Act::Say(_)));
    assert!(matches!(second.act, Act::HandOver(_)));
}

#[test]
fn answers_of_a_form_are_checked() {
    let submit =
        |value: &str| Mine::submit(&example::context(), &example::visitor(), vec![Attribute::new("order", value)]);

    assert!(submit("123").is_ok());
    assert_eq!(submit("12a").unwrap_err()[0].key, "order");
}
