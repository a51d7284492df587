//! What businesses decide for themselves: their plugins and rule tables, asked in the owner's order.
//!
//! Nobody who waits is kept by them: all together have [`CHAIN_WAIT`], then the hub's own rule answers. Every
//! decision is recorded, with what each of them said and why.

mod asking;
mod member;
mod planning;
mod pulse;
mod recorder;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actors::ids::{BusinessId, PluginId};
use actors::ports::{Clock, Later, Plan, RouteQuestion, Rules, without_rules};
use anyhow::Context as _;
use dashmap::DashMap;
use hub_store::{Plugin, PluginVersion, Store, StoreError};
use plugins::Refusal;
use plugins::artifacts::Artifacts;
use plugins::ask::Question;
use plugins::compile::Compiler;
use plugins::engine::Engine;
use plugins::form::Known;
use plugins::hooks::Given;
use plugins::library::Library;
use plugins::limits::Limits;
use plugins::loaded::Loaded;
use plugins::pool::Pool;
use plugins::trace::Step;
use tokio::sync::Mutex;
use tracing::{info, warn};

pub(crate) use member::secrets;
pub(crate) use pulse::Health;

use crate::cli::COMPILE;
use crate::vault::Vault;
use member::Member;
use planning::Planned;
use pulse::Pulse;
use recorder::Recorder;

/// All plugins of a decision together; with what the hub itself needs, a visitor waits 100 ms at most.
pub(crate) const CHAIN_WAIT: Duration = Duration::from_millis(90);

/// The folder of compiled plugins inside the data folder; it may be deleted at any time.
const ARTIFACTS: &str = "plugins";

/// Why a version could not be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was accepted once, and is not any more: the hub is another one.
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("the rule table cannot be read")]
    Unreadable,
}

/// Asks the plugins of all businesses.
pub(crate) struct PluginRules {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    library: Arc<Library>,
    pool: Pool,
    /// Who is asked, in order; businesses without plugins are not here.
    sets: DashMap<BusinessId, Arc<[Member]>>,
    /// What plugins made of the working hours.
    planned: DashMap<BusinessId, Planned>,
    /// By plugin, and whether in the shadow.
    pulses: DashMap<(PluginId, bool), Pulse>,
    /// Sets are read one after another, so that the last change is the one that stays.
    turn: Mutex<()>,
    recorder: Recorder,
}

impl PluginRules {
    /// Starts the threads that run plugins, and loads those that are live.
    pub(crate) async fn start(
        store: Store,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
        data: &Path,
    ) -> anyhow::Result<Self> {
        let engine = Engine::start(Limits::default()).context("cannot start the engine of plugins")?;
        let artifacts = Artifacts::open(data.join(ARTIFACTS), vault.key());
        let artifacts = artifacts.context("cannot use the folder of compiled plugins")?;
        let program = std::env::current_exe().context("cannot find the program itself")?;
        let library = Arc::new(Library::new(engine, artifacts, Compiler::new(program, [COMPILE])));
        let pool = Pool::start().context("cannot start the threads of plugins")?;
        let recorder = Recorder::start(store.clone(), Arc::clone(&clock));
        let inner = Inner {
            store,
            vault,
            clock,
            library,
            pool,
            sets: DashMap::new(),
            planned: DashMap::new(),
            pulses: DashMap::new(),
            turn: Mutex::new(()),
            recorder,
        };
        let rules = Self { inner: Arc::new(inner) };
        for business in rules.inner.store.businesses_with_plugins().await? {
            rules.refresh(business).await?;
        }
        Ok(rules)
    }

    /// Checks an upload; a new one is compiled, which takes seconds.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words for its owner.
    pub(crate) async fn inspect(&self, upload: Vec<u8>) -> Result<Arc<Loaded>, Refusal> {
        self.inner.load(upload).await
    }

    /// Reads the plugins of a business anew and lets them plan its hours; decisions that have begun go on with the
    /// former ones.
    pub(crate) async fn refresh(&self, business: BusinessId) -> Result<(), StoreError> {
        let inner = &self.inner;
        let _turn = inner.turn.lock().await;
        let live = inner.store.live_plugins(business).await?;
        let known = inner.known(business).await?;
        let mut members = Vec::with_capacity(live.len());
        for one in live {
            let (plugin, is_shadow) = (one.plugin.id, one.is_shadow);
            match inner.member(&one.plugin, &one.version, is_shadow, &known).await {
                Ok(member) => {
                    let key = (plugin, is_shadow);
                    inner.pulses.entry(key).or_default().follow(member.version);
                    members.push(member);
                }
                Err(error) => {
                    warn!(%business, %plugin, %error, "a plugin cannot be used");
                    inner.pulses.entry((plugin, is_shadow)).or_default().unready(&error.to_string(), inner.clock.now());
                }
            }
        }
        inner.plan_hours(business, &members).await?;
        if members.is_empty() {
            inner.sets.remove(&business);
        } else {
            info!(%business, plugins = members.len(), "plugins loaded");
            inner.sets.insert(business, members.into());
        }
        Ok(())
    }

    /// How a plugin does: the live version, else the one in the shadow.
    pub(crate) fn health(&self, plugin: PluginId) -> Health {
        let of = |is_shadow| self.inner.pulses.get(&(plugin, is_shadow)).map(|pulse| pulse.health(Instant::now()));
        of(false).or_else(|| of(true)).unwrap_or_default()
    }

    /// A plugin that was switched off for failing is asked the next question.
    pub(crate) fn try_now(&self, plugin: PluginId) {
        if let Some(mut pulse) = self.inner.pulses.get_mut(&(plugin, false)) {
            pulse.breaker.try_now(Instant::now());
        }
    }

    /// Lets one version answer, checked, whether it is live or not; with the settings the plugin has now.
    ///
    /// # Errors
    ///
    /// The version cannot be loaded. A version that fails is no error but a step that says so.
    pub(crate) async fn ask_version(
        &self,
        business: BusinessId,
        (plugin, version): (&Plugin, &PluginVersion),
        question: Question,
        given: &Given,
    ) -> Result<Step, AskError> {
        let known = self.inner.known(business).await?;
        let member = self.inner.member(plugin, version, false, &known).await?;
        Ok(self.inner.ask(business, &member, &question, given).await.step)
    }

    /// What a business's settings may name.
    pub(crate) async fn known(&self, business: BusinessId) -> Result<Known, StoreError> {
        self.inner.known(business).await
    }

    /// Waits until every decision so far is on record.
    pub(crate) async fn settle(&self) {
        self.inner.recorder.settle().await;
    }
}

impl Rules for PluginRules {
    fn route(&self, question: RouteQuestion) -> Later<Plan> {
        let serves = |member: &Member| member.routes(question.package);
        let set = self.inner.sets.get(&question.business).filter(|set| set.iter().any(serves));
        let Some(set) = set.map(|set| Arc::clone(&set)) else {
            return Box::pin(std::future::ready(without_rules(&question)));
        };
        let inner = Arc::clone(&self.inner);
        Box::pin(async move { inner.route(question, set).await })
    }
}
