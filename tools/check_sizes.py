#!/usr/bin/env python3
"""Hold the size of things: files of at most 500 lines, functions of at most 60, paths of at most 140 characters."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

MOST_LINES = {".py": 500, ".html": 200, ".js": 500, ".css": 500}
ONE_FILE_BY_PROMISE = {"src/gongdi/verifier/verify.py": 660}
"""What people download and read as one file cannot be split by subject."""
MOST_FUNCTION_LINES = 60
MOST_PATH = 140


def long_functions(path: Path) -> list[str]:
    """The functions of a file that are too long."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    ]


def faults() -> list[str]:
    """Everything too long among the files that git knows."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()
    found = [f"{name}: the path is too long" for name in listed if len(name) > MOST_PATH]
    for path in (Path(name) for name in listed if "/migrations/" not in name):
        most = ONE_FILE_BY_PROMISE.get(str(path), MOST_LINES.get(path.suffix))
        if most is None or not path.exists():
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > most:
            found.append(f"{path}: {lines} lines, at most {most}")
        if path.suffix == ".py":
            found.extend(long_functions(path))
    return found


if __name__ == "__main__":
    wrong = faults()
    print(*wrong, sep="\n")
    sys.exit(1 if wrong else 0)
