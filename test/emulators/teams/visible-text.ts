/** What a person reads in a message: its text, its cards, its marks; and whom it pings. */

import { cardText, findButtons } from './cards.ts';
import { fileCardButtons, fileCardText, isFileCard } from './file-cards.ts';
import { isJson, objectOf, objectsOf, textOf } from './json.ts';
import type { Tenant } from './tenant.ts';
import type { Json, StoredMessage, VisibleCitation, VisibleMessage } from './types.ts';

export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';
/** "Bot messages with AI-generated content": the type of the one root entity. */
export const aiEntityType = 'https://schema.org/Message';

/** The message as a person sees it, copied so that later changes do not show in it. */
export function toVisible(message: StoredMessage): VisibleMessage {
	const { id, conversation, threadRootId, from, text, textFormat, edited, deleted, visibleTo } = message;
	const ai = message.entities.find(({ type }) => type === aiEntityType);
	const { feedbackLoop, feedbackLoopEnabled } = message.channelData;
	return {
		...{ id, conversation, threadRootId, from, text, textFormat, edited, deleted, visibleTo },
		visibleText: visibleText(message),
		progress: message.stream?.progress ?? '',
		attachments: structuredClone(message.attachments),
		entities: structuredClone(message.entities),
		channelData: structuredClone(message.channelData),
		forwarded: message.forwarded && { ...message.forwarded },
		streaming: message.stream?.state,
		history: message.history.map((entry) => ({ ...entry })),
		isTargeted: visibleTo !== undefined,
		buttons: [...cardsOf(message.attachments).flatMap(findButtons), ...message.attachments.flatMap(fileCardButtons)],
		aiGenerated: Array.isArray(ai?.additionalType) && ai.additionalType.includes('AIGeneratedContent'),
		citations: objectsOf(ai?.citation)
			.map(readCitation)
			.filter(({ position }) => text.includes(`[${position}]`)),
		feedbackEnabled: isJson(feedbackLoop) || feedbackLoopEnabled === true,
	};
}

/** The text as Teams shows it, then the text of every card. Empty for a deleted message. */
export function visibleText(message: Pick<StoredMessage, 'text' | 'textFormat' | 'attachments' | 'deleted'>): string {
	if (message.deleted) return '';
	const text = message.textFormat === 'plain' ? message.text : withoutMarkup(message.text);
	const files = message.attachments.filter(isFileCard).map(fileCardText);
	return [text, ...cardsOf(message.attachments).map(cardText), ...files].filter((part) => part !== '').join('\n');
}

/** The ids of the people who would be notified: an `<at>` tag in the text or a card, and an entity that says who it is. */
export function notifies(tenant: Tenant, message: Pick<VisibleMessage, 'text' | 'attachments' | 'entities'>): string[] {
	const ofText = message.entities.filter((entity) => isMention(entity, message.text));
	const ofCards = cardsOf(message.attachments).flatMap((card) => {
		const entities = objectsOf(objectOf(card.msteams).entities);
		return entities.filter((entity) => isMention(entity, cardText(card)));
	});
	const ids = [...ofText, ...ofCards].map(({ mentioned }) => mentionedId(tenant, objectOf(mentioned)));
	return [...new Set(ids)].filter((id) => id !== '');
}

export function cardsOf(attachments: readonly Json[]): Json[] {
	return attachments.filter(({ contentType }) => contentType === adaptiveCardType).map(({ content }) => objectOf(content));
}

/** Code is shown as it is; elsewhere Teams takes what looks like a tag for one and shows nothing of it. */
function withoutMarkup(text: string): string {
	const parts = text.split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/);
	return parts.map((part, index) => (index % 2 === 1 ? part : decode(part.replaceAll(/<\/?[a-z][^<>]*>/gi, '')))).join('');
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" };

function decode(text: string): string {
	return text.replaceAll(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_whole, name: string) => characters[name] ?? '');
}

function readCitation(claim: Json): VisibleCitation {
	const appearance = objectOf(claim.appearance);
	return {
		position: Number(claim.position),
		name: textOf(appearance.name),
		url: typeof appearance.url === 'string' ? appearance.url : undefined,
		abstract: typeof appearance.abstract === 'string' ? appearance.abstract : undefined,
		keywords: Array.isArray(appearance.keywords) ? appearance.keywords.map(textOf) : [],
	};
}

function isMention(entity: Json, text: string): boolean {
	const tag = textOf(entity.text);
	return entity.type === 'mention' && /^<at[^<>]*>[\s\S]+<\/at>$/.test(tag) && text.includes(tag);
}

/** A person may be named by id, by object id or by user principal name. */
function mentionedId(tenant: Tenant, { id }: Json): string {
	const named = textOf(id);
	return (tenant.user(named) ?? tenant.users().find(({ userPrincipalName }) => userPrincipalName === named))?.id ?? named;
}
