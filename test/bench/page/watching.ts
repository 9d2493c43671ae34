/** What looks at the page from within: a script for the browser, from before anything else of it runs. */

/** `watched.usableAtMs`: since the navigation began. Keys that were painted within 16 ms are not told of by browsers: they count as 16. */
export const watchFor = `
globalThis.watched = {
	usableAtMs: null, keys: [], longTasks: [], pressed: 0, isOn: false,
	async open(row) {
		const begunAtMs = performance.now();
		const before = document.querySelector('.said')?.dataset.message;
		row.click();
		const isThere = () => { const first = document.querySelector('.said'); return first !== null && first.dataset.message !== before; };
		while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 1));
		await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
		return performance.now() - begunAtMs;
	},
	begin() { Object.assign(this, { isOn: true, keys: [], longTasks: [], pressed: 0 }); },
	end() {
		this.isOn = false;
		const quick = Math.max(0, this.pressed - this.keys.length);
		return { keys: [...this.keys, ...Array(quick).fill(16)], longTasks: this.longTasks };
	},
};
addEventListener('keydown', () => { watched.pressed++; }, true);
const look = new MutationObserver(() => {
	if (watched.usableAtMs !== null || document.querySelector('.composer textarea') === null) return;
	requestAnimationFrame(() => setTimeout(() => { watched.usableAtMs ??= performance.now(); }));
});
look.observe(document, { childList: true, subtree: true });
new PerformanceObserver((list) => {
	for (const { name, duration } of list.getEntries()) if (watched.isOn && name === 'keydown') watched.keys.push(duration);
}).observe({ type: 'event', durationThreshold: 16 });
new PerformanceObserver((list) => {
	for (const { duration } of list.getEntries()) if (watched.isOn) watched.longTasks.push(duration);
}).observe({ type: 'longtask' });
`;
