"""Seconds people by Timefold's local search: `python plan_timefold.py SECONDS < problem.json`."""

import json
import sys
import time
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    constraint_provider,
)


@dataclass
class Cell:
    """A field in a unit: what is missing there, and how much that counts."""

    id: int
    gap: int  # hundredths of a post, below nothing where there are more
    weight: int
    spare: int  # people who may leave


@dataclass
class Way:
    """A cell that somebody can serve."""

    cell: Cell
    posts: int


@planning_entity
@dataclass
class Person:
    """Who may be sent, and where; nowhere at first."""

    id: Annotated[int, PlanningId]
    post: Cell
    ways: Annotated[list[Way], ValueRangeProvider]
    way: Annotated[Way | None, PlanningVariable(allows_unassigned=True)] = field(
        default=None
    )


@planning_solution
@dataclass
class Plan:
    """All people, and what the plan is worth."""

    people: Annotated[list[Person], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider
def limits(factory: ConstraintFactory) -> list[Constraint]:
    """Return the floors of the donors, and the weighted hundredths of posts that are filled."""
    return [
        factory.for_each(Person)
        .group_by(lambda one: one.post, ConstraintCollectors.count())
        .filter(lambda post, n: n > post.spare)
        .penalize(HardSoftScore.ONE_HARD, lambda post, n: n - post.spare)
        .as_constraint("floor"),
        factory.for_each(Person)
        .group_by(
            lambda one: one.way.cell,
            ConstraintCollectors.sum(lambda one: one.way.posts),
        )
        .filter(lambda cell, posts: cell.gap > 0)
        .reward(
            HardSoftScore.ONE_SOFT,
            lambda cell, posts: cell.weight * min(cell.gap, posts),
        )
        .as_constraint("filled"),
        factory.for_each(Person)
        .group_by(lambda one: one.post, ConstraintCollectors.count())
        .filter(lambda post, n: 100 * n + post.gap > 0)
        .penalize(
            HardSoftScore.ONE_SOFT,
            lambda post, n: post.weight * min(100 * n, 100 * n + post.gap),
        )
        .as_constraint("left behind"),
    ]


def main() -> None:
    """Read cells and people, search, write the filled posts and who goes where."""
    data = json.load(sys.stdin)
    cells = [Cell(at, *row) for at, row in enumerate(data["cells"])]
    people = [
        Person(at, cells[post], [Way(cells[cell], posts) for cell, posts in ways])
        for at, (post, ways) in enumerate(data["people"])
    ]
    began = time.monotonic()
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Person],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=limits
        ),
        termination_config=TerminationConfig(
            spent_limit=Duration(seconds=int(float(sys.argv[1])))
        ),
    )
    plan = SolverFactory.create(config).build_solver().solve(Plan(people))
    json.dump(
        {
            "seconds": time.monotonic() - began,
            "hard": plan.score.hard_score,
            "soft": plan.score.soft_score,
            "ways": [
                [one.way.cell.id, one.way.posts] if one.way else None
                for one in plan.people
            ],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
