"""Time and peak memory of matching beside plain Whoosh OR search and bm25s, on generated libraries.

    python -m tests.benchmarks.matching [--passages 100 1000 10000 50000] [--questions 300 2000]

All three answer the same questions, each in a process of its own, so that its peak memory is its own
too: Whoosh with its default OR search over the words; bm25s over the same words; matching with
everything (concepts, features, drafts, choices, explanations) on the index as a server opens it.
Times are processor time; every engine has answered a few other questions before. Not a test: it
takes minutes at 50,000 passages.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.query import Or, Term

from assistant.matching import Matcher
from assistant.matching.analysis import terms
from assistant.matching.words import words
from assistant.statement import Passage, Scope

SCOPE, TODAY = Scope("Product"), date(2026, 1, 1)

THINGS = """customer data,source code,encryption keys,backups,access logs,audit logs,production systems,laptops,user
accounts,privileged accounts,passwords,API tokens,third-party libraries,containers,virtual machines,firewalls,network
zones,security events,incidents,vulnerabilities,patches,security policies,risk assessments,suppliers,subprocessors,
employees,contractors,data centers,visitors,disaster recovery plans,penetration tests,code changes,releases,databases,
storage volumes,web traffic,e-mail,mobile devices,certificates,secrets,personal data,payment cards,tenants,APIs,alerts,
security training,background checks,configuration baselines,cloud infrastructure,availability zones,retention periods
""".replace("\n", " ").split(",")
DEEDS = """encrypted,reviewed,rotated,monitored,logged,tested,restricted,approved,retained,deleted,scanned,patched,
replicated,restored,segregated,documented,assessed,notified,revoked,trained,classified,inventoried,hardened,verified
""".replace("\n", " ").split(",")
WAYS = """at least annually,every 90 days,around the clock,according to least privilege,with multi-factor login,
before release,upon termination,by an independent third party,using AES-256,over TLS 1.2,in the Frankfurt region,by the
security team,in a central store,for 365 days,as needed,after every change,at rest and in transit,by default
""".replace("\n", " ").split(",")


def sentence(draw: random.Random) -> str:
    """Return a claim of about 12 words."""
    thing, deed, way = draw.choice(THINGS).strip(), draw.choice(DEEDS).strip(), draw.choice(WAYS).strip()
    return (
        f"{thing.capitalize()} of project {draw.randrange(2000)} are {deed} {way} and {draw.choice(DEEDS).strip()} too."
    )


def library(size: int) -> list[Passage]:
    """Return `size` passages of about 40 words."""
    draw = random.Random(1)
    return [
        Passage(f"s{n // 50}.md", (n % 50 + 1, n % 50 + 1), " ".join(sentence(draw) for _ in range(3)), "Product")
        for n in range(size)
    ]


def questionnaire(size: int, seed: int = 2) -> list[str]:
    """Return `size` questions of about 12 words, others for another `seed`."""
    draw = random.Random(seed)
    return [
        f"Are {draw.choice(THINGS).strip()} and {draw.choice(THINGS).strip()} {draw.choice(DEEDS).strip()} "
        f"{draw.choice(WAYS).strip()}, and how are they {draw.choice(DEEDS).strip()}?"
        for _ in range(size)
    ]


def matching(folder: Path, size: int) -> Callable[[Sequence[str]], object]:
    """Return matching over the index in `folder`, which it builds where there is none yet."""
    matcher = Matcher(folder)
    matcher.refresh(library(size))
    return lambda questions: matcher.suggest(questions, SCOPE, TODAY)


def plain(folder: Path, size: int) -> Callable[[Sequence[str]], object]:
    """Return Whoosh's own OR search over the words of the index in `folder`, with its own scores."""
    current = folder / (folder / "current").read_text(encoding="ascii")
    ix: Any = index.open_dir(str(current))
    assert ix.doc_count() == size
    searcher = ix.searcher()
    return lambda questions: [
        searcher.search(Or([Term("words", term) for term in dict.fromkeys(terms(words(question)))]), limit=10)
        for question in questions
    ]


def bm25s(folder: Path, size: int) -> Callable[[Sequence[str]], object]:
    """Return bm25s over the words of the same passages; it keeps nothing in `folder`."""
    import bm25s as engine

    retriever = engine.BM25()
    retriever.index([terms(words(passage.text)) for passage in library(size)], show_progress=False)
    return lambda questions: retriever.retrieve(
        [terms(words(question)) for question in questions], k=10, show_progress=False
    )


ENGINES: Mapping[str, Callable[[Path, int], Callable[[Sequence[str]], object]]] = {
    "matching": matching,
    "whoosh": plain,
    "bm25s": bm25s,
}


def measured(name: str, folder: Path, size: int, count: int, tried: int, rounds: int) -> Mapping[str, float]:
    """Return what one engine takes in this process: to be ready, for `count` questions, for one; and its memory.

    It answers `tried` of them, and the time is scaled up: the median of `rounds`, each with other questions.
    """
    start = time.process_time()
    answer = ENGINES[name](folder, size)
    ready = time.process_time() - start
    answer(questionnaire(5, seed=0))
    took, single = [], []
    for seed in range(2, 2 + rounds):
        questions = questionnaire(tried, seed)
        start = time.process_time()
        answer(questions)
        took.append((time.process_time() - start) * count / tried)
    for question in questionnaire(20, seed=1):
        start = time.process_time()
        answer([question])
        single.append(time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"ready": ready, "took": statistics.median(took), "one": statistics.median(single), "memory": memory}


def apart(name: str, folder: Path, size: int, count: int, options: argparse.Namespace) -> Mapping[str, float]:
    """Return what `measured` tells in a fresh process."""
    tried = min(count, options.plain) if name == "whoosh" else count
    rounds = 1 if name == "whoosh" else options.rounds
    command = [sys.executable, "-m", "tests.benchmarks.matching", "--engine", name, "--folder", str(folder)]
    command += ["--passages", str(size), "--questions", str(count), "--plain", str(tried), "--rounds", str(rounds)]
    told: Mapping[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return told


def main() -> None:
    """Print a row for each engine, number of passages and number of questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", nargs="+", type=int, default=[100, 1000, 10_000])
    parser.add_argument("--questions", nargs="+", type=int, default=[300])
    parser.add_argument("--plain", type=int, default=60, help="questions Whoosh answers; its time is scaled up")
    parser.add_argument("--rounds", type=int, default=3, help="times the others answer, each time other questions")
    parser.add_argument("--engine", choices=ENGINES, help="measure this one here, and print JSON")
    parser.add_argument("--folder", type=Path, help="where the index is")
    options = parser.parse_args()
    if options.engine:
        (size,), (count,) = options.passages, options.questions
        print(json.dumps(measured(options.engine, options.folder, size, count, options.plain, options.rounds)))
        return
    print("passages questions  engine     ready s    all, s   one, ms   Whoosh / it   peak MiB")
    for size in options.passages:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "index"
            # In a process of its own, too: a child's peak memory begins with what its parent held.
            built = apart("matching", folder, size, 1, options)["ready"]
            print(f"{size:8}            (the index is built in {built:.1f} s)", flush=True)
            for count in options.questions:
                told = {engine: apart(engine, folder, size, count, options) for engine in ENGINES}
                for engine, one in told.items():
                    ratio = told["whoosh"]["took"] / one["took"]
                    print(
                        f"{size:8} {count:9}  {engine:8} {one['ready']:9.2f} {one['took']:9.3f} "
                        f"{one['one'] * 1000:9.1f} {ratio:13.1f} {one['memory']:10.0f}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
