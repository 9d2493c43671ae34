/** Makes Markdown that platforms show as it was meant of what models write, while it comes: fences in fences, formulas, breaks, names of code. */

import { createTextCleaner } from '../clean.ts';
import { widenOpenFence } from '../cut.ts';
import { createFenceReader } from './fences.ts';
import { createTextLines } from './text-lines.ts';

export interface ModelText {
	/** Takes what a model wrote. Costs the copy: nothing is read here. */
	push(delta: string): void;
	/** No more will come. */
	end(): void;
	/** The text with all that came since; what is not certain yet waits. Its open fence may have got a longer marker. */
	addTo(text: string): string;
	/** Whether the open fence may still get one. */
	readonly isUnsettled: boolean;
	/** The text with a marker that will do for whatever follows in all likelihood: what is final can change no more. */
	settle(text: string): string;
}

/** A line's beginning that may be a fence's, and one that is. */
const MAY_BEGIN_FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*(?:[-+*]|\d{1,9}[.)]?)?(?:`{1,2}|~{1,2})?$/;
const BEGINS_FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*(?:`{3}[^`]*|~{3}.*)$/;

export function createModelText(): ModelText {
	const cleaner = createTextCleaner();
	const fences = createFenceReader();
	const lines = createTextLines();
	let incoming: string[] = [];
	let isEnded = false;
	/** The line that has not ended, and how much of it was passed on. */
	let line = '';
	let passed = 0;

	/** What may be passed on of a line before its end. */
	function passOn(): string {
		const isWaiting = fences.isOpen ? fences.mustWait(line) : MAY_BEGIN_FENCE.test(line);
		if (isWaiting) return '';
		const rest = line.slice(passed);
		passed = line.length;
		if (fences.isOpen) return rest;
		return BEGINS_FENCE.test(line) ? lines.end() + rest : lines.push(rest);
	}

	function endLine(text: string): string {
		const { isCode, line: written, widenTo } = fences.take(line);
		const wide = widenTo === undefined ? text : widenOpenFence(text, widenTo);
		const rest = passed === 0 ? written : line.slice(passed);
		line = '';
		passed = 0;
		return wide + (isCode ? `${lines.end()}${rest}\n` : lines.push(`${rest}\n`));
	}

	/** The last line has no line break. */
	function endText(text: string): string {
		const isCode = fences.isOpen || BEGINS_FENCE.test(line);
		const rest = fences.isOpen && passed === 0 ? fences.take(line).line : line.slice(passed);
		line = '';
		passed = 0;
		return text + (isCode ? lines.end() + rest : lines.push(rest) + lines.end());
	}

	return {
		push(delta) {
			incoming.push(cleaner.push(delta));
		},
		end() {
			incoming.push(cleaner.end());
			isEnded = true;
		},
		addTo(text) {
			let added = text;
			const [first = '', ...others] = incoming.join('').split('\n');
			incoming = [];
			line += first;
			for (const next of others) {
				added = endLine(added);
				line = next;
			}
			return isEnded ? endText(added) : added + passOn();
		},
		get isUnsettled() {
			return fences.roomyLength !== null;
		},
		settle(text) {
			const length = fences.roomyLength;
			if (length === null) return text;
			fences.widened(length);
			return widenOpenFence(text, length);
		},
	};
}
