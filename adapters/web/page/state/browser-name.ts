/** What a browser is called, from what it calls itself: `Firefox, Windows`. Pure. */

/** Those that name others too come first. */
const browsers: readonly (readonly [RegExp, string])[] = [
	[/\bEdg(?:e|A|iOS)?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(?:Firefox|FxiOS)\//, 'Firefox'],
	[/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
	[/\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
	[/\biPhone\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bMac OS X\b/, 'macOS'],
	[/\bLinux\b/, 'Linux'],
];

/** Null where it says nothing that is known. */
export function browserName(agent: string): string | null {
	const [, browser] = browsers.find(([pattern]) => pattern.test(agent)) ?? [];
	const [, system] = systems.find(([pattern]) => pattern.test(agent)) ?? [];
	const names = [browser, system].filter((name) => name !== undefined);
	return names.length === 0 ? null : names.join(', ');
}
