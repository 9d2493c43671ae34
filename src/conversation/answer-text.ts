/** Between model and reply: the one place where the text of an answer is checked and changed before anybody sees it. */

import type { Reply } from '../delivery/reply.ts';
import type { Words } from '../locales/locales.ts';
import { createTextCleaner } from '../markdown/clean.ts';
import type { Source } from '../platform/chat-platform.ts';
import { shortened } from '../text.ts';
import { type CitationCounts, createCitationCheck } from './citing/citation-check.ts';
import { createCitedLines } from './citing/cited-lines.ts';
import type { FoundSources } from './citing/found-sources.ts';

const everyLine = { push: (text: string) => text, end: () => '' };

/** A line or two below an answer. */
const mostOriginalCharacters = 200;

export interface AnswerText {
	/** Takes what the model says, as it comes. */
	push(delta: string): void;
	/**
	 * What the model says next stands apart: it has called tools in between. What was held back of this stretch comes.
	 * @returns what it has said since the last stretch, as the reader sees it.
	 */
	endStretch(): string;
	/** What the model has said since the last stretch was not meant for the reader: neither shown any longer nor remembered. */
	retract(): void;
	/** What the reader shall see. */
	readonly text: string;
	/** The part of it that the model has said since the last stretch. */
	readonly stretch: string;
	/** What the text cites, in the order of its numbers. */
	cited(): Source[];
	/** Of all marks that came, those too that were taken back. */
	readonly counts: Readonly<CitationCounts>;
}

export interface AnswerTextParts {
	reply: Pick<Reply, 'append' | 'retract'>;
	words: Pick<Words, 'citation'>;
	/** Grows between stretches alone. */
	sources: FoundSources;
	/** Lines that cite nothing are not shown. */
	citesEachLine?: boolean;
	/** Called before each piece that there is to see. */
	onText(): void;
}

export function createAnswerText({ reply, words, sources, citesEachLine = false, onText }: AnswerTextParts): AnswerText {
	const counts: CitationCounts = { supportedMarks: 0, unsupportedMarks: 0, unknownMarks: 0 };
	/** Of earlier stretches, with the line that sets the next one apart, and the numbers that stand there. */
	let before = '';
	let citedBefore: ReadonlyMap<number, string | null> = new Map();
	/** Begun with its first text: what can be cited in it is known by then. */
	let current: ReturnType<typeof newStretch> | null = null;
	let stretch = '';

	function newStretch() {
		const cited = new Map(citedBefore);
		const check = createCitationCheck({ sources, words, cited, counts });
		return { cleaner: createTextCleaner(), cited, check, lines: citesEachLine ? createCitedLines() : everyLine };
	}

	function show(checked: string): void {
		// Blanks before the first word are nothing to see: an answer of blanks alone must not look like a beginning.
		const visible = stretch === '' ? checked.trimStart() : checked;
		if (visible === '') return;
		onText();
		reply.append(stretch === '' && before !== '' ? `\n\n${visible}` : visible);
		stretch += visible;
	}

	const whole = () => (before === '' || stretch === '' ? before + stretch : `${before}\n\n${stretch}`);

	return {
		push(delta) {
			current ??= newStretch();
			show(current.lines.push(current.check.push(current.cleaner.push(delta))));
		},
		endStretch() {
			if (current !== null) {
				show(current.lines.push(current.check.push(current.cleaner.end()) + current.check.end()) + current.lines.end());
				citedBefore = current.cited;
				current = null;
			}
			const said = stretch;
			before = whole();
			stretch = '';
			return said;
		},
		retract() {
			current = null;
			stretch = '';
			reply.retract();
			if (before !== '') reply.append(before);
		},
		get text() {
			return whole();
		},
		get stretch() {
			return stretch;
		},
		cited() {
			const cited = current?.cited ?? citedBefore;
			return sources.all().flatMap((source) => {
				const original = cited.get(source.position);
				if (original === undefined) return [];
				return original === null ? [source] : [{ ...source, original: shortened(original, mostOriginalCharacters) }];
			});
		},
		counts,
	};
}
