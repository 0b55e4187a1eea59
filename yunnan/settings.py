"""Everything the environment may change. The only module that reads os.environ."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE_DIR = ROOT / "data" / "reference"
DATA_DIR = Path(os.environ.get("YUNNAN_DATA_DIR", ROOT / "data"))
AGENDAS_DIR = Path(os.environ.get("YUNNAN_AGENDAS_DIR", ROOT / "data" / "agendas"))
THREADS = int(os.environ.get("YUNNAN_THREADS", os.cpu_count() or 2))
MEMORY_LIMIT = os.environ.get("YUNNAN_MEMORY_LIMIT", "2GB")
TITLE = os.environ.get("YUNNAN_TITLE", "云南省社会组织参与脱贫攻坚“四个突出”看板")


def snapshots_dir() -> Path:
    """Where published snapshots lie; read at each call so that tests can point elsewhere."""
    return DATA_DIR / "snapshots"
