"""python -m tests.map: the wings of the house and the arrows between them, as tests/test_architecture.py reads them."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIBRARIES = {"duckdb", "geopandas", "matplotlib", "plotly", "streamlit"}  # what a wing may use is part of the picture
PICTURED = re.compile(r"^    (\S+) +\S.*\n        -> ([\w ]*?)(?:\+ ([\w ]+))?$", re.MULTILINE)
PAGES = sorted(ROOT.glob("pages/*/*.py"))
SOURCE = [
    ROOT / "dashboard.py",
    *PAGES,
    *sorted(ROOT.glob("demo/**/*.py")),
    *sorted(ROOT.glob("yunnan/**/*.py")),
]


def module_name(file: Path) -> str:
    """The dotted name of a file: yunnan.data.snapshots; of a package's __init__ the package's."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def wing(module: str) -> str:
    """Where a module belongs: the folder below yunnan/, else pages or demo; settings and __main__ stand alone."""
    first, _, rest = module.partition(".")
    if first == "yunnan":
        return rest.partition(".")[0] or "yunnan"
    return "demo" if first == "demo" else "pages"


def imports(file: Path) -> Iterable[str]:
    """The dotted names that a file imports, those inside functions too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{file} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_arrows() -> dict[str, set[str]]:
    """Each module of ours, and the modules of ours that it imports."""
    names = {module_name(file) for file in SOURCE}
    arrows: dict[str, set[str]] = {}
    for file in SOURCE:
        wanted = {next((m for m in (name, name.rpartition(".")[0]) if m in names), None) for name in imports(file)}
        arrows[module_name(file)] = {name for name in wanted if name}
    return arrows


def wing_arrows() -> dict[str, set[str]]:
    """Each wing, and the other wings and the libraries of the picture that it imports."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for module, targets in module_arrows().items():
        arrows[wing(module)] |= {wing(target) for target in targets} - {wing(module)}
    for file in SOURCE:
        arrows[wing(module_name(file))] |= {name.partition(".")[0] for name in imports(file)} & LIBRARIES
    del arrows["yunnan"]  # the picture itself, which imports nothing
    return arrows


def pictured() -> dict[str, set[str]]:
    """Each wing and its arrows as the docstring of yunnan/__init__.py draws them, from top to bottom."""
    text = (ROOT / "yunnan" / "__init__.py").read_text(encoding="utf-8")
    return {name: {*ours.split(), *libraries.split()} - {"nothing"} for name, ours, libraries in PICTURED.findall(text)}


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """Names that lead back to themselves; empty if there are none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def main() -> None:
    """Prints the picture, and each wing's modules."""
    modules = defaultdict(list)
    for module in module_arrows():
        modules[wing(module)].append(module)
    arrows = wing_arrows()
    for name in pictured():
        print(f"{name:12} -> {' '.join(sorted(arrows[name]))}")
        print(f"{'':15} {len(modules[name])} modules")
    print(f"{len(arrows)} wings, {sum(len(targets - LIBRARIES) for targets in arrows.values())} arrows between them")


if __name__ == "__main__":
    main()
