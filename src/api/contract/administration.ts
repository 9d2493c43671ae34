/** What administrators look at and order. To everybody else there is nothing here, and that they asked is written down. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const resultPart = z.union([
	/** A sentence or a few lines in the reader's language; an empty one is a gap between two thoughts. */
	z.string(),
	/** Names and what belongs to each. */
	z.object({ rows: z.array(z.tuple([z.string(), z.string()])) }),
	/** The first column names the row. */
	z.object({ columns: z.array(z.string()), table: z.array(z.array(z.string())) }),
	z.object({ list: z.array(z.string()) }),
]);
export type OrderResultPart = z.infer<typeof resultPart>;

export const giveOrder = defineRoute({
	name: 'giveOrder',
	method: 'POST',
	path: '/admin/orders',
	about:
		'Carries out what is typed behind the root command in the chat, in the same words: `admin grant slack:T0123:U0123 buyers`, `queue pause`. It is written down as there. ' +
		'What changes something needs a sign-in within the last 15 minutes. ' +
		'With `channel`, an id of `GET /admin/channels`, it is what is typed in that channel: `channel mode mention`, `channel budget 200000 everywhere`.',
	for: 'whoever is signed in',
	body: z.strictObject({ order: z.string().min(1).max(2_000), channel: z.uuid().optional() }),
	answer: { status: 200, about: 'What came of it, in the language of the administrator.', body: z.object({ result: z.array(resultPart) }) },
	errors: ['NOT_FOUND', 'FORBIDDEN'],
});

const person = z.object({
	id: z.uuid(),
	name: z.string(),
	/** Given by an administrator; null where groups or the usual role decide. */
	role: z.string().nullable(),
	isLocked: z.boolean(),
	accounts: z.array(
		z.object({
			platform: z.string(),
			/** As it is typed in orders. */
			reference: z.string(),
			name: z.string(),
			isGuest: z.boolean(),
			isExternal: z.boolean(),
			/** Closed on its platform. */
			isClosed: z.boolean(),
		}),
	),
});
export type PersonView = z.infer<typeof person>;

export const listPeople = defineRoute({
	name: 'listPeople',
	method: 'GET',
	path: '/admin/people',
	about: 'Everybody whom the bot has met, by name, fifty at a time.',
	for: 'whoever is signed in',
	query: z.strictObject({
		/** Part of a name, or an account's id on its platform. */
		query: z.string().max(200).optional(),
		/** From 0. */
		page: z.coerce.number().int().min(0).max(10_000).optional(),
	}),
	answer: {
		status: 200,
		about: 'A page of them, and the roles that there are.',
		body: z.object({ people: z.array(person), roles: z.array(z.string()), hasMore: z.boolean() }),
	},
	errors: ['NOT_FOUND'],
});

const count = z.object({
	/** A day, the name of a platform or a model, or a person's id. */
	key: z.string(),
	name: z.string(),
	questions: z.int(),
	answers: z.int(),
	promptTokens: z.int(),
	outputTokens: z.int(),
});
export type UsageCountView = z.infer<typeof count>;

export const readUsageOfAll = defineRoute({
	name: 'readUsageOfAll',
	method: 'GET',
	path: '/admin/usage',
	about: 'How much everybody has asked within the last days: counts, and never a word.',
	for: 'whoever is signed in',
	query: z.strictObject({ days: z.enum(['7', '30', '90']).optional() }),
	answer: {
		status: 200,
		about: 'By day, platform, model and person; of people the hundred who asked most.',
		body: z.object({ days: z.array(count), platforms: z.array(count), models: z.array(count), people: z.array(count) }),
	},
	errors: ['NOT_FOUND'],
});

export const readHealth = defineRoute({
	name: 'readHealth',
	method: 'GET',
	path: '/admin/health',
	about: 'Whether each part of the program works, and what to do about each that does not; as `/readyz` says it, in the reader’s language.',
	for: 'whoever is signed in',
	answer: {
		status: 200,
		about: 'The parts.',
		body: z.object({
			isReady: z.boolean(),
			version: z.string(),
			parts: z.array(z.object({ name: z.string(), state: z.enum(['up', 'degraded', 'down', 'starting']), reason: z.string().nullable() })),
		}),
	},
	errors: ['NOT_FOUND'],
});
