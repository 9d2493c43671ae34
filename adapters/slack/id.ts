/** Slack's ids and time stamps, as far as they can go into keys, queries and calls. Pure. */

/** @returns `otherwise` for anything that cannot be one. */
export function readId(value: unknown, otherwise = ''): string {
	return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value) ? value : otherwise;
}

/** A time stamp, `seconds.micros` or seconds as a number, as ISO 8601. Null for what no calendar and no database could hold. */
export function toTime(timestamp: unknown): string | null {
	const text = typeof timestamp === 'number' ? String(timestamp) : timestamp;
	if (typeof text !== 'string' || !/^\d{1,10}(?:\.\d*)?$/.test(text)) return null;
	return new Date(Math.trunc(Number(text) * 1_000)).toISOString();
}
