//! Starts the panics on demand that the chaos tests ask for; built with the feature `chaos` only.

use actors::ChaosPlan;
use anyhow::Context as _;
use tracing::warn;

/// How often which actor falls, such as `chat=0.05,visitor=0.02,seed=7`.
const PLAN: &str = "HUB_CHAOS";

/// Begins the chaos of the environment, if any.
pub(super) fn begin() -> anyhow::Result<()> {
    let Some(text) = crate::config::environment_text(PLAN) else { return Ok(()) };
    let plan = ChaosPlan::parse(&text).with_context(|| format!("cannot read {PLAN}"))?;
    warn!("actors panic on purpose");
    plan.begin();
    Ok(())
}
