// Tells the page around the frame how high the dashboard is, so that it needs no second scroll bar:
// {source: "yunnan", type: "height", height: 1234} whenever it changes, {source: "yunnan", type: "ready"} once.
// A height is no secret; who may hold the frame at all is said by frame-ancestors.
(() => {
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const block = document.querySelector(window.streamlitPage.block);
    if (!block) return;
    const height = Math.ceil(block.getBoundingClientRect().height);
    if (!told) window.parent.postMessage({ source: "yunnan", type: "ready" }, "*");
    if (height !== told) window.parent.postMessage({ source: "yunnan", type: "height", height: (told = height) }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  const watched = new WeakSet();
  new MutationObserver(() => {
    const block = document.querySelector(window.streamlitPage.block);
    if (block && !watched.has(block)) {
      watched.add(block);
      new ResizeObserver(tell).observe(block);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
