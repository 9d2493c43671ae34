/** What other apps post in the emulated Slack: alerts as attachments, polls as blocks. */

import type { SlackEmulator } from '#test/emulators/slack/index.ts';
import type { Roster } from '../../roster.ts';
import { monitorName, pollsName, type Stage } from '../stage.ts';
import { escapedForSlack } from './typed-text.ts';

export function createSlackApps(slack: SlackEmulator, roster: Roster): Pick<Stage, 'alert' | 'poll'> {
	const monitor = slack.workspace.addApp({ name: monitorName });
	const polls = slack.workspace.addApp({ name: pollsName });
	const roomOf = (personId: string, placeId: string): string => {
		const channel = slack.workspace.channel(placeId);
		if (channel === undefined || channel.kind === 'im' || !channel.members.includes(roster.idOf(personId)))
			throw new TypeError(`no room of ${personId} with other apps: ${placeId}`);
		return channel.id;
	};
	return {
		async alert({ personId, placeId, title, text }) {
			const attachments = [{ color: 'danger', title: escapedForSlack(title), text: escapedForSlack(text), fallback: title }];
			const { ts } = await slack.sayAsApp({ app: monitor, channel: roomOf(personId, placeId), attachments });
			return { messageId: ts };
		},
		async poll({ personId, placeId, question, choices }) {
			const options = choices.map((text, index) => ({ text: { type: 'plain_text', text }, value: String(index) }));
			const blocks = [
				{ type: 'section', text: { type: 'mrkdwn', text: `*${escapedForSlack(question)}*` } },
				{ type: 'actions', elements: [{ type: 'radio_buttons', action_id: 'vote', options }] },
				{ type: 'context', elements: [{ type: 'mrkdwn', text: `<@${roster.idOf(personId)}>` }] },
			];
			const { ts } = await slack.sayAsApp({ app: polls, channel: roomOf(personId, placeId), text: question, blocks });
			return { messageId: ts };
		},
	};
}
