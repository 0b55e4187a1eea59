"""What a return is compared with: the newest snapshot, and the lists staged since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from yunnan.ingest import forms, places, profiles
from yunnan.publication import staging
from yunnan.words.geography import PROVINCE

PROGRAMME = "programme"  # the programmes as a list of words, among the code lists
COUNTY = "county"  # the names of counties, likewise
# What a register brings that other returns may cite: its columns.
CITED = {
    "organizations": ("org_id", "uscc", "org_name"),
    "projects": ("project_id",),
    "policies": ("policy_id",),
    "programmes": ("programme_code", "name_zh"),
    "code_lists": ("list", "code", "label", "counts_as"),
    "stages": ("stage", "first_quarter", "last_quarter"),
    "county_names": ("region_code", "name_zh", "other_code"),
    "indicator_spans": ("indicator_code", "valid_from", "valid_to"),
}


Span = tuple[str, str | None, str]  # of a stage: first quarter, last quarter, the quarter for which it was sent


def _shipped_stages() -> dict[str, Span]:
    return {row["stage"]: (row["first_quarter"], row["last_quarter"] or None, "") for row in forms.rows("stages")}


@dataclass
class Context:
    """Ids a return may refer to and sums it is compared with; has_snapshot is false where nothing is published."""

    has_snapshot: bool = False
    organizations: set[str] = field(default_factory=set)
    projects: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # list -> code and name -> code: the office's own
    counted: dict[tuple[str, str], str] = field(default_factory=dict)  # list, code -> what it counts as, of the same
    stages: dict[str, Span] = field(default_factory=_shipped_stages)
    county_names: dict[str, str] = field(default_factory=dict)  # folded name or code -> the county's code here
    spans: dict[str, list[str | None]] = field(default_factory=dict)  # indicator -> first and last day, 2025-12-31
    by_credit_code: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)  # folded name, present or former -> who has or had it
    balances: list[tuple] = field(default_factory=list)  # project, prefecture, quarter, received, spent
    stats: dict[tuple[str, str, str], float] = field(default_factory=dict)  # prefecture, quarter, item
    profiles: list[dict] = field(default_factory=list)  # import profiles as they are written
    receipts: list[tuple] = field(default_factory=list)  # that stand: batch, table, sender, quarter, file, hash, when
    last_receipt: int = 0  # the number of the last receipt that any snapshot has dealt with

    def add(self, codes: dict[str, list]) -> None:
        """Count as known what registers of the same run bring: organizations with their credit code, projects."""
        for org, uscc, name in codes.get("organizations", []):
            self.organizations.add(org)
            if uscc:
                self.by_credit_code[uscc] = org
            self.add_name(org, name)
        self.projects.update(project for (project,) in codes.get("projects", []))
        self.documents.update(document for (document,) in codes.get("policies", []))
        for stage, first, last, *quarter in codes.get("stages", []):
            self.stages[stage] = (first, last, next(iter(quarter), ""))
        for region, *aliases in codes.get("county_names", []):
            self.county_names.update({forms.fold(alias): region for alias in aliases if alias})
        for code, *days in codes.get("indicator_spans", []):
            self.spans[code] = [day and str(day)[:10] for day in days]
        programmes = [(PROGRAMME, *row) for row in codes.get("programmes", [])]
        for name, code, label, *counted in [*programmes, *codes.get("code_lists", [])]:
            self.words.setdefault(name, {}).update(forms.by_name([(code, label)]))
            meaning = next(iter(counted), None) or ""
            self.counted[name, code] = forms.FORMER.get(meaning, meaning)

    def counts_as(self, code_list: str, word: str | None) -> str:
        """What a word counts as in the indicators; '' for nothing else than itself."""
        return self.counted.get((code_list, word or ""), forms.counted().get((code_list, word or ""), ""))

    def meaning(self, code_list: str, word: str | None) -> str | None:
        """What a word means in the indicators: what it counts as, else itself."""
        return self.counts_as(code_list, word) or word

    def add_name(self, org: str, name: str) -> None:
        """Count as known that an organization is called so, or was."""
        owners = self.by_name.setdefault(forms.fold(name), [])
        if org not in owners:
            owners.append(org)

    def received_in(self, year: int) -> dict[str, float]:
        """Yuan received in a year by prefecture."""
        yuan_by_prefecture: dict[str, float] = {}
        for _, prefecture, period, received, _ in self.balances:
            if period.startswith(str(year)):
                yuan_by_prefecture[prefecture] = yuan_by_prefecture.get(prefecture, 0.0) + received
        return yuan_by_prefecture

    def balance(self, without: tuple[str, str]) -> dict[str, tuple[Decimal, Decimal]]:
        """Yuan received and spent by project, less what this (sender, quarter) sent before and is replacing."""
        sender, quarter = without
        balance_by_project: dict[str, tuple[Decimal, Decimal]] = {}
        for project, prefecture, period, received, spent in self.balances:
            replaced = period == quarter and sender in (prefecture, PROVINCE)
            if project and not replaced:
                before = balance_by_project.get(project, (Decimal(), Decimal()))
                # Each is exact to the fen as text; floats added up are not, and one fen too much would be a warning.
                balance_by_project[project] = (before[0] + Decimal(str(received)), before[1] + Decimal(str(spent)))
        return balance_by_project


def newest(data: Path) -> Context:
    """What the newest published snapshot and the staged lists of organizations and projects know, and the profiles.

    Raises snapshots.Damaged, staging.Unreadable, profiles.Faulty.
    """
    from yunnan.data import snapshots  # its libraries are large, and only the command line's own process needs them

    published = snapshots.published()
    context = Context()
    if published:
        context = _of_snapshot(snapshots.find(published[0]), max(map(_last_receipt, published)))
    context.profiles = profiles.read(data)
    for codes in _staged_codes(data / "staging"):
        context.add(codes)
    return context


def choices(data: Path, day: date) -> dict[str, list[str]]:
    """The words of each code list, and the names of programmes under PROGRAMME, that a return may hold now.

    Those of the newest snapshot and of the staged registers, a code once by its latest name, with those that ship; of
    the lists in forms.COUNTED what ships only where the office has listed nothing. Under COUNTY what each county is
    called on the day, by what ships and by the same registers.
    Raises snapshots.Damaged, staging.Unreadable.
    """
    from yunnan.data import snapshots

    rows: list[tuple[str, str, str]] = []
    renamed: list[tuple[str, str, date]] = []
    if published := snapshots.published():
        snapshot = snapshots.find(published[0])
        lists = snapshot.table("intake/lists")
        rows += list(lists[["code_list", "code", "label"]].itertuples(index=False, name=None))
        aliases = snapshot.table("intake/county_names").itertuples(index=False)
        renamed += [(row.region_code, row.alias, row.valid_from.date()) for row in aliases if not row.alias.isdecimal()]
    for codes in _staged_codes(data / "staging", CITED | {"county_names": ("region_code", "name_zh", "valid_from")}):
        renamed += codes.get("county_names", [])
        rows += [(name, code, label) for name, code, label, _ in codes.get("code_lists", [])]
        rows += [(PROGRAMME, *row) for row in codes.get("programmes", [])]
    own = {name for name, *_ in rows if name in forms.COUNTED}
    shipped = [(row["list"], row["code"], row["label"]) for row in forms.rows("code_lists") if row["list"] not in own]
    shipped += [(PROGRAMME, row["programme_code"], row["name_zh"]) for row in forms.rows("programmes")]
    rows = [*shipped, *rows]
    label_by_code: dict[str, dict[str, str]] = {}
    for name, code, label in rows:
        label_by_code.setdefault(name, {})[code] = label
    words = {name: list(dict.fromkeys(labels.values())) for name, labels in label_by_code.items()}
    return words | {COUNTY: places.county_names(day, renamed)}


def _of_snapshot(snapshot, last_receipt: int) -> Context:
    ids = snapshot.table("intake/ids")
    kinds = {kind: set(rows.item_id) for kind, rows in ids.groupby("kind")}
    coded = ids[ids.uscc.notna()]
    words: dict[str, dict[str, str]] = {}
    counted: dict[tuple[str, str], str] = {}
    for row in snapshot.table("intake/lists").itertuples(index=False):
        words.setdefault(row.code_list, {}).update(forms.by_name([(row.code, row.label)]))
        counted[row.code_list, row.code] = row.counts_as
    balances = snapshot.table("intake/balances").astype(object).where(lambda frame: frame.notna(), None)
    stats = snapshot.table("intake/stats").itertuples(index=False)
    context = Context(
        has_snapshot=True,
        organizations=kinds.get("organization", set()),
        projects=kinds.get("project", set()),
        documents=kinds.get("document", set()),
        words=words,
        counted=counted,
        by_credit_code=dict(zip(coded.uscc, coded.item_id, strict=True)),
        balances=list(balances.itertuples(index=False, name=None)),
        stats={(row.prefecture_code, row.report_period, row.stat_item): row.stat_value for row in stats},
        receipts=list(snapshot.table("intake/receipts").itertuples(index=False, name=None)),
        last_receipt=last_receipt,
    )
    for row in snapshot.table("intake/stages").itertuples(index=False):
        last = row.last_quarter if isinstance(row.last_quarter, str) else None
        context.stages[row.stage_name] = (row.first_quarter, last, row.period)
    spans = snapshot.table("intake/spans").astype(object).where(lambda frame: frame.notna(), None)
    context.add({"indicator_spans": list(spans.itertuples(index=False, name=None))})
    for row in snapshot.table("intake/county_names").itertuples(index=False):
        context.add({"county_names": [(row.region_code, row.alias)]})
    for row in snapshot.table("intake/names").itertuples(index=False):
        context.add_name(row.org_id, row.org_name)
    return context


def _last_receipt(name: str) -> int:
    from yunnan.data import snapshots

    try:
        return int(snapshots.find(name).manifest.get("last_receipt", 0))
    except snapshots.Damaged:
        return 0  # the newest one, which counts, has been opened


def _staged_codes(folder: Path, cited: Mapping[str, tuple[str, ...]] = CITED) -> Iterator[dict[str, list]]:
    """What each staged register brings, as Context.add takes it unless other columns are cited."""
    import pyarrow.parquet as pq

    for batch in staging.paths(folder):
        table, file = batch.name.partition("-")[0], batch / "rows.parquet"
        if table in cited and file.exists() and not staging.is_withdrawn(batch):
            rows = pq.read_table(file, columns=list(cited[table]))
            brought = list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
            quarter = batch.name.split("-")[2]
            yield {table: [(*row, quarter) for row in brought] if table == "stages" else brought}
