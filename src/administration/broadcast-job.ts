/** Posts a broadcast channel by channel: each at most once, whatever dies in between. */

import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { toBotError } from '../errors.ts';
import { note } from '../identity/log-entry.ts';
import { stableId } from '../identity/stable-id.ts';
import type { TellAlone } from '../identity/tell-alone.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { type Language, wordsFor } from '../locales/locales.ts';
import { readBlocks } from '../markdown/blocks.ts';
import type { Pacer } from '../pacing/pacer.ts';
import { type ChatPlatform, notSent } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { BroadcastBook, PostState } from './broadcast-book.ts';

const broadcastData = z.object({ broadcastId: z.uuid() });

type BroadcastData = z.infer<typeof broadcastData>;

export interface BroadcastJobDependencies {
	database: Pick<Database, 'asRegistrar'>;
	book: BroadcastBook;
	tellAlone: TellAlone;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	language: Language;
}

/** A thousand channels within the budgets of a platform. */
const timeLimitMs = 4 * 3_600_000;

export function createBroadcastJob(deps: BroadcastJobDependencies): JobDefinition<BroadcastData> {
	const { database, book, platforms, pacers } = deps;

	/** @throws BotError where it was surely not posted and may be later. */
	async function post(place: Place, text: string, sendKey: string, signal: AbortSignal): Promise<PostState> {
		const platform = platforms.get(place.platform);
		if (platform === undefined) return 'refused';
		let isSent = false;
		try {
			await pacers(platform).run({ operation: 'post', place, priority: 'update' }, signal, () => {
				isSent = true;
				return platform.post(place, { text: shownText(platform, text), buttons: [], sendKey }, signal);
			});
			return 'posted';
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			if (code === 'PLATFORM_REJECTED') return 'refused';
			if (!isSent || code === 'PLATFORM_RATE_LIMITED' || reason === notSent) throw thrown;
			return 'unknown';
		}
	}

	async function postAll(id: string, text: string, signal: AbortSignal, onPosted: () => void): Promise<void> {
		const places = new Map((await book.channels([...platforms.keys()])).map((channel) => [channel.id, channel.place]));
		for (let channelId = await book.next(id); channelId !== null; channelId = await book.next(id)) {
			const place = places.get(channelId);
			try {
				// What was decided for the channel meanwhile counts.
				const state = place === undefined ? 'refused' : await post(place, text, stableId(`broadcast:${id}:${channelId}`), signal);
				await book.settle(id, channelId, state);
			} catch (thrown) {
				await book.settle(id, channelId, 'waiting');
				throw thrown;
			}
			onPosted();
		}
	}

	async function end(id: string, userId: string, signal: AbortSignal): Promise<void> {
		const counts = await book.end(id);
		await database.asRegistrar((transaction) => note(transaction, 'broadcast-end', 'done', userId, { broadcast: id, ...counts }));
		const { posted, refused, unknown, waiting } = counts;
		const told = (locale: string | null) => [
			wordsFor(locale, deps.language).administration.broadcast.ended(posted, refused, unknown, waiting),
		];
		await deps.tellAlone({ userId, near: null, told }, signal);
	}

	return {
		name: 'broadcast',
		data: broadcastData,
		key: ({ broadcastId }) => broadcastId,
		timeLimitMs,
		async run({ broadcastId }, { signal, progress }) {
			const broadcast = await book.resume(broadcastId);
			if (broadcast === null) return;
			let done = 0;
			await postAll(broadcastId, broadcast.text, signal, () => progress(++done, done));
			await end(broadcastId, broadcast.askedBy, signal);
		},
		async onLost({ broadcastId }) {
			const broadcast = await book.resume(broadcastId);
			if (broadcast !== null) await end(broadcastId, broadcast.askedBy, AbortSignal.timeout(30_000));
		},
	};
}

/** In the platform's form: it pings nobody. */
function shownText(platform: ChatPlatform, text: string): string {
	const { blocks } = readBlocks(text);
	return blocks.map(({ kind, source, language }) => platform.renderBlock({ kind, source, language, isComplete: true })).join('\n\n');
}
