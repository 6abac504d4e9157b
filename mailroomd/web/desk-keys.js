// Who chose a passphrase and waits for the key to the vault.

import { act } from "./act.js";
import { run } from "./api.js";
import { el, fill } from "./dom.js";
import { say, word } from "./say.js";

const waits = user => user.status === "active" && user.passphrase && !user.vault &&
	["staff", "coordinator"].includes(user.role);

// Into box: a line for each, or nothing.
export async function keys(box) {
	const give = async user => {
		if (await act("user grant", { name: user.name }, [], {
			title: say("give key of", user), sure: el("p", {}, say("give key sure", user)),
			done: say("key given", user) }))
			await keys(box);
	};
	fill(box, (await run("user list")).filter(waits).map(user =>
		el("p", { class: "card row" }, say("waits for key",
			{ name: user.name, role: word("role", user.role) }), " ",
			el("button", { onclick: () => give(user), "aria-label": say("give key of", user) },
				say("give key")))));
}
