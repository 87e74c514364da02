// The month's roster: a cell dragged onto another, or lifted and put down by keys or
// finger; cells fixed and let go; users expected on the date that is shown.
(function () {
  "use strict";
  var grid = document.getElementById("roster"), all = window.shotakiGrid;
  if (!grid || !all) return;
  var CELL = "td[id^=c]", lifted = null, pressed = null;

  // ---- lifting and putting down ----------------------------------------------------
  function lift(cell) {
    drop();
    lifted = cell;
    cell.classList.add("lifted");
    grid.classList.add("moving");
    all.say(grid.dataset.lifted);
  }
  function drop() {
    grid.querySelectorAll(".lifted, .target").forEach(function (one) { one.classList.remove("lifted", "target"); });
    grid.classList.remove("moving");
    lifted = null;
  }
  function put(cell) {
    var from = all.at(lifted), to = all.at(cell), same = lifted === cell;
    drop();
    if (same) return;
    all.send("/move", { row: from.row, day: from.day, to_row: to.row, to_day: to.day });
    all.go(cell);
  }
  function pin(cell) { all.send("/pin", all.place_of(cell)); }

  // ---- by mouse: a press that goes to another cell is a drag -------------------------
  function under(e) {
    var found = document.elementFromPoint(e.clientX, e.clientY);
    return found && found.closest("#roster " + CELL);
  }
  grid.addEventListener("pointerdown", function (e) {
    var cell = e.target.closest(CELL);
    if (!cell || e.button > 0 || e.shiftKey || e.pointerType === "touch" || lifted || e.target.closest(".say")) return;
    pressed = cell;
  });
  document.addEventListener("pointermove", function (e) {
    if (!pressed || !(e.buttons & 1)) { pressed = null; return; }
    var cell = under(e);
    if (!lifted && cell && cell !== pressed) { all.shut(); lift(pressed); }
    if (!lifted) return;
    grid.querySelectorAll(".target").forEach(function (one) { one.classList.remove("target"); });
    if (cell && cell !== lifted) cell.classList.add("target");
  });
  document.addEventListener("pointerup", function (e) {
    if (!pressed) return;
    pressed = null;
    if (!lifted) return;
    var cell = under(e);
    if (cell) put(cell); else drop();
    // The click that follows the drag opens nothing.
    window.addEventListener("click", swallow, true);
    window.setTimeout(function () { window.removeEventListener("click", swallow, true); }, 0);
  });
  function swallow(e) { e.stopPropagation(); e.preventDefault(); }
  document.addEventListener("pointercancel", function () { pressed = null; drop(); });
  grid.addEventListener("dragstart", function (e) { e.preventDefault(); });

  // ---- users of the date that is shown: one after the other with the cells -------------
  document.addEventListener("change", function (e) {
    var users = e.target.closest("[data-users]");
    if (users) all.send("/users", { service: users.dataset.users, shown: users.dataset.shown, number: users.value });
  });

  // ---- by keys and from the bubble ---------------------------------------------------
  grid.addEventListener("keydown", function (e) {
    var cell = e.target.closest(CELL), key = e.key.toLowerCase(), control = e.ctrlKey || e.metaKey;
    if (!cell || e.isComposing || e.keyCode === 229 || e.target.closest(".say")) return;
    var pen = grid.querySelector(".pen"), writes = pen && pen.value !== "";
    if (writes) return;
    var does = null;
    if (control && key === "x") does = function () { lift(cell); };
    else if (lifted && ((control && key === "v") || e.key === "Enter")) does = function () { put(cell); };
    else if (lifted && e.key === "Escape") does = drop;
    else if (control && e.key === "Enter") does = function () { pin(cell); };
    if (!does) return;
    e.preventDefault();
    e.stopPropagation();
    does();
  }, true);
  grid.addEventListener("click", function (e) {
    var button = e.target.closest("[data-do]"), cell = e.target.closest(CELL);
    if (button && cell) {
      e.stopPropagation();
      all.shut();
      if (button.dataset.do === "pin") pin(cell); else lift(cell);
      all.go(cell);
    } else if (lifted && cell && !e.target.closest(".say")) {
      e.stopPropagation();
      put(cell);
    }
  }, true);
})();
