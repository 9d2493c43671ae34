/** Slack's ids and time stamps, as far as they can go into keys, queries and calls. Pure. */

/** @returns `otherwise` for anything that cannot be one. */
export function readId(value: unknown, otherwise = ''): string {
	return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value) ? value : otherwise;
}
