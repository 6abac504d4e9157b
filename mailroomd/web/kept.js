// What waited while nobody answered, and what became of it: a list that stays
// until a person has seen to each.

import { el } from "./dom.js";
import { language, say } from "./say.js";

const clock = new Intl.DateTimeFormat(language, { timeStyle: "short", hourCycle: "h23" });

const typed = line => el("span", {}, clock.format(line.at), " ",
	el("span", { class: "code" }, line.line.toUpperCase()));

const badge = line => line.big
	? el("span", { class: `word ${line.colour}` }, line.big) : null;

function why(line) {
	if (line.unsent)
		return say("before it");
	return line.foreign ? say("by hand", line) : line.plain || say("not saved");
}

function waiting(bench) {
	const lines = bench.mine().filter(line => line.late);
	return lines.length === 0 ? [] : [
		el("h2", {}, say("waiting here", { n: lines.length })),
		el("ul", {}, lines.map(line => el("li", {}, typed(line))))];
}

function foreign(bench) {
	const lines = bench.foreign();
	return lines.length === 0 ? [] : [el("p", { class: "row" },
		say("of another", { n: lines.length, ...lines[0] }),
		el("button", { type: "button", onclick: () => bench.byHand() },
			say("do by hand")))];
}

// One row a letter: how it stands after the last of its lines.
function sent(bench) {
	const lines = bench.came.filter(line => line.done);
	const letters = new Map(lines.map(line => [line.number || line.key, line]));
	return lines.length === 0 ? [] : [
		el("h2", {}, say("sent now")),
		el("ul", {}, [...letters].map(([number, last]) => el("li", {},
			el("strong", {}, last.number), badge(last),
			lines.filter(line => (line.number || line.key) === number).map(typed)))),
		el("button", { type: "button", class: "main",
			onclick: () => bench.tick(lines.map(line => line.key)) },
		say("all pencilled"))];
}

function failed(bench) {
	const lines = bench.came.filter(line => !line.done);
	return lines.length === 0 ? [] : [
		el("h2", {}, say("not sent")),
		el("ul", { class: "failed" }, lines.map(line => el("li", {}, typed(line),
			badge(line), el("p", {}, why(line)),
			el("button", { type: "button", onclick: () => bench.tick([line.key]) },
				say("seen to")))))];
}

export function keptNodes(bench) {
	return [waiting, failed, sent, foreign].flatMap(part => part(bench));
}
