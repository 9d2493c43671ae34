import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unknownAudience } from '#src/platform/audience.ts';
import type { Place } from '#src/platform/place.ts';
import { permissions } from '#test/emulators/discord/index.ts';
import { placeOf } from '../../../adapters/discord/inbound.ts';
import { readMessageLink } from '../../../adapters/discord/links.ts';
import { type DiscordProcess, type DiscordWorld, openDiscordWorld } from './discord-world.ts';

const { signal } = new AbortController();

describe('whoever may read a channel of Discord', () => {
	let held: DiscordWorld;
	let process: DiscordProcess;

	beforeAll(async () => {
		held = await openDiscordWorld();
		process = held.addProcess();
	});
	afterAll(() => held.close());

	function inGuild(id: string, guildId = held.guild): Place {
		return placeOf({ id, guildId, isThread: false }, '');
	}

	async function isIn(place: Place, accountId: string): Promise<boolean> {
		return (await process.platform.fetchMembers(place, { tenantId: 'discord', accountId }, signal)).has(accountId);
	}

	it('sees it by their roles and by exceptions for them alone, and sees what was said before', async () => {
		const { world, botUserId } = held.discord;
		const { viewChannel, readMessageHistory, administrator } = permissions;
		const { guild, tom, lucia } = held;
		const [boss, ana, luis] = ['boss', 'ana', 'luis'].map((name) => world.addUser({ name }).id) as [string, string, string];
		const staff = world.addRole(guild, { name: 'staff' }).id;
		const admins = world.addRole(guild, { name: 'admins', permissions: administrator }).id;
		for (const id of [ana, luis]) world.addMember(guild, id, { roles: [staff] });
		world.addMember(guild, boss, { roles: [admins] });
		const { id } = world.addChannel(guild, {
			name: 'staff-only',
			overwrites: [
				{ id: guild, kind: 'role', deny: viewChannel },
				{ id: staff, kind: 'role', allow: viewChannel },
				{ id: luis, kind: 'member', deny: viewChannel },
				{ id: lucia, kind: 'member', allow: viewChannel, deny: readMessageHistory },
				{ id: botUserId, kind: 'member', allow: viewChannel },
			],
		});
		const place = inGuild(id);
		const answers = await Promise.all([ana, boss, luis, lucia, tom].map((person) => isIn(place, person)));
		expect(answers).toEqual([true, true, false, false, false]);
	});

	it('sees a thread with its channel, and a private one when they are in it', async () => {
		const { world, botUserId } = held.discord;
		const { general, tom, lucia } = held;
		const open = world.addThread({ channelId: general, name: 'open', ownerId: lucia });
		const closed = world.addThread({ channelId: general, name: 'closed', ownerId: lucia, isPrivate: true });
		for (const id of [lucia, botUserId]) world.joinThread(closed.id, id);
		expect([await isIn(inGuild(open.id), tom), await isIn(inGuild(closed.id), tom), await isIn(inGuild(closed.id), lucia)]).toEqual([
			true,
			false,
			true,
		]);
	});

	it('is nobody in a guild that is not served, or that the channel is not of', async () => {
		const { world } = held.discord;
		const { tom, general, guild } = held;
		const other = world.addGuild({ name: 'Other' }).id;
		world.addMember(other, tom);
		const { id } = world.addChannel(other, { name: 'theirs' });
		expect([await isIn(inGuild(id, other), tom), await isIn(inGuild(id), tom), await isIn(inGuild(general, other), tom)]).toEqual([
			false,
			false,
			false,
		]);
		expect(await isIn({ ...inGuild(general), kind: 'direct' }, tom)).toBe(false);
		expect(await isIn(inGuild(general), tom)).toBe(true);
		expect(guild).not.toBe(other);
	});

	it('are all who are in the guild where no role is needed, guests among them where newcomers have to agree to rules first', async () => {
		const { world } = held.discord;
		const { guild, general, lucia } = held;
		const hidden = world.addChannel(guild, { name: 'hidden', overwrites: [{ id: guild, kind: 'role', deny: permissions.viewChannel }] });
		const open = world.addThread({ channelId: general, name: 'for all', ownerId: lucia });
		const closed = world.addThread({ channelId: general, name: 'for few', ownerId: lucia, isPrivate: true });
		world.joinThread(closed.id, held.discord.botUserId);
		const audienceIn = async ({ id }: { id: string }) => await process.platform.fetchAudience(inGuild(id), signal);
		const [inside, isOpen] = [{ isOpen: false, hasOutsiders: false, accountIds: null }, { isOpen: true }];
		expect(await audienceIn({ id: general })).toEqual({ ...inside, ...isOpen });
		expect(await audienceIn(open)).toEqual({ ...inside, ...isOpen });
		expect([await audienceIn(hidden), await audienceIn(closed)]).toEqual([unknownAudience, inside]);
		expect(await process.platform.fetchAudience(inGuild(general, 'other'), signal)).toEqual(unknownAudience);
		world.guild(guild)?.features.push('MEMBER_VERIFICATION_GATE_ENABLED');
		const another = held.addProcess().platform;
		expect(await another.fetchAudience(inGuild(general), signal)).toMatchObject({ isOpen: true, hasOutsiders: true });
		world.guild(guild)?.features.pop();
	});
});

describe('a link to a message of Discord', () => {
	const [guild, channel, message] = ['1576987491418767361', '1576987491418767362', '1576987491418767363'];

	it.each(['discord.com', 'canary.discord.com', 'ptb.discord.com', 'discordapp.com'])('is read, at %s', (host) => {
		const place = { platform: 'discord', tenantId: guild, channelId: channel, threadId: '', kind: 'channel' };
		expect(readMessageLink(`https://${host}/channels/${guild}/${channel}/${message}`)).toEqual({ place, messageId: message });
	});

	it('may lead into a direct conversation', () => {
		const place = { platform: 'discord', tenantId: 'direct', channelId: channel, threadId: '', kind: 'direct' };
		expect(readMessageLink(`https://discord.com/channels/@me/${channel}/${message}`)?.place).toEqual(place);
	});

	it.each([
		`https://discord.com/channels/${guild}/${channel}`,
		`https://discord.com/channels/7/${channel}/${message}`,
		`http://discord.com/channels/${guild}/${channel}/${message}`,
		`https://evil.example/channels/${guild}/${channel}/${message}`,
	])('is none: %s', (link) => {
		expect(readMessageLink(link)).toBeNull();
	});
});
