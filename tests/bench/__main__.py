"""make bench: all parts; make bench ARGS=pages, readers, files or soak: one of them.

Numbers may follow: make bench ARGS="pages 6" clicks six times instead of twenty, ARGS="readers 20 200" has so many
readers at once instead of 50 and 100, ARGS="soak 5 300" measures five minutes after 300 clicks.
"""

import sys

from tests.bench import files, pages, readers, soak

PARTS = {"pages": pages.main, "readers": readers.main, "files": files.main, "soak": soak.main}

if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or [""]
    if name and name not in PARTS:
        sys.exit(f"没有“{name}”这一部分；有 {'、'.join(PARTS)}。")
    for part in [name] if name else PARTS:
        PARTS[part](*map(int, numbers))
