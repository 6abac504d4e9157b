// One box for whatever is in the hand or on the mind: a scan, a code, a day
// number, C12, P45, an ID, a pen name.  Tells what it is and what happened.

import { act, may } from "./act.js";
import { run } from "./api.js";
import { byId, el, fill, inParts, onSubmit, sentence, table, tell } from "./dom.js";
import { exchange } from "./exchange.js";
import words from "./history-words.js";
import { begin } from "./shell.js";
import { takeOver } from "./sites.js";
import { say, sayDay, sayTime, word } from "./say.js";

const me = await begin(words);
const can = {}; // operation: may this role do it?
let reasonWords = new Map();

// null where the office refuses: not there, or not for this role.
async function maybe(name, params) {
	if (!can[name])
		return null;
	try {
		return await run(name, params);
	} catch (problem) {
		if (problem.status >= 400 && problem.status < 500 && problem.status !== 401)
			return null;
		throw problem;
	}
}

function facts(rows) {
	return el("dl", { class: "facts" }, rows.filter(([, value]) =>
		value !== null && value !== undefined && value !== "").map(([name, value]) =>
		[el("dt", {}, say(name)), el("dd", {}, value)]).flat());
}

const link = text => el("button", { onclick: () => look(text) }, text);

function heading(text) {
	return el("h2", { tabindex: "-1" }, text);
}

// Where one step after the other stands, oldest first.
function timeline(lines) {
	const list = el("ol", { class: "timeline" });
	const rest = el("div", { class: "row", role: "status" });
	inParts(lines, line => el("li", {},
		el("time", { datetime: line.time }, sayTime(line.time)),
		` ${line.step} `,
		el("small", {}, line.station ? say("by at", line) : say("by", line))),
	list, rest);
	return [list, rest];
}

// A history that is long is cut, and asked for again on demand.
async function history(name, params, backwards) {
	const lines = await maybe(name, params);
	if (lines === null)
		return [];
	return [el("h3", {}, say("what happened")),
		lines.length === 0 ? el("p", { class: "empty" }, say("no lines"))
			: timeline(backwards ? [...lines].reverse() : lines)].flat();
}

function paper(name, params) {
	return can[name] ? el("button", { onclick: () => act(name, params) },
		say("print it")) : null;
}

const weighed = letter => letter.grams ? say("weighed as", letter) : null;

// Of one that lies at another site: where, and the way to have it here.
function elsewhere(letter) {
	if (!letter.where)
		return [];
	return [el("p", { id: "where" }, letter.where),
		letter.take && can["letter take"] ? el("p", { class: "row" },
			el("button", { class: "main", id: "take", onclick: async () => {
				if (await takeOver(letter) !== null)
					await look(letter.code);
			} }, say("take over"))) : null];
}

async function letterCard(code) {
	const letter = await maybe("letter show", { letter: code });
	if (letter === null)
		return null;
	return el("section", { class: "card" },
		heading(say("letter is", { number: letter.number,
			state: word("state", letter.state) })),
		...elsewhere(letter),
		facts([
			["who to whom", letter.from || letter.to ? say("from to",
				{ from: letter.from ?? say("office"), to: letter.to ?? "?" }) : null],
			["code", letter.code],
			["reason", letter.why ?? (letter.reason
				? reasonWords.get(letter.reason) ?? letter.reason : null)],
			["look again", letter.until ? sayDay(letter.until) : null],
			["received", sayDay(letter.received)],
			["sheets", letter.sheets],
			["pairing", letter.pairing && can["pairing show"] ? link(letter.pairing)
				: letter.pairing],
			["batch", letter.batch], ["postage", weighed(letter)]]),
		await history("letter history", { letter: letter.code }),
		paper("report letter", { letter: letter.code }));
}

async function pairingCard(id) {
	const pairing = await maybe("pairing show", { pairing: id });
	if (pairing === null)
		return null;
	const letters = await maybe("pairing exchange", { pairing: id }) ?? [];
	const side = one => [link(one.correspondent), ` ${one.pen_name} `,
		one.id ? el("small", {}, one.id) : null].filter(n => n !== null);
	return el("section", { class: "card" },
		heading(say("pairing is", { pairing: pairing.pairing,
			outside: pairing.outside.pen_name, inside: pairing.inside.pen_name })),
		facts([
			["status", word("status", pairing.status)],
			["outside", el("span", { class: "row" }, side(pairing.outside))],
			["inside", el("span", { class: "row" }, side(pairing.inside))],
			["turn", pairing.turn ? say(`turn ${pairing.turn}`) : null],
			["quiet", pairing.quiet_days === null ? null
				: say("n days", { n: pairing.quiet_days })],
			["opened", sayDay(pairing.opened)]]),
		exchange(letters, { outside: pairing.outside.pen_name,
			inside: pairing.inside.pen_name }, look),
		await history("pairing history", { pairing: id }, true),
		paper("report pairing", { pairing: id }));
}

async function personCard(who) {
	const person = await maybe("correspondent show", { person: who });
	if (person === null)
		return null;
	const pairings = await maybe("pairing list", { person: who }) ?? [];
	return el("section", { class: "card" },
		heading(say("person is", person)),
		facts([
			["kind", say(`kind ${person.kind}`)],
			["status", word("status", person.status)],
			["own number", person.ref], ["language", person.language],
			["facility", person.facility], ["interests",
				person.interests?.toString().replaceAll(";", ", ")]]),
		pairings.length === 0 ? [] : [el("h3", {}, say("pairings")),
			el("ul", { class: "hits" }, pairings.map(p => el("li", {},
				el("button", { onclick: () => look(p.pairing) },
					say("pairing line", p)))))],
		await history("correspondent history", { person: who }, true),
		paper("report correspondent", { person: who }));
}

async function batchCard(id) {
	const batch = await maybe("batch show", { batch: id });
	if (batch === null)
		return null;
	return el("section", { class: "card" },
		heading(say("batch is", { batch: batch.batch, day: sayDay(batch.opened) })),
		facts([["status", say(`batch ${batch.state}`)],
			["letters", batch.letters.length], ["stamps", batch.stamps],
			["postage", batch.postage]]),
		table(say("letters"), [
			{ key: "number", head: say("number"), show: l => link(l.code) },
			{ key: "from", head: say("from") }, { key: "to", head: say("to") },
		], batch.letters));
}

// An ID on an envelope: whose, and the letters under it.
async function idCard(code) {
	const id = await maybe("id resolve", { code });
	if (id === null || !id.pairing)
		return id === null ? null : el("section", { class: "card" },
			heading(say("id is", { code: id.code })), el("p", {}, sentence(id.sentence)));
	return el("section", { class: "card" },
		heading(say("id is", { code: id.code })),
		id.sentence ? el("p", {}, sentence(id.sentence)) : null,
		facts([["who to whom", say("from to", id)],
			["pairing", can["pairing show"] ? link(id.pairing) : id.pairing]]));
}

async function nameCard(name) {
	const people = await maybe("correspondent named", { name }) ?? [];
	if (people.length === 1)
		return personCard(people[0].correspondent);
	if (people.length === 0)
		return null;
	return el("section", { class: "card" }, heading(say("called so", { n: people.length })),
		el("ul", { class: "hits" }, people.map(p => el("li", {},
			el("button", { onclick: () => look(p.correspondent) },
				say("person line", { ...p, kind: say(`kind ${p.kind}`) }))))));
}

// What a scan is that is no letter and no ID: the station's own words.
function scanCard(scan) {
	return el("section", { class: "card" }, heading(sentence(scan.say)));
}

// Staff may ask by legal name or register number; that is written down.
function legalCard(text) {
	if (!can["correspondent find"])
		return null;
	const numeric = /^[\d\s-]+$/.test(text);
	return el("section", { class: "card" },
		el("p", {}, say("legal how")),
		el("button", { onclick: async () => {
			const list = await act("correspondent find",
				numeric ? { register_number: text } : { name: text });
			if (list !== null)
				put(list.length === 0 ? [nothing(text)] : await Promise.all(
					list.map(p => personCard(p.correspondent))));
		} }, say(numeric ? "by register number" : "by legal name")));
}

const nothing = () => el("section", { class: "card" }, heading(say("nothing found")),
	el("p", {}, say(can["correspondent named"] ? "nothing how" : "nothing how volunteer")));

function put(nodes) {
	fill(byId("found"), nodes.flat());
	const heading = document.querySelector("#found h2");
	if (heading !== null)
		heading.id = "what";
	heading?.focus();
}

// Everything that a text can mean, best first.
async function meanings(text) {
	const out = [], id = text.toUpperCase().replace(/\s/g, "");
	if (/^P\d+(\.\d+)?$/.test(id))
		out.push(await pairingCard(id));
	if (/^C\d+(\.\d+)?$/.test(id))
		out.push(await personCard(id));
	if (/^B\d+(\.\d+)?$/.test(id))
		out.push(await batchCard(id));
	const scan = await run("scan", { code: text });
	if (scan.number)
		out.push(await letterCard(scan.code));
	else if (scan.known && /ID|reply/.test(scan.kind))
		out.push(await idCard(scan.code));
	const found = out.filter(card => card !== null);
	if (found.length > 0)
		return found;
	// Words are names, unless they are told to be a code of ours.
	const named = /\p{L}/u.test(text) ? await nameCard(text) : null;
	if (named !== null)
		return [named];
	const ref = await personCard(text);
	if (ref !== null)
		return [ref];
	const ours = !["misread", "another's barcode", "day number"].includes(scan.kind);
	return [ours || scan.known ? scanCard(scan) : nothing(),
		ours ? null : legalCard(text)].filter(card => card !== null);
}

let asked = 0;

async function look(text) {
	const turn = ++asked;
	byId("q").value = text;
	try {
		const cards = await meanings(text.trim());
		if (turn === asked)
			put(cards);
	} catch (problem) {
		tell(problem);
	}
}

async function start() {
	for (const name of ["letter show", "letter last", "letter history", "letter take", "pairing show",
		"pairing exchange", "pairing history", "pairing list", "correspondent show",
		"correspondent named", "correspondent find", "correspondent history",
		"batch show", "id resolve", "report letter", "report pairing",
		"report correspondent"])
		can[name] = await may(me, name);
	byId("q-help").textContent = say(can["pairing show"] ? "look up help"
		: "look up help volunteer");
	reasonWords = new Map((await run("letter reasons")).map(r => [r.reason, r.meaning]));
	onSubmit(byId("search"), ({ q }) => look(q));
	byId("q").focus();
	const q = new URLSearchParams(location.search).get("q");
	if (q)
		await look(q);
	else if (me.role === "volunteer")
		await mine();
}

// Where this station stopped: what a volunteer most often looks for.
async function mine() {
	const last = await maybe("letter last", {});
	if (last?.number)
		fill(byId("found"), el("section", { class: "card" },
			el("p", {}, sentence(last.say)), link(last.code)));
}

if (me)
	await start().catch(tell);
