"""The colours of charts, maps, tables and workbooks, by what they mean. static/style.css has those of the page itself.

Colours that both have are compared by a test. A chart on dark ground changes them by drawing/charts/themes.py.
"""

INK = "#1F2933"  # text
SOFT = "#46505C"  # text of second rank
FAINT = "#5B6673"  # notes, sources
RED = "#B5202A"  # the chosen place, what is late
BLUE = "#1F4E79"  # values
BLUES = ("#DCE8F3", "#AECBE4", "#78A6CE", "#3F79AE", BLUE)  # five classes of a map, light to dark
SHADES = ("#EAF1F8", "#DCE8F3", "#C5DAEC", "#AECBE4")  # four shades of a table, light enough for INK on them
NO_DATA = "#D6DAE0"
UNSEEN = "#ECEEF1"  # a place that this reader may not see
OUTSIDE = "#F3F5F8"  # a place that a layer of the map does not hold
SERIES = (BLUE, RED, "#78A6CE", "#E0A458", "#5B8C6E", "#8E7AA8", "#AECBE4", "#B08968", FAINT, NO_DATA)
LESS = "#E0A458"  # what was taken off, beside BLUE for what was added
GRID = "#E7EBF0"  # lines of an axis; heads of a workbook
STEP = "#AEB7C2"  # the line from one bar of a bridge to the next
SPAN = "#C9D1DB"  # from the lowest value to the highest
DOT = "#8A95A3"  # one of many
BORDER = "#7C8896"  # of a prefecture
COUNTY_BORDER = "#9AA5B1"
CHOSEN_FROM = "#4A5563"  # borders of counties among which one may be chosen
MET, NEAR, LATE = "#DCEFE4", "#FBF0D2", "#F8DEDD"  # ground of a cell: 达标、接近、滞后
NOT_DUE, NOT_JUDGED = "#E4E7EB", "#EEF0F3"  # ground of a cell without a light
WRONG, DOUBTFUL, TO_FILL = "#F8CBAD", "#FFE699", "#FFF2CC"  # ground of a cell in forms and feedback, as offices know it
MACHINE = "#7F7F7F"  # text that is not for people


def cell(ground: str, text: str = INK) -> str:
    """The style of a table's cell on this ground."""
    return f"background-color: {ground}; color: {text}"
