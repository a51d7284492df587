//! One decision: who is asked, what is done, what goes on record.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actors::ids::BusinessId;
use actors::ports::{Plan, RouteQuestion, Wish};
use hub_store::{By, NewDecision, PluginChange};
use metrics::{counter, histogram};
use plugins::ask::{Answer, Failure, Question, Run};
use plugins::breaker::{Change, Permit};
use plugins::chain::Inherits as _;
use plugins::hooks::route::Means;
use plugins::hooks::{self, Given};
use plugins::trace::{Record, Step, Voice};
use plugins::wit::exports::click2callme::plugin::routing::{Decision, Outcome};
use plugins::{History, built_in, context, plan, request, table};
use tokio::time::timeout;
use tracing::{error, warn};

use super::member::{Brain, Member};
use super::{CHAIN_WAIT, Inner};

/// How long the storage may take to say what it knows of a visitor; without it, it is a new one.
const PAST_WAIT: Duration = Duration::from_millis(30);

/// What one of them said.
pub(super) struct Said {
    pub(super) step: Step,
    /// A rule table waits for the visitor to wait longer: so many seconds.
    ask_again: Option<u32>,
}

impl Said {
    fn outcome(&self) -> Option<&Outcome> {
        match &self.step.answer {
            Some(Answer::Route(outcome)) if !outcome.inherits() => Some(outcome),
            _ => None,
        }
    }
}

impl Inner {
    /// Asks everybody in order until one decides, and the shadows afterwards.
    pub(super) async fn route(self: Arc<Self>, asked: RouteQuestion, set: Arc<[Member]>) -> Plan {
        let began = Instant::now();
        let question = self.question(&asked).await;
        let own_rule = match &question {
            Question::Route { request, .. } => built_in::route(request),
            _ => Outcome { decision: Decision::Inherit, reason: String::new(), tags: Vec::new() },
        };
        let (mut steps, mut ask_again) = (Vec::new(), None);
        let mut decided: Option<(Outcome, Voice)> = None;
        for member in set.iter().filter(|member| !member.is_shadow && member.routes(asked.package)) {
            let left = CHAIN_WAIT.saturating_sub(began.elapsed());
            let said = self.ask_in_time(asked.business, member, &question, left).await;
            decided = said.outcome().map(|outcome| (outcome.clone(), member.voice()));
            ask_again = ask_again.into_iter().chain(said.ask_again).min();
            steps.push(said.step);
            if decided.is_some() {
                break;
            }
        }
        let (outcome, decided_by) = decided.unwrap_or((own_rule, Voice::BuiltIn));
        let carried_out = asked_again(plan(&asked, &outcome), ask_again);
        let took = began.elapsed();
        histogram!("plugin_decision_seconds").record(took.as_secs_f64());
        tokio::spawn(async move {
            for member in set.iter().filter(|member| member.is_shadow && member.routes(asked.package)) {
                let said = self.ask_in_time(asked.business, member, &question, CHAIN_WAIT).await;
                steps.push(said.step.in_shadow());
            }
            self.record(&asked, Record { question, steps, answer: Answer::Route(outcome), decided_by, took });
        });
        carried_out
    }

    /// The question without anybody's settings, as it goes on record.
    async fn question(&self, asked: &RouteQuestion) -> Question {
        let subject = subject(asked);
        let past = timeout(PAST_WAIT, self.store.visitor_past(asked.business, asked.visitor, subject)).await;
        let past = past.ok().and_then(Result::ok).unwrap_or_else(|| {
            warn!(business = %asked.business, "what is known of a visitor cannot be read in time");
            (0, None)
        });
        let history = History { previous_chats: past.0, last_consultant: past.1.map(|account| account.to_string()) };
        Question::Route { ctx: context(asked, Vec::new()), request: request(asked, &history) }
    }

    /// Asks one that may be resting, or may be late.
    pub(super) async fn ask_in_time(
        &self,
        business: BusinessId,
        member: &Member,
        question: &Question,
        left: Duration,
    ) -> Said {
        let key = (member.plugin, member.is_shadow);
        let permit = self.pulses.entry(key).or_default().breaker.permit(Instant::now());
        let failed = |failure: Failure| {
            let run = Run { answer: Err(failure.clone()), fuel: 0, took: Duration::ZERO, memory: 0, logs: Vec::new() };
            Said { step: Step::failed(member.voice(), run, failure), ask_again: None }
        };
        if matches!(permit, Permit::No { .. }) {
            return failed(Failure::SwitchedOff);
        }
        let began = Instant::now();
        let given = Given { means: MEANS, ..Given::default() };
        // Those before it used up the time: that is not this plugin's fault.
        let asked = timeout(left, self.ask(business, member, question, &given)).await;
        let said = asked.unwrap_or_else(|_| failed(Failure::Expired { limit: CHAIN_WAIT }));
        self.note(business, member, permit, (said.step.failure.as_ref(), began.elapsed()));
        said
    }

    /// Asks one, and checks what it says.
    pub(super) async fn ask(&self, business: BusinessId, member: &Member, question: &Question, given: &Given) -> Said {
        let question = with_settings(question, member);
        match (&member.brain, &question) {
            (Brain::Table(table), Question::Route { ctx, request }) => {
                let said = table::evaluate(table, ctx, request, given.means);
                let step = Step::table(Answer::Route(said.outcome), said.rows);
                Said { step: Step { voice: member.voice(), ..step }, ask_again: said.ask_again }
            }
            (Brain::Table(_), _) => {
                let step = Step::built_in(built_in::answer(&question));
                Said { step: Step { voice: member.voice(), ..step }, ask_again: None }
            }
            (Brain::Wasm(loaded), _) => {
                let mut run = self.pool.ask(business, loaded, question.clone(), &member.values).await;
                let answer = std::mem::replace(&mut run.answer, Err(Failure::SwitchedOff));
                let checked = answer.and_then(|answer| {
                    let foreign = || Failure::Output { message: "it answers another question".to_owned() };
                    hooks::check(&question, answer, given).ok_or_else(foreign)
                });
                let step = match checked {
                    Ok(checked) => Step::answered(member.voice(), run, checked, |answer| answer),
                    Err(failure) => Step::failed(member.voice(), run, failure),
                };
                Said { step, ask_again: None }
            }
        }
    }

    /// Counts a run, and tells the owner when it was one too many that failed.
    fn note(&self, business: BusinessId, member: &Member, permit: Permit, run: (Option<&Failure>, Duration)) {
        let mut pulse = self.pulses.entry((member.plugin, member.is_shadow)).or_default();
        let change = pulse.note(run, permit, (self.clock.now(), Instant::now()));
        drop(pulse);
        let (failure, _) = run;
        counter!("plugin_questions_total", "outcome" => if failure.is_some() { "failed" } else { "answered" })
            .increment(1);
        let off_reason = match change {
            Some(Change::SwitchedOff { again: false, .. }) => failure.map(ToString::to_string),
            Some(Change::SwitchedOn) => None,
            Some(Change::SwitchedOff { again: true, .. }) | None => return,
        };
        if member.is_shadow {
            return;
        }
        warn!(%business, plugin = %member.plugin, name = member.name, ?off_reason, "a plugin is switched off or on again");
        let (store, plugin, by) = (self.store.clone(), member.plugin, By::hub(self.clock.now()));
        let change = PluginChange { off_reason: Some(off_reason), ..PluginChange::default() };
        tokio::spawn(async move {
            if let Err(error) = store.change_plugin(business, plugin, change, by).await {
                error!(%error, %plugin, "the state of a plugin is not on record");
            }
        });
    }

    fn record(&self, asked: &RouteQuestion, record: Record) {
        let has_failed = record.steps.iter().any(|step| step.failure.is_some());
        let Some(json) = record.to_json().and_then(|json| serde_json::from_str(&json).ok()) else {
            counter!("plugin_decisions_lost_total").increment(1);
            return;
        };
        self.recorder.keep(NewDecision {
            business: asked.business,
            package: asked.package,
            subject: subject(asked),
            hook: "route".to_owned(),
            took_us: u32::try_from(record.took.as_micros()).unwrap_or(u32::MAX),
            has_failed,
            record: json,
            at: asked.now,
        });
    }
}

/// No bot talks yet, and a visitor cannot be sent to the order form out of a chat.
const MEANS: Means = Means { has_bot: false, takes_orders: false };

fn subject(asked: &RouteQuestion) -> i64 {
    match asked.wish {
        Wish::Chat(chat) => i64::from(chat),
        Wish::Call(call) => i64::from(call),
    }
}

/// A visitor in the waiting room is looked at again when a row of a table waits for it.
fn asked_again(plan: Plan, seconds: Option<u32>) -> Plan {
    match (plan, seconds) {
        (Plan::Room(mut room), Some(seconds)) => {
            let wait = Duration::from_secs(seconds.into());
            room.is_asked_again = true;
            room.asked_again_after = Some(room.asked_again_after.map_or(wait, |other| other.min(wait)));
            Plan::Room(room)
        }
        (plan, _) => plan,
    }
}

fn with_settings(question: &Question, member: &Member) -> Question {
    let mut question = question.clone();
    if let Some(settings) = question.settings_mut() {
        settings.clone_from(&member.settings);
    }
    question
}
