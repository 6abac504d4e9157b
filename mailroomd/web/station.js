// The bench: one field that is always ready, and what came of each line.  The
// outgoing page is one too: it takes this module as it is, with the same
// elements, and hears a "view" event on the document after each line.

import { may } from "./act.js";
import { send, run } from "./api.js";
import { Bench } from "./bench.js";
import { ask, byId, el, field as formField, fill, notice, tell } from "./dom.js";
import { keptNodes } from "./kept.js";
import { draw } from "./paper.js";
import { photo } from "./photo.js";
import { say } from "./say.js";
import { begin } from "./shell.js";
import { several } from "./sites.js";
import words from "./station-words.js";
import { refusal, show } from "./verdict.js";
import { watchKeys } from "./wedge.js";

export const me = await begin(words);
const field = byId("line");
let bench, last = null;
let mayTake = false, sites = null;

const own = (verdict, colour, bells, plain, extras = []) => ({ verdict,
	big: say(verdict.replace("_", " ")), colour, bells, plain, extras, choices: 0,
	list: last?.list ?? [] });

// The page that the last letter still wants, where no printer takes it.
function wantsPage() {
	if (last?.print?.sheet)
		return "sheet";
	return last?.print?.envelope && me.role !== "volunteer" ? "envelope" : null;
}

async function print() {
	const kind = wantsPage(), stub = last?.line;
	if (kind === null)
		return;
	try {
		await draw(`${kind} print`, { letter: last.print[kind] });
		last.print = null;
		byId("print")?.remove();
		// Its stub could not be taken up before.
		if (kind === "envelope" && stub)
			enter(stub);
	} catch (problem) {
		tell(problem);
	}
	field.focus();
}

// What can be done about a view without typing.
function buttons(view) {
	const kind = wantsPage();
	const button = (id, text, onclick) =>
		el("button", { type: "button", id, class: "main", onclick }, text);
	return [kind ? button("print", say(`print ${kind}`), print) : null,
		view.take && mayTake ? button("take", say("take over key"), () => enter("T"))
			: null];
}

function look(view, line) {
	last = { ...view, line: line?.line };
	show(view, { line: line?.line, choose: enter, buttons: buttons(view) });
	document.dispatchEvent(new CustomEvent("view", { detail: view }));
}

function enter(text) {
	if (text.includes("/") && bench.waiting) {
		look(own("WAITING", "yellow", 2, say("names wait")));
		return;
	}
	bench.add(text);
}

function kept() {
	const nodes = keptNodes(bench);
	fill(byId("kept"), nodes);
	byId("kept").hidden = nodes.length === 0;
}

const events = {
	view: (view, problem, line) => look(view ?? refusal(problem, last), line),
	waits: () => look(own("WAITING", "yellow", 2, say("waiting"))),
	kept,
	ended: () => location.href = `/sign-in?ended=1&to=${location.pathname}`,
	full: () => notice(say("no room"), "bad"),
};

// A scanner that ends with two line ends must not print.
let entered = 0;

function submit(spoiled) {
	const text = field.value.trim();
	field.value = "";
	notice("");
	if (spoiled)
		look(own("NOT_OURS", "yellow", 2, say("control keys")));
	else if (text === "?")
		keyCard();
	else if (text !== "")
		enter(text);
	else if (Date.now() - entered > 700)
		print();
	entered = Date.now();
}

const keyNames = ["digits", "N", "M", "P", "A", "W", "E", "B", "L", "U", "T", "?", "Esc",
	"names"];

// Most offices have one site, and no key to take a letter over from another.
const keysHere = () => keyNames.filter(name => name !== "T" || sites !== null);

function keyCard() {
	const shown = { digits: "3", names: "/" };
	const dialog = el("dialog", { class: "keys", "aria-labelledby": "keys-title" },
		el("h2", { id: "keys-title" }, say("keys title")),
		el("dl", {}, keysHere().map(name => el("div", {},
			el("dt", {}, el("kbd", {}, shown[name] ?? name)),
			el("dd", {}, say(`key ${name}`))))),
		el("form", { method: "dialog" },
			el("button", { class: "main" }, say("photo close"))));
	dialog.addEventListener("close", () => {
		dialog.remove();
		field.focus();
	});
	document.body.append(dialog);
	dialog.showModal();
}

async function printers() {
	try {
		const found = await run("printer list");
		const options = [["", say("no printer")],
			...found.printers.map(p => [p.printer, p.printer])];
		const choose = name => formField(name, say(`printer ${name}`), options,
			{ value: localStorage.getItem(`mailroom.${name}`) ?? "" });
		const given = await ask(say("printers title"),
			[choose("sheets"), choose("envelopes")]);
		for (const [name, value] of Object.entries(given ?? {}))
			localStorage.setItem(`mailroom.${name}`, value);
	} catch (problem) {
		tell(problem);
	}
	field.focus();
}

// What was last saved, and printed and not seen since.
async function resume() {
	try {
		const view = await (await send("GET", "/api/station")).json();
		bench.met(view);
		look(view);
	} catch (problem) {
		look(own("READY", "plain", 0, say("begin")));
		tell(problem);
	}
}

// Without these the bench works all the same.
async function learn() {
	try {
		mayTake = await may(me, "letter take");
		sites = await several();
	} catch {
		sites = null;
	}
}

async function work() {
	bench = new Bench(me, events);
	byId("elsewhere").hidden = true;
	byId("bench").hidden = false;
	watchKeys(field, submit);
	byId("undo").onclick = () => enter("U");
	byId("keys").onclick = keyCard;
	byId("printers").onclick = printers;
	photo(byId("photo"), byId("photo-file"), enter);
	window.addEventListener("online", () => bench.hurry());
	await learn();
	await resume();
	kept();
	bench.pump();
	field.focus();
}

// One window of a browser sends; another waits until that is closed.
byId("bench").hidden = true;
navigator.locks.request("mailroom.bench", { ifAvailable: true }, async lock => {
	if (lock !== null) {
		await work();
		await new Promise(() => {});
	}
	byId("elsewhere").hidden = false;
	navigator.locks.request("mailroom.bench", async () => {
		await work();
		await new Promise(() => {});
	});
});
