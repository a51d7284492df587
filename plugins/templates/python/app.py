"""The smallest useful plugin: visitors from a campaign go to whoever has been idle longest."""

from wit_world import exports
from wit_world.exports.manifest import About, Field, FieldKind_Text, Localised, TextRule
from wit_world.exports.routing import Decision_Inherit, Decision_Offer, Outcome, Ring, Tier
from wit_world.imports.types import Presence, Setting, SettingValue_Text

CAMPAIGN = "utm_campaign="


def english(text):
    return [Localised(language="en", text=text)]


class Manifest(exports.Manifest):
    def describe(self):
        field = Field(
            key="campaign",
            label=english("Part of the page address"),
            help=[],
            section=None,
            kind=FieldKind_Text(TextRule(max_length=100, multiline=False, pattern=None)),
            required=False,
            default=Setting(key="campaign", value=SettingValue_Text(CAMPAIGN)),
            visible_when=None,
        )
        return About(
            id="my-plugin",
            name=english("My plugin"),
            summary=english("Rings whoever has been idle longest for visitors from a campaign."),
            version="0.1.0",
            author="Me",
            homepage=None,
            license=None,
            capabilities=[],
            hosts=[],
            fields=[field],
        )

    def check(self, settings):
        return []


class Routing(exports.Routing):
    def route(self, ctx, request):
        texts = {one.key: one.value.value for one in ctx.settings if isinstance(one.value, SettingValue_Text)}
        free = [
            one.id
            for one in request.consultants
            if one.presence == Presence.AVAILABLE and one.active_chats < one.max_chats
        ]
        if texts.get("campaign", CAMPAIGN) not in request.visitor.page_url or not free:
            return Outcome(decision=Decision_Inherit(), reason="no campaign, or nobody free", tags=[])
        tier = Tier(consultants=free, ring=Ring.LONGEST_IDLE, patience=20)
        return Outcome(decision=Decision_Offer([tier]), reason="came from a campaign", tags=[])
