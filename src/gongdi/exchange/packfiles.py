"""Reading policy packs from their folders; what they mean is core's matter."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from gongdi.core.policy.packs import Library, Pack, PackFault
from gongdi.core.policy.packtext import deciding_texts, digest_of, parse_pack
from gongdi.core.policy.vocabulary import Vocabulary, parse_vocabulary
from gongdi.core.scoring.scheme import ScoringScheme, parse_scheme

DICTIONARY = "dictionary"


class PacksUnusableError(Exception):
    """Packs that cannot be loaded; the text names every fault."""

    def __init__(self, faults: list[PackFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


TEXTS = (".csv", ".toml", ".jsonl", ".md")
"""What the files of a pack are."""


def shipped_folder() -> Path:
    """The folder of the packs that come with Gongdi."""
    return Path(str(resources.files("gongdi"))) / "packs"


def folder_texts(folder: Path) -> dict[str, str]:
    """Every text of one pack's folder, by its path inside the folder."""
    names = sorted(path for path in folder.rglob("*") if path.suffix in TEXTS)
    return {path.relative_to(folder).as_posix(): decoded(path.read_bytes()) for path in names}


def decoded(body: bytes) -> str:
    """UTF-8, or else the code that spreadsheets of an office save by default (GB 18030); lines end in a newline.

    Raises:
        UnicodeDecodeError: neither of the two.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030")
    return text.replace("\r\n", "\n")


@cache
def load_vocabulary() -> Vocabulary:
    """The shared vocabulary: facts, decisions, outcomes, values, items."""
    return parse_vocabulary(folder_texts(shipped_folder() / DICTIONARY))


def pack_slugs(folder: Path | None = None) -> list[str]:
    """The packs in a folder (the shipped ones unless another is named), by slug."""
    root = folder or shipped_folder()
    return sorted(path.parent.name for path in root.glob("*/pack.toml"))


def read_pack(slug: str, folder: Path | None = None) -> tuple[Pack | None, list[PackFault]]:
    """One pack, or None with its faults."""
    root = (folder or shipped_folder()) / slug
    try:
        return parse_pack(slug, folder_texts(root), load_vocabulary())
    except UnicodeDecodeError:
        return None, list(_no_texts(slug, root))


def _no_texts(slug: str, root: Path) -> Iterator[PackFault]:
    """The files of a pack that hold no text."""
    for path in sorted(root.rglob("*")):
        if path.suffix in TEXTS:
            try:
                decoded(path.read_bytes())
            except UnicodeDecodeError:
                place = f"{slug}/{path.relative_to(root).as_posix()}"
                remedy = "请用表格软件另存为“CSV UTF-8”，不要只改扩展名"
                yield PackFault(place, 0, "", "不是文本文件，读不出文字", remedy)


def own_folders() -> tuple[Path, ...]:
    """Folders with packs of one's own, drafts included: `GONGDI_PACKS`, several separated as in PATH."""
    named = os.environ.get("GONGDI_PACKS", "")
    return tuple(Path(name) for name in named.split(os.pathsep) if name)


@cache
def load_pack(slug: str, folder: Path | None = None) -> Pack:
    """One shipped pack, or one of another folder.

    Raises:
        PacksUnusableError: the pack has faults.
    """
    pack, faults = read_pack(slug, folder)
    if pack is None:
        raise PacksUnusableError(faults)
    return pack


class _LazyPacks(Mapping[str, Pack]):
    """The shipped packs and those of one's own folders, each read when it is first asked for.

    A shipped name cannot be taken: a draft of a document has a name of its own. A pack of one's own that cannot be read
    is left out and told (`unusable_packs`): it must not take the others down with it.
    """

    def __init__(self) -> None:
        self._folders: dict[str, Path | None] = dict.fromkeys(pack_slugs())
        self.unusable: dict[str, tuple[Path, list[PackFault]]] = {}
        for folder in own_folders():
            for slug in pack_slugs(folder):
                if slug not in self._folders:
                    self._add(slug, folder)

    def _add(self, slug: str, folder: Path) -> None:
        try:
            load_pack(slug, folder)
        except PacksUnusableError as unusable:
            self.unusable.setdefault(slug, (folder, unusable.faults))
        else:
            self._folders[slug] = folder

    def __getitem__(self, slug: str) -> Pack:
        return load_pack(slug, self._folders[slug])

    def texts(self, slug: str) -> dict[str, str]:
        """The texts of one pack as its folder holds them now."""
        return folder_texts((self._folders[slug] or shipped_folder()) / slug)

    def __iter__(self) -> Iterator[str]:
        return iter(self._folders)

    def __len__(self) -> int:
        return len(self._folders)

    def __contains__(self, slug: object) -> bool:
        return slug in self._folders


@cache
def load_library() -> Library:
    """All packs with their vocabulary. Packs are read when first used, so that one question starts fast."""
    return Library(load_vocabulary(), _LazyPacks())


def unusable_packs() -> dict[str, str]:
    """The packs of one's own folders that cannot be read, each with what is wrong and what to do, in a sentence."""
    packs = load_library().packs
    found = packs.unusable if isinstance(packs, _LazyPacks) else {}
    return {
        slug: f"政策包 {slug} 有 {len(faults)} 处错误，没有读入：{faults[0]}。"
        f"请运行 gongdi packs check {slug} --folder {folder}"
        for slug, (folder, faults) in found.items()
    }


def texts_of(pack: Pack) -> dict[str, str] | None:
    """The texts that decide in a pack of the library; None when its folder no longer holds what was read."""
    packs = load_library().packs
    texts = deciding_texts(packs.texts(pack.slug)) if isinstance(packs, _LazyPacks) else {}
    return texts if digest_of(texts) == pack.digest else None


def load_scheme(name: str = "illustrative") -> ScoringScheme:
    """A shipped scoring scheme; the only one is an example, marked as such.

    Raises:
        ValueError: the scheme's text has faults.
    """
    text = (shipped_folder() / DICTIONARY / f"scoring_{name}.toml").read_text(encoding="utf-8")
    scheme = parse_scheme(text)
    if isinstance(scheme, ScoringScheme):
        return scheme
    raise ValueError("\n".join(map(str, scheme)))
