"""The words of absolute times but for the months: weekdays, meridiem marks, zones, and words that may stand around."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TypeVar

from scraper.text.month_words import MONTHS

Value = TypeVar("Value")

# Hours that a word adds to a twelve-hour clock: 0 before noon, 12 after.
MERIDIEM = {
    "上午": 0, "凌晨": 0, "早上": 0, "清晨": 0, "午前": 0, "오전": 0, "ص": 0, "صباحا": 0, "صباحًا": 0, "sáng": 0,
    "下午": 12, "晚上": 12, "傍晚": 12, "午後": 12, "오후": 12, "م": 12, "مساء": 12, "مساءً": 12, "chiều": 12, "tối": 12,
    "πμ": 0, "μμ": 12, "öö": 0, "ös": 12, "de.": 0, "du.": 12,
}  # fmt: skip
# Offsets in minutes of the zone letters that blogs print. Letters with several meanings have the North American or
# European one, as RFC 822 (section 5.1) and the usual blog software have it.
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "мск": 180, "msd": 240, "trt": 180,
    "sast": 120, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "nst": -210, "ndt": -150, "brt": -180, "art": -180,
    "jst": 540, "kst": 540, "sgt": 480, "hkt": 480, "pkt": 300, "npt": 345, "wib": 420,
    "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780,
}  # fmt: skip
WEEKDAYS = """
monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun montag mo
dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so lundi lun mardi mar mercredi mer
jeudi jeu vendredi ven samedi sam dimanche dim lunes martes mié miércoles mie jueves jue viernes vie sábado sáb
domingo dom lunedì martedì mercoledì giovedì venerdì sabato domenica gio sab segunda terça quarta quinta sexta feira
seg ter qua qui sex segunda-feira terça-feira dilluns dimarts dimecres dijous divendres dissabte diumenge maandag
dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo måndag tisdag onsdag torsdag fredag lördag söndag
mån tis ons tors tor fre lör sön mandag tirsdag lørdag søndag man tir lør søn maanantai tiistai keskiviikko torstai
perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina ke pe la
su poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt pią sob nie niedz pondělí úterý středa
čtvrtek pátek neděle po út st čt pá ne pondelok utorok streda štvrtok piatok nedeľa понедельник вторник среда среду
четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс понеділок вівторок середа четвер п'ятниця
субота неділя нд pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz δευτέρα τρίτη
τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρι τετ πεμ παρ σαβ κυρ hétfő kedd szerda csütörtök péntek szombat
vasárnap luni marți miercuri joi vineri sâmbătă duminică mie joi vin sâm dum понеделник сряда четвъртък петък събота
неделя ponedjeljak utorak srijeda četvrtak petak subota nedjelja ponedeljek torek sreda četrtek petek sobota nedelja
nedelje esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة
السبت الأحد ראשון שני שלישי רביעי חמישי שישי שבת יום senin selasa rabu kamis jumat sabtu minggu isnin khamis jumaat
ahad sen sel rab kam jum min 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六
周日 週一 週二 週三 週四 週五 週六 週日 月 火 水 木 金 土 日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월 화 수
목 금 토 일 월요일 화요일 수요일 목요일 금요일 토요일 일요일 จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์ วันจันทร์
วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์ सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार thứ hai
ba tư năm sáu bảy chủ nhật
"""
# Those that name the same day wherever they are written, from Monday on: they tell which number of a date is the day.
TELLING_WEEKDAYS = (
    "monday mon montag lundi lun lunes lunedì segunda-feira maandag måndag mandag poniedziałek понедельник pazartesi",
    "tuesday tue tues dienstag mardi martes martedì terça-feira dinsdag tisdag tirsdag wtorek вторник salı",
    "wednesday wed mittwoch mercredi mer miércoles mercoledì quarta-feira woensdag onsdag środa среда çarşamba",
    "thursday thu thur thurs donnerstag jeudi jeu jueves giovedì quinta-feira donderdag torsdag czwartek четверг",
    "friday fri freitag vendredi viernes venerdì sexta-feira vrijdag fredag piątek пятница cuma",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag sobota суббота cumartesi",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag niedziela воскресенье pazar",
)
# Words that may stand before, between or after the parts of a time without changing it.
AROUND = """
on at the of and in posted published updated last modified edited created date time day written added submitted
originally first publication entry filed permalink permanent link reply edit timestamp t posting since am um den der
dem vom von im veröffentlicht erstellt geschrieben aktualisiert geändert stand datum gepostet eingestellt verfasst
zuletzt uhr online seit antworten erschienen le la les du de à a au posté publié publiée mis mise en ligne jour écrit
rédigé par h modifié ajouté répondre dernière el las los del al en publicado publicada actualizado actualizada fecha
escrito escrita enviado hora hs responder il lo alle ore ora dell del data pubblicato pubblicata postato postata
scritto aggiornato inserito dal di rispondi em às as aos ao no na postado postada atualizado atualizada criado dia
feira por última modificação op om te geplaatst gepubliceerd bijgewerkt geschreven laatst uur på klockan kl publicerad
publicerat publicerades postad postat inlagd skrevet skrivet av udgivet opdateret publisert oppdatert lagt inn den d
uppdaterad senast svara sist endret klo kello julkaistu lähetetty päivitetty kirjoitettu viimeksi dnia o godz godzina
opublikowano opublikowany opublikowane dodano napisano data w dniu r aktualizacja utworzono v ve dne zveřejněno
publikováno vydáno vloženo přidáno hodin aktualizováno napsal naposledy upraveno vložené publikované pridané
objavljeno ob dne ura u sati objavljeno ažurirano в во г года год р року опубликовано опубліковано добавлено размещено
создано обновлено дата написано отправлено час время запись о об от публикации публикация публикувано на от ч години
година објављено saat saati tarih tarihinde yayınlandı yayınlanma tarihi gönderildi güncelleme son στις την της το ώρα
δημοσιεύτηκε δημοσιεύθηκε ημερομηνία ενημερώθηκε τελευταία ενημέρωση közzétéve írta dátum módosítva időpont frissítve
la ora publicat publicată postat actualizat pe scris data 發布於 发布于 发表于 發表於 發佈於 发布时间 发表时间 时间
日期 更新 更新于 更新時間 發佈日期 公開日 更新日 投稿日 作成日 投稿 公開 投稿日時 최초 작성일 등록일 게시일 입력 수정
작성 날짜 등록 نشر نُشر في بتاريخ تاريخ النشر الساعة يوم تم آخر تحديث و ב פורסם בתאריך בשעה תאריך עודכן pukul jam
tanggal pada dipublikasikan diterbitkan diposting diperbarui oleh hari ngày lúc vào đăng cập năm giờ được เมื่อ เวลา
วันที่ น data de la els les publicat publicada actualitzat a
"""
HOUR_WORDS = frozenset({"h", "uhr", "hs", "hrs", "uur", "u", "hod", "godz", "ч", "giờ", "น"})
MONTH_WORDS = frozenset({"tháng"})  # the next number is a month


Role = tuple[str, int]  # what a word can be, and its number: ('month', 5)


@cache
def roles() -> dict[str, tuple[Role, ...]]:
    """What each word in lower case can be in an absolute time, the likelier role first; without accents too."""
    found: dict[str, list[Role]] = {}
    for line in MONTHS.values():
        for number, spellings in enumerate(line.split(), start=1):
            for spelling in spellings.split("/"):
                if spelling not in found:
                    found[spelling] = [("month", number)]
    tables: dict[str, dict[str, int]] = {
        "hour": dict.fromkeys(HOUR_WORDS, 0),
        "zone": ZONES,
        "meridiem": MERIDIEM,
        "month_next": dict.fromkeys(MONTH_WORDS, 0),
        "weekday": dict.fromkeys(WEEKDAYS.split(), 0)
        | {word: day for day, words in enumerate(TELLING_WEEKDAYS, start=1) for word in words.split()},
        "around": dict.fromkeys(AROUND.split(), 0),
    }
    for role, words in tables.items():
        for word, number in words.items():
            found.setdefault(word, []).append((role, number))
    return with_plain({word: tuple(listed) for word, listed in found.items()})


@cache
def words_around() -> frozenset[str]:
    """The words that may stand around a time."""
    return frozenset(with_plain(dict.fromkeys(AROUND.split(), 0)))


def with_plain(words: dict[str, Value]) -> dict[str, Value]:
    """The table with the unaccented spelling of each word added, where no other word has it."""
    composed = {unicodedata.normalize("NFC", word): value for word, value in words.items()}
    return {plain(word): value for word, value in composed.items()} | composed


def plain(word: str) -> str:
    """The word without accents, for pages that leave them out; only Latin and Greek letters lose theirs.

    >>> plain("février"), plain("май")
    ('fevrier', 'май')
    """
    if word.isascii() or any(not ("\u00c0" <= letter <= "\u03ff" or letter.isascii()) for letter in word):
        return word  # also Vietnamese, whose tones make the word: 'mấy' is not 'may'
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))
