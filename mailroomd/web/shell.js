// What every page has around it: who is signed in, the way to the other
// pages, language, colours and size, and the end of a session.

import { act } from "./act.js";
import { send, signOut, whoIsIt } from "./api.js";
import { byId, el, fill, notice, tell } from "./dom.js";
import { addWords, language, languages, say, sayAll, setLanguage } from "./say.js";
import officeWords from "./office-words.js";
import words from "./words.js";

addWords(officeWords);
addWords(words);

// Page and whose it is.
const pages = [
	["station", ["volunteer", "staff", "coordinator"]],
	["outgoing", ["staff", "coordinator"]],
	["trays", ["volunteer", "staff", "coordinator"]],
	["history", ["volunteer", "staff", "coordinator"]],
	["today", ["staff", "coordinator"]],
	["desk", ["coordinator"]],
	["admin", ["admin"]],
];

export const pagesOf = role =>
	pages.filter(([, roles]) => roles.includes(role)).map(([name]) => name);

// looks.js does it.
function apply(name, value) {
	localStorage.setItem(`mailroom.${name}`, value);
	dispatchEvent(new Event("looks"));
}

const kept = (name, standard) =>
	localStorage.getItem(`mailroom.${name}`) ?? standard;

function choice(name, label, options, value, change) {
	return el("label", { class: "choice" }, say(label), " ",
		el("select", { name, onchange: e => change(e.target.value) },
			options.map(([v, text]) =>
				el("option", { value: v, selected: v === value,
					lang: name === "language" ? v : null }, text))));
}

// One's own passphrase, or PIN; it ends the session.
async function changeSecret(me) {
	const pin = me.by === "badge";
	if (await act(pin ? "user pin" : "user passphrase", {}, []) !== null) {
		notice(say("changed secret"), "good");
		setTimeout(() => location.href = "/sign-in", 2500);
	}
}

function looks(me) {
	const themes = ["auto", "light", "dark", "contrast"];
	const sizes = ["normal", "large", "larger"];
	return el("details", { class: "looks" },
		el("summary", {}, say("looks")), el("div", {},
		choice("language", "language", Object.entries(languages), language, setLanguage),
		choice("theme", "colours", themes.map(t => [t, say(`theme ${t}`)]),
			kept("theme", "auto"), v => apply("theme", v)),
		choice("size", "size", sizes.map(s => [s, say(`size ${s}`)]),
			kept("size", "normal"), v => apply("size", v)),
		choice("sound", "sound", [["on", say("on")], ["off", say("off")]],
			kept("sound", "on"), v => apply("sound", v)),
		me ? el("button", { onclick: () => changeSecret(me) },
			say(me.by === "badge" ? "change pin" : "change passphrase")) : null));
}

// Escape, or a touch anywhere else, puts away what hangs from the bar.
function hang(bar, menu, panel) {
	const away = () => {
		menu.setAttribute("aria-expanded", "false");
		panel.open = false;
	};
	menu.addEventListener("click", () => menu.setAttribute("aria-expanded",
		String(menu.getAttribute("aria-expanded") === "false")));
	bar.addEventListener("keydown", event => {
		if (event.key !== "Escape")
			return;
		const at = panel.contains(document.activeElement)
			? panel.querySelector("summary") : menu;
		away();
		if (at.checkVisibility?.() ?? true)
			at.focus();
	});
	document.addEventListener("pointerdown", event => {
		if (!bar.contains(event.target))
			away();
	});
}

async function leave() {
	try {
		await signOut();
	} catch (problem) {
		if (problem.status === 0) {
			tell(problem);
			return;
		}
	}
	location.href = "/sign-in";
}

function head(me, page) {
	const links = me ? pagesOf(me.role).map(name => el("a", { href: `/${name}`,
		"aria-current": name === page ? "page" : null }, say(`page ${name}`))) : [];
	const menu = el("button", { id: "menu", type: "button", "aria-expanded": "false",
		"aria-controls": "pages" }, say("menu"));
	const panel = looks(me);
	const bar = el("div", { id: "bar" },
		el("span", { class: "name" }, "Mailroom"),
		links.length > 1 ? menu : null,
		el("nav", { id: "pages", "aria-label": say("pages") }, links),
		me?.practice ? el("strong", { class: "practice" }, say("practice")) : null,
		panel,
		me ? el("span", { class: "me" }, say("signed in as",
			{ user: me.user, station: me.station })) : null,
		me ? el("button", { id: "leave", onclick: leave }, say("sign out")) : null);
	hang(bar, menu, panel);
	fill(byId("head"), bar);
}

// A minute before the session would end by itself, say so.  Looking does not
// keep it alive; any key or touch that reaches the daemon does.
function watchIdle() {
	setInterval(async () => {
		try {
			const left = await (await send("GET", "/api/session?quiet=1")).json();
			if (left.left < 60)
				notice(say("ends soon"), "bad");
		} catch (problem) {
			if (problem.status === 401)
				location.href = `/sign-in?ended=1&to=${location.pathname}`;
		}
	}, 20000);
}

// A page that came while the daemon was busy or on its way out and in again
// asks until it is told.
async function whenItAnswers(page) {
	head(null, page);
	notice(say("lost"), "bad");
	for (;;) {
		await new Promise(done => setTimeout(done, 2000));
		try {
			const me = await whoIsIt();
			notice("");
			return me;
		} catch {
			// Not yet.
		}
	}
}

// Begin a page: its words, then who is there.  Nobody: to the sign-in page.
// Answers the session; runs nothing else of the page before that.
export async function begin(pageWords) {
	const page = document.documentElement.dataset.page;
	addWords(pageWords ?? {});
	document.documentElement.lang = language;
	document.title = `${say(`page ${page}`)} - Mailroom`;
	sayAll();
	const me = await whoIsIt().catch(() => whenItAnswers(page));
	if (me === null && page !== "sign-in") {
		location.replace(`/sign-in?to=${location.pathname}`);
		return new Promise(() => {});
	}
	head(me, page);
	if (me !== null && page !== "sign-in")
		watchIdle();
	return me;
}
