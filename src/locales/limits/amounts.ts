/** Amounts as people read them, in both languages. */

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const mebibyte = 1_024 * 1_024;

/** `35 s`, `12 min`, `3 h 20 min`: rounded up, so that nobody comes back too early. */
export function duration(durationMs: number): string {
	if (durationMs <= 59 * secondMs) return `${Math.max(1, Math.ceil(durationMs / secondMs))} s`;
	const minutes = Math.ceil(durationMs / minuteMs);
	if (minutes < 60) return `${minutes} min`;
	return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Whole numbers with the language's own separator of thousands. */
export function count(value: number, language: 'en' | 'es'): string {
	return value.toLocaleString(language, { useGrouping: 'always', maximumFractionDigits: 0 });
}

/** `25 MiB`. A size is rounded up and a limit down (`'limit'`), so that a file that is too large never looks as if it fitted. */
export function mebibytes(sizeBytes: number, language: 'en' | 'es', kind: 'size' | 'limit' = 'size'): string {
	const round = kind === 'size' ? Math.ceil : Math.floor;
	const tenths = round((sizeBytes / mebibyte) * 10) / 10;
	return `${tenths.toLocaleString(language, { useGrouping: 'always', maximumFractionDigits: 1 })} MiB`;
}
