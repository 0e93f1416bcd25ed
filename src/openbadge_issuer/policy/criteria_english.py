"""The English words by which a criterion is judged."""

from __future__ import annotations

import re
from typing import Final

from openbadge_issuer.policy.criteria_words import Lexicon, opening, phrases, states

_VERBS: Final = """
    accept act adapt add address admit advise agree analyse analyze announce answer apply argue arrange
    ask assemble assess assist attend bake balance book brief bring build buy calculate call carry
    categorise check choose clean climb close coach collect combine compare compile complete compose
    compute conclude conduct connect construct contact contribute convert cook copy correct count create
    critique cut cycle decide define deliver demonstrate describe design develop diagnose direct discuss
    divide document download draft draw drive edit end enter estimate evaluate examine execute explain
    facilitate fill film find finish fix follow formulate gather give greet guide hand handle help hold
    host identify illustrate inform inspect install interview introduce invite join judge justify keep
    label lead let list listen load locate log make manage map mark match measure meet mention moderate
    modify monitor move name negotiate note number observe offer open operate order organise organize
    outline paint pass perform pick place plan plant play point post practise predict prepare present
    print produce program programme propose publish put question read recite recognise record recommend
    register remove repair repeat replace reply report research respond review revise run save say score
    select sell send separate serve set share show sign sing sketch solve sort speak start state stop
    store submit suggest summarise summarize swim take talk teach tell test thank trace train translate
    type update upload use verify visit walk warn wash watch welcome win work write
"""
_IRREGULAR: Final = """
    bring:brought build:built buy:bought choose:chose,chosen cut:cut draw:drew,drawn drive:drove,driven
    find:found give:gave,given hold:held keep:kept lead:led let:let make:made meet:met put:put read:read
    run:ran,run say:said sell:sold send:sent set:set show:showed,shown sing:sang,sung speak:spoke,spoken
    swim:swam,swum take:took,taken teach:taught tell:told win:won write:wrote,written
"""
_DOUBLED: Final = "admit cut let log map plan program put run set stop swim win"


def _forms(verb: str, doubled: frozenset[str], irregular: dict[str, list[str]]) -> set[str]:
    """Spell the present, the past and the participles of a verb."""
    stem = verb[:-1] if verb.endswith("e") else verb + (verb[-1] if verb in doubled else "")
    if verb.endswith("y") and verb[-2] not in "aeou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third = f"{verb}es" if verb.endswith(("ch", "sh", "s", "x", "z", "o")) else f"{verb}s"
        past = f"{stem}ed"
    return {verb, third, f"{stem}ing", *irregular.get(verb, [past])}


def _verbs() -> frozenset[str]:
    irregular = {verb: past.split(",") for verb, past in (one.split(":") for one in _IRREGULAR.split())}
    doubled = frozenset(_DOUBLED.split())
    return frozenset().union(*(_forms(verb, doubled, irregular) for verb in _VERBS.split()))


ENGLISH: Final = Lexicon(
    doing=_verbs(),
    weak=states(
        r"""
        understands?, understood, knows?(?!-), knew, comprehends?, grasps?, appreciates?, believes?,
        realises?, realizes?, values?, enjoys?, likes?, loves?, feels?, learns?, cares?, respects?,
        (?:takes?|took|shows?) (?:\w+ )?(?:responsibility|initiative)
        """,
        "is, are, was, were, be, becomes?",
        """
        aware, familiar, conscious, interested, motivated, knowledgeable, enthusiastic, committed, engaged,
        responsible, reliable, confident, open to, punctual, honest, creative, flexible, helpful, patient,
        curious
        """,
    ),
    weak_nouns=phrases(
        """
        understanding, insight, awareness, knowledge, attitude, mindset, motivation, interest,
        enthusiasm, commitment, respect, empathy, passion, confidence, responsibility, familiarity, team
        player, soft skills, social skills, people skills, communication skills, leadership, creativity,
        understand, know, appreciate, aware
        """
    ),
    showing=phrases(
        """
        has, have, had, is, are, shows?, showed, demonstrates?, demonstrated, displays?, possess(?:es)?,
        a, the
        """
    ),
    opening=opening(
        """
        (?:the|a|an|each|every)
        (?:candidate|participant|learner|student|holder|earner|volunteer|facilitator),
        (?:the|a|an|each|every) (?:person|trainee|pupil|member), you, he, she, they, I, who, whoever
        """,
        r"can, could, must, should, will, ha(?:s|ve) to, (?:is|are) able to, knows? how to, always, \w+ly",
    ),
    quality=phrases(
        r"""
        good, (?<!as )well(?! as)(?!-), proper(?:ly)?, appropriate(?:ly)?, sufficient(?:ly)?,
        adequate(?:ly)?, effective(?:ly)?, professional(?:ly)?, positive(?:ly)?, active(?:ly)?,
        excellent, satisfactory, reasonable, nicely, clear(?:ly)?, as needed, if necessary, where
        necessary, in a \w+ (?:way|manner), relevant
        """
    ),
    quantity=phrases(
        """
        regularly, often, frequently, sometimes, usually, several, many, various, enough, a few, a lot,
        in time, soon, quickly
        """
    ),
    number=phrases(
        r"""
        \d[\d.]*, once, twice, one, two, three, four, five, six, seven, eight, nine, ten, twelve, half,
        each, every, all
        """
    ),
    joined=phrases("and, as well as, but also, and then"),
    passive=phrases(
        r"(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:\w\w\w+ed|given|made|shown|told|taken|written|led)"
    ),
    jargon=phrases(
        r"""
        stakeholders?, deliverables?, leverag(?:e|es|ing), synerg(?:y|ies), holistic(?:ally)?,
        proactive(?:ly)?, utili[sz](?:e|es|ing), operationali[sz]\w+, competenc(?:e|y|ies),
        methodolog(?:y|ies), paradigm
        """
    ),
    ending=re.compile(r"\w{2,}(?:[^s\W]s|ed)", re.IGNORECASE),
)
"""English."""
