// The wording of a paragraph, read off the page as site_src/plain_text.py reads it for the
// catalogue: so a proposal changes nothing but what its author changed.

const BESIDE = ".rn, .rn-comment, .rn-note, .rn-plain, .rn-panel, sup[id^=fnref]";
const BLOCKS = "p, ul, ol, dl, div, blockquote, pre, table, details, section, hr"; // units of their own

export function wordingOf(unit) {
  if (!unit.matches("tr")) return folded(words(unit, BLOCKS));
  return [...unit.cells].map((cell) => folded(words(cell))).join(" | ");
}

const folded = (text) => text.split(/\s+/u).filter(Boolean).join(" ");

function words(node, without = "rn-nothing") {
  return [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.data;
    if (child.nodeType !== Node.ELEMENT_NODE || child.matches(`${BESIDE}, ${without}`)) return "";
    if (child.matches("img")) return child.alt;
    return child.matches("br") ? " " : words(child, without);
  }).join("");
}
