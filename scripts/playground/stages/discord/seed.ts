/** Brings the company into the emulated Discord: accounts, a guild with its channels, and what was said in the last hours. */

import { type DiscordEmulator, permissions } from '#test/emulators/discord/index.ts';
import { companyName, people, type Room, rooms } from '../../company.ts';
import { replayTalks, type SeedClock } from '../../seed.ts';

export interface DiscordCompany {
	/** Discord's id of each person. */
	ids: ReadonlyMap<string, string>;
	guildId: string;
	/** By channel id; direct conversations are not among them. */
	rooms: ReadonlyMap<string, Room>;
}

/** Apps are in no group chats on Discord, so those rooms are left out. */
export async function seedDiscord(discord: DiscordEmulator, clock: SeedClock): Promise<DiscordCompany> {
	const { world } = discord;
	const ids = new Map(
		people.map(({ id, name, locale }) => [id, world.addUser({ name: id, globalName: name, locale: toLocale(locale) }).id]),
	);
	const idOf = (personId: string) => ids.get(personId) ?? '';
	// Discord offers commands of administrators to those of the server, and they see every channel of it.
	const owner = people.find(({ standing }) => standing === 'admin');
	const guild = world.addGuild({ name: companyName, ...(owner === undefined ? {} : { ownerId: idOf(owner.id) }) });
	for (const { id } of people) if (id !== owner?.id) world.addMember(guild.id, idOf(id));
	const channels = new Map<string, string>();
	for (const { name, kind, topic, members } of rooms) {
		if (kind === 'group') continue;
		const overwrites = membersOnly(guild.id, [discord.botUserId, ...members.map(idOf)]);
		channels.set(name, world.addChannel(guild.id, { name, topic, overwrites }).id);
	}
	await replayTalks(clock, async ({ room }, { by, text }, rootId) => {
		const channel = channels.get(room);
		if (channel === undefined) return '';
		const { id } = await discord.say({ user: idOf(by), channel, text, ...(rootId === null ? {} : { replyTo: rootId }) });
		return id;
	});
	// Discord knows neither guests nor companies: people from outside are those who have not agreed to the rules of the server.
	const outsiders = people.filter(({ standing }) => standing === 'guest' || standing === 'external');
	for (const { id } of outsiders) world.updateMember(guild.id, idOf(id), { isPending: true });
	for (const { id } of people) world.openDirect(idOf(id));
	return { ids, guildId: guild.id, rooms: new Map(rooms.map((room) => [channels.get(room.name) ?? '', room])) };
}

/** The role of @everyone has the guild's id. */
function membersOnly(guildId: string, userIds: readonly string[]) {
	const { viewChannel } = permissions;
	return [
		{ id: guildId, kind: 'role' as const, deny: viewChannel },
		...userIds.map((id) => ({ id, kind: 'member' as const, allow: viewChannel })),
	];
}

/** Discord knows one Spanish of Spain and two kinds of English ("Locales"). */
function toLocale(locale: string): string {
	return ['es-ES', 'en-GB', 'en-US'].includes(locale) ? locale : 'en-US';
}
