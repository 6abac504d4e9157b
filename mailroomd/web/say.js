// What the pages say, in the language of whoever sits there.  Each page adds
// its own words: addWords({en: {...}, es: {...}}).  A text names its facts in
// braces: "Saved {number}".

const all = { en: {}, es: {} };

export const languages = { en: "English", es: "Español" };

function first() {
	const kept = localStorage.getItem("mailroom.language");
	if (kept in languages)
		return kept;
	return navigator.language.startsWith("es") ? "es" : "en";
}

export let language = first();

export function setLanguage(name) {
	localStorage.setItem("mailroom.language", name);
	location.reload();
}

export function addWords(words) {
	for (const name in words)
		Object.assign(all[name], words[name]);
}

// An unknown key shows itself, so that a test finds it.
export function say(key, facts = {}) {
	const text = all[language][key] ?? all.en[key] ?? `[${key}]`;
	return text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}

// Is there such a text?  For words that come from the office: states, reasons.
// One that has none stands as it is.
export function knows(key) {
	return key in all[language];
}

// A word of the office ("held", "no pairing") as a person reads it.
export function word(kind, value) {
	const key = `${kind} ${value}`;
	return knows(key) ? say(key) : String(value ?? "");
}

// Put the texts into what the page's own HTML marks with data-say.
export function sayAll(root = document) {
	for (const node of root.querySelectorAll("[data-say]"))
		node.textContent = say(node.dataset.say);
	for (const node of root.querySelectorAll("[data-say-label]"))
		node.setAttribute("aria-label", say(node.dataset.sayLabel));
}

const day = new Intl.DateTimeFormat(language,
	{ dateStyle: "medium", timeZone: "UTC" });
const time = new Intl.DateTimeFormat(language,
	{ dateStyle: "medium", timeStyle: "short" });

// Days come as 2026-11-23, times as RFC 3339 in UTC.
export function sayDay(text) {
	return text ? day.format(new Date(`${text.slice(0, 10)}T00:00:00Z`)) : "";
}

export function sayTime(text) {
	return text ? time.format(new Date(text)) : "";
}

export function sayCents(cents) {
	return new Intl.NumberFormat(language,
		{ style: "currency", currency: "USD" }).format(cents / 100);
}
