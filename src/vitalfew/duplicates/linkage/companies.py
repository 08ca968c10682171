"""How companies are compared: by the parts of their names, their credit codes, their numbers and domains.

Where whole names are equal, place, trade and form are equal because of that and add nothing; where only the firm's own word is,
they tell two firms of one word apart. What these say is believed, not learnt: a large book has far more strangers of one word
than twins, and would teach that twins are of different places.
"""

from typing import Final

from vitalfew.duplicates.linkage.features import Feature, Level, Model, Rarity
from vitalfew.terms import gettext_noop as _

_HANZI: Final = "(strlen(a.core) > length(a.core) AND strlen(b.core) > length(b.core))"
_LATIN: Final = "(strlen(a.core) = length(a.core) AND strlen(b.core) = length(b.core))"
_TELLING: Final = "(a.place <> '' OR length(a.core) >= 4)"
_SHORT: Final = (
    "({x}.trade = '' AND length({x}.core) BETWEEN 2 AND 5 AND {x}.core = {y}.abbreviation "
    "AND (length({x}.core) > 2 OR strlen({x}.core) > length({x}.core)))"
)
_ABBREVIATED: Final = f"({_SHORT.format(x='a', y='b')} OR {_SHORT.format(x='b', y='a')})"
_SHORTER: Final = "least(length(a.sound), length(b.sound))"
_SLIP: Final = (
    f"({_LATIN} AND {_SHORTER} >= 5 AND abs(length(a.sound) - length(b.sound)) <= 1 "
    "AND damerau_levenshtein(a.sound, b.sound) = 1)"
)
# left out, doubled or swapped are four of five slips of the hand; a letter in place of another more often tells two words apart
_MOVED: Final = "(length(a.sound) <> length(b.sound) OR levenshtein(a.sound, b.sound) > 1)"
_REST: Final = "left({x}.core, i - 1) || substr({x}.core, i + 1)"
# DuckDB's distances count bytes, and a hanzi has three: one character apart is told by what is left without it
_ANOTHER: Final = (
    "(length(a.core) = length(b.core) AND list_bool_or(list_transform(range(1, length(a.core) + 1), "
    f"lambda i: {_REST.format(x='a')} = {_REST.format(x='b')})))"
)
_MORE: Final = (
    "(length({x}.core) = length({y}.core) + 1 AND list_bool_or(list_transform(range(1, length({x}.core) + 1), "
    "lambda i: {rest} = {y}.core)))"
)
_ONE_MORE: Final = " OR ".join(_MORE.format(x=x, y=y, rest=_REST.format(x=x)) for x, y in ("ab", "ba"))
_ONE_OFF: Final = f"({_HANZI} AND least(length(a.core), length(b.core)) >= 3 AND ({_ANOTHER} OR {_ONE_MORE}))"
_ONE_HEARD: Final = f"{_HANZI} AND {_ANOTHER}"
_ALIKE: Final = f"({_LATIN} AND {_SHORTER} >= 5 AND jaro_winkler_similarity(a.sound, b.sound, 0.92) > 0)"
_PART: Final = (
    f"(({_LATIN} AND least(length(a.core), length(b.core)) >= 4 AND "
    "(contains(' ' || a.core || ' ', ' ' || b.core || ' ') OR contains(' ' || b.core || ' ', ' ' || a.core || ' '))) "
    f"OR ({_HANZI} AND least(length(a.core), length(b.core)) >= 3 AND (contains(a.core, b.core) OR contains(b.core, a.core))))"
)
_WHOLE: Final = f"({_TELLING} AND (a.plain = b.plain OR a.stem = b.stem))"
_WORD: Final = f"a.core = b.core OR ({_LATIN} AND a.sound = b.sound)"
_LESS: Final = "contains(a.trade, b.trade) OR contains(b.trade, a.trade)"
_VAGUE: Final = "('', 'company', 'group')"

_BUT_FORM: Final = _("The names are equal but for the legal form and the way of writing")
_ALMOST: Final = _("The firm's own word is spelled almost the same")
NAME: Final = Feature(
    "name", "a.core = '' OR b.core = ''",
    (
        Level("same", f"a.plain = b.plain AND {_TELLING}", 0.35, 1e-10, _("The names are the same")),
        Level("but-form", f"a.stem = b.stem AND {_TELLING}", 0.20, 1e-9, _BUT_FORM),
        Level("core", _WORD, 0.20, 1.0, _("The firm's own word in the name is the same")),
        Level("heard", f"a.sound = b.sound AND {_ONE_HEARD}", 0.07, 0.8, _("The firm's own word sounds the same")),
        Level("sound", "a.sound = b.sound", 0.01, 0.2, _("The firm's own word sounds the same")),
        Level("short", _ABBREVIATED, 0.02, 1e-6, _("One name is the short form of the other")),
        *(
            Level(f"{kind}-{least}", f"{_SHORTER} >= {least} AND {when}", m * share, u, _ALMOST, met=True, among=_SLIP)
            for kind, when, share in (("moved", _MOVED, 0.8), ("another", "true", 0.2))
            for least, m, u in ((9, 0.07, 2e-8), (7, 0.03, 2e-7), (5, 0.02, 2e-6))
        ),
        Level("character", _ONE_OFF, 0.01, 5e-6, _ALMOST, met=True),
        Level("alike", _ALIKE, 0.04, 1e-4, _("The firm's own word is spelled similarly")),
        Level("part", _PART, 0.04, 1e-4, _("One name contains the other")),
        Level("other", "true", 0.03, 1.0, _("The names differ")),
    ),
    learns=False,
)  # fmt: skip
PLACE: Final = Feature(
    "place", f"a.place IN ('', '00') OR b.place IN ('', '00') OR {_WHOLE}",
    (
        Level("same", "starts_with(a.place, b.place) OR starts_with(b.place, a.place)", 0.93, None, _("Same place in the name")),
        Level("other", "true", 0.07, None, _("Different places in the names")),
    ),
    learns=False,
)  # fmt: skip
TRADE: Final = Feature(
    "trade", f"a.trade = '' OR b.trade = '' OR a.latin OR b.latin OR {_WHOLE}",
    (
        Level("same", "a.trade = b.trade", 0.8, 1.0, _("Same trade in the name")),
        Level("near", f"a.trade <> '' AND b.trade <> '' AND ({_LESS})", 0.12, 1.0, _("One name says less of the trade")),
        Level("other", "true", 0.08, None, _("Different trades in the names")),
    ),
    learns=False,
)  # fmt: skip
LATIN_TRADE: Final = Feature(
    "latin-trade", f"(a.trade = '' AND b.trade = '') OR NOT (a.latin AND b.latin) OR {_WHOLE}",
    (
        *TRADE.levels[:2],
        Level("one", "a.trade = '' OR b.trade = ''", 0.1),
        TRADE.levels[2],
    ),
    learns=False,
)  # fmt: skip
FORM: Final = Feature(
    "form", f"(a.form = '' AND b.form = '') OR a.latin OR b.latin OR {_WHOLE}",
    (
        Level("same", "a.form = b.form", 0.75, None),
        Level("near", f"a.form IN {_VAGUE} OR b.form IN {_VAGUE}", 0.2, None),
        Level("other", "true", 0.05, None, _("Different legal forms")),
    ),
)  # fmt: skip
LATIN_FORM: Final = Feature(
    "latin-form", f"(a.form = '' AND b.form = '') OR NOT (a.latin AND b.latin) OR {_WHOLE}",
    (Level("word", "a.written = b.written", 0.6, None, _("Same legal form")), *FORM.levels),
)  # fmt: skip
BRANCH: Final = Feature(
    "branch", "a.branch = '' AND b.branch = ''",
    (
        Level("same", "a.branch = b.branch", 0.9985, 0.4, _("Same branch")),
        Level("one", "a.branch = '' OR b.branch = ''", 0.001, 0.5, _("One of them is a branch")),
        Level("other", "true", 0.0005, 0.1, _("Two different branches")),
    ),
    learns=False,
    needs="branch",
)  # fmt: skip
CODE: Final = Feature(
    "uscc", "a.uscc = '' OR b.uscc = ''",
    (
        Level("same", "a.uscc = b.uscc", 0.97, 1e-9, _("Same unified social credit code")),
        Level("other", "true", 0.03, 1.0, _("Different unified social credit codes")),
    ),
    learns=False,
    needs="uscc",
)  # fmt: skip
PHONE: Final = Feature(
    "phone", "len(a.phones) = 0 OR len(b.phones) = 0",
    (
        Level("same", "list_has_any(a.phones, b.phones)", 0.5, 1e-5, _("A contact with the same telephone number")),
        Level("other", "true", 0.5, 1.0),
    ),
    learns=False,
    needs="phones",
)  # fmt: skip
DOMAIN: Final = Feature(
    "domain", "len(a.domains) = 0 OR len(b.domains) = 0",
    (
        Level("same", "list_has_any(a.domains, b.domains)", 0.6, 1e-4, _("Contacts with the same e-mail domain")),
        Level("other", "true", 0.4, 1.0),
    ),
    learns=False,
    needs="domains",
)  # fmt: skip
COUNTRY: Final = Feature(
    "country", "a.country = '' OR b.country = ''",
    (Level("same", "a.country = b.country", 0.97), Level("other", "true", 0.03, None, _("Different countries"))),
    needs="country",
)  # fmt: skip
REGION: Final = Feature(
    "region", "a.region = '' OR b.region = ''",
    (Level("same", "a.region = b.region", 0.93), Level("other", "true", 0.07, None, _("Different regions"))),
    needs="region",
)  # fmt: skip

_KEYS: Final = (
    "SELECT id, 'p|' || plain AS k FROM r WHERE plain <> ''",
    "SELECT id, 'c|' || core AS k FROM r WHERE core <> ''",
    "SELECT id, 's|' || sound AS k FROM r WHERE sound <> ''",
    "SELECT id, 'sp|' || sound || '|' || left(place, 4) AS k FROM r WHERE sound <> '' AND place <> ''",
    "SELECT id, 'st|' || sound || '|' || trade AS k FROM r WHERE sound <> '' AND trade <> ''",
    "SELECT id, 'u|' || uscc AS k FROM r WHERE uscc <> ''",
    "SELECT id, 'n|' || unnest(phones) AS k FROM r",
    "SELECT id, 'd|' || unnest(domains) AS k FROM r",
    # a character left out, or none: two words one apart meet where it was
    (
        "SELECT id, 'x|' || unnest(list_transform(range(1, length(core) + 2), "
        "lambda i: left(core, i - 1) || substr(core, i + 1))) AS k FROM r "
        "WHERE strlen(core) > length(core) AND length(core) BETWEEN 3 AND 6"
    ),
    # a letter left out, as above; or none, to meet those that have one more
    (
        "SELECT id, 'l|' || unnest(list_transform(range(1, length(sound) + 2), "
        "lambda i: left(sound, i - 1) || substr(sound, i + 1))) AS k FROM r WHERE latin AND length(sound) BETWEEN 5 AND 20"
    ),
    "SELECT id, 'h|' || left(sound, 7) AS k FROM r WHERE latin AND length(sound) >= 10",
    "SELECT id, 'z|' || right(sound, 7) AS k FROM r WHERE latin AND length(sound) >= 9",
    (
        "SELECT id, 'w|' || unnest(list_distinct(list_filter(string_split(core, ' '), lambda w: length(w) >= 4))) AS k "
        "FROM r WHERE latin AND contains(core, ' ')"
    ),
    "SELECT id, 'w|' || core AS k FROM r WHERE latin AND length(core) >= 4",
    (
        "SELECT id, 'b|' || abbreviation AS k FROM r WHERE abbreviation IN (SELECT core FROM r WHERE trade = '' "
        "AND length(core) BETWEEN 2 AND 5)"
    ),
    "SELECT id, 'b|' || core AS k FROM r WHERE trade = '' AND length(core) BETWEEN 2 AND 5",
)

COMPANIES: Final = Model(
    _KEYS,
    (NAME, PLACE, TRADE, LATIN_TRADE, FORM, LATIN_FORM, BRANCH, CODE, PHONE, DOMAIN, COUNTRY, REGION),
    (
        Rarity(
            ("name",),
            (2, 3, 4),
            "sound",
            "stem",
            10_000,
            bits="CASE WHEN latin AND length(sound) >= 10 THEN 6 ELSE 0 END",
        ),
        Rarity(("trade", "latin-trade"), (0,), "trade", "id", 1000, 40, within="(latin, trade <> '')"),
        Rarity(("trade", "latin-trade"), (1,), "left(trade, 2)", "id", 1000, 20, within="(latin, trade <> '')"),
    ),
)
