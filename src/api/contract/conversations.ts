/** Conversations of all accounts of a person, and what the person makes of them for themselves. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const conversation = z.object({
	id: z.uuid(),
	/** The person's own, or the one that it has for all; null where nobody gave it one. */
	title: z.string().nullable(),
	/** `web`, or the chat platform that it is held on. */
	platform: z.string(),
	kind: z.enum(['direct', 'group', 'channel']),
	/** Whether questions can be asked in it from here. Elsewhere a new one goes on with what was said: `continuedFrom`. */
	takesQuestions: z.boolean(),
	isPinned: z.boolean(),
	isArchived: z.boolean(),
	/** The `sequence` of the last message that the person has read. */
	readThrough: z.int().nullable(),
	/** Whether somebody else, or the assistant, has said something since then; never before the person has read anything of it here. */
	isUnread: z.boolean(),
	lastSaidAt: z.iso.datetime(),
	/** Opens it on its chat platform, at the newest answer; null where it has no address there, or the platform does not tell it now. */
	permalink: z.string().nullable(),
	/** Where a search found it; null where only the person's own title has the words. */
	found: z.object({ messageId: z.uuid(), excerpt: z.string() }).nullable(),
});
export type ConversationView = z.infer<typeof conversation>;

const id = z.strictObject({ id: z.uuid() });
const conversationRemoval = z.object({
	/** `removed`: every word of it is gone here. `hidden`: others take part in it, so it only left the person's own list. */
	outcome: z.enum(['removed', 'hidden']),
	/** The chat platform that keeps its own messages of it; null for none. */
	staysOn: z.string().nullable(),
	/** Both in a sentence for the person. */
	message: z.string(),
});
export type ConversationRemoval = z.infer<typeof conversationRemoval>;

export const mostConversationsOnPage = 50;

export const listConversations = defineRoute({
	name: 'listConversations',
	method: 'GET',
	path: '/conversations',
	about:
		'Pinned ones first, then the latest first; with `query` those that the person calls so, then those where it was said, the latest first and without a next page. ' +
		'Where the chat platform does not say that the person is still in its channel, a conversation is left out; so a page may hold fewer than there are, or none.',
	for: 'whoever is signed in',
	scope: 'read',
	query: z.strictObject({
		query: z.string().min(1).max(200).optional(),
		archived: z.enum(['true', 'false']).optional(),
		/** `nextCursor` of the page before. */
		cursor: z.string().max(200).optional(),
	}),
	answer: {
		status: 200,
		about: 'A page of them.',
		body: z.object({ conversations: z.array(conversation), nextCursor: z.string().nullable() }),
	},
	errors: [],
});

export const readConversation = defineRoute({
	name: 'readConversation',
	method: 'GET',
	path: '/conversations/{id}',
	about: 'One conversation, without its messages.',
	for: 'whoever is signed in',
	scope: 'read',
	variables: id,
	answer: { status: 200, about: 'The conversation.', body: conversation },
	errors: ['NOT_FOUND'],
});

export const changeConversation = defineRoute({
	name: 'changeConversation',
	method: 'PATCH',
	path: '/conversations/{id}',
	about: 'Changes how the person sees it; nobody else sees anything of that.',
	for: 'whoever is signed in',
	scope: 'chat',
	variables: id,
	body: z.strictObject({
		/** Null takes the own title back. */
		title: z.string().trim().min(1).max(200).nullable().optional(),
		isPinned: z.boolean().optional(),
		isArchived: z.boolean().optional(),
		readThrough: z.int().min(0).optional(),
	}),
	answer: { status: 200, about: 'As it is now.', body: conversation },
	errors: ['NOT_FOUND'],
});

export const removeConversation = defineRoute({
	name: 'removeConversation',
	method: 'DELETE',
	path: '/conversations/{id}',
	about: 'Removes a conversation that is the person’s alone, with all that was said in it; one with others in it leaves the person’s list.',
	for: 'whoever is signed in',
	scope: 'chat',
	variables: id,
	answer: { status: 200, about: 'What became of it.', body: conversationRemoval },
	errors: ['NOT_FOUND'],
});

export const exportConversation = defineRoute({
	name: 'exportConversation',
	method: 'GET',
	path: '/conversations/{id}/export',
	about: 'All of it that the person may read, as a file.',
	for: 'whoever is signed in',
	scope: 'read',
	variables: id,
	query: z.strictObject({ format: z.enum(['md', 'json']) }),
	answer: { status: 200, about: 'The file.', body: 'file' },
	errors: ['NOT_FOUND'],
});
