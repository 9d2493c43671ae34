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
	scope: 'read',
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
	scope: 'chat',
	body: z.strictObject({ model: z.string().min(1).max(200).nullable(), conversation: z.uuid().optional() }),
	answer: { status: 200, about: 'As it is now.', body: models },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

const knowledge = z.object({
	/** `free`: the person may leave it out, with `withoutKnowledge`. `always`: answers here draw on nothing else. `never`: there is none here. */
	choice: z.enum(['free', 'always', 'never']),
});
export type KnowledgeView = z.infer<typeof knowledge>;

export const readKnowledge = defineRoute({
	name: 'readKnowledge',
	method: 'GET',
	path: '/knowledge',
	about: 'Whether answers draw on what the company knows: in this conversation, or in a new one.',
	for: 'whoever is signed in',
	query: z.strictObject({ conversation: z.uuid().optional() }),
	answer: { status: 200, about: 'Whether they do.', body: knowledge },
	errors: ['NOT_FOUND'],
});

const counted = z.object({
	/** Null: no limit. */
	allowed: z.int().nullable(),
	used: z.int(),
	/** How much may be used still; null: no limit. */
	left: z.int().nullable(),
	/** When nothing counts as used any more: so long from now, and that moment; 0 and null when nothing does now. */
	resetInMs: z.int(),
	resetsAt: z.iso.datetime().nullable(),
});

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
	scope: 'read',
	answer: { status: 200, about: 'The quota.', body: quota },
	errors: [],
});

const usage = z.object({
	/** Of those on which the person asked, the latest first; the days are those of where they are. */
	days: z.array(z.object({ day: z.iso.date(), questions: z.int(), promptTokens: z.int(), outputTokens: z.int() })),
	/** The one that answered most comes first. */
	models: z.array(z.object({ model: z.string(), answers: z.int() })),
});
export type WebUsage = z.infer<typeof usage>;

export const readUsage = defineRoute({
	name: 'readUsage',
	method: 'GET',
	path: '/usage',
	about:
		'What the person has asked within the last 30 days, on all platforms: numbers alone. What was removed with its conversation counts no more.',
	for: 'whoever is signed in',
	scope: 'read',
	answer: { status: 200, about: 'The usage.', body: usage },
	errors: [],
});
