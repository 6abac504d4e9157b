// Small pieces that every page is made of.  Text goes in as text, never as
// HTML: what a person typed cannot become a page.

import { knows, say, sayDay, sayTime, word } from "./say.js";
import { operations } from "./api.js";

// el("button", {class: "big", onclick: f}, "OK", node, ...)
export function el(tag, attributes = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === null || value === false)
			continue;
		if (name.startsWith("on"))
			node.addEventListener(name.slice(2), value);
		else
			node.setAttribute(name, value === true ? "" : value);
	}
	node.append(...children.flat().filter(c => c !== null && c !== undefined));
	return node;
}

export const byId = id => document.getElementById(id);

// A field that has the focus while what was selected goes away keeps the focus
// and takes no key any more: what is scanned then would be lost.
function keepTyping(change) {
	const at = document.activeElement;
	change();
	if (at instanceof HTMLInputElement && at === document.activeElement &&
	    getSelection().anchorNode !== at.parentNode) {
		at.blur();
		at.focus();
	}
}

const nameOf = node => node.getAttribute("aria-label") ?? node.textContent;

// Who stood on a button that is drawn anew stands on it again; where it is
// gone, on the heading of what is there now.
function keepPlace(node, change) {
	const at = document.activeElement;
	if (at === node || !node.contains(at)) {
		change();
		return;
	}
	const name = nameOf(at);
	change();
	const now = [...node.querySelectorAll(at.tagName)].find(n => nameOf(n) === name) ??
		node.querySelector("h2, h3");
	if (now?.matches("h2, h3"))
		now.setAttribute("tabindex", "-1");
	now?.focus();
}

export function fill(node, ...children) {
	keepPlace(node, () => keepTyping(() => node.replaceChildren(
		...children.flat().filter(c => c !== null && c !== undefined))));
}

// One line that goes by itself, or is closed; a screen reader speaks it.
// kind: "good", "bad", or "".
let gone;
export function notice(text, kind = "") {
	clearTimeout(gone);
	byId("notice").className = text === "" ? "" : `on ${kind}`;
	byId("said").textContent = text;
	byId("dismiss").hidden = kind !== "bad" || text === "";
	byId("dismiss").textContent = say("close notice");
	byId("dismiss").onclick = () => notice("");
	if (kind !== "bad" && text !== "")
		gone = setTimeout(() => notice(""), 20000);
}

// What was refused, in the words of the daemon.
const refusal = problem => problem.status === 0 ? say("lost")
	: sentence(problem.message || say("broken"));

export function tell(problem) {
	console.debug(problem);
	notice(refusal(problem), "bad");
}

// The same where it was typed: by the field that it names ("zip: ..."), else
// over the button.  It goes with the next try.
function tellIn(form, problem) {
	console.debug(problem);
	const text = refusal(problem);
	const [, name] = /^(?:--)?(\w+): /.exec(problem.message) ?? [];
	const input = name && form.elements.namedItem(name);
	const id = `wrong-${++labels}`;
	const line = el("p", { class: "wrong", role: "alert", id }, text);
	if (input instanceof HTMLElement && input.type !== "hidden") {
		line.textContent = sentence(problem.message.slice(problem.message.indexOf(": ") + 2));
		input.setAttribute("aria-invalid", "true");
		input.setAttribute("aria-describedby",
			[id, input.getAttribute("aria-describedby")].filter(Boolean).join(" "));
		input.closest(".field").append(line);
		input.focus();
		return;
	}
	const button = form.querySelector("button.main, button:not([type=button])");
	const row = button.closest(".row");
	(row === null || row === form ? button : row).before(line);
}

function forget(form) {
	for (const line of form.querySelectorAll(".wrong"))
		line.remove();
	for (const input of form.querySelectorAll("[aria-invalid]"))
		input.removeAttribute("aria-invalid");
}

// The office's sentences begin small and end without a dot.
export function sentence(text) {
	const dot = /[.?!]$/.test(text) ? "" : ".";
	return text.charAt(0).toUpperCase() + text.slice(1) + dot;
}

let labels = 0;

// A field with its label above it and help below.  kind: text, number, date,
// checkbox, password, or a list of [value, text] for a choice.
export function field(name, label, kind = "text", more = {}) {
	const id = `f${++labels}-${name}`;
	const help = more.help ? el("small", { id: `${id}-help` }, more.help) : null;
	const common = { id, name, required: more.required,
		"aria-describedby": help ? `${id}-help` : null, ...more.attributes };
	let input;
	if (Array.isArray(kind))
		input = el("select", common, kind.map(([value, text]) =>
			el("option", { value, selected: value === more.value }, text)));
	else
		input = el("input", { type: kind, autocomplete: "off",
			spellcheck: "false", value: more.value, ...common });
	const box = kind === "checkbox";
	return el("div", { class: box ? "field check" : "field" },
		box ? input : null, el("label", { for: id }, label), box ? null : input,
		help);
}

// What the fields of a form hold, as an operation's parameters.
export function values(form) {
	const out = {};
	for (const input of form.elements) {
		if (!input.name)
			continue;
		out[input.name] = input.type === "checkbox" ? input.checked
			: input.value.trim();
	}
	return out;
}

const kinds = { text: "text", boolean: "checkbox", number: "number",
	day: "date", money: "text", code: "text", person: "text",
	pairing: "text" };

// The words it may be, as a choice; null: anything.
function choicesOf(p) {
	if (!p.choices?.length)
		return null;
	const words = p.choices.map(c => [c, word("choice", c)]);
	return p.required ? words : [["", ""], ...words];
}

// The table's help, or the page's where that speaks of the command line.  A
// choice shows what is possible by itself.
function helpOf(op, p, choices) {
	const own = `help ${op.name} ${p.name}`;
	if (knows(own))
		return say(own);
	return choices ? null : p.help;
}

// The field of a parameter out of its operation's row.
export function fieldOf(op, name, given, more = {}) {
	const p = op.params.find(one => one.name === name);
	const choices = more.choices?.[name] ?? choicesOf(p);
	return field(name, label(name), choices ?? kinds[p.type],
		{ help: helpOf(op, p, choices), required: p.required, value: given?.[name] });
}

// A form for an operation: labels and help are the table's.  names: which
// parameters, in this order; given: values that stand already.  send(values)
// is called; what it throws is told, and the form stays.
export async function formFor(name, names, given, send, more = {}) {
	const op = (await operations()).get(name);
	const form = el("form", { class: "card" },
		names.map(n => fieldOf(op, n, given, more)),
		el("div", { class: "row" }, el("button", { class: "main" },
			more.button ?? say("do it"))));
	onSubmit(form, send);
	return form;
}

// "pen_name" is "Pen name", or what the page calls it.
function label(name) {
	const text = word("field", name);
	return text === name ? sentence(name.replaceAll("_", " ")).slice(0, -1) : text;
}

// While it runs the button rests, so that nothing is sent twice.
export function onSubmit(form, send) {
	form.addEventListener("submit", async event => {
		event.preventDefault();
		const button = form.querySelector("button.main, button");
		button.disabled = true;
		forget(form);
		try {
			await send(values(form), form);
		} catch (problem) {
			tellIn(form, problem);
		} finally {
			button.disabled = false;
		}
	});
}

// Into the first of what came.
function goOn(row) {
	const within = row.querySelector("a, button, summary");
	if (within === null)
		row.setAttribute("tabindex", "-1");
	(within ?? row).focus();
}

const atOnce = innerWidth < 640 ? 10 : 25;

// A long list in parts: a first view, and a button for the next.  Into box,
// each row as line(row) draws it; foot: where the count and the button stand.
export function inParts(rows, line, box, foot, counts = rows.length > atOnce) {
	let shown = 0;
	function next() {
		const first = shown;
		box.append(...rows.slice(shown, shown + atOnce).map(line));
		shown = Math.min(shown + atOnce, rows.length);
		const left = rows.length - shown;
		fill(foot, counts ? el("span", {}, say("shown of", { shown, n: rows.length }))
			: null,
		left === 0 ? null : el("button", { type: "button", onclick: () =>
			goOn(next()) }, say("show more", { n: Math.min(atOnce, left) })));
		return box.children[first];
	}
	keepPlace(box, () => {
		box.replaceChildren();
		next();
	});
}

const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Narrows the rows of a long table to those that hold what is typed.
function searchOf(rows, show) {
	const texts = rows.map(row => plain(Object.values(row).join(" ")));
	const box = field("", say("search these", { n: rows.length }), "search");
	box.querySelector("input").addEventListener("input", ({ target }) => {
		const wanted = plain(target.value).trim();
		show(rows.filter((_, i) => texts[i].includes(wanted)));
	});
	return box;
}

// columns: [{key, head, show(row)}]; show gives text or a node.  Where the
// page is narrow each row is a card (app.css), and stays a row by its role.
export function table(caption, columns, rows, empty) {
	if (rows.length === 0)
		return el("p", { class: "empty" }, empty ?? say("none"));
	const body = el("tbody", { role: "rowgroup" });
	const foot = el("div", { class: "row foot", role: "status" });
	const line = row => el("tr", { role: "row" }, columns.map(c =>
		el("td", { class: c.key, role: "cell", "data-head": c.head },
			c.show ? c.show(row) : String(row[c.key] ?? ""))));
	const show = some => inParts(some, line, body, foot, rows.length > atOnce);
	show(rows);
	return el("div", { class: "list" },
		rows.length > atOnce ? searchOf(rows, show) : null,
		el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
			el("table", { role: "table", class: columns.length > 3 ? "wide" : null },
				el("caption", {}, caption),
				el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, columns.map(c =>
					el("th", { scope: "col", role: "columnheader" }, c.head)))),
				body)),
		foot);
}

export { sayDay, sayTime };

// Ask something over the page; resolves to the form's values, or null.
// nodes: of the question; problem: why it is asked again.
export function ask(title, nodes, button, problem) {
	return over(title, nodes, [
		el("button", { class: "main", value: "yes" }, button ?? say("do it")),
		el("button", { value: "no", formnovalidate: true }, say("leave it"))], problem);
}

// Tell something over the page, until it is put away.
export function inform(title, nodes) {
	return over(title, nodes, [
		el("button", { class: "main", value: "yes" }, say("done"))]);
}

function over(title, nodes, buttons, problem) {
	return new Promise(resolve => {
		const form = el("form", { method: "dialog" },
			el("h2", { id: "ask-title" }, title), nodes,
			el("div", { class: "row" }, buttons));
		const dialog = el("dialog", { "aria-labelledby": "ask-title" }, form);
		dialog.addEventListener("close", () => {
			const answer = dialog.returnValue === "yes" ? values(form) : null;
			keepTyping(() => dialog.remove());
			resolve(answer);
		});
		document.body.append(dialog);
		dialog.showModal();
		if (problem)
			tellIn(form, problem);
	});
}

// A passphrase or a PIN, old or new, as the daemon names it; null: left.  A
// new one is typed twice, for nobody sees it.  problem: why it is asked again.
export async function askSecret(what, why, problem) {
	const fresh = what.startsWith("new"), pin = what.endsWith("pin");
	const kind = { required: true, attributes: {
		autocomplete: fresh ? "new-password" : "current-password",
		inputmode: pin ? "numeric" : null, pattern: pin ? "[0-9]{6}" : null } };
	const label = say(`secret ${what}`);
	for (;;) {
		const answer = await ask(label, [why ? el("p", {}, why) : [],
			fresh ? el("p", {}, say(`choose ${what}`)) : [],
			field("secret", label, "password", kind),
			fresh ? field("twice", say("once more"), "password", kind) : []].flat(),
		undefined, problem);
		if (answer === null || !fresh || answer.secret === answer.twice)
			return answer && answer.secret;
		problem = new Error(say("not the same"));
	}
}
