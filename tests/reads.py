"""Which queries a page asks: read from its script and from every function of its section that it calls.

What front/kit and front/address ask for many pages (the frame, evidence, codes) is theirs and stands there.
"""

import ast
import functools
import re
from pathlib import Path

from yunnan.data import queries
from yunnan.settings import ROOT

SHARED = ("yunnan.front.kit", "yunnan.front.address")
NAME = re.compile(r"\b[a-z_]+/(?:[a-z_]+|\*)")


@functools.cache
def _front() -> tuple[dict[str, tuple[ast.AST, str]], dict[str, dict[str, str]]]:
    """{full name: (definition, its module)} of yunnan/front, and of each module {name: what it was imported as}."""
    trees = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): ast.parse(file.read_text(encoding="utf-8"))
        for file in ROOT.glob("yunnan/front/**/*.py")
    }
    definitions = {
        f"{module}.{node.name}": (node, module)
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    for module, tree in trees.items():
        for node in tree.body:  # constants that hold names of queries
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            definitions |= {f"{module}.{t.id}": (node, module) for t in targets if isinstance(t, ast.Name)}
    return definitions, {module: _imports(tree) for module, tree in trees.items()}


def _imports(tree: ast.AST) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def asked_by(page: Path) -> set[str]:
    """The names of the queries that this page asks, without those of its frame."""
    tree = ast.parse(page.read_text(encoding="utf-8"))
    every, names, seen = set(queries.names()), set[str](), set[str]()
    definitions, imports = _front()

    def walk(root: ast.AST, imported: dict[str, str], module: str) -> None:
        for node in ast.walk(root):
            target = ""
            if isinstance(node, ast.Constant) and node.value in every:
                names.add(node.value)
            elif isinstance(node, ast.Name):
                target = imported.get(node.id, f"{module}.{node.id}")
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                target = f"{imported.get(node.value.id, '')}.{node.attr}"
            if target == "yunnan.data.queries.rows":
                names.update(name for name in every if name.startswith("rows/"))
            if target in definitions and target not in seen and not target.startswith(SHARED):
                seen.add(target)
                definition, home = definitions[target]
                walk(definition, imports[home], home)

    walk(ast.Module(tree.body[1:], []), _imports(tree), page.stem)
    if page.parent.name == "records":
        names.add(f"records/{page.stem}")
    return {name for name in names if not name.startswith("frame/")}


def named_by(page: Path) -> set[str]:
    """The names of the queries in the line Reads of its docstring; 'party/*' is every query of that folder."""
    docstring = ast.get_docstring(ast.parse(page.read_text(encoding="utf-8"))) or ""
    listed = NAME.findall(docstring[docstring.index("Reads:") :])
    folders = tuple(name[:-1] for name in listed if name.endswith("/*"))
    whole = {name for name in queries.names() if folders and name.startswith(folders)}
    files = {name for name in listed if any(ROOT.glob(f"{name}*"))}  # data/agendas, queries/schema.sql
    listed_names = {name for name in listed if not name.endswith("/*") and not name.startswith("frame/")}
    return listed_names - files | whole
