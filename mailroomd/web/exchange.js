// A pairing's exchange as a picture in time: who wrote above and below, we in
// the middle; how long each letter lay with us, what came back, when it was
// quiet.  The same is told by a table beside it.

import { el, table } from "./dom.js";
import { language, say, sayDay, word } from "./say.js";

const width = 960, left = 130, right = 30;
const top = 46, middle = 120, bottom = 194, height = 240;
const quiet = 45; // days without any letter that are worth a word

const day = text => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 864e5;

function svg(tag, attributes = {}, ...children) {
	const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
	for (const [name, value] of Object.entries(attributes))
		node.setAttribute(name, value);
	node.append(...children.flat());
	return node;
}

const line = (name, x1, y1, x2, y2) => svg("line", { class: name, x1, y1, x2, y2 });
const text = (x, y, words, more = {}) => svg("text", { x, y, ...more }, words);

// Which lane a letter comes from and goes to.
function lanes(letter) {
	const outward = letter.direction === "to inside" || letter.direction === "inside";
	const from = outward ? top : bottom, to = outward ? bottom : top;
	return letter.way === "back" ? [from, from] : [from, to];
}

// Days on which anything is known to have moved.
function moves(letters) {
	return letters.flatMap(l => [l.came, l.posted, l.returned, l.again])
		.filter(d => d).map(day).sort((a, b) => a - b);
}

function gaps(letters, today) {
	const known = [...moves(letters), today], out = [];
	for (let i = 1; i < known.length; i++)
		if (known[i] - known[i - 1] >= quiet &&
		    !letters.some(l => day(l.came) < known[i] &&
			(l.posted ? day(l.posted) : l.state === "closed" ? 0 : today) > known[i - 1]))
			out.push([known[i - 1], known[i]]);
	return out;
}

const monthName = new Intl.DateTimeFormat(language,
	{ month: "short", year: "2-digit", timeZone: "UTC" });

// First days of months, not more than fit.
function months(from, to) {
	const out = [], at = new Date(from * 864e5);
	at.setUTCDate(1);
	for (;;) {
		at.setUTCMonth(at.getUTCMonth() + 1);
		if (at / 864e5 > to)
			break;
		out.push(at / 864e5);
	}
	const each = Math.ceil(out.length / 9);
	return out.filter((_, i) => i % each === 0);
}

// Letters that lie with us at one time lie beside each other.
function rows(letters, today) {
	const ends = [], out = new Map();
	for (const letter of [...letters].reverse()) {
		const end = letter.again ?? letter.returned ?? letter.posted;
		let row = ends.findIndex(until => until < day(letter.came));
		if (row < 0)
			row = ends.length < 4 ? ends.length : 3;
		ends[row] = end ? day(end) : today;
		out.set(letter, middle + [0, -14, 14, 28][row]);
	}
	return out;
}

function draw(letter, x, today, middle) {
	const [from, to] = lanes(letter), out = [];
	const came = x(day(letter.came));
	const until = x(letter.posted ? day(letter.posted) : today);
	const middled = letter.state === "closed" && !letter.posted ? came : until;
	if (letter.way !== "office")
		out.push(line("went", came - 6, from, came, middle));
	out.push(line(letter.posted || letter.state === "closed" ? "ours" : "waits",
		came, middle, Math.max(middled, came + 3), middle));
	if (letter.posted)
		out.push(line("went", until, middle, until + 6, to),
			svg("circle", { class: "dot", cx: until + 6, cy: to, r: 5 }));
	if (letter.returned) {
		const back = x(day(letter.returned));
		out.push(line("back", back - 6, to, back, middle),
			line("cross", back - 6, middle - 6, back + 6, middle + 6),
			line("cross", back - 6, middle + 6, back + 6, middle - 6));
	}
	if (letter.again) {
		const again = x(day(letter.again));
		out.push(line("ours", x(day(letter.returned)), middle, again, middle),
			line("went", again, middle, again + 6, to),
			svg("circle", { class: "dot", cx: again + 6, cy: to, r: 5 }));
	}
	return svg("g", {}, svg("title", {}, sentenceOf(letter)), out);
}

function sentenceOf(letter) {
	const parts = [say("x came", { number: letter.number, day: sayDay(letter.came) })];
	if (letter.posted)
		parts.push(say("x posted", { day: sayDay(letter.posted), n: letter.days }));
	if (letter.returned)
		parts.push(say("x returned", { day: sayDay(letter.returned) }));
	if (letter.again)
		parts.push(say("x again", { day: sayDay(letter.again) }));
	if (!letter.posted)
		parts.push(word("state", letter.state));
	return parts.join(", ");
}

function picture(letters, people, today) {
	const first = Math.min(...moves(letters), today - 14);
	const at = rows(letters, today);
	const x = d => left + (d - first) / Math.max(today - first, 1) *
		(width - left - right);
	return svg("svg", { class: "exchange", viewBox: `0 0 ${width} ${height}`,
		role: "img", "aria-label": summary(letters, today) },
	gaps(letters, today).map(([from, to]) => [
		svg("rect", { class: "quiet", x: x(from), y: top - 14,
			width: x(to) - x(from), height: bottom - top + 28 }),
		x(to) - x(from) > 70 ? text((x(from) + x(to)) / 2, middle - 18,
			say("x quiet", { n: Math.round(to - from) }),
			{ class: "quiet-text", "text-anchor": "middle" }) : []]).flat(),
	months(first, today).map(m => [line("month", x(m), top - 14, x(m), bottom + 14),
		text(x(m), height - 8, monthName.format(m * 864e5),
			{ "text-anchor": "middle" })]).flat(),
	[[top, people.outside], [middle, say("x we")], [bottom, people.inside]]
		.map(([y, name]) => [line("lane", left, y, width - right, y),
			text(4, y + 5, name)]).flat(),
	line("today", x(today), top - 14, x(today), bottom + 14),
	text(x(today), top - 22, say("x today"), { "text-anchor": "end" }),
	letters.map(letter => draw(letter, x, today, at.get(letter))));
}

function summary(letters, today) {
	const posted = letters.filter(l => l.posted);
	const mean = posted.length === 0 ? 0 : Math.round(
		posted.reduce((sum, l) => sum + l.days, 0) / posted.length);
	return say("x summary", { n: letters.length, posted: posted.length, mean,
		back: letters.filter(l => l.returned).length,
		gaps: gaps(letters, today).length });
}

// letters: as `pairing exchange` has them; people: {outside, inside}, pen
// names; open: what to do when a letter is chosen.
export function exchange(letters, people, open) {
	if (letters.length === 0)
		return el("p", { class: "empty" }, say("x none"));
	const today = Math.floor(Date.now() / 864e5);
	return el("figure", { class: "exchange" },
		picture(letters, people, today),
		el("figcaption", {}, el("p", {}, summary(letters, today)),
			el("small", {}, say("x legend"))),
		el("details", {}, el("summary", {}, say("x table")),
			table(say("x letters"), [
				{ key: "number", head: say("x number"), show: l => el("button", {
					onclick: () => open(l.code) }, l.number) },
				{ key: "from", head: say("x from") },
				{ key: "came", head: say("x day came"), show: l => sayDay(l.came) },
				{ key: "posted", head: say("x day posted"), show: l => sayDay(l.posted) },
				{ key: "days", head: say("x days") },
				{ key: "returned", head: say("x day back"), show: l => sayDay(l.returned) },
				{ key: "again", head: say("x day again"), show: l => sayDay(l.again) },
				{ key: "state", head: say("x state"), show: l => word("state", l.state) },
			], letters)));
}
