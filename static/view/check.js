// Written for browsers too old for all the rest: var, no arrows, nothing newer than 2009. Says in Chinese what a blank
// page would not. What Streamlit's scripts use is read from them by the server (yunnan/server/browser_features.py) and named in data-needs;
// whatever that misses, a page that stays blank is told of too.
(function () {
  var missing = [];
  var isFramed = window.top !== window.self; // there cookies of another site may be closed; the page works without
  var list = Array.prototype;
  var has = {
    "RegExp-v": function () { try { return !!new RegExp("a", "v"); } catch (error) { return false; } },
    toSorted: function () { return list.toSorted; },
    toReversed: function () { return list.toReversed; },
    toSpliced: function () { return list.toSpliced; },
    findLast: function () { return list.findLast; },
    at: function () { return list.at; },
    hasOwn: function () { return Object.hasOwn; },
    replaceAll: function () { return String.prototype.replaceAll; },
    groupBy: function () { return Object.groupBy; }
  };
  var scripts = document.getElementsByTagName("script");
  var needs = (scripts[scripts.length - 1].getAttribute("data-needs") || "").split(" ");
  var isOld = !("noModule" in document.createElement("script")) || !Object.hasOwn || !list.at || !String.prototype.replaceAll;
  for (var n = 0; n < needs.length; n++) if (has[needs[n]] && !has[needs[n]]()) isOld = true;
  if (isOld) missing.push("浏览器内核版本过低（需要较新的 Chromium 内核）");
  if (!window.WebSocket) missing.push("浏览器不支持 WebSocket，或被安全软件关闭");
  if (!isFramed && navigator.cookieEnabled === false) missing.push("浏览器禁用了 Cookie");

  function say(reasons) {
    if (!document.body || document.getElementById("cannot")) return;
    var box = document.createElement("div");
    box.id = "cannot";
    box.innerHTML =
      "<style>body > * { display: none !important; } body > #cannot { display: block !important; }</style>" + // whatever comes later
      '<div style="max-width:42em;margin:4em auto;padding:0 1em;font:18px/1.8 sans-serif;color:#1F2933">' +
      '<h1 style="font-size:26px;border-left:6px solid #B5202A;padding-left:12px">此浏览器无法显示本看板</h1>' +
      "<ul><li>" + reasons.join("</li><li>") + "</li></ul>" +
      "<p>如使用360、搜狗、QQ等双核浏览器，请切换到<b>极速模式</b>（地址栏右侧的图标），然后刷新页面。</p>" +
      "<p>仍不能显示的，请换用较新版本的浏览器，或请管理员允许本站使用 Cookie 与 WebSocket。</p></div>";
    document.body.appendChild(box);
  }

  function refuse() {
    if (!document.body) return;
    clearInterval(asking);
    document.body.innerHTML = ""; // Streamlit has nothing to draw into
    say(missing);
    document.title = "此浏览器无法显示本看板";
  }

  if (missing.length) {
    var asking = setInterval(refuse, 50); // as soon as there is a body, long before the scripts have come
    return;
  }

  // Seconds the page may be blank: while its scripts are on their way, when they have come, when one has failed.
  var COMING = 60, COME = 10, FAILED = 3;
  var patience = COMING;
  var blank = 0;

  function watch() {
    var root = document.getElementById("root");
    if (root && root.firstChild) {
      blank = 0;
      var box = document.getElementById("cannot"); // it has come after all
      if (box) box.parentNode.removeChild(box);
    } else if (++blank >= patience) {
      say(["页面程序没有运行起来：浏览器内核版本过低，或文件没有加载完整，请先刷新页面"]);
    }
  }

  function wait(seconds) {
    if (seconds >= patience) return;
    patience = seconds;
    blank = 0; // what it has waited for the scripts is no part of it
  }

  function fail(event) {
    var isScript = !event.target || event.target === window || event.target.tagName === "SCRIPT"; // and no picture
    if (isScript) wait(FAILED);
  }

  if (!window.addEventListener) return;
  window.addEventListener("load", function () { wait(COME); }, false);
  window.addEventListener("error", fail, true);
  window.addEventListener("unhandledrejection", fail, false);
  setInterval(watch, 1000);
})();
