// The trays: what lies there and why, the most urgent first; what the table
// of operations lets this role do about it.

import { act, may } from "./act.js";
import { operations, run } from "./api.js";
import { byId, el, fill, inParts, notice, sentence, tell } from "./dom.js";
import { cameBack, enclosures, names, reasons, whose } from "./letter.js";
import { begin } from "./shell.js";
import { courier } from "./sites.js";
import { addWords, say, sayDay } from "./say.js";
import words from "./trays-words.js";
import { writeAbout } from "./write.js";

const me = await begin(words);
addWords(words);

const trays = ["red", "yellow", "blue", "bench"];
let letters = [], shown = "all", why = null;
const can = {};

// After a step: the list anew, the hand on what stands where it stood.
async function after(index, text, undo) {
	fill(byId("did"), el("span", {}, text), undo ? el("button", { id: "undo",
		onclick: takeBack }, say("undo step")) : null);
	notice("");
	await load();
	const cards = document.querySelectorAll(".tray h2");
	(cards[Math.min(index, cards.length - 1)] ?? byId("main")).focus();
}

async function takeBack() {
	try {
		const answer = await run("letter undo");
		await after(0, sentence(answer.say), false);
		byId(answer.code)?.querySelector("h2").focus();
	} catch (problem) {
		tell(problem);
	}
}

// Run a step, its words asked for already where `params` holds them.
async function step(name, letter, params, names_ = [], options = {}) {
	const index = visible().indexOf(letter);
	const answer = await act(name, { letter: letter.code, ...params }, names_, options);
	if (answer !== null)
		await after(index, answer.say ?? say("is done"),
			(await operations()).get(name).undo);
}

const about = letter => el("p", {}, `${letter.number}  ${names(letter)}`);

const release = letter => step("letter release", letter, {}, [],
	{ title: say(letter.state === "returned" ? "post again" : "let go"),
		sure: [about(letter), el("p", {}, say(letter.state === "returned"
			? "post again sure" : "let go sure"))] });

const clear = letter => step("letter clear", letter, {}, [],
	{ title: say("clear"), sure: [about(letter), el("p", {}, say("clear sure"))] });

const hold = letter => step("letter hold", letter, {}, ["reason", "until"],
	{ title: say("hold on"), given: { reason: letter.reason },
		choices: { reason: why.hold } });

const turn = letter => step("letter refuse", letter, { back: true }, [],
	{ title: say("turn back"), sure: [about(letter),
		el("p", {}, say("turn back sure"))] });

const end = letter => step("letter refuse", letter, {}, ["disposition"],
	{ title: say("end"), choices: { disposition: why.end } });

async function identify(letter) {
	const given = await whose(me, letter);
	if (given !== null)
		await step("letter identify", letter, given);
}

async function giveBack(letter) {
	const given = await cameBack(letter);
	if (given !== null)
		await step("letter return", letter, given);
}

async function contents(letter) {
	const index = visible().indexOf(letter);
	if (await enclosures(me, letter))
		await after(index, say("is done"), false);
}

const kinds = ["money", "photo", "stamps", "object", "card"];

const noteContents = letter => step("enclosure add", letter, {},
	["kind", "count", "money"], { title: say("note contents"),
		given: letter.money_to_note ? { kind: "money" } : {},
		choices: { kind: kinds.map(k => [k, say(`kind ${k}`)]) } });

// What can be done with a letter.  [operation, word, function, when]; the
// first that fits of these is what is mostly done,
const first = [
	["letter identify", "whose", identify, l => l.state === "unidentified" &&
		l.way === "forward"],
	["letter return", "sticker", giveBack, l => l.tray === "blue" &&
		(l.state === "unidentified" || l.reason === "not-looked-at")],
	["enclosure add", "note contents", noteContents, l => l.money_to_note],
	["enclosure settle", "contents", contents, l => l.enclosures > 0],
	["letter identify", "whose", identify, l => l.reason === "no-pairing"],
	["letter release", "let go", release, l => l.state === "held" &&
		l.reason !== "no-pairing"],
	["letter release", "post again", release, l => l.state === "returned" &&
		l.reason !== "not-looked-at"],
	["letter clear", "clear", clear, l => l.state === "received" && l.sheets !== null],
];
// and these stand behind "More".
const further = [
	["letter refuse", "turn back", turn, l => l.way === "forward" &&
		["held", "returned", "received"].includes(l.state)],
	["letter identify", "whose", identify, l => l.state === "held" &&
		l.way === "forward" && l.reason !== "no-pairing"],
	["letter hold", "hold on", hold, l => l.state !== "unidentified"],
	["enclosure add", "note contents", noteContents, l => l.state !== "unidentified" &&
		!l.money_to_note],
	["letter new", "write", writeAbout, l => l.state !== "unidentified" &&
		l.way === "forward" && l.from],
	["letter refuse", "end", end, () => true],
];

function actions(letter) {
	const fits = ([op, , , when]) => can[op] && when(letter);
	const [main, ...others] = first.filter(fits);
	const button = ([, word, go], main) => el("button", {
		class: main ? "main" : null,
		"aria-label": say("of letter", { what: say(word), number: letter.number }),
		onclick: () => go(letter) }, say(word));
	const more = [...[...others, ...further.filter(fits)].map(one => button(one, false)),
		el("a", { class: "button", href: `/history?q=${letter.code}` }, say("what happened"))];
	return el("div", { class: "acts" },
		main ? button(main, true) : el("small", {}, say(
			letter.state === "received" ? "count it" : "staff decide", letter)),
		el("details", {}, el("summary", { "aria-label":
			say("of letter", { what: say("more"), number: letter.number }) },
		say("more")), more));
}

function when(letter) {
	const age = letter.age === 0 ? say("since today")
		: say(letter.age === 1 ? "since a day" : "since days", { n: letter.age });
	if (!letter.until)
		return [age];
	const until = say(letter.due ? "due since" : "due on", { day: sayDay(letter.until) });
	return [age, ". ", el("span", { class: letter.due ? "due" : null }, until)];
}

function card(letter) {
	return el("article", { class: `card tray ${letter.tray}`, id: letter.code,
		"aria-labelledby": `${letter.code}-n` },
	el("div", {}, el("h2", { id: `${letter.code}-n`, tabindex: "-1" }, letter.number),
		el("span", { class: `chip ${letter.tray === "bench" ? "plain" : letter.tray}` },
			say(`tray ${letter.tray}`))),
	el("div", { class: "what" },
		names(letter) ? el("p", { class: "strong" }, names(letter)) : null,
		el("p", {}, letter.meaning),
		el("p", { class: "soft" }, when(letter))),
	actions(letter));
}

const visible = () => letters.filter(l => shown === "all" || l.tray === shown);

function show() {
	const count = tray => letters.filter(l => tray === "all" || l.tray === tray).length;
	fill(byId("filter"), ["all", ...trays].map(tray => el("button", {
		class: tray === "all" || tray === "bench" ? "plain" : tray,
		"aria-pressed": String(tray === shown), onclick: () => {
			shown = tray;
			show();
			document.querySelector("#filter [aria-pressed=true]").focus();
		} }, say("tray count", { tray: say(`tray ${tray}`), n: count(tray) }))));
	inParts(visible(), card, byId("trays"), byId("rest"));
	if (visible().length === 0)
		fill(byId("trays"), el("p", { class: "empty" }, say("tray empty")));
}

async function load() {
	try {
		letters = await run("letter trays");
		show();
	} catch (problem) {
		tell(problem);
	}
}

async function start() {
	for (const [op] of [...first, ...further])
		can[op] = await may(me, op);
	why = await reasons();
	await load();
	await courier(me, byId("courier"), load);
}

if (me)
	await start().catch(tell);
document.addEventListener("visibilitychange", () => {
	if (!document.hidden && document.querySelector("dialog[open]") === null)
		load();
});
