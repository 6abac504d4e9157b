// What the station shows after a line: the verdict, what else there is to
// know, the running list.

import { byId, el, fill, sentence, table } from "./dom.js";
import { grouped, symbols } from "./code.js";
import { say, word } from "./say.js";
import { ring } from "./sound.js";

// Verdicts about a letter: its day number stands beside them, large.
const numbered = new Set(["GOOD", "FIRST", "SECOND", "HELD", "NO_PAIRING", "NO_ID",
	"CAME_BACK", "DONE", "TO_READ", "GOES_ON", "STUB", "MATCH", "MATCH_LARGE",
	"MATCH_HEAVY", "UNDONE", "TAKEN_OVER"]);

const main = byId("main");
let stopped = null;

// A STOP stays until something is right again; what comes before that is
// said below it.
function stays(view) {
	if (view.verdict.startsWith("STOP"))
		stopped = view;
	else if (view.done || view.colour === "green" || view.colour === "plain")
		stopped = null;
	return stopped !== null && stopped !== view;
}

function band(view) {
	const number = numbered.has(view.verdict) ? view.list?.[0]?.number ?? "" : "";
	const besides = stays(view) ? view.plain : "";
	const shown = stopped ?? view;
	main.classList.toggle("stop", stopped !== null);
	byId("band").className = shown.colour;
	byId("number").textContent = stopped ? "" : number;
	byId("number").className = number.length > 4 ? "long" : "";
	byId("number").style.setProperty("--signs", Math.max(number.length, 3));
	byId("big").textContent = shown.big;
	byId("plain").textContent = shown.plain;
	byId("besides").textContent = besides;
}

// The symbols of one code, those that differ from another marked.
function marked(code, other) {
	const out = [];
	let at = 0;
	for (const c of code) {
		const same = c === "-" || c === other[at];
		out.push(same ? c : el("mark", {}, c));
		at += c !== "-";
	}
	return el("span", { class: "code" }, out);
}

// "1  K7M-4RP-TMK  Wren to Joe": a line that a digit chooses.
function choice(text, typed, choose) {
	const found = /^(\d) {2}(\S+) {2}(.*)$/.exec(text);
	if (found === null)
		return null;
	const [, digit, code, who] = found;
	const known = symbols(code).length === typed.length;
	return el("button", { type: "button", class: "choice", onclick: () => choose(digit) },
		`${digit}  `, known ? marked(code, typed) : code, ` ${who}`);
}

function extras(view, line, choose) {
	const typed = symbols(line ?? "");
	const first = view.extras.map(text => /^1 {2}(\S+) {2}/.exec(text)?.[1])
		.find(code => code && symbols(code).length === typed.length);
	const nodes = view.extras.map(text => view.choices > 0
		? choice(text, typed, choose) ?? el("p", {}, text) : el("p", {}, text));
	if (view.choices > 0 && first)
		nodes.unshift(el("p", { class: "typed" }, split(say("you typed"),
			marked(grouped(typed), symbols(first)))));
	return nodes;
}

// A sentence with a node where its {code} stands.
function split(text, node) {
	const [before, after] = text.split("{code}");
	return [before, node, after];
}

function list(letters) {
	if (letters.length === 0)
		return [];
	const names = row => row.from && row.to
		? say("from to", { from: row.from, to: row.to }) : row.from ?? "";
	return [table(say("list"), [
		{ key: "number", head: say("letter number") },
		{ key: "state", head: say("letter state"), show: row => word("state", row.state) },
		{ key: "names", head: say("letter names"), show: names },
		{ key: "sheets", head: say("letter sheets"), show: row => String(row.sheets ?? "") },
	], letters)];
}

// buttons: for what no printer takes, for a letter of another site.
export function show(view, { line, choose, buttons = [], quiet }) {
	band(view);
	fill(byId("extras"), extras(view, line, choose), buttons);
	fill(byId("list"), list(view.list ?? []));
	main.scrollTop = 0;
	if (scrollY > 0)
		byId("band").scrollIntoView();
	if (!quiet)
		ring(view.colour, view.bells);
}

// What was refused before the bench saw it, as a view.
export function refusal(problem, last) {
	return { verdict: "NOT_DONE", big: say("NOT DONE"), colour: "yellow", bells: 2,
		plain: sentence(problem.message || say("not saved")), extras: [], choices: 0,
		done: false, list: last?.list ?? [] };
}
