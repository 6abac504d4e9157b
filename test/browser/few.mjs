// A picture in few colours: a PNG of sixteen, with a palette of its own.

import { deflateSync } from "node:zlib";

const COLOURS = 16, APART = 26 ** 2;

const distance = (a, b) => [16, 8, 0].reduce((sum, shift) =>
	sum + ((a >> shift & 255) - (b >> shift & 255)) ** 2, 0);

// The most frequent ones that can be told apart.
function palette(pixels) {
	const count = new Map();
	for (const pixel of pixels)
		count.set(pixel, (count.get(pixel) ?? 0) + 1);
	const sorted = [...count].sort((a, b) => b[1] - a[1]).map(([pixel]) => pixel);
	const out = [];
	for (const pixel of sorted)
		if (out.length < COLOURS && out.every(p => distance(p, pixel) >= APART))
			out.push(pixel);
	return out;
}

function nearest(colours) {
	const known = new Map();
	return pixel => {
		if (!known.has(pixel)) {
			const far = colours.map(c => distance(c, pixel));
			known.set(pixel, far.indexOf(Math.min(...far)));
		}
		return known.get(pixel);
	};
}

// As PNG has it (ISO 3309).
function crc32(bytes) {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++)
			crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crc32(body), body.length + 4);
	return out;
}

// pixels: 0xRRGGBB, a row after another; width even.
function png(width, height, pixels) {
	const colours = palette(pixels), index = nearest(colours);
	const head = Buffer.alloc(13), rows = Buffer.alloc((width / 2 + 1) * height);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([4, 3], 8);
	for (let y = 0, at = 0; y < height; y++) {
		rows[at++] = 0;
		for (let x = y * width; x < (y + 1) * width; x += 2)
			rows[at++] = index(pixels[x]) << 4 | index(pixels[x + 1]);
	}
	return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
		chunk("IHDR", head),
		chunk("PLTE", Buffer.from(colours.flatMap(c => [c >> 16, c >> 8 & 255, c & 255]))),
		chunk("IDAT", deflateSync(rows, { level: 9 })),
		chunk("IEND", Buffer.alloc(0))]);
}

// What the page looks like, as a PNG of sixteen colours.
export async function fewColours(browser, page) {
	const shot = (await page.screenshot()).toString("base64");
	const blank = await browser.newPage();
	const { width, height, list } = await blank.evaluate(async text => {
		const picture = await createImageBitmap(await (await fetch(
			`data:image/png;base64,${text}`)).blob());
		const canvas = new OffscreenCanvas(picture.width, picture.height);
		const pen = canvas.getContext("2d");
		pen.drawImage(picture, 0, 0);
		const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
		const list = [];
		for (let i = 0; i < data.length; i += 4)
			list.push(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
		return { width: canvas.width, height: canvas.height, list };
	}, shot);
	await blank.close();
	return png(width, height, list);
}
