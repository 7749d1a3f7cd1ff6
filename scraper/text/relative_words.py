"""The words of relative times but for the units: marks of the past, quantities, whole phrases, in many languages."""

from __future__ import annotations

import unicodedata
from functools import cache

from scraper.text.unit_words import MULTIPLE_WORDS, unit_of

# Words that say the span lies in the past. Of a phrase only the word that no other meaning
# has ('il' of 'il y a'); its other words are among the words inside.
PAST_WORDS = """
ago before back earlier since vor her zuvor seit vör il ya depuis hace hacía atrás atras fa ha há faz fai duela fazas
indaûr zo ôl shin bho geleden terug gelede lyn virun sedan siden för síðan síðani sitten eest tagasi pirms prieš pries
temu przed před zpátky pred dozadu nazad prije pre пре преди пред назад тому таму размӕ хьалха анараа өттүгэр элек
кире бұрын мурда пеш oldin avval öň öncə əvvəl önce evvel πριν përpara parë առաջ წინ ezelőtt acum urmă منذ قبل مضت
לפני پیش مخکې پہلے لەمەوبەر berê पहले पूर्व पूर्वी अघि अगाडि আগে পূর্বে পূৰ্বে પહેલાં પહેલા ਪਹਿਲਾਂ ପୂର୍ବେ முன் முன்பு
క్రితం ಹಿಂದೆ മുമ്പ് පෙර ที่ผ่านมา ที่แล้ว ผ่านมาแล้ว ກ່ອນ ກ່ອນໜ້ານີ້ មុន လွန်ခဲ့သော trước cách lalu kepungkur
nakalipas nakaraan iliyopita uliopita zilizopita yaliyopita lililopita dlule edlule hor kahor antaŭ በፊት árat dassái
өмнө 前 之前 以前 전 ɛ́ gɛ́ mɔ́
"""
# Words that may stand inside without changing the span: and, about, less than, more than, articles.
INSIDE = """
and about almost over around approximately roughly less more than nearly circa ca approx only ungefähr etwa rund fast
über mehr als weniger knapp und et environ plus moins de presque à peu près y cerca casi más menos unos unas alrededor
aproximadamente e circa quasi più meno di che mais menos aproximadamente quase i gairebé més menys ongeveer bijna meer
dan minder en ruim och ungefär nästan mer än mindre cirka og omkring næsten nesten mere end noin lähes melkein yli
alle ja około prawie ponad mniej niż więcej a zhruba přibližně asi téměř více méně než cca približne skoro takmer viac
menej približno okoli oko gotovo više manje od и около примерно почти более менее чем больше меньше та близько майже
понад каля прыблізна амаль і приблизно отприлике скоро око околу yaklaşık neredeyse ve fazla az kadar yaklaşık περίπου
σχεδόν και από πάνω körülbelül majdnem több mint kb és aproximativ circa aproape peste și si mai mult puțin de از
تقریبا تقریباً و حوالي تقريبا حوالى نحو أكثر أقل من ב כ এবং প্রায় लगभग करीब और khoảng gần hơn và sekitar hampir
kurang lebih dari dan yang ang na tinatayang humigit-kumulang ประมาณ เกือบ 約 约 大约 大約 近 几乎 약 およそ ほぼ
posted updated published on commented now the la el le les il lo die das der den det los las l' dem de del si va yi y
a în yn ó uair chloig air chionn yang më ka for fyrir fait ang unnuarlu කට කින් an 個 个 ka ne
"""
NUMBERS: dict[str, float] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "half": 0.5, "twenty": 20, "thirty": 30,
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "nove": 9,
    "dez": 10, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "dieci": 10, "un'": 1,
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vijf": 5, "zes": 6, "zeven": 7, "negen": 9, "tien": 10,
    "en": 1, "ett": 1, "et": 1, "én": 1, "två": 2, "fyra": 4, "fem": 5, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
    "to": 2, "fire": 4, "seks": 6, "syv": 7, "otte": 8, "åtte": 8, "ti": 10, "einn": 1, "einu": 1, "tveimur": 2,
    "yksi": 1, "kaksi": 2, "kolme": 3, "neljä": 4, "viisi": 5, "üks": 1, "ühe": 1, "kaks": 2, "kolm": 3,
    "jeden": 1, "jedna": 1, "jedną": 1, "dwa": 2, "dwie": 2, "trzy": 3, "cztery": 4, "pięć": 5, "jedním": 1,
    "jednou": 1, "dvěma": 2, "třemi": 3, "dve": 2, "dvema": 2, "dvoma": 2, "tri": 3, "jedan": 1, "jednu": 1, "dva": 2,
    "один": 1, "одна": 1, "одну": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "восемь": 8, "девять": 9, "десять": 10, "дві": 2, "чотири": 4, "едно": 1, "един": 1, "една": 1, "адзін": 1,
    "bir": 1, "iki": 2, "üç": 3, "dört": 4, "beş": 5, "altı": 6, "yedi": 7, "sekiz": 8, "dokuz": 9,
    "ένα": 1, "έναν": 1, "μία": 1, "μια": 1, "δύο": 2, "τρεις": 3, "τρία": 3, "egy": 1, "két": 2, "kettő": 2,
    "három": 3, "o": 1, "unu": 1, "doi": 2, "două": 2, "trei": 3, "patru": 4, "cinci": 5, "një": 1, "dy": 2,
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "sebuah": 1,
    "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "半": 0.5, "한": 1, "두": 2, "세": 3, "네": 4, "एक": 1, "दो": 2, "तीन": 3, "एका": 1, "এক": 1, "دو": 2, "یک": 1,
    "isang": 1, "dalawang": 2, "tatlong": 3, "moja": 1, "mmoja": 1, "mbili": 2, "tatu": 3, "bat": 1, "bi": 2,
    "viens": 1, "vienas": 1, "vieną": 1, "unha": 1, "dúas": 2,
}  # fmt: skip
# Words of an unknown small number: 'a few', 'several'. They make the span vague.
VAGUE_WORDS = """
few several some wenigen einigen einige paar quelques plusieurs unos unas algunos algunas pocos pocas alguns algumas
poucos poucas pochi poche alcuni alcune qualche paio enkele paar några några få nogle noen muutama muutamia kilka parę
kilku několik několika pár niekoľkými niekoľko nekaj nekoliko несколько кілька декілька няколко неколико birkaç
μερικές μερικά λίγες λίγα néhány pár câteva câtorva vài mấy beberapa ilang 几 幾 数 數 몇 कुछ কয়েক بضع عدة چند
"""
LAST_WORDS = """
last past previous prior letzte letzten letzter letztes letztem vergangene vergangenen vorige vorigen dernier dernière
passé passée pasado pasada pasáu pasao último última passado passada passat passada scorso scorsa passato passata
vorige verlede afgelopen laatste verline förra senaste sidste forrige siste síðasta síðustu seinasta viime eelmine
eelmisel pagājušajā pagājušā praėjusį praėjusią praėjusiais zeszły zeszłym ostatni ostatnim ubiegły ubiegłym minulý
minulou minulé minulého prejšnji prejšnja prejšnje prošli prošla prošle prošlu прошлый прошлой прошлая прошлом прошлую
минулий минула минулого минулому прошле прошла прошли миналата миналия миналата мінулы мінулым минатата geçen
geçtiğimiz son ötən keçən περασμένη περασμένο προηγούμενος προηγούμενη múlt előző trecut trecută trecuta الماضي
الماضية گذشته قبل پیش پچھلے पिछला पिछले गत गेल्या গত ગયા ਪਿਛਲੇ கடந்த గత ಕಳೆದ കഴിഞ്ഞ පසුගිය ที่แล้ว ที่ผ่านมา trước
lalu lepas nakaraang nakalipas iliyopita uliopita 上 上个 上個 先 昨 去 지난 ያለፈው ያለፈ lasta წინა անցյալ нахуст кеткен
өткен өткөн o'tgan geçen нахъар аӕвзагон
"""
# Whole phrases, as words joined by a space: a unit and how many of it lie between then and now.
PHRASES: dict[tuple[str, int], str] = {
    ("second", 0): (
        "now/just now/right now/moments ago/a moment ago/seconds ago/a few moments ago/jetzt/gerade eben/soeben/"
        "gerade/maintenant/à l'instant/ahora/ahora mismo/hace un momento/ara/ara mateix/adesso/ora/"
        "in questo momento/proprio ora/poco fa/agora/agora mesmo/agora há pouco/nu/zojuist/nou/just nu/nyss/"
        "netop nu/lige nu/akkurat nå/nå/núna/nyt/juuri nyt/äsken/nüüd/tagad/dabar/teraz/przed chwilą/nyní/"
        "právě teď/teď/práve teraz/zdaj/sada/upravo sada/сада/сега/току-що/сейчас/только что/зараз/щойно/цяпер/"
        "şimdi/az önce/şu anda/indi/τώρα/μόλις τώρα/most/épp most/acum/chiar acum/الآن/عכשיו/עכשיו/اکنون/"
        "همین حالا/ابھی/अब/अभी/अभी अभी/এখন/ตอนนี้/ขณะนี้/เมื่อสักครู่/bây giờ/vừa xong/mới đây/sekarang/baru saja/"
        "ngayon/ngayon din/sasa/刚刚/剛剛/刚才/剛才/现在/現在/今/たった今/방금/지금/방금 전/この瞬間/orain/tani/"
        "hozir/қазір/nuna/saiki/manje"
    ),
    ("day", 0): (
        "today/till date/earlier today/this day/heute/aujourd'hui/hoy/güei/hoxe/avui/gaur/uei/oggi/hoje/vuei/"
        "hiziv/heddiw/inniu/an-diugh/vandaag/hjoed/vandag/haut/vundaag/idag/i dag/í dag/ídag/tänään/odne/täna/"
        "šodien/šiandien/dzisiaj/dziś/dzis/dnes/dzens/źinsa/danes/danas/данас/денес/днес/сегодня/сьогодні/сёння/"
        "тахана/бүгін/бүгүн/бүген/бөгөн/имрӯз/bugun/şu gün/bu gün/bugün/σήμερα/sot/այսօր/დღეს/ma/ma ma/azi/astăzi/"
        "illum/اليوم/היום/امروز/نن/آج/ئەمڕۆ/îro/आज/আজ/আজি/આજે/ਅੱਜ/ଆଜି/இன்று/ఈ రోజు/నేడు/ಇಂದು/ഇന്ന്/අද/วันนี้/"
        "ມື້ນີ້/ថ្ងៃនេះ/ယနေ့/hôm nay/hari ini/dina iki/ngayong araw/leo/namhlanje/maanta/hodiaŭ/ዛሬ/өнөөдөр/今天/"
        "今日/きょう/本日/오늘/egbe/taata"
    ),
    ("day", 1): (
        "yesterday/gestern/hier/ayer/ayeri/ahir/onte/atzo/ièr/ier/ieri/ontem/îr/dec'h/dech/ddoe/inné/an-dé/"
        "gisteren/juster/gister/gëschter/güstern/igår/i går/í gær/í gjár/gær/eilen/ikte/jieht/eile/vakar/wczoraj/"
        "včera/wčera/cora/včeraj/jučer/juče/јуче/вчера/вчора/учора/ўчора/учора ў/ўчора ў/кеше/кечээ/кичә/кисә/"
        "дирӯз/kecha/düýn/dünən/dün/χθες/χτες/εχθές/dje/երեկ/გუშინ/tegnap/aseară/ilbieraħ/أمس/امس/البارحة/אתמול/"
        "دیروز/پرون/کل گزشتہ/گزشتہ کل/دوێنێ/duh/बीता कल/गया कल/काल/बीते कल/हिजो/গতকাল/কালি/ગઈકાલે/ਬੀਤਿਆ ਕੱਲ੍ਹ/"
        "ବାସି ଦିନ/ଗତକାଲି/நேற்று/నిన్న/ನಿನ್ನೆ/ഇന്നലെ/ඊයේ/เมื่อวาน/เมื่อวานนี้/ມື້ວານ/ມື້ວານນີ້/ម្សិលមិញ/မနေ့က/"
        "hôm qua/kemarin/semalam/wingi/kahapon/jana/izolo/shalay/hieraŭ/ትናንት/өчигдөр/昨天/昨日/きのう/어제/尋日/"
        "琴日/ighuo/nyeneni/etsɔ"
    ),
    ("day", 2): (
        "the day before yesterday/day before yesterday/vorgestern/avant-hier/anteayer/antes de ayer/antier/"
        "abans-d'ahir/despusahir/abans d'ahir/antonte/l'altro ieri/altro ieri/ieri l'altro/avantieri/anteontem/"
        "herenegun/eergisteren/eergister/förrgår/i förrgår/forgårs/i forgårs/í fyrradag/fyrradag/toissapäivänä/"
        "toissa päivänä/üleeile/aizvakar/užvakar/przedwczoraj/předevčírem/predvčerom/predvčerajšnjim/prekjučer/"
        "prekjuče/прекјуче/завчера/онзи ден/позавчера/позавчора/заўчора/pozavčera/evvelsi gün/önceki gün/srağagün/"
        "προχθές/προχτές/tegnapelőtt/alaltăieri/أول أمس/أول من أمس/שלשום/پریروز/परसों/बीता परसों/गत परसु/গত পরশু/"
        "সেদিন/เมื่อวานซืน/hôm kia/kemarin lusa/dua hari lalu/araw bago ang kahapon/juzi/前天/一昨日/おととい/"
        "그저께/그제/pardje/dje parë/անցյալ օրը/նախանցյալ օրը/გუშინწინ/lusa kemarin"
    ),
    ("week", 1): (
        "上周/上週/上星期/上个星期/上個星期/先週/지난주/지난 주/tuần trước/tuần rồi/minggu lalu/minggu kemarin/"
        "geçen hafta/viime viikolla/viime viikko/la semaine dernière/sidste uge"
    ),
    ("month", 1): ("上个月/上個月/上月/先月/지난달/지난 달/tháng trước/bulan lalu/viime kuussa/viime kuukausi"),
    ("year", 1): (
        "去年/昨年/作年/작년/지난해/năm ngoái/năm trước/tahun lalu/viime vuonna/viime vuosi/fjor/i fjor/i fjol/"
        "í fyrra/tavaly/loni/vloni/lani/minulý rok/tahun kemarin/πέρυσι/πέρσι/anul trecut/پارسال/bıldır/"
        "l'an dernier"
    ),
    ("year", 2): ("前年/一昨年/재작년/avant-dernière année/předloni/predlani"),
}


@cache
def past_words() -> frozenset[str]:
    return _words(PAST_WORDS)


@cache
def inside_words() -> frozenset[str]:
    return _words(INSIDE)


@cache
def vague_words() -> frozenset[str]:
    return _words(VAGUE_WORDS)


@cache
def last_words() -> frozenset[str]:
    return _words(LAST_WORDS)


@cache
def phrases() -> dict[str, tuple[str, int]]:
    """The span of each whole phrase."""
    return {unicodedata.normalize("NFC", p): span for span, listed in PHRASES.items() for p in listed.split("/")}


@cache
def vocabulary() -> frozenset[str]:
    """Every word that a relative time may begin with: what is outside needs no further look."""
    first = {word for phrase in phrases() for word in phrase.split()}
    tables = (unit_of(), MULTIPLE_WORDS, NUMBERS, past_words(), inside_words(), vague_words(), last_words())
    return frozenset(first.union(*tables))


def _words(listed: str) -> frozenset[str]:
    """The words, composed; not without accents, since 'ó' and 'în' would become other languages' words."""
    return frozenset(unicodedata.normalize("NFC", word) for word in listed.split())
