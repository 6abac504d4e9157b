// The mail day that the demo plays on the command line, for the pages: what
// was before it, and the pieces in the box.  P7 and the like are pairings of
// test/data/pairings.csv by line.

import assert from "node:assert/strict";
import { scan } from "./browser.mjs";
import { good } from "./hands.mjs";
import { Office } from "./office.mjs";
import { asked, codesOf, corners } from "./paper.mjs";

const P = n => `P${n}`;
const replies = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(P); // answered by our label
const cameBack = "P20", sentIn = "P21";              // yellow, white sticker
const plainInside = [22, 23, 24, 26, 28, 29, 30, 31, 32, 33].map(P);

// Where the codes of a cover sheet stand: the reply label, and below the fold
// the stub.  In inches.
export const sheet = { x: 0, y: 5.6, w: 6, h: 4 };

// A place where it is not about to be midnight.
const zone = [2, 3, 4, 5, 6, 7, 8].includes(new Date().getUTCHours())
	? "Asia/Tokyo" : "America/New_York";
// A day there, counted from today, as 2026-11-23.
export const day = offset => new Intl.DateTimeFormat("sv", { timeZone: zone })
	.format(Date.now() + offset * 864e5);

// The office as it is before the day: letters that were posted 18 days ago,
// whose answers and returns come now; one ID found out by somebody.
export class Morning {
	constructor() {
		this.office = new Office();
		this.office.clock = `${day(-21)}T09:00`;
		this.office.make({ zone }).fill();
		this.read();
		this.office.clock = `${day(-18)}T09:30`;
		this.earlier();
		const old = this.pairs.get("P10").inside_id;
		this.office.run("ruth", "pairing", "rotate", "P10", "compromised", "--side",
			"inside");
		this.read();
		this.retired = old;
		this.office.run("admin", "user", "pin", "vera");
		this.office.run("ruth", "user", "badge", "vera", "-o", "badge.pdf");
		this.badge = codesOf(this.office, "badge.pdf", { dpi: 300 })
			.find(code => code.startsWith("U"));
		this.office.clock = null;
	}

	read() {
		this.pairs = new Map(this.office.run("ruth", "pairing", "list", "--json")
			.map(pair => [pair.pairing, pair]));
	}

	earlier() {
		const { office } = this;
		office.run("sam", "day", "open", "11");
		const receive = (p, from, sheets) => office.run("vera", "letter", "receive",
			this.pairs.get(p)[`${from}_id`], "--sheets", String(sheets), "--json");
		const sent = [...replies, cameBack].map(p => receive(p, "inside", 2));
		receive(sentIn, "outside", 1);
		office.run("vera", "sheet", "print", "--new", "-o", "sheets.pdf");
		office.run("sam", "label", "print", "--cleared", "--stock", "avery-5163", "-o",
			"labels.pdf");
		office.run("sam", "envelope", "print", "--cleared", "-o", "envelopes.pdf");
		const codes = [...codesOf(office, "sheets.pdf", { dpi: 300, area: sheet }),
			...codesOf(office, "labels.pdf", { dpi: 300 })];
		const [group] = corners(office, "envelopes.pdf");
		for (const stub of codes.filter(code => code.startsWith("L"))) {
			const label = codes.find(code => code.startsWith(`E${stub.slice(1, 13)}`));
			office.run("sam", "letter", "seal", stub, label ??
				asked(office.run("sam", "letter", "seal", stub, "--json").say, group));
		}
		office.run("sam", "batch", "close", "-o", "manifest.pdf");
		office.run("sam", "day", "close", "11", "11");
		// What people outside cut off and glue on, and what came back.
		this.labels = new Map(replies.map(p => [p, codes.find(code => code.startsWith(
			`S${this.pairs.get(p).outside_id.replaceAll("-", "")}`))]));
		this.returned = codes.find(code =>
			code.startsWith(`E${sent.at(-1).code.replaceAll("-", "")}`));
	}

	// The box, piece by piece: [what it is, [what is typed, what the screen must
	// say] ...]; a plain one is "plain".
	pieces() {
		const out = p => this.pairs.get(p).outside_id;
		const done = (what, line, n) => [what, [line, good], [String(n), "DONE"]];
		const held = (what, line, key) => [what, [line, good], [key, "HELD"]];
		const { labels } = this, sheets = i => i % 4 + 1;
		const special = {
			P6: label => done("in Spanish", label, 2),
			P7: label => held("a photo that shows a house number", label, "P"),
			P9: label => held("the writer has moved", label, "A"),
		};
		return [
			...[...labels].map(([p, label], i) => special[p]?.(label) ??
				done("plain", label, sheets(i))),
			...["P11", "P27"].map(p => done("plain", out(p), 3)),
			["two letters in one envelope", [out("P12"), good], ["2", "DONE"],
				["E", "SAME ENVELOPE"], [out("P15"), good], ["1", "DONE"]],
			held("twenty dollars", out("P13"), "M"),
			["a misread ID", [misread(out("P16")), "LOOK AGAIN"], ["1", good],
				["2", "DONE"]],
			done("to somebody transferred yesterday", out("P25"), 1),
			["a paused pairing", [out("P17"), "HELD"]],
			held("legal mail, left sealed", out("P18"), "L"),
			["no ID at all", ["N", "NO ID"], [`${this.pairs.get("P14").inside_name}/${
				this.pairs.get("P14").outside_name}`, "LOOK AGAIN"], ["1", "HELD"]],
			...plainInside.map((p, i) => done("plain", this.pairs.get(p).inside_id,
				sheets(i))),
			["a retired ID", [this.retired, "HELD"]],
			["somebody new, without an ID", ["N", "NO ID"]],
			["yellow sticker, our label on it", [this.returned, "OURS"],
				["B", "CAME BACK"]],
			["white sticker, no code on it", ["B", "CAME BACK"]],
		];
	}
}

// One symbol read as another that looks like none of it.
const misread = id => (id.startsWith("H") ? "K" : "H") + id.slice(1);

// One action of a hand at a station: a scan, or something typed and Enter; the
// screen must say one of these big words then.  What the station answered.
export async function act(page, text, expected) {
	const [answer] = await Promise.all([
		page.waitForResponse(one => one.url().endsWith("/api/station") &&
			one.request().method() === "POST"),
		scan(page, text)]);
	const view = await answer.json();
	assert.ok(expected.split("|").includes(view.big),
		`${text}: ${view.big}. ${view.plain}`);
	await page.waitForFunction(([big, plain]) => big === document.getElementById("big")
		.textContent && plain === document.getElementById("plain").textContent,
	[view.big, view.plain]);
	page.hands.push(text);
	return view;
}
