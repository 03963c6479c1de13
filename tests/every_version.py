"""Install and run all tests on every supported Python that this machine has, and say which.

The checks (lint, types, spelling) and the tests in a browser run once, on the interpreter this is started
with. Needs nothing but the standard library. Exit status 0 when everything passed on every version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ((3, 11), (3, 12), (3, 13), (3, 14))


def works(interpreter: str, version: tuple[int, int]) -> bool:
    """Return whether `interpreter` runs and is of `version` (a shim may exist for one that is not selected)."""
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    done = subprocess.run([interpreter, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.split() == [str(part) for part in version]


def interpreters() -> dict[tuple[int, int], str]:
    """Return version -> interpreter, the running one first."""
    own = sys.version_info[:2]
    found = {own: sys.executable}
    for version in SUPPORTED:
        name = "python{}.{}".format(*version)
        candidates = [shutil.which(name)]
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
        candidates += [str(path) for path in sorted(pyenv.glob("{}.{}.*/bin/python".format(*version)), reverse=True)]
        for candidate in candidates:
            if version not in found and candidate and works(candidate, version):
                found[version] = candidate
    return found


def environment(interpreter: str, version: tuple[int, int]) -> Path:
    """Return the folder of the virtual environment for `version`, with all requirements installed."""
    folder = ROOT / (".venv" if interpreter == sys.executable else ".venv-{}.{}".format(*version))
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([interpreter, "-m", "venv", str(folder)], check=True)
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
         "-r", str(ROOT / "requirements-dev.txt")],
        check=True,
    )  # fmt: skip
    return folder


def main() -> int:
    """Run the checks, then the tests on each version."""
    found = interpreters()
    names = {version: "{}.{}".format(*version) for version in found}
    print("Python versions present:", ", ".join(names.values()), flush=True)
    failed = []
    for version, interpreter in found.items():
        folder = environment(interpreter, version)
        if interpreter == sys.executable:
            print("== checks", flush=True)
            for command in (
                ["ruff", "check", "."],
                ["ruff", "format", "--check", "."],
                ["mypy"],
                ["codespell", "knowledge", "templates", "README.md", "CHANGELOG.md"],
            ):
                if subprocess.run([str(folder / "bin" / command[0]), *command[1:]], cwd=ROOT, check=False).returncode:
                    failed.append(f"checks ({command[0]})")
        print(f"== tests on Python {names[version]}", flush=True)
        command = [str(folder / "bin" / "python"), "-m", "pytest", "-q", "-n", "auto", *sys.argv[1:]]
        if interpreter != sys.executable:
            # What a browser does with the pages does not depend on the Python behind them.
            command += ["-m", "not browser"]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(f"tests on Python {names[version]}")
    for name in failed:
        print("FAILED:", name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
