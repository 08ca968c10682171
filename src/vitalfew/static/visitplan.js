// A plan of visits: a proposal is dragged onto another person or week. Without a mouse its own form does the same.
// <form data-planboard> sends it; [data-proposal] is what can be dragged, [data-week] where it can be dropped.
(() => {
  "use strict";

  const form = document.querySelector("form[data-planboard]");
  if (!form) return;
  let dragged = null;
  document.querySelectorAll("[data-proposal]").forEach((each) => { each.draggable = true; });
  const target = (event) => {
    const cell = dragged && event.target.closest?.("[data-week]");
    return cell && !cell.contains(dragged) ? cell : null;
  };
  const mark = (cell) => document.querySelectorAll("[data-week].over").forEach((each) => each.classList.toggle("over", each === cell));
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-proposal]");
    if (dragged) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", dragged.dataset.proposal); }
  });
  document.addEventListener("dragover", (event) => {
    const cell = target(event);
    mark(cell);
    if (!cell) return;
    event.preventDefault();
    cell.classList.add("over");
  });
  document.addEventListener("dragend", () => { dragged = null; mark(null); });
  document.addEventListener("drop", (event) => {
    const cell = target(event);
    if (!cell) return;
    event.preventDefault();
    form.action = form.dataset.moves.replace("/0/", `/${dragged.dataset.proposal}/`);
    form.person.value = cell.dataset.person;
    form.week.value = cell.dataset.week;
    form.requestSubmit();
  });
})();
