// Who works here, at which stations, how the office is kept, its settings.

import { act, may, runAsked } from "./act.js";
import { run, send } from "./api.js";
import { attention } from "./attention.js";
import { byId, el, fill, formFor, inform, notice, sentence, table, tell } from "./dom.js";
import words from "./admin-words.js";
import { begin } from "./shell.js";
import { say, word } from "./say.js";
import { several, siteTable } from "./sites.js";

const me = await begin(words);

// A code is shown once and is not kept: say how it is handed over.
async function invite(name) {
	const made = await runAsked("user invite", { name }, say("invite", { name }));
	if (made)
		await inform(say("code for", { name }), [el("p", { class: "code" }, made.code),
			el("p", {}, say("code how"))]);
}

function step(user, name, label, more = {}) {
	return el("button", { onclick: async () => {
		if (await act(`user ${name}`, { name: user.name }, more.names ?? [], {
			title: `${say(label)}: ${user.name}`, sure: more.sure ? el("p", {},
				say(`sure ${name}`, user)) : null, given: user, ...more }))
			await showPeople();
	}, "aria-label": `${say(label)}: ${user.name}` }, say(label));
}

function stepsOf(user) {
	if (user.status === "disabled")
		return [step(user, "enable", "do enable", { sure: true })];
	return [
		user.role === "volunteer" ? [step(user, "badge", "do badge"), step(user, "pin", "do pin")]
			// One's own is changed under Looks; forgotten, nobody could let one in.
			: user.passphrase ? user.name === me.user ? null
				: step(user, "reset", "do reset", { sure: true })
				: el("button", { onclick: () => invite(user.name).catch(tell) }, say("do invite")),
		step(user, "role", "do role", { names: ["role"] }),
		user.name === me.user ? null : step(user, "disable", "do disable", { sure: true }),
	].flat();
}

// What stands between a user and the work, in words.
function waitsFor(user) {
	if (user.status === "disabled")
		return say("is disabled");
	if (user.role === "volunteer")
		return user.pin === false ? say("no pin") : "";
	if (!user.passphrase)
		return say("no passphrase");
	return user.role !== "admin" && !user.vault ? say("no vault") : "";
}

async function showPeople() {
	const users = await run("user list");
	const adding = await formFor("user add", ["name", "role"], {}, async given => {
		await run("user add", given);
		notice(say("added", given), "good");
		await showPeople();
		if (given.role !== "volunteer")
			await invite(given.name);
	}, { button: say("do add") });
	fill(byId("people"), el("section", { class: "card" },
		el("h2", {}, say("people")),
		table(say("people"), [
			{ key: "name", head: say("name") },
			{ key: "role", head: say("role"), show: u => word("role", u.role) },
			{ key: "waits", head: say("waits for"), show: waitsFor },
			{ key: "do", head: say("steps"), show: u =>
				el("div", { class: "row" }, stepsOf(u)) }], users),
		el("details", {}, el("summary", {}, say("do add")), adding)));
}

// Who sits where; whoever left a station open is signed out from here.
async function showSeats() {
	const seats = await (await send("GET", "/api/who")).json();
	fill(byId("seats"), el("section", { class: "card" },
		el("h2", {}, say("signed in now")),
		table(say("signed in now"), [
			{ key: "station", head: say("station") },
			{ key: "user", head: say("name") },
			{ key: "role", head: say("role"), show: s => word("role", s.role) },
			{ key: "quiet", head: say("last used"), show: s =>
				say("minutes ago", { n: Math.floor(s.quiet / 60) }) },
			{ key: "do", head: say("steps"), show: s => s.user === me.user ? ""
				: el("button", { "aria-label": say("end seat", s), onclick: async () => {
					await send("DELETE", `/api/who?user=${encodeURIComponent(s.user)}`).catch(tell);
					await showSeats();
				} }, say("sign out")) }], seats)));
}

async function showStations() {
	const list = await run("printer list");
	fill(byId("stations"), el("section", { class: "card" },
		el("h2", {}, say("stations")),
		el("p", {}, say("stations how")),
		el("div", { class: "row" },
			el("button", { onclick: () => act("form bench", {}) }, say("bench card")),
			el("button", { onclick: () => act("form scanner", {}) }, say("scanner page"))),
		list.server ? el("p", {}, sentence(list.server)) : null,
		table(say("printers"), [
			{ key: "printer", head: say("printer") },
			{ key: "use", head: say("prints") },
			{ key: "do", head: say("steps"), show: p => el("div", { class: "row" },
				el("button", { onclick: () => act("printer test", { printer: p.printer }) },
					say("ruler page")),
				el("button", { onclick: async () => {
					if (await act("printer profile", { printer: p.printer },
						["left", "top", "across", "down", "ruler", "use"]))
						await showStations();
				} }, say("measured"))) }], list.printers, say("no printers"))));
}

async function showKeeping() {
	const checks = el("div", { "aria-live": "polite" });
	fill(byId("keeping"), el("section", { class: "card" },
		el("h2", {}, say("keeping")),
		await attention(me) ?? el("p", {}, say("all is well")),
		el("div", { class: "row" },
			await may(me, "office backup") ? el("button", { class: "main", onclick: async () => {
				if (await act("office backup", {}, [], { sure: el("p", {}, say("sure backup")) }))
					await showKeeping();
			} }, say("do backup")) : null,
			el("button", { onclick: () => check(checks).catch(tell) }, say("do check"))),
		checks));
}

async function check(box) {
	const found = await run("office check");
	fill(box, table(say("do check"), [
		{ key: "check", head: say("checked") },
		{ key: "result", head: say("result") },
		{ key: "where", head: say("where") }], found));
}

async function showSettings() {
	const list = await run("setting list");
	const changed = s => s.value !== s.default;
	fill(byId("settings"), el("section", { class: "card" },
		el("h2", {}, say("settings")),
		table(say("settings"), [
			{ key: "help", head: say("what it does"), show: s => sentence(s.help) },
			{ key: "value", head: say("value"), show: s => changed(s)
				? el("strong", {}, word("value", s.value)) : word("value", s.value) },
			{ key: "do", head: say("change"), show: s => s.name === "practice" ? ""
				: el("button", { onclick: async () => {
					if (await act("setting set", { name: s.name }, ["value"], { title: sentence(s.help),
						given: s, choices: choices(s) }))
						await showSettings();
				} }, say("change one", { name: s.name })) }], list)));
}

// Nothing, in an office of one site.
async function showSites() {
	const list = await several();
	fill(byId("sites"), list === null ? null : el("section", { class: "card" },
		el("h2", {}, say("sites")), siteTable(list),
		el("p", {}, say("admin adds site"))));
}

// "en es" is a choice; "1 to 60" is a number to be typed.
function choices(setting) {
	return /^[a-z0-9-]+( [a-z0-9-]+)+$/.test(setting.possible) && !/ to /.test(setting.possible)
		? { value: setting.possible.split(" ").map(v => [v, word("value", v)]) } : {};
}

if (me) {
	for (const part of [showPeople, showSeats, showStations, showKeeping, showSites, showSettings])
		await part().catch(tell);
	document.documentElement.dataset.ready = "yes";
}
