// Asks the daemon.  run("letter receive", {id}) knows from GET /api whether
// that writes; a refusal is thrown as a Problem with the sentence to show.

import { language } from "./say.js";

export class Problem extends Error {
	// status 0: nobody answered.  asks: what is wanted besides, "passphrase".
	constructor(status, code, detail, asks, retry) {
		super(detail);
		Object.assign(this, { status, code, asks, retry });
	}
}

let token = "";
let table = null;

const utf8 = new TextEncoder();

// A header holds no letters of all the world: base64 of UTF-8.
export function base64(text) {
	return btoa(String.fromCharCode(...utf8.encode(text)));
}

// One for each thing that is done, so that it is done once.
export function newKey() {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return "w" + Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
}

async function problem(answer) {
	let said = {};
	try {
		said = await answer.json();
	} catch {
		// A bound of HTTP itself answers in plain text.
	}
	return new Problem(answer.status, said.code ?? "", said.detail ??
		said.title ?? answer.statusText, answer.headers.get("Mailroom-Ask"),
		Number(answer.headers.get("Retry-After")));
}

// The answer as fetch has it, when it is a good one.
export async function send(method, path, options = {}) {
	// A page is told what to press, not which command to type.
	const headers = { "Accept-Language": `${language}-x-page`, ...options.headers };
	let body = options.body, answer;
	if (method !== "GET")
		headers["Mailroom-Token"] = token;
	if (options.json !== undefined) {
		headers["Content-Type"] = "application/json";
		body = JSON.stringify(options.json);
	}
	try {
		answer = await fetch(path, { method, headers, body,
			signal: options.signal ?? AbortSignal.timeout(60000) });
	} catch {
		throw new Problem(0, "LOST", "");
	}
	// A stop and found damage are answers too, with a status of their own.
	const stop = answer.headers.get("Content-Type")?.startsWith("application/json");
	if (!answer.ok && !stop)
		throw await problem(answer);
	return answer;
}

// All operations by name: {method, roles, params, summary, document}.
export async function operations() {
	if (table === null) {
		const list = await (await send("GET", "/api")).json();
		table = new Map(list.operations.map(op => [op.name, op]));
	}
	return table;
}

// Only what was filled in is sent.
function filled(params) {
	const out = {};
	for (const [name, value] of Object.entries(params))
		if (value !== undefined && value !== null && value !== "" &&
		    value !== false)
			out[name] = value;
	return out;
}

// What the daemon may ask for besides, and the header that carries it.
const secrets = { "passphrase": "Mailroom-Passphrase", "new": "Mailroom-New-Passphrase",
	"old pin": "Mailroom-Pin", "new pin": "Mailroom-New-Pin" };

// options: key (request key), secrets {what a Problem asks: text}.  An
// operation that draws answers {answer, document, name, secret}.
export async function run(name, params = {}, options = {}) {
	const op = (await operations()).get(name);
	const path = "/api/" + name.replace(" ", "/");
	const headers = { Accept: "application/json" };
	for (const [what, text] of Object.entries(options.secrets ?? {}))
		headers[secrets[what]] = base64(text);
	let answer;
	if (op.method === "GET") {
		const query = new URLSearchParams(filled(params)).toString();
		answer = await send("GET", query ? `${path}?${query}` : path, { headers });
	} else {
		headers["Mailroom-Request"] = options.key ?? newKey();
		answer = await send("POST", path, { headers, json: filled(params) });
	}
	return answer.json();
}

// Who is signed in; null: nobody.  {user, role, station, token, vault, ...}
export async function whoIsIt() {
	try {
		const me = await (await send("GET", "/api/session")).json();
		token = me.token;
		return me;
	} catch (e) {
		if (e.status === 401)
			return null;
		throw e;
	}
}

export async function signIn(words) {
	const me = await (await send("POST", "/api/session", { json: words })).json();
	token = me.token;
	return me;
}

export async function signOut() {
	await send("DELETE", "/api/session");
	token = "";
}
