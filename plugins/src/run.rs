//! One question to one plugin, in a fresh instance that is thrown away.
//!
//! The plugin is stopped by fuel (the same on every machine, so its author can
//! count on it) and by the clock (whatever it does).

use std::sync::Arc;
use std::time::Instant;

use wasmtime::component::Instance;
use wasmtime::{Store, Trap, WasmBacktrace};

use crate::ask::{Answer, Failure, Hook, Question, Run};
use crate::host::{Excess, Host, Values, cut};
use crate::limits::{self, Budget};
use crate::loaded::Loaded;
use crate::refusal::Refusal;

/// How wasmtime says that an answer took more than `limits::HOST_BYTES`; it has no type for it.
const TOO_MUCH_COPIED: &str = "fuel allocated for hostcalls has been exhausted";

impl Loaded {
    /// Asks; whatever the plugin does, it ends within the budget of the question.
    ///
    /// `values` are what `host.get` finds. Blocks the thread: see `Pool` for
    /// asking from elsewhere.
    pub fn run(&self, question: &Question, values: &Arc<Values>) -> Run {
        let budget = self.engine.limits().budget(question);
        let started = Instant::now();
        let mut store = self.store(budget, values);
        let _ticking = self.engine.ticking();
        let answer = self.answer(&mut store, question, budget);
        let fuel = budget.fuel.saturating_sub(store.get_fuel().unwrap_or(0));
        let host = store.into_data();
        Run { answer, fuel, took: started.elapsed(), memory: host.peak, logs: host.into_logs() }
    }

    fn store(&self, budget: Budget, values: &Arc<Values>) -> Store<Host> {
        let host = Host::new(Arc::clone(values), self.engine.limits().memory);
        let mut store = Store::new(self.engine.wasmtime(), host);
        store.limiter(|host| host);
        store.set_hostcall_fuel(limits::HOST_BYTES);
        // Fails only in an engine that counts no fuel.
        let _ = store.set_fuel(budget.fuel);
        let ticks = budget.wall.as_nanos().div_ceil(limits::TICK.as_nanos());
        store.set_epoch_deadline(u64::try_from(ticks).unwrap_or(u64::MAX));
        store
    }

    fn answer(&self, store: &mut Store<Host>, question: &Question, budget: Budget) -> Result<Answer, Failure> {
        if let Some(hook) = question.hook().filter(|hook| !self.hooks().contains(hook)) {
            return Err(Failure::Missing { hook });
        }
        let instance = self.instance(store, budget)?;
        self.call(store, &instance, question).map_err(|error| {
            let output = || Failure::Output { message: sentence(&error) };
            stopped(&error, budget).unwrap_or_else(output)
        })
    }

    fn instance(&self, store: &mut Store<Host>, budget: Budget) -> Result<Instance, Failure> {
        self.code.instantiate(store).map_err(|error| {
            let host = || Failure::Host { message: sentence(&error) };
            stopped(&error, budget).unwrap_or_else(host)
        })
    }

    fn call(&self, store: &mut Store<Host>, instance: &Instance, question: &Question) -> wasmtime::Result<Answer> {
        // The caller has seen that the hook is there.
        macro_rules! on {
            ($hook:ident, $answer:ident, $call:ident $(, $argument:expr)*) => {{
                let hook = self.hooks.$hook.as_ref().ok_or_else(|| wasmtime::format_err!("no such hook"))?;
                let interface = hook.load(&mut *store, instance)?;
                Answer::$answer(interface.$call(&mut *store $(, $argument)*)?)
            }};
        }
        Ok(match question {
            Question::Describe => {
                let manifest = self.hooks.manifest.load(&mut *store, instance)?;
                Answer::Describe(Box::new(manifest.call_describe(&mut *store)?))
            }
            Question::Check { settings } => {
                let manifest = self.hooks.manifest.load(&mut *store, instance)?;
                Answer::Check(manifest.call_check(&mut *store, settings)?)
            }
            Question::Route { ctx, request } => on!(routing, Route, call_route, ctx, request),
            Question::PlanDays { ctx, days } => on!(working_hours, PlanDays, call_plan_days, ctx, days),
            Question::OfferSlots { ctx, query } => on!(working_hours, OfferSlots, call_offer_slots, ctx, query),
            Question::Notify { ctx, event } => on!(notifications, Notify, call_notify, ctx, event),
            Question::Review { ctx, visitor, message } => on!(messages, Review, call_review, ctx, visitor, message),
            Question::Form { ctx, visitor, medium } => on!(pre_chat, Form, call_form, ctx, visitor, *medium),
            Question::Submit { ctx, visitor, answers } => on!(pre_chat, Submit, call_submit, ctx, visitor, answers),
            Question::Requests { ctx, visitor } => on!(enrichment, Requests, call_requests, ctx, visitor),
            Question::Enrich { ctx, visitor, responses } => {
                on!(enrichment, Enrich, call_enrich, ctx, visitor, responses)
            }
            Question::Reply { ctx, visitor, turn } => on!(bot, Reply, call_reply, ctx, visitor, turn),
        })
    }

    /// Are the functions of its hooks what the hub will call? Names are not enough.
    ///
    /// # Errors
    ///
    /// A function with other parameters or another answer.
    pub(crate) fn check_hooks(&self) -> Result<(), Refusal> {
        let budget = self.engine.limits().unhurried;
        let mut store = self.store(budget, &Arc::default());
        let _ticking = self.engine.ticking();
        let instance = self.instance(&mut store, budget).map_err(|failure| Refusal::Describe { failure })?;
        macro_rules! check {
            ($($field:ident: $hook:ident),*) => {
                $(if let Some(hook) = &self.hooks.$field {
                    hook.load(&mut store, &instance)
                        .map_err(|error| Refusal::hook(Hook::$hook, &sentence(&error)))?;
                })*
            };
        }
        check!(
            routing: Routing, working_hours: WorkingHours, notifications: Notifications, messages: Messages,
            bot: Bot, pre_chat: PreChat, enrichment: Enrichment
        );
        Ok(())
    }
}

/// The failures of which wasmtime says what they are.
fn stopped(error: &wasmtime::Error, budget: Budget) -> Option<Failure> {
    if let Some(excess) = error.downcast_ref::<Excess>() {
        return Some(Failure::from(*excess));
    }
    if let Some(trap) = error.downcast_ref::<Trap>() {
        return Some(match trap {
            Trap::OutOfFuel => Failure::Fuel { limit: budget.fuel },
            Trap::Interrupt => Failure::Late { limit: budget.wall },
            Trap::StackOverflow => Failure::Stack,
            _ => Failure::Trap { message: cut(words(*trap), limits::MESSAGE_BYTES), frames: frames(error) },
        });
    }
    let is_too_much = error.chain().any(|cause| cause.to_string().contains(TOO_MUCH_COPIED));
    is_too_much.then_some(Failure::HostBytes { limit: limits::HOST_BYTES as u64 })
}

fn words(trap: Trap) -> String {
    trap.to_string().trim_start_matches("wasm trap: ").to_owned()
}

/// The error with its causes, the outermost first; a plugin may have chosen some of the words.
fn sentence(error: &wasmtime::Error) -> String {
    let causes: Vec<String> =
        error.chain().map(ToString::to_string).filter(|cause| !cause.contains("wasm backtrace")).collect();
    cut(causes.join(": "), limits::MESSAGE_BYTES)
}

/// The names of the functions it was in, the innermost first.
fn frames(error: &wasmtime::Error) -> Vec<String> {
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else { return Vec::new() };
    // Only the text has the names as their author wrote them.
    let text = backtrace.to_string();
    let names = text.lines().filter_map(|line| line.split_once(" - ")).map(|(_, name)| name.trim().to_owned());
    names.take(limits::FRAMES).map(|name| cut(name, limits::MESSAGE_BYTES)).collect()
}
