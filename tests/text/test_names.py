import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.given_names import GIVEN
from scraper.text.names import person_name, plain, signed_names, split_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Doe", "Jane Doe"),
        ("By Jane Doe", "Jane Doe"),
        ("Posted by Jane Doe on May 14, 2012", "Jane Doe"),
        ("Submitted by mhemadri on Mon, 05/14/2012 - 10:04", "mhemadri"),
        ("Written by: Jane Doe", "Jane Doe"),
        ("Jane Doe, Staff Writer", "Jane Doe"),
        ("Senior Politics Reporter Jane Doe", "Jane Doe"),
        ("By Staff Writer Jane van Doe", "Jane van Doe"),
        ("Jane DoeReporter", "Jane Doe"),
        ("Hans MüllerRedakteur", "Hans Müller"),
        ("Jane Doe | Senior Editor", "Jane Doe"),
        ("Jane Doe (Editor)", "Jane Doe"),
        ("Jane Doe, M.D.", "Jane Doe"),
        ("Paramita (Guha) Ghosh", "Paramita Ghosh"),
        ("By Jane Doe in News", "Jane Doe"),
        ("Guest post by Jim Beam", "Jim Beam"),
        ("von Hans Müller", "Hans Müller"),
        ("Verfasst von Hans Müller", "Hans Müller"),
        ("par Jean-Luc d'Arc", "Jean-Luc d'Arc"),
        ("Escrito por María de la Cruz", "María de la Cruz"),
        ("di Mario Rossi", "Mario Rossi"),
        ("Di Canio", "Di Canio"),
        ("door Jan van der Berg", "Jan van der Berg"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("文/王小明", "王小明"),
        ("作者：李雷", "李雷"),
        ("بقلم محمد علي", "محمد علي"),
        ("Γράφει ο Νίκος Παπάς", "Νίκος Παπάς"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("Robert Downey Jr.", "Robert Downey Jr."),
        ("by danah boyd", "danah boyd"),
        ("by c1ph4", "c1ph4"),
        ("bob", "bob"),
        ("Dan Brown", "Dan Brown"),
        ("Will Smith", "Will Smith"),
        ("Theresa May", "Theresa May"),
        ("Thomas More", "Thomas More"),
        ("Marc", "Marc"),
        ("Jan", "Jan"),
        ("Sam", "Sam"),
        ("O'Neil", "O'Neil"),
        ("José Ortega y Gasset", "José Ortega y Gasset"),
        ("ByJane Doe", "Jane Doe"),
        ("Jane DoeFollow", "Jane Doe"),
        ("Jane Doe Jane Doe", "Jane Doe"),
        ("Jane Doe @jdoe", "Jane Doe"),
        ("Text & Fotos: Jane Doe", "Jane Doe"),
        ("Autorin/Autor Jane Doe", "Jane Doe"),
        ("Chefredakteurin Jane Doe", "Jane Doe"),
        ("Md Aynal Doe", "Md Aynal Doe"),
        ("Jane Doe Updated", "Jane Doe"),
    ],
)
def test_a_byline_gives_the_name_alone(text, name):
    assert person_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", "By", "admin", "by admin", "Administrator", "Guest", "Redaktion", "Staff", "Staff Writer",
        "Editorial Team", "The Guardian", "BBC News", "Associated Press", "dpa", "匿名", "Read more", "Read More",
        "Leave a Reply", "View all posts by Jane Doe", "About the author", "Biography supplied by the author",
        "bob@example.org", "https://example.org/bob", "www.example.org", "example.com", "@bob", "14 May 2012",
        "yesterday", "Monday", "3 comments", "Photo by Jim", "Powered by Joomla", "Who is it?", "Uncategorized",
        "This is a sentence about things.", "von", "Geschrieben von", "xy_redaktion", "Site-Admin", "Mi",
        "Team Crumbs", "Expert Reviewer", "Marketing and Event Coordinator", "History",
        "Jane Doe (www.example.org)", "one two three four five six seven", "Jane Doe's picture", "...", "|",
    ],
)  # fmt: skip
def test_what_names_no_person_gives_none(text):
    assert person_name(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe, John Roe and Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        ("Jane Doe & John Roe", ("Jane Doe", "John Roe")),
        ("Alice and Bob", ("Alice", "Bob")),
        ("Hans Müller und Eva Braun", ("Hans Müller", "Eva Braun")),
        ("Juan Pérez y Ana Gómez", ("Juan Pérez", "Ana Gómez")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("王小明、李雷", ("王小明", "李雷")),
        ("Smith, John", ("Smith, John",)),
        ("Jane Doe, Staff Writer", ("Jane Doe",)),
        ("Jane Doe, London", ("Jane Doe",)),
        ("Jane Doe, Senior Bread Engineer", ("Jane Doe",)),
        ("By Jane · In: Bread, Travel", ("Jane",)),
        ("By Jane Doe | Bread, Slow Food", ("Jane Doe",)),
        ("by Jane Doe, MD, cardiologist, Harbour Clinics", ("Jane Doe",)),
        ("Jane Doe, text, John Roe, photos", ("Jane Doe", "John Roe")),
        ("by Nancy Doe, danah roe", ("Nancy Doe", "danah roe")),
        ("Jane Doe and Reuters Staff", ("Jane Doe",)),
        ("Jane Doe; Jane Doe", ("Jane Doe",)),
        ("Jane Doe, Projektleiterin der HSS", ("Jane Doe",)),
        ("Jane Doe im Gespräch mit John Roe", ("Jane Doe", "John Roe")),
        ("Example Verlag GmbH, Frankfurt, Germany", ()),
        ("https://example.org/author/bob", ()),
        (None, ()),
    ],
)
def test_a_byline_of_several_is_split(text, names):
    assert split_names(text) == names


@given(st.text(max_size=80))
def test_no_text_makes_names_raise_and_a_name_is_its_own_name(text):
    name = person_name(text)
    assert name is None or (name == name.strip() and name)
    assert all(split_names(text))


@pytest.mark.parametrize(
    ("text", "introduced", "names"),
    [
        ("Jane Doe", False, ("Jane Doe",)),
        ("c1ph4", False, ()),
        ("c1ph4", True, ("c1ph4",)),
        ("ByJane Doe", True, ("Jane Doe",)),
        ("Sat, 20 Dec 2012", False, ()),
    ],
)
def test_what_stands_in_a_byline_s_place_is_read_as_one(text, introduced, names):
    assert signed_names(text, introduced=introduced) == names


def test_a_name_is_compared_as_addresses_have_it():
    assert plain("Jürgen  Café") == "juergen cafe"


def test_given_names_are_as_they_are_compared():
    assert all(name == plain(name) and name.isalpha() for name in GIVEN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Posted by Ann Lee at", ("Ann Lee",)),
        ("Geschrieben von Ann Lee in", ("Ann Lee",)),
        ("מאת: יואב שטרן | 3 בינואר 2021", ("יואב שטרן",)),
        ("作者:陈静怡 发布时间:2019年8月21日 阅读:233", ("陈静怡",)),
        ("2017年6月25日 文:小川たまき", ("小川たまき",)),
        ("By Ann Lee Photos: Bob Ray", ("Ann Lee",)),
        ("Napsal Jan Novák", ("Jan Novák",)),
        ("Napisała Jadwiga Orzech dnia 4 maja 2018", ("Jadwiga Orzech",)),
        ("Ditulis oleh Budi Santoso", ("Budi Santoso",)),
        ("Name", ()),
        ("Ann Lee is a baker in a small town by the sea, and writes about it.", ()),
    ],
)
def test_what_stands_around_a_name_is_cut_off(text: str, expected: tuple[str, ...]) -> None:
    assert split_names(text) == expected


@pytest.mark.parametrize("word", ["on", "bio", "alle", "more"])
def test_a_word_that_only_joins_others_is_nobody(word: str) -> None:
    assert person_name(word) is None
    assert split_names(word) == ()
    assert split_names("Will") == ("Will",)
    assert split_names("Posted by tidewriter under") == ("tidewriter",)


@pytest.mark.parametrize("text", ["By HARBOUR POLICE AND CUSTOMS", "By Royal Ashford Police", "Von Feuerwehr"])
def test_an_office_that_gives_a_text_to_the_press_is_nobody(text: str) -> None:
    assert split_names(text) == ()
