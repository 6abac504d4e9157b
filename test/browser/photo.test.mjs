// Scan by phone: a photo of a printed page, as a camera takes it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { lookAt, noFaults, openBrowser, openPage, sees, signIn }
	from "./browser.mjs";
import { Office } from "./office.mjs";
import { pictures } from "./paper.mjs";

let office, browser, page;

before(async () => {
	office = await new Office().make().fill().serve();
	const [, { outside_id: id }] = office.run("ruth", "pairing", "list", "--json");
	const { code } = office.run("vera", "letter", "receive", id, "--sheets", "2", "--json");
	office.run("vera", "sheet", "print", code, "-o", "sheet.pdf");
	office.run("sam", "envelope", "print", code, "-o", "envelope.pdf");
	browser = await openBrowser();
	page = await openPage(browser, office, { viewport: { width: 390, height: 844 },
		hasTouch: true });
	await signIn(page, "sam", "station");
	await page.waitForSelector("#big:not(:empty)");
});
after(async () => {
	await browser.close();
	await office.remove();
});

// A picture as a phone takes it: turned by ten degrees, large, with grain.
// Drawn in a page of no office, whose rules allow it.
async function photograph(path, degrees) {
	const blank = await browser.newPage();
	const png = readFileSync(path).toString("base64");
	const jpeg = await blank.evaluate(async ([text, turn]) => {
		const picture = await createImageBitmap(await (await fetch(
			`data:image/png;base64,${text}`)).blob());
		const canvas = new OffscreenCanvas(2448, 3264), pen = canvas.getContext("2d");
		pen.fillStyle = "#655";
		pen.fillRect(0, 0, 2448, 3264);
		pen.translate(1224, 1632);
		pen.rotate(turn * Math.PI / 180);
		const scale = Math.min(2000 / picture.width, 2700 / picture.height);
		pen.globalAlpha = 0.9;
		pen.drawImage(picture, -picture.width * scale / 2, -picture.height * scale / 2,
			picture.width * scale, picture.height * scale);
		const image = pen.getImageData(0, 0, 2448, 3264);
		for (let i = 0, seed = 7; i < image.data.length; i++) {
			seed = seed * 1103515245 + 12345 & 0x7fffffff;
			if (i % 4 !== 3)
				image.data[i] += (seed >> 16) % 31 - 15;
		}
		pen.putImageData(image, 0, 0);
		const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
		const bytes = new Uint8Array(await blob.arrayBuffer());
		let out = "";
		for (let at = 0; at < bytes.length; at += 8192)
			out += String.fromCharCode(...bytes.subarray(at, at + 8192));
		return btoa(out);
	}, [png, degrees]);
	await blank.close();
	return { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(jpeg, "base64") };
}

test("a photo of a stub is read, told, and entered by a finger", async () => {
	const [sheet] = pictures(office, "sheet.pdf");
	await page.setInputFiles("#photo-file", await photograph(sheet, 10));
	await page.waitForSelector("dialog.photo .card");
	await sees(page, "dialog.photo", /A1/);
	await lookAt(page, "photo");
	await page.tap("dialog.photo .card:has-text('A1') button");
	await page.waitForFunction(() =>
		document.getElementById("big").textContent === "STUB");
	await lookAt(page, "station-phone");
	await noFaults(page);
});

test("the button opens the camera, or a file", async () => {
	const [chooser] = await Promise.all([page.waitForEvent("filechooser"),
		page.tap("#photo")]);
	await chooser.setFiles({ name: "note.jpg", mimeType: "image/jpeg",
		buffer: Buffer.from("no picture") });
	await page.waitForSelector("dialog.photo");
	await sees(page, "dialog.photo", /no photo that the browser can read/);
	await page.keyboard.press("Escape");
	await page.waitForSelector("dialog.photo", { state: "detached" });
});

test("a photo without a code says how to take a better one", async () => {
	const [envelope] = pictures(office, "envelope.pdf", 60);
	await page.setInputFiles("#photo-file", await photograph(envelope, 75));
	await page.waitForSelector("dialog.photo");
	await sees(page, "dialog.photo", /Go closer/);
	await noFaults(page);
});
