"""The rules of the command line: files, options, and what stands in them."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "CLI-FILE",
        en="{path} cannot be read: {problem}.",
        nl="{path} kan niet worden gelezen: {problem}.",
        how_en="Check the path and its permissions.",
        how_nl="Controleer het pad en de rechten.",
        who="verifier",
    ),
    Rule(
        "CLI-SIZE",
        en="{path} is larger than {limit} bytes and was not read.",
        nl="{path} is groter dan {limit} bytes en is niet gelezen.",
        how_en="Give the badge itself; no badge is that large.",
        how_nl="Geef de badge zelf; geen badge is zo groot.",
        who="verifier",
    ),
    Rule(
        "CLI-WRITE",
        en="{path} cannot be written: {problem}.",
        nl="{path} kan niet worden geschreven: {problem}.",
        how_en="Choose a folder that exists and that you may write to.",
        how_nl="Kies een map die bestaat en waarin u mag schrijven.",
        who="verifier",
    ),
    Rule(
        "CLI-CHARACTERS",
        en="An argument holds bytes that are no characters.",
        nl="Een argument bevat bytes die geen tekens zijn.",
        how_en="Type it in UTF-8.",
        how_nl="Typ het in UTF-8.",
        who="verifier",
    ),
    Rule(
        "CLI-NO-BADGE",
        en="There is no badge in {path}.",
        nl="Er staat geen badge in {path}.",
        how_en="Give a folder with badges as JSON, JWT, PNG or SVG.",
        how_nl="Geef een map met badges als JSON, JWT, PNG of SVG.",
        who="verifier",
    ),
    Rule(
        "CLI-ONLINE",
        en="{url} is an address on the web, and nothing is fetched from there unless you say --online.",
        nl="{url} is een adres op het web, en daar wordt niets gehaald tenzij u --online zegt.",
        how_en="Add --online, or give the file.",
        how_nl="Voeg --online toe, of geef het bestand.",
        who="verifier",
    ),
    Rule(
        "CLI-DEMO-FOLDER",
        en="{path} is not empty and was not made by an earlier demo, so nothing was written there.",
        nl="{path} is niet leeg en niet door een eerdere demo gemaakt; er is dus niets geschreven.",
        how_en="Choose another folder with --into.",
        how_nl="Kies een andere map met --into.",
        who="verifier",
    ),
    Rule(
        "CLI-STATUS-ENTRY",
        en="{path} has no entry in the status list {url}.",
        nl="{path} heeft geen vermelding in de statuslijst {url}.",
        how_en="Give a badge that was issued with this list, or --index.",
        how_nl="Geef een badge die met deze lijst is uitgegeven, of --index.",
        who="issuer",
    ),
    Rule(
        "CLI-PROFILE",
        en="The issuer's profile needs a name.",
        nl="Het profiel van de uitgever heeft een naam nodig.",
        how_en="Add “name” to the profile.",
        how_nl="Voeg “name” toe aan het profiel.",
        who="issuer",
    ),
)
