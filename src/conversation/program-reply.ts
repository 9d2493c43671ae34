/** An answer as a program gets it: text that only grows, with what it may not link to written out, and its sources as lines below. */

import type { Reply, ReplyEnding } from '../delivery/reply.ts';
import { createReplyText, type ReplyText } from '../delivery/reply-text.ts';
import type { LinkRule } from '../markdown/bare-address.ts';
import { toInertText } from '../markdown/inert-text.ts';
import { keepKnownLinks } from '../markdown/safe-inline.ts';
import { lineAboutSource, type Source, type SourceWords, webAddressOf } from '../platform/source.ts';

export interface ProgramReplyParts {
	/** Which addresses may be links: clients open them, and fetch pictures, without asking. */
	links: () => LinkRule | undefined;
	sourceWords: SourceWords;
	/** Takes what follows. */
	say(text: string): void;
	/** Takes what is said while there is no text. */
	wait(sentence: string): void;
}

export interface ProgramReply extends Reply {
	/** Says nothing more: what was to come is told otherwise. */
	mute(): void;
}

/** Longer than any answer: none is cut in two. */
const limit = 10_000_000;

export function createProgramReply({ links, sourceWords, say, wait }: ProgramReplyParts): ProgramReply {
	let text = newText();
	/** What was told of the present text. */
	let told = '';
	/** Sets it apart from one that was taken back: what a program has read stays there. */
	let gap = '';
	let isMuted = false;
	let isDue = false;

	function newText(): ReplyText {
		return createReplyText({
			...{ limit, unit: 'utf16-units', links },
			renderBlock({ source }) {
				const rule = links();
				return rule === undefined ? source : keepKnownLinks(source, rule);
			},
		});
	}

	/** Where it is another one than was told, since fewer addresses are known as links now, it is told once more from there on. */
	function tell(whole: string): void {
		const more = whole.slice(commonLength(whole, told));
		told = whole;
		if (isMuted || more === '') return;
		say(gap + more);
		gap = '';
	}

	/** Parsed once for all that came in the same turn of the loop. */
	function tellSoon(): void {
		if (isDue) return;
		isDue = true;
		setImmediate(() => {
			isDue = false;
			tell(text.stableText());
		});
	}

	return {
		append(delta) {
			text.append(delta);
			tellSoon();
		},
		announce: wait,
		remark: (sentence) => sentence !== '' && wait(sentence),
		retract() {
			if (told !== '') gap = '\n\n';
			told = '';
			text = newText();
		},
		begun: Promise.resolve(),
		async end({ sources = [], notice = '' }: ReplyEnding) {
			text.end();
			const body = text.messages().map((message) => message.text);
			tell([...body, ...sourceLines(sources, sourceWords), ...(notice === '' ? [] : [notice])].join('\n\n'));
			return { obstacle: null, isTold: false, hasText: true };
		},
		abandon: async () => {},
		mute() {
			isMuted = true;
		},
		get length() {
			return text.length;
		},
	};
}

function commonLength(one: string, other: string): number {
	if (one.startsWith(other)) return other.length;
	let length = 0;
	while (length < other.length && one[length] === other[length]) length++;
	return length;
}

/** Of a model that is asked as it is. */
export function createPlainReply({ say, wait }: Pick<ProgramReplyParts, 'say' | 'wait'>): ProgramReply {
	let length = 0;
	return {
		append(delta) {
			length += delta.length;
			say(delta);
		},
		announce: wait,
		remark: (sentence) => sentence !== '' && wait(sentence),
		// What a program has read stays there.
		retract: () => {},
		begun: Promise.resolve(),
		end: async () => ({ obstacle: null, isTold: false, hasText: true }),
		abandon: async () => {},
		mute: () => {
			length = Number.POSITIVE_INFINITY;
		},
		get length() {
			return length;
		},
	};
}

/** A list, so that clients which show Markdown do not run them together. Titles are names that others gave. */
function sourceLines(sources: readonly Source[], words: SourceWords): string[] {
	if (sources.length === 0) return [];
	const lines = sources.map((source) => {
		const address = webAddressOf(source.url)?.href;
		const about = lineAboutSource(source, words);
		const parts = [
			toInertText(source.title),
			...(about === '' ? [] : [toInertText(about)]),
			...(address === undefined ? [] : [`<${address}>`]),
		];
		return `- [${source.position}] ${parts.join(' · ')}`;
	});
	return [lines.join('\n')];
}
