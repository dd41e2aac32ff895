"""Write the test vectors anew: `python -m tests.verifier.make_vectors`. Any implementation can prove itself on them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.votes import FORGERIES, PUBLIC, good_vote

FOLDER = Path(__file__).parent / "vectors"


def vectors() -> dict[str, str]:
    """Each file of the folder with its text."""
    lines, receipts = good_vote()
    chosen = [receipts[3].code, receipts[5].payload()]
    files = {"good.jsonl": "\n".join(lines) + "\n"}
    index: list[dict[str, object]] = [{"file": "good.jsonl", "names": [], "receipts": chosen, "key": PUBLIC.hex()}]
    for name, (forge, code) in FORGERIES.items():
        files[f"{name}.jsonl"] = "\n".join(forge(list(lines))) + "\n"
        index.append({"file": f"{name}.jsonl", "names": [code], "receipts": [], "key": ""})
    sm3, sm3_receipts = good_vote(algorithm="sm3")
    files["good-sm3.jsonl"] = "\n".join(sm3) + "\n"
    index.append({"file": "good-sm3.jsonl", "names": [], "receipts": [sm3_receipts[0].code], "key": ""})
    index.append({"file": "good.jsonl", "names": ["other_key"], "receipts": [], "key": "11" * 32})
    gone = [receipts[4].code]
    index.append({"file": "dropped.jsonl", "names": ["dropped", "no_receipt"], "receipts": gone, "key": ""})
    index.append({"file": "good.jsonl", "names": ["no_receipt"], "receipts": [receipts[4].code[:-1] + "W"], "key": ""})
    files["index.json"] = json.dumps(index, indent=1) + "\n"
    return files


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in vectors().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
