// Correspondents: never an address, but for a reason and with the passphrase.

import { act } from "./act.js";
import { run } from "./api.js";
import { el, field, fill, formFor, inform, notice, onSubmit, table } from "./dom.js";
import { say, sayDay, word } from "./say.js";
import { writeTo } from "./write.js";

const added = { inside: ["pen_name", "legal_name", "register_number", "facility", "unit",
	"language", "interests", "about", "notes", "ref", "slots", "from"],
outside: ["pen_name", "legal_name", "street", "unit", "city", "state", "zip", "country",
	"language", "interests", "about", "notes", "ref", "slots", "from"] };
const moved = { inside: ["facility", "unit", "from"],
	outside: ["street", "unit", "city", "state", "zip", "country", "from"] };

const link = c => el("a", { href: `#correspondents/${c.correspondent}` }, c.correspondent);

function people(rows) {
	return table(say("people", { n: rows.length }), [
		{ key: "correspondent", head: say("number"), show: link },
		{ key: "pen_name", head: say("pen name") },
		{ key: "kind", head: say("side"), show: c => word("choice", c.kind) },
		{ key: "status", head: say("status"), show: c => word("status", c.status) },
		{ key: "pairings", head: say("pen pals"), show: c => c.slots === undefined ? ""
			: `${c.pairings} / ${c.slots}` },
		{ key: "facility", head: say("facility") }], rows, say("nobody"));
}

// Look somebody up by what only the vault knows: exact, and written down.
function finder(rows) {
	const form = el("form", { class: "card" },
		el("p", {}, say("find how")),
		field("name", say("legal name")), field("register_number", say("register number")),
		el("button", { class: "main" }, say("find")));
	onSubmit(form, async given => fill(rows, people(await run("correspondent find", given))));
	return form;
}

async function adder(kind) {
	return formFor("correspondent add", added[kind], {}, async given => {
		const made = await run("correspondent add", { kind, ...given });
		notice(say("person made", made), "good");
		location.hash = `#correspondents/${made.correspondent}`;
	}, { button: say(`add ${kind}`) });
}

async function list(box) {
	const rows = el("div");
	const form = el("form", { class: "row" },
		field("kind", say("side"), [["", ""], ...["inside", "outside"].map(k =>
			[k, word("choice", k)])]),
		field("status", say("status"), [["", ""], ...["active", "paused", "closed"].map(s =>
			[s, word("status", s)])]),
		field("facility", say("facility")),
		field("waiting", say("has a free place"), "checkbox"),
		el("button", {}, say("show")));
	const load = async given => fill(rows, people(await run("correspondent list", given)));
	onSubmit(form, load);
	fill(box, form, el("div", { class: "asks" },
		el("details", {}, el("summary", {}, say("find by name")), finder(rows)),
		el("details", {}, el("summary", {}, say("add inside")), await adder("inside")),
		el("details", {}, el("summary", {}, say("add outside")), await adder("outside"))),
	rows);
	await load({ waiting: true });
}

function step(name, c, names, more = {}) {
	return el("button", { onclick: async () => {
		if (await act(`correspondent ${name}`, { person: c.correspondent }, names, more))
			dispatchEvent(new HashChangeEvent("hashchange"));
	} }, say(`do ${name}`));
}

// What is sealed, on this screen and for this minute only.
async function reveal(c) {
	const shown = await act("correspondent reveal", { person: c.correspondent }, ["reason"],
		{ title: say("reveal title", c), done: say("reveal noted") });
	if (!shown)
		return;
	const line = (key, value) => value ? [el("dt", {}, say(key)), el("dd", {}, value)] : [];
	const address = shown.address && typeof shown.address === "object"
		? Object.values(shown.address).filter(Boolean).join(", ") : shown.address;
	const over = setTimeout(() => document.querySelector("dialog")?.close(), 60000);
	await inform(say("reveal title", c), [el("p", {}, say("reveal minute")),
		el("dl", { class: "revealed" }, line("legal name", shown.legal_name),
			line("register number", shown.register_number), line("address", address),
			line("about", shown.about), line("notes", shown.notes))]);
	clearTimeout(over);
}

async function detail(one, id) {
	const c = await run("correspondent show", { person: id });
	const updated = ["pen_name", "legal_name", c.kind === "inside" ? "register_number" : null,
		"language", "interests", "about", "notes", "ref", "slots"].filter(Boolean);
	fill(one, el("div", { class: "card" },
		el("h2", {}, `${c.pen_name} (${c.correspondent})`),
		el("p", {}, `${word("choice", c.kind)}, ${word("status", c.status)}`, " ",
			c.reason ? word("choice", c.reason) : "", " ",
			c.until ? say("until", { day: sayDay(c.until) }) : ""),
		el("p", {}, say("address is", { status: c.address ? word("address", c.address)
			: say("none on file"), since: sayDay(c.since) })),
		c.facility ? el("p", {}, el("a", { href: `#facilities/${c.facility}` }, c.facility)) : null,
		c.note ? el("p", {}, c.note) : null,
		el("p", {}, say("places", c)),
		el("div", { class: "row" },
			step("update", c, updated, { given: { pen_name: c.pen_name, language: c.language,
				interests: c.interests, ref: c.ref, slots: c.slots } }),
			step("move", c, moved[c.kind]),
			c.address === "pending" ? step("confirm", c, [], { sure: el("p", {}, say("sure confirm")) }) : null,
			c.status === "active" ? step("pause", c, ["reason", "until"]) : null,
			c.status === "active" ? null
				: step("resume", c, [], { sure: el("p", {}, say("sure back")) }),
			c.status === "closed" ? null : step("close", c, ["reason"]),
			c.status === "closed" ? null
				: el("button", { onclick: () => writeTo(c.correspondent) }, say("write")),
			el("button", { onclick: () => reveal(c) }, say("do reveal")),
			el("a", { class: "button", href: `/history?q=${c.correspondent}` }, say("do history")),
			el("a", { class: "button", href: "#pairings" }, say("do pair")))));
}

export async function correspondents(box, one, id) {
	await list(box);
	if (id)
		await detail(one, id);
}
