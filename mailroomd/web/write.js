// Letters of our own: which one, and its page at once, while it is in the
// mind.  Their stubs and envelopes come with all the others.

import { act } from "./act.js";
import { run } from "./api.js";
import { notice } from "./dom.js";
import { addWords, say } from "./say.js";

addWords({
	en: {
		"write": "Write a letter of ours",
		"field form": "Which letter",
		"form add-your-id": "Write the ID on the envelope",
		"form welcome": "Welcome",
		"form waiting-list": "On the waiting list",
		"form introduction": "Here is your pen pal",
		"form enclosure-returned": "What was in it goes back",
		"form letter-held": "Your letter is held",
		"form letter-refused": "The prison refused your letter",
		"form new-address": "The person has moved",
		"form pairing-ended": "The pairing has ended",
		"form money-received": "Money was in it",
		"about enclosure": "{form} ({enclosure})",
		"to both": "both",
		"is written": "{number} is written. Its stub and envelope come with the others.",
		"is held": "{number} is written, and held: it lies in the red tray.",
	},
	es: {
		"write": "Escribir una carta nuestra",
		"field form": "Qué carta",
		"form add-your-id": "Escriba el ID en el sobre",
		"form welcome": "Bienvenida",
		"form waiting-list": "En la lista de espera",
		"form introduction": "Presentación de la otra persona",
		"form enclosure-returned": "Lo que venía dentro se devuelve",
		"form letter-held": "Su carta está retenida",
		"form letter-refused": "La prisión rechazó su carta",
		"form new-address": "La persona se mudó",
		"form pairing-ended": "La correspondencia terminó",
		"form money-received": "Venía dinero dentro",
		"about enclosure": "{form} ({enclosure})",
		"to both": "las dos personas",
		"is written": "{number} está escrita. Su talón y su sobre salen con los demás.",
		"is held": "{number} está escrita y retenida: está en la bandeja roja.",
	},
});

const formNames = names => names.map(name => [name, say(`form ${name}`)]);

// The pages of all that is written and not printed yet.
export const printPages = () => act("letter print", { new: true });

// Ask which letter, write it, offer its page.  true: it is written.
async function write(fixed, names, options) {
	const written = await act("letter new", fixed, names,
		{ title: say("write"), ...options });
	if (written === null)
		return false;
	const going = written.filter(letter => letter.state === "cleared");
	if (going.length > 0 && await printPages() === null)
		return true;
	const [letter] = going.length > 0 ? going : written;
	notice([say(going.length > 0 ? "is written" : "is held", letter),
		letter.note].filter(Boolean).join(" "), "good");
	return true;
}

export const writeTo = person => write({ to: person }, ["form"], { choices: { form:
	formNames(["welcome", "waiting-list", "add-your-id", "new-address"]) } });

// One of a pairing, or both.
export const writePair = p => write({ pairing: p.pairing }, ["to", "form"], { choices: {
	to: [["both", say("to both")], ...[p.outside, p.inside].map(one =>
		[one.correspondent, one.pen_name])],
	form: formNames(["introduction", "welcome", "add-your-id", "new-address",
		"pairing-ended"]) } });

// To who wrote a letter, about it or about what was in it.
export async function writeAbout(letter) {
	const fits = ["add-your-id", letter.state === "held" ? "letter-held" : null,
		letter.state === "returned" ? "letter-refused" : null, "new-address"]
		.filter(Boolean);
	const enclosed = letter.enclosures > 0
		? await run("enclosure list", { letter: letter.code }) : [];
	const inside = enclosed.map(({ enclosure, kind, disposition }) => [enclosure,
		disposition === "return" ? "enclosure-returned"
			: kind === "money" ? "money-received" : null]).filter(([, form]) => form);
	return write({ about: letter.code }, ["form"], {
		choices: { form: [...formNames(fits), ...inside.map(([enclosure, form]) =>
			[`${form} ${enclosure}`, say("about enclosure",
				{ form: say(`form ${form}`), enclosure })])] },
		read: ({ form }) => {
			const [name, enclosure] = form.split(" ");
			return enclosure ? { form: name, enclosure, about: "" } : { form };
		} });
}
