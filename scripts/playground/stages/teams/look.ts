/** What one person sees of the emulated Teams. */

import { botDescription } from '#src/commands/description.ts';
import type { Conversation, TeamsEmulator } from '#test/emulators/teams/index.ts';
import { people, type Room } from '../../company.ts';
import type { Roster } from '../../roster.ts';
import type { Message, Place } from '../../wire.ts';
import type { PrivateNotes } from '../private-notes.ts';
import type { StageView } from '../stage.ts';
import { type Names, toMessage } from './message.ts';

/** Creates the function that looks at the tenant as one person. */
export function createTeamsLook(
	teams: TeamsEmulator,
	roster: Roster,
	rooms: ReadonlyMap<string, Room>,
	notes: PrivateNotes,
): (personId: string) => StageView {
	const names: Names = {
		// Other apps are called by their names.
		personOf: (id) => teams.tenant.app(id)?.name ?? roster.personOf(id),
	};
	return (personId) => {
		const userId = roster.idOf(personId);
		const conversations = teams.tenant.conversations().filter(({ members }) => members.includes(userId));
		const messages = conversations.flatMap(({ id }): Message[] =>
			teams
				.messages(id)
				.filter(({ deleted, visibleTo }) => !deleted && (visibleTo === undefined || visibleTo === userId))
				.map((message) => ({ ...toMessage(message, names), link: message.isTargeted ? null : teams.linkTo(message) })),
		);
		const locale = people.find(({ id }) => id === personId)?.locale ?? '';
		const chats = conversations.filter(({ kind }) => kind === 'personal');
		// The manifest's prompt starters, as the chat with the bot shows them.
		const prompts = botDescription.prompts[locale.startsWith('es') ? 'es' : 'en'];
		return {
			places: conversations.map((conversation) => toPlace(conversation, rooms.get(conversation.id))),
			messages: [...messages, ...notes.of(personId)],
			activities: conversations
				.filter(({ id }) => teams.typing(id))
				.map(({ id }) => ({ platform: 'teams', placeId: id, threadId: null, text: '' })),
			prompts: Object.fromEntries(chats.map(({ id }) => [id, [...prompts]])),
		};
	};
}

function toPlace({ id, kind, name }: Conversation, room: Room | undefined): Place {
	return {
		platform: 'teams',
		id,
		name,
		kind: kind === 'personal' ? 'direct' : (room?.kind ?? 'public'),
		topic: room?.topic ?? '',
		isReadOnly: false,
	};
}
