//! What businesses may decide for themselves; so far the built-in rules.
//!
//! It implements `actors::ports::Rules`. Nothing here may keep a visitor waiting.

use actors::ids::AccountId;
use actors::ports::{Later, Plan, RingPlan, RingQuestion, RouteQuestion, Rules};

/// The rules of a business that has none of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltIn;

impl Rules for BuiltIn {
    /// Everybody sees the visitor, and the first to claim answers.
    fn route(&self, _question: RouteQuestion) -> Later<Plan> {
        Box::pin(std::future::ready(Plan::WaitingRoom))
    }

    /// The chosen consultant first, then everybody else from the top, one after another.
    fn ring(&self, question: RingQuestion) -> Later<RingPlan> {
        let RingQuestion { chosen, candidates, .. } = question;
        let (first, then): (Vec<AccountId>, Vec<AccountId>) =
            candidates.into_iter().partition(|account| chosen == Some(*account));
        let steps = first.into_iter().chain(then).map(|account| vec![account]).collect();
        Box::pin(std::future::ready(RingPlan { steps }))
    }
}

#[cfg(test)]
mod tests {
    use actors::ids::{BusinessId, CallId};

    use super::*;

    async fn order(chosen: Option<i64>, candidates: &[i64]) -> Vec<Vec<i64>> {
        let question = RingQuestion {
            business: BusinessId::from(1),
            call: CallId::from(1),
            package: "Shop".to_owned(),
            language: None,
            chosen: chosen.map(AccountId::from),
            candidates: candidates.iter().map(|id| AccountId::from(*id)).collect(),
        };
        let plan = BuiltIn.ring(question).await;
        plan.steps.into_iter().map(|step| step.into_iter().map(i64::from).collect()).collect()
    }

    #[tokio::test]
    async fn the_chosen_one_is_rung_first_then_the_rest_from_the_top() {
        assert_eq!(order(Some(2), &[1, 2, 3]).await, [[2], [1], [3]]);
        assert_eq!(order(None, &[1, 2, 3]).await, [[1], [2], [3]]);
    }

    #[tokio::test]
    async fn who_is_not_free_is_not_rung() {
        assert_eq!(order(Some(9), &[1, 3]).await, [[1], [3]]);
        assert_eq!(order(Some(1), &[]).await, Vec::<Vec<i64>>::new());
    }
}
