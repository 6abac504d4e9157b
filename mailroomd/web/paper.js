// A document that the office drew: to be opened, printed, saved.

import { run } from "./api.js";
import { el, inform } from "./dom.js";
import { say } from "./say.js";

function bytes(text) {
	return Uint8Array.from(atob(text), c => c.charCodeAt(0));
}

// Run an operation that draws and offer what it drew.  Its answer.
export async function draw(name, params, options) {
	const both = await run(name, params, options);
	if (both.document === undefined)
		return both;
	await offer(both);
	return both.answer;
}

async function offer({ document: text, name, secret }) {
	const url = URL.createObjectURL(
		new Blob([bytes(text)], { type: "application/pdf" }));
	await inform(say("paper ready"), [
		el("p", {}, secret ? say("paper secret") : say("paper plain")),
		el("p", { class: "row" },
			el("a", { class: "button main", href: url, target: "_blank", rel: "noopener" },
				say("open paper")),
			el("a", { class: "button", href: url, download: name }, say("save paper")))]);
	URL.revokeObjectURL(url);
}
