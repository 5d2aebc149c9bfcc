"""What persons correct is learned, is measured on documents held back, and never in silence."""

import io
import json
import os
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.core.errors import NotNow
from haicap.ledger.models import Event, Kind
from haicap.listen import learning, weights
from haicap.listen.actions import lessons, statements
from haicap.listen.learning import Item, Sample, Score
from haicap.listen.management.commands import haicap_learn
from haicap.listen.models import Document
from haicap.listen.queries_learning import corrected
from haicap.listen.trained import trained
from haicap.places.registry import gazetteer
from tests.world import NOON
from tools import marked


# Few documents are learned by heart, so that no test hangs on what is shipped.
QUICK = {**learning.SETTINGS, "max_iterations": 60, "feature.minfreq": 1}
THINGS = (
    "cây cầu qua kênh",
    "trạm bơm đầu xã",
    "đường vào trường",
    "máy quét của bộ phận một cửa",
    "mái chợ",
    "lưới điện xóm bãi",
    "nhà văn hóa thôn",
    "kè ven sông",
)


def said(number):
    """Return the asks of one document, in a way of asking that no rule expects."""
    return [
        f"Ngóng {THINGS[(number + i) % len(THINGS)]} có ngày lành lặn, lượt {number}"
        for i in range(5)
    ]


def text_of(number):
    """Return a synthetic note: idle lines between asks."""
    idle = "Buổi họp thôn kết thúc lúc mười giờ, bà con ra về."
    lines = [f"Biên bản họp thôn, buổi thứ {number}"]
    for ask in said(number):
        lines += [idle, f"{ask}."]
    return "\n".join(lines) + "\n"


def sample(number, *, kind="recommendation", right=True):
    """Return the note as a person checked it; `right` is false: nothing was marked."""
    text = text_of(number)
    starts = [text.index(ask) for ask in said(number)]
    spans = zip(starts, said(number), strict=True)
    items = tuple(Item(kind, start, start + len(ask)) for start, ask in spans)
    return Sample(str(number), text, items if right else ())


PLAIN = (
    ("difficulty", "Hiện {} xuống cấp nghiêm trọng"),
    ("recommendation", "Xã đề nghị Sở Xây dựng sớm sửa {}"),
    ("reply", "Sở Xây dựng trả lời: đang lập hồ sơ {}"),
    ("directive", "Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng kiểm tra {}"),
    ("result", "Xã đã hoàn thành sửa {}"),
)


def plain_note(number):
    """Return a synthetic note with one statement of each kind, said as they are said."""
    texts = [
        (kind, words.format(THINGS[(number + i) % len(THINGS)]))
        for i, (kind, words) in enumerate(PLAIN)
    ]
    text = "BÁO CÁO\n\n" + "\n".join(f"{words}." for _kind, words in texts) + "\n"
    items = tuple(
        Item(kind, text.index(words), text.index(words) + len(words))
        for kind, words in texts
    )
    return Sample(f"plain-{number}", text, items)


@pytest.fixture(scope="module")
def known():
    """What stands for the shipped documents: few for speed, and none that may change."""
    return [plain_note(number) for number in range(3)]


def lesson_from(samples, known, before=None):
    return learning.learn(
        samples,
        known,
        names=gazetteer(),
        before=before or weights.shipped(),
        told=weights.told()[:40],
        say=lambda line: None,
        settings=QUICK,
    )


@pytest.fixture(scope="module")
def lesson(known):
    return lesson_from([sample(n) for n in range(7)], known)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HAICAP_VAR", str(tmp_path))
    return tmp_path / "learned"


@pytest.fixture
def check(make_document, people):
    """Return a function: persons settle a note that the machine read."""

    def check(number, *, rejects=False):
        document = make_document(
            text=text_of(number),
            spans=[("recommendation", ask) for ask in said(number)],
            unit=people.binh_minh,
        )
        for one in document.statements.all():
            settle = statements.reject if rejects else statements.accept
            settle(statement=one, by=people.po, at=NOON)
        return document

    return check


@pytest.fixture
def run(monkeypatch, known):
    """Return a function: `haicap learn` with few documents; what it printed."""
    monkeypatch.setattr(haicap_learn, "shipped_samples", lambda: known)
    monkeypatch.setattr(haicap_learn, "SETTINGS", QUICK)

    def run(*arguments):
        out = io.StringIO()
        call_command("haicap_learn", *arguments, stdout=out, stderr=io.StringIO())
        return out.getvalue()

    return run


def lines_of(kind):
    return Event.objects.filter(kind=kind)


# What persons made of the proposals.


def test_what_was_settled_is_right_and_what_was_dismissed_is_none(
    make_document, people
):
    document = make_document(
        text=text_of(1), spans=[("recommendation", ask) for ask in said(1)[:3]]
    )
    first, second, third = document.statements.all()
    by = {"by": people.po, "at": NOON}
    statements.accept(statement=first, **by)
    statements.correct(statement=second, kind="difficulty", **by)
    assert corrected() == []  # one still waits for a person
    statements.reject(statement=third, **by)
    start = text_of(1).index(said(1)[4])
    end = start + len(said(1)[4])
    statements.add(document=document, kind="result", start=start, end=end, **by)
    (found,) = corrected()
    assert found.text == text_of(1)
    assert found.items == (
        Item("recommendation", first.start, first.end),
        Item("difficulty", second.start, second.end),
        Item("result", start, end),
    )


def test_rows_of_a_workbook_teach_nothing(check):
    document = check(1)
    document.statements.update(line=3)
    assert corrected() == []


def test_the_same_text_counts_once(check):
    check(1)
    check(1)
    assert len(corrected()) == 1


def test_documents_are_gathered_in_a_fixed_number_of_queries(
    check, django_assert_num_queries
):
    for number in range(4):
        check(number)
    with django_assert_num_queries(2):
        assert len(corrected()) == 4


# What is held back.


@settings(max_examples=30)
@given(st.sets(st.text(min_size=1), min_size=1, max_size=30), st.data())
def test_what_was_learned_from_is_never_held_back_later(texts, data):
    samples = [Sample(text, text, ()) for text in sorted(texts)]
    first = samples[: data.draw(st.integers(1, len(samples)))]
    learned, held = learning.parted(first)
    assert held
    assert sorted(map(id, [*learned, *held])) == sorted(map(id, first))
    later, held_later = learning.parted(samples)
    assert not {id(one) for one in learned} & {id(one) for one in held_later}


def test_the_documents_held_back_are_not_trained_on(known, monkeypatch):
    trained_on = []
    train = learning.train

    def watched(documents, settings):
        trained_on.extend(document.name for document in documents)
        return train(documents, settings)

    monkeypatch.setattr(learning, "train", watched)
    samples = [sample(n) for n in range(6)]
    _rest, held = learning.parted(samples)
    lesson_from(samples, known[:1])
    assert not {one.name for one in held} & set(trained_on)
    assert {one.name for one in samples} - set(trained_on) == {one.name for one in held}


# What is measured.


def test_the_calibration_error_is_how_far_confidence_is_from_the_truth():
    assert learning.calibration_error([]) == 0
    assert learning.calibration_error([(1.0, True), (0.0, False)]) == 0
    right_half_the_time = [(0.9, True), (0.9, False)]
    assert learning.calibration_error(right_half_the_time) == pytest.approx(0.4)


def test_place_and_kind_are_told_apart(lesson):
    after = weights.ItemWeights(lesson.chain, weights.shipped_trees(), lesson.sure)
    names = gazetteer()
    right = learning.measure(after, [learning.look(sample(20), names)])
    other = learning.measure(after, [learning.look(sample(20, kind="result"), names)])
    assert right.found == other.found == right.kind > 0.9
    assert other.kind == other.f1 == 0


def test_a_way_of_asking_that_was_corrected_is_read_rightly_afterwards(lesson):
    part = lesson.parts[0]
    assert part.name == "corrected documents held back"
    assert part.after.f1 > 0.9 > part.before.f1
    unseen = learning.look(sample(40), gazetteer())
    after = weights.ItemWeights(lesson.chain, weights.shipped_trees(), lesson.sure)
    assert learning.measure(after, [unseen]).f1 > 0.9
    assert learning.measure(weights.shipped(), [unseen]).f1 < 0.5
    assert lesson.worse() == []


@pytest.mark.parametrize(
    ("after", "word"),
    [
        (Score(0.9, 0.8, 0.78, 0.05), "F1"),
        (Score(0.9, 0.8, 0.80, 0.11), "calibration"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_each_measure_of_each_part_can_refuse(after, word, place):
    before = Score(0.9, 0.8, 0.80, 0.05)
    parts = [learning.Part("these", 1, 9, before, before)] * 2
    parts[place] = learning.Part("those", 1, 9, before, after)
    (sentence,) = learning.Lesson(b"", (), 1, tuple(parts)).worse()
    assert word in sentence and "those" in sentence


def test_confidence_is_judged_on_unseen_documents_alone():
    before, after = Score(1, 1, 0.9, 0.05), Score(1, 1, 0.9, 0.4)
    assert learning.Part("these", 1, 9, before, after, is_unseen=True).worse()
    assert not learning.Part("these", 1, 9, before, after, is_unseen=False).worse()


def test_chance_is_tolerated():
    before = Score(0.9, 0.8, 0.80, 0.05)
    after = Score(0.8, 0.7, 0.795, 0.09)
    assert learning.Part("these", 1, 9, before, after).worse() == []


# The command.


@pytest.mark.parametrize("count", [0, 4])
def test_too_few_documents_are_one_sentence(check, run, count):
    for number in range(count):
        check(number)
    with pytest.raises(CommandError) as error:
        run("--write")
    assert error.value.returncode == 2
    assert f"There are {count} documents" in str(error.value)
    assert f"check {5 - count} more" in str(error.value)


def test_learning_writes_only_when_told_and_can_be_taken_back(check, run, own_folder):
    for number in range(6):
        check(number)
    shipped = trained().items
    printed = run()
    assert "calibration error" in printed and "Nothing was written" in printed
    assert "corrected documents held back before" in printed
    assert not own_folder.exists()
    assert not lines_of(Kind.WEIGHTS_LEARNED)

    printed = run("--write")
    (line,) = lines_of(Kind.WEIGHTS_LEARNED)
    assert line.by_id is None
    assert line.data["weights"] == weights.name_in_use()
    assert line.data["before"] == weights.shipped_sha256()
    assert f"weights in use: {weights.name_in_use()[:16]}" in printed
    assert weights.fault() == ""
    unseen = learning.look(sample(40), gazetteer())
    assert trained().items is not shipped  # nobody started anew
    assert learning.measure(trained().items, [unseen]).f1 > 0.9

    run("--back")
    assert trained().items is shipped
    assert lines_of(Kind.WEIGHTS_RESTORED).get().data["weights"] == (
        weights.shipped_sha256()
    )
    with pytest.raises(CommandError, match="none to go back from") as error:
        run("--back")
    assert error.value.returncode == 2


def test_what_reads_worse_is_refused_and_said(check, run, own_folder, lesson):
    lessons.keep(lesson=lesson, instead_of=weights.shipped_sha256(), by=None, at=NOON)
    name = weights.name_in_use()
    _rest, held = learning.parted([sample(n) for n in range(6)])
    for number in range(6):
        # Those that are learned from say that no ask is one.
        check(number, rejects=str(number) not in {one.name for one in held})
    for arguments in ((), ("--write",)):
        with pytest.raises(CommandError, match="Nothing was written. F1 on") as error:
            run(*arguments)
        assert error.value.returncode == 1
    assert weights.name_in_use() == name
    assert lines_of(Kind.WEIGHTS_LEARNED).count() == 1


# What is in use.


@pytest.fixture
def kept(lesson, people):
    return lessons.keep(
        lesson=lesson, instead_of=weights.shipped_sha256(), by=None, at=NOON
    )


def test_the_action_itself_refuses_what_is_worse(lesson, people, own_folder):
    good, bad = Score(1, 1, 0.9, 0), Score(1, 1, 0.5, 0)
    part = learning.Part("these", 1, 9, good, bad)
    worse = learning.Lesson(lesson.chain, lesson.sure, 4, (part,))
    with pytest.raises(NotNow, match="fell from 0.900 to 0.500"):
        lessons.keep(
            lesson=worse, instead_of=weights.shipped_sha256(), by=None, at=NOON
        )
    assert not own_folder.exists()


def test_weights_that_were_compared_with_others_are_refused(lesson, kept):
    with pytest.raises(NotNow, match="meanwhile"):
        lessons.keep(
            lesson=lesson, instead_of=weights.shipped_sha256(), by=None, at=NOON
        )
    assert lines_of(Kind.WEIGHTS_LEARNED).count() == 1


def test_weights_are_loaded_once(kept):
    assert trained().items is trained().items is not weights.shipped()


def spoil_chain(own_folder):
    (path,) = own_folder.glob("*.crfsuite")
    path.write_bytes(path.read_bytes()[:-1])


def lose_chain(own_folder):
    (path,) = own_folder.glob("*.crfsuite")
    path.unlink()


def spoil_list(own_folder):
    (own_folder / "items.json").write_text('{"versions": [{')


def another_shape(own_folder):
    (own_folder / "items.json").write_text('{"versions": [[1]]}')


def another_release(own_folder):
    path = own_folder / "items.json"
    rows = json.loads(path.read_text())
    rows["versions"][-1]["shipped"] = "0" * 64
    path.write_text(json.dumps(rows))


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (spoil_chain, "damaged"),
        (lose_chain, "missing"),
        (spoil_list, "cannot be read"),
        (another_shape, "cannot be read"),
        (another_release, "earlier version"),
    ],
)
def test_broken_weights_are_not_used_and_the_check_says_so(
    kept, own_folder, spoil, word
):
    spoil(own_folder)
    weights._in_use.cache_clear()
    assert trained().items is weights.shipped()
    assert weights.name_in_use() == weights.shipped_sha256()
    errors = io.StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("haicap_check", stdout=io.StringIO(), stderr=errors)
    assert word in errors.getvalue()


def test_a_whole_installation_passes_the_check(kept):
    out = io.StringIO()
    call_command("haicap_check", stdout=out)
    assert f"weights {kept.sha256[:16]}" in out.getvalue()


@pytest.mark.parametrize("spoil", [spoil_chain, lose_chain, another_release])
def test_one_can_go_back_from_what_is_broken(kept, own_folder, spoil):
    spoil(own_folder)
    assert lessons.back(by=None, at=NOON) == weights.shipped_sha256()
    assert weights.fault() == ""


@pytest.mark.parametrize("spoil", [spoil_chain, spoil_list, another_release])
def test_learning_anew_mends_what_is_broken(lesson, kept, own_folder, spoil):
    spoil(own_folder)
    lessons.keep(lesson=lesson, instead_of=weights.name_in_use(), by=None, at=NOON)
    assert weights.fault() == ""
    assert [one.sha256 for one in weights.versions()] == [kept.sha256]


def test_weights_of_an_earlier_release_are_nothing_to_go_back_to(
    lesson, kept, own_folder
):
    another_release(own_folder)
    other = learning.Lesson(lesson.chain + b"x", lesson.sure, 4, lesson.parts)
    lessons.keep(lesson=other, instead_of=weights.name_in_use(), by=None, at=NOON)
    assert lessons.back(by=None, at=NOON) == weights.shipped_sha256()


def test_a_disk_that_fails_leaves_everything_as_it_was(
    lesson, people, own_folder, monkeypatch
):
    replace = os.replace

    def fail(source, target):
        if str(target).endswith("items.json"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        lessons.keep(
            lesson=lesson, instead_of=weights.shipped_sha256(), by=None, at=NOON
        )
    assert not lines_of(Kind.WEIGHTS_LEARNED)
    assert not list(own_folder.glob("*.part"))
    assert trained().items is weights.shipped()


def test_the_last_versions_are_kept_and_no_more(lesson, people, own_folder):
    own_folder.mkdir()
    (own_folder / "half.part").touch()  # as a power cut leaves it
    for number in range(weights.KEPT + 2):
        other = learning.Lesson(
            lesson.chain + bytes(number + 1), lesson.sure, 4, lesson.parts
        )
        lessons.keep(lesson=other, instead_of=weights.name_in_use(), by=None, at=NOON)
    names = [one.sha256 for one in weights.versions()]
    assert len(names) == len(set(names)) == weights.KEPT
    assert {path.name for path in own_folder.iterdir()} == {
        "items.json",
        *(f"{name}.crfsuite" for name in names),
    }
    assert lessons.back(by=None, at=NOON) == names[-2] == weights.name_in_use()


def test_documents_of_one_name_are_each_left_out():
    documents = [
        replace(learning.look(sample(n), gazetteer()), name="1") for n in range(5)
    ]

    found = learning.left_out(documents, settings=QUICK)

    pairs = zip(found, documents, strict=True)
    assert all(one.document is document for one, document in pairs)


# What the package ships.


def test_the_shipped_documents_are_those_of_the_corpus():
    found = marked.samples([marked.CORPUS])
    assert learning.shipped_samples() == found, "run tools/train_items.py"
    path = marked.DATA / learning.PACKED
    assert path.stat().st_size < 1_000_000
    assert learning.pack(found) == learning.pack(found)


def test_a_text_with_every_kind_of_line_end_comes_back_as_it_was():
    odd = Sample("x", "a\u2028b\x85c\r\nd\x0be\n", (Item("reply", 0, 1),))
    assert learning.unpack(learning.pack([odd, odd])) == [odd, odd]


def test_a_document_that_was_withdrawn_teaches_nothing(check):
    document = check(1)
    Document.objects.filter(pk=document.pk).update(state="withdrawn")
    assert corrected() == []
