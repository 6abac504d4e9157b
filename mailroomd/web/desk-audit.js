// Nothing was rewritten: the proof, the witness on paper, and who did what.

import { act } from "./act.js";
import { run } from "./api.js";
import { byId, el, field, fill, onSubmit, sentence, table } from "./dom.js";
import { say, sayTime } from "./say.js";
import { several } from "./sites.js";

function proof(found) {
	return el("div", { class: `card ${found.found === 0 ? "good" : "bad"}`, id: "proof" },
		el("h3", {}, found.found === 0 ? say("in order") : say("damage", { n: found.found })),
		el("p", {}, say("proved", found)),
		found.witness ? el("p", {}, say("witness holds", { witness: found.witness })) : null,
		found.findings.length > 0 ? el("ol", {}, found.findings.map(f =>
			el("li", {}, sentence(f.what ?? f.finding ?? Object.values(f).filter(Boolean).join(" "))))) : null);
}

async function events(rows, given) {
	const list = (await run("audit show", given)).reverse();
	fill(rows, table(say("events"), [
		{ key: "event", head: say("event") },
		{ key: "time", head: say("when"), show: e => sayTime(e.time) },
		{ key: "user", head: say("who") },
		{ key: "station", head: say("station") },
		{ key: "operation", head: say("what") },
		{ key: "subject", head: say("of what") },
		{ key: "fields", head: say("how it changed") }], list));
}

export async function audit(box) {
	const result = el("div", { "aria-live": "polite" }), rows = el("div");
	const verify = el("form", { class: "card" },
		el("h2", {}, say("verify")), el("p", {}, say("verify how")),
		field("witness", say("witness"), "text", { help: say("witness help") }),
		field("event", say("witness event"), "number"),
		el("div", { class: "row" },
			el("button", { class: "main" }, say("verify")),
			el("button", { type: "button", onclick: () => act("audit checkpoint", {}).then(a =>
				a && fill(result, el("p", { class: "card" }, say("checkpoint is", a)))) }, say("do checkpoint")),
			el("button", { type: "button", onclick: () => act("audit export", {},
				["from", "last", "format"]) }, say("do export"))));
	onSubmit(verify, async given => {
		fill(result, el("p", {}, say("proving")));
		fill(result, proof(await run("audit verify", given)));
		byId("proof").scrollIntoView({ block: "nearest" });
	});
	const search = el("form", { class: "row" },
		field("day", say("day"), "date"), field("by", say("who")),
		field("last", say("how many"), "number", { value: "50", attributes: { min: 1, max: 1000 } }),
		el("button", {}, say("show")));
	onSubmit(search, given => events(rows, given));
	const more = await several() === null
		? el("details", { id: "one-more" }, el("summary", {}, say("one more site")),
			el("p", {}, say("one more how"), " ",
				el("a", { href: "#sites" }, say("one more go")))) : null;
	fill(box, verify, result, search, rows, more);
	await events(rows, { last: 50 });
}
