/** Makes Markdown that platforms show as it was meant of what models write, while it comes: fences in fences, formulas, breaks, names of code. */

import { createTextCleaner } from '../clean.ts';
import { widenOpenFence } from '../cut.ts';
import { createFenceReader, type Widen } from './fences.ts';
import { createTextLines } from './text-lines.ts';

export interface ModelText {
	/** Takes what a model wrote. Costs the copy: nothing is read here. */
	push(delta: string): void;
	/** No more will come. */
	end(): void;
	/**
	 * The text with all that came since; what is not certain yet waits. Its open fence may have got a longer marker.
	 * @param finalLength How much of the text must not change any more; nothing by default.
	 */
	addTo(text: string, finalLength?: number): string;
	/** Whether the open fence may still get one, and has none yet. */
	readonly isUnsettled: boolean;
	/** The text with a marker that will do for whatever follows in all likelihood, if it is not final. */
	settle(text: string, finalLength: number): string;
}

export interface ModelTextOptions {
	/** For readers that draw formulas. */
	keepsFormulas?: boolean | undefined;
}

/** All of it at once, for readers that draw formulas. */
export function meantText(written: string): string {
	const text = createModelText({ keepsFormulas: true });
	text.push(written);
	text.end();
	return text.addTo('');
}

export function createModelText({ keepsFormulas = false }: ModelTextOptions = {}): ModelText {
	const cleaner = createTextCleaner();
	const fences = createFenceReader();
	const lines = createTextLines(keepsFormulas);
	let incoming: string[] = [];
	let isEnded = false;
	/** The line that has not ended, and how much of it was passed on. */
	let line = '';
	let passed = 0;

	/** What may be passed on of a line before its end: all of it, once it is known what it is. */
	function passOn(): string {
		const kind = fences.readBeginning(line);
		if (kind === null) return '';
		const rest = line.slice(passed);
		passed = line.length;
		return kind === 'code' ? lines.end() + rest : lines.push(rest);
	}

	/** What is written of a line that has come to its end. */
	function endLine(lineBreak: string, widen: Widen): string {
		const { isCode, line: written } = fences.take(line, widen);
		const rest = (passed === 0 ? written : line.slice(passed)) + lineBreak;
		line = '';
		passed = 0;
		return isCode ? lines.end() + rest : lines.push(rest);
	}

	return {
		push(delta) {
			incoming.push(cleaner.push(delta));
		},
		end() {
			incoming.push(cleaner.end());
			isEnded = true;
		},
		addTo(text, finalLength = 0) {
			let added = text;
			const widen = (length: number) => {
				const wide = widenOpenFence(added, length, finalLength);
				if (wide === null) return false;
				added = wide;
				return true;
			};
			const [first = '', ...others] = incoming.join('').split('\n');
			incoming = [];
			line += first;
			for (const next of others) {
				// Before the line is written, its fence may get a longer marker.
				const written = endLine('\n', widen);
				added += written;
				line = next;
			}
			// The last line has no line break, and what it opens holds nothing.
			return added + (isEnded ? endLine('', () => false) + lines.end() : passOn());
		},
		get isUnsettled() {
			return fences.isUnsettled;
		},
		settle(text, finalLength) {
			let settled = text;
			fences.settle((length) => {
				const wide = widenOpenFence(text, length, finalLength);
				settled = wide ?? text;
				return wide !== null;
			});
			return settled;
		},
	};
}
