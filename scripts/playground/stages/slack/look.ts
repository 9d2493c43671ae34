/** What one person sees of the emulated Slack. */

import type { Channel, SlackEmulator } from '#test/emulators/slack/index.ts';
import type { Roster } from '../../roster.ts';
import type { Activity, Message, Place } from '../../wire.ts';
import type { StageView } from '../stage.ts';
import { type Names, toMessage, toPrivateMessage } from './message.ts';

/** Creates the function that looks at the workspace as one person. */
export function createSlackLook(
	slack: SlackEmulator,
	roster: Roster,
	topics: ReadonlyMap<string, string>,
): (personId: string) => StageView {
	const nameOfChannel = (id: string) => slack.workspace.channel(id)?.name ?? id;
	const withNames: Names = { personOf: (id) => personOrApp(slack, roster, id), nameOf: roster.nameOf, nameOfChannel };
	return (personId) => {
		const userId = roster.idOf(personId);
		const channels = slack.workspace.channels().filter(({ members }) => members.includes(userId));
		const messages = channels.flatMap(({ id }): Message[] => [
			...slack
				.messages(id)
				.filter(({ deleted }) => !deleted)
				.map((message) => ({ ...toMessage(message, withNames), link: slack.linkTo(message) })),
			...slack.ephemerals(id, userId).map((ephemeral) => toPrivateMessage(ephemeral, id, withNames)),
		]);
		return {
			places: channels.map((channel) => toPlace(channel, topics)),
			messages,
			activities: activitiesIn(slack, messages),
			prompts: Object.fromEntries(channels.map(({ id }) => [id, slack.suggestedPrompts(id)])),
		};
	};
}

/** Other apps are called by their names. */
function personOrApp(slack: SlackEmulator, { personOf }: Roster, id: string): string {
	const user = slack.workspace.user(id);
	return user?.isBot && id !== slack.botUserId ? user.realName : personOf(id);
}

function toPlace({ id, name, kind, isPrivate }: Channel, topics: ReadonlyMap<string, string>): Place {
	const neutral = kind === 'im' ? 'direct' : kind === 'mpim' ? 'group' : isPrivate ? 'private' : 'public';
	return { platform: 'slack', id, name, kind: neutral, topic: topics.get(id) ?? '', isReadOnly: false };
}

function activitiesIn(slack: SlackEmulator, messages: readonly Message[]): Activity[] {
	return messages
		.filter(({ threadId, isPrivate }) => threadId === null && !isPrivate)
		.map(({ placeId, id }): Activity => ({ platform: 'slack', placeId, threadId: id, text: slack.status(placeId, id) }))
		.filter(({ text }) => text !== '');
}
