//! One plugin or rule table that is asked: its code, its settings, for which packages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actors::ids::{BusinessId, PackageId, PluginId};
use hub_store::{Plugin, PluginKind, PluginVersion, StoreError};
use plugins::ask::Hook;
use plugins::form::{self, Known};
use plugins::loaded::Loaded;
use plugins::table::{self, Table};
use plugins::trace::Voice;
use plugins::wit::click2callme::plugin::types::Setting;
use plugins::wit::exports::click2callme::plugin::manifest::Field;
use plugins::{Refusal, Values};
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};

use super::{AskError, Inner};
use crate::vault::{Place, Vault};

/// Ready to be asked.
pub(super) struct Member {
    pub(super) plugin: PluginId,
    pub(super) name: String,
    pub(super) version: i32,
    pub(super) is_shadow: bool,
    pub(super) brain: Brain,
    pub(super) settings: Vec<Setting>,
    pub(super) values: Arc<Values>,
    packages: Option<Vec<PackageId>>,
    voice: Voice,
}

/// What decides.
pub(super) enum Brain {
    Wasm(Arc<Loaded>),
    Table(Table),
}

impl Member {
    pub(super) fn decides_for(&self, package: PackageId) -> bool {
        self.packages.as_ref().is_none_or(|packages| packages.contains(&package))
    }

    /// Has it a say in who gets the visitors of this package?
    pub(super) fn routes(&self, package: PackageId) -> bool {
        self.answers(Hook::Routing) && self.decides_for(package)
    }

    /// Has it the hook? A rule table routes and nothing else.
    pub(super) fn answers(&self, hook: Hook) -> bool {
        match &self.brain {
            Brain::Wasm(loaded) => loaded.hooks().contains(&hook),
            Brain::Table(_) => hook == Hook::Routing,
        }
    }

    pub(super) fn voice(&self) -> Voice {
        self.voice.clone()
    }
}

impl Inner {
    /// What settings and rule tables of a business may name.
    pub(super) async fn known(&self, business: BusinessId) -> Result<Known, StoreError> {
        let accounts = self.store.accounts(business).await?;
        let packages = self.store.package_names(business).await?;
        Ok(Known {
            consultants: accounts.iter().map(|account| account.id.to_string()).collect(),
            queues: packages.iter().map(|(package, _)| plugins::queue_of(*package)).collect(),
            skills: accounts.into_iter().flat_map(|account| account.skills).collect(),
        })
    }

    /// Loads an upload on a thread that may block.
    pub(super) async fn load(&self, upload: Vec<u8>) -> Result<Arc<Loaded>, Refusal> {
        let library = Arc::clone(&self.library);
        let loaded = tokio::task::spawn_blocking(move || library.load(&upload)).await;
        loaded.unwrap_or_else(|_| Err(Refusal::hub("the hub is going down")))
    }

    /// Makes a version ready to be asked.
    pub(super) async fn member(
        &self,
        plugin: &Plugin,
        version: &PluginVersion,
        is_shadow: bool,
        known: &Known,
    ) -> Result<Member, AskError> {
        let bytes = self.store.plugin_file(version.digest).await?;
        let brain = match plugin.kind {
            PluginKind::Wasm => Brain::Wasm(self.load(bytes).await?),
            PluginKind::Table => {
                let json: Value = serde_json::from_slice(&bytes).map_err(|_cause| AskError::Unreadable)?;
                // What somebody named in it may be gone since: such rows find nobody.
                Brain::Table(table::stored(&json).ok_or(AskError::Unreadable)?)
            }
        };
        let settings = match &brain {
            Brain::Wasm(loaded) => {
                let secrets = secrets(&self.vault, plugin).into_keys().collect();
                settings(&loaded.about().fields, &plugin.settings, &secrets, known)
            }
            Brain::Table(_) => Vec::new(),
        };
        let digest = plugins::engine::hex(&version.digest);
        Ok(Member {
            plugin: plugin.id,
            name: plugin.name.clone(),
            version: version.version,
            is_shadow,
            brain,
            settings,
            values: Arc::default(),
            packages: plugin.packages.clone(),
            voice: Voice::Plugin { id: plugin.id.to_string(), version: version.version.to_string(), digest },
        })
    }
}

/// The secrets of a plugin by their fields; none when they do not open.
pub(crate) fn secrets(vault: &Vault, plugin: &Plugin) -> BTreeMap<String, String> {
    let Some(sealed) = &plugin.secrets else { return BTreeMap::new() };
    let opened = vault.unseal(Place::PluginSecrets(plugin.id), sealed);
    let read = opened.ok().and_then(|json| serde_json::from_slice(json.expose_secret()).ok());
    read.unwrap_or_else(|| {
        tracing::error!(plugin = %plugin.id, "the secrets of this plugin do not open");
        BTreeMap::new()
    })
}

/// What the plugin is given: what does not fit this version's form is as if it had not been filled in.
fn settings(fields: &[Field], stored: &Value, secrets: &BTreeSet<String>, known: &Known) -> Vec<Setting> {
    let mut values: Map<String, Value> = form::defaults(fields);
    values.extend(stored.as_object().cloned().unwrap_or_default());
    loop {
        match form::settings(fields, &Value::Object(values.clone()), secrets, known) {
            Ok(accepted) => return accepted.settings,
            Err(flaws) => {
                let before = values.len();
                values.retain(|key, _| !flaws.iter().any(|flaw| first_of(&flaw.at) == *key));
                if values.len() == before {
                    return Vec::new();
                }
            }
        }
    }
}

/// The first key of a JSON pointer (RFC 6901).
fn first_of(pointer: &str) -> String {
    let first = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
    first.replace("~1", "/").replace("~0", "~")
}
