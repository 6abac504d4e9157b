// The coordinator's desk: pairings, people, facilities, imports, the audit.

import { byId, el, fill, tell } from "./dom.js";
import { audit } from "./desk-audit.js";
import { facilities } from "./desk-facilities.js";
import { imports } from "./desk-imports.js";
import { keys } from "./desk-keys.js";
import { pairings } from "./desk-pairings.js";
import { correspondents } from "./desk-people.js";
import words from "./desk-words.js";
import { say } from "./say.js";
import { several, sites } from "./sites.js";
import { begin } from "./shell.js";

const sections = { pairings, correspondents, facilities, imports, audit, sites };

const me = await begin(words);

// #pairings, or #pairings/P4: a section, and one thing of it.
async function show() {
	const [name, one] = location.hash.slice(1).split("/");
	const current = name in sections ? name : "pairings";
	const asked = location.hash;
	// Nobody presses a button of somebody who was there before.
	fill(byId("one"));
	const many = current === "sites" || await several().catch(() => null) !== null;
	if (location.hash !== asked)
		return;
	const named = Object.keys(sections).filter(s => s !== "sites" || many);
	fill(byId("sections"), named.map(s => el("a", { href: `#${s}`,
		"aria-current": s === current ? "page" : null }, say(`section ${s}`))));
	document.title = `${say(`section ${current}`)} - ${say("page desk")} - Mailroom`;
	// What an earlier choice still asks for comes into a box that is gone.
	const box = el("div"), thing = el("div", { tabindex: "-1" });
	fill(byId("one"), thing);
	fill(byId("section"), box);
	try {
		await sections[current](box, thing, one);
		if (one)
			thing.focus();
	} catch (problem) {
		tell(problem);
	}
}

if (me) {
	addEventListener("hashchange", show);
	await show();
	const waiting = el("div");
	byId("sections").before(waiting);
	await keys(waiting).catch(tell);
}
