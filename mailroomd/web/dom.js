// Small pieces that every page is made of.  Text goes in as text, never as
// HTML: what a person typed cannot become a page.

import { say, sayDay, sayTime, word } from "./say.js";
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

export function fill(node, ...children) {
	keepTyping(() => node.replaceChildren(...children.flat().filter(c =>
		c !== null && c !== undefined)));
}

// One line that goes by itself; a screen reader speaks it.  kind: "good",
// "bad", or "".
let gone;
export function notice(text, kind = "") {
	const node = byId("notice");
	clearTimeout(gone);
	node.className = kind;
	node.textContent = text;
	if (kind !== "bad" && text !== "")
		gone = setTimeout(() => notice(""), 12000);
}

// What was refused, in the words of the daemon.
export function tell(problem) {
	console.debug(problem);
	if (problem.status === 0)
		notice(say("lost"), "bad");
	else
		notice(sentence(problem.message || say("broken")), "bad");
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

// The field of a parameter out of its operation's row.
export function fieldOf(op, name, given, more = {}) {
	const p = op.params.find(one => one.name === name);
	return field(name, label(name), more.choices?.[name] ?? choicesOf(p) ??
		kinds[p.type],
		{ help: more.choices?.[name] ? null : p.help, required: p.required,
			value: given?.[name] });
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
		try {
			await send(values(form), form);
		} catch (problem) {
			tell(problem);
		} finally {
			button.disabled = false;
		}
	});
}

// columns: [{key, head, show(row)}]; show gives text or a node.
export function table(caption, columns, rows, empty) {
	if (rows.length === 0)
		return el("p", { class: "empty" }, empty ?? say("none"));
	return el("div", { class: "scroll", tabindex: "0", role: "region",
		"aria-label": caption },
		el("table", {}, el("caption", {}, caption),
			el("thead", {}, el("tr", {}, columns.map(c =>
				el("th", { scope: "col" }, c.head)))),
			el("tbody", {}, rows.map(row => el("tr", {}, columns.map(c =>
				el("td", { class: c.key },
					c.show ? c.show(row) : String(row[c.key] ?? ""))))))));
}

export { sayDay, sayTime };

// Ask something over the page; resolves to the form's values, or null.
// build: nodes of the question.
export function ask(title, nodes, button) {
	return new Promise(resolve => {
		const form = el("form", { method: "dialog" },
			el("h2", { id: "ask-title" }, title), nodes,
			el("div", { class: "row" },
				el("button", { class: "main", value: "yes" }, button ?? say("do it")),
				el("button", { value: "no", formnovalidate: true }, say("leave it"))));
		const dialog = el("dialog", { "aria-labelledby": "ask-title" }, form);
		dialog.addEventListener("close", () => {
			const answer = dialog.returnValue === "yes" ? values(form) : null;
			keepTyping(() => dialog.remove());
			resolve(answer);
		});
		document.body.append(dialog);
		dialog.showModal();
	});
}

// A passphrase or a PIN, old or new, as the daemon names it; null: left.  A
// new one is typed twice, for nobody sees it.
export async function askSecret(what, why) {
	const fresh = what.startsWith("new"), pin = what.endsWith("pin");
	const kind = { required: true, attributes: {
		autocomplete: fresh ? "new-password" : "current-password",
		inputmode: pin ? "numeric" : null, pattern: pin ? "[0-9]{6}" : null } };
	const label = say(`secret ${what}`);
	for (;;) {
		const answer = await ask(label, [why ? el("p", {}, why) : [],
			fresh ? el("p", {}, say(`choose ${what}`)) : [],
			field("secret", label, "password", kind),
			fresh ? field("twice", say("once more"), "password", kind) : []].flat());
		if (answer === null || !fresh || answer.secret === answer.twice)
			return answer && answer.secret;
		notice(say("not the same"), "bad");
	}
}
