/** What a platform showed to one person alone and keeps nowhere: noted, so that the page can show it among the messages. */

import type { Message } from '../wire.ts';
import { plainMessage } from './plain-message.ts';
import { botId } from './stage.ts';

type Note = Pick<Message, 'platform' | 'placeId' | 'threadId' | 'parts'>;

export interface PrivateNotes {
	add(personId: string, note: Note): void;
	of(personId: string): Message[];
}

/** @param onChange called after each addition. */
export function createPrivateNotes(now: () => number, onChange: () => void): PrivateNotes {
	const notes: { personId: string; message: Message }[] = [];
	return {
		add(personId, note) {
			notes.push({
				personId,
				message: { ...plainMessage, ...note, id: `note-${notes.length}`, atMs: now(), authorId: botId, isPrivate: true },
			});
			onChange();
		},
		of: (personId) => notes.filter((note) => note.personId === personId).map(({ message }) => message),
	};
}
