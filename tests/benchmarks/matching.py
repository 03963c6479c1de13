"""Time and peak memory of matching beside plain Whoosh OR search, on generated libraries.

    python -m tests.benchmarks.matching [--passages 100 1000 10000] [--questions 300]

Both answer the same questions in one process: Whoosh with its default OR search over the words,
matching with everything (concepts, features, drafts, explanations). bm25s is shown where it is
installed. Not a test: it takes minutes at 50,000 passages.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.query import Or, Term

from assistant.matching import Matcher
from assistant.matching.analysis import terms
from assistant.matching.words import words
from assistant.statement import Passage, Scope

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


def questionnaire(size: int) -> list[str]:
    """Return `size` questions of about 12 words."""
    draw = random.Random(2)
    return [
        f"Are {draw.choice(THINGS).strip()} and {draw.choice(THINGS).strip()} {draw.choice(DEEDS).strip()} "
        f"{draw.choice(WAYS).strip()}, and how are they {draw.choice(DEEDS).strip()}?"
        for _ in range(size)
    ]


def peak() -> float:
    """Return the most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plain(folder: Path, questions: list[str]) -> float:
    """Return the seconds Whoosh takes for an OR search of each question."""
    current = folder / (folder / "current").read_text(encoding="ascii")
    ix: Any = index.open_dir(str(current))
    start = time.process_time()
    with ix.searcher() as searcher:
        for question in questions:
            searcher.search(Or([Term("words", term) for term in dict.fromkeys(terms(words(question)))]), limit=10)
    return time.process_time() - start


def bm25s_seconds(passages: list[Passage], questions: list[str]) -> float | None:
    """Return the seconds bm25s takes, None where it is not installed."""
    try:
        import bm25s  # type: ignore[import-not-found]
    except ImportError:
        return None
    engine = bm25s.BM25()
    engine.index([terms(words(passage.text)) for passage in passages], show_progress=False)
    start = time.process_time()
    engine.retrieve([terms(words(question)) for question in questions], k=10, show_progress=False)
    return time.process_time() - start


def main() -> None:
    """Print one row per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", nargs="+", type=int, default=[100, 1000, 10_000])
    parser.add_argument("--questions", nargs="+", type=int, default=[300])
    parser.add_argument("--plain", type=int, default=60, help="questions Whoosh answers; its time is scaled up")
    options = parser.parse_args()
    print("passages questions   build s  reopen s   matching s  one, ms   Whoosh s   ratio   bm25s s   peak MiB")
    for size in options.passages:
        passages = library(size)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "index"
            start = time.process_time()
            Matcher(folder).refresh(passages)
            build = time.process_time() - start
            matcher = Matcher(folder)
            start = time.process_time()
            matcher.refresh(passages)
            reopen = time.process_time() - start
            for count in options.questions:
                questions = questionnaire(count)
                matcher.suggest(questions[:5], Scope("Product"), date(2026, 1, 1))
                start = time.process_time()
                matcher.suggest(questions, Scope("Product"), date(2026, 1, 1))
                took = time.process_time() - start
                memory = peak()
                start = time.process_time()
                for question in questions[:20]:
                    matcher.search(question, Scope("Product"), 10)
                one = (time.process_time() - start) / 20
                tried = questions[: options.plain]
                whoosh = plain(folder, tried) * count / len(tried)
                other = bm25s_seconds(passages, questions)
                print(
                    f"{size:8} {count:9} {build:9.2f} {reopen:9.2f} {took:12.3f} {one * 1000:8.1f} {whoosh:10.2f} "
                    f"{whoosh / took:7.1f} {f'{other:9.3f}' if other is not None else '        –'} {memory:10.0f}"
                )


if __name__ == "__main__":
    main()
