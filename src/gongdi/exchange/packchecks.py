"""Everything that can be wrong in a pack's folder (政策包检查), its worked cases and its list of sections included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gongdi.core.policy.falling import resting_faults
from gongdi.core.policy.packs import Library, Pack, PackFault
from gongdi.core.policy.packtext import parse_pack
from gongdi.core.policy.sections import coverage_faults
from gongdi.core.policy.soundness import soundness_faults
from gongdi.core.policy.vocabulary import NOT_REGULATED
from gongdi.exchange.packcases import WorkedCase, case_fault, read_cases, untested
from gongdi.exchange.packfiles import folder_texts, load_vocabulary, read_pack, shipped_folder


@dataclass(frozen=True, slots=True)
class CaseRun:
    """The worked cases of one pack put to the engine (示例运行结果)."""

    slug: str
    cases: tuple[WorkedCase, ...]
    faults: tuple[PackFault, ...]
    """Lines that are no case, and cases that do not agree."""


def pack_faults(slug: str, folder: Path | None = None) -> list[PackFault]:
    """Everything wrong in one pack: texts, soundness, sections, levels above, worked cases, what they leave untried."""
    pack, faults = opened(slug, folder)
    if pack is None:
        return faults
    return _checked(pack, folder_texts((folder or shipped_folder()) / slug), _levels(pack, folder))


def checked_texts(slug: str, texts: Mapping[str, str]) -> tuple[Pack | None, list[PackFault]]:
    """A pack of texts at hand, or None when it cannot be read; and everything wrong in it either way."""
    pack, faults = parse_pack(slug, texts, load_vocabulary())
    return (None, faults) if pack is None else (pack, _checked(pack, texts, _levels(pack, None)))


def _checked(pack: Pack, texts: Mapping[str, str], levels: Library) -> list[PackFault]:
    run = _run(pack, texts)
    return [
        *soundness_faults(pack),
        *coverage_faults(pack),
        *resting_faults(pack, levels),
        *run.faults,
        *untested(pack, run.cases, _library(pack)),
    ]


def opened(slug: str, folder: Path | None = None) -> tuple[Pack | None, list[PackFault]]:
    """The pack of that folder, or why it cannot be read."""
    if not ((folder or shipped_folder()) / slug / "pack.toml").is_file():
        return None, [PackFault(slug, 0, "", "没有这个政策包", "文件夹中须有 pack.toml")]
    return read_pack(slug, folder)


def run_cases(pack: Pack, folder: Path | None = None) -> CaseRun:
    """Put every worked case of a pack to it."""
    return _run(pack, folder_texts((folder or shipped_folder()) / pack.slug))


def _run(pack: Pack, texts: Mapping[str, str]) -> CaseRun:
    cases: list[WorkedCase] = []
    faults: list[PackFault] = []
    library, orphans = _library(pack), set[str]()
    for case in read_cases(pack, texts, library.vocabulary):
        if isinstance(case, WorkedCase) and _orphan(case, pack):
            name = case.question.decision
            if name not in orphans:
                orphans.add(name)
                word = library.vocabulary.decisions[name].zh if name in library.vocabulary.decisions else name
                told = f"有“{word}”（{name}）的示例，却没有它的决策表"
                remedy = f"请补上“{word}”表（tables/{name}.csv）；文件没有规定的，删去示例"
                faults.append(PackFault(case.place, 0, "", told, remedy))
        elif isinstance(case, WorkedCase):
            cases.append(case)
            fault = case_fault(case, library)
            faults.extend([fault] if fault else [])
        else:
            faults.append(case)
    return CaseRun(pack.slug, tuple(cases), tuple(faults))


def _orphan(case: WorkedCase, pack: Pack) -> bool:
    """A case of a decision that the pack has no table for, and that expects an answer all the same."""
    return case.question.decision not in pack.tables and case.expect.get("outcome") != NOT_REGULATED


def _levels(pack: Pack, folder: Path | None) -> Library:
    """The packs that a pack rests on: of its own folder, else shipped."""
    found = {slug: opened(slug, folder)[0] or opened(slug)[0] for slug in pack.rests_on}
    return Library(load_vocabulary(), {slug: above for slug, above in found.items() if above is not None})


def _library(pack: Pack) -> Library:
    return Library(load_vocabulary(), {pack.slug: pack})
