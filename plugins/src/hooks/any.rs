//! The check that belongs to a question, whichever hook it is of.

use serde::{Deserialize, Serialize};

use super::{Checked, Notes, Why, bot, enrich, hours, notify, pre_chat, problems, review, route, slots};
use crate::ask::{Answer, Question};
use crate::form;
use crate::wit::exports::click2callme::plugin::manifest::{Field, Problem};

/// What an answer is held to beside its question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// For `route`.
    pub means: route::Means,
    /// For `notify`.
    pub allowed: notify::Allowed,
    /// For `requests`.
    pub grants: enrich::Grants,
    /// For `check` the settings form, for `submit` the form that was filled in.
    pub fields: Vec<Field>,
}

/// Checks any answer; nothing when it answers another question.
///
/// Requests that may not be sent are left out; `enrich::check_requests` tells more.
/// A description is not changed: its flaws are notes, and a plugin with one is refused.
pub fn check(question: &Question, answer: Answer, given: &Given) -> Option<Checked<Answer>> {
    let checked = match (question, answer) {
        (Question::Describe, Answer::Describe(about)) => {
            let mut notes = Notes::default();
            for flaw in form::check_about(&about) {
                notes.add(flaw.at.clone(), Why::refused(&flaw.kind.to_string()));
            }
            notes.with(Answer::Describe(about))
        }
        (Question::Check { settings: _ }, Answer::Check(told)) => wrong(given, told),
        (Question::Route { ctx: _, request }, Answer::Route(outcome)) => {
            route::check(request, given.means, outcome).map(Answer::Route)
        }
        (Question::PlanDays { ctx: _, days }, Answer::PlanDays(verdicts)) => {
            hours::check(days, verdicts).map(Answer::PlanDays)
        }
        (Question::OfferSlots { ctx: _, query }, Answer::OfferSlots(chosen)) => {
            slots::check(query, chosen).map(Answer::OfferSlots)
        }
        (Question::Notify { ctx: _, event }, Answer::Notify(plan)) => {
            notify::check(&given.allowed, event, plan).map(Answer::Notify)
        }
        (Question::Review { .. }, Answer::Review(finding)) => review::check(finding).map(Answer::Review),
        (Question::Form { .. }, Answer::Form(fields)) => pre_chat::check_form(fields).map(Answer::Form),
        (Question::Submit { ctx: _, visitor: _, answers }, Answer::Submit(told)) => {
            pre_chat::check_submit(&given.fields, answers, told).map(Answer::Submit)
        }
        (Question::Requests { .. }, Answer::Requests(told)) => enrich::check_requests(&given.grants, told)
            .map(|judged| Answer::Requests(judged.into_iter().flatten().collect())),
        (Question::Enrich { .. }, Answer::Enrich(profile)) => enrich::check_profile(profile).map(Answer::Enrich),
        (Question::Reply { ctx: _, visitor: _, turn }, Answer::Reply(told)) => {
            bot::check(turn, told).map(Answer::Reply)
        }
        _ => return None,
    };
    Some(checked)
}

/// A problem may be one of the form as a whole: it has an empty key.
fn wrong(given: &Given, told: Vec<Problem>) -> Checked<Answer> {
    let mut notes = Notes::default();
    let is_field = |key: &str| key.is_empty() || given.fields.iter().any(|field| field.key == key);
    let kept = problems(&mut notes, "", told, is_field);
    notes.with(Answer::Check(kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;
    use crate::form::samples::{about, english};
    use crate::samples::{context, request, visitor};
    use crate::wit::click2callme::plugin::types::Medium;

    #[test]
    fn the_built_in_answer_to_every_question_passes() {
        let (ctx, visitor) = (context(), visitor());
        let questions = [
            Question::Describe,
            Question::Check { settings: Vec::new() },
            Question::Route { ctx: ctx.clone(), request: request(Medium::Call) },
            Question::PlanDays { ctx: ctx.clone(), days: Vec::new() },
            Question::Form { ctx: ctx.clone(), visitor: visitor.clone(), medium: Medium::Chat },
            Question::Submit { ctx: ctx.clone(), visitor: visitor.clone(), answers: Vec::new() },
            Question::Requests { ctx: ctx.clone(), visitor: visitor.clone() },
            Question::Enrich { ctx, visitor, responses: Vec::new() },
        ];

        for question in questions {
            let answer = built_in::answer(&question);
            let checked = check(&question, answer.clone(), &Given::default()).unwrap();
            assert_eq!(checked, Checked { value: answer, notes: Vec::new() });
        }
    }

    #[test]
    fn an_answer_to_another_question_is_none() {
        assert_eq!(check(&Question::Describe, Answer::OfferSlots(Vec::new()), &Given::default()), None);
    }

    #[test]
    fn the_flaws_of_a_description_are_notes() {
        let mut lying = about(Vec::new());
        lying.version = "latest".to_owned();

        let checked = check(&Question::Describe, Answer::Describe(Box::new(lying)), &Given::default()).unwrap();

        assert_eq!(checked.notes[0].at, "/version");
    }

    #[test]
    fn a_problem_is_one_of_a_field_or_of_the_whole_form() {
        let problem = |key: &str| Problem { key: key.to_owned(), message: english("Look again") };
        let told = Answer::Check(vec![problem(""), problem("missing")]);

        let checked = check(&Question::Check { settings: Vec::new() }, told, &Given::default()).unwrap();

        assert_eq!(checked.value, Answer::Check(vec![problem("")]));
        assert_eq!(checked.notes.len(), 1);
    }
}
