/* Opens a number's popover on hover and keyboard focus as well. Registered by _ext/evidence.
 *
 * Without this script the marks are buttons with `popovertarget`: click, Enter and Escape work. The script adds a
 * "peek": the popover shows while the pointer or the keyboard focus rests on the mark and goes when it leaves.
 * A click or Enter on a peeked mark keeps it open, and Tab then moves into it. */
(function () {
  "use strict";
  if (!("popover" in HTMLElement.prototype)) return;
  var OPEN_AFTER = 250; // ms: a pointer on its way over the text opens nothing
  var CLOSE_AFTER = 300; // ms: time to move from the mark into the popover
  var peeked = null; // the mark whose popover is open only as long as pointer or focus stays
  var timer = 0;

  function bodyOf(mark) {
    return document.getElementById(mark.getAttribute("popovertarget"));
  }

  function open(mark, keep) {
    var body = bodyOf(mark);
    if (!body) return;
    if (body.matches(":popover-open")) body.hidePopover();
    document.querySelectorAll(".lpa-mark-button").forEach(function (other) {
      other.style.anchorName = other === mark ? "--lpa-mark" : "";
    });
    body.style.positionAnchor = "--lpa-mark";
    // With a source, Tab goes from the mark into the popover; a peek must not stand in the way of Tab.
    if (keep) body.showPopover({ source: mark });
    else body.showPopover();
    peeked = keep ? null : mark;
  }

  function later(action, delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(action, delay);
  }

  function leave() {
    later(function () {
      if (!peeked) return;
      var body = bodyOf(peeked);
      if (document.querySelector(".lpa-evidence:popover-open:hover") || body.contains(document.activeElement)) return;
      if (document.activeElement === peeked && peeked.matches(":focus-visible")) return;
      if (body.matches(":popover-open")) body.hidePopover();
      peeked = null;
    }, CLOSE_AFTER);
  }

  function peek(mark, delay) {
    later(function () {
      if (!bodyOf(mark).matches(":popover-open")) open(mark, false);
    }, delay);
  }

  document.querySelectorAll(".lpa-mark").forEach(function (number) {
    var mark = number.querySelector("button");
    if (!mark) return;
    number.addEventListener("pointerenter", function (event) {
      if (event.pointerType === "mouse") peek(mark, OPEN_AFTER);
    });
    number.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") leave();
    });
    mark.addEventListener("focus", function () {
      if (mark.matches(":focus-visible") && !returning) peek(mark, OPEN_AFTER);
    });
    mark.addEventListener("blur", leave);
    mark.addEventListener("click", function (event) {
      window.clearTimeout(timer);
      if (peeked !== mark || !bodyOf(mark).matches(":popover-open")) return;
      event.preventDefault(); // the default would close what the reader wants to keep
      open(mark, true);
    });
  });

  var returning = false; // focus that comes back from a closed popover must not open it again
  document.querySelectorAll(".lpa-evidence").forEach(function (body) {
    body.addEventListener("pointerleave", leave);
    body.addEventListener("focusout", leave);
    body.addEventListener("beforetoggle", function (event) {
      if (event.newState !== "closed") return;
      returning = true;
      window.setTimeout(function () { returning = false; }, 0);
      if (peeked && bodyOf(peeked) === body) peeked = null;
    });
    body.addEventListener("click", function (event) {
      peeked = null; // whoever clicks in it wants to keep it
      if (event.target.closest('a[href^="#"]')) {
        document.querySelectorAll(".lpa-evidence:popover-open").forEach(function (open) { open.hidePopover(); });
      }
    });
  });
})();
