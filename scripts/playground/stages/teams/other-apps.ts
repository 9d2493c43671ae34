/** What other apps post in the emulated Teams: alerts by themselves, polls in the name of whoever starts one. Both are cards. */

import type { TeamsEmulator } from '#test/emulators/teams/index.ts';
import type { Roster } from '../../roster.ts';
import { monitorName, type Stage } from '../stage.ts';
import { adaptiveCardType } from './message.ts';

type Element = Readonly<Record<string, unknown>>;

export function createTeamsApps(teams: TeamsEmulator, roster: Roster): Pick<Stage, 'alert' | 'poll'> {
	const monitor = teams.tenant.addApp({ name: monitorName });
	return {
		async alert({ personId, placeId, title, text }) {
			const members = teams.tenant.conversation(placeId)?.members ?? [];
			if (!members.includes(roster.idOf(personId))) throw new TypeError(`${personId} is not in ${placeId}`);
			const attachments = [card([heading(title), { type: 'TextBlock', text, wrap: true }])];
			const { id } = await teams.sayAsApp({ app: monitor, conversation: placeId, attachments });
			return { messageId: id };
		},
		async poll({ personId, placeId, question, choices }) {
			const options = choices.map((title, index) => ({ title, value: String(index) }));
			const attachments = [card([heading(question), { type: 'Input.ChoiceSet', id: 'vote', style: 'expanded', choices: options }])];
			const { id } = await teams.say({ user: roster.idOf(personId), conversation: placeId, text: '', attachments });
			return { messageId: id };
		},
	};
}

function heading(text: string): Element {
	return { type: 'TextBlock', text, size: 'Large', weight: 'Bolder', wrap: true };
}

function card(body: readonly Element[]): Record<string, unknown> {
	return { contentType: adaptiveCardType, content: { type: 'AdaptiveCard', version: '1.5', body } };
}
