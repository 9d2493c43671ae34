/** What a person reads in a message. */

import { componentTexts, visibleButtons } from './components.ts';
import { isJson, objectsOf, textOf } from './json.ts';
import { type Json, messageFlags, type StoredMessage, type VisibleMessage } from './types.ts';

/** The message as a person sees it, copied so that later changes do not show in it. */
export function toVisible(message: StoredMessage): VisibleMessage {
	return {
		id: message.id,
		channelId: message.channelId,
		authorId: message.authorId,
		type: message.type,
		content: message.content,
		visibleText: visibleText(message),
		embeds: structuredClone(message.embeds),
		components: structuredClone(message.components),
		poll: structuredClone(message.poll),
		forwarded: message.snapshot && toVisible(message.snapshot),
		buttons: visibleButtons(message.components),
		attachments: message.attachments.map(({ id, name, contentType, sizeBytes }) => ({ id, name, contentType, sizeBytes })),
		flags: message.flags,
		nonce: message.nonce,
		reference: message.reference,
		isThinking: isThinking(message),
		edited: message.editedAtMs !== null,
		deleted: message.deleted,
		isEphemeral: message.ephemeralFor !== undefined,
		forUser: message.ephemeralFor,
		createdAtMs: message.createdAtMs,
		reactions: message.reactions.map(({ emoji }) => emoji),
		history: message.history.map((entry) => ({ ...entry })),
	};
}

/** The content, then what components and embeds say. Labels of buttons are not part of it, nor is a deleted message. */
export function visibleText(message: Pick<StoredMessage, 'content' | 'embeds' | 'components' | 'deleted' | 'flags'>): string {
	if (message.deleted || isThinking(message)) return '';
	const embeds = (message.flags & messageFlags.suppressEmbeds) === 0 ? message.embeds.map(embedText) : [];
	return [message.content, ...componentTexts(message.components), ...embeds].filter((text) => text !== '').join('\n');
}

function isThinking({ flags }: Pick<StoredMessage, 'flags'>): boolean {
	return (flags & messageFlags.loading) !== 0;
}

function embedText(embed: Json): string {
	const { author, footer } = embed;
	const parts = [
		isJson(author) ? textOf(author.name) : '',
		textOf(embed.title),
		textOf(embed.description),
		...objectsOf(embed.fields).flatMap(({ name, value }) => [textOf(name), textOf(value)]),
		isJson(footer) ? textOf(footer.text) : '',
	];
	return parts.filter((text) => text !== '').join('\n');
}
