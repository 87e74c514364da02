// The set-up of the office: every cell is sent when it is left, and told beside it what
// is wrong.  Enter goes on to the next cell, Control and Z takes a step back.
(function () {
  "use strict";
  var office = document.getElementById("office");
  if (!office) return;
  function send(path, values) { return window.shotakiSend(office.dataset.at + path, values, office); }
  function put(cell, text, ticked) { send("/cell", { cell: cell, text: text, ticked: ticked || "" }); }
  function lines() { return Array.from(office.querySelectorAll("[data-line]:not(.new)")); }
  function enter(one) {
    var field = one && one.querySelector("input, select");
    if (!field) return;
    field.focus();
    if (field.select) field.select();
    one.scrollIntoView({ block: "nearest" });
  }
  // After a line was added the keys land in it, after one was taken out in its neighbour.
  function add(example) {
    var before = lines().map(function (one) { return one.id; });
    send("/add", { example: example }).then(function () {
      enter(lines().find(function (one) { return !before.includes(one.id); }));
    });
  }
  function takeOut(button) {
    var at = button.dataset.remove.split("-"), here = Array.from(office.querySelectorAll("[data-remove]")), place = here.indexOf(button);
    send("/remove", { sheet: at[0], row: at[1] }).then(function () {
      var left = office.querySelectorAll("[data-remove]"), next = left[place] || left[place - 1];
      if (next) next.focus();
    });
  }
  document.addEventListener("change", function (e) {
    var field = e.target, group = field.closest("[data-ticks]");
    if (group) {
      put(group.dataset.ticks, field.value, field.checked ? "on" : "off");
    } else if (field.dataset && field.dataset.cell) {
      put(field.dataset.cell, field.value);
    }
  });
  document.addEventListener("click", function (e) {
    var out = e.target.closest("[data-remove]"), example = e.target.closest("[data-example]"), way = e.target.closest("[data-put]");
    if (out) takeOut(out);
    if (example) add(example.dataset.example);
    if (way) put(way.dataset.put, way.dataset.text);
  });
  document.addEventListener("keydown", function (e) {
    if (e.isComposing || e.keyCode === 229) return;   // the keys are the input method's
    var field = e.target.closest("#office input, #office select");
    if (!field) return;
    var isText = field.type === "text";
    if (isText && e.key === "Enter") {
      e.preventDefault();
      // What is folded away has a place on the page, but takes no keys.
      var all = Array.from(document.querySelectorAll("#office input[type=text][data-cell], #office select[data-cell]")).filter(function (one) { return one.checkVisibility(); });
      var next = all[all.indexOf(field) + 1];
      if (next) next.focus(); else field.blur();
    } else if (isText && e.key === "Escape") {
      field.value = field.defaultValue;
    } else if ((e.ctrlKey || e.metaKey) && /^[zy]$/i.test(e.key) && (!isText || field.value === field.defaultValue)) {
      e.preventDefault();
      send(e.key.toLowerCase() === "y" || e.shiftKey ? "/redo" : "/undo", {});
    }
  });
})();
