"""The months by language, in the forms that pages print."""

from __future__ import annotations

# One line a language: twelve months from January, the spellings of one month separated by '/'. Inflected forms are
# listed because pages print them ('25 января'); forms without accents are added on loading. Where one word means two
# months ('listopad' is November in Polish and Czech, October in Croatian) the language with more blogs has it.
MONTHS = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept"
    " october/oct november/nov december/dec",
    "de": "januar/jänner/jan/jän februar/feber/feb/febr märz/mär/mrz april/apr mai juni/jun juli/jul august/aug"
    " september/sep/sept oktober/okt november/nov dezember/dez",
    "fr": "janvier/janv/jan février/févr/fév mars/mar avril/avr mai juin/jun juillet/juil/jul août/aoû/aou"
    " septembre/sept/sep octobre/oct novembre/nov décembre/déc",
    "es": "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago"
    " septiembre/setiembre/sept/sep/set octubre/oct noviembre/nov diciembre/dic",
    "it": "gennaio/gen/genn febbraio/feb/febbr marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago"
    " settembre/set/sett ottobre/ott novembre/nov dicembre/dic",
    "pt": "janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set"
    " outubro/out novembro/nov dezembro/dez",
    "ca": "gener/gen febrer/febr/feb març/mar abril/abr maig juny juliol/jul agost/ag setembre/set octubre/oct"
    " novembre/nov desembre/des",
    "gl": "xaneiro/xan febreiro/feb marzo/mar abril/abr maio/mai xuño/xuñ xullo/xul agosto/ago setembro/set"
    " outubro/out novembro/nov decembro/dec",
    "eu": "urtarrila/urtarrilaren/urt otsaila/otsailaren/ots martxoa/martxoaren/mar apirila/apirilaren/api"
    " maiatza/maiatzaren/mai ekaina/ekainaren/eka uztaila/uztailaren/uzt abuztua/abuztuaren/abu iraila/irailaren/ira"
    " urria/urriaren/urr azaroa/azaroaren/aza abendua/abenduaren/abe",
    "nl": "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep/sept"
    " oktober/okt november/nov december/dec",
    "sv": "januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sep/sept"
    " oktober/okt november/nov december/dec",
    "da": "januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep/sept"
    " oktober/okt november/nov december/dec",
    "no": "januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep/sept"
    " oktober/okt november/nov desember/des",
    "is": "janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep október/okt"
    " nóvember/nóv desember/des",
    "fi": "tammikuu/tammikuuta/tammikuun/tammi helmikuu/helmikuuta/helmikuun/helmi maaliskuu/maaliskuuta/maaliskuun"
    "/maalis huhtikuu/huhtikuuta/huhtikuun/huhti toukokuu/toukokuuta/toukokuun/touko kesäkuu/kesäkuuta/kesäkuun/kesä"
    " heinäkuu/heinäkuuta/heinäkuun/heinä elokuu/elokuuta/elokuun/elo syyskuu/syyskuuta/syyskuun/syys"
    " lokakuu/lokakuuta/lokakuun/loka marraskuu/marraskuuta/marraskuun/marras joulukuu/joulukuuta/joulukuun/joulu",
    "et": "jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august/aug september/sept oktoober/okt"
    " november/nov detsember/dets",
    "lv": "janvāris/janvārī/janv februāris/februārī/febr marts/martā aprīlis/aprīlī/apr maijs/maijā jūnijs/jūnijā/jūn"
    " jūlijs/jūlijā/jūl augusts/augustā/aug septembris/septembrī/sept oktobris/oktobrī/okt novembris/novembrī/nov"
    " decembris/decembrī/dec",
    "lt": "sausis/sausio/saus vasaris/vasario/vas kovas/kovo/kov balandis/balandžio/bal gegužė/gegužės/geg"
    " birželis/birželio/birž liepa/liepos/liep rugpjūtis/rugpjūčio/rugp rugsėjis/rugsėjo/rugs spalis/spalio/spal"
    " lapkritis/lapkričio/lapkr gruodis/gruodžio/gruod",
    "pl": "stycznia/styczeń/sty lutego/luty/lut marca/marzec/mar kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze"
    " lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź"
    " listopada/listopad/lis grudnia/grudzień/gru",
    "cs": "ledna/leden/led února/únor/úno března/březen/bře dubna/duben/dub května/květen/kvě června/červen/čer"
    " července/červenec/čvc srpna/srpen/srp září/zář října/říjen/říj listopadu/listopad/lis prosince/prosinec/pro",
    "sk": "januára/január/jan februára/február/feb marca/marec/mar apríla/apríl/apr mája/máj júna/jún júla/júl"
    " augusta/august/aug septembra/september/sep októbra/október/okt novembra/november/nov decembra/december/dec",
    "sl": "januarja/januar/jan februarja/februar/feb marca/marec/mar aprila/april/apr maja/maj junija/junij/jun"
    " julija/julij/jul avgusta/avgust/avg septembra/september/sep oktobra/oktober/okt novembra/november/nov"
    " decembra/december/dec",
    "hr": "siječnja/siječanj/sij veljače/veljača/velj ožujka/ožujak/ožu travnja/travanj/tra svibnja/svibanj/svi"
    " lipnja/lipanj srpnja/srpanj kolovoza/kolovoz/kol rujna/rujan/ruj _ studenoga/studeni prosinca/prosinac",
    "bs": "januara/januar/jan februara/februar/feb marta/mart/mar aprila/april/apr maja/maj juna/juni/jun jula/juli/jul"
    " avgusta/avgust/avg/augusta septembra/septembar/sep oktobra/oktobar/okt novembra/novembar/nov"
    " decembra/decembar/dec",
    "sr": "јануар/јануара/јан фебруар/фебруара/феб март/марта/мар април/априла/апр мај/маја јун/јуна/јуни јул/јула/јули"
    " август/августа/авг септембар/септембра/сеп октобар/октобра/окт новембар/новембра/нов децембар/децембра/дец",
    "mk": "јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг септември/сеп октомври/окт"
    " ноември/ное декември/дек",
    "bg": "януари/яну февруари/фев март/мар април/апр май юни/юн юли/юл август/авг септември/сеп октомври/окт"
    " ноември/ное декември/дек",
    "ru": "января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн"
    " июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб"
    " декабря/декабрь/дек",
    "uk": "січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/кві/квіт травня/травень/тра/трав"
    " червня/червень/чер/черв липня/липень/лип серпня/серпень/сер/серп вересня/вересень/вер жовтня/жовтень/жов/жовт"
    " листопада/листопад/лис/лист грудня/грудень/гру/груд",
    "be": "студзеня/студзень/сту лютага/люты/лют сакавіка/сакавік/сак красавіка/красавік/кра мая/май/травень"
    " чэрвеня/чэрвень/чэр ліпеня/ліпень/ліп жніўня/жнівень/жні верасня/верасень/вер кастрычніка/кастрычнік/кас"
    " лістапада/лістапад/ліс снежня/снежань/сне",
    "tr": "ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki"
    " kasım/kas aralık/ara",
    "az": "yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen oktyabr/okt"
    " noyabr/noy dekabr/dek",
    "el": "ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ/μάρ απριλίου/απρίλιος/απρ"
    " μαΐου/μάιος/μαϊ/μάι ιουνίου/ιούνιος/ιουν/ιούν ιουλίου/ιούλιος/ιουλ/ιούλ αυγούστου/αύγουστος/αυγ/αύγ"
    " σεπτεμβρίου/σεπτέμβριος/σεπ/σεπτ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε/νοέ"
    " δεκεμβρίου/δεκέμβριος/δεκ",
    "hu": "január/jan február/febr/feb március/márc/már április/ápr május/máj június/jún július/júl augusztus/aug"
    " szeptember/szept/szep október/okt november/nov december/dec",
    "ro": "ianuarie/ian februarie/feb/febr martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug"
    " septembrie/sept/sep octombrie/oct noiembrie/nov/noi decembrie/dec",
    "sq": "janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/kor gusht/gsh shtator/sht tetor/tet"
    " nëntor/nën dhjetor/dhj",
    "cy": "ionawr/ion chwefror/chwe mawrth/maw ebrill/ebr mai mehefin/meh gorffennaf/gor awst/aws medi hydref/hyd"
    " tachwedd/tach rhagfyr/rhag",
    "ga": "eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa meán_fómhair deireadh_fómhair samhain nollaig",
    "ar": "يناير/كانون_الثاني فبراير/شباط مارس/آذار أبريل/ابريل/إبريل/نيسان مايو/أيار يونيو/حزيران"
    " يوليو/تموز أغسطس/اغسطس/آب سبتمبر/أيلول أكتوبر/اكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني ديسمبر/كانون_الأول",
    "he": "ינואר/בינואר/ינו׳ פברואר/בפברואר מרץ/במרץ/מרס/במרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי"
    " אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
    "fa": "ژانویه/ژانویهٔ فوریه/فوریهٔ مارس آوریل مه/مهٔ ژوئن ژوئیه/ژوئیهٔ/جولای اوت/آگوست سپتامبر اکتبر نوامبر دسامبر",
    "hi": "जनवरी/जन॰ फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "bn": "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "th": "มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค"
    " กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค",
    "id": "januari/jan februari/feb/peb maret/mar april/apr mei juni/jun juli/jul agustus/agu/agt september/sep"
    " oktober/okt november/nov/nop desember/des",
    "ms": "januari/jan februari/feb mac april/apr mei jun julai/jul ogos/ogo september/sep oktober/okt november/nov"
    " disember/dis",
    "sw": "januari/jan februari/feb machi/mac aprili/apr mei juni/jun julai/jul agosti/ago septemba/sep oktoba/okt"
    " novemba/nov desemba/des",
    "tl": "enero/ene pebrero/peb marso/mar abril/abr mayo hunyo/hun hulyo/hul agosto/ago setyembre/set oktubre/okt"
    " nobyembre/nob disyembre/dis",
    "eo": "januaro/jan februaro/feb marto/mar aprilo/apr majo/maj junio/jun julio/jul aŭgusto/aŭg septembro/sep"
    " oktobro/okt novembro/nov decembro/dec",
}
