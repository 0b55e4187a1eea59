// What the page needs of the browser besides Streamlit: its ground, its size, one block at a time on the wall, whole
// figures on paper, a meeting led by the arrow keys.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const streamlit = window.streamlitPage;

  // Which theme is drawn is said by the address.
  try {
    const theme = asked.get("theme") === "dark" ? "Dark" : "Light";
    localStorage.setItem(streamlit.themeKey, JSON.stringify(theme));
  } catch {
    // storage is closed to a frame of another site: the page stays light
  }
  document.cookie = `window=${innerWidth}x${innerHeight}; path=/; SameSite=Lax`;

  // Before the first table is drawn: it takes the size of its letters from here, once. See Look.rem in front/address/appearance.py.
  const size = document.createElement("style");
  size.textContent =
    asked.get("mode") === "screen"
      ? "html { font-size: max(15px, 1.4583vw) !important; }"
      : "@media screen { html { font-size: max(16px, calc(100vw / 120)) !important; } }"; // above 1920 px all grows alike
  document.head.append(size);

  // A figure keeps the width it was drawn with; paper is narrower than most screens. With a view box it shrinks whole,
  // to what fits below a heading on one sheet; one with a bar for each of many things goes on over several.
  const ON_A_SHEET = 900; // px
  const redraw = () => window.dispatchEvent(new Event("resize"));
  const drawings = () => document.querySelectorAll(".js-plotly-plot .main-svg");
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll(".finding details:not([open])")) {
      details.open = true;
      details.dataset.forPaper = "";
    }
    for (const svg of drawings()) {
      svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
      svg.setAttribute("preserveAspectRatio", "xMinYMin");
      svg.classList.toggle("tall", Number(svg.getAttribute("height")) > ON_A_SHEET);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll(".finding details[data-for-paper]")) {
      details.open = false;
      delete details.dataset.forPaper;
    }
    for (const svg of drawings()) for (const name of ["viewBox", "preserveAspectRatio"]) svg.removeAttribute(name);
  });

  // A grid shows paper its visible rows at most: whoever prints a page with one gets the page's form for paper instead,
  // which prints itself as soon as it is drawn.
  const PRINTS = "#print";
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "p") return;
    const link = document.querySelector(".masthead .tools a.paper-form:not(.left)");
    if (!link || !document.querySelector(streamlit.grid)) return;
    event.preventDefault();
    location.assign(link.href + PRINTS);
  });
  if (location.hash === PRINTS) {
    const printing = new MutationObserver(() => {
      if (!streamlit.isDone() || !document.querySelector(".foot")) return;
      printing.disconnect();
      document.fonts.ready.then(() =>
        requestAnimationFrame(() => {
          history.replaceState(history.state, "", location.href.replace(PRINTS, ""));
          print();
        }),
      );
    });
    printing.observe(document.documentElement, { subtree: true, childList: true, attributes: true });
  }

  // In a frame that is not shown letters have no size, and plotly keeps what it has measured once: what was drawn there
  // stays one heap. Nobody has seen the page yet, so it begins anew when it has a width.
  if (innerWidth === 0) {
    new ResizeObserver(() => {
      if (innerWidth > 0) location.reload();
    }).observe(document.documentElement);
  }

  // The wall: what the page has between one heading and the next is one block, and one block is shown at a time.
  const PARTS = ".st-key-parts";
  const ALWAYS = `.masthead, .foot, .note, .wallbar, .st-key-frame, .st-key-agenda, .st-key-older, ${PARTS}, .st-key-w_topic, .st-key-w_aspect, ${streamlit.alert}`;
  const HEAD = ".cockpit:is(.of-pillar, .of-place)";
  let at = 0;
  let title = "";
  let arrives = false; // at a part just opened, until the next step

  function children() {
    const column = document.querySelector(streamlit.column);
    // What stands in the container of the first screen's parts counts as if it stood in the column.
    const inner = (child) => [...(child.querySelector(":scope > .st-key-part")?.children ?? [child])];
    return column ? [...column.children].flatMap(inner).filter((child) => child.textContent.trim() || child.querySelector("canvas, svg")) : [];
  }

  function blocks() {
    const found = [];
    let afterFinding = false;
    for (const child of children()) {
      if (child.matches(ALWAYS) || child.querySelector(ALWAYS)) continue;
      const heading = child.querySelector(HEAD) ? null : child.querySelector("h1, h2, h3"); // it goes with the title
      const isBare = found.length === 0 || (found.length === 1 && found[0].parts.every((part) => part.querySelector("h1")));
      const isNew = heading !== null && !(heading.tagName !== "H1" && isBare); // a title alone is no screen
      if (isNew || found.length === 0) found.push({ name: heading?.textContent.trim() ?? "", parts: [] });
      else if (afterFinding) found.push({ name: "主要数字", parts: [] });
      // Below the sums of a list stand its rows, which belong on the same screen.
      afterFinding = found.length === 1 && child.querySelector(".finding") !== null && !child.querySelector(".sums") && !document.querySelector(HEAD);
      found.at(-1).parts.push(child);
    }
    return found;
  }

  // The button of the part before (-1) or after (1) the one shown; none where there is no other.
  function neighbour(by) {
    const buttons = [...document.querySelectorAll(`${PARTS} [role=radio]`)].slice(0, -1); // the last is all of them, for paper
    const shown = buttons.findIndex((button) => button.getAttribute("aria-checked") === "true");
    return shown < 0 ? undefined : buttons[shown + by];
  }

  function layOut() {
    const bar = document.querySelector(".wallbar");
    if (!bar) return;
    const all = blocks();
    bar.hidden = all.length < 2 && !neighbour(-1) && !neighbour(1); // one screen needs no leading from one to the next
    const now = document.querySelector("h1")?.textContent ?? "";
    if (now !== title) [title, at, arrives] = [now, 0, false];
    const row = document.querySelector(PARTS);
    const isBelow = (block) => row.compareDocumentPosition(block.parts[0]) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (arrives && row) at = all.findIndex(isBelow);
    at = Math.max(0, Math.min(at, all.length - 1));
    all.forEach((block, n) => {
      for (const part of block.parts) {
        if (n === at) part.removeAttribute("data-off");
        else if (!part.hasAttribute("data-off")) part.setAttribute("data-off", "");
      }
    });
    const name = all.length && at > 0 ? `　${all[at].name}` : "";
    const said = all.length ? `${at + 1}/${all.length}　${now}${name}` : "";
    const place = bar.querySelector(".at");
    if (place.textContent !== said) place.textContent = said;
    bar.querySelector('[data-step="-1"]').disabled = at === 0 && !neighbour(-1);
    bar.querySelector('[data-step="1"]').disabled = at >= all.length - 1 && !neighbour(1);
  }

  // To the next block; from the last to the next part, past the title and the conclusion that it shares with this one.
  function step(by) {
    const other = blocks()[at + by] ? undefined : neighbour(by);
    arrives = other !== undefined;
    if (other) {
      other.click();
      return;
    }
    at += by;
    layOut();
    document.querySelector(streamlit.main)?.scrollTo(0, 0);
    redraw(); // what was hidden had no width
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".wallbar [data-step]");
    if (button) step(Number(button.dataset.step));
  });

  // Arrow keys lead the meeting; Page Up and Page Down the blocks of the wall. Not while somebody types or chooses.
  const BUSY = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=grid], [role=radiogroup], [role=tablist], canvas";
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest?.(BUSY)) return;
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const button = way && document.querySelector(`.st-key-agenda_${way} button`);
    if (button) {
      event.preventDefault();
      if (!button.disabled) button.click();
      return;
    }
    const by = { PageUp: -1, PageDown: 1, ...(document.querySelector(".agenda") ? {} : { ArrowLeft: -1, ArrowRight: 1 }) }[event.key];
    if (by && document.querySelector(".wallbar")) {
      event.preventDefault();
      step(by);
    }
  });

  // An agenda that runs by itself: after its seconds the next item, counted anew on each, and after each touch of the
  // pointer. Any key pauses it and does nothing else.
  let counted = "";
  let timer = 0;
  const running = () => document.querySelector(".agenda[data-seconds]");

  function count(isAnew) {
    const shown = running()?.textContent ?? "";
    if (shown === counted && !isAnew) return;
    counted = shown;
    clearTimeout(timer);
    if (shown) timer = setTimeout(() => document.querySelector(".st-key-agenda_next button")?.click(), Number(running().dataset.seconds) * 1000);
  }

  document.addEventListener("pointerdown", () => count(true), true);
  document.addEventListener(
    "keydown",
    (event) => {
      if (!running()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      clearTimeout(timer);
      document.querySelector(".st-key-agenda_auto button")?.click();
    },
    true,
  );

  // What Streamlit's own elements leave unsaid to those who listen: its menu is no list to a reader of lists, and the
  // marks of its small charts have no name of their own (the chart has).
  function assist() {
    for (const list of document.querySelectorAll(`ul${streamlit.menu}:not([role])`)) list.setAttribute("role", "presentation");
    for (const item of document.querySelectorAll(`${streamlit.menu} li`)) {
      if (item.parentElement.tagName !== "UL" && !item.parentElement.hasAttribute("role")) item.parentElement.setAttribute("role", "list");
    }
    // A value that no row has is sorted last, begins with a circle, and is grey.
    for (const option of document.querySelectorAll('[role="option"]')) option.toggleAttribute("data-none", option.textContent.startsWith("○ "));
    for (const mark of document.querySelectorAll('[role="graphics-symbol"]:not([aria-label]):not([aria-hidden])')) mark.setAttribute("aria-hidden", "true");
  }

  let waiting = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      layOut();
      count(false);
      assist();
    });
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
})();
