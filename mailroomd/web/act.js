// One step that a person does: a question made of the operation's own row,
// the operation, what came of it.

import { operations, run } from "./api.js";
import { ask, askSecret, fieldOf, notice, tell } from "./dom.js";
import { draw } from "./paper.js";
import { say } from "./say.js";

// Does the table let this role do it?
export async function may(me, name) {
	return (await operations()).get(name)?.roles.includes(me.role) ?? false;
}

// Run it with whatever the daemon asks for besides: a passphrase once more, a
// new one.  A wrong one, or a new one that is too weak, is told and asked for
// again.  null: left.
export async function runAsked(name, params, title) {
	const op = (await operations()).get(name);
	const go = op.document ? draw : run;
	const secrets = {};
	for (;;) {
		try {
			return await go(name, params, { secrets });
		} catch (problem) {
			const weak = problem.status === 422 &&
				Object.keys(secrets).find(what => what.startsWith("new"));
			const asks = problem.asks ?? weak;
			if (!asks)
				throw problem;
			const secret = await askSecret(asks, title,
				asks in secrets ? problem : undefined);
			if (secret === null)
				return null;
			secrets[asks] = secret;
		}
	}
}

// act("pairing pause", {pairing: "P4"}, ["reason", "until"], options): asks
// for these parameters (none: asks nothing but a yes where options.sure says
// why), runs it and says so.  The answer; null: left, or refused and told.
// options: title, choices {parameter: [[value, text]]}, given, done (words),
// read (what was given, as parameters).
export async function act(name, fixed, names = [], options = {}) {
	const op = (await operations()).get(name);
	const title = options.title ?? op.summary;
	let given = options.given ?? {}, refused;
	for (;;) {
		if (names.length > 0 || options.sure) {
			const fields = names.map(n => fieldOf(op, n, given, options));
			given = await ask(title, [options.sure ?? [], fields].flat(),
				undefined, refused);
			if (given === null)
				return null;
		}
		try {
			const typed = names.length === 0 ? {}
				: options.read?.(given) ?? given;
			const answer = await runAsked(name, { ...fixed, ...typed }, title);
			if (answer !== null)
				notice(options.done ?? say("is done"), "good");
			return answer;
		} catch (problem) {
			// What was typed is not lost by a refusal.
			refused = problem;
			if (names.length > 0)
				continue;
			tell(problem);
			return null;
		}
	}
}
