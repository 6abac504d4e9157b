// Lists from a spreadsheet: first what would change, then the change.

import { operations, run } from "./api.js";
import { el, field, fieldOf, fill, notice, onSubmit, sentence, table, tell } from "./dom.js";
import { say } from "./say.js";

const nouns = ["correspondent", "pairing", "facility"];

// Faults with their line, differences with what was and will be.
function findings(title, list) {
	if (!list?.length)
		return null;
	const keys = Object.keys(list[0]);
	return table(title, keys.map(key => ({ key, head: sentence(key.replaceAll("_", " ")).slice(0, -1) })), list);
}

function preview(found, go) {
	return el("div", { class: "card" },
		el("h2", {}, say("preview")),
		el("p", {}, say("preview counts", found)),
		findings(say("faults"), found.fault_list),
		findings(say("differences"), found.differences),
		found.faults > 0 ? el("p", {}, say("mend first"))
			: found.added + found.changed === 0 ? el("p", {}, say("nothing new"))
				: el("button", { class: "main", onclick: go }, say("import now")));
}

export async function imports(box, one) {
	const table_ = await operations();
	const form = el("form", { class: "card" },
		el("p", {}, say("import how")),
		field("noun", say("list of"), nouns.map(n => [n, say(`list ${n}`)])),
		field("file", say("file"), "file", { required: true, attributes: { accept: ".csv,text/csv" } }),
		el("div", { id: "more" }),
		el("button", { class: "main" }, say("look first")));
	const noun = form.elements.noun;
	const more = () => fill(form.querySelector("#more"), table_.get(`${noun.value} import`)
		.params.filter(p => !["file", "dry_run"].includes(p.name))
		.map(p => fieldOf(table_.get(`${noun.value} import`), p.name, {})));
	noun.addEventListener("change", more);
	more();
	fill(box, form);
	onSubmit(form, async given => {
		const chosen = form.elements.file.files[0];
		const file = { name: chosen.name, text: await chosen.text() };
		const params = { ...given, file, noun: undefined };
		const name = `${given.noun} import`;
		const found = await run(name, { ...params, dry_run: true });
		fill(one, preview(found, async event => {
			event.target.disabled = true;
			try {
				const done = await run(name, params);
				notice(say("imported", done), "good");
				fill(one);
				form.reset();
			} catch (problem) {
				event.target.disabled = false;
				tell(problem);
			}
		}));
		one.focus();
	});
}

