"use strict";
// Saves what was filled in as a file, and keeps it in the page, so that saving the page saves it, too.
(() => {
  const form = document.getElementById("review");
  const value = (name) => {
    const found = form.elements.namedItem(name);
    return found && "value" in found ? found.value : "";
  };
  const keep = (input) => {
    if (input.type === "radio") {
      for (const other of form.querySelectorAll("input[type=radio]")) {
        if (other.name === input.name) other.toggleAttribute("checked", other.checked);
      }
    } else if (input.tagName === "SELECT") {
      for (const option of input.options) option.toggleAttribute("selected", option.selected);
    } else if (input.tagName === "TEXTAREA") {
      input.textContent = input.value;
    } else {
      input.setAttribute("value", input.value);
    }
  };
  form.addEventListener("change", (event) => keep(event.target));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("save").addEventListener("click", () => {
    const answers = [];
    for (const entry of form.querySelectorAll("fieldset.entry")) {
      const fields = {};
      for (const input of entry.querySelectorAll("input, select, textarea")) {
        const name = input.name.slice(input.name.indexOf(".") + 1);
        if (name !== "choice" && input.value !== "") fields[name] = input.value;
      }
      const chosen = value(`${entry.dataset.number}.choice`);
      if (chosen || Object.keys(fields).length) {
        const asked = stated.entries[entry.dataset.number];
        answers.push({ kind: asked.kind, id: asked.id, choices: chosen ? [asked.choices[chosen]] : [], fields });
      }
    }
    const reviewer = { by: value("reviewer.by"), role: value("reviewer.role"), on: value("reviewer.on") };
    const text = JSON.stringify({ form: stated, reviewer, answers }, null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "review-answers.json";
    link.click();
    URL.revokeObjectURL(link.href);
    document.getElementById("saved").textContent = "Saved as review-answers.json. Send this file back.";
  });
  const stated = JSON.parse(document.getElementById("stated").textContent);
})();
