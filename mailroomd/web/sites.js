// An office with several mailrooms: which there are, how one more is made, and
// a letter that the courier brought from another.

import { act, may, runAsked } from "./act.js";
import { run } from "./api.js";
import { byId, el, field, fill, formFor, inform, notice, onSubmit, sentence, table }
	from "./dom.js";
import { addWords, say, sayTime } from "./say.js";
import words from "./sites-words.js";

addWords(words);

// The sites, where there are several; null: there is one, and nothing is said.
export async function several() {
	const list = await run("site list");
	return list.length > 1 ? list : null;
}

export const siteTable = list => table(say("sites"), [
	{ key: "site", head: say("site number") },
	{ key: "name", head: say("site name"), show: s => el("span", {}, s.name,
		s.here ? el("small", {}, ` ${say("site here")}`) : null) },
	{ key: "city", head: say("site place"), show: s => `${s.city}, ${s.state}` },
	{ key: "last", head: say("site last"), show: s => s.last ? sayTime(s.last) : say("site never") },
	{ key: "events", head: say("site head") },
	{ key: "letters", head: say("site letters") }], list);

// What is typed on the other machine, word for word.
function carry(site) {
	return inform(say("site made", site), [
		el("p", {}, say("site folder", site)),
		el("p", {}, say("site carry")),
		el("pre", {}, "mailroom --office FOLDER office check\n" +
			"mailroom --office FOLDER office show"),
		el("p", {}, say("site address"))]);
}

const asked = ["name", "street", "city", "state", "zip", "zone"];

// The coordinator's section of the desk.
export async function sites(box) {
	const list = await several();
	const adding = await formFor("site add", asked, {}, async given => {
		const made = await runAsked("site add", given, say("add site"));
		if (made === null)
			return;
		await carry(made);
		await sites(box);
	}, { button: say("add site") });
	fill(box, el("section", { class: "card" },
		el("h2", {}, say("sites")),
		list === null ? null : siteTable(list),
		el("p", {}, say("sites how")),
		el("details", { id: "add-site" }, el("summary", {}, say("add site")),
			el("p", {}, say("add site how")), adding)));
}

// Is it in the hand?  Asked, done, and its new number told until it is written
// on.  The answer; null: left.
export async function takeOver(letter) {
	const answer = await act("letter take", { letter: letter.code }, [], {
		title: say("take over"), sure: [el("p", {}, sentence(letter.where ?? letter.say)),
			el("p", {}, say("take over sure"))] });
	if (answer === null)
		return null;
	notice("");
	await inform(say("is here", answer), [el("p", {}, answer.say)]);
	return answer;
}

// For a page of trays: the field where a stub of another site is scanned.
// Into box, or nothing where there is one site; after(): the trays anew.
export async function courier(me, box, after) {
	if (await several() === null || !await may(me, "letter take"))
		return;
	const form = el("form", { class: "card row" },
		field("stub", say("from courier"), "text", { required: true,
			help: say("from courier help") }),
		el("button", {}, say("look at it")));
	onSubmit(form, async ({ stub }) => {
		const letter = await run("scan", { code: stub });
		form.reset();
		if (letter.take && await takeOver(letter) !== null)
			await after(letter.code);
		else if (!letter.take)
			notice(sentence(letter.say));
		byId(letter.code)?.querySelector("h2")?.focus();
	});
	fill(box, form);
}
