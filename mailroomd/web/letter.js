// A letter as a card or a line shows it, and the questions about one that
// more than its operation's row can ask: whose it is, what its sticker says,
// what was in it.

import { operations, run } from "./api.js";
import { may } from "./act.js";
import { ask, el, field, onSubmit, tell } from "./dom.js";
import { say } from "./say.js";

export function names(letter) {
	if (letter.from && letter.to)
		return say("from to", letter);
	if (letter.to)
		return say("to one", letter);
	return letter.from ? say("from one", letter) : "";
}

// Reasons by what they are for, told by one reason of each kind, since the
// words between are in the asker's language.
export async function reasons() {
	const list = await run("letter reasons");
	const like = reason => {
		const kind = list.find(r => r.reason === reason)?.for;
		return list.filter(r => r.for === kind).map(r => [r.reason, r.meaning]);
	};
	return { hold: like("photo"), white: like("no-reason"),
		yellow: like("unclaimed").filter(([r]) => r !== "not-looked-at"),
		end: like("lost").filter(([r]) => r !== "same-as-another") };
}

// A question with more than one step: build(form, close) fills it.
export function wizard(title, build) {
	return new Promise(resolve => {
		const body = el("div");
		const dialog = el("dialog", { "aria-labelledby": "wizard-title" },
			el("h2", { id: "wizard-title" }, title), body,
			el("form", { method: "dialog", class: "row" },
				el("button", {}, say("leave it"))));
		let answer = null;
		const close = value => {
			answer = value;
			dialog.close();
		};
		dialog.addEventListener("close", () => {
			dialog.remove();
			resolve(answer);
		});
		document.body.append(dialog);
		build(body, close);
		dialog.showModal();
		dialog.querySelector("input, select")?.focus();
	});
}

// Whose letter is it?  Names as the page has them, then who may be meant.
// Resolves to the parameters of `letter identify`, or null.
export async function whose(me, letter) {
	const staff = (await operations()).get("letter release").roles.includes(me.role);
	return wizard(say("whose is", letter), (body, close) => {
		const found = el("div", { class: "candidates", role: "status" });
		const form = el("form", {},
			el("p", {}, say("whose how")),
			field("dear", say("dear")), field("signed_by", say("signed by"), "text",
				{ value: letter.from }),
			el("button", { class: "main" }, say("look for")));
		onSubmit(form, async given => {
			const list = await run("letter candidates", given);
			found.replaceChildren(el("p", {}, say(list.length === 0
				? "no candidates" : "candidates")),
			...list.map(one => el("button", { type: "button", onclick: () =>
				close({ pairing: one.pairing, writer: one.writer }) },
			say("candidate", { ...one, fits: say(`fits ${one.fits}`) }))));
			found.querySelector("button")?.focus();
		});
		const other = el("form", {}, field("person", say("somebody new"), "text",
			{ help: say("somebody new help"), required: true }),
		el("button", {}, say("it is this one")));
		onSubmit(other, given => close(given));
		body.append(form, found);
		// Whose it is was known before; a pen pal is what it waited for.
		if (letter.reason === "no-pairing")
			form.requestSubmit();
		if (staff)
			body.append(el("details", {}, el("summary", {}, say("no pen pal yet")), other));
	});
}

// Which of the posted letters under an ID came back?
function chooseLetter(list, close) {
	return [el("p", {}, say(list.length === 0 ? "none posted" : "which came back")),
		...list.map(one => el("button", { type: "button", onclick: () => close(one) },
			`${one.number}  ${names(one)}  ${one.received}`))];
}

async function findPosted(title) {
	return wizard(title, (body, close) => {
		const found = el("div", { class: "candidates", role: "status" });
		const form = el("form", {}, field("id", say("corner id"), "text",
			{ help: say("corner id help"), required: true }),
		el("button", { class: "main" }, say("look for")));
		onSubmit(form, async ({ id }) => {
			found.replaceChildren(...chooseLetter(
				await run("letter list", { id, state: "posted" }), close));
			found.querySelector("button")?.focus();
		});
		body.append(form, found);
	});
}

function stickerForm(why, close) {
	const choose = el("select", { id: "sticker-reason", name: "reason" });
	const set = colour => choose.replaceChildren(...why[colour].map(([value, text]) =>
		el("option", { value }, text)));
	const colours = ["yellow", "white"].map(colour => el("label", { class: "row" },
		el("input", { type: "radio", name: "sticker", value: colour, required: true,
			onchange: () => set(colour) }), say(`sticker ${colour}`)));
	const form = el("form", {}, el("fieldset", {},
		el("legend", {}, say("which sticker")), colours),
	el("div", { class: "field" }, el("label", { for: "sticker-reason" },
		say("sticker says")), choose),
	el("button", { class: "main" }, say("do it")));
	onSubmit(form, () => close({ reason: choose.value,
		sticker: form.elements.sticker.value }));
	return form;
}

// What came back: which letter it was, where nobody knows, and its sticker.
// Resolves to the parameters of `letter return`, or null.
export async function cameBack(letter) {
	const why = await reasons();
	const title = say("came back of", letter);
	const piece = letter.state === "unidentified";
	const which = piece ? await findPosted(title) : letter;
	if (which === null)
		return null;
	const sticker = await wizard(title, (body, close) =>
		body.append(stickerForm(why, close)));
	return sticker && { letter: which.code, ...sticker,
		...piece ? { piece: letter.code } : {} };
}

const dispositions = ["forward", "return", "bank", "destroyed"];

// What was in a letter, and what becomes of each.  true: something was done.
export async function enclosures(me, letter) {
	const list = await run("enclosure list", { letter: letter.code });
	const decides = await may(me, "enclosure settle");
	const openOnes = list.filter(one => one.disposition === "held");
	const line = one => say("enclosure line", { ...one, kind: say(`kind ${one.kind}`),
		money: one.money ? `$${one.money}` : "" });
	const given = await ask(say("what was in", letter), [
		list.length === 0 ? el("p", {}, say("nothing noted")) : null,
		list.filter(one => !openOnes.includes(one)).map(one => el("p", {}, line(one),
			" ", say(`settled ${one.disposition}`))),
		openOnes.map(one => decides ? field(one.enclosure, line(one),
			[["", say("decide later")], ...dispositions.map(d => [d, say(`settled ${d}`)])])
			: el("p", {}, line(one))),
	].flat().filter(node => node !== null));
	let did = false;
	for (const [enclosure, disposition] of Object.entries(given ?? {})) {
		if (disposition === "" || !dispositions.includes(disposition))
			continue;
		try {
			await run("enclosure settle", { enclosure, disposition });
			did = true;
		} catch (problem) {
			tell(problem);
		}
	}
	return did;
}
