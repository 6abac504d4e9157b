// Letters for the pages' tests: logged, printed and read as a bench does it,
// by the command line.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { data } from "./office.mjs";

// The QR codes of a PDF, page by page, as a scanner reads them.
export function scansOf(office, pdf) {
	const png = join(office.dir, "scan");
	execFileSync("pdftoppm", ["-r", "200", "-png", join(office.dir, pdf), png]);
	const files = execFileSync("sh", ["-c", `ls ${png}*.png`], { encoding: "utf8" })
		.trim().split("\n");
	const out = files.flatMap(file => {
		try {
			return execFileSync("zbarimg", ["-q", "--raw", file],
				{ encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
				.split("\n");
		} catch {
			return [];
		}
	});
	execFileSync("rm", files);
	return out.filter(code => code !== "");
}

export class Post {
	constructor(office) {
		this.office = office;
		this.pairs = office.run("ruth", "pairing", "list", "--json")
			.filter(pair => pair.status === "active");
	}

	// A letter of the n-th pairing, from inside or outside; its record.
	receive(n, from = "inside", ...more) {
		return this.office.run("ruth", "letter", "receive",
			this.pairs[n][`${from}_id`], "--sheets", "2", ...more, "--json");
	}

	// Its stub, scanned off a sheet that was printed for it.
	sheet(letter) {
		this.office.run("ruth", "sheet", "print", letter.code, "-o", "sheet.pdf");
		return scansOf(this.office, "sheet.pdf").find(code => code.startsWith("L"));
	}

	// What its envelope carries as a code; undefined: none.
	envelope(letter) {
		this.office.run("ruth", "envelope", "print", letter.code, "-o", "envelope.pdf");
		return scansOf(this.office, "envelope.pdf").find(code => code.startsWith("E"));
	}

	// Sealed by the command line.
	seal(letter) {
		const stub = this.sheet(letter);
		this.office.run("ruth", "letter", "seal", stub, this.envelope(letter));
	}
}

// What no page may ever show: names, streets and numbers of the people that
// the office was filled with.
export function secrets() {
	const rows = readFileSync(join(data, "correspondents.csv"), "utf8").trim()
		.split("\n").slice(1);
	const out = new Set();
	for (const row of rows) {
		const [, , , legal, number, , street] = row.split(",");
		for (const value of [legal, number, street])
			if (value?.includes(" ") || value?.endsWith("-999"))
				out.add(value.replaceAll('"', ""));
	}
	return [...out];
}

// The secrets that a page's HTML holds.
export async function leaks(page) {
	const html = await page.content();
	return secrets().filter(value => html.includes(value));
}
