// A long list of people narrows while a name, pinyin or initials are typed; the first that fits is chosen.
(() => {
  const fits = (option, words) => {
    const said = option.text.toLowerCase();
    const sounds = option.dataset.sounds.split(" ");
    return words.every((word) => said.includes(word) || sounds.some((sound) => sound.startsWith(word)));
  };
  const search = (select) => {
    const box = document.createElement("input");
    Object.assign(box, { type: "search", className: "form-control mb-2", placeholder: select.dataset.people, autocomplete: "off" });
    box.setAttribute("aria-label", select.dataset.people);
    const whole = [...select.children].map((child) => child.cloneNode(true));
    const before = select.value;
    box.addEventListener("input", () => {
      const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = words.length ? "" : before;
      select.replaceChildren(...whole.map((child) => child.cloneNode(true)));
      if (words.length) [...select.options].filter((option) => option.value && !fits(option, words)).forEach((option) => option.remove());
      const first = [...select.options].find((option) => option.value);
      select.value = words.length && first ? first.value : chosen;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    select.before(box);
  };
  document.querySelectorAll("select[data-people]:not([data-narrows])").forEach((select) => {
    select.dataset.narrows = "";
    search(select);
  });
})();
