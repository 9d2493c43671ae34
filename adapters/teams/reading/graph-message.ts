/** A message as Graph tells of it ("chatMessage"), read as one that arrives. Pure. */

import type { ThreadMessage } from '#src/platform/chat-platform.ts';
import { toDisplayName } from '#src/platform/display-name.ts';
import { asObject, asObjects, idOf, type Json, textOf } from '../json.ts';
import { timeOf } from './citations.ts';
import { readMessageWords } from './message-words.ts';
import { inBrackets } from './named.ts';

/** What the bot is called by Graph, and by the connector. */
export interface OwnIds {
	appId: string;
	botId: string;
}

/** Null for what nobody said, and what was deleted. */
export function readGraphMessage(message: Json, own: OwnIds): ThreadMessage | null {
	const { user, application } = asObject(message['from']);
	const [person, app] = [asObject(user), asObject(application)];
	const messageId = idOf(message['id']);
	const writtenAt = timeOf(message['createdDateTime']) ?? timeOf(messageId);
	const isSaid = (message['messageType'] ?? 'message') === 'message' && (message['deletedDateTime'] ?? null) === null;
	if (!isSaid || messageId === '' || writtenAt === null) return null;
	const isOfApp = textOf(person['id']) === '' && textOf(app['id']) !== '';
	const author = !isOfApp ? 'person' : app['id'] === own.appId ? 'self' : 'app';
	const name = toDisplayName(textOf((isOfApp ? app : person)['displayName']));
	return { messageId, author, authorName: name, writtenAt, ...wordsOf(message, isOfApp, own) };
}

/** What an app shows on its cards are its own words. */
function wordsOf(message: Json, isOfApp: boolean, own: OwnIds): Pick<ThreadMessage, 'text' | 'cited'> {
	const { text, cited = [] } = readMessageWords(toActivity(message, own), own.botId);
	const shown = isOfApp ? cited.filter(({ kind }) => kind === 'shown') : [];
	const left = cited.filter((words) => !shown.includes(words));
	const files = asObjects(message['attachments']).filter(({ contentType }) => contentType === 'reference');
	const lines = [
		textOf(message['subject']),
		text,
		...shown.map((words) => words.text),
		...files.map(({ name }) => inBrackets('file', textOf(name))),
	];
	return { text: lines.filter((line) => line !== '').join('\n'), ...(left.length === 0 ? {} : { cited: left }) };
}

/** The same message in the form in which the connector brings it. */
function toActivity(message: Json, own: OwnIds): Json {
	const { contentType, content } = asObject(message['body']);
	const isHtml = contentType === 'html';
	return {
		...(isHtml ? {} : { text: textOf(content), textFormat: 'plain' }),
		attachments: [...(isHtml ? [{ contentType: 'text/html', content: textOf(content) }] : []), ...asObjects(message['attachments'])],
		entities: asObjects(message['mentions']).map((mention) => toEntity(mention, own)),
	};
}

function toEntity({ mentionText, mentioned }: Json, { appId, botId }: OwnIds): Json {
	const { user, application } = asObject(mentioned);
	const { id, displayName } = asObject(application ?? user);
	return { type: 'mention', text: textOf(mentionText), mentioned: { id: id === appId ? botId : textOf(id), name: textOf(displayName) } };
}
