// A photo of a stub or an envelope: made small and grey here, read by the
// office computer, kept by neither.

import { run, send } from "./api.js";
import { byId, el, notice, tell } from "./dom.js";
import { say } from "./say.js";

const longest = 1600, most = 2000000; // pixels

// {width, height, bytes}: one byte a pixel.
async function grey(file) {
	const picture = await createImageBitmap(file);
	const scale = Math.min(1, longest / Math.max(picture.width, picture.height),
		Math.sqrt(most / (picture.width * picture.height)));
	const width = Math.floor(picture.width * scale);
	const height = Math.floor(picture.height * scale);
	const canvas = new OffscreenCanvas(width, height);
	const pen = canvas.getContext("2d", { willReadFrequently: true });
	pen.fillStyle = "#fff";
	pen.fillRect(0, 0, width, height);
	pen.drawImage(picture, 0, 0, width, height);
	picture.close();
	const { data } = pen.getImageData(0, 0, width, height);
	const bytes = new Uint8Array(width * height);
	for (let i = 0; i < bytes.length; i++)
		bytes[i] = (data[4 * i] * 77 + data[4 * i + 1] * 150 + data[4 * i + 2] * 29) >> 8;
	data.fill(0);
	return { width, height, bytes };
}

async function read(file) {
	let picture;
	try {
		picture = await grey(file);
	} catch {
		return { bad: true };
	}
	const { width, height, bytes } = picture;
	const answer = await send("POST", `/api/photo?width=${width}&height=${height}`, {
		headers: { "Content-Type": "application/octet-stream" }, body: bytes });
	bytes.fill(0);
	return answer.json();
}

// What is said of each code, as `scan` says it.
async function told(code, use) {
	const is = await run("scan", { code });
	return el("div", { class: "card" },
		el("p", {}, el("strong", {}, is.number ?? "", " ", is.verdict), " ",
			is.say),
		el("button", { type: "button", class: "main", onclick: () => use(code) },
			say("photo use")));
}

async function result(found, use) {
	if (found.bad)
		return [el("p", {}, say("photo bad"))];
	if (found.codes.length === 0)
		return [el("p", {}, say(found.others > 0 ? "photo other" : "photo none"))];
	return Promise.all(found.codes.map(code => told(code, use)));
}

async function showFound(file, enter) {
	notice(say("photo looks"));
	const dialog = el("dialog", { class: "photo", "aria-labelledby": "photo-title" });
	const use = code => {
		dialog.close();
		enter(code);
	};
	const nodes = await result(await read(file), use);
	notice("");
	dialog.append(el("h2", { id: "photo-title" }, say("photo title")), ...nodes,
		el("form", { method: "dialog" }, el("button", {}, say("photo close"))));
	dialog.addEventListener("close", () => {
		dialog.remove();
		byId("line").focus();
	});
	document.body.append(dialog);
	dialog.showModal();
}

// button opens the camera or a file; enter(code) puts it into the line.
export function photo(button, input, enter) {
	button.addEventListener("click", () => input.click());
	input.addEventListener("change", async () => {
		const [file] = input.files;
		if (file === undefined)
			return;
		try {
			await showFound(file, enter);
		} catch (problem) {
			tell(problem);
		} finally {
			input.value = "";
		}
	});
}
