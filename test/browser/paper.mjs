// What stands on pages that the office printed: codes as a scanner reads
// them, words as eyes do.

import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

// Pictures of a PDF's pages; their paths.
export function pictures(office, pdf, dpi = 200) {
	const name = `page-${Math.random().toString(36).slice(2)}`;
	execFileSync("pdftoppm", ["-r", String(dpi), "-gray", "-png", pdf, name],
		{ cwd: office.dir });
	return readdirSync(office.dir).filter(f => f.startsWith(name)).sort()
		.map(f => join(office.dir, f));
}

// All codes in a PDF, in the order of its pages.
export function codesOf(office, pdf) {
	const pages = pictures(office, pdf);
	const out = pages.flatMap(page => {
		try {
			return execFileSync("zbarimg", ["--raw", "-q", page],
				{ encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim().split("\n");
		} catch {
			return [];
		}
	});
	pages.forEach(page => rmSync(page));
	return out;
}

// The ID in the return address of the first envelope in a PDF, by its groups.
export function corner(office, pdf) {
	const text = execFileSync("pdftotext", ["-layout", pdf, "-"],
		{ cwd: office.dir, encoding: "utf8" });
	return /DEPT ([0-9A-Z-]+)/.exec(text)[1].split("-");
}
