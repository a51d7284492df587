//! Working hours that plugins plan: a year ahead, day by day, so that nobody who looks at them waits.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actors::hours::{AHEAD_DAYS, Exception, Hours, Zone};
use actors::hub::Hub;
use actors::ids::{BusinessId, PackageId};
use hub_store::{Package, Plugin, PluginVersion, StoreError};
use jiff::ToSpan as _;
use jiff::civil::Date;
use plugins::ask::{Answer, Failure, Hook, Question};
use plugins::chain;
use plugins::hooks::{Checked, Given};
use plugins::planning::{self, DAYS_OF_A_QUESTION, PlannedDay};
use plugins::wit::exports::click2callme::plugin::working_hours::{Day, Plan, Verdict};
use plugins::{WhichPackage, package_context};
use tracing::warn;

use super::member::Member;
use super::{AskError, Inner, PluginRules};

/// How long a plugin may take for the days of one question: nobody waits for it in a chat.
const PLANNING_WAIT: Duration = Duration::from_millis(500);
/// A new day comes into sight, and a plugin that failed gets another chance.
const PLAN_EVERY: Duration = Duration::from_hours(1);

/// The dates of a business's packages that plugins planned.
pub(super) type Planned = HashMap<PackageId, Arc<[Exception]>>;

impl PluginRules {
    /// The hours of a package as its plugins plan them.
    pub(crate) fn hours(&self, business: BusinessId, package: PackageId, own: Hours) -> Hours {
        let planned = self.inner.planned.get(&business);
        match planned.as_ref().and_then(|planned| planned.get(&package)) {
            Some(differing) => planning::with(&own, differing),
            None => own,
        }
    }

    /// Plans anew from time to time, for as long as the hub runs.
    pub(crate) fn keep_planning(self: &Arc<Self>, hub: Hub) {
        let rules = Arc::clone(self);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(PLAN_EVERY).await;
                let planning: Vec<BusinessId> = rules.inner.planned.iter().map(|planned| *planned.key()).collect();
                for business in planning {
                    match rules.refresh(business).await {
                        Ok(()) => hub.reload(business).await,
                        Err(error) => warn!(%business, %error, "working hours are not planned anew"),
                    }
                }
            }
        });
    }

    /// What one version, alone, would make of some days of a package.
    ///
    /// # Errors
    ///
    /// The version cannot be loaded; inside, why it gave no answer.
    pub(crate) async fn calendar(
        &self,
        (plugin, version): (&Plugin, &PluginVersion),
        package: &Package,
        (zone, first, count): (&Zone, Date, usize),
    ) -> Result<Result<Vec<PlannedDay>, Failure>, AskError> {
        let known = self.inner.known(package.business).await?;
        let member = self.inner.member(plugin, version, false, &known).await?;
        let days = planning::days(&package.settings.hours, first, count);
        let mut planned = Vec::with_capacity(count);
        for chunk in days.chunks(DAYS_OF_A_QUESTION) {
            let question = self.inner.days_question(package, zone, chunk);
            let said = self.inner.ask(package.business, &member, &question, &Given::default()).await;
            if let Some(failure) = said.step.failure {
                return Ok(Err(failure));
            }
            let chosen = chain::days(chunk, &[verdicts(said.step.answer)]);
            let plans = chosen.into_iter().map(|chosen| chosen.by.map(|_| chosen.value));
            planned.extend(chunk.iter().cloned().zip(plans));
        }
        Ok(Ok(planned))
    }
}

impl Inner {
    /// Lets the plugins of a business plan the hours of its packages.
    pub(super) async fn plan_hours(&self, business: BusinessId, set: &[Member]) -> Result<(), StoreError> {
        let planners: Vec<&Member> =
            set.iter().filter(|member| !member.is_shadow && member.answers(Hook::WorkingHours)).collect();
        if planners.is_empty() {
            self.planned.remove(&business);
            return Ok(());
        }
        let mut planned = Planned::new();
        for package in self.store.packages(business).await? {
            let asked: Vec<&Member> =
                planners.iter().copied().filter(|member| member.decides_for(package.id)).collect();
            let Ok(zone) = Zone::named(&package.settings.zone) else { continue };
            if !asked.is_empty() {
                planned.insert(package.id, self.plan(&package, &zone, &asked).await.into());
            }
        }
        self.planned.insert(business, planned);
        Ok(())
    }

    async fn plan(&self, package: &Package, zone: &Zone, asked: &[&Member]) -> Vec<Exception> {
        let today = zone.date(self.clock.now());
        // Hours over midnight of yesterday may still run, and a year is counted from the end of today.
        let first = today.checked_sub(2.days()).unwrap_or(today);
        let count = usize::try_from(AHEAD_DAYS).unwrap_or_default() + 4;
        let hours = &package.settings.hours;
        let mut plans: Vec<Option<Plan>> = Vec::with_capacity(count);
        for chunk in planning::days(hours, first, count).chunks(DAYS_OF_A_QUESTION) {
            let question = self.days_question(package, zone, chunk);
            let mut said = Vec::with_capacity(asked.len());
            for member in asked {
                let step = self.ask_in_time(package.business, member, &question, PLANNING_WAIT).await.step;
                said.push(step.failure.map_or_else(|| verdicts(step.answer), Err));
            }
            plans.extend(chain::days(chunk, &said).into_iter().map(|chosen| chosen.by.map(|_| chosen.value)));
        }
        planning::differing(hours, first, &plans)
    }

    fn days_question(&self, package: &Package, zone: &Zone, days: &[Day]) -> Question {
        let now = self.clock.now();
        let is_open = package.settings.hours.now(zone, now).is_open;
        let which = WhichPackage { id: package.id, name: &package.name, is_open };
        Question::PlanDays { ctx: package_context(which, now, zone, Vec::new()), days: days.to_vec() }
    }
}

fn verdicts(answer: Option<Answer>) -> chain::Said<Vec<Verdict>> {
    match answer {
        Some(Answer::PlanDays(value)) => Ok(Checked { value, notes: Vec::new() }),
        _ => Err(Failure::Missing { hook: Hook::WorkingHours }),
    }
}
