//! The composition root: builds every part, connects them, and takes them down in order.

#[cfg(feature = "chaos")]
mod chaos;
mod descriptors;
mod drain;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use actix_server::ServerHandle;
use actix_web::web::Data;
use actors::hub::{Hub, Ports};
use actors::moment::Moment;
use actors::ports::Clock;
use anyhow::Context as _;
use hub_store::Store;
use metrics_exporter_prometheus::PrometheusHandle;
use secrecy::ExposeSecret as _;
use tracing::{info, warn};

use crate::cli::say;
use crate::clock::WallClock;
use crate::config::{Config, LimitsConfig};
use crate::http::{self, Ops, Origins, Pages, PluginLimits, State, VisitorLimits};
use crate::images::Images;
use crate::journal::StoreJournal;
use crate::media;
use crate::rules::PluginRules;
use crate::sign_in::first_start::FirstStart;
use crate::sign_in::hasher::Hasher;
use crate::sign_in::{Door, Parts, SignIns};
use crate::sockets::{Edge, EdgeSettings};
use crate::vault::Vault;
use crate::{demo, metrics, server, telemetry};

/// What must be taken down in order.
struct Running {
    hub: Hub,
    edge: Arc<Edge>,
    rules: Arc<PluginRules>,
    store: Store,
    ops: Data<Ops>,
    main: ServerHandle,
    ops_server: ServerHandle,
}

/// The listeners, bound before anything else: a taken port is the most frequent mistake.
struct Listeners {
    main: TcpListener,
    ops: TcpListener,
    main_address: SocketAddr,
    ops_address: SocketAddr,
}

/// Runs the hub until it is told to stop or its storage dies.
pub(crate) fn serve(config: Config, with_demo: bool) -> anyhow::Result<()> {
    telemetry::start(&config.log);
    descriptors::raise();
    #[cfg(feature = "chaos")]
    chaos::begin()?;
    let numbers = metrics::start()?;
    actix_web::rt::System::new().block_on(async move {
        let running = start(&config, with_demo, numbers).await?;
        drain::wait_and_drain(running, &config.drain).await
    })
}

/// Opens the storage, making the data folder when it is missing.
pub(crate) async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let data = &config.storage.data;
    std::fs::create_dir_all(data).with_context(|| format!("cannot make the data folder {}", data.display()))?;
    let store = Store::open(config.storage.target().expose_secret()).await;
    store.context("cannot open the storage")
}

async fn start(config: &Config, with_demo: bool, numbers: PrometheusHandle) -> anyhow::Result<Running> {
    let listeners = Listeners::bind(config)?;
    let (voice, media_address) = media::start(&config.media)?;
    let origins = Origins::of(&config.http.public_origin(listeners.main_address));
    let store = open_store(config).await?;
    let vault = Arc::new(Vault::open(&config.storage.key_file())?);
    let clock: Arc<dyn Clock> = Arc::new(WallClock);
    let hasher = Hasher::start()?;
    store.forget_old_sign_ins(clock.now()).await.context("cannot forget old sign-ins")?;
    break_off_calls(&store, clock.now()).await?;
    if with_demo {
        demo::fill(&store, &hasher, clock.now()).await.context("cannot fill the demo")?;
    }
    let parts = Parts { store: store.clone(), clock: Arc::clone(&clock), hasher, vault: Arc::clone(&vault) };
    let sign_ins = sign_ins(config, parts, &origins).await?;

    let rules = PluginRules::start(store.clone(), Arc::clone(&vault), Arc::clone(&clock), &config.storage.data);
    let rules = Arc::new(rules.await?);
    let journal =
        Arc::new(StoreJournal::new(store.clone(), Arc::clone(&vault), Arc::clone(&rules), config.media.enabled));
    let ports = Ports {
        journal: journal.clone(),
        books: journal,
        rules: rules.clone(),
        clock: Arc::clone(&clock),
        media: voice,
    };
    let hub = Hub::start(ports, config.options());
    hub.resume().await.context("cannot bring the open chats back")?;
    rules.keep_planning(hub.clone());
    let edge = Edge::new(hub.clone(), Arc::new(Door(Arc::clone(&sign_ins))), edge_settings(config, &origins));

    let ops = Data::new(Ops { hub: hub.clone(), store: store.clone(), numbers, is_draining: AtomicBool::new(false) });
    let state = Data::new(State {
        store: store.clone(),
        hub: hub.clone(),
        rules: Arc::clone(&rules),
        vault,
        clock,
        sign_ins,
        edge: Arc::clone(&edge),
        images: Images::new(config.egress.allow_private.clone(), config.limits.images_per_hour)?,
        trusted: config.http.trusted(),
        pages: Pages::default(),
        visitor_limits: VisitorLimits::default(),
        plugin_limits: PluginLimits::default(),
        origins: origins.clone(),
        with_demo,
    });
    let (main, ops_server) = listen(&listeners, &edge, state, &ops)?;
    listeners.announce(media_address, &origins, with_demo);
    Ok(Running { hub, edge, rules, store, ops, main, ops_server })
}

/// Ends the calls of a process that could not do it itself.
async fn break_off_calls(store: &Store, now: Moment) -> anyhow::Result<()> {
    let broken = store.break_off_calls(now).await.context("cannot end the calls of before")?;
    if broken > 0 {
        warn!(calls = broken, "the hub ended in the middle of calls");
    }
    Ok(())
}

async fn sign_ins(config: &Config, parts: Parts, origins: &Origins) -> anyhow::Result<Arc<SignIns>> {
    let (first_start, secret) = FirstStart::begin(&parts.store, &config.storage.data, parts.clock.now()).await?;
    if let Some(secret) = secret {
        // Behind `#` the secret stays in the browser: no log of any server on the way has it.
        let link = format!("{}/admin/#setup={}", origins.public(), secret.expose_secret());
        first_start.write(&link).context("cannot write the file with the set-up link")?;
        say(&format!("no account yet; make the first one at {link}"));
    }
    Ok(Arc::new(SignIns::new(parts, first_start, &config.limits, origins.public())))
}

fn edge_settings(config: &Config, origins: &Origins) -> EdgeSettings {
    let LimitsConfig { messages_per_second, burst, unacked, .. } = config.limits;
    EdgeSettings {
        origins: origins.all(),
        trusted_proxies: config.http.trusted(),
        messages_per_second,
        burst,
        unacked,
        sockets_per_visitor: config.limits.sockets_per_visitor,
        sockets_per_consultant: config.limits.sockets_per_consultant,
        sockets_per_prefix: config.limits.sockets_per_prefix,
        chats_per_minute_per_prefix: config.limits.chats_per_minute_per_prefix,
        chats_per_minute_per_package: config.limits.chats_per_minute_per_package,
        calls_per_minute_per_prefix: config.limits.calls_per_minute_per_prefix,
        calls_per_minute_per_package: config.limits.calls_per_minute_per_package,
        ..EdgeSettings::default()
    }
}

fn listen(
    listeners: &Listeners,
    edge: &Arc<Edge>,
    state: Data<State>,
    ops: &Data<Ops>,
) -> anyhow::Result<(ServerHandle, ServerHandle)> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let configure = move |config: &mut actix_web::web::ServiceConfig| {
        config.app_data(state.clone());
        http::configure(config);
    };
    let main = server::start(listeners.main.try_clone()?, Arc::clone(edge), configure, workers)
        .context("cannot start the main listener")?;
    let ops = ops.clone();
    let configure = move |config: &mut actix_web::web::ServiceConfig| {
        config.app_data(ops.clone());
        http::configure_ops(config);
    };
    let ops = server::start_ops(listeners.ops.try_clone()?, configure).context("cannot start the ops listener")?;
    let handles = (main.handle(), ops.handle());
    // A server accepts only while it is polled.
    actix_web::rt::spawn(main);
    actix_web::rt::spawn(ops);
    Ok(handles)
}

impl Listeners {
    fn bind(config: &Config) -> anyhow::Result<Self> {
        let bind = |address: SocketAddr| server::bind(address).with_context(|| format!("cannot listen on {address}"));
        let (main, ops) = (bind(config.http.bind)?, bind(config.http.ops_bind)?);
        let (main_address, ops_address) = (main.local_addr()?, ops.local_addr()?);
        Ok(Self { main, ops, main_address, ops_address })
    }

    /// Tells people and scripts where everything is; scripts wait for the first line.
    fn announce(&self, media: Option<SocketAddr>, origins: &Origins, with_demo: bool) {
        say(&format!("listening on http://{}", self.main_address));
        say(&format!("ops on http://{}", self.ops_address));
        if let Some(media) = media {
            say(&format!("media on {media}"));
        }
        if with_demo {
            say(&format!("demo shop at {}{}", origins.public(), http::DEMO_HOME));
        }
        say(&format!("admin at {}/admin/", origins.public()));
        info!(version = env!("CARGO_PKG_VERSION"), public = origins.public(), "the hub runs");
    }
}
