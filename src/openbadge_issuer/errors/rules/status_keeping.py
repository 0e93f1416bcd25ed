"""The status rules of the issuing side: making a list, giving out its places, and its files."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_W3C = "https://www.w3.org/TR/vc-bitstring-status-list/"
_ENTRY = Clause("Bitstring Status List v1.0, section 2.1", f"{_W3C}#bitstringstatuslistentry")
_CREDENTIAL = Clause("Bitstring Status List v1.0, section 2.2", f"{_W3C}#bitstringstatuslistcredential")
_GENERATE = Clause("Bitstring Status List v1.0, section 3.3", f"{_W3C}#bitstring-generation-algorithm")
_HERD = Clause("Bitstring Status List v1.0, privacy considerations", f"{_W3C}#privacy-considerations")

RULES: tuple[Rule, ...] = (
    Rule(
        "STATUS-LIST-URL",
        en="A status list cannot be published at “{url}”: an https URL without query or fragment is needed.",
        nl="Een statuslijst kan niet op “{url}” worden gepubliceerd: er is een https-URL zonder zoekdeel of fragment nodig.",
        how_en="Choose a URL such as https://badges.example/status/revocation.",
        how_nl="Kies een URL zoals https://badges.example/status/revocation.",
        verdict="status",
        clause=_CREDENTIAL,
    ),
    Rule(
        "STATUS-LIST-SIZE",
        en="A status list cannot have {size} entries: a multiple of 8 from {minimum} to {maximum} is needed.",
        nl="Een statuslijst kan geen {size} vermeldingen hebben: nodig is een veelvoud van 8 van {minimum} tot {maximum}.",
        how_en="Leave the size out; the usual one is enough for most issuers.",
        how_nl="Laat de grootte weg; de gebruikelijke is voor de meeste uitgevers genoeg.",
        verdict="status",
        clause=_GENERATE,
    ),
    Rule(
        "STATUS-PURPOSE",
        en="“{purpose}” is no purpose of a list that is kept here: it is “revocation” or “suspension”.",
        nl="“{purpose}” is geen doel van een lijst die hier wordt bijgehouden: dat is “revocation” of “suspension”.",
        how_en="Choose one of the two, and one list for each.",
        how_nl="Kies een van de twee, en één lijst voor elk.",
        verdict="status",
        clause=_ENTRY,
    ),
    Rule(
        "STATUS-LIST-METHOD",
        en="It must be said under which verification method {issuer} publishes this key.",
        nl="Er moet bij staan onder welke verificatiemethode {issuer} deze sleutel publiceert.",
        how_en="Give the URL of the key, such as did:web:badges.example#key-1.",
        how_nl="Geef de URL van de sleutel, zoals did:web:badges.example#key-1.",
        verdict="status",
        clause=_CREDENTIAL,
    ),
    Rule(
        "STATUS-DURATION",
        en="A status list cannot be valid or kept for {seconds} seconds.",
        nl="Een statuslijst kan niet {seconds} seconden geldig zijn of bewaard worden.",
        how_en="Give a duration longer than nothing.",
        how_nl="Geef een duur langer dan niets.",
        verdict="status",
        clause=_CREDENTIAL,
    ),
    Rule(
        "STATUS-REVOCATION-FINAL",
        en="The badge at index {index} is revoked, and a revocation cannot be undone.",
        nl="De badge op index {index} is ingetrokken, en een intrekking kan niet ongedaan worden gemaakt.",
        how_en="Issue a new badge if the revocation was a mistake; use a suspension where it may end.",
        how_nl="Geef een nieuwe badge uit als de intrekking een vergissing was; gebruik een opschorting als die kan eindigen.",
        verdict="status",
        clause=_ENTRY,
    ),
    Rule(
        "STATUS-INDEX-FREE",
        en="Index {index} was never given to a badge.",
        nl="Index {index} is nooit aan een badge gegeven.",
        how_en="Look up the index in the “credentialStatus” of the badge.",
        how_nl="Zoek de index op in de “credentialStatus” van de badge.",
        verdict="status",
    ),
    Rule(
        "STATUS-LIST-FULL",
        en="The status list is full: {taken} of its {size} entries are given out, and a last part stays empty for privacy.",
        nl="De statuslijst is vol: {taken} van de {size} vermeldingen zijn uitgegeven, en een laatste deel blijft leeg voor de privacy.",
        how_en="Start a further list; the old one stays published.",
        how_nl="Begin een volgende lijst; de oude blijft gepubliceerd.",
        verdict="status",
        clause=_HERD,
    ),
    Rule(
        "STATUS-RANDOM",
        en="The source of randomness repeated itself: {draws} draws gave no free index.",
        nl="De bron van toeval herhaalde zich: {draws} trekkingen gaven geen vrije index.",
        how_en="Use the randomness of the system.",
        how_nl="Gebruik het toeval van het systeem.",
        verdict="status",
        clause=_HERD,
    ),
    Rule(
        "STATUS-REASON-TEXT",
        en="A reason is one line of at most {limit} characters, and not empty.",
        nl="Een reden is één regel van hoogstens {limit} tekens, en niet leeg.",
        how_en="Say it in a sentence or two; the rest belongs in the private dossier.",
        how_nl="Zeg het in een of twee zinnen; de rest hoort in het besloten dossier.",
        verdict="status",
    ),
    Rule(
        "STATUS-REASON-PERSONAL",
        en="The reason holds an e-mail address, and reasons are public.",
        nl="De reden bevat een e-mailadres, en redenen zijn openbaar.",
        how_en="Name no person; say what happened, not who.",
        how_nl="Noem geen persoon; zeg wat er gebeurde, niet wie.",
        verdict="status",
    ),
    Rule(
        "STATUS-STATE-MISSING",
        en="There is no private state of a status list at {path}.",
        nl="Er is geen besloten staat van een statuslijst op {path}.",
        how_en="Create the list first, or restore the file from the latest backup.",
        how_nl="Maak eerst de lijst, of zet het bestand terug uit de laatste reservekopie.",
        verdict="status",
    ),
    Rule(
        "STATUS-STATE-EXISTS",
        en="There is already a file at {path}; a status list is never started over another.",
        nl="Er is al een bestand op {path}; een statuslijst wordt nooit over een andere heen begonnen.",
        how_en="Open the existing list, or choose another place.",
        how_nl="Open de bestaande lijst, of kies een andere plaats.",
        verdict="status",
    ),
    Rule(
        "STATUS-STATE-FORMAT",
        en="The file {path} is not the private state of a status list, or it is damaged.",
        nl="Het bestand {path} is niet de besloten staat van een statuslijst, of het is beschadigd.",
        how_en="Restore the file from the latest backup.",
        how_nl="Zet het bestand terug uit de laatste reservekopie.",
        verdict="status",
    ),
    Rule(
        "STATUS-STATE-BUSY",
        en="Another process holds the status list at {path} for too long.",
        nl="Een ander proces houdt de statuslijst op {path} te lang vast.",
        how_en="Try again when it has ended.",
        how_nl="Probeer het opnieuw als het klaar is.",
        verdict="status",
    ),
    Rule(
        "STATUS-STATE-OLD",
        en="The list published at {path} is another one, or says more than the private state: the state is an old copy.",
        nl="De lijst die op {path} is gepubliceerd is een andere, of zegt meer dan de besloten staat: de staat is een oude kopie.",
        how_en="Restore the latest state, or check that the right file is being replaced.",
        how_nl="Zet de laatste staat terug, of ga na of het juiste bestand wordt vervangen.",
        verdict="status",
    ),
    Rule(
        "STATUS-WRITE",
        en="{path} cannot be written: {problem}.",
        nl="{path} kan niet worden geschreven: {problem}.",
        how_en="Check that the folder exists, has room, and may be written.",
        how_nl="Ga na of de map bestaat, ruimte heeft en beschreven mag worden.",
        verdict="status",
    ),
)
