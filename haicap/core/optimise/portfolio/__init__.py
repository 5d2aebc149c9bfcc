"""
Portfolio: which projects are funded, and when.

    problem   projects, weights, budgets, what has to be kept; its JSON
    model     the linear model over the starts
    search    doubtful projects first, then all
    solve     the most benefit within the budgets
    check     a judge that counts anew
    why       what a project brings, what another choice costs
    relax     which budgets and floors have to give way
    front     what more or less money would bring
    robust    ranges of ranks and the stable core when weights are not certain
    tables    a portfolio as tables
    generate  a made-up problem
"""

from haicap.core.optimise.portfolio.check import check
from haicap.core.optimise.portfolio.front import front
from haicap.core.optimise.portfolio.generate import generate
from haicap.core.optimise.portfolio.problem import Choice, Move, Problem, read, write
from haicap.core.optimise.portfolio.relax import relax
from haicap.core.optimise.portfolio.robust import ranks, stable_core
from haicap.core.optimise.portfolio.solve import solve
from haicap.core.optimise.portfolio.tables import tables
from haicap.core.optimise.portfolio.why import explain, why_not


__all__ = [
    "Choice",
    "Move",
    "Problem",
    "check",
    "explain",
    "front",
    "generate",
    "ranks",
    "read",
    "relax",
    "solve",
    "stable_core",
    "tables",
    "why_not",
    "write",
]
