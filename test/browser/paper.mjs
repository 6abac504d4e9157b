// What stands on pages that the office printed: codes as a scanner reads
// them, words as eyes do.

import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

// Pictures of a PDF's pages; their paths.  area: only this of each, {x, y, w,
// h} in inches.
export function pictures(office, pdf, dpi = 200, { type = "png", area } = {}) {
	const name = `page-${Math.random().toString(36).slice(2)}`;
	const part = area ? ["-x", area.x, "-y", area.y, "-W", area.w, "-H", area.h]
		.map((v, i) => i % 2 ? String(Math.round(v * dpi)) : v) : [];
	execFileSync("pdftoppm", ["-r", String(dpi), "-gray", ...part,
		...type === "png" ? ["-png"] : [], pdf, name], { cwd: office.dir });
	return readdirSync(office.dir).filter(f => f.startsWith(name)).sort()
		.map(f => join(office.dir, f));
}

// All codes in a PDF, or in an area of each page, in the order of the pages.
export function codesOf(office, pdf, { dpi = 200, area } = {}) {
	const pages = pictures(office, pdf, dpi, { type: "pgm", area });
	// It ends with 4 where a page has no code at all.
	const { stdout, status, error } = spawnSync("zbarimg", ["--raw", "-q", "-Sdisable",
		"-Sqrcode.enable", ...pages], { encoding: "utf8" });
	pages.forEach(page => rmSync(page));
	if (error || ![0, 4].includes(status))
		throw error ?? new Error(`zbarimg ended with ${status}`);
	return stdout.trim().split("\n").filter(code => code !== "");
}

// The words of a PDF as they stand, page by page.
export function textOf(office, pdf) {
	return execFileSync("pdftotext", ["-layout", pdf, "-"],
		{ cwd: office.dir, encoding: "utf8" }).split("\f").slice(0, -1);
}

// The IDs in the return addresses of the envelopes in a PDF, by their groups.
export const corners = (office, pdf) => textOf(office, pdf).map(page =>
	/DEPT ([0-9A-Z-]+)/.exec(page)[1].split("-"));

export const corner = (office, pdf) => corners(office, pdf)[0];

// The three symbols that a station asks for in these words.
export function asked(words, groups) {
	const at = ["FIRST", "SECOND", "THIRD", "LAST"].findIndex(word => words.includes(word));
	if (at < 0)
		throw new Error(`it asks for no symbols: ${words}`);
	return groups.at(at === 3 ? -1 : at);
}
