// The page's own script: keys of the grid, the bubble of a cell, pieces of an answer
// put in their places, and the stream of a search.  Everything else is plain HTML.
(function () {
  "use strict";
  var grid = document.getElementById("roster");
  var home = grid && (grid.dataset.at || "/month/" + grid.dataset.book);
  var CELL = "td[id^=c], th[data-date], th[id^=p]";

  // ---- pieces: each element of an answer takes the place of the one with its id ----
  function patch(text) {
    var sent = document.createElement("template");
    sent.innerHTML = text;
    var roots = Array.from(sent.content.children).flatMap(function (one) {
      return Array.from((one.content || one).children).concat(one.id ? [one] : []);
    });
    roots.forEach(function (fresh) {
      var old = fresh.id && document.getElementById(fresh.id);
      if (!old) return;
      if (!old.closest("#roster")) {
        settle(old, fresh);
        return;
      }
      // A cell stays, for the pen may be in it, and a half typed word in the pen.
      old.className = fresh.className;
      if (fresh.hasAttribute("aria-label")) old.setAttribute("aria-label", fresh.getAttribute("aria-label"));
      Array.from(old.childNodes).forEach(function (one) { if (one !== pen && !(one.classList && one.classList.contains("say"))) one.remove(); });
      old.prepend.apply(old, Array.from(fresh.childNodes));
      if (old.contains(pen)) tellCell(old);
    });
    restoreSwitches();
  }
  // Where somebody is typing, the half typed word and the pen's place are kept.
  function settle(old, fresh) {
    var at = document.activeElement, id = old.contains(at) && (at.id || at.dataset.cell);
    var half = id && at.type === "text" && at.value !== at.defaultValue ? at.value : null;
    if (id && composing) { late.push([old, fresh]); return; }
    var open = Array.from(old.querySelectorAll("details[open]")).map(function (one) { return one.closest("[id]").id; });
    fresh.querySelectorAll("details").forEach(function (one) { if (open.includes(one.closest("[id]").id)) one.open = true; });
    old.replaceWith(fresh);
    window.htmx.process(fresh);
    var folded = fresh.classList.contains("wrong") && fresh.closest("details:not([open])");
    if (folded) folded.open = true;                     // a mistake is seen at once
    var again = id && (document.getElementById(id) || fresh.querySelector("[data-cell='" + id + "']"));
    if (!again) return;
    again.focus({ preventScroll: true });
    if (half === null) return;
    again.value = half;
    keep(again);
  }
  // A word that was put back is no change to the browser, unless more is typed.
  function keep(field) {
    var told = false;
    field.addEventListener("change", function () { told = true; }, { once: true });
    field.addEventListener("blur", function () {
      if (!told && field.value !== field.defaultValue) field.dispatchEvent(new Event("change", { bubbles: true }));
    }, { once: true });
  }
  var composing = false, late = [];
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () {
    composing = false;
    late.splice(0).forEach(function (pair) { if (pair[0].isConnected) settle(pair[0], pair[1]); });
  });
  document.addEventListener("htmx:beforeSwap", function (e) {
    if (e.detail.xhr.getResponseHeader("X-Pieces")) {
      e.detail.shouldSwap = false;
      patch(e.detail.serverResponse);
    }
  });
  document.addEventListener("htmx:confirm", function (e) {
    // A button that cannot be pressed says so; it is not `disabled`, to be found by key.
    if (e.target.getAttribute("aria-disabled") === "true") e.preventDefault();
  });
  document.addEventListener("htmx:configRequest", function (e) {
    // Which steps this tab shows: another one may have taken more.
    var undo = document.getElementById("undo");
    if (undo && e.detail.verb === "post") e.detail.parameters.seen = undo.dataset.seen;
  });
  document.addEventListener("htmx:sendError", function () { say(document.body.dataset.gone); });
  document.addEventListener("htmx:responseError", function (e) {
    var asked = e.detail.xhr, kind = asked.getResponseHeader("Content-Type") || "";
    if (!asked.getResponseHeader("X-Pieces")) say(kind.startsWith("text/plain") ? asked.responseText : document.body.dataset.failed);
  });
  function say(text) {
    var told = document.getElementById("told");
    if (!told && text) {
      // A screen without tools, such as that of the plans.
      told = document.createElement("p");
      told.id = "told";
      told.setAttribute("role", "alert");
      document.querySelector("main").prepend(told);
    }
    if (told) told.textContent = text;
  }

  // ---- edits go one after the other; whoever goes on meanwhile waits for the last ----
  var line = Promise.resolve(), unsent = 0, sent = false;
  window.shotakiSend = function (path, values, source) {
    unsent += 1;
    line = line.then(function () {
      return window.htmx.ajax("POST", path, { values: values, swap: "none", source: source });
    }).catch(function () {}).then(function () { unsent -= 1; });
    return line;
  };
  function after(e, again) {
    if (!unsent) return;
    e.preventDefault();
    e.stopPropagation();
    say(document.body.dataset.waiting);
    line.then(again);
  }
  document.addEventListener("click", function (e) {
    var goer = e.target.closest("a[href], button[hx-post]");
    if (goer && !(e.ctrlKey || e.metaKey || e.shiftKey)) after(e, function () { goer.click(); });
  }, true);
  document.addEventListener("submit", function (e) {
    var form = e.target, button = e.submitter;
    after(e, function () { form.requestSubmit(button); });
  }, true);
  // An answer may open the screen anew: then nothing is left to wait for.
  document.addEventListener("htmx:beforeOnLoad", function (e) {
    if (e.detail.xhr.getResponseHeader("HX-Refresh") || e.detail.xhr.getResponseHeader("HX-Redirect")) sent = true;
  });
  window.addEventListener("beforeunload", function (e) { if (unsent && !sent) e.preventDefault(); });

  // ---- switches ---------------------------------------------------------------
  var switched = { wishes: true };
  document.addEventListener("click", function (e) {
    var button = e.target.closest("[data-switch]");
    if (!button) return;
    switched[button.dataset.switch] = button.getAttribute("aria-pressed") !== "true";
    restoreSwitches();
  });
  function restoreSwitches() {
    document.querySelectorAll("[data-switch]").forEach(function (one) {
      var on = !!switched[one.dataset.switch];
      one.setAttribute("aria-pressed", String(on));
      if (grid) grid.classList.toggle(one.dataset.switch, on);
    });
  }

  // ---- the grid: one cell is the tab stop; the pen is the input inside it ----------
  var pen = document.createElement("input");
  pen.className = "pen"; pen.type = "text"; pen.autocomplete = "off"; pen.maxLength = 40;
  pen.setAttribute("enterkeyhint", "done"); pen.spellcheck = false;
  function shownDate() { var head = grid.querySelector("th.sel"); return head ? head.dataset.date : ""; }
  function send(path, values) {
    values.shown = values.shown || shownDate();
    return window.shotakiSend(home + path, values, grid);
  }
  function rows() {
    return Array.from(grid.rows).map(function (row) {
      return Array.from(row.querySelectorAll(CELL)).filter(function (one) { return one.offsetParent !== null; });
    }).filter(function (row) { return row.length; });
  }
  function place(cell) {
    var all = rows(), y = all.findIndex(function (row) { return row.includes(cell); });
    return { all: all, y: y, x: y < 0 ? -1 : all[y].indexOf(cell) };
  }
  // The column of a cell: rows differ in whether a name stands before their dates.
  function column(cell) {
    if (cell.tagName === "TD") return cell.id.split("-")[1];
    return cell.dataset.date ? cell.id.slice(1) : "name";
  }
  function below(cell, down) {
    var p = place(cell), row = p.all[p.y + down];
    return row && (row.find(function (one) { return column(one) === column(cell); }) || row[0]);
  }
  function tellCell(cell) {
    var head = cell.querySelector(":scope > .words strong");
    pen.setAttribute("aria-label", cell.getAttribute("aria-label") + (head ? "。" + head.textContent : ""));
    say(head ? head.textContent : "");
  }
  function go(cell) {
    if (!cell) return;
    shut();
    grid.querySelectorAll("[tabindex='0']").forEach(function (one) { one.tabIndex = -1; });
    if (cell.tagName === "TH") {
      pen.remove(); cell.tabIndex = 0; cell.focus();
      say("");
      return;
    }
    pen.value = ""; pen.classList.remove("writes");
    cell.appendChild(pen);
    tellCell(cell);
    pen.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  function type(cell, text) {
    var values = place_of(cell);
    pen.value = ""; pen.classList.remove("writes");
    values.text = text;
    send("/cell", values);
  }

  // ---- a stretch of one row: marked by Shift with arrows or a click, filled at once ----
  var stretch = null;
  function spot(cell) { return { row: cell.parentNode.dataset.row, day: Number(cell.id.split("-")[1]) }; }
  // Where something is put: the cell, or the whole stretch that is marked around it.
  function place_of(cell) {
    var here = spot(cell), ends = stretch;
    stretch = null;
    mark(null);
    if (!ends || ends.row !== here.row) return here;
    return { row: here.row, day: ends.from, until: ends.to };
  }
  function mark(row, from, to) {
    grid.querySelectorAll(".over").forEach(function (one) { one.classList.remove("over"); });
    if (row === null) return;
    for (var day = Math.min(from, to); day <= Math.max(from, to); day += 1) {
      var cell = document.getElementById("c" + row + "-" + day);
      if (cell) cell.classList.add("over");
    }
  }
  function extend(cell, to) {
    var here = spot(cell);
    if (!stretch || stretch.row !== here.row) stretch = { row: here.row, from: here.day, to: here.day };
    if (document.getElementById("c" + here.row + "-" + to)) stretch.to = to;
    mark(stretch.row, stretch.from, stretch.to);
    say((grid.dataset.stretch || "").replace("{number}", Math.abs(stretch.to - stretch.from) + 1));
  }
  function shrink() { if (stretch) { stretch = null; mark(null); } }
  function move(e, cell) {
    if (e.key === "ArrowUp" || e.key === "ArrowDown") {
      e.preventDefault();
      go(below(cell, e.key === "ArrowDown" ? 1 : -1));
      return true;
    }
    var p = place(cell), last = p.all[p.y].length - 1, to = {
      ArrowLeft: [p.y, p.x - 1], ArrowRight: [p.y, p.x + 1],
      Home: [e.ctrlKey ? 0 : p.y, 0], End: [e.ctrlKey ? p.all.length - 1 : p.y, last] }[e.key];
    if (!to) return false;
    e.preventDefault();
    go(p.all[to[0]] && p.all[to[0]][to[1]]);
    return true;
  }
  function shut() { var open = grid.querySelector(".say"); if (open) open.remove(); }
  var ARROW = 10;                                        // pixels between a cell and its bubble
  function open(cell) {
    shut();
    var bubble = document.getElementById("bubble").content.firstElementChild.cloneNode(true);
    var words = cell.querySelector(":scope > .words"), picks = cell.tagName === "TD" && document.getElementById("picks-" + cell.parentNode.dataset.row);
    if (words) Array.from(words.children).forEach(function (one) { bubble.querySelector(".said").appendChild(one.cloneNode(true)); });
    if (words && words.querySelector(".word")) bubble.classList.add("wrong");
    if (picks) bubble.querySelector(".picks").appendChild(picks.content.cloneNode(true)); else bubble.querySelector(".picks").remove();
    if (!picks) bubble.querySelector(".btns").remove();
    var box = cell.getBoundingClientRect(), frame = grid.parentNode.getBoundingClientRect();
    if (box.top > frame.top + frame.height * 0.55) bubble.classList.add("above");
    if (box.left > frame.left + frame.width * 0.6) bubble.classList.add("left");
    cell.appendChild(bubble);
    var size = bubble.getBoundingClientRect(), below = Math.min(frame.bottom, window.innerHeight) - box.bottom;
    if (size.height > below && box.top - frame.top > below) bubble.classList.add("above");
    // Where there is no room for all that can be chosen, that part is scrolled.
    var beyond = size.height + ARROW - (bubble.classList.contains("above") ? box.top - frame.top : below);
    var choices = bubble.querySelector(".picks");
    if (beyond > 0 && choices) choices.style.maxHeight = choices.offsetHeight - beyond + "px";
    bubble.scrollIntoView({ block: "nearest", inline: "nearest" });
    return bubble;
  }

  if (grid) {
    grid.addEventListener("keydown", function (e) {
      if (e.isComposing || e.keyCode === 229) return;        // the keys are the input method's
      var cell = e.target.closest(CELL);
      if (!cell) return;
      if (e.target.closest(".say")) {
        if (e.key === "Escape") { shut(); if (cell.contains(pen)) pen.focus(); else cell.focus(); }
        var picks = Array.from(cell.querySelectorAll(".say button")), at = picks.indexOf(e.target);
        if (e.key === "ArrowRight" || e.key === "ArrowDown") { e.preventDefault(); (picks[at + 1] || picks[0]).focus(); }
        if (e.key === "ArrowLeft" || e.key === "ArrowUp") { e.preventDefault(); (picks[at - 1] || picks[picks.length - 1]).focus(); }
        return;
      }
      if ((e.ctrlKey || e.metaKey) && !e.altKey && /^[zy]$/i.test(e.key) && !pen.value) {
        e.preventDefault();
        send(e.key.toLowerCase() === "y" || e.shiftKey ? "/redo" : "/undo", {});
        return;
      }
      if (cell.tagName === "TH") {
        if (e.key === "Escape") shut();
        if (e.key === "Enter" || e.key === " ") { e.preventDefault(); show(cell); return; }
        move(e, cell);
        return;
      }
      var writes = pen.value.trim() !== "", side = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
      if (e.shiftKey && side && !writes) {
        e.preventDefault();
        extend(cell, (stretch && stretch.row === spot(cell).row ? stretch.to : spot(cell).day) + side);
        return;
      }
      if (e.key === "Escape" || e.key === "Tab" || (e.key.indexOf("Arrow") === 0 && !writes)) shrink();
      if (e.key === "Escape") { pen.value = ""; pen.classList.remove("writes"); shut(); return; }
      if (writes && (e.key === "Enter" || e.key === "Tab")) {
        type(cell, pen.value);
        if (e.key === "Enter") { e.preventDefault(); go(below(cell, 1)); }
        return;
      }
      if (!writes && (e.key === "Delete" || e.key === "Backspace")) { e.preventDefault(); type(cell, ""); return; }
      if (!writes && (e.key === "Enter" || e.key === "F2")) {
        e.preventDefault();
        var first = open(cell).querySelector("button");
        if (first) first.focus();
        return;
      }
      if (e.key.indexOf("Arrow") === 0 && writes) type(cell, pen.value);
      if (!writes || e.key.indexOf("Arrow") === 0) move(e, cell);
    });
    pen.addEventListener("input", function () { pen.classList.toggle("writes", pen.value !== ""); if (pen.value) shut(); });
    // As in Excel, what was typed is put in when another place is clicked.
    pen.addEventListener("blur", function () { if (pen.value.trim() && pen.parentNode) type(pen.parentNode, pen.value); });
    pen.addEventListener("compositionstart", function () { pen.classList.add("writes"); shut(); });
    // Pressed with Shift, the button marks a stretch from the pen on: the pen stays there.
    grid.addEventListener("mousedown", function (e) { if (e.shiftKey && e.target.closest(CELL)) e.preventDefault(); });
    grid.addEventListener("focusin", function (e) {
      var cell = e.target.closest(CELL);
      if (cell && e.target === cell && cell.tagName === "TD") go(cell);
    });
    grid.addEventListener("click", function (e) {
      var pick = e.target.closest("[data-pick]"), cell = e.target.closest(CELL);
      if (pick) { shut(); type(cell, pick.dataset.pick); pen.focus(); return; }
      if (!cell || e.target.closest(".say")) return;
      if (cell.tagName === "TH") { go(cell); show(cell); return; }
      var from = pen.parentNode;
      if (e.shiftKey && from && from.parentNode === cell.parentNode) { shut(); extend(from, spot(cell).day); pen.focus(); return; }
      shrink();
      if (!cell.contains(pen)) go(cell);
      open(cell);
    });
    document.addEventListener("click", function (e) { if (!e.target.closest("#roster")) shut(); });
    var first = grid.querySelector("tbody td[id^=c]");
    if (first) first.tabIndex = 0;
    // What the screens' own scripts use of the grid.
    window.shotakiGrid = { at: spot, go: go, mark: mark, place_of: place_of, say: say, send: send, shut: shut, CELL: CELL };
  }
  function show(head) {
    shut();
    if (head.dataset.date) showDate(head.dataset.date);
    if (head.querySelector(":scope > .words")) open(head);
  }
  function showDate(date) {
    grid.querySelectorAll("th.sel").forEach(function (one) { one.classList.remove("sel"); });
    var head = grid.querySelector("th[data-date='" + date + "']");
    if (head) head.classList.add("sel");
    window.htmx.ajax("GET", home + "/day?date=" + date, { swap: "none", source: grid });
  }
  document.addEventListener("click", function (e) {
    var turn = e.target.closest("#day [data-date]");
    if (turn && grid) showDate(turn.dataset.date);
  });

  document.addEventListener("click", function (e) { if (e.target.closest("[data-print]")) window.print(); });

  // On a phone the bar is drawn aside: the name of the screen is in sight.
  var screens = document.querySelector(".bar nav ul"), current = screens && screens.querySelector("[aria-current]");
  if (current) screens.scrollLeft = current.offsetLeft - screens.offsetLeft - 40;

  // ---- the sheet for the wall: rows as low as the people, remarks and signs need ----
  // All lengths of the sheet follow one unit, so what fits on the screen fits on paper.
  // Rows are no higher than easy to read where that shows more letters of the events; a
  // name that is a little too long for its room is written smaller, as are those of people.
  var MOST_TITLE = 8.4, LEAST_TITLE = 4;
  var MOST_LINE = 7, EASY_LINE = 5.5, LEAST_LINE = 3, LEAST_LETTERS = 5, MOST_LETTERS = 20, SMALLEST = 0.8;
  function fitSheet() {
    document.querySelectorAll(".paper").forEach(function (sheet) {
      // The boxes at its end are for a stamp: a long period or name leaves them their room.
      var head = sheet.querySelector("header.title");
      for (var size = MOST_TITLE; head && size >= LEAST_TITLE; size -= 0.2) {
        sheet.style.setProperty("--title", size.toFixed(1));
        if (head.scrollWidth <= head.clientWidth) break;
      }
      var end = sheet.lastElementChild, margin = sheet.clientWidth / 297 * 4;
      function fits(name, value) {
        sheet.style.setProperty(name, value);
        return end.getBoundingClientRect().bottom + margin <= sheet.getBoundingClientRect().bottom;
      }
      var events = sheet.querySelectorAll(".e .up"), letters = LEAST_LETTERS;
      events.forEach(function (one) { letters = Math.max(letters, one.textContent.length); });
      letters = Math.min(letters, MOST_LETTERS);
      fits("--line", EASY_LINE);
      while (!fits("--letters", letters) && letters > LEAST_LETTERS) letters -= 1;
      for (var line = MOST_LINE; line >= LEAST_LINE; line -= 0.1) {
        if (fits("--line", line.toFixed(1))) break;
      }
      events.forEach(function (one) {
        var part = letters / one.textContent.length;
        one.style.fontSize = part < 1 && part >= SMALLEST ? part + "em" : "";
      });
      sheet.querySelectorAll("tbody .rn span").forEach(function (one) {
        one.style.fontSize = "";
        var part = one.parentNode.clientWidth / one.offsetWidth;
        one.style.fontSize = part < 1 ? part + "em" : "";
      });
    });
  }
  fitSheet();
  if (document.fonts) document.fonts.ready.then(fitSheet);
  window.addEventListener("resize", fitSheet);
  window.addEventListener("hashchange", fitSheet);

  // ---- the stream of a search: only a tab that is seen listens ---------------------
  // A browser keeps few connections to one server; hidden tabs leave them to others.
  var run = document.getElementById("run"), source = null;
  function listen() {
    if (!run || !run.dataset.events || source || document.hidden) return;
    source = new EventSource(run.dataset.events);
    source.addEventListener("state", function (e) {
      // What is read stays open, and what has the focus keeps it.
      var at = run.contains(document.activeElement) ? document.activeElement : null, id = at && at.id, value = at && at.value;
      var open = Array.from(run.querySelectorAll("details[open][id]")).map(function (one) { return one.id; });
      run.innerHTML = e.data;
      window.htmx.process(run);
      open.forEach(function (one) { var again = document.getElementById(one); if (again) again.open = true; });
      var same = id ? document.getElementById(id) : value && run.querySelector("button[value='" + value + "']");
      if (same) same.focus();
    });
    source.addEventListener("end", function () { run.dataset.events = ""; rest(); });
  }
  function rest() { if (source) { source.close(); source = null; } }
  document.addEventListener("visibilitychange", function () { if (document.hidden) rest(); else listen(); });
  listen();
  document.addEventListener("submit", function (e) {
    var button = e.submitter;
    if (button && button.getAttribute("aria-disabled") === "true") e.preventDefault();
  });
})();
