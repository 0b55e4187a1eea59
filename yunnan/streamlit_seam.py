"""The only module that knows private names of Streamlit; static/view/streamlit.js is the same for the browser.

Each name is looked up in the installed Streamlit by tests/test_streamlit.py, so that an upgrade tells at once.
"""

from pathlib import Path
from weakref import WeakKeyDictionary

from pandas.io.formats.style import Styler
from streamlit import components, config, file_util
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer
from streamlit.elements import arrow
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server import server_util
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

__all__ = ["TOKENS_COOKIE_NAME", "USER_COOKIE_NAME"]

INDEX = Path(file_util.get_static_dir()) / "index.html"
TITLE = "<title>Streamlit</title>"  # by which the page is recognized
WITHOUT_MENU = (
    "<style>[data-testid=stTopNav], [data-testid=stSidebar], [data-testid=stExpandSidebarButton]"
    " { display: none; }</style>"
)


def signed_value(name: str, cookie: str, days: float) -> bytes | None:
    """What Streamlit has signed in this cookie; None if it did not, or longer ago than so many days."""
    return decode_signed_value(server_util.get_cookie_secret(), name, cookie, days)


def option(name: str):
    """The value of a setting of .streamlit/config.toml, 'server.address'; None where it is not set."""
    return config.get_option(name)


def address() -> str:
    """Where the server is reached, 'http://127.0.0.1:8501'."""
    return server_util.get_url(server_util.get_display_address(option("server.address")))


def marshalled(styler: Styler, name: str) -> Styler:
    """The styler with all that Streamlit writes of it, which takes longer than the rest of a page, done once.

    name: of the table, for Streamlit; two tables on one page must not share it.
    """
    message = ArrowData()
    marshall_styler(message, styler, name)
    styler.marshalled = message
    return styler


def marshalled_bytes(styler: Styler) -> int:
    """The bytes of what marshalled() keeps."""
    return styler.marshalled.ByteSize()


def _marshall(proto: ArrowData, styler: Styler, default_uuid: str) -> None:
    if (kept := getattr(styler, "marshalled", None)) is None:
        marshall_styler(proto, styler, default_uuid)
    else:
        proto.CopyFrom(kept)


arrow.marshall_styler = _marshall  # st.dataframe takes what marshalled() has kept


def page_hash() -> str:
    """Streamlit's name of the page that the browser has asked this run for; '' outside a run."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def is_back() -> bool:
    """Whether the browser's Back or Forward has led to this run."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def use_navigation() -> None:
    """Says before the first visit that pages are made by st.navigation.

    Until a script has called it, Streamlit takes the folder pages/ for its older kind of pages: the first visitor after
    a start who opens a page's own address would see that it does not exist.
    """
    PagesManager.uses_pages_directory = False


_drawn_by: WeakKeyDictionary[BidiComponentManager, ComponentRenderer] = WeakKeyDictionary()


def component(name: str, folder: Path) -> ComponentRenderer:
    """What draws <name>.js and <name>.css of a folder in the project's, served as files and not sent with each run.

    Streamlit finds the files of a component only in an installed package. A script sent as text would run from a
    blob, which our Content-Security-Policy does not allow.
    """
    manager = get_bidi_component_manager()
    if manager not in _drawn_by:
        manifest = ComponentManifest("yunnan", "1", [ComponentConfig(name, folder.name)])
        manager.register_from_manifest(manifest, folder.parent)
        parts = {"js": f"{name}.js", "css": f"{name}.css"}
        _drawn_by[manager] = components.v2.component(f"yunnan.{name}", isolate_styles=False, **parts)
    return _drawn_by[manager]
