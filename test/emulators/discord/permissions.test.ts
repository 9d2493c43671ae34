import { expect, test } from 'vitest';
import { permissions, permissionsIn } from '#test/emulators/discord/permissions.ts';
import type { Channel, Guild, Member, Overwrite } from '#test/emulators/discord/types.ts';

const { viewChannel, sendMessages, attachFiles, administrator, readMessageHistory, sendMessagesInThreads } = permissions;
const everyone = 'everyone';
const staff = 'staff';
const lead = 'lead';

const role = (id: string, bits: bigint) => ({ id, name: id, permissions: bits, mentionable: false, managed: false, position: 0 });
const member = (more: Partial<Member> = {}): Member => ({
	userId: 'ana',
	roles: [],
	nick: null,
	joinedAtMs: 0,
	timedOutUntilMs: null,
	isPending: false,
	...more,
});

function guild(everyoneBits: bigint, staffBits = 0n, leadBits = 0n): Guild {
	const roles = [role(everyone, everyoneBits), role(staff, staffBits), role(lead, leadBits)];
	return {
		id: everyone,
		name: 'Office',
		ownerId: 'boss',
		locale: 'en-US',
		isUnavailable: false,
		blockedWords: [],
		features: [],
		members: new Map(),
		roles: new Map(roles.map((each) => [each.id, each])),
	};
}

const overwrite = (id: string, change: Partial<Overwrite>): Overwrite => ({ id, kind: 'role', allow: 0n, deny: 0n, ...change });

function channel(overwrites: Overwrite[] = [], more: Partial<Channel> = {}): Channel {
	const base = { id: 'c', type: 0, guildId: everyone, name: 'c', topic: null, parentId: null, position: 0 };
	return { ...base, recipientId: undefined, thread: undefined, lastMessageId: null, overwrites, ...more };
}

const computed = (of: Guild, where: Channel, who = member(), nowMs = 0) =>
	permissionsIn({ guild: of, channel: where, parent: undefined }, who, nowMs);

test('adds the roles of a member to what everyone may', () => {
	expect(computed(guild(viewChannel, sendMessages), channel(), member({ roles: [staff] }))).toBe(viewChannel | sendMessages);
});

test('lets owners and administrators do everything, whatever the channel says', () => {
	const closed = channel([overwrite(everyone, { deny: viewChannel })]);
	expect(computed(guild(0n), closed, member({ userId: 'boss' })) & sendMessages).toBe(sendMessages);
	expect(computed(guild(administrator), closed) & viewChannel).toBe(viewChannel);
});

test('applies overwrites of everyone, then of all roles together, then of the member', () => {
	const all = viewChannel | sendMessages;
	const who = member({ roles: [staff, lead] });
	const byEveryone = overwrite(everyone, { deny: sendMessages });
	const byRoles = [overwrite(lead, { deny: sendMessages }), overwrite(staff, { allow: sendMessages })];
	const byMember = overwrite('ana', { kind: 'member', deny: sendMessages });
	expect(computed(guild(all), channel([byEveryone]), who)).toBe(viewChannel);
	expect(computed(guild(all), channel([byEveryone, ...byRoles]), who)).toBe(all);
	expect(computed(guild(all), channel([byMember, byEveryone, ...byRoles]), who)).toBe(viewChannel);
});

test('takes everything away with the view, and what needs sending with the sending', () => {
	expect(computed(guild(sendMessages | attachFiles), channel())).toBe(0n);
	expect(computed(guild(viewChannel | attachFiles), channel())).toBe(viewChannel);
});

test('leaves members in time-out only reading', () => {
	const all = viewChannel | sendMessages | readMessageHistory;
	const punished = member({ timedOutUntilMs: 1_000 });
	expect(computed(guild(all), channel(), punished, 999)).toBe(viewChannel | readMessageHistory);
	expect(computed(guild(all), channel(), punished, 1_001)).toBe(all);
});

test('takes for a thread the overwrites of its channel, and lets only members into private ones', () => {
	const all = viewChannel | sendMessagesInThreads | attachFiles;
	const state = {
		ownerId: 'boss',
		members: new Set<string>(),
		archived: false,
		locked: false,
		autoArchiveMinutes: 60,
		archiveChangedAtMs: 0,
	};
	const parent = channel([overwrite(everyone, { deny: attachFiles })]);
	const inThread = (type: number) =>
		permissionsIn({ guild: guild(all), channel: channel([], { type, thread: state }), parent }, member(), 0);
	expect([inThread(11), inThread(12)]).toEqual([viewChannel | sendMessagesInThreads, 0n]);
	state.members.add('ana');
	expect(inThread(12)).toBe(viewChannel | sendMessagesInThreads);
});
