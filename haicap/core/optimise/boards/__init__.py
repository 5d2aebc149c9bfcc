"""
Boards: which communes share a project board or a service centre.

    problem   communes, the road, what holds for each; its JSON
    search    good sets of boards by exchange, and who is served by which
    bound     what no set of boards can beat
    model     the linear model over the services that can still matter
    solve     the aims in their order, with their proof
    check     a judge that counts anew
    why       what a service means, what another choice costs
    relax     which limits have to give way
    front     what more boards would bring
    tables    a plan as tables
    generate  a made-up problem
"""

from haicap.core.optimise.boards.check import check
from haicap.core.optimise.boards.front import front
from haicap.core.optimise.boards.generate import generate
from haicap.core.optimise.boards.problem import Choice, Move, Problem, read, write
from haicap.core.optimise.boards.relax import relax
from haicap.core.optimise.boards.solve import solve
from haicap.core.optimise.boards.tables import tables
from haicap.core.optimise.boards.why import explain, why_not


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
    "tables",
    "why_not",
    "write",
]
