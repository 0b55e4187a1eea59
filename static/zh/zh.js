// Streamlit has no translations of its own words. This table is them.
//
// A text, title, aria-label, placeholder ... is replaced only when the whole of it stands in the table or fits one
// of the anchored patterns, so what the dashboard itself says stays as it is. Only what changes is looked at.
// The words were read from the frontend of streamlit 1.67.0: look again when that pin moves.
(() => {
  "use strict";

  // Sentences nobody else would write: replaced anywhere.
  const SENTENCES = {
    // connection, in the order they can be met
    "Connecting to Streamlit server": "正在连接看板服务",
    "Unable to connect to Streamlit server": "无法连接看板服务",
    "Connection error": "连接出错",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "看板服务可能已经停止。如需重新启动，请在终端中运行：",
    "streamlit run yourscript.py": "make run",
    "Streamlit server is not responding. Are you connected to the internet?":
      "看板服务没有响应，请检查网络；恢复后页面会自动重新连接。",
    "Connection timed out.": "连接超时。",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接已断开，请等页面重新连接后再试。",
    "Cannot connect to Streamlit (HTTP status: 403).": "无法连接看板服务（HTTP 状态 403）。",
    "Bad message format": "收到的数据格式有误",
    "Network issue": "网络问题",
    "Cannot load Streamlit frontend code. This can happen when you update Streamlit while a Streamlit app is running.":
      "页面程序加载失败，看板服务可能刚刚升级。",
    "To fix this, simply reload this app by pressing": "请刷新页面：",
    "If the error persists, try force-clearing your browser's cache as described": "如仍出错，请清除浏览器缓存，方法见",
    "Your app is having trouble loading the component.": "页面组件加载失败。",

    // pages and scripts
    "Page not found": "页面不存在",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "您访问的页面不存在，已为您打开首页。",
    "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app).":
      "页面出错，详细信息已记入服务日志，请联系管理员。",
    "Script execution error": "页面运行出错",
    "Unknown error": "未知错误",
    "No message": "没有说明",
    "Please wait...": "请稍候……",
    "Running...": "正在计算……",
    "Stopping...": "正在停止……",
    "File change.": "程序文件已更改。",
    "Always rerun": "总是重新运行",
    "Auto rerun": "自动重新运行",
    "Skip to main content": "跳到正文",
    "Link to heading": "本标题的链接",

    // choosing and typing
    "Choose an option": "请选择",
    "Choose options": "请选择（可多选）",
    "Choose or add an option": "请选择或输入",
    "Choose or add options": "请选择或输入（可多选）",
    "Add an option": "请输入",
    "Add options": "请输入（可多项）",
    "No options to select": "没有可选项",
    "No options to select.": "没有可选项。",
    "No results": "没有匹配项",
    "No options": "没有可选项",
    "Select all": "全选",
    "Selected values": "已选项",
    "Selectbox options": "选项",
    "Multiselect options": "选项",
    "Clear value": "清除",
    "Clear entry": "清除",
    "Clear all": "全部清除",
    "Press Enter to apply": "按回车键确认",
    "Press Enter to submit form": "按回车键提交",
    "Press Ctrl+Enter to apply": "按 Ctrl+回车键确认",
    "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交",
    "Press ⌘+Enter to apply": "按 ⌘+回车键确认",
    "Press ⌘+Enter to submit form": "按 ⌘+回车键提交",
    "This field is required.": "此项必填。",
    "Invalid input.": "输入无效。",
    "Invalid value.": "输入无效。",
    "Number is below the allowed range.": "数值过小。",
    "Number is above the allowed range.": "数值过大。",
    "Show password": "显示密码",
    "Hide password": "隐藏密码",
    "Show suggestions": "展开选项",
    "Choose date": "选择日期",
    "Choose date range": "选择起止日期",
    "Clear date": "清除日期",
    "Clear dates": "清除日期",
    "Quick select a date range": "快速选择起止日期",
    "Date range": "起止日期",
    "Previous month": "上个月",
    "Next month": "下个月",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "用方向键移动日期，按回车键选定，按 Esc 键关闭。",

    // sidebar, header, menu
    "Expand sidebar": "展开侧栏",
    "Collapse sidebar": "收起侧栏",
    "App pages": "页面",
    "App Logo": "标志",
    "Navigate to home page": "回到首页",
    "Main menu": "主菜单",
    "View less": "收起",
    "view less": "收起",
    "view more": "展开",
    "Scroll tabs left": "标签页向左滚动",
    "Scroll tabs right": "标签页向右滚动",
    "Clear cache": "清除缓存",
    "Clear caches": "清除缓存",
    "Are you sure you want to clear the app's function caches?": "确定清除缓存吗？",
    "Record a screencast": "录制屏幕",
    "Record screen": "录制屏幕",
    "Stop recording": "停止录制",
    "Get help": "获取帮助",
    "Report a bug": "报告问题",
    "Copy version to clipboard": "复制版本号",
    "Copy to clipboard": "复制",
    "Try again": "重试",
    "Previous page": "上一页",
    "Next page": "下一页",

    // tables
    "Show/hide columns": "显示或隐藏列",
    "Download as CSV": "下载 CSV",
    "Close fullscreen": "退出全屏",
    "Dataframe column menu": "列菜单",
    "Copy column name": "复制列名",
    "Sort ascending": "升序排列",
    "Sort descending": "降序排列",
    "Pin column": "固定此列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏此列",
    "Clear selection": "清除选择",
    "Add row": "添加一行",
    "Delete row(s)": "删除所选行",
    "Type to search": "输入文字查找",
    "Previous Result": "上一处",
    "Next Result": "下一处",
    "Close Search": "关闭查找",
    "over 1000": "超过 1000 处",
    "Scrollable table": "可滚动的表格",
    "Button action menu": "操作菜单",
    "Based on sample": "根据抽样",
    "No data": "没有数据",
    "No content": "没有内容",
    "Standard deviation": "标准差",
    "25th percentile": "下四分位数",
    "75th percentile": "上四分位数",
    "Minimum length": "最短长度",
    "Maximum length": "最长长度",
    "Average length": "平均长度",
    "Vega visualization": "图形",
    "Distribution histogram": "分布直方图",
    "Top values frequency chart": "最常见的值",
    "True/false distribution chart": "是与否的分布",
    "Failed to load data": "数据加载失败",

    // downloads and pictures
    "Download failed": "下载失败",
    "Failed to generate file for download": "文件生成失败",
    "Deferred download not properly configured": "下载未正确配置",
    "Request timed out": "请求超时",
    "Connection closed": "连接已关闭",

    // charts (Plotly)
    "Download plot": "下载图片",
    "Download plot as a PNG": "下载图片（PNG）",
    "Preparing image - this may take a few seconds": "正在生成图片，请稍候",
    "Image download succeeded": "图片已下载",
    "Sorry, there was a problem downloading your image!": "图片下载失败",
    "Double-click to zoom back out": "双击恢复原来的范围",
    "Double-click on legend to isolate one trace": "双击图例只看一项",
    "Box Select": "框选",
    "Lasso Select": "套索选择",
    "Zoom in": "放大",
    "Zoom out": "缩小",
    "Reset axes": "恢复坐标轴",
    "Reset view": "恢复视图",
    "Reset views": "恢复视图",
    "Toggle Spike Lines": "显示或隐藏参考线",
    "Toggle show closest data on hover": "只提示最近的数据",
    "Show closest data on hover": "只提示最近的数据",
    "Compare data on hover": "比较同一位置的数据",
    "WebGL is not supported by your browser - visit https://get.webgl.org for more info":
      "浏览器不支持 WebGL，无法显示此图。",
  };

  // Words that could also be somebody's data: not replaced inside CONTENT.
  const WORDS = {
    Close: "关闭",
    Open: "展开",
    Cancel: "取消",
    Copy: "复制",
    Copied: "已复制",
    Dismiss: "关闭",
    Stop: "停止",
    Rerun: "重新运行",
    Retry: "重试",
    Connecting: "正在连接",
    Error: "出错",
    Loading: "正在加载",
    "Loading...": "正在加载……",
    Sidebar: "侧栏",
    Logo: "标志",
    Notifications: "通知",
    Pagination: "翻页",
    Menu: "菜单",
    Settings: "设置",
    Theme: "主题",
    Light: "浅色",
    Dark: "深色",
    System: "跟随系统",
    About: "关于",
    Print: "打印",
    Fullscreen: "全屏",
    Search: "查找",
    Visibility: "显示",
    Statistics: "统计",
    Format: "格式",
    Autosize: "自动列宽",
    Automatic: "自动",
    Localized: "本地格式",
    Plain: "原样",
    Compact: "简写",
    Dollar: "美元",
    Euro: "欧元",
    Yen: "日元",
    Percent: "百分比",
    Scientific: "科学计数",
    Accounting: "会计",
    Duration: "时长",
    Distance: "相对今天",
    Calendar: "日历",
    Range: "范围",
    Count: "计数",
    Values: "有值",
    Empty: "空值",
    Distinct: "不同值",
    Average: "平均值",
    Minimum: "最小值",
    Median: "中位数",
    Maximum: "最大值",
    Sum: "合计",
    True: "是",
    False: "否",
    empty: "无数据",
    "(index)": "行号",
    number: "数值",
    text: "文字",
    checkbox: "是或否",
    datetime: "日期时间",
    date: "日期",
    time: "时间",
    list: "列表",
    link: "链接",
    object: "对象",
    "(required)": "（必填）",
    Increment: "增加",
    Decrement: "减少",
    Selectbox: "单选框",
    Multiselect: "多选框",
    Suggestions: "选项",
    Metric: "指标",
    Expander: "展开或收起",
    Step: "步骤",
    Zoom: "缩放",
    Pan: "平移",
    Autoscale: "自动缩放",
    Reset: "恢复",
  };

  const PATTERNS = [
    [/^Show\/hide columns: (.+)$/, "显示或隐藏列：$1"],
    [/^Search: (.+)$/, "查找：$1"],
    [/^Fullscreen: (.+)$/, "全屏：$1"],
    [/^Close fullscreen: (.+)$/, "退出全屏：$1"],
    [/^View (\d+) more$/, "再显示 $1 项"],
    [/^Select (\d+) matches$/, "选中匹配的 $1 项"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "最多选 $1 项，请先去掉一项。"],
    [/^Remove (.+)$/, "移除 $1"],
    [/^Add: (.+)$/, "添加：$1"],
    [/^(\d+) options? available\.$/, "有 $1 个选项。"],
    [/^(.+), selected$/, "$1，已选中"],
    [/^(\d+) results?$/, "共 $1 处"],
    [/^(\d+) of (\d+) results?$/, "第 $1 处，共 $2 处"],
    [/^(\d+) of over 1000$/, "第 $1 处，超过 1000 处"],
    [/^Choose date(?: range)?, (.+)$/, "选择日期，$1"],
    [/^Page (\d+)$/, "第 $1 页"],
    [/^Help for (.+)$/, "$1的说明"],
    [/^Shortcut (.+)$/, "快捷键 $1"],
    [/^Made with Streamlit v(.+)$/, "Streamlit $1"],
    [/^Connection failed with status (\d+)\.$/, "连接失败，状态 $1。"],
    [/^Connection failed with status (\d+), and response:$/, "连接失败，状态 $1，服务回答："],
    [
      /^You have requested page \/(.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/,
      "没有“$1”这个页面，已为您打开首页。",
    ],
    [
      /^Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/,
      "数值超出范围，请输入 $1 到 $2 之间的数。",
    ],
    [/^Number is below the allowed range\. Please enter a value greater than or equal to (.+)\.$/, "请输入不小于 $1 的数。"],
    [/^Number is above the allowed range\. Please enter a value less than or equal to (.+)\.$/, "请输入不大于 $1 的数。"],
  ];

  const ATTRIBUTES = ["title", "aria-label", "placeholder", "alt", "data-title"];
  const { content: CONTENT, tooltip: TIP, icon: ICON } = window.streamlitPage;
  // Drawn, not written; a grid repeats its cells as text inside its canvas.
  const SKIPPED = new Set(["CANVAS", "SCRIPT", "STYLE", "TEXTAREA", "svg", "IFRAME"]);

  const look = (table, text) => (Object.hasOwn(table, text) ? table[text] : undefined);

  function translate(text, place) {
    const key = text.trim().replace(/\s+/g, " ");
    if (key === "" || key.length > 300) return undefined;
    const sentence = look(SENTENCES, key);
    if (sentence !== undefined) return sentence;
    const word = look(WORDS, key);
    if (word !== undefined) return place?.closest(CONTENT) && !place.closest(TIP) ? undefined : word;
    const pattern = PATTERNS.find(([shape]) => shape.test(key));
    return pattern && key.replace(pattern[0], pattern[1]);
  }

  function onText(node) {
    if (node.parentElement?.closest(ICON)) return; // the letters of an icon's name are its shape
    const chinese = translate(node.data, node.parentElement);
    if (chinese !== undefined) node.data = chinese;
  }

  function onAttribute(element, name) {
    const text = element.getAttribute(name);
    const chinese = text && translate(text, null);
    if (chinese) element.setAttribute(name, chinese);
  }

  function onNode(node) {
    if (node.nodeType === Node.TEXT_NODE) return onText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) if (node.hasAttribute(name)) onAttribute(node, name);
    if (SKIPPED.has(node.nodeName)) return;
    for (const child of node.childNodes) onNode(child);
  }

  function onChange(change) {
    if (change.type === "attributes") return onAttribute(change.target, change.attributeName);
    const place = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
    if (place?.closest("canvas, svg, script, style, textarea")) return;
    if (change.type === "characterData") return onText(change.target);
    for (const node of change.addedNodes) onNode(node);
  }

  // A replacement is itself a change, but its text is Chinese and is not looked up again.
  new MutationObserver((changes) => changes.forEach(onChange)).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  onNode(document.documentElement);
})();
