// The set-up of the office: every cell is sent when it is left, and told beside it what
// is wrong.  Enter goes on to the next cell, Control and Z takes a step back.
(function () {
  "use strict";
  var office = document.getElementById("office");
  if (!office) return;
  var line = Promise.resolve();                       // edits go one after the other
  function send(path, values) {
    line = line.then(function () {
      return window.htmx.ajax("POST", office.dataset.at + path, { values: values, swap: "none", source: office });
    });
  }
  function put(cell, text, ticked) { send("/cell", { cell: cell, text: text, ticked: ticked ? "1" : "" }); }
  document.addEventListener("change", function (e) {
    var field = e.target, group = field.closest("[data-ticks]");
    if (group) {
      var chosen = Array.from(group.querySelectorAll("input:checked")).map(function (one) { return one.value; });
      put(group.dataset.ticks, chosen.join("、"), true);
    } else if (field.dataset && field.dataset.cell) {
      put(field.dataset.cell, field.value, false);
    }
  });
  document.addEventListener("click", function (e) {
    var out = e.target.closest("[data-remove]"), example = e.target.closest("[data-example]"), way = e.target.closest("[data-put]");
    if (out) { var at = out.dataset.remove.split("-"); send("/remove", { sheet: at[0], row: at[1] }); }
    if (example) send("/add", { example: example.dataset.example });
    if (way) put(way.dataset.put, way.dataset.text, false);
  });
  document.addEventListener("keydown", function (e) {
    if (e.isComposing || e.keyCode === 229) return;   // the keys are the input method's
    var field = e.target.closest("input[type=text][data-cell]");
    if (!field) return;
    if (e.key === "Enter") {
      e.preventDefault();
      var all = Array.from(document.querySelectorAll("#office input[type=text][data-cell], #office select[data-cell]")).filter(function (one) { return one.offsetParent !== null; });
      var next = all[all.indexOf(field) + 1];
      if (next) next.focus(); else field.blur();
    } else if (e.key === "Escape") {
      field.value = field.defaultValue;
    } else if ((e.ctrlKey || e.metaKey) && /^[zy]$/i.test(e.key) && field.value === field.defaultValue) {
      e.preventDefault();
      send(e.key.toLowerCase() === "y" || e.shiftKey ? "/redo" : "/undo", {});
    }
  });
})();
