"""``make mutants``: do the tests notice small wrong changes? Not a part of the test suite.

Changes chapters, their facts and props, and the parts, one place at a time, runs the tests that
are about that file, and lists the changes after which all of them still pass.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from netglow.scenes.catalog import CLIPS
from tests.house.imports import ROOT, graph, sources
from tests.mutants.operators import Mutant, mutants

FOLDERS = ("scenes/facts", "scenes/props", "scenes/parts")
EXPLAINED = Path(__file__).with_name("explained.toml")
ENOUGH = 0.95
SECONDS = 400  # a change that never ends has been noticed, too


def main() -> int:
    """Run as asked; 1 if fewer than 95% are noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=240, help="how many changes (240)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at once")
    parser.add_argument("--only", nargs="+", default=[""], help="files whose path has one of these")
    asked = parser.parse_args()
    chosen = choose(asked.count, asked.seed, asked.only)
    print(f"{len(chosen)} changes, {asked.jobs} at once; seed {asked.seed}", flush=True)
    survivors = []
    with ThreadPoolExecutor(asked.jobs) as pool:
        for done, (mutant, noticed) in enumerate(pool.map(judged, chosen), 1):
            by = noticed.rpartition("/")[2] if noticed else "NOT NOTICED"
            print(f"{done:3} {mutant.name}\n      {by}", flush=True)
            if not noticed:
                survivors.append(mutant)
    return report(chosen, survivors)


def report(chosen: list[Mutant], survivors: list[Mutant]) -> int:
    """Print the closing lines; the exit code."""
    reasons = tomllib.loads(EXPLAINED.read_text("utf-8")) if EXPLAINED.exists() else {}
    for mutant in survivors:
        why = reasons.get(mutant.path, {}).get(mutant.after, "not explained")
        print(f"survived: {mutant.name}\n    {why}")
    share = 1 - len(survivors) / max(1, len(chosen))
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} noticed: {share:.1%}")
    return int(share < ENOUGH)


def choose(count: int, seed: int, only: list[str]) -> list[Mutant]:
    """Changes drawn at random, files and kinds taking turns, so that none outweighs the others."""
    tree = sources(*FOLDERS) | {
        path: source for path, source in sources("scenes").items() if path.count("/") == 1
    }
    programs = {
        path: source
        for path, source in tree.items()
        if any(part in path for part in only) and not path.endswith(("__init__.py", "catalog.py"))
    }
    rng = random.Random(seed)
    piles: list[list[Mutant]] = []
    for path, source in sorted(programs.items()):
        found = mutants(path, source, labels_for(path), facts_for(path))
        kinds = sorted({mutant.kind for mutant in found})
        for kind in kinds:
            piles.append([mutant for mutant in found if mutant.kind == kind])
    rng.shuffle(piles)
    chosen: list[Mutant] = []
    while len(chosen) < count and any(piles):
        for pile in piles:
            if pile and len(chosen) < count:
                chosen.append(pile.pop(rng.randrange(len(pile))))
    return chosen


def labels_for(path: str) -> set[str]:
    """The labels that a chapter may ask for."""
    words = ROOT / "assets" / "lang" / "en" / f"{PurePosixPath(path).stem}.toml"
    if path.count("/") > 1 or not words.exists():
        return set()
    return set(tomllib.loads(words.read_text("utf-8")).get("labels", {}))


def facts_for(path: str) -> dict[str, str]:
    """The facts that a chapter tells, with their types as they are written."""
    program = ROOT / "scenes" / "facts" / PurePosixPath(path).name
    if path.count("/") > 1 or not program.exists():
        return {}
    tree = ast.parse(program.read_text("utf-8"))
    return {
        node.target.id: ast.unparse(node.annotation)
        for made in tree.body
        if isinstance(made, ast.ClassDef)
        for node in made.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def judged(mutant: Mutant) -> tuple[Mutant, str]:
    """The change, and the test that noticed it; empty if none did."""
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / "changed.py"
        changed.write_text(mutant.source, "utf-8")
        environ = os.environ | {
            "NETGLOW_MUTANT": str(ROOT / mutant.path),
            "NETGLOW_MUTANT_SOURCE": str(changed),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NETGLOW_TEST_MEGABYTES": "4096",  # too much memory is not what is asked for here
        }
        for tests in tests_for(mutant.path):
            command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no"]
            command += ["-p", "tests.mutants.plugin", "-p", "no:cacheprovider", *tests]
            try:
                done = subprocess.run(
                    command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=SECONDS
                )
            except subprocess.TimeoutExpired:
                return mutant, "did not end"
            if done.returncode not in (0, 5):
                lines = [s for s in done.stdout.split("\n") if s.startswith(("FAILED", "ERROR"))]
                return mutant, lines[0] if lines else "could not run"
    return mutant, ""


def tests_for(path: str) -> list[list[str]]:
    """Runs of pytest, the quickest first, that are about a file."""
    clips = clips_of(path)
    room = PurePosixPath(path).parts
    runs = []
    if room[1] in ("parts", "props"):
        folder = f"tests/{'/'.join(room[1:-1])}"
        runs.append([folder])
    names = " or ".join(f"{clip.name}-" for clip in clips)
    runs.append(["tests/beats", "-k", names])
    if room[1] == "parts":
        return [*runs, ["tests/parts"]]
    runs.append(["tests/chapters/facts", "-k", names])
    runs += [[f"tests/chapters/test_{clip.module}.py"] for clip in clips]
    return runs


def clips_of(path: str) -> list:
    """The clips whose chapter uses a file, however indirectly."""
    links = graph(sources("scenes", "netcore"))
    users, new = {path}, {path}
    while new:
        new = {one for one, used in links.items() if used & new} - users
        users |= new
    return [clip for clip in CLIPS if f"scenes/{clip.module}.py" in users]


if __name__ == "__main__":
    sys.exit(main())
