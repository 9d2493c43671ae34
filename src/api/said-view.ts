/** A message as the web is told of it. Pure. */

import type { SaidMessage } from '../history/said-pages.ts';
import type { ConversationMessage } from './contract/messages.ts';

/** @param userId Who reads. @param links to messages on their platform, by id. */
export function toMessage(said: SaidMessage, userId: string, links: ReadonlyMap<string, string>): ConversationMessage {
	const { id, sequence, role, authorId, authorName, content, status, finishReason, inReplyTo, rating, model, hasRows } = said;
	return {
		...{ id, sequence, role, text: content, status, finishReason, inReplyTo, model, hasRows },
		author: authorName === null ? null : { name: authorName, isMe: authorId === userId },
		sources: said.sources.map(({ position, title, place, date, url, excerpt, canShow, isOld = false, original = null }) => {
			return { position, title, place, date, url, excerpt, canShow, isOld, original };
		}),
		attachments: said.attachments.map(({ name, mediaType, sizeBytes }) => ({ name, mediaType, sizeBytes })),
		rating: rating === null ? null : rating > 0 ? 'up' : 'down',
		saidAt: said.saidAt.toISOString(),
		editedAt: said.editedAt?.toISOString() ?? null,
		permalink: links.get(id) ?? null,
	};
}
