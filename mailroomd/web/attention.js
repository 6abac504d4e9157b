// What wants somebody: late letters, quiet pairings, an old backup.  Each
// with the way to where it is done, for those whose page that is.

import { run } from "./api.js";
import { el } from "./dom.js";
import { say } from "./say.js";
import { pagesOf } from "./shell.js";

const where = { "late-letters": "trays", "held-due": "trays", "quiet-pairings": "desk",
	"signatures": "today", "enclosures": "today", "backup": "admin" };

// A list, or null where nobody needs to look.
export async function attention(me) {
	const rows = (await run("report attention")).filter(row => row.look);
	if (rows.length === 0)
		return null;
	const mine = pagesOf(me.role);
	return el("ul", { class: "attention" }, rows.map(row => {
		const none = row.count < 0 ? " none" : "";
		const text = say(`attention ${row.what}${none}`, { count: row.count });
		return el("li", {}, mine.includes(where[row.what])
			? el("a", { href: `/${where[row.what]}` }, text) : text);
	}));
}
