/** What a person may use: models, and how much. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const models = z.object({
	models: z.array(z.object({ name: z.string(), isStandard: z.boolean() })),
	/** Which one answers, and what it was chosen for. */
	current: z.object({ name: z.string(), origin: z.enum(['conversation', 'person', 'channel', 'default']) }),
});
export type Models = z.infer<typeof models>;

export const listModels = defineRoute({
	name: 'listModels',
	method: 'GET',
	path: '/models',
	about: 'The models that the person may use, and the one that answers: in this conversation, or in a new one.',
	for: 'whoever is signed in',
	query: z.strictObject({ conversation: z.uuid().optional() }),
	answer: { status: 200, about: 'The models.', body: models },
	errors: ['NOT_FOUND'],
});

export const chooseModel = defineRoute({
	name: 'chooseModel',
	method: 'PUT',
	path: '/models/choice',
	about: 'Chooses a model for one conversation, or for the person wherever nothing else was chosen; null takes the choice back.',
	for: 'whoever is signed in',
	body: z.strictObject({ model: z.string().min(1).max(200).nullable(), conversation: z.uuid().optional() }),
	answer: { status: 200, about: 'As it is now.', body: models },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

/** `allowed` null is no limit. */
const counted = z.object({ allowed: z.int().nullable(), used: z.int(), resetInMs: z.int() });

const quota = z.object({
	requestsPerMinute: counted,
	tokensPerDay: counted,
	uploadsPerDay: counted,
	messageCharacters: z.int().nullable(),
	repliesInFlight: z.int().nullable(),
	uploadBytes: z.int().nullable(),
});
export type WebQuota = z.infer<typeof quota>;

export const readQuota = defineRoute({
	name: 'readQuota',
	method: 'GET',
	path: '/quota',
	about: 'What the person may use, and has used of it.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'The quota.', body: quota },
	errors: [],
});
