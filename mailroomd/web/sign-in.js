// Who are you, and at which station?

import { act } from "./act.js";
import { signIn } from "./api.js";
import { byId, el, notice, onSubmit } from "./dom.js";
import { say } from "./say.js";
import { begin, pagesOf } from "./shell.js";

const words = {
	en: {
		"ended": "Nobody used the page for a while, so it signed you out. Nothing is lost.",
		"with badge": "With a badge",
		"badge how": "Volunteers: scan your badge, then type your six digits.",
		"badge": "Badge",
		"pin": "PIN, six digits",
		"with passphrase": "With a passphrase",
		"passphrase how": "Staff, coordinators and administrators.",
		"name": "Name",
		"station": "Station",
		"with code": "The first time, with a code",
		"code how": "The administrator gave you a code. It works once; then you choose your passphrase.",
		"code": "Code",
		"go on": "Go on",
		"now sign in": "Your passphrase is set. Sign in with it.",
	},
	es: {
		"ended": "Nadie usó la página por un rato, así que se cerró. No se perdió nada.",
		"with badge": "Con credencial",
		"badge how": "Voluntariado: pase su credencial por el lector y escriba sus seis cifras.",
		"badge": "Credencial",
		"pin": "PIN, seis cifras",
		"with passphrase": "Con contraseña",
		"passphrase how": "Personal, coordinación y administración.",
		"name": "Nombre",
		"station": "Puesto",
		"with code": "La primera vez, con un código",
		"code how": "La administración le dio un código. Sirve una vez; después usted elige su contraseña.",
		"code": "Código",
		"go on": "Seguir",
		"now sign in": "Su contraseña está lista. Entre con ella.",
	},
};

// Where they wanted to go, if it is a page of theirs; else the first one.
function onward(me) {
	const wanted = new URLSearchParams(location.search).get("to")?.slice(1);
	const mine = pagesOf(me.role);
	location.href = `/${mine.includes(wanted) ? wanted : mine[0]}`;
}

function stations(select) {
	const kept = localStorage.getItem("mailroom.station") ?? "A";
	for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		select.append(el("option", { selected: letter === kept }, letter));
}

async function enter(given, form) {
	try {
		localStorage.setItem("mailroom.station", given.station);
		onward(await signIn(given));
	} finally {
		(form.elements.pin ?? form.elements.passphrase).value = "";
	}
}

// A code opens the door once, to choose a passphrase; then it is asked for.
async function firstTime(given, form) {
	await signIn(given);
	if (await act("user passphrase", {}) === null)
		return;
	form.reset();
	byId("user").value = given.user;
	byId("passphrase").focus();
	notice(say("now sign in"), "good");
}

// Until then Enter does nothing, least of all what a browser does by itself:
// it would write what was typed into the address.
function ready(form, send) {
	stations(form.elements.station);
	onSubmit(form, given => send(given, form));
	form.querySelector("button").disabled = false;
}

const me = await begin(words);
if (me && me.by !== "code")
	onward(me);
byId("ended").hidden = !new URLSearchParams(location.search).has("ended");
ready(byId("badge-form"), enter);
ready(byId("passphrase-form"), enter);
ready(byId("code-form"), firstTime);
// A badge ends with Enter: then the PIN is asked for.
byId("badge").addEventListener("keydown", event => {
	if (event.key === "Enter" && byId("pin").value === "") {
		event.preventDefault();
		byId("pin").focus();
	}
});
// A badge that is scanned once more, or past the field, starts anew: no PIN
// has letters, and what is typed into nowhere is lost.
document.addEventListener("keydown", event => {
	const at = event.target, other = at.closest?.("input, select, dialog");
	if (event.key?.toUpperCase() !== "U" || event.ctrlKey || event.metaKey || event.altKey ||
	    (other && at !== byId("pin") && at !== byId("badge")))
		return;
	byId("badge").value = byId("pin").value = "";
	byId("badge").focus();
}, true);
byId("badge").focus();
