// One step that a person does: a question made of the operation's own row,
// the operation, what came of it.

import { operations, run } from "./api.js";
import { ask, askPassphrase, fieldOf, notice, tell } from "./dom.js";
import { draw } from "./paper.js";
import { say } from "./say.js";

// Does the table let this role do it?
export async function may(me, name) {
	return (await operations()).get(name)?.roles.includes(me.role) ?? false;
}

// Run with the passphrase asked for where the daemon wants it again.
async function runAsked(op, params, title) {
	const go = op.document ? draw : run;
	try {
		return await go(op.name, params);
	} catch (problem) {
		if (problem.asks !== "passphrase")
			throw problem;
		const passphrase = await askPassphrase(title);
		return passphrase ? go(op.name, params, { passphrase }) : null;
	}
}

// act("pairing pause", {pairing: "P4"}, ["reason", "until"], options): asks
// for these parameters (none: asks nothing but a yes where options.sure says
// why), runs it and says so.  The answer; null: left, or refused and told.
// options: title, choices {parameter: [[value, text]]}, given, done (words).
export async function act(name, fixed, names = [], options = {}) {
	const op = (await operations()).get(name);
	const title = options.title ?? op.summary;
	let given = options.given ?? {};
	for (;;) {
		if (names.length > 0 || options.sure) {
			const fields = names.map(n => fieldOf(op, n, given, options));
			given = await ask(title, [options.sure ?? [], fields].flat());
			if (given === null)
				return null;
		}
		try {
			const answer = await runAsked(op, { ...fixed, ...given }, title);
			if (answer !== null)
				notice(options.done ?? say("is done"), "good");
			return answer;
		} catch (problem) {
			tell(problem);
			// What was typed is not lost by a refusal.
			if (names.length === 0)
				return null;
		}
	}
}
