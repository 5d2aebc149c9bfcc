"""The measurement of reading counts as the rules of the corpus say."""

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import cue_words, text_score, unseen
from haicap.core.text.findings import KINDS
from haicap.listen.taxonomy import FIELDS


ROOT = Path(__file__).parent.parent
RULES = ROOT.parent / "shared" / "corpus" / "score.py"
NAMES = [
    "xã Kim Sơn",
    "Xã  Kim Sơn",
    "UBND tỉnh",
    "Sở Y tế",
    "phường Hoá An",
    "phường Hóa An",
]

items = st.builds(
    lambda kind, start, size, speaker, addressee, fields, communes, day: {
        "kind": kind,
        "start": start,
        "end": start + size,
        "speaker": speaker,
        "addressee": addressee,
        "fields": fields,
        "communes": communes,
        "deadline": day,
    },
    st.sampled_from(KINDS),
    st.integers(0, 60),
    st.integers(1, 30),
    st.sampled_from([None, *NAMES, "Sở Y tế; UBND tỉnh"]),
    st.sampled_from([None, *NAMES, "Sở Y tế; UBND tỉnh", "UBND tỉnh; Sở Y tế"]),
    st.lists(st.sampled_from(list(FIELDS)[:5]), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(NAMES), max_size=3),
    st.sampled_from([None, "2026-11-30", "2026-12-31"]),
)
documents = st.tuples(st.lists(items, max_size=8), st.lists(items, max_size=8))


@pytest.fixture(scope="module")
def rules():
    if not RULES.is_file():
        pytest.skip("the corpus' own scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score", RULES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("scored")


@given(st.lists(documents, min_size=1, max_size=4))
def test_our_counts_are_those_of_the_corpus_own_scorer(rules, folder, both):
    ours, theirs = text_score.Tally(), rules.Tally()
    for gold, found in both:
        ours.add(gold, found)
        loaded = []
        for side in (gold, found):
            path = folder / "one.jsonl"
            path.write_text("\n".join(map(json.dumps, side)), encoding="utf-8")
            loaded.append(rules.load(path))
        theirs.add(*loaded, rules.match(*loaded, 0.5))
    figures, report = ours.figures(), theirs.report()
    for name, value in {
        "kind right: F1": report["items_kind"]["f1"],
        "any kind: F1": report["items"]["f1"],
        "fields: micro-F1": report["fields_micro"]["f1"],
        "first field right": report["fields_top1"]["accuracy"],
        "speaker right": report["speaker"]["accuracy"],
        "addressee right": report["addressee"]["accuracy"],
        "communes: micro-F1": report["communes_micro"]["f1"],
        "time limit right, where there is one": report["deadline_dated"]["accuracy"],
        "time limit right, where one was found": report["deadline_predicted_dated"][
            "accuracy"
        ],
    }.items():
        assert figures[name] == (value if value is None else pytest.approx(value)), name


def test_a_confidence_that_is_always_wrong_by_a_fifth_has_that_error():
    judged = [(0.9, True)] * 7 + [(0.9, False)] * 3
    assert text_score.calibration(judged) == pytest.approx(0.2)


def test_the_shared_documents_and_those_in_which_nobody_asks_are_counted():
    names = unseen.asked()
    assert {f"{n:03}" for n in range(1, 41)} <= set(names)
    quiet = [n for n, kind in unseen.genres(unseen.TRAIN).items() if "no-rec" in kind]
    assert set(quiet) <= set(names) and len(names) == len(set(names))


def test_the_plain_splitter_takes_a_sentence_with_a_cue():
    text = "Thời tiết đẹp. Xã Kim Sơn đề nghị tỉnh sửa cống."
    (item,) = cue_words.read(text)
    assert item["kind"] == "recommendation"
    assert text[item["start"] : item["end"]] == "Xã Kim Sơn đề nghị tỉnh sửa cống"
    assert item["addressee"] == "tỉnh"
