//! The smallest useful plugin: visitors from a campaign go to whoever has been idle longest.

use click2callme_plugin::manifest::{About, Field};
use click2callme_plugin::routing::{Outcome, Request, Ring, Tier};
use click2callme_plugin::types::Context;
use click2callme_plugin::{Plugin, Routing, Settings, export};

struct Mine;

export!(Mine: routing);

impl Plugin for Mine {
    fn describe() -> About {
        About::new("my-plugin", env!("CARGO_PKG_VERSION"))
            .name("en", "My plugin")
            .summary("en", "Rings whoever has been idle longest for visitors from a campaign.")
            .author("Me")
            .field(Field::line("campaign", 100, "utm_campaign=").label("en", "Part of the page address"))
    }
}

impl Routing for Mine {
    fn route(ctx: &Context, request: &Request) -> Outcome {
        let campaign = ctx.text("campaign").unwrap_or("utm_campaign=");
        if !request.visitor.page_url.contains(campaign) {
            return Outcome::inherit("no campaign in the page address");
        }
        let free = request.consultants.iter().filter(|consultant| consultant.has_room());
        Outcome::offer(vec![Tier::new(free, Ring::LongestIdle, 20)], "came from a campaign")
    }
}

#[cfg(test)]
mod tests {
    use click2callme_plugin::example;
    use click2callme_plugin::routing::Decision;

    use super::*;

    #[test]
    fn a_campaign_rings_whoever_is_free() {
        let mut request = example::request(vec![example::consultant("anna")]);
        request.visitor.page_url = "https://bakery.example/?utm_campaign=june".into();

        let outcome = Mine::route(&example::context(), &request);

        assert!(matches!(outcome.decision, Decision::Offer(_)));
    }
}
