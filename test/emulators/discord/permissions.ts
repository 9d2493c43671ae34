/** Who may do what where: Discord's permission bits and the documented way to compute them (page "Permissions"). */

import { type Channel, channelTypes, type Guild, type Member, type Overwrite } from './types.ts';

/** The bits that the emulator looks at. */
export const permissions = {
	administrator: 1n << 3n,
	manageChannels: 1n << 4n,
	manageGuild: 1n << 5n,
	addReactions: 1n << 6n,
	viewChannel: 1n << 10n,
	sendMessages: 1n << 11n,
	manageMessages: 1n << 13n,
	embedLinks: 1n << 14n,
	attachFiles: 1n << 15n,
	readMessageHistory: 1n << 16n,
	mentionEveryone: 1n << 17n,
	manageRoles: 1n << 28n,
	useApplicationCommands: 1n << 31n,
	manageThreads: 1n << 34n,
	createPublicThreads: 1n << 35n,
	createPrivateThreads: 1n << 36n,
	sendMessagesInThreads: 1n << 38n,
} as const;

export type Permission = keyof typeof permissions;

/** Every bit that exists: up to PIN_MESSAGES, 1 << 51. */
const allPermissions = (1n << 52n) - 1n;

/** What @everyone may do in a new guild, as far as the emulator looks at it. */
export const everyonePermissions = combine([
	'addReactions',
	'viewChannel',
	'sendMessages',
	'embedLinks',
	'attachFiles',
	'readMessageHistory',
	'useApplicationCommands',
	'createPublicThreads',
	'createPrivateThreads',
	'sendMessagesInThreads',
]);

/** What is left to members in time-out (page "Permissions", Permissions for Timed Out Members). */
const timedOutPermissions = permissions.viewChannel | permissions.readMessageHistory;

/** Without SEND_MESSAGES these count for nothing (page "Permissions", Implicit Permissions). */
const needSending = permissions.mentionEveryone | permissions.attachFiles | permissions.embedLinks;

export function combine(names: readonly Permission[]): bigint {
	return names.reduce((bits, name) => bits | permissions[name], 0n);
}

/** In a direct conversation both sides may do this. */
export const directPermissions = combine([
	'addReactions',
	'viewChannel',
	'sendMessages',
	'embedLinks',
	'attachFiles',
	'readMessageHistory',
]);

export interface Place {
	guild: Guild;
	channel: Channel;
	/** The channel that a thread belongs to. */
	parent: Channel | undefined;
}

/** The permissions of a member in a channel or thread, overwrites and time-out included. */
export function permissionsIn({ guild, channel, parent }: Place, member: Member, nowMs: number): bigint {
	const base = guildPermissions(guild, member);
	if (base === allPermissions) return base;
	const overwritten = applyOverwrites(base, parent?.overwrites ?? channel.overwrites, guild, member);
	const isTimedOut = member.timedOutUntilMs !== null && member.timedOutUntilMs > nowMs;
	const granted = isTimedOut ? overwritten & timedOutPermissions : overwritten;
	if ((granted & permissions.viewChannel) === 0n || !mayEnterThread(channel, member, granted)) return 0n;
	const sending = channel.thread === undefined ? permissions.sendMessages : permissions.sendMessagesInThreads;
	return (granted & sending) === 0n ? granted & ~needSending : granted;
}

/** What a member may do in the guild as a whole. */
function guildPermissions(guild: Guild, member: Member): bigint {
	if (guild.ownerId === member.userId) return allPermissions;
	const bits = [guild.id, ...member.roles].reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n);
	return (bits & permissions.administrator) === 0n ? bits : allPermissions;
}

/** First @everyone's, then those of all roles together, then the member's own; in each the allowances come last. */
function applyOverwrites(base: bigint, overwrites: readonly Overwrite[], guild: Guild, member: Member): bigint {
	const steps = [
		overwrites.filter(({ id, kind }) => kind === 'role' && id === guild.id),
		overwrites.filter(({ id, kind }) => kind === 'role' && member.roles.includes(id)),
		overwrites.filter(({ id, kind }) => kind === 'member' && id === member.userId),
	];
	return steps.reduce((bits, step) => {
		const deny = step.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
		const allow = step.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
		return (bits & ~deny) | allow;
	}, base);
}

/** A private thread is seen by its members and by those who manage threads. */
function mayEnterThread(channel: Channel, member: Member, granted: bigint): boolean {
	if (channel.type !== channelTypes.privateThread) return true;
	return channel.thread?.members.has(member.userId) === true || (granted & permissions.manageThreads) !== 0n;
}
