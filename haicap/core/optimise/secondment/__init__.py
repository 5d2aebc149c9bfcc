"""
Secondment: who goes to which commune for a while.

    problem   units, fields, people, what is allowed; its JSON
    ways      every way somebody can go
    greedy    a first plan in some hundredths of a second
    model     the linear model over the ways
    measure   what a plan leaves missing
    search    the aims in their order, with their proof
    solve     a search from nothing, or from a known plan
    country   one province after another
    check     a judge that counts anew
    why       what a move brings, what another choice costs
    relax     which limits have to give way
    front     what more moves would bring
    tables    a plan as tables
    generate  a made-up problem
"""

from haicap.core.optimise.secondment.check import check
from haicap.core.optimise.secondment.country import solve_by_province
from haicap.core.optimise.secondment.front import front
from haicap.core.optimise.secondment.generate import generate
from haicap.core.optimise.secondment.problem import (
    Choice,
    Move,
    Problem,
    read,
    write,
)
from haicap.core.optimise.secondment.relax import relax
from haicap.core.optimise.secondment.solve import solve
from haicap.core.optimise.secondment.tables import tables
from haicap.core.optimise.secondment.why import explain, why_not


__all__ = [
    "Choice",
    "Move",
    "Problem",
    "check",
    "explain",
    "front",
    "generate",
    "read",
    "relax",
    "solve",
    "solve_by_province",
    "tables",
    "why_not",
    "write",
]
