// The material of the month: a brush that is drawn over dates, a stretch that is marked
// by Shift and the arrow keys.  Typing, keys and bubble are those of every grid.
(function () {
  "use strict";
  var grid = document.getElementById("roster");
  if (!grid) return;
  var CELL = "td[id^=c]", brush = null, drawn = null, stretch = null;

  function at(cell) {
    var p = cell.id.slice(1).split("-");
    return { row: p[0], day: Number(p[1]) };
  }
  function shown() { var head = grid.querySelector("th.sel"); return head ? head.dataset.date : ""; }
  function send(values) {
    values.shown = shown();
    window.htmx.ajax("POST", grid.dataset.at + "/cell", { values: values, swap: "none", source: grid });
  }
  function mark(row, from, to) {
    grid.querySelectorAll(".over").forEach(function (one) { one.classList.remove("over"); });
    if (row === null) return;
    for (var day = Math.min(from, to); day <= Math.max(from, to); day += 1) {
      var cell = document.getElementById("c" + row + "-" + day);
      if (cell) cell.classList.add("over");
    }
  }

  // ---- the brush ----------------------------------------------------------------
  function choose(text) {
    brush = brush === text ? null : text;
    document.querySelectorAll("[data-brush]").forEach(function (one) {
      one.setAttribute("aria-pressed", String(one.dataset.brush === brush));
    });
    grid.classList.toggle("drawing", brush !== null);
  }
  document.addEventListener("click", function (e) {
    var button = e.target.closest("[data-brush]");
    if (button) choose(button.dataset.brush);
  });
  document.addEventListener("keydown", function (e) {
    if (e.key === "Escape" && brush !== null && !e.isComposing) choose(brush);
  });
  function isMine(cell) { return cell && /^\d+$/.test(at(cell).row); }
  grid.addEventListener("pointerdown", function (e) {
    var cell = e.target.closest(CELL);
    if (brush === null || !isMine(cell) || e.button > 0) return;
    e.preventDefault();
    e.stopPropagation();
    drawn = { row: at(cell).row, from: at(cell).day, to: at(cell).day };
    mark(drawn.row, drawn.from, drawn.to);
  }, true);
  document.addEventListener("pointermove", function (e) {
    if (!drawn) return;
    var under = document.elementFromPoint(e.clientX, e.clientY);
    var cell = under && under.closest("#roster " + CELL);
    if (!cell || !isMine(cell)) return;
    drawn.to = at(cell).day;
    mark(drawn.row, drawn.from, drawn.to);
  });
  document.addEventListener("pointerup", function () {
    if (!drawn) return;
    var one = drawn.from === drawn.to;
    send({ row: drawn.row, day: drawn.from, until: drawn.to, text: brush, again: one ? "1" : "" });
    mark(null);
    drawn = null;
  });
  document.addEventListener("pointercancel", function () { drawn = null; mark(null); });
  grid.addEventListener("click", function (e) {
    if (brush === null || !isMine(e.target.closest(CELL))) return;
    e.preventDefault();
    e.stopPropagation();
  }, true);

  // ---- a stretch by keys -----------------------------------------------------------
  grid.addEventListener("keydown", function (e) {
    var cell = e.target.closest(CELL);
    if (!cell || e.isComposing || e.keyCode === 229 || e.target.closest(".say")) return;
    var place = at(cell), side = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (e.shiftKey && side) {
      e.preventDefault();
      e.stopPropagation();
      stretch = stretch || { row: place.row, from: place.day, to: place.day };
      if (document.getElementById("c" + stretch.row + "-" + (stretch.to + side))) stretch.to += side;
      mark(stretch.row, stretch.from, stretch.to);
      return;
    }
    if (!stretch) return;
    var pen = grid.querySelector(".pen"), text = pen ? pen.value.trim() : "";
    var takesOut = (e.key === "Delete" || e.key === "Backspace") && !text;
    if (takesOut || (e.key === "Enter" && text)) {
      e.preventDefault();
      e.stopPropagation();
      send({ row: stretch.row, day: stretch.from, until: stretch.to, text: text });
      if (pen) { pen.value = ""; pen.classList.remove("writes"); }
      stretch = null;
      mark(null);
    } else if (e.key === "Escape" || e.key.indexOf("Arrow") === 0 || e.key === "Tab") {
      stretch = null;
      mark(null);
    }
  }, true);
})();
