// The material of the month: a brush that is drawn over dates.  Typing, keys, stretches
// and bubble are those of every grid.
(function () {
  "use strict";
  var grid = document.getElementById("roster");
  if (!grid) return;
  var CELL = "td[id^=c]", brush = null, drawn = null;

  var all = window.shotakiGrid, at = all.at, mark = all.mark;

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
  // One stop of the tab key for all brushes that are seen; arrows go from one to the next.
  var bar = document.getElementById("brushes");
  function seen() {
    return Array.from(bar.querySelectorAll("[data-brush]")).filter(function (one) { return one.offsetParent !== null; });
  }
  function stop(one) {
    bar.querySelectorAll("[data-brush]").forEach(function (other) { other.tabIndex = other === one ? 0 : -1; });
  }
  bar.addEventListener("change", function () { if (brush !== null) choose(brush); stop(seen()[0]); });
  bar.addEventListener("focusin", function (e) { if (e.target.matches("[data-brush]")) stop(e.target); });
  bar.addEventListener("keydown", function (e) {
    var all = seen(), at = all.indexOf(e.target);
    var to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (at < 0 || to === undefined) return;
    e.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
  stop(seen()[0]);
  // With a brush in hand Enter puts it into the cell, or into the stretch that is marked.
  grid.addEventListener("keydown", function (e) {
    var cell = e.target.closest(CELL);
    if (brush === null || e.isComposing || e.key !== "Enter" || !isMine(cell) || e.target.value || e.target.closest(".say")) return;
    e.preventDefault();
    e.stopPropagation();
    var values = all.place_of(cell);
    values.text = brush;
    values.again = values.until === undefined ? "1" : "";
    all.send("/cell", values);
  }, true);
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
    all.send("/cell", { row: drawn.row, day: drawn.from, until: drawn.to, text: brush, again: one ? "1" : "" });
    mark(null);
    drawn = null;
  });
  document.addEventListener("pointercancel", function () { drawn = null; mark(null); });
  grid.addEventListener("click", function (e) {
    if (brush === null || !isMine(e.target.closest(CELL))) return;
    e.preventDefault();
    e.stopPropagation();
  }, true);
})();
