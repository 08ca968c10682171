// The chart of who reports to whom: dragged onto the one above, or gone through with the arrow keys.
// <form data-orgchart> has the selects who and to; [data-seat] is where somebody can be dropped, [data-who] what can be dragged.
(() => {
  "use strict";

  const form = document.querySelector("form[data-orgchart]");
  const seats = (root = document) => [...root.querySelectorAll(".org [role=treeitem]")];

  // ── Keyboard: one seat takes the focus, the arrows move it ──────────
  const first = seats()[0];
  if (first) first.tabIndex = 0;
  function go(to) {
    if (!to) return;
    seats().forEach((each) => { each.tabIndex = each === to ? 0 : -1; });
    to.focus();
  }
  const MOVES = {
    ArrowDown: (known, seat) => known[known.indexOf(seat) + 1],
    ArrowUp: (known, seat) => known[known.indexOf(seat) - 1],
    ArrowRight: (_known, seat) => seat.querySelector("[role=treeitem]"),
    ArrowLeft: (_known, seat) => seat.parentElement.closest("[role=treeitem]"),
    Home: (known) => known[0],
    End: (known) => known.at(-1),
  };
  document.addEventListener("keydown", (event) => {
    const seat = event.target;
    if (!seat.matches?.(".org [role=treeitem]")) return;
    if (event.key === "Enter") take(seat);
    else if (event.key in MOVES) go(MOVES[event.key](seats(), seat));
    else return;
    event.preventDefault();
  });
  function take(seat) {
    const who = seat.querySelector(":scope > [data-who]");
    if (!form || !who) return;
    form.who.value = who.dataset.who;
    form.to.focus();
  }

  // ── Mouse ───────────────────────────────────────────────────────────
  if (!form) return;
  let dragged = null;
  document.querySelectorAll(".org [data-who]").forEach((seat) => { seat.draggable = true; });
  const target = (event) => {
    const seat = dragged && event.target.closest?.("[data-seat]");
    return seat && seat !== dragged && !dragged.parentElement.contains(seat) ? seat : null;
  };
  const mark = (seat) => document.querySelectorAll(".over[data-seat]").forEach((each) => each.classList.toggle("over", each === seat));
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-who]");
    if (dragged) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", dragged.dataset.who); }
  });
  document.addEventListener("dragover", (event) => {
    const seat = target(event);
    mark(seat);
    if (!seat) return;
    event.preventDefault();
    seat.classList.add("over");
  });
  document.addEventListener("dragend", () => { dragged = null; mark(null); });
  document.addEventListener("drop", (event) => {
    const seat = target(event);
    if (!seat) return;
    event.preventDefault();
    form.who.value = dragged.dataset.who;
    form.to.value = seat.dataset.seat;
    form.requestSubmit();
  });
})();
