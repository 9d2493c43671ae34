/** Reading what Teams sends without trusting its shape. Pure. */

export { asObject, asObjects, type Json, parseUntrusted, textOf } from '#src/platform/untrusted-json.ts';

/** An id of Teams: visible ASCII. Anything else does not go into keys, queries and calls. */
export function idOf(value: unknown): string {
	return typeof value === 'string' && /^[\x21-\x7e]{1,400}$/.test(value) ? value : '';
}
