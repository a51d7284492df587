//! Visitors who come back talk to the consultant they know; everybody else to one who speaks their language.

use click2callme_plugin::manifest::{About, Field};
use click2callme_plugin::routing::{Outcome, Request, Ring, Stage, Tier};
use click2callme_plugin::types::{Consultant, Context};
use click2callme_plugin::{Plugin, Routing, Settings, export};

struct Sticky;

export!(Sticky: routing);

impl Plugin for Sticky {
    fn describe() -> About {
        About::new("sticky-consultant", env!("CARGO_PKG_VERSION"))
            .name("en", "The consultant you know")
            .name("pl", "Znajomy konsultant")
            .summary("en", "Rings the consultant a visitor talked to last, then those who speak the language.")
            .summary("pl", "Dzwoni do ostatniego rozmówcy, potem do osób znających język klienta.")
            .author("Click2CallMe")
            .field(
                Field::seconds("patience", 5..=300, 20)
                    .label("en", "How long each step rings")
                    .label("pl", "Jak długo dzwoni każdy krok"),
            )
            .field(
                Field::toggle("others", true)
                    .label("en", "At last ring those who do not speak the language")
                    .label("pl", "Na końcu dzwoń też do osób nieznających języka"),
            )
    }
}

impl Routing for Sticky {
    fn route(ctx: &Context, request: &Request) -> Outcome {
        if matches!(request.stage, Stage::Unanswered(_) | Stage::Waiting(_)) {
            return Outcome::inherit("all steps were tried");
        }
        let patience = ctx.count("patience", 20);
        let known = known(request);
        let (speakers, others): (Vec<&Consultant>, Vec<&Consultant>) =
            free(request).filter(|one| !known.contains(one)).partition(|one| one.speaks(&request.visitor.language));
        let reason = reason(request, &known, &speakers);
        // Each known one is a step of its own: the one who was wished for rings alone first.
        let mut tiers: Vec<Tier> = known.into_iter().map(|one| Tier::new([one], Ring::AllAtOnce, patience)).collect();
        tiers.push(Tier::new(speakers, Ring::LongestIdle, patience));
        if ctx.is_on("others") {
            tiers.push(Tier::new(others, Ring::LongestIdle, patience));
        }
        Outcome::offer(tiers, reason)
    }
}

/// Those with room, except the one who just handed this visitor over or went away.
fn free(request: &Request) -> impl Iterator<Item = &Consultant> {
    let gone = match &request.stage {
        Stage::Transferred(by) | Stage::Abandoned(by) => Some(by),
        Stage::Arrived | Stage::Unanswered(_) | Stage::Waiting(_) => None,
    };
    request.consultants.iter().filter(move |one| one.has_room() && Some(&one.id) != gone)
}

/// The one the visitor asked for, then the one of the last chat, if they are free.
fn known(request: &Request) -> Vec<&Consultant> {
    let mut known = Vec::new();
    for id in [&request.wished, &request.visitor.last_consultant].into_iter().flatten() {
        known.extend(free(request).find(|one| one.id == *id && !known.contains(one)));
    }
    known
}

fn reason(request: &Request, known: &[&Consultant], speakers: &[&Consultant]) -> String {
    let language = &request.visitor.language;
    let spoken = format!("{} with room speak {language}", speakers.len());
    match known.first() {
        Some(one) => format!("knows {}; {spoken}", one.name),
        None => spoken,
    }
}

#[cfg(test)]
mod tests {
    use click2callme_plugin::example::{consultant, context, request};
    use click2callme_plugin::routing::Decision;
    use click2callme_plugin::types::{Presence, Setting, SettingValue};

    use super::*;

    fn team() -> Vec<Consultant> {
        let polish = |id| Consultant { languages: vec!["pl".into()], ..consultant(id) };
        vec![consultant("anna"), polish("ben"), polish("cora")]
    }

    fn back_again(last: &str) -> Request {
        let mut request = request(team());
        request.visitor.language = "pl-PL".into();
        request.visitor.last_consultant = Some(last.into());
        request
    }

    fn steps(request: &Request, others: bool) -> Vec<Vec<String>> {
        let mut ctx = context();
        ctx.settings.push(Setting { key: "others".into(), value: SettingValue::Toggle(others) });
        match Sticky::route(&ctx, request).decision {
            Decision::Offer(tiers) => tiers.into_iter().map(|tier| tier.consultants).collect(),
            other => panic!("no offer but {other:?}"),
        }
    }

    #[test]
    fn the_consultant_of_the_last_chat_rings_first_then_the_language_then_the_rest() {
        assert_eq!(steps(&back_again("cora"), true), [vec!["cora"], vec!["ben"], vec!["anna"]]);
        assert_eq!(steps(&back_again("cora"), false), [["cora"], ["ben"]]);
    }

    #[test]
    fn a_wish_comes_before_memory() {
        let request = Request { wished: Some("anna".into()), ..back_again("ben") };

        assert_eq!(steps(&request, true), [["anna"], ["ben"], ["cora"]]);
    }

    #[test]
    fn a_wish_for_the_same_one_rings_once() {
        let request = Request { wished: Some("ben".into()), ..back_again("ben") };

        assert_eq!(steps(&request, false), [["ben"], ["cora"]]);
    }

    #[test]
    fn who_is_away_or_unknown_is_not_waited_for() {
        let mut away = back_again("cora");
        away.consultants[2].presence = Presence::Away;

        assert_eq!(steps(&away, false), [["ben"]]);
        assert_eq!(steps(&back_again("nobody"), false), [["ben", "cora"]]);
    }

    #[test]
    fn who_handed_over_does_not_get_the_visitor_back() {
        let request = Request { stage: Stage::Transferred("cora".into()), ..back_again("cora") };

        assert_eq!(steps(&request, false), [["ben"]]);
    }

    #[test]
    fn nobody_free_is_left_to_the_hub() {
        let mut nobody = back_again("cora");
        nobody.consultants.clear();

        assert_eq!(Sticky::route(&context(), &nobody).decision, Decision::Inherit);
    }
}
