/** The settings of what the bot knows from documents: which files it takes, from where, and how answers use them. */

import { z } from 'zod';
import { parseSync, type SyncedSource } from '../knowledge/sync/synced-source.ts';
import { integer, onOrOff } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const sources = z.string().transform((text, context): SyncedSource[] => {
	const parts = text.split(';').filter((part) => part.trim() !== '');
	const read = parts.map(parseSync);
	const known = read.filter((source) => source !== null);
	if (known.length === read.length) return known;
	context.addIssue({ code: 'custom', message: 'must be like /srv/handbook => company; s3://bucket/prefix => slack:T0123:C0123' });
	return z.NEVER;
});

export const knowledgeSettings = defineSettings({
	variables: {
		KNOWLEDGE_CHANNELS: z
			.enum(['on', 'off', 'ask'])
			.default('on')
			.describe(
				'Whether files that are shared in channels become documents, where nobody decided for the channel: on, off, or ask (whoever shares one); in personal chats they always do',
			),
		KNOWLEDGE_ANSWERS: z
			.enum(['only', 'prefer', 'off'])
			.default('prefer')
			.describe('How answers use documents, where nobody decided for the channel: only them, them first (prefer), or not at all (off)'),
		KNOWLEDGE_REWRITE: onOrOff.describe(
			'Whether the model is asked first what a question means that leans on the one before (on or off): more is found, and the answer begins up to two seconds later',
		),
		KNOWLEDGE_SYNC: sources
			.optional()
			.describe(
				'Folders and buckets that documents are taken from by themselves, separated by semicolons: /srv/handbook => company; s3://bucket/prefix => slack:T0123:C0123',
			),
		KNOWLEDGE_SYNC_MINUTES: integer(1, 1_440, 15).describe('Minutes between two looks through KNOWLEDGE_SYNC'),
	},
	group: ({ KNOWLEDGE_CHANNELS, KNOWLEDGE_ANSWERS, KNOWLEDGE_REWRITE, KNOWLEDGE_SYNC = [], KNOWLEDGE_SYNC_MINUTES }) => ({
		channels: KNOWLEDGE_CHANNELS,
		use: KNOWLEDGE_ANSWERS,
		rewrites: KNOWLEDGE_REWRITE,
		sync: { sources: KNOWLEDGE_SYNC, everyMs: KNOWLEDGE_SYNC_MINUTES * 60_000 },
	}),
	contradictions({ KNOWLEDGE_SYNC = [] }, { KNOWLEDGE_S3_KEY }: { KNOWLEDGE_S3_KEY?: string | undefined }) {
		const names = KNOWLEDGE_SYNC.map(({ name }) => name);
		const isTwice = new Set(names).size < names.length;
		const needsKey = KNOWLEDGE_SYNC.some(({ from }) => 'bucket' in from) && KNOWLEDGE_S3_KEY === undefined;
		return [
			...(isTwice ? ['KNOWLEDGE_SYNC names a folder or bucket twice, and its documents lie in one place'] : []),
			...(needsKey ? ['KNOWLEDGE_SYNC names a bucket and needs KNOWLEDGE_S3_KEY beside it'] : []),
		];
	},
});
