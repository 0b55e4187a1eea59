// What our scripts know of Streamlit's own page: the names of its parts, where it keeps its theme, how it writes the
// history of the browser. No other script names any of it, and tests/test_streamlit.py looks each name up in the
// Streamlit that is installed. Loaded before the scripts that use it.
(() => {
  "use strict";
  const part = (name) => `[data-testid="${name}"]`;
  let isStep = false;

  window.streamlitPage = Object.freeze({
    main: part("stMain"),
    block: part("stMainBlockContainer"),
    grid: part("stDataFrame"),
    // Whether Streamlit has drawn all that it was asked for, figures too.
    isDone: () =>
      document.querySelector(part("stApp"))?.getAttribute("data-test-script-state") === "notRunning" &&
      !document.querySelector(part("stSkeleton")) &&
      [...document.querySelectorAll(part("stPlotlyChart"))].every((chart) => chart.querySelector(".main-svg")),
    column: `${part("stMainBlockContainer")} ${part("stVerticalBlock")}`,
    alert: part("stAlert"),
    menu: part("stSidebarNavItems"),
    icon: part("stIconMaterial"),
    // What a button of Streamlit's says when it is pointed at.
    tooltip: part("stTooltipContent"),
    // What the dashboard's own pages say or let people type.
    content: [
      part("stMarkdownContainer"),
      part("stText"),
      `${part("stTable")} td:not([data-testid])`,
      `${part("stTable")} th`,
      '[role="option"] > *',
      "pre",
      "code",
    ].join(", "),
    // The next change of the address is a step of Back, though it only adds to the address.
    beginStep: () => (isStep = true),
    // Streamlit reads its theme from here when it starts.
    themeKey: `stActiveTheme-${location.pathname}-v2`,
  });

  // Streamlit adds a step to the browser's history for every change of the address. What only completes the address of
  // a view just opened takes the place of that step, so that one press of Back leads to the view before.
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  let halfway = false; // st.switch_page changes first the parameters and then, with the same ones, the page
  let arriving = false; // a page was just opened, and its address may still hold what only the page before knew
  window.addEventListener("popstate", () => (halfway = arriving = false));
  history.pushState = (state, title, url) => {
    const next = new URL(url, location.href);
    const stays = next.pathname === location.pathname;
    const params = [...new URLSearchParams(location.search)];
    const isKept = ([name, value]) => (next.searchParams.get(name) ?? (arriving ? value : null)) === value;
    const completes = stays && !isStep && params.every(isKept);
    const arrives = halfway && !stays && next.search === location.search;
    isStep = false;
    arriving = !stays;
    if (!completes) halfway = stays;
    (completes || arrives ? replace : push)(state, title, url);
  };
})();
