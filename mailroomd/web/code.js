// Codes as the hand types them: which symbols are meant, as the office folds
// them.  What they stand for is the office's to say.

const alphabet = "2345678CDFHKMPRTVWX";
const alike = { 0: "D", O: "D", Q: "D", 1: "7", I: "7", Z: "2", S: "5", G: "6",
	B: "8", 9: "4", A: "4", U: "V", Y: "V", E: "F", N: "M", J: "?", L: "?" };

// The symbols of a typed code, "?" for an unreadable one; "" when it is none.
export function symbols(typed) {
	let out = "";
	for (const c of typed.toUpperCase().replace(/[\s-]/g, "")) {
		const symbol = alphabet.includes(c) ? c : alike[c] ?? (c === "?" ? c : "");
		if (symbol === "")
			return "";
		out += symbol;
	}
	return out;
}

export function grouped(code) {
	return code.replace(/(.{3})(?=.)/g, "$1-");
}

// The forwarding ID in a line, to see whether two lines are one letter; "".
export function idOf(line) {
	const text = line.trim();
	if (/^S[0-9A-Z]{19}$/.test(text))
		return text.slice(1, 13).replace(/XXX$/, "");
	const code = symbols(text);
	return code.length === 9 || code.length === 12 ? code : "";
}

// Does a line mean the letter that is in the hand, rather than begin one?
export function goesOn(line) {
	const text = line.trim().toUpperCase();
	if (/^\d{1,2}$/.test(text) || /^[MPAWELUBT]$/.test(text) || /^\d{5}$/.test(text))
		return true;
	return text.includes("/") || /^E[0-9A-Z]{19}$/.test(text) ||
		symbols(text).length === 3;
}
