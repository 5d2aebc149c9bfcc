"""
Premises: which surplus building serves which need, and which is handed over.

    problem   buildings, needs, budgets, what suits what; its JSON
    model     the linear model: each need is served by one building from one year on
    patterns  whole buildings as columns, for many ways
    search    the aims in their order
    solve     the most needed space, near its people, for the least money
    check     a judge that counts anew
    why       what a building does for a need, what another choice costs
    relax     which limits have to give way
    front     what more or less money would bring
    tables    a plan as tables
    generate  a made-up problem
"""

from haicap.core.optimise.premises.check import check
from haicap.core.optimise.premises.front import front
from haicap.core.optimise.premises.generate import generate
from haicap.core.optimise.premises.problem import Choice, Move, Problem, read, write
from haicap.core.optimise.premises.relax import relax
from haicap.core.optimise.premises.solve import solve
from haicap.core.optimise.premises.tables import tables
from haicap.core.optimise.premises.why import explain, why_not


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
