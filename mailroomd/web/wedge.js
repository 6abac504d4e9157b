// A scanner is a keyboard that nobody watches: whatever it types reaches the
// one field, and no key of a hostile barcode does anything else where a page
// can prevent it.

import { byId } from "./dom.js";

const burst = 60; // ms: no hand is as fast from key to key
// What a hand may want of the browser.
const ofHands = new Set(["a", "c", "v", "x", "z", "y", "r", "+", "-", "0", "="]);

let before = 0, fast = false, spoiled = false;

// Fast keys are a scanner's; only the first of them is not to be told.
function measure(event) {
	fast = event.timeStamp - before < burst;
	before = event.timeStamp;
}

function isControl(event) {
	if (event.getModifierState("AltGraph"))
		return false;
	if (event.ctrlKey || event.metaKey)
		return event.key.length === 1 && (fast || !ofHands.has(event.key.toLowerCase()));
	if (event.altKey)
		return event.key === "ArrowLeft" || event.key === "ArrowRight" ||
			event.key === "Home" || (fast && event.key.length === 1);
	return fast && /^(F\d+|Home|End|PageUp|PageDown|Insert|Delete|ContextMenu)$/
		.test(event.key);
}

// A press of the space bar on a button is for the button.
const presses = target =>
	target.closest?.("button, a, summary, select, input") !== null;

// A field of a page's own takes its keys; one of the head, or a choice that
// lies over the page, does not: a scan would change it.
const takesKeys = target => target.closest?.("textarea, main select, " +
	"input:not([type=checkbox]):not([type=radio])") !== null;

function closeDialogs() {
	for (const dialog of document.querySelectorAll("dialog[open]"))
		dialog.close("no");
	for (const details of document.querySelectorAll("details[open]"))
		details.open = false;
}

// A click anywhere, but not on something that takes keys itself.
function giveBack(field, event) {
	if (document.querySelector("dialog[open]") === null &&
	    !event.target.closest("select, summary, input, #kept, header a"))
		field.focus();
}

// enter(spoiled): Enter was pressed in the field.
export function watchKeys(field, enter) {
	const done = event => {
		event.preventDefault();
		enter(spoiled);
		spoiled = false;
	};

	document.addEventListener("keydown", event => {
		if (event.isComposing)
			return;
		measure(event);
		if (isControl(event)) {
			event.preventDefault();
			// Some scanners end a line with the control key of its byte.
			if (fast && event.ctrlKey && /^[jm]$/i.test(event.key) && field.value !== "")
				done(event);
			else
				spoiled ||= fast;
			return;
		}
		if (event.target === field) {
			if (event.key === "Enter" || (event.key === "Tab" && fast && field.value))
				done(event);
			else if (event.key === "Escape") {
				field.value = "";
				spoiled = false;
			}
			return;
		}
		if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey ||
		    takesKeys(event.target) || (event.key === " " && presses(event.target)))
			return;
		closeDialogs();
		field.focus();
	}, true);
	byId("line-form").addEventListener("submit", done);
	document.addEventListener("click", event => giveBack(field, event));
	document.addEventListener("change", event => giveBack(field, event));
	window.addEventListener("focus", () => {
		if (document.activeElement === document.body)
			field.focus();
	});
}
