"""
The console command `haicap`.

    read      find the statements in documents
    table     those statements as a table in a terminal
    group     group recommendations that ask for the same
    due       say when a period ends, and why
    plan      make a plan from a problem in a file
    terminal  what is said to the person: progress, complaints, their language

`read`, `group`, `due` and `plan` need no database and no settings; every other subcommand is a
management command of the same name. Each is loaded only when it is called.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from haicap import __version__
from haicap.cli.terminal import complain, say
from haicap.core.errors import BadInput, HaicapError


BAD_INPUT: Final = 2

#: The options of `due` that give a period.
PERIODS: Final = {
    "working": "working days",
    "days": "calendar days",
    "months": "months",
    "hours": "hours of work",
}

#: What `plan` can plan, with the line that its help shows.
PLANNERS: Final = {
    "secondment": "who goes to which commune for a while",
    "premises": "which surplus building serves which need",
    "boards": "which communes share a board or a service centre",
    "portfolio": "which projects are funded, and when",
}

#: Subcommands that need the database, with the line that `haicap --help` shows.
DELEGATED: Final = {
    "demo": "set up a demonstration, read a document into it, and serve it",
    "serve": "serve the pages",
    "worker": "read waiting documents and do other jobs",
    "learn": "train the reader on what persons corrected, and say what changed",
    "load": "load reference data: units, agencies, holidays, routing",
    "export": "write lists and tables as files",
    "check": "check the ledger, the files and the settings",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; what comes back is the exit code of the process."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in DELEGATED:
        # Their options are their own: they are parsed where they are understood.
        return _guarded(lambda: _delegate(arguments[0], arguments[1:]))
    options = _parser().parse_args(arguments)
    return _guarded(lambda: options.run(options))


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except HaicapError as error:
        complain(say(error))
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; there is nobody to tell.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return 0
    except KeyboardInterrupt:
        complain("stopped")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="haicap",
        description="Listen, synthesise, resolve, verify: what communes recommend, "
        "followed to its answer.",
        epilog="`haicap COMMAND --help` tells more of each command.",
    )
    parser.add_argument("--version", action="version", version=f"haicap {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    read = commands.add_parser(
        "read",
        help="find the statements in documents; no database needed",
        description="Find difficulties, recommendations, replies, directives and "
        "results in .docx, .xlsx, .pdf, .txt and .md files.",
    )
    read.add_argument("files", nargs="+", metavar="FILE", type=Path)
    read.add_argument(
        "--jsonl", metavar="DIR", type=Path, help="write DIR/<stem>.jsonl for each file"
    )
    read.add_argument(
        "--json", action="store_true", help="print one JSON object a statement"
    )
    read.set_defaults(run=_read)

    group = commands.add_parser(
        "group",
        help="group recommendations that ask for the same; no database needed",
        description="Group the recommendations in the .jsonl files that `haicap read "
        "--jsonl DIR` wrote. Only groups of two or more are written.",
    )
    group.add_argument("folder", metavar="DIR", type=Path)
    group.add_argument("--csv", metavar="OUT", type=Path, required=True)
    group.set_defaults(run=_group)

    due = commands.add_parser(
        "due",
        help="say when a period ends, and why; no database needed",
        description="Count a period received on a day under Vietnam's working "
        "calendar. The day of receipt is day 0.",
    )
    due.add_argument("date", metavar="DATE", help="2026-01-05 or 05/01/2026")
    for option, words in PERIODS.items():
        due.add_argument(f"--{option}", metavar="N", help=f"so many {words}")
    due.add_argument("--received", metavar="HH:MM", help="the time of receipt")
    due.add_argument(
        "--cutoff",
        metavar="HH:MM",
        help="what is received later counts as received on the next working day",
    )
    due.add_argument("--json", action="store_true", help="print one JSON object")
    due.set_defaults(run=_due)

    _add_plan(commands)

    secret = commands.add_parser(
        "secret",
        help="make the secret of this installation",
        description="Make the secret that signs sessions, in the folder HAICAP_VAR "
        "(default: var), unless it is already there.",
    )
    secret.set_defaults(run=_secret)

    for name, line in DELEGATED.items():
        commands.add_parser(name, help=line, add_help=False)
    return parser


def _add_plan(commands: Any) -> None:
    plan = commands.add_parser(
        "plan",
        help="make a plan that is proven and explains itself; no database needed",
        description="Read a problem, find the best plan, and say how good it is. "
        "Ctrl-C ends the search with the best plan so far.",
    )
    kinds = plan.add_subparsers(metavar="PLANNER", required=True)
    for name, line in PLANNERS.items():
        kind = kinds.add_parser(name, help=line, description=f"Plan {line}.")
        kind.add_argument("problem", metavar="PROBLEM.json", type=Path)
        kind.add_argument("--seconds", metavar="S", type=_seconds, default=30.0)
        kind.add_argument("--seed", metavar="N", type=int, default=0)
        kind.add_argument("--json", action="store_true", help="print the whole result")
        kind.add_argument(
            "--out", metavar="DIR", type=Path, help="write result.json and plan.xlsx"
        )
        kind.set_defaults(run=_plan, planner=name)
    made_up = kinds.add_parser(
        "generate",
        help="a made-up problem on the real communes",
        description="Write a made-up problem; the same seed gives the same problem.",
    )
    made_up.add_argument("planner", choices=PLANNERS)
    made_up.add_argument("--units", type=int, choices=(129, 3321), default=129)
    made_up.add_argument("--seed", metavar="N", type=int, default=0)
    made_up.add_argument("--out", metavar="FILE", type=Path)
    made_up.set_defaults(run=_generate)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError("more than 0 and at most 86400 seconds")
    return seconds


def _read(options: argparse.Namespace) -> int:
    from haicap.cli import read  # noqa: PLC0415 - light start-up

    n_bad = read.run(options.files, folder=options.jsonl, as_json=options.json)
    return BAD_INPUT if n_bad else 0


def _group(options: argparse.Namespace) -> int:
    from haicap.cli import group  # noqa: PLC0415 - light start-up

    group.run(options.folder, out=options.csv)
    return 0


def _due(options: argparse.Namespace) -> int:
    from haicap.cli import due  # noqa: PLC0415 - light start-up

    given = {name: value for name in PERIODS if (value := getattr(options, name))}
    due.run(
        options.date,
        given,
        received=options.received,
        cutoff=options.cutoff,
        as_json=options.json,
    )
    return 0


def _plan(options: argparse.Namespace) -> int:
    from haicap.cli import plan  # noqa: PLC0415 - light start-up

    has_plan = plan.run(
        options.planner,
        options.problem,
        seconds=options.seconds,
        seed=options.seed,
        as_json=options.json,
        folder=options.out,
    )
    return 0 if has_plan else BAD_INPUT


def _generate(options: argparse.Namespace) -> int:
    from haicap.cli import plan  # noqa: PLC0415 - light start-up

    plan.generate(
        options.planner, n_units=options.units, seed=options.seed, out=options.out
    )
    return 0


def _secret(options: argparse.Namespace) -> int:
    from haicap.config import secret  # noqa: PLC0415 - light start-up

    print(secret.ensure())
    return 0


def _delegate(name: str, arguments: list[str]) -> int:
    from haicap.config import secret  # noqa: PLC0415 - light start-up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
    if {"-h", "--help"} & set(arguments):
        os.environ.setdefault("HAICAP_NO_SECRET", "1")
    elif name == "demo":
        secret.ensure()
    import django  # noqa: PLC0415 - light start-up
    from django.core.exceptions import (  # noqa: PLC0415 - light start-up
        ImproperlyConfigured,
    )
    from django.core.management import (  # noqa: PLC0415 - light start-up
        get_commands,
        load_command_class,
    )

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadInput(str(error).replace("%", "%%"), name=name) from error
    command = f"haicap_{name}"
    app = get_commands().get(command)
    if app is None:
        raise BadInput("`haicap %(name)s` is not part of this installation.", name=name)
    loaded = load_command_class(app, command) if isinstance(app, str) else app
    try:
        # With these two words its usage and its errors read "haicap demo".
        loaded.run_from_argv(["haicap", name, *arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0
