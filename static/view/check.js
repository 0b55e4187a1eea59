// Written for browsers too old for all the rest: var, no arrows, nothing newer than 2009. Says in Chinese what a blank
// page would not. The least kernel is Chromium 93: what the page's own scripts and Streamlit's use was there by then.
(function () {
  var missing = [];
  var isFramed = window.top !== window.self; // there cookies of another site may be closed; the page works without
  if (!("noModule" in document.createElement("script")) || !Object.hasOwn || !Array.prototype.at || !String.prototype.replaceAll) {
    missing.push("浏览器内核版本过低（需要 Chromium 93 或更新的内核）");
  }
  if (!window.WebSocket) missing.push("浏览器不支持 WebSocket，或被安全软件关闭");
  if (!isFramed && navigator.cookieEnabled === false) missing.push("浏览器禁用了 Cookie");
  if (!missing.length) return;

  function say() {
    var lines = "";
    for (var i = 0; i < missing.length; i++) lines += "<li>" + missing[i] + "</li>";
    document.body.innerHTML =
      "<style>body > * { display: none !important; } body > #cannot { display: block !important; }</style>" + // whatever comes later
      '<div id="cannot" style="max-width:42em;margin:4em auto;padding:0 1em;font:18px/1.8 sans-serif;color:#1F2933">' +
      '<h1 style="font-size:26px;border-left:6px solid #B5202A;padding-left:12px">此浏览器无法显示本看板</h1>' +
      "<ul>" + lines + "</ul>" +
      "<p>如使用360、搜狗、QQ等双核浏览器，请切换到<b>极速模式</b>（地址栏右侧的图标），然后刷新页面。</p>" +
      "<p>仍不能显示的，请换用较新版本的浏览器，或请管理员允许本站使用 Cookie 与 WebSocket。</p></div>";
    document.title = "此浏览器无法显示本看板";
  }

  if (document.body) say();
  else if (document.addEventListener) document.addEventListener("DOMContentLoaded", say, false);
  else window.attachEvent("onload", say);
})();
