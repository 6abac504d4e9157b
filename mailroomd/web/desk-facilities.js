// Facilities, their rules, and which source decided each.

import { act } from "./act.js";
import { run } from "./api.js";
import { el, field, fill, onSubmit, table } from "./dom.js";
import { say, sayDay, word } from "./say.js";

async function list(box) {
	const rows = el("div");
	const form = el("form", { class: "row" },
		field("state", say("state"), "text", { attributes: { maxlength: 2, size: 3 } }),
		field("name", say("name or code")),
		el("button", {}, say("show")));
	const load = async given => {
		const all = await run("facility list", { state: given.state });
		const like = (given.name ?? "").toLowerCase();
		const some = all.filter(f => `${f.code} ${f.name}`.toLowerCase().includes(like));
		fill(rows, table(say("facilities", { n: some.length }), [
			{ key: "code", head: say("code"), show: f =>
				el("a", { href: `#facilities/${f.code}` }, f.code) },
			{ key: "name", head: say("name") },
			{ key: "security", head: say("security") },
			{ key: "city", head: say("city"), show: f => `${f.city}, ${f.state}` },
			{ key: "status", head: say("status"), show: f => word("status", f.status) },
			{ key: "checked", head: say("checked"), show: f => sayDay(f.checked) }], some));
	};
	onSubmit(form, load);
	fill(box, form, rows);
	await load({});
}

const again = () => dispatchEvent(new HashChangeEvent("hashchange"));

function rules(f) {
	return table(say("rules"), [
		{ key: "help", head: say("rule") },
		{ key: "value", head: say("holds"), show: r => word("value", r.value) },
		{ key: "from", head: say("from"), show: r => sayDay(r.from) },
		{ key: "source", head: say("source") },
		{ key: "do", head: say("change"), show: r => el("button", { onclick: async () => {
			if (await act("facility rule", { code: f.code, rule: r.rule },
				["value", "source", "from"], { title: r.help, given: { value: r.value } }))
				again();
		} }, say("change one", { rule: word("choice", r.rule) })) }], f.rules);
}

async function detail(one, code) {
	const f = await run("facility show", { code });
	const facts = ["name", "kind", "security", "street", "city", "state", "zip",
		"population", "status", "source", "checked"];
	fill(one, el("div", { class: "card" },
		el("h2", {}, `${f.name} (${f.code})`),
		el("p", {}, [f.kind, f.security, `${f.city}, ${f.state}`].join(" - ")),
		el("p", {}, say("mail goes to", { street: f.street, city: f.city, state: f.state, zip: f.zip })),
		el("p", {}, say("checked by", { source: f.source, day: sayDay(f.checked) })),
		el("p", {}, say("live there", { n: f.correspondents })),
		el("div", { class: "row" },
			el("button", { onclick: async () => {
				if (await act("facility update", { code }, facts, { given: { ...f, checked: "", source: "" } }))
					again();
			} }, say("do update")),
			el("button", { onclick: () => act("report facility", { code }) }, say("do report"))),
		rules(f)));
}

export async function facilities(box, one, code) {
	await list(box);
	if (code)
		await detail(one, code);
}
