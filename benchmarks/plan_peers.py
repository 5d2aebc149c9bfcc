"""What plans stand beside: the office's own method, and others' solvers in their own process."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.web import environment
from haicap.core.optimise.secondment.model import build
from haicap.core.optimise.secondment.problem import HUNDREDTHS, Move, Problem
from haicap.core.optimise.secondment.ways import Ways


HERE = Path(__file__).resolve().parent


def ask(python: Path, script: str, data: dict[str, Any], *words: str) -> dict[str, Any]:
    """Return what a peer answers to a problem."""
    done = subprocess.run(
        [str(python), str(HERE / "peer" / script), *words],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def seconded_by_hand(problem: Problem) -> tuple[Move, ...]:
    """Return the plan of a spreadsheet: worst share first, nearest unit with a surplus."""
    have = problem.present.astype(float)
    count = problem.present.copy()
    free: dict[int, list[int]] = {}
    for at, person in enumerate(problem.people):
        if problem.is_free(person):
            free.setdefault(person.home, []).append(at)
    given_up: set[tuple[int, int]] = set()
    moves: list[Move] = []
    while True:
        share = np.maximum(0, problem.need - have) / np.maximum(problem.need, 1)
        for cell in given_up:
            share[cell] = 0
        unit, name = map(int, np.unravel_index(share.argmax(), share.shape))
        if share[unit, name] <= 1e-9:
            return tuple(moves)
        found = _nearest(problem, unit, name, count, free)
        if found is None:
            given_up.add((unit, name))
            continue
        at, posts = found
        person = problem.people[at]
        free[person.home].remove(at)
        count[person.home, person.skills[0].field] -= 1
        have[person.home, person.skills[0].field] -= 1
        have[unit, name] += posts
        moves.append(Move(person.id, problem.units[unit].id, problem.fields[name]))


def _nearest(
    problem: Problem, unit: int, name: int, count: Any, free: dict[int, list[int]]
) -> tuple[int, float] | None:
    for home in np.argsort(problem.km[:, unit], kind="stable").tolist():
        if problem.km[home, unit] > problem.max_km:
            return None
        if home == unit:
            continue
        for at in free.get(home, ()):
            person = problem.people[at]
            post = home, person.skills[0].field
            if count[post] <= max(problem.floor[post], problem.need[post]):
                continue
            for skill in person.skills:
                if skill.field == name:
                    return at, skill.posts
    return None


def seconded_by_timefold(
    peers: Path, problem: Problem, ways: Ways, seconds: float
) -> dict[str, Any] | None:
    """
    Return the weighted posts that Timefold's plan leaves missing, and its seconds.

    None where there is no Java.
    """
    if shutil.which("java") is None:
        return None
    gap = (problem.need - problem.present).ravel() * HUNDREDTHS
    spare = np.maximum(0, problem.present - problem.floor).ravel()
    weight = problem.weight.ravel()
    cells = np.column_stack([gap, weight.round().astype(int), spare]).tolist()
    people, posts = [], []
    for at, group in enumerate(ways.groups):
        mine = ways.group == at
        options = np.column_stack([ways.cell[mine], ways.posts[mine]]).tolist()
        post = group.home * len(problem.fields) + group.post
        people += [[post, options]] * len(group.people)
        posts += [post] * len(group.people)
    data = {"cells": cells, "people": people}
    answer = ask(peers, "plan_timefold.py", data, str(seconds))
    after = gap.astype(float)
    for post, way in zip(posts, answer["ways"], strict=True):
        if way is not None:
            after[post] += HUNDREDTHS
            after[way[0]] -= way[1]
    missing = float(weight @ np.maximum(0, after)) / HUNDREDTHS
    return {"missing": missing, "seconds": answer["seconds"], "hard": answer["hard"]}


def secondment_for_cp_sat(problem: Problem, ways: Ways) -> dict[str, Any]:
    """Return the model of fewest missing posts in whole numbers."""
    built = build(problem, ways)
    weight = problem.weight.ravel()[built.cells]
    n = ways.n
    rows: list[dict[str, Any]] = []
    for group in range(len(ways.groups)):
        mine = np.flatnonzero(ways.group == group)
        if mine.size:
            ones = [1] * mine.size
            room = int(ways.room[group])
            rows.append(
                {"columns": mine.tolist(), "values": ones, "low": 0, "high": room}
            )
    k = len(problem.fields)
    post = np.array([g.home * k + g.post for g in ways.groups])[ways.group]
    spare = np.maximum(0, problem.present - problem.floor).ravel()
    for cell in np.unique(post):
        mine = np.flatnonzero(post == cell)
        ones = [1] * mine.size
        most = int(spare[cell])
        rows.append({"columns": mine.tolist(), "values": ones, "low": 0, "high": most})
    for place, cell in enumerate(built.cells.tolist()):
        come = np.flatnonzero(ways.cell == cell)
        go = np.flatnonzero(post == cell)
        rows.append(
            {
                "columns": [*come.tolist(), *go.tolist(), n + place],
                "values": [*ways.posts[come].tolist(), *[-HUNDREDTHS] * go.size, 1],
                "low": int(built.gap[place]),
                "high": 10**9,
            }
        )
    need = problem.need.ravel()[built.cells] * HUNDREDTHS
    return {
        "low": [0] * (n + built.cells.size),
        "high": [*ways.room[ways.group].tolist(), *need.tolist()],
        "cost": [*[0] * n, *(weight * 10).round().astype(int).tolist()],
        "rows": rows,
    }
