// The till of a day as a picture: what came in stands beside where it went,
// and the two are of one height when the day balances.

import { el, table } from "./dom.js";
import { say } from "./say.js";

const came = ["brought", "pieces", "extra", "office", "refound",
	"from_site"];
const went = ["posted", "handed_back", "thrown_away", "to_site", "carried"];

const svg = (tag, attributes, ...children) => {
	const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
	for (const [name, value] of Object.entries(attributes))
		node.setAttribute(name, value);
	node.append(...children);
	return node;
};

const line = 22; // between two labels, so that thin parts can be told apart

// One heap of parts, from the floor up.
function heap(day, names, x, scale) {
	let y = 220, label = y + line;
	return names.filter(n => day[n] > 0).map((name, i) => {
		const height = day[name] * scale;
		y -= height;
		label = Math.min(label - line, y + height / 2 + 5);
		return svg("g", { class: `part part${i}` },
			svg("rect", { x, y, width: 110, height: Math.max(height - 2, 1) }),
			svg("text", { x: x + 120, y: label },
				`${say(`till ${name}`)} ${day[name]}`));
	});
}

export function till(day) {
	const sum = names => names.reduce((n, name) => n + day[name], 0);
	const most = Math.max(sum(came), sum(went), 1);
	const shown = name => !name.endsWith("_site") || day[name] > 0;
	const rows = [...came, ...went].filter(shown)
		.map(name => ({ name, count: day[name] }));
	return el("figure", { class: "till" },
		svg("svg", { viewBox: "0 -40 760 280", role: "img", "aria-label":
			say("till picture", { came: sum(came), went: sum(went) }) },
			...heap(day, came, 10, 200 / most), ...heap(day, went, 390, 200 / most),
			svg("line", { x1: 0, y1: 222, x2: 760, y2: 222 })),
		el("figcaption", {}, day.difference === 0 ? say("balanced")
			: say("off by", { n: Math.abs(day.difference) })),
		el("details", {}, el("summary", {}, say("as table")),
			table(say("page today"), [
				{ key: "name", head: say("what"), show: r => say(`till ${r.name}`) },
				{ key: "count", head: say("how many") }], rows)));
}
