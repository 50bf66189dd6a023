"""HDF5 files as Keras writes them, byte by byte: no library, no other file, no endless loop.

Understood is the classic form (superblock 0 or 1, groups as symbol tables, object headers of
version 1). A file in the newer form, or with links to elsewhere, is refused. The layout is that of
the "HDF5 File Format Specification", to which the names here belong.
"""

from __future__ import annotations

from collections.abc import Iterator

from netglow.netcore.formats import limits
from netglow.netcore.refusal import Refused, plain

SIGNATURE = b"\x89HDF\r\n\x1a\n"
MOST = 50_000  # messages, entries and heap objects that are looked at in all
SAVE = 'save the whole model with model.save("FILE.keras")'
SYMBOL_TABLE, CONTINUATION = 0x11, 0x10
LINKS = {0x02, 0x06, 0x0A}  # messages of groups in the newer form, which may link to other files
SHARED = 2  # flag of a message that stands elsewhere
SOFT = 2  # kind of an entry that is another name


class File:
    """The tree in a file's bytes; objects are known by their addresses.

    Damaged bytes raise ValueError.
    """

    def __init__(self, data: bytes) -> None:
        self.data, self.left, self.budget = data, MOST, limits.Budget()
        version = self.number(8, 1)
        if version not in (0, 1):
            raise Refused("HDF5 in its classic form", f"superblock {version}", SAVE)
        start = 24 if version == 0 else 28
        if self.take(13, 2) != b"\x08\x08" or self.number(start, 8):
            raise Refused("HDF5 with addresses of 8 bytes from 0", "others", SAVE)
        self.root = self.number(start + 40, 8)

    def take(self, at: int, size: int) -> bytes:
        """So many bytes; ValueError if they are not all there."""
        if at < 0 or size < 0 or at + size > len(self.data):
            raise ValueError(f"{size} bytes at {at} are not in the file")
        return self.data[at : at + size]

    def number(self, at: int, size: int) -> int:
        """A whole number of so many bytes."""
        return int.from_bytes(self.take(at, size), "little")

    def count(self) -> None:
        """Counts a step, so that a circle ends."""
        self.left -= 1
        if self.left < 0:
            raise Refused(f"at most {MOST:,} parts in the HDF5 file", "more, or a circle", SAVE)

    def messages(self, address: int) -> list[tuple[int, bytes]]:
        """What an object's header says: kind and contents of each message."""
        if self.number(address, 1) != 1:
            raise Refused("HDF5 in its classic form", "another object header", SAVE)
        blocks = [(address + 16, self.number(address + 8, 4))]
        found = []
        for at, size in blocks:
            end = at + size
            while at + 8 <= end:
                self.count()
                kind, length = self.number(at, 2), self.number(at + 2, 2)
                body = self.take(at + 8, length)
                if self.number(at + 4, 1) & SHARED:
                    raise Refused("HDF5 in its classic form", "a shared message", SAVE)
                if kind == CONTINUATION:
                    more = int.from_bytes(body[:8], "little"), int.from_bytes(body[8:16], "little")
                    blocks.append(more)
                found.append((kind, body))
                at += 8 + length
        return found

    def members(self, address: int) -> dict[str, int]:
        """The objects in a group by name; Refused for what is no classic group."""
        messages = dict(self.messages(address))
        if SYMBOL_TABLE not in messages:
            found = "links in the newer form" if LINKS & messages.keys() else "something else"
            raise Refused("a classic group in the HDF5 file", found, SAVE)
        table = messages[SYMBOL_TABLE]
        tree, heap = int.from_bytes(table[:8], "little"), int.from_bytes(table[8:16], "little")
        if self.take(heap, 4) != b"HEAP":
            raise ValueError("no heap of names")
        names = self.number(heap + 24, 8)
        found_members = {}
        for node in self._leaves(tree):
            if self.take(node, 4) != b"SNOD":
                raise ValueError("no table of symbols")
            for i in range(self.number(node + 6, 2)):
                self.count()
                entry = node + 8 + 40 * i
                name = self._name(names + self.number(entry, 8))
                if self.number(entry + 16, 4) == SOFT:
                    raise Refused(
                        "weights in the HDF5 file itself", f"a link {plain(name, 40)!r}", SAVE
                    )
                found_members[name] = self.number(entry + 8, 8)
        return found_members

    def _leaves(self, tree: int) -> Iterator[int]:
        """The addresses of the symbol tables below a node of the tree, in order."""
        waiting = [tree]
        while waiting:
            self.count()
            node = waiting.pop()
            if self.take(node, 4) != b"TREE" or self.number(node + 4, 1):
                raise ValueError("no tree of symbols")
            level, used = self.number(node + 5, 1), self.number(node + 6, 2)
            children = [self.number(node + 32 + 16 * i, 8) for i in range(used)]
            if level == 0:
                yield from children
            else:
                waiting += reversed(children)

    def _name(self, at: int) -> str:
        end = self.data.find(b"\0", at, at + 1000)
        if not 0 <= at < end:
            raise ValueError("a name without an end")
        return self.data[at:end].decode()

    def find(self, path: str, address: int | None = None) -> int | None:
        """The address of the object with this path, from a group on; None if there is none."""
        at = self.root if address is None else address
        for name in path.split("/"):
            found = self.members(at).get(name)
            if found is None:
                return None
            at = found
        return at

    def heap_object(self, collection: int, index: int) -> bytes:
        """An object in a global heap, which is where texts of any length are."""
        if self.take(collection, 4) != b"GCOL":
            raise ValueError("no global heap")
        at, end = collection + 16, collection + self.number(collection + 8, 8)
        while at + 16 <= end:
            self.count()
            number, size = self.number(at, 2), self.number(at + 8, 8)
            if number == index:
                return self.take(at + 16, size)
            if number == 0:
                break
            at += 16 + (size + 7) // 8 * 8
        raise ValueError("no such object in the global heap")
