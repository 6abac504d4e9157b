// The table: what goes out, by where it goes; its envelopes; stub and envelope
// matched in the field above; the batch that leaves.

import { me } from "./station.js";
import { act } from "./act.js";
import { run } from "./api.js";
import { ask, byId, el, field, fill, inform, notice, onSubmit, table, tell } from "./dom.js";
import words from "./outgoing-words.js";
import { draw } from "./paper.js";
import { addWords, say, sayAll, sayDay } from "./say.js";

addWords(words);
sayAll();

const marks = new Set(); // letter codes
const kept = (name, standard) => localStorage.getItem(`mailroom.${name}`) ?? standard;
const keep = (name, value) => localStorage.setItem(`mailroom.${name}`, value);

// Letters that could not be printed were held instead.
async function tellHeld(answer) {
	if (answer?.left > 0)
		notice(say("left more", { n: answer.left }));
	if (!answer?.held?.length)
		return;
	await inform(say("held title"), [el("ul", {}, answer.held.map(one =>
		el("li", {}, say("held back", one))))]);
}

const pile = letters => ({ name: "marked",
	text: letters.map(letter => `${letter.code}\n`).join("") });

async function print(name, params) {
	try {
		await tellHeld(await draw(name, params));
		marks.clear();
	} catch (problem) {
		tell(problem);
	}
	await refresh();
	byId("line").focus();
}

const printEnvelopes = letters => print("envelope print",
	{ pile: pile(letters), envelope: kept("envelope", "") });

// Which labels are in the printer, and from which on they are still there.
async function printLabels(letters) {
	const may = letters.filter(letter => letter.label);
	let stocks;
	try {
		stocks = await run("form list", { kind: "label" });
	} catch (problem) {
		tell(problem);
		return;
	}
	const given = await ask(say("labels title"), [
		may.length < letters.length ? el("p", {}, say("labels not")) : null,
		field("stock", say("label stock"), stocks.map(s =>
			[s.name, `${s.name}: ${s.description}`]),
			{ value: kept("labels", "avery-5163") }),
		field("start", say("label start"), "number", { value: "1",
			help: say("label start help"), required: true,
			attributes: { min: 1, max: 500 } }),
	].filter(node => node !== null), say("labels"));
	if (given === null)
		return;
	keep("labels", given.stock);
	await print("label print", { pile: pile(may), ...given });
}

// A group's two ways to print; nothing to print, no button.
function buttons(letters, where) {
	const labels = letters.some(letter => letter.label);
	return [
		el("button", { "aria-label": say("envelopes for", { where }),
			onclick: () => printEnvelopes(letters) }, say("envelopes")),
		labels ? el("button", { "aria-label": say("labels for", { where }),
			onclick: () => printLabels(letters) }, say("labels")) : null];
}

function mark(letter) {
	return el("input", { type: "checkbox", checked: marks.has(letter.code),
		"aria-label": say("mark", letter), onchange: event => {
			marks[event.target.checked ? "add" : "delete"](letter.code);
			showMarked();
		} });
}

const names = letter => letter.from ? `${letter.from} → ${letter.to}` : letter.to ?? "";

const open = new Set(); // groups that show their letters

function group([where, letters]) {
	const due = letters.filter(letter => letter.envelope_due);
	const details = el("details", { open: open.has(where), ontoggle: event =>
		open[event.target.open ? "add" : "delete"](where) },
		el("summary", { "aria-label": say("one by one of", { where }) },
			say("one by one")),
		el("ul", { class: "letters" }, letters.map(letter => el("li", {},
			el("label", {}, mark(letter), el("strong", {}, letter.number), " ",
				names(letter)),
			el("small", {}, say(letter.envelope_due ? "no envelope"
				: "has envelope"))))));
	return el("div", { class: "card group" },
		el("h3", {}, where),
		el("p", { class: "row" },
			el("span", {}, say("letters n", { n: letters.length })),
			el("span", { class: due.length ? "strong" : "soft" }, due.length
				? say("to print n", { n: due.length }) : say("all printed")),
			due.length ? buttons(due, where) : null),
		details);
}

function grouped(letters) {
	const groups = new Map();
	for (const letter of letters) {
		const where = letter.place ?? say(letter.to ? "outside group" : "nobody group");
		groups.set(where, [...groups.get(where) ?? [], letter]);
	}
	return [...groups].sort(([a], [b]) => a.localeCompare(b));
}

let waiting = [];

function showMarked() {
	const letters = waiting.filter(letter => marks.has(letter.code));
	fill(byId("marked"), letters.length === 0 ? [] : [
		el("strong", {}, say("marked", { n: letters.length })),
		buttons(letters, say("marked group")),
		el("button", { onclick: () => {
			marks.clear();
			showGroups();
		} }, say("unmark"))].flat());
}

function whole() {
	const due = waiting.filter(letter => letter.envelope_due);
	const sheets = waiting.filter(letter => letter.sheet_due).length;
	const pages = waiting.filter(letter => letter.page_due).length;
	return [
		pages > 0 ? el("p", { class: "row" }, say("pages missing", { n: pages }),
			el("button", { onclick: () => print("letter print", { new: true }) },
				say("print pages"))) : null,
		sheets > 0 ? el("p", { class: "row" }, say("sheets missing", { n: sheets }),
			el("button", { onclick: () => print("sheet print", { new: true }) },
				say("print sheets"))) : null,
		due.length > 0 ? el("p", { class: "row" },
			el("strong", {}, say("everything")),
			buttons(due, say("all group"))) : null];
}

function showGroups() {
	const groups = grouped(waiting);
	fill(byId("groups"), el("h2", { id: "groups-title" },
		say("what goes out", { n: waiting.length })),
	groups.length === 0 ? el("p", { class: "empty" }, say("nothing goes out")) : null,
	whole(), el("div", { id: "marked", class: "row", role: "status" }),
	groups.map(group), more());
	showMarked();
}

// What is rarely asked for.
function more() {
	const select = el("select", { id: "envelope-stock",
		onchange: event => keep("envelope", event.target.value) },
		el("option", { value: "" }, say("the usual")));
	return el("details", { ontoggle: async event => {
		if (!event.target.open || select.length > 1)
			return;
		try {
			for (const stock of await run("form list", { kind: "envelope" }))
				select.append(el("option", { value: stock.name,
					selected: stock.name === kept("envelope", "") },
				`${stock.name}: ${stock.description}`));
		} catch (problem) {
			tell(problem);
		}
	} }, el("summary", {}, say("more")),
	el("div", { class: "field" },
		el("label", { for: "envelope-stock" }, say("envelope stock")), select));
}

async function weigh(letter) {
	const answer = await act("postage weigh", { letter: letter.code },
		["grams", "stamps"], { title: say("weigh it", letter) });
	if (answer !== null) {
		notice(answer.say, "good");
		await showBatch();
	}
	byId("line").focus();
}

async function unseal(letter) {
	if (await act("letter unseal", { letter: letter.code }, [], {
		title: say("unseal it", letter),
		sure: el("p", {}, say("unseal sure", letter)) }) !== null)
		await refresh();
	byId("line").focus();
}

const columns = () => [
	{ key: "number", head: say("number") },
	{ key: "to", head: say("to whom") },
	{ key: "stamps", head: say("stamps"), show: letter => letter.weigh
		? el("strong", {}, say("not weighed")) : el("span", {},
			String(letter.stamps ?? ""), el("br"),
			el("small", {}, say("cost", letter))) },
	{ key: "change", head: say("change"), show: letter => el("span", { class: "row" },
		el("button", { "aria-label": say("weigh it", letter),
			onclick: () => weigh(letter) }, say("weigh")),
		el("button", { "aria-label": say("unseal it", letter),
			onclick: () => unseal(letter) }, say("unseal"))) },
];

async function close(stubs) {
	const answer = await act("batch close", { stubs }, [], {
		title: say("close batch"), sure: el("p", {}, say("close sure")) });
	if (answer !== null) {
		counted = null;
		notice(say("batch closed", answer), "good");
		await showBatch();
	}
	byId("line").focus();
}

const once = make => {
	let made;
	return () => made ??= make();
};

// Hands have counted: only now what the program has.
function compared(batch) {
	const right = counted === batch.letters.length;
	return [
		el("p", { id: "compared", tabindex: "-1", class: right ? "green word" : "red word" },
			say(right ? "stubs agree" : "stubs differ",
				{ n: counted, is: batch.letters.length })),
		right ? el("button", { class: "main", id: "close",
			onclick: () => close(counted) }, say("close batch")) : null,
		el("p", {}, say("batch sums", { ...batch, letters: batch.letters.length })),
		table(say("in the batch"), columns(), batch.letters)];
}

let counted = null;

// One form for good: the batch is drawn anew whenever something was scanned,
// and somebody may be typing there.
const countForm = once(() => {
	const form = el("form", { id: "stubs-form" },
		el("p", {}, say("count stubs first")),
		field("stubs", say("stubs"), "number", { required: true,
			attributes: { min: 0, max: 1000000, inputmode: "numeric" } }),
		el("button", { class: "main" }, say("compare")));
	onSubmit(form, async ({ stubs }) => {
		counted = Number(stubs);
		await showBatch();
		form.reset();
		byId("compared")?.focus();
	});
	return form;
});

function lastOne(batch) {
	return el("details", {}, el("summary", {}, say("more")),
		el("button", { onclick: () => act("batch manifest", { batch: batch.batch }) },
			say("manifest again", batch)));
}

async function showBatch() {
	const batches = await run("batch list");
	const batch = batches.find(one => one.state === "open");
	const closed = batches.find(one => one.state === "closed");
	if (!batch)
		counted = null;
	const all = batch && counted !== null
		? await run("batch show", { batch: batch.batch }) : null;
	const at = document.activeElement, typing = countForm().contains(at);
	fill(byId("batch"), el("h2", { id: "batch-title" }, say("the batch")),
		el("div", { class: "card" },
			el("p", {}, batch ? say("batch open",
				{ batch: batch.batch, day: sayDay(batch.opened) }) : say("no batch")),
			batch ? countForm() : null,
			all ? compared(all) : null,
			closed ? lastOne(closed) : null));
	if (typing)
		at.focus();
}

async function refresh() {
	try {
		waiting = await run("letter outgoing");
		showGroups();
		await showBatch();
	} catch (problem) {
		tell(problem);
	}
}

// What was just matched may be heavy: the scale is asked at once.
async function askWeight(letter) {
	const { weigh: heavy } = await run("letter show", { letter: letter.code });
	if (heavy)
		byId("extras").append(el("button", { type: "button", class: "main",
			onclick: () => weigh(letter) }, say("weigh it", letter)));
}

// At the table it is a stub that comes next.
function ready(view) {
	if (view.verdict === "READY")
		byId("plain").textContent = say("ready here");
}

document.addEventListener("view", async ({ detail: view }) => {
	ready(view);
	if (!view.done)
		return;
	counted = null;
	try {
		if (view.verdict.startsWith("MATCH"))
			await askWeight(view.list[0]);
	} catch (problem) {
		tell(problem);
	}
	await refresh();
});

if (me) {
	if (byId("band").className === "plain" && byId("number").textContent === "")
		ready({ verdict: "READY" });
	await refresh();
}
