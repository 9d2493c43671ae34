/** What the service checks in a message before it takes it: size, form, cards, the entity of generated content. */

import { isCard } from './card-rules.ts';
import { isFileCard, isWholeFileCard } from './file-cards.ts';
import { isJson, objectOf, objectsOf, textOf } from './json.ts';
import { type Json, ServiceFailure } from './types.ts';
import { adaptiveCardType, aiEntityType } from './visible-text.ts';

/** What an update replaces as a whole. */
export interface Content {
	text: string;
	textFormat: string;
	attachments: Json[];
	entities: Json[];
	channelData: Json;
}

/** "Format your bot messages": about 100 KB for everything in the message, in UTF-16. */
const messageLimitBytes = 100 * 1024;
/** "Bot messages with AI-generated content". */
const citationLimits = { count: 20, name: 80, abstract: 160, keywords: 3, keyword: 28 };
const textFormats: ReadonlySet<string> = new Set(['plain', 'markdown', 'xml', 'extendedmarkdown']);

export function isTooLarge(activity: Json): boolean {
	return JSON.stringify(activity).length * 2 > messageLimitBytes;
}

/** Reads the content of a `message` activity; throws what the service answers to a bad one. */
export function readContent(activity: Json): Content {
	if (isTooLarge(activity)) throw new ServiceFailure(413, 'MessageSizeTooBig', 'Message size too large.');
	if (activity.type !== 'message') throw badSyntax('Only messages can be sent or updated.');
	const textFormat = activity.textFormat ?? 'markdown';
	if (typeof textFormat !== 'string' || !textFormats.has(textFormat)) throw badSyntax('Unknown textFormat.');
	const attachments = checkAttachments(listOf(activity, 'attachments'));
	const text = textOf(activity.text);
	if (text.trim() === '' && attachments.length === 0) throw badSyntax('Message activities should include text or attachments.');
	const entities = listOf(activity, 'entities');
	checkGenerated(entities.filter(({ type }) => type === aiEntityType));
	return { text, textFormat, attachments, entities, channelData: objectOf(activity.channelData) };
}

export function badSyntax(message: string): ServiceFailure {
	return new ServiceFailure(400, 'BadSyntax', message);
}

function listOf(activity: Json, name: 'attachments' | 'entities'): Json[] {
	const list = activity[name] ?? [];
	if (!Array.isArray(list) || !list.every(isJson)) throw badSyntax(`${name} has to be a list of objects.`);
	return list;
}

function checkAttachments(attachments: Json[]): Json[] {
	for (const attachment of attachments) {
		const { contentType, content } = attachment;
		if (textOf(contentType) === '') throw badSyntax('Every attachment needs a contentType.');
		if (isFileCard(attachment) && !isWholeFileCard(attachment)) throw badSyntax('Activity contained an invalid file card.');
		if (contentType === adaptiveCardType && !isCard(content)) throw badSyntax('Activity contained an invalid Adaptive Card.');
	}
	return attachments;
}

function checkGenerated(roots: Json[]): void {
	if (roots.length > 1) throw badRequest('Only one root entity of the type https://schema.org/Message is allowed.');
	const [root] = roots;
	if (root === undefined) return;
	if (root['@type'] !== 'Message') throw badRequest('The root entity has to be of the @type Message.');
	const citations = objectsOf(root.citation);
	if (citations.length > citationLimits.count || !citations.every(isCitation)) throw badRequest('The citations are not valid.');
}

function isCitation({ position, appearance, ...claim }: Json): boolean {
	const { name, abstract, keywords, '@type': type } = objectOf(appearance);
	return (
		claim['@type'] === 'Claim' &&
		Number.isInteger(position) &&
		type === 'DigitalDocument' &&
		isShort(name, citationLimits.name) &&
		(abstract === undefined || isShort(abstract, citationLimits.abstract)) &&
		(keywords === undefined ||
			(Array.isArray(keywords) &&
				keywords.length <= citationLimits.keywords &&
				keywords.every((word) => isShort(word, citationLimits.keyword))))
	);
}

function isShort(value: unknown, limit: number): boolean {
	return typeof value === 'string' && value !== '' && value.length <= limit;
}

function badRequest(message: string): ServiceFailure {
	return new ServiceFailure(400, 'BadRequest', message);
}
