// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors
// Rules of accessibility, looked at in the page as it is: what is wrong, as a list of sentences.
(function () {
  var wrong = [];
  function say(element, text) {
    wrong.push(text + ": " + element.outerHTML.replace(/\s+/g, " ").slice(0, 90));
  }
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function isSeen(element) {
    var closed = element.closest("details:not([open])");
    return element.getClientRects().length > 0
      && getComputedStyle(element).visibility !== "hidden"
      && (!closed || element.closest("summary") !== null);
  }
  if (!document.documentElement.lang) wrong.push("the page has no language");
  if (!document.title) wrong.push("the page has no title");
  if (all("main").length !== 1 || all("h1").length !== 1) wrong.push("not one main and one h1");

  // Names and what describes them
  var ids = {};
  all("[id]").forEach(function (element) {
    if (ids[element.id]) say(element, "an id occurs twice");
    ids[element.id] = true;
  });
  all("input, textarea, select").forEach(function (field) {
    var labels = Array.prototype.slice.call(field.labels || []);
    if (!labels.some(function (label) { return label.textContent.trim(); })) {
      say(field, "a field has no label");
    }
    if (field.type !== "file" && field.type !== "checkbox" && field.type !== "radio"
      && !field.readOnly && field.getAttribute("autocomplete") !== "off") {
      say(field, "the browser may keep what is typed");
    }
  });
  all("[aria-describedby], [aria-labelledby], label[for]").forEach(function (element) {
    ["aria-describedby", "aria-labelledby", "for"].forEach(function (name) {
      var id = element.getAttribute(name);
      if (id && !document.getElementById(id)) say(element, name + " names nothing");
    });
  });
  all("button, a[href], summary, legend, h1, h2, h3").forEach(function (element) {
    if (!element.textContent.trim()) say(element, "has no text");
  });
  all("fieldset").forEach(function (set) {
    if (!set.firstElementChild || set.firstElementChild.tagName !== "LEGEND") {
      say(set, "a group has no legend");
    }
  });
  all("[role=group]").forEach(function (set) {
    if (!set.getAttribute("aria-label")) say(set, "a group has no name");
  });

  // Order
  all("[tabindex]").forEach(function (element) {
    if (element.tabIndex > 0) say(element, "the order is not that of the page");
  });
  var last = 0;
  all("h1, h2, h3, h4").filter(isSeen).forEach(function (heading) {
    var level = Number(heading.tagName[1]);
    if (level > last + 1) say(heading, "a level of headings is left out");
    last = level;
  });

  // Contrast
  function numbers(color) { return (color.match(/[\d.]+/g) || []).map(Number); }
  function light(color) {
    var parts = color.slice(0, 3).map(function (value) {
      value /= 255;
      return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function behind(element) {
    for (var at = element; at; at = at.parentElement) {
      var color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  }
  function contrast(a, b) {
    var x = light(a), y = light(b);
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }
  all("body *").filter(isSeen).forEach(function (element) {
    var style = getComputedStyle(element);
    var hasText = Array.prototype.some.call(element.childNodes, function (node) {
      return node.nodeType === 3 && node.nodeValue.trim();
    }) || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
    if (hasText && contrast(numbers(style.color), behind(element)) < 4.5) {
      say(element, "too little contrast of the text");
    }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
      && !/^(checkbox|radio|file)$/.test(element.type)
      && contrast(numbers(style.borderTopColor), behind(element.parentElement)) < 3) {
      say(element, "too little contrast of the frame");
    }
  });

  // Focus, and the size of what is pressed
  all("input, textarea, select, button, a[href], summary").filter(isSeen).forEach(function (item) {
    if (item.disabled) return;
    item.focus();
    var style = getComputedStyle(item);
    if (document.activeElement !== item) say(item, "cannot get the focus");
    else if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2
      || contrast(numbers(style.outlineColor), behind(item.parentElement)) < 3) {
      say(item, "the focus is not seen");
    }
    var target = item.closest("label.choice") || item, box = target.getBoundingClientRect();
    var isInText = item.tagName === "A" && !item.classList.contains("button");
    if (!isInText && (box.height < 43.5 || box.width < 43.5)) say(item, "too small for a finger");
  });
  if (document.activeElement) document.activeElement.blur();
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
    wrong.push("wider than the screen");
  }
  return wrong;
})()
