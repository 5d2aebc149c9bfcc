"""The odds that our arrays tell are those that CRFsuite itself tells."""

import pycrfsuite
import pytest

from haicap.core.text import chain
from haicap.core.text.chain import Chain


DOCUMENTS = [
    ([["w=xã", "n=1"], ["w=đề", "2=đề_nghị"], ["w=sửa"], ["w=cống"]], "O B I I"),
    ([["w=đã"], ["w=sửa", "n=1"], ["w=xong", "w=xong"]], "O O O"),
    ([["w=mong"], ["w=sửa"], ["w=đường", "n=1"], ["w=ạ"]], "B I I O"),
]
UNSEEN = [["w=xã", "n=1"], ["w=mong", "w=chưa_gặp"], ["w=sửa"], ["w=lạ"], ["w=cống"]]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    trainer = pycrfsuite.Trainer(verbose=False)
    for seen, labels in DOCUMENTS:
        trainer.append(seen, labels.split())
    path = tmp_path_factory.mktemp("chain") / "model"
    trainer.train(str(path))
    return path.read_bytes()


def told_by_crfsuite(model, seen):
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    tagger.set(pycrfsuite.ItemSequence(seen))
    return [
        {label: tagger.marginal(label, i) for label in sorted(tagger.labels())}
        for i in range(len(seen))
    ]


@pytest.mark.parametrize("seen", [UNSEEN, UNSEEN[:1], UNSEEN * 300])
@pytest.mark.parametrize("at_once", [2, 1_024])
def test_the_odds_are_those_of_crfsuite(model, seen, at_once, monkeypatch):
    monkeypatch.setattr(chain, "AT_ONCE", at_once)
    told = Chain.of(model).odds(seen)
    known = told_by_crfsuite(model, seen)
    assert [list(table) for table in told] == [list(table) for table in known]
    for mine, theirs in zip(told, known, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-12)


def test_no_pieces_have_no_odds(model):
    assert Chain.of(model).odds([]) == []


@pytest.mark.parametrize("data", [b"", b"lCRF", b"PK" * 40])
def test_what_is_no_model_is_refused(data):
    with pytest.raises(ValueError, match="no model of CRFsuite"):
        Chain.of(data)
