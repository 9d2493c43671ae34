/** Tells those who look after a channel, once a week, what was asked there in vain, and what to do about it. */

import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import { stableId } from '../identity/stable-id.ts';
import type { TellAlone } from '../identity/tell-alone.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { type Language, languages, type Words, wordsFor } from '../locales/locales.ts';
import type { Logger } from '../log.ts';
import { readBlocks } from '../markdown/blocks.ts';
import type { Pacer } from '../pacing/pacer.ts';
import { type ChatPlatform, notSent } from '../platform/chat-platform.ts';
import type { ChannelDigest, ChannelDigests } from './channel-digests.ts';
import { languageOfMost, type Topics, topicsOf } from './topics.ts';
import type { createVainQuestions } from './vain-questions.ts';

const digestData = z.object({
	/** `channels.id`. */
	channelId: z.uuid(),
	/** An administrator wants it now, in the middle of the week. */
	isAsked: z.boolean(),
});

export type DigestData = z.infer<typeof digestData>;

export interface DigestDependencies {
	digests: ChannelDigests;
	readVain: ReturnType<typeof createVainQuestions>;
	tellAlone: TellAlone;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	language: Language;
	clock: Clock;
	logger: Pick<Logger, 'warn'>;
}

const weekMs = 7 * 24 * 3_600_000;
/** Six lines fit into the smallest message of all platforms (2,000 characters on Discord), and more nobody acts on in a week. */
const mostTopics = 6;

interface Digest {
	/** The same for every attempt to send it. */
	id: string;
	channel: ChannelDigest;
	topics: Topics;
	/** Most of the questions are in it. */
	language: Language;
	platform: ChatPlatform;
}

export function createDigestJob(deps: DigestDependencies): JobDefinition<DigestData> {
	const { digests, readVain, platforms, pacers, tellAlone, clock, logger } = deps;

	async function send(digest: Digest, signal: AbortSignal): Promise<void> {
		const { channel, platform } = digest;
		if (channel.mode === 'here') return await post(digest, signal);
		if (channel.by === null) return;
		const told = (locale: string | null) => {
			const { heading, lines, rest } = wordsOf(digest, wordsFor(locale, deps.language));
			return [heading, ...(lines.length === 0 ? [] : [{ list: lines }]), rest];
		};
		await tellAlone({ userId: channel.by, platform: platform.name, near: channel.place, told }, signal);
	}

	async function post(digest: Digest, signal: AbortSignal): Promise<void> {
		const { id, channel, platform, language } = digest;
		const { heading, lines, rest } = wordsOf(digest, languages[language]);
		const { blocks } = readBlocks([heading, lines.map((line) => `- ${line}`).join('\n'), rest].filter((part) => part !== '').join('\n\n'));
		const shown = blocks.map(({ kind, source, language: code }) =>
			platform.renderBlock({ kind, source, language: code, isComplete: true }),
		);
		const message = { text: shown.join('\n\n'), buttons: [], sendKey: stableId(`digest:${id}`) };
		const call = { operation: 'post', place: channel.place, priority: 'update' } as const;
		await pacers(platform).run(call, signal, () => platform.post(channel.place, message, signal));
	}

	/** What failed is tried again where nothing was sent for sure. */
	async function sendOnce(digest: Digest, { channelId, isAsked }: DigestData, signal: AbortSignal): Promise<void> {
		try {
			await send(digest, signal);
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			if (code === 'PLATFORM_REJECTED') return logger.warn({ channel: channelId, reason }, 'a digest was not taken by the platform');
			const isUnsent = code === 'PLATFORM_RATE_LIMITED' || code === 'CANCELLED' || reason === notSent;
			if (isUnsent && !isAsked) await digests.takeBack(channelId, digest.channel.begunAt);
			throw thrown;
		}
	}

	return {
		name: 'channel-digest',
		data: digestData,
		key: ({ channelId }) => channelId,
		async run(data, { id, signal }) {
			const { channelId, isAsked } = data;
			const channel = await digests.find(channelId);
			const platform = platforms.get(channel?.place.platform ?? '');
			if (channel === null || platform === undefined) return;
			const { questions, names } = await readVain(channelId, channel.place, new Date(clock.now() - weekMs), signal);
			// Whatever comes of it, it is not sent twice: one that a dying process took along is left to the next week.
			if (!isAsked && !(await digests.begin(channelId))) return;
			if (questions.length === 0) return;
			const language = languageOfMost(questions) ?? deps.language;
			await sendOnce({ id, channel, topics: topicsOf(questions, names), language, platform }, data, signal);
		},
	};
}

/** Nobody's name, no question, and of what was asked no word that fewer than three people used. */
function wordsOf({ topics: { told: topics, untold }, channel }: Digest, { digest }: Words) {
	const lines = topics.slice(0, mostTopics).map(({ words, ...counts }) => digest.topic(words.join(', '), counts));
	const others = untold + topics.slice(mostTopics).reduce((sum, { questions }) => sum + questions, 0);
	const rest = [...(others === 0 ? [] : [digest.others(others)]), ...(lines.length === 0 ? [] : [digest.what])].join(' ');
	return { heading: channel.mode === 'here' ? digest.headingHere : digest.heading, lines, rest };
}
