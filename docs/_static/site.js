/* Wide tables, code and equations scroll in their own box. A box that really scrolls, at this width and
   font size, can be reached and scrolled by keyboard; the others are no stop on the way. */
(() => {
  "use strict";
  const boxes = document.querySelectorAll(".table-wrapper, .lpa-equation, div.highlight pre");
  const update = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  update();
  addEventListener("resize", update);
  document.addEventListener("toggle", update, true); // a folded answer was opened
  document.fonts.ready.then(update);
})();
