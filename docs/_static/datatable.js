/* Tables that can be filtered and sorted. Without this script they are plain tables. Registered by _ext/datatable. */
(() => {
  "use strict";
  const NOTHING = "–";
  const text = (cell) => cell.textContent.trim();
  const numberOf = (shown) => {
    const found = /^-?[\d,]+(\.\d+)?/.exec(shown);
    return found ? Number(found[0].replaceAll(",", "")) : NaN;
  };
  // Dashes stay last in both directions; numbers count as numbers where every other cell is one.
  const comparing = (numeric, sign) => (a, b) => {
    if (a.key === NOTHING || b.key === NOTHING) return (a.key === NOTHING) - (b.key === NOTHING);
    const order = numeric ? numberOf(a.key) - numberOf(b.key) : a.key.localeCompare(b.key, "en", { numeric: true });
    return sign * order;
  };
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const enhance = (table, place) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const status = element("output", { class: "lpa-datatable-status" });
    const filters = [];
    const apply = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = !filters.every((matches) => matches(row));
        shown += !row.hidden;
      }
      status.textContent = `${shown} of ${rows.length} rows`;
    };
    const bar = element("div", { class: "lpa-datatable-bar", role: "group", "aria-label": "Filter the table" });
    const id = (part) => `lpa-datatable-${place}-${part}`;
    const words = element("input", { type: "search", id: id("words"), autocomplete: "off" });
    bar.append(element("label", { for: words.id }, "Filter rows ", words));
    filters.push((row) => {
      const content = text(row).toLowerCase();
      return words.value.toLowerCase().split(/\s+/).every((word) => content.includes(word));
    });
    words.addEventListener("input", apply);
    heads.forEach((head, column) => {
      const values = [...new Set(rows.map((row) => text(row.cells[column])))];
      const name = text(head);
      const numeric = values.every((one) => one === NOTHING || !Number.isNaN(numberOf(one)));
      // A column of few words can be chosen from.
      if (!numeric && values.length > 1 && values.length * 3 <= rows.length) {
        const choice = element("select", { id: id(column) }, new Option("all", ""));
        for (const value of values.sort((a, b) => a.localeCompare(b, "en"))) choice.append(new Option(value, value));
        bar.append(element("label", { for: choice.id }, `${name} `, choice));
        filters.push((row) => choice.value === "" || text(row.cells[column]) === choice.value);
        choice.addEventListener("change", apply);
      }
      const button = element("button", { type: "button", class: "lpa-datatable-sort" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        const keyed = rows.map((row) => ({ row, key: text(row.cells[column]) }));
        for (const { row } of keyed.sort(comparing(numeric, sign))) body.append(row);
      });
    });
    bar.append(status);
    (table.closest(".table-wrapper") ?? table).before(bar);
    apply();
  };

  document.querySelectorAll("table.lpa-datatable-interactive").forEach(enhance);
})();
