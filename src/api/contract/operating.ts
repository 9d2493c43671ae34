/** What administrators see of the models and of the channels. What they change there are orders, as of `giveOrder`. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const installedModel = z.object({
	name: z.string(),
	/** On disk. */
	sizeBytes: z.number(),
	/** Null when it is not in memory. */
	loaded: z
		.object({
			bytes: z.number(),
			/** Of these, on graphics cards. */
			videoBytes: z.number(),
			contextTokens: z.int().nullable(),
		})
		.nullable(),
});

const pull = z.object({
	model: z.string(),
	state: z.enum(['waiting', 'running']),
	/** Null before a host was asked. */
	host: z.string().nullable(),
	/** In the host's own words. */
	step: z.string().nullable(),
	/** Of the part that it is at. */
	bytes: z.object({ done: z.number(), total: z.number() }).nullable(),
	/** Of the error that the try before ended with. */
	code: z.string().nullable(),
});
export type PullView = z.infer<typeof pull>;

const modelStanding = z.object({
	/** The one that answers where nobody chose another. */
	standard: z.string(),
	/** Those that people may choose. */
	offered: z.array(z.string()),
	/** Whether the settings allow to install models. */
	mayPull: z.boolean(),
	hosts: z.array(
		z.object({
			host: z.string(),
			/** Null when the host does not answer. */
			models: z.array(installedModel).nullable(),
			/** Why not, in a word. */
			reason: z.string().nullable(),
		}),
	),
	running: z.array(pull),
	/** Of the last hour. `reason`: why it is not there, in a word; null where it is. */
	lastEnded: z.object({ model: z.string(), reason: z.string().nullable() }).nullable(),
	/** Those with most rights first. `models`: null for all; `standard` where the role says nothing of its own. */
	roles: z.array(z.object({ name: z.string(), models: z.union([z.array(z.string()), z.literal('standard')]).nullable() })),
});
export type ModelStandingView = z.infer<typeof modelStanding>;

export const readModels = defineRoute({
	name: 'readModels',
	method: 'GET',
	path: '/admin/models',
	about: 'The models of each host and what of them is in memory, what is being installed, and which roles may use which.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'As the hosts say it now.', body: modelStanding },
	errors: ['NOT_FOUND'],
});

const setting = z.object({
	/** Decided for the channel; null where nothing was. */
	own: z.string().nullable(),
	/** Decided for all channels of its workspace, guild or tenant; null where nothing was, or cannot be. */
	company: z.string().nullable(),
	/** What holds without either. */
	usual: z.string(),
});

const channel = z.object({
	id: z.uuid(),
	platform: z.string(),
	tenant: z.string(),
	/** On its platform. */
	channel: z.string(),
	isGroup: z.boolean(),
	/** By what is typed behind `channel`, each value as it is typed there. */
	settings: z.object({
		mode: setting,
		model: setting,
		locale: setting,
		knowledge: setting,
		ingest: setting,
		quiet: setting,
		budget: setting,
		retention: setting,
		stale: setting,
		digest: setting,
	}),
});
export type ChannelView = z.infer<typeof channel>;

export const listChannels = defineRoute({
	name: 'listChannels',
	method: 'GET',
	path: '/admin/channels',
	about: 'The channels and groups in which somebody spoke to the bot, fifty at a time, with what was decided for each.',
	for: 'whoever is signed in',
	query: z.strictObject({
		/** Part of the channel's or the workspace's id on its platform. */
		query: z.string().max(200).optional(),
		/** From 0. */
		page: z.coerce.number().int().min(0).max(10_000).optional(),
	}),
	answer: { status: 200, about: 'A page of them.', body: z.object({ channels: z.array(channel), hasMore: z.boolean() }) },
	errors: ['NOT_FOUND'],
});
