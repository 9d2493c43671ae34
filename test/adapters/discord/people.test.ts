/** Whose people those are who reach the bot on Discord, and which roles they have in the guilds that are served. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { placeOf } from '../../../adapters/discord/inbound.ts';
import { type DiscordProcess, type DiscordWorld, openDiscordWorld } from './discord-world.ts';

const signal = new AbortController().signal;
const actor = (accountId: string) => ({ tenantId: 'discord', accountId });

let world: DiscordWorld;
let process: DiscordProcess;
let annex: string;
beforeAll(async () => {
	world = await openDiscordWorld();
	annex = world.discord.world.addGuild({ name: 'Annex' }).id;
	process = world.addProcess({ guilds: [world.guild, annex] });
	await process.start();
	await vi.waitFor(() => expect(process.platform.health().state).toBe('up'));
});
afterAll(() => world.close());

const inOffice = () => placeOf({ id: world.general, guildId: world.guild, isThread: false }, '');
const directWith = (user: string) => placeOf({ id: world.discord.world.openDirect(user).id, guildId: null, isThread: false }, '');

describe('somebody of no guild that is served', () => {
	it('is a stranger without roles, who can still write directly', async () => {
		const { world: emulated } = world.discord;
		const left = emulated.addUser({ name: 'left' }).id;
		emulated.addMember(annex, left);
		const { id: channel } = emulated.openDirect(left);
		await world.discord.say({ user: left, channel, text: 'before' });
		emulated.removeMember(annex, left);
		const { id } = await world.discord.say({ user: left, channel, text: 'after' });
		const received = await vi.waitFor(() => {
			const event = process.events.find((one) => one.type === 'message-received' && one.messageId === id);
			if (event?.type !== 'message-received') throw new Error('not yet');
			return event;
		});
		expect(received).toMatchObject({ addressedBy: 'direct', author: actor(left), place: { tenantId: 'direct' } });
		const profile = await process.platform.fetchProfile(received.author, received.place, signal);
		expect(profile).toMatchObject({ displayName: 'left', isExternal: true, isDeactivated: false });
		expect(profile.email).toBeUndefined();
		expect(await process.platform.fetchGroups(received.author, received.place, signal)).toEqual([]);
	});
});

describe('roles', () => {
	it('are those of all guilds that are served, wherever somebody was met, and not that of everybody', async () => {
		const { world: emulated } = world.discord;
		const nina = emulated.addUser({ name: 'nina' }).id;
		const [inOne, inOther] = [emulated.addRole(world.guild, { name: 'helpers' }).id, emulated.addRole(annex, { name: 'readers' }).id];
		emulated.addMember(world.guild, nina, { roles: [inOne, world.guild] });
		emulated.addMember(annex, nina, { roles: [inOther] });
		for (const place of [inOffice(), directWith(nina)])
			expect((await process.platform.fetchGroups(actor(nina), place, signal))?.toSorted()).toEqual([inOne, inOther].toSorted());
	});

	it('are asked for first where somebody was met', async () => {
		const before = world.discord.callsTo('get-member').length;
		await process.platform.fetchGroups(actor(world.tom), { ...inOffice(), tenantId: annex }, signal);
		const paths = world.discord.callsTo('get-member').slice(before);
		expect(paths.map(({ path }) => path.includes(annex))).toEqual([true, false]);
	});

	it('are not said to be none when Discord fails', async () => {
		world.discord.fail({ operation: 'get-member', kind: '500' });
		await expect(process.platform.fetchGroups(actor(world.tom), inOffice(), signal)).rejects.toMatchObject({
			code: 'PLATFORM_UNAVAILABLE',
		});
	});
});
