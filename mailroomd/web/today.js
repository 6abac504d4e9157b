// The day as a till: hands count first, then the program shows its own
// figures, then what is off.

import { act } from "./act.js";
import { operations, run } from "./api.js";
import { attention } from "./attention.js";
import { byId, el, field, fill, notice, onSubmit, sentence, table, tell }
	from "./dom.js";
import { begin } from "./shell.js";
import { language, say, sayDay } from "./say.js";
import { till } from "./till.js";
import words from "./today-words.js";

const me = await begin(words);

// The newest day; null: there never was one.
async function newestDay() {
	try {
		return await run("day show");
	} catch (problem) {
		if (problem.status === 404 || problem.status === 409)
			return null;
		throw problem;
	}
}

function count(name, more = {}) {
	return field(name, say(name), "number", { required: true,
		attributes: { min: 0, max: 1000000, inputmode: "numeric" }, ...more });
}

const isToday = day =>
	day.day === new Intl.DateTimeFormat("sv").format(new Date());

function openForm(day) {
	const begin = say(day && isToday(day) ? "begin again" : "begin day");
	const form = el("form", { class: "card" },
		el("h2", {}, begin),
		el("p", {}, say("count box")),
		count("pieces"),
		el("button", { class: "main" }, begin));
	onSubmit(form, async given => {
		await run("day open", given);
		notice(say("day is open"), "good");
		await show();
	});
	return [day && !isToday(day)
		? el("p", {}, say("last day", { day: sayDay(day.day) })) : null, form];
}

function openDay(day) {
	return el("div", { class: "card row" },
		el("p", {}, say("open since", { day: sayDay(day.day), pieces: day.pieces,
			brought: day.brought })),
		el("button", { onclick: async () => {
			if (await act("day tally", {}, ["pieces"], { given: { pieces: day.pieces } }))
				await show();
		} }, say("correct count")));
}

const trays = ["red", "yellow", "blue", "bench"];

// What hands counted, as `day close` takes it.
function closing(given) {
	return { sealed: given.sealed, stubs: given.stubs, money: given.money,
		trays: trays.map(t => `${t}=${given[t] || 0}`).join(","),
		accept: given.accept };
}

// Money is typed as 20.50, and 20,50 where people write it so.
function money(text) {
	return language === "es" ? text.replace(",", ".") : text;
}

function countForm() {
	const form = el("form", { class: "card", id: "count-form" },
		el("h2", {}, say("close day")),
		el("p", {}, say("count all")),
		el("div", { class: "columns" },
			count("sealed"), count("stubs"),
			trays.map(t => count(t, { value: "0" })),
			field("money", say("money"), "text", { value: "0.00",
				attributes: { inputmode: "decimal" } })),
		el("div", { id: "accept" }),
		el("button", { class: "main" }, say("close day")));
	onSubmit(form, async given => {
		given.money = money(given.money);
		try {
			await run("day close", closing(given));
		} catch (problem) {
			if (problem.status === 0 || problem.status >= 500)
				throw problem;
			await differs(problem);
			return;
		}
		notice(say("day is closed"), "good");
		await show();
	});
	return form;
}

// The counts are in: now the program may show its own, and what to look for.
async function differs(problem) {
	const balance = await run("day balance");
	fill(byId("counted"), el("section", { class: "card", tabindex: "-1", id: "differs",
		"aria-labelledby": "differs-title" },
	el("h2", { id: "differs-title" }, say("not balanced")),
		// What follows the first sentence is for the command line.
		el("p", {}, sentence(problem.message.split(". ")[0])),
		till(balance), stations(balance),
		el("h3", {}, say("look for")),
		el("ol", {}, balance.look_for.map(l => el("li", {}, sentence(l.what))))));
	fill(byId("accept"), field("accept", say("accept"), [["", say("accept no")],
		...["miscount", "lost", "found-later", "unexplained"].map(r =>
			[r, say(`accept ${r}`)])]));
	byId("differs").focus();
}

function stations(balance) {
	return table(say("stations"), [
		{ key: "station", head: say("station") },
		{ key: "numbers", head: say("numbers given") },
		{ key: "missing", head: say("numbers missing") }],
		balance.stations, say("no station"));
}

function closedDay(day, balance) {
	return [el("div", { class: "card" },
		el("h2", {}, say("closed on", { day: sayDay(day.day) })),
		till(day),
		day.reason ? el("p", {}, say("accepted", { reason: say(`accept ${day.reason}`) })) : null,
		balance ? stations(balance) : null,
		el("button", { class: "main", onclick: () => act("day sheet", { day: day.day }) },
			say("day sheet")))];
}

// Signatures that a second person owes, and enclosures without an end.
async function waits() {
	const signatures = await run("day countersign");
	const open = await run("enclosure list", { open: true });
	fill(byId("waits"),
		el("section", { class: "card" },
			el("h2", {}, say("second person")),
			table(say("signatures"), [
				{ key: "signature", head: say("which") },
				{ key: "what", head: say("what") },
				{ key: "by", head: say("by") },
				{ key: "days", head: say("since") },
				{ key: "do", head: say("sign"), show: row => row.by === me.user
					? say("another signs")
					: el("button", { onclick: async () => {
						if (await act("day sign", { signature: row.signature }, [],
							{ sure: el("p", {}, say("sign sure", row)) }))
							await show();
					} }, say("sign one", row)) }],
				signatures, say("no signatures"))),
		el("section", { class: "card" },
			el("h2", {}, say("in hand")),
			table(say("enclosures"), [
				{ key: "enclosure", head: say("which") },
				{ key: "number", head: say("letter") },
				{ key: "kind", head: say("what"), show: row => say(`kind ${row.kind}`) },
				{ key: "count", head: say("how many") },
				{ key: "money", head: say("money") },
				{ key: "do", head: say("settle"), show: row =>
					row.disposition === "held" ? el("button",
						{ onclick: () => settle(row) }, say("settle one", row))
						: say("is settled") }],
				open, say("no enclosures"))));
}

async function settle(row) {
	const op = (await operations()).get("enclosure settle");
	const names = op.params.map(p => p.name).filter(n => n !== "enclosure");
	if (await act("enclosure settle", { enclosure: row.enclosure }, names))
		await show();
}

async function wanted() {
	const list = await attention(me);
	fill(byId("attention"), list && el("section", { class: "card" },
		el("h2", {}, say("attention")), list));
}

async function past() {
	const days = (await run("day list")).filter(d => d.state === "closed").slice(0, 10);
	fill(byId("past"), el("details", { class: "card" },
		el("summary", {}, say("past days")),
		table(say("past days"), [
			{ key: "day", head: say("day"), show: d => sayDay(d.day) },
			{ key: "pieces", head: say("pieces") },
			{ key: "posted", head: say("posted") },
			{ key: "carried", head: say("carried") },
			{ key: "difference", head: say("difference") },
			{ key: "do", head: say("day sheet"), show: d => el("button",
				{ onclick: () => act("day sheet", { day: d.day }) },
				say("sheet of", { day: sayDay(d.day) })) }], days)));
}

// In the morning the new day comes first, in the evening the one just closed.
async function noDay(day) {
	const begin = openForm(day);
	if (day === null)
		return [begin];
	const closed = closedDay(day, await run("day balance"));
	return isToday(day) ? [closed, begin] : [begin, closed];
}

async function show() {
	try {
		const day = await newestDay();
		fill(byId("counted"));
		if (day?.state === "open")
			fill(byId("till"), openDay(day), countForm());
		else
			fill(byId("till"), ...await noDay(day));
		await Promise.all([waits(), past(), wanted()]);
	} catch (problem) {
		tell(problem);
	}
}

if (me)
	await show();
