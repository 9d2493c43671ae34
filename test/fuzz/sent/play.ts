/** Plays one answer through the real path: deltas, looks, cuts and the end, as the core does it, on the road of streams or of edits. */

import { createReplyText, type ReplyText, type ReplyTextOptions } from '#src/delivery/reply-text.ts';
import type { LinkRule } from '#src/markdown/bare-address.ts';
import { keepKnownLinks } from '#src/markdown/safe-inline.ts';
import type { Button, Source } from '#src/platform/chat-platform.ts';
import type { ShownPassage } from '#src/platform/source.ts';
import { listed } from '#test/fakes/sources.ts';
import type { Finding } from '../readers/finding.ts';
import { asker, createSentMessage, replyId } from './message.ts';
import type { RecordedPlatform } from './platform.ts';
import type { Shown } from './surface.ts';

export interface Script {
	text: string;
	/** Where a delta ends, and what happens then; in order. The end follows by itself. */
	steps: readonly { upTo: number; action: 'nothing' | 'look' | 'cut' }[];
	road: 'stream' | 'edit';
	/** The most text in one message; null for the platform's own limit. */
	limit: number | null;
	/** Whether the last message has the thumbs, as an answer that went well has, or a button to try again. */
	ending: 'thumbs' | 'retry';
	sources: readonly Source[];
	/** Which addresses may be links; any that is honest when not given. */
	links?: LinkRule;
}

/** What was shown, and what was wrong with how it went on. */
export interface Performance {
	shown: Shown[];
	findings: Finding[];
	/** The text of each message at the end. */
	finals: string[];
}

/** Room that the core keeps in each message for its notices. The mark that closes a fence, and the like, may take some of it. */
const noticeReserve = 200;

const endings: Record<Script['ending'], Button[]> = {
	thumbs: (['up', 'down'] as const).map((rating) => ({ label: rating, action: { name: 'feedback', replyId, rating } })),
	retry: [{ label: 'Retry', action: { name: 'retry', replyId } }],
};

/** @throws what the product throws. */
export async function play(platform: RecordedPlatform, script: Script): Promise<Performance> {
	const { limit: platformLimit, unit } = platform.capabilities.messageText;
	const limit = script.limit ?? platformLimit - noticeReserve;
	const text = createReplyText({ ...renderingOf(platform, script), limit, unit });
	const isStreamed = script.road === 'stream' && platform.capabilities.stream !== null;
	const findings: Finding[] = [];
	const finals: string[] = [];
	let message = createSentMessage(platform, isStreamed, findings);

	async function finish(final: string, isLast: boolean): Promise<void> {
		const ending = isLast ? { buttons: endings[script.ending], sources: listed(...script.sources) } : { buttons: [] };
		await message.finish({ text: final, replyId, ...ending });
		finals.push(final);
		message = createSentMessage(platform, isStreamed, findings);
	}

	async function look(): Promise<void> {
		const parts = text.messages();
		while (parts[finals.length]?.isFrozen === true) await finish(parts[finals.length]?.text ?? '', false);
		const part = parts[finals.length];
		if (part !== undefined) await message.show(part.text, () => readStable(text));
	}

	let from = 0;
	for (const { upTo, action } of script.steps) {
		text.append(script.text.slice(from, upTo));
		from = upTo;
		if (action === 'cut') text.cut();
		if (action !== 'nothing') await look();
	}
	text.append(script.text.slice(from));
	text.end();
	const parts = text.messages();
	while (finals.length < parts.length) await finish(parts[finals.length]?.text ?? '', finals.length === parts.length - 1);
	const sizeOf = (body: string) => (unit === 'utf8-bytes' ? Buffer.byteLength(body) : body.length);
	for (const { title, place, url, excerpt: text, canShow } of script.sources) {
		if (canShow) await showPassage(platform, { title, about: place ?? '', url, text, cutNotice: '…' });
	}
	const tooLong = finals.filter((final) => sizeOf(final) > limit + noticeReserve);
	findings.push(...tooLong.map((final) => ({ kind: 'too-long', where: 'final text', what: String(sizeOf(final)) }) as const));
	return { shown: platform.take(), findings, finals };
}

/** As the core has it. */
function renderingOf(platform: RecordedPlatform, { links }: Script): Pick<ReplyTextOptions, 'renderBlock' | 'links'> {
	if (links === undefined) return { renderBlock: (block) => platform.renderBlock(block) };
	return { links: () => links, renderBlock: (block) => platform.renderBlock({ ...block, source: keepKnownLinks(block.source, links) }) };
}

async function showPassage({ outbound, place }: RecordedPlatform, passage: ShownPassage): Promise<void> {
	await outbound.showPassage(place, asker, passage, undefined, new AbortController().signal);
}

/** Asked twice, nothing may change. */
function readStable(text: ReplyText): string {
	const stable = text.stableText();
	if (text.stableText() !== stable) throw new Error('the stable text changes by being asked for');
	return stable;
}
