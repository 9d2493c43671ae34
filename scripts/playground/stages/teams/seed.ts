/** Brings the company into the emulated Teams: accounts, a team with its channels, chats, and what was said in the last hours. */

import type { Conversation, TeamsEmulator } from '#test/emulators/teams/index.ts';
import { companyName, people, type Room, rooms } from '../../company.ts';
import { replayTalks, type SeedClock } from '../../seed.ts';

export interface TeamsCompany {
	/** Teams' id of each person. */
	ids: ReadonlyMap<string, string>;
	/** By conversation id; the chats with the bot are not among them. */
	rooms: ReadonlyMap<string, Room>;
}

/** Jonas Weber's company. */
const otherTenantId = '5d0c7e1a-94b3-4c26-8f1e-2a7b6c5d4e3f';

/** Nothing of the past mentions the bot, so it hears nothing of it. */
export async function seedTeams(teams: TeamsEmulator, clock: SeedClock): Promise<TeamsCompany> {
	const { tenant } = teams;
	const ids = new Map<string, string>();
	for (const { id, name, locale, standing } of people) {
		const elsewhere = standing === 'external' ? { tenantId: otherTenantId } : {};
		ids.set(id, tenant.addUser({ name, locale, isGuest: standing === 'guest', ...elsewhere }).id);
	}
	const idOf = (personId: string) => ids.get(personId) ?? '';
	const team = tenant.addTeam({ name: companyName });
	const conversations = new Map<string, Conversation>();
	for (const { name, kind, members } of rooms) {
		const general = name === 'general' ? team.channels[0] : undefined;
		const conversation = kind === 'group' ? tenant.addGroupChat(members.map(idOf), name) : (general ?? tenant.addChannel(team, name));
		// Private and shared channels have members of their own.
		conversation.members = members.map(idOf);
		conversations.set(name, conversation);
	}
	await replayTalks(clock, async ({ room }, { by, text }, rootId) => {
		const conversation = conversations.get(room);
		const isChannel = conversation?.kind === 'channel';
		const line = { user: idOf(by), conversation: conversation?.id ?? '', text };
		const { id } = await teams.say({ ...line, ...(rootId !== null && isChannel ? { threadRootId: rootId } : {}) });
		return id;
	});
	for (const { id } of people) tenant.openPersonalChat(idOf(id));
	return { ids, rooms: new Map(rooms.map((room) => [conversations.get(room.name)?.id ?? '', room])) };
}
