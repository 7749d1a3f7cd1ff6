"""The units of relative times by language, with their inflections and abbreviations."""

from __future__ import annotations

from functools import cache

from scraper.text.date_words import with_plain

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")

# One line a language: seven units from the second, the forms of one unit separated by '/'; a line
# that begins with a space goes on from the one before.
UNIT_WORDS = """
en seconds/second/secs/sec/s minutes/minute/mins/min/minuts hours/hour/hrs/hr/h/hs days/day/d weeks/week/wks/wk/w
  months/month/mths/mth/mos/mo years/year/yrs/yr/y
de sekunden/sekunde/sek/sekd minuten/minute/min stunden/stunde/std/stdn tagen/tage/tag wochen/woche/wo/wch
  monaten/monate/monat/mon/monats jahren/jahre/jahr/j/jahres
fr secondes/seconde/sec/s minutes/minute/min/mn/m heures/heure/h jours/jour/j semaines/semaine/sem mois
  années/année/ans/an
es segundos/segundo/seg/s minutos/minuto/min horas/hora/h/hs días/día/d semanas/semana/sem meses/mes años/año/a
it secondi/secondo/sec/s minuti/minuto/min ore/ora/h giorni/giorno/gg/g settimane/settimana/sett mesi/mese anni/anno
pt segundos/segundo/seg/s minutos/minuto/min horas/hora/h dias/dia/d semanas/semana/sem meses/mês/mes anos/ano
ca segons/segon/s minuts/minut/min hores/hora/h dies/dia setmanes/setmana/setm mesos/mes anys/any
gl segundos/segundo minutos/minuto/min horas/hora días/día semanas/semana meses/mes anos/ano
ast segundos/segundu/s minutos/minutu/min hores/hora/h díes/día selmanes/selmana/sel meses/mes años/añu
eu segundo/segundu minutu/minuto ordu egun aste hilabete/hil urte
oc segondas/segonda minutas/minuta oras/ora jorns/jorn setmanas/setmana meses/mes ans/an
fur seconts/secont minûts/minût oris/ore zornadis/zornade setemanis/setemane mês agns/an
br eilenn/s munutenn/munut/min eur deiz/deizioù/d sizhun/sizhunioù mizioù/miz/viz bloaz/vloaz/bloavezh/vloavezh
cy eiliad/eiliadau munud/munudau/mun awr/oriau diwrnod/diwrnodau/dydd wythnos/wythnosau mis/misoedd
  blynedd/flynedd/blwyddyn/mlynedd/flwyddyn
ga soicind/soicindí/shoicind nóiméad/nóiméid/nóim uair/huaire/uaire lá/laethanta seachtain/seachtaine/tseachtain
  mí/mhí/míonna bliain/bliana/mbliana/bhliain/blianta
gd diog/dhiog/diogan mionaid/mhionaid/mionaidean uair/uairean latha/làithean seachdain/sheachdain/seachdainean
  mìos/mhìos/mìosan bliadhna/bhliadhna/bliadhnaichean
nl seconden/seconde/sec minuten/minuut/min uren/uur/uurtje/u dagen/dag/dgn weken/week/wk maanden/maand/mnd/mndn
  jaren/jaar/jr
fy sekonden/sekonde minuten/minút/minuut oeren/oere dagen/dei wiken/wike moannen/moanne jierren/jier
af sekondes/sekonde/sek minute/minuut/min ure/uur dae/dag weke/week maande/maand/md jaar/jare
lb sekonnen/sekonn minutten/minutt stonnen/stonn deeg/dag wochen/woch méint/mount joer
nds sekunnen/sekunn minuten/minuut stünnen/stünn daag/dag weken/week maanden/maand johren/johr/johre
sv sekunder/sekund/sek minuter/minut/min timmar/timme/tim dagar/dag/dygn/d veckor/vecka/v månader/månad/mån år
da sekunder/sekund/sek minutter/minut/min timer/time/t dage/dag/dg/døgn uger/uge/u måneder/måned/md/mdr år
no sekunder/sekund/sek minutter/minutt/min timer/time/t dager/dag/døgn uker/uke/u måneder/måned/md/mnd/mnder år
nn sekund/sekundar minutt timar/time dagar/dag veker/veke månader/månad år
is sekúndum/sekúndu/sekúndur/sekúnda/sek mínútum/mínútu/mínútur/mínúta/mín
  klukkustundum/klukkustund/klukkustundir/klst/stund/stundum/tíma/tímum dögum/degi/dagar/dagur/daga
  vikum/viku/vikur/vika mánuðum/mánuði/mánuðir/mánuður/mán árum/ári/ár
fo sekundum/sekund/sekundir minuttum/minutt/minuttir tímum/tíma/tími/tímar døgum/degi/dagar/dagur/samdøgur
  vikum/viku/vika mánaðum/mánað/mánaðir/mánaður árum/ár/ári
kl sekundit/sekundi minutsit/minutsi tiimit/tiimi/nalunaaquttap ullut/ulloq sapaatip/sapaatit qaammatit/qaammat
  ukiut/ukioq
fi sekuntia/sekunti/s minuuttia/minuutti/min tuntia/tunti/t päivää/päivä/pv/pvä viikkoa/viikko/vk
  kuukautta/kuukausi/kk vuotta/vuosi/v
se sekundda/sekunda minuhta/minuhtta diimmu/diibmu jándora/jándor/beaivvi/beaivi vahku/vahkku mánotbaji/mánnu/mánu
  jagi/jahki/jahkki
smn sekunteđ minutteđ tijmeđ peivid ohoid mánuppajeđ ihheđ
et sekundit/sekund/sekundi/s minutit/minut/minuti/min tundi/tund/tunni/t päeva/päev/p nädalat/nädal/nädala/näd
  kuud/kuu/kuus aastat/aasta/a
lv sekundēm/sekundes/sekunde/sek minūtēm/minūtes/minūte/min stundām/stundas/stunda/st dienām/dienas/diena
  nedēļām/nedēļas/nedēļa/ned mēnešiem/mēneša/mēneši/mēnesis gadiem/gada/gadi/gads
lt sekundžių/sekundes/sekundę/sekundė/sek minučių/minutes/minutę/minutė/min valandų/valandas/valandą/valanda/val
  dienų/dienas/dieną/diena/d savaičių/savaites/savaitę/savaitė/sav mėnesių/mėnesius/mėnesį/mėnuo/mėn
  metų/metus/metai/m
pl sekund/sekundy/sekundę/sekunda/sek minut/minuty/minutę/minuta/min godzin/godziny/godzinę/godzina/godz
  dni/dzień/dniach tygodni/tygodnie/tydzień/tyg miesięcy/miesiące/miesiąc/mies lat/lata/rok/roku
cs sekund/sekundami/sekundou/sekundy/sekunda/vteřin/vteřiny/vteřina/vteřinou/vteřinami/s/sek
  minut/minutami/minutou/minuty/minuta/min hodin/hodinami/hodinou/hodiny/hodinu/hodina/h/hod dny/dní/dnem/den/dnů
  týdnů/týdny/týdnem/týden/týd měsíců/měsíci/měsícem/měsíce/měsíc/měs let/lety/rokem/roky/roku/rok
sk sekúnd/sekundami/sekundou/sekundy/sekunda/s minút/minútami/minútou/minúty/minúta/min
  hodín/hodinami/hodinou/hodiny/hodina/h dňami/dňom/dni/dní/deň týždňami/týždňom/týždne/týždňov/týždeň/týž
  mesiacmi/mesiacom/mesiace/mesiacov/mesiac/mes rokmi/rokom/roky/rokov/rok
hsb sekundami/sekundu/sekundow/sek minutami/minutu/minutow hodźinami/hodźinu/hodźin/hodź dnjemi/dnjom/dnjow/dźeń
  tydźenjemi/tydźenjom/tydź měsacami/měsacom/měs lětami/lětom/lět
dsb sekundami/sekundu/sek minutami/minutu góźinami/góźinu/góź dnjami/dnjom tyźenjami/tyźenjom/tyź
  mjasecami/mjasecom/mjas lětami/lětom/lět
sl sekundami/sekundo/sekund/sekunda/s minutami/minuto/minut/minuta/min urami/uro/ur/ura/h dnevi/dnem/dni/dan
  tedni/tednom/tednov/teden/ted meseci/mesecem/mesecev/mesec/mes leti/letom/let/leto
hr sekundi/sekundu/sekunde/sekunda/sek/s minuta/minutu/minute/min sati/sat/sata/h dana/dan
  tjedana/tjedan/tjedna/tj/tjed mjeseci/mjesec/mjeseca/mj godina/godinu/godine/god/g
bs sekundi/sekunda/sekundu/sek minuta/minutu/min sati/sat/sata dana/dan
  sedmica/sedmicu/sedmice/sedm/nedjelja/nedjelju mjeseci/mjesec/mjeseca/mj godina/godinu/godine/god
sr секунди/секунде/секунда/сек/с минута/минут/мин сати/сат/сата/ч дана/дан недеља/недеље/недељу/нед/н
  месеци/месеца/месец/мес година/године/годину/год/г
srl sekundi/sekunde/sekunda/sek minuta/minut/min sati/sat/sata/č dana/dan nedelja/nedelje/nedelju/ned
  meseci/meseca/mesec/mes godina/godine/godinu/god
mk секунди/секунда/сек минути/минута/мин часа/час дена/ден недели/недела/седмици/седмица месеци/месец/мес
  години/година/год
bg секунди/секунда/сек/с минути/минута/мин/м часа/час/ч дни/ден/дена седмици/седмица/седм месеца/месец/мес
  години/година/г
ru секунд/секунды/секунду/секунда/сек/с минут/минуты/минуту/минута/мин/м часов/часа/час/ч
  дней/дня/день/дн/д/сутки/суток недель/недели/неделю/неделя/нед месяцев/месяца/месяц/мес лет/года/год/г/л
uk секунд/секунди/секунду/секунда/сек/с хвилин/хвилини/хвилину/хвилина/хв годин/години/годину/година/год
  днів/дні/день/дня/дн тижнів/тижні/тиждень/тижня/тиж місяців/місяці/місяць/місяця/міс років/роки/рік/року/р
be секунд/секунды/секунду/секунда/сек/с хвілін/хвіліны/хвіліну/хвіліна/хвіл/хв гадзін/гадзіны/гадзіну/гадзіна/гадз
  дзён/дні/дзень/дня тыдняў/тыдні/тыдзень/тыдня/тыд месяцаў/месяцы/месяц/месяца/мес гадоў/гады/год/года/г
os секунды/секунд минуты/минут сахаты/сахат боны/бон къуыри/къуырийы мӕйы/мӕй азы/аз
ce секунд/сек минот/мин сахьт/сахь/сахьат де/дийнахь кӏира/кӏир бутт/бут шо/шаре
sah сөкүүндэ/сөк мүнүүтэ/мүн чаас/ч хонук/күн нэдиэлэ/нэд ый сыл/с
tt секунд минут сәгать/сәг көн атна ай ел
ba секунд минут сәғәт көн аҙна ай йыл
kk секунд/сек/с минут/мин/мин сағат/сағ күн апта/ап ай жыл/ж
ky секунд/сек мүнөт/мүн саат/с күн апта/жума ай жыл/ж
tg сония дақиқа соат рӯз ҳафта моҳ сол
uz soniya/sekund daqiqa/minut/daq soat kun hafta oy yil
tk sekunt/sek minut/min sagat/sag gün hepde aý/ay ýyl
az saniyə/san dəqiqə/dəq saat gün həftə/hft ay il
tr saniye/sn/san dakika/dk/dak saat/sa/sn gün/g hafta/hf ay yıl/y/sene
el δευτερόλεπτα/δευτερόλεπτο/δευτερολέπτων/δευτ/δ λεπτά/λεπτό/λεπτών/λεπ/λ ώρες/ώρα/ωρών/ώ
  ημέρες/ημέρα/μέρες/μέρα/ημερών/ημ εβδομάδες/εβδομάδα/εβδομάδων/εβδ μήνες/μήνας/μήνα/μηνών/μην
  έτη/έτος/χρόνια/χρόνο/χρόνος/ετών
sq sekondash/sekondë/sekonda/sek minutash/minutë/minuta/min orësh/orë/ore ditësh/ditë javësh/javë muajsh/muaj/muajve
  vjetësh/viti/vit/vjet/vjeç
hy վայրկյան/վ րոպե/ր ժամ/ժ օր շաբաթ/շաբ ամիս/ամս տարի/տ
ka წამის/წამი/წამ წუთის/წუთი/წთ საათის/საათი/სთ დღის/დღე კვირის/კვირა თვის/თვე წლის/წელი
hu másodperccel/másodperce/másodperc/mp perccel/perce/perc/p órával/órája/óra nappal/napja/nap/n héttel/hete/hét
  hónappal/hónapja/hónap/hó évvel/éve/év
ro secunde/secundă/sec/s minute/minut/min ore/oră/ora/h zile/zi săptămâni/săptămână/săpt luni/lună/lunî ani/an
mt sekondi/sekonda minuti/minuta sigħat/siegħa jiem/jum ġimgħat/ġimgħa xhur/xahar snin/sena
ar ثانية/ثوان/ثواني/ثوانٍ/ثانيتين/ث دقيقة/دقائق/دقيقتين/د ساعة/ساعات/ساعتين/س يوم/أيام/ايام/يومين/يوما/يومًا
  أسبوع/أسابيع/أسبوعين/اسبوع/اسابيع/أسبوعًا شهر/أشهر/شهور/شهرين/اشهر/شهرًا
  سنة/سنوات/سنتين/عام/أعوام/عامين/عامًا/سنوات
he שניות/שנייה/שניה/שנ׳ דקות/דקה/דק׳ שעות/שעה/שעתיים/שע׳ ימים/יום/יומיים שבועות/שבוע/שבועיים חודשים/חודש/חודשיים/ח׳
  שנים/שנה/שנתיים
fa ثانیه دقیقه ساعت روز هفته ماه سال
ps ثانیې/ثانیه دقیقې/دقیقه ساعت/ساعته/ساعتونه ورځ/ورځې اونۍ/اوونۍ میاشتې/میاشت کاله/کال
ur سیکنڈ/سیکنڈز منٹ/منٹس گھنٹے/گھنٹہ/گھنٹوں دن/دنوں ہفتے/ہفتہ/ہفتوں مہینے/مہینہ/ماہ/مہینوں سال/سالوں
ckb چرکە خولەک/دەقە کاتژمێر/سەعات ڕۆژ/رۆژ هەفتە مانگ ساڵ
ku saniye/çirke deqîqe/xulek saet/demjimêr roj hefte meh/mehan sal/salan
hi सेकंड/सेकेंड/सेकण्ड/से मिनट/मि घंटे/घंटा/घंटों/घण्टे/घं दिन/दिनों सप्ताह/हफ्ते/हफ़्ते/हफ्ता
  माह/महीने/महीना/महीनों वर्ष/साल/वर्षों/सालों
mr सेकंद/सेकंदांपूर्वी/सेकंदापूर्वी मिनिटे/मिनिट/मिनिटांपूर्वी/मिनिटापूर्वी तास/तासांपूर्वी/तासापूर्वी
  दिवस/दिवसांपूर्वी/दिवसापूर्वी आठवडे/आठवडा/आठवड्यांपूर्वी/आठवड्यापूर्वी महिने/महिना/महिन्यांपूर्वी/महिन्यापूर्वी
  वर्षे/वर्षांपूर्वी/वर्षापूर्वी
ne सेकेन्ड मिनेट/मिनट घण्टा/घन्टा दिन हप्ता/साता महिना वर्ष/बर्ष
bn সেকেন্ড মিনিট ঘন্টা/ঘণ্টা দিন সপ্তাহ মাস বছর
as ছেকেণ্ড মিনিট ঘণ্টা দিন সপ্তাহ মাহ বছৰ
gu સેકંડ/સેકન્ડ મિનિટ કલાક દિવસ અઠવાડિયા/અઠવાડિયું/સપ્તાહ મહિના/મહિનો વર્ષ
pa ਸਕਿੰਟ ਮਿੰਟ ਘੰਟਾ/ਘੰਟੇ ਦਿਨ ਹਫ਼ਤਾ/ਹਫ਼ਤੇ ਮਹੀਨਾ/ਮਹੀਨੇ ਸਾਲ
or ସେକେଣ୍ଡ ମିନିଟ୍ ଘଣ୍ଟା ଦିନ ସପ୍ତାହ ମାସ ବର୍ଷ
ta விநாடிகளுக்கு/விநாடிக்கு/விநாடி/வினாடி நிமிடங்களுக்கு/நிமிடத்திற்கு/நிமிடம் மணிநேரத்திற்கு/மணிநேரம்/மணி
  நாட்களுக்கு/நாளுக்கு/நாள் வாரங்களுக்கு/வாரத்திற்கு/வாரம் மாதங்களுக்கு/மாதத்துக்கு/மாதம்
  ஆண்டுகளுக்கு/ஆண்டிற்கு/ஆண்டு
te సెకన్ల/సెకను/సెకన్లు నిమిషాల/నిమిషం గంటల/గంట రోజుల/రోజు వారాల/వారం నెలల/నెల సంవత్సరాల/సంవత్సరం
kn ಸೆಕೆಂಡುಗಳ/ಸೆಕೆಂಡ್ ನಿಮಿಷಗಳ/ನಿಮಿಷದ/ನಿಮಿಷ ಗಂಟೆಗಳ/ಗಂಟೆಯ/ಗಂಟೆ ದಿನಗಳ/ದಿನದ/ದಿನ ವಾರಗಳ/ವಾರದ/ವಾರ ತಿಂಗಳುಗಳ/ತಿಂಗಳ/ತಿಂಗಳು
  ವರ್ಷಗಳ/ವರ್ಷದ/ವರ್ಷ
ml സെക്കൻഡ് മിനിറ്റ് മണിക്കൂർ ദിവസം ആഴ്ച മാസം വർഷം
si තත්පර/තත්පරය මිනිත්තු/මිනිත්තුව පැය දින/දිනය සති/සතිය මාස/මාසය වසර
th วินาที นาที/น ชั่วโมง/ชม วัน/ว สัปดาห์/อาทิตย์/ส เดือน/ด ปี
lo ວິນາທີ ນາທີ/ນທ ຊົ່ວໂມງ/ຊມ ມື້ ອາທິດ ເດືອນ/ດ ປີ
km វិនាទី នាទី ម៉ោង ថ្ងៃ សប្ដាហ៍/សប្តាហ៍ ខែ ឆ្នាំ
my စက္ကန့် မိနစ် နာရီ ရက် ပတ် လ နှစ်
vi giây phút giờ/tiếng ngày tuần tháng năm
id detik/dtk menit/mnt jam/j hari/hr/h minggu/mgg/pekan bulan/bln tahun/thn/th
ms saat minit/min jam hari minggu bulan/bln tahun/thn
jv detik menit jam dina minggu/pekan sasi taun
tl segundo/segundos/seg minuto/minutos/min oras araw linggo buwan taon
sw sekunde/sek dakika/dk saa/masaa siku wiki mwezi/miezi mwaka/miaka
zu amasekhondi/isekhondi amaminithi/iminithi amahora/ihora izinsuku/usuku amaviki/iviki izinyanga/inyanga
  iminyaka/unyaka
so ilbiriqsi daqiiqo/daqiiqadood saacadood/saacad maalin/maalmood toddobaad/usbuuc bil/bilood sanadood/sanad
ee sekend aŋuse gaƒoƒo/gaƒoƒowo ŋkeke/ŋkekewo kwasiɖa/kɔsiɖa ɣleti/ɣletiwo ƒe
eo sekundoj/sekundo minutoj/minuto horoj/horo tagoj/tago semajnoj/semajno monatoj/monato jaroj/jaro
jgo səkɔ́n minút háwa lɛ́ꞌ ŋgap pɛsaŋ ŋguꞌ
am ሰከንድ/ሰከንዶች ደቂቃ/ደቂቃዎች ሰዓት/ሰዓቶች ቀን/ቀናት ሳምንት/ሳምንታት ወር/ወራት ዓመት/ዓመታት
mn секундын/секунд/сек минутын/минут/мин цагийн/цаг өдрийн/өдөр долоо сарын/сар жилийн/жил
zh 秒/秒钟/秒鐘 分/分钟/分鐘/分鍾 小时/小時/个小时/個小時/钟头/鐘頭 天/日 周/週/星期/个星期/個星期/礼拜/禮拜
  月/个月/個月/箇月 年
ja 秒/秒間 分/分間 時間 日/日間 週間/週 か月/ヶ月/カ月/ケ月/ヵ月/か月間/箇月 年/年間
ko 초 분 시간 일 주/주일 개월/달 년
yue 秒 分鐘 小時/個鐘頭/個鐘 日 星期/個星期/禮拜 個月 年
"""
# Units that are several of another.
MULTIPLE_WORDS: dict[str, tuple[str, int]] = {
    "decade": ("year", 10), "decades": ("year", 10), "decada": ("year", 10), "década": ("year", 10),
    "décadas": ("year", 10), "décennie": ("year", 10), "décennies": ("year", 10), "jahrzehnt": ("year", 10),
    "jahrzehnte": ("year", 10), "jahrzehnten": ("year", 10), "दशक": ("year", 10), "दशकों": ("year", 10),
    "fortnight": ("week", 2), "fortnights": ("week", 2), "quinzaine": ("week", 2),
    "quarter": ("month", 3), "quarters": ("month", 3), "quartal": ("month", 3), "quartale": ("month", 3),
    "quartalen": ("month", 3), "century": ("year", 100), "centuries": ("year", 100),
    "يومين": ("day", 2), "ساعتين": ("hour", 2), "دقيقتين": ("minute", 2), "أسبوعين": ("week", 2),
    "شهرين": ("month", 2), "سنتين": ("year", 2), "عامين": ("year", 2), "ثانيتين": ("second", 2),
    "יומיים": ("day", 2), "שעתיים": ("hour", 2), "שבועיים": ("week", 2), "חודשיים": ("month", 2),
    "שנתיים": ("year", 2),
}  # fmt: skip


@cache
def unit_of() -> dict[str, str]:
    """Unit by word in lower case; where a form means two units in two languages, the language listed first has it."""
    found: dict[str, int] = {}
    for line in UNIT_WORDS.strip().replace("\n ", "").splitlines():
        for number, forms in enumerate(line.split()[1:]):
            for form in forms.split("/"):
                found.setdefault(form, number)
    return {word: UNITS[number] for word, number in with_plain(found).items()}
