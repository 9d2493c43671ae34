/** Who may read a channel, computed as the page "Permissions" of Discord's documentation says. Pure. */

import { asObjects, asText, type Json } from './json.ts';

/** Bits of the same page. */
const administrator = 1n << 3n;
const viewChannel = 1n << 10n;
const readMessageHistory = 1n << 16n;
const manageThreads = 1n << 34n;
const everything = (1n << 64n) - 1n;

export interface Visitor {
	userId: string;
	/** "Guild Member": the roles that the person has in the guild. */
	member: Json;
}

/** What a member may do in a channel of their guild; of a thread, its channel counts. */
export function permissionsOf({ userId, member }: Visitor, guild: Json, channel: Json): bigint {
	const guildId = asText(guild['id']);
	const roles = new Set([guildId, ...(Array.isArray(member['roles']) ? member['roles'] : [])]);
	const base = combined(asObjects(guild['roles']), ({ id }) => roles.has(id), 'permissions');
	if (guild['owner_id'] === userId || (base & administrator) !== 0n) return everything;
	const overwrites = asObjects(channel['permission_overwrites']);
	// First everybody's, then those of all roles together, then the person's own; in each the allowances come last.
	const steps: ((overwrite: Json) => boolean)[] = [
		({ id }) => id === guildId,
		({ id }) => id !== guildId && roles.has(id),
		({ id }) => id === userId,
	];
	return steps.reduce((bits, step) => (bits & ~combined(overwrites, step, 'deny')) | combined(overwrites, step, 'allow'), base);
}

/** Whether they see the channel and what was said there before. */
export function mayRead(bits: bigint): boolean {
	return (bits & viewChannel) !== 0n && (bits & readMessageHistory) !== 0n;
}

/** Whether this exception takes a channel out of sight. */
export function hidesChannel(overwrite: Json): boolean {
	return (bitsIn(overwrite['deny']) & viewChannel) !== 0n;
}

/** Whether they see private threads that they were not added to. */
export function managesThreads(bits: bigint): boolean {
	return (bits & manageThreads) !== 0n;
}

function combined(list: readonly Json[], isMeant: (entry: Json) => boolean, field: string): bigint {
	return list.filter(isMeant).reduce((bits, entry) => bits | bitsIn(entry[field]), 0n);
}

/** Bits are a number in a string. */
function bitsIn(value: unknown): bigint {
	const text = asText(value);
	return /^\d{1,30}$/.test(text) ? BigInt(text) : 0n;
}
