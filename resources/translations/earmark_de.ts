<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>less</source>
        <translation>weniger</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
</context>
<context>
    <name>AccountFields</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
</context>
<context>
    <name>AddPodcast</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add podcast</source>
        <translation>Podcast hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking for the podcast</source>
        <translation>Der Podcast wird gesucht</translation>
    </message>
    <message>
        <source>Nothing found; try other words, or paste the address of the feed.</source>
        <translation>Nichts gefunden. Andere Wörter versuchen oder die Adresse des Feeds einfügen.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Subscribed</source>
        <translation>Abonniert</translation>
    </message>
    <message>
        <source>This page names several feeds; choose one.</source>
        <translation>Diese Seite nennt mehrere Feeds; bitte einen auswählen.</translation>
    </message>
    <message>
        <source>Type what to look for in Apple Podcasts. Or paste an address: of the podcast&apos;s feed or web page, its link in another app, or an OPML document.</source>
        <translation>Suchwörter für Apple Podcasts eingeben oder eine Adresse einfügen: die des Feeds oder der Webseite, den Link einer anderen App oder ein OPML-Dokument.</translation>
    </message>
    <message>
        <source>Words or an address</source>
        <translation>Suchwörter oder Adresse</translation>
    </message>
    <message>
        <source>{host} asks for a name and a password. They go into the keyring of this computer.</source>
        <translation>{host} verlangt Name und Passwort. Beides kommt in den Schlüsselbund dieses Computers.</translation>
    </message>
    <message>
        <source>{host} refused this name and password.</source>
        <translation>{host} hat diesen Namen mit diesem Passwort abgelehnt.</translation>
    </message>
</context>
<context>
    <name>BookmarkField</name>
    <message>
        <source>Mark up to where it plays now (Ctrl+B)</source>
        <translation>Bis zur jetzigen Stelle markieren (Strg+B)</translation>
    </message>
    <message>
        <source>Take the bookmark away</source>
        <translation>Lesezeichen entfernen</translation>
    </message>
    <message>
        <source>Text of the bookmark at {place}</source>
        <translation>Text des Lesezeichens bei {place}</translation>
    </message>
    <message>
        <source>Up to here</source>
        <translation>Bis hier</translation>
    </message>
    <message>
        <source>What is it about? Enter keeps it</source>
        <translation>Worum geht es? Eingabetaste speichert</translation>
    </message>
</context>
<context>
    <name>BookmarkGestures</name>
    <message>
        <source>Edit text</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Mark its start only</source>
        <translation>Nur den Anfang markieren</translation>
    </message>
    <message>
        <source>Nothing is marked before {place}; B marks where a span begins, Shift+B where it ends.</source>
        <translation>Vor {place} ist nichts markiert. B markiert den Anfang eines Abschnitts, Umschalt+B das Ende.</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Ab hier abspielen</translation>
    </message>
    <message>
        <source>Save clip…</source>
        <translation>Ausschnitt speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Show episode</source>
        <translation>Folge anzeigen</translation>
    </message>
    <message>
        <source>The bookmark at {place} is taken away.</source>
        <translation>Das Lesezeichen bei {place} wurde entfernt.</translation>
    </message>
    <message>
        <source>The bookmark “{title}” is taken away.</source>
        <translation>Das Lesezeichen „{title}“ wurde entfernt.</translation>
    </message>
    <message>
        <source>The link to this moment is on the clipboard.</source>
        <translation>Der Link zu dieser Stelle liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>{place} is marked.</source>
        <translation>{place} ist markiert.</translation>
    </message>
    <message>
        <source>“{title}” is marked up to here.</source>
        <translation>„{title}“ ist bis hier markiert.</translation>
    </message>
</context>
<context>
    <name>BookmarkTable</name>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
</context>
<context>
    <name>BookmarksView</name>
    <message>
        <source>All words must be there; the last one may be the beginning of a word.</source>
        <translation>Alle Wörter müssen vorkommen; das letzte darf ein Wortanfang sein.</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Filter the bookmarks</source>
        <translation>Lesezeichen filtern</translation>
    </message>
    <message>
        <source>No bookmarks yet</source>
        <translation>Noch keine Lesezeichen</translation>
    </message>
    <message>
        <source>Nothing has “{words}”</source>
        <translation>Nichts enthält „{words}“</translation>
    </message>
    <message>
        <source>Press B while you listen: the place is marked, and you may write a line about it. Shift+B marks up to where you are then.</source>
        <translation>B beim Hören markiert die Stelle; dazu lässt sich eine Zeile schreiben. Umschalt+B markiert von dort bis zur dann erreichten Stelle.</translation>
    </message>
    <message>
        <source>Save them as Markdown, CSV or JSON</source>
        <translation>Als Markdown, CSV oder JSON speichern</translation>
    </message>
    <message>
        <source>Words in texts and titles</source>
        <translation>Wörter in Texten und Titeln</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} von {all}</translation>
    </message>
</context>
<context>
    <name>ChapterChanges</name>
    <message>
        <source>The chapters were changed since then; nothing is taken back.</source>
        <translation>Die Kapitel wurden seitdem geändert; nichts wurde rückgängig gemacht.</translation>
    </message>
</context>
<context>
    <name>ChapterColumn</name>
    <message>
        <source>Chapter {number}: {title}</source>
        <translation>Kapitel {number}: {title}</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter chapters</source>
        <translation>Kapitel filtern</translation>
    </message>
    <message>
        <source>Filter chapters (Ctrl+F)</source>
        <translation>Kapitel filtern (Strg+F)</translation>
    </message>
    <message>
        <source>More for these chapters</source>
        <translation>Mehr zu diesen Kapiteln</translation>
    </message>
</context>
<context>
    <name>ChapterDelegate</name>
    <message>
        <source>Click to skip this chapter</source>
        <translation>Klicken, um dieses Kapitel zu überspringen</translation>
    </message>
    <message>
        <source>Skipped: click to hear it again</source>
        <translation>Übersprungen: Klicken, um es wieder zu hören</translation>
    </message>
    <message>
        <source>Title of chapter {number}</source>
        <translation>Titel von Kapitel {number}</translation>
    </message>
    <message>
        <source>left out in playing</source>
        <translation>wird bei der Wiedergabe ausgelassen</translation>
    </message>
</context>
<context>
    <name>ChapterEditor</name>
    <message>
        <source>All changes are taken back.</source>
        <translation>Alle Änderungen wurden zurückgenommen.</translation>
    </message>
    <message>
        <source>All chapters are moved by {shift}.</source>
        <translation>Alle Kapitel wurden um {shift} verschoben.</translation>
    </message>
    <message>
        <source>Chapter {number} starts at {place}</source>
        <translation>Kapitel {number} beginnt bei {place}</translation>
    </message>
    <message>
        <source>Choose a chapter, or play the episode</source>
        <translation>Ein Kapitel auswählen oder die Folge abspielen</translation>
    </message>
    <message>
        <source>New chapter</source>
        <translation>Neues Kapitel</translation>
    </message>
    <message>
        <source>The chapters are moved by the audio file.</source>
        <translation>Die Kapitel sind nach der Audiodatei verschoben.</translation>
    </message>
    <message>
        <source>The chapters are not moved any more.</source>
        <translation>Die Kapitel sind nicht mehr verschoben.</translation>
    </message>
    <message>
        <source>{by_frame}: {length}, also with Shift and a click</source>
        <translation>{by_frame}: {length}, auch mit Umschalttaste und Klick</translation>
    </message>
    <message>
        <source>“{title}” is deleted.</source>
        <translation>„{title}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>“{title}” starts at {place} now, and the chapters after it moved along.</source>
        <translation>„{title}“ beginnt jetzt bei {place}; die Kapitel danach wurden mitverschoben.</translation>
    </message>
</context>
<context>
    <name>ChapterHearing</name>
    <message>
        <source>Again and again from {start} to {stop}. L ends it.</source>
        <translation>Immer wieder von {start} bis {stop}. L beendet die Wiederholung.</translation>
    </message>
    <message>
        <source>All chapters are marked as heard.</source>
        <translation>Alle Kapitel sind als gehört markiert.</translation>
    </message>
    <message>
        <source>Every other chapter is heard.</source>
        <translation>Alle anderen Kapitel sind gehört.</translation>
    </message>
    <message>
        <source>Go on at {place}</source>
        <translation>Bei {place} fortsetzen</translation>
    </message>
    <message>
        <source>Go on there</source>
        <translation>Dort fortsetzen</translation>
    </message>
    <message>
        <source>Loop this chapter</source>
        <translation>Dieses Kapitel wiederholen</translation>
    </message>
    <message>
        <source>Mark all as heard</source>
        <translation>Alle als gehört markieren</translation>
    </message>
    <message>
        <source>Mark all as not heard</source>
        <translation>Alle als ungehört markieren</translation>
    </message>
    <message>
        <source>Mark as heard</source>
        <translation>Als gehört markieren</translation>
    </message>
    <message>
        <source>Mark as not heard</source>
        <translation>Als ungehört markieren</translation>
    </message>
    <message>
        <source>Next chapter not heard</source>
        <translation>Nächstes ungehörtes Kapitel</translation>
    </message>
    <message>
        <source>No chapter is marked as heard.</source>
        <translation>Kein Kapitel ist als gehört markiert.</translation>
    </message>
    <message>
        <source>Play only this chapter</source>
        <translation>Nur dieses Kapitel abspielen</translation>
    </message>
    <message>
        <source>The loop begins at {start}. Press L where it ends.</source>
        <translation>Die Wiederholung beginnt bei {start}. L drücken, wo sie endet.</translation>
    </message>
    <message>
        <source>The loop is over.</source>
        <translation>Die Wiederholung ist beendet.</translation>
    </message>
    <message>
        <source>There are no chapters.</source>
        <translation>Es gibt keine Kapitel.</translation>
    </message>
    <message>
        <source>“{title}” is marked as heard.</source>
        <translation>„{title}“ ist als gehört markiert.</translation>
    </message>
    <message>
        <source>“{title}” is marked as not heard.</source>
        <translation>„{title}“ ist als ungehört markiert.</translation>
    </message>
    <message>
        <source>“{title}” was left at {place}.</source>
        <translation>„{title}“ wurde bei {place} verlassen.</translation>
    </message>
</context>
<context>
    <name>ChapterLine</name>
    <message>
        <source>Timeline of the chapter</source>
        <translation>Zeitleiste des Kapitels</translation>
    </message>
    <message>
        <source>{time} of {whole}</source>
        <translation>{time} von {whole}</translation>
    </message>
</context>
<context>
    <name>ChapterNotes</name>
    <message>
        <source>Asking again…</source>
        <translation>Erneute Anfrage&#xa0;…</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Move all by {shift}</source>
        <translation>Alle um {shift} verschieben</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Of all episodes of this podcast</source>
        <translation>Bei allen Folgen dieses Podcasts</translation>
    </message>
    <message>
        <source>Show pictures</source>
        <translation>Bilder zeigen</translation>
    </message>
    <message>
        <source>The times are right as they are</source>
        <translation>Die Zeiten stimmen, wie sie sind</translation>
    </message>
    <message>
        <source>These chapters have pictures on the web. Their server sees who fetches them.</source>
        <translation>Zu diesen Kapiteln gibt es Bilder im Web. Deren Server sieht, wer sie abruft.</translation>
    </message>
    <message>
        <source>This chapter starts now</source>
        <translation>Dieses Kapitel beginnt jetzt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>“{title}” starts at what is heard now</source>
        <translation>„{title}“ beginnt an der Stelle, die jetzt zu hören ist</translation>
    </message>
</context>
<context>
    <name>ChapterSaver</name>
    <message>
        <source>No chapters were saved; the file is as it was.</source>
        <translation>Es wurden keine Kapitel gespeichert; die Datei ist unverändert.</translation>
    </message>
    <message>
        <source>Other chapters are being saved just now; wait until they are.</source>
        <translation>Gerade werden andere Kapitel gespeichert; bitte warten, bis das fertig ist.</translation>
    </message>
    <message>
        <source>Save chapters as</source>
        <translation>Kapitel speichern unter</translation>
    </message>
    <message>
        <source>Save chapters into file</source>
        <translation>Kapitel in Datei speichern</translation>
    </message>
    <message>
        <source>Saving chapters into “{name}”… checking</source>
        <translation>Kapitel werden in „{name}“ gespeichert&#xa0;… wird geprüft</translation>
    </message>
    <message>
        <source>Saving chapters into “{name}”… {part} %</source>
        <translation>Kapitel werden in „{name}“ gespeichert&#xa0;… {part}&#xa0;%</translation>
    </message>
    <message>
        <source>This kind of file cannot keep {what}.</source>
        <translation>Diese Dateiart nimmt nicht auf: {what}.</translation>
    </message>
    <message>
        <source>YouTube will not show them: {why}.</source>
        <translation>YouTube wird sie nicht anzeigen: {why}.</translation>
    </message>
    <message>
        <source>{chapters} saved as “{name}”.</source>
        <translation>{chapters} als „{name}“ gespeichert.</translation>
    </message>
    <message>
        <source>{chapters} saved into “{name}”.</source>
        <translation>{chapters} in „{name}“ gespeichert.</translation>
    </message>
    <message>
        <source>{kind} audio</source>
        <translation>{kind}-Audio</translation>
    </message>
</context>
<context>
    <name>ChapterSkipping</name>
    <message>
        <source>All chapters are heard again.</source>
        <translation>Alle Kapitel werden wieder gespielt.</translation>
    </message>
    <message>
        <source>Chapters like “{words}” are skipped from now on.</source>
        <translation>Kapitel wie „{words}“ werden ab jetzt übersprungen.</translation>
    </message>
    <message>
        <source>“{title}” is heard again.</source>
        <translation>„{title}“ wird wieder gespielt.</translation>
    </message>
    <message>
        <source>“{title}” is skipped from now on.</source>
        <translation>„{title}“ wird ab jetzt übersprungen.</translation>
    </message>
</context>
<context>
    <name>ChapterTable</name>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
</context>
<context>
    <name>ChaptersSection</name>
    <message>
        <source>As Earmark finds best</source>
        <translation>Was Earmark am besten findet</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Chapters from</source>
        <translation>Kapitel aus</translation>
    </message>
    <message>
        <source>Pictures from the web</source>
        <translation>Bilder aus dem Web</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>Quelle</translation>
    </message>
</context>
<context>
    <name>Cleaning</name>
    <message>
        <source> GB stay</source>
        <translation>&#xa0;GB bleiben</translation>
    </message>
    <message>
        <source> day ago or longer</source>
        <translation> Tag her oder länger</translation>
    </message>
    <message>
        <source> days ago or longer</source>
        <translation> Tage her oder länger</translation>
    </message>
    <message>
        <source> of each podcast</source>
        <translation> von jedem Podcast</translation>
    </message>
    <message>
        <source>All but the newest</source>
        <translation>Alle bis auf die neuesten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clean up downloads</source>
        <translation>Downloads aufräumen</translation>
    </message>
    <message>
        <source>Days since it was played</source>
        <translation>Tage, seit es gespielt wurde</translation>
    </message>
    <message>
        <source>How many gigabytes stay</source>
        <translation>Wie viele Gigabyte bleiben</translation>
    </message>
    <message>
        <source>How many stay of each podcast</source>
        <translation>Wie viele von jedem Podcast bleiben</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>What is too much</source>
        <translation>Was zu viel ist</translation>
    </message>
    <message>
        <source>What plays, is queued or begun, what you chose to keep, and your own files stay in any case.</source>
        <translation>Was gerade läuft, eingereiht oder begonnen ist, was behalten werden soll, und eigene Dateien bleiben auf jeden Fall.</translation>
    </message>
    <message>
        <source>What was played</source>
        <translation>Gespieltes</translation>
    </message>
    <message>
        <source>What would be removed</source>
        <translation>Was entfernt würde</translation>
    </message>
    <message>
        <source>Would remove nothing.</source>
        <translation>Würde nichts entfernen.</translation>
    </message>
    <message>
        <source>Would remove {files}.</source>
        <translation>Würde {files} entfernen.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClipSaver</name>
    <message>
        <source>Another clip is being saved just now; wait until it is.</source>
        <translation>Gerade wird ein anderer Ausschnitt gespeichert; bitte warten, bis das fertig ist.</translation>
    </message>
    <message>
        <source>Clip of {length} saved as “{name}”.</source>
        <translation>Ausschnitt von {length} als „{name}“ gespeichert.</translation>
    </message>
    <message>
        <source>No clip was saved.</source>
        <translation>Es wurde kein Ausschnitt gespeichert.</translation>
    </message>
    <message>
        <source>Save clip</source>
        <translation>Ausschnitt speichern</translation>
    </message>
    <message>
        <source>Saving “{name}”… {part} %</source>
        <translation>„{name}“ wird gespeichert&#xa0;… {part}&#xa0;%</translation>
    </message>
    <message>
        <source>There are no chapters here. L marks where a clip begins, and L again its end.</source>
        <translation>Hier gibt es keine Kapitel. L bezeichnet den Anfang eines Ausschnitts und noch einmal L sein Ende.</translation>
    </message>
    <message>
        <source>{kind}, encoded anew and cut to the sample</source>
        <translation>{kind}, neu codiert und auf das Sample genau geschnitten</translation>
    </message>
    <message>
        <source>{kind}, the sound as it is</source>
        <translation>{kind}, Ton unverändert</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Width of the chapters</source>
        <translation>Breite der Kapitel</translation>
    </message>
    <message>
        <source>Width of the sidebar</source>
        <translation>Breite der Seitenleiste</translation>
    </message>
</context>
<context>
    <name>CourseLine</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DamagedLibrary</name>
    <message>
        <source>Begin with an empty library</source>
        <translation>Mit leerer Bibliothek beginnen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>Sicherung zurückholen</translation>
    </message>
    <message>
        <source>The library cannot be used</source>
        <translation>Die Bibliothek ist nicht benutzbar</translation>
    </message>
</context>
<context>
    <name>DirectoriesSection</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Only for searching in that directory; api.podcastindex.org gives both to whoever asks.</source>
        <translation>Nur für die Suche in diesem Verzeichnis; api.podcastindex.org gibt beides jedem, der danach fragt.</translation>
    </message>
    <message>
        <source>Podcast Index</source>
        <translation>Podcast Index</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheimnis</translation>
    </message>
</context>
<context>
    <name>DownloadLine</name>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
</context>
<context>
    <name>DownloadSection</name>
    <message numerus="yes">
        <source>%n episodes now</source>
        <translation>
            <numerusform>%n Folge jetzt</numerusform>
            <numerusform>%n Folgen jetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>1 episode now</source>
        <translation>1 Folge jetzt</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download all</source>
        <translation>Alle herunterladen</translation>
    </message>
    <message>
        <source>Download at once: {episodes}</source>
        <translation>Sofort herunterladen: {episodes}</translation>
    </message>
    <message>
        <source>Download by hand</source>
        <translation>Von Hand herunterladen</translation>
    </message>
    <message>
        <source>Download the newest</source>
        <translation>Die neueste herunterladen</translation>
    </message>
    <message numerus="yes">
        <source>Download the newest %n</source>
        <translation>
            <numerusform>Die neueste herunterladen</numerusform>
            <numerusform>Die neuesten %n herunterladen</numerusform>
        </translation>
    </message>
    <message>
        <source>How many are downloaded</source>
        <translation>Wie viele heruntergeladen werden</translation>
    </message>
    <message>
        <source>If the title has</source>
        <translation>Falls im Titel</translation>
    </message>
    <message>
        <source>New episodes</source>
        <translation>Neue Folgen</translation>
    </message>
    <message>
        <source>Of podcasts that are added later</source>
        <translation>Bei später hinzugefügten Podcasts</translation>
    </message>
    <message>
        <source>Only with chapters</source>
        <translation>Nur mit Kapiteln</translation>
    </message>
    <message>
        <source>Podcasts added later</source>
        <translation>Spätere Podcasts</translation>
    </message>
    <message>
        <source>Tell me on the desktop</source>
        <translation>Auf dem Desktop melden</translation>
    </message>
    <message>
        <source>The newest</source>
        <translation>Die neuesten</translation>
    </message>
    <message>
        <source>Words that the title must have</source>
        <translation>Wörter, die der Titel enthalten muss</translation>
    </message>
    <message>
        <source>Words that the title must not have</source>
        <translation>Wörter, die der Titel nicht enthalten darf</translation>
    </message>
    <message>
        <source>and has not</source>
        <translation>aber nicht</translation>
    </message>
    <message>
        <source>words</source>
        <translation>Wörter</translation>
    </message>
</context>
<context>
    <name>DownloadsSettings</name>
    <message>
        <source>Change the folder of downloads</source>
        <translation>Ordner der Downloads ändern</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern&#xa0;…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of downloads</source>
        <translation>Ordner der Downloads</translation>
    </message>
    <message>
        <source>From now on, where a file has a place for them: the chapters as you see them then. The sound stays.</source>
        <translation>Ab jetzt, wo eine Datei Platz dafür hat: die Kapitel, wie sie dann zu sehen sind. Der Ton bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Moving downloads</source>
        <translation>Downloads werden verschoben</translation>
    </message>
    <message>
        <source>Moving the downloads that are here</source>
        <translation>Vorhandene Downloads werden verschoben</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the folder of downloads</source>
        <translation>Ordner der Downloads öffnen</translation>
    </message>
    <message>
        <source>Some downloads are still where they were; they follow when they can.</source>
        <translation>Manche Downloads liegen noch am alten Ort; sie folgen, sobald es geht.</translation>
    </message>
    <message>
        <source>They lie in</source>
        <translation>Liegen in</translation>
    </message>
    <message>
        <source>Use the usual one</source>
        <translation>Den üblichen verwenden</translation>
    </message>
    <message>
        <source>When they have come</source>
        <translation>Wenn sie da sind</translation>
    </message>
    <message>
        <source>When you change the folder, downloads follow one by one, and what plays once it is closed.</source>
        <translation>Wird der Ordner geändert, folgen die Downloads nacheinander, und was gerade läuft, sobald es geschlossen ist.</translation>
    </message>
    <message>
        <source>Write chapters and cover into the files</source>
        <translation>Kapitel und Cover in die Dateien schreiben</translation>
    </message>
</context>
<context>
    <name>Drop</name>
    <message>
        <source>Nothing has “{words}”. A time goes, too: 1:08:52, +5m or 72%.</source>
        <translation>Nichts enthält „{words}“. Auch eine Zeit geht: 1:08:52, +5m oder 72%.</translation>
    </message>
    <message>
        <source>Places to go to</source>
        <translation>Ziele</translation>
    </message>
</context>
<context>
    <name>Edge</name>
    <message>
        <source>Drag it; a double click brings back the usual width</source>
        <translation>Ziehen; ein Doppelklick stellt die übliche Breite wieder her</translation>
    </message>
</context>
<context>
    <name>EdgesSection</name>
    <message>
        <source> s</source>
        <translation>&#xa0;s</translation>
    </message>
    <message>
        <source>Seconds to skip at the end</source>
        <translation>Sekunden, die am Ende übersprungen werden</translation>
    </message>
    <message>
        <source>Seconds to skip at the start</source>
        <translation>Sekunden, die am Anfang übersprungen werden</translation>
    </message>
    <message>
        <source>Skip at the start</source>
        <translation>Am Anfang überspringen</translation>
    </message>
    <message>
        <source>Start and end</source>
        <translation>Anfang und Ende</translation>
    </message>
    <message>
        <source>Who goes to the start hears it. An episode of which less than half would be left is played whole.</source>
        <translation>Wer zum Anfang springt, hört ihn. Eine Folge, von der weniger als die Hälfte bliebe, wird ganz gespielt.</translation>
    </message>
    <message>
        <source>and at the end</source>
        <translation>und am Ende</translation>
    </message>
</context>
<context>
    <name>EpisodeBookmarks</name>
    <message>
        <source>Nothing is marked here yet; press B while you listen.</source>
        <translation>Hier ist noch nichts markiert; B drücken beim Hören.</translation>
    </message>
</context>
<context>
    <name>EpisodeDelegate</name>
    <message>
        <source>paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>played</source>
        <translation>gespielt</translation>
    </message>
</context>
<context>
    <name>EpisodeList</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the filter to see all episodes; Ctrl+K searches chapters and podcasts, too.</source>
        <translation>Filter leeren, um alle Folgen zu sehen; Strg+K sucht auch in Kapiteln und Podcasts.</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Filter by title</source>
        <translation>Nach Titel filtern</translation>
    </message>
    <message>
        <source>Filter episodes</source>
        <translation>Folgen filtern</translation>
    </message>
    <message>
        <source>Mark all in this list as played</source>
        <translation>Alle in dieser Liste als gespielt markieren</translation>
    </message>
    <message>
        <source>No title holds these words</source>
        <translation>Kein Titel enthält diese Wörter</translation>
    </message>
    <message>
        <source>Nothing is left by the filters</source>
        <translation>Die Filter lassen nichts übrig</translation>
    </message>
    <message>
        <source>Podcast settings</source>
        <translation>Podcast-Einstellungen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Turn off what is lit above to see all episodes of this list.</source>
        <translation>Was oben hervorgehoben ist ausschalten, um alle Folgen dieser Liste zu sehen.</translation>
    </message>
</context>
<context>
    <name>EpisodePage</name>
    <message>
        <source>Add to queue</source>
        <translation>Zur Warteschlange hinzufügen</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>Zurück zur Liste (Esc)</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Bookmark what is heard now (B)</source>
        <translation>Lesezeichen an der jetzigen Stelle setzen (B)</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Episode</source>
        <translation>Folge</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Shownotizen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>This episode has no show notes.</source>
        <translation>Diese Folge hat keine Shownotizen.</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>played</source>
        <translation>gespielt</translation>
    </message>
    <message>
        <source>{time} of audio</source>
        <translation>{time} Audio</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>Add podcast</source>
        <translation>Podcast hinzufügen</translation>
    </message>
    <message>
        <source>Open audio file</source>
        <translation>Audiodatei öffnen</translation>
    </message>
    <message>
        <source>The clipboard holds no text; copy an outline first, a line with a time for each chapter.</source>
        <translation>Die Zwischenablage enthält keinen Text. Zuerst eine Gliederung kopieren, mit einer Zeile und Zeit je Kapitel.</translation>
    </message>
    <message>
        <source>The pasted outline is removed, with the changes in it.</source>
        <translation>Die eingefügte Gliederung wurde mit ihren Änderungen entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{chapters} taken from the pasted outline.</source>
        <translation>{chapters} aus der eingefügten Gliederung übernommen.</translation>
    </message>
    <message>
        <source>“{title}” is removed; its downloaded files stay on the disk.</source>
        <translation>„{title}“ wurde entfernt; die heruntergeladenen Dateien bleiben auf der Festplatte.</translation>
    </message>
</context>
<context>
    <name>FolderGestures</name>
    <message>
        <source>Dissolve folder</source>
        <translation>Ordner auflösen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>New folder for “{podcast}”</source>
        <translation>Neuer Ordner für „{podcast}“</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>Neuer Ordner&#xa0;…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>Ordner umbenennen</translation>
    </message>
    <message>
        <source>Rename folder…</source>
        <translation>Ordner umbenennen&#xa0;…</translation>
    </message>
    <message>
        <source>The folder “{old}” is dissolved.</source>
        <translation>Der Ordner „{old}“ ist aufgelöst.</translation>
    </message>
    <message>
        <source>“{old}” is “{new}” now.</source>
        <translation>„{old}“ heißt jetzt „{new}“.</translation>
    </message>
    <message>
        <source>“{podcast}” is in no folder now.</source>
        <translation>„{podcast}“ ist jetzt in keinem Ordner.</translation>
    </message>
    <message>
        <source>“{podcast}” is in “{folder}” now.</source>
        <translation>„{podcast}“ ist jetzt in „{folder}“.</translation>
    </message>
</context>
<context>
    <name>FolderLine</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>“News / World” is World within News.</source>
        <translation>„Nachrichten / Welt“ heißt: Welt in Nachrichten.</translation>
    </message>
</context>
<context>
    <name>FolderName</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>FolderSection</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>In the sidebar</source>
        <translation>In der Seitenleiste</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
</context>
<context>
    <name>GotoBox</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Search, or go to a time…</source>
        <translation>Suchen oder zu einer Zeit gehen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>Highlights</name>
    <message>
        <source>Highlights:</source>
        <translation>Höhepunkte:</translation>
    </message>
</context>
<context>
    <name>ImportExport</name>
    <message numerus="yes">
        <source>%n more could not be read.</source>
        <translation>
            <numerusform>%n weiteres war nicht lesbar.</numerusform>
            <numerusform>%n weitere waren nicht lesbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n war schon da</numerusform>
            <numerusform>%n waren schon da</numerusform>
        </translation>
    </message>
    <message>
        <source>1 more could not be read.</source>
        <translation>1 weiteres war nicht lesbar.</translation>
    </message>
    <message>
        <source>1 was there already</source>
        <translation>1 war schon da</translation>
    </message>
    <message>
        <source>Ending the export…</source>
        <translation>Der Export wird beendet&#xa0;…</translation>
    </message>
    <message>
        <source>Ending the import of {name}…</source>
        <translation>Import von {name} wird beendet&#xa0;…</translation>
    </message>
    <message>
        <source>Export OPML</source>
        <translation>OPML exportieren</translation>
    </message>
    <message>
        <source>Export library</source>
        <translation>Bibliothek exportieren</translation>
    </message>
    <message>
        <source>Exporting to {name}… {part} %</source>
        <translation>Export nach {name}&#xa0;… {part}&#xa0;%</translation>
    </message>
    <message>
        <source>Import OPML or library</source>
        <translation>OPML oder Bibliothek importieren</translation>
    </message>
    <message>
        <source>Importing {name}…</source>
        <translation>{name} wird importiert&#xa0;…</translation>
    </message>
    <message>
        <source>Importing {name}… {done} of {podcasts}</source>
        <translation>{name} wird importiert&#xa0;… {done} von {podcasts}</translation>
    </message>
    <message>
        <source>Importing {name}… {part} %</source>
        <translation>{name} wird importiert&#xa0;… {part}&#xa0;%</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Nothing of {name} was imported; the library is as it was.</source>
        <translation>Von {name} wurde nichts importiert; die Bibliothek ist, wie sie war.</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>Nichts wurde exportiert.</translation>
    </message>
    <message>
        <source>OPML, exported library</source>
        <translation>OPML, exportierte Bibliothek</translation>
    </message>
    <message>
        <source>Places and changes of {episodes} were taken over.</source>
        <translation>Positionen und Änderungen von {episodes} übernommen.</translation>
    </message>
    <message>
        <source>{podcasts} added</source>
        <translation>{podcasts} hinzugefügt</translation>
    </message>
    <message>
        <source>{podcasts} listed in “{name}”.</source>
        <translation>{podcasts} in „{name}“ aufgelistet.</translation>
    </message>
    <message>
        <source>{podcasts} with your places, edits, queue and settings are in “{name}”.</source>
        <translation>{podcasts} mit Positionen, Änderungen, Warteschlange und Einstellungen in „{name}“ gespeichert.</translation>
    </message>
</context>
<context>
    <name>KeepSection</name>
    <message>
        <source> day later</source>
        <translation> Tag danach</translation>
    </message>
    <message>
        <source> days later</source>
        <translation> Tage danach</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>How long after playing</source>
        <translation>Wie lange nach dem Hören</translation>
    </message>
    <message>
        <source>How many are kept</source>
        <translation>Wie viele behalten werden</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The newest</source>
        <translation>Die neuesten</translation>
    </message>
    <message>
        <source>Until played</source>
        <translation>Bis gespielt</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>by pauses</source>
        <translation>durch Pausen</translation>
    </message>
    <message>
        <source>by skips</source>
        <translation>durch Überspringen</translation>
    </message>
    <message>
        <source>listened</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>saved by speed</source>
        <translation>durch Tempo gespart</translation>
    </message>
</context>
<context>
    <name>ListBar</name>
    <message>
        <source>Order: {order}</source>
        <translation>Reihenfolge: {order}</translation>
    </message>
    <message>
        <source>Show only these episodes</source>
        <translation>Nur diese Folgen anzeigen</translation>
    </message>
</context>
<context>
    <name>ListHead</name>
    <message>
        <source>Your files</source>
        <translation>Eigene Dateien</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Paste outline</source>
        <translation>Gliederung einfügen</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>All of them are played already.</source>
        <translation>Alle sind schon gespielt.</translation>
    </message>
    <message>
        <source>None of them is marked as played.</source>
        <translation>Keine davon ist als gespielt markiert.</translation>
    </message>
    <message>
        <source>{what} are marked as not played.</source>
        <translation>{what} sind als ungespielt markiert.</translation>
    </message>
    <message>
        <source>{what} are marked as played.</source>
        <translation>{what} sind als gespielt markiert.</translation>
    </message>
    <message>
        <source>“{title}” is marked as not played.</source>
        <translation>„{title}“ ist als ungespielt markiert.</translation>
    </message>
    <message>
        <source>“{title}” is marked as played.</source>
        <translation>„{title}“ ist als gespielt markiert.</translation>
    </message>
</context>
<context>
    <name>MiniPlayer</name>
    <message>
        <source>Back to the window (Ctrl+M)</source>
        <translation>Zurück zum Fenster (Strg+M)</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Mini player</source>
        <translation>Mini-Player</translation>
    </message>
</context>
<context>
    <name>NoChapters</name>
    <message>
        <source>The chapters of the episode that you choose appear here.</source>
        <translation>Hier erscheinen die Kapitel der ausgewählten Folge.</translation>
    </message>
    <message>
        <source>This episode has no chapters: its show notes have no outline, and its feed and audio file name none. Copy an outline from anywhere, a line with a time for each chapter, and paste it here. Or choose Edit and add chapters while you listen.</source>
        <translation>Diese Folge hat keine Kapitel: Ihre Shownotizen enthalten keine Gliederung, und weder Feed noch Audiodatei nennen welche. Eine Gliederung von irgendwoher kopieren, mit einer Zeile und Zeit je Kapitel, und hier einfügen. Oder „Bearbeiten“ wählen und beim Hören Kapitel hinzufügen.</translation>
    </message>
</context>
<context>
    <name>NotesPart</name>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Of all episodes of this podcast</source>
        <translation>Bei allen Folgen dieses Podcasts</translation>
    </message>
    <message>
        <source>Show pictures</source>
        <translation>Bilder zeigen</translation>
    </message>
    <message>
        <source>These notes have pictures on the web. Their server sees who fetches them.</source>
        <translation>Zu diesen Shownotizen gibt es Bilder im Web. Deren Server sieht, wer sie abruft.</translation>
    </message>
</context>
<context>
    <name>NotesView</name>
    <message>
        <source>Fold the outline</source>
        <translation>Gliederung einklappen</translation>
    </message>
    <message numerus="yes">
        <source>Outline, %n lines</source>
        <translation>
            <numerusform>Gliederung, %n Zeile</numerusform>
            <numerusform>Gliederung, %n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show notes</source>
        <translation>Shownotizen</translation>
    </message>
    <message>
        <source>show</source>
        <translation>anzeigen</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NowPlaying</name>
    <message>
        <source>Buffering</source>
        <translation>Puffert</translation>
    </message>
    <message>
        <source>Choose an episode to listen to</source>
        <translation>Eine Folge zum Hören auswählen</translation>
    </message>
    <message>
        <source>Nothing is playing</source>
        <translation>Keine Wiedergabe</translation>
    </message>
    <message>
        <source>Plays when enough of it is here</source>
        <translation>Spielt, sobald genug da ist</translation>
    </message>
    <message>
        <source>The exact place is known when all of it is here</source>
        <translation>Die genaue Stelle ist bekannt, wenn alles da ist</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{time} left, then it stops</source>
        <translation>noch {time}, dann Ende</translation>
    </message>
    <message>
        <source>{time} of audio</source>
        <translation>{time} Audio</translation>
    </message>
    <message>
        <source>{time} to the next chapter</source>
        <translation>{time} bis zum nächsten Kapitel</translation>
    </message>
    <message>
        <source>{told}, {time} of it skipped</source>
        <translation>{told}, davon {time} übersprungen</translation>
    </message>
</context>
<context>
    <name>Overwriting</name>
    <message>
        <source>It has replaced the file that was there.</source>
        <translation>Die Datei, die dort war, ist ersetzt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>“{name}” is what it was before.</source>
        <translation>„{name}“ ist wieder, was es vorher war.</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>Parts of this page</source>
        <translation>Teile dieser Seite</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>End the loop</source>
        <translation>Wiederholung beenden</translation>
    </message>
    <message>
        <source>Trim silence</source>
        <translation>Stille kürzen</translation>
    </message>
</context>
<context>
    <name>PlayingPanel</name>
    <message>
        <source>Speed and sound</source>
        <translation>Tempo und Klang</translation>
    </message>
    <message>
        <source>Speed {speed}, more about sound</source>
        <translation>Tempo {speed}, mehr zum Klang</translation>
    </message>
</context>
<context>
    <name>PlayingSection</name>
    <message>
        <source> s</source>
        <translation>&#xa0;s</translation>
    </message>
    <message>
        <source>Back and forward</source>
        <translation>Zurück und vor</translation>
    </message>
    <message>
        <source>Begin chapters where the words begin</source>
        <translation>Kapitel beim ersten Wort beginnen</translation>
    </message>
    <message>
        <source>By chapter</source>
        <translation>Nach Kapiteln</translation>
    </message>
    <message>
        <source>Keys jump back</source>
        <translation>Tasten springen zurück</translation>
    </message>
    <message>
        <source>Media keys</source>
        <translation>Medientasten</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Seconds back</source>
        <translation>Sekunden zurück</translation>
    </message>
    <message>
        <source>Seconds forward</source>
        <translation>Sekunden vor</translation>
    </message>
    <message>
        <source>and forward</source>
        <translation>und vor</translation>
    </message>
</context>
<context>
    <name>PodcastChoices</name>
    <message>
        <source>Podcasts to choose from</source>
        <translation>Podcasts zur Auswahl</translation>
    </message>
</context>
<context>
    <name>PodcastGestures</name>
    <message>
        <source>Choose a podcast first; then its settings can be shown.</source>
        <translation>Zuerst einen Podcast auswählen; dann lassen sich seine Einstellungen anzeigen.</translation>
    </message>
    <message>
        <source>Your own files have no settings of a podcast.</source>
        <translation>Eigene Dateien haben keine Podcast-Einstellungen.</translation>
    </message>
    <message>
        <source>{downloads} are removed as their podcasts&apos; settings say, {size}.</source>
        <translation>{downloads} werden entfernt, wie in den Einstellungen der Podcasts festgelegt, {size}.</translation>
    </message>
    <message>
        <source>{downloads} is removed as its podcast&apos;s settings say, {size}.</source>
        <translation>{downloads} wird entfernt, wie in den Einstellungen des Podcasts festgelegt, {size}.</translation>
    </message>
    <message>
        <source>{downloads} removed, {size}.</source>
        <translation>{downloads} entfernt, {size}.</translation>
    </message>
</context>
<context>
    <name>PodcastSettings</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Downloads stay until you remove them.</source>
        <translation>Downloads bleiben, bis sie entfernt werden.</translation>
    </message>
    <message>
        <source>Podcast settings</source>
        <translation>Podcast-Einstellungen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>What plays, is queued or begun, and what you chose to keep stays.</source>
        <translation>Was gerade läuft, eingereiht oder begonnen ist, und was behalten werden soll, bleibt.</translation>
    </message>
    <message>
        <source>Would remove nothing now.</source>
        <translation>Würde jetzt nichts entfernen.</translation>
    </message>
    <message>
        <source>Would remove {downloads} now.</source>
        <translation>Würde jetzt {downloads} entfernen.</translation>
    </message>
</context>
<context>
    <name>PodcastsSection</name>
    <message>
        <source>All new episodes</source>
        <translation>Alle neuen Folgen</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Download of new ones</source>
        <translation>Download neuer Folgen</translation>
    </message>
    <message>
        <source>Download of new podcasts</source>
        <translation>Download bei neuen Podcasts</translation>
    </message>
    <message numerus="yes">
        <source>Every %n minutes</source>
        <translation>
            <numerusform>Jede Minute</numerusform>
            <numerusform>Alle %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Every 12 hours</source>
        <translation>Alle 12 Stunden</translation>
    </message>
    <message>
        <source>Every 15 minutes</source>
        <translation>Alle 15 Minuten</translation>
    </message>
    <message>
        <source>Every 3 hours</source>
        <translation>Alle 3 Stunden</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Täglich</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Stündlich</translation>
    </message>
    <message>
        <source>Every minute</source>
        <translation>Jede Minute</translation>
    </message>
    <message>
        <source>For podcasts that are added later; each has settings of its own (Ctrl+P).</source>
        <translation>Für später hinzugefügte Podcasts; jeder hat eigene Einstellungen (Strg+P).</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Podcasts</source>
        <translation>Podcasts</translation>
    </message>
    <message>
        <source>Refresh by itself</source>
        <translation>Automatisch aktualisieren</translation>
    </message>
    <message>
        <source>The newest 3 episodes</source>
        <translation>Die neuesten 3 Folgen</translation>
    </message>
    <message>
        <source>The newest 5 episodes</source>
        <translation>Die neuesten 5 Folgen</translation>
    </message>
    <message>
        <source>The newest episode</source>
        <translation>Die neueste Folge</translation>
    </message>
</context>
<context>
    <name>QueueGestures</name>
    <message>
        <source>“{title}” is number {number} in the queue already.</source>
        <translation>„{title}“ ist schon Nummer {number} der Warteschlange.</translation>
    </message>
</context>
<context>
    <name>QueueTable</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Move to the end</source>
        <translation>Ans Ende verschieben</translation>
    </message>
    <message>
        <source>Nothing is queued</source>
        <translation>Nichts ist eingereiht</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>Als Nächstes spielen</translation>
    </message>
    <message>
        <source>Press Q on an episode or on a chapter, or choose “Add to queue” in its menu: what stands here plays one after the other.</source>
        <translation>Q auf einer Folge oder einem Kapitel drücken oder im Menü „Zur Warteschlange hinzufügen“ wählen: Was hier steht, wird nacheinander gespielt.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Show episode</source>
        <translation>Folge anzeigen</translation>
    </message>
    <message>
        <source>Take everything out of the queue</source>
        <translation>Alles aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>at least {total}</source>
        <translation>mindestens {total}</translation>
    </message>
    <message>
        <source>at {speed}</source>
        <translation>bei {speed}</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
</context>
<context>
    <name>SearchView</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All words must be there; the last one may be the beginning of a word.</source>
        <translation>Alle Wörter müssen vorkommen; das letzte darf ein Wortanfang sein.</translation>
    </message>
    <message>
        <source>Nothing has “{words}”</source>
        <translation>Nichts enthält „{words}“</translation>
    </message>
    <message>
        <source>Other kinds of things have these words: choose “All” to see them.</source>
        <translation>Andere Arten von Treffern enthalten diese Wörter: „Alle“ zeigt sie.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search all that you follow</source>
        <translation>Alles Abonnierte durchsuchen</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Show episode</source>
        <translation>Folge anzeigen</translation>
    </message>
    <message>
        <source>Titles of podcasts, episodes and chapters, show notes and bookmarks. Words in “quotes” must stand together.</source>
        <translation>Titel von Podcasts, Folgen und Kapiteln, Shownotizen und Lesezeichen. Wörter in „Anführungszeichen“ müssen beieinanderstehen.</translation>
    </message>
    <message>
        <source>Words in titles, chapters, notes and bookmarks</source>
        <translation>Wörter in Titeln, Kapiteln, Shownotizen und Lesezeichen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Copy feed address</source>
        <translation>Feed-Adresse kopieren</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Podcast settings…</source>
        <translation>Podcast-Einstellungen&#xa0;…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Remove podcast</source>
        <translation>Podcast entfernen</translation>
    </message>
    <message>
        <source>Views and podcasts</source>
        <translation>Ansichten und Podcasts</translation>
    </message>
</context>
<context>
    <name>SidebarModel</name>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Podcasts</source>
        <translation>Podcasts</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Your files</source>
        <translation>Eigene Dateien</translation>
    </message>
    <message>
        <source>folder, closed</source>
        <translation>Ordner, zugeklappt</translation>
    </message>
    <message>
        <source>folder, open</source>
        <translation>Ordner, aufgeklappt</translation>
    </message>
</context>
<context>
    <name>SkipRuleDialog</name>
    <message>
        <source> min</source>
        <translation>&#xa0;min</translation>
    </message>
    <message>
        <source>All podcasts</source>
        <translation>Alle Podcasts</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Chapters that would be skipped</source>
        <translation>Kapitel, die übersprungen würden</translation>
    </message>
    <message>
        <source>How long they are at most</source>
        <translation>Wie lang sie höchstens sind</translation>
    </message>
    <message>
        <source>If the title</source>
        <translation>Falls der Titel</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Gilt für</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Only chapters up to some length</source>
        <translation>Nur Kapitel bis zu einer Länge</translation>
    </message>
    <message>
        <source>Only up to</source>
        <translation>Nur bis</translation>
    </message>
    <message>
        <source>Skip always</source>
        <translation>Immer überspringen</translation>
    </message>
    <message>
        <source>Skip by title</source>
        <translation>Nach Titel überspringen</translation>
    </message>
    <message>
        <source>Skip chapters</source>
        <translation>Kapitel überspringen</translation>
    </message>
    <message>
        <source>The title</source>
        <translation>Der Titel</translation>
    </message>
    <message>
        <source>This podcast</source>
        <translation>Diesen Podcast</translation>
    </message>
    <message>
        <source>Words of the title</source>
        <translation>Wörter des Titels</translation>
    </message>
    <message>
        <source>Write a word or a part of the title.</source>
        <translation>Ein Wort oder einen Teil des Titels eingeben.</translation>
    </message>
    <message>
        <source>has the words</source>
        <translation>enthält die Wörter</translation>
    </message>
    <message>
        <source>is exactly</source>
        <translation>ist genau</translation>
    </message>
    <message>
        <source>is like</source>
        <translation>ist wie</translation>
    </message>
</context>
<context>
    <name>SkipRuleList</name>
    <message>
        <source>Add a rule…</source>
        <translation>Regel hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Change the rule: {rule}</source>
        <translation>Regel ändern: {rule}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern&#xa0;…</translation>
    </message>
    <message>
        <source>Remove the rule: {rule}</source>
        <translation>Regel entfernen: {rule}</translation>
    </message>
</context>
<context>
    <name>SkipRulesDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Rules of their own, in their settings, have: {podcasts}.</source>
        <translation>Eigene Regeln in ihren Einstellungen haben: {podcasts}.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Skip chapters by title</source>
        <translation>Kapitel nach Titel überspringen</translation>
    </message>
    <message>
        <source>These count for all podcasts. A chapter that you mark yourself is skipped, or heard, as marked.</source>
        <translation>Diese gelten für alle Podcasts. Ein selbst markiertes Kapitel wird übersprungen oder gespielt wie markiert.</translation>
    </message>
</context>
<context>
    <name>SkipsSection</name>
    <message>
        <source>Chapters to skip</source>
        <translation>Zu überspringende Kapitel</translation>
    </message>
    <message>
        <source>If the title</source>
        <translation>Falls der Titel</translation>
    </message>
    <message numerus="yes">
        <source>and %n rules for all podcasts (menu, “Skip chapters by title”).</source>
        <translation>
            <numerusform>und %n Regel für alle Podcasts (Menü, „Kapitel nach Titel überspringen“).</numerusform>
            <numerusform>und %n Regeln für alle Podcasts (Menü, „Kapitel nach Titel überspringen“).</numerusform>
        </translation>
    </message>
    <message>
        <source>and 1 rule for all podcasts (menu, “Skip chapters by title”).</source>
        <translation>und 1 Regel für alle Podcasts (Menü, „Kapitel nach Titel überspringen“).</translation>
    </message>
</context>
<context>
    <name>SleepButton</name>
    <message>
        <source>Sleep timer</source>
        <translation>Schlummer-Timer</translation>
    </message>
</context>
<context>
    <name>SleepPopup</name>
    <message>
        <source> chapters</source>
        <translation> Kapitel</translation>
    </message>
    <message>
        <source> min</source>
        <translation>&#xa0;min</translation>
    </message>
    <message>
        <source>1 chapter</source>
        <translation>1 Kapitel</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5&#xa0;min</translation>
    </message>
    <message>
        <source>5 minutes more</source>
        <translation>5 Minuten länger</translation>
    </message>
    <message>
        <source>After a chapter…</source>
        <translation>Nach einem Kapitel&#xa0;…</translation>
    </message>
    <message>
        <source>At an end</source>
        <translation>An einem Ende</translation>
    </message>
    <message>
        <source>Begin a little earlier after a pause</source>
        <translation>Nach Pausen früher beginnen</translation>
    </message>
    <message>
        <source>By some seconds, more after longer ones, and never before a chapter&apos;s start</source>
        <translation>Um einige Sekunden, nach längeren Pausen mehr, aber nie vor einem Kapitelanfang</translation>
    </message>
    <message>
        <source>Chapters until sleep</source>
        <translation>Kapitel bis zum Einschlafen</translation>
    </message>
    <message>
        <source>Do not sleep</source>
        <translation>Nicht einschlafen</translation>
    </message>
    <message>
        <source>End of the episode</source>
        <translation>Ende der Folge</translation>
    </message>
    <message>
        <source>End of this chapter</source>
        <translation>Ende dieses Kapitels</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Minutes until sleep</source>
        <translation>Minuten bis zum Einschlafen</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>One more chapter</source>
        <translation>Noch ein Kapitel</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>Set · {time}</source>
        <translation>Stellen · {time}</translation>
    </message>
    <message numerus="yes">
        <source>Sleep after %n minutes</source>
        <translation>
            <numerusform>Nach %n Minute einschlafen</numerusform>
            <numerusform>Nach %n Minuten einschlafen</numerusform>
        </translation>
    </message>
    <message>
        <source>Sleep after so many chapters</source>
        <translation>Nach so vielen Kapiteln einschlafen</translation>
    </message>
    <message>
        <source>Sleep after so many minutes</source>
        <translation>Nach so vielen Minuten einschlafen</translation>
    </message>
    <message>
        <source>Sleep timer</source>
        <translation>Schlummer-Timer</translation>
    </message>
</context>
<context>
    <name>SortingHeader</name>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
</context>
<context>
    <name>SoundPopup</name>
    <message>
        <source>Even out voices</source>
        <translation>Stimmen angleichen</translation>
    </message>
    <message>
        <source>Faster (])</source>
        <translation>Schneller (])</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>Sanft</translation>
    </message>
    <message>
        <source>Land softly at chapters</source>
        <translation>Kapitel sanft anspringen</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Only for {podcast}</source>
        <translation>Nur für {podcast}</translation>
    </message>
    <message>
        <source>Output: {device}</source>
        <translation>Ausgabe: {device}</translation>
    </message>
    <message>
        <source>Raises quiet voices and holds loud ones</source>
        <translation>Hebt leise Stimmen an und dämpft laute</translation>
    </message>
    <message>
        <source>Slower ([)</source>
        <translation>Langsamer ([)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Speed {speed}</source>
        <translation>Tempo {speed}</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>Systemstandard</translation>
    </message>
    <message>
        <source>The same sound on both sides</source>
        <translation>Auf beiden Seiten derselbe Ton</translation>
    </message>
    <message>
        <source>Times in show notes are good to the second: begin with the first word</source>
        <translation>Zeiten in Shownotizen sind nur sekundengenau: mit dem ersten Wort beginnen</translation>
    </message>
    <message>
        <source>Trim silence</source>
        <translation>Stille kürzen</translation>
    </message>
    <message>
        <source>Trim silence: {strength}</source>
        <translation>Stille kürzen: {strength}</translation>
    </message>
</context>
<context>
    <name>SoundSection</name>
    <message>
        <source>As for other podcasts: {sound}.</source>
        <translation>Wie bei anderen Podcasts: {sound}.</translation>
    </message>
    <message>
        <source>Different from other podcasts</source>
        <translation>Anders als bei anderen Podcasts</translation>
    </message>
    <message>
        <source>Even out voices</source>
        <translation>Stimmen angleichen</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>Sanft</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>Trim silence</source>
        <translation>Stille kürzen</translation>
    </message>
</context>
<context>
    <name>SourceLine</name>
    <message>
        <source>Choose where the chapters come from</source>
        <translation>Auswählen, woher die Kapitel kommen</translation>
    </message>
</context>
<context>
    <name>StartFailure</name>
    <message>
        <source>Close the other Earmark first. Where it has no window and gives no answer, end it in the list of running programs. Then try again.</source>
        <translation>Zuerst das andere Earmark schließen. Hat es kein Fenster und antwortet nicht, lässt es sich in der Liste der laufenden Programme beenden. Danach erneut versuchen.</translation>
    </message>
    <message>
        <source>Earmark could not start</source>
        <translation>Earmark konnte nicht starten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Your podcasts, places and chapters are kept in that folder. Once it can be read and written, as when its disk is there again, try again. Nothing in it was changed.</source>
        <translation>Dieser Ordner enthält Podcasts, Positionen und Kapitel. Sobald er sich lesen und beschreiben lässt, etwa weil sein Laufwerk wieder da ist, erneut versuchen. In ihm wurde nichts geändert.</translation>
    </message>
</context>
<context>
    <name>StatisticsDialog</name>
    <message>
        <source>12 months</source>
        <translation>12 Monate</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 Monate</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>All podcasts</source>
        <translation>Alle Podcasts</translation>
    </message>
    <message>
        <source>As soon as you play something, Earmark adds up here how long you listen, month by month and podcast by podcast, and how much time speed, trimmed pauses and skipped chapters save you.</source>
        <translation>Sobald etwas gespielt wird, zählt Earmark hier zusammen, wie lange gehört wurde, nach Monaten und Podcasts, und wie viel Zeit Tempo, gekürzte Pausen und übersprungene Kapitel sparen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Counted on this computer and kept here, also when you remove a podcast.</source>
        <translation>Auf diesem Computer gezählt und hier aufbewahrt, auch wenn ein Podcast entfernt wird.</translation>
    </message>
    <message>
        <source>Nothing listened to yet</source>
        <translation>Noch nichts gehört</translation>
    </message>
    <message>
        <source>Show all podcasts</source>
        <translation>Alle Podcasts anzeigen</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
</context>
<context>
    <name>StatisticsModel</name>
    <message>
        <source>By pauses</source>
        <translation>Durch Pausen</translation>
    </message>
    <message>
        <source>By skips</source>
        <translation>Durch Überspringen</translation>
    </message>
    <message>
        <source>Listened</source>
        <translation>Gehört</translation>
    </message>
    <message>
        <source>Podcast</source>
        <translation>Podcast</translation>
    </message>
    <message>
        <source>Saved by speed</source>
        <translation>Durch Tempo</translation>
    </message>
</context>
<context>
    <name>StatisticsPlot</name>
    <message>
        <source>Months</source>
        <translation>Monate</translation>
    </message>
</context>
<context>
    <name>StatisticsTable</name>
    <message>
        <source>Podcasts</source>
        <translation>Podcasts</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Add podcast</source>
        <translation>Podcast hinzufügen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Ask no more podcasts</source>
        <translation>Keine weiteren Podcasts abfragen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Every 12 hours</source>
        <translation>Alle 12 Stunden</translation>
    </message>
    <message>
        <source>Every 15 minutes</source>
        <translation>Alle 15 Minuten</translation>
    </message>
    <message>
        <source>Every 3 hours</source>
        <translation>Alle 3 Stunden</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Täglich</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Stündlich</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren&#xa0;…</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Refresh by itself</source>
        <translation>Automatisch aktualisieren</translation>
    </message>
    <message numerus="yes">
        <source>Refreshing %n…</source>
        <translation>
            <numerusform>%n wird aktualisiert&#xa0;…</numerusform>
            <numerusform>%n werden aktualisiert&#xa0;…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptPart</name>
    <message>
        <source>Fetching the transcript…</source>
        <translation>Transkript wird abgerufen&#xa0;…</translation>
    </message>
    <message>
        <source>Find in the transcript</source>
        <translation>Im Transkript suchen</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>This transcript does not tell when its words are said.</source>
        <translation>Dieses Transkript sagt nicht, wann seine Wörter gesprochen werden.</translation>
    </message>
    <message>
        <source>To what is heard</source>
        <translation>Zur jetzigen Stelle</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Chapter {number}</source>
        <translation>Kapitel {number}</translation>
    </message>
    <message>
        <source>Copy with time</source>
        <translation>Mit Zeit kopieren</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Ab hier abspielen</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
</context>
<context>
    <name>TransferTable</name>
    <message>
        <source>Downloads that are not finished</source>
        <translation>Unfertige Downloads</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Cancel download</source>
        <translation>Download abbrechen</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Aufräumen&#xa0;…</translation>
    </message>
    <message>
        <source>Download now</source>
        <translation>Jetzt herunterladen</translation>
    </message>
    <message>
        <source>Nothing is on its way</source>
        <translation>Nichts ist unterwegs</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Remove downloads that are done with</source>
        <translation>Downloads entfernen, die nicht mehr gebraucht werden</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alle fortsetzen</translation>
    </message>
    <message>
        <source>Show episode</source>
        <translation>Folge anzeigen</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Ans Ende</translation>
    </message>
    <message>
        <source>To the top</source>
        <translation>An den Anfang</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>TransfersSection</name>
    <message>
        <source> GB</source>
        <translation>&#xa0;GB</translation>
    </message>
    <message>
        <source> at once</source>
        <translation> gleichzeitig</translation>
    </message>
    <message>
        <source> kB/s</source>
        <translation>&#xa0;kB/s</translation>
    </message>
    <message>
        <source>Change the folder of downloads</source>
        <translation>Ordner der Downloads ändern</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern&#xa0;…</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of downloads</source>
        <translation>Ordner der Downloads</translation>
    </message>
    <message>
        <source>Gigabytes of downloads</source>
        <translation>Gigabyte an Downloads</translation>
    </message>
    <message>
        <source>How many at once</source>
        <translation>Wie viele gleichzeitig</translation>
    </message>
    <message>
        <source>Keep at most</source>
        <translation>Höchstens behalten</translation>
    </message>
    <message>
        <source>Kilobytes in a second</source>
        <translation>Kilobyte pro Sekunde</translation>
    </message>
    <message>
        <source>Limited from</source>
        <translation>Begrenzt von</translation>
    </message>
    <message>
        <source>Limited until</source>
        <translation>Begrenzt bis</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Not while on a metered network</source>
        <translation>Nicht in einem getakteten Netz</translation>
    </message>
    <message>
        <source>Played ones go first, then the oldest; never what plays, is queued, begun or chosen to be kept.</source>
        <translation>Gespielte gehen zuerst, dann die ältesten; nie, was gerade läuft, eingereiht oder begonnen ist oder behalten werden soll.</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Together at most</source>
        <translation>Zusammen höchstens</translation>
    </message>
    <message>
        <source>Use the usual one</source>
        <translation>Den üblichen verwenden</translation>
    </message>
    <message>
        <source>What you are listening to is never held up.</source>
        <translation>Was gerade gehört wird, wird nie aufgehalten.</translation>
    </message>
    <message>
        <source>only from</source>
        <translation>nur von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
</context>
<context>
    <name>TransportButtons</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>chapter</source>
        <translation>Kapitel</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Downloads: {facts}</source>
        <translation>Downloads: {facts}</translation>
    </message>
    <message>
        <source>Pause all downloads</source>
        <translation>Alle Downloads anhalten</translation>
    </message>
    <message>
        <source>Resume all downloads</source>
        <translation>Alle Downloads fortsetzen</translation>
    </message>
</context>
<context>
    <name>VolumeParts</name>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Ton einschalten</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
</context>
<context>
    <name>WayBack</name>
    <message>
        <source>Back to {place}</source>
        <translation>Zurück zu {place}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Add podcast</source>
        <translation>Podcast hinzufügen</translation>
    </message>
    <message>
        <source>Earmark plays podcasts and finds the chapters of every episode: in the show notes, in the feed or in the audio file. Each chapter is a place that you can see, search and jump to, exactly.</source>
        <translation>Earmark spielt Podcasts und findet die Kapitel jeder Folge: in den Shownotizen, im Feed oder in der Audiodatei. Jedes Kapitel ist eine Stelle, die man sehen, suchen und genau anspringen kann.</translation>
    </message>
    <message>
        <source>Import OPML</source>
        <translation>OPML importieren</translation>
    </message>
    <message>
        <source>Listen by chapter</source>
        <translation>Nach Kapiteln hören</translation>
    </message>
    <message>
        <source>Open audio file</source>
        <translation>Audiodatei öffnen</translation>
    </message>
    <message>
        <source>Try the built-in sample</source>
        <translation>Eingebautes Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>You can also drop audio files, OPML files and feed addresses here.</source>
        <translation>Audiodateien, OPML-Dateien und Feed-Adressen lassen sich auch hierher ziehen.</translation>
    </message>
</context>
<context>
    <name>WindowSection</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Icon in the tray, with how downloads go</source>
        <translation>Symbol im Infobereich mit dem Stand der Downloads</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Show the artwork of podcasts</source>
        <translation>Cover von Podcasts anzeigen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Add a chapter here</source>
        <translation>Kapitel hier hinzufügen</translation>
    </message>
    <message>
        <source>Add podcast</source>
        <translation>Podcast hinzufügen</translation>
    </message>
    <message>
        <source>Add the built-in sample</source>
        <translation>Eingebautes Beispiel hinzufügen</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>Zur Warteschlange hinzufügen</translation>
    </message>
    <message>
        <source>Back a little</source>
        <translation>Etwas zurück</translation>
    </message>
    <message>
        <source>Back to before the jump</source>
        <translation>Zurück vor den Sprung</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Bookmark up to here</source>
        <translation>Lesezeichen bis hier</translation>
    </message>
    <message>
        <source>Bookmark what is heard now</source>
        <translation>Lesezeichen an der jetzigen Stelle setzen</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Chapters and jumps</source>
        <translation>Kapitel und Sprünge</translation>
    </message>
    <message>
        <source>Copy a link to this moment</source>
        <translation>Link zu dieser Stelle kopieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Downloads and their folder</source>
        <translation>Downloads und ihr Ordner</translation>
    </message>
    <message>
        <source>Edit chapters</source>
        <translation>Kapitel bearbeiten</translation>
    </message>
    <message>
        <source>Edit the text</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Editing chapters</source>
        <translation>Kapitel bearbeiten</translation>
    </message>
    <message>
        <source>Export OPML</source>
        <translation>OPML exportieren</translation>
    </message>
    <message>
        <source>Export library</source>
        <translation>Bibliothek exportieren</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>Liste filtern</translation>
    </message>
    <message>
        <source>Forward a little</source>
        <translation>Etwas vor</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Import OPML or library</source>
        <translation>OPML oder Bibliothek importieren</translation>
    </message>
    <message>
        <source>Jump again</source>
        <translation>Erneut springen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Loop this chapter, or no longer</source>
        <translation>Dieses Kapitel wiederholen oder nicht mehr</translation>
    </message>
    <message>
        <source>Loop: from here, to here, over</source>
        <translation>Wiederholung: von hier, bis hier, beenden</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>Lauter</translation>
    </message>
    <message>
        <source>Mark as played, or as not played</source>
        <translation>Als gespielt oder ungespielt markieren</translation>
    </message>
    <message>
        <source>Mark this chapter as heard, or as not heard</source>
        <translation>Dieses Kapitel als gehört oder ungehört markieren</translation>
    </message>
    <message>
        <source>Menu of the row</source>
        <translation>Menü der Zeile</translation>
    </message>
    <message>
        <source>Merge with next</source>
        <translation>Mit dem nächsten verbinden</translation>
    </message>
    <message>
        <source>Mini player, or the window again</source>
        <translation>Mini-Player oder wieder das Fenster</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Much faster</source>
        <translation>Viel schneller</translation>
    </message>
    <message>
        <source>Much slower</source>
        <translation>Viel langsamer</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Next chapter</source>
        <translation>Nächstes Kapitel</translation>
    </message>
    <message>
        <source>Next chapter not heard</source>
        <translation>Nächstes ungehörtes Kapitel</translation>
    </message>
    <message>
        <source>Normal speed</source>
        <translation>Normales Tempo</translation>
    </message>
    <message>
        <source>On to the next entry</source>
        <translation>Weiter zum nächsten Eintrag</translation>
    </message>
    <message>
        <source>Open audio file</source>
        <translation>Audiodatei öffnen</translation>
    </message>
    <message>
        <source>Paste an outline or an address</source>
        <translation>Gliederung oder Adresse einfügen</translation>
    </message>
    <message>
        <source>Pause, go on or try again</source>
        <translation>Anhalten, fortsetzen oder erneut versuchen</translation>
    </message>
    <message>
        <source>Play chapter {number}</source>
        <translation>Kapitel {number} abspielen</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>Als Nächstes spielen</translation>
    </message>
    <message>
        <source>Play one of the first nine chapters</source>
        <translation>Eines der ersten neun Kapitel abspielen</translation>
    </message>
    <message>
        <source>Play only this chapter</source>
        <translation>Nur dieses Kapitel abspielen</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Podcast settings</source>
        <translation>Podcast-Einstellungen</translation>
    </message>
    <message>
        <source>Previous chapter</source>
        <translation>Voriges Kapitel</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>Leiser</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Refresh podcasts</source>
        <translation>Podcasts aktualisieren</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Save a clip of the loop, or of this chapter</source>
        <translation>Ausschnitt der Wiederholung oder dieses Kapitels speichern</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Skip chapters by title</source>
        <translation>Kapitel nach Titel überspringen</translation>
    </message>
    <message>
        <source>Skip this chapter, or hear it again</source>
        <translation>Dieses Kapitel überspringen oder wieder hören</translation>
    </message>
    <message>
        <source>Sleep timer</source>
        <translation>Schlummer-Timer</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Split here</source>
        <translation>Hier teilen</translation>
    </message>
    <message>
        <source>Start 0.1 s earlier</source>
        <translation>0,1&#xa0;s früher beginnen</translation>
    </message>
    <message>
        <source>Start 0.1 s later</source>
        <translation>0,1&#xa0;s später beginnen</translation>
    </message>
    <message>
        <source>Start one frame earlier</source>
        <translation>Einen Frame früher beginnen</translation>
    </message>
    <message>
        <source>Start one frame later</source>
        <translation>Einen Frame später beginnen</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>This chapter starts now</source>
        <translation>Dieses Kapitel beginnt jetzt</translation>
    </message>
    <message>
        <source>To the top</source>
        <translation>An den Anfang</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>announcing</name>
    <message numerus="yes">
        <source>%n downloads are here</source>
        <translation>
            <numerusform>%n Download ist da</numerusform>
            <numerusform>%n Downloads sind da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new episodes</source>
        <translation>
            <numerusform>%n neue Folge</numerusform>
            <numerusform>%n neue Folgen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>The download is here: {title}</source>
        <translation>Der Download ist da: {title}</translation>
    </message>
    <message>
        <source>Untitled episode</source>
        <translation>Folge ohne Titel</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{podcast}: {title}</source>
        <translation>{podcast}: {title}</translation>
    </message>
</context>
<context>
    <name>bookmarks</name>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Copy Earmark link</source>
        <translation>Earmark-Link kopieren</translation>
    </message>
    <message>
        <source>Copy Earmark link at {place}</source>
        <translation>Earmark-Link bei {place} kopieren</translation>
    </message>
    <message>
        <source>Export bookmarks</source>
        <translation>Lesezeichen exportieren</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Text of the bookmark</source>
        <translation>Text des Lesezeichens</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>Worum geht es?</translation>
    </message>
    <message>
        <source>{bookmarks} written to “{name}”.</source>
        <translation>{bookmarks} in „{name}“ gespeichert.</translation>
    </message>
</context>
<context>
    <name>chapter forms</name>
    <message>
        <source>Audacity labels</source>
        <translation>Audacity-Textmarken</translation>
    </message>
    <message>
        <source>CUE sheet</source>
        <translation>CUE-Sheet</translation>
    </message>
    <message>
        <source>FFmpeg metadata</source>
        <translation>FFmpeg-Metadaten</translation>
    </message>
    <message>
        <source>Matroska chapters</source>
        <translation>Matroska-Kapitel</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>Outline for YouTube</source>
        <translation>Gliederung für YouTube</translation>
    </message>
    <message>
        <source>Podcasting 2.0 chapters</source>
        <translation>Podcasting-2.0-Kapitel</translation>
    </message>
    <message>
        <source>Podlove player</source>
        <translation>Podlove-Player</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
</context>
<context>
    <name>chapter sources</name>
    <message>
        <source>From {chosen} ({count})</source>
        <translation>Quelle: {chosen} ({count})</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), as you chose</source>
        <translation>Quelle: {chosen} ({count}), wie ausgewählt</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), as you prefer for this podcast</source>
        <translation>Quelle: {chosen} ({count}), wie für diesen Podcast bevorzugt</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), because {other} has chapters after the end</source>
        <translation>Quelle: {chosen} ({count}); Kapitel nach dem Ende: {other}</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), because {other} has chapters for the beginning only</source>
        <translation>Quelle: {chosen} ({count}); Kapitel nur für den Anfang: {other}</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), because {other} has fewer of them</source>
        <translation>Quelle: {chosen} ({count}); weniger Kapitel: {other}</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), because {other} has many chapters at one time</source>
        <translation>Quelle: {chosen} ({count}); viele Kapitel zur selben Zeit: {other}</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), because {other} has no real titles</source>
        <translation>Quelle: {chosen} ({count}); ohne echte Titel: {other}</translation>
    </message>
    <message>
        <source>From {chosen} ({count}), because {other} has only one chapter</source>
        <translation>Quelle: {chosen} ({count}); nur ein Kapitel: {other}</translation>
    </message>
    <message>
        <source>From {chosen}, changed by you ({count})</source>
        <translation>Quelle: {chosen}, selbst geändert ({count})</translation>
    </message>
    <message>
        <source>The audio is {span} longer than the feed says. If something was put in at the start, move all chapters; if later, say which one starts now.</source>
        <translation>Das Audio ist {span} länger, als der Feed sagt. Wurde am Anfang etwas eingefügt, alle Kapitel verschieben; wenn später, sagen, welches jetzt beginnt.</translation>
    </message>
    <message>
        <source>The audio is {span} shorter than the feed says. If its start was cut away, move all chapters; if a later part, say which one starts now.</source>
        <translation>Das Audio ist {span} kürzer, als der Feed sagt. Fehlt der Anfang, alle Kapitel verschieben; fehlt ein späterer Teil, sagen, welches jetzt beginnt.</translation>
    </message>
    <message>
        <source>The podcast&apos;s chapter file was not read: {reason}.</source>
        <translation>Die Kapiteldatei des Podcasts wurde nicht gelesen: {reason}.</translation>
    </message>
    <message>
        <source>The transcript was not read: {reason}.</source>
        <translation>Das Transkript wurde nicht gelesen: {reason}.</translation>
    </message>
    <message>
        <source>audio file</source>
        <translation>Audiodatei</translation>
    </message>
    <message>
        <source>feed</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>file beside the audio</source>
        <translation>Datei neben dem Audio</translation>
    </message>
    <message>
        <source>moved {shift} from here</source>
        <translation>ab hier um {shift} verschoben</translation>
    </message>
    <message>
        <source>podcast&apos;s chapter file</source>
        <translation>Kapiteldatei des Podcasts</translation>
    </message>
    <message>
        <source>show notes</source>
        <translation>Shownotizen</translation>
    </message>
    <message>
        <source>the audio file</source>
        <translation>Audiodatei</translation>
    </message>
    <message>
        <source>the feed</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>the file beside the audio</source>
        <translation>Datei neben dem Audio</translation>
    </message>
    <message>
        <source>the podcast&apos;s chapter file</source>
        <translation>Kapiteldatei des Podcasts</translation>
    </message>
    <message>
        <source>the show notes</source>
        <translation>Shownotizen</translation>
    </message>
    <message>
        <source>your own outline</source>
        <translation>eigene Gliederung</translation>
    </message>
    <message>
        <source>{first}.</source>
        <translation>{first}.</translation>
    </message>
    <message>
        <source>{first}. Also: {others}.</source>
        <translation>{first}. Außerdem: {others}.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{source} ({count})</source>
        <translation>{source} ({count})</translation>
    </message>
</context>
<context>
    <name>chapters</name>
    <message>
        <source>As Earmark finds best</source>
        <translation>Was Earmark am besten findet</translation>
    </message>
    <message>
        <source>Chapter {number}</source>
        <translation>Kapitel {number}</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Chapters from</source>
        <translation>Kapitel aus</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy outline</source>
        <translation>Gliederung kopieren</translation>
    </message>
    <message>
        <source>Copy time and title</source>
        <translation>Zeit und Titel kopieren</translation>
    </message>
    <message>
        <source>Do not move times by the audio file</source>
        <translation>Zeiten nicht nach der Audiodatei verschieben</translation>
    </message>
    <message>
        <source>Edit chapters</source>
        <translation>Kapitel bearbeiten</translation>
    </message>
    <message>
        <source>For all episodes of this podcast</source>
        <translation>Für alle Folgen dieses Podcasts</translation>
    </message>
    <message>
        <source>Forget the starts I set</source>
        <translation>Selbst gesetzte Anfänge vergessen</translation>
    </message>
    <message>
        <source>Hear all skipped chapters again</source>
        <translation>Alle übersprungenen Kapitel wieder hören</translation>
    </message>
    <message>
        <source>Hear this chapter again</source>
        <translation>Dieses Kapitel wieder hören</translation>
    </message>
    <message>
        <source>Move times by the audio file</source>
        <translation>Zeiten nach der Audiodatei verschieben</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Paste outline</source>
        <translation>Gliederung einfügen</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Ab hier abspielen</translation>
    </message>
    <message>
        <source>Remove pasted outline</source>
        <translation>Eingefügte Gliederung entfernen</translation>
    </message>
    <message>
        <source>Save chapters as…</source>
        <translation>Kapitel speichern unter&#xa0;…</translation>
    </message>
    <message>
        <source>Save chapters into file…</source>
        <translation>Kapitel in Datei speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Save clip…</source>
        <translation>Ausschnitt speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Show pictures from the web for this podcast</source>
        <translation>Bilder aus dem Web für diesen Podcast anzeigen</translation>
    </message>
    <message>
        <source>Skip always by title…</source>
        <translation>Immer nach Titel überspringen&#xa0;…</translation>
    </message>
    <message>
        <source>Skip this chapter</source>
        <translation>Dieses Kapitel überspringen</translation>
    </message>
    <message>
        <source>Take all changes back</source>
        <translation>Alle Änderungen zurücknehmen</translation>
    </message>
    <message>
        <source>The rule that skips it…</source>
        <translation>Die Regel, die es überspringt&#xa0;…</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>has a link</source>
        <translation>hat einen Link</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>partly heard</source>
        <translation>teilweise gehört</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
</context>
<context>
    <name>damage</name>
    <message>
        <source>If you have exported your library or a list of your podcasts (OPML), import it into the empty one.</source>
        <translation>Gibt es eine exportierte Bibliothek oder Liste der Podcasts (OPML), lässt sie sich in die leere importieren.</translation>
    </message>
    <message>
        <source>Nothing is deleted: the damaged file is put aside under another name, and downloaded audio stays.</source>
        <translation>Nichts wird gelöscht: Die beschädigte Datei wird unter anderem Namen beiseitegelegt, und heruntergeladenes Audio bleibt.</translation>
    </message>
    <message>
        <source>Places and changes since then were saved of {episodes}.</source>
        <translation>Positionen und Änderungen seitdem wurden von {episodes} gerettet.</translation>
    </message>
    <message>
        <source>The damaged file lies beside it as {name}.</source>
        <translation>Die beschädigte Datei liegt daneben als {name}.</translation>
    </message>
    <message>
        <source>The file in {folder} that holds your podcasts, places and chapters cannot be used: {reason}.</source>
        <translation>Die Datei in {folder}, die Podcasts, Positionen und Kapitel enthält, ist nicht benutzbar: {reason}.</translation>
    </message>
    <message>
        <source>The library is as it was on {date}.</source>
        <translation>Die Bibliothek ist auf dem Stand vom {date}.</translation>
    </message>
    <message>
        <source>There is a backup of {date} with {podcasts} and {episodes}. What you added, heard or changed since then is lost where it cannot be read from the damaged file; new episodes come with the next refresh.</source>
        <translation>Es gibt eine Sicherung vom {date} mit {podcasts} und {episodes}. Was seitdem hinzugefügt, gehört oder geändert wurde, ist verloren, soweit es sich nicht aus der beschädigten Datei lesen lässt; neue Folgen kommen mit der nächsten Aktualisierung.</translation>
    </message>
    <message>
        <source>There is no backup of it.</source>
        <translation>Es gibt keine Sicherung davon.</translation>
    </message>
    <message>
        <source>This library is a new one.</source>
        <translation>Diese Bibliothek ist neu.</translation>
    </message>
</context>
<context>
    <name>desktop</name>
    <message>
        <source>A podcast plays</source>
        <translation>Ein Podcast läuft</translation>
    </message>
</context>
<context>
    <name>downloads</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paused</source>
        <translation>
            <numerusform>%n angehalten</numerusform>
            <numerusform>%n angehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt&#xa0;…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>The download failed</source>
        <translation>Der Download ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Tries again in {wait}</source>
        <translation>Neuer Versuch in {wait}</translation>
    </message>
    <message>
        <source>Waits for a network that is not metered</source>
        <translation>Wartet auf ein ungetaktetes Netz</translation>
    </message>
    <message>
        <source>Waits for other downloads</source>
        <translation>Wartet auf andere Downloads</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count}&#xa0;s</translation>
    </message>
</context>
<context>
    <name>drops</name>
    <message>
        <source>Adding {podcasts}…</source>
        <translation>{podcasts} werden hinzugefügt&#xa0;…</translation>
    </message>
    <message>
        <source>An outline belongs to an episode: open its page first.</source>
        <translation>Eine Gliederung gehört zu einer Folge: zuerst deren Seite öffnen.</translation>
    </message>
    <message>
        <source>Earmark takes audio files, OPML files, addresses of podcasts, and outlines with times.</source>
        <translation>Earmark nimmt Audiodateien, OPML-Dateien, Adressen von Podcasts und Gliederungen mit Zeiten.</translation>
    </message>
    <message>
        <source>Folders cannot be taken; drop the files that are in them.</source>
        <translation>Ordner gehen nicht; die Dateien darin hierher ziehen.</translation>
    </message>
    <message>
        <source>Import {names}</source>
        <translation>{names} importieren</translation>
    </message>
    <message>
        <source>Open the link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Play {names}</source>
        <translation>{names} abspielen</translation>
    </message>
    <message>
        <source>Subscribe to {podcasts}</source>
        <translation>{podcasts} abonnieren</translation>
    </message>
    <message>
        <source>Take the outline as the chapters of “{title}”</source>
        <translation>Gliederung als Kapitel von „{title}“ übernehmen</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” and %n more</source>
        <translation>
            <numerusform>„{name}“ und %n weitere</numerusform>
            <numerusform>„{name}“ und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>episode</name>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Keep download</source>
        <translation>Download behalten</translation>
    </message>
    <message>
        <source>Keep this download</source>
        <translation>Diesen Download behalten</translation>
    </message>
    <message>
        <source>Mark as not played</source>
        <translation>Als ungespielt markieren</translation>
    </message>
    <message>
        <source>Mark as played</source>
        <translation>Als gespielt markieren</translation>
    </message>
    <message>
        <source>Mark older ones as played</source>
        <translation>Ältere als gespielt markieren</translation>
    </message>
    <message>
        <source>Mark {episodes} as not played</source>
        <translation>{episodes} als ungespielt markieren</translation>
    </message>
    <message>
        <source>Mark {episodes} as played</source>
        <translation>{episodes} als gespielt markieren</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open web page</source>
        <translation>Webseite öffnen</translation>
    </message>
    <message>
        <source>Pause download</source>
        <translation>Download anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Remove download</source>
        <translation>Download entfernen</translation>
    </message>
    <message>
        <source>Resume download</source>
        <translation>Download fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>downloaded</source>
        <translation>heruntergeladen</translation>
    </message>
    <message>
        <source>downloaded, {size}</source>
        <translation>heruntergeladen, {size}</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
</context>
<context>
    <name>episodes</name>
    <message>
        <source>played</source>
        <translation>gespielt</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message>
        <source>gathering what is yours</source>
        <translation>Eigenes wird gesammelt</translation>
    </message>
    <message>
        <source>reading the file</source>
        <translation>die Datei wird gelesen</translation>
    </message>
    <message>
        <source>writing the file</source>
        <translation>die Datei wird geschrieben</translation>
    </message>
</context>
<context>
    <name>feed_facts</name>
    <message>
        <source>Episode {number}</source>
        <translation>Folge {number}</translation>
    </message>
    <message>
        <source>Season {number}</source>
        <translation>Staffel {number}</translation>
    </message>
    <message>
        <source>Support this podcast</source>
        <translation>Diesen Podcast unterstützen</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>bonus</source>
        <translation>Bonus</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>abgeschlossen</translation>
    </message>
    <message>
        <source>episode {number}</source>
        <translation>Folge {number}</translation>
    </message>
    <message>
        <source>trailer</source>
        <translation>Trailer</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Audio ({endings})</source>
        <translation>Audio ({endings})</translation>
    </message>
</context>
<context>
    <name>goto</name>
    <message>
        <source>All results for “{words}”</source>
        <translation>Alle Ergebnisse für „{words}“</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Strg K</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>In this episode</source>
        <translation>In dieser Folge</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Shownotizen</translation>
    </message>
    <message>
        <source>Podcasts</source>
        <translation>Podcasts</translation>
    </message>
    <message>
        <source>in this episode</source>
        <translation>in dieser Folge</translation>
    </message>
    <message>
        <source>“{title}” is in the library no longer.</source>
        <translation>„{title}“ ist nicht mehr in der Bibliothek.</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>By podcast</source>
        <translation>Nach Podcast</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Nach Titel</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Heruntergeladen</translation>
    </message>
    <message>
        <source>Least left first</source>
        <translation>Kürzester Rest zuerst</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>Längste zuerst</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Not played</source>
        <translation>Ungespielt</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Shortest first</source>
        <translation>Kürzeste zuerst</translation>
    </message>
    <message>
        <source>With chapters</source>
        <translation>Mit Kapiteln</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>All episodes</source>
        <translation>Alle Folgen</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Episodes that you download are kept here, ready without a connection.</source>
        <translation>Hier liegen heruntergeladene Folgen, auch ohne Verbindung bereit.</translation>
    </message>
    <message>
        <source>Episodes that you have begun and not finished wait here, each at its place.</source>
        <translation>Hier warten begonnene Folgen, jede an ihrer Stelle.</translation>
    </message>
    <message>
        <source>Episodes that you have heard to their end, or marked as played, stand here.</source>
        <translation>Hier stehen Folgen, die zu Ende gehört oder als gespielt markiert wurden.</translation>
    </message>
    <message>
        <source>Episodes that you have not begun appear here; F5 asks all podcasts for new ones.</source>
        <translation>Hier erscheinen Folgen, die noch nicht begonnen wurden; F5 fragt alle Podcasts nach neuen.</translation>
    </message>
    <message>
        <source>Episodes whose notes, audio or feed have chapters stand here.</source>
        <translation>Hier stehen Folgen, deren Shownotizen, Audio oder Feed Kapitel enthalten.</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>New episodes</source>
        <translation>Neue Folgen</translation>
    </message>
    <message>
        <source>No chapters yet</source>
        <translation>Noch keine Kapitel</translation>
    </message>
    <message>
        <source>No episodes yet</source>
        <translation>Noch keine Folgen</translation>
    </message>
    <message>
        <source>Nothing begun</source>
        <translation>Nichts begonnen</translation>
    </message>
    <message>
        <source>Nothing downloaded yet</source>
        <translation>Noch nichts heruntergeladen</translation>
    </message>
    <message>
        <source>Nothing new</source>
        <translation>Nichts Neues</translation>
    </message>
    <message>
        <source>Nothing played</source>
        <translation>Nichts gespielt</translation>
    </message>
    <message>
        <source>Played</source>
        <translation>Gespielt</translation>
    </message>
    <message>
        <source>The feed has none at the moment; refresh with F5 to ask again.</source>
        <translation>Der Feed enthält im Moment keine; F5 fragt erneut nach.</translation>
    </message>
    <message>
        <source>With chapters</source>
        <translation>Mit Kapiteln</translation>
    </message>
</context>
<context>
    <name>queue</name>
    <message>
        <source>Add to queue</source>
        <translation>Zur Warteschlange hinzufügen</translation>
    </message>
    <message>
        <source>Chapter at {place}</source>
        <translation>Kapitel bei {place}</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>Als Nächstes spielen</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>{entries} are taken out of the queue.</source>
        <translation>{entries} aus der Warteschlange genommen.</translation>
    </message>
    <message>
        <source>“{title}” is number {number} in the queue.</source>
        <translation>„{title}“ ist Nummer {number} der Warteschlange.</translation>
    </message>
    <message>
        <source>“{title}” is taken out of the queue.</source>
        <translation>„{title}“ wurde aus der Warteschlange genommen.</translation>
    </message>
    <message>
        <source>“{title}” plays next.</source>
        <translation>„{title}“ kommt als Nächstes.</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Earmark writes them into MP3, AAC, WAV, AIFF, MP4, Matroska, WebM, Ogg and FLAC files only</source>
        <translation>Earmark schreibt sie nur in MP3-, AAC-, WAV-, AIFF-, MP4-, Matroska-, WebM-, Ogg- und FLAC-Dateien</translation>
    </message>
    <message>
        <source>YouTube wants ten seconds or more for a chapter; “{title}” is shorter</source>
        <translation>YouTube verlangt mindestens zehn Sekunden je Kapitel; „{title}“ ist kürzer</translation>
    </message>
    <message>
        <source>YouTube wants the first chapter at 0:00, not at {time}</source>
        <translation>YouTube verlangt das erste Kapitel bei 0:00, nicht bei {time}</translation>
    </message>
    <message>
        <source>YouTube wants {count} chapters or more</source>
        <translation>YouTube verlangt mindestens {count} Kapitel</translation>
    </message>
    <message>
        <source>a JSON document</source>
        <translation>ein JSON-Dokument</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation>ein ZIP-Archiv</translation>
    </message>
    <message>
        <source>a compressed file</source>
        <translation>eine komprimierte Datei</translation>
    </message>
    <message>
        <source>a file of another kind</source>
        <translation>eine Datei anderer Art</translation>
    </message>
    <message>
        <source>a file of nothing but zeros</source>
        <translation>eine Datei aus lauter Nullen</translation>
    </message>
    <message>
        <source>a folder is in its place</source>
        <translation>an der Stelle liegt ein Ordner</translation>
    </message>
    <message>
        <source>a newer Earmark has written it; update Earmark to import it</source>
        <translation>ein neueres Earmark hat sie geschrieben; zum Importieren Earmark aktualisieren</translation>
    </message>
    <message>
        <source>a newer Earmark has written it; update Earmark to open it</source>
        <translation>ein neueres Earmark hat sie geschrieben; zum Öffnen Earmark aktualisieren</translation>
    </message>
    <message>
        <source>a part of that path is a file, not a folder</source>
        <translation>ein Teil des Pfads ist eine Datei und kein Ordner</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>a secure connection could not be made</source>
        <translation>eine sichere Verbindung war nicht möglich</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a video without sound</source>
        <translation>ein Video ohne Ton</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>an MP3 header without audio behind it</source>
        <translation>ein MP3-Kopf ohne Audio dahinter</translation>
    </message>
    <message>
        <source>an XML document</source>
        <translation>ein XML-Dokument</translation>
    </message>
    <message>
        <source>an archive</source>
        <translation>ein Archiv</translation>
    </message>
    <message>
        <source>an audio file</source>
        <translation>eine Audiodatei</translation>
    </message>
    <message>
        <source>an empty answer</source>
        <translation>eine leere Antwort</translation>
    </message>
    <message>
        <source>an empty file</source>
        <translation>eine leere Datei</translation>
    </message>
    <message>
        <source>another program changed it meanwhile; try again when that is done</source>
        <translation>ein anderes Programm hat sie inzwischen geändert; erneut versuchen, wenn das fertig ist</translation>
    </message>
    <message>
        <source>another program has the library locked</source>
        <translation>ein anderes Programm hat die Bibliothek gesperrt</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>chapter</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>chapter after</source>
        <translation>Kapitel danach</translation>
    </message>
    <message>
        <source>data of an unknown kind</source>
        <translation>Daten unbekannter Art</translation>
    </message>
    <message>
        <source>device or resource busy</source>
        <translation>Gerät oder Ressource belegt</translation>
    </message>
    <message>
        <source>disk quota exceeded</source>
        <translation>Speicherkontingent überschritten</translation>
    </message>
    <message>
        <source>does not rise</source>
        <translation>steigt nicht an</translation>
    </message>
    <message>
        <source>episode</source>
        <translation>Folge</translation>
    </message>
    <message>
        <source>file exists</source>
        <translation>Datei ist vorhanden</translation>
    </message>
    <message>
        <source>file name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>file too large</source>
        <translation>Datei zu groß</translation>
    </message>
    <message>
        <source>hidden entries</source>
        <translation>versteckte Einträge</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>is a directory</source>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>is less than nothing</source>
        <translation>ist kleiner als null</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is neither true nor false</source>
        <translation>ist weder wahr noch falsch</translation>
    </message>
    <message>
        <source>is no list of objects</source>
        <translation>ist keine Liste von Objekten</translation>
    </message>
    <message>
        <source>is no list of pairs of whole numbers</source>
        <translation>ist keine Liste von Paaren ganzer Zahlen</translation>
    </message>
    <message>
        <source>is no number</source>
        <translation>ist keine Zahl</translation>
    </message>
    <message>
        <source>is no object</source>
        <translation>ist kein Objekt</translation>
    </message>
    <message>
        <source>is no text</source>
        <translation>ist kein Text</translation>
    </message>
    <message>
        <source>is no whole number</source>
        <translation>ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>it asks for a name and a password</source>
        <translation>er verlangt Name und Passwort</translation>
    </message>
    <message>
        <source>it asks for fewer requests</source>
        <translation>er bittet um weniger Anfragen</translation>
    </message>
    <message>
        <source>it begins like audio, but its headers cannot be read</source>
        <translation>beginnt wie Audio, aber die Kopfdaten sind nicht lesbar</translation>
    </message>
    <message>
        <source>it cannot be kept aside</source>
        <translation>sie lässt sich nicht beiseitelegen</translation>
    </message>
    <message>
        <source>it cannot be put back</source>
        <translation>sie lässt sich nicht zurückholen</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>Lesen ist nicht möglich</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation>Schreiben ist nicht möglich</translation>
    </message>
    <message>
        <source>it defines entities of its own, which no list of feeds needs</source>
        <translation>definiert eigene Entitäten, die keine Liste von Feeds braucht</translation>
    </message>
    <message>
        <source>it did not answer in {seconds} seconds</source>
        <translation>er hat in {seconds} Sekunden nicht geantwortet</translation>
    </message>
    <message>
        <source>it does not begin with a segment</source>
        <translation>beginnt nicht mit einem Segment</translation>
    </message>
    <message>
        <source>it does not give it</source>
        <translation>er gibt es nicht heraus</translation>
    </message>
    <message>
        <source>it does not let us in</source>
        <translation>er lässt uns nicht hinein</translation>
    </message>
    <message>
        <source>it ended after {there} of {total}</source>
        <translation>er endete nach {there} von {total}</translation>
    </message>
    <message>
        <source>it ended {time} before the end of the audio</source>
        <translation>er endete {time} vor dem Ende des Audios</translation>
    </message>
    <message>
        <source>it ends before this passage begins</source>
        <translation>endet, bevor dieser Abschnitt beginnt</translation>
    </message>
    <message numerus="yes">
        <source>it has %n episodes, and not one that is called “{title}”</source>
        <translation>
            <numerusform>er hat %n Folge, aber keine namens „{title}“</numerusform>
            <numerusform>er hat %n Folgen, aber keine namens „{title}“</numerusform>
        </translation>
    </message>
    <message>
        <source>it has a cover, or no place for this one</source>
        <translation>es gibt schon ein Cover oder keinen Platz für dieses</translation>
    </message>
    <message>
        <source>it has a problem of its own</source>
        <translation>er hat selbst ein Problem</translation>
    </message>
    <message>
        <source>it has no room before the sound, neither for them nor for a note where they are; {remedy}</source>
        <translation>vor dem Ton ist kein Platz, weder für sie noch für einen Hinweis auf sie; {remedy}</translation>
    </message>
    <message>
        <source>it has no track of sound</source>
        <translation>keine Tonspur</translation>
    </message>
    <message>
        <source>it has two lists of chapters, or a checksum over everything; {remedy}</source>
        <translation>es gibt zwei Kapitellisten oder eine Prüfsumme über alles; {remedy}</translation>
    </message>
    <message>
        <source>it holds no chapters now</source>
        <translation>enthält jetzt keine Kapitel</translation>
    </message>
    <message>
        <source>it holds no list of segments</source>
        <translation>enthält keine Liste von Segmenten</translation>
    </message>
    <message>
        <source>it holds no words</source>
        <translation>enthält keine Wörter</translation>
    </message>
    <message>
        <source>it holds one chapter only now</source>
        <translation>enthält jetzt nur ein Kapitel</translation>
    </message>
    <message>
        <source>it is JSON, but no library that Earmark exported</source>
        <translation>das ist JSON, aber keine von Earmark exportierte Bibliothek</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>it is a folder; name a file in it</source>
        <translation>das ist ein Ordner; bitte eine Datei darin angeben</translation>
    </message>
    <message>
        <source>it is a live recording that was never closed; {remedy}</source>
        <translation>das ist ein nie abgeschlossener Live-Mitschnitt; {remedy}</translation>
    </message>
    <message>
        <source>it is a live recording with parts of unknown length; {remedy}</source>
        <translation>das ist ein Live-Mitschnitt mit Teilen unbekannter Länge; {remedy}</translation>
    </message>
    <message>
        <source>it is a web page, which a browser can show</source>
        <translation>das ist eine Webseite, die ein Browser anzeigen kann</translation>
    </message>
    <message>
        <source>it is an MP4 file in fragments, or one with items; convert it into a plain one first</source>
        <translation>das ist eine MP4-Datei in Fragmenten oder mit Items; zuerst in eine einfache umwandeln</translation>
    </message>
    <message>
        <source>it is an empty answer</source>
        <translation>die Antwort ist leer</translation>
    </message>
    <message>
        <source>it is cut: its segment is longer than the file</source>
        <translation>abgeschnitten: das Segment ist länger als die Datei</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>it is damaged (rows that belong to nothing: {count})</source>
        <translation>beschädigt (Zeilen ohne Zugehörigkeit: {count})</translation>
    </message>
    <message>
        <source>it is damaged ({said})</source>
        <translation>beschädigt ({said})</translation>
    </message>
    <message>
        <source>it is damaged XML ({failure})</source>
        <translation>beschädigtes XML ({failure})</translation>
    </message>
    <message>
        <source>it is damaged, or no library of Earmark</source>
        <translation>beschädigt oder keine Bibliothek von Earmark</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>it is gone, and a backup of it is there</source>
        <translation>sie ist weg, und es gibt eine Sicherung</translation>
    </message>
    <message>
        <source>it is no OPML document but {kind}</source>
        <translation>das ist kein OPML-Dokument, sondern {kind}</translation>
    </message>
    <message>
        <source>it is no chapter document (JSON, CUE, ffmetadata, WebVTT, XML or lines of labels)</source>
        <translation>das ist kein Kapiteldokument (JSON, CUE, ffmetadata, WebVTT, XML oder Zeilen mit Textmarken)</translation>
    </message>
    <message>
        <source>it is no link to a place of an episode</source>
        <translation>das ist kein Link zu einer Stelle einer Folge</translation>
    </message>
    <message>
        <source>it is no well-formed JSON ({error})</source>
        <translation>kein wohlgeformtes JSON ({error})</translation>
    </message>
    <message>
        <source>it is not a plain file</source>
        <translation>das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is not text but {found}</source>
        <translation>das ist kein Text, sondern {found}</translation>
    </message>
    <message>
        <source>it is not there; connect its disk, or choose another folder</source>
        <translation>nicht vorhanden; die Festplatte anschließen oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>it is not well-formed JSON</source>
        <translation>kein wohlgeformtes JSON</translation>
    </message>
    <message>
        <source>it is not well-formed XML</source>
        <translation>kein wohlgeformtes XML</translation>
    </message>
    <message>
        <source>it is protected</source>
        <translation>kopiergeschützt</translation>
    </message>
    <message>
        <source>it is still being downloaded</source>
        <translation>wird noch heruntergeladen</translation>
    </message>
    <message>
        <source>it is the episode itself, which stays as it is; choose another name</source>
        <translation>das ist die Folge selbst, die unverändert bleibt; bitte einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>it is too large for a list of chapters</source>
        <translation>zu groß für eine Kapitelliste</translation>
    </message>
    <message>
        <source>it is {found}</source>
        <translation>das ist {found}</translation>
    </message>
    <message>
        <source>it lists no feed</source>
        <translation>darin steht kein Feed</translation>
    </message>
    <message>
        <source>it may not be read</source>
        <translation>Lesen ist nicht erlaubt</translation>
    </message>
    <message>
        <source>it may not be written</source>
        <translation>Schreiben ist nicht erlaubt</translation>
    </message>
    <message>
        <source>it says that nothing changed, but was not asked (HTTP 304)</source>
        <translation>er sagt ungefragt, dass sich nichts geändert habe (HTTP 304)</translation>
    </message>
    <message>
        <source>it sent only {count} B in {seconds} s</source>
        <translation>er hat in {seconds}&#xa0;s nur {count} B gesendet</translation>
    </message>
    <message>
        <source>it sent us on more than {count} times</source>
        <translation>er hat mehr als {count}-mal weitergeleitet</translation>
    </message>
    <message>
        <source>it takes no sound of {rate} samples a second</source>
        <translation>es nimmt keinen Ton mit {rate} Samples pro Sekunde</translation>
    </message>
    <message>
        <source>it would get more chapters than ID3 tables can name (65 025)</source>
        <translation>es wären mehr Kapitel, als ID3-Tabellen nennen können (65 025)</translation>
    </message>
    <message>
        <source>it would get more nested chapters than ID3 tables can name</source>
        <translation>es wären mehr verschachtelte Kapitel, als ID3-Tabellen nennen können</translation>
    </message>
    <message>
        <source>it would grow beyond the 4 GB of its kind</source>
        <translation>sie würde über die 4&#xa0;GB ihrer Art hinauswachsen</translation>
    </message>
    <message>
        <source>its ID3 tag is damaged; repair it with a tag editor first</source>
        <translation>der ID3-Tag ist beschädigt; zuerst mit einem Tag-Editor reparieren</translation>
    </message>
    <message>
        <source>its ID3 tag is of version 2.2, which holds no chapters</source>
        <translation>der ID3-Tag hat Version 2.2, die keine Kapitel kennt</translation>
    </message>
    <message>
        <source>its JSON holds no list of chapters</source>
        <translation>das JSON enthält keine Kapitelliste</translation>
    </message>
    <message>
        <source>its XML declares entities</source>
        <translation>das XML deklariert Entitäten</translation>
    </message>
    <message>
        <source>its answer did not begin in {seconds} seconds</source>
        <translation>seine Antwort hat in {seconds} Sekunden nicht begonnen</translation>
    </message>
    <message>
        <source>its answer is damaged</source>
        <translation>seine Antwort ist beschädigt</translation>
    </message>
    <message>
        <source>its answer is larger than {count} MB</source>
        <translation>seine Antwort ist größer als {count}&#xa0;MB</translation>
    </message>
    <message>
        <source>its answer is no picture but {found}</source>
        <translation>seine Antwort ist kein Bild, sondern {found}</translation>
    </message>
    <message>
        <source>its answer is not HTTP</source>
        <translation>seine Antwort ist kein HTTP</translation>
    </message>
    <message>
        <source>its answer is packed in a way that was not asked for</source>
        <translation>seine Antwort ist anders gepackt als verlangt</translation>
    </message>
    <message>
        <source>its answer was not complete after {seconds} seconds</source>
        <translation>seine Antwort war nach {seconds} Sekunden nicht vollständig</translation>
    </message>
    <message>
        <source>its beginning is damaged</source>
        <translation>der Anfang ist beschädigt</translation>
    </message>
    <message>
        <source>its boxes are damaged</source>
        <translation>die Boxen sind beschädigt</translation>
    </message>
    <message>
        <source>its boxes are too large</source>
        <translation>die Boxen sind zu groß</translation>
    </message>
    <message>
        <source>its certificate cannot be trusted ({reason})</source>
        <translation>seinem Zertifikat ist nicht zu trauen ({reason})</translation>
    </message>
    <message>
        <source>its chapters lie further on than ID3 can say (49 days)</source>
        <translation>die Kapitel liegen weiter hinten, als ID3 angeben kann (49 Tage)</translation>
    </message>
    <message>
        <source>its chapters lie further on than MP4 can say (49 days)</source>
        <translation>die Kapitel liegen weiter hinten, als MP4 angeben kann (49 Tage)</translation>
    </message>
    <message>
        <source>its chapters say which parts of it are played, and in what order</source>
        <translation>die Kapitel bestimmen, welche Teile in welcher Reihenfolge gespielt werden</translation>
    </message>
    <message>
        <source>its chunks are longer than the file</source>
        <translation>die Chunks sind länger als die Datei</translation>
    </message>
    <message>
        <source>its comments cannot be written ({error})</source>
        <translation>die Kommentare lassen sich nicht schreiben ({error})</translation>
    </message>
    <message>
        <source>its elements are damaged; {remedy}</source>
        <translation>die Elemente sind beschädigt; {remedy}</translation>
    </message>
    <message>
        <source>its elements are too large</source>
        <translation>die Elemente sind zu groß</translation>
    </message>
    <message>
        <source>its folder is no folder</source>
        <translation>der Ordner ist kein Ordner</translation>
    </message>
    <message>
        <source>its folder may not be written</source>
        <translation>in den Ordner darf nicht geschrieben werden</translation>
    </message>
    <message>
        <source>its headers are damaged</source>
        <translation>die Kopfdaten sind beschädigt</translation>
    </message>
    <message>
        <source>its kind of Ogg stream holds no comments that Earmark knows</source>
        <translation>diese Art von Ogg-Strom hat keine Kommentare, die Earmark kennt</translation>
    </message>
    <message>
        <source>its last box does not end where the file does</source>
        <translation>die letzte Box endet nicht mit der Datei</translation>
    </message>
    <message>
        <source>its list of chapters is damaged</source>
        <translation>die Kapitelliste ist beschädigt</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>der Name ist zu lang</translation>
    </message>
    <message>
        <source>its pictures and chapters are more than an ID3 tag can hold (256 MB)</source>
        <translation>Bilder und Kapitel sind mehr, als ein ID3-Tag fasst (256&#xa0;MB)</translation>
    </message>
    <message>
        <source>its podcast has no such episode, or has it no longer</source>
        <translation>der Podcast hat diese Folge nicht oder nicht mehr</translation>
    </message>
    <message>
        <source>its samples would lie further on than its tables can say (4 GB)</source>
        <translation>die Samples lägen weiter hinten, als die Tabellen angeben können (4&#xa0;GB)</translation>
    </message>
    <message>
        <source>its tags are QuickTime&apos;s, which have no place for a cover</source>
        <translation>die Tags sind von QuickTime und haben keinen Platz für ein Cover</translation>
    </message>
    <message>
        <source>its tags cannot be written</source>
        <translation>die Tags lassen sich nicht schreiben</translation>
    </message>
    <message>
        <source>links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>nested chapters</source>
        <translation>verschachtelte Kapitel</translation>
    </message>
    <message>
        <source>no backup can be written</source>
        <translation>es lässt sich keine Sicherung schreiben</translation>
    </message>
    <message>
        <source>no connection came about in {seconds} seconds</source>
        <translation>in {seconds} Sekunden kam keine Verbindung zustande</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>no two lines of it begin or end with a time that fits</source>
        <translation>keine zwei Zeilen beginnen oder enden mit einer passenden Zeit</translation>
    </message>
    <message>
        <source>none are shown</source>
        <translation>es werden keine angezeigt</translation>
    </message>
    <message>
        <source>none of it can be decoded</source>
        <translation>nichts davon lässt sich decodieren</translation>
    </message>
    <message>
        <source>none of its episodes has an outline in its notes</source>
        <translation>keine seiner Folgen hat eine Gliederung in den Shownotizen</translation>
    </message>
    <message>
        <source>not a directory</source>
        <translation>kein Ordner</translation>
    </message>
    <message>
        <source>on the way, or not here at all; download it first</source>
        <translation>unterwegs oder gar nicht hier; zuerst herunterladen</translation>
    </message>
    <message>
        <source>one of it and the present folder lies inside the other; choose another place</source>
        <translation>er und der jetzige Ordner liegen ineinander; bitte einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>operation not permitted</source>
        <translation>Vorgang nicht erlaubt</translation>
    </message>
    <message>
        <source>other tags of the written copy were not the same</source>
        <translation>andere Tags der geschriebenen Kopie waren nicht dieselben</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>place in the chapter</source>
        <translation>Stelle im Kapitel</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>einfacher Text</translation>
    </message>
    <message>
        <source>podcast</source>
        <translation>Podcast</translation>
    </message>
    <message>
        <source>read-only file system</source>
        <translation>schreibgeschütztes Dateisystem</translation>
    </message>
    <message>
        <source>says “{found}”, which means nothing here</source>
        <translation>lautet „{found}“, was hier nichts bedeutet</translation>
    </message>
    <message>
        <source>says “{kind}”, which is no edit</source>
        <translation>lautet „{kind}“, was keine Änderung ist</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>something without MPEG audio frames</source>
        <translation>etwas ohne MPEG-Audioframes</translation>
    </message>
    <message>
        <source>the backup cannot be brought back</source>
        <translation>die Sicherung lässt sich nicht zurückholen</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>die Verbindung ging verloren</translation>
    </message>
    <message>
        <source>the connection was refused</source>
        <translation>die Verbindung wurde abgelehnt</translation>
    </message>
    <message>
        <source>the disk could not be read or written</source>
        <translation>die Festplatte war nicht les- oder beschreibbar</translation>
    </message>
    <message>
        <source>the disk could not be written</source>
        <translation>auf die Festplatte konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>die Festplatte ist voll</translation>
    </message>
    <message>
        <source>the disk may only be read</source>
        <translation>die Festplatte ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the disk takes no file of that size</source>
        <translation>die Festplatte nimmt keine so große Datei auf</translation>
    </message>
    <message>
        <source>the episode is not downloaded</source>
        <translation>die Folge ist nicht heruntergeladen</translation>
    </message>
    <message>
        <source>the feed gives no audio for this episode</source>
        <translation>der Feed nennt für diese Folge kein Audio</translation>
    </message>
    <message>
        <source>the library cannot be renamed</source>
        <translation>die Bibliothek lässt sich nicht umbenennen</translation>
    </message>
    <message>
        <source>the library in it cannot be opened or written</source>
        <translation>die Bibliothek darin lässt sich nicht öffnen oder schreiben</translation>
    </message>
    <message>
        <source>the pasted text</source>
        <translation>eingefügter Text</translation>
    </message>
    <message>
        <source>the podcast at {url} is not in the library; add it first</source>
        <translation>der Podcast unter {url} ist nicht in der Bibliothek; zuerst hinzufügen</translation>
    </message>
    <message>
        <source>the proxy that this computer is set up to use does not let us through</source>
        <translation>der Proxy, den dieser Computer benutzt, lässt uns nicht durch</translation>
    </message>
    <message>
        <source>the server broke off the connection</source>
        <translation>der Server hat die Verbindung abgebrochen</translation>
    </message>
    <message>
        <source>the server cannot be found</source>
        <translation>der Server wurde nicht gefunden</translation>
    </message>
    <message>
        <source>the server sent a piece of the file in place of all of it</source>
        <translation>der Server hat statt der ganzen Datei nur ein Stück gesendet</translation>
    </message>
    <message>
        <source>the sound device cannot be opened, or it has been taken away</source>
        <translation>das Audiogerät lässt sich nicht öffnen oder wurde entfernt</translation>
    </message>
    <message>
        <source>the sound device takes no sound any more</source>
        <translation>das Audiogerät nimmt keinen Ton mehr an</translation>
    </message>
    <message>
        <source>the sound of the written copy was not the same</source>
        <translation>der Ton der geschriebenen Kopie war nicht derselbe</translation>
    </message>
    <message>
        <source>the space that you may use on this disk is used up</source>
        <translation>der auf dieser Festplatte zustehende Platz ist aufgebraucht</translation>
    </message>
    <message>
        <source>the written copy could not be read back</source>
        <translation>die geschriebene Kopie war nicht lesbar</translation>
    </message>
    <message>
        <source>the written copy did not give the same chapters back</source>
        <translation>die geschriebene Kopie ergab andere Kapitel</translation>
    </message>
    <message>
        <source>the written copy did not give the same cover back</source>
        <translation>die geschriebene Kopie ergab ein anderes Cover</translation>
    </message>
    <message>
        <source>there are none to write</source>
        <translation>es gibt keine zu schreiben</translation>
    </message>
    <message>
        <source>there is a file of that name</source>
        <translation>es gibt eine Datei dieses Namens</translation>
    </message>
    <message>
        <source>there is no sound device, or no sound server is running</source>
        <translation>es gibt kein Audiogerät, oder es läuft kein Audioserver</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>eine solche Datei gibt es nicht</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>einen solchen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>there is no way to it; this computer may be offline</source>
        <translation>es gibt keinen Weg dorthin; vielleicht ist dieser Computer offline</translation>
    </message>
    <message>
        <source>there is nothing at this address</source>
        <translation>unter dieser Adresse gibt es nichts</translation>
    </message>
    <message>
        <source>there is room for {free}, and {needed} are needed</source>
        <translation>es ist Platz für {free}, gebraucht werden {needed}</translation>
    </message>
    <message>
        <source>there is too little room on the disk for a backup of the library</source>
        <translation>auf der Festplatte ist zu wenig Platz für eine Sicherung der Bibliothek</translation>
    </message>
    <message>
        <source>this is not a valid address</source>
        <translation>das ist keine gültige Adresse</translation>
    </message>
    <message>
        <source>this is not the address of a feed</source>
        <translation>das ist keine Adresse eines Feeds</translation>
    </message>
    <message>
        <source>this passage of it cannot be decoded</source>
        <translation>dieser Abschnitt lässt sich nicht decodieren</translation>
    </message>
    <message>
        <source>too many levels of symbolic links</source>
        <translation>zu viele Ebenen symbolischer Links</translation>
    </message>
    <message>
        <source>too many open files</source>
        <translation>zu viele offene Dateien</translation>
    </message>
    <message>
        <source>transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>what was at this address is gone</source>
        <translation>was unter dieser Adresse lag, ist weg</translation>
    </message>
    <message>
        <source>what was found is missing in it</source>
        <translation>darin fehlt, was gefunden wurde</translation>
    </message>
    <message>
        <source>{count} of {whole} {name}</source>
        <translation>{name} ({count} von {whole})</translation>
    </message>
    <message>
        <source>{device} takes no sound of {rate} samples a second</source>
        <translation>{device} nimmt keinen Ton mit {rate} Samples pro Sekunde</translation>
    </message>
    <message>
        <source>{directory} names none; look for it on the podcast&apos;s own web page</source>
        <translation>{directory} nennt keinen; auf der Webseite des Podcasts danach suchen</translation>
    </message>
    <message>
        <source>{found} that links to none</source>
        <translation>{found} ohne Link zu einem Feed</translation>
    </message>
    <message>
        <source>{kind} (“{words}”)</source>
        <translation>{kind} („{words}“)</translation>
    </message>
    <message>
        <source>{kind} that cannot be read</source>
        <translation>{kind}, aber nicht lesbar</translation>
    </message>
    <message>
        <source>{name} in it belongs to another program</source>
        <translation>{name} darin gehört zu einem anderen Programm</translation>
    </message>
    <message>
        <source>{reason} (HTTP {status})</source>
        <translation>{reason} (HTTP {status})</translation>
    </message>
    <message>
        <source>{reason}, after {there}</source>
        <translation>{reason}, nach {there}</translation>
    </message>
    <message>
        <source>{reason}, after {there} of {total}</source>
        <translation>{reason}, nach {there} von {total}</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size}&#xa0;MB</translation>
    </message>
    <message>
        <source>{size} bytes</source>
        <translation>{size}&#xa0;Byte</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size}&#xa0;kB</translation>
    </message>
    <message>
        <source>“mkvmerge -o new.mka FILE” makes a whole one of it</source>
        <translation>„mkvmerge -o neu.mka DATEI“ macht eine vollständige daraus</translation>
    </message>
    <message>
        <source>“{name}” of {place} {words}</source>
        <translation>„{name}“ in {place} {words}</translation>
    </message>
    <message>
        <source>“{name}” {words}</source>
        <translation>„{name}“ {words}</translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>All bookmarks</source>
        <translation>Alle Lesezeichen</translation>
    </message>
    <message>
        <source>All chapters</source>
        <translation>Alle Kapitel</translation>
    </message>
    <message>
        <source>All episodes</source>
        <translation>Alle Folgen</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>Alle Shownotizen</translation>
    </message>
    <message>
        <source>All podcasts</source>
        <translation>Alle Podcasts</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>No bookmark has “{words}”</source>
        <translation>Kein Lesezeichen enthält „{words}“</translation>
    </message>
    <message>
        <source>No chapter has “{words}”</source>
        <translation>Kein Kapitel enthält „{words}“</translation>
    </message>
    <message>
        <source>No episode has “{words}”</source>
        <translation>Keine Folge enthält „{words}“</translation>
    </message>
    <message>
        <source>No podcast has “{words}”</source>
        <translation>Kein Podcast enthält „{words}“</translation>
    </message>
    <message>
        <source>No show notes have “{words}”</source>
        <translation>Keine Shownotizen enthalten „{words}“</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Shownotizen</translation>
    </message>
    <message>
        <source>Podcasts</source>
        <translation>Podcasts</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>All downloads are paused, for there is no more room for {path}: {reason}. What has arrived is kept; make room, then resume them.</source>
        <translation>Alle Downloads sind angehalten, denn für {path} fehlt der Platz: {reason}. Was angekommen ist, bleibt; Platz schaffen, dann fortsetzen.</translation>
    </message>
    <message>
        <source>An empty address</source>
        <translation>Eine leere Adresse</translation>
    </message>
    <message>
        <source>Chapters and cover are not written into the file: {reason}.</source>
        <translation>Kapitel und Titelbild wurden nicht in die Datei geschrieben: {reason}.</translation>
    </message>
    <message>
        <source>Earmark is already running with the profile {path}; use that one, or --profile FOLDER for another.</source>
        <translation>Earmark läuft schon mit dem Profil {path}; dieses benutzen oder mit --profile ORDNER ein anderes.</translation>
    </message>
    <message>
        <source>Earmark was closed before it had answered.</source>
        <translation>Earmark wurde beendet, bevor es geantwortet hatte.</translation>
    </message>
    <message>
        <source>No Earmark is running with this profile; start it with “earmark” first.</source>
        <translation>Mit diesem Profil läuft kein Earmark; zuerst mit „earmark“ starten.</translation>
    </message>
    <message>
        <source>No chapters found in {name}: {reason}.</source>
        <translation>Keine Kapitel gefunden in {name}: {reason}.</translation>
    </message>
    <message>
        <source>No chapters were written into {path}: {reason}.</source>
        <translation>In {path} wurden keine Kapitel geschrieben: {reason}.</translation>
    </message>
    <message>
        <source>No sound can be played: {reason}. Check the sound settings, or use --null-audio to play without sound.</source>
        <translation>Es lässt sich kein Ton abspielen: {reason}. Die Toneinstellungen prüfen oder mit --null-audio ohne Ton spielen.</translation>
    </message>
    <message>
        <source>Passed over, and still in the queue: “{title}”. {cause}</source>
        <translation>Übergangen und noch in der Warteschlange: „{title}“. {cause}</translation>
    </message>
    <message>
        <source>Something went wrong inside Earmark ({reason}) and nothing was changed; the log in the profile says more.</source>
        <translation>In Earmark ist etwas schiefgegangen ({reason}), und nichts wurde geändert; das Protokoll im Profil weiß mehr.</translation>
    </message>
    <message>
        <source>Something went wrong; the log in the profile folder says more.</source>
        <translation>Etwas ist schiefgegangen; das Protokoll im Profilordner weiß mehr.</translation>
    </message>
    <message>
        <source>The audio breaks off {time} before the end that its file announces; its server has no more of it.</source>
        <translation>Das Audio bricht {time} vor dem Ende ab, das seine Datei ankündigt; der Server hat nicht mehr davon.</translation>
    </message>
    <message>
        <source>The audio is {time} longer than its feed says.</source>
        <translation>Das Audio ist {time} länger, als der Feed sagt.</translation>
    </message>
    <message>
        <source>The audio is {time} shorter than its feed says.</source>
        <translation>Das Audio ist {time} kürzer, als der Feed sagt.</translation>
    </message>
    <message>
        <source>The audio of “{name}” ended {missing} before the end that its file announces; download it again.</source>
        <translation>Das Audio von „{name}“ endete {missing} vor dem Ende, das seine Datei ankündigt; bitte erneut herunterladen.</translation>
    </message>
    <message>
        <source>The download from {host} stopped: {reason}. What has arrived is kept; resume it to go on.</source>
        <translation>Der Download von {host} stockt: {reason}. Was angekommen ist, bleibt; „Fortsetzen“ macht weiter.</translation>
    </message>
    <message>
        <source>The library in {path} cannot be used: {reason}. “earmark restore” brings back its last backup, and puts the file aside.</source>
        <translation>Die Bibliothek in {path} ist nicht benutzbar: {reason}. „earmark restore“ holt die letzte Sicherung zurück und legt die Datei beiseite.</translation>
    </message>
    <message>
        <source>The part of Earmark that plays sound stopped unexpectedly; press play to go on where it was.</source>
        <translation>Der Teil von Earmark, der den Ton abspielt, wurde unerwartet beendet; „Abspielen“ setzt an derselben Stelle fort.</translation>
    </message>
    <message>
        <source>The password for {host} is known until Earmark ends, for there is no keyring here; add the podcast again with it the next time.</source>
        <translation>Das Passwort für {host} ist nur bekannt, bis Earmark endet, denn hier gibt es keinen Schlüsselbund; beim nächsten Mal den Podcast wieder damit hinzufügen.</translation>
    </message>
    <message>
        <source>The password for {host} is known until Earmark ends, for there is no keyring here; write “machine {host} login NAME password PASSWORD” into .netrc in your home folder to keep it.</source>
        <translation>Das Passwort für {host} ist nur bekannt, bis Earmark endet, denn hier gibt es keinen Schlüsselbund. Die Zeile „machine {host} login NAME password PASSWORT“ in .netrc im Benutzerordner bewahrt es auf.</translation>
    </message>
    <message>
        <source>The profile folder {path} cannot be used: {reason}. Choose another with --profile FOLDER.</source>
        <translation>Der Profilordner {path} ist nicht benutzbar: {reason}. Mit --profile ORDNER einen anderen wählen.</translation>
    </message>
    <message>
        <source>The sound device {reason} is gone; press play to go on with another one.</source>
        <translation>Das Audiogerät {reason} ist weg; „Abspielen“ setzt mit einem anderen fort.</translation>
    </message>
    <message>
        <source>There is no backup of the library in {path} that can be read; “earmark restore --empty” begins with an empty library, and puts the file aside.</source>
        <translation>Es gibt keine lesbare Sicherung der Bibliothek in {path}; „earmark restore --empty“ beginnt mit einer leeren Bibliothek und legt die Datei beiseite.</translation>
    </message>
    <message>
        <source>There is no {what} “{name}” here; check the spelling.</source>
        <translation>Nicht gefunden: {what} „{name}“; bitte die Schreibweise prüfen.</translation>
    </message>
    <message>
        <source>There is nothing in the queue that can be played; add an episode or a chapter first.</source>
        <translation>In der Warteschlange ist nichts, was sich abspielen lässt; zuerst eine Folge oder ein Kapitel hinzufügen.</translation>
    </message>
    <message>
        <source>{host} answered with HTTP {status} for {url}; check the address.</source>
        <translation>{host} hat für {url} mit HTTP {status} geantwortet; bitte die Adresse prüfen.</translation>
    </message>
    <message>
        <source>{host} asks for a name and a password (HTTP 401); add the podcast with its address written as https://NAME:PASSWORD@…</source>
        <translation>{host} verlangt Name und Passwort (HTTP 401); den Podcast mit einer Adresse der Form https://NAME:PASSWORT@… hinzufügen</translation>
    </message>
    <message>
        <source>{host} asks for fewer requests (HTTP 429); try again later.</source>
        <translation>{host} bittet um weniger Anfragen (HTTP 429); später erneut versuchen.</translation>
    </message>
    <message>
        <source>{host} could not be reached: {reason}. Check the address and the connection, then try again.</source>
        <translation>{host} war nicht erreichbar: {reason}. Adresse und Verbindung prüfen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{host} does not lead to a feed: {reason}.</source>
        <translation>{host} führt zu keinem Feed: {reason}.</translation>
    </message>
    <message>
        <source>{host} does not let Earmark in (HTTP {status}); it may need a personal address of the podcast.</source>
        <translation>{host} lässt Earmark nicht hinein (HTTP {status}); vielleicht ist eine persönliche Adresse des Podcasts nötig.</translation>
    </message>
    <message>
        <source>{host} has a problem of its own (HTTP {status}); try again later.</source>
        <translation>{host} hat selbst ein Problem (HTTP {status}); später erneut versuchen.</translation>
    </message>
    <message numerus="yes">
        <source>{host} names %n feeds ({names}); add the address of one, or choose with “earmark add … --pick N”.</source>
        <translation>
            <numerusform>{host} nennt %n Feed ({names}); seine Adresse hinzufügen oder mit „earmark add&#xa0;… --pick N“ auswählen.</numerusform>
            <numerusform>{host} nennt %n Feeds ({names}); die Adresse von einem hinzufügen oder mit „earmark add&#xa0;… --pick N“ auswählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{host} says that there is nothing at {url} (HTTP {status}); check the address.</source>
        <translation>{host} sagt, dass es unter {url} nichts gibt (HTTP {status}); bitte die Adresse prüfen.</translation>
    </message>
    <message>
        <source>{host} says that this podcast has ended for good (HTTP 410), so its feed is not asked by itself any more; refresh it by hand to ask once again.</source>
        <translation>{host} sagt, dass dieser Podcast endgültig beendet ist (HTTP 410); sein Feed wird nicht mehr von selbst abgefragt. Aktualisieren von Hand fragt noch einmal nach.</translation>
    </message>
    <message>
        <source>{link} leads nowhere: {reason}.</source>
        <translation>{link} führt nirgendwohin: {reason}.</translation>
    </message>
    <message>
        <source>{name} answers only with a key: get one at api.podcastindex.org and put it into settings.json in the profile as podcastindex_key and podcastindex_secret, or take another directory.</source>
        <translation>{name} antwortet nur mit einem Schlüssel: bei api.podcastindex.org einen holen und als podcastindex_key und podcastindex_secret in settings.json im Profil eintragen, oder ein anderes Verzeichnis nehmen.</translation>
    </message>
    <message>
        <source>{name} cannot be played: {reason}. Download it again.</source>
        <translation>{name} lässt sich nicht abspielen: {reason}. Bitte erneut herunterladen.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>{name} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{name} has been deleted or moved; it plays on while it is open, but cannot be opened again.</source>
        <translation>{name} wurde gelöscht oder verschoben; die Wiedergabe läuft weiter, solange sie geöffnet ist, lässt sich aber nicht erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} is not audio but {found}; choose an audio file.</source>
        <translation>{name} ist kein Audio, sondern {found}; bitte eine Audiodatei auswählen.</translation>
    </message>
    <message>
        <source>{name} is not audio but {found}; nothing was kept of it.</source>
        <translation>{name} ist kein Audio, sondern {found}; davon wurde nichts behalten.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}.</source>
        <translation>{path} ist nicht benutzbar: {reason}.</translation>
    </message>
    <message>
        <source>{url} is not a podcast feed but {found}; look on the podcast&apos;s page for its RSS address.</source>
        <translation>{url} ist kein Podcast-Feed, sondern {found}; auf der Seite des Podcasts nach der RSS-Adresse suchen.</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
</context>
<context>
    <name>skips</name>
    <message>
        <source>Has “{words}”</source>
        <translation>Enthält „{words}“</translation>
    </message>
    <message>
        <source>Is like “{words}”</source>
        <translation>Ist wie „{words}“</translation>
    </message>
    <message>
        <source>Is “{words}”</source>
        <translation>Ist „{words}“</translation>
    </message>
    <message>
        <source>The whole title, with any text for *: *sponsor* finds “Sponsored by …”, too.</source>
        <translation>Der ganze Titel, mit beliebigem Text für *: *sponsor* findet auch „Gesponsert von&#xa0;…“.</translation>
    </message>
    <message>
        <source>The whole title. Case, accents and punctuation do not count.</source>
        <translation>Der ganze Titel. Groß- und Kleinschreibung, Akzente und Satzzeichen zählen nicht.</translation>
    </message>
    <message>
        <source>Whole words, in this order, anywhere in the title.</source>
        <translation>Ganze Wörter, in dieser Reihenfolge, irgendwo im Titel.</translation>
    </message>
    <message>
        <source>Would skip nothing in the newest {episodes} with chapters.</source>
        <translation>Würde in den neuesten {episodes} mit Kapiteln nichts überspringen.</translation>
    </message>
    <message>
        <source>Would skip nothing in the only episode with chapters.</source>
        <translation>Würde in der einzigen Folge mit Kapiteln nichts überspringen.</translation>
    </message>
    <message>
        <source>Would skip {chapters}, {length}, in the only episode with chapters:</source>
        <translation>Würde {chapters}, {length}, in der einzigen Folge mit Kapiteln überspringen:</translation>
    </message>
    <message>
        <source>Would skip {chapters}, {length}, in {count} of the newest {episodes} with chapters:</source>
        <translation>Würde {chapters}, {length}, in {count} der neuesten {episodes} mit Kapiteln überspringen:</translation>
    </message>
    <message>
        <source>up to {minutes} min</source>
        <translation>bis {minutes}&#xa0;min</translation>
    </message>
</context>
<context>
    <name>sleep</name>
    <message>
        <source>Sleep</source>
        <translation>Einschlafen</translation>
    </message>
    <message>
        <source>Sleep after this one</source>
        <translation>Nach diesem einschlafen</translation>
    </message>
    <message>
        <source>Sleep after “{title}”</source>
        <translation>Einschlafen nach „{title}“</translation>
    </message>
    <message>
        <source>Sleep at the end of the chapter</source>
        <translation>Am Ende des Kapitels einschlafen</translation>
    </message>
    <message>
        <source>Sleep at the end of the episode</source>
        <translation>Am Ende der Folge einschlafen</translation>
    </message>
    <message>
        <source>Sleep timer</source>
        <translation>Schlummer-Timer</translation>
    </message>
    <message>
        <source>That chapter is over already.</source>
        <translation>Dieses Kapitel ist schon vorbei.</translation>
    </message>
    <message>
        <source>The sound fades out, and playing pauses.</source>
        <translation>Der Ton wird ausgeblendet, und die Wiedergabe pausiert.</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>um {time}</translation>
    </message>
</context>
<context>
    <name>sound</name>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>even voices</source>
        <translation>Stimmen angeglichen</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>pauses trimmed</source>
        <translation>Pausen gekürzt</translation>
    </message>
    <message>
        <source>pauses trimmed gently</source>
        <translation>Pausen sanft gekürzt</translation>
    </message>
    <message>
        <source>pauses trimmed strongly</source>
        <translation>Pausen stark gekürzt</translation>
    </message>
</context>
<context>
    <name>statistics</name>
    <message>
        <source>You listened for {time} since {month}</source>
        <translation>Seit {month} {time} gehört</translation>
    </message>
    <message>
        <source>You listened for {time} this month</source>
        <translation>Diesen Monat {time} gehört</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>slow playing took {time} longer</source>
        <translation>langsame Wiedergabe dauerte {time} länger</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours}&#xa0;h</translation>
    </message>
    <message>
        <source>{time} by skipped chapters</source>
        <translation>{time} durch übersprungene Kapitel</translation>
    </message>
    <message>
        <source>{time} by speed</source>
        <translation>{time} durch Tempo</translation>
    </message>
    <message>
        <source>{time} by trimmed pauses</source>
        <translation>{time} durch gekürzte Pausen</translation>
    </message>
    <message>
        <source>{time} listened</source>
        <translation>{time} gehört</translation>
    </message>
    <message>
        <source>{time} of podcasts heard</source>
        <translation>{time} Podcasts gehört</translation>
    </message>
    <message>
        <source>{time} saved by skipped chapters</source>
        <translation>{time} durch übersprungene Kapitel gespart</translation>
    </message>
    <message>
        <source>{time} saved by speed</source>
        <translation>{time} durch Tempo gespart</translation>
    </message>
    <message>
        <source>{time} saved by trimmed pauses</source>
        <translation>{time} durch gekürzte Pausen gespart</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message numerus="yes">
        <source>%n bookmarks</source>
        <translation>
            <numerusform>%n Lesezeichen</numerusform>
            <numerusform>%n Lesezeichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapters</source>
        <translation>
            <numerusform>%n Kapitel</numerusform>
            <numerusform>%n Kapitel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloads</source>
        <translation>
            <numerusform>%n Download</numerusform>
            <numerusform>%n Downloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n episodes</source>
        <translation>
            <numerusform>%n Folge</numerusform>
            <numerusform>%n Folgen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not played</source>
        <translation>
            <numerusform>%n ungespielt</numerusform>
            <numerusform>%n ungespielt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n podcasts</source>
        <translation>
            <numerusform>%n Podcast</numerusform>
            <numerusform>%n Podcasts</numerusform>
        </translation>
    </message>
    <message>
        <source>1 bookmark</source>
        <translation>1 Lesezeichen</translation>
    </message>
    <message>
        <source>1 chapter</source>
        <translation>1 Kapitel</translation>
    </message>
    <message>
        <source>1 download</source>
        <translation>1 Download</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 Eintrag</translation>
    </message>
    <message>
        <source>1 episode</source>
        <translation>1 Folge</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>1 podcast</source>
        <translation>1 Podcast</translation>
    </message>
    <message>
        <source>It is asked again at {moment}.</source>
        <translation>Nächste Anfrage: {moment}.</translation>
    </message>
    <message>
        <source>Saved {times} so far</source>
        <translation>Bisher gespart: {times}</translation>
    </message>
    <message>
        <source>Untitled episode</source>
        <translation>Folge ohne Titel</translation>
    </message>
    <message>
        <source>Your files</source>
        <translation>Eigene Dateien</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>noch {duration}</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}&#xa0;h {minutes}&#xa0;min</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes}&#xa0;min</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>{number}/{count}</source>
        <translation>{number}/{count}</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} von {whole}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{time} by speed</source>
        <translation>{time} durch Tempo</translation>
    </message>
    <message>
        <source>{time} by trimming</source>
        <translation>{time} durch Kürzen</translation>
    </message>
    <message>
        <source>{unheard} of {count} not heard</source>
        <translation>{count}, {unheard} ungehört</translation>
    </message>
</context>
</TS>
