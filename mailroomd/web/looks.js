// Colours, size and language before anything is drawn, so that nothing
// flashes; and again when they are chosen anew ("looks" on the window).
"use strict";

(() => {
	const root = document.documentElement;
	const kept = name => localStorage.getItem(`mailroom.${name}`);
	const dark = matchMedia("(prefers-color-scheme: dark)");
	const contrast = matchMedia("(prefers-contrast: more)");

	function look() {
		const theme = kept("theme") ?? "auto";
		root.dataset.theme = theme !== "auto" ? theme
			: contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
		root.dataset.size = kept("size") ?? "normal";
		root.lang = kept("language") ??
			(navigator.language.startsWith("es") ? "es" : "en");
	}

	look();
	for (const source of [dark, contrast])
		source.addEventListener("change", look);
	addEventListener("looks", look);
})();
