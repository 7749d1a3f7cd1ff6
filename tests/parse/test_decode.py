"""From bytes to text, and how the encoding became known."""

from __future__ import annotations

import base64
import codecs
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parse.decode import Decoded, declared_encoding, decode
from scraper.parse.encodings import ENCODINGS, LABELS, encoding_name, read_as

RUSSIAN = "Каждое утро смотритель записывает погоду, и каждый вечер он вычёркивает её из журнала. " * 4
GERMAN = "Für größere Übungen genügt ein Stück Schnur; schöner wäre freilich ein Knäuel. " * 4
JAPANESE = "灯台の記録は毎朝書かれ、毎晩消されます。誰もそれを読まないのに。" * 4

CHINESE = "看灯塔的人每天早上记下天气，晚上又把它划掉。没有人读这本日志。" * 4
TAIWANESE = "看燈塔的人每天早上記下天氣，晚上又把它劃掉。沒有人讀這本日誌‧" * 4
KOREAN = "등대지기는 매일 아침 날씨를 적고 저녁이면 지운다. 아무도 그 일지를 읽지 않는다. " * 4
GREEK = "Κάθε πρωί ο φύλακας του φάρου γράφει τον καιρό και κάθε βράδυ τον σβήνει. " * 4
HEBREW = "כל בוקר רושם שומר המגדלור את מזג האוויר, וכל ערב הוא מוחק אותו. " * 4
ARABIC = "كل صباح يكتب حارس المنارة حالة الطقس، وكل مساء يمحوها من السجل. " * 4
TURKISH = (
    "Her sabah deniz feneri bekçisi havayı yazar, her akşam onu günlükten siler; kimse bunları okumaz, ışık yeter. " * 4
)
POLISH = (
    "Każdego ranka latarnik zapisuje pogodę, a każdego wieczoru skreśla ją z dziennika; nikt już go źle nie czyta. " * 4
)
HUNGARIAN = "Az őrült szűrő fölött tűnődő hős"  # short, and like Western European in all its bytes


def told(decoded: Decoded) -> tuple[str | None, str | None]:
    return decoded.encoding, decoded.source


def test_declared_encodings_are_read_as_browsers_read_them(shared: Path) -> None:
    cases = json.loads((shared / "conformance" / "html_encoding.json").read_text(encoding="utf-8"))
    wrong = [
        case["source"]
        for case in cases
        if (declared_encoding(base64.b64decode(case["bytes_base64"])) or "windows-1252") != case["encoding"].lower()
    ]
    assert wrong == []


def test_every_real_page_decodes_with_next_to_nothing_lost(shared: Path) -> None:
    pages = sorted((shared / "comments" / "pages").glob("*.gz"))
    for page in pages:
        decoded = decode(gzip.decompress(page.read_bytes()), None)
        assert decoded.text.count("\ufffd") < 10, page.name


def test_utf8_without_a_label_is_utf8() -> None:
    assert told(decode("Größe".encode(), None)) == ("utf-8", "utf-8")
    assert told(decode(b"plain", None)) == ("utf-8", "utf-8")
    assert decode("Größe".encode(), None).text == "Größe"


@pytest.mark.parametrize(("codec", "name"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16le")])
def test_a_byte_order_mark_outranks_the_header(codec: str, name: str) -> None:
    decoded = decode("Größe".encode(codec), "text/html; charset=iso-8859-2")
    assert (told(decoded), decoded.text) == ((name, "bom"), "Größe")


def test_big_endian_utf16_with_a_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + "Größe".encode("utf-16-be"), None).text == "Größe"


def test_utf16_without_a_mark_shows_in_its_nuls() -> None:
    page = "<html><body>Plain words in wide clothes</body></html>"
    assert decode(page.encode("utf-16-le"), None).text == page
    assert told(decode(page.encode("utf-16-be"), "text/html; charset=utf-16be")) == ("utf-16be", "header")


def test_the_header_outranks_the_meta() -> None:
    page = f'<meta charset="windows-1251"><p>{GERMAN}'.encode("cp1252")
    assert told(decode(page, 'text/html; charset="ISO-8859-1"')) == ("windows-1252", "header")
    assert told(decode(page, "text/html")) == ("windows-1251", "meta")


def test_valid_utf8_outranks_a_label_that_it_contradicts() -> None:
    decoded = decode(b'<meta charset="iso-8859-1">' + RUSSIAN.encode(), None)
    assert told(decoded) == ("utf-8", "utf-8")
    assert RUSSIAN in decoded.text
    assert decoded.notices == ("encoding: labelled windows-1252, but the bytes are UTF-8",)


def test_utf8_with_a_few_strangers_stays_utf8() -> None:
    page = b"<meta charset=utf-8>" + GERMAN.encode() + b"Bob\x92s caf\xe9, cut: \xe2\x80"
    decoded = decode(page, None)
    assert told(decoded) == ("utf-8", "meta")
    assert decoded.text.endswith("Bob’s café, cut: \ufffd")
    assert decoded.notices == ("encoding: 4 bytes are not UTF-8",)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (GERMAN, "cp1252", "windows-1252"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (CHINESE, "gbk", "gbk"),
        (TAIWANESE, "cp950", "big5"),
        (KOREAN, "cp949", "euc-kr"),
        (GREEK, "cp1253", "windows-1253"),
        (HEBREW, "cp1255", "windows-1255"),
        (ARABIC, "cp1256", "windows-1256"),
        (TURKISH, "cp1254", "windows-1254"),
        (POLISH, "cp1250", "windows-1250"),
        (POLISH, "iso8859-2", "iso-8859-2"),
    ],
)
def test_unlabelled_old_encodings_are_detected(text: str, codec: str, name: str) -> None:
    decoded = decode(b"<p>" + text.encode(codec) + b"</p>", None)
    assert decoded.text == f"<p>{text}</p>"
    assert decoded.source == "detected"
    assert decoded.encoding == name or decoded.encoding == "koi8-u"


def test_a_label_that_the_bytes_are_not_gives_way() -> None:
    decoded = decode(b'<meta charset="utf-8">' + RUSSIAN.encode("cp1251"), None)
    assert told(decoded) == ("windows-1251", "detected")
    assert decoded.notices == ("encoding: labelled utf-8, which the bytes are not",)
    assert RUSSIAN in decode(b"<meta charset=shift_jis>" + RUSSIAN.encode("cp1251"), None).text


@pytest.mark.parametrize(
    ("text", "codec"), [(CHINESE, "gbk"), (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (TAIWANESE, "cp950")]
)
def test_a_character_cut_in_two_does_not_hide_what_the_others_are(text: str, codec: str) -> None:
    excerpt = text.encode(codec)[:41]
    page = b"".join(b"<p>" + part + b"</p>" for part in (text.encode(codec), excerpt[:-1], excerpt, excerpt[:-1]))
    assert decode(page, None).text.count(text) == 1


def test_a_sample_never_ends_within_a_character() -> None:
    for padding in range(2):
        page = b"<p>" + b"x" * padding + JAPANESE.encode("cp932") * 300
        assert decode(page + b"</p>", None).encoding == "shift_jis"


def test_the_language_that_a_page_states_decides_between_likely_encodings() -> None:
    text = HUNGARIAN.encode("cp1250")
    assert HUNGARIAN in decode(b"<html lang=hu><p>" + text, None).text
    assert HUNGARIAN not in decode(b"<html lang=de><p>" + text, None).text
    german = decode(b"<html lang=hu><p>" + GERMAN.encode("cp1252"), None)
    assert GERMAN in german.text  # the two have the same bytes for it


OTHER_LETTERS = [(RUSSIAN, "cp1251"), (JAPANESE, "cp932"), (JAPANESE + "イヤー", "euc_jp"), (GREEK, "cp1253")]


@pytest.mark.parametrize(("text", "codec"), OTHER_LETTERS)
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1250", "utf-8", "utf-16"])
def test_text_in_other_letters_is_not_read_as_its_label_says(text: str, codec: str, label: str) -> None:
    decoded = decode(b"<p>" + text.encode(codec), f"text/html; charset={label}")
    assert (decoded.text, decoded.source) == ("<p>" + text, "detected")
    assert decoded.notices or label == "utf-16"


@pytest.mark.parametrize(
    "text", ["<p>" + "\xa0" * 200 + "Größe", "<p>" + "———" * 100 + "«Größe»", "<p>ÄÖÜ ÀÉÈ " * 20, "\xa9" * 300]
)
def test_signs_in_rows_do_not_make_a_latin_text_another(text: str) -> None:
    assert decode(text.encode("cp1252"), "text/html; charset=iso-8859-1").text == text


def test_a_utf16_label_on_other_bytes_is_none() -> None:
    assert told(decode(b"<p>Plain words", "text/html; charset=utf-16")) == ("utf-8", "utf-8")
    german = "<p>" + GERMAN
    assert decode(german.encode(), "text/html; charset=utf-16le").text == german
    page = decode(b"<meta charset=windows-1251><p>Plain", "text/html; charset=utf-16")
    assert told(page) == ("windows-1251", "meta")


def test_a_mark_that_the_bytes_contradict_costs_no_text() -> None:
    template = decode(codecs.BOM_UTF8 + b"<meta charset=iso-8859-1><p>" + GERMAN.encode("cp1252"), None)
    assert (GERMAN in template.text, told(template)) == (True, ("windows-1252", "detected"))
    assert decode(codecs.BOM_UTF16_LE + b"<p>Plain words", None).text == "<p>Plain words"
    assert decode(codecs.BOM_UTF16_LE + "灯台 記録".encode("utf-16-le"), None).text == "灯台 記録"


def test_unlabelled_utf8_of_few_characters_is_not_seen_in_another_encoding() -> None:
    page = b"<style>p { font: " + b"\xa5\xe1\xa5\xa4\xa5\xea\xa5\xaa " * 8 + b"}</style>"  # a font's name in EUC-JP
    assert "メイリオ" in decode(page, None).text


def test_controls_of_iso_8859_are_read_as_the_signs_of_windows() -> None:
    page = "<p>Rzekł: ".encode("iso8859-2") + b"\x84" + "Źle, ąę".encode("iso8859-2") + b"\x94"
    assert decode(page, "text/html; charset=iso-8859-2").text == "<p>Rzekł: „Źle, ąę”"


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("big5", b"\xa1\x45 \xa1\x4e \xa2\x44", "‧ ﹑ ￥"),
        ("big5", b"\xc6\xa1 \xfa\x40", "① 𠕇"),
        ("euc-jp", b"\xad\xa1 \xad\xea \xfc\xe2 \xc6\xfc", "① ㈱ 髙 日"),
        ("euc-jp", b"\xc6\xfc \xfe\xfe \xc6", "日 \ufffd\ufffd \ufffd"),
    ],
)
def test_signs_that_pythons_codecs_lack_are_those_that_browsers_show(label: str, data: bytes, text: str) -> None:
    assert read_as(data, label) == text


def test_iso_2022_jp_shows_in_its_escapes() -> None:
    assert decode(JAPANESE.encode("iso2022_jp"), None).text == JAPANESE


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("It\x92s a \x93house\x94 \x96 and", "It’s a “house” – and"),
        ("itâ\x80\x99s caf\xc3\xa9 — ð\x9f\x98\x80", "it’s café — 😀"),
        ("ein \x93Spaß\x94", "ein “Spaß”"),
    ],
)
def test_bytes_that_a_program_took_for_characters_are_read_as_they_were(stored: str, meant: str) -> None:
    decoded = decode(stored.encode(), "text/html; charset=utf-8")
    assert (decoded.text, decoded.encoding) == (meant, "utf-8")
    assert decoded.notices[0].endswith("were made by reading bytes as Latin-1")


def test_text_without_controls_is_not_repaired() -> None:
    text = "What Ã¼ and â€™ are called: mojibake\xa0»"
    assert decode(text.encode(), None) == Decoded(text, "utf-8", "utf-8")


def test_two_bytes_without_a_clue_are_windows_1252() -> None:
    assert decode(b"caf\xe9 au lait", None).text == "café au lait"


def test_iso_2022_jp_is_read_though_its_bytes_are_ascii() -> None:
    decoded = decode(JAPANESE.encode("iso2022_jp"), "text/html; charset=iso-2022-jp")
    assert (told(decoded), decoded.text) == (("iso-2022-jp", "header"), JAPANESE)


def test_nuls_are_removed_with_a_notice() -> None:
    decoded = decode(b"<p>" + b"x" * 80 + b"a\0b\0</p>", None)
    assert decoded.text.endswith("ab</p>")
    assert decoded.notices == ("removed: 2 NUL characters",)


def test_a_late_meta_counts_and_one_in_a_comment_does_not() -> None:
    page = (
        b"<!-- <meta charset=koi8-r> -->"
        + b"<p>x</p>" * 1000
        + b'<META content="text/html;charset=windows-1250" HTTP-EQUIV=Content-type>'
    )
    assert declared_encoding(page) == "windows-1250"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("latin1", "windows-1252"),
        ("US-ASCII", "windows-1252"),
        ("gb2312", "gbk"),
        ("GB18030", "gb18030"),
        ("ks_c_5601-1987", "euc-kr"),
        ("x-sjis", "shift_jis"),
        ("Shift-JIS", "shift_jis"),
        ("big5-hkscs", "big5"),
        ("iso-8859-9", "windows-1254"),
        ("tis-620", "windows-874"),
        ("utf8", "utf-8"),
        ("x-user-defined", "windows-1252"),
        ("utf-7", None),
        ("rot13", None),
        ("hex", None),
        ("", None),
        ("a\0b", None),
        ("..", None),
    ],
)
def test_labels_mean_what_the_standard_says(label: str, name: str | None) -> None:
    assert encoding_name(label) == name


def test_every_name_in_the_tables_is_an_encoding_that_python_decodes() -> None:
    for name, (codec, _) in ENCODINGS.items():
        assert b"a".ljust(2, b"\0").decode(codec, "replace")
        assert encoding_name(name) == name
    assert set(LABELS.values()) <= set(ENCODINGS)


HEADERS = st.one_of(
    st.none(), st.sampled_from([f"text/html; charset={name}" for name in ENCODINGS]), st.text(max_size=30)
)


@given(st.binary(max_size=300), HEADERS)
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_and_none_give_a_text_that_cannot_be_stored(data: bytes, content_type: str | None) -> None:
    decoded = decode(data, content_type)
    assert decoded.text.encode("utf-8") is not None
    assert "\0" not in decoded.text
    assert decoded.encoding in ENCODINGS


@given(
    st.lists(
        st.sampled_from(
            [b"<meta ", b"charset", b"=", b'"', b"'", b">", b"<!--", b"-->", b"<", b"/", b" ", b"utf-8", b"x"]
        ),
        max_size=40,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_markup_raises_in_the_prescan(pieces: list[bytes]) -> None:
    assert declared_encoding(b"".join(pieces)) in {None, "utf-8"}


def test_a_long_page_of_broken_markup_takes_no_time_to_speak_of() -> None:
    for piece in (b'<a b="', b"<meta charset", b"<!--", b"< ", b"<meta a=' ", b"=", b"<meta" + b" " * 50):
        assert declared_encoding(b"charset" + piece * 20_000) is None
