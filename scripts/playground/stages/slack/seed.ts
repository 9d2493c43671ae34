/** Brings the company into the emulated Slack: accounts, channels, and what was said in the last hours. */

import type { Channel, SlackEmulator } from '#test/emulators/slack/index.ts';
import { people, rooms } from '../../company.ts';
import { replayTalks, type SeedClock } from '../../seed.ts';
import type { Person } from '../../wire.ts';
import { botId } from '../stage.ts';

export interface SlackCompany {
	people: readonly Person[];
	/** Slack's id of each person and of the bot. */
	ids: ReadonlyMap<string, string>;
	/** By channel id. */
	topics: ReadonlyMap<string, string>;
}

/** The bot joins after the talks, so it hears nothing of the past. */
export async function seedSlack(slack: SlackEmulator, clock: SeedClock): Promise<SlackCompany> {
	const ids = new Map(people.map((person): [string, string] => [person.id, addPerson(slack, person)]));
	const idOf = (personId: string) => ids.get(personId) ?? '';
	const channels = new Map<string, Channel>();
	for (const { name, kind, members, isShared } of rooms) {
		const shape = { isPrivate: kind === 'private', isGroupDirect: kind === 'group', isExtShared: isShared };
		channels.set(name, slack.workspace.addChannel({ name, ...shape, members: members.map(idOf), botIsMember: false }));
	}
	const channelOf = (room: string) => channels.get(room)?.id ?? '';
	await replayTalks(clock, async ({ room }, { by, text }, rootId) => {
		const line = { user: idOf(by), channel: channelOf(room), text: text.replaceAll('**', '*') };
		const { ts } = await slack.say({ ...line, ...(rootId === null ? {} : { threadTs: rootId }) });
		return ts;
	});
	for (const channel of channels.values()) channel.botIsMember = true;
	for (const { id } of people) slack.workspace.openDirect(idOf(id));
	ids.set(botId, slack.botUserId);
	return { people, ids, topics: new Map(rooms.map(({ name, topic }) => [channelOf(name), topic])) };
}

function addPerson(slack: SlackEmulator, { name, locale, standing }: Person): string {
	const standings = { isGuest: standing === 'guest', isStranger: standing === 'external' };
	return slack.workspace.addUser({ name, realName: name, locale, ...standings }).id;
}
