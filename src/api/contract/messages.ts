/** Messages of a conversation, asking, and what is done with an answer. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { mostFilesOfQuestion } from './files.ts';

const source = z.object({
	/** By which the text names it, as `[1]`. */
	position: z.int(),
	title: z.string(),
	place: z.string().nullable(),
	date: z.string().nullable(),
	url: z.string().nullable(),
	excerpt: z.string(),
	/** Whether `showSource` may show what stands there. */
	canShow: z.boolean(),
	isOld: z.boolean(),
	/** The sentence in the source's own language, where that is another one. */
	original: z.string().nullable(),
});

const message = z.object({
	id: z.uuid(),
	/** Grows from message to message, over all conversations. */
	sequence: z.int(),
	role: z.enum(['user', 'assistant']),
	/** Null for the assistant, and for whoever is gone. */
	author: z.object({ name: z.string(), isMe: z.boolean() }).nullable(),
	/** Markdown of a model, or what a person wrote: never HTML. Empty when it was taken back. */
	text: z.string(),
	status: z.enum(['received', 'generating', 'delivering', 'answered', 'stopped', 'failed', 'refused', 'interrupted', 'deleted']),
	/** Of an answer: how it ended, in a word. */
	finishReason: z.string().nullable(),
	/** The question that it answers. */
	inReplyTo: z.uuid().nullable(),
	sources: z.array(source),
	attachments: z.array(z.object({ name: z.string(), mediaType: z.string(), sizeBytes: z.int().nullable() })),
	/** The person's own. */
	rating: z.enum(['up', 'down']).nullable(),
	model: z.string().nullable(),
	/** Of an answer to this person that a company's database gave: `readStatement` and `saveRows` tell more. */
	hasRows: z.boolean(),
	saidAt: z.iso.datetime(),
	editedAt: z.iso.datetime().nullable(),
	/** Opens it on its chat platform; null where it has no address there, or the platform does not tell it now. */
	permalink: z.string().nullable(),
});
export type ConversationMessage = z.infer<typeof message>;

export const mostMessagesOnPage = 60;
/** As long as the largest body that is read leaves room for. What the role and the model take is less, and is said when it is asked. */
const mostQuestionCharacters = 200_000;
const mostCommentCharacters = 2_000;

const answerId = z.strictObject({ id: z.uuid() });
/** Made by the client when the question is written, and kept through retries: whatever comes a second time is the same question. */
const clientId = z.uuid();

export const listMessages = defineRoute({
	name: 'listMessages',
	method: 'GET',
	path: '/conversations/{id}/messages',
	about: 'The newest first.',
	for: 'whoever is signed in',
	variables: z.strictObject({ id: z.uuid() }),
	query: z.strictObject({
		/** The `sequence` that `nextBefore` gave. */
		before: z
			.string()
			.regex(/^\d{1,15}$/)
			.optional(),
	}),
	answer: { status: 200, about: 'A page of them.', body: z.object({ messages: z.array(message), nextBefore: z.int().nullable() }) },
	errors: ['NOT_FOUND'],
});

const asked = z.object({ conversationId: z.uuid(), questionId: z.uuid(), answerId: z.uuid() });
export type TakenQuestion = z.infer<typeof asked>;

export const ask = defineRoute({
	name: 'ask',
	method: 'POST',
	path: '/messages',
	about: 'Asks, in a conversation that is there or in a new one. It is kept before it is acknowledged, and answered in its turn.',
	for: 'whoever is signed in',
	body: z
		.strictObject({
			clientId,
			/** May be empty where there are files. */
			text: z.string().max(mostQuestionCharacters),
			/** What `uploadFile` gave, in the order in which they are read. */
			files: z.array(z.uuid()).max(mostFilesOfQuestion).optional(),
			/** One that `takesQuestions`. */
			conversationId: z.uuid().optional(),
			/** Made by the client: begins a conversation, or goes on with the one that it began. */
			newConversation: z.uuid().optional(),
			/** Of a new conversation: the one that it goes on with. */
			continuedFrom: z.uuid().optional(),
		})
		.refine(({ text, files = [] }) => text !== '' || files.length > 0, { error: 'nothing is asked', path: ['text'] })
		.refine(({ files = [] }) => new Set(files).size === files.length, { error: 'a file twice', path: ['files'] })
		.refine(({ conversationId, newConversation }) => (conversationId === undefined) !== (newConversation === undefined), {
			error: 'either a conversation or a new one',
			path: ['conversationId'],
		})
		.refine(({ conversationId, continuedFrom }) => conversationId === undefined || continuedFrom === undefined, {
			error: 'only a new conversation goes on with another',
			path: ['continuedFrom'],
		}),
	answer: { status: 202, about: 'It is kept. The ids are known, and the rows follow.', body: asked },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

const passage = z.object({
	title: z.string(),
	/** As those of a source. */
	place: z.string().nullable(),
	date: z.string().nullable(),
	url: z.string().nullable(),
	isOld: z.boolean(),
	/** What stands there, as plain text: somebody's file or message. */
	text: z.string(),
});
export type PassageView = z.infer<typeof passage>;

export const showSource = defineRoute({
	name: 'showSource',
	method: 'GET',
	path: '/answers/{id}/sources/{position}',
	about: 'What stands at a source of an answer, as it is now and as far as this person may read it now.',
	for: 'whoever is signed in',
	variables: z.strictObject({ id: z.uuid(), position: z.string().regex(/^[1-9]\d{0,3}$/) }),
	answer: { status: 200, about: 'The passage.', body: passage },
	errors: ['NOT_FOUND'],
});

export const stopAnswer = defineRoute({
	name: 'stopAnswer',
	method: 'POST',
	path: '/answers/{id}/stop',
	about: 'Stops an answer to this person, wherever it was asked. One that is over stays as it is.',
	for: 'whoever is signed in',
	variables: answerId,
	answer: { status: 204, about: 'It stops.', body: null },
	errors: ['NOT_FOUND'],
});

export const retryAnswer = defineRoute({
	name: 'retryAnswer',
	method: 'POST',
	path: '/answers/{id}/retry',
	about: 'Asks the same again, in a conversation that `takesQuestions`.',
	for: 'whoever is signed in',
	variables: answerId,
	body: z.strictObject({ clientId }),
	answer: { status: 202, about: 'It is kept.', body: asked },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

export const rateAnswer = defineRoute({
	name: 'rateAnswer',
	method: 'POST',
	path: '/answers/{id}/feedback',
	about: 'What the person thinks of an answer; the last word counts.',
	for: 'whoever is signed in',
	variables: answerId,
	body: z.strictObject({ rating: z.enum(['up', 'down']), comment: z.string().trim().min(1).max(mostCommentCharacters).optional() }),
	answer: { status: 204, about: 'It is kept.', body: null },
	errors: ['NOT_FOUND'],
});
