"""Words that tell what a time beside them means: headings of outlines, clocks, dates, verses, scores, tails.

Must not know lines or lists: each is a pattern over a piece of text. All of them are evidence, none a condition.
"""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STRONG_HEADING = re.compile(
    r"chapter|time\s?-?stamp|time\s?-?codes?|outline(?<!\woutline)|table of contents?|rundown(?<!\wrundown)"
    r"|kapitel|sprungmarken|zeitmarken|zeitstempel|inhaltsverzeichnis"
    r"|chapitr|sommaire|minutage|horodat"
    r"|cap[ií]tul|marcas? de tiempo|marcadores|minutagem|minutos\b|capitoli|minutaggio"
    r"|hoofdstuk|tijdstip|tijdcode|tidsst|rozdzia|spis tre|znaczniki|kapitol"
    r"|тайм\s?-?код|оглавлен|содержани|розділи|таймінг"
    r"|目次|章节|章節|時間軸|时间轴|時間碼|时间戳|時間戳|チャプター|タイムスタンプ|タイムライン"
    r"|타임라인|타임\s?스탬프|타임코드|챕터|목차"
    r"|bölümler|zaman damga|الفهرس|فصول|فهرس|פרקים"
)
"""Over a text in small letters, as all headings: so the search skips to where one of them can begin."""
HEADING_ALONE = re.compile(rf"[\W_]*(?:{STRONG_HEADING.pattern})\w{{0,6}}[\W_]*")
"""A heading and nothing else, such as "Timestamps" right before the first time."""
WEAK_HEADING = re.compile(
    r"topics?\b|agenda|show\s?notes|in this (?:episode|show)|we (?:cover|discuss)|sections?\b"
    r"|index\b(?<!\windex)|time\s?line|segments"
    r"|inhalt|themen|au programme|indice|índice|temas(?<!\wtemas)|argomenti|onderwerpen|innehåll|tematy|temy\b"
    r"|темы|план\b"
    r"|本集重點|トピック|話題|内容|konular|محاور|נושאים"
)
AUDIO_HEADING = re.compile(r"audio|podcast|аудио|mp3|ad[- ]free")
VIDEO_HEADING = re.compile(r"video|you\s?tube|видео|vidéo|vídeo")

_WEEKDAYS = _set(
    """
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes sábado domingo segunda terça quarta quinta sexta
    lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag
    zaterdag zondag понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье
    """
)
_MONTHS = _set(
    """
    jan january januar janvier enero janeiro gennaio feb february februar février febrero fevereiro febbraio
    mar march mars marzo märz apr april avril abril aprile may mai mayo maio maggio jun june juni juin junio
    junho giugno jul july juli juillet julio julho luglio aug august août agosto sep sept september septembre
    septiembre setembro settembre oct october okt oktober octobre octubre outubro ottobre nov november
    novembre noviembre novembro dec december dez dezember décembre diciembre dezembro dicembre января январь
    февраля февраль марта март апреля апрель мая май июня июнь июля июль августа август сентября сентябрь
    октября октябрь ноября ноябрь декабря декабрь
    """
)
DAY_WORDS = _WEEKDAYS | _MONTHS | {"modified", "daily", "everyday", "月"}
"""Words without which no day is named; where one is, `DATE` decides."""
_ANY_WEEKDAY, _ANY_MONTH = ("|".join(sorted(names, key=len, reverse=True)) for names in (_WEEKDAYS, _MONTHS))
NUMERIC_DATE = re.compile(
    r"\d{4}-\d\d-\d\d\b|\b(?!24/7(?!/))(?:(?:[0-2]?\d|3[01])/(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:[0-2]?\d|3[01]))"
    r"(?:/\d{2,4})?\b|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4})?(?!\d)|\d{1,2}月\d{1,2}日"
)
DATE = re.compile(
    rf"\b(?:{_ANY_WEEKDAY})\b\.?(?:\s*[,(]|\s+(?:\d|at\b|um\b|à\b|a las\b|в\b|from\b|$))"
    rf"|\b(?:{_ANY_MONTH})\b\.?\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?:{_ANY_MONTH})\b"
    r"|last modified|\bdaily\b|\beveryday\b",
    re.IGNORECASE,
)
"""A day beside a time makes it a time of day. Months and weekdays count with a number or a comma only."""

AFTER_CLOCK = re.compile(
    r"\s*(?:[ap]m\b|[ap]\.\s?m\.|uhr\b|h(?:rs?|eures?|oras?)?\b|o['’]clock|(?i:noon)\b|時(?!間)|час(?:а|ов)?\b)"
    r"|\s*(?:(?:[-–]|to)\s*\d{1,2}(?::\d\d)?\s*(?:[ap]m\b|[ap]\.\s?m\.|uhr\b))"
    r"|\s*(?-i:\(?(?:UTC|GMT|Z|[ECMP][SD]?T|AK[SD]T|CES?T|BST|IST|JST|KST|MSK|МСК|AE[SD]T)\b|мск\b|Eastern\b|Pacific\b|Central\b)",
    re.IGNORECASE,
)
DAY_PROGRAMME = re.compile(
    r"\b(?:lunch|breakfast|dinner|coffee|registration|check.?in|doors?|break|closing|keynote|workshops?|reception"
    r"|mittag\w*|frühstück|kaffee\w*|pause|anmeldung|einlass|déjeuner|accueil|almuerzo|comida|descanso|registro|pausa"
    r"|almoço|intervalo|pranzo|accoglienza|lunchpauze|ontvangst|inloop|obiad|przerwa|rejestracja)\b"
    r"|обед|перерыв|регистрация|открытие|перерва|休憩|昼食|受付|开幕|午餐|茶歇|签到|점심|휴식|등록",
    re.IGNORECASE,
)
"""What the programme of a day has: meals, breaks, the opening of the doors."""
DAY_PARTS = re.compile(
    r"\b(?:night|midnight|dawn|sunrise|morning|noon|midday|afternoon|sunset|dusk|evening|nacht|mitternacht|morgen|mittag"
    r"|nachmittag|abend|nuit|minuit|aube|matin|midi|après-midi|soir|noche|medianoche|amanecer|mañana|mediodía|tarde"
    r"|noite|meia-noite|manhã|notte|mezzanotte|alba|mattina|mezzogiorno|pomeriggio|sera|ochtend|middag|avond|noc|rano"
    r"|południe|wieczór|ночь|полночь|рассвет|утро|полдень|день|закат|вечер|ніч|ранок|вечір)\b"
    r"|早晨|早上|上午|中午|下午|傍晚|晚上|夜晚|深夜|午夜|凌晨|朝|昼|夕方|夜|새벽|아침|정오|오전|오후|저녁|자정",
    re.IGNORECASE,
)
"""What the parts of a day are called."""
AFTER_RATIO = re.compile(
    r"[\s\-](?:monitors?|displays?|screens?|panels?|aspect|ratios?|formats?|split)\b", re.IGNORECASE
)
RATIO_WORDS = _set(
    """
    ratio aspect format verhältnis odds seitenverhältnis
    """
)
SCORE_WORDS = _set(
    """
    score scored scores scoring final result won win wins beat beats defeat defeated defeats lost lose loses
    losing tied endstand ergebnis spielstand gewann gewinnt gewonnen verlor verliert verloren siegte siegt
    besiegt halbzeit ganó gana perdió pierde marcador venció ganhou perdeu placar gagné perdu bat vinto perso
    vince счёт счет счётом счетом выиграл проиграл
    """
)
LENGTH_WORDS = _set(
    """
    took takes lasted lasts under ran pace length duration dauer laufzeit spieldauer durée duración duração
    durata runtime record
    """
)
SMALL_WORDS = _set(
    """
    is was of me just only in a the von de di
    """
)
AFTER_VERSE = re.compile(r"[-–]\d{1,3}(?![\d:]|\s?(?:min|sec|%))")
BOOKS = _set(
    """
    genesis gen exodus exod leviticus lev numbers num deuteronomy deut joshua josh judges ruth samuel sam
    kings kgs chronicles chron ezra nehemiah neh esther job psalm psalms psa proverbs prov ecclesiastes eccl
    isaiah isa jeremiah jer lamentations ezekiel ezek daniel dan hosea joel amos obadiah jonah micah nahum
    habakkuk hab zephaniah haggai zechariah zech malachi mal matthew matt mat mark mk luke lk john jn acts
    romans rom corinthians cor galatians gal ephesians eph philippians phil colossians col thessalonians thess
    timothy tim titus philemon hebrews heb james jas peter pet jude revelation rev surah sura quran koran mose
    richter könige chronik hiob sprüche prediger jesaja jeremia hesekiel matthäus mt markus lukas johannes joh
    apostelgeschichte apg römer röm korinther kor galater epheser philipper kolosser hebräer jakobus petrus
    offenbarung offb génesis éxodo salmo salmos proverbios isaías mateo marcos lucas juan hechos romanos
    corintios gálatas efesios filipenses hebreos santiago pedro apocalipsis mateus joão atos coríntios
    apocalipse genèse exode psaume proverbes ésaïe matthieu marc luc jean actes romains éphésiens hébreux
    apocalypse matteo marco luca giovanni romani бытие исход псалом псалтирь матфея матфей марка марк луки
    лука иоанна иоанн римлянам коринфянам
    """
)
"""Names of biblical books and the like, which stand right before the number of a chapter and a verse."""
SPEAKER = re.compile(r"([^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){0,2})\s*:\s")
TAIL = re.compile(
    r"(?<=[.!?…)\]\"”’])\s+(?=(?:subscribe|follow|hosts?|hosted|links?|learn more|feedback|thanks?|thank you|connect"
    r"|support"
    r"|sponsors?|this episode|our |music|produced|credits?|join|get |find |visit|check out|for more|watch|listen"
    r"|show ?notes"
    r"|resources|guests?|website|twitter|instagram|transcript|see |leave|rate|email|contact|©|copyright|privacy|learn"
    r"|about)\b)"
    r"|\s{2,}|\s+(?=(?:https?://|www\.))"
    r"|\s+(?=(?:Subscribe|Follow(?: us)?|Hosts?|Hosted by|Links|Feedback|Learn more|Support|Sponsors?|Website|Twitter|"
    r"Instagram|Transcript|Credits|Show [Nn]otes|Resources|Guests?|CONTACT|LINKS|SPONSORS?|FOLLOW|"
    r"SUBSCRIBE|PODCAST INFO|SOCIAL)\b\s*[:\-–(]"
    r"|\[…\]|\[\.\.\.\])",
    re.IGNORECASE,
)
"""Where, in a text without line breaks, the words after the last title begin to speak of something else."""
