"""The Dutch words by which a criterion is judged."""

from __future__ import annotations

import re
from typing import Final

from openbadge_issuer.policy.criteria_words import Lexicon, opening, phrases, states

_VERBS: Final = """
    adviseert geadviseerd adviseren analyseert geanalyseerd analyseren antwoordt antwoorden bakt gebakken
    bakken beantwoordt beantwoord beantwoorden bedankt bedanken bedient bediend bedienen begeleidt
    begeleid begeleiden begroet begroeten begint begonnen beginnen belt gebeld bellen benoemt benoemd
    benoemen beoordeelt beoordeeld beoordelen berekent berekend berekenen bereidt voorbereid bereiden
    voorbereiden beschrijft beschreven beschrijven beslist besloten beslissen bespreekt besproken
    bespreken bestelt besteld bestellen bewaart bewaard bewaren bezoekt bezocht bezoeken biedt aangeboden
    bieden bouwt gebouwd bouwen brengt gebracht brengen coacht gecoacht coachen controleert gecontroleerd
    controleren corrigeert gecorrigeerd corrigeren deelt gedeeld delen demonstreert gedemonstreerd
    demonstreren doet gedaan doen draagt gedragen dragen eindigt geëindigd eindigen evalueert geëvalueerd
    evalueren filmt gefilmd filmen fietst gefietst fietsen geeft gegeven geven gebruikt gebruiken haalt
    gehaald halen helpt geholpen helpen herhaalt herhaald herhalen herstelt hersteld herstellen houdt
    gehouden houden informeert geïnformeerd informeren installeert geïnstalleerd installeren interviewt
    geïnterviewd interviewen kiest gekozen kiezen knipt geknipt knippen kookt gekookt koken laat gelaten
    laten leest gelezen voorgelezen lezen legt gelegd uitgelegd vastgelegd leggen uitleggen leidt geleid
    leiden levert geleverd leveren luistert geluisterd luisteren maakt gemaakt maken meet gemeten meten
    meldt gemeld melden noemt genoemd noemen noteert genoteerd noteren observeert geobserveerd observeren
    onderhandelt onderhandeld onderhandelen onderzoekt onderzocht onderzoeken ontvangt ontvangen ontwerpt
    ontworpen ontwerpen opent geopend openen ordent geordend ordenen organiseert georganiseerd organiseren
    plaatst geplaatst plaatsen plant gepland plannen poetst gepoetst poetsen praat gepraat praten
    presenteert gepresenteerd presenteren programmeert geprogrammeerd programmeren publiceert gepubliceerd
    publiceren rapporteert gerapporteerd rapporteren registreert geregistreerd registreren repareert
    gerepareerd repareren reserveert gereserveerd reserveren ruimt opgeruimd opruimen schrijft geschreven
    opgeschreven schrijven opschrijven maakt schoongemaakt schoonmaken selecteert geselecteerd selecteren
    sluit gesloten afgesloten sluiten afsluiten sorteert gesorteerd sorteren speelt gespeeld spelen
    spreekt gesproken spreken start gestart starten stelt gesteld opgesteld stellen stuurt gestuurd
    opgestuurd sturen tekent getekend tekenen telt geteld tellen test getest testen toetst getoetst traint
    getraind trainen typt getypt typen samengevat samenvatten vergelijkt vergeleken vergelijken verbetert
    verbeterd verbeteren verdeelt verdeeld verdelen verkoopt verkocht verkopen vertaalt vertaald vertalen
    vertelt verteld vertellen verwelkomt verwelkomd verwelkomen verwerkt verwerken verzamelt verzameld
    verzamelen verzorgt verzorgd verzorgen vraagt gevraagd vragen vult ingevuld invullen waarschuwt
    gewaarschuwd waarschuwen wast gewassen wassen werkt gewerkt meegewerkt werken wijst gewezen wijzen
    zegt gezegd zeggen zet gezet zetten zingt gezongen zingen zoekt gezocht opgezocht zoeken zorgt gezorgd
    zorgen zwemt gezwommen zwemmen voert gevoerd uitgevoerd uitvoeren neemt genomen deelgenomen deelnemen
    begeleidde beschreef besprak bood bouwde bracht deed deelde gaf haalde hield hielp koos las legde leidde
    luisterde maakte nam noemde ontwierp organiseerde presenteerde schreef sloot sprak stelde stuurde vertelde
    verwelkomde verzamelde vroeg werkte wees zocht zong zwom
"""

DUTCH: Final = Lexicon(
    doing=frozenset(_VERBS.split()),
    weak=states(
        r"""
        begrijpt?, begrepen, snapt?, kent(?!.*\btoe\b), weet(?! hoe), doorgrondt, beseft, waardeert, gelooft,
        voelt, vindt, respecteert, houdt van, staat open voor, gaat (?:goed )?om met,
        kan (?:goed )?omgaan met, (?:neemt|toont) (?:\w+ )?(?:verantwoordelijkheid|initiatief)
        """,
        "is, ben, bent, is zich, ben me, bent je",
        """
        bewust, bekend, vertrouwd, geïnteresseerd, gemotiveerd, enthousiast, betrokken, verantwoordelijk,
        betrouwbaar, zelfverzekerd, stipt, eerlijk, creatief, flexibel, behulpzaam, geduldig, nieuwsgierig,
        leergierig
        """,
    ),
    weak_nouns=phrases(
        """
        inzicht, kennis, begrip, besef, houding, werkhouding, grondhouding, attitude, mentaliteit,
        mindset, motivatie, interesse, belangstelling, enthousiasme, inzet, betrokkenheid, respect,
        empathie, affiniteit, passie, zelfvertrouwen, verantwoordelijkheidsgevoel, teamspeler,
        leiderschap, creativiteit, sociale vaardigheden, communicatieve vaardigheden, begrijpen, weten,
        kennen, waarderen, beseffen, omgaan met
        """
    ),
    showing=phrases(
        """
        heeft, heb, hebt, is, ben, bent, toont, vertoont, bezit, beschikt over, getuigt van, laat, een,
        de, het
        """
    ),
    opening=opening(
        """
        (?:de|een|elke|iedere)
        (?:kandidaat|deelnemer|leerling|student|houder|vrijwilliger|begeleider|cursist),
        (?:de|een|elke|iedere) (?:persoon|medewerker), je, jij, u, hij, zij, ze, ik, wie
        """,
        "kan, kun, kunt, moet, mag, zal, is in staat om, weet hoe, zelfstandig, altijd",
    ),
    quality=phrases(
        r"""
        goed, goede, voldoende, passende?, adequaat, adequate, professionele?, professioneel, netjes,
        effectief, effectieve, positief, positieve, actief, actieve, behoorlijk, redelijk, naar behoren,
        uitstekend, prima, duidelijke?, indien nodig, waar nodig, zo nodig, relevante, op een \w+
        (?:manier|wijze)
        """
    ),
    quantity=phrases(
        """
        regelmatig, vaak, soms, meestal, geregeld, enkele, verschillende, diverse, meerdere, veel,
        genoeg, een paar, op tijd, tijdig, snel
        """
    ),
    number=phrases(
        r"""
        \d[\d.]*, één, eén, een keer, eenmaal, twee, tweemaal, drie, vier, vijf, zes, zeven, acht,
        negen, tien, twaalf, helft, elke?, iedere?, alle
        """
    ),
    joined=phrases("en, alsmede, evenals, en ook, en daarna"),
    passive=phrases("wordt, worden, werd, werden"),
    jargon=phrases(
        r"""
        stakeholders?, deliverables?, faciliteert, faciliteren, implementeert, implementeren, borgt,
        borgen, proactief, proactieve, draagvlak, competenties?, reflecteert, reflecteren, participeert,
        participeren, holistisch\w*, methodiek, integraal, integrale
        """
    ),
    ending=re.compile(r"\w{3,}t", re.IGNORECASE),
)
"""Dutch."""
