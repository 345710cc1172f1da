"""Words that tell what a time beside them means: headings of outlines, clocks, dates, verses, scores, tails.

Must not know lines or lists: each is a pattern over a piece of text. All of them are evidence, none a condition.
"""

from __future__ import annotations

import re

STRONG_HEADING = re.compile(
    r"chapter|time\s?-?stamp|time\s?-?codes?|\boutline|table of contents?|\brundown"
    r"|kapitel|sprungmarken|zeitmarken|zeitstempel|inhaltsverzeichnis"
    r"|chapitr|sommaire|minutage|horodat"
    r"|cap[ií]tul|marcas? de tiempo|marcadores|minutagem|minutos\b|capitoli|minutaggio"
    r"|hoofdstuk|tijdstip|tijdcode|tidsst|rozdzia|spis tre|znaczniki|kapitol"
    r"|тайм\s?-?код|оглавлен|содержани|розділи|таймінг"
    r"|目次|章节|章節|時間軸|时间轴|時間碼|时间戳|時間戳|チャプター|タイムスタンプ|タイムライン"
    r"|타임라인|타임\s?스탬프|타임코드|챕터|목차"
    r"|bölümler|zaman damga|الفهرس|فصول|فهرس|פרקים",
    re.IGNORECASE,
)
WEAK_HEADING = re.compile(
    r"topics?\b|agenda|show\s?notes|in this (?:episode|show)|we (?:cover|discuss)|sections?\b|\bindex\b|time\s?line|\bsegments"
    r"|inhalt|themen|au programme|[ií]ndice|\btemas|argomenti|onderwerpen|innehåll|tematy|temy\b|темы|план\b"
    r"|本集重點|トピック|話題|内容|konular|محاور|נושאים",
    re.IGNORECASE,
)
AUDIO_HEADING = re.compile(r"audio|podcast|аудио|mp3|ad[- ]free", re.IGNORECASE)
VIDEO_HEADING = re.compile(r"video|you\s?tube|видео|vidéo|vídeo", re.IGNORECASE)

_WEEKDAYS = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|sexta"
    "|понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье"
)
_MONTHS = (
    "jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|jun[ei]?"
    "|juin|junio|jul[iy]?|juillet|julio|aug(?:ust)?|août|agosto|sep(?:t|tember|tembre|tiembre)?|o[ck]t(?:ober|obre|ubre)?"
    "|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre|iembre)?|décembre|dicembre|diciembre"
    "|январ[ья]|феврал[ья]|марта?|апрел[ья]|мая|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]"
)
DATE = re.compile(
    rf"\b(?:{_WEEKDAYS})\b\.?(?:\s*[,(]|\s+(?:\d|at\b|um\b|à\b|a las\b|в\b|from\b|$))"
    rf"|\b(?:{_MONTHS})\b\.?\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?:{_MONTHS})\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4})?(?!\d)|\d{1,2}月\d{1,2}日"
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
AFTER_RATIO = re.compile(
    r"\s*[-–]?\s*(?:monitors?|displays?|screens?|panels?|aspect|ratio|formats?|video|split|odds|scale)\b", re.IGNORECASE
)
BEFORE_RATIO = re.compile(r"\b(?:ratio|aspect|format|verhältnis|odds)\b[^.]{0,16}$", re.IGNORECASE)
BEFORE_SCORE = re.compile(
    r"\b(?:scor(?:e|ed|es|ing)|final|full[- ]time|half[- ]time|result|won|wins?|beat|beats|defeat(?:ed|s)?|lost|los(?:e|es)"
    r"|endstand|ergebnis|spielstand|gewann|gewinnt|verlor|verliert|siegte?|besiegt"
    r"|gan[óoaà]|perdi[óo]|marcador|счёт|счет|со счетом)\b[^.]{0,24}$",
    re.IGNORECASE,
)
BEFORE_LENGTH = re.compile(
    r"\b(?:took(?: me)?|takes|lasted|lasts|in (?:just |only )?under|ran|finished in|pace of|pace|time of|length|duration|dauer"
    r"|laufzeit|durée|duración|duração|runtime|running time|record of)\s*(?:is|was|of|:)?\s*$",
    re.IGNORECASE,
)
AFTER_VERSE = re.compile(r"[-–]\d{1,3}(?![\d:]|\s?(?:min|sec|%))")
BEFORE_VERSE = re.compile(
    r"(?:^|[^\w])(?:[1-3]|I{1,3})?\s?(?:genesis|gen|exodus|exod?|leviticus|lev|numbers|num|deuteronomy|deut|joshua|josh|judges"
    r"|ruth|samuel|sam|kings|kgs|chronicles|chron|ezra|nehemiah|neh|esther|job|psalms?|psa?|proverbs|prov|ecclesiastes|eccl"
    r"|isaiah|isa|jeremiah|jer|lamentations|ezekiel|ezek|daniel|dan|hosea|joel|amos|obadiah|jonah|micah|nahum|habakkuk|hab"
    r"|zephaniah|haggai|zechariah|zech|malachi|mal|matthew|matt?|mark|mk|luke|lk|john|jn|acts|romans|rom|corinthians|cor"
    r"|galatians|gal|ephesians|eph|philippians|phil|colossians|col|thessalonians|thess|timothy|tim|titus|philemon|hebrews|heb"
    r"|james|jas|peter|pet|jude|revelation|rev|surah|sura|quran|koran|qur['’]an"
    r"|mose|richter|könige|chronik|hiob|psalm|sprüche|prediger|jesaja|jeremia|hesekiel|matthäus|mt|markus|mk|lukas|johannes|joh"
    r"|apostelgeschichte|apg|römer|röm|korinther|kor|galater|epheser|philipper|kolosser|hebräer|jakobus|petrus|offenbarung|offb"
    r"|génesis|éxodo|salmos?|proverbios|isaías|mateo|marcos|lucas|juan|hechos|romanos|corintios|gálatas|efesios|filipenses"
    r"|hebreos|santiago|pedro|apocalipsis|mateus|joão|atos|coríntios|apocalipse"
    r"|genèse|exode|psaume|proverbes|ésaïe|matthieu|marc|luc|jean|actes|romains|éphésiens|hébreux|apocalypse"
    r"|matteo|marco|luca|giovanni|salmo|romani|бытие|исход|псал(?:ом|тирь)|матфе[йя]|марк[а]?|лук[аи]|иоанна?|римлянам)\.?\s*$",
    re.IGNORECASE,
)
SPEAKER = re.compile(r"([^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){0,2})\s*:\s")
TAIL = re.compile(
    r"(?<=[.!?…)\]\"”’])\s+(?=(?:subscribe|follow|hosts?|hosted|links?|learn more|feedback|thanks?|thank you|connect|support"
    r"|sponsors?|this episode|our |music|produced|credits?|join|get |find |visit|check out|for more|watch|listen|show ?notes"
    r"|resources|guests?|website|twitter|instagram|transcript|see |leave|rate|email|contact|©|copyright|privacy|learn|about)\b)"
    r"|\s{2,}|\s+(?=(?:https?://|www\.))"
    r"|\s+(?=(?:Subscribe|Follow(?: us)?|Hosts?|Hosted by|Links|Feedback|Learn more|Support|Sponsors?|Website|Twitter|Instagram|"
    r"Transcript|Credits|Show [Nn]otes|Resources|Guests?|CONTACT|LINKS|SPONSORS?|FOLLOW|SUBSCRIBE|PODCAST INFO|SOCIAL)\b\s*[:\-–(]"
    r"|\[…\]|\[\.\.\.\])",
    re.IGNORECASE,
)
"""Where, in a text without line breaks, the words after the last title begin to speak of something else."""
