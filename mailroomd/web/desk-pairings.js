// Pairings with their health, and what can be done with one.

import { act } from "./act.js";
import { run } from "./api.js";
import { el, field, fill, formFor, notice, onSubmit, table } from "./dom.js";
import { say, sayDay, word } from "./say.js";
import { writePair } from "./write.js";

// How a pairing does, in a word and a colour that is not needed to read it.
function health(p) {
	if (p.status !== "active")
		return el("span", {}, word("status", p.status));
	const quiet = p.quiet_days ?? 0;
	const how = quiet >= 90 ? "silent" : quiet >= 45 ? "quiet" : "well";
	return el("span", { class: `health ${how}` }, say(`health ${how}`));
}

const turn = p => p.turn ? say(`turn ${p.turn}`) : "";

function filters(box, one, given) {
	const form = el("form", { class: "row" },
		field("status", say("status"), [["", say("all but ended")],
			...["proposed", "active", "paused", "ended"].map(s => [s, word("status", s)])],
			{ value: given.status }),
		field("quiet", say("quiet for"), "number", { value: given.quiet,
			attributes: { min: 1, max: 36500 } }),
		field("person", say("of person"), "text", { value: given.person }),
		el("button", {}, say("show")));
	onSubmit(form, async wanted => list(box, one, wanted));
	return form;
}

async function list(box, one, given) {
	const rows = await run("pairing list", given);
	rows.sort((a, b) => (b.quiet_days ?? 0) - (a.quiet_days ?? 0));
	const opening = await formFor("pairing open", ["outside", "inside", "over_slots"], {},
		async given2 => {
			const made = await run("pairing open", given2);
			notice(say(made.waiting > 0 ? "pairing waits" : "pairing made", made), "good");
			location.hash = `#pairings/${made.pairing}`;
		}, { button: say("open pairing") });
	fill(box, filters(box, one, given),
		el("div", { class: "asks" },
			el("details", {}, el("summary", {}, say("open pairing")), opening)),
		table(say("pairings", { n: rows.length }), [
			{ key: "pairing", head: say("pairing"), show: p =>
				el("a", { href: `#pairings/${p.pairing}` }, p.pairing) },
			{ key: "outside", head: say("outside"), show: p => `${p.outside_name} (${p.outside})` },
			{ key: "inside", head: say("inside"), show: p => `${p.inside_name} (${p.inside})` },
			{ key: "health", head: say("health"), show: health },
			{ key: "quiet_days", head: say("quiet days") },
			{ key: "turn", head: say("turn"), show: turn }], rows));
}

// A step, and then the same pairing as it is now.
function step(name, p, names, more = {}) {
	return el("button", { onclick: async () => {
		if (await act(`pairing ${name}`, { pairing: p.pairing }, names, more))
			dispatchEvent(new HashChangeEvent("hashchange"));
	} }, say(`do ${name}`));
}

async function detail(one, id) {
	const p = await run("pairing show", { pairing: id });
	const steps = {
		active: () => [step("pause", p, ["reason", "until"]),
			step("rotate", p, ["reason", "side"]), step("end", p, ["reason"])],
		paused: () => [step("resume", p, [], { sure: el("p", {}, say("sure resume", p)) }),
			step("end", p, ["reason"])],
		proposed: () => [step("end", p, ["reason"])],
		ended: () => [],
	};
	fill(one, el("div", { class: "card" },
		el("h2", {}, say("pairing of", { pairing: p.pairing,
			outside: p.outside.pen_name, inside: p.inside.pen_name })),
		el("p", {}, health(p), " ", p.reason ? word("choice", p.reason) : "", " ",
			p.until ? say("until", { day: sayDay(p.until) }) : ""),
		el("p", {}, say("letters both ways", { in: p.letters_to_inside,
			out: p.letters_to_outside, house: p.in_house })),
		el("p", {}, say("last letters", { in: sayDay(p.last_to_inside) || say("never"),
			out: sayDay(p.last_to_outside) || say("never") }), " ",
			p.turn ? `${say("turn")}: ${turn(p)}.` : ""),
		table(say("ids"), [
			{ key: "id", head: say("id") }, { key: "writer", head: say("writer") },
			{ key: "status", head: say("status"), show: i => word("id", i.status) },
			{ key: "since", head: say("since"), show: i => sayDay(i.since) }], p.ids),
		el("div", { class: "row" }, (steps[p.status] ?? steps.ended)(),
			el("button", { onclick: () => act("id card", { pairing: p.pairing }) }, say("do cards")),
			el("button", { onclick: () => writePair(p) }, say("write")),
			el("a", { class: "button", href: `/history?q=${p.pairing}` }, say("do history")))));
}

export async function pairings(box, one, id) {
	await list(box, one, {});
	if (id)
		await detail(one, id);
}
